"""The saved drafts: a list with search, in the place of the source."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from composer.events import DraftRow
from composer.ui.controls import CONTROL, IconButton, claims_escape, frame, label
from composer.ui.dates import when
from composer.ui.source_delegate import ROW, AnyIndex
from composer.ui.theme import Theme

HIGH = 56


class DraftsModel(QAbstractListModel):
    """The rows, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[DraftRow, ...] = ()

    def show(self, rows: Sequence[DraftRow]) -> None:
        """Take new rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {when(row.updated)}"
        return None


class DraftDelegate(QStyledItemDelegate):
    """Title and date, one line of excerpt. The words searched for are underlined."""

    def __init__(self, theme: Theme, parent: QObject, inset: int = 16, rules: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._inset, self._rules = theme, inset, rules
        self.query = ""
        self.chosen: str | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(100, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: DraftRow = index.data(ROW)
        rect, tokens = option.rect, self._theme.tokens
        state = QStyle.StateFlag
        painter.save()
        if row.id == self.chosen:
            painter.fillRect(rect, tokens["tint"])
        elif option.state & state.State_MouseOver:
            painter.fillRect(rect, tokens["hover"])
        box = rect.adjusted(self._inset, 9, -self._inset, -9)
        painter.setFont(self._theme.sized(0.92))
        painter.setPen(tokens["text2"])
        date = when(row.updated)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, date)
        room = box.width() - painter.fontMetrics().horizontalAdvance(date) - 12
        bold = self._theme.sized(1.0)
        bold.setWeight(bold.Weight.DemiBold)
        painter.setPen(tokens["text"])
        self._line(painter, row.title, bold, QRect(box.left(), box.top(), room, 18))
        painter.setPen(tokens["text2"])
        below = QRect(box.left(), box.top() + 20, box.width(), 18)
        self._line(painter, row.excerpt, self._theme.sized(0.92), below)
        if self._rules:
            painter.setPen(QPen(tokens["line"], 1))
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if option.state & state.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tokens["accent"], 2))
            painter.drawRoundedRect(rect.adjusted(3, 3, -4, -4), 6, 6)
        painter.restore()

    def _line(self, painter: QPainter, words: str, font: object, box: QRect) -> None:
        painter.setFont(font)  # type: ignore[arg-type]
        flat = " ".join(words.split())
        text = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, box.width())
        layout = QTextLayout(text, painter.font())
        at = text.casefold().find(self.query.casefold()) if self.query else -1
        if at >= 0:
            hit = QTextLayout.FormatRange()
            hit.start, hit.length = at, len(self.query)
            form = QTextCharFormat()
            form.setFontUnderline(True)
            form.setUnderlineColor(self._theme.tokens["accent"])
            form.setFontWeight(600)
            hit.format = form
            layout.setFormats([hit])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(10_000)
        layout.endLayout()
        rise = (box.height() - line.height()) / 2
        layout.draw(painter, box.topLeft().toPointF() + _down(rise))


def _down(by: float):  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QPointF

    return QPointF(0, by)


class DraftsList(QListView):
    """A list of drafts; a click or Enter opens one."""

    picked = Signal(str)

    def __init__(self, theme: Theme, model: DraftsModel, inset: int = 16, rules: bool = False) -> None:
        super().__init__()
        self.rows = model
        self.delegate = DraftDelegate(theme, self, inset, rules)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAccessibleName(self.tr("Drafts"))
        self.clicked.connect(self._pick)
        theme.changed.connect(self.viewport().update)

    def _pick(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is not None:
            self.picked.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)


class DraftsPanel(QFrame):
    """`searched` carries what to look for, `picked` the draft to open."""

    searched = Signal(str)
    picked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, model: DraftsModel) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.bar = frame("bar")
        self.bar.setFixedHeight(44)
        self.bar_row = QHBoxLayout(self.bar)
        self.bar_row.setContentsMargins(16, 0, 8, 0)
        self._count = label("", "small")
        close = IconButton(theme, "close", self.tr("Close drafts"))
        close.clicked.connect(self.closed)
        self.bar_row.addWidget(label(self.tr("Drafts"), "strong"))
        self.bar_row.addWidget(self._count)
        self.bar_row.addStretch(1)
        self.bar_row.addWidget(close)
        self.search = QLineEdit()
        self.search.setFixedHeight(CONTROL)
        self.search.setPlaceholderText(self.tr("Search drafts"))
        self.search.setAccessibleName(self.tr("Search drafts"))
        self.search.setClearButtonEnabled(False)
        self.search.installEventFilter(self)
        self.list = DraftsList(theme, model)
        self._empty = label("", "second", wrap=True)
        self._empty.setContentsMargins(16, 8, 16, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        box = QVBoxLayout()
        box.setContentsMargins(16, 12, 16, 12)
        box.addWidget(self.search)
        column.addLayout(box)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(120)
        self._soon.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textChanged.connect(lambda: self._soon.start())
        self.list.picked.connect(self.picked)
        model.modelReset.connect(self._shown)

    def _shown(self) -> None:
        rows = self.list.rows.rows
        self.list.delegate.query = self.search.text().strip()
        self._count.setText(str(len(rows)) if rows else "")
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        query = self.search.text().strip()
        none = self.tr("No draft holds “{words}”.").format(words=query)
        self._empty.setText(none if query else self.tr("No drafts yet. They are saved here as you write."))

    def show_current(self, draft: str | None) -> None:
        """Mark the draft that is open."""
        self.list.delegate.chosen = draft
        self.list.viewport().update()

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                if self.search.text():
                    self.search.clear()
                else:
                    self.closed.emit()
                return True
            if event.key() == Qt.Key.Key_Down and self.list.rows.rows:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.setCurrentIndex(self.list.rows.index(0))
                return True
        return False
