"""Where the focus is, is seen: round a text without a caret, and scrolled into view."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QTextEdit, QWidget

# The border of a text to read, in pixels.
EDGE = 2
# Above and below what has the focus, so that its ring is seen whole.
ROOM = 24


class ReadText(QTextEdit):
    """A text to read, and not to write in. It has no caret, so the style sheet draws a border round the one that has
    the focus; it is there always, and seen then."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "read")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)


class Follower(QObject):
    """Scrolls an area to what gets the focus inside it. Qt does so only where the focus was inside before."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self._area.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now) and now.height() < self._area.height():
            self._area.ensureWidgetVisible(now, 0, ROOM)
