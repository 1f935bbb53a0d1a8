"""Carries the session's events to the window's thread, by one signal."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from composer.events import Event


class Bridge(QObject):
    """Called on any thread; `arrived` is always delivered later, on the thread the bridge lives in.

    Always later, also when the call comes from that very thread: a caller then knows the number of its job before
    the job's first event.
    """

    arrived = Signal(object)
    _carried = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._carried.connect(self._deliver, QtCore.Qt.ConnectionType.QueuedConnection)

    def __call__(self, event: "Event") -> None:
        """The listener to give to `Session.subscribe`."""
        if self._open:
            self._carried.emit(event)

    def _deliver(self, event: "Event") -> None:
        if self._open:
            self.arrived.emit(event)

    def close(self, unsubscribe: Callable[[], None]) -> None:
        """Stop listening. What is still on its way is dropped."""
        self._open = False
        unsubscribe()
