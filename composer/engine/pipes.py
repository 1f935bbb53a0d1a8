"""The engine's end of the pipes, for the worker and for the scripted fake: what goes in, what comes out, whose child
it is. Nothing here waits for the app: a full pipe or a slow reader never stops the computation, nor a cancel."""

import contextlib
import os
import queue
import signal
import sys
import threading
import time
from typing import Any, NoReturn

from composer.engine import messages as m

PARENT = "POST_COMPOSER_PARENT"  # the pid of the app, so that a parent that died before prctl is noticed
MEMORY = "POST_COMPOSER_ENGINE_MEMORY"  # bytes of address space this process may use
GATHER = 0.04  # seconds of text in one line


class Inbox:
    """Requests from the app, read by a thread of their own.

    The end of the stream means that the app is gone: the process leaves at once, whatever it is doing.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._requests: queue.SimpleQueue[tuple[int, m.Request]] = queue.SimpleQueue()
        self._cancels: set[int] = set()
        self._lock = threading.Lock()
        self._now = 0
        self.flag = bytearray(2)  # `cancelled` as a C string, for the library to look at: empty, or one byte long
        self.changed = threading.Event()  # set by every cancel
        threading.Thread(target=self._listen, name="requests", daemon=True).start()

    @property
    def cancelled(self) -> bool:
        """Whether the request being served is cancelled."""
        return self.flag[0] != 0

    @property
    def serving(self) -> int:
        """The number of the request being served, 0 for none."""
        return self._now

    def next(self) -> tuple[int, m.Request]:
        """Wait for a request, and serve it from now on."""
        number, ask = self._requests.get()
        with self._lock:
            self._now, self.flag[0] = number, number in self._cancels
            self._cancels = {cancel for cancel in self._cancels if cancel > number}
            if not self.cancelled:
                self.changed.clear()
        return number, ask

    def done(self) -> None:
        """The request is answered; a cancel that comes late is about nothing."""
        with self._lock:
            self._now, self.flag[0] = 0, 0

    def _listen(self) -> None:
        try:
            with os.fdopen(self._fd, "rb") as source:
                for expected, line in enumerate(source, 1):
                    number, message = m.decode(line)
                    if number != expected:
                        raise m.ProtocolError(f"line {expected} says it is {number}")
                    self._take(number, message)
        except m.ProtocolError as error:
            print(f"protocol: {error}", file=sys.stderr, flush=True)
            os._exit(3)
        except BaseException as error:  # a deaf engine could not be cancelled
            die(error)
        os._exit(0)

    def _take(self, number: int, message: m.Request | m.Event) -> None:
        if isinstance(message, m.Cancel):
            with self._lock:
                if self._now == message.request:
                    self.flag[0] = 1
                elif message.request > self._now:
                    self._cancels.add(message.request)
            self.changed.set()
        elif isinstance(message, m.Request):
            self._requests.put((number, message))
        else:
            raise m.ProtocolError(f"line {number} is no request")


class Outbox:
    """Lines on their way to the app, written by a thread of their own so that computing never waits for a reader.

    Text of one slot is gathered for 40 ms and becomes one line; of progress the newest stays. So a slow reader costs
    at most the memory of the text itself. Everything else goes at once, with the text before it.
    """

    def __init__(self, fd: int) -> None:
        self._fd, self._number = fd, 0
        self._waiting: list[m.Event] = []
        self._ready = threading.Condition()
        self._busy = False
        self._told = 0.0  # when text was last sent
        threading.Thread(target=self._run, name="outbox", daemon=True).start()

    def put(self, event: m.Event) -> None:
        """Send an event, soon."""
        with self._ready:
            last = self._waiting[-1] if self._waiting else None
            if isinstance(event, m.Text) and isinstance(last, m.Text) and last.slot == event.slot:
                self._waiting[-1] = m.Text(event.request, event.slot, last.text + event.text)
            elif isinstance(event, m.Reading | m.Loading | m.Alive) and type(last) is type(event):
                self._waiting[-1] = event
            else:
                self._waiting.append(event)
            self._ready.notify()

    def flush(self, seconds: float) -> None:
        """Wait until everything is written, but not for long."""
        end = time.monotonic() + seconds
        with self._ready:
            while (self._waiting or self._busy) and (left := end - time.monotonic()) > 0:
                self._ready.wait(left)

    def _run(self) -> None:
        try:
            while True:
                for event in self._take():
                    self._number += 1
                    data = m.encode(event, self._number)
                    while data:
                        data = data[os.write(self._fd, data) :]
                with self._ready:
                    self._busy = False
                    self._ready.notify_all()
        except OSError:
            os._exit(0)  # nobody listens any more
        except BaseException as error:  # a mute engine would look like one that hangs
            die(error)

    def _take(self) -> list[m.Event]:
        """Wait for what may go now: text that stands alone only 40 ms after the text before it."""
        with self._ready:
            while True:
                if not self._waiting:
                    self._ready.wait()
                elif not all(isinstance(event, m.Text) for event in self._waiting):
                    break
                elif (left := self._told + GATHER - time.monotonic()) > 0:
                    self._ready.wait(left)
                else:
                    break
            events, self._waiting, self._busy = self._waiting, [], True
        if any(isinstance(event, m.Text) for event in events):
            self._told = time.monotonic()
        return events


def die(error: BaseException) -> NoReturn:
    """Leave with the error as the last words: half an engine is worse than none."""
    with contextlib.suppress(BaseException):
        if isinstance(error, MemoryError):
            os.write(2, b"MemoryError\n")  # there may be no room for more
        else:
            os.write(2, f"{type(error).__name__}: {error}\n".encode("utf-8", "replace"))
    os._exit(4)


def tie_to_parent() -> None:
    """Leave with the app, also when it is killed and another process still holds its end of our stdin.

    Linux ends this process with the thread that started it; the systems of BSD's family, macOS among them, tell of a
    process's end; Windows has the app's job object (`orphans.py`). The end of stdin, which is noticed everywhere,
    stands behind all three.
    """
    parent = int(os.environ.get(PARENT) or 0)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    if not parent or os.name != "posix":
        return
    import select

    if hasattr(select, "kqueue"):
        threading.Thread(target=watch_parent, args=(parent, select), name="parent", daemon=True).start()
    if os.getppid() != parent:
        os._exit(0)


def watch_parent(parent: int, select: Any) -> None:
    """Wait for the end of process `parent` by kqueue(2), and leave. `select` is the module of that name."""
    try:
        queue = select.kqueue()
        watched = select.kevent(
            parent,
            filter=select.KQ_FILTER_PROC,
            flags=select.KQ_EV_ADD | select.KQ_EV_ONESHOT,
            fflags=select.KQ_NOTE_EXIT,
        )
        queue.control([watched], 1, None)
    except ProcessLookupError:
        pass  # gone before it could be watched
    except OSError:
        return  # not allowed to watch; the end of stdin has to do
    os._exit(0)


def limit_memory() -> None:
    """Keep to the address space the app grants, where it grants one."""
    if limit := int(os.environ.get(MEMORY) or 0):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def private_pipes() -> tuple[int, int]:
    """Our own copies of stdin and stdout; fd 0 reads nothing and fd 1 is stderr from here on."""
    source, target = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return source, target
