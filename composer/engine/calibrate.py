"""A few seconds of measuring which settings suit this machine and this model, in the engine's process."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from composer.engine.cores import physical_cores
from composer.engine.messages import SLEEP, Load, Trial
from composer.engine.refusal import Stopped

if TYPE_CHECKING:
    from composer.engine.decode import Engine

TRIALS = 7  # at most: the first, the threads, the step, flash attention, the waiting, and one to spare
GLANCE, MOST = 16, 256  # tokens read in a trial, fewest and most
GAIN = 1.05  # a setting that is better by less is noise


def calibrate(engine: "Engine", seconds: float, tokens: int = 0) -> tuple[Trial, tuple[Trial, ...]]:
    """Measure thread counts, prompt steps, flash attention and waiting in turn, each around the best so far.

    Returns the best setting, which the engine then has, and all that were tried; with `tokens` nothing but the
    setting in use is measured, once. It ends when `seconds` are over, whatever it is computing then. Stopped, the
    engine has the settings it had; raises what the engine raises. How OpenMP's threads wait cannot be changed here;
    `contest.py` measures that.
    """
    seconds = min(max(seconds, 0.2), 60.0)
    start, trials = engine.asked, list[Trial]()
    alarm = threading.Timer(seconds, engine.time_up)
    alarm.daemon = True
    alarm.start()
    best = None
    try:
        for trial in _single(engine, tokens) if tokens else _trials(engine, time.monotonic() + seconds):
            trials.append(trial)
            if best is None or worth(trial) > worth(best) * GAIN:
                best = trial
    except Stopped:
        if not engine.out_of_time():
            best = None
            raise
    finally:
        alarm.cancel()
        engine.out_of_time()
        chosen = _settings(start, best) if best and not tokens else start
        if engine.asked != chosen:
            engine.use(chosen)
    if best is None:  # not even one measurement was done in time: slower than this
        best = replace(engine.idle_trial(), read=round((tokens or GLANCE) / seconds, 2), write=round(1 / seconds, 2))
    return best, tuple(trials) or (best,)


def _single(engine: "Engine", tokens: int) -> Iterator[Trial]:
    yield engine.trial(engine.asked, min(max(tokens, 1), MOST))


def _trials(engine: "Engine", end: float) -> Iterator[Trial]:
    """One measurement after the other, as long as the next one fits into the time."""
    start, cores = engine.asked, physical_cores()
    began = time.monotonic()
    glance = engine.trial(start, GLANCE)
    took = time.monotonic() - began
    spare = (end - time.monotonic()) / TRIALS
    # what is left after making a context and writing a few tokens, at the speed of the first glance
    length = min(max(int(glance.read * max(0.0, spare * 0.7 - 4 / max(glance.write, 1e-6))), GLANCE), MOST)
    took += (length - GLANCE) / max(glance.read, 1e-6)
    if time.monotonic() + took > end:
        yield glance
        return
    best = engine.trial(start, length)
    yield best

    def better(**other: int | bool | str) -> Iterator[Trial]:
        nonlocal best
        if time.monotonic() + took < end:
            trial = engine.trial(replace(_settings(start, best), **other), length)  # type: ignore[arg-type]
            yield trial
            if worth(trial) > worth(best) * GAIN:
                best = trial

    for threads in sorted({max(1, cores - 1), cores} - {best.threads}):
        yield from better(threads=threads, threads_batch=threads)
    yield from better(step=256 if best.step == 128 else 128)
    yield from better(flash=not best.flash)
    if not engine.openmp and best.threads > 1:
        yield from better(wait="" if best.wait else SLEEP)


def _settings(start: Load, trial: Trial) -> Load:
    return replace(
        start, threads=trial.threads, threads_batch=trial.threads_batch, step=trial.step, flash=trial.flash,
        wait=trial.wait,
    )  # fmt: skip


def worth(trial: Trial) -> float:
    """Drafts an hour: 6,000 tokens to read and 700 to write."""
    return 3600 / (6000 / max(trial.read, 1e-6) + 700 / max(trial.write, 1e-6))
