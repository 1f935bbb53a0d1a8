"""YouTube's timed text as XML: srv1 (`<text start dur>`), srv2 (`<text t d>`), srv3 (`<p t d>` with `<s>` words)."""

from composer.sources import srt, xmlish
from composer.sources.base import Cue, Draft, Format, Sample
from composer.sources.clean import plain
from composer.sources.times import number


def score(sample: Sample) -> float:
    """A transcript or timedtext root."""
    if sample.opening != "<":
        return 0.0
    head = sample.head[:4000]
    return 0.97 if "<timedtext" in head or ("<transcript" in head and "<text" in head) else 0.0


def parse(sample: Sample) -> Draft:
    """Every caption. srv1 counts in seconds, the others in milliseconds."""
    root, mended = xmlish.tree(sample.text)
    draft = Draft("srv3", [])
    if root is None:
        return draft
    bodies: list[str] = []
    first = xmlish.local(root) == "transcript"
    draft.format = "srv1" if first else "srv3"
    for element in root.iter():
        if xmlish.local(element) not in ("text", "p"):
            continue
        body = xmlish.within(element)
        scale = 1.0 if element.get("start") is not None else 0.001
        start = number(element.get("start", element.get("t")), scale)
        length = number(element.get("dur", element.get("d")), scale)
        end = round(start + length, 3) if start is not None and length is not None else None
        text = plain(body)
        if text:
            draft.cues.append(Cue(start, end, text))
            bodies.append(body)
    if mended:
        draft.notices.append("The file's XML was damaged and has been mended as far as possible.")
    srt.fold_rolling(draft, bodies)
    return draft


FORMAT = Format("srv3", score, parse)
