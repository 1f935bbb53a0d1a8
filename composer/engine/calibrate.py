"""A few seconds of measuring which settings suit this machine and this model."""

import time
from typing import TYPE_CHECKING

from composer.engine.messages import Load, Trial

if TYPE_CHECKING:
    from composer.engine.decode import Engine

TRIALS = 6  # at most: the first, the threads, the step, flash attention, and one to spare
LENGTHS = (32, 256)  # tokens read in a trial, fewest and most


def calibrate(engine: "Engine", seconds: float) -> tuple[Trial, tuple[Trial, ...]]:
    """Measure thread counts, prompt steps and flash attention in turn, each around the best so far.

    Returns the best setting, which the engine then has, and all that were tried. The trials are as long as the time
    allows. Stopped, the engine has the settings it had; raises what the engine raises.
    """
    from composer.engine.decode import physical_cores

    start, cores = engine.asked, physical_cores()
    end = time.monotonic() + min(max(seconds, 0.5), 60.0)
    chosen = start
    try:
        glance = engine.trial(start, LENGTHS[0])
        spare = (end - time.monotonic()) / TRIALS
        # what is left after making a context and writing a few tokens, at the speed of the first glance
        length = int(glance.read * max(0.0, spare * 0.7 - 4 / max(glance.write, 1e-6)))
        length = min(max(length, LENGTHS[0]), LENGTHS[1])
        best = engine.trial(start, length)
        trials = [best]

        def better(threads: int, step: int, flash: bool) -> None:
            nonlocal best
            if time.monotonic() + spare * 0.5 > end:
                return
            trial = engine.trial(Load(start.path, start.context, threads, threads, step, flash), length)
            trials.append(trial)
            if _worth(trial) > _worth(best) * 1.05:  # less is noise
                best = trial

        for threads in sorted({max(1, cores - 1), cores} - {best.threads}):
            better(threads, best.step, best.flash)
        better(best.threads, 256 if best.step == 128 else 128, best.flash)
        better(best.threads, best.step, not best.flash)
        chosen = Load(start.path, start.context, best.threads, best.threads_batch, best.step, best.flash)
    finally:
        engine.use(chosen)
    return best, tuple(trials)


def _worth(trial: Trial) -> float:
    """Drafts an hour: 6,000 tokens to read and 700 to write."""
    return 3600 / (6000 / max(trial.read, 1e-6) + 700 / max(trial.write, 1e-6))
