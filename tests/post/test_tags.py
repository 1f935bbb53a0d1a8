"""English: the hashtags of a post are what it speaks of, and no aside of its source."""

import pytest

from composer import evidence
from composer.post.builtin import BuiltinWriter
from composer.post.english.desk import desk_of, talking
from composer.post.english.tags import tags
from composer.post.model import Brief, Finished
from composer.sources.model import Segment, Transcript

TALK = (
    "You're listening to Tidelog, the show about harbours. "
    "A harbour without a pilot is only a hole in the coast. The pilots asked for a lamp and not for a bell. "
    "A lamp on the pier costs less than one rope. A lamp that nobody cleans is worse than no lamp. "
    "My uncle works at a bank. Every harbour should count what its bell is for. "
    "A bell does not know the difference between a fog and a feast. Only one ship in forty ever heard it. "
)
MORE = (
    "The pilot of the harbour cleans the lamp before winter number {n}. The bell of pier {n} is older than its lamp. "
    "A rope from shed {n} holds a ship in the harbour. The lamp needs less oil than the bell needs rope. "
)


def rows(text: str, voices: tuple[str, ...] = ()) -> tuple[Segment, ...]:
    parts = [part + "." for part in text.rstrip(". ").split(". ")]
    return tuple(
        Segment(None, None, voices[nth % len(voices)] if voices else None, part) for nth, part in enumerate(parts)
    )


def test_a_word_said_by_the_way_is_no_hashtag() -> None:
    text = TALK + "".join(MORE.format(n=n) for n in range(2, 30))
    found = evidence.gather([Transcript("text", "en", None, rows(text), kind="talk")])
    event = list(BuiltinWriter().write(found, Brief()))[-1]
    assert isinstance(event, Finished)
    low = {tag.lower() for tag in event.post.hashtags}
    assert low & {"#lamp", "#harbour", "#bell", "#pilot", "#lamps", "#harbours", "#rope"}
    assert not low & {"#banking", "#finance", "#tidelog", "#uncle", "#family"}


def test_a_post_that_names_nothing_still_has_its_subjects() -> None:
    found = evidence.gather([Transcript("text", "en", None, rows(TALK), kind="talk")])
    desk = desk_of(found, Brief(), 0)
    got = tags(desk, "A harbour without a lamp.")
    assert got
    assert all(tag.startswith("#") and tag[1:2].isupper() for tag in got)
    assert len(set(got)) == len(got) <= 5


@pytest.mark.parametrize(
    ("voices", "count"),
    [
        (("Project Manager", "Marketing", "User Interface"), "Three"),
        (("Speaker 1", "Speaker 2", "Speaker 3"), ""),
        (("Q", "A"), ""),
    ],
)
def test_voices_are_counted_where_labels_say_what_they_are(voices: tuple[str, ...], count: str) -> None:
    text = TALK + "".join(MORE.format(n=n) for n in range(2, 9))
    found = evidence.gather([Transcript("text", "en", None, rows(text, voices), kind="conversation")])
    assert talking(desk_of(found, Brief(), 0)) == count
