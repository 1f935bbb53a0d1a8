"""Tables: whisper's TSV (milliseconds) and CSV or TSV with named columns for times, speaker and text."""

import csv
import io

from composer.sources.base import Cue, Draft, Format, Sample, count, was
from composer.sources.clean import plain
from composer.sources.times import number

_TEXT = {"text", "transcript", "sentence", "line", "caption", "utterance", "content", "body"}
_START = {"start", "start_time", "starttime", "start time", "begin", "from", "in", "timestamp", "time", "start_ms",
          "start (s)", "timecode", "timecode in"}  # fmt: skip
_END = {"end", "end_time", "endtime", "end time", "to", "out", "end_ms", "stop", "end (s)", "timecode out"}
_WHO = {"speaker", "speaker name", "speaker_name", "name", "who"}


def score(sample: Sample) -> float:
    """A first line that names a text column and a time or speaker column."""
    return 0.96 if _columns(sample) else 0.0


def _columns(sample: Sample) -> tuple[str, dict[str, int]] | None:
    """The delimiter and where each known column stands."""
    first = sample.head.lstrip("\n").partition("\n")[0]
    if len(first) > 1000:
        return None
    for mark in "\t,;|":
        names = [name.strip().strip("\"'").lower() for name in first.split(mark)]
        found: dict[str, int] = {}
        for key, known in (("text", _TEXT), ("start", _START), ("end", _END), ("who", _WHO)):
            for index, name in enumerate(names):
                if name in known and index not in found.values():
                    found[key] = index
                    break
        if len(names) > 1 and "text" in found and ("start" in found or "who" in found):
            return mark, found
    return None


def parse(sample: Sample) -> Draft:
    """A cue for each row. Whole numbers in columns `start` and `end` are milliseconds, as whisper writes them."""
    columns = _columns(sample)
    draft = Draft("tsv", [])
    if columns is None:
        return draft
    mark, at = columns
    draft.format = "tsv" if mark == "\t" else "csv"
    rows = _rows(sample.text.lstrip("\n"), mark)[1:]
    first = at.get("start", 1 << 30)
    whole = all(row[first].strip().isdigit() for row in rows if len(row) > max(first, at["text"]))
    scale = 0.001 if whole and mark == "\t" else 1.0
    short = 0
    text, start, end, who = (at.get(key, 1 << 30) for key in ("text", "start", "end", "who"))
    for row in rows:
        n = len(row)
        if n <= text:
            short += any(map(str.strip, row))
            continue
        said = mark.join(row[text:]) if mark == "\t" and text == max(at.values()) else row[text]
        draft.cues.append(
            Cue(
                number(row[start], scale) if start < n else None,
                number(row[end], scale) if end < n else None,
                plain(said),
                (plain(row[who]) or None) if who < n else None,
            )
        )
    if short:
        draft.notices.append(f"{count(short, 'row')} without a text {was(short)} left out.")
    return draft


def _rows(text: str, mark: str) -> list[list[str]]:
    """Tab-separated rows are never quoted by whisper; the others are read as CSV, as far as that goes."""
    if mark == "\t":
        return [line.split("\t") for line in text.split("\n")]
    try:
        csv.field_size_limit(10_000_000)
        return list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        return [line.split(mark) for line in text.split("\n")]


FORMAT = Format("tsv", score, parse)
