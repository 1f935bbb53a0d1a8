"""The guide shows the pictures that are made for it, and no others."""

import re
from pathlib import Path

from scripts.shots import GUIDE, STATES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_guide_shows_what_is_made_for_it() -> None:
    shown = re.findall(r"\]\(shots/([\w-]+)\.png\)", (DOCS / "guide.md").read_text("utf-8"))
    assert sorted(shown) == sorted(GUIDE)
    assert {path.stem for path in (DOCS / "shots").glob("*.png")} == set(GUIDE)
    states = {state.__name__.replace("_", "-") for state in STATES}
    assert {name.rsplit("-", 2)[0] for name in GUIDE} <= states
