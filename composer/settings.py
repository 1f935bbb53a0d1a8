"""Settings: each declared once, with its default and its help. Kept as one small JSON file."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from composer.errors import StoreError
from composer.paths import write_text


def _tones() -> tuple[str, ...]:
    # Imported here: the window's first picture has no use for posts.
    from composer.post.model import TONES

    return TONES


def _lengths() -> tuple[str, ...]:
    from composer.post.model import LENGTHS

    return LENGTHS


def _setting(default: Any, help: str, choices: tuple[Any, ...] | Callable[[], tuple[str, ...]] = ()) -> Any:
    return field(default=default, metadata={"help": help, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person chose. Unknown or damaged values in the file fall back to the default, one by one."""

    theme: str = _setting("system", "light, dark, or as the system is", ("system", "light", "dark"))
    reduce_motion: bool = _setting(False, "no fading; a glow stays until the next click")
    shape: str = _setting("take", "the last shape")
    tone: str = _setting("plain", "the last tone", _tones)
    length: str = _setting("medium", "the last length", _lengths)
    audience: str = _setting("", "the last audience, in the person's words")
    language: str = _setting("source", "the last language, or `source`")
    network: str = _setting("linkedin", "the last network")
    writer: str = _setting("builtin", "the last writer", ("builtin", "model", "server"))
    model: str = _setting("", "the model file last used")
    server: str = _setting("", "the address of the server last used")
    context: int = _setting(0, "tokens the model keeps in view; less needs less memory; 0 lets the engine choose")
    limit: int = _setting(0, "bytes a second that downloads may take; 0 for no limit")
    offer_models: bool = _setting(True, "show the line that offers a model")
    preview: str = _setting("phone", "the preview shown last", ("phone", "desktop", "listener"))
    name: str = _setting("", "the name on the preview card")
    about: str = _setting("", "the line under the name on the preview card")
    blocked: tuple[str, ...] = _setting((), "hashtags that are not suggested any more")
    layout: tuple[int, ...] = _setting((), "column widths, as the window left them")


def load(path: Path) -> Settings:
    """The settings in `path`; the defaults where it is missing or cannot be read."""
    try:
        kept = path.read_text("utf-8")
    except (OSError, ValueError):
        return Settings()
    # Imported here: a first start has nothing to read.
    import json

    try:
        stored = json.loads(kept)
    except ValueError:
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    good: dict[str, Any] = {}
    for entry in fields(Settings):
        if entry.name not in stored:
            continue
        value = stored[entry.name]
        if isinstance(entry.default, tuple) and isinstance(value, list):
            value = tuple(value)
        choices = entry.metadata["choices"]
        if type(value) is not type(entry.default) or value == entry.default:
            continue
        if not choices or value in (choices() if callable(choices) else choices):
            good[entry.name] = value
    return replace(Settings(), **good)


def save(path: Path, settings: Settings) -> None:
    """Write the settings by temporary file and replace. Raises StoreError."""
    import json

    data = {entry.name: getattr(settings, entry.name) for entry in fields(Settings)}
    try:
        write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise StoreError(
            f"The settings could not be saved ({error.strerror or error}).", safe="They hold until you quit."
        ) from error
