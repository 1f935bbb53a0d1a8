"""A person's own prompts: which there are, what stands in them, and how to change them and take them back.

Ours lie in `resources/prompts` and are never written to. A changed one is a file of the same name in the person's own
resources folder, which `prompts` takes first; taking it back deletes that file.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from composer.errors import WriterError
from composer.paths import resource, root, write_text

MOST = 20_000  # letters of a prompt; more would leave a small context no room for a source


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file. `about` says in a few words when a model is shown it; `changed` whether it is the person's own."""

    name: str
    about: str
    text: str
    changed: bool


_ABOUT = {
    "system.txt": "The rules a model is shown first, in every draft",
    "take.txt": "One take with sections",
    "list.txt": "A numbered list",
    "chapter.txt": "One part of a source that is read in parts",
    "choose.txt": "Which points of a long source stay",
    "words.toml": "Words for tone, length, drafting again and rewriting",
}
_TABLES = {"tone": ("plain", "warm", "bold", "dry"), "length": ("short", "medium", "long"),
           "rewrite": ("rewrite", "shorter", "sharper", "plainer")}  # fmt: skip


def every() -> tuple[Prompt, ...]:
    """All prompts, in the order they are met."""
    return tuple(one(name) for name in _ABOUT)


def one(name: str) -> Prompt:
    """The prompt called `name`, as it is used now. Raises WriterError where there is none, or it cannot be read."""
    _known(name)
    path = resource(f"prompts/{name}")
    return Prompt(name, _ABOUT[name], _read(path), path != _ours(name))


def original(name: str) -> str:
    """What stands in ours. Raises WriterError where there is no such prompt."""
    _known(name)
    return _read(_ours(name))


def save(name: str, text: str) -> Prompt:
    """Use `text` from the next draft on. Saving our own words takes the change back.

    Raises WriterError, and changes nothing, where the text is empty, too long, or a table lacks a phrase.
    """
    _check(name, text)
    if text.strip() == original(name).strip():
        return reset(name)
    try:
        write_text(_own(name), text.rstrip() + "\n")
    except OSError as error:
        raise WriterError(
            f"The prompt {name} cannot be saved ({error.strerror or error}).", safe="The prompt in use is unchanged."
        ) from error
    return one(name)


def reset(name: str) -> Prompt:
    """Use ours again. Raises WriterError where the person's own cannot be deleted."""
    _known(name)
    try:
        _own(name).unlink(missing_ok=True)
    except OSError as error:
        raise WriterError(
            f"Your copy of {name} cannot be deleted ({error.strerror or error}).", do="Delete it yourself."
        ) from error
    return one(name)


def _known(name: str) -> None:
    if name not in _ABOUT:
        raise WriterError(f"There is no prompt called “{name}”.", do=f"Choose one of: {', '.join(_ABOUT)}.")


def _check(name: str, text: str) -> None:
    _known(name)
    if not text.strip():
        raise WriterError("An empty prompt asks for nothing.", safe="The prompt in use is unchanged.", do="Write it.")
    if len(text) > MOST:
        raise WriterError(
            f"The prompt has {len(text):,} characters; {MOST:,} are the most.", safe="The prompt in use is unchanged."
        )
    if not name.endswith(".toml"):
        return
    try:
        tables = tomllib.loads(text)
        missing = [
            f"[{table}] {key}"
            for table, keys in _TABLES.items()
            for key in keys
            if not isinstance(tables.get(table, {}).get(key), str)
        ]
        angles = tables.get("again", {}).get("angles", [])
        if not isinstance(angles, list) or not all(isinstance(angle, str) for angle in angles):
            missing.append("[again] angles")
    except (ValueError, AttributeError) as error:
        raise WriterError(f"This is no table: {error}.", safe="The prompt in use is unchanged.") from error
    if missing:
        raise WriterError(f"A phrase is missing: {missing[0]}.", safe="The prompt in use is unchanged.")


def _ours(name: str) -> Path:
    return root() / "resources" / "prompts" / name


def _own(name: str) -> Path:
    folder = os.environ.get("POST_COMPOSER_RESOURCES")
    if not folder:
        raise WriterError("There is no folder for prompts of your own.", do="Name a place with --home DIR.")
    return Path(folder) / "prompts" / name


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WriterError(f"The prompt {path.name} cannot be read.", do="Reset it.") from error
