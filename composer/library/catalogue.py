"""The list of models: `models/catalogue.toml`, and entries of the person's own in a file of the same form."""

import contextlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from composer import paths
from composer.library.trouble import LibraryError

FORMAT = 1
UNCHECKED = "not yet checked against the hub"

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_FILE = re.compile(r"(?:[A-Za-z0-9][\w.+-]*/)*[A-Za-z0-9][\w.+-]*\.gguf")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"\d{4}-\d\d-\d\d")
_REVISION = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Measure:
    """A published measurement: `value` in `unit`, of `model`, by `who`, in `when` (`2026-03`)."""

    value: float
    unit: str
    model: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A model on the list. `size` in bytes and `revision` (a commit) are None until they are known exactly;
    `about_bytes` is a rounded size. `memory_gb` is (from, up to), 0 for no upper end. `own` marks the
    person's entries."""

    id: str
    name: str
    repository: str
    file: str
    sha256: str | None = None
    size: int | None = None
    about_bytes: int | None = None
    licence: str = ""
    revision: str | None = None
    context: int = 0
    template: str = ""
    memory_gb: tuple[float, float] | None = None
    strengths: str = ""
    measured: Measure | None = None
    own: bool = False

    @property
    def file_name(self) -> str:
        """The file's name without the folders of the repository."""
        return self.file.rsplit("/", 1)[-1]

    @property
    def best_size(self) -> int | None:
        """The exact size where known, else the rounded one, else None."""
        return self.size if self.size is not None else self.about_bytes


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The list. `version` is its date; entries stand in the order they are offered; `source` is where newer ones are
    published, "" where it names no place."""

    version: str
    entries: tuple[Entry, ...]
    source: str = ""

    def get(self, name: str) -> Entry:
        """The entry called `name` (its id, name or file). Raises LibraryError, naming what there is."""
        wanted = name.casefold()
        for entry in self.entries:
            if wanted in (entry.id, entry.name.casefold(), entry.file_name.casefold()):
                return entry
        known = ", ".join(entry.id for entry in self.entries)
        raise LibraryError(f"No model on the list is called {name!r}.", do=f"The list has: {known}.")

    def by_sha256(self, sha256: str) -> Entry | None:
        """The entry whose file has this hash, or None."""
        return next((entry for entry in self.entries if entry.sha256 and entry.sha256 == sha256), None)


def default_path() -> Path:
    """The list that comes with the app."""
    return paths.root() / "models" / "catalogue.toml"


def load(path: Path | None = None, own: Path | None = None) -> Catalogue:
    """Read the list at `path` (default: the one that comes with the app), then the person's own at `own` if it exists.

    An own entry with the id of a listed one takes its place. Raises LibraryError, naming the entry and the field, where
    a file cannot be read or says something that cannot be.
    """
    shipped = _read(path or default_path(), own=False)
    if own is None or not own.is_file():
        return shipped
    mine = _read(own, own=True).entries
    taken = {entry.id for entry in mine}
    entries = tuple(entry for entry in shipped.entries if entry.id not in taken) + mine
    return replace(shipped, entries=entries)


def take(data: bytes, path: Path) -> bool:
    """Keep a newer list at `path`, after it was looked through. Whether it is newer than the one there and the one that
    came with the app. Raises LibraryError where it cannot be used; nothing is changed then."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise LibraryError("The file is no list of models.", safe="The list is as it was.") from None
    fresh = _parsed(text, "the new list", own=False)
    if not fresh.entries or not _VERSION.fullmatch(fresh.version):
        raise LibraryError("The new list has no models, or no date.", safe="The list is as it was.")
    have = [_read(default_path(), own=False).version]
    if path.is_file():
        with contextlib.suppress(LibraryError):  # what cannot be read is replaced
            have.append(_read(path, own=False).version)
    if fresh.version <= max(have):
        return False
    paths.write_text(path, text)
    return True


def _read(path: Path, *, own: bool) -> Catalogue:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LibraryError(f"The list of models {path} cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise LibraryError(
            f"The list of models {path} is not valid TOML: {error}.", do="Correct or remove it."
        ) from error
    return _parsed(text, str(path), own=own)


