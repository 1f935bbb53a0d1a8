"""Spoiled files and arbitrary text: never anything but a Transcript or a ComposerError, and never for long.

The suite takes a sample; `POST_COMPOSER_FUZZ=100000 pytest tests/sources/test_fuzz.py` takes that many.
"""

import faulthandler
import os
import random
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
TOKENS = [
    b"\n\n", b"-->", b"00:00:01,000 --> 00:00:02,000\n", b"WEBVTT\n", b"[00:00:00.000 --> 00:00:01.000]", b"{", b"}",
    b"[", b"]", b'"', b"<v ", b"</v>", b"<c>", b"<00:00:01.000>", b"&amp;", b"&#x110000;", b"&lt;script&gt;", b"**", b"\\",
    b"# ",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xe2\x80\xa8", b"\r", b"\t", b"NOTE\n", b"99:99:99,999", b"1e999",
    b"---\n", b"```", b"Name: ", b"[END OF TRANSCRIPT]", b"[BLANK_AUDIO]", b"|", b"null", b"-1", b"<!ENTITY a 'b'>", b"<p>",
    b"](", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xe2\x99\xaa", b"{\\an8}", b"<tt>", b"<Trans><Turn>", b"((((((", b"[[[[[[",
]  # fmt: skip


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


def attempt(path: Path) -> None:
    faulthandler.dump_traceback_later(WATCHDOG, exit=True)
    try:
        check(read(path))
    except ComposerError as error:
        assert str(error)
        assert "\n" not in str(error)
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
    try:
        check(read_text(text, name))
    except ComposerError as error:
        assert str(error)


@settings(max_examples=max(60, ROUNDS // 20), deadline=None)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["segments", "text", "start", "end", "words", "word", "results", "alternatives", "transcript", "events",
                         "segs", "utf8", "tStartMs", "body", "startTime", "speaker", "chunks", "timestamp", "transcription",
                         "offsets", "from", "to", "language", "duration", "utterances"]),
        inner, max_size=5),
    max_leaves=30,
))  # fmt: skip
def test_any_json(value: object) -> None:
    import json

    try:
        check(read_text(json.dumps(value), "talk.json"))
    except ComposerError as error:
        assert str(error)


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
        check(read_text(bad))
    except ComposerError:
        pass
    finally:
        faulthandler.cancel_dump_traceback_later()
