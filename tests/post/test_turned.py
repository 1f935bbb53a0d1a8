"""What the next sentence takes back, what a show does with itself, and what lost its subject."""

import pytest

from composer import evidence
from composer.post.english.claims.ranking import claims
from composer.post.english.claims.turned import turned
from composer.post.english.headlines.asks import question
from composer.post.english.labels.scraps import fragment
from composer.post.english.sentences.pieces import pieces
from composer.post.english.sentences.retold import settle
from composer.post.english.sentences.sieve import broken
from composer.post.english.sentences.spoken import spoken
from composer.post.english.sentences.standing import half
from composer.post.english.sentences.telling import follow, tell
from composer.post.lexis import rows
from composer.post.phrases import phrases
from composer.post.voice import voices
from composer.sources.model import Segment, Transcript


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("Most sailors are very worried that the mast will break.", "That is not the biggest danger."),
        ("Typically a captain buys new rope in spring.", "But this year nobody did."),
        ("When it storms, crews generally stay below.", "We saw the opposite."),
        ("There are a lot of pilots faster than Mira.", "There are very few who know the reef."),
        ("There are many boats in the harbour.", "But only a few can leave it."),
        ("A tarred rope never rots.", "That's a myth."),
        ("A wet net is stronger than a dry one.", "In fact, no."),
        ("The crane paid for itself in a year.", "Actually, it was quite the opposite."),
        ("People think the tide is slow.", "In reality, it outruns a horse."),
        ("You can dry a net in an hour.", "That isn't how it works."),
    ],
)
def test_a_thought_that_is_turned_at_once_is_half(said: str, after: str) -> None:
    assert turned(said, after)
    assert not turned(said, "The harbour closes at night.")


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("A wet rope is a weak rope.", "That is not the only reason to dry it."),
        ("The harbour needs a second crane.", "But nobody wants to pay for it."),
        ("Typically a captain buys new rope in spring.", "It costs forty crowns."),
        ("There are many boats in the harbour.", "A few days ago two more came."),
        ("The net is dry.", "That is why it holds."),
    ],
)
def test_what_goes_on_turns_nothing(said: str, after: str) -> None:
    assert not turned(said, after)


def _talk(*lines: str) -> list[str]:
    segments = tuple(Segment(None, None, "Mira Holm", line) for line in lines)
    found = evidence.gather([Transcript("text", "en", None, segments, kind="talk")])
    return [claim.text for claim in claims(found, "en")]


def test_what_is_turned_comes_with_its_turn_or_not_at_all() -> None:
    told = _talk(
        "Most sailors are very worried that the mast will break in a storm.",
        "That is not the biggest danger.",
        "A wet rope is the biggest danger on a boat.",
        "A dry rope holds four times as long as a wet rope.",
        "The rope is dry when it creaks in the hand.",
    )
    worried = [text for text in told if "worried" in text]
    assert all("not the biggest danger" in text for text in worried)
    assert any("biggest danger on a boat" in text for text in told)


@pytest.mark.parametrize(
    "text",
    [
        "We will share a link to every harbour",
        "The team will link to a chart of the reef",
        "We do accept PRs, so that the chart stays right",
        "Here I am going to give you some knots",
        "The speaker will show you a splice",
        "I am going to be talking about the tide",
        "There is an even more basic reason why we do not dry ropes",
        "The tide could be another reason",
        "The speaker’s second question is for Mira",
    ],
)
def test_what_a_show_does_with_itself_is_no_point(text: str) -> None:
    assert rows("housekeeping").search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Every time you open a pull request, you should say why",
        "A chain is only a link that found another",
        "The harbour is going to give the crane away",
        "The reason why ropes rot is that nobody dries them",
        "Rust is the reason nets fail",
    ],
)
def test_what_is_said_of_the_subject_is_no_housekeeping(text: str) -> None:
    assert not rows("housekeeping").search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Albeit probably will not be at the height of spring",
        "Though probably is not as dry as the old one",
        "The speaker thinks expectation was for dry rope",
        "Somewhat, the pilot bought a boat in spring",
    ],
)
def test_a_joining_word_is_no_subject_and_half_an_object_none(text: str) -> None:
    assert broken(text)
    assert not question(text + ".")


def test_a_degree_alone_opens_no_sentence() -> None:
    assert half("Somewhat, the pilot bought a boat in spring.")
    assert not half("Some pilots bought a boat in spring.")


def test_a_clause_that_is_said_anew_behind_a_dash_is_none() -> None:
    said = "I think the forecast was for calm water -- deep calm water to be there by noon"
    assert not any(piece.endswith("calm water") and "deep" not in piece for piece in pieces(said))


def test_a_team_is_asked_of_nobody() -> None:
    assert not question("The harbour will be at the level the team saw.")


def _told(text: str) -> str:
    found = evidence.gather([Transcript("text", "en", None, (Segment(None, None, None, text),), kind="talk")])
    people = voices(found.sources[0], phrases("en"))
    point = found.points[0]
    told = tell(text, point, found, people, spoken("en"))
    return told[0] if told else ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("There's always a higher wall that you can build.", "There is always a higher wall that you can build."),
        ("There's perhaps a better rope in the next harbour.", "There is perhaps a better rope in the next harbour."),
        ("There is a series of locks behind the harbour wall.", "There is a series of locks behind the harbour wall."),
        ("There's a lot of sailors who never dry a rope.", "There are a lot of sailors who never dry a rope."),
        ("There's several boats in the harbour at night.", "There are several boats in the harbour at night."),
    ],
)
def test_there_are_only_where_there_are_many(said: str, told: str) -> None:
    assert _told(said) == told


def test_who_is_answered_goes() -> None:
    said = "With regard to your second question, Mira, the harbour needs a deeper channel for the new boats."
    assert _told(said) == "The harbour needs a deeper channel for the new boats."


def test_a_denial_may_come_second() -> None:
    lines = ("Most sailors worry that the mast breaks.", "That is not the biggest danger.")
    found = evidence.gather([Transcript("text", "en", None, tuple(Segment(None, None, None, s) for s in lines))])
    people = voices(found.sources[0], phrases("en"))
    assert follow(lines[1], found.points[0], found, people, spoken("en")) == lines[1]


def test_a_comma_behind_a_verb_with_its_particle_stays() -> None:
    assert settle("Thieves break in, read the chart and steal the boat.").startswith("Thieves break in, read")


@pytest.mark.parametrize(
    ("cut", "text"),
    [
        ("Meant Ropes", "The boats had little room, which meant ropes had to be short."),
        ("Called Grey", "The harbour has a boat called Grey Goose."),
    ],
)
def test_a_verb_begins_no_label(cut: str, text: str) -> None:
    assert fragment(cut, text)
