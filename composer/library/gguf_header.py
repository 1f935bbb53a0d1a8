"""Look at a model file before the engine does, and refuse what llama.cpp should never be shown.

Loaders of model files keep having memory bugs, and llama.cpp ends the process on values it did not expect; so
a file is checked here first, in Python, where a wrong length is only a sentence. The checks of meaning follow
`llama_model_base::load_hparams` of llama.cpp as bundled with llama-cpp-python 0.3.36.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

from composer.engine.templates import detect
from composer.library import gguf_facts as facts
from composer.library.gguf_read import MAX_TOKENS, TEMPLATE_KEY, TOKENS_KEY, Array, RawHeader, read, refuse

MAX_LAYERS = 512  # LLAMA_MAX_LAYERS
MAX_EXPERTS = 1024  # LLAMA_MAX_EXPERTS
MAX_EMBEDDING = 1 << 20
MAX_HEADS = 1 << 14
MAX_CONTEXT = 1 << 28

_PART = re.compile(r"^(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf$")
_ANOTHER = "Choose an instruct model that writes text, for example one from the list."


@dataclass(frozen=True, slots=True)
class Shape:
    """The dimensions that decide the memory need.

    Per-layer values have one entry per layer. `matrices` are pairs of tensor type and bytes; `tied` is the type and the
    bytes of the token table where it is the output table too, else None.
    """

    layers: int
    embedding: int
    heads: tuple[int, ...]
    kv_heads: tuple[int, ...]
    key_length: int
    value_length: int
    key_length_swa: int
    value_length_swa: int
    feed_forward: int
    vocabulary: int
    merges: int
    window: int
    windowed: tuple[bool, ...]
    shared_kv_layers: int
    recurrent: bool
    matrices: tuple[tuple[int, int], ...]
    tied: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class HeaderInfo:
    """What the header of a model file says. `size` counts the bytes of all parts; `context` is in tokens, 0
    where unknown; `file_type` is `Q4_K_M` and the like; `template` is the guessed family of chat format or
    None."""

    path: Path
    parts: tuple[Path, ...]
    size: int
    version: int
    architecture: str
    name: str
    file_type: str
    parameters: int
    tensors: int
    tensor_bytes: int
    context: int
    template: str | None
    licence: str
    shape: Shape

    @property
    def split(self) -> bool:
        """Whether the model lies in several files."""
        return len(self.parts) > 1


def check(path: Path) -> HeaderInfo:
    """Check that `path` is a whole GGUF model that writes text, reading only its header.

    Raises `ModelFileError`, in one sentence and a next step, for: no GGUF, empty, cut short, an unreadable
    version, counts, lengths, alignments or tensor places that cannot be, dimensions that cannot be, an
    architecture that is not known here, vocabulary-only files, projectors, adapters, embedding, speech,
    diffusion and draft models, and split files with a part missing.
    """
    path = Path(path)
    raw = read(path)
    _kind(path, raw)
    raws, parts = _parts(path, raw)
    architecture = _architecture(path, raw)
    if sum(part.tensors for part in raws) == 0:
        refuse(path, "holds only a vocabulary and no model", _ANOTHER)
    shape = _shape(path, raw, raws, architecture)
    file_type = raw.keys.get("general.file_type")
    return HeaderInfo(
        path=path,
        parts=parts,
        size=sum(part.size for part in raws),
        version=raw.version,
        architecture=architecture,
        name=_line(_text(raw, "general.name")) or path.stem,
        file_type=facts.FILE_TYPES.get(file_type, "") if isinstance(file_type, int) else "",
        parameters=sum(part.elements for part in raws),
        tensors=sum(part.tensors for part in raws),
        tensor_bytes=sum(part.tensor_bytes for part in raws),
        context=_int(path, raw, f"{architecture}.context_length", 0, MAX_CONTEXT),
        template=guess_template(architecture, _text(raw, "general.name") or path.name, _text(raw, TEMPLATE_KEY)),
        licence=_line(_text(raw, "general.license")),
        shape=shape,
    )


def guess_template(architecture: str, name: str, template: str) -> str | None:
    """The family of a chat format as the engine will take it, or None where it can only guess.

    The template is only searched, never run: it comes from strangers.
    """
    family = detect(architecture, name, template)
    known = family != "chatml" or "<|im_start|>" in template
    return family if known else None


def part_names(path: Path) -> tuple[Path, ...]:
    """All files of a split model, named like `x-00001-of-00003.gguf`; just `path` for any other name."""
    match = _PART.match(path.name)
    if not match or not 1 <= int(match["count"]) <= 999:
        return (path,)
    count = int(match["count"])
    return tuple(path.with_name(f"{match['stem']}-{n:05d}-of-{count:05d}.gguf") for n in range(1, count + 1))


def _text(raw: RawHeader, key: str) -> str:
    value = raw.keys.get(key, "")
    return value if isinstance(value, str) else ""


def _line(text: str) -> str:
    """One printable line of at most 100 characters: names come from the file and end up on a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:100]


