"""What the engine's build can do beside the processor: asked of the engine itself, once for each version of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from composer.engine.messages import Ready
    from composer.library.notes import Notes

_KEY = "graphics"


@dataclass(frozen=True, slots=True)
class Graphics:
    """`offload`: this build can use graphics processors. `name` is the one with the most free memory that it sees, ""
    for none; memory in bytes."""

    offload: bool
    name: str = ""
    free: int = 0
    total: int = 0


def of(ready: "Ready") -> Graphics:
    """From the engine's first line."""
    best = max(ready.gpus, key=lambda gpu: gpu.free, default=None)
    return Graphics(ready.offload, best.name, best.free, best.total) if best else Graphics(ready.offload)


def ask() -> "Ready | None":
    """Start the engine for its first line, about a second; None where it does not start."""
    from composer.engine.client import EngineClient

    client = EngineClient()
    try:
        return client.greet()
    except ComposerError:
        return None
    finally:
        client.close()


def version() -> str:
    """The engine's version, "" where that cannot be told."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("llama-cpp-python")
    except PackageNotFoundError:
        return ""


def keep(notes: "Notes", ready: "Ready") -> Graphics:
    """Keep what the engine said. The free memory is that of the moment."""
    found = of(ready)
    row = {"offload": found.offload, "name": found.name, "free": found.free, "total": found.total}
    notes.keep("engine", _KEY, {"version": version(), **row})
    return found


def kept(notes: "Notes") -> Graphics | None:
    """What this version of the engine said, or None where it was not asked yet."""
    row = notes.part("engine").get(_KEY)
    if not isinstance(row, Mapping) or row.get("version") != version() or not isinstance(row.get("offload"), bool):
        return None
    name, free, total = row.get("name"), row.get("free"), row.get("total")
    if not isinstance(name, str) or not isinstance(free, int) or not isinstance(total, int):
        return None
    return Graphics(row["offload"], name, free, total)
