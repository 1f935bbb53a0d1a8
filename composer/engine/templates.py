"""How each family of models wants a conversation written. Ours: the template inside a file is never rendered.

A file's own template is a program from a stranger (CVE-2024-34359); it is only looked at for the marks it uses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from composer.engine.messages import Piece


@dataclass(frozen=True, slots=True)
class Family:
    """A chat format. `system` and `user` surround the two texts; `answer` opens the answer, thinking switched off.

    Where `system` is None the family has no system role and the system text goes before the user's, parted by a
    blank line. `end` closes an answer. `verified` says that the format was compared with the makers' own template.
    """

    name: str
    title: str
    system: tuple[str, str] | None
    user: tuple[str, str]
    answer: str
    end: str
    verified: bool = False


def _chatml(name: str, title: str, answer: str = "", verified: bool = False) -> Family:
    return Family(
        name,
        title,
        ("<|im_start|>system\n", "<|im_end|>\n"),
        ("<|im_start|>user\n", "<|im_end|>\n"),
        "<|im_start|>assistant\n" + answer,
        "<|im_end|>",
        verified,
    )


_NO_THOUGHT = "<think>\n\n</think>\n\n"

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            "gemma4", "Gemma 4",
            ("<|turn>system\n", "<turn|>\n"),
            ("<|turn>user\n", "<turn|>\n"),
            "<|turn>model\n<|channel>thought\n<channel|>", "<turn|>", True,
        ),
        Family(
            "gemma3", "Gemma", None,
            ("<start_of_turn>user\n", "<end_of_turn>\n"), "<start_of_turn>model\n", "<end_of_turn>", True,
        ),
        _chatml("qwen3", "Qwen3", _NO_THOUGHT, True),
        _chatml("qwen35", "Qwen3.5", _NO_THOUGHT, True),
        _chatml("qwen2", "Qwen2.5", verified=True),
        Family(
            "llama3", "Llama 3",
            # The makers' template writes these two lines, with this day where it is told none.
            (
                "<|start_header_id|>system<|end_header_id|>\n\n"
                "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n",
                "<|eot_id|>",
            ),
            ("<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>"),
            "<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>", True,
        ),
        Family("mistral", "Mistral", None, ("[INST]", "[/INST]"), "", "</s>", True),
        Family(
            "mistral-system", "Mistral",
            ("[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"), ("[INST]", "[/INST]"), "", "</s>", True,
        ),
        Family(
            "phi4", "Phi-4",
            ("<|im_start|>system<|im_sep|>", "<|im_end|>"),
            ("<|im_start|>user<|im_sep|>", "<|im_end|>"),
            "<|im_start|>assistant<|im_sep|>", "<|im_end|>", True,
        ),
        Family(
            "phi3", "Phi-3",
            ("<|system|>\n", "<|end|>\n"), ("<|user|>\n", "<|end|>\n"), "<|assistant|>\n", "<|end|>", True,
        ),
        Family(
            "phi4-mini", "Phi-4 mini",
            ("<|system|>", "<|end|>"), ("<|user|>", "<|end|>"), "<|assistant|>", "<|end|>",
        ),
        Family(
            "smollm3", "SmolLM3",
            (
                "<|im_start|>system\n## Metadata\n\nKnowledge Cutoff Date: June 2025\nReasoning Mode: /no_think\n\n"
                "## Custom Instructions\n\n",
                "\n\n<|im_end|>\n",
            ),
            ("<|im_start|>user\n", "<|im_end|>\n"), "<|im_start|>assistant\n<think>\n\n</think>\n", "<|im_end|>", True,
        ),
        Family(
            "granite", "Granite",
            ("<|start_of_role|>system<|end_of_role|>", "<|end_of_text|>\n"),
            ("<|start_of_role|>user<|end_of_role|>", "<|end_of_text|>\n"),
            "<|start_of_role|>assistant<|end_of_role|>", "<|end_of_text|>", True,
        ),
        _chatml("lfm2", "LFM2", verified=True),
        _chatml("chatml", "a model of an unknown family", verified=True),
    )
}  # fmt: skip


def detect(architecture: str, name: str, template: str) -> str:
    """The family of a model: by its architecture, else by the marks its own template uses, else `chatml`."""
    arch, low = architecture.lower(), name.lower()
    if arch.startswith("gemma"):
        return "gemma4" if arch.startswith("gemma4") or "<|turn>" in template else "gemma3"
    if arch.startswith(("qwen35", "qwen3next")):
        return "qwen35"
    if arch.startswith("qwen3"):
        return "qwen3" if "think>" in template or not template else "qwen2"  # some of them never think
    if arch.startswith("qwen2"):
        return "qwen2"
    for start, family in (("smollm3", "smollm3"), ("granite", "granite"), ("lfm2", "lfm2")):
        if arch.startswith(start):
            return family
    if "<|start_header_id|>" in template or "llama-3" in low or "llama 3" in low:
        return "llama3"
    if "[INST]" in template or arch.startswith("mistral"):
        return "mistral-system" if "[SYSTEM_PROMPT]" in template else "mistral"
    if "<|im_sep|>" in template:
        return "phi4"
    if arch.startswith("phi"):
        # Phi-4 mini runs as `phi3` too; its template puts no line breaks around the texts.
        old = "<|user|>" in template or "phi-3" in low or "phi 3" in low
        return "phi3" if old and "phi-4" not in low and "phi 4" not in low else "phi4-mini"
    return "chatml"


def render(family: str, system: str, parts: Iterable[Piece], opened: str = "") -> tuple[Piece, ...]:
    """The pieces of a prompt: the system text, the user's parts, and the opened answer.

    The family's own marks may hold control tokens; `system`, `parts` and `opened` are plain text whatever they say.
    A `mark` on a part is kept, so that everything before it can stay in memory.
    """
    style = FAMILIES[family]
    pieces: list[Piece] = []
    if style.system is not None:
        before, after = style.system
        pieces += [Piece(before, special=True), Piece(system), Piece(after + style.user[0], special=True)]
    else:
        pieces += [Piece(style.user[0], special=True), Piece(system + "\n\n")]
    pieces += parts
    pieces.append(Piece(style.user[1] + style.answer, special=True))
    if opened:
        pieces.append(Piece(opened))
    return tuple(piece for piece in pieces if piece.text)
