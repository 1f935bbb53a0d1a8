"""A field to search in: a glass at its left, and a cross at its right while there is something to clear."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from composer.ui import icons
from composer.ui.controls import CONTROL, IconButton
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

CROSS, GLASS = 24, 16


class SearchField(QLineEdit):
    """The cross is a button of its own, and reached by Tab."""

    def __init__(self, theme: Theme, words: str, clear: str) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(CONTROL)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.cross = IconButton(theme, "close", clear, CROSS, self)
        self.cross.hide()
        self.cross.clicked.connect(self._clear)
        self.textChanged.connect(lambda text: self.cross.setVisible(bool(text)))
        # The style sheet keeps 8 px at both sides.
        self.setTextMargins(GLASS + 4, 0, CROSS, 0)
        theme.changed.connect(self.update)

    def _clear(self) -> None:
        self.setFocus()
        self.clear()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self.cross.move(self.width() - CROSS - 4, (self.height() - CROSS) // 2)

    def paintEvent(self, event: "QPaintEvent") -> None:
        from PySide6.QtGui import QPainter

        super().paintEvent(event)
        painter = QPainter(self)
        glass = icons.pixmap("search", self._theme.tokens.text2, GLASS, icons.scale_of(self))
        painter.drawPixmap(10, (self.height() - GLASS) // 2, glass)
        painter.end()
