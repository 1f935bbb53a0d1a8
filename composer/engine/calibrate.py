"""A few seconds of measuring which settings suit this machine and this model."""

import time
from typing import TYPE_CHECKING

from composer.engine.messages import Load, Trial

if TYPE_CHECKING:
    from composer.engine.decode import Engine


def calibrate(engine: "Engine", seconds: float) -> tuple[Trial, tuple[Trial, ...]]:
    """Measure thread counts, prompt steps and flash attention in turn, each around the best so far.

    Returns the best setting, which the engine then has, and all that were tried. Stops trying when the time is up;
    raises what the engine raises.
    """
    from composer.engine.decode import physical_cores

    end = time.monotonic() + min(max(seconds, 0.5), 60.0)
    cores = physical_cores()
    start = engine.asked
    best = engine.trial(start)
    trials = [best]

    def better(threads: int, threads_batch: int, step: int, flash: bool) -> None:
        nonlocal best
        if time.monotonic() > end:
            return
        trial = engine.trial(Load(start.path, start.context, threads, threads_batch, step, flash))
        trials.append(trial)
        # Reading dominates: a draft reads some thousand tokens and writes some hundred.
        if _worth(trial) > _worth(best) * 1.03:  # within three in a hundred is noise
            best = trial

    for threads in sorted({max(1, cores - 1), cores} - {best.threads}):
        better(threads, threads, best.step, best.flash)
    better(best.threads, best.threads_batch, 256 if best.step == 128 else 128, best.flash)
    better(best.threads, best.threads_batch, best.step, not best.flash)
    engine.use(Load(start.path, start.context, best.threads, best.threads_batch, best.step, best.flash))
    return best, tuple(trials)


def _worth(trial: Trial) -> float:
    """Drafts an hour: 6,000 tokens to read and 700 to write."""
    return 3600 / (6000 / max(trial.read, 1e-6) + 700 / max(trial.write, 1e-6))
