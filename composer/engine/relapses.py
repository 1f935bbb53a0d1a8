"""What happens after an engine ended: twice the same again, then a smaller context, then the advice to choose a
smaller model. Counted for each model by itself, so that the smaller model starts afresh."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from composer.engine.messages import Load
from composer.errors import EngineError

WINDOW = 300.0  # seconds in which deaths are counted
RESTARTS = 2  # restarts with the same context inside the window
LEAST_CONTEXT = 2048  # tokens; below this a smaller model is the better advice
UNKNOWN = 16_384  # tokens assumed of a model that never got so far as to tell


class Relapses:
    """The deaths of the last five minutes. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._deaths: dict[str, deque[float]] = {}
        self._contexts: dict[str, int] = {}

    def loaded(self, path: str, context: int) -> None:
        """Remember the context a model has when nothing is wrong."""
        if not self._recent(path):
            self._contexts[path] = context

    def died(self, path: str) -> None:
        """Remember that the engine ended while this model was asked for."""
        self._recent(path).append(self._clock())

    def smaller(self, ask: Load, notices: list[str]) -> Load:
        """The same request, or one with a smaller context after too many deaths, said in `notices`.

        Raises `EngineError` with the advice to choose a smaller model where the context cannot become smaller.
        """
        deaths = len(self._recent(ask.path))
        halvings = deaths - RESTARTS
        if halvings <= 0:
            return ask
        context = (self._contexts.get(ask.path) or ask.context or UNKNOWN) >> halvings
        if context < LEAST_CONTEXT:
            raise EngineError(
                f"The model ended {deaths} times in five minutes.",
                safe="Your text is safe.",
                do="Choose a smaller model, or draft with the built-in writer.",
            )
        notices.append(f"The model ended several times, so it now reads {context:,} tokens at once.")
        return replace(ask, context=context)

    def _recent(self, path: str) -> deque[float]:
        deaths = self._deaths.setdefault(path, deque())
        now = self._clock()
        while deaths and now - deaths[0] > WINDOW:
            deaths.popleft()
        return deaths
