"""JSON of whisper and its kin: openai-whisper, faster-whisper, WhisperX, the hosted API, Hugging Face, whisper.cpp."""

from typing import Any

from composer.sources import jsonlike, words
from composer.sources.base import Cue, Draft, Format, Sample, count, has
from composer.sources.times import number
from composer.sources.words import Word

# Keys beside `words` in files that hold nothing longer.
_WORDS_ONLY = {"words", "text", "task", "language", "duration", "segments", "usage"}


def score(sample: Sample) -> float:
    """Segments with a text and a start; whisper.cpp's transcription with offsets; chunks with a timestamp pair."""
    if sample.opening not in ("{", "["):
        return 0.0
    head = sample.head
    if not any(key in head for key in ('"segments"', '"transcription"', '"chunks"', '"words"', '"start"', '"text"')):
        return 0.0
    data = sample.data
    if isinstance(data, list):
        rows = [row for row in data[:5] if isinstance(row, dict)]
        return 0.9 if rows and all("text" in r and "start" in r and "end" in r for r in rows) else 0.0
    for key, needed in (("segments", "text"), ("transcription", "text"), ("chunks", "timestamp")):
        rows = jsonlike.items(data, key)
        if rows and needed in rows[0]:
            return 0.97
    rows = jsonlike.items(data, "words")
    if rows and "start" in rows[0] and ("word" in rows[0] or "text" in rows[0]) and set(data) <= _WORDS_ONLY:
        return 0.8
    return 0.6 if isinstance(data, dict) and isinstance(data.get("text"), str) and set(data) <= _WORDS_ONLY else 0.0


def parse(sample: Sample) -> Draft:
    """Segments with their times; words only where nothing longer stands in the file."""
    data = sample.data
    if isinstance(data, list):
        data = {"segments": data}
    draft = Draft("whisper-json", [])
    if not isinstance(data, dict):
        return draft
    draft.language = _language(data)
    if jsonlike.items(data, "transcription"):
        draft.format = "whisper.cpp-json"
        draft.cues = _cpp(jsonlike.items(data, "transcription"))
    elif jsonlike.items(data, "segments"):
        rows = jsonlike.items(data, "segments")
        draft.cues = list(jsonlike.cues(rows, "text", "start", "end"))
        _voices(draft.cues, rows)
    elif jsonlike.items(data, "chunks"):
        draft.cues = [_chunk(row) for row in jsonlike.items(data, "chunks")]
    elif jsonlike.items(data, "words"):
        found = [_word(row) for row in jsonlike.items(data, "words")]
        draft.cues = words.lines(found)
        draft.notices.append(_joined(len(found), len(draft.cues)))
    if not any(cue.text for cue in draft.cues):
        draft.cues = [Cue(None, None, jsonlike.text(data.get("text")))]
    return draft


def _joined(single: int, lines: int) -> str:
    return f"{count(single, 'single word')} {has(single)} been joined to {count(lines, 'line')}."


def _language(data: dict[str, Any]) -> str | None:
    for value in (data.get("language"), (data.get("result") or {}), data.get("info"), data.get("params")):
        found = value.get("language") if isinstance(value, dict) else value
        if isinstance(found, str) and 2 <= len(found.split("-")[0]) <= 3 and found.isascii() and found != "auto":
            return found.split("-")[0].lower()
    return None


def _voices(cues: list[Cue], rows: list[dict[str, Any]]) -> None:
    """WhisperX may name the speaker on the words alone."""
    if len(cues) != len(rows):
        return
    for cue, row in zip(cues, rows, strict=True):
        if cue.speaker or not row.get("words"):
            continue
        said = {jsonlike.name(w.get("speaker")) for w in jsonlike.items(row, "words")}
        if len(said) == 1:
            cue.speaker = said.pop()


def _cpp(rows: list[dict[str, Any]]) -> list[Cue]:
    found: list[Word] = []
    cues: list[Cue] = []
    for row in rows:
        offsets, stamps = row.get("offsets"), row.get("timestamps")
        start = end = None
        if isinstance(offsets, dict):
            start, end = number(offsets.get("from"), 0.001), number(offsets.get("to"), 0.001)
        elif isinstance(stamps, dict):
            start, end = number(stamps.get("from")), number(stamps.get("to"))
        said = row.get("text")
        if isinstance(said, str):
            found.append(Word(said, start, end))
            cues.append(Cue(start, end, jsonlike.text(said), jsonlike.name(row.get("speaker"))))
    parts = sum(not w.text.startswith(" ") and bool(w.text) for w in found)
    short = sum(len(w.text.split()) <= 1 for w in found)
    if len(found) >= 8 and short > 0.9 * len(found) and 0 < parts < len(found):
        for word in found:
            word.glued = not word.text.startswith(" ")
            word.text = jsonlike.text(word.text)
        return words.lines(found)
    return cues


def _chunk(row: dict[str, Any]) -> Cue:
    pair = row.get("timestamp")
    start, end = (pair[0], pair[1]) if isinstance(pair, list) and len(pair) == 2 else (None, None)
    return Cue(number(start), number(end), jsonlike.text(row.get("text")), jsonlike.name(row.get("speaker")))


def _word(row: dict[str, Any]) -> Word:
    said = row.get("word", row.get("text"))
    return Word(
        jsonlike.text(said), number(row.get("start")), number(row.get("end")), jsonlike.name(row.get("speaker"))
    )


FORMAT = Format("whisper-json", score, parse)
