"""The library's sampling chain over the logits of the last token, with a ban on tokens that do not fit."""

import math
from collections.abc import Sequence

import llama_cpp.llama_cpp as lib
import numpy as np

from composer.engine import messages as m
from composer.engine.memory import Memory
from composer.engine.refusal import Refusal


class Sampler:
    """One writing's chain. `free` gives it back to the library."""

    def __init__(self, context: object, memory: Memory, vocabulary: int, ask: m.Write) -> None:
        self._ctx, self._memory, self._size = context, memory, vocabulary
        self._random = np.random.default_rng(ask.seed & 0xFFFFFFFF)
        self._temperature = min(max(ask.temperature, 0.0), 5.0)
        self._looked_at = -1
        self._chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        if self._temperature <= 0:
            lib.llama_sampler_chain_add(self._chain, lib.llama_sampler_init_greedy())
            return
        lib.llama_sampler_chain_add(self._chain, lib.llama_sampler_init_top_k(max(1, ask.top_k)))
        lib.llama_sampler_chain_add(self._chain, lib.llama_sampler_init_top_p(min(max(ask.top_p, 0.01), 1.0), 1))
        lib.llama_sampler_chain_add(self._chain, lib.llama_sampler_init_min_p(min(max(ask.min_p, 0.0), 1.0), 1))
        lib.llama_sampler_chain_add(self._chain, lib.llama_sampler_init_temp(self._temperature))
        lib.llama_sampler_chain_add(self._chain, lib.llama_sampler_init_dist(ask.seed & 0xFFFFFFFF))

    def sample(self) -> int:
        """A token of the whole vocabulary. Raises `Refusal("not-finite")` for a model that computes nonsense."""
        self._logits()
        return int(lib.llama_sampler_sample(self._chain, self._ctx, -1))

    def ban(self, token: int) -> None:
        """Never draw `token` again at this place."""
        self._logits()[token] = -math.inf

    def among(self, allowed: Sequence[int]) -> int:
        """One of the allowed tokens, by the model's own odds."""
        scores = np.array([self._logits()[token] for token in allowed], dtype=np.float64)
        if self._temperature <= 0:
            return allowed[int(scores.argmax())]
        odds = np.exp((scores - scores.max()) / self._temperature)
        return allowed[int(self._random.choice(len(allowed), p=odds / odds.sum()))]

    def _logits(self) -> np.ndarray:
        if not self._memory.fresh:
            raise Refusal("computation", "stale logits")
        pointer = lib.llama_get_logits_ith(self._ctx, -1)
        if not pointer:
            raise Refusal("computation", "no logits")
        logits = np.ctypeslib.as_array(pointer, (self._size,))
        if self._looked_at != len(self._memory.cells):
            self._looked_at = len(self._memory.cells)
            if not math.isfinite(float(logits.max())):  # a NaN anywhere makes the maximum one
                raise Refusal("not-finite")
        return logits

    def free(self) -> None:
        """Give the chain back to the library."""
        if self._chain:
            lib.llama_sampler_free(self._chain)
            self._chain = None
