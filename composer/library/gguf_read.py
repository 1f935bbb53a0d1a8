"""Read the header of a GGUF file: counts, keys, tensor places. Knows the format, not what the keys mean.

The layout is that of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, little-endian. A file comes
from strangers, so every length is compared with what is left of the file before anything is read, and there
are limits far above any real model: the reader holds at most about `WINDOW` bytes of the file plus the kept
keys and tensor names.
"""

import math
import struct
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NoReturn

from composer.errors import ModelFileError
from composer.library.gguf_facts import ARRAY, SCALARS, STRING, TENSOR_TYPES

WINDOW = 64 * 1024
MAX_HEADER = 256 * 1024 * 1024  # the largest known (262k tokens, 515k merges) is 16 MB
MAX_KEYS = 4_096
MAX_KEY = 512
MAX_TENSORS = 32_768
MAX_TENSOR_NAME = 63  # GGML_MAX_NAME less the closing zero
MAX_STRINGS = 4_000_000  # in all arrays together
KEPT_ARRAY = 512  # LLAMA_MAX_LAYERS: per-layer values are never longer
KEPT_TEXT = 256
KEPT_TEMPLATE = 64 * 1024
TEMPLATE_KEY = "tokenizer.chat_template"
TOKENS_KEY = "tokenizer.ggml.tokens"
MAX_TOKENS = 1 << 20  # the largest vocabulary known has 262,144
_BUCKETS = 16

AGAIN = "Download it again, or choose another file."


def refuse(path: Path, why: str, do: str = AGAIN) -> NoReturn:
    """Raise the error that names the file and says what is wrong with it."""
    raise ModelFileError(f"{path.name} {why}.", do=do)


@dataclass(frozen=True, slots=True)
class Array:
    """A metadata array: its element type, its length, and the values where they are few numbers."""

    type: int
    count: int
    values: tuple[int | float | bool, ...] = ()


Value = int | float | bool | str | Array


@dataclass(slots=True)
class RawHeader:
    """What stands in a header. `types` has the type number of each key; `elements` the number of all weights;
    `data_start` the byte where the tensors begin; `tensor_bytes` their bytes without padding; `embedding` the
    shape of `token_embd.weight`, empty where the file has none; `matrices` the bytes of all other matrices by tensor
    type; `token_twice` says that two tokens are the same."""

    version: int
    size: int
    alignment: int = 32
    keys: dict[str, Value] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    tensors: int = 0
    elements: int = 0
    tensor_bytes: int = 0
    data_start: int = 0
    embedding: tuple[int, ...] = ()
    embedding_type: int = 0
    matrices: dict[int, int] = field(default_factory=dict)
    names: set[bytes] = field(default_factory=set)
    token_twice: bool = False


class _Window:
    """A file read through one small buffer, that never asks for more than the file has."""

    def __init__(self, file: BinaryIO, size: int, path: Path) -> None:
        self.file, self.size, self.path = file, size, path
        self.limit = min(size, MAX_HEADER)
        self.pos = 0
        self.base = 0
        self.buffer = b""

    def need(self, count: int) -> None:
        if count > self.limit - self.pos:
            if self.size > MAX_HEADER:
                refuse(self.path, "has a header larger than any model's")
            refuse(self.path, "ends in the middle of its header; it is incomplete or damaged")

    def take(self, count: int) -> bytes:
        """The next `count` bytes, at most `WINDOW`."""
        self.need(count)
        start = self.pos - self.base
        if start < 0 or start + count > len(self.buffer):
            self.file.seek(self.pos)
            self.buffer = self.file.read(min(WINDOW, self.limit - self.pos))
            self.base, start = self.pos, 0
            if len(self.buffer) < count:
                refuse(self.path, "changed or could not be read to the end while it was checked")
        self.pos += count
        return self.buffer[start : start + count]

    def skip(self, count: int) -> None:
        self.need(count)
        self.pos += count

    def number(self, code: str, size: int) -> int:
        value: int = struct.unpack(code, self.take(size))[0]
        return value

    def u32(self) -> int:
        return self.number("<I", 4)

    def u64(self) -> int:
        return self.number("<Q", 8)

    def skip_strings(self, count: int) -> None:
        """Step over `count` strings, looking only at their lengths."""
        unpack = struct.Struct("<Q").unpack_from
        while count:
            self.take(8)
            self.pos -= 8
            at, buffer = self.pos - self.base, self.buffer
            last = len(buffer) - 8
            while count and at <= last:
                at += 8 + unpack(buffer, at)[0]
                count -= 1
            if self.base + at > self.limit:
                self.need(self.base + at - self.pos)
            self.pos = self.base + at

    def twice(self, count: int) -> bool:
        """Read `count` strings and say whether two are the same, keeping 8 bytes of each."""
        unpack = struct.Struct("<Q").unpack_from
        hashes = array("q")
        for _ in range(count):
            length = unpack(self.take(8))[0]
            if length > WINDOW:
                refuse(self.path, f"has a token of {length:,} bytes, which cannot be")
            if length:  # llama.cpp gives empty ones names of their own
                hashes.append(hash(self.take(length)))
        # In parts, because a set of numbers takes ten times the room of the numbers.
        for bucket in range(_BUCKETS):
            part = [one for one in hashes if one % _BUCKETS == bucket]
            if len(set(part)) < len(part):
                return True
        return False


