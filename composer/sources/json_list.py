"""JSON of services that have no module of their own: the longest list of objects with a text in them.

Covers, among others, AssemblyAI (utterances), Deepgram (paragraphs, utterances), Rev (monologues), Amazon (audio
segments) and lists as caption downloaders write them (`text`, `start`, `duration`).
"""

from typing import Any

from composer.sources import jsonlike
from composer.sources.base import Cue, Draft, Format, Sample
from composer.sources.times import number

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
_END = ("end", "endTime", "end_time", "to", "endMs", "end_ms", "endTimeMs", "end_timestamp")
_LENGTH = ("duration", "dur", "dDurationMs", "durationMs", "length")
_WHO = ("speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "speakerId", "name", "author", "user")
# Objects looked at in search of the list.
_LIMIT = 200_000


def score(sample: Sample) -> float:
    """Any JSON with a list of texts."""
    if sample.opening not in ("{", "["):
        return 0.0
    return 0.5 if _best(sample.data)[0] else 0.0


def _best(data: Any) -> tuple[list[dict[str, Any]], str]:
    """The list of objects that holds most words under one text key, and that key. Longer texts beat single words."""
    best: tuple[float, list[dict[str, Any]], str] = (0.0, [], "")
    queue: list[Any] = [data]
    seen = 0
    while queue and seen < _LIMIT:
        value = queue.pop()
        seen += 1
        if isinstance(value, dict):
            queue.extend(v for v in value.values() if isinstance(v, (dict, list)))
        elif isinstance(value, list):
            rows = [row for row in value if isinstance(row, dict)]
            for key in _TEXT:
                texts = [row[key] for row in rows if isinstance(row.get(key), str)]
                if texts:
                    words = sum(text.count(" ") + 1 for text in texts)
                    points = words + (0.5 * words if words > 2 * len(texts) else 0)
                    timed = any(k in rows[0] for k in _START)
                    points *= 1.2 if timed else 1.0
                    if points > best[0]:
                        best = (points, rows, key)
            queue.extend(v for v in value if isinstance(v, (dict, list)))
    return best[1], best[2]


def parse(sample: Sample) -> Draft:
    """The rows of that list; times are taken for milliseconds where they are whole and too large for seconds."""
    rows, key = _best(sample.data)
    draft = Draft("json", [])
    scale = _scale(rows, key)
    for row in rows:
        said = jsonlike.text(row.get(key))
        start = number(_first(row, _START), scale)
        end = number(_first(row, _END), scale)
        length = number(_first(row, _LENGTH), scale)
        if end is None and start is not None and length is not None:
            end = round(start + length, 6)
        draft.cues.append(Cue(start, end, said, jsonlike.name(_first(row, _WHO))))
    draft.language = None
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
    words = sum(row[key].count(" ") + 1 for row in rows if isinstance(row.get(key), str))
    span = max(starts) - min(starts)
    return 0.001 if span > 20 * max(words, 10) else 1.0


FORMAT = Format("json", score, parse)
