"""A draft and its revisions as values."""

import uuid
from dataclasses import dataclass
from typing import Literal

from composer.events import Source
from composer.post.model import Brief, Laid, Trace

# Lines of a text, by number, each with the place it leads back to.
Lines = tuple[tuple[int, Trace], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, whole. `text` is exactly what will be pasted; `laid` is the text as the writer left it, with the
    lines that lead back to the source. `created` and `updated` are ISO 8601 in UTC; empty before the first save.
    `lines` are those of `text` that lead back; None where nobody told: then those of `laid` that still stand."""

    id: str
    title: str
    text: str
    brief: Brief
    writer: str
    laid: Laid
    hashtags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    state: str = "draft"
    created: str = ""
    updated: str = ""
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that a draft had until `at` (ISO 8601 in UTC), and why it was kept. Numbers rise with time."""

    number: int
    at: str
    reason: str
    text: str


# A reason, and the text that is about to be replaced.
Before = tuple[str, str]
Scope = Literal["all", "pinned", "posted", "trash"]


def new_id() -> str:
    """A name for a new draft, short enough to type."""
    return uuid.uuid4().hex[:12]
