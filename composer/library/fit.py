"""Will a model run here: how much memory it needs with a given context, and whether that is free.

The need is that of the engine as it is set up here: weights mapped from the file, keys and values in 16 bits for every
layer and every token of the context (`swa_full`), prompt steps of 128 tokens, one sequence. llama.cpp keeps a second,
rearranged copy of some matrices in memory (`ggml_repack_get_optimal_repack_type` in `ggml-cpu/repack.cpp`, 0.3.36);
the pages of the file under them are read once and can go when memory is short, so they count for the peak and not for
what must be free.
"""

from dataclasses import dataclass, replace

from composer.library.catalogue import Entry
from composer.library.gguf_header import HeaderInfo
from composer.library.gguf_read import nice_size
from composer.library.graphics import Graphics
from composer.library.machine import Machine

STEP = 128  # tokens of a prompt step
CELL = 256  # the context is rounded up to whole cells of so many tokens (GGML_PAD in llama_context)
CACHE_BYTES = 2  # per number of the cache, f16
STATE_BYTES = 64_000_000  # allowed for the fixed state of recurrent and hybrid models; their cache counts as if full
BASE = 57_000_000  # the engine's process without a model: Python and the libraries (measured, Linux x86-64)
WORD = 150  # bytes for each token and each merge of the vocabulary (measured: 116 to 152, more while it loads)

# Tensor types with a rearranged copy, by processor.
_REPACKED_AVX2 = frozenset({2, 12, 20, 39})  # Q4_0, Q4_K, IQ4_NL, MXFP4
_REPACKED_AVX512 = frozenset({10})  # Q2_K
_REPACKED_ARM = frozenset({2, 8, 12, 13, 14, 20, 39})  # Q4_0, Q8_0, Q4_K, Q5_K, Q6_K, IQ4_NL, MXFP4

COMFORT = 0.9  # of what is free: the rest is for the window and other programs


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes that a model needs: its file, rearranged copies, the context's keys and values, and all else. `context` is
    in tokens. `rough` says that no header was at hand and the context's share is a guess."""

    context: int
    file: int
    copies: int
    cache: int
    other: int
    rough: bool = False

    @property
    def peak(self) -> int:
        """The most that the engine's process occupies, pages of the file among it."""
        return self.file + self.copies + self.cache + self.other

    @property
    def free(self) -> int:
        """What must be free for it to run well."""
        return self.peak - self.copies


@dataclass(frozen=True, slots=True)
class Fit:
    """The answer: `colour` is `green`, `amber`, `red`, or `grey` where it cannot be told; `sentence` says why."""

    colour: str
    sentence: str
    need: Need


def repacked(machine: Machine) -> frozenset[int]:
    """The tensor types of which this processor gets a rearranged copy."""
    features = machine.features
    if machine.processor in ("arm64", "aarch64"):
        # Every Apple processor has these; elsewhere Linux says so.
        return _REPACKED_ARM if features is None or "asimddp" in features else frozenset()
    if features is None:
        return _REPACKED_AVX2 if machine.processor in ("x86_64", "amd64") else frozenset()
    kinds: frozenset[int] = frozenset()
    if "avx2" in features:
        kinds |= _REPACKED_AVX2
    if "avx512f" in features:
        kinds |= _REPACKED_AVX512
    return kinds


def cache_bytes(info: HeaderInfo, context: int) -> int:
    """Bytes of keys and values for `context` tokens. Layers that share those of others keep none."""
    shape = info.shape
    tokens = context + -context % CELL
    numbers = 0
    for index in range(shape.layers - shape.shared_kv_layers):
        windowed = shape.windowed[index]
        length = shape.key_length_swa + shape.value_length_swa if windowed else shape.key_length + shape.value_length
        numbers += shape.kv_heads[index] * length
    return numbers * tokens * CACHE_BYTES + (STATE_BYTES if shape.recurrent else 0)


