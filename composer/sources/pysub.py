"""Formats that pysubs2 reads well: Advanced SubStation, SubStation Alpha, MicroDVD, MPL2, SAMI."""

import re

from composer.sources.base import Cue, Draft, Format, Sample, count, was
from composer.sources.clean import plain

_SIGNS = (
    ("ass", re.compile(r"^\[V4\+ Styles\]|^ScriptType:\s*v4\.00\+", re.M)),
    ("ssa", re.compile(r"^\[V4 Styles\]|^\[Script Info\]", re.M)),
    ("sami", re.compile(r"<SAMI>", re.I)),
    ("microdvd", re.compile(r"\A\s*\{\d{1,7}\}\{\d{0,7}\}")),
    ("mpl2", re.compile(r"\A\s*\[\d{1,7}\]\[\d{0,7}\]")),
)


def score(sample: Sample) -> float:
    """The section names of SubStation files, or frame numbers in braces at the very top."""
    return 0.98 if _sign(sample) else 0.0


def _sign(sample: Sample) -> str | None:
    head = sample.head[:3000]
    return next((name for name, sign in _SIGNS if sign.search(head)), None)


def parse(sample: Sample) -> Draft:
    """Every visible event; drawings and comments are left out."""
    import pysubs2

    name = _sign(sample) or "ass"
    draft = Draft(name, [], recognised=False)
    try:
        subs = pysubs2.SSAFile.from_string(sample.text, format_=name, fps=25.0 if name == "microdvd" else None)
    except Exception:  # a damaged file fails in many ways; other formats get their turn
        return draft
    drawings = 0
    for event in subs:
        if event.is_comment:
            continue
        if event.is_drawing:
            drawings += 1
            continue
        who = plain(event.name) if event.name else ""
        draft.cues.append(Cue(event.start / 1000, event.end / 1000, plain(event.plaintext), who or None))
    if drawings:
        draft.notices.append(f"{count(drawings, 'drawing')} {was(drawings)} left out.")
    if name == "microdvd":
        draft.notices.append("The file counts in frames; 25 frames a second were assumed unless it says otherwise.")
    title = subs.info.get("Title", "")
    draft.title = title if title and "default" not in title.lower() and "untitled" not in title.lower() else None
    return draft


FORMAT = Format("ass", score, parse)
