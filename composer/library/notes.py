"""What the library remembers, in one small file `library.json` in the data folder.

What the hub declared at a download, which files were hashed (so that a file of gigabytes is hashed once), which files
off the list the person agreed to, which folders and servers they named, and what each model was used for. No secrets.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from composer.errors import ConsentError
from composer.library.catalogue import Catalogue, Entry
from composer.library.files import file_sha256
from composer.library.gguf_header import part_names
from composer.library.hub import Declared
from composer.library.trouble import LibraryError
from composer.paths import write_text

FORMAT = 1
KEPT = 50  # drafts of one model
_WRITING = threading.Lock()  # several parts of the app, on several threads, have notes of the same file


class NeedsConsent(LibraryError, ConsentError):
    """A model file that is not on the list and that nobody has agreed to yet."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a model was used for: how many times it drafted, when last (ISO 8601, UTC), and the saved drafts it wrote,
    by id, newest first."""

    drafts: int
    last: str
    wrote: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """The notes in `path`. Every change is made to what the file holds at that moment, and written at once, by a fresh
    file and a replace; `now` gives the time."""

    path: Path
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    data: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Take what the file holds now. One that is missing or cannot be read changes nothing: the notes are a
        convenience, and what is lost is asked or hashed again."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if isinstance(data, dict) and data.get("format", FORMAT) == FORMAT:
            self.data = {key: value for key, value in data.items() if isinstance(value, dict)}

    @contextmanager
    def _change(self) -> Iterator[None]:
        with _WRITING:
            self.reload()
            yield
            self._save()

    def _part(self, name: str) -> dict[str, Any]:
        return self.data.setdefault(name, {})

    # Anything else by name: the servers, what the engine can do

    def part(self, name: str) -> Mapping[str, Any]:
        """A part of the notes, to look at."""
        return self._part(name)

    def keep(self, name: str, key: str, row: Any) -> None:
        """Put a row into a part of the notes."""
        with self._change():
            self._part(name)[key] = row

    def drop(self, name: str, key: str) -> None:
        """Take a row out of a part of the notes, if it is there."""
        with self._change():
            self._part(name).pop(key, None)

    def _save(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            text = json.dumps({"format": FORMAT, **self.data}, ensure_ascii=False, indent=1, sort_keys=True)
            write_text(self.path, text + "\n")
        except OSError as error:
            raise LibraryError(f"The library's notes cannot be written ({error.strerror or error}).") from error

    # What the hub declared

    def declare(self, entry: Entry, declared: Declared) -> None:
        """Keep what the hub said about an entry's file."""
        row = {"size": declared.size, "sha256": declared.sha256, "commit": declared.commit, "on": self.today()}
        with self._change():
            self._part("declared")[_name(entry)] = row

    def declared(self, entry: Entry) -> tuple[Declared, str] | None:
        """What the hub said, and on which day; None where it was never asked."""
        row = self._part("declared").get(_name(entry))
        if not isinstance(row, Mapping):
            return None
        size, sha256, commit = row.get("size"), row.get("sha256"), row.get("commit")
        good = Declared(
            commit if isinstance(commit, str) else None,
            size if isinstance(size, int) else None,
            sha256 if isinstance(sha256, str) else None,
        )
        return good, str(row.get("on", ""))

    # Hashes of files

    def known_sha256(self, path: Path) -> str | None:
        """The sha256 that was computed for `path`, if the file has not changed since (all parts of a split one)."""
        row = self._part("files").get(str(path))
        if isinstance(row, Mapping) and row.get("stamp") == _stamp(path) and isinstance(row.get("sha256"), str):
            return str(row["sha256"])
        return None

    def sha256(self, path: Path, tell: Callable[[int, int], None] = lambda *_: None) -> str:
        """The sha256 of `path`, computed once; of a split model, of the hashes of its parts in a row.

        `tell` gets (bytes done, bytes in all) of each part. Raises DownloadError where it cannot be read.
        """
        known = self.known_sha256(path)
        if known is not None:
            return known
        stamp = _stamp(path)
        sums = [file_sha256(one, tell) for one in part_names(path)]
        digest = sums[0]
        if len(sums) > 1:
            import hashlib

            digest = hashlib.sha256("".join(sums).encode()).hexdigest()
        self.remember(path, digest, stamp)
        return digest

    def remember(self, path: Path, sha256: str, stamp: str | None = None) -> None:
        """Keep the hash of a file that was just computed."""
        row = {"stamp": stamp or _stamp(path), "sha256": sha256}
        with self._change():
            self._part("files")[str(path)] = row

    # Consent

    def agree(self, sha256: str) -> None:
        """The person agreed to a file off the list. It holds for this content, wherever it lies."""
        with self._change():
            self._part("consent")[sha256] = self.today()

    def agreed(self, sha256: str) -> bool:
        """Whether the person agreed to this content."""
        return sha256 in self._part("consent")

    # Folders and uses

    @property
    def home(self) -> Path | None:
        """The folder that downloaded models were moved to, or None for the usual one."""
        folder = self._part("home").get("folder")
        return Path(folder) if isinstance(folder, str) and folder else None

    @home.setter
    def home(self, folder: Path) -> None:
        with self._change():
            self.data["home"] = {"folder": str(folder)}

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders the person named, in order of name."""
        return tuple(Path(folder) for folder in sorted(self._part("folders")))

    def add_folder(self, folder: Path) -> None:
        with self._change():
            self._part("folders")[str(folder)] = self.today()

    def remove_folder(self, folder: Path) -> bool:
        """Whether the folder was named."""
        with self._change():
            return self._part("folders").pop(str(folder), None) is not None

    def used(self, path: Path | str) -> None:
        """Count a draft that was written with the model at `path`, or at a server's address."""
        with self._change():
            row = self._used(path)
            row |= {"drafts": row["drafts"] + 1, "last": self.now().isoformat(timespec="seconds")}

    def wrote(self, path: Path | str, draft: str) -> None:
        """Keep that the saved draft `draft` was written with the model at `path`. Its words are not kept."""
        with self._change():
            row = self._used(path)
            row["wrote"] = [draft, *(one for one in row["wrote"] if one != draft)][:KEPT]

    def _used(self, path: Path | str) -> dict[str, Any]:
        """The row of a model's uses, made if missing, with every field."""
        row = self._part("uses").setdefault(str(path), {})
        if not isinstance(row, dict):
            row = self._part("uses")[str(path)] = {}
        if not isinstance(row.get("drafts"), int):
            row["drafts"] = 0
        row["wrote"] = _texts(row.get("wrote"))
        return row

    def use(self, path: Path | str) -> Use | None:
        """What the model at `path`, or at a server's address, was used for, or None."""
        row = self._part("uses").get(str(path))
        if not isinstance(row, Mapping) or not isinstance(row.get("drafts"), int):
            return None
        return Use(row["drafts"], str(row.get("last", "")), tuple(_texts(row.get("wrote"))))

    def forget(self, path: Path) -> None:
        """Forget what is kept about a file that is gone. Consent stays: it belongs to the content."""
        with self._change():
            self._part("files").pop(str(path), None)

    def moved(self, old: Path, new: Path) -> None:
        """A file has another place: its hash and its uses go with it."""
        with self._change():
            for name in ("files", "uses"):
                row = self._part(name).pop(str(old), None)
                if row is not None:
                    self._part(name)[str(new)] = row

    def today(self) -> str:
        """The day, as it is kept."""
        return self.now().date().isoformat()


def consent(
    path: Path, catalogue: Catalogue, notes: Notes, tell: Callable[[int, int], None] = lambda *_: None
) -> Entry | None:
    """See that `path` may be loaded: its content is on the list (that entry is returned), or was agreed to (None).

    Raises NeedsConsent otherwise. Hashes the file the first time, which takes some seconds per gigabyte.
    """
    sha256 = notes.sha256(path, tell)
    entry = catalogue.by_sha256(sha256)
    if entry is not None or notes.agreed(sha256):
        return entry
    raise NeedsConsent(
        f"{path.name} is not on the list of models, and nobody here has checked it.",
        safe="It was not loaded.",
        do="Use it if you trust where it comes from.",
    )


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _name(entry: Entry) -> str:
    return f"{entry.repository}/{entry.file}"


def _stamp(path: Path) -> str:
    """Changes when the file does: size and time of change of every part."""
    try:
        stats = [one.stat() for one in part_names(path)]
    except OSError:
        return ""
    return " ".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in stats)
