"""The list of drafts: its rows, how they are drawn, and what the keyboard does in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QLineEdit, QListView, QStyleOptionViewItem

from composer.ui import icons
from composer.ui.controls import IconButton, claims_escape
from composer.ui.dates import when
from composer.ui.listing import HIGH, ROW, AnyIndex, RowDelegate, elided, prepare
from composer.ui.offsets import units
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.events import DraftRow

MORE = 28


class DraftsModel(QAbstractListModel):
    """The rows, in the order they came."""

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
            return ", ".join([row.title, *([self.tr("pinned")] if row.pinned else []), self.date(row)])
        return None

    def date(self, row: DraftRow) -> str:
        """What stands at a row's right: when it was posted, thrown away, or else changed."""
        if row.posted and not row.trashed:
            return self.tr("Posted {day}").format(day=when(row.posted))
        return when(row.trashed or row.updated)


class DraftDelegate(RowDelegate):
    """Title and date, one line of excerpt. The words searched for are underlined."""

    def __init__(self, theme: Theme, view: DraftsList, inset: int = 16, rules: bool = False) -> None:
        super().__init__(theme, view)
        self._view, self._inset, self._rules = view, inset, rules
        self.query = ""
        self.chosen: str | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(100, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: DraftRow = index.data(ROW)
        rect, tokens = option.rect, self._theme.tokens
        self._ground(painter, option, row.id == self.chosen)
        if row.id == self._view.named:
            return
        painter.save()
        right = self._inset + (MORE - 4 if index.row() == self._view.acting else 0)
        box = rect.adjusted(self._inset, 9, -right, -9)
        painter.setFont(self._theme.sized(0.92))
        painter.setPen(tokens["text2"])
        date = self._view.rows.date(row)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, date)
        room = box.width() - painter.fontMetrics().horizontalAdvance(date) - 12 - (22 if row.pinned else 0)
        painter.setPen(tokens["text"])
        bold = self._theme.sized(1.0, QFont.Weight.DemiBold)
        used = self._line(painter, row.title, bold, QRect(box.left(), box.top(), room, 18))
        if row.pinned:
            picture = icons.pixmap("pin", tokens.text2, 14, icons.scale_of(self._view))
            painter.drawPixmap(box.left() + round(used) + 8, box.top() + 2, picture)
        painter.setPen(tokens["text2"])
        below = QRect(box.left(), box.top() + 20, box.width(), 18)
        self._line(painter, row.excerpt, self._theme.sized(0.92), below)
        if self._rules:
            painter.setPen(QPen(tokens["line"], 1))
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        self._ring(painter, option)
        painter.restore()

    def _line(self, painter: QPainter, words: str, font: QFont, box: QRect) -> float:
        """Draw one line; the width it took."""
        painter.setFont(font)
        if self.query:
            from composer.text.style import unstyle

            # The search sees through bold letters, so its hits are shown in plain ones.
            words = unstyle(words)
        text = elided(painter, words, box)
        layout = QTextLayout(text, painter.font())
        at = text.casefold().find(self.query.casefold()) if self.query else -1
        if at >= 0:
            hit = QTextLayout.FormatRange()
            hit.start = units(text, at)
            hit.length = units(text, at + len(self.query)) - hit.start
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
        layout.draw(painter, box.topLeft().toPointF() + QPointF(0, rise))
        return line.naturalTextWidth()


