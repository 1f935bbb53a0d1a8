"""English: a claim as the question it answers, and the names of a show, which are no subject."""

import pytest

from composer import evidence
from composer.post.english.claims.ranking import Claim
from composer.post.english.headlines.asks import question, upright
from composer.post.english.headlines.catch import said
from composer.post.english.shows import is_show
from composer.post.model import Trace
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
        ("To keep a rope dry, you must coil it by hand", "What does it take to keep a rope dry"),
        ("If you want to sell old rope, it is important to wash it", "What does it take to sell old rope"),
        ("When you reach the pier you should not ring the bell", "Should you ring the bell when you reach the pier"),
        ("If you have got a bell, you might need to know Morse", "Do you need to know Morse if you have a bell"),
        ("The hardest part of coiling a rope is the last turn", "What is the hardest part of coiling a rope"),
        ("The only people who ring the bell are the pilots of Marsund", "Who are the only people who ring the bell"),
        ("The most useful ropes are those of hemp", "Which ropes are the most useful"),
        ("Coiling a rope by hand is not slow", "Is coiling a rope by hand slow"),
        ("A bell, a lamp and a rope is not a harbour", "Is a bell, a lamp and a rope a harbour"),
        ("The pilots sold the bell because of the noise", "Why did the pilots sell the bell"),
        ("Many pilots have left because of the fog", "Why have many pilots left"),
        ("Nobody buys bells, and that is why the foundry closed its doors", "Why did the foundry close its doors"),
        ("If the pier broke, the lamp would fall into the harbour", "What would happen if the pier broke"),
        ("The pilots are simply not the problem", "Are the pilots the problem"),
        ("Nobody has even started to wash the rope", "Has anyone even started to wash the rope"),
        ("Old harbours know the needs of their pilots", "Do old harbours know the needs of their pilots"),
        ("We live in a time when nobody rings a bell", "Do we live in a time when nobody rings a bell"),
        ("Even the smallest harbour has a lamp", "Does even the smallest harbour have a lamp"),
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
        "When the pier was new, the lamp would burn all night",
        "If you have coiled the rope, the bell is dry",
        "The lamp will be not more than twelve crowns",
        "The biggest difference is that the lamps have no names",
        "The difference between a lamp and a bell is one reason that pilots are tired",
        "To keep it dry, you must coil it",
        "We ring the bell on Sundays",
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


def _claim(text: str) -> Claim:
    return Claim(text, Trace(0, (0,)), 0.5, (0, 0), None, "speech", None, "", frozenset())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("We argue strongly that the pilots are not the problem.", "The pilots are not the problem"),
        ("“I know every harbour needs a lamp because of fog.”", "Every harbour needs a lamp because of fog"),
        ("Usually a bell does not have to be cast.", "A bell does not have to be cast"),
        ("Bells are not cast here. It is because it closed.", "Bells are not cast here because it closed"),
        ("The lamp is dark; it has no oil.", "The lamp is dark"),
    ],
)  # fmt: skip
def test_a_claim_is_told_from_who_holds_it(text: str, first: str) -> None:
    assert first in said(_claim(text))


def test_irony_is_not_asked() -> None:
    assert not list(said(_claim("You would think that pilots would know how to ring a bell.")))


@pytest.mark.parametrize(
    ("asked", "upright_"),
    [
        ("why the harbour sold its bell", "why did the harbour sell its bell"),
        ("how the pilots are learning Morse", "how are the pilots learning Morse"),
        ("what a bell knows", ""),
    ],
)
def test_a_theme_that_asks_is_put_upright(asked: str, upright_: str) -> None:
    assert upright(asked) == upright_