def _kind(path: Path, raw: RawHeader) -> None:
    """Refuse the kinds of GGUF that are no models that write text."""
    kind, architecture = _text(raw, "general.type"), _text(raw, "general.architecture")
    if kind in ("mmproj", "clip-vision") or architecture in facts.PROJECTOR:
        refuse(path, "is a projector for pictures or sound, an add-on to a model", _ANOTHER)
    if kind == "adapter":
        refuse(path, "is an adapter (LoRA), an add-on to a model", _ANOTHER)
    if kind == "imatrix":
        refuse(path, "is an importance matrix, used to make models smaller, and not a model", _ANOTHER)
    if kind == "vocab":
        refuse(path, "holds only a vocabulary and no model", _ANOTHER)
    if kind not in ("", "model"):
        refuse(path, "is a GGUF file of another kind, not a model", _ANOTHER)


def _architecture(path: Path, raw: RawHeader) -> str:
    """The architecture, one that llama.cpp here can load and that writes text."""
    name = _text(raw, "general.architecture")
    if not name:
        refuse(path, "does not say what architecture it has")
    pooled = raw.keys.get(f"{name}.pooling_type", 0)
    causal = raw.keys.get(f"{name}.attention.causal", True)
    if name in facts.EMBEDDING or (isinstance(pooled, int) and pooled > 0):
        refuse(path, "is an embedding model: it compares texts and cannot write one", _ANOTHER)
    if f"{name}.classifier.output_labels" in raw.keys:
        refuse(path, "is a classifier: it sorts texts and cannot write one", _ANOTHER)
    if name in facts.SPEECH:
        refuse(path, "is a model for speech and cannot write text", _ANOTHER)
    if name in facts.DRAFT:
        refuse(path, "is a small helper for a larger model and cannot write alone", _ANOTHER)
    if name in facts.DIFFUSION or causal is False:
        refuse(path, "does not write from left to right, which is the only way used here", _ANOTHER)
    if name in facts.ENCODER_DECODER:
        refuse(path, "is a translation-style model (encoder and decoder), which is not used here", _ANOTHER)
    if name not in facts.WRITERS:
        refuse(path, f"has the architecture {_line(name)!r}, which is not known here", "Update, or " + _lower(_ANOTHER))
    return name


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _parts(path: Path, raw: RawHeader) -> tuple[list[RawHeader], tuple[Path, ...]]:
    """The headers and paths of all parts; of the one file where the model is not split."""
    count = _int(path, raw, "split.count", 0, 999)
    names = part_names(path)
    if count <= 1:
        if len(names) > 1 and "split.count" not in raw.keys and "general.architecture" not in raw.keys:
            refuse(path, "is one part of a split model and does not say so inside")
        return [raw], (path,)
    number = _int(path, raw, "split.no", 0, 998)
    if len(names) != count:
        refuse(
            path,
            f"is one of {count} parts, but its name does not end in -{number + 1:05d}-of-{count:05d}.gguf",
            "Give the parts their original names, or download them again.",
        )
    if number != 0 or path != names[0]:
        refuse(path, f"is part {number + 1} of {count} of a split model", f"Choose the first part, {names[0].name}.")
    missing = [name.name for name in names if not name.is_file()]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        refuse(path, f"is split in {count} parts, and {missing[0]}{more} is missing", "Download the missing part.")
    raws = [raw]
    seen = set(raw.names)
    for index, name in enumerate(names[1:], start=1):
        part = read(name)
        # llama.cpp reads the number of a later part as u16 without looking at its type.
        if part.keys.get("split.no") != index or part.types.get("split.no") != 2:
            refuse(name, f"says it is another part than {index + 1} of {count}")
        if seen & part.names:
            refuse(name, "has a tensor that is also in another part; it is damaged")
        seen |= part.names
        raws.append(part)
    total = raw.keys.get("split.tensors.count")
    if total is not None and total != len(seen):
        refuse(path, f"and its other parts hold {len(seen)} tensors where {total} are announced")
    return raws, names


def _int(path: Path, raw: RawHeader, key: str, low: int, high: int, default: int = 0) -> int:
    """An integer key within limits; `default` where absent."""
    value = raw.keys.get(key)
    if value is None:
        return default
    if isinstance(value, Array) or not isinstance(value, int) or isinstance(value, bool):
        refuse(path, f"gives {_line(key)} in the wrong type; it is damaged")
    if not low <= value <= high:
        refuse(path, f"gives {value:,} for {_line(key)}, which cannot be")
    return value


