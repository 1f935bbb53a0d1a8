"""Shapes of a post. A shape is a file: `resources/shapes/<name>.toml`, or one of a person's own."""

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from composer.errors import ComposerError
from composer.paths import resource
from composer.post.model import LENGTHS, SHAPES

PARTS = ("headline", "announcing", "opening", "points", "conclusion", "hashtags")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a post is laid out.

    `lines` maps a part to its template: `{fields}` are filled in, `**` marks what is styled. `order` names the parts
    from top to bottom. `points` maps a length to the fewest and the most points. `group` is the number of points
    between blank lines where points carry no section titles, 0 for no grouping. `conclusions` is the most closing
    lines a draft gets.
    """

    name: str
    title: str
    about: str
    question: bool
    sections: bool
    group: int
    emoji: bool
    opening: bool
    conclusions: int
    order: tuple[str, ...]
    points: dict[str, tuple[int, int]]
    lines: dict[str, str]


def shape(name: str) -> Shape:
    """The shape called `name`. Raises ComposerError where there is none, or its file cannot be used."""
    if not name or any(mark in name for mark in "/\\.\0"):
        raise ComposerError(f"“{name}” is not the name of a shape.", do="Choose one of: " + ", ".join(names()) + ".")
    path = resource(f"shapes/{name}.toml")
    if not path.is_file():
        raise ComposerError(f"There is no shape called “{name}”.", do="Choose one of: " + ", ".join(names()) + ".")
    return load(path)


def names() -> tuple[str, ...]:
    """Every shape there is: the two that come with the app first, then a person's own by name."""
    folders = [resource("shapes/take.toml").parent]
    own = os.environ.get("POST_COMPOSER_RESOURCES")
    if own:
        folders.append(Path(own) / "shapes")
    found = {file.stem for folder in folders if folder.is_dir() for file in folder.glob("*.toml")}
    return SHAPES + tuple(sorted(found - set(SHAPES)))


def load(path: Path) -> Shape:
    """The shape in the file `path`. Raises ComposerError that names the line or key at fault."""
    return _load(path, path.stat().st_mtime_ns if path.is_file() else 0)


@cache
def _load(path: Path, _changed: int) -> Shape:
    # The time of the last change is part of the key, so that a shape can be edited while the app runs.
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        lines = {str(key): str(value) for key, value in data["lines"].items()}
        for part in ("headline", "announcing", "point"):
            if not lines.get(part):
                raise KeyError(f"lines.{part}")
        counts: dict[str, tuple[int, int]] = {
            length: (int(data["points"][length][0]), int(data["points"][length][1])) for length in LENGTHS
        }
        order = tuple(str(part) for part in data.get("order", PARTS))
        unknown = sorted(set(order) - set(PARTS))
        if unknown:
            raise KeyError(f"order: {unknown[0]}")
        found = Shape(
            name=path.stem,
            title=str(data.get("title", path.stem)),
            about=str(data.get("about", "")),
            question=bool(data.get("question", False)),
            sections=bool(data.get("sections", False)),
            group=max(0, int(data.get("group", 0))),
            emoji=bool(data.get("emoji", False)),
            opening=bool(data.get("opening", False)),
            conclusions=max(0, int(data.get("conclusions", 1))),
            order=order,
            points=counts,
            lines=lines,
        )
        for template in lines.values():
            template.format(**dict.fromkeys(FIELDS, "x"))
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ComposerError(
            f"The shape {path.name} cannot be used: {str(error).strip()}.",
            do="Compare it with take.toml, which comes with the app.",
        ) from error
    return found


FIELDS = ("headline", "announcing", "opening", "title", "n", "emoji", "label", "text", "conclusion", "note", "hashtags")
