"""A file in, a Transcript out: one module per family of formats."""

from typing import TYPE_CHECKING, Any

from composer.sources.model import Chapter, Segment, Transcript

if TYPE_CHECKING:
    from composer.sources.reader import members, read, read_text, to_json

__all__ = ["Chapter", "Segment", "Transcript", "members", "read", "read_text", "to_json"]


def __getattr__(name: str) -> Any:
    # The readers load with the first file: the window knows the types long before.
    if name in __all__:
        from composer.sources import reader

        return getattr(reader, name)
    raise AttributeError(name)