def read(path: Path) -> RawHeader:
    """Read the header of `path`.

    Raises `ModelFileError` where the file cannot be opened, is no GGUF of version 2 or 3, is cut short, or
    has a count, length, offset or type that cannot be.
    """
    try:
        if path.is_dir():
            refuse(path, "is a folder, not a model file", "Choose the .gguf file inside it.")
        if not path.is_file():
            refuse(path, "is not there, or is not an ordinary file", "Choose another file.")
        with path.open("rb", buffering=0) as file:
            size = path.stat().st_size
            return _read(_Window(file, size, path))
    except OSError as error:
        raise ModelFileError(
            f"{path.name} could not be read: {error.strerror or 'the disk gave an error'}.",
            do="Check the disk and the file's permissions, or choose another file.",
        ) from error


def _read(window: _Window) -> RawHeader:
    header = RawHeader(version=_magic(window), size=window.size)
    tensors, keys = window.u64(), window.u64()
    # A key takes at least 13 bytes, a tensor at least 24.
    left = window.size - window.pos
    if keys > MAX_KEYS or keys * 13 > left:
        refuse(window.path, f"claims {keys:,} metadata entries, which cannot be")
    if tensors > MAX_TENSORS or tensors * 24 > left:
        refuse(window.path, f"claims {tensors:,} tensors, which cannot be")
    strings = 0
    for _ in range(keys):
        strings += _key(window, header)
        if strings > MAX_STRINGS:
            refuse(window.path, "has a larger vocabulary than any model")
    header.alignment = _alignment(window.path, header)
    _tensors(window, header, tensors)
    return header


def _magic(window: _Window) -> int:
    """Check the first bytes; return the version."""
    path = window.path
    if window.size == 0:
        refuse(path, "is empty")
    magic = window.take(min(4, window.size))
    if magic != b"GGUF":
        if magic in (b"ggml", b"ggjt", b"lmgg", b"tjgg", b"fmgg", b"ggmf"):
            refuse(path, "is a model in a format from before 2023 that is no longer read", "Choose a GGUF file.")
        if magic == b"vers":
            refuse(path, "is a pointer to a large file, not the file itself", "Download the model file itself.")
        refuse(path, "is not a GGUF model file", "Choose a file in the GGUF format; its name usually ends in .gguf.")
    version = window.u32()
    if version & 0xFFFF == 0 and version:
        refuse(path, "is in the byte order of another kind of processor", "Choose the little-endian file.")
    if version not in (2, 3):
        old = version < 2
        refuse(
            path,
            f"is GGUF version {version}; versions 2 and 3 are read here",
            "Choose a newer file." if old else "Update Post Composer, or choose another file.",
        )
    return version


def _text(window: _Window, count: int) -> str:
    return window.take(count).decode("utf-8", "replace")


def _key(window: _Window, header: RawHeader) -> int:
    """Read one key and its value into `header`; return the number of strings stepped over."""
    path = window.path
    length = window.u64()
    if not 1 <= length <= MAX_KEY:
        refuse(path, f"has a metadata name of {length:,} bytes, which cannot be")
    key = _text(window, length)
    if key in header.keys:
        refuse(path, "has a metadata entry twice; it is damaged")
    kind = window.u32()
    header.types[key] = kind
    if kind in SCALARS:
        size, code = SCALARS[kind]
        header.keys[key] = window.number(code, size)
    elif kind == STRING:
        header.keys[key] = _string(window, key)
    elif kind == ARRAY:
        value = _array(window, header, key)
        header.keys[key] = value
        return value.count if value.type == STRING else 0
    else:
        refuse(path, f"has a metadata entry of an unknown type ({kind}); it is damaged")
    return 0


