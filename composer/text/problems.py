"""One type for everything a check can find in a post."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warn", "error"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at, in a post.

    `start` and `end` are offsets in code points into the text that was checked, half open. `kind` is a short
    lower-case word (`length`, `number`, `styled-link`, ...). `why` is one sentence for a person. `fix` is the text
    that would replace `text[start:end]`, or None where no replacement is certain.

    What was held against sources may say where to look: `segments` of the source of index `source`, ascending, none
    where no place is known, and `seconds` where they begin, None where the source has no times.
    """

    start: int
    end: int
    kind: str
    severity: Severity
    why: str
    fix: str | None = None
    source: int = 0
    segments: tuple[int, ...] = ()
    seconds: float | None = None
