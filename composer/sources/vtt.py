"""WebVTT (.vtt): voices, notes, styles, Zoom, Teams and Descript flavours, rolling YouTube captions."""

import re

from composer.sources import srt
from composer.sources.base import Draft, Format, Sample
from composer.sources.blocks import TIMES
from composer.sources.clean import squeeze
from composer.sources.times import seconds

_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3})\b", re.M | re.I)
_NOTE = re.compile(r"^NOTE\b[ \t]*\n?(.*?)(?=\n[ \t]*\n|\Z)", re.M | re.S)
_STATED = re.compile(r"^(Title|Chapter):[ \t]*(\S[^\n]{0,200})", re.M)
_TITLE = re.compile(r"WEBVTT[ \t]+-?[ \t]*(\S[^\n]{0,200})")


def score(sample: Sample) -> float:
    """WEBVTT in the first line."""
    if sample.head.lstrip("\ufeff \n\t").startswith("WEBVTT"):
        return 1.0
    return 0.0


def parse(sample: Sample) -> Draft:
    """Every cue; header and notes are left out, the header's language and title kept."""
    text = sample.text
    draft = srt.read(text, "vtt", vtt=True)
    header = sample.head.lstrip("\ufeff \n\t").partition("\n\n")[0]
    language = _LANGUAGE.search(header)
    if language:
        draft.language = language[1].lower()
    title = _TITLE.match(header)
    if title and "-->" not in title[1]:
        draft.title = squeeze(title[1])
    _noted(text, draft)
    return draft


def _noted(text: str, draft: Draft) -> None:
    """What notes state by name: `Title:`, and `Chapter:` for a chapter that begins at the next cue."""
    if "NOTE" not in text:
        return
    for note in _NOTE.finditer(text):
        for stated in _STATED.finditer(note[1]):
            words = squeeze(stated[2])
            if stated[1] == "Title":
                draft.title = draft.title or words
                continue
            following = TIMES.search(text, note.end())
            if following:
                draft.chapters.append((seconds(following[1]), words, None))


FORMAT = Format("vtt", score, parse)
