"""Download one file so that it is whole, right, or not there.

The bytes go into `<file>.part`, beside it `<file>.part.json` says which file they belong to. A later try, in this or
another run, goes on from the last byte: the part is hashed again, and the rest is asked for with a range and, from the
same server, If-Range. Only when the sha256 is that of the hub (and of the list) and the header is that of a model is
the file made safe on the disk and given its name.
"""

import errno
import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from composer.errors import ModelFileError
from composer.library.catalogue import Entry
from composer.library.files import file_sha256, lock, part, sync_folder
from composer.library.gguf_header import check, part_names
from composer.library.gguf_read import nice_size, read
from composer.library.hub import Again, Declared, Hub, Reply
from composer.library.meter import Meter, Progress
from composer.library.trouble import Differs, DownloadError, Paused

CHUNK = 256 * 1024
LONGEST_WAIT = 300.0
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Got:
    """A file that is here. `listed`: its sha256 is the one on the list. `declared` is what the hub said, None where it
    was not asked because the file was here."""

    path: Path
    sha256: str
    size: int
    listed: bool
    declared: Declared | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """How to download. `limit` in bytes per second, 0 for none, or a function that says it anew at each moment;
    `reserve` bytes stay free on the disk; `attempts` is how many tries may fail in a row without a new byte;
    `accept_changed` takes what the hub has now although the list names another file."""

    limit: int | Callable[[], int] = 0
    reserve: int = 256_000_000
    attempts: int = 8
    accept_changed: bool = False


def target(entry: Entry, folder: Path) -> Path:
    """Where the entry's file belongs: `folder/owner/repository/file`."""
    return folder.joinpath(*entry.repository.split("/"), entry.file_name)


def get(
    entry: Entry,
    folder: Path,
    hub: Hub,
    *,
    rules: Rules | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    stop: threading.Event | None = None,
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] | None = None,
    free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
) -> Got:
    """Download `entry` into `folder`, or go on with it, and return the finished file; of a split model all parts.

    Blocks; set `stop` from another thread to pause. Raises Paused, NeedsToken, Differs, DownloadError, or
    ModelFileError where the file came whole but is no model. What has come is kept for the next try except where the
    error says that it was removed. `clock` (seconds), `wait` (seconds) and `free` (bytes) can be replaced.
    """
    stop = stop or threading.Event()

    def one(piece: Entry) -> Got:
        path = target(piece, folder)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DownloadError(f"The folder {path.parent} cannot be made ({error.strerror or error}).") from error
        with lock(folder / ".download.lock", "Another download is running."):
            job = _Job(piece, path, hub, rules or Rules(), progress, stop, clock, wait or stop.wait, free)
            return job.run()

    # Of a split model the first part comes last: without it none of the others is taken for a model.
    others = part_names(Path(entry.file))[1:]
    for other in others:
        one(replace(entry, file=other.as_posix(), sha256=None, size=None))
    got = one(entry)
    if others:
        try:
            check(got.path)
        except ModelFileError:
            got.path.unlink()
            raise
    return got


