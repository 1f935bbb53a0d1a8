"""What a speaker says before a claim, taken off: the claim stays whole, with its denials and conditions."""

import pytest

from composer import evidence
from composer.post.english.claims.room import as_point, room_of
from composer.post.english.claims.worth import retold
from composer.post.english.sentences.retold import retell
from composer.post.english.sentences.runups import of_whom, plain
from composer.post.english.sentences.sieve import leans, whole_text
from composer.post.english.sentences.standing import half
from composer.sources.model import Segment, Transcript


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "What's really happened since I've sailed is that the boats we launched first are coming home.",
            "The boats we launched first are coming home.",
        ),
        ("The first thing that will surprise you, undoubtedly, is that no rope lasts.", "No rope lasts."),
        (
            "If that wasn't bad enough, of course, all of this is leading towards the fact that some of you, "
            "in fact, about one in nine of you at this point, will capsize.",
            "About one in nine of you will capsize.",
        ),
        ("I want to make it absolutely clear to you all, I hate fog.", "I hate fog."),
        ("The reason why this is happening is that nobody pays the pilot.", "Nobody pays the pilot."),
        ("One of the best lessons I remember hearing from a sailor is that haste sinks boats.", "Haste sinks boats."),
        ("The second thing Mira is saying is that make the harbour your home.", "Make the harbour your home."),
        ("We noticed, of course, that we were late.", "We noticed that we were late."),
        ("The crane lifts four boats a day -- quiet and free for the sailors.", None),
    ],
)
def test_a_run_up_goes(said: str, kept: str | None) -> None:
    assert plain(said) == (kept or "The crane lifts four boats a day.")


@pytest.mark.parametrize(
    "said",
    [
        "What nobody believes is that ropes rot.",
        "What the critics say about us is that ropes rot.",
        "The thing that people claim is that ropes rot.",
        "The thing that is not true is that ropes rot.",
        "The thing you might fear is that ropes rot.",
        "The rope holds in every harbour we know -- if it is dry.",
        "The rope holds in every harbour we know -- except in the north.",
        "The reason that bridges fall is that nobody checks the bolts.",
    ],
)
def test_what_denies_doubts_or_limits_stays(said: str) -> None:
    assert plain(said) == said


def test_of_them_names_the_group_that_was_counted() -> None:
    before = "We asked four hundred harbour pilots in Norvik last winter."
    assert (
        of_whom("Only one in fifty of them had a plan.", before)
        == "Only one in fifty of the harbour pilots had a plan."
    )
    two = "We asked four hundred pilots and two hundred cooks."
    assert of_whom("Half of them had a plan.", two) == "Half of them had a plan."
    assert of_whom("Half of them had a plan.", "We asked in Norvik.") == "Half of them had a plan."


@pytest.mark.parametrize(
    ("text", "broken_off"),
    [
        ("Questions about rope and tar are interesting enough, but to be honest.", True),
        ("There should be a chart that says, under today.", True),
        ("By the time you have reached the harbour.", True),
        ("Things like mending nets, starting a fleet, making a living.", True),
        ("We know, if we let the boats leave.", True),
        ("By the time you reach the harbour, the cafe is shut.", False),
        ("Things like mending nets are no hobby.", False),
    ],
)
def test_what_was_about_to_go_on_is_half(text: str, broken_off: bool) -> None:
    assert half(text) is broken_off


@pytest.mark.parametrize(
    "text",
    [
        "Even if the harbour were on the verge of collapse, no one would move.",
        "The crew ate the bread, the gulls died through lack of food, and the harbour closed.",
        "A harbour disease, rust, causes damage.",
    ],
)
def test_sentences_the_grammar_reads_part_by_part(text: str) -> None:
    assert whole_text(text)


def test_a_share_weighs_more_than_a_step_of_a_story() -> None:
    share = retold("Seventy percent of the ropes we mend are too old.", ("ropes", "are", "too old"))
    step = retold("The team was asked by a captain to go in.", ("The team", "was", "asked by a captain"))
    assert share > 0 > step


def test_what_everybody_could_do_is_no_team() -> None:
    text = "Nothing of that helps unless we could control how people sail."
    assert retell(text, "the speaker") == text


@pytest.mark.parametrize(("answer", "kept"), [("No.", False), ("Yes.", True)])
def test_what_is_put_up_to_be_denied_is_no_claim(answer: str, kept: bool) -> None:
    said = "We mend ropes at sea, and this is the best way to keep a boat safe, right?"
    rows = ["A boat is only as safe as its ropes.", said, answer, "A harbour is where ropes are mended best."]
    source = Transcript("text", "en", None, tuple(Segment(None, None, None, row) for row in rows), kind="talk")
    room = room_of(evidence.gather([source]), "en")
    at = next(at for at, sentence in enumerate(room.evidence.sentences) if "at sea" in sentence.text)
    assert room.refuted(as_point(room.evidence.sentences[at], at)) is not kept


def test_what_stands_in_a_question_is_no_thing_for_it() -> None:
    assert leans("No one said what knot it is supposed to tie.")
