"""English: what stands over a post, what the source says it is about, and what the lines below need not say again."""

import re

import pytest

from composer import evidence
from composer.evidence.model import Evidence
from composer.post.builtin import BuiltinWriter
from composer.post.english.headlines.asks import question
from composer.post.english.headlines.catch import Line, amount, catch, disputed, flat, stands
from composer.post.english.headlines.put import put
from composer.post.english.headlines.theme import theme
from composer.post.english.headlines.topics import joined, titled_subject, topic_form, topics
from composer.post.english.introduced import introduced, works
from composer.post.english.sections import _names
from composer.post.english.words.kinds import words
from composer.post.model import Brief, Finished, Post
from composer.post.phrases import phrases
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
    assert asks or post.headline.endswith("Do You Agree") or post.headline.startswith("Do You Agree That")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (Line("One in forty pilots sees the lamp", 0.5), "Did You Know That One in Forty Pilots Sees the Lamp"),
        (Line("71% of pilots want a lamp", 0.5), "Did You Know That 71% of Pilots Want a Lamp"),
        (Line("A new bell cost millions of crowns", 0.5), "Did You Know That a New Bell Cost Millions of Crowns"),
        (Line("Nobody should ring a bell in fog", 0.5), "Do You Agree That Nobody Should Ring a Bell in Fog"),
        (Line("Our bell is the heart of town", 0.5, quoted=True), "“Our Bell Is the Heart of Town”: Do You Agree"),
        (Line("The pilot sold the bell", 0.5), ""),
        (Line("The lamp will be twelve euros", 0.5), ""),
        (Line("If nobody asks, nobody answers", 0.5), ""),
    ],
)  # fmt: skip
def test_a_claim_is_put_to_the_reader_where_it_is_striking_or_arguable(line: Line, asked: str) -> None:
    assert put(line, phrases("en")) == asked


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Only one in ten pilots rings the bell", True),
        ("Half of the lamps are dark", True),
        ("Seventy percent of what we do is rope", False),
        ("The tenth pilot rings the bell", False),
    ],
)
def test_a_share_of_all_is_known(text: str, many: bool) -> None:
    assert amount(text) is many


def test_a_short_post_keeps_a_headline_that_claims() -> None:
    said = (
        "If every pilot rings the bell and nobody cleans the lamp, the harbour loses more ships than it saves in fog. "
    )
    found = gathered(said + "It rains. " * 30 + "A lamp costs less than a rope. A bell cannot see. ")
    for shape in ("take", "list"):
        head = draft(found, shape).headline
        assert not re.match(r"What (?:Should You Know|Is Worth Knowing)|\d+ Points", head)


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


def test_subjects_are_joined_where_they_meet() -> None:
    text = "A lamp burns. It rains. It snows. " * 20 + "The bell rings. It rains. It snows. " * 20
    assert joined(("lamps", "bells"), gathered(text)) == ("lamps",)
    text += "Every lamp has a bell beside it. " * 3
    assert joined(("lamps", "bells"), gathered(text + "A lamp needs a bell. " * 3)) == ("lamps", "bells")


def test_a_letter_behind_a_word_makes_it_a_name() -> None:
    text = "They call it Route X. We were on Route A. Route B is closed and Route C is long. " * 2
    assert topic_form("Route", words(gathered(text), "en")) == ""


def test_a_thing_takes_its_article() -> None:
    text = "An earthquake hit the town. Not the earthquake killed people. The next earthquake is near. "
    assert topic_form("earthquake", words(gathered(text), "en")) == "the earthquake"
    text = "The Bill is long. Nobody read the Bill. This Bill names no lamp. They passed the Bill. "
    assert topic_form("Bill", words(gathered(text), "en")) == "the Bill"


def test_who_introduces_himself_is_named() -> None:
    text = "Welcome to the harbour hour, I'm Ida Berg, the editor of Tidelog. And I'm Olu. "
    found = gathered(text + TALK)
    assert [(one.name, one.role) for one in introduced(found)] == [("Ida Berg", "the editor of Tidelog"), ("Olu", "")]
    assert introduced(gathered("I'm Danish, and I'm tired. I'm Sorry. " + TALK)) == ()
    assert works(gathered("As you heard, I work in a lighthouse, and I like it. " + TALK)) == "work in a lighthouse"
    post = draft(gathered("My name is Ida Berg. " + TALK.partition(". ")[2]))
    assert "Ida Berg" in post.announcing


def test_a_section_names_what_its_points_speak_of() -> None:
    post = draft(gathered(TALK * 2))
    for section in post.sections:
        named = re.sub(r"^On | and ", " ", section.title).split() if section.title.startswith("On ") else []
        for word in (word for word in named if word != "the"):
            assert word[:4].lower() in " ".join(point.text for point in section.points).lower()


def test_an_opening_ends_with_the_source_or_with_its_matter() -> None:
    thin = draft(gathered("It rains. " * 30 + "A lamp costs less than a rope. A bell cannot see. "))
    assert len(thin.opening) == 1  # who speaks of what, and no line that only leads to the points


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Remarks by Mayor Quill on the Mending of the North Pier", "the Mending of the North Pier"),
        ("Background Press Call on a Harbour Agreement with Norway", "a Harbour Agreement with Norway"),
        ("The Mending of the North Pier", ""),
        ("Talk on rope", ""),
    ],
)
def test_a_title_of_an_occasion_says_what_it_is_on(title: str, subject: str) -> None:
    assert titled_subject(gathered(TALK, title)) == subject


def test_a_claim_that_nobody_doubts_is_not_asked() -> None:
    assert flat("The harbour has a bell")
    assert not flat("The harbour has never had a bell")
    assert disputed("A lamp costs less than a rope")
    assert not disputed("A lamp hangs on the pier")


@pytest.mark.parametrize(
    ("text", "rank", "names"),
    [
        ("rope dryers", 30, True),
        ("rope", 2, True),
        ("rope", 20, False),
        ("the rope", 9, False),
        ("rope-work", 40, True),
    ],
)
def test_a_title_names_something(text: str, rank: int, names: bool) -> None:
    assert _names(text, rank) is names
