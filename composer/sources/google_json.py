"""Google Speech-to-Text: `{"results": [{"alternatives": [{"transcript", "words": [...]}]}]}`.

Source: Cloud Speech-to-Text REST reference, SpeechRecognitionResult.
"""

from typing import Any

from composer.sources import jsonlike, words
from composer.sources.base import Cue, Draft, Format, Sample
from composer.sources.times import number
from composer.sources.words import Word


def score(sample: Sample) -> float:
    """Results with alternatives that have a transcript."""
    if '"alternatives"' not in sample.head or '"transcript"' not in sample.head:
        return 0.0
    return 0.98 if any(_best(row) for row in _results(sample.data)[:20]) else 0.0


def _results(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict) and isinstance(data.get("response"), dict):
        data = data["response"]
    if isinstance(data, list):
        return [row for part in data for row in jsonlike.items(part, "results")]
    return jsonlike.items(data, "results")


def _best(row: dict[str, Any]) -> dict[str, Any]:
    found = jsonlike.items(row, "alternatives")
    return found[0] if found else {}


def _seconds(word: dict[str, Any], key: str) -> float | None:
    value = word.get(f"{key}Time", word.get(f"{key}Offset", word.get(f"{key}_time", word.get(f"{key}_offset"))))
    if isinstance(value, dict):
        whole, nanos = number(value.get("seconds", 0)), number(value.get("nanos", 0), 1e-9)
        return None if whole is None else round(whole + (nanos or 0.0), 6)
    # A time of zero is left out by the service.
    return number(value) if value is not None else (0.0 if key == "start" else None)


def parse(sample: Sample) -> Draft:
    """The best alternative of every result; where words carry speakers, the last result's words tell who spoke."""
    results = _results(sample.data)
    draft = Draft("google-json", [])
    tagged = jsonlike.items(_best(results[-1]), "words") if results else []
    if any(_tag(w) for w in tagged):
        draft.cues = words.lines(
            Word(jsonlike.text(w.get("word")), _seconds(w, "start"), _seconds(w, "end"), _tag(w)) for w in tagged
        )
    else:
        for row in results:
            best = _best(row)
            said = jsonlike.text(best.get("transcript"))
            if said:
                spoken = jsonlike.items(best, "words")
                start = _seconds(spoken[0], "start") if spoken else None
                end = _seconds(spoken[-1], "end") if spoken else number(row.get("resultEndTime"))
                draft.cues.append(Cue(start, end, said))
    code = next((r.get("languageCode") for r in results if isinstance(r.get("languageCode"), str)), None)
    draft.language = code.split("-")[0].lower() if code else None
    return draft


def _tag(word: dict[str, Any]) -> str | None:
    tag = word.get("speakerTag", word.get("speakerLabel", word.get("speaker_tag")))
    return jsonlike.name(tag) if tag else None


FORMAT = Format("google-json", score, parse)
