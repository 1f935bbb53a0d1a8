"""WebVTT (.vtt): voices, notes, styles, Zoom, Teams and Descript flavours, rolling YouTube captions."""

import re

from composer.sources import srt
from composer.sources.base import Draft, Format, Sample
from composer.sources.clean import squeeze

_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3})\b", re.M | re.I)
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
    return draft


FORMAT = Format("vtt", score, parse)
