"""English: what stands over a post, what the source says it is about, and what the lines below need not say again."""

import pytest

from composer import evidence
from composer.evidence.model import Evidence
from composer.post.asks import question
from composer.post.builtin import BuiltinWriter
from composer.post.catch import Line, catch, stands
from composer.post.kinds import words
from composer.post.model import Brief, Finished, Post
from composer.post.theme import theme
from composer.post.topics import topics
from composer.sources.model import Segment, Transcript

TALK = (
    "Today I want to talk about why our harbour stopped ringing its bell. The bell rang nine hundred times a winter. "
    "A bell does not know the difference between a fog and a feast. Only one ship in forty ever heard it. "
    "A lamp on the pier costs less than one rope. The pilots asked for a lamp and not for a bell. "
    "Every harbour should count what its bell is for. A lamp that nobody cleans is worse than no lamp. "
    "The oldest pilot cleaned the lamp on every second Monday. Fog eats sound, but it does not eat light. "
)


def gathered(text: str, title: str | None = None) -> Evidence:
    parts = [part + "." for part in text.rstrip(". ").split(". ")]
    rows = tuple(Segment(None, None, None, part) for part in parts)
    return evidence.gather([Transcript("text", "en", title, rows, kind="talk")])


def draft(found: Evidence, shape: str = "take") -> Post:
    return next(e.post for e in BuiltinWriter().write(found, Brief(shape=shape)) if isinstance(e, Finished))


@pytest.mark.parametrize(
    "text",
    [
        "A harbour without a pilot is only a hole in the coast",
        "Fog eats sound, but it does not eat light",
        "Nobody has a lamp for the harbour in summer",
        "If nobody asks the pilot, nobody learns the tide",
        "Seventy percent of harbours have no lamp",
    ],
)
def test_a_whole_claim_can_stand_over_a_post(text: str) -> None:
    assert stands(Line(text, 0.5))


@pytest.mark.parametrize(
    "text",
    [
        "It is only a hole in the coast",
        "The lamp was cleaner than those ropes",
        "In the winter the bell rang",
        "Your rope is not in the harbour",
        "We have a new rope",
        "Pilot’s question is what the rope is like then",
        "Go and buy the rope",
        "The problem is the rope",
        "A lamp on the pier costs less than",
    ],
)
def test_a_line_that_leans_on_what_was_said_before_cannot(text: str) -> None:
    assert not stands(Line(text, 0.5))


def test_a_contrast_catches_more_than_a_definition() -> None:
    assert catch(Line("Fog eats sound, but it does not eat light", 0.5)) > catch(
        Line("A bell is a piece of brass", 0.5)
    )
    assert catch(Line("Only one ship in forty heard the bell", 0.5)) > catch(Line("The ship was very nice", 0.5))


def test_what_the_speaker_announces_is_the_theme() -> None:
    assert theme(gathered(TALK)) == "why the harbour stopped ringing its bell"
    assert theme(gathered("In this episode we'll discuss cheap rope and old bells. A bell and a rope. " * 3)) == (
        "cheap rope and old bells"
    )
    assert theme(gathered("So I am going to be brief, and talk about dying lamps in winter. A lamp dies. " * 3)) == (
        "dying lamps in winter"
    )
    assert theme(gathered("Today I want to talk about it. I was keen to talk about some things. A rope is old. ")) == ""


def test_a_subject_is_a_whole_name_and_a_whole_thing() -> None:
    text = (
        "The harbour bell trust of Ostmar pays for the lamp. Nobody at the Ostmar Harbour Trust likes waiting. "
        "A fog lamp costs less than a bell. Every fog lamp needs oil. A fog lamp that nobody cleans is dark. "
        "We say more about waiting than about lamps. The art of waiting is cheap. The Ostmar Harbour Trust waits. "
        "A fog lamp is honest. The Ostmar Harbour Trust knows the price of waiting. "
    )
    found = topics(gathered(text), words(gathered(text), "en"), 4)
    assert "fog lamps" in found or "the fog lamp" in found
    assert "waiting" in found
    assert not {"Harbour Trust", "Trust", "lamps"} & set(found)


@pytest.mark.parametrize("shape", ["take", "list"])
def test_the_headline_is_not_said_again_below(shape: str) -> None:
    post = draft(gathered(TALK, "What a Bell Knows About Fog"), shape)
    assert post.headline == "What a Bell Knows About Fog"
    assert "knows about fog" not in post.announcing.lower() + " ".join(post.opening).lower()
    if shape == "take":
        assert "why the harbour stopped ringing its bell" in post.announcing


def test_a_title_that_is_not_the_headline_stands_in_the_opening() -> None:
    text = TALK.replace("Today I want to talk about why our harbour stopped ringing its bell. ", "")
    post = draft(gathered(text, "The North Pier Bell, Part 2"))
    assert "“The North Pier Bell, Part 2”" in post.opening[0]


def test_where_a_shape_asks_the_claim_is_the_question_and_where_it_claims_the_claim() -> None:
    found = gathered(TALK.replace("Today I want to talk about why our harbour stopped ringing its bell. ", ""))
    assert draft(found).headline == "Does a Lamp on the Pier Cost Less Than One Rope"
    assert draft(found, "list").headline.lower() in TALK.lower()


def test_what_cannot_be_asked_is_put_to_the_reader() -> None:
    said = "We never lose a ship because of a lamp. "
    post = draft(gathered(said + TALK.partition(". ")[2]))
    assert post.headline_emoji == "❓"
    assert question(post.headline) == ""
    asks = post.headline.split()[0] in ("Does", "Is", "Can", "Should", "What", "Why")
    assert asks or post.headline.endswith("Do You Agree")


def test_a_voice_without_a_name_is_quoted_without_one() -> None:
    rows = [("A", part + ".") if nth % 2 else ("B", part + ".") for nth, part in enumerate(TALK.split(". ") * 3)]
    said = "I don't think we should ever ring the bell of the harbour in a fog again"
    rows += [("A", f"{said}."), ("B", "I think every harbour needs a pilot and a lamp more than it needs a bell.")]
    found = evidence.gather(
        [
            Transcript(
                "text", "en", None, tuple(Segment(None, None, who, part) for who, part in rows), kind="conversation"
            )
        ]
    )
    for shape in ("take", "list"):
        assert all("says one speaker" not in point.text for point in draft(found, shape).points)
