"""Labels that are cut out of their sentence, and what takes their place."""

import pytest

from composer import evidence
from composer.post.english.labels.label import label
from composer.post.english.labels.scraps import fragment, only_measured
from composer.post.english.words.kinds import Words, words
from composer.sources.model import Segment, Transcript


@pytest.mark.parametrize(
    ("cut", "text"),
    [
        ("Still Waiting", "The whole harbour is still waiting for the crane."),
        ("Slip Through", "Small fish always slip through."),
        ("The Piece", "The mast breaks pretty early in the piece."),
        ("Develop a Life", "The captain taught them to develop a life plan for every sailor."),
        ("Rope Scours", "The smith says that rope scours the post and lets the rust in."),
        ("Built Walls", "The harbours have built walls against the storm."),
        ("Mending Nets", "A good yard is not about mending nets but about drying them."),
        ("Nice Subtle", "There are a lot of nice subtle knots in it."),
        ("Who Could Teach", "A yard needs one person who could teach."),
        ("Speaker’s Boat", "The harbour has a purpose for the speaker’s boat."),
        ("Nine Percent", "Nine percent of the cost is rope."),
    ],
)
def test_a_piece_of_a_sentence_is_no_label(cut: str, text: str) -> None:
    assert fragment(cut, text)


@pytest.mark.parametrize(
    ("whole", "text"),
    [
        ("Dry Nets", "The boats with dry nets come home first."),
        ("Not a Good Idea", "A wet net is not a good idea."),
        ("Where It Is Broken", "The gauge tells you that something is broken, but never where it is broken."),
        ("Memory of a Storm", "What stays is the memory of a storm."),
        ("Options Open", "A captain keeps his options open."),
    ],
)
def test_a_name_for_a_point_stays(whole: str, text: str) -> None:
    assert not fragment(whole, text)


def test_a_measure_alone_is_weak() -> None:
    assert only_measured("Very Important")
    assert not only_measured("Very Old Ropes")


@pytest.fixture
def known() -> Words:
    text = "The net life plan of the harbour keeps the nets dry. A captain learns the life plan of a net in a year."
    found = evidence.gather([Transcript("text", "en", None, (Segment(None, None, None, text),), kind="talk")])
    return words(found, "en")


def test_a_cut_phrase_gets_its_noun_back(known: Words) -> None:
    told = label("The captain taught every sailor to develop a life plan.", "", known, set())
    assert not fragment(told, "The captain taught every sailor to develop a life plan.")
    assert told
