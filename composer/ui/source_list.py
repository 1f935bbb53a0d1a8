"""The list of what was said: the model, and the view with its glow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from composer.post.model import Trace
from composer.ui.controls import claims_escape, steady_scroll
from composer.ui.listing import ROW, AnyIndex, prepare
from composer.ui.offsets import points
from composer.ui.rows import Cell, Index, Row, Timeline, rows_of
from composer.ui.source_delegate import INSET, SourceDelegate
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.events import Source
    from composer.evidence.model import Evidence

# Rows that are laid out in one go: some 3 ms.
AT_ONCE = 24


class SourceModel(QAbstractListModel):
    """Rows of the sources. Long sources arrive in parts, so that the window answers meanwhile."""

    filled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.sources: tuple[Source, ...] = ()
        self.evidence: Evidence | None = None
        self.index_of = Index(None)
        self._coming: Iterator[Row] | None = None
        self._timeline = Timeline(())
        self._steps: Iterator[None] = iter(())
        self._traces: tuple[Trace, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._more)

    def show(self, sources: tuple[Source, ...], evidence: Evidence | None) -> None:
        """Take new sources; forget the old ones."""
        self.beginResetModel()
        self.rows = []
        self.sources, self.evidence = sources, evidence
        self.index_of = Index(evidence)
        self.index_of.use(self._traces)
        self._coming = self._all_rows()
        chapters = evidence.chapters if evidence else ()
        self._timeline = Timeline([source.transcript for source in sources], chapters)
        self._steps = self._timeline.lay_out()
        self.endResetModel()
        self._timer.start()
        self._more()

    def _all_rows(self) -> Iterator[Row]:
        chapters = self.evidence.chapters if self.evidence else ()
        for number, source in enumerate(self.sources):
            if len(self.sources) > 1:
                yield Row("source", number, source.title)
            yield from rows_of(source.transcript, number, chapters[number] if number < len(chapters) else ())

    def _more(self) -> None:
        coming = self._coming
        if coming is None:
            self._timer.stop()
            return
        part = [row for _, row in zip(range(AT_ONCE), coming, strict=False)]
        if part:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(part) - 1)
            self.rows.extend(part)
            self.endInsertRows()
            return
        for _ in self._steps:
            return
        self._coming = None
        self._timer.stop()
        self.filled.emit()

    @property
    def complete(self) -> bool:
        """Whether all rows are there."""
        return self._coming is None

    def use(self, traces: Sequence[Trace]) -> bool:
        """Underline the places the post draws on. False where they are the same as before."""
        if tuple(traces) == self._traces:
            return False
        self._traces = tuple(traces)
        self.index_of.use(self._traces)
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1), [ROW])
        return True

    def cells(self) -> list[Cell]:
        """The cells of the coverage bar."""
        return self._timeline.cells(self.index_of)

    def row_for(self, source: int, segment: int) -> int:
        """The number of the row that holds a segment, or -1 while it has not arrived."""
        for number, row in enumerate(self.rows):
            if row.kind == "text" and row.source == source and row.first <= segment <= row.last:
                return number
        return -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (row.meta, row.speaker, row.text) if part)
        return None


class SourceView(QListView):
    """The list. A click opens a sentence's actions; `reveal` scrolls to a place and lets it glow."""

    opened = Signal()
    asked = Signal(str)

    def __init__(self, theme: Theme, model: SourceModel) -> None:
        super().__init__()
        self.source_model = model
        self.open_row, self.open_span = -1, (0, 0)
        self.hover_row = -1
        self.hover_span: tuple[int, int] | None = None
        self.reduce_motion = False
        self._pending: tuple[int, int, tuple[str, ...]] | None = None
        self._delegate = SourceDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(AT_ONCE)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        prepare(self, theme)
        steady_scroll(self)
        self.verticalScrollBar().setSingleStep(20)
        self.setAccessibleName(self.tr("Source"))
        self._fade = QTimer(self)
        self._fade.setInterval(40)
        self._fade.timeout.connect(self._fading)
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(self._try_pending)

    def _reset(self) -> None:
        self._delegate.forget()
        self.open_row, self.hover_row, self.hover_span, self._pending = -1, -1, None, None
        self._delegate.glowing = (-1, ())

    def fade_after(self, second: float | None) -> None:
        """Show what comes after `second` in grey: it has not been read yet. None shows all."""
        if self._delegate.faded_from != second:
            self._delegate.faded_from = second
            self.viewport().update()

    # -- going to a place

    def reveal(self, source: int, segments: Sequence[int], phrases: Sequence[str] = ()) -> None:
        """Scroll to a place and let it glow; later, where its row has not arrived yet."""
        if segments:
            self._pending = (source, segments[0], tuple(phrases))
            self._try_pending()

    def _try_pending(self) -> None:
        if self._pending is None:
            return
        source, segment, phrases = self._pending
        number = self.source_model.row_for(source, segment)
        if number < 0:
            return
        if self.visualRect(self.source_model.index(number)).height() <= 0:
            self.executeDelayedItemsLayout()
            if self.visualRect(self.source_model.index(number)).height() <= 0:
                QTimer.singleShot(15, self, self._try_pending)
                return
        self._pending = None
        row = self.source_model.rows[number]
        spans = tuple((at, at + len(p)) for p in phrases if p and (at := row.text.find(p)) >= 0)
        if not spans:
            at = row.starts[segment - row.first] if segment - row.first < len(row.starts) else 0
            after = segment - row.first + 1
            spans = ((at, row.starts[after] - 1 if after < len(row.starts) else len(row.text)),)
        self.setCurrentIndex(self.source_model.index(number))
        self.scrollTo(self.source_model.index(number), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._delegate.glowing, self._delegate.glow_strength = (number, spans), 1.0
        self._fade.stop()
        if not self.reduce_motion:
            QTimer.singleShot(1800, self, self._fade.start)
        self.viewport().update()

    @property
    def glowing_row(self) -> int:
        """The row that glows, or -1."""
        return self._delegate.glowing[0] if self._delegate.glow_strength > 0 else -1

    def _fading(self) -> None:
        self._delegate.glow_strength -= 40 / 600
        if self._delegate.glow_strength <= 0:
            self._fade.stop()
            self._delegate.glowing, self._delegate.glow_strength = (-1, ()), 0.0
        self.viewport().update()

    # -- sentences under the pointer

    def sentence_at(self, number: int, where: QPoint) -> tuple[int, int] | None:
        """The sentence of a row at a point of the viewport, as a stretch of the row's text."""
        row = self.source_model.rows[number]
        rect = self.visualRect(self.source_model.index(number))
        layout, high = self._delegate.layout(row, self._delegate.text_width(row, rect.width()))
        y = where.y() - rect.top() - self._delegate.top(row, number)
        if row.kind != "text" or not 0 <= y < high:
            return None
        line = layout.lineAt(min(layout.lineCount() - 1, int(y // self._delegate.line)))
        at = points(row.text, line.xToCursor(where.x() - rect.left() - INSET))
        spans = self.source_model.index_of.sentences(row)
        return next((span for span in spans if span[0] <= at <= span[1]), spans[0] if len(spans) == 1 else None)

    def open_sentence(self, number: int, span: tuple[int, int] | None) -> None:
        """Open the actions of a sentence, or close them."""
        before, self.open_row = self.open_row, number if span else -1
        self.open_span = span or (0, 0)
        for changed in {before, self.open_row} - {-1}:
            index = self.source_model.index(changed)
            self._delegate.sizeHintChanged.emit(index)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        self.opened.emit()

    @property
    def open_text(self) -> str:
        """The sentence whose actions are open."""
        if self.open_row < 0:
            return ""
        return self.source_model.rows[self.open_row].text[self.open_span[0] : self.open_span[1]]

    @property
    def open_trace(self) -> Trace | None:
        """Where the open sentence was said."""
        if self.open_row < 0:
            return None
        row = self.source_model.rows[self.open_row]
        segments = self.source_model.sources[row.source].transcript.segments
        start, end = self.open_span
        inside = tuple(
            row.first + n
            for n, at in enumerate(row.starts)
            if at < end and (row.starts[n + 1] if n + 1 < len(row.starts) else len(row.text) + 1) > start
        ) or (row.first,)
        return Trace(row.source, inside, segments[inside[0]].start)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        span = self.sentence_at(index.row(), event.position().toPoint()) if index.isValid() else None
        if (index.row(), span) != (self.hover_row, self.hover_span):
            self.hover_row, self.hover_span = index.row(), span
            self.viewport().update()
        super().mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
        # The row that has the focus is one that is in view.
        if event.reason() in reasons and not self.viewport().rect().intersects(self.visualRect(self.currentIndex())):
            first = self.indexAt(QPoint(INSET, 8))
            if first.isValid():
                self.setCurrentIndex(first)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover_row, self.hover_span = -1, None
        self.viewport().update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        span = self.sentence_at(index.row(), event.position().toPoint()) if index.isValid() else None
        if index.row() == self.open_row and span == self.open_span:
            span = None
        self.open_sentence(index.row(), span)

    def event(self, event: QEvent) -> bool:
        if self.open_row >= 0 and claims_escape(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number, key = self.currentIndex().row(), event.key()
        rows = self.source_model.rows
        if 0 <= number < len(rows) and rows[number].kind == "text":
            spans = self.source_model.index_of.sentences(rows[number])
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                at = spans.index(self.open_span) if number == self.open_row and self.open_span in spans else -1
                step = 1 if key == Qt.Key.Key_Right else -1
                self.open_sentence(number, spans[max(0, min(len(spans) - 1, at + step))])
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Q):
                if number != self.open_row:
                    self.open_sentence(number, spans[0])
                self.asked.emit("quote" if key == Qt.Key.Key_Q else "point")
                return
            if key == Qt.Key.Key_Escape and self.open_row >= 0:
                self.open_sentence(-1, None)
                return
        super().keyPressEvent(event)
