"""Subtitle files: cues between lines that hold two times.

SRT, WebVTT and SBV differ in the line with the times and in what may stand between cues; the rest is here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from composer.sources.base import Cue, Draft, count, has, of_voices, was
from composer.sources.clean import plain, squeeze
from composer.sources.times import seconds

_ARROW = r"(?:-{1,3}[ ]?-?>|[–—]>?|=>|→)"
TIMES = re.compile(rf"^[^\S\n]*(-?\d[\d:;.,]*)[^\S\n]*{_ARROW}[^\S\n]*(-?\d[\d:;.,]*)?(?=[\s])[^\S\n]*([^\n]*)$", re.M)
ANY_ARROW = re.compile(r"^[^\n]*-->[^\n]*$", re.M)
_NUMBER_LINE = re.compile(r"[ \t]*\d{1,7}[ \t]*\Z")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>]{1,200})>")
_KARAOKE = re.compile(r"<\d[\d:.]*>")
_BLANK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(slots=True)
class Tally:
    """What was repaired while reading."""

    untimed: int = 0
    malformed: int = 0
    notices: list[str] = field(default_factory=list)

    def tell(self, draft: Draft) -> None:
        """Put it into the draft's notices."""
        if self.untimed:
            n = self.untimed
            draft.notices.append(f"{count(n, 'cue')} without times {was(n)} joined to the cue before.")
        if self.malformed:
            n = self.malformed
            draft.notices.append(f"{count(n, 'cue')} {has(n)} a time that cannot be read; it was left out.")


@dataclass(slots=True)
class Raw:
    """A cue as found: its times, its lines with their markup, and what stood after the times."""

    start: float | None
    end: float | None
    body: str
    settings: str | None = ""


def find(text: str, lines: re.Pattern[str], vtt: bool, tally: Tally, numbers: bool = True) -> tuple[list[Raw], str]:
    """The cues of `text` and what stands before the first.

    `lines` finds the lines with times: groups start, end, settings. With `vtt`, a line right above the times is an
    identifier and a blank line ends the cue, as WebVTT has it; without, only a number above the times goes, and not
    even that without `numbers`.
    """
    parts = lines.split(text)
    if lines is TIMES and "-->" in text:
        parts = _with_malformed(parts, tally)
    if len(parts) < 5:
        return [], text
    opening, starts, ends, settings, bodies = parts[0], parts[1::4], parts[2::4], parts[3::4], parts[4::4]
    above = [opening, *bodies[:199]]
    numbered = sum(_last_line(body).isdigit() for body in above[: len(bodies)]) > min(len(bodies), 200) // 2
    memo: dict[str | None, float | None] = {"": None, None: None}
    cues: list[Raw] = []
    last = len(bodies) - 1
    for index, body in enumerate(bodies):
        first, second = starts[index], ends[index]
        if first not in memo:
            memo[first] = _time(first)
        if second not in memo:
            memo[second] = _time(second)
        start, end = memo[first], memo[second]
        if (start is None and first) or (end is None and second):
            tally.malformed += 1
        if numbers and index < last:
            body = _drop_identifier(body, vtt, numbered)
        body = body.strip("\n")
        if "\n\n" in body or (not vtt and "\n " in body):
            body = _first_block(body, vtt, tally)
        cues.append(Raw(start, end, body, settings[index]))
    return cues, opening


def _time(token: str | None) -> float | None:
    token = token or ""
    if token.startswith("-"):
        return 0.0 if seconds(token[1:]) is not None else None
    return seconds(token.rstrip(".,:;"))


def _with_malformed(parts: list[str], tally: Tally) -> list[str]:
    """Lines with an arrow whose times cannot be read are cues too, as long as they look like the others."""
    if not any("-->" in body for body in parts[0::4]):
        return parts
    out: list[str] = []
    for index, part in enumerate(parts):
        if index % 4 or "-->" not in part:
            out.append(part)
            continue
        at = 0
        for match in ANY_ARROW.finditer(part):
            left, _, right = match[0].partition("-->")
            left, right = left.strip(), (right.split() or [""])[0]
            digits = sum(c.isdigit() for c in left + right)
            if digits * 2 >= len(left + right):
                tally.malformed += not left
                out.extend((part[at : match.start()], left, right, ""))
                at = match.end()
        out.append(part[at:])
    return out


def _last_line(body: str) -> str:
    return body[-24:].rstrip().rpartition("\n")[2].strip()


def _drop_identifier(body: str, vtt: bool, numbered: bool) -> str:
    """The text between two lines with times, without the number or identifier of the second."""
    head, _, last = body.rstrip(" \t\n").rpartition("\n")
    above = body.endswith("\n") and not body.endswith("\n\n")
    if last.strip().isdigit() and len(last) < 16 and (numbered or (above and head.endswith("\n"))):
        return head
    if vtt and above and (head.endswith("\n") or not head):
        return head
    return body


def _first_block(body: str, vtt: bool, tally: Tally) -> str:
    """The cue's own block and the text of blocks without times that follow it."""
    parts = body.split("\n\n") if vtt else _BLANK.split(body)
    kept = [parts[0]]
    for part in parts[1:]:
        part = part.strip("\n")
        if vtt and part.startswith(("NOTE", "STYLE", "REGION")):
            continue
        head, _, rest = part.partition("\n")
        if _NUMBER_LINE.match(head):
            part = rest
            if rest.strip():
                tally.untimed += 1
        elif vtt and part.strip():
            tally.untimed += 1
        if part.strip():
            kept.append(part)
    return "\n".join(kept)


def cues(raws: list[Raw], clean: Callable[[str], str] = plain) -> Iterator[Cue]:
    """Cues with their text cleaned and WebVTT voices as speakers. Further voices of a cue are its turns."""
    for raw in raws:
        body = raw.body
        if "<v" in body:
            voices = list(_VOICE.finditer(body))
            if voices:
                yield _voiced(raw, voices, clean)
                continue
        yield Cue(raw.start, raw.end, clean(body))


def _voiced(raw: Raw, voices: list[re.Match[str]], clean: Callable[[str], str]) -> Cue:
    """One cue of one or several voices; the first gives the speaker, the others become turns."""
    pieces: list[tuple[str | None, str]] = [(None, clean(raw.body[: voices[0].start()]))]
    for index, voice in enumerate(voices):
        until = voices[index + 1].start() if index + 1 < len(voices) else len(raw.body)
        pieces.append((squeeze(plain(voice[1])) or None, clean(raw.body[voice.end() : until])))
    return of_voices(raw.start, raw.end, pieces)


def untagged_lines(body: str) -> list[str]:
    """The lines of a cue, cleaned, empty ones left out: what rolling captions are compared by."""
    lines = (plain(_KARAOKE.sub("", line)) for line in body.split("\n"))
    return [line for line in lines if line]
