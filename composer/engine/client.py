"""The app's side of the engine: starts the process, asks it, watches it, and says in one sentence why it ended.

    client = EngineClient()
    turn = client.turn()                        one per draft; cheap
    turn.load(path, progress=print)             starts the engine and loads the file, or does nothing if it is there
    for event in turn.write(steps, seed=1): ... Reading, Text, Filled, then Written
    turn.cancel()                               from any thread, at any moment; the turn's calls raise `Cancelled`
    client.close()

A client may be used from several threads; one call is served at a time. Nothing here imports the library.
"""

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from composer.engine import messages as m
from composer.engine.process import Death, Process
from composer.engine.reasons import of_death, of_refusal, oom_kills
from composer.engine.tuning import Tuning
from composer.errors import EngineError

PATIENCE = 60.0  # seconds without a sign of life before the engine counts as hung
START = 60.0  # seconds to the first line
CANCEL = 5.0  # seconds a cancelled request may take to end
WINDOW = 300.0  # seconds in which deaths are counted
RESTARTS = 2  # restarts with the same context inside the window
LEAST_CONTEXT = 2048  # tokens; below this a smaller model is the better advice

Writing = m.Reading | m.Text | m.Filled | m.Written


class Cancelled(Exception):
    """The turn was cancelled. Not an error: the caller asked for it."""


