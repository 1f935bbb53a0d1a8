"""Names that a writer spells right and a recogniser did not, and ordinary words that are no names."""

import pytest

from composer.post.grounding import check

TALK = """Mira Holt: Welcome to PelicanCons. The notes are in the either pad, and Karwin runs the second room.

Mira Holt: You can get the plan as an eye calendar file. We ran it on a Lama box at 60 megas per second.

Mira Holt: My name is Karl Joshua Dube and I cook. Later Ulrika called. I like what Ulrika said about the fossil rule.

Mira Holt: She was on Z-100 in the morning. The contest between the two rooms is a good thing, and it works."""


@pytest.mark.parametrize(
    "post",
    [
        "PelicanConf has two rooms.",
        "Notes go into the Etherpad.",
        "Corwin runs the second room.",
        "The plan comes as an iCalendar file.",
        "They ran it on a Llama box.",
        "It reached 60 Mgas per second.",
        "Carl Joshua Ncube cooks.",
        "They like what Ulrika Sandvik said about the fossil rule.",
        "They spoke of the FOCIL rule.",
        "She was on Z100 in the morning.",
        "Competition works.",
        "Core claim: two rooms are a good thing.",
        "KEY LESSONS:",
        "WHY THIS WORKS",
        "The plan B was a second room.",
    ],
)
def test_what_a_source_bears_out(post: str) -> None:
    assert check(post, TALK) == []


@pytest.mark.parametrize(
    "post",
    [
        "Marwin leads the second room.",
        "Notes go into the Dropbox.",
        "They ran it on a Lambda box.",
        "Mira Sandvik called later.",
        "Karl Joshua Weber cooks.",
        "They spoke of the FORTRAN rule.",
        "She was on Z200 in the morning.",
        "Baker says that two rooms are a good thing.",
        "Lindavik works.",
        "Sanders says that two rooms are a good thing.",
        "The DARPA rule is good.",
    ],
)
def test_what_it_does_not(post: str) -> None:
    assert [one.kind for one in check(post, TALK)][:1] in (["name"], ["number"])