class _Job:
    """One download. The invariant: the part on the disk has `done` bytes, and `hash` has eaten exactly those."""

    def __init__(
        self,
        entry: Entry,
        path: Path,
        hub: Hub,
        rules: Rules,
        progress: Callable[[Progress], None],
        stop: threading.Event,
        clock: Callable[[], float],
        wait: Callable[[float], object],
        free: Callable[[Path], int],
    ) -> None:
        self.entry, self.path, self.hub, self.rules = entry, path, hub, rules
        self.tell, self.stop, self.clock, self.wait, self.free = progress, stop, clock, wait, free
        self.part, self.side = part(path), part(path).with_name(path.name + ".part.json")
        self.notices: list[str] = []
        self.declared = Declared(None, None, None)
        self.size: int | None = None
        self.sha256: str | None = None
        self.etag = self.etag_from = ""
        self.done = self.best = self.pieces = self.wrong_ranges = 0
        self.hash = hashlib.sha256()
        self.file: IO[bytes] | None = None
        limit = rules.limit
        self.meter = Meter(clock, limit if callable(limit) else lambda: limit)

    # The course of a download

    def run(self) -> Got:
        if self.path.exists():
            return self._here()
        self._ask()
        try:
            self._open()
            for last in (False, True):
                self._fetch()
                if self._right():
                    break
                if last or self.pieces <= 1:
                    self._drop()
                    raise DownloadError(
                        f"{self.path.name} came with other content than {self.hub.host} declares.",
                        safe="It was removed and is not offered as a model.",
                        do="Try again later, or choose another model.",
                    )
                # Pieces of different files, or a part spoiled by a power cut: once more, from the first byte.
                self._reset()
                self._ask()
            return self._finish()
        finally:
            if self.file is not None:
                self.file.close()

    def _here(self) -> Got:
        """The file has its name already: it is the one, or it is in the way."""
        sha256 = file_sha256(self.path, self._checking, self.stop)
        size = self.path.stat().st_size
        if self.entry.sha256 and sha256 != self.entry.sha256:
            raise DownloadError(
                f"A file named {self.path.name} is already here, and it is another one.",
                safe="It was left as it is.",
                do="Remove it first.",
            )
        return Got(self.path, sha256, size, sha256 == self.entry.sha256, None)

    def _ask(self) -> None:
        """Ask the hub what the file is, and compare with the list."""
        self.tell(Progress("asking"))
        self.declared = self._patiently(
            lambda: self.hub.declare(self.entry.repository, self.entry.file, self.entry.revision or "main")
        )
        said, listed = self.declared, self.entry
        differs = []
        if listed.sha256 and said.sha256 and said.sha256 != listed.sha256:
            differs.append(f"sha256 {said.sha256[:12]}… where the list has {listed.sha256[:12]}…")
        if listed.size and said.size and said.size != listed.size:
            differs.append(f"{said.size:,} bytes where the list has {listed.size:,}")
        if differs:
            text = f"{self.hub.host} has another {self.path.name} than the list: " + ", ".join(differs) + "."
            if not self.rules.accept_changed:
                raise Differs(text, safe="Nothing was downloaded.", do="Update the list, or choose to take it anyway.")
            if text not in self.notices:
                self.notices.append(text)
        self.size = said.size or listed.size
        self.sha256 = said.sha256 or listed.sha256

    def _patiently(self, ask: Callable[[], Any]) -> Any:
        """Do `ask`, again and again with growing pauses where it may succeed later."""
        failures = 0
        while True:
            try:
                return ask()
            except Again as again:
                failures += 1
                self._back_off(again, failures)

    def _fetch(self) -> None:
        """Get all bytes. Failed tries count only while no new byte comes."""
        failures = 0
        while self.size is None or self.done < self.size:
            best = self.best
            try:
                self._piece()
            except Again as again:
                failures = 1 if self.best > best else failures + 1
                self._back_off(again, failures)

    def _back_off(self, again: Again, failures: int) -> None:
        """Wait before the next try: what the server asks, else 1, 2, 4, ... seconds. Raises when it is enough."""
        seconds = again.after if again.after is not None else min(2.0 ** (failures - 1), 60.0)
        if failures >= self.rules.attempts or seconds > LONGEST_WAIT:
            raise DownloadError(
                f"The download of {self.path.name} does not get on: {again.why}.",
                safe=self._kept(),
                do="Try again later.",
            ) from again
        self.tell(Progress("waiting", self.done, self.size or 0, left=seconds, why=again.why))
        self.wait(seconds)
        self._pause_if_asked()

    def _pause_if_asked(self) -> None:
        if self.stop.is_set():
            raise Paused(f"The download of {self.path.name} is paused.", safe=self._kept(), do="Get it again to go on.")

    def _kept(self) -> str:
        if not self.done:
            return ""
        return f"The first {nice_size(self.done)} are kept."

    # The part on the disk

    def _open(self) -> None:
        """Open the part; keep what belongs to the declared file and hash it."""
        try:
            note = json.loads(self.side.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            note = {}
        same = isinstance(note, dict) and self._belongs(note)
        try:
            self.file = self.part.open("r+b" if same and self.part.exists() else "w+b", buffering=0)
        except OSError as error:
            raise self._disk(error) from error
        if same:
            self.etag, self.etag_from = str(note.get("etag", "")), str(note.get("etag_from", ""))
            length = os.fstat(self.file.fileno()).st_size
            if self.size is not None and length > self.size:
                self._reset()
            else:
                self._hash_part(length)
        self._note()
        self._room()

    def _belongs(self, note: dict[str, Any]) -> bool:
        """Whether the part is of the file that the hub declares now."""
        if (note.get("repository"), note.get("file")) != (self.entry.repository, self.entry.file):
            return False
        if self.size is not None and note.get("size") not in (None, self.size):
            return False
        if self.sha256 is not None:
            return bool(note.get("sha256") == self.sha256)
        return bool(note.get("etag"))

    def _hash_part(self, length: int) -> None:
        assert self.file is not None
        self.file.seek(0)
        try:
            while chunk := self.file.read(1 << 20):
                self.hash.update(chunk)
                self.done += len(chunk)
                self._checking(self.done, length)
                self._pause_if_asked()
        except OSError as error:
            raise self._disk(error) from error
        self.best = self.done
        self.pieces = 1 if self.done else 0

    def _checking(self, done: int, total: int) -> None:
        self.tell(Progress("checking", done, total))

    def _note(self) -> None:
        """Write down which file the part is of, before its first byte."""
        note = {"repository": self.entry.repository, "file": self.entry.file, "size": self.size, "sha256": self.sha256}
        note |= {"commit": self.declared.commit, "etag": self.etag, "etag_from": self.etag_from}
        fresh = self.side.with_name(self.side.name + ".new")
        try:
            fresh.write_text(json.dumps(note), encoding="utf-8")
            fresh.replace(self.side)
        except OSError as error:
            raise self._disk(error) from error

    def _reset(self) -> None:
        """Forget the part's content."""
        assert self.file is not None
        self.file.seek(0)
        self.file.truncate()
        self.hash, self.done, self.pieces = hashlib.sha256(), 0, 0

    def _drop(self) -> None:
        """Remove the part from the disk."""
        if self.file is not None:
            self.file.close()
            self.file = None
        self.part.unlink(missing_ok=True)
        self.side.unlink(missing_ok=True)
        self.done = 0

    def _room(self) -> None:
        """Raise where the rest does not fit on the disk."""
        if self.size is None:
            return
        lacking = self.size - self.done + self.rules.reserve - self.free(self.path.parent)
        if lacking > 0 and self.done < self.size:
            raise DownloadError(
                f"The disk has too little room for {self.path.name} ({nice_size(self.size)}).",
                safe=self._kept(),
                do=f"Free {nice_size(lacking)}, or choose another folder.",
            )

    def _disk(self, error: OSError) -> DownloadError:
        if error.errno in _FULL:
            return DownloadError(
                "The disk is full.", safe=self._kept(), do="Free some room, then get it again to go on."
            )
        if error.errno == errno.EFBIG:
            return DownloadError(
                "This disk cannot hold a file so large (FAT32 stops at 4 GB).",
                safe=self._kept(),
                do="Choose another folder.",
            )
        return DownloadError(
            f"The disk gave an error ({error.strerror or error}).", safe=self._kept(), do="Check the disk."
        )

    # The bytes

    def _piece(self) -> None:
        """Get bytes over one connection, from `done` on. Raises Again where the rest must be asked for anew."""
        self._pause_if_asked()
        url = self.hub.url(
            self.entry.repository, self.entry.file, self.declared.commit or self.entry.revision or "main"
        )
        headers = {}
        if self.done and self.wrong_ranges < 2:
            headers["Range"] = f"bytes={self.done}-"
            if self.etag and self.etag_from == self.hub.host and not self.etag.startswith("W/"):
                headers["If-Range"] = self.etag
        reply = self.hub.open(url, headers)
        try:
            self._answer(reply)
            self.pieces += 1
            self._read(reply)
        finally:
            reply.close()
        if self.size is not None and self.done < self.size:
            raise Again("the connection was closed early")

    def _answer(self, reply: Reply) -> None:
        """Look at status and headers: after this the body begins at `done`, or Again is raised."""
        if reply.get("Content-Encoding") not in ("", "identity"):
            raise DownloadError(f"{self.hub.host} sends the file compressed, which cannot be checked.")
        if reply.status == 416:
            self._reset()
            raise Again("the server has less of the file than is here")
        if reply.status == 206:
            first, total = _content_range(reply.get("Content-Range"))
            if first != self.done or (self.size is not None and total not in (None, self.size)):
                self.wrong_ranges += 1
                if self.wrong_ranges >= 2:
                    self._reset()
                raise Again("the server sent another range than asked for")
            if self.etag and self.etag_from == self.hub.host and reply.get("ETag") not in ("", self.etag):
                self._reset()
                self.etag = ""
                raise Again("the file on the server has changed")
            length = total
        else:
            text = reply.get("Content-Length")
            length = int(text) if text.isascii() and text.isdigit() else None
            if self.size is not None and length not in (None, self.size):
                raise Again("the server has a file of another size now")
            self._reset()
        if self.size is None:
            if length is None:
                raise DownloadError(f"{self.hub.host} does not say how large the file is.")
            self.size = length
            self._room()
        if reply.get("ETag") != self.etag or self.etag_from != self.hub.host:
            self.etag, self.etag_from = reply.get("ETag"), self.hub.host
            self._note()

    def _read(self, reply: Reply) -> None:
        checked = self.done
        self.meter.start(self.done)
        while chunk := reply.read(CHUNK):
            if self.size is not None and self.done + len(chunk) > self.size:
                self._reset()
                raise Again("the server sends more than it declared")
            self._write(chunk)
            if self.done - checked >= 64_000_000:
                checked = self.done
                self._room()
            if self.meter.due(self.done):
                speed = self.meter.speed
                left = (self.size - self.done) / speed if self.size and speed else None
                self.tell(Progress("getting", self.done, self.size or 0, speed, left))
            if (pause := self.meter.pause(self.done)) > 0:
                self.wait(pause)
            self._pause_if_asked()

    def _write(self, chunk: bytes) -> None:
        assert self.file is not None
        view = memoryview(chunk)
        try:
            while view:
                written = self.file.write(view)
                view = view[written or 0 :]
        except OSError as error:
            # Back to the last whole chunk, so that part and hash agree.
            self.file.truncate(self.done)
            self.file.seek(self.done)
            raise self._disk(error) from error
        self.hash.update(chunk)
        self.done += len(chunk)
        self.best = max(self.best, self.done)

    # The end

    def _right(self) -> bool:
        return self.sha256 is None or self.hash.hexdigest() == self.sha256

    def _finish(self) -> Got:
        """Make the file safe on the disk, look at its header, give it its name."""
        assert self.file is not None
        try:
            os.fsync(self.file.fileno())
            self.file.close()
            self.file = None
            try:
                # Of a split model only this part can be looked at yet.
                read(self.part) if len(part_names(self.path)) > 1 else check(self.part)
            except ModelFileError as error:
                what = error.what.replace(self.part.name, self.path.name)
                self._drop()
                raise ModelFileError(what, safe="It was removed.", do="Choose another model.") from error
            self.part.replace(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            raise self._disk(error) from error
        self.side.unlink(missing_ok=True)
        digest = self.hash.hexdigest()
        return Got(self.path, digest, self.done, digest == self.entry.sha256, self.declared, tuple(self.notices))


def _content_range(text: str) -> tuple[int | None, int | None]:
    """First byte and total of `bytes 10-99/100`; None for what is not said."""
    unit, _, rest = text.partition(" ")
    span, _, total = rest.partition("/")
    first = span.partition("-")[0]
    if unit != "bytes" or not (first.isascii() and first.isdigit()):
        return None, None
    return int(first), int(total) if total.isascii() and total.isdigit() else None
