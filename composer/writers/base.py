"""What every writer is: `write(evidence, brief)` yields events, the last of them `Finished`.

The events live in `post/model.py`, below every writer: the built-in one is in that room and yields them too.
"""

from collections.abc import Iterator
from typing import Protocol

from composer.evidence.model import Evidence
from composer.post.model import Brief, Finished, Partial, Reading, WriterEvent

__all__ = ["Finished", "Partial", "Reading", "Writer", "WriterEvent"]


class Writer(Protocol):
    """A writer. `honours` names the fields of `Brief` it obeys; the window greys the others and says why."""

    name: str
    honours: frozenset[str]

    def write(self, evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
        """Yield progress and partial posts, then exactly one `Finished`. Closing the iterator stops the work."""
        ...
