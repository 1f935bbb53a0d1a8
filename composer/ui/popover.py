"""A small box over the window, beside what opened it. Esc, a click elsewhere or the loss of the focus close it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from composer.ui.controls import claims_escape

EDGE = 8


class Popover(QFrame):
    """The base of the boxes. `field` gets the focus; what had it before gets it back."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setProperty("role", "popover")
        self.setAccessibleName(name)
        self._before: QWidget | None = None
        self.hide()

    def open_at(self, anchor: QWidget, where: QPoint, field: QWidget) -> None:
        """Open with the corner at a point of `anchor`, or above it where there is no room below."""
        window = self.parentWidget()
        assert isinstance(window, QWidget)
        corner = anchor.mapTo(window, where)
        x = max(EDGE, min(corner.x(), window.width() - self.width() - EDGE))
        y = corner.y() if corner.y() + self.height() + EDGE <= window.height() else corner.y() - self.height() - 36
        self.move(x, max(EDGE, y))
        if not self.isVisible():
            self._before = window.focusWidget()
            app = QApplication.instance()
            assert app is not None
            app.installEventFilter(self)
        self.show()
        self.raise_()
        field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_box(self) -> None:
        """Close, and put the focus back where it was."""
        if self.isVisible():
            self._leave()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _leave(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or not self.isVisible():
            return False
        inside = watched is self or self.isAncestorOf(watched)
        if inside and claims_escape(event):
            return True
        if inside and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_box()
                return True
            return self.key(event)
        outside = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress and not inside
        if outside and watched.window() is self.window():
            self._leave()
        return False

    def key(self, _event: QKeyEvent) -> bool:
        """A key pressed inside. Whether it was taken."""
        return False
