"""What the format modules share: the text they are given, the draft they return, the entry they leave in the table."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# A format is recognised from this much of the text. Loader logs and front matter stay well below it.
HEAD = 20_000


class Cue:
    """A segment while it is being made. Fields as in `Segment`; cheap to build and to change."""

    __slots__ = ("end", "raw", "role", "speaker", "start", "text", "turns")

    def __init__(
        self,
        start: float | None,
        end: float | None,
        text: str,
        speaker: str | None = None,
        role: str = "speech",
        raw: str | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.speaker = speaker
        self.role = role
        self.raw = raw
        self.turns: tuple[tuple[int, str], ...] = ()

    def fold(self, text: str) -> None:
        """Put `text` in the place of what was said, which `raw` keeps. Turns, which point into it, are lost."""
        if text != self.text:
            self.turns = ()
        self.raw, self.text = self.source(), text

    def source(self) -> str:
        """The text before any repair."""
        return self.text if self.raw is None else self.raw


def of_voices(start: float | None, end: float | None, pieces: list[tuple[str | None, str]]) -> Cue:
    """One cue of what several voices say in it: (name, text) in order, texts cleaned.

    The first voice gives the speaker, the others become turns. Neighbours of one voice are joined.
    """
    cue = Cue(start, end, "")
    voice: str | None = None
    turns: list[tuple[int, str]] = []
    for name, text in pieces:
        if not text:
            continue
        if not cue.text:
            cue.text, cue.speaker, voice = text, name, name
            continue
        if name != voice:
            turns.append((len(cue.text) + 1, name or ""))
            voice = name
        cue.text = f"{cue.text} {text}"
    cue.turns = tuple(turns)
    return cue


@dataclass(slots=True)
class Draft:
    """A transcript while it is being made.

    `chapters` are (start, title, index of the first cue, or None to find it by its time). `kind` and `language` are
    None where the format does not say. `recognised` says that a speech recogniser may have made the text, so loops
    and phantom lines are looked for. `spoken` says that
    the document itself says it was spoken. `ordered` says that the times are those of cues, which belong in order;
    paragraphs stay where the document has them.
    """

    format: str
    cues: list[Cue]
    title: str | None = None
    chapters: list[tuple[float | None, str, int | None]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    language: str | None = None
    translations: list["Draft"] = field(default_factory=list)
    recognised: bool = True
    spoken: bool = False
    ordered: bool = True


class Sample:
    """A text with line ends made equal, and its file name. `data` is the parsed JSON, or None."""

    def __init__(self, text: str, name: str = "") -> None:
        self.text = text
        self.name = name
        self.head = text[:HEAD]
        self.torn = False

    @cached_property
    def ext(self) -> str:
        """The last suffix of the name, lower case, without its dot."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the head, stripped, empty ones left out."""
        return [line for line in map(str.strip, self.head.split("\n")) if line]

    @cached_property
    def opening(self) -> str:
        """The first character that is not white space, or ""."""
        return self.head.lstrip()[:1]

    @cached_property
    def data(self) -> Any:
        """The text as JSON, or None where it is none. Several values one after the other become a list.

        JSON that breaks off is read as far as it goes; `torn` then says so.
        """
        if not _JSON.match(self.head):
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            values = _json_lines(self.text)
            if values is None:
                values = _json_torn(self.text)
                self.torn = values is not None
            return values


_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_JSON_PART = re.compile(r"\"(?:[^\"\\]|\\.)*\"|[{}\[\],]", re.S)


def _json_lines(text: str) -> list[Any] | None:
    """One JSON value per line, as recognisers stream them; the readable lines where most are readable."""
    values: list[Any] = []
    bad = 0
    for line in text.split("\n"):
        if line.strip():
            if line.lstrip()[0] not in "{[":
                return None
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError):
                bad += 1
                if bad > 20 + len(values):
                    return None
    return values if len(values) > 4 * bad else None


def _json_torn(text: str) -> Any:
    """JSON cut off somewhere: everything up to its last whole object, with what is open closed."""
    stack: list[str] = []
    good: tuple[int, str] | None = None
    for match in _JSON_PART.finditer(text):
        mark = match[0]
        if mark in "{[":
            stack.append("}" if mark == "{" else "]")
            if len(stack) > 200:
                return None
        elif mark in "}]":
            if not stack or stack.pop() != mark:
                break
            good = (match.end(), "".join(reversed(stack)))
    if good is None:
        return None
    try:
        return json.loads(text[: good[0]] + good[1])
    except (ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table in `detect.py`.

    `score` says from 0 to 1 how surely a text is of this format, by its content; `parse` reads it. `parse` returns
    a draft without cues where the text turns out to hold none.
    """

    name: str
    score: Callable[[Sample], float]
    parse: Callable[[Sample], Draft]


def count(number: int, one: str, many: str | None = None) -> str:
    """`3 cues`, `1 cue`, `4,321 lines`: a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def was(number: int) -> str:
    """`was` or `were`."""
    return "was" if number == 1 else "were"


def has(number: int) -> str:
    """`has` or `have`."""
    return "has" if number == 1 else "have"
