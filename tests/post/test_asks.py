"""English: a claim as the question it answers, and the names of a show, which are no subject."""

import pytest

from composer import evidence
from composer.post.asks import question
from composer.post.shows import is_show
from composer.sources.model import Segment, Transcript


@pytest.mark.parametrize(
    ("claim", "asked"),
    [
        ("The oven is never the bottleneck", "Is the oven ever the bottleneck"),
        ("Rope as we know it will end", "Will rope as we know it end"),
        ("Every harbour should have a lamp", "Should every harbour have a lamp"),
        ("Pilots are not fond of fog", "Are pilots fond of fog"),
        ("A loaf takes fourteen hours", "Does a loaf take fourteen hours"),
        ("Nobody has a lamp for the harbour in summer", "Does anyone have a lamp for the harbour in summer"),
        ("Not every harbour can pay for a lamp", "Can every harbour pay for a lamp"),
        ("You don't need to ring the bell in fog", "Do you need to ring the bell in fog"),
        ("You cannot clean a rope in the rain", "Can you clean a rope in the rain"),
        ("There is no harbour without a pilot", "Is there any harbour without a pilot"),
        ("If you cut the rope, the ship drifts", "What happens if you cut the rope"),
        ("If you have two harbours, you need to buy a second bell", "What should you do if you have two harbours"),
        ("The rope is not drying because the shed has no roof", "Why is the rope not drying"),
        ("The problem with old rope is that it breaks from the inside", "What is the problem with old rope"),
        ("Clean the lamp by hand", "Should you clean the lamp by hand"),
    ],
)
def test_a_claim_is_asked(claim: str, asked: str) -> None:
    assert question(claim) == asked


@pytest.mark.parametrize(
    "claim",
    [
        "They are not fond of fog",
        "We should buy a lamp",
        "Your rope is not in the harbour",
        "The ropes break and the ships will drift away",
        "The costly parts are going to be the lamp",
        "About forty ships will be late in winter",
        "The difference is that the pages have no names",
        "The best known harbour is Marsund",
        "The lamp should burn and the bell is silent",
        "The speaker knows you like the rope",
        "Traditional training approaches face limits",
        "The rope might be wet",
        "If it rains, the rope gets wet",
        "Wet rope, old rope, and a bell",
    ],
)
def test_what_cannot_be_turned_soundly_is_not_asked(claim: str) -> None:
    assert question(claim) == ""


def test_the_names_of_a_show_are_no_subject() -> None:
    text = (
        "You're listening to Tidelog, the show about harbours. I'm Marta and with me is Olu. "
        "This episode is brought to you by Knotwell. Welcome back to Tidalog. Rope is what we love. "
    )
    rows = tuple(Segment(None, None, None, part + ".") for part in text.rstrip(". ").split(". "))
    found = evidence.gather([Transcript("text", "en", None, rows, kind="conversation")])
    assert all(is_show(name, found) for name in ("Tidelog", "tidelogs", "Marta", "Olu", "Knotwell", "Tidalog"))
    assert not any(is_show(name, found) for name in ("rope", "harbours", "Tide"))
