"""Small GGUF files, built byte by byte, that remember where each field stands."""

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

U8, I8, U16, I16, U32, I32, F32, BOOL, STR, ARR, U64, I64, F64 = range(13)
CODES = {U8: "B", I8: "b", U16: "H", I16: "h", U32: "I", I32: "i", F32: "f", BOOL: "?", U64: "Q", I64: "q", F64: "d"}


@dataclass(frozen=True)
class Place:
    """A field: its first byte, its size, and what it is (`count`, `length`, `type`, `offset`, `dimension`,
    ...)."""

    at: int
    size: int
    what: str


@dataclass
class Builder:
    data: bytearray = field(default_factory=bytearray)
    places: list[Place] = field(default_factory=list)

    def put(self, code: str, value: Any, what: str) -> None:
        raw = struct.pack("<" + code, value)
        self.places.append(Place(len(self.data), len(raw), what))
        self.data += raw

    def text(self, value: str | bytes, what: str) -> None:
        raw = value.encode() if isinstance(value, str) else value
        self.put("Q", len(raw), f"{what} length")
        self.places.append(Place(len(self.data), len(raw), what))
        self.data += raw

    def value(self, kind: int, value: Any) -> None:
        self.put("I", kind, "type")
        if kind == ARR:
            inner, items = value
            self.put("I", inner, "type")
            self.put("Q", len(items), "count")
            for item in items:
                self.scalar(inner, item)
        else:
            self.scalar(kind, value)

    def scalar(self, kind: int, value: Any) -> None:
        if kind == STR:
            self.text(value, "string")
        else:
            self.put(CODES[kind], value, "value")


KEYS: dict[str, tuple[int, Any]] = {
    "general.architecture": (STR, "llama"),
    "general.type": (STR, "model"),
    "general.name": (STR, "Tiny Test"),
    "general.file_type": (U32, 0),
    "general.license": (STR, "apache-2.0"),
    "llama.context_length": (U32, 512),
    "llama.embedding_length": (U32, 32),
    "llama.block_count": (U32, 2),
    "llama.feed_forward_length": (U32, 64),
    "llama.attention.head_count": (U32, 4),
    "llama.attention.head_count_kv": (U32, 2),
    "llama.attention.layer_norm_rms_epsilon": (F32, 1e-5),
    "llama.rope.dimension_count": (U32, 8),
    "llama.rope.freq_base": (F32, 10000.0),
    "tokenizer.ggml.model": (STR, "gpt2"),
    "tokenizer.ggml.tokens": (ARR, (STR, [f"t{n}" for n in range(16)])),
    "tokenizer.ggml.token_type": (ARR, (I32, [1] * 16)),
    "tokenizer.ggml.merges": (ARR, (STR, ["t 1"])),
    "tokenizer.ggml.eos_token_id": (U32, 1),
    "tokenizer.chat_template": (STR, "{% for m in messages %}<|im_start|>{% endfor %}"),
}

F32_TYPE = 0
TENSORS: list[tuple[str, tuple[int, ...], int]] = [
    ("token_embd.weight", (32, 16), F32_TYPE),
    ("blk.0.attn_q.weight", (32, 32), 8),
    ("output_norm.weight", (32,), F32_TYPE),
]
BLOCKS = {0: (1, 4), 1: (1, 2), 2: (32, 18), 8: (32, 34)}


def build(
    keys: dict[str, tuple[int, Any] | None] | None = None,
    tensors: list[tuple[str, tuple[int, ...], int]] | None = None,
    *,
    version: int = 3,
    magic: bytes = b"GGUF",
    align: int = 32,
) -> Builder:
    """A whole small model. `keys` replaces or, with None, removes metadata."""
    merged = {**KEYS, **(keys or {})}
    entries = [(key, value) for key, value in merged.items() if value is not None]
    rows = TENSORS if tensors is None else tensors
    out = Builder()
    out.places.append(Place(0, 4, "magic"))
    out.data += magic
    out.put("I", version, "version")
    out.put("Q", len(rows), "count")
    out.put("Q", len(entries), "count")
    for key, (kind, value) in entries:
        out.text(key, "key")
        out.value(kind, value)
    offset, sizes = 0, []
    for name, shape, kind in rows:
        out.text(name, "tensor name")
        out.put("I", len(shape), "dimensions")
        elements = 1
        for size in shape:
            out.put("Q", size, "dimension")
            elements *= size
        out.put("I", kind, "tensor type")
        out.put("Q", offset, "offset")
        block, unit = BLOCKS.get(kind, (1, 4))
        sizes.append(elements // block * unit)
        offset += sizes[-1] + -sizes[-1] % align
    if rows:
        out.data += b"\0" * (-len(out.data) % align)
        for size in sizes:
            out.data += b"\1" * size + b"\0" * (-size % align)
    return out


def write(path: Path, *args: Any, **kwargs: Any) -> Path:
    path.write_bytes(bytes(build(*args, **kwargs).data))
    return path
