"""Sentences cut loose from what they hang on: passed over, put together with their other half, or told as written."""

import pytest

from composer import evidence
from composer.evidence.model import Evidence
from composer.post.builtin import BuiltinWriter
from composer.post.english.claims.quoting import begun_again, paired, quotable
from composer.post.english.claims.ranking import claims
from composer.post.english.claims.seams import seams
from composer.post.english.claims.views import written
from composer.post.english.sentences.adrift import adrift, named_doing, private
from composer.post.english.sentences.dangling import dangling
from composer.post.english.sentences.pieces import pieces
from composer.post.english.sentences.sieve import broken, sound
from composer.post.english.sentences.spoken import reason
from composer.post.model import Brief, Finished
from composer.sources.model import Segment, Transcript


def _gathered(*lines: str, kind: str = "talk", speakers: tuple[str, ...] = ()) -> Evidence:
    segments = tuple(
        Segment(None, None, speakers[at % len(speakers)] if speakers else None, line) for at, line in enumerate(lines)
    )
    return evidence.gather([Transcript("text", "en", None, segments, kind=kind)])


@pytest.mark.parametrize(
    "text",
    [
        "Otherwise the new sailors will have a lot of trouble",
        "The moment you cut the anchor rope in the outer harbour",
        "Any time you do anything new with a boat",
        "All that will be left is a mast",
        "The tide would burst the gate",
        "We would end up towing, because it is a serious leak",
        "Sailing with other crews is a little bit worse",
        "With certain other ropes we cannot tie a knot",
        "In a storm, this means we use more rope",
        "Nobody can then reach the pier",
        "The rest could have waited until the morning",
        "The harbour master has nothing to do with it",
        "In the best case it saves a rope",
        "You can more easily see the knot",
    ],
)
def test_half_a_thought_is_adrift(text: str) -> None:
    assert adrift(text)


@pytest.mark.parametrize(
    "text",
    [
        "If the gate froze, the tide would burst it",
        "I would not recommend a wooden rudder to anyone",
        "One would hope that the harbour dues will fall",
        "Drying the ropes would save every harbour money",
        "A wet rope is heavier than a dry one",
        "The more a map shows, the less anybody finds on it",
        "Every time somebody helps, it frees an hour",
    ],
)
def test_a_whole_thought_is_not(text: str) -> None:
    assert not adrift(text)


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Not every voyage needs to be one of these, but there are days for one", True),
        ("Take ropes from each of those to make a net", True),
        ("The harbour should be checking that berth and paying for that berth", True),
        ("You do not have enough rope to moor all those Frigates", True),
        ("The pilots pay more for the same reasons", True),
        ("If you have only four buttons, it is no worry", True),
        ("Everyone reads these 10 page letters", True),
        ("Once it is done, I feel lighter", True),
        ("Three quarters of them found that ropes are ugly", True),
        ("You will feel so much better when it is done", True),
        ("I feel like it is a harbour that I know", True),
        ("It is a pity that the rope broke", False),
        ("Most of his harbours are open", True),
        ("A captain should know his boat", False),
        ("Fifty percent say they cannot find the rudder half the time", False),
        ("If you own a boat, you should know its weight", False),
        ("Ropes that hold and ropes that break are made of hemp", False),
        ("Every time somebody helps, it frees an hour", False),
        ("One of the biggest worries with small anchors is finding them", False),
    ],
)
def test_a_pointer_needs_something_to_point_at(text: str, leans: bool) -> None:
    assert dangling(text) is leans


@pytest.mark.parametrize(
    "text",
    [
        "The agency is looking into 50pilots at sea",
        "Radio allows captains to quickly painted ships",
        "You do not have to be point at the pier",
        "They pay for something as wide as deep",
        "I feel like I'm sinking, I'm still sinking",
        "It moves a little bit slower a little bit later",
        "There is nothing for instance for a slow boat",
        "To sail boats, well on a river, you need a pole",
        "We wait until A tug comes",
        "Think about where you have been throughout the voyage break it down",
        "Perhaps what sailors want is rope, perhaps",
        "The guess about the tide is that you know",
        "There is a lot going on below deck but from a captain point of view",
        "If you stop rowing everything taking a rest, nobody moves",
        "Change is hard and change is difficult who made a point",
        "The harbour wants at least the forty million crowns",
        "The boat is only like four oars",
        "Sailors whose only task is to test the ropes",
    ],
)
def test_what_a_recogniser_made_of_speech_is_broken(text: str) -> None:
    assert broken(text)


def test_a_letter_or_a_figure_may_stand_beside_a_word() -> None:
    assert not broken("The 20th pilot pays for vitamin C and for plan A when it rains")
    assert not broken("The 512kbit line serves the harbour")


