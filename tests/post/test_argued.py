"""What a talk argues, who "we" is, what a typist writes down of a stumble, and two sentences that are one point."""

import pytest

from composer import evidence
from composer.evidence.model import Evidence
from composer.post.english.claims.argued import argued, ironic, laughed
from composer.post.english.claims.likeness import alike
from composer.post.english.claims.ranking import claims
from composer.post.english.claims.room import as_point, room_of
from composer.post.english.sentences.restarts import unbroken
from composer.post.english.sentences.runups import plain
from composer.post.english.sentences.sieve import broken, sound
from composer.post.english.sentences.teams import grouped, is_team, teamed
from composer.post.voice import careful, unmarked
from composer.sources.model import Segment, Transcript


def talk(*sentences: str, speaker: str | None = None) -> Evidence:
    rows = tuple(Segment(None, None, speaker, text) for text in sentences)
    return evidence.gather([Transcript("text", "en", None, rows, kind="talk")])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("It is critical — critical to know whether the mast holds.", "It is critical to know whether the mast holds."),
        ("The harm is said to be — to be 40 boats.", "The harm is said to be 40 boats."),
        ("The crane — that crane would have sunk the barge.", "The crane would have sunk the barge."),
        ("I signed — I signed the lease of the yard.", "I signed the lease of the yard."),
        ("He ent- — he entered the harbour at noon.", "He entered the harbour at noon."),
        ("Folks, even in winter the nets are full.", "Even in winter the nets are full."),
        ("Folks — the yard is an example of patience.", "The yard is an example of patience."),
        ("We closed the slipway, period.", "We closed the slipway."),
        ("She named 300 miles — of the coast as a park.", "She named 300 miles of the coast as a park."),
        ("Ten percent of those same 780 nets were dry.", "Ten percent of 780 nets were dry."),
        ("It does not take a law -- it takes a good net.", "It does not take a law. It takes a good net."),
        ("A crew is not a family; it's a fragile bargain.", "A crew is not a family. It's a fragile bargain."),
        ("The best of it is this - the memory of a storm.", "The best of it is the memory of a storm."),
        ("It feeds 100 — or 150 boats.", "It feeds 150 boats."),
        ("It is a non-E.U. Type of paper.", "It is a non-E.U. type of paper."),
        ("The rope held — nobody knew why.", "The rope held — nobody knew why."),
        ("A well-made net is half the catch.", "A well-made net is half the catch."),
    ],
)
def test_what_a_typist_writes_down_of_a_stumble(said: str, kept: str) -> None:
    assert unbroken(said) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "After all, it was the nets, not the storm, that sank nine boats, that drowned thirty men.",
            "The nets, not the storm, sank nine boats and drowned thirty men.",
        ),
        ("Well, right now — as you know, the harbour is closed.", "the harbour is closed."),
        ("I first declare to you that the tide waits for no boat.", "The tide waits for no boat."),
    ],
)
def test_a_claim_without_its_run_up(said: str, kept: str) -> None:
    assert plain(said) == kept


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We mended the slipway in a year.", "the team mended the slipway in a year."),
        ("We had rope before we had sails.", "We had rope before we had sails."),
        ("For centuries we sailed by the stars.", "For centuries we sailed by the stars."),
        ("All of us once feared the dark.", "All of us once feared the dark."),
        ("Our grandparents knew what we forgot.", "Our grandparents knew what we forgot."),
    ],
)
def test_mankind_is_no_team(said: str, told: str) -> None:
    assert teamed(said) == told


def test_a_team_throughout_does_what_it_does() -> None:
    assert grouped("We dry the nets.") == "the team dries the nets."
    assert grouped("As a society we dry no nets.") == "As a society we dry no nets."
    did = "We built a yard. We tested a crane. We hired a smith. We painted the hull. "
    shared = "We had rope. We knew the tide. We became sailors. We forgot the stars. "
    assert is_team(Transcript("text", "en", None, (Segment(None, None, None, did),), kind="talk"))
    assert not is_team(Transcript("text", "en", None, (Segment(None, None, None, shared),), kind="talk"))


