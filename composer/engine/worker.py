"""The engine's process: reads requests from stdin, answers on a private copy of stdout, and may die.

Nothing of the library reaches the protocol: before it loads, fd 1 is pointed at stderr, and its log goes there too.
When stdin ends the app is gone, and so is this process, whatever it is computing.
"""

import os
import signal
import sys
import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from composer.engine import messages as m
from composer.engine.pipes import Inbox, Outbox, limit_memory, private_pipes, tie_to_parent
from composer.engine.reasons import lacks_memory

if TYPE_CHECKING:
    from composer.engine.decode import Engine

BEAT = 1.0  # seconds between two signs of life
_LOUD = (3, 4)  # ggml's log levels for warnings and errors (ggml.h, enum ggml_log_level)
_said: deque[bytes] = deque(maxlen=40)  # what the library had to say during this request


class Worker:
    """The loop: one request at a time, a cancel at any time."""

    def __init__(self, source: int, target: int) -> None:
        self._source, self._out = source, Outbox(target)
        self._told = 0.0  # when loading was last told of

    def run(self) -> None:
        """Serve until stdin ends."""
        inbox = Inbox(self._source)
        import llama_cpp  # the library, after the pipes are safe

        from composer.engine import devices, waiting
        from composer.engine.decode import Engine

        keep = llama_cpp.llama_log_callback(_log)
        llama_cpp.llama_log_set(keep, None)
        engine = Engine(inbox.flag)
        threading.Thread(target=self._beats, args=(inbox,), name="beats", daemon=True).start()
        system = llama_cpp.llama_print_system_info().decode("utf-8", "replace").strip()
        name = f"llama.cpp through llama-cpp-python {llama_cpp.__version__}"
        offload = bool(llama_cpp.llama_supports_gpu_offload())
        gpus = devices.graphics(llama_cpp.llama_cpp._lib)
        self._out.put(m.Ready(os.getpid(), name, system, waiting.settled(engine.openmp), offload, gpus))
        while True:
            number, ask = inbox.next()
            final = self._serve(engine, number, ask)
            inbox.done()
            self._out.put(final)

    def _serve(self, engine: "Engine", number: int, ask: m.Request) -> m.Event:
        from composer.engine.refusal import Refusal, Stopped

        try:
            return self._answer(engine, number, ask)
        except Stopped:
            return m.Written(number, "cancelled")
        except Refusal as refusal:
            starved = refusal.code == "not-loaded" and lacks_memory(b"".join(_said).decode("utf-8", "replace"))
            return m.Refused(number, "memory" if starved else refusal.code, refusal.detail)
        except MemoryError:
            return m.Refused(number, "memory")

    def _answer(self, engine: "Engine", number: int, ask: m.Request) -> m.Event:
        _said.clear()
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
        if isinstance(ask, m.Calibrate):
            from composer.engine.calibrate import calibrate

            best, trials = calibrate(engine, ask.seconds, ask.tokens)
            return m.Calibrated(number, best, trials)
        if isinstance(ask, m.Compare):
            from composer.engine.compare import compare

            return m.Compared(number, compare(engine, ask.seconds))
        return m.Refused(number, "unknown")

    def _loading(self, number: int, done: float) -> None:
        if done >= 1 or time.monotonic() - self._told > 0.1:
            self._told = time.monotonic()
            self._out.put(m.Loading(number, round(float(done), 3)))

    def _beats(self, inbox: Inbox) -> None:
        """A sign of life while a request is served, as long as this process uses the processor: one that waits for
        something that never comes stays silent."""
        used, pause = time.process_time(), threading.Event()
        while not pause.wait(BEAT):
            now = time.process_time()
            if (number := inbox.serving) and now - used > BEAT / 1000:
                self._out.put(m.Alive(number))
            used = now


def _log(level: int, text: bytes, _data: object) -> None:
    """Warnings and errors of the library go to stderr, where the app keeps the last of them for its log."""
    if level in _LOUD:
        _said.append(text)
        os.write(2, text)


def main() -> int:
    """The third door of the program. Never returns normally."""
    os.environ["GGML_NO_BACKTRACE"] = "1"  # an abort would fork a debugger
    os.environ.pop("GGML_BACKEND_PATH", None)  # the library would load code from there
    tie_to_parent()
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the app's; the end of stdin follows
        os.nice(5)
    limit_memory()
    Worker(*private_pipes()).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
