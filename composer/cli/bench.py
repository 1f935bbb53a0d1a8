"""`models bench`: what suits a model on this machine, and what that gains beside the library's plain loop."""

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from composer import paths, report, settings
from composer.cli import show
from composer.errors import ComposerError

if TYPE_CHECKING:
    from composer.engine.messages import Beside, Calibrated, Loaded, Trial

# 40,000 spoken words of English were about 53,000 tokens for the vocabularies that were tried.
TOKENS_A_WORD = 53 / 40
TALK, POST = 6000, 500  # words of the example
TRIAL = ("threads", "threads_batch", "step", "flash", "wait", "read", "write")
BESIDE = ("settings", "ours", "plain", "ratio", "pairs")


def benched(options: argparse.Namespace) -> int:
    """Calibrate, keep the best, compare."""
    from composer.engine.client import Cancelled, EngineClient
    from composer.library import gguf_header

    place = paths.find(options.home).ensure()
    report.start(place)
    gguf_header.check(options.file)
    client = EngineClient(tuning=place.tuning)
    line = show.Line(sys.stderr)
    try:
        turn = client.turn()
        context = settings.load(place.settings).context
        loaded = turn.load(options.file, context=context, progress=lambda done: line.show(f"Loading {done:.0%}"))
        line.show("Measuring: ten seconds")
        measured = turn.calibrate()
        line.show("Comparing with the library's plain loop: half a minute")
        beside = turn.compare()
    except Cancelled:
        raise ComposerError("Stopped.", safe="The settings are as they were.") from None
    finally:
        line.clear()
        client.close()
    if options.json:
        return show.dump([*_rows(measured, beside)])
    print("\n".join(told(loaded, measured, beside)))
    return 0


def _rows(measured: "Calibrated", beside: "tuple[Beside, ...]") -> Iterator[dict[str, Any]]:
    # The first trial is the engine's plain choice for this machine.
    first = measured.trials[0] if measured.trials else measured.best
    for name, trial in [("best", measured.best), ("plain", first), *(("tried", each) for each in measured.trials)]:
        yield {"what": name, **{key: getattr(trial, key) for key in TRIAL}}
    for row in beside:
        yield {"what": f"beside, {row.what}", **{key: getattr(row, key) for key in BESIDE}}


def told(loaded: "Loaded", measured: "Calibrated", beside: "tuple[Beside, ...]") -> Iterator[str]:
    """The lines for a person."""
    best = measured.best
    yield f"{loaded.name} on this machine, in tokens a second:"
    yield ""
    yield f"{'threads':>7} {'at once':>7} {'flash':>5} {'waiting':>7} {'reads':>9} {'writes':>9}"
    marked = False
    for trial in measured.trials:
        best_one = trial == best and not marked
        marked = marked or best_one
        flash = "on" if trial.flash else "off"
        numbers = f"{trial.read:9.1f} {trial.write:9.1f}"
        row = f"{trial.threads:7} {trial.step:7} {flash:>5} {_waiting(trial):>7} {numbers}"
        yield row + ("  best" if best_one else "")
    yield ""
    yield f"Kept: {_in_words(best)}."
    for name, whose in (("same", "the same settings"), ("own", "its own settings")):
        ratios = {row.what: row for row in beside if row.settings == name}
        if len(ratios) == 2:
            read, write = ratios["read"], ratios["write"]
            yield (
                f"The library's plain loop, {whose}: reads {read.plain:.1f} where this app reads {read.ours:.1f}, "
                f"writes {write.plain:.1f} where this app writes {write.ours:.1f}. "
                f"That is {read.ratio:.2f} and {write.ratio:.2f} times as fast."
            )
    if beside:
        yield f"Medians of {beside[0].pairs} runs in turn; within a tenth is noise."
    read_s, write_s = TALK * TOKENS_A_WORD / best.read, POST * TOKENS_A_WORD / best.write
    yield (
        f"A talk of {TALK:,} words is read in about {_long(read_s)}, a post of {POST} words written in about "
        f"{_long(write_s)}."
    )


def _long(seconds: float) -> str:
    """`a second`, `40 seconds`, `3 minutes`."""
    if seconds < 1.5:
        return "a second"
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def _waiting(trial: "Trial") -> str:
    if trial.threads < 2:
        return "-"
    return "asleep" if trial.wait else "awake"


def _in_words(best: "Trial") -> str:
    threads = "1 thread" if best.threads == 1 else f"{best.threads} threads"
    wait = "" if best.threads < 2 else f", which wait {_waiting(best)}"
    return f"{threads}{wait}; {best.step} tokens at once; flash attention {'on' if best.flash else 'off'}"
