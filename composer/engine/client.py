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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from composer.engine import contest
from composer.engine import messages as m
from composer.engine.process import Death, Process
from composer.engine.reasons import of_death, of_refusal, oom_kills
from composer.engine.relapses import Relapses
from composer.engine.tuning import Tuning
from composer.engine.turn import Cancelled, Turn
from composer.errors import EngineError

__all__ = ["Cancelled", "EngineClient", "Turn", "default_command"]

PATIENCE = 60.0  # seconds without a sign of life before the engine counts as hung
START = 60.0  # seconds to the first line
CANCEL = 5.0  # seconds a cancelled request may take to end


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What an engine has loaded: what was asked for, what the engine was told, its answer, the file's stamp."""

    ask: m.Load
    told: m.Load
    info: m.Loaded
    stamp: tuple[int, int]


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
        self._memory_limit, self._patience = memory_limit, patience
        self._tuning = Tuning(tuning) if tuning else None
        self._turn_lock = threading.Lock()  # held by the call that is being served
        self._state = threading.Lock()  # guards the fields below
        self._process: Process | None = None
        self._running: tuple[Turn, Process, int] | None = None
        self._turns: list[Turn] = []
        self._relapses = Relapses(clock)
        self._loaded: _Loaded | None = None
        self._asked = ""  # the model file that was asked for last
        self._wait = ""  # how the running engine was started to wait
        self._waits = ""  # when the running engine settles that
        self._ready: m.Ready | None = None
        self._ooms = 0
        self._closed = False

    def turn(self) -> Turn:
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
        return loaded.info if loaded and process and not process.dead else None

    def close(self) -> None:
        """Cancel what runs, end the process, join its threads. The client can not be used afterwards."""
        self._closed = True
        self.cancel()
        with self._state:
            process, self._process = self._process, None
        if process:
            process.close()

    # ---------------------------------------------------------------------------------- for the turns

    def _load(self, turn: Turn, ask: m.Load, progress: Callable[[float], None] | None) -> m.Loaded:
        stamp = _stamp(ask.path)
        with self._turn_lock:
            turn.check()
            if self._loaded and self._loaded.ask == ask and self._loaded.stamp == stamp and self.model:
                return self._loaded.info
            self._loaded, self._asked = None, ask.path
            wish = self._tuning.apply(ask) if self._tuning else ask
            wish = self._relapses.smaller(wish, turn.notices)
            self._wait_as(wish.wait)
            for event in self._ask(turn, wish, "loading"):
                if isinstance(event, m.Loading) and progress:
                    progress(event.done)
                elif isinstance(event, m.Loaded):
                    self._loaded = _Loaded(ask, wish, event, stamp)
                    self._relapses.loaded(ask.path, event.context)
                    return event
            raise Cancelled

    def _wait_as(self, wait: str) -> None:
        """Have the next engine's threads wait this way; one that was started to wait another way goes."""
        process = self._process
        if process and not process.dead and wait != self._wait and self._waits == "start":
            self._end(process, counts=False)
        self._wait = wait

    def _served(self, turn: Turn, ask: m.Request, stage: str) -> Iterator[m.Event]:
        """`_ask`, with the client to itself."""
        with self._turn_lock:
            turn.check()
            if not self.model:
                self._report_death(stage)
                raise _no_model()
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

    def _ask(self, turn: Turn, ask: m.Request, stage: str) -> Iterator[m.Event]:
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
                    if event.code in ("memory", "no-context"):
                        self._end(process, counts=True)  # it may lack the memory to do anything else
                    raise of_refusal(event)
                if isinstance(event, m.Written) and event.why == "cancelled":
                    raise Cancelled
                yield event
        finally:
            with self._state:
                self._running = None
            if not final and not process.dead:
                self._drain(process, number)

    def _events(self, turn: Turn, process: Process, number: int, stage: str) -> Iterator[m.Event]:
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

    def _start(self, turn: Turn) -> Process:
        """The running engine, or a new one that has said it is ready."""
        if self._closed:
            raise Cancelled
        process = self._process
        if process and not process.dead:
            return process
        if process:
            self._end(process, counts=True)
        self._ooms = oom_kills()
        process = Process(self._command, self._environment(self._wait))
        with self._state:
            self._process = process
        end = time.monotonic() + START
        while time.monotonic() < end:
            if turn.cancelled:
                self._end(process, counts=False)
                raise Cancelled
            event = process.get(0.2)
            if isinstance(event, m.Ready):
                self._waits, self._ready = event.waits, event
                return process
            if isinstance(event, Death):
                self._end(process, counts=True)
                raise of_death(event, "starting", oom_kills() > self._ooms)
        self._end(process, counts=True)
        raise EngineError("The engine did not start.", safe="Your text is safe.", do="Use the built-in writer.")

    def greet(self) -> m.Ready:
        """What the engine says of itself; it is started for that. Raises as a load does."""
        turn = self.turn()
        try:
            with self._turn_lock:
                turn.check()
                self._start(turn)
        finally:
            turn.finish()
        return self.ready or m.Ready(0, "")

    @property
    def ready(self) -> m.Ready | None:
        """What the engine said of itself when it last started; None before that."""
        return self._ready

    def _end(self, process: Process, *, counts: bool) -> None:
        """Make sure a process is gone, and remember that it went."""
        process.kill()
        process.close()
        with self._state:
            if self._process is process:
                self._process = None
                self._loaded = None
                if counts:
                    self._relapses.died(self._asked)

    def _environment(self, wait: str) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if k != "GGML_BACKEND_PATH"}
        env |= {"GGML_NO_BACKTRACE": "1", "POST_COMPOSER_PARENT": str(os.getpid()), "PYTHONUTF8": "1"}
        env |= contest.environment(wait)
        if self._memory_limit:
            env["POST_COMPOSER_ENGINE_MEMORY"] = str(self._memory_limit)
        return env | self._env

    # ---------------------------------------------------------------------------------- measuring

    def _tuned(self) -> bool:
        loaded = self._loaded
        return not (self._tuning and loaded) or self._tuning.known(loaded.ask)

    def _calibrate(self, turn: Turn, seconds: float) -> m.Calibrated:
        """The engine's own trials, then the contest of two ways to wait, in `seconds` together; the best is kept."""
        end = time.monotonic() + seconds * 0.95  # what is left is for ending the engine that lost
        with self._turn_lock:
            turn.check()
            if not self.model or not self._loaded:
                self._report_death("reading")
                raise _no_model()
            contested = (
                self._waits == "start"
                and seconds >= contest.LEAST
                and contest.room_for(self._loaded.info.size, self.pid)
            )
            share = contest.SHARE if contested else 0.95
            found = self._measured(turn, m.Calibrate(seconds * share))
            rival = contest.rival_of(self._loaded.told, found.best) if contested else None
            if rival is not None:
                found = self._contested(turn, found, rival, end)
            if self._tuning:
                self._tuning.keep(self._loaded.ask, found.best)
            return found

    def _measured(self, turn: Turn, ask: m.Calibrate) -> m.Calibrated:
        for event in self._ask(turn, ask, "reading"):
            if isinstance(event, m.Calibrated):
                return event
        raise Cancelled

    def _contested(self, turn: Turn, found: m.Calibrated, rival: m.Load, end: float) -> m.Calibrated:
        """Measure the running engine beside one that waits another way, and go on with the better of the two."""
        loaded = self._loaded
        assert loaded is not None
        result = contest.contest(
            lambda ask: self._measured(turn, ask).best,
            lambda: Process(self._command, self._environment(rival.wait)),
            rival, found.best, end, lambda: turn.cancelled or self._closed,
        )  # fmt: skip
        turn.check()
        if result is None:
            return found
        first, other, process, info = result
        trials = (*found.trials, first, other)
        if not contest.better(other, first):
            process.close()
            return m.Calibrated(found.request, found.best, trials)
        with self._state:
            old, self._process = self._process, process
            self._wait = rival.wait
            self._loaded = _Loaded(loaded.ask, rival, info, loaded.stamp)
        if old:
            old.close()
        return m.Calibrated(found.request, other, trials)

    def _cancel(self, turn: Turn) -> None:
        with self._state:
            if self._running and self._running[0] is turn:
                self._running[1].send(m.Cancel(self._running[2]))


def _no_model() -> EngineError:
    return EngineError("No model is loaded.", do="Choose a model, or draft with the built-in writer.")


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
