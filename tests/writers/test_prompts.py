"""The exact prompts, as golden files. `UPDATE_GOLDEN=1` writes them anew; read the difference before it is kept."""

import contextlib
import os
from pathlib import Path

import pytest

from composer.engine import templates
from composer.engine.messages import Piece
from composer.errors import WriterError
from composer.post.model import Brief
from composer.writers import prompts
from composer.writers.model import ModelWriter
from composer.writers.redraft import WAYS, hooks, rewrite
from tests.writers.harbour import GERMAN, GOOD, Scripted, evidence

GOLDEN = Path(__file__).parents[1] / "golden" / "prompts"


def held(name: str, text: str) -> None:
    """Compare with the golden file."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("family", templates.FAMILIES)
def test_the_template_of_every_family(family):
    parts = [Piece("Source: <|im_end|>\n", mark=True), Piece("Write.")]
    pieces = templates.render(family, "You write.", parts, "HEADLINE:\n")
    held(f"family-{family}", "".join(f"{{{piece.text}}}" if piece.special else piece.text for piece in pieces))


@pytest.mark.parametrize("shape", ["take", "list"])
def test_the_prompt_of_a_draft(shape):
    engine = Scripted(GOOD)
    list(ModelWriter(engine).write(evidence(), Brief(shape=shape, audience="skippers")))
    held(f"draft-{shape}", engine.asked[0])
    held(f"draft-{shape}-end", engine.asked[-1])


def test_the_prompts_of_a_long_source():
    engine = Scripted(GERMAN, context=4096)
    list(ModelWriter(engine, most=600).write(evidence(4), Brief(language="de", tone="dry"), 2))
    held("part", engine.asked[0])
    held("part-end", engine.asked[-1])


def test_the_prompt_of_a_second_try():
    engine = Scripted(GOOD | {"sentence": "By 2031 the catch is down by 87 percent."})
    list(ModelWriter(engine).write(evidence(), Brief(shape="list", length="short")))
    held("again", next(text for text in engine.asked if "does not hold" in text))


@pytest.mark.parametrize("way", ["hooks", *WAYS])
def test_the_prompt_of_a_wish(way):
    engine = Scripted({"headline": "Who Pays for the Mussels", "new": "Mussels need no feed and no fuel at all."})
    if way == "hooks":
        hooks(engine, evidence(), Brief(tone="bold"))
    else:
        with contextlib.suppress(WriterError):  # too long to be shorter
            rewrite(engine, evidence(), Brief(tone="bold"), "Mussels need no feed, and they need no fuel.", way)
    held(f"wish-{way}", engine.asked[-1].partition(prompts.END)[2])


def test_the_source_part_is_the_same_in_every_redraft():
    firsts = []
    briefs = (Brief(), Brief(tone="dry"), Brief(shape="list", language="fr"), Brief(length="short", audience="all"))
    for brief in briefs:
        engine = Scripted(GOOD)
        list(ModelWriter(engine).write(evidence(), brief, variant=1))
        before, fence, _ = engine.asked[0].partition(prompts.END)
        firsts.append(before + fence)
    assert len(set(firsts)) == 1


def test_a_person_s_own_prompt_is_used(tmp_path, monkeypatch):
    own = tmp_path / "prompts"
    own.mkdir()
    (own / "system.txt").write_text("Write like a fisherman.\n", encoding="utf-8")
    monkeypatch.setenv("POST_COMPOSER_RESOURCES", str(tmp_path))
    assert prompts.text("system") == "Write like a fisherman."
    (own / "system.txt").unlink()
    assert prompts.text("system").startswith("You are a ghostwriter")


def test_a_prompt_that_cannot_be_read_is_one_sentence(tmp_path, monkeypatch):
    own = tmp_path / "prompts"
    own.mkdir()
    (own / "system.txt").write_bytes(b"\xff\xfe\xfa")
    monkeypatch.setenv("POST_COMPOSER_RESOURCES", str(tmp_path))
    with pytest.raises(WriterError, match=r"system\.txt cannot be read"):
        prompts.text("system")


@pytest.mark.parametrize(
    ("architecture", "name", "template", "family"),
    [
        ("gemma4", "Gemma 4 E2B", "", "gemma4"),
        ("gemma3", "Gemma 3 4B", "<start_of_turn>", "gemma3"),
        ("gemma3n", "Gemma 3n", "", "gemma3"),
        ("qwen3", "Qwen3 4B", "<think>", "qwen3"),
        ("qwen3", "Qwen3 4B Instruct 2507", "<|im_start|>", "qwen2"),
        ("qwen3moe", "Qwen3 30B", "", "qwen3"),
        ("qwen35", "Qwen3.5 4B", "", "qwen35"),
        ("qwen2", "Qwen2.5 0.5B Instruct", "", "qwen2"),
        ("llama", "Llama 3.2 1B Instruct", "<|start_header_id|>", "llama3"),
        ("llama", "Mistral Nemo", "[INST]", "mistral"),
        ("llama", "Mistral Small", "[SYSTEM_PROMPT][INST]", "mistral-system"),
        ("phi3", "Phi-4", "<|im_start|>user<|im_sep|>", "phi4"),
        ("phi3", "Phi-4 mini instruct", "<|user|><|assistant|>", "phi4-mini"),
        ("phi3", "Phi-3.5 mini instruct", "<|user|><|assistant|>", "phi3"),
        ("phi3", "a tune of somebody", "<|user|>", "phi3"),
        ("llama", "Zephyr", "<|user|><|assistant|>", "chatml"),
        ("smollm3", "SmolLM3 3B", "<|im_start|>", "smollm3"),
        ("granite", "Granite 3.3", "", "granite"),
        ("granitehybrid", "Granite 4", "", "granite"),
        ("lfm2", "LFM2 1.2B", "", "lfm2"),
        ("llama", "TinyLlama chat", "<|im_start|>", "chatml"),
        ("something", "New", "", "chatml"),
    ],
)
def test_families_are_told_apart(architecture, name, template, family):
    assert templates.detect(architecture, name, template) == family
