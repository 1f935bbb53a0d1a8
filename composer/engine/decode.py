"""Our own decode loop over llama.cpp's low-level calls: load, count, read a prompt, fill slots.

Only `worker.py` imports this module, and only in the engine's own process: the library ends a process by `abort()`.
Every number that goes into the library is range-checked here first, because it checks few of them itself.
"""

import ctypes
import math
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import llama_cpp.llama_cpp as lib
import numpy as np

from composer.engine import messages as m
from composer.engine.slots import Line, Verdict
from composer.engine.templates import detect

REJECTS = 16  # draws of one token before a slot is closed by force
FLUSH = 0.04  # seconds between two text events
SPARE = 8  # tokens of the context that are never filled
MOST_CONTEXT = 16_384  # tokens, where the app does not ask for a number
_NOT_WRITERS = ("bert", "nomic-bert", "jina-bert", "t5encoder", "clip", "wavtokenizer", "neo-bert", "modern-bert")

Emit = Callable[[m.Event], None]


class Refusal(Exception):
    """A request that cannot be done while the engine lives on. `code` is a word of `client.SENTENCES`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class Stopped(Exception):
    """The request was cancelled."""


@dataclass
class Tally:
    """What a request cost."""

    read: int = 0
    reused: int = 0
    written: int = 0
    read_seconds: float = 0.0
    write_seconds: float = 0.0


def default_threads() -> int:
    """Physical cores less one, at least one: with every core busy elsewhere decoding falls to a fortieth."""
    return max(1, physical_cores() - 1)


def physical_cores() -> int:
    """Cores this process may run on, hyper-threads counted once where Linux tells."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    seen = set()
    for cpu in sorted(allowed):
        try:
            seen.add(Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text().strip())
        except OSError:
            seen.add(str(cpu))
    return max(1, len(seen))


