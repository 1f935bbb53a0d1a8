"""A real model file, made here: random weights, a real byte-level tokenizer, real metadata, 0.5 MB.

`make(path)` writes it; the fixture `tiny_model` gives one to a whole test session. The words it writes are noise,
which is the point: whatever a model says, the post must be valid.
"""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}{{ '<|im_start|>assistant\\n' }}"
)
_WORDS = """the harbour opens before dawn and the boats come home with less than they used to bring because the
water is warmer now and the fish have moved north we measured it for nine years and nobody believed the first
numbers so we measured again what changed is not the weather it is the season a season that starts two weeks early
costs a village its school bus its bakery and at last its young people you can build a bigger boat or you can ask
what else the sea can do for you mussels need no feed and no fuel kelp grows while you sleep and a tide turns a
wheel twice a day the question was never whether people would change it was who would pay for the first year here
is what we learned start small write down what fails and let the oldest skipper speak first because he remembers
points headline title opening section conclusion label sentence segment number about speaker source post write"""


def byte_letters() -> list[str]:
    """The 256 printable letters that stand for bytes in byte-level BPE, as GPT-2 introduced them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in plain}
    spare = 256
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(spare)
            spare += 1
    return [letters[byte] for byte in range(256)]


def train_merges(text: str, count: int) -> list[tuple[str, str]]:
    """`count` merges of a byte-pair encoding trained on `text`; ties go to the earlier pair in the alphabet."""
    letters = byte_letters()
    words = Counter(tuple(letters[b] for b in word.encode()) for part in text.split() for word in (part, " " + part))
    merges: list[tuple[str, str]] = []
    while len(merges) < count:
        pairs: Counter[tuple[str, str]] = Counter()
        for word, times in words.items():
            for pair in pairwise(word):
                pairs[pair] += times
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        words = Counter({_merged(word, best): times for word, times in words.items()})
    return merges


def _merged(word: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    out: list[str] = []
    at = 0
    while at < len(word):
        if word[at : at + 2] == pair:
            out.append(pair[0] + pair[1])
            at += 2
        else:
            out.append(word[at])
            at += 1
    return tuple(out)


def make(path: Path, *, context: int = 8192, embedding: int = 64, layers: int = 2, seed: int = 7) -> Path:
    """Write a small model of the `llama` architecture to `path` and return it."""
    import gguf
    import numpy as np

    merges = train_merges(_WORDS, 500)
    tokens = [*byte_letters(), *(a + b for a, b in merges), *CONTROL]
    kinds = [gguf.TokenType.NORMAL] * (len(tokens) - len(CONTROL)) + [gguf.TokenType.CONTROL] * len(CONTROL)
    first = len(tokens) - len(CONTROL)
    feed, heads = embedding * 3, 4
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("Tiny random")
    writer.add_context_length(context)
    writer.add_embedding_length(embedding)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(feed)
    writer.add_head_count(heads)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(embedding // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([f"{a} {b}" for a, b in merges])
    writer.add_eos_token_id(first + 2)
    writer.add_pad_token_id(first)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    random = np.random.default_rng(seed)

    def weights(*shape: int) -> "np.ndarray":
        return (random.standard_normal(shape) * 0.08).astype(np.float32)

    ones = np.ones(embedding, dtype=np.float32)
    writer.add_tensor("token_embd.weight", weights(len(tokens), embedding))
    writer.add_tensor("output_norm.weight", ones)
    writer.add_tensor("output.weight", weights(len(tokens), embedding))
    for layer in range(layers):
        block = f"blk.{layer}."
        writer.add_tensor(block + "attn_norm.weight", ones)
        writer.add_tensor(block + "attn_q.weight", weights(embedding, embedding))
        writer.add_tensor(block + "attn_k.weight", weights(embedding // 2, embedding))
        writer.add_tensor(block + "attn_v.weight", weights(embedding // 2, embedding))
        writer.add_tensor(block + "attn_output.weight", weights(embedding, embedding))
        writer.add_tensor(block + "ffn_norm.weight", ones)
        writer.add_tensor(block + "ffn_gate.weight", weights(feed, embedding))
        writer.add_tensor(block + "ffn_up.weight", weights(feed, embedding))
        writer.add_tensor(block + "ffn_down.weight", weights(embedding, feed))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a small model that loads in a blink."""
    return make(tmp_path_factory.mktemp("models") / "tiny-random.gguf")
