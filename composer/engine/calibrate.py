"""A few seconds of measuring which settings suit this machine and this model, in the engine's process."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from composer.engine.cores import physical_cores
from composer.engine.messages import SLEEP, Load, Trial

if TYPE_CHECKING:
    from composer.engine.decode import Engine

TRIALS = 7  # at most: the first, the threads, the step, flash attention, the waiting, and one to spare
LENGTHS = (32, 256)  # tokens read in a trial, fewest and most
GAIN = 1.05  # a setting that is better by less is noise


def calibrate(engine: "Engine", seconds: float, tokens: int = 0) -> tuple[Trial, tuple[Trial, ...]]:
    """Measure thread counts, prompt steps, flash attention and waiting in turn, each around the best so far.

    Returns the best setting, which the engine then has, and all that were tried; with `tokens` nothing but the
    setting in use is measured, once. The trials are as long as the time allows. Stopped, the engine has the settings
    it had; raises what the engine raises. How OpenMP's threads wait cannot be changed here; `contest.py` measures that.
    """
    start, cores = engine.asked, physical_cores()
    if tokens:
        best = engine.trial(start, min(max(tokens, 1), LENGTHS[1]))
        return best, (best,)
    end = time.monotonic() + min(max(seconds, 0.2), 60.0)
    chosen = start
    try:
        glance = engine.trial(start, LENGTHS[0])
        spare = (end - time.monotonic()) / TRIALS
        # what is left after making a context and writing a few tokens, at the speed of the first glance
        length = int(glance.read * max(0.0, spare * 0.7 - 4 / max(glance.write, 1e-6)))
        length = min(max(length, LENGTHS[0]), LENGTHS[1])
        best = engine.trial(start, length)
        trials = [best]

        def better(**other: int | bool | str) -> None:
            nonlocal best
            if time.monotonic() + spare * 0.5 > end:
                return
            trial = engine.trial(replace(_settings(start, best), **other), length)  # type: ignore[arg-type]
            trials.append(trial)
            if worth(trial) > worth(best) * GAIN:
                best = trial

        for threads in sorted({max(1, cores - 1), cores} - {best.threads}):
            better(threads=threads, threads_batch=threads)
        better(step=256 if best.step == 128 else 128)
        better(flash=not best.flash)
        if not engine.openmp and best.threads > 1:
            better(wait="" if best.wait else SLEEP)
        chosen = _settings(start, best)
    finally:
        if engine.asked != chosen:
            engine.use(chosen)
    return best, tuple(trials)


def _settings(start: Load, trial: Trial) -> Load:
    return replace(
        start, threads=trial.threads, threads_batch=trial.threads_batch, step=trial.step, flash=trial.flash,
        wait=trial.wait,
    )  # fmt: skip


def worth(trial: Trial) -> float:
    """Drafts an hour: 6,000 tokens to read and 700 to write."""
    return 3600 / (6000 / max(trial.read, 1e-6) + 700 / max(trial.write, 1e-6))