def test_praise_that_nobody_means_is_no_claim() -> None:
    found = talk(
        "The ministry did the harbour such a tremendous favour by closing it.",
        "With one law every smuggler was gone.",
        "Of course that is not how it went.",
        "The nets stay dry in the shed.",
    )
    room = room_of(found, "en")
    points = [as_point(row, at) for at, row in enumerate(found.sentences)]
    assert [ironic(point, point.text, room) for point in points] == [True, True, False, False]


def test_a_joke_and_an_example_stand_below_what_is_argued() -> None:
    found = talk(
        "The point of a harbour is shelter and not depth.",
        "For example, a boat once came in at night.",
        "My brother sells the nets to himself. (Laughter)",
        "The crane is painted green.",
    )
    room = room_of(found, "en")
    points = [as_point(row, at) for at, row in enumerate(found.sentences)]
    values = [argued(point, point.text, room) for point in points]
    assert values[0] > 0 > values[1]
    assert laughed(points[2], room) or "Laughter" not in points[2].raw


def test_a_claim_takes_its_reason_along() -> None:
    found = talk(
        "The harbour of Brunn lost half of its fishing boats within ten years.",
        "That is because the old nets are too wet for the winter.",
        "Every harbour needs a net maker who is paid in winter.",
        "Ten percent of the boats carry dry nets.",
        "60 percent of those boats come home with a full hold.",
    )
    texts = [claim.text for claim in claims(found, "en")]
    assert any("half of its fishing boats" in text and "too wet" in text for text in texts)


def test_two_points_do_not_share_a_sentence() -> None:
    found = talk(
        "The harbour lost half of its boats in ten years.",
        "It also lost the only smith who could mend an anchor.",
    )
    both = [claim for claim in claims(found, "en") if ". " in claim.text]
    for claim in both:
        for other in claims(found, "en"):
            if other.text in claim.text:
                assert alike(claim, other)


def test_a_question_with_the_phrase_that_answers_it() -> None:
    found = talk("What was the difference between the two harbours?", "Dry nets and a deep basin.", "The basin is old.")
    assert any(
        claim.text.startswith("The difference between the two harbours was dry nets and a deep basin")
        for claim in claims(found, "en")
    )


def test_a_figure_goes_with_its_claim() -> None:
    found = talk(
        "Today, the harbour of Brunn feeds nearly half of the boats of the coast.",
        "And it feeds 100 — or 150 crews — crews of three men and a boy.",
        "The harbour was built by hand.",
    )
    assert any("half of the boats" in claim.text and "150 crews" in claim.text for claim in claims(found, "en"))


def test_what_captions_tore_apart_is_no_claim() -> None:
    torn = ["The harbour keeps the nets dry in winter"] * 9 + ["The new crane will take over most of"]
    torn += ["The mast and the anchor stay in the yard"] * 9
    source = Transcript("text", "en", None, tuple(Segment(None, None, None, text) for text in torn), kind="talk")
    assert unmarked(source)


@pytest.mark.parametrize(
    "text",
    [
        "You take Anna and her old crew",
        "In every tale the mate is able to say at last",
        "It is very important to watch the nets, otherwise",
        "There was no way – six hours",
        "The boat on the left is a cutter",
        "The fourth is how we build the hull",
        "In a boat nobody came no net nothing",
    ],
)
def test_what_only_a_listener_can_follow(text: str) -> None:
    assert broken(text)


def test_a_typed_sentence_is_believed_where_its_main_clause_is_plain() -> None:
    odd = (
        "Troubles of misjudgement are not generally found by pulling, or hauling, or the things we use to mend a sail."
    )
    assert sound(odd, typed=True)
    assert not sound("The nets wear out, should have been mended, the boat does not float.", typed=True)
    assert not sound("Nets, sounds like, this is the harbour for harbour show.", typed=True)


def test_the_second_sentence_may_lean_on_the_first() -> None:
    assert sound("Ten percent of 780 boats carry dry nets. 60 percent of those boats come home full.")


def test_what_is_written_with_care() -> None:
    prepared = "The harbour, as it was built, holds forty boats. It will never hold fifty, and nobody asks it to. " * 12
    captions = "so um the harbour you know it holds like forty boats okay and uh it will never hold fifty right? " * 12

    def source(text: str) -> Transcript:
        return Transcript("text", "en", None, (Segment(None, None, None, text),), kind="talk")

    assert careful(source(prepared))
    assert not careful(source(captions))
