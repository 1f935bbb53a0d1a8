"""YouTube's timed text as json3: events with a start, a duration and pieces of text."""

from composer.sources import jsonlike
from composer.sources.base import Cue, Draft, Format, Sample
from composer.sources.clean import plain
from composer.sources.times import number


def score(sample: Sample) -> float:
    """Events with tStartMs."""
    if '"events"' not in sample.head or '"tStartMs"' not in sample.text[:200_000]:
        return 0.0
    return 0.98 if jsonlike.items(sample.data, "events") else 0.0


def parse(sample: Sample) -> Draft:
    """Every event that shows text; events that only open a window or break a line are none."""
    draft = Draft("json3", [])
    for event in jsonlike.items(sample.data, "events"):
        pieces = [seg.get("utf8") for seg in jsonlike.items(event, "segs")]
        text = plain("".join(piece for piece in pieces if isinstance(piece, str)))
        if not text:
            continue
        start = number(event.get("tStartMs"), 0.001)
        length = number(event.get("dDurationMs"), 0.001)
        end = round(start + length, 3) if start is not None and length is not None else None
        draft.cues.append(Cue(start, end, text))
    return draft


FORMAT = Format("json3", score, parse)
