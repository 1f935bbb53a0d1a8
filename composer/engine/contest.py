"""Which way of waiting suits this machine, where only a new process can wait another way.

The library reads OMP_WAIT_POLICY once, when it loads. So a second engine is started beside the first, with threads
that sleep, the same model and the same settings; the two are measured in turn, and the better one stays. The first
stays as it is until the end, so nothing is lost when time or memory run out.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from composer.engine import messages as m
from composer.engine.calibrate import GAIN, worth
from composer.engine.cores import physical_cores
from composer.engine.process import Death, Process

ROUNDS = 3
LEAST_TOKENS, MOST_TOKENS = 32, 256  # read in one measurement
LEAST = 1.5  # seconds a contest needs for a small model: a start, a load, two measurements
SHARE = 0.55  # of the time for calibration that goes to all other settings, where there is a contest to come


class Ended(Exception):
    """An engine ended, refused, ran out of time, or the person stopped it."""


def environment(wait: str) -> dict[str, str]:
    """What an engine's environment has to say so that its threads wait this way."""
    return {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0", "KMP_BLOCKTIME": "0"} if wait == m.SLEEP else {}


def rival_of(load: m.Load, best: m.Trial) -> m.Load | None:
    """The other engine's settings: as many threads as are best, or all, asleep. None where nobody would wait."""
    threads = best.threads if best.threads > 1 else physical_cores()
    if threads < 2 or best.wait == m.SLEEP:
        return None
    return replace(
        load, threads=threads, threads_batch=threads, step=best.step, flash=best.flash, wait=m.SLEEP
    )  # fmt: skip


def room_for(size: int, pid: int | None) -> bool:
    """Whether a second engine fits beside the one of process `pid`, whose model has `size` bytes.

    Linux tells what is available, and what the first one holds for itself alone: weights made over, its context. The
    file's own pages are shared. Elsewhere twice the model has to fit into half of the memory.
    """
    own = _kilobytes(f"/proc/{pid}/status", "RssAnon:")
    free = _kilobytes("/proc/meminfo", "MemAvailable:")
    if own and free:
        return own * 1.2 + 3e5 < free
    with suppress(OSError, ValueError, AttributeError):
        return size * 2 < os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2
    return False


def _kilobytes(path: str, key: str) -> int:
    with suppress(OSError, ValueError, IndexError):
        for line in Path(path).read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(key):
                return int(line.split()[1])
    return 0


def contest(
    first: Callable[[m.Calibrate], m.Trial],
    start: Callable[[], Process],
    load: m.Load,
    best: m.Trial,
    end: float,
    stopped: Callable[[], bool],
) -> tuple[m.Trial, m.Trial, Process, m.Loaded] | None:
    """Measure the running engine and a rival with the settings of `load` in turn.

    `first` measures the running one; `start` starts a process with the rival's environment; `best` says how fast the
    running one is; `end` is a moment of `time.monotonic`. Returns the medians of both, the rival's process and what it
    loaded; None where it could not be measured, and then no process is left.
    """
    rival = start()
    mine: list[m.Trial] = []
    other: list[m.Trial] = []
    loaded: m.Loaded | None = None
    took = 0.0
    try:
        _last(rival, None, m.Ready, end, stopped)
        found = _last(rival, load, m.Loaded, end, stopped)
        assert isinstance(found, m.Loaded)
        loaded = found
        _measured(rival, m.Calibrate(tokens=LEAST_TOKENS), end, stopped)  # the first run fetches the file's pages
        each = (end - time.monotonic()) / (2 * ROUNDS)
        length = int(best.read * (each * 0.7 - 4 / max(best.write, 1e-6)))
        length = min(max(length, LEAST_TOKENS), MOST_TOKENS)
        for _ in range(ROUNDS):
            begin = time.monotonic()
            if begin + (each if not mine else took) > end:
                break
            other.append(_measured(rival, m.Calibrate(end - begin, length), end, stopped))
            mine.append(first(m.Calibrate(max(end - time.monotonic(), 0.2), length)))
            took = time.monotonic() - begin
    except Ended:
        pass
    except BaseException:
        rival.close(0)
        raise
    if not (mine and loaded) or stopped():
        rival.close(0)
        return None
    return _median(mine), _median(other[: len(mine)]), rival, loaded


def better(rival: m.Trial, first: m.Trial) -> bool:
    """Whether the rival wins: by more than noise."""
    return worth(rival) > worth(first) * GAIN


def _median(trials: list[m.Trial]) -> m.Trial:
    read, write = (statistics.median(getattr(trial, name) for trial in trials) for name in ("read", "write"))
    return replace(trials[0], read=round(read, 2), write=round(write, 2))


def _measured(process: Process, ask: m.Calibrate, end: float, stopped: Callable[[], bool]) -> m.Trial:
    event = _last(process, ask, m.Calibrated, end, stopped)
    assert isinstance(event, m.Calibrated)
    return event.best


def _last(
    process: Process, ask: m.Request | None, wanted: type[m.Event], end: float, stopped: Callable[[], bool]
) -> m.Event:
    """Ask, and wait for the answer until `end`. Raises `Ended` where there is none."""
    number = process.send(ask) if ask else 0
    for event in _events(process, end, stopped):
        if isinstance(event, wanted):
            return event
        if isinstance(event, m.FINAL) and event.request == number:
            raise Ended
    raise Ended


def _events(process: Process, end: float, stopped: Callable[[], bool]) -> Iterator[m.Event]:
    while (left := end - time.monotonic()) > 0 and not stopped():
        event = process.get(min(left, 0.1))
        if isinstance(event, Death):
            return
        if event is not None:
            yield event
