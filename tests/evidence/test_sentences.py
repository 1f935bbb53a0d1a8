"""Sentences from lines: where one goes on below, and where it ends."""

from composer.evidence.sentences import sentences
from composer.sources.model import Segment, Transcript
from tests.evidence.made import paragraphs

LINES = """
The keeper of the lock told us
that a boat never waits alone,
and that the first one in
is the last one out.
In 1962
Otto and his brother counted
for a whole summer, and
Otto was right about
two boats out of three.
Nobody had asked him
how he knew, and nobody
wrote it down for
the people who came
after him.
""".strip().split("\n")


def texts(transcript: Transcript) -> list[str]:
    return [sentence.text for sentence in sentences(transcript)]


def test_running_text_goes_on_with_any_word() -> None:
    assert texts(paragraphs(LINES))[:2] == [
        "The keeper of the lock told us that a boat never waits alone, and that the first one in is the last one out.",
        "In 1962 Otto and his brother counted for a whole summer, and Otto was right about two boats out of three.",
    ]


def test_lines_that_are_utterances_stay_apart() -> None:
    chat = ["Is the lock open", "Nobody knows", "The keeper has gone home", "Then we wait", "Fine", "Tomorrow then"] * 3
    assert len(texts(paragraphs(chat))) == len(chat)


def test_laughter_inside_a_sentence_does_not_end_it() -> None:
    segments = (
        Segment(0.0, 2.0, None, "We painted the gate green and"),
        Segment(2.0, 3.0, None, "(Laughter)", role="meta"),
        Segment(3.0, 5.0, None, "the keeper never forgave us."),
    )
    found = sentences(Transcript("test", "en", None, segments, kind="talk"))
    assert found[0].text == "We painted the gate green and the keeper never forgave us."
    assert found[0].segments == (0, 2)