def _per_layer(path: Path, raw: RawHeader, key: str, layers: int, high: int) -> tuple[int, ...] | None:
    """A key that is one integer for all layers or one for each."""
    value = raw.keys.get(key)
    if not isinstance(value, Array):
        return None if value is None else (_int(path, raw, key, 0, high),) * layers
    numbers = tuple(n for n in value.values if isinstance(n, int) and 0 <= n <= high)
    if len(numbers) != layers or value.count != layers:
        refuse(path, f"has a list for {_line(key)} that does not fit its {layers} layers")
    return numbers


def _shape(path: Path, raw: RawHeader, raws: list[RawHeader], architecture: str) -> Shape:
    """The dimensions, each checked to be one that a model can have and that fits the others."""

    def number(key: str, low: int, high: int, default: int = 0) -> int:
        return _int(path, raw, f"{architecture}.{key}", low, high, default)

    for key in ("context_length", "embedding_length", "block_count"):
        if f"{architecture}.{key}" not in raw.keys:
            refuse(path, f"does not say its {key.replace('_', ' ')}; it is incomplete")
    number("context_length", 1, MAX_CONTEXT)
    embedding = number("embedding_length", 1, MAX_EMBEDDING)
    layers = number("block_count", 1, MAX_LAYERS)
    number("nextn_predict_layers", 0, layers - 1)
    _experts(path, raw, architecture, layers)
    _floats(path, raw, architecture)
    recurrent = architecture in facts.RECURRENT or architecture in facts.HYBRID
    heads = _per_layer(path, raw, f"{architecture}.attention.head_count", layers, MAX_HEADS)
    if heads is None and not recurrent:
        refuse(path, "does not say how many attention heads it has; it is incomplete")
    heads = heads or (0,) * layers
    kv_heads = _per_layer(path, raw, f"{architecture}.attention.head_count_kv", layers, MAX_HEADS) or heads
    for many, few in zip(heads, kv_heads, strict=True):
        if few > many or (few and many % few):
            refuse(path, f"has {many} attention heads for {few} keys, which cannot be")
    first = next((count for count in heads if count), 0)
    if not first and not recurrent:
        refuse(path, "has no attention heads, which cannot be")
    head = embedding // first if first else 0
    key_length = number("attention.key_length", 1, MAX_EMBEDDING, head)
    value_length = number("attention.value_length", 1, MAX_EMBEDDING, head)
    if first and not (key_length and value_length):
        refuse(path, "has attention heads of no size, which cannot be")
    rope = number("rope.dimension_count", 0, MAX_EMBEDDING, 0)
    if first and rope > max(key_length, number("attention.key_length_mla", 0, MAX_EMBEDDING)):
        refuse(path, f"turns {rope:,} of {key_length:,} numbers of a head, which cannot be")
    if architecture in ("llama", "deci", "falcon") and rope not in (0, key_length):
        refuse(path, f"turns {rope:,} numbers of a head of {key_length:,}, which cannot be")
    feed = _per_layer(path, raw, f"{architecture}.feed_forward_length", layers, 1 << 24)
    merges = raw.keys.get("tokenizer.ggml.merges")
    window = number("attention.sliding_window", 0, MAX_CONTEXT)
    return Shape(
        layers=layers,
        embedding=embedding,
        heads=heads,
        kv_heads=kv_heads,
        key_length=key_length,
        value_length=value_length,
        key_length_swa=number("attention.key_length_swa", 1, MAX_EMBEDDING, key_length),
        value_length_swa=number("attention.value_length_swa", 1, MAX_EMBEDDING, value_length),
        feed_forward=max(feed) if feed else 0,
        vocabulary=_vocabulary(path, raw, raws, embedding),
        merges=merges.count if isinstance(merges, Array) else 0,
        window=window,
        windowed=_windowed(path, raw, architecture, layers, window),
        shared_kv_layers=number("attention.shared_kv_layers", 0, layers),
        recurrent=recurrent,
        matrices=_matrices(raws),
        tied=_tied(raws),
    )


def _matrices(raws: list[RawHeader]) -> tuple[tuple[int, int], ...]:
    """Bytes of the matrices of all parts by tensor type, in order of type."""
    kinds = sorted({kind for part in raws for kind in part.matrices})
    return tuple((kind, sum(part.matrices.get(kind, 0) for part in raws)) for kind in kinds)


