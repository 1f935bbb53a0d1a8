"""English: what is quoted, how a point is named, how a report is told."""

import pytest

from composer.evidence import gather
from composer.post.english.claims.quoting import quotable
from composer.post.english.claims.reports import noted, plainly
from composer.post.english.labels.carried import candidates, empty_word
from composer.post.english.labels.label import label
from composer.post.english.sentences.stutter import unlike, unstuttered
from composer.post.english.words.kinds import words
from composer.post.model import Brief
from composer.sources.model import Segment, Transcript
from tests.post.test_builtin import draft

SOURCE = Transcript(
    "text", "en", None,
    (Segment(None, None, None, "The ferry needs a second mate. A mate costs less than a ferry that stands still."),),
)  # fmt: skip
KNOWN = words(gather([SOURCE]), "en")


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("I would not recommend a wooden rudder to anyone.", "I would not recommend a wooden rudder to anyone"),
        (
            "So, you can repair a hull anywhere, it's not too hard to find a dock, most docks are cheap.",
            "You can repair a hull anywhere, it's not too hard to find a dock, most docks are cheap",
        ),
        ("I haven't painted a hull in a very long time.", ""),
        ("When I was young we had only one rope and no harbour.", ""),
        ("Send the rope to the harbour before the ship arrives.", ""),
        ("They never know what the rope is worth to the harbour.", ""),
        ("There are only about four hours of daylight left in this harbour.", ""),
    ],
)
def test_what_is_quoted_is_an_opinion(said: str, quoted: str) -> None:
    assert next(quotable(said), "") == quoted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("When the ferry is new, you still have to file the return.", "File the Return"),
        ("A single owner may wait, but no insurance is still a risk for the bank.", "No Insurance"),
        ("The wind collects salt, and salt eats rope.", "Salt Eats Rope"),
        ("The nights had six hundred calls instead of two thousand.", "Six Hundred Calls"),
        ("The captain would not recommend a wooden rudder to anyone.", "Wooden Rudder"),
    ],
)
def test_a_label_carries_the_point(text: str, name: str) -> None:
    assert label(text, "", KNOWN, set()) == name


def test_a_label_never_repeats_another_and_never_only_the_beginning() -> None:
    taken = {"wooden rudder"}
    assert label("The captain would not recommend a wooden rudder to anyone.", "", KNOWN, taken) != "Wooden Rudder"
    best = candidates("The wooden rudder of the ferry broke in a heavy storm.", "", KNOWN)
    assert best[0][1] != "wooden rudder"


@pytest.mark.parametrize("word", ["day", "reasonable", "years", "today", "afraid"])
def test_a_word_of_time_or_a_quality_is_no_label(word: str) -> None:
    assert empty_word(word)


def test_a_report_is_told_plainly() -> None:
    assert plainly("Quietlathe offers insights into ropes, emphasizing a cheaper knot.") == (
        "Quietlathe emphasizes a cheaper knot."
    )
    assert (
        plainly(
            "Fern highlights the need for better ropes and elaborates on the limits of hemp while pointing out others."
        )
        == "Fern highlights the need for better ropes."
    )
    assert noted("The need for new ways to tie ropes.", "The post") == "The post sees a need for new ways to tie ropes."
    assert noted("Mocks freeze the code.", "The post") == "Mocks freeze the code."


def test_voices_that_take_each_other_up_are_a_conversation() -> None:
    turns = [
        "Yeah, the harbour will never pay for a rope that nobody has tested in a storm.",
        "Right, but a tested rope is more expensive than the ship it holds.",
        "The ship is never the problem, because the harbour can always build a second one.",
        "Exactly, and the pilots should decide which rope is better for the winter.",
    ]
    text = " ".join(turns * 25)
    found = gather([Transcript("text", "en", None, (Segment(None, None, None, text),), kind="talk")])
    assert draft(found, Brief()).announcing.startswith("A conversation")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Custome Customers want a d dry rope.", "Customers want a dry rope."),
        # What is no word begun stays: a contraction, a word of its own.
        ("I don't think it's so bad, or order it.", "I don't think it's so bad, or order it."),
        ("It's in inside the harbour.", "It's in inside the harbour."),
    ],
)
def test_a_word_that_was_only_begun_goes(said: str, told: str) -> None:
    assert unstuttered(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The pilot will like will wait and like we have like rope.", "The pilot will wait and we have rope."),
        ("It is like a boat that looks like rain.", "It is like a boat that looks like rain."),
        ("They would like to go.", "They would like to go."),
    ],
)
def test_a_like_that_is_a_breath_goes_and_a_comparison_stays(said: str, told: str) -> None:
    assert unlike(said) == told
