"""What the JSON formats share: looking into values of unknown shape without ever raising."""

from collections.abc import Iterator
from typing import Any

from composer.sources.base import Cue
from composer.sources.clean import plain
from composer.sources.times import number


def items(data: Any, key: str) -> list[dict[str, Any]]:
    """The objects in the list under `key`, or an empty list."""
    found = data.get(key) if isinstance(data, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def text(value: Any) -> str:
    """A string value cleaned, or ""."""
    return plain(value) if isinstance(value, str) else ""


def name(value: Any) -> str | None:
    """A speaker: a string, a number (`Speaker 2`), or an object with a name; None for anything else or blank."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("label") or value.get("id")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return f"Speaker {int(value)}" if 0 <= value < 1000 else None
    found = plain(value) if isinstance(value, str) else ""
    if found.isdigit() and len(found) < 4:
        return f"Speaker {found}"
    return found[:80] or None


def cues(
    rows: list[dict[str, Any]], body: str, start: str, end: str, speaker: str = "speaker", scale: float = 1.0
) -> Iterator[Cue]:
    """A cue for each row. Rows that are plain, as nearly all are, take the short way."""
    names: dict[str, str | None] = {}
    for row in rows:
        said = row.get(body)
        if not isinstance(said, str):
            continue
        begin, finish, who = row.get(start), row.get(end), row.get(speaker)
        if type(begin) is not float or scale != 1.0 or begin < 0:
            begin = number(begin, scale)
        if type(finish) is not float or scale != 1.0 or finish < 0:
            finish = number(finish, scale)
        if type(who) is str:
            if who not in names:
                names[who] = name(who)
            who = names[who]
        elif who is not None:
            who = name(who)
        yield Cue(begin, finish, plain(said), who)
