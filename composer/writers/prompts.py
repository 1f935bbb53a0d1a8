"""The exact words a model is shown, from the files in `resources/prompts`, which a person may edit."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from composer.engine import templates
from composer.engine.messages import Piece
from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.paths import resource
from composer.post.model import Brief
from composer.post.shapes import Shape
from composer.writers.plan import Passage, Sizes, harmless, source_lines

BEGIN, END = "=== THE SOURCE BEGINS ===", "=== THE SOURCE ENDS ==="

# English names, because the instructions are English; a tag that is not here is given as it is.
LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def text(name: str) -> str:
    """A prompt file, without white space at its end. Raises `WriterError` where it cannot be read."""
    path = resource(f"prompts/{name}.txt")
    return _text(path, _changed(path))


def words(table: str, key: str) -> str:
    """A phrase of `words.toml`."""
    path = resource("prompts/words.toml")
    value = _words(path, _changed(path)).get(table, {}).get(key, "")
    return value if isinstance(value, str) else ""


def angle(variant: int) -> str:
    """What is asked for anew in variant `variant`; nothing in the first."""
    path = resource("prompts/words.toml")
    angles = _words(path, _changed(path)).get("again", {}).get("angles", [])
    return str(angles[(variant - 1) % len(angles)]) if variant > 0 and isinstance(angles, list) and angles else ""


def known(evidence: Evidence) -> str:
    """What the source states about itself, one line each."""
    names = {
        "speaker": "Speaker",
        "event": "Event",
        "author": "Author",
        "about": "About",
        "place": "Place",
        "date": "Date",
    }
    lines = []
    for source in evidence.sources:
        lines += [f"Title: {_flat(source.title)}"] if source.title else []
        lines += [f"{names[key]}: {_flat(value)}" for key, value in source.context if key in names]
    return "\n".join(lines)


def prefix(
    family: str, evidence: Evidence, shown: Sequence[Passage], best: Sequence[int], part: str = ""
) -> list[Piece]:
    """The pieces up to the end of the source, which stay in the engine's memory from draft to draft."""
    facts = known(evidence)
    hint = ", ".join(str(number) for number in best)
    before = (f"{facts}\n\n" if facts else "") + (f"{part}\n\n" if part else "")
    lines = "\n".join(source_lines(evidence, shown))
    body = f"{before}{BEGIN}\n{lines}\n{END}\n"
    if hint:
        body += f"\nPassages that say the most: {hint}.\n"
    parts = [Piece(body + "\n", mark=True)]
    pieces = templates.render(family, text("system"), parts)
    return list(pieces[:-1])


def around(family: str, body: str) -> list[Piece]:
    """The pieces up to the end of other material, which is not kept."""
    return list(templates.render(family, text("system"), [Piece(body)])[:-1])


def task(family: str, instructions: str, lines: Sequence[str]) -> list[Piece]:
    """The pieces after the source: the shape's instructions, what this draft asks, and the opened answer."""
    style = templates.FAMILIES[family]
    asked = "\n".join(line for line in lines if line)
    return [
        Piece(instructions + "\n\n", mark=True),
        Piece(asked),
        Piece(style.user[1] + style.answer, special=True),
    ]


def asks(form: Shape, brief: Brief, size: Sizes | None, language: str, variant: int) -> list[str]:
    """What this draft asks for, a sentence a line. Without `size` the points are already there."""
    count = ""
    if size:
        many = f" in {len(size.sections)} sections" if form.sections and len(size.sections) > 1 else ""
        count = f"Write {size.points} point{'s' if size.points > 1 else ''}{many}."
    return [
        f"Write in {LANGUAGES.get(language, language)}."
        if language != "und"
        else "Write in the language of the source.",
        words("tone", brief.tone),
        words("length", brief.length),
        f"The readers are: {_flat(brief.audience)}." if brief.audience and brief.audience.strip() else "",
        angle(variant),
        count,
        "Fill in every field. Each answer is one line.",
    ]


def instructions(form: Shape) -> str:
    """The words for a shape: its own file, else those of the shape it is most like."""
    name = form.name if resource(f"prompts/{form.name}.txt").is_file() else ("take" if form.sections else "list")
    return text(name)


def _flat(value: str | None) -> str:
    """One line, without anything that could look like a fence."""
    return harmless(value or "").rstrip(".")


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@cache
def _text(path: Path, _changed: int) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WriterError(
            f"The prompt {path.name} cannot be read.", do="Restore it, or delete your copy of it."
        ) from error


@cache
def _words(path: Path, _changed: int) -> dict[str, dict[str, object]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WriterError(
            f"The file {path.name} cannot be read: {error}.", do="Restore it, or delete your copy of it."
        ) from error
