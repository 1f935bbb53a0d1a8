"""Spoiled files and arbitrary text: never anything but a Transcript or a ComposerError, and never for long.

The suite takes a sample; `POST_COMPOSER_FUZZ=100000 pytest tests/sources/test_fuzz.py` takes that many.
"""

import faulthandler
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from composer.errors import ComposerError
from composer.sources import Transcript, read, read_text, to_json
from tests.sources.material import FIXTURES, archive, docx, pdf

ROUNDS = int(os.environ.get("POST_COMPOSER_FUZZ", "0"))
SAMPLE = ROUNDS or 600
WATCHDOG = 20.0

NAMES = [
    "talk.srt",
    "talk.vtt",
    "talk.txt",
    "talk.md",
    "talk.json",
    "talk.xml",
    "talk.html",
    "talk.csv",
    "talk",
    "talk.tsv",
]
# What formats are made of; spliced into other files these make the strangest inputs.
TOKENS = [token.encode("utf-8", "surrogateescape") for token in [
    "\n\n", "-->", "00:00:01,000 --> 00:00:02,000\n", "WEBVTT\n", "[00:00:00.000 --> 00:00:01.000]", "{", "}", "[", "]",
    '"', "<v ", "</v>", "<c>", "<00:00:01.000>", "&amp;", "&#x110000;", "&lt;script&gt;", "**", "\\", "# ", "\x00",
    "\udcff\udcfe", "\ufeff", "\udcc3", "\u2028", "\r", "\t", "NOTE\n", "99:99:99,999", "1e999", "---\n", "```",
    "Name: ",
    "[END OF TRANSCRIPT]", "[BLANK_AUDIO]", "|", "null", "-1", "<!ENTITY a 'b'>", "<p>", "](", "\udced\udca0\udc80",
    "\U0001f600", "\u266a", "{\\an8}", "<tt>", "<Trans><Turn>", "((((((", "[[[[[[", ":",
]]  # fmt: skip


def check(transcript: Transcript) -> None:
    """What holds of every transcript."""
    assert transcript.segments
    assert to_json(transcript)["format"] == transcript.format
    previous = -1.0
    for segment in transcript.segments:
        assert segment.text
        assert segment.text == " ".join(segment.text.split())
        for time in (segment.start, segment.end):
            assert time is None or 0 <= time < 1e10
        if segment.start is not None and segment.end is not None:
            assert segment.end >= segment.start
        offsets = [offset for offset, _ in segment.turns]
        assert offsets == sorted(offsets)
        assert all(0 < offset <= len(segment.text) for offset in offsets)
        segment.text.encode("utf-8")
    for chapter in transcript.chapters:
        assert chapter.title
        assert previous <= chapter.segment < len(transcript.segments)
        previous = chapter.segment
    assert all(notice and "\n" not in notice for notice in transcript.notices)
    for other in transcript.translations:
        check(other)


def check_or_refused(reading: Callable[[], Transcript]) -> None:
    told = "refused"
    try:
        found = reading()
    except ComposerError as error:
        told = str(error)
    else:
        check(found)
    assert told
    assert "\n" not in told


def attempt(path: Path) -> None:
    faulthandler.dump_traceback_later(WATCHDOG, exit=True)
    try:
        check_or_refused(lambda: read(path))
    finally:
        faulthandler.cancel_dump_traceback_later()


