"""The real worker with a fault built in: `python faulty.py STAGE WHAT ONCE [pipe]`.

At the first event of a stage (`load`, `read`, `write`) it does something terrible in the middle of the library's work,
and touches the file ONCE, so that the next one works. With `pipe` only the end of stdin tells it that the app is gone,
as on systems that have no other way.
"""

import contextlib
import os
import resource
import signal
import sys
import threading
from pathlib import Path

from composer.engine import messages as m
from composer.engine import pipes, worker

STAGES = {"load": m.Loading, "read": m.Reading, "write": m.Text}
SIGNALS = {"kill": signal.SIGKILL, "segv": signal.SIGSEGV, "abort": signal.SIGABRT, "illegal": signal.SIGILL}
SIGNALS |= {"stop": signal.SIGSTOP}
hoard: list[bytearray] = []


def fail(what: str, fd: int) -> None:
    """The fault."""
    if what in SIGNALS:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.kill(os.getpid(), SIGNALS[what])
    elif what == "hang":
        threading.Event().wait()
    elif what == "garbage":
        os.write(fd, b"llama_model_loader: loaded meta data\n")
    elif what == "half":
        os.write(fd, b'{"v":1,"n":')
        os._exit(1)
    elif what == "disk":
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing can be written to any file from here on
    elif what == "memory":
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used, used))
        for size in (1 << 20, 1 << 16, 1 << 12, 1 << 9, 1 << 6):
            with contextlib.suppress(MemoryError):
                while True:
                    hoard.append(bytearray(size))


def main() -> None:
    """Run the worker."""
    stage, what, once, *more = sys.argv[1:]
    put = pipes.Outbox.put

    def faulty(self: pipes.Outbox, event: m.Event) -> None:
        put(self, event)
        if isinstance(event, STAGES[stage]) and not Path(once).exists():
            Path(once).touch()
            self.flush(5)  # so that the outbox writes nothing into the middle of the fault
            fail(what, self._fd)

    pipes.Outbox.put = faulty  # type: ignore[method-assign]
    if more:
        worker.tie_to_parent = lambda: None
    worker.main()


if __name__ == "__main__":
    main()
