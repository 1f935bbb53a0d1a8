"""The grammar gate, the adverts and the clauses: what is whole, what is paid for, what may be cut out."""

import pytest

from composer import evidence
from composer.post.adverts import adverts
from composer.post.english.grammar import whole
from composer.post.english.sentences.pieces import pieces
from composer.post.english.sentences.standing import scraps, strangeness
from composer.post.voice import nobody
from composer.sources.model import Segment, Transcript


@pytest.mark.parametrize(
    "text",
    [
        "A harbour that sleeps in winter pays for it in spring",
        "If you own a crane, you should know what it weighs before the ferry comes",
        "There are two ways to build a ship, and both of them cost rope",
        "What a captain fears is not the storm but the quay",
        "Nobody reads a chart that is longer than the table",
        "Most of the cost of a boat comes after it is built",
        "The more a map shows, the less anybody finds on it",
        "Around forty ferries will be affected by the new rule",
        "Never paint a hull in the rain",
        "Ropes, which are cheap, are the first thing a yard forgets",
        "How the quay was paid for is still an open question",
        "The crew was asked to wait until the tide came back",
    ],
)
def test_whole_sentences_have_a_reading(text: str) -> None:
    assert whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "The captain thinks would be a good harbour",
        "The alternative is to build a an iron quay",
        "The crane was not it was heavy",
        "The harbour are larger than the town",
        "The ropes is cheap",
        "If the ferry is late and the crane is down",
        "Sailing the boat to the island in the morning",
        "A new harbour is never going to have",
        "The ropes the yard the crane the quay",
        "Crews are arrived in the morning",
        "The sailor waits and painted hull is",
        "e the harbour needs a crane",
        "Harbours need need a crane",
        "The yard wants that the crane which lifts",
    ],
)
def test_what_has_no_reading_is_kept_out(text: str) -> None:
    assert not whole(text)


def _gathered(lines: list[str]) -> evidence.Evidence:
    source = Transcript("text", "en", None, tuple(Segment(None, None, None, line) for line in lines), kind="talk")
    return evidence.gather([source])


def test_an_advert_is_one_stretch_and_a_talk_about_a_product_is_none() -> None:
    talk = [f"The {word} of a harbour is what the town remembers in winter." for word in (
        "wall", "crane", "quay", "light", "smell", "sound", "master", "price", "bell", "rope", "gate", "tower", "map",
        "school", "church", "market", "yard", "ferry", "fog", "stone", "bridge", "train", "clock", "bread",
    )]  # fmt: skip
    paid = [
        "This episode is brought to you by Ropewell.",
        "Ropewell is the app that lets you sort your ropes with ease.",
        "With Ropewell you can track every knot.",
        "Go to ropewell.com slash harbour for 20 percent off.",
    ]
    found = _gathered([*talk[:12], *paid, *talk[12:]])
    marked = {found.sentences[index].text for index in adverts(found)}
    assert any("Ropewell is the app" in text for text in marked)
    assert any("track every knot" in text for text in marked)
    assert not any("town remembers" in text for text in marked)
    assert not adverts(_gathered(talk))


def test_a_clause_is_cut_out_only_where_nothing_turns_it() -> None:
    said = "the harbour is, you know, the harbour was full, and a crane without a master is the most expensive statue"
    assert "A crane without a master is the most expensive statue" in list(pieces(said))
    doubtful = "I do not think that a crane without a master is the most expensive statue in town"
    assert not any(piece.startswith("A crane") for piece in pieces(doubtful))
    bound = "a crane without a master is the most expensive statue, if the town has no museum of its own"
    assert not any(piece.endswith("statue") for piece in pieces(bound))


def test_what_only_a_listener_knows_ranks_lower() -> None:
    focus = {"harbou": 1.0}
    assert strangeness("A harbour is a promise.", focus, {}) == 0
    assert strangeness("The lid was open and Orlbek closed it.", focus, {}) > 0.1
    assert scraps("The harbour is tha end of the road.", {"tha": 1})
    assert not scraps("The harbour is the end of the sea.", {})


@pytest.mark.parametrize("name", ["Project Manager", "Speaker 2", "Q", "PhD C", "Industrial Designer"])
def test_a_seat_at_the_table_is_no_name(name: str) -> None:
    assert nobody(name)
    assert not nobody("Mira Holm")
