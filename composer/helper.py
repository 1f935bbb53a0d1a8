"""One warm process beside the window, for work that would hold Python's lock: reading, evidence, drafting, checks.

A thread will not do: threads share one lock, and a busy one delays every event of the window. The process is started
with `spawn`, kept warm, and killed where a person stops a job or it dies: the next job starts a new one.
"""

import contextlib
import logging
import multiprocessing
import pickle
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from composer.errors import ComposerError

log = logging.getLogger(__name__)

Work = Callable[..., Iterator[Any]]


class HelperDied(ComposerError):
    """The helper process ended before its work did."""


class HelperStopped(Exception):
    """The work was stopped by `Helper.stop`. Not an error: somebody asked for it."""


class _Sheets:
    """Bytes as a file that pickle reads and writes in frames of 64 KB.

    Pickling a talk of seven hours in one call would keep Python's lock for a tenth of a second, and the window with it.
    These methods are Python's, so that between two frames another thread may have its turn.
    """

    def __init__(self, held: bytes = b"") -> None:
        self._held, self._at, self.parts = memoryview(held), 0, list[bytes]()

    def read(self, size: int = -1) -> bytes:
        end = len(self._held) if size < 0 else self._at + size
        found = bytes(self._held[self._at : end])
        self._at += len(found)
        return found

    def readline(self) -> bytes:
        rest = bytes(self._held[self._at : self._at + 4096])
        return self.read(rest.index(b"\n") + 1 if b"\n" in rest else len(rest))

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        return len(part)


def packed(value: object) -> bytes:
    """`value`, pickled in frames."""
    sheets = _Sheets()
    pickle.Pickler(sheets, pickle.HIGHEST_PROTOCOL).dump(value)
    return b"".join(sheets.parts)


def unpacked(held: bytes) -> Any:
    """What `packed` made, read in frames. Only from our own process: pickles can run anything."""
    return pickle.Unpickler(_Sheets(held)).load()


class Helper:
    """Runs generator functions of importable modules in the process, one at a time, and yields what they yield."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._owner: int | None = None
        self._stopped: set[int] = set()

    def run(self, owner: int, work: Work, *arguments: Any) -> Iterator[Any]:
        """Yield what `work(*arguments)` yields, in the process. `owner` is the number of the job, for `stop`.

        Raises what the work raises, `HelperStopped` after `stop(owner)`, `HelperDied` where the process ended.
        Arguments and results must pickle.
        """
        with self._turn:
            with self._state:
                if owner in self._stopped:
                    self._stopped.discard(owner)
                    raise HelperStopped
                self._owner = owner
                pipe = self._ready()
            finished = False
            try:
                pipe.send_bytes(packed((work, arguments)))
                while True:
                    kind, value = unpacked(pipe.recv_bytes())
                    if kind == "item":
                        yield value
                    elif kind == "end":
                        finished = True
                        return
                    else:
                        finished = True
                        raise value
            except (EOFError, OSError, BrokenPipeError) as error:
                self._drop()
                finished = True
                with self._state:
                    if owner in self._stopped:
                        raise HelperStopped from None
                raise HelperDied(
                    "The process that reads and drafts has ended unexpectedly.",
                    safe="The transcript and the draft are safe.",
                    do="Try again; a very large file may need more memory than there is.",
                ) from error
            finally:
                if not finished:
                    # The consumer went away in the middle: what is still in the pipe belongs to nobody.
                    self._drop()
                with self._state:
                    self._owner = None
                    self._stopped.discard(owner)

    def stop(self, owner: int) -> None:
        """Stop the work of `owner`, waiting or running."""
        with self._state:
            self._stopped.add(owner)
            running = self._owner == owner
            process = self._process
        if running and process is not None:
            process.kill()

    def warm(self) -> None:
        """Start the process now, so that the first job does not wait for it."""
        with self._turn, self._state:
            self._ready()

    def close(self) -> None:
        """End the process."""
        with self._state:
            process, self._process, pipe, self._pipe = self._process, None, self._pipe, None
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _ready(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True, name="post-composer-helper")
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def _drop(self) -> None:
        self.close()


def _serve(pipe: Connection) -> None:
    """The process: take work, yield items, until the pipe closes."""
    import signal

    # Ctrl+C in the terminal reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            work, arguments = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            for item in work(*arguments):
                pipe.send_bytes(pickle.dumps(("item", item), pickle.HIGHEST_PROTOCOL))
            pipe.send_bytes(pickle.dumps(("end", None)))
        except BrokenPipeError:
            return
        except ComposerError as error:
            pipe.send_bytes(pickle.dumps(("error", error)))
        except Exception as error:  # a bug: the parent logs it and tells the person in one sentence
            import traceback

            pipe.send_bytes(pickle.dumps(("error", RuntimeError("".join(traceback.format_exception(error))))))