def _string(window: _Window, key: str) -> str:
    length = window.u64()
    window.need(length)
    kept = min(length, KEPT_TEMPLATE if key == TEMPLATE_KEY else KEPT_TEXT)
    text = _text(window, kept)
    window.skip(length - kept)
    return text


def _array(window: _Window, header: RawHeader, key: str) -> Array:
    kind, count = window.u32(), window.u64()
    if kind == STRING:
        if count > MAX_STRINGS:
            refuse(window.path, "has a larger vocabulary than any model")
        window.need(count * 8)
        if key == TOKENS_KEY and count <= MAX_TOKENS:
            header.token_twice = window.twice(count)
        else:
            window.skip_strings(count)
        return Array(kind, count)
    if kind not in SCALARS:
        refuse(window.path, f"has a list of an unknown type ({kind}); it is damaged")
    size, code = SCALARS[kind]
    window.need(count * size)
    if count > KEPT_ARRAY:
        window.skip(count * size)
        return Array(kind, count)
    values = struct.unpack(f"<{count}{code[1]}", window.take(count * size))
    return Array(kind, count, values)


def _alignment(path: Path, header: RawHeader) -> int:
    value = header.keys.get("general.alignment", 32)
    if header.types.get("general.alignment", 4) != 4 or not isinstance(value, int):
        refuse(path, "gives its alignment in the wrong type; it is damaged")
    if not 32 <= value <= 4096 or value & (value - 1):
        refuse(path, f"has an alignment of {value:,}, which must be a power of two from 32 to 4,096")
    return value


def _tensors(window: _Window, header: RawHeader, count: int) -> None:
    """Read the tensor table: each tensor must begin where the one before ends, and all must end inside the
    file."""
    path, align = window.path, header.alignment
    expected = end = 0
    for _ in range(count):
        length = window.u64()
        if not 1 <= length <= MAX_TENSOR_NAME:
            refuse(path, f"has a tensor name of {length:,} bytes, which cannot be")
        name = window.take(length)
        if name in header.names:
            refuse(path, "has a tensor twice; it is damaged")
        header.names.add(name)
        shape, kind, elements, size = _shape(window)
        offset = window.u64()
        if offset != expected:
            refuse(path, "has a tensor in the wrong place; it is damaged")
        end = offset + size
        expected = end + -end % align
        header.elements += elements
        header.tensor_bytes += size
        if name == b"token_embd.weight":
            header.embedding, header.embedding_type = shape, kind
        elif len(shape) > 1 and not name.endswith(b"token_embd.weight"):
            header.matrices[kind] = header.matrices.get(kind, 0) + size
    header.tensors = count
    header.data_start = window.pos + -window.pos % align
    if count and header.data_start + end > window.size:
        missing = header.data_start + end - window.size
        refuse(path, f"is incomplete: {nice_size(missing)} of {nice_size(header.data_start + end)} are missing")


def _shape(window: _Window) -> tuple[tuple[int, ...], int, int, int]:
    """Read a tensor's dimensions and type. Returns the dimensions, the type, the numbers of elements and of bytes."""
    path = window.path
    dims = window.u32()
    if not 1 <= dims <= 4:
        refuse(path, f"has a tensor with {dims:,} dimensions, which cannot be")
    shape = struct.unpack(f"<{dims}Q", window.take(8 * dims))
    elements = math.prod(shape)
    if elements == 0 or elements >= 2**63:
        refuse(path, "has a tensor of an impossible size")
    kind = window.u32()
    if kind not in TENSOR_TYPES:
        refuse(
            path,
            f"has a tensor of type {kind}, which is unknown here",
            "Choose another file, for example one whose name has Q4_K_M in it.",
        )
    block, size = TENSOR_TYPES[kind]
    if shape[0] % block:
        refuse(path, "has a tensor whose rows are not whole blocks; it is damaged")
    return shape, kind, elements, elements // block * size


def nice_size(count: float) -> str:
    """`3.4 GB`, decimal units, as the hub shows sizes."""
    value, unit = float(count), "bytes"
    for bigger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, bigger
    return f"{count:,.0f} bytes" if unit == "bytes" else f"{value:.1f} {unit}"
