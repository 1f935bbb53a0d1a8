"""Our own decode loop over llama.cpp's low-level calls: load, count, read a prompt, fill slots.

Only the engine's own process imports this module: the library ends a process by `abort()`.
"""

import ctypes
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import llama_cpp.llama_cpp as lib

from composer.engine import messages as m
from composer.engine import waiting
from composer.engine.cores import default_threads
from composer.engine.memory import Memory, shared
from composer.engine.refusal import Refusal, Stopped
from composer.engine.sampler import Sampler
from composer.engine.slots import Line, Verdict
from composer.engine.templates import detect
from composer.engine.vocabulary import Vocabulary

TIME_UP = 2  # in the flag: not cancelled, but to be stopped
REJECTS = 16  # draws of one token before a slot is closed by force
MOST_CONTEXT = 16_384  # tokens, where the app does not ask for a number
_NOT_WRITERS = ("bert", "nomic-bert", "jina-bert", "t5encoder", "clip", "wavtokenizer", "neo-bert", "modern-bert")

Emit = Callable[[m.Event], None]


@dataclass
class Tally:
    """What a request cost."""

    read: int = 0
    reused: int = 0
    written: int = 0
    read_seconds: float = 0.0
    write_seconds: float = 0.0


class Engine:
    """A loaded model and its context.

    `flag` is a C string of two bytes: not empty means stop. The library looks at it after every node of its graph,
    some hundred times a token, so it calls `strlen` for that and no Python. `model` is the library's handle, None
    while nothing is loaded; `memory` and `vocabulary` are there while something is.
    """

    memory: Memory
    vocabulary: Vocabulary

    def __init__(self, flag: bytearray) -> None:
        lib.llama_backend_init()
        self._flag = flag
        self._shared = (ctypes.c_char * 2).from_buffer(flag)
        strlen = (ctypes.CDLL("msvcrt") if os.name == "nt" else ctypes.CDLL(None)).strlen
        self._abort = lib.ggml_abort_callback(ctypes.cast(strlen, ctypes.c_void_p).value or 0)
        self._on_load: Callable[[float], None] = lambda _done: None
        self._progress = lib.llama_progress_callback(self._on_progress)
        self.model = self._ctx = None
        self._pool: waiting.Pool | None = None
        self.openmp = waiting.has_openmp()
        self.asked = m.Load("")
        self.info: m.Loaded | None = None

    # ------------------------------------------------------------------------------------------------ loading

    def load(self, ask: m.Load, request: int, progress: Callable[[float], None]) -> m.Loaded:
        """Load a file and make a context. Raises `Refusal` (`not-loaded`, `not-text`, `no-context`) or `Stopped`."""
        self.close()
        self._on_load = progress
        params = lib.llama_model_default_params()
        params.progress_callback = self._progress
        self.model = lib.llama_model_load_from_file(os.fsencode(ask.path), params)
        if not self.model:
            raise Stopped if self.stopped() else Refusal("not-loaded", ask.path)
        architecture = self._meta("general.architecture")
        self.vocabulary = self._writer(architecture)
        trained = lib.llama_model_n_ctx_train(self.model)
        wanted = min(ask.context or MOST_CONTEXT, trained or MOST_CONTEXT)
        self.make_context(max(wanted, 256), ask)
        name = self._meta("general.name") or Path(ask.path).name
        template = self._meta("tokenizer.chat_template", 65_536)
        self.info = m.Loaded(
            request,
            name=name,
            architecture=architecture,
            family=detect(architecture, name, template),
            context=self.memory.size,
            trained=trained,
            size=lib.llama_model_size(self.model),
            parameters=lib.llama_model_n_params(self.model),
            threads=lib.llama_n_threads(self._ctx),
            rewinds=not (lib.llama_model_is_recurrent(self.model) or lib.llama_model_is_hybrid(self.model)),
            step=self.memory.step,
        )
        return self.info

    def make_context(self, context: int, ask: m.Load) -> None:
        """Make a context of `context` tokens with the settings of `ask`. Raises `Refusal("no-context")`."""
        self._drop_context()
        self.asked = ask
        step = min(max(ask.step, 32), 512, context)
        params = lib.llama_context_default_params()
        params.n_ctx = context
        params.n_batch = params.n_ubatch = step
        params.n_seq_max = 1
        params.n_threads = ask.threads or default_threads()
        params.n_threads_batch = ask.threads_batch or ask.threads or default_threads()
        params.flash_attn_type = -1 if ask.flash else 0
        params.swa_full = True  # a sliding window would forget the prefix that is kept between requests
        params.no_perf = True
        params.abort_callback = self._abort
        params.abort_callback_data = ctypes.addressof(self._shared)
        self._ctx = lib.llama_init_from_model(self.model, params)
        if not self._ctx:
            raise Refusal("no-context", str(context))
        if not self.openmp:
            self._pool = waiting.Pool(self._ctx, max(params.n_threads, params.n_threads_batch), ask.wait)
        self.memory = Memory(self._ctx, step, self.stopped)

    def close(self) -> None:
        """Free the context and the model. Safe to call twice."""
        self._drop_context()
        if self.model:
            lib.llama_model_free(self.model)
            self.model = None
        self.info = None

    def _drop_context(self) -> None:
        if self._ctx:
            lib.llama_free(self._ctx)
            self._ctx = None
        if self._pool:
            self._pool.free()
            self._pool = None

    def _writer(self, architecture: str) -> Vocabulary:
        """The vocabulary of a model that can write. Raises `Refusal("not-text")` for all others."""
        causal = self._meta(f"{architecture}.attention.causal")
        embeds = architecture in _NOT_WRITERS or causal == "false"
        if embeds or not lib.llama_model_has_decoder(self.model) or lib.llama_model_has_encoder(self.model):
            raise Refusal("not-text", architecture)
        vocabulary = Vocabulary(self.model)
        if not vocabulary.kind:
            raise Refusal("not-text", "no vocabulary")
        return vocabulary

    def _meta(self, key: str, limit: int = 512) -> str:
        buffer = ctypes.create_string_buffer(limit)
        length = lib.llama_model_meta_val_str(self.model, key.encode(), buffer, limit)
        return buffer.value.decode("utf-8", "replace") if length >= 0 else ""

    def _on_progress(self, done: float, _data: object) -> bool:
        self._on_load(done)
        return not self.stopped()

    def stopped(self) -> bool:
        """Whether the request being served is cancelled."""
        return self._flag[0] != 0

    # ------------------------------------------------------------------------------------------- measuring

    @property
    def size(self) -> int:
        """Tokens of the context. Raises `Refusal("no-model")`."""
        self._require_model()
        return self.memory.size

    def use(self, ask: m.Load) -> None:
        """Make the context anew with other settings; the model stays loaded."""
        self.make_context(self.memory.size, ask)

    def trial(self, ask: m.Load, length: int) -> m.Trial:
        """Tokens a second with these settings: `length` tokens read in steps, and a few written."""
        self._require_model()
        if ask != self.asked:
            self.use(ask)
        memory = self.memory
        memory.rewind(0)
        tokens = self.vocabulary.plain(max(8, min(length, memory.size // 2)))
        started = time.monotonic()
        memory.read(tokens)
        read = len(tokens) / (time.monotonic() - started)
        few = tokens[:4]
        started = time.monotonic()
        for token in few:
            memory.read([token])
        write = len(few) / (time.monotonic() - started)
        memory.rewind(0)
        return replace(self.idle_trial(), read=round(read, 2), write=round(write, 2))

    def idle_trial(self) -> m.Trial:
        """The settings in use, with nothing measured."""
        threads, batch = lib.llama_n_threads(self._ctx), lib.llama_n_threads_batch(self._ctx)
        wait = waiting.of_process() if self.openmp else self.asked.wait
        return m.Trial(threads, batch, self.memory.step, self.asked.flash, 0.0, 0.0, wait)

    def time_up(self) -> None:
        """Stop what is being computed, as a cancel does, without being one. For a timer's thread."""
        if not self._flag[0]:
            self._flag[0] = TIME_UP

    def out_of_time(self) -> bool:
        """Whether it was the time that stopped it; then forget that. A cancel is never forgotten here."""
        if self._flag[0] != TIME_UP:
            return False
        self._flag[0] = 0
        return True

    # ---------------------------------------------------------------------------------------------- reading

    def count(self, texts: Iterable[str]) -> tuple[int, ...]:
        """How many tokens each text is, as plain text. Raises `Refusal("no-model")`."""
        self._require_model()
        return tuple(len(self.vocabulary.tokens(text)) for text in texts)

    def write(self, ask: m.Write, request: int, emit: Emit) -> Tally:
        """Read the prompt and fill the slots, emitting `Reading`, `Text` and `Filled`.

        Raises `Stopped` when cancelled (the memory then holds whole steps only) and `Refusal` (`no-model`,
        `context`, `tokens`, `computation`, `not-finite`).
        """
        self._require_model()
        tally, memory = Tally(), self.memory
        pending, cuts, said = self._prompt(ask.steps)
        need = len(pending) + sum(s.max_tokens for s in ask.steps if isinstance(s, m.Slot))
        if need > memory.room:
            raise Refusal("context", f"{need} tokens of {memory.room}")
        tally.reused = memory.keep(pending, cuts, said)
        started = time.monotonic()

        def read(done: int) -> None:
            emit(m.Reading(request, done, len(pending), tally.reused))

        sampler = Sampler(self._ctx, memory, self.vocabulary.size, ask)
        try:
            memory.read(pending[tally.reused :], cuts, read)
            tally.read = len(memory.cells) - tally.reused
            tally.read_seconds = time.monotonic() - started
            started = time.monotonic()
            first = next((i for i, step in enumerate(ask.steps) if isinstance(step, m.Slot)), len(ask.steps))
            waiting: list[int] = []
            for step in ask.steps[first:]:
                if isinstance(step, m.Piece):
                    waiting += self._piece_tokens(step)
                    continue
                if not waiting and not memory.fresh:  # the slot before took a token back
                    waiting = memory.cells[-1:]
                    memory.take_back(len(memory.cells) - 1)
                memory.read(waiting)
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
        bos = self.vocabulary.bos
        tokens: list[int] = [bos] if bos >= 0 else []
        ends, said = [], False
        for step in steps:
            if isinstance(step, m.Slot):
                break
            more = self._piece_tokens(step)
            if tokens == [bos] and more[:1] == [bos]:
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
                at = min(at + self.memory.step, end)
                cuts.append(at)
        return tokens, cuts, said

    def _piece_tokens(self, piece: m.Piece) -> list[int]:
        if not piece.tokens:
            return self.vocabulary.tokens(piece.text, piece.special)
        if not all(0 <= token < self.vocabulary.size for token in piece.tokens):
            raise Refusal("tokens", "out of range")
        return list(piece.tokens)

    # ---------------------------------------------------------------------------------------------- writing

    def _fill(self, slot: m.Slot, sampler: Sampler, request: int, emit: Emit, tally: Tally) -> list[int]:
        """Fill one slot; the tokens of it that are not yet in memory are returned, to be fed with what follows."""
        if slot.choices:
            return self._choose(slot, sampler, request, emit, tally)
        memory = self.memory
        line, tokens = self._begin(slot)
        base, rejects, told = len(memory.cells), 0, len(line.text)
        why = "length"
        while len(tokens) < slot.max_tokens:
            if len(tokens) > len(memory.cells) - base:
                memory.read(tokens[len(memory.cells) - base :])
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
            if len(line.text) > told:
                emit(m.Text(request, slot.name, line.text[told:]))
                told = len(line.text)
        tokens = self._settle(tokens, line, base)
        tally.written += len(tokens)
        emit(m.Filled(request, slot.name, line.text.strip(), tuple(tokens), why, rejects))
        return tokens[len(memory.cells) - base :]

    def _begin(self, slot: m.Slot) -> tuple[Line, list[int]]:
        """A slot's line with what was written of it before, and the tokens of that; an empty one where that does not
        fit, or is all of it."""
        line, tokens = Line(slot), self.vocabulary.tokens(slot.begun)
        for token in tokens:
            if line.offer(self.vocabulary.piece(token)) is not Verdict.KEEP:
                return Line(slot), []
        return line, tokens

    def _settle(self, tokens: list[int], line: Line, base: int) -> list[int]:
        """The tokens of the closed slot, and a memory that holds a beginning of them and nothing else."""
        cut = self.vocabulary.tokens
        tokens = cut(line.text) if line.tail is None else tokens[: line.whole] + cut(line.tail)
        self.memory.take_back(base + shared(self.memory.cells[base:], tokens))
        return tokens

    def _draw(self, line: Line, sampler: Sampler) -> tuple[int, Verdict, int]:
        """Sample a token that fits; after too many that do not, give up with `REJECT`."""
        for refused in range(REJECTS):
            token = sampler.sample()
            if self.vocabulary.ends(token):
                verdict = line.end()
            elif data := self.vocabulary.piece(token):
                verdict = line.offer(data)
            else:
                verdict = Verdict.REJECT
            if verdict is not Verdict.REJECT:
                return token, verdict, refused
            sampler.ban(token)
        return -1, Verdict.REJECT, REJECTS

    def _choose(self, slot: m.Slot, sampler: Sampler, request: int, emit: Emit, tally: Tally) -> list[int]:
        """Fill a slot with one of its choices, by a walk through the tree of their tokens."""
        memory, cut = self.memory, self.vocabulary.tokens
        ways = {choice: cut(choice + "\n") for choice in dict.fromkeys(slot.choices)}
        base = len(memory.cells)
        taken: list[int] = []
        while len(ways) > 1:
            depth = len(taken)
            allowed = sorted({way[depth] for way in ways.values() if len(way) > depth})
            if not allowed:
                break
            if len(allowed) > 1:
                memory.read(taken[len(memory.cells) - base :])
            taken.append(sampler.among(allowed) if len(allowed) > 1 else allowed[0])
            ways = {c: way for c, way in ways.items() if way[: depth + 1] == taken}
        choice = min(ways)
        tokens = cut(choice)
        same = shared(memory.cells[base:], tokens)
        memory.take_back(base + same)
        tally.written += len(tokens)
        emit(m.Filled(request, slot.name, choice, tuple(tokens), "choice"))
        return tokens[same:]