class Naming(QLineEdit):
    """A field over a row's title. Enter keeps the name, Esc and leaving do not."""

    named = Signal(str, str)

    def __init__(self, view: DraftsList) -> None:
        super().__init__(view.viewport())
        self._view, self.draft = view, ""
        self.setAccessibleName(self.tr("Name of the draft"))
        self.hide()

    def begin(self, row: DraftRow, place: QRect) -> None:
        """Ask for the name of a draft."""
        self.draft = row.id
        self.setText(row.title)
        self.setGeometry(place.adjusted(8, 12, -8, -12))
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            draft, name = self.draft, self.text()
            self._end()
            self.named.emit(draft, name)
        elif event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.hide()
        self._view.viewport().update()

    def _end(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()


class DraftsList(QListView):
    """A list of drafts; a click or Enter opens one. With `menus`, a row has a menu, and keys for the most of it."""

    picked = Signal(str)
    menu_wanted = Signal(object, QPoint)
    key_wanted = Signal(str, object)

    def __init__(
        self, theme: Theme, model: DraftsModel, inset: int = 16, rules: bool = False, *, menus: bool = False
    ) -> None:
        super().__init__()
        self.rows, self.acting = model, -1
        self._menus, self._held, self._held_row = menus, "", -1
        self.delegate = DraftDelegate(theme, self, inset, rules)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        prepare(self, theme)
        self.setAccessibleName(self.tr("Drafts"))
        self.clicked.connect(self._pick)
        if menus:
            self.more = IconButton(theme, "more", self.tr("More for this draft"), MORE, self.viewport())
            self.more.hide()
            self.more.clicked.connect(self._open_menu)
            self.naming = Naming(self)
            self.entered.connect(lambda index: self._act_on(index.row()))
            self.verticalScrollBar().valueChanged.connect(lambda _: self._act_on(self.acting))
            model.modelAboutToBeReset.connect(self._hold)
            model.modelReset.connect(self._find_again)

    def row_at(self, number: int) -> DraftRow | None:
        """The draft in a row."""
        return self.rows.rows[number] if 0 <= number < len(self.rows.rows) else None

    @property
    def current(self) -> DraftRow | None:
        """The draft that has the focus."""
        return self.row_at(self.currentIndex().row())

    @property
    def named(self) -> str:
        """The draft whose name is being changed, or ""."""
        return self.naming.draft if self._menus and not self.naming.isHidden() else ""

    def begin_naming(self, row: DraftRow) -> None:
        """Ask for a draft's name, in its row."""
        for number, shown in enumerate(self.rows.rows):
            if shown.id == row.id:
                self.naming.begin(row, self.visualRect(self.rows.index(number)))

    # -- the row that the button stands on

    def _act_on(self, number: int) -> None:
        if not self._menus:
            return
        row = self.row_at(number)
        self.acting = number if row is not None else -1
        self.more.setVisible(row is not None)
        if row is not None:
            rect = self.visualRect(self.rows.index(number))
            self.more.move(rect.right() - MORE - 7, rect.top() + (HIGH - MORE) // 2)
            self.more.setAccessibleName(self.tr("More for {title}").format(title=row.title))
        self.viewport().update()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._act_on(current.row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._menus and not self.more.hasFocus():
            self._act_on(self.currentIndex().row() if self.hasFocus() else -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._act_on(self.acting)

    def _hold(self) -> None:
        row = self.current
        self._held, self._held_row = (row.id, self.currentIndex().row()) if row else ("", -1)

    def _find_again(self) -> None:
        """Keep the place in the list; where its draft has gone, that of the one which moved up."""
        self.naming.hide()
        self._act_on(-1)
        if self._held_row < 0 or not self.rows.rows:
            return
        at = next((n for n, row in enumerate(self.rows.rows) if row.id == self._held), self._held_row)
        self.setCurrentIndex(self.rows.index(min(at, len(self.rows.rows) - 1)))

    # -- mouse and keys

    def _pick(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is not None:
            self.picked.emit(row.id)

    def _open_menu(self) -> None:
        row = self.row_at(self.acting)
        if row is not None:
            self.setCurrentIndex(self.rows.index(self.acting))
            self.menu_wanted.emit(row, self.more.mapToGlobal(QPoint(0, MORE)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self.row_at(index.row())
        if self._menus and row is not None:
            self.setCurrentIndex(index)
            where = self.visualRect(index).bottomLeft() + QPoint(16, -8) if by_key else event.pos()
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(where))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, row = Qt.Key, self.current
        if event.key() in (keys.Key_Return, keys.Key_Enter):
            self._pick(self.currentIndex())
        elif self._menus and event.matches(QKeySequence.StandardKey.Undo):
            self.key_wanted.emit("undo", None)
        elif self._menus and row is not None and event.key() == keys.Key_Delete:
            self.key_wanted.emit("trash", row)
        elif self._menus and row is not None and event.key() == keys.Key_F2:
            self.key_wanted.emit("rename", row)
        else:
            super().keyPressEvent(event)
