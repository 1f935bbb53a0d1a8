"""What nobody waits for, a piece at a time, while the window answers."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

# Seconds after which the window is asked again whether somebody wants something.
SLICE = 0.004
# Milliseconds of rest when somebody does want something.
REST_MS = 60


class Errands(QObject):
    """Runs through steps in the window's own thread, and lets events in between any two of them.

    Not in a thread beside it: two threads share Python's lock, and each call into Qt would wait for it anew.
    """

    def __init__(self, parent: QObject, steps: Iterator[object]) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start(0)

    def rest(self) -> None:
        """Wait a moment: an answer comes first."""
        if self._timer.isActive():
            self._timer.start(REST_MS)

    def _go_on(self) -> None:
        self._timer.setInterval(0)
        end = perf_counter() + SLICE
        while perf_counter() < end:
            try:
                next(self._steps)
            except BaseException as stopped:
                self._timer.stop()
                if isinstance(stopped, StopIteration):
                    return
                raise
