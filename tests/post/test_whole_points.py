"""What a point keeps of what was said: its condition, its denial, its other half; and where points come from."""

import pytest

from composer import evidence
from composer.evidence.model import Evidence
from composer.post.english.claims.quoting import quotable
from composer.post.english.claims.ranking import claims
from composer.post.english.claims.room import Room, as_point, room_of, zones
from composer.post.english.grammar import whole
from composer.post.english.sentences.sieve import fleeting, leans, settled, sound
from composer.post.focus import focus_of
from composer.post.phrases import phrases
from composer.post.voice import voices
from composer.sources.model import Segment, Transcript


def _gathered(*lines: str, speaker: str | None = None) -> Evidence:
    segments = tuple(Segment(None, None, speaker, line) for line in lines)
    return evidence.gather([Transcript("text", "en", None, segments, kind="talk")])


def _goes_on(*lines: str) -> bool:
    room: Room = room_of(_gathered(*lines), "en")
    return room.goes_on(as_point(room.evidence.sentences[0], 0), room.evidence.sentences[0].text)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("If two sailors sleep, the watch is not eighty percent.", "It's much lower."),
        ("Nobody knows if a pilot calls from the other harbour.", "Then you may want to answer."),
        ("The rope will never get dry if there is a roof.", "That does let the rain in."),
        ("First, many sailors share one bunk.", "They are not able to rent another."),
        ("We often have trouble with some of our captains.", "And some of our pilots with their papers."),
        ("We need a man with an axe to cut the fog.", "I am only joking, of course."),
    ],
)
def test_half_of_what_is_meant_is_known_by_what_comes_next(said: str, after: str) -> None:
    assert _goes_on(said, after)
    assert not _goes_on(said, "The harbour closes at night.")


@pytest.mark.parametrize(
    "text",
    [
        "The usual way is for your anchor to entangled using a tiny rope.",
        "The plan will be to sail through all of that I am so curious how it ends.",
        "If you begin you know building a boat on day one you are a sailor.",
        "Green harbour light mast rope winch tests have not worked out.",
        "A logbook is not necessarily a logbook.",
        "You are not coiling a rope of anchor, for example.",
        "It is an important to keep the rope dry.",
        "The crane is that because the rope gets wet at night.",
        "The price of the mast is 5060 70,000 crowns.",
        "You can have you can go to the next harbour.",
        "Very few sailors will probably see.",
    ],
)
def test_what_no_writer_would_write_is_passed_over(text: str) -> None:
    assert fleeting(text)
    assert not sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "Without knowing where the real ropes are in time",
        "The grey hull for sailors with less means",
        "The captain means well",
    ],
)
def test_a_part_without_its_verb_is_no_sentence(text: str) -> None:
    assert not whole(text) or text.endswith("well")


def test_verbs_share_an_object_and_a_clause_may_be_one() -> None:
    assert whole("The harbour will protect and repair the ropes")
    assert whole("The storm will force the crew to stop doing what they do")


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        # The denial stands before the clause, and the condition does.
        ("I don’t think, honestly, we need to worry that the harbour fills up, but the crew must be ready.", None),
        ("For the pilots to help a crew that is in trouble at night, the captain has to have the right papers.", ""),
        ("The port spends a fortune on cranes, and yet, the two big ferries in town, alone, are rusting away.", None),
        ("We use the long rope on every mast, so you have one hundred and six and a half.", None),
        ("When you have to explain to a sailor you know what may be going on at sea.", ""),
        ("I think most of all to be honest about the weather.", ""),
    ],
)
def test_a_quotation_keeps_its_denial_its_condition_and_its_end(said: str, quoted: str | None) -> None:
    found = next(quotable(said), "")
    if quoted is not None:
        assert found == quoted
    assert not found.endswith(("alone", "six", "and"))
    assert "need to worry" not in found or found.startswith("I don’t think")