def _parsed(text: str, where: str, *, own: bool) -> Catalogue:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(
            f"The list of models {where} is not valid TOML: {error}.", do="Correct or remove it."
        ) from error
    if data.get("format", FORMAT) != FORMAT:
        raise LibraryError(f"The list of models {where} is of a newer form.", do="Update Post Composer.")
    rows = data.get("model", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LibraryError(f"The list of models {where} has no [[model]] entries.")
    entries = tuple(entry_from(row, own=own, where=where) for row in rows)
    ids = [entry.id for entry in entries]
    if double := sorted({name for name in ids if ids.count(name) > 1}):
        raise LibraryError(f"The list of models {where} has {double[0]!r} twice.")
    source = data.get("source", "")
    return Catalogue(str(data.get("version", "")), entries, source if isinstance(source, str) else "")


def entry_from(row: Mapping[str, Any], *, own: bool = False, where: str = "the list of models") -> Entry:
    """An entry from a table of the list. Raises LibraryError where a field is missing, unknown, or cannot be."""
    name = str(row.get("id", "?"))

    def wrong(field: str, why: str) -> LibraryError:
        return LibraryError(f"In {where}, the entry {name!r} has a wrong {field}: {why}.", do="Correct the file.")

    known = set(Entry.__dataclass_fields__) - {"own"}
    if unknown := sorted(set(row) - known):
        raise wrong(unknown[0], "this field is unknown")

    def text(field: str, pattern: re.Pattern[str] | None = None, *, needed: bool = False) -> str:
        value = row.get(field, "")
        if not isinstance(value, str) or (needed and not value):
            raise wrong(field, "a text is needed")
        if value and pattern and not pattern.fullmatch(value):
            raise wrong(field, f"{value!r} does not look like one")
        return value

    def count(field: str) -> int | None:
        value = row.get(field)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value <= 0):
            raise wrong(field, "a whole number above 0 is needed")
        return value

    return Entry(
        id=text("id", _ID, needed=True),
        name=text("name") or text("id"),
        repository=text("repository", _REPOSITORY, needed=True),
        file=text("file", _FILE, needed=True),
        sha256=text("sha256", _SHA256) or None,
        size=count("size"),
        about_bytes=count("about_bytes"),
        licence=text("licence"),
        revision=text("revision", _REVISION) or None,
        context=count("context") or 0,
        template=text("template"),
        memory_gb=_memory(row.get("memory_gb"), wrong),
        strengths=text("strengths"),
        measured=_measure(row.get("measured"), wrong),
        own=own,
    )


def _memory(value: Any, wrong: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(n, int | float) and n >= 0 for n in value):
        raise wrong("memory_gb", "two numbers are needed, from and up to")
    return float(value[0]), float(value[1])


def _measure(value: Any, wrong: Any) -> Measure | None:
    if value is None:
        return None
    try:
        return Measure(
            float(value["value"]), str(value["unit"]), str(value["model"]), str(value["who"]), str(value["when"])
        )
    except (TypeError, KeyError, ValueError) as error:
        raise wrong("measured", "value, unit, model, who and when are needed") from error


def add_own(path: Path, row: Mapping[str, Any]) -> Entry:
    """Add an entry to the person's own list at `path`, made if missing; one with the same id is replaced.

    Raises LibraryError where the entry or the file there is wrong.
    """
    entry = entry_from(row, own=True, where="your own list")
    rows = [own for own in (_read(path, own=True).entries if path.is_file() else ()) if own.id != entry.id]
    _write(path, [*rows, entry])
    return entry


def remove_own(path: Path, name: str) -> bool:
    """Take the entry `name` off the person's own list. Returns whether it was there."""
    rows = _read(path, own=True).entries if path.is_file() else ()
    left = [own for own in rows if own.id != name]
    if len(left) == len(rows):
        return False
    _write(path, left)
    return True


def _write(path: Path, entries: list[Entry]) -> None:
    lines = ["# Models of your own. The form is that of models/catalogue.toml.", "", f"format = {FORMAT}"]
    for entry in entries:
        lines += ["", "[[model]]"]
        for field in Entry.__dataclass_fields__:
            value = getattr(entry, field)
            if field != "own" and value not in (None, "", 0):
                lines.append(f"{field} = {_toml(value)}")
    paths.write_text(path, "\n".join(lines) + "\n")


def _toml(value: object) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
        import json

        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, Measure):
        return "{ " + ", ".join(f"{key} = {_toml(getattr(value, key))}" for key in Measure.__dataclass_fields__) + " }"
    return str(value)