def _tied(raws: list[RawHeader]) -> tuple[int, int] | None:
    """Type and bytes of the token table where there is no output table of its own."""
    if any(b"output.weight" in part.names for part in raws):
        return None
    part = next(part for part in raws if part.embedding)
    block, size = facts.TENSOR_TYPES[part.embedding_type]
    return part.embedding_type, math.prod(part.embedding) // block * size


def _experts(path: Path, raw: RawHeader, architecture: str, layers: int) -> None:
    """The numbers of experts; llama.cpp ends the process where they do not fit together."""
    experts = _int(path, raw, f"{architecture}.expert_count", 0, MAX_EXPERTS)
    used = _per_layer(path, raw, f"{architecture}.expert_used_count", layers, MAX_EXPERTS) or (0,)
    groups = _int(path, raw, f"{architecture}.expert_group_count", 0, MAX_EXPERTS)
    used_groups = _int(path, raw, f"{architecture}.expert_group_used_count", 0, MAX_EXPERTS)
    if architecture in ("hunyuan_vl", "hunyuan-dense") and experts <= 1:
        return
    wrong = max(used) > experts or bool(experts) != bool(max(used)) or groups >= max(experts, 1)
    if groups > 1:
        wrong = wrong or experts % groups != 0 or not 0 < used_groups < groups
    if wrong:
        refuse(path, f"uses {max(used)} of {experts} experts, which cannot be")


def _floats(path: Path, raw: RawHeader, architecture: str) -> None:
    """Every float in the metadata must be a number: one that is not makes every later result nonsense."""
    for key, value in raw.keys.items():
        if isinstance(value, float) and not math.isfinite(value):
            refuse(path, f"gives a value for {_line(key)} that is not a number")
    scaling = raw.keys.get(f"{architecture}.rope.scaling.type", "linear")
    if scaling not in ("none", "linear", "yarn", "longrope"):
        refuse(path, "stretches its context in a way that is not known here")
    base = raw.keys.get(f"{architecture}.rope.freq_base", 10000.0)
    if not isinstance(base, float) or base <= 0:
        refuse(path, "has a rope frequency that cannot be")


def _vocabulary(path: Path, raw: RawHeader, raws: list[RawHeader], embedding: int) -> int:
    """The number of tokens; the lists about them must be as long, and the first tensor must have their
    shape."""
    if _text(raw, "tokenizer.ggml.model") in ("", "none", "no_vocab"):
        refuse(path, "has no vocabulary and cannot write text", _ANOTHER)
    tokens = raw.keys.get(TOKENS_KEY)
    if not isinstance(tokens, Array) or tokens.type != facts.STRING or not 1 <= tokens.count <= MAX_TOKENS:
        refuse(path, "has no list of tokens; it is damaged")
    for key, kinds in (("scores", (5, 6)), ("token_type", (5,))):
        other = raw.keys.get(f"tokenizer.ggml.{key}")
        fits = isinstance(other, Array) and other.type in kinds and other.count >= tokens.count
        if other is not None and not fits:
            refuse(path, f"has a list of token {key.replace('_', ' ')} that does not fit its tokens")
    if raw.token_twice:
        refuse(path, "has a token twice in its vocabulary; it is damaged")
    for key in ("bos", "eos", "unknown", "padding", "eot", "eom"):
        _int(path, raw, f"tokenizer.ggml.{key}_token_id", 0, 0xFFFFFFFF)
    shapes = [part.embedding for part in raws if part.embedding]
    if not shapes:
        refuse(path, "lacks the tensor token_embd.weight; it is incomplete")
    if shapes[0][0] != embedding or (len(shapes[0]) > 1 and shapes[0][1] != tokens.count):
        refuse(path, "has weights that do not fit its vocabulary; it is damaged")
    return tokens.count


def _windowed(path: Path, raw: RawHeader, architecture: str, layers: int, window: int) -> tuple[bool, ...]:
    """Which layers look back only `window` tokens.

    The list stands in the file for Gemma 4 and others; for older ones llama.cpp has a fixed pattern, every
    n-th layer whole (`set_swa_pattern` in `src/models/`).
    """
    value = raw.keys.get(f"{architecture}.attention.sliding_window_pattern")
    if isinstance(value, Array):
        if value.count < layers or len(value.values) < layers:
            refuse(path, f"has a list of windowed layers that does not fit its {layers} layers")
        return tuple(bool(flag) for flag in value.values[:layers])
    every = {"gemma2": 2, "gemma3": 6, "gemma3n": 5, "cohere2": 4, "gpt-oss": 2}.get(architecture, 0)
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= layers:
        every = value
    if not window or not every:
        return (False,) * layers
    return tuple(index % every < every - 1 for index in range(layers))
