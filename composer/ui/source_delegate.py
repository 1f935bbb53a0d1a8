"""How a row of the source list is drawn: meta line, text, marks, glow."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from composer.ui.listing import ROW, AnyIndex, RowDelegate, elided
from composer.ui.offsets import units
from composer.ui.rows import Row
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.ui.source_list import SourceView

# The scroll bar's place, 10 px, is always kept free, so the right inset is what is left of 16.
INSET, INSET_RIGHT = 16, 6
META, BELOW, ACTIONS = 20, 10, 36
LAYOUTS_KEPT = 400


class SourceDelegate(RowDelegate):
    """Draws a row: meta line, text, marks, glow."""

    def __init__(self, theme: Theme, view: "SourceView") -> None:
        super().__init__(theme, view)
        self._view = view
        self._layouts: OrderedDict[tuple[Row, int], tuple[QTextLayout, int]] = OrderedDict()
        self._heights: dict[tuple[Row, int], int] = {}
        self.glowing: tuple[int, tuple[tuple[int, int], ...]] = (-1, ())
        self.glow_strength = 0.0
        self.faded_from: float | None = None
        self.line = round(theme.base * 20 / 13)
        self._fonts = {"text": theme.sized(1.0), "chapter": theme.sized(0.92, QFont.Weight.DemiBold)}
        self._fonts["source"] = theme.sized(1.0, QFont.Weight.DemiBold)
        self._small = theme.sized(0.92)

    def forget(self) -> None:
        """Drop what was laid out."""
        self._layouts.clear()
        self._heights.clear()

    def layout(self, row: Row, width: int) -> tuple[QTextLayout, int]:
        """The row's text laid out in `width` pixels, and its height."""
        key = (row, width)
        found = self._layouts.get(key)
        if found is not None:
            self._layouts.move_to_end(key)
            return found
        layout = QTextLayout(row.text, self._fonts[row.kind])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        high = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            # A raster of its own: letters of another font would make their lines taller.
            line.setPosition(QPointF(0, high + round((self.line - line.height()) / 2)))
            high += self.line
        layout.endLayout()
        self._layouts[key] = (layout, high)
        self._heights[key] = high
        if len(self._layouts) > LAYOUTS_KEPT:
            self._layouts.popitem(last=False)
        return layout, high

    def text_width(self, row: Row, whole: int) -> int:
        """How wide a row's text may be."""
        return max(80, whole - INSET - INSET_RIGHT - (56 if row.kind == "chapter" else 0))

    def top(self, row: Row, number: int) -> int:
        """Where a row's text begins, below the row's upper edge."""
        if row.kind == "text":
            return 6 + (META if row.meta or row.speaker else 0)
        return 14 if number else 10

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        row: Row = index.data(ROW)
        width = self._view.viewport().width()
        key = (row, self.text_width(row, width))
        high = self._heights.get(key) or self.layout(*key)[1]
        extra = ACTIONS if index.row() == self._view.open_row else 0
        return QSize(width, self.top(row, index.row()) + high + (BELOW if row.kind == "text" else 2) + extra)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Row = index.data(ROW)
        number, rect, tokens = index.row(), option.rect, self._theme.tokens
        painter.save()
        layout, _ = self.layout(row, self.text_width(row, rect.width()))
        origin = QPointF(rect.left() + INSET, rect.top() + self.top(row, number))
        if number == self._view.open_row:
            painter.fillRect(rect, tokens["sunken"])
            # Which of its sentences the buttons below are about.
            self._fill(painter, layout, origin, *self._view.open_span, tokens["tint"])
        faded = self._is_faded(row)
        if row.kind == "text":
            self._meta(painter, row, rect, tokens["text3"], tokens["text2"])
        elif row.meta:
            painter.setFont(self._theme.mono)
            painter.setPen(tokens["text3"])
            right = QRect(rect.left(), round(origin.y()), rect.width() - INSET_RIGHT, self.line)
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.meta)
        if number == self.glowing[0] and self.glow_strength > 0:
            glow = QColor(tokens["glow"])
            glow.setAlphaF(self.glow_strength)
            for start, end in self.glowing[1]:
                self._fill(painter, layout, origin, start, end, glow)
        if number == self._view.hover_row and self._view.hover_span is not None and number != self._view.open_row:
            self._fill(painter, layout, origin, *self._view.hover_span, tokens["sunken"])
        painter.setPen(tokens["text3" if faded else "text"])
        layout.draw(painter, origin)
        for mark in self._view.source_model.index_of.marks(row):
            self._underline(painter, layout, origin, mark.start, mark.end, mark.kind == "used")
        if self._view.hasFocus():
            self._ring(painter, option)
        painter.restore()

    def _is_faded(self, row: Row) -> bool:
        if self.faded_from is None:
            return False
        transcript = self._view.source_model.sources[row.source].transcript
        start = transcript.segments[row.first].start if row.kind != "source" else None
        return start is not None and start > self.faded_from

    def _meta(self, painter: QPainter, row: Row, rect: QRect, dim: QColor, clear: QColor) -> None:
        line = QRect(rect.left() + INSET, rect.top() + 6, rect.width() - INSET - INSET_RIGHT, META)
        painter.setFont(self._theme.mono)
        painter.setPen(dim)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, row.meta)
        wide = painter.fontMetrics().horizontalAdvance(row.meta)
        if row.speaker:
            painter.setFont(self._small)
            painter.setPen(clear)
            left = wide + 10 if row.meta else 0
            line.adjust(left, 0, 0, 0)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided(painter, row.speaker, line))

    def _pieces(self, layout: QTextLayout, start: int, end: int) -> Iterator[tuple[float, float, int]]:
        """Left, right and line number of a stretch, line by line. Offsets are code points."""
        start, end = units(layout.text(), start), units(layout.text(), end)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            if start < last and end > first:
                left = _x(line, max(start, first))
                right = _x(line, min(end, last))
                if end >= last:
                    right = min(right, line.naturalTextWidth())
                yield min(left, right), max(left, right), number

    def _fill(
        self, painter: QPainter, layout: QTextLayout, origin: QPointF, start: int, end: int, fill: QColor
    ) -> None:
        for left, right, number in self._pieces(layout, start, end):
            top = origin.y() + number * self.line
            painter.fillRect(
                QRect(round(origin.x() + left) - 1, round(top) + 1, round(right - left) + 2, self.line - 1), fill
            )

    def _underline(
        self, painter: QPainter, layout: QTextLayout, origin: QPointF, start: int, end: int, used: bool
    ) -> None:
        tokens = self._theme.tokens
        pen = QPen(tokens["accent" if used else "text3"], 2 if used else 1.5)
        if not used:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1.0, 1.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        for left, right, number in self._pieces(layout, start, end):
            y = round(origin.y() + (number + 1) * self.line) - 2
            painter.drawLine(QPointF(origin.x() + left, y), QPointF(origin.x() + right, y))


def _x(line: QTextLine, at: int) -> float:
    """Where a place in a line stands. The stubs call the pair that comes back an object."""
    pair: tuple[float, int] = line.cursorToX(at)  # type: ignore[assignment]
    return pair[0]
