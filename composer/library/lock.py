"""One at a time, across processes: a lock that the system lifts when its holder dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from composer.library.trouble import DownloadError


@contextmanager
def lock(path: Path, busy: str) -> Iterator[None]:
    """Hold the lock file `path` (made if missing, never removed). Raises DownloadError(`busy`) where another has it."""
    try:
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
