"""What lies in a context's memory: the only place that reads tokens in, takes them back, and keeps what can stay.

The library checks few of the numbers it is given and ends the process over most of them, so they are checked here.
"""

from collections.abc import Callable, Iterable, Sequence

import llama_cpp.llama_cpp as lib

from composer.engine.refusal import Refusal, Stopped

SPARE = 8  # tokens of the context that are never filled


class Memory:
    """The memory of one context, sequence 0.

    `cells` are the tokens in it, in order; `cuts` the ends of the batches they were read in; `fresh` says that the
    library's logits are those after the last cell. `step` is the most tokens of a batch; `stopped` tells a cancel.
    """

    def __init__(self, context: object, step: int, stopped: Callable[[], bool]) -> None:
        self._ctx, self.step, self._stopped = context, step, stopped
        self._cells = lib.llama_get_memory(context)
        self.size: int = lib.llama_n_ctx(context)
        self.cells: list[int] = []
        self.cuts: list[int] = []
        self.fresh = False

    @property
    def room(self) -> int:
        """The most tokens a request may need."""
        return self.size - SPARE

    def read(self, tokens: Sequence[int], cuts: Sequence[int] = (), told: Callable[[int], None] | None = None) -> None:
        """Read tokens, in batches that end at `cuts` (positions in memory) or after a step; `told` gets each end.

        Raises `Stopped`, and `Refusal` (`context`, `computation`); what was read in whole batches then stays.
        """
        at, end = len(self.cells), len(self.cells) + len(tokens)
        if end > self.size - SPARE // 2:
            raise Refusal("context", f"{end} tokens")
        base = at
        if not tokens:
            return
        ends = [cut for cut in cuts if cut > at] or [*range(at + self.step, end, self.step), end]
        for stop in ends:
            self._batch(tokens[at - base : stop - base])
            at = stop
            if told:
                told(at)

    def keep(self, tokens: Sequence[int], cuts: Iterable[int], said: bool) -> int:
        """Go back to what a prompt shares with the memory; returns the tokens that stay.

        A prompt that goes on from what the model wrote (`said`) takes all that is the same. A fresh one takes only
        whole batches that a fresh engine would read the same way, so that both compute the very same numbers.
        """
        same = shared(self.cells, tokens[: len(tokens) - 1])
        if not said:
            whole = 0
            for old, new in zip(self.cuts, cuts, strict=False):
                if old != new or new > same:
                    break
                whole = new
            same = whole
        self.rewind(same)
        return len(self.cells)

    def take_back(self, keep: int) -> None:
        """Forget everything after `keep` tokens, and read them anew where the model cannot go back."""
        tokens = self.cells[:keep]
        self.rewind(keep)
        self.read(tokens[len(self.cells) :])

    def rewind(self, keep: int) -> None:
        """Forget everything after `keep` tokens; everything at all where the model cannot go back."""
        if keep < len(self.cells):
            self.fresh = False
            if keep and lib.llama_memory_seq_rm(self._cells, 0, keep, -1):
                del self.cells[keep:]
            else:
                lib.llama_memory_clear(self._cells, True)
                self.cells.clear()
        self.cuts = [cut for cut in self.cuts if cut <= len(self.cells)]

    def _batch(self, tokens: Sequence[int]) -> None:
        """Read one batch, or nothing of it. Raises `Stopped` or `Refusal("computation")`."""
        if not tokens:
            return
        if len(tokens) > self.step:
            raise Refusal("computation", "a batch beyond its limit")
        if self._stopped():
            raise Stopped
        before = len(self.cells)
        self.fresh = False
        array = (lib.llama_token * len(tokens))(*tokens)
        code = lib.llama_decode(self._ctx, lib.llama_batch_get_one(array, len(tokens)))
        if code != 0:
            self._undo(before)
            if code == 2 or self._stopped():
                raise Stopped
            raise Refusal("context" if code == 1 else "computation", f"code {code}")
        self.cells += tokens
        self.cuts.append(len(self.cells))
        self.fresh = True

    def _undo(self, before: int) -> None:
        """Take a half-read batch out of the memory again."""
        if not before or not lib.llama_memory_seq_rm(self._cells, 0, before, -1):
            lib.llama_memory_clear(self._cells, True)
            self.cells, self.cuts, self.fresh = [], [], False


def shared(old: Sequence[int], new: Sequence[int]) -> int:
    """How many tokens two sequences have in common from the start."""
    same = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        same += 1
    return same
