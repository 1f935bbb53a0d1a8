"""The calls of one draft, cancelled together."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from composer.engine import messages as m

if TYPE_CHECKING:
    from composer.engine.client import EngineClient

Writing = m.Reading | m.Text | m.Filled | m.Written


class Cancelled(Exception):
    """The turn was cancelled. Not an error: the caller asked for it."""


class Turn:
    """The calls of one draft. After `cancel` every call, running or to come, raises `Cancelled`.

    `notices` are sentences for the person about what the engine had to change.
    """

    def __init__(self, client: "EngineClient") -> None:
        self._client = client
        self._lock = threading.Lock()
        self.cancelled_at = 0.0
        self.cancelled = False
        self.over = False
        self.notices: list[str] = []

    @property
    def model(self) -> m.Loaded | None:
        """What is loaded: name, family, context and the rest."""
        return self._client.model

    def load(
        self, path: str | os.PathLike[str], context: int = 0, progress: Callable[[float], None] | None = None
    ) -> m.Loaded:
        """Have the file loaded with a context of so many tokens (0: the engine's choice).

        `progress` gets 0 to 1. Raises `EngineError` in one sentence, or `Cancelled`.
        """
        whole = str(Path(path).absolute())  # the engine runs in a folder of its own
        return self._client._load(self, m.Load(whole, context), progress)

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        """How many tokens each text is."""
        for event in self._client._served(self, m.Count(tuple(texts)), "reading"):
            if isinstance(event, m.Counted):
                return event.tokens
        raise Cancelled

    def write(self, steps: Sequence[m.Piece | m.Slot], *, seed: int = 0, temperature: float = 0.7) -> Iterator[Writing]:
        """Read the prompt, fill the slots; yields `Reading`, `Text`, `Filled`, and `Written` last.

        Raises `EngineError` or `Cancelled`. Closing the iterator stops the work and leaves the engine usable.
        """
        ask = m.Write(tuple(steps), seed=seed, temperature=temperature)
        # A prompt that holds what the model said before is the middle of a writing.
        stage = "writing" if any(isinstance(step, m.Piece) and step.tokens for step in steps) else "reading"
        for event in self._client._served(self, ask, stage):
            if isinstance(event, m.Reading | m.Text | m.Filled | m.Written):
                yield event

    def calibrate(self, seconds: float = 10.0) -> m.Calibrated:
        """Measure settings for this machine and the loaded model, go on with the best, and keep it in `tuning`.

        It takes `seconds` at most, of which a rival engine's start and loading are a part.
        """
        return self._client._calibrate(self, seconds)

    def compare(self, seconds: float = 30.0) -> tuple[m.Beside, ...]:
        """Measure the loop beside the library's plain one, in turn, for about `seconds`."""
        for event in self._client._served(self, m.Compare(seconds), "reading"):
            if isinstance(event, m.Compared):
                return event.rows
        raise Cancelled

    @property
    def tuned(self) -> bool:
        """Whether the loaded model was calibrated on this machine; True where the client keeps no such file."""
        return self._client._tuned()

    def cancel(self) -> None:
        """Stop, now and for good. Never waits; safe from any thread."""
        with self._lock:
            if self.cancelled:
                return
            self.cancelled_at, self.cancelled = time.monotonic(), True
        self._client._cancel(self)

    def finish(self) -> None:
        """Say that no call will follow, so that the client forgets the turn."""
        self.over = True

    def check(self) -> None:
        """Raise `Cancelled` once the turn is."""
        if self.cancelled:
            raise Cancelled
