"""The header check: what it reads, what it refuses, and that no file makes it read or hold much."""

import os
import random
import struct
import tracemalloc
from pathlib import Path

import pytest

from composer.errors import ModelFileError
from composer.library import gguf_read
from composer.library.gguf_header import HeaderInfo, check, guess_template, part_names
from tests.library import files
from tests.library.files import ARR, BOOL, F32, I32, STR, TENSORS, U16, U32, U64, Builder, build, write

NORM = ("output_norm.weight", (32,), 0)


def refused(path: Path) -> str:
    with pytest.raises(ModelFileError) as caught:
        check(path)
    text = str(caught.value)
    assert "\n" not in text
    assert path.name in text or "-of-" in text
    assert caught.value.do
    return caught.value.what


def test_a_good_file_is_described(tmp_path: Path) -> None:
    info = check(write(tmp_path / "a.gguf"))
    assert (info.architecture, info.name, info.file_type, info.context) == ("llama", "Tiny Test", "F32", 512)
    assert (info.tensors, info.parameters, info.template, info.licence) == (3, 1568, "chatml", "apache-2.0")
    assert info.shape.kv_heads == (2, 2)
    assert info.shape.vocabulary == 16
    assert info.size == (tmp_path / "a.gguf").stat().st_size
    assert not info.split