def default_command() -> list[str]:
    """The program's third door, in a bundle and in a checkout. -P keeps the current folder off the import path."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--engine"]
    return [sys.executable, "-P", "-m", "composer", "--engine"]


class EngineClient:
    """One engine process at most, started when it is needed and again when it died.

    `command` and `env` (added to the app's own) say how to start it; `memory_limit` is bytes of address space, 0 for
    none; `patience` seconds; `tuning` the file that keeps what calibration found. `clock` is for tests.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        env: Mapping[str, str] | None = None,
        *,
        memory_limit: int = 0,
        patience: float = PATIENCE,
        tuning: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command = list(command) if command else default_command()
        self._env = dict(env or {})
        self._memory_limit, self._patience, self._clock = memory_limit, patience, clock
        self._tuning = Tuning(tuning) if tuning else None
        self._turn_lock = threading.Lock()  # held by the call that is being served
        self._state = threading.Lock()  # guards the fields below
        self._process: Process | None = None
        self._running: tuple[Turn, Process, int] | None = None
        self._turns: list[Turn] = []
        self._deaths: deque[float] = deque()
        self._loaded: tuple[m.Load, m.Loaded, tuple[int, int]] | None = None
        self._ooms = 0
        self._closed = False

    def turn(self) -> "Turn":
        """A new turn: the calls of one draft, cancelled together."""
        turn = Turn(self)
        with self._state:
            self._turns = [*[t for t in self._turns if not t.over][-8:], turn]
        return turn

    def cancel(self) -> None:
        """Cancel every turn that is not over. Never waits."""
        with self._state:
            turns = list(self._turns)
        for turn in turns:
            turn.cancel()

    @property
    def pid(self) -> int | None:
        """The engine's process number, or None while none runs."""
        process = self._process
        return process.pid if process and not process.dead else None

    @property
    def model(self) -> m.Loaded | None:
        """What is loaded now, or None."""
        process, loaded = self._process, self._loaded
        return loaded[1] if loaded and process and not process.dead else None

    def close(self) -> None:
        """Cancel what runs, end the process, join its threads. The client can not be used afterwards."""
        self._closed = True
        self.cancel()
        with self._state:
            process, self._process = self._process, None
        if process:
            process.close()

    # ---------------------------------------------------------------------------------- for the turns

    def _load(self, turn: "Turn", ask: m.Load, progress: Callable[[float], None] | None) -> m.Loaded:
        stamp = _stamp(ask.path)
        with self._turn_lock:
            turn.check()
            if self._loaded and self._loaded[0] == ask and self._loaded[2] == stamp and self.model:
                return self._loaded[1]
            self._loaded = None
            wish = self._smaller(self._tuning.apply(ask) if self._tuning else ask, turn)
            for event in self._ask(turn, wish, "loading"):
                if isinstance(event, m.Loading) and progress:
                    progress(event.done)
                elif isinstance(event, m.Loaded):
                    self._loaded = (ask, event, stamp)
                    return event
            raise Cancelled

    def _smaller(self, ask: m.Load, turn: "Turn") -> m.Load:
        """The same request, or one with a smaller context after too many deaths; then the advice is another model."""
        now = self._clock()
        while self._deaths and now - self._deaths[0] > WINDOW:
            self._deaths.popleft()
        halvings = len(self._deaths) - RESTARTS
        if halvings <= 0:
            return ask
        context = (ask.context or 16_384) >> halvings
        if context < LEAST_CONTEXT:
            raise EngineError(
                f"The model ended {len(self._deaths)} times in five minutes.",
                safe="Your text is safe.",
                do="Choose a smaller model, or draft with the built-in writer.",
            )
        turn.notices.append(f"The model ended several times, so it now reads {context:,} tokens at once.")
        return m.Load(ask.path, context, ask.threads, ask.threads_batch, ask.step, ask.flash)

    def _served(self, turn: "Turn", ask: m.Request, stage: str) -> Iterator[m.Event]:
        """`_ask`, with the client to itself."""
        with self._turn_lock:
            turn.check()
            if not self.model:
                self._report_death(stage)
                raise EngineError("No model is loaded.", do="Choose a model, or draft with the built-in writer.")
            yield from self._ask(turn, ask, stage)

    def _report_death(self, stage: str) -> None:
        """Raise the cause, where the engine died between two requests."""
        process = self._process
        while process and process.dead:
            event = process.get(0.2)
            if isinstance(event, Death):
                self._end(process, counts=True)
                raise of_death(event, stage, oom_kills() > self._ooms)
            if event is None:
                return

    def _ask(self, turn: "Turn", ask: m.Request, stage: str) -> Iterator[m.Event]:
        """Send a request and yield its events, the last of them included.

        Raises `Cancelled`, or `EngineError` for a refusal, a death or a hang. Left early, it cancels the request.
        """
        process = self._start(turn)
        number = process.send(ask)
        with self._state:
            self._running = (turn, process, number)
        if turn.cancelled:
            process.send(m.Cancel(number))
        final = False
        try:
            for event in self._events(turn, process, number, stage):
                final = isinstance(event, m.FINAL)
                if isinstance(event, m.Refused):
                    raise of_refusal(event)
                if isinstance(event, m.Written) and event.why == "cancelled":
                    raise Cancelled
                yield event
        finally:
            with self._state:
                self._running = None
            if not final and not process.dead:
                self._drain(process, number)

    def _events(self, turn: "Turn", process: Process, number: int, stage: str) -> Iterator[m.Event]:
        """Events of one request. A cancelled one gets five seconds to end, then the process is ended for it."""
        deadline = time.monotonic() + self._patience
        while True:
            limit = min(deadline, turn.cancelled_at + CANCEL) if turn.cancelled else deadline
            event = process.get(min(limit - time.monotonic(), 0.5))
            if event is None:
                if time.monotonic() < limit:
                    continue
                self._end(process, counts=not turn.cancelled)
                if turn.cancelled:
                    raise Cancelled
                raise EngineError(
                    "The model stopped answering and was ended.",
                    safe="Your text is safe.",
                    do="Draft again, or use the built-in writer.",
                )
            if isinstance(event, Death):
                self._end(process, counts=True)
                if turn.cancelled:
                    raise Cancelled
                raise of_death(event, stage, oom_kills() > self._ooms)
            deadline = time.monotonic() + self._patience
            if isinstance(event, m.Text | m.Filled) or (isinstance(event, m.Reading) and event.done >= event.total):
                stage = "writing"
            if getattr(event, "request", None) == number and not isinstance(event, m.Alive):
                yield event
                if isinstance(event, m.FINAL):
                    return
                deadline = time.monotonic() + self._patience  # the caller's own time is not the engine's

    def _drain(self, process: Process, number: int) -> None:
        """Cancel a request whose caller has gone, and wait until the engine is idle."""
        process.send(m.Cancel(number))
        end = time.monotonic() + CANCEL
        while (left := end - time.monotonic()) > 0:
            event = process.get(left)
            if isinstance(event, Death):
                break
            if isinstance(event, m.FINAL) and event.request == number:
                return
        self._end(process, counts=False)

    def _start(self, turn: "Turn") -> Process:
        """The running engine, or a new one that has said it is ready."""
        if self._closed:
            raise Cancelled
        process = self._process
        if process and not process.dead:
            return process
        if process:
            self._end(process, counts=True)
        self._ooms = oom_kills()
        process = Process(self._command, self._environment())
        with self._state:
            self._process = process
        end = time.monotonic() + START
        while time.monotonic() < end:
            if turn.cancelled:
                self._end(process, counts=False)
                raise Cancelled
            event = process.get(0.2)
            if isinstance(event, m.Ready):
                return process
            if isinstance(event, Death):
                self._end(process, counts=True)
                raise of_death(event, "starting", oom_kills() > self._ooms)
        self._end(process, counts=True)
        raise EngineError("The engine did not start.", safe="Your text is safe.", do="Use the built-in writer.")

    def _end(self, process: Process, *, counts: bool) -> None:
        """Make sure a process is gone, and remember that it went."""
        process.kill()
        process.close()
        with self._state:
            if self._process is process:
                self._process = None
                self._loaded = None
                if counts:
                    self._deaths.append(self._clock())

    def _environment(self) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if k != "GGML_BACKEND_PATH"}
        env |= {"GGML_NO_BACKTRACE": "1", "POST_COMPOSER_PARENT": str(os.getpid()), "PYTHONUTF8": "1"}
        if self._memory_limit:
            env["POST_COMPOSER_ENGINE_MEMORY"] = str(self._memory_limit)
        return env | self._env

    def _tuned(self) -> bool:
        loaded = self._loaded
        return not (self._tuning and loaded) or self._tuning.known(loaded[0])

    def _keep(self, best: m.Trial) -> None:
        if self._tuning and self._loaded:
            self._tuning.keep(self._loaded[0], best)

    def _cancel(self, turn: "Turn") -> None:
        with self._state:
            if self._running and self._running[0] is turn:
                self._running[1].send(m.Cancel(self._running[2]))


class Turn:
    """The calls of one draft. After `cancel` every call, running or to come, raises `Cancelled`.

    `notices` are sentences for the person about what the engine had to change.
    """

    def __init__(self, client: EngineClient) -> None:
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
        """Measure settings for this machine and the loaded model, go on with the best, and keep it in `tuning`."""
        for event in self._client._served(self, m.Calibrate(seconds), "reading"):
            if isinstance(event, m.Calibrated):
                self._client._keep(event.best)
                return event
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


def _stamp(path: str) -> tuple[int, int]:
    """Size and time of a model file, so that a changed one is loaded again. Raises `EngineError` if it is gone."""
    try:
        found = Path(path).stat()
        with Path(path).open("rb"):
            pass
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        raise EngineError(
            f"The model file {Path(path).name} {'is no longer there' if gone else 'cannot be read'}.",
            safe="Your text is safe.",
            do="Choose another model, or draft with the built-in writer.",
        ) from error
    return found.st_size, found.st_mtime_ns
