"""Figures read in posts as they are written and in sources as they are said: true lines pass, changed ones are told."""

import tomllib
from pathlib import Path

import pytest

from composer.post.grounding import check
from composer.sources import read_text

FOLDER = Path(__file__).parent / "fixtures"
CASES = [
    case
    for name in ("reading.toml", "reckoned.toml")
    for case in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
]
TRUE = [(case["source"], line) for case in CASES for line in case["true"]]
FALSE = [(case["source"], line) for case in CASES for line in case["false"]]
IDLE = [
    "⏱ 2 min read",
    "Open 24/7.",
    "I agree 100%.",
    "A thousand thanks, Ada.",
    "That is half the battle.",
    "One day I will go there.",
    "I have listened to this twice.",
    "If you have ten minutes this weekend, listen.",
    "⭐ 10/10 would eat again.",
    "My 2 cents: pay later.",
    "Part 1/3",
    "Three things I keep:",
]


def told(line: str, source: str) -> list[str]:
    return [problem.why for problem in check(line, read_text(source)) if problem.kind in ("number", "percent", "date")]


@pytest.mark.parametrize(("source", "line"), TRUE, ids=[line for _, line in TRUE])
def test_what_stands_or_follows_in_one_step_does_stand(source: str, line: str) -> None:
    assert [why for why in told(line, source) if "not in the source" in why] == []


def test_changed_figures_are_told() -> None:
    missed = [line for source, line in FALSE if not told(line, source)]
    assert len(missed) <= 0.05 * len(FALSE), missed


@pytest.mark.parametrize("line", IDLE)
def test_turns_of_phrase_are_no_figures(line: str) -> None:
    source = (
        "Ada Quill runs the harbour kitchen. The stove is old, nobody pays before eating, and the roof leaks. "
        "She began in 2011 with a table. Today she cooks for 140 people a day."
    )
    assert told(f"Ada Quill runs the harbour kitchen.\n\n{line}\n\nToday she cooks for 140 people a day.", source) == []
