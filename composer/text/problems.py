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
    """

    start: int
    end: int
    kind: str
    severity: Severity
    why: str
    fix: str | None = None
