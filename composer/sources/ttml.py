"""TTML, DFXP and iTunes timed text: paragraphs with begin, end or dur.

Source: Timed Text Markup Language 2 (W3C), sections 8 and 12.
"""

from xml.etree.ElementTree import Element

from composer.sources import srt, xmlish
from composer.sources.base import Cue, Draft, Format, Sample
from composer.sources.clean import plain
from composer.sources.times import number, offset


def score(sample: Sample) -> float:
    """A `tt` root."""
    if sample.opening != "<":
        return 0.0
    head = sample.head[:4000]
    return 0.97 if "<tt " in head or "<tt>" in head or ("<tt:tt" in head) or "/ns/ttml" in head else 0.0


def parse(sample: Sample) -> Draft:
    """Every paragraph with text, its times counted from those of the parts it stands in."""
    root, mended = xmlish.tree(sample.text)
    draft = Draft("ttml", [])
    if root is None:
        return draft
    rate = number(xmlish.attribute(root, "frameRate")) or 30.0
    multiplier = (xmlish.attribute(root, "frameRateMultiplier") or "").replace(":", " ").split()
    if len(multiplier) == 2 and all(m.isdigit() and int(m) for m in multiplier):
        rate = rate * int(multiplier[0]) / int(multiplier[1])
    ticks = number(xmlish.attribute(root, "tickRate")) or 1.0
    language = xmlish.attribute(root, "lang") or ""
    draft.language = language.split("-")[0].lower() if 2 <= len(language.split("-")[0]) <= 3 else None
    names = _agents(root)
    bodies: list[str] = []
    stack: list[tuple[Element, float, str | None]] = [(root, 0.0, None)]
    while stack:
        element, base, who = stack.pop()
        who = names.get(xmlish.attribute(element, "agent") or "", who)
        begin = offset(xmlish.attribute(element, "begin") or "", rate, ticks)
        kind = xmlish.local(element)
        if kind == "title" and draft.title is None:
            draft.title = plain(xmlish.within(element)) or None
        if kind == "p":
            body = xmlish.within(element)
            cue = _cue(element, body, base, rate, ticks)
            cue.speaker = who
            if cue.text:
                draft.cues.append(cue)
                bodies.append(body)
            continue
        inner = base + begin if begin is not None and kind in ("body", "div") else base
        stack.extend((child, inner, who) for child in reversed(list(element)))
    if mended:
        draft.notices.append("The file's XML was damaged and has been mended as far as possible.")
    srt.fold_rolling(draft, bodies)
    return draft


def _cue(element: Element, body: str, base: float, rate: float, ticks: float) -> Cue:
    timed = element
    if xmlish.attribute(element, "begin") is None:
        # Some files put the times on the spans of a paragraph.
        timed = next((e for e in element.iter() if xmlish.attribute(e, "begin") is not None), element)
    begin = offset(xmlish.attribute(timed, "begin") or "", rate, ticks)
    end = offset(xmlish.attribute(timed, "end") or "", rate, ticks)
    length = offset(xmlish.attribute(timed, "dur") or "", rate, ticks)
    if end is None and begin is not None and length is not None:
        end = begin + length
    start = round(base + begin, 6) if begin is not None else None
    return Cue(start, round(base + end, 6) if end is not None else None, plain(body))


def _agents(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter():
        if xmlish.local(element) == "agent":
            key = xmlish.attribute(element, "id")
            name = plain(xmlish.within(element))
            if key and name:
                found[key] = name
    return found


FORMAT = Format("ttml", score, parse)
