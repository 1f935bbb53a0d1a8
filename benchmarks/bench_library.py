"""The model library: does the memory estimate hold, what does the header check cost, how fast is a download."""

import hashlib
import os
import re
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness import Row, bench, compare
from benchmarks.real_shapes import FOLDER, LLAMA, QWEN, path_of
from composer.engine.client import EngineClient
from composer.engine.messages import Piece, Slot
from composer.library import fit
from composer.library.catalogue import Entry
from composer.library.download import get
from composer.library.gguf_header import check
from composer.library.hub import Hub
from composer.library.machine import look

CONTEXTS = (2048, 8192, 16_384)
WINDOWED = FOLDER / "gemma3-1b-q4_0.gguf"


@bench("library-memory")
def memory() -> Iterator[Row]:
    """The estimate against the peak of the engine's process: weights, context and all, after a prompt was read."""
    if not sys.platform.startswith("linux"):
        yield Row.skipped("memory estimate", "the peak is read from /proc")
        return
    for path in (path_of(QWEN), path_of(LLAMA), windowed()):
        for context in CONTEXTS:
            measured = peak(path, context)
            guess = fit.estimate(check(path), context, look()).peak
            off = abs(guess - measured) / measured * 100
            note = f"{guess / 1e6:,.0f} MB for {measured / 1e6:,.0f} MB"
            yield Row.at_most(f"memory estimate {path.stem} {context}", off, "% off", 15, note=note)


def peak(path: Path, context: int) -> int:
    """The most bytes that the engine's process occupied while it loaded `path`, read 300 words and wrote a few."""
    client = EngineClient()
    try:
        turn = client.turn()
        turn.load(path, context=context)
        for _ in turn.write([Piece("the harbour opens " * 100), Slot("x", max_chars=40, max_tokens=8)]):
            pass
        status = Path(f"/proc/{client.pid}/status").read_text(encoding="ascii")
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) * 1024
    finally:
        client.close()


@bench("library-header")
def header() -> Iterator[Row]:
    """The check of a header with 152,000 tokens, against the `gguf` package's reader."""
    import gguf

    path = path_of(QWEN)
    ours, theirs = compare(lambda: check(path), lambda: gguf.GGUFReader(path), repeat=5)
    yield Row.ratio_of("header check, 152k tokens", ours, theirs, peer="gguf.GGUFReader", goal=1.0)


@bench("library-download")
def download() -> Iterator[Row]:
    """64 MB from a server on this machine, checked and made safe, against the same bytes just read and hashed."""
    from tests.library.files import build
    from tests.library.standin import StandIn

    content = bytes(build({"general.description": (8, "x" * 64_000_000)}).data)
    entry = Entry("m", "M", "owner/m", "m.gguf", sha256=hashlib.sha256(content).hexdigest())
    with StandIn(content) as hub:

        def ours() -> None:
            with tempfile.TemporaryDirectory() as folder:
                get(entry, Path(folder), Hub(hub.url, proxies={}), free=lambda _: 10**12)

        def theirs() -> None:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            digest = hashlib.sha256()
            with opener.open(f"{hub.url}/cdn/file") as reply, tempfile.TemporaryFile() as file:
                while chunk := reply.read(1 << 18):
                    digest.update(chunk)
                    file.write(chunk)

        mine, plain = compare(ours, theirs, repeat=5)
        yield Row.ratio_of("download 64 MB, checked", mine, plain, peer="urllib and sha256", goal=0.5)


def windowed() -> Path:
    """A file of the shape of Gemma 3 1B in Q4_0, whose layers are windowed but for every sixth. Made once."""
    if not WINDOWED.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = WINDOWED.with_suffix(".part")
        _write_windowed(part)
        part.replace(WINDOWED)
    return WINDOWED


def _write_windowed(path: Path) -> None:
    import gguf
    import numpy as np

    from tests.tiny_model import byte_letters

    layers, embedding, feed, heads, head, vocabulary = 26, 1152, 6912, 4, 256, 262_144
    random = np.random.default_rng(12)
    kind = gguf.GGMLQuantizationType.Q4_0
    writer = gguf.GGUFWriter(os.fspath(path), "gemma3")
    writer.add_name("gemma3-1b random")
    writer.add_context_length(32_768)
    writer.add_embedding_length(embedding)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(feed)
    writer.add_head_count(heads)
    writer.add_head_count_kv(1)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_sliding_window(512)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(1e6)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    tokens = [*byte_letters(), "<end>"]
    tokens += [f"[unused{number}]" for number in range(vocabulary - len(tokens))]
    writer.add_token_list(tokens)
    writer.add_token_types([1] * 256 + [3] + [5] * (vocabulary - 257))
    writer.add_token_merges(["t h"])
    writer.add_eos_token_id(256)
    writer.add_add_bos_token(False)

    def matrix(name: str, rows: int, columns: int) -> None:
        # Blocks of a 2-byte scale and 16 bytes of weights; a few rows of them, repeated.
        blocks = random.integers(0, 256, (64, columns // 32, 18), dtype=np.uint8)
        blocks[:, :, 0:2] = np.frombuffer(np.float16(0.002).tobytes(), np.uint8)
        data = np.tile(blocks.reshape(64, -1), (rows // 64, 1))
        writer.add_tensor(name, data, raw_dtype=kind)

    def ones(name: str, count: int) -> None:
        writer.add_tensor(name, np.ones(count, dtype=np.float32))

    matrix("token_embd.weight", vocabulary, embedding)
    ones("output_norm.weight", embedding)
    for layer in range(layers):
        block = f"blk.{layer}."
        for name in ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"):
            ones(f"{block}{name}.weight", embedding)
        for name in ("attn_q_norm", "attn_k_norm"):
            ones(f"{block}{name}.weight", head)
        matrix(block + "attn_q.weight", heads * head, embedding)
        matrix(block + "attn_k.weight", head, embedding)
        matrix(block + "attn_v.weight", head, embedding)
        matrix(block + "attn_output.weight", embedding, heads * head)
        matrix(block + "ffn_gate.weight", feed, embedding)
        matrix(block + "ffn_up.weight", feed, embedding)
        matrix(block + "ffn_down.weight", embedding, feed)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