def spoil(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """A few bytes flipped, cut, doubled, moved, or replaced by pieces of other files."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        if not out:
            break
        at = dice.randrange(len(out))
        span = dice.choice((1, 2, 8, 40, 200))
        kind = dice.randrange(8)
        if kind == 0:
            out[at] = dice.randrange(256)
        elif kind == 1:
            del out[at : at + span]
        elif kind == 2:
            out[at:at] = out[at : at + span] * dice.choice((1, 2, 30))
        elif kind == 3:
            out[at:at] = dice.choice(TOKENS) * dice.choice((1, 1, 2, 300))
        elif kind == 4:
            start = dice.randrange(len(other)) if other else 0
            out[at : at + span] = other[start : start + span]
        elif kind == 5:
            out = out[:at]
        elif kind == 6:
            out[at : at + 1] = bytes([out[at] ^ (1 << dice.randrange(8))])
        else:
            out = out[at:] + out[:at]
    return bytes(out[:200_000])


def corpus() -> list[tuple[str, bytes]]:
    files = [(path.name, path.read_bytes()) for path in FIXTURES]
    files += [(f"utf16-{name}", data.decode("utf-8", "replace").encode("utf-16")) for name, data in files[::9]]
    files.append(("talk.docx", docx(["# Gate", "**Ada:** Who?", "**Bo:** I."], rows=[["a", "b"]])))
    files.append(("talk.pdf", pdf([["Ada: Who keeps the key?", "Bo: I do."], ["Ada: Good."]])))
    files.append(("talk.zip", archive({"a.srt": files[0][1]})))
    return files


def test_spoiled_files(tmp_path: Path) -> None:
    files = corpus()
    dice = random.Random(4)
    for turn in range(SAMPLE):
        name, data = files[turn % len(files)] if not ROUNDS else dice.choice(files)
        spoiled = spoil(data, dice.choice(files)[1], dice)
        path = tmp_path / (name if dice.random() < 0.7 else dice.choice(NAMES))
        path.write_bytes(spoiled)
        try:
            attempt(path)
        except BaseException:
            Path(tmp_path / "spoiled").write_bytes(spoiled)
            print(f"round {turn}, {path.name}: {spoiled[:2000]!r}")
            raise


@settings(max_examples=max(150, ROUNDS // 10), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(
            st.sampled_from([t.decode("utf-8", "surrogateescape") for t in TOKENS]) | st.text(max_size=12), max_size=40
        ).map("".join),
    ),
    st.sampled_from(NAMES),
)
def test_any_text(text: str, name: str) -> None:
    check_or_refused(lambda: read_text(text, name))


KEYS = [
    "segments", "text", "start", "end", "words", "word", "results", "alternatives", "transcript", "events", "segs",
    "utf8", "tStartMs", "body", "startTime", "speaker", "chunks", "timestamp", "transcription", "offsets", "from",
    "to", "language", "duration", "utterances",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=30,
)


@settings(max_examples=max(60, ROUNDS // 20), deadline=None)
@given(JSON)
def test_any_json(value: object) -> None:
    check_or_refused(lambda: read_text(json.dumps(value), "talk.json"))


@pytest.mark.parametrize(
    "bad",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        "<p>" * 50_000,
        "<" * 200_000,
        "**" * 100_000,
        "[a](" * 50_000,
        "a:" * 100_000,
        "[" * 5_000 + "](" * 5_000,
        "00:" * 50_000,
        "-" * 200_000,
        "- " * 100_000,
        "&" * 200_000,
        "&#" * 100_000,
        "\\" * 200_000,
        "`" * 100_000,
        "_a" * 100_000,
        "\n" * 300_000 + "x",
        "x " * 200_000,
        "x" * 1_000_000,
        "ab" * 300_000,
        "は" * 300_000,
        "WEBVTT\n\n" + "<v " * 100_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "<" * 100_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "I think " * 100_000,
        "---\n" + "a: b\n" * 100_000,
        "(" * 100_000,
        "{\\" * 100_000,
        "A b: c\n" * 60_000,
        "-->\n" * 60_000,
        "# \n" * 60_000,
        "<!--" * 50_000,
        "|-" * 100_000,
        "~" * 100_000,
        "é" * 300_000,
        "â€" * 100_000,
        "<timedtext>" + "<p t='1'>" * 50_000,
        "<tt>" + "<div>" * 50_000,
        "<Trans><Turn>" + "<Who/>" * 50_000,
        "<html>" + "<b>" * 50_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_work_is_bounded(bad: str) -> None:
    """Inputs made to blow up a reader that goes back over its text: each is done long before the watchdog barks."""
    faulthandler.dump_traceback_later(WATCHDOG, exit=True)
    try:
        check_or_refused(lambda: read_text(bad))
    finally:
        faulthandler.cancel_dump_traceback_later()
