"""The coverage bar: which minutes of the sources the post draws on."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from composer.ui.rows import Cell
from composer.ui.theme import Theme

HIGH, GAP, CHAPTER_GAP, NARROWEST, WIDEST = 10, 2, 4, 4, 40
MERGES = (1, 2, 5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One or several cells drawn as one."""

    left: int
    width: int
    first: Cell
    used: bool
    found: bool


class CoverageBar(QWidget):
    """One cell a minute, or one per 150 words. Click or Enter jumps; arrows move."""

    jumped = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cells: tuple[Cell, ...] = ()
        self._drawn: list[Drawn] = []
        self._current = 0
        self.read_until: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Coverage"))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, HIGH)

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Show these cells."""
        if tuple(cells) != self._cells:
            self._cells = tuple(cells)
            self._plan()

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """What is drawn, after merging."""
        return tuple(self._drawn)

    def _plan(self) -> None:
        """Merge minutes until a cell is wide enough to hit, then share the width evenly."""
        cells, self._drawn = self._cells, []
        if not cells or self.width() <= 0:
            self.update()
            return
        for merge in MERGES:
            groups = self._groups(merge)
            gaps = GAP * (len(groups) - 1) + (CHAPTER_GAP - GAP) * sum(g[0].opens_chapter for g in groups[1:])
            each = (self.width() - gaps) / len(groups)
            if each >= NARROWEST:
                break
        each = min(each, WIDEST)
        x = 0.0
        for number, group in enumerate(groups):
            if number:
                x += CHAPTER_GAP if group[0].opens_chapter else GAP
            used, found = any(c.used for c in group), any(c.found for c in group)
            left, right = round(x), round(x + each)
            self._drawn.append(Drawn(left, max(2, right - left), group[0], used, found))
            x += each
        self._current = min(self._current, len(self._drawn) - 1)
        self.update()

    def _groups(self, merge: int) -> list[list[Cell]]:
        groups: list[list[Cell]] = []
        for cell in self._cells:
            new = not groups or len(groups[-1]) >= merge or groups[-1][0].source != cell.source
            if new or (cell.opens_chapter and merge <= 2):
                groups.append([])
            groups[-1].append(cell)
        return groups

    def resizeEvent(self, _event: object) -> None:
        self._plan()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens = self._theme.tokens
        for cell in self._drawn:
            rect = QRect(cell.left, 0, cell.width, HIGH)
            painter.setBrush(tokens["accent" if cell.used else "track"])
            painter.drawRoundedRect(rect, 2, 2)
            if cell.found and not cell.used:
                painter.setClipRect(QRect(cell.left, HIGH - 4, cell.width, 4))
                painter.setBrush(tokens["accent"])
                painter.drawRoundedRect(rect, 2, 2)
                painter.setClipping(False)
        if self.hasFocus() and self._drawn:
            cell = self._drawn[self._current]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens["text"], 2))
            painter.drawRect(QRect(cell.left, 0, cell.width, HIGH).adjusted(0, 1, 0, -1))

    def _at(self, where: QPoint) -> int:
        for number, cell in enumerate(self._drawn):
            if where.x() < cell.left + cell.width + GAP:
                return number
        return len(self._drawn) - 1

    def words(self, cell: Drawn) -> str:
        """A cell in words: its minute, its chapter, and what it holds."""
        state = self.tr("in the post") if cell.used else self.tr("found") if cell.found else ""
        return " · ".join(part for part in (cell.first.label, cell.first.chapter, state) if part)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._drawn:
            QToolTip.showText(event.globalPos(), self.words(self._drawn[self._at(event.pos())]), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._drawn:
            self._current = self._at(event.position().toPoint())
            self._jump()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._drawn:
            self._current = max(0, min(len(self._drawn) - 1, self._current + step))
            self.setAccessibleDescription(self.words(self._drawn[self._current]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._drawn:
            self._jump()
        else:
            super().keyPressEvent(event)

    def _jump(self) -> None:
        cell = self._drawn[self._current].first
        self.jumped.emit(cell.source, cell.segment)
        self.update()