def test_people_speak_of_themselves_only_where_nobody_is_named() -> None:
    said = "I'm scared of sailing too far into the winter."
    assert next(quotable(said, frank=True), "") == "I'm scared of sailing too far into the winter"
    assert next(quotable(said), "") == ""
    assert next(quotable("I'm going to have to call a pilot in the morning.", frank=True), "") == ""


def test_a_pronoun_needs_somebody_before_it() -> None:
    assert not sound("Forty-five days later, it is still waiting for its first order from the harbour.")
    assert not sound("The price of a rope from that list is higher than the price of a mast.")
    assert not sound("White paint makes it readable as a sailor.")
    assert sound("White paint makes it easier to see the mast at night.")


def test_what_was_settled_is_told_of_the_team() -> None:
    assert settled("The team agreed that the harbour needs a second crane.")
    assert sound("The team agreed that the harbour needs a second crane.", several=True)
    assert not settled("The team painted the harbour.")


def _show() -> Evidence:
    """A conversation that is about ropes in its middle and about itself at both ends."""
    chat = [
        "Welcome to the show and thank you for coming to the show today.",
        "The show is brought to us by nobody, and the next show is next week.",
        "Please write to the show, we read every letter on the show.",
        "Next week there will be another show with another guest.",
    ]
    heart = [
        "A wet rope costs a harbour more money than a broken crane because nobody sees it in time.",
        "The problem with a cheap rope is that you have to replace it twice before the winter.",
        "If you never dry your rope, you will lose a ship that is worth a thousand ropes.",
        "Most harbours spend more on paint than on rope, and that is the biggest mistake of all.",
    ]
    return _gathered(*(chat * 12), *(heart * 12), *(chat * 12))


def test_points_come_from_where_a_conversation_is_at_its_subject() -> None:
    found = _show()
    zone = zones(found)
    place = {sentence.text: at for at, sentence in enumerate(found.sentences)}
    rope = next(at for text, at in place.items() if text.startswith("If you never dry"))
    show = next(at for text, at in place.items() if text.startswith("Next week"))
    assert zone[rope] > 0.6 > zone[show]
    assert all(0 <= share <= 1 for share in zone)
    focus = focus_of(found, "en", frozenset(), zone)
    assert focus.get("rope", 0) > focus.get("show", 0)
    assert all("show" not in claim.text for claim in claims(found, "en")[:3])


def test_a_labelled_or_short_source_has_no_stretches() -> None:
    assert set(zones(_gathered("A rope is a promise.", "A mast is not.", speaker="Mira Holm"))) == {0.5}


def test_what_somebody_else_denies_at_once_was_asked() -> None:
    def heard(first: str, second: str) -> bool:
        segments = (Segment(None, None, "Mira", first), Segment(None, None, "Holm", second))
        room = room_of(evidence.gather([Transcript("text", "en", None, segments, kind="conversation")]), "en")
        return room.checked(as_point(room.evidence.sentences[0], 0))

    assert heard("You have to buy two things, the mast and the sail.", "No, the sail comes with the mast.")
    assert heard("So we are not going to have a rudder made of wood.", "Like the ropes, maybe.")
    assert not heard("You have to buy two things, the mast and the sail.", "The sail costs more than the mast.")


def test_two_who_share_a_name_are_told_apart() -> None:
    segments = tuple(
        Segment(None, None, name, "A rope is a promise.") for name in ("Mira Holm", "Odd Holm", "Ann Berg")
    )
    people = voices(Transcript("text", "en", None, segments, kind="conversation"), phrases("en"))
    assert [people.of(name) for name in ("Mira Holm", "Odd Holm", "Ann Berg")] == ["Mira Holm", "Odd Holm", "Berg"]


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("A good gate keeps the first kind and lets the second go.", True),
        ("The former are cheap.", True),
        ("There are two kinds, and the first kind wins.", False),
        ("The second half of the year was better.", False),
        ("There is rope that holds, and there is rope that only looks strong.", False),
    ],
)
def test_the_first_of_two_needs_the_two(text: str, leaning: bool) -> None:
    assert leans(text) is leaning