def estimate(info: HeaderInfo, context: int, machine: Machine) -> Need:
    """What the model of this header needs with a context of so many tokens (at most the model's own)."""
    shape = info.shape
    context = max(CELL, min(context, info.context or context))
    kinds = repacked(machine)
    copies = sum(size for kind, size in shape.matrices if kind in kinds)
    if shape.tied and shape.tied[0] in kinds:
        copies += shape.tied[1]
    steps = STEP * 4 * (2 * shape.feed_forward + 4 * shape.embedding)
    words = WORD * (shape.vocabulary + shape.merges)
    return Need(context, info.size, copies, cache_bytes(info, context), BASE + words + steps)


def estimate_entry(entry: Entry, context: int) -> Need | None:
    """A rough need before the download, from the size alone; None where not even that is known.

    Without the header the context's share is not known. 150 kB a token is that of a 4B to 8B model of today, more than
    smaller ones need.
    """
    size = entry.best_size
    if size is None:
        return None
    context = min(context, entry.context or context)
    return Need(context, size, 0, context * 150_000, BASE + 80_000_000, rough=True)


def judge(need: Need, machine: Machine, graphics: Graphics | None = None) -> Fit:
    """Compare a need with the memory of this machine, in one sentence; where the engine can use a graphics processor,
    with that too."""
    plain = _judged(need, machine)
    if graphics is None or not need.free:
        return plain
    if graphics.name:
        return _with_graphics(plain, need, graphics)
    if not graphics.offload and plain.colour in ("amber", "red"):
        # Only here is it of use: who has a graphics processor will ask why it does not help.
        return replace(plain, sentence=f"{plain.sentence} This build of the engine uses no graphics processor.")
    return plain


def _with_graphics(plain: Fit, need: Need, graphics: Graphics) -> Fit:
    """The engine lays all layers on the graphics processor where it can (`n_gpu_layers` as the library sets it)."""
    has = f"{graphics.name}, with {nice_size(graphics.free)} free"
    if not graphics.total:
        return replace(plain, sentence=f"{plain.sentence} The engine can use {graphics.name}.")
    if need.free > graphics.free * COMFORT:
        return replace(plain, sentence=f"{plain.sentence} It is too large for {has}.")
    about = "roughly " if need.rough else ""
    wants = f"It needs {about}{nice_size(need.free)} with a context of {need.context:,} tokens"
    return Fit("green", f"{wants}, and fits on {has}.", need)


def _judged(need: Need, machine: Machine) -> Fit:
    about = "roughly " if need.rough else ""
    wants = f"needs {about}{nice_size(need.free)} of memory with a context of {need.context:,} tokens"
    slow = _slow(machine)
    if not machine.total:
        return Fit("grey", f"It {wants}; how much this machine has cannot be told.", need)
    if need.free > machine.total * COMFORT:
        return Fit("red", f"It {wants}, more than this machine has ({nice_size(machine.total)}).", need)
    if need.free > machine.free * COMFORT:
        has = f"only {nice_size(machine.free)} are free now; close other programs first"
        return Fit("amber", f"It {wants}, and {has}.", need)
    if slow:
        return Fit("amber", f"It {wants}, which is free, but {slow}.", need)
    return Fit("green", f"It {wants}, and {nice_size(machine.free)} are free.", need)


def largest_context(
    info: HeaderInfo, machine: Machine, choices: tuple[int, ...] = (32_768, 16_384, 8_192, 4_096, 2_048)
) -> int:
    """The largest of `choices` (tokens) that fits now, or 0."""
    for context in choices:
        if context <= (info.context or context) and estimate(info, context, machine).free <= machine.free * COMFORT:
            return context
    return 0


def _slow(machine: Machine) -> str:
    """Why this processor is slow with any model, or nothing."""
    if machine.processor in ("x86_64", "amd64") and machine.features is not None and "avx2" not in machine.features:
        return "this processor lacks AVX2, so it will be slow"
    return ""