def test_of_voices_without_names_nobody_is_told_about_those_who_are_there() -> None:
    assert named_doing("Kathy is right about the rope")
    assert named_doing("Eric makes people tie knots")
    assert named_doing("Thorvaldsen is just looking at the old rope")
    assert not named_doing("Sailing is getting harder every year")
    assert not named_doing("Hemp is right for ropes")
    assert not sound("You are one of the sailors that do that without asking.", several=True)
    assert not sound("Kathy is right about the old rope in the harbour.", several=True)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I love taking the dog to the pier because it is quiet", True),
        ("I want to be the best pilot because it matters", True),
        ("My car is bigger than the boat", True),
        ("My brain tells me that I must pack every rope", False),
        ("Most harbours love taking the money", False),
    ],
)
def test_a_day_and_a_household_are_private(said: str, told: bool) -> None:
    assert private(said) is told


def test_two_halves_of_one_thought_are_quoted_together() -> None:
    said = "If we use a hook, then we can use the simple rope."
    other = "If we don't use a hook, we must buy the chain."
    assert paired(said.rstrip("."), said, other) == f"{said.rstrip('.')}. {other.rstrip('.')}"
    first = "The rope should be new, but not too far from the old one."
    second = "Otherwise every pilot will have a lot of trouble."
    assert paired(first.rstrip("."), first, second) == f"{first.rstrip('.')}. {second.rstrip('.')}"
    assert paired(first.rstrip("."), first, "It is a grey rope.") == ""
    assert paired("The rope should be new", first, second) == ""  # what stands before it is not all that was said


def test_a_sentence_closed_in_its_middle_is_put_together() -> None:
    found = _gathered("I think the harbour would be.", "So much better if pilots just admitted when they were wrong.")
    joined = [point.text for point in seams(found)]
    assert joined == ["I think the harbour would be so much better if pilots just admitted when they were wrong."]
    assert not list(seams(_gathered("We know what we talk about.", "The rope is wet.")))
    conditions = _gathered("When you are paid to be a pilot.", "You never talk about the days when you were wrong.")
    assert [point.text.split(",")[0] for point in seams(conditions)] == ["When you are paid to be a pilot"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Because a late pilot is much better than a lost one.", "A late pilot is much better than a lost one."),
        ("Because the rope is wet, the mast will not hold.", "Because the rope is wet, the mast will not hold."),
        ("Because of the tide.", "Because of the tide."),
    ],
)
def test_a_reason_alone_is_a_claim(said: str, told: str) -> None:
    assert reason(said) == told


def test_what_a_frame_holds_is_a_clause_of_its_own() -> None:
    said = "We love you all because it is important to remember that your worth is not dependent on your rope"
    assert "Your worth is not dependent on your rope" in list(pieces(said))


def test_a_piece_never_ends_in_a_restart() -> None:
    assert begun_again("We hope to be ready when we hope, we tried it all", "We hope to be ready when we hope")
    assert begun_again("Still deeply, deeply sailing is a way to live", "deeply sailing is a way to live")
    assert not begun_again("The rope is wet, and the mast is gone", "The rope is wet")
    assert next(quotable("When you come to the pier you should not ask for rope first.", frank=True), "")


@pytest.mark.parametrize(
    ("told", "put"),
    [
        ("One speaker thinks it makes sense to keep the old rope.", "It makes sense to keep the old rope."),
        ("One speaker thinks that the mast will not hold.", "The mast will not hold, in one speaker’s view."),
        (
            "One speaker does not think the storm is particularly likely.",
            "The storm is not particularly likely, in one speaker’s view.",
        ),
        ("Rope is the memory of a harbour, one could say.", "Rope is, in a way, the memory of a harbour."),
        ("Mira thinks the mast will not hold.", "Mira thinks the mast will not hold."),
        ("One speaker thinks they hold.", "One speaker thinks they hold."),
    ],
)
def test_an_opinion_of_nobody_is_put_as_it_is_written(told: str, put: str) -> None:
    assert written(told) == put


def test_an_image_is_the_speakers() -> None:
    assert (
        written("Rope is the memory of a harbour, one could say.", "Mira")
        == "For Mira, rope is the memory of a harbour."
    )


def test_a_conversation_closes_on_its_subject_or_not_at_all() -> None:
    heart = [
        "A wet rope costs a harbour more than a broken crane because nobody sees the rot in time.",
        "The trouble with a cheap rope is that you have to replace the rope twice before the winter.",
        "If you never dry your rope, you will lose a ship that is worth a thousand ropes.",
        "Most harbours spend more on paint than on rope, and paint never held a ship.",
        "A harbour with good rope needs fewer pilots than a harbour with good cranes.",
        "Every harbour must test its rope before the first storm of the year.",
        "I guess the main thing was the bucket.",
        "You are the best and they want you because they hired you.",
        "My connection was to be nicer to the dog this fortnight.",
    ]
    found = _gathered(*heart, kind="conversation", speakers=("Mira Holm", "Odd Berg"))
    *_, last = BuiltinWriter().write(found, Brief())
    assert isinstance(last, Finished)
    said = " ".join((*last.post.conclusion, *(point.text for point in last.post.points)))
    assert "bathtub" not in said
    assert "hired" not in said
    assert all("rope" in line.lower() for line in last.post.conclusion)


def test_no_points_are_better_than_a_pointer_in_a_short_source() -> None:
    found = _gathered("And I wrote a line underneath against this pilot and his tirades.", "It was those two again.")
    assert claims(found, "en") == []
