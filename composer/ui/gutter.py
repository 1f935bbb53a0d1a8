"""The times beside the lines of the post, and the pill of the openings beside the first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from composer.post.model import Trace
from composer.ui.offer import Pill
from composer.ui.rows import place
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.ui.editor import PostEditor

GUTTER, TOP = 56, 14


class Gutter(QWidget):
    """The times beside the lines. A click goes to the source."""

    def __init__(self, editor: "PostEditor", theme: Theme) -> None:
        super().__init__(editor)
        self._editor, self._theme = editor, theme
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Places in the source"))
        self.pill = Pill(theme, self)

    def sizeHint(self) -> QSize:
        return QSize(GUTTER, 100)

    def place_pill(self) -> None:
        """Keep the pill beside line one."""
        self.pill.move(GUTTER - 8 - self.pill.width(), -self._editor.verticalScrollBar().value())

    def place(self) -> None:
        """Stand left of the text."""
        self.place_pill()
        left = self._editor.viewport().geometry().left() - GUTTER
        self.setGeometry(left, TOP, GUTTER, self._editor.viewport().height())

    def shown(self) -> list[tuple[QRect, Trace, bool]]:
        """The times in view: where they stand, what they link to, and whether the caret is on their line."""
        editor = self._editor
        document, offset = editor.document(), editor.verticalScrollBar().value()
        layout, caret = document.documentLayout(), editor.textCursor().blockNumber()
        found = []
        block = document.begin()
        while block.isValid():
            box = layout.blockBoundingRect(block)
            top = round(box.top()) - offset
            if top > self.height():
                break
            if top + box.height() >= 0:
                trace = editor.trace_of(block)
                if trace is not None and (block.blockNumber() or self.pill.isHidden()):
                    own = block.blockNumber() == caret and not editor.streaming
                    found.append((QRect(0, top, GUTTER - 10, editor._line), trace, own))
            block = block.next()
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.mono)
        tokens = self._theme.tokens
        # A text that is only read has no caret: this line says that it has the focus.
        if self._editor.isReadOnly() and self._editor.hasFocus():
            painter.fillRect(0, 0, 2, self.height(), tokens["accent"])
        for rect, trace, own in self.shown():
            painter.setPen(tokens["accent" if own else "text3"])
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, place(trace))

    def _at(self, where: QPoint) -> Trace | None:
        return next((trace for rect, trace, _ in self.shown() if rect.contains(where)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        trace = self._at(event.position().toPoint())
        if trace is not None:
            self._editor.time_clicked.emit(trace)
