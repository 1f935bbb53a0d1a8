"""Transcriber's .trs: turns of named speakers, cut by `Sync` marks, sections with topics.

Source: the trans-14.dtd that comes with Transcriber.
"""

from xml.etree.ElementTree import Element

from composer.sources import xmlish
from composer.sources.base import Draft, Format, Sample, of_voices
from composer.sources.clean import plain, squeeze
from composer.sources.times import number

# Noises and remarks, which are not speech.
_SILENT = {"Event", "Comment", "Background"}


def score(sample: Sample) -> float:
    """A `Trans` root with turns."""
    return 0.98 if sample.opening == "<" and "<Trans" in sample.head[:3000] and "<Turn" in sample.text else 0.0


def parse(sample: Sample) -> Draft:
    """Each stretch between two `Sync` marks is a cue; its end is the next mark, or the end of the turn."""
    root, mended = xmlish.tree(sample.text)
    draft = Draft("trs", [], recognised=False)
    if root is None:
        return draft
    names = {
        e.get("id", ""): squeeze(e.get("name", ""))
        for e in root.iter()
        if xmlish.local(e) == "Speaker" and e.get("name")
    }
    topics = {e.get("id", ""): squeeze(e.get("desc", "")) for e in root.iter() if xmlish.local(e) == "Topic"}
    language = (root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("lang") or "").split("-")[0]
    draft.language = language.lower() if len(language) in (2, 3) else None
    programme = next((squeeze(e.get("program", "")) for e in root.iter() if xmlish.local(e) == "Episode"), "")
    draft.title = programme or None
    for element in root.iter():
        kind = xmlish.local(element)
        if kind == "Section" and topics.get(element.get("topic", "")):
            draft.chapters.append((number(element.get("startTime")), topics[element.get("topic", "")], len(draft.cues)))
        elif kind == "Turn":
            _turn(draft, element, names)
    if mended:
        draft.notices.append("The file's XML was damaged and has been mended as far as possible.")
    return draft


def _turn(draft: Draft, turn: Element, names: dict[str, str]) -> None:
    who = [names.get(key, key) for key in (turn.get("speaker") or "").split()]
    first = who[0] if who else None
    last = number(turn.get("endTime"))
    start = number(turn.get("startTime"))
    pieces: list[tuple[str | None, str]] = [(first, plain(turn.text or ""))]
    for child in turn:
        kind = xmlish.local(child)
        if kind == "Sync":
            at = number(child.get("time"))
            _keep(draft, start, at, pieces)
            start, pieces = at, [(first, plain(child.tail or ""))]
        elif kind == "Who" and who:
            # Two people at once: each goes on in a turn of the cue.
            n = (child.get("nb") or "1").strip()
            place = int(n) if n.isascii() and n.isdigit() and 0 < int(n[:4]) <= len(who) else 1
            pieces.append((who[place - 1], plain(child.tail or "")))
        else:
            said = "" if kind in _SILENT else xmlish.within(child)
            pieces.append((pieces[-1][0], plain(f"{said} {child.tail or ''}")))
    _keep(draft, start, last, pieces)


def _keep(draft: Draft, start: float | None, end: float | None, pieces: list[tuple[str | None, str]]) -> None:
    cue = of_voices(start, end, pieces)
    if cue.text:
        draft.cues.append(cue)


FORMAT = Format("trs", score, parse)
