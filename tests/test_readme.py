"""What the README shows is what the app does."""

import re
from pathlib import Path

from scripts import readme

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")


def test_the_post_in_the_readme_is_what_the_app_makes() -> None:
    shown = readme.BLOCK.search(TEXT)
    assert shown is not None
    assert readme.post() in shown[0], "run make docs"


def test_picture_and_post_stand_before_any_explanation() -> None:
    picture, post, start = TEXT.index("]("), TEXT.index("```text"), TEXT.index("## ")
    assert picture < post < start


def test_what_it_links_to_exists() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target
