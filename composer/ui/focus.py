"""Where the focus is, is seen: a ring round a text without a caret, and what has the focus is scrolled into view."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QTextEdit, QWidget

from composer.ui.theme import Theme

# Above and below what has the focus, so that its ring is seen whole.
ROOM = 24


def draw_ring(text: QTextEdit, theme: Theme) -> None:
    """Draw the ring inside the edge of a text's viewport. For its `paintEvent`."""
    painter = QPainter(text.viewport())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.tokens["accent"], 2))
    painter.drawRoundedRect(text.viewport().rect().adjusted(1, 1, -2, -2), 6, 6)
    painter.end()


class ReadText(QTextEdit):
    """A text to read, and not to write in."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            draw_ring(self, self._theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


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
