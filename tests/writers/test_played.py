"""Answers that somebody wrote who saw only the prompts, playing models of 1B, 4B and 14B that go wrong.

Each must end as a valid post. `marks.toml` names what a post must be marked with, and what must not be left in it.
"""

import tomllib
from pathlib import Path

import pytest

from composer.errors import WriterError
from composer.post.layout import lay
from composer.post.model import Post
from tests.writers.player import FLOWS, Player, brief_of, load, parrot, parse, perform, shown
from tests.writers.test_model_writer import valid

PLAYED = Path(__file__).with_name("played")
FILES = sorted(PLAYED.glob("*/answers/*.txt"))
MARKS = tomllib.loads((PLAYED / "marks.toml").read_text(encoding="utf-8"))
_SOURCES: dict[str, object] = {}


def source_of(case: str):
    """The evidence of a case, gathered once."""
    if case not in _SOURCES:
        _SOURCES[case] = load(next((PLAYED / case).glob("source.*")))
    return _SOURCES[case]


def test_there_are_enough():
    assert len(FILES) >= 60
    plays = [parse(file.read_text(encoding="utf-8")) for file in FILES]
    assert {play.flow for play in plays} == set(FLOWS)
    assert all(play.plays and play.answers for play in plays)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_a_played_model_ends_in_a_valid_post(file):
    source = source_of(file.parts[-3])
    play = parse(file.read_text(encoding="utf-8"))
    player = Player(play.answer, context=16_384)
    wanted = MARKS.get(f"{file.parts[-3]}/{file.stem}", {})
    try:
        made = perform(play.flow, source, player)
    except WriterError:
        # A rewrite that says something else is refused, and the text of the post stays as it is.
        assert play.flow in ("rewrite", "shorter")
        return
    if isinstance(made, Post):
        valid(made, source, brief_of(play.flow, source))
        text, notices = lay(made).plain, "\n".join(made.notices)
    else:
        assert len(set(made)) == len(made)
        text, notices = "\n".join(made), ""
    for mark in wanted.get("marked", ()):
        assert mark in notices
    for words in wanted.get("gone", ()):
        assert words not in text


@pytest.mark.parametrize("flow", FLOWS)
def test_what_a_model_is_shown_can_be_seen(flow):
    source = source_of("talk")
    player = Player(parrot(source), context=4096 if flow == "parts" else 16_384)
    try:
        perform(flow, source, player)
    except WriterError:
        assert flow in ("rewrite", "shorter")
    text = shown(player.requests)
    assert "=== THE SOURCE BEGINS ===" in text
    assert text.count("⟨") == sum(len(request.slots) for request in player.requests) > 0
