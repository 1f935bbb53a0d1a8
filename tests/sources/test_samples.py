"""Real files, where they lie beside the project: counts as their manifest says, speakers and chapters."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from composer.sources import Transcript, read
from tests.samples import samples_dir

# Files whose repeats are folded on purpose, and files whose manifest was counted in another way:
REPEATS = {"youtube_dl_fixture.vtt", "whispercpp_console_tiny.txt"}
# the first minute of this one has times without a colon, which the manifest did not count as cues (19 of 189);
UNCOUNTED = {"vtt_vtag_podnews.vtt": 189}
# the manifest joined the events of this one without blanks, which makes 150 words fewer.
UNSPACED = {"youtube_manual.json3.json": 1560}
FORMATS = {
    "bitcoin_ctv_workshop.md": "markdown",
    "changelog_594.md": "markdown",
    "conduit_89.md": "markdown",
    "cp1250.srt": "srt",
    "descript_postgresfm.vtt": "vtt",
    "en_google_stt.json": "google-json",
    "otter_ladybug_footer.md": "otter",
    "oxide_seconds_brackets.txt": "brackets",
    "podcastns_buzzcast.json": "podcast-json",
    "podcastns_how_to_start.json": "podcast-json",
    "srt_missing_timeframe.srt": "srt",
    "srt_podcasting20_124.srt": "srt",
    "srt_yak_shaving.srt": "srt",
    "utf16le_bom.srt": "srt",
    "vtt_vtag_named_txt.txt": "vtt",
    "vtt_vtag_podnews.vtt": "vtt",
    "whisper_pt.srt": "srt",
    "whisper_small.tsv": "tsv",
    "whispercpp_console_tiny.txt": "whisper.cpp",
    "youtube.sbv": "sbv",
    "youtube_dl_fixture.vtt": "vtt",
    "youtube_manual.json3.json": "json3",
    "yt2doc_carolynn.md": "yt2doc",
    "yt2doc_honda_ja.md": "yt2doc",
    "yt2doc_wittgenstein_haus_de.md": "yt2doc",
    "zoom_ethereum_acde233.vtt": "vtt",
}
LANGUAGES = {
    "cp1250.srt": {"hr", "sr", "bs", "sl", "sh"},
    "whisper_pt.srt": {"pt"},
    "whispercpp_console_tiny.txt": {"de"},
    "yt2doc_honda_ja.md": {"ja"},
    "yt2doc_wittgenstein_haus_de.md": {"de"},
}
SPEAKERS = {
    "changelog_594.md": 5,
    "descript_postgresfm.vtt": 2,
    "otter_ladybug_footer.md": 3,
    "podcastns_buzzcast.json": 2,
    "podcastns_how_to_start.json": 2,
    "srt_podcasting20_124.srt": 2,
    "srt_yak_shaving.srt": 2,
    "vtt_vtag_named_txt.txt": 3,
    "vtt_vtag_podnews.vtt": 3,
    "zoom_ethereum_acde233.vtt": 10,
}
CHAPTERS = {"yt2doc_carolynn.md": 31, "yt2doc_honda_ja.md": 6, "yt2doc_wittgenstein_haus_de.md": 6}


@cache
def manifest() -> dict[str, dict[str, Any]]:
    rows = json.loads((samples_dir() / "data" / "transcripts" / "manifest.json").read_text(encoding="utf-8"))
    return {row["file"]: row["counts"] for row in rows}


@cache
def transcript(name: str) -> Transcript:
    return read(samples_dir() / "data" / "transcripts" / name)


def spoken(name: str) -> int:
    """Words as the manifest counts them: labels of speakers that stand in the text are words of it."""
    found = transcript(name)
    labelled = {
        "srt_yak_shaving.srt",
        "srt_podcasting20_124.srt",
        "zoom_ethereum_acde233.vtt",
        "descript_postgresfm.vtt",
    }
    words = sum(len(s.text.split()) for s in found.segments)
    if name not in labelled:
        return words
    text = (samples_dir() / "data" / "transcripts" / name).read_text(encoding="utf-8-sig")
    labels = sum(text.count(f"{who}: ") * len(who.split()) for who in found.speakers)
    return words + labels


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_format_and_language(name: str) -> None:
    found = transcript(name)
    assert found.format == FORMATS[name]
    assert found.language in LANGUAGES.get(name, {"en"})


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_cues_and_words(name: str) -> None:
    counts = manifest()[name]
    if "cues" not in counts or name in REPEATS:
        return
    assert len(transcript(name).segments) == UNCOUNTED.get(name, counts["cues"])
    if name not in UNCOUNTED:
        assert spoken(name) == pytest.approx(UNSPACED.get(name, counts["words_ws"]), rel=0.01)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_times_are_the_files_own(name: str) -> None:
    counts = manifest()[name]
    found = transcript(name)
    if "last_end_s" in counts and name not in REPEATS:
        assert found.duration == pytest.approx(counts["last_end_s"], abs=0.002)
    if name.endswith((".md",)) and "otter" not in name:
        assert all(s.end is None for s in found.segments)


@pytest.mark.parametrize("name", sorted(SPEAKERS))
def test_speakers(name: str) -> None:
    assert len(transcript(name).speakers) >= SPEAKERS[name]


@pytest.mark.parametrize("name", sorted(CHAPTERS))
def test_chapters(name: str) -> None:
    assert len(transcript(name).chapters) == CHAPTERS[name]


def test_rolling_captions_say_each_phrase_once() -> None:
    """Each line of the file stands in the transcript, and none of its phrases of three words twice."""
    text = (samples_dir() / "data" / "transcripts" / "youtube_dl_fixture.vtt").read_text(encoding="utf-8")
    body = re.sub(r"<[^>]*>", "", text.partition("##")[2])
    lines = [line.strip() for line in body.splitlines() if line.strip() and "-->" not in line]
    found = " ".join(s.text for s in transcript("youtube_dl_fixture.vtt").segments)
    assert all(line in found for line in lines)
    words = found.split()
    phrases = [tuple(words[i : i + 3]) for i in range(len(words) - 2)]
    assert len(phrases) == len(set(phrases))


def test_loops_are_folded_and_kept() -> None:
    found = transcript("whispercpp_console_tiny.txt")
    assert any("loop" in notice for notice in found.notices)
    source = (samples_dir() / "data" / "transcripts" / "whispercpp_console_tiny.txt").read_text(encoding="utf-8")
    said = sum(len(line.partition("]")[2].split()) for line in source.splitlines() if line.startswith("[00:"))
    assert sum(len((s.raw or s.text).split()) for s in found.segments) == pytest.approx(said, rel=0.01)


def seed(number: int) -> Transcript:
    return read(next((samples_dir() / "seeds").glob(f"{number:03d}_*")))


def test_seed_of_a_thread() -> None:
    found = seed(0)
    assert (found.format, found.kind, found.language) == ("thread", "thread", "en")
    assert found.title is not None
    assert "’s talk" in found.title
    assert "â€™" not in found.title
    assert found.fact("author")
    assert found.fact("about")
    roles = {s.role for s in found.segments}
    assert {"post", "summary", "comment", "sentiment", "meta", "heading"} <= roles
    assert len({s.speaker for s in found.segments if s.role == "comment"}) == 5
    assert all("upvotes" not in s.text.lower() for s in found.segments if s.role == "comment")
    assert not found.timed


def test_seed_of_two_languages() -> None:
    found = seed(1)
    assert (found.language, found.kind) == ("en", "summary")
    assert [other.language for other in found.translations] == ["zh"]
    assert len(found.translations[0].segments) == len(found.segments) == 5
    assert found.title is not None
    assert found.fact("speaker") == found.title.partition(":")[0]
    assert not found.timed


def test_seed_of_yt2doc() -> None:
    found = seed(2)
    assert (found.format, found.kind, len(found.chapters)) == ("yt2doc", "talk", 9)
    starts = [c.start for c in found.chapters if c.start is not None]
    assert len(starts) == 9
    assert starts == sorted(starts)
    assert not found.timed
    title, event = found.title or "", found.fact("event") or ""
    assert event.lower() in title.lower()
    assert event.split()[0] in found.chapters[0].title
    assert found.fact("handle") in title.split()[3]
    assert all("yt2doc" not in s.text for s in found.segments)


def test_seed_of_the_console() -> None:
    found = seed(3)
    assert (found.format, found.kind, found.speakers) == ("whisper.cpp", "talk", ())
    speech = [s for s in found.segments if s.role == "speech"]
    source = next((samples_dir() / "seeds").glob("003_*")).read_text(encoding="utf-8")
    before = source[: source.index("[END OF TRANSCRIPT]")].splitlines()[-2]
    assert speech[-1].text == before.partition("]")[2].strip()
    assert speech[0].start == 0.0
    assert not any(mark in s.text for s in found.segments for mark in ("BLANK_AUDIO", "END OF TRANSCRIPT"))
    assert found.fact("speaker") is None


def test_all_sample_files_are_covered() -> None:
    folder: Path = samples_dir() / "data" / "transcripts"
    assert {p.name for p in folder.iterdir()} - {"manifest.json"} == set(FORMATS)
