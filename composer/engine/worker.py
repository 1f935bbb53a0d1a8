"""The engine's process: reads requests from stdin, answers on a private copy of stdout, and may die.

Nothing of the library reaches the protocol: before it loads, fd 1 is pointed at stderr, and its log goes there too.
When stdin ends the app is gone, and so is this process, whatever it is computing.
"""

import os
import queue
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from composer.engine import messages as m

if TYPE_CHECKING:
    from composer.engine.decode import Engine

PARENT = "POST_COMPOSER_PARENT"  # the pid of the app, so that a parent that died before prctl is noticed
MEMORY = "POST_COMPOSER_ENGINE_MEMORY"  # bytes of address space this process may use
BEAT = 1.0  # seconds between two signs of life


class Outbox:
    """Lines on their way to the app, written by a thread of their own so that computing never waits for a reader.

    What waits is merged: text of one slot becomes one line, of progress the newest stays. So a slow reader costs
    at most the memory of the text itself.
    """

    def __init__(self, fd: int) -> None:
        self._fd, self._number = fd, 0
        self._waiting: list[m.Event] = []
        self._ready = threading.Condition()
        self._busy = False
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
        while True:
            with self._ready:
                while not self._waiting:
                    self._ready.wait()
                events, self._waiting, self._busy = self._waiting, [], True
            data = b""
            for event in events:
                self._number += 1
                data += m.encode(event, self._number)
            try:
                while data:
                    data = data[os.write(self._fd, data) :]
            except OSError:
                os._exit(0)  # nobody listens any more
            with self._ready:
                self._busy = False
                self._ready.notify_all()


class Worker:
    """The loop: one request at a time, `Cancel` at any time."""

    def __init__(self, source: int, out: Outbox) -> None:
        self._source, self._out = source, out
        self._requests: queue.SimpleQueue[tuple[int, m.Request]] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._now = 0
        self._stop = False
        self._beat = 0.0

    def run(self) -> None:
        """Serve until stdin ends."""
        threading.Thread(target=self._listen, name="requests", daemon=True).start()
        from composer.engine.decode import Engine  # the library, after the pipes are safe

        engine = Engine(lambda: self._stop, self._alive)
        self._out.put(_ready())
        while True:
            self._serve(engine, *self._requests.get())

    def _listen(self) -> None:
        """Read stdin: queue requests, note cancels at once, and leave when it ends."""
        try:
            with os.fdopen(self._source, "rb") as source:
                for expected, line in enumerate(source, 1):
                    number, message = m.decode(line)
                    if number != expected:
                        raise m.ProtocolError(f"line {expected} says it is {number}")
                    if isinstance(message, m.Cancel):
                        self._cancelled.add(message.request)
                        if self._now == message.request:
                            self._stop = True
                    else:
                        self._requests.put((number, message))  # type: ignore[arg-type]
        except m.ProtocolError as error:
            print(f"protocol: {error}", file=sys.stderr, flush=True)
            os._exit(3)
        os._exit(0)

    def _serve(self, engine: "Engine", number: int, ask: m.Request) -> None:
        from composer.engine.decode import Refusal, Stopped

        self._now, self._stop = number, False
        if number in self._cancelled:
            self._stop = True
        try:
            final = self._answer(engine, number, ask)
        except Stopped:
            final = m.Written(number, "cancelled")
        except Refusal as refusal:
            final = m.Refused(number, refusal.code, refusal.detail)
        except MemoryError:
            final = m.Refused(number, "memory")
        self._now, self._stop = 0, False
        self._cancelled.discard(number)
        self._out.put(final)

    def _answer(self, engine: "Engine", number: int, ask: m.Request) -> m.Event:
        if isinstance(ask, m.Load):
            return engine.load(ask, number, lambda done: self._loading(number, done))
        if isinstance(ask, m.Count):
            return m.Counted(number, engine.count(ask.texts))
        if isinstance(ask, m.Write):
            tally = engine.write(ask, number, self._out.put)
            return m.Written(
                number, "done", tally.read, tally.reused, tally.written,
                round(tally.read_seconds, 4), round(tally.write_seconds, 4),
            )  # fmt: skip
        return m.Refused(number, "unknown")

    def _loading(self, number: int, done: float) -> None:
        if done >= 1 or time.monotonic() - self._beat > 0.1:
            self._beat = time.monotonic()
            self._out.put(m.Loading(number, round(float(done), 3)))

    def _alive(self) -> None:
        now = time.monotonic()
        if now - self._beat > BEAT:
            self._beat = now
            self._out.put(m.Alive(self._now))


def _ready() -> m.Ready:
    import llama_cpp

    system = llama_cpp.llama_print_system_info().decode("utf-8", "replace")
    return m.Ready(os.getpid(), f"llama.cpp through llama-cpp-python {llama_cpp.__version__}", system.strip())


def tie_to_parent() -> None:
    """Ask Linux to end this process with the thread that started it; elsewhere the end of stdin has to do."""
    parent = int(os.environ.get(PARENT) or 0)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    if parent and os.name == "posix" and os.getppid() != parent:
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


def main() -> int:
    """The third door of the program. Never returns normally."""
    os.environ["GGML_NO_BACKTRACE"] = "1"  # an abort would fork a debugger
    os.environ.pop("GGML_BACKEND_PATH", None)  # the library would load code from there
    tie_to_parent()
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the app's; the end of stdin follows
        os.nice(5)
    limit_memory()
    source, target = private_pipes()
    Worker(source, Outbox(target)).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
