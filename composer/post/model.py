"""A post as a value, the brief that asks for one, and what a writer yields while it writes."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "warm", "bold", "dry"]
Length = Literal["short", "medium", "long"]

SHAPES = ("take", "list")
TONES: tuple[Tone, ...] = ("plain", "warm", "bold", "dry")
LENGTHS: tuple[Length, ...] = ("short", "medium", "long")

# The fields of a `Brief` that each writer obeys. Here, so that who only asks for them loads no writer: 0.3 s.
BUILTIN_HONOURS = frozenset({"shape", "length", "network"})
MODEL_HONOURS = frozenset({"shape", "tone", "length", "audience", "language", "network"})


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked of a writer beside the evidence.

    `shape` names a layout (`take`, `list`, or a user's own). `audience` is free text or None. `language` is a BCP 47
    primary tag, or `source` for the source's own. `network` is a key of `composer.text.networks.NETWORKS`.
    """

    shape: str = "take"
    tone: Tone = "plain"
    length: Length = "medium"
    audience: str | None = None
    language: str = "source"
    network: str = "linkedin"


@dataclass(frozen=True, slots=True)
class Trace:
    """Where something was said: the source's index, its segments ascending, and the second, or None."""

    source: int
    segments: tuple[int, ...]
    start: float | None = None


@dataclass(frozen=True, slots=True)
class PostPoint:
    """One bullet or list entry. `label` and `text` are plain, unstyled; `emoji` is one cluster or ""."""

    label: str
    text: str
    trace: Trace
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of points; `title` is "" in shapes without section titles."""

    title: str
    points: tuple[PostPoint, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A post before layout: plain strings, no styling, no bullets.

    `headline` without its closing emoji (`headline_emoji` holds it). `announcing` is the second bold line, without
    its colon. `opening` are whole sentences (shape `take`; empty in a list). `conclusion` are the closing claims
    (`take`) or the one closing note (`list`). `hashtags` with `#`. `language` is a BCP 47 primary tag.
    """

    shape: str
    language: str
    headline: str
    announcing: str
    sections: tuple[Section, ...]
    opening: tuple[str, ...] = ()
    conclusion: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    headline_emoji: str = "❓"
    announcing_emoji: str = ""
    opening_trace: Trace | None = None
    conclusion_trace: Trace | None = None
    notices: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[PostPoint, ...]:
        """All points in reading order."""
        return tuple(point for section in self.sections for point in section.points)


@dataclass(frozen=True, slots=True)
class Laid:
    """A post laid out: `text` is exactly what is pasted, `plain` the same without styling.

    `lines` maps a line number of `text` (from 0) to the trace of the point, opening or conclusion on it.
    """

    text: str
    plain: str
    lines: tuple[tuple[int, Trace], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Progress through the source. `done` and `total` are seconds where `unit` is `s`, else words or tokens."""

    done: float
    total: float
    unit: str = "words"


@dataclass(frozen=True, slots=True)
class Partial:
    """The post so far: a valid post with the parts that are written. Empty parts are still to come."""

    post: Post


@dataclass(frozen=True, slots=True)
class Finished:
    """The finished post. `variant` counts presses of Draft, from 0."""

    post: Post
    variant: int = 0


WriterEvent = Reading | Partial | Finished
