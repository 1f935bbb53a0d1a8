"""One engine process, watched: threads of its own start it, feed it, read it and keep its last words.

Nothing here blocks its caller: requests go through a queue, and an event is waited for with a time limit.
"""

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from composer.engine import messages as m
from composer.engine import orphans

TAIL = 60  # lines of stderr that are kept


@dataclass(frozen=True, slots=True)
class Death:
    """How a process ended. `code` as `subprocess` gives it (a negative signal on POSIX), None if it never started.

    `babbled` says that it wrote something that is no message, and was ended for it. `tail` is the end of its stderr.
    `errno` says why it could not be started.
    """

    code: int | None
    tail: str
    babbled: bool = False
    detail: str = ""
    errno: int = 0


class Process:
    """A running engine. `get` gives its events in order, and then `Death` for ever."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._command, self._env = list(command), dict(env)
        self._events: queue.SimpleQueue[m.Event | Death] = queue.SimpleQueue()
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._numbering = threading.Lock()
        self._number = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._death: Death | None = None
        self._tail: deque[str] = deque(maxlen=TAIL)
        self._started = threading.Event()
        # Linux ends the child with the thread that started it, so the thread that reads it starts it as well.
        self._keeper = threading.Thread(target=self._keep, name="engine", daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int | None:
        """The process's number, once it runs."""
        self._started.wait(10)
        return self._child.pid if self._child else None

    @property
    def dead(self) -> bool:
        """Whether it has ended."""
        return not self._keeper.is_alive()

    def send(self, message: m.Request) -> int:
        """Send a request, without waiting for it to be read; returns its number."""
        with self._numbering:
            self._number += 1
            self._lines.put(m.encode(message, self._number))
            return self._number

    def get(self, seconds: float) -> m.Event | Death | None:
        """The next event; None after `seconds` without one."""
        if self._death:
            return self._death
        try:
            event = self._events.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        if isinstance(event, Death):
            self._death = event
        return event

    def kill(self) -> None:
        """End it at once."""
        self._started.wait(10)
        if self._child:
            with contextlib.suppress(OSError):
                self._child.kill()

    def close(self, seconds: float = 2.0) -> None:
        """End it in order: its stdin, a while to leave, then by force; afterwards no thread of it is left."""
        self._lines.put(None)
        self._keeper.join(seconds)
        if self._keeper.is_alive():
            self.kill()
            self._keeper.join(10)

    # ------------------------------------------------------------------------------------- threads of its own

    def _keep(self) -> None:
        folder = babble = ""
        code: int | None = None
        try:
            folder = tempfile.mkdtemp(prefix="post-composer-engine-")
            child = self._spawn(folder)
        except (OSError, ValueError) as error:
            self._started.set()
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
            self._events.put(Death(None, "", detail=str(error), errno=getattr(error, "errno", None) or 0))
            return
        self._child = child
        job = orphans.tie(child)
        self._started.set()
        helpers = [
            threading.Thread(target=self._feed, args=(child,), name="engine-in", daemon=True),
            threading.Thread(target=self._overhear, args=(child,), name="engine-err", daemon=True),
        ]
        for thread in helpers:
            thread.start()
        try:
            self._read(child)
        except m.ProtocolError as error:
            babble = str(error)
            child.kill()
        finally:
            self._lines.put(None)
            code = child.wait()
            if job:
                job.close()
            for thread in helpers:
                thread.join(5)
            for pipe in (child.stdout, child.stderr):
                if pipe:
                    pipe.close()
            shutil.rmtree(folder, ignore_errors=True)
            self._events.put(Death(code, "\n".join(self._tail), bool(babble), babble))

    def _spawn(self, folder: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,  # an empty one: the library looks for code to load in the current folder
            env=self._env,
            bufsize=0 if os.name == "nt" else -1,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0,
        )

    def _read(self, child: "subprocess.Popen[bytes]") -> None:
        assert child.stdout is not None
        for expected, line in enumerate(child.stdout, 1):
            if not line.endswith(b"\n"):
                return  # it died in the middle of a line
            number, event = m.decode(line)
            if number != expected or isinstance(event, m.REQUESTS):
                raise m.ProtocolError(f"line {expected} says it is {number}")
            self._events.put(event)  # type: ignore[arg-type]

    def _feed(self, child: "subprocess.Popen[bytes]") -> None:
        assert child.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            while (line := self._lines.get()) is not None:
                child.stdin.write(line)
                child.stdin.flush()
        with contextlib.suppress(OSError, ValueError):
            child.stdin.close()

    def _overhear(self, child: "subprocess.Popen[bytes]") -> None:
        assert child.stderr is not None
        for line in child.stderr:
            self._tail.append(line.decode("utf-8", "replace").rstrip()[:500])
