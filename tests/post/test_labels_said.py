"""English: labels from what a sentence says of its subject, and what is cut out of something."""

import pytest

from composer import evidence
from composer.post.english.labels.label import label
from composer.post.english.labels.said import said_of, scrap
from composer.post.english.words.kinds import Words, words
from composer.sources.model import Segment, Transcript

ROW = "The harbour has a lamp and a rope. The rope is in the shed. "


@pytest.fixture(name="known")
def _known() -> Words:
    rows = tuple(Segment(None, None, None, part + ".") for part in ROW.rstrip(". ").split(". "))
    return words(evidence.gather([Transcript("text", "en", None, rows, kind="talk")]), "en")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A harbour is more than the rope.", "more than the rope"),
        ("Some ropes are not in the harbour.", "not in the harbour"),
        ("The harbour as we know it will end.", "The End of the harbour"),
        ("Nobody can watch the lamp 100% of the time.", "100% of the time"),
        ("They forget that they are pilots of their company.", "pilots of their company"),
        ("November is a difficult month for a pilot.", "difficult month"),
        ("The winter tells me that I need to pack everything.", "pack everything"),
        ("The old lamp was very modest.", "very modest"),
    ],
)
def test_what_is_said_of_the_subject_is_a_label(text: str, named: str, known: Words) -> None:
    assert said_of(text, known)[:1] == [named]


@pytest.mark.parametrize(
    ("label_", "text"),
    [
        ("Limited Amount", "They work for a limited amount of time."),
        ("Known Harbour Lamp", "The best known harbour lamp is red."),
        ("Made Space", "You have made space for a rope."),
        ("Hundred Lamps", "There is a rope for a hundred lamps."),
        ("People Mess", "If two people mess up, the lamp goes out."),
    ],
)
def test_what_is_cut_out_of_something_is_a_scrap(label_: str, text: str) -> None:
    assert scrap(label_, text)


def test_a_label_does_not_say_how_its_sentence_begins(known: Words) -> None:
    used: set[str] = set()
    assert label("The harbour as we know it will end.", "", known, used) == "The End of the Harbour"
    assert used == {"the end of the harbour"}
    assert label("The old lamp was very modest.", "", known, used) == "Very Modest"
    assert not any(mark in label("“We need a lamp because of the fog”, says Olu.", "", known, used) for mark in "“”")


def test_a_label_never_says_the_opposite(known: Words) -> None:
    said = "One speaker does not think the old harbour is particularly safe."
    assert "particularly safe" not in said_of(said, known)
    assert label(said, "", known, set()) not in ("", "Particularly Safe")
    assert said_of("Nobody should disappear from the harbour.", known) == []
