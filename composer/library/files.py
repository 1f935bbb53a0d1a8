"""Small dealings with files: hashing, moving, making safe, and one at a time across processes."""

import hashlib
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from composer.library.trouble import DownloadError, Paused


def part(path: Path) -> Path:
    """The unfinished download of `path`."""
    return path.with_name(path.name + ".part")


def file_sha256(
    path: Path, tell: Callable[[int, int], None] = lambda *_: None, stop: threading.Event | None = None
) -> str:
    """The sha256 of a file, telling (bytes done, bytes in all) on the way.

    Raises DownloadError where it cannot be read, and Paused on `stop`.
    """
    digest, done = hashlib.sha256(), 0
    try:
        with path.open("rb", buffering=0) as file:
            total = os.fstat(file.fileno()).st_size
            while chunk := file.read(1 << 20):
                digest.update(chunk)
                done += len(chunk)
                tell(done, total)
                if stop is not None and stop.is_set():
                    raise Paused(f"Checking {path.name} was stopped.")
    except OSError as error:
        raise DownloadError(f"{path.name} could not be read ({error.strerror or error}).") from error
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the new name safe too. Windows cannot and need not."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def carry(old: Path, new: Path, tell: Callable[[int, int], None]) -> None:
    """Move one file, also between disks, so that it is whole in one of the two places at any moment."""
    new.parent.mkdir(parents=True, exist_ok=True)
    if new.exists():
        if file_sha256(new) != file_sha256(old):
            raise DownloadError(f"Another {new.name} is in the new folder.", safe="Both were left as they are.")
        old.unlink()
        return
    try:
        old.rename(new)
        return
    except OSError:
        pass  # another disk
    fresh = new.with_name(new.name + ".moving")
    shutil.copyfile(old, fresh)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    if file_sha256(fresh, tell) != file_sha256(old):
        fresh.unlink()
        raise DownloadError(f"{old.name} changed while it was copied.", safe="The old file was left as it is.")
    fresh.replace(new)
    old.unlink()


@contextmanager
def lock(path: Path, busy: str) -> Iterator[None]:
    """Hold the lock file `path` (made if missing, never removed). Raises DownloadError(`busy`) where another has it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DownloadError(f"The folder {path.parent} cannot be written ({error.strerror or error}).") from error
    try:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DownloadError(busy, do="Wait until it is done, or stop it.") from error
        yield
    finally:
        os.close(handle)
