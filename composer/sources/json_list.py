"""JSON of services that have no module of their own: the longest list of objects with a text in them.

Covers, among others, AssemblyAI (utterances), Deepgram (paragraphs, utterances), Rev (monologues), Amazon (audio
segments) and lists as caption downloaders write them (`text`, `start`, `duration`).
"""

from dataclasses import dataclass, field
from typing import Any

from composer.sources import jsonlike, words
from composer.sources.base import Cue, Draft, Format, Sample, count, has
from composer.sources.times import number
from composer.sources.words import Word

_TEXT = (
    "text",
    "transcript",
    "body",
    "content",
    "utterance",
    "sentence",
    "line",
    "caption",
    "value",
    "punctuated_word",
)
_START = ("start", "startTime", "start_time", "begin", "from", "offset", "startMs", "start_ms", "tStartMs", "time",
          "timestamp", "ts", "startTimeMs", "start_timestamp")  # fmt: skip
_END = ("end", "endTime", "end_time", "to", "endMs", "end_ms", "endTimeMs", "end_timestamp", "end_ts")
_LENGTH = ("duration", "dur", "dDurationMs", "durationMs", "length")
_WHO = ("speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "speakerId", "name", "author", "user")
# Objects looked at in search of the list.
_LIMIT = 200_000


def score(sample: Sample) -> float:
    """Any JSON with a list of texts."""
    if sample.opening not in ("{", "["):
        return 0.0
    return 0.5 if _best(sample.data)[1] else 0.0


@dataclass(slots=True)
class _Group:
    """Objects that stand in lists of the same name, in order, each with the speaker of the object around it."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    around: list[Any] = field(default_factory=list)


def _best(data: Any) -> tuple[_Group, str]:
    """The objects that hold most words under one text key, and that key. Longer texts beat single words."""
    best: tuple[float, _Group, str] = (0.0, _Group(), "")
    for group in _groups(data).values():
        for key in _TEXT:
            texts = [row[key] for row in group.rows if isinstance(row.get(key), str)]
            if not texts:
                continue
            total = sum(text.count(" ") + 1 for text in texts)
            points = 1.5 * total if total > 2 * len(texts) else float(total)
            points *= 1.2 if any(k in group.rows[0] for k in _START) else 1.0
            if points > best[0]:
                best = (points, group, key)
    return best[1], best[2]


def _groups(data: Any) -> dict[tuple[str, ...], _Group]:
    """Every list of objects, those of the same path of keys together, in the order of the file."""
    groups: dict[tuple[str, ...], _Group] = {}
    stack: list[tuple[Any, tuple[str, ...], Any]] = [(data, (), None)]
    seen = 0
    while stack and seen < _LIMIT:
        value, path, who = stack.pop()
        seen += 1
        if isinstance(value, dict):
            who = who if (own := _first(value, _WHO)) is None else own
            inner = [(v, (*path, k), who) for k, v in value.items() if isinstance(v, (dict, list))]
            stack.extend(reversed(inner))
        elif isinstance(value, list) and len(path) < 20:
            rows = [row for row in value if isinstance(row, dict)]
            if rows:
                group = groups.setdefault(path, _Group())
                group.rows.extend(rows)
                group.around.extend([who] * len(rows))
            stack.extend((v, (*path, "[]"), who) for v in reversed(value) if isinstance(v, (dict, list)))
    return groups


def parse(sample: Sample) -> Draft:
    """The rows of that list; times are taken for milliseconds where they are whole and too large for seconds."""
    group, key = _best(sample.data)
    draft = Draft("json", [])
    scale = _scale(group.rows, key)
    found: list[Word] = []
    for row, around in zip(group.rows, group.around, strict=True):
        own = _first(row, _WHO)
        start = number(_first(row, _START), scale)
        end = number(_first(row, _END), scale)
        length = number(_first(row, _LENGTH), scale)
        if end is None and start is not None and length is not None:
            end = round(start + length, 6)
        said = jsonlike.text(row.get(key))
        found.append(Word(said, start, end, jsonlike.name(own if own is not None else around)))
    single = sum(" " not in word.text for word in found)
    if len(found) > 3 and single > 0.9 * len(found):
        draft.cues = words.lines(found)
        draft.notices.append(f"{count(len(found), 'single word')} {has(len(found))} been joined to lines.")
    else:
        draft.cues = [Cue(word.start, word.end, word.text, word.speaker) for word in found]
    draft.recognised = any(cue.start is not None for cue in draft.cues)
    draft.ordered = draft.recognised
    return draft


def _first(row: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((row[key] for key in keys if row.get(key) is not None), None)


def _scale(rows: list[dict[str, Any]], key: str) -> float:
    """0.001 where times are whole numbers and words would come slower than one in two seconds otherwise."""
    starts = [value for row in rows if isinstance(value := _first(row, _START), (int, float))]
    named_ms = any(k.lower().endswith("ms") for row in rows[:3] for k in row if k in _START)
    if named_ms:
        return 0.001
    if not starts or any(isinstance(s, float) and not s.is_integer() for s in starts):
        return 1.0
    said = sum(row[key].count(" ") + 1 for row in rows if isinstance(row.get(key), str))
    span = max(starts) - min(starts)
    return 0.001 if span > 20 * max(said, 10) else 1.0


FORMAT = Format("json", score, parse)
