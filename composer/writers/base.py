"""What every writer is: `write(evidence, brief)` yields events, the last of them `Finished`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from composer.evidence.model import Evidence
from composer.post.model import Brief, Post


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


class Writer(Protocol):
    """A writer. `honours` names the fields of `Brief` it obeys; the window greys the others and says why."""

    name: str
    honours: frozenset[str]

    def write(self, evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
        """Yield progress and partial posts, then exactly one `Finished`. Closing the iterator stops the work."""
        ...
