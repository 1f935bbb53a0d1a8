"""A file in, a Transcript out: one module per family of formats."""

from composer.sources.model import Chapter, Segment, Transcript
from composer.sources.reader import members, read, read_text, to_json

__all__ = ["Chapter", "Segment", "Transcript", "members", "read", "read_text", "to_json"]
