"""Python's garbage collector, kept out of the way of the window.

By itself it looks through everything whenever some hundred objects are new, on whichever thread made them: with a talk
of seven hours in memory that stops all threads for 50 to 100 ms. Here it looks while the window rests, at what is new.
"""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

REST_MS = 2000
# So many new objects are a talk: they stay for long, and have no cycles. Looking costs 1 ms for 10,000.
MANY = 20_000
# Seconds. A thread that wants Python's lock asks for it after this long; the usual 5 ms are a picture late.
SWITCH = 0.0005


class Collector(QObject):
    """From its start on, nothing is collected but by it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over. What is there now is never looked at again."""
        sys.setswitchinterval(SWITCH)
        gc.disable()
        gc.freeze()
        self._timer.start()

    def look(self) -> None:
        """Collect what is new; put what is much out of the collector's sight. It still goes with its last user."""
        if gc.get_count()[0] > MANY:
            gc.freeze()
        else:
            gc.collect(1)
