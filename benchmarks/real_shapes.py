"""Model files of real shapes with random weights: they measure speed honestly, and need no download.

Made once into `build/models` and quantized to Q4_K_M by the library itself. The tokenizer is that of the small test
model, filled up to the real size of the vocabulary with tokens that never occur.
"""

import ctypes
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.tiny_model import CONTROL, byte_letters, train_merges

FOLDER = Path("build/models")


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of a model family's small member, from its published configuration.

    With `speech` the tokenizer is trained on that text, about 1.3 tokens to a word as with real ones, and the tokens
    that never occur in it are as long as real ones: what is written then has a real number of tokens.
    """

    name: str
    architecture: str
    layers: int
    embedding: int
    feed: int
    heads: int
    kv_heads: int
    vocabulary: int
    context: int
    rope: float
    biased: bool
    speech: str = ""


QWEN = Shape("qwen2-0.5b", "qwen2", 24, 896, 4864, 14, 2, 151_936, 32_768, 1e6, True)
# No family's own: small enough that 80,000 words are read in some minutes.
SMALL = Shape("small-50m", "llama", 8, 512, 1536, 8, 2, 32_000, 131_072, 5e5, False)
LLAMA = Shape("llama-1b", "llama", 16, 2048, 8192, 32, 8, 128_256, 131_072, 5e5, False)


def path_of(shape: Shape) -> Path:
    """The quantized file of a shape, made if it is not there yet (a minute or two)."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    done = FOLDER / f"{shape.name}-q4_k_m.gguf"
    if not done.exists():
        raw = FOLDER / f"{shape.name}-f16.part"
        _write(shape, raw)
        _quantize(raw, done)
        raw.unlink()
    return done


def _write(shape: Shape, path: Path) -> None:
    import gguf
    import numpy as np

    text = " ".join(["the harbour opens before dawn and the boats come home with less than they used to bring"] * 3)
    merges = train_merges(shape.speech, 1200) if shape.speech else train_merges(text, 60)
    words = [*byte_letters(), *(a + b for a, b in merges)]
    missing = shape.vocabulary - len(words) - len(CONTROL)
    filler = _syllables(missing, set(words)) if shape.speech else [f"filler{number}" for number in range(missing)]
    tokens = [*words, *filler, *CONTROL]
    kinds = [gguf.TokenType.NORMAL] * (len(words) + len(filler))
    kinds += [gguf.TokenType.CONTROL] * len(CONTROL)
    writer = gguf.GGUFWriter(str(path), shape.architecture)
    writer.add_name(f"{shape.name} random")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.embedding)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(shape.rope)
    writer.add_rope_dimension_count(shape.embedding // shape.heads)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([f"{a} {b}" for a, b in merges])
    writer.add_eos_token_id(shape.vocabulary - 1)
    writer.add_add_bos_token(False)
    random = np.random.default_rng(11)
    pool = (random.standard_normal(1 << 22) * 0.02).astype(np.float16)

    def weights(*size: int) -> "np.ndarray":
        count = int(np.prod(size))
        start = int(random.integers(0, pool.size))
        return np.resize(np.roll(pool, start), count).reshape(size)

    width = shape.embedding // shape.heads * shape.kv_heads
    ones = np.ones(shape.embedding, dtype=np.float32)
    writer.add_tensor("token_embd.weight", weights(shape.vocabulary, shape.embedding))
    writer.add_tensor("output_norm.weight", ones)
    for layer in range(shape.layers):
        block = f"blk.{layer}."
        for name, rows in (("attn_q", shape.embedding), ("attn_k", width), ("attn_v", width)):
            writer.add_tensor(f"{block}{name}.weight", weights(rows, shape.embedding))
            if shape.biased:
                writer.add_tensor(f"{block}{name}.bias", np.zeros(rows, dtype=np.float32))
        writer.add_tensor(block + "attn_norm.weight", ones)
        writer.add_tensor(block + "ffn_norm.weight", ones)
        writer.add_tensor(block + "attn_output.weight", weights(shape.embedding, shape.embedding))
        writer.add_tensor(block + "ffn_gate.weight", weights(shape.feed, shape.embedding))
        writer.add_tensor(block + "ffn_up.weight", weights(shape.feed, shape.embedding))
        writer.add_tensor(block + "ffn_down.weight", weights(shape.embedding, shape.feed))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _syllables(count: int, taken: set[str]) -> list[str]:
    """`count` made-up words of five letters, each with a space before it (`Ġ` in this alphabet)."""
    made = ("Ġ" + "".join(pair) for pair in product(*["bdfglmnprst", "aeiou"] * 2, "bdfghklmnprstvwxzaeiouy"[:23]))
    more = ("Ġ" + "".join(pair) for pair in product(*["bcdfghjklmnprstvwz", "aeiou"] * 3))
    found = dict.fromkeys(word for word in (*made, *more) if word not in taken)
    if len(found) < count:
        raise ValueError(f"{len(found)} made-up words are too few for {count}")
    return list(found)[:count]


def _quantize(source: Path, target: Path) -> None:
    import llama_cpp

    quiet = llama_cpp.llama_log_callback(lambda *_: None)
    llama_cpp.llama_log_set(quiet, None)
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_K_M
    part = target.with_suffix(".part")
    failed = llama_cpp.llama_model_quantize(bytes(source), bytes(part), ctypes.byref(params))
    if failed:
        raise RuntimeError(f"the library could not quantize {source}")
    part.replace(target)
