"""Where the skeleton meets what a model writes, with the vocabularies of real families.

They are the `ggml-vocab-*.gguf` of llama.cpp's sources, in the folder POST_COMPOSER_VOCABULARIES names. A label and
what follows it are cut apart into tokens here; a model was trained on them cut together. Only where both give the
same tokens does it see the text as it knows it.
"""

import os
import re
from pathlib import Path

import pytest

from composer.engine.messages import Piece, Slot
from composer.post.model import Brief
from composer.writers.model import ModelWriter
from composer.writers.plan import harmless
from tests.writers.harbour import GERMAN, GOOD, Scripted, evidence

FAMILIES = ("qwen2", "qwen35", "llama-bpe", "gemma-4", "phi-3", "llama-spm", "command-r", "gpt-2", "deepseek-llm",
            "starcoder", "falcon")  # fmt: skip
FOLDER = os.environ.get("POST_COMPOSER_VOCABULARIES", "")
pytestmark = pytest.mark.skipif(
    not (Path(FOLDER) / "ggml-vocab-qwen2.gguf").is_file(),
    reason="POST_COMPOSER_VOCABULARIES names no folder with ggml-vocab-*.gguf",
)
OTHERS = (
    "水が温かくなり、魚は北へ移った。",
    "La saison commence plus tôt, et l’école perd son bus.",
    "12,000 крон за первый год.",
    "¿Quién paga el primer año?",
    "القوارب تعود بأقل مما كانت تجلب.",
    "İstanbul’da yüzde 40 azaldı.",
)


@pytest.fixture(scope="module", params=FAMILIES)
def vocabulary(request):
    import llama_cpp.llama_cpp as lib

    from composer.engine.vocabulary import Vocabulary

    path = Path(FOLDER) / f"ggml-vocab-{request.param}.gguf"
    if not path.is_file():
        pytest.skip(f"no {path.name}")
    quiet = lib.llama_log_callback(lambda *_: None)
    lib.llama_log_set(quiet, None)
    params = lib.llama_model_default_params()
    params.vocab_only = True
    model = lib.llama_model_load_from_file(bytes(path), params)
    assert model
    yield Vocabulary(model), lib
    lib.llama_model_free(model)


def skeletons() -> list[tuple[str, str, str]]:
    """(label, answer, the label after it) of whole drafts, as they are asked."""
    found: list[tuple[str, str, str]] = []
    for answers, brief in ((GOOD, Brief()), (GOOD, Brief(shape="list")), (GERMAN, Brief(language="de"))):
        engine = Scripted(answers)
        said: list[tuple[str, str]] = []
        write = engine.write

        def spy(steps, *, write=write, said=said, **options):
            ahead = [step for step in steps if not isinstance(step, Piece) or not step.tokens]
            events = list(write(steps, **options))
            texts = {event.slot: event.text for event in events if hasattr(event, "why") and hasattr(event, "slot")}
            last = ""
            for step in ahead:
                if isinstance(step, Slot):
                    said.append((last, texts[step.name]))
                else:
                    last = step.text
            yield from events

        engine.write = spy  # type: ignore[method-assign]
        list(ModelWriter(engine).write(evidence(), brief))
        labels = [label for label, _ in said]
        found += [(label, text, after) for (label, text), after in zip(said, [*labels[1:], "\n"], strict=True)]
    return [(label, text, after) for label, text, after in found if label.endswith(":\n") and text]


def test_labels_and_answers_meet_at_the_edges_of_tokens(vocabulary):
    words, _ = vocabulary
    rows = skeletons()
    assert len(rows) > 60
    rows += [("\nSENTENCE:\n", text, "\nLABEL:\n") for text in OTHERS]
    joined = 0
    for label, text, after in rows:
        label = "\n" + label.lstrip("\n")
        after = "\n" + after.lstrip("\n")
        # Where an answer begins its tokens are those the model knows, always.
        assert words.tokens(label) + words.tokens(text + after) == words.tokens(label + text + after), (label, text)
        # Where it ends too, but for the full stop: some vocabularies have a token for it and the line break together.
        bare = text.rstrip(".。?!")
        whole = words.tokens(bare) + words.tokens(after)
        assert whole == words.tokens(bare + after), (text, after)
        joined += words.tokens(text) + words.tokens(after) != words.tokens(text + after)
    assert joined <= sum(text[-1] in ".。?!" for _, text, _ in rows)


def test_nothing_in_a_source_becomes_a_control_token(vocabulary):
    words, lib = vocabulary
    vocab = words._vocab
    marks = {lib.llama_vocab_get_text(vocab, token).decode("utf-8", "replace") for token in range(words.size)
             if lib.llama_vocab_is_control(vocab, token)}  # fmt: skip
    marks |= {"<|im_start|>", "<|im_end|>", "<|turn>", "<turn|>", "<start_of_turn>", "<|eot_id|>", "[INST]", "[/INST]",
              "<think>", "</think>", "<|channel>", "<|end|>", "<s>", "</s>", "<bos>", "[SYSTEM_PROMPT]"}  # fmt: skip
    control = {token for token in range(words.size) if lib.llama_vocab_is_control(vocab, token)}
    # user-defined tokens are found in any text; those that look like a template's mark may not be among them
    marked = {token for token in range(words.size) if lib.llama_vocab_get_attr(vocab, token) & 16
              and re.fullmatch(r"[<\[][|/]?[A-Za-z_][\w|]*[>\]]", lib.llama_vocab_get_text(vocab, token).decode("utf-8", "replace"))}  # fmt: skip # noqa: E501
    for mark in sorted(marks):
        text = harmless(f"He said {mark} and {mark}left.")
        assert not control & set(words.tokens(text)), mark
        assert not control & set(words.tokens(text, special=True)), mark
        assert not marked & set(words.tokens(text)), mark


def test_what_a_model_wrote_is_cut_as_it_was_written(vocabulary):
    words, _ = vocabulary
    for text in (*GOOD["sentence"], *GERMAN["sentence"], *OTHERS):
        assert words.text(words.tokens(text)).decode().strip() == text