class Engine:
    """A loaded model, its context, and what lies in the context's memory.

    `cells` are the tokens in memory, in order, all in sequence 0; `cuts` the ends of the batches they were read in.
    `flag` is a C string of two bytes: not empty means stop. The library looks at it after every node of its graph,
    some hundred times a token, so it calls `strlen` for that and no Python.
    """

    cells: list[int]
    cuts: list[int]
    _n_vocab: int
    _bos: int
    _newline: list[int]
    _space_prefix: bool

    def __init__(self, flag: bytearray) -> None:
        lib.llama_backend_init()
        self._flag = flag
        self._shared = (ctypes.c_char * 2).from_buffer(flag)
        strlen = (ctypes.CDLL("msvcrt") if os.name == "nt" else ctypes.CDLL(None)).strlen
        self._abort = lib.ggml_abort_callback(ctypes.cast(strlen, ctypes.c_void_p).value or 0)
        self._on_load: Callable[[float], None] = lambda _done: None
        self._progress = lib.llama_progress_callback(self._on_progress)
        self._model = self._ctx = self._vocab = self._memory = None
        self._pieces: dict[int, bytes] = {}
        self._reset()
        self.asked = m.Load("")
        self.info: m.Loaded | None = None

    # ------------------------------------------------------------------------------------------------ loading

    def load(self, ask: m.Load, request: int, progress: Callable[[float], None]) -> m.Loaded:
        """Load a file and make a context. Raises `Refusal` (`not-loaded`, `not-text`, `no-context`) or `Stopped`."""
        self.close()
        self._on_load = progress
        params = lib.llama_model_default_params()
        params.progress_callback = self._progress
        self._model = lib.llama_model_load_from_file(os.fsencode(ask.path), params)
        if not self._model:
            raise Stopped if self._cancelled() else Refusal("not-loaded", ask.path)
        self._vocab = lib.llama_model_get_vocab(self._model)
        architecture = self._meta("general.architecture")
        self._require_writer(architecture)
        trained = lib.llama_model_n_ctx_train(self._model)
        wanted = min(ask.context or MOST_CONTEXT, trained or MOST_CONTEXT)
        self._n_vocab = lib.llama_vocab_n_tokens(self._vocab)
        self.make_context(max(wanted, 256), ask)
        self._bos = lib.llama_vocab_bos(self._vocab) if lib.llama_vocab_get_add_bos(self._vocab) else -1
        self._newline = self._tokenize("\n", False)
        self._space_prefix = self._detokenize(self._tokenize("a", False)).startswith(b" ")
        name = self._meta("general.name") or Path(ask.path).name
        template = self._meta("tokenizer.chat_template", 65_536)
        self.info = m.Loaded(
            request,
            name=name,
            architecture=architecture,
            family=detect(architecture, name, template),
            context=lib.llama_n_ctx(self._ctx),
            trained=trained,
            size=lib.llama_model_size(self._model),
            parameters=lib.llama_model_n_params(self._model),
            threads=lib.llama_n_threads(self._ctx),
            rewinds=not (lib.llama_model_is_recurrent(self._model) or lib.llama_model_is_hybrid(self._model)),
            step=self.step,
        )
        return self.info

    def make_context(self, context: int, ask: m.Load) -> None:
        """Make a context of `context` tokens with the settings of `ask`. Raises `Refusal("no-context")`."""
        if self._ctx:
            lib.llama_free(self._ctx)
            self._ctx = None
        self._reset()
        self.asked = ask
        params = lib.llama_context_default_params()
        self.step = min(max(ask.step, 32), 512, context)
        params.n_ctx = context
        params.n_batch = params.n_ubatch = self.step
        params.n_seq_max = 1
        params.n_threads = ask.threads or default_threads()
        params.n_threads_batch = ask.threads_batch or ask.threads or default_threads()
        params.flash_attn_type = -1 if ask.flash else 0
        params.swa_full = True  # a sliding window would forget the prefix that is kept between requests
        params.no_perf = True
        params.abort_callback = self._abort
        params.abort_callback_data = ctypes.addressof(self._shared)
        self._ctx = lib.llama_init_from_model(self._model, params)
        if not self._ctx:
            raise Refusal("no-context", str(context))
        self._memory = lib.llama_get_memory(self._ctx)

    def close(self) -> None:
        """Free the context and the model. Safe to call twice."""
        if self._ctx:
            lib.llama_free(self._ctx)
        if self._model:
            lib.llama_model_free(self._model)
        self._model = self._ctx = self._vocab = self._memory = None
        self._pieces.clear()
        self._reset()
        self.info = None

    def _require_writer(self, architecture: str) -> None:
        causal = self._meta(f"{architecture}.attention.causal")
        embeds = architecture in _NOT_WRITERS or causal == "false"
        if embeds or not lib.llama_model_has_decoder(self._model) or lib.llama_model_has_encoder(self._model):
            raise Refusal("not-text", architecture)
        if lib.llama_vocab_type(self._vocab) == 0:
            raise Refusal("not-text", "no vocabulary")

    def _meta(self, key: str, limit: int = 512) -> str:
        buffer = ctypes.create_string_buffer(limit)
        length = lib.llama_model_meta_val_str(self._model, key.encode(), buffer, limit)
        return buffer.value.decode("utf-8", "replace") if length >= 0 else ""

    def _on_progress(self, done: float, _data: object) -> bool:
        self._on_load(done)
        return not self._cancelled()

    def _cancelled(self) -> bool:
        return self._flag[0] != 0

    # ------------------------------------------------------------------------------------------- measuring

    def use(self, ask: m.Load) -> None:
        """Make the context anew with other settings; the model stays loaded."""
        self.make_context(lib.llama_n_ctx(self._ctx), ask)

    def trial(self, ask: m.Load, length: int) -> m.Trial:
        """Tokens a second with other settings: `length` tokens read in steps, and a few written."""
        self._require_model()
        self.use(ask)
        length = max(8, min(length, lib.llama_n_ctx(self._ctx) // 2))
        tokens = [token % self._n_vocab for token in range(1, length + 1)]
        tokens = [token for token in tokens if not lib.llama_vocab_is_control(self._vocab, token)] or [0]
        started = time.monotonic()
        self._feed(tokens)
        read = len(tokens) / (time.monotonic() - started)
        few = tokens[:4]
        started = time.monotonic()
        for token in few:
            self._decode([token])
        write = len(few) / (time.monotonic() - started)
        self._rewind(0)
        return m.Trial(
            lib.llama_n_threads(self._ctx),
            lib.llama_n_threads_batch(self._ctx),
            self.step,
            ask.flash,
            round(read, 2),
            round(write, 2),
        )

    # --------------------------------------------------------------------------------------------- tokens

    def count(self, texts: Iterable[str]) -> tuple[int, ...]:
        """How many tokens each text is, as plain text. Raises `Refusal("no-model")`."""
        self._require_model()
        return tuple(len(self.tokens(text)) for text in texts)

    def tokens(self, text: str, special: bool = False) -> list[int]:
        """The tokens of a text; `special` lets it hold control tokens. No token is added to it."""
        if not text:
            return []
        if not self._space_prefix or special:
            return self._tokenize(text, special)
        # SentencePiece vocabularies put a space before every piece; behind a newline they do not.
        whole, nl = self._tokenize("\n" + text, False), len(self._newline)
        return whole[nl:] if whole[:nl] == self._newline else self._tokenize(text, False)

    def _tokenize(self, text: str, special: bool) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (lib.llama_token * room)()
        count = lib.llama_tokenize(self._vocab, data, len(data), buffer, room, False, special)
        if count < 0:
            raise Refusal("tokens", str(count))
        return buffer[:count]

    def _detokenize(self, tokens: Sequence[int]) -> bytes:
        return b"".join(map(self.piece, tokens))

    def piece(self, token: int) -> bytes:
        """The bytes of a token; nothing for control tokens."""
        data = self._pieces.get(token)
        if data is None:
            size = 256
            buffer = ctypes.create_string_buffer(size)
            length = lib.llama_token_to_piece(self._vocab, token, buffer, size, 0, False)
            data = self._pieces[token] = buffer.raw[:length] if 0 < length <= size else b""
        return data

    # ---------------------------------------------------------------------------------------------- reading

    def write(self, ask: m.Write, request: int, emit: Emit) -> Tally:
        """Read the prompt and fill the slots, emitting `Reading`, `Text` and `Filled`.

        Raises `Stopped` when cancelled (the memory then holds whole steps only) and `Refusal` (`no-model`,
        `context`, `tokens`, `computation`, `not-finite`).
        """
        self._require_model()
        tally = Tally()
        pending, cuts, said = self._prompt(ask.steps)
        room = lib.llama_n_ctx(self._ctx) - SPARE
        need = len(pending) + sum(s.max_tokens for s in ask.steps if isinstance(s, m.Slot))
        if need > room:
            raise Refusal("context", f"{need} tokens of {room}")
        keep = self._reusable(pending, cuts, said)
        self._rewind(keep)
        tally.reused = len(self.cells)
        started = time.monotonic()

        def read(done: int) -> None:
            emit(m.Reading(request, done, len(pending), tally.reused))

        sampler = _Sampler(self, ask)
        try:
            self._feed(pending[len(self.cells) :], cuts, read)
            tally.read = len(self.cells) - tally.reused
            tally.read_seconds = time.monotonic() - started
            started = time.monotonic()
            first = next((i for i, step in enumerate(ask.steps) if isinstance(step, m.Slot)), len(ask.steps))
            waiting: list[int] = []
            for step in ask.steps[first:]:
                if isinstance(step, m.Piece):
                    waiting += self._piece_tokens(step)
                    continue
                if not waiting and not self.fresh:  # the slot before took a token back
                    waiting = self.cells[-1:]
                    self._take_back(len(self.cells) - 1)
                self._feed(waiting)
                waiting = self._fill(step, sampler, request, emit, tally)
            tally.write_seconds = time.monotonic() - started
        finally:
            sampler.free()
        return tally

    def _require_model(self) -> None:
        if not self._ctx:
            raise Refusal("no-model")

    def _prompt(self, steps: Sequence[m.Piece | m.Slot]) -> tuple[list[int], list[int], bool]:
        """The tokens before the first slot, where their batches end, and whether the model wrote any of them."""
        tokens: list[int] = [self._bos] if self._bos >= 0 else []
        ends, said = [], False
        for step in steps:
            if isinstance(step, m.Slot):
                break
            more = self._piece_tokens(step)
            if tokens == [self._bos] and more[:1] == [self._bos]:
                more = more[1:]  # a template that brings its own
            said = said or bool(step.tokens)
            tokens += more
            if step.mark:
                ends.append(len(tokens))
        if not tokens:
            raise Refusal("tokens", "an empty prompt")
        cuts, at = [], 0
        for end in [*ends, len(tokens)]:
            while at < end:
                at = min(at + self.step, end)
                cuts.append(at)
        return tokens, cuts, said

    def _piece_tokens(self, piece: m.Piece) -> list[int]:
        if not piece.tokens:
            return self.tokens(piece.text, piece.special)
        if not all(0 <= token < self._n_vocab for token in piece.tokens):
            raise Refusal("tokens", "out of range")
        return list(piece.tokens)

    def _reusable(self, tokens: list[int], cuts: list[int], said: bool) -> int:
        """How many tokens in memory serve this prompt.

        A prompt that goes on from what the model wrote takes all that is the same. A fresh one takes only whole
        batches that a fresh engine would read the same way, so that both compute the very same numbers.
        """
        same = _same(self.cells, tokens[: len(tokens) - 1])
        if said:
            return same
        keep = 0
        for old, new in zip(self.cuts, cuts, strict=False):
            if old != new or new > same:
                break
            keep = new
        return keep

    def _take_back(self, keep: int) -> None:
        """Forget everything after `keep` tokens, and read them anew where the model cannot go back."""
        tokens = self.cells[:keep]
        self._rewind(keep)
        self._feed(tokens[len(self.cells) :])

    def _rewind(self, keep: int) -> None:
        """Forget everything after `keep` tokens; everything at all where the model cannot go back."""
        if keep < len(self.cells):
            self.fresh = False
            if keep and lib.llama_memory_seq_rm(self._memory, 0, keep, -1):
                del self.cells[keep:]
            else:
                lib.llama_memory_clear(self._memory, True)
                self.cells.clear()
        self.cuts = [cut for cut in self.cuts if cut <= len(self.cells)]

    def _reset(self) -> None:
        self.cells = []
        self.cuts = []
        self.fresh = False  # whether the library's logits are those after the last cell

    def _feed(self, tokens: Sequence[int], cuts: Sequence[int] = (), read: Callable[[int], None] | None = None) -> None:
        """Read tokens, in batches that end at `cuts` (positions in memory) or after a step."""
        at, end = len(self.cells), len(self.cells) + len(tokens)
        if end > lib.llama_n_ctx(self._ctx) - SPARE // 2:
            raise Refusal("context", f"{end} tokens")
        base = at
        if not tokens:
            return
        ends = [cut for cut in cuts if cut > at] or [*range(at + self.step, end, self.step), end]
        for stop in ends:
            self._decode(tokens[at - base : stop - base])
            at = stop
            if read:
                read(at)

    def _decode(self, tokens: Sequence[int]) -> None:
        """Read one batch, or nothing of it. Raises `Stopped` or `Refusal("computation")`."""
        if not tokens:
            return
        if len(tokens) > self.step:
            raise Refusal("computation", "a batch beyond its limit")
        if self._cancelled():
            raise Stopped
        before = len(self.cells)
        self.fresh = False
        array = (lib.llama_token * len(tokens))(*tokens)
        code = lib.llama_decode(self._ctx, lib.llama_batch_get_one(array, len(tokens)))
        if code != 0:
            self._undo(before)
            if code == 2 or self._cancelled():
                raise Stopped
            raise Refusal("context" if code == 1 else "computation", f"code {code}")
        self.cells += tokens
        self.cuts.append(len(self.cells))
        self.fresh = True

    def _undo(self, before: int) -> None:
        """Take a half-read batch out of the memory again."""
        if not before or not lib.llama_memory_seq_rm(self._memory, 0, before, -1):
            lib.llama_memory_clear(self._memory, True)
            self._reset()

    # ---------------------------------------------------------------------------------------------- writing

    def _fill(self, slot: m.Slot, sampler: "_Sampler", request: int, emit: Emit, tally: Tally) -> list[int]:
        """Fill one slot; the tokens of it that are not yet in memory are returned, to be fed with what follows."""
        if slot.choices:
            return self._choose(slot, sampler, request, emit, tally)
        line = Line(slot)
        tokens: list[int] = []
        base, rejects, told, last = len(self.cells), 0, 0, time.monotonic()
        why = "length"
        while len(tokens) < slot.max_tokens:
            if len(tokens) > len(self.cells) - base:
                self._decode(tokens[len(self.cells) - base :])
            token, verdict, refused = self._draw(line, sampler)
            rejects += refused
            if verdict is Verdict.REJECT:
                why = "forced"
                break
            if verdict in (Verdict.STOP, Verdict.END, Verdict.LENGTH):
                why = verdict.value
                break
            tokens.append(token)
            if verdict is not Verdict.KEEP:
                why = verdict.value
                break
            if time.monotonic() - last >= FLUSH and len(line.text) > told:
                emit(m.Text(request, slot.name, line.text[told:]))
                told, last = len(line.text), time.monotonic()
        tokens = self._settle(tokens, line, why, base)
        tally.written += len(tokens)
        emit(m.Filled(request, slot.name, line.text.strip(), tuple(tokens), why, rejects))
        done = len(self.cells) - base
        return tokens[done:]

    def _settle(self, tokens: list[int], line: Line, why: str, base: int) -> list[int]:
        """The tokens of the closed slot, and a memory that holds a beginning of them and nothing else."""
        tokens = self.tokens(line.text) if why == "repetition" else tokens[: line.whole] + self.tokens(line.tail)
        self._take_back(base + _same(self.cells[base:], tokens))
        return tokens

    def _draw(self, line: Line, sampler: "_Sampler") -> tuple[int, Verdict, int]:
        """Sample a token that fits; after too many that do not, give up with `REJECT`."""
        for refused in range(REJECTS):
            token = sampler.sample()
            if lib.llama_vocab_is_eog(self._vocab, token):
                verdict = line.end()
            elif data := self.piece(token):
                verdict = line.offer(data)
            else:
                verdict = Verdict.REJECT
            if verdict is not Verdict.REJECT:
                return token, verdict, refused
            sampler.ban(token)
        return -1, Verdict.REJECT, REJECTS

    def _choose(self, slot: m.Slot, sampler: "_Sampler", request: int, emit: Emit, tally: Tally) -> list[int]:
        """Fill a slot with one of its choices, by a walk through the tree of their tokens."""
        ways = {choice: self.tokens(choice + "\n") for choice in dict.fromkeys(slot.choices)}
        base = len(self.cells)
        taken: list[int] = []
        while len(ways) > 1:
            depth = len(taken)
            allowed = sorted({way[depth] for way in ways.values() if len(way) > depth})
            if not allowed:
                break
            if len(allowed) > 1:
                self._decode(taken[len(self.cells) - base :])
            taken.append(sampler.among(allowed) if len(allowed) > 1 else allowed[0])
            ways = {c: way for c, way in ways.items() if way[: depth + 1] == taken}
        choice = min(ways)
        tokens = self.tokens(choice)
        same = _same(self.cells[base:], tokens)
        self._take_back(base + same)
        tally.written += len(tokens)
        emit(m.Filled(request, slot.name, choice, tuple(tokens), "choice"))
        return tokens[same:]


def _same(old: Sequence[int], new: Sequence[int]) -> int:
    """How many tokens two sequences have in common from the start."""
    same = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        same += 1
    return same


class _Sampler:
    """The library's sampling chain over the logits of the last token."""

    def __init__(self, engine: Engine, ask: m.Write) -> None:
        self._ctx, self._size = engine._ctx, engine._n_vocab
        self._random = np.random.default_rng(ask.seed & 0xFFFFFFFF)
        self._temperature = min(max(ask.temperature, 0.0), 5.0)
        self._looked_at = -1
        self._engine = engine
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
        if not self._engine.fresh:
            raise Refusal("computation", "stale logits")
        pointer = lib.llama_get_logits_ith(self._ctx, -1)
        if not pointer:
            raise Refusal("computation", "no logits")
        logits = np.ctypeslib.as_array(pointer, (self._size,))
        if self._looked_at != len(self._engine.cells):
            self._looked_at = len(self._engine.cells)
            if not math.isfinite(float(logits.max())):  # a NaN anywhere makes the maximum one
                raise Refusal("not-finite")
        return logits

    def free(self) -> None:
        """Give the chain back to the library."""
        if self._chain:
            lib.llama_sampler_free(self._chain)
            self._chain = None
