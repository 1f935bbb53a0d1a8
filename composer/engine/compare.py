"""The loop beside the library's plain one, on the model that is loaded, in turn.

The plain loop is the shortest that the library allows: a prompt handed over in steps, then the likeliest token again
and again, with no progress, no cancel, no check. It runs twice: with the settings of our loop, which shows what ours
costs, and with those that the library's own Python class has by itself, which shows what measuring gains.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import llama_cpp.llama_cpp as lib

from composer.engine import messages as m
from composer.engine.refusal import Refusal, Stopped

if TYPE_CHECKING:
    from composer.engine.decode import Engine

CONTEXT = 1024  # tokens
PAIRS = 9
LEAST_PAIRS = 3
LENGTHS = ((32, 256), (8, 32))  # tokens read and written in a run, fewest and most


class Plain:
    """The library's loop: a context of its own on the engine's model."""

    def __init__(self, model: object, threads: int, batch: int, step: int, flash: bool) -> None:
        params = lib.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch = CONTEXT, step, step
        params.n_threads, params.n_threads_batch = threads, batch
        params.flash_attn_type = -1 if flash else 0
        params.no_perf = True
        self._step = step
        self._ctx = lib.llama_init_from_model(model, params)
        if not self._ctx:
            raise Refusal("no-context", "for a comparison")
        self._greedy = lib.llama_sampler_init_greedy()

    def read(self, tokens: list[int]) -> None:
        """Read tokens into an empty memory."""
        lib.llama_memory_clear(lib.llama_get_memory(self._ctx), True)
        for at in range(0, len(tokens), self._step):
            part = tokens[at : at + self._step]
            self._decode(part)

    def write(self, count: int) -> None:
        """Write the likeliest tokens after what was read."""
        for _ in range(count):
            self._decode([lib.llama_sampler_sample(self._greedy, self._ctx, -1)])

    def _decode(self, tokens: list[int]) -> None:
        array = (lib.llama_token * len(tokens))(*tokens)
        if lib.llama_decode(self._ctx, lib.llama_batch_get_one(array, len(tokens))):
            raise Refusal("computation", "in the plain loop")
        lib.llama_synchronize(self._ctx)

    def free(self) -> None:
        """Give it back."""
        lib.llama_sampler_free(self._greedy)
        lib.llama_free(self._ctx)


def compare(engine: "Engine", seconds: float) -> tuple[m.Beside, ...]:
    """Read and write in turn with our loop and with both plain ones, for about `seconds`.

    At least three pairs are taken where twice the time is enough for them, at most nine. The engine has its own
    context again afterwards. Raises what the engine raises; a cancel is seen after each run.
    """
    asked, size = engine.asked, engine.size
    end = time.monotonic() + min(max(seconds, 1.0), 600.0)
    plain: list[Plain] = []
    try:
        engine.make_context(min(CONTEXT, size), asked)
        now = engine.trial(engine.asked, LENGTHS[0][0])
        cores = os.cpu_count() or 1
        plain.append(Plain(engine.model, now.threads, now.threads_batch, now.step, now.flash))
        # the defaults of llama_cpp.Llama: half of the processors to write, all to read, 512 tokens at once
        plain.append(Plain(engine.model, max(cores // 2, 1), cores, 512, False))
        return _pairs(engine, plain, now, end)
    finally:
        for each in plain:
            each.free()
        engine.make_context(size, asked)


def _pairs(engine: "Engine", plain: list[Plain], now: m.Trial, end: float) -> tuple[m.Beside, ...]:
    """Runs in turn until the time is over: ours, the plain loop with our settings, the plain loop with its own."""
    whole = end - time.monotonic()
    spare = whole / (6 * PAIRS)
    reads, writes = (
        int(min(max(spare * rate, least), most))
        for rate, (least, most) in zip((now.read, now.write), LENGTHS, strict=True)
    )
    tokens = engine.vocabulary.plain(reads)
    runs: dict[str, list[list[float]]] = {"read": [], "write": []}
    for pair in range(PAIRS + 1):
        begin = time.monotonic()
        read = [_timed(partial(our_read, engine, tokens)), *(_timed(partial(p.read, tokens)) for p in plain)]
        wrote = our_write(engine, tokens, writes, pair)
        write = [wrote, *(_timed(partial(p.write, writes)) / writes for p in plain)]
        if engine.stopped():
            raise Stopped
        if pair:  # the first warms up
            runs["read"].append([seconds / len(tokens) for seconds in read])
            runs["write"].append(write)
        done = 2 * time.monotonic() - begin  # when another pair would be
        if pair and done > end and (pair >= LEAST_PAIRS or done > end + whole):
            break
    rows = []
    for what, pairs in runs.items():
        for at, settings in enumerate(("same", "own"), 1):
            ours, other = (statistics.median(pair[of] for pair in pairs) for of in (0, at))
            ratio = statistics.median(pair[at] / pair[0] for pair in pairs)
            rows.append(m.Beside(what, settings, round(1 / ours, 2), round(1 / other, 2), round(ratio, 3), len(pairs)))
    return tuple(rows)


def _timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def our_read(engine: "Engine", tokens: list[int]) -> None:
    """Read a prompt the way a draft does."""
    engine.memory.rewind(0)
    engine.write(m.Write((m.Piece("x", tokens=tuple(tokens)),)), 0, lambda _: None)


def our_write(engine: "Engine", tokens: list[int], count: int, seed: int) -> float:
    """Seconds a token, written into a slot the way a draft does. The first token costs no computation of its own."""
    slot = m.Slot("s", max_chars=4000, min_chars=4000, max_tokens=count + 1)
    ask = m.Write((m.Piece("x", tokens=tuple(tokens[:32])), slot), seed=seed, temperature=1.0)
    tally = engine.write(ask, 0, lambda _: None)
    return tally.write_seconds / max(tally.written - 1, 1)