def test_a_file_of_the_gguf_package_is_read_the_same(tmp_path: Path) -> None:
    gguf = pytest.importorskip("gguf")
    import numpy as np

    path = tmp_path / "theirs.gguf"
    writer = gguf.GGUFWriter(path, "qwen3")
    writer.add_name("Theirs")
    writer.add_context_length(256)
    writer.add_embedding_length(64)
    writer.add_block_count(1)
    writer.add_head_count(4)
    writer.add_head_count_kv(2)
    writer.add_key_length(16)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list([f"t{n}" for n in range(1000)])
    writer.add_custom_alignment(64)
    writer.add_tensor("token_embd.weight", np.zeros((1000, 64), dtype=np.float32))
    quantised = gguf.quants.quantize(np.ones((8, 256), dtype=np.float32), gguf.GGMLQuantizationType.Q8_0)
    writer.add_tensor("blk.0.ffn_up.weight", quantised, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    info = check(path)
    assert (info.name, info.architecture, info.tensors, info.parameters) == ("Theirs", "qwen3", 2, 64_000 + 2048)
    assert info.tensor_bytes == 256_000 + 2048 // 32 * 34
    assert info.shape.key_length == 16
    path.write_bytes(path.read_bytes()[:-100])
    assert "is incomplete" in refused(path)


FILES = {
    "empty": (b"", "is empty"),
    "two bytes": (b"GG", "not a GGUF"),
    "text": (b"hello, this is text", "not a GGUF"),
    "old format": (b"tjgg" + bytes(99), "from before 2023"),
    "pointer": (b"version https://git-lfs", "pointer to a large file"),
    "only magic": (b"GGUF", "incomplete or damaged"),
    "version 1": (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), "version 1"),
    "version 9": (b"GGUF" + struct.pack("<IQQ", 9, 0, 0), "version 9"),
    "big-endian": (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "byte order"),
    "many keys": (b"GGUF" + struct.pack("<IQQ", 3, 0, 2**60) + bytes(99), "metadata entries"),
    "many tensors": (b"GGUF" + struct.pack("<IQQ", 3, 2**63, 0) + bytes(99), "tensors"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_model(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(FILES[name][0])
    assert FILES[name][1] in refused(path)


def test_a_folder_a_missing_file_and_a_device(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "is not there" in refused(tmp_path / "none.gguf")
    if Path("/dev/zero").exists():
        assert "not an ordinary file" in refused(Path("/dev/zero"))


KEYS = {
    "no architecture": ({"general.architecture": None}, "does not say what architecture"),
    "unknown architecture": ({"general.architecture": (STR, "hal9000")}, "'hal9000', which is not known"),
    "projector": ({"general.architecture": (STR, "clip")}, "projector"),
    "mmproj": ({"general.type": (STR, "mmproj")}, "projector"),
    "adapter": ({"general.type": (STR, "adapter")}, "adapter"),
    "imatrix": ({"general.type": (STR, "imatrix")}, "importance matrix"),
    "other kind": ({"general.type": (STR, "soup")}, "another kind"),
    "embedding architecture": ({"general.architecture": (STR, "nomic-bert")}, "embedding model"),
    "pooled": ({"llama.pooling_type": (U32, 3)}, "embedding model"),
    "diffusion": ({"llama.attention.causal": (BOOL, False)}, "left to right"),
    "speech": ({"general.architecture": (STR, "qwen3tts")}, "speech"),
    "draft": ({"general.architecture": (STR, "eagle3")}, "cannot write alone"),
    "encoder-decoder": ({"general.architecture": (STR, "t5")}, "encoder and decoder"),
    "alignment 0": ({"general.alignment": (U32, 0)}, "power of two"),
    "alignment 48": ({"general.alignment": (U32, 48)}, "power of two"),
    "alignment huge": ({"general.alignment": (U32, 8192)}, "power of two"),
    "alignment type": ({"general.alignment": (U64, 32)}, "wrong type"),
    "no layers": ({"llama.block_count": (U32, 0)}, "block_count"),
    "too many layers": ({"llama.block_count": (U32, 513)}, "513"),
    "no context": ({"llama.context_length": None}, "context length"),
    "no embedding": ({"llama.embedding_length": None}, "embedding length"),
    "embedding mismatch": (
        {"llama.embedding_length": (U32, 64), "llama.rope.dimension_count": (U32, 16)},
        "do not fit its vocabulary",
    ),
    "heads zero": ({"llama.attention.head_count": (U32, 0)}, "attention heads"),
    "heads missing": ({"llama.attention.head_count": None}, "attention heads"),
    "heads odd": ({"llama.attention.head_count_kv": (U32, 3)}, "4 attention heads for 3 keys"),
    "heads text": ({"llama.attention.head_count": (STR, "four")}, "wrong type"),
    "head list": ({"llama.attention.head_count_kv": (ARR, (I32, [2]))}, "does not fit its 2 layers"),
    "head list negative": ({"llama.attention.head_count_kv": (ARR, (I32, [2, -2]))}, "does not fit"),
    "experts": ({"llama.expert_count": (U32, 2000)}, "expert_count"),
    "experts used": ({"llama.expert_count": (U32, 4), "llama.expert_used_count": (U32, 8)}, "8 of 4 experts"),
    "rope": ({"llama.rope.dimension_count": (U32, 4096)}, "numbers of a head"),
    "rope base": ({"llama.rope.freq_base": (F32, 0.0)}, "rope frequency"),
    "nan": ({"llama.attention.layer_norm_rms_epsilon": (F32, float("nan"))}, "not a number"),
    "scaling": ({"llama.rope.scaling.type": (STR, "magic")}, "stretches its context"),
    "no tokenizer": ({"tokenizer.ggml.model": (STR, "none")}, "no vocabulary"),
    "no tokens": ({"tokenizer.ggml.tokens": None}, "no list of tokens"),
    "token types": ({"tokenizer.ggml.token_type": (ARR, (I32, [1]))}, "does not fit its tokens"),
    "rope of a llama": ({"llama.rope.dimension_count": (U32, 4)}, "turns 4 numbers"),
    "token twice": ({"tokenizer.ggml.tokens": (ARR, (STR, [*"abcdefghijklmno", "a"]))}, "token twice"),
    "token too long": ({"tokenizer.ggml.tokens": (ARR, (STR, ["x" * 99_999]))}, "token of 99,999"),
    "long key": ({"k" * 600: (U32, 1)}, "metadata name of 600"),
}


@pytest.mark.parametrize("name", KEYS)
def test_metadata_that_cannot_be(tmp_path: Path, name: str) -> None:
    keys, reason = KEYS[name]
    assert reason in refused(write(tmp_path / "x.gguf", keys))


TABLES = {
    "vocabulary only": ([], "only a vocabulary"),
    "no embedding tensor": ([NORM], "token_embd"),
    "twice": ([*TENSORS, NORM], "tensor twice"),
    "wrong vocabulary": ([("token_embd.weight", (32, 99), 0)], "do not fit its vocabulary"),
    "unknown type": ([*TENSORS, ("x", (32,), 77)], "type 77"),
    "dropped type": ([*TENSORS, ("x", (32,), 4)], "type 4"),
    "half a block": ([*TENSORS, ("x", (33,), 8)], "whole blocks"),
    "no name": ([*TENSORS, ("", (32,), 0)], "tensor name of 0"),
    "long name": ([*TENSORS, ("n" * 64, (32,), 0)], "tensor name of 64"),
    "no dimensions": ([*TENSORS, ("x", (), 0)], "0 dimensions"),
    "five dimensions": ([*TENSORS, ("x", (1, 1, 1, 1, 1), 0)], "5 dimensions"),
}


@pytest.mark.parametrize("name", TABLES)
def test_tensor_tables_that_cannot_be(tmp_path: Path, name: str) -> None:
    tensors, reason = TABLES[name]
    assert reason in refused(write(tmp_path / "x.gguf", None, tensors))


def test_a_key_twice(tmp_path: Path) -> None:
    data = bytes(build({"general.authon": (U32, 1), "general.author": (U32, 1)}).data)
    path = tmp_path / "x.gguf"
    path.write_bytes(data.replace(b"general.authon", b"general.author"))
    assert "twice" in refused(path)


def test_every_cut_is_refused(tmp_path: Path) -> None:
    whole = bytes(build().data)
    last = len(whole) - 1  # the last tensor's 128 bytes end the file, on the alignment
    path = tmp_path / "x.gguf"
    for length in [*range(0, last, 37), last]:
        path.write_bytes(whole[:length])
        refused(path)


def test_versions_2_and_3_are_read(tmp_path: Path) -> None:
    assert check(write(tmp_path / "a.gguf", version=2)).version == 2


def test_names_from_the_file_are_made_safe_for_a_terminal(tmp_path: Path) -> None:
    info = check(write(tmp_path / "a.gguf", {"general.name": (STR, "Nice\x1b[31m\nmodel\x07 " + "x" * 300)}))
    assert info.name.startswith("Nice [31m model x")
    assert len(info.name) == 100


@pytest.mark.parametrize(
    ("architecture", "template", "family"),
    [
        ("gemma4", "<|turn>user", "gemma4"),
        ("gemma3", "<start_of_turn>", "gemma3"),
        ("llama", "<|start_header_id|>", "llama3"),
        ("llama", "<|im_start|>", "chatml"),
        ("llama", "", None),
        ("llama", "something else", None),
    ],
)
def test_template_families(architecture: str, template: str, family: str | None) -> None:
    assert guess_template(architecture, "x", template) == family


def test_windowed_layers_and_per_layer_heads(tmp_path: Path) -> None:
    def renamed(**more: object) -> dict:
        old = {key: None for key in build_keys() if key.startswith("llama.")}
        new = {key.replace("llama.", "gemma4."): build_keys()[key] for key in old}
        return {**old, **new, "general.architecture": (STR, "gemma4"), **more}

    keys = renamed(
        **{
            "gemma4.attention.sliding_window": (U32, 64),
            "gemma4.attention.sliding_window_pattern": (ARR, (BOOL, [True, False])),
            "gemma4.attention.head_count_kv": (ARR, (I32, [2, 1])),
            "gemma4.attention.key_length_swa": (U32, 4),
        }
    )
    shape = check(write(tmp_path / "a.gguf", keys)).shape
    assert shape.windowed == (True, False)
    assert shape.kv_heads == (2, 1)
    assert (shape.key_length, shape.key_length_swa, shape.window) == (8, 4, 64)


def build_keys() -> dict:
    return dict(files.KEYS)


# Split models


def split(folder: Path, *, numbers: tuple[int, ...] = (0, 1, 2), total: int = 3) -> list[Path]:
    paths = []
    for at, (number, tensor) in enumerate(zip(numbers, TENSORS, strict=True)):
        keys = {"split.no": (U16, number), "split.count": (U16, 3), "split.tensors.count": (I32, total)}
        path = folder / f"m-{at + 1:05d}-of-00003.gguf"
        paths.append(write(path, keys, [tensor]))
    return paths


def test_split_models_are_read_as_one(tmp_path: Path) -> None:
    paths = split(tmp_path)
    info = check(paths[0])
    assert info.parts == tuple(paths)
    assert (info.tensors, info.parameters, info.split) == (3, 1568, True)
    assert info.size == sum(path.stat().st_size for path in paths)
    assert part_names(paths[1]) == tuple(paths)


def test_split_models_that_are_not_whole(tmp_path: Path) -> None:
    paths = split(tmp_path)
    assert "part 2 of 3" in refused(paths[1])
    paths[2].rename(tmp_path / "away")
    assert "m-00003-of-00003.gguf is missing" in refused(paths[0])
    (tmp_path / "away").rename(paths[2])
    lone = tmp_path / "lone.gguf"
    paths[0].rename(lone)
    assert "its name does not end in -00001-of-00003.gguf" in refused(lone)
    assert "hold 3 tensors where 9" in refused(split(tmp_path, total=9)[0])
    assert "another part" in refused(split(tmp_path, numbers=(0, 2, 1))[0])
    again = split(tmp_path)
    again[2].write_bytes(again[1].read_bytes())
    assert "another part" in refused(again[0])


# Hostile files: nothing is read or held beyond a bound

BOUND_MEMORY = 2_000_000
EDGES = {
    1: (0, 1, 127, 255),
    2: (0, 0xFFFF),
    4: (0, 1, 5, 31, 2**31, 2**32 - 1),
    8: (0, 1, 2**31, 2**32, 2**63, 2**64 - 1),
}


class Counting:
    """Counts the bytes that are read from files while it is on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = 0
        original = gguf_read._Window.__init__
        counter = self

        def counted(window, file, size, path) -> None:
            class File:
                def seek(self, at: int) -> None:
                    file.seek(at)

                def read(self, count: int) -> bytes:
                    data = file.read(count)
                    counter.read += len(data)
                    assert count <= gguf_read.WINDOW
                    return data

            original(window, File(), size, path)

        monkeypatch.setattr(gguf_read._Window, "__init__", counted)


def judged(path: Path) -> HeaderInfo | None:
    """The file is described or refused, and nothing else happens."""
    try:
        return check(path)
    except ModelFileError:
        return None


def mutants(rng: random.Random, count: int):
    """`count` spoiled headers: fields set to edge values one by one and in pairs, then random bytes, cuts, swaps."""
    base = build()
    fields = [place for place in base.places if place.size in EDGES]
    aimed = [(place, value) for place in fields for value in EDGES[place.size] if value < 256**place.size]
    rng.shuffle(aimed)
    for index in range(count):
        data = bytearray(base.data)
        if index < min(len(aimed), count * 2 // 3):
            place, value = aimed[index]
            data[place.at : place.at + place.size] = value.to_bytes(place.size, "little")
        elif index % 3 == 0:
            for _ in range(rng.randrange(1, 8)):
                data[rng.randrange(len(data))] = rng.randrange(256)
        elif index % 3 == 1:
            for place in rng.sample(fields, 3):
                data[place.at : place.at + place.size] = rng.randbytes(place.size)
        else:
            start = rng.randrange(len(data))
            del data[start : start + rng.randrange(1, 64)]
        yield bytes(data)


def test_2000_spoiled_headers_are_described_or_refused_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting(monkeypatch)
    path = tmp_path / "x.gguf"
    outcomes = {True: 0, False: 0}
    worst = 0
    tracemalloc.start()
    try:
        for data in mutants(random.Random(9), 2000):
            path.write_bytes(data)
            counting.read = 0
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            outcomes[judged(path) is not None] += 1
            worst = max(worst, tracemalloc.get_traced_memory()[1] - before)
            assert counting.read <= len(data) + gguf_read.WINDOW
    finally:
        tracemalloc.stop()
    assert worst < BOUND_MEMORY
    assert outcomes[True] > 50
    assert outcomes[False] > 1000


def test_every_length_count_offset_and_type_at_its_edges(tmp_path: Path) -> None:
    base = build()
    path = tmp_path / "x.gguf"
    structural = ("length", "count", "offset", "type", "dimension", "dimensions", "version", "tensor type")
    for place in base.places:
        if place.what in structural or place.what.endswith("length"):
            for value in (2**32 - 1, 2**63 - 1, 2**64 - 1):
                if value < 256**place.size:
                    data = bytearray(base.data)
                    data[place.at : place.at + place.size] = value.to_bytes(place.size, "little")
                    path.write_bytes(data)
                    assert judged(path) is None, f"{place} = {value}"


def sparse(path: Path, head: Builder, size: int) -> Path:
    """A file that claims to be `size` bytes long and takes none."""
    path.write_bytes(bytes(head.data))
    with path.open("r+b") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize("kind", ["string", "strings", "numbers", "tensors", "keys"])
def test_huge_claims_in_a_huge_file_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    counting = Counting(monkeypatch)
    head = Builder()
    head.data += b"GGUF"
    head.put("I", 3, "version")
    head.put("Q", 32_000 if kind == "tensors" else 1, "count")
    head.put("Q", {"keys": 4000, "tensors": 0}.get(kind, 1), "count")
    if kind in ("string", "strings", "numbers"):
        head.text("general.description", "key")
        head.put("I", STR if kind == "string" else ARR, "type")
        if kind != "string":
            head.put("I", STR if kind == "strings" else U64, "type")
        head.put("Q", {"string": 10**9, "strings": 900_000, "numbers": 10**10}[kind], "length")
    path = sparse(tmp_path / "x.gguf", head, 2**40)
    tracemalloc.start()
    try:
        assert judged(path) is None
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < BOUND_MEMORY
    assert counting.read <= 64_000_000


def vocabularies() -> list[Path]:
    """The vocabulary files of llama.cpp's sources: in the folder that POST_COMPOSER_VOCABULARIES names, else where uv
    left the source package that it built."""
    named = os.environ.get("POST_COMPOSER_VOCABULARIES")
    cache = Path(os.environ.get("UV_CACHE_DIR") or Path.home() / ".cache" / "uv")
    folders = [Path(named)] if named else cache.glob("sdists-v*/*/llama-cpp-python/*/*/src/vendor/llama.cpp/models")
    found = {path.name: path for folder in folders for path in folder.glob("ggml-vocab-*.gguf")}
    return [found[name] for name in sorted(found)]


# Looked for before a test has a home of its own.
VOCABULARIES = vocabularies()


@pytest.mark.skipif(not VOCABULARIES, reason="no folder with ggml-vocab-*.gguf: POST_COMPOSER_VOCABULARIES names one")
def test_vocabulary_files_whole_and_spoiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting(monkeypatch)
    rng = random.Random(9)
    names = VOCABULARIES
    for path in names:
        assert "only a vocabulary" in (why := refused(path)) or "embedding" in why
    small = [path for path in names if path.stat().st_size < 2_000_000]
    copy = tmp_path / "x.gguf"
    for path in small:
        data = path.read_bytes()
        for _ in range(int(os.environ.get("POST_COMPOSER_SPOILED", "4"))):
            spoiled = bytearray(data)
            for _ in range(3):
                spoiled[rng.randrange(min(len(data), 4096))] = rng.randrange(256)
            copy.write_bytes(spoiled)
            counting.read = 0
            assert judged(copy) is None
            assert counting.read <= len(data) + gguf_read.WINDOW
