"""Dataclasses to JSON and back, and settings that survive damage."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer import settings
from composer.plain import decode, encode
from composer.post.model import Brief, Laid, Trace
from composer.settings import Settings
from composer.sources.model import Chapter, Segment, Transcript

TIMES = st.one_of(st.none(), st.floats(0, 1e6))
SEGMENTS = st.builds(Segment, TIMES, TIMES, st.one_of(st.none(), st.text()), st.text(), st.one_of(st.none(), st.text()))
TRANSCRIPTS = st.builds(
    Transcript,
    st.text(),
    st.text(),
    st.one_of(st.none(), st.text()),
    st.lists(SEGMENTS).map(tuple),
    st.lists(st.builds(Chapter, TIMES, st.text(), st.integers(0, 9))).map(tuple),
)


@given(TRANSCRIPTS)
def test_a_transcript_comes_back_from_json(transcript: Transcript) -> None:
    assert decode(Transcript, json.loads(json.dumps(encode(transcript)))) == transcript


def test_layouts_and_briefs_come_back() -> None:
    laid = Laid("a", "b", ((3, Trace(0, (1, 2), 4.5)), (4, Trace(1, ()))))
    assert decode(Laid, json.loads(json.dumps(encode(laid)))) == laid
    assert decode(Brief, {"shape": "list", "unknown": 1}) == Brief(shape="list")


@pytest.mark.parametrize("bad", [None, 3, {"tone": "loud"}, {"shape": 4}, []])
def test_what_cannot_be_is_a_value_error(bad: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(Brief, bad)


def test_settings_come_back(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "settings.json"
    changed = Settings(theme="dark", layout=(320, 560, 400), writer="model", model="/m.gguf")
    settings.save(place, changed)
    assert settings.load(place) == changed
    assert [file.name for file in place.parent.iterdir()] == ["settings.json"]


def test_damaged_settings_fall_back_one_by_one(tmp_path: Path) -> None:
    place = tmp_path / "settings.json"
    assert settings.load(place) == Settings()
    place.write_text('{"theme": "pink", "tone": "dry", "context": "big", "extra": 1, "layout": [1, 2]}')
    assert settings.load(place) == Settings(tone="dry", layout=(1, 2))
    place.write_text("[1]")
    assert settings.load(place) == Settings()
    place.write_text("{half")
    assert settings.load(place) == Settings()
