"""The revisions of a draft in the place of the preview, and the page that compares one with the text of now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from composer.ui import dates
from composer.ui.controls import Elided, IconButton, button, claims_escape, frame, label
from composer.ui.dates import clock_time, when
from composer.ui.editor import LINE, MEASURE, RIGHT
from composer.ui.focus import EDGE, ReadText
from composer.ui.gutter import GUTTER, TOP
from composer.ui.listing import HIGH, ROW, AnyIndex, RowDelegate, elided, prepare
from composer.ui.notices import rule
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.events import RevisionRow, RevisionsListed

HEAD, TIMES = 32, 64
# Where the page is narrower, the bar has no room for the words that explain the two grounds.
ROOMY = 540


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: the name of a day, or a text (`number` 0: that of now)."""

    kind: str
    words: str
    time: str = ""
    below: str = ""
    number: int = -1


class RevisionsModel(QAbstractListModel):
    """The lines, newest first, under their days."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show(self, listed: RevisionsListed, saved_at: str) -> None:
        """Take the revisions of a draft; `saved_at` is when the text of now was saved, or ""."""
        words = self._words(listed.words)
        lines = [Line("head", self.tr("Today")), Line("text", self.tr("Now"), clock_time(saved_at), words, 0)]
        day = lines[0].words
        for row in listed.rows:
            if self._day(row.at) != day:
                day = self._day(row.at)
                lines.append(Line("head", day))
            lines.append(Line("text", row.reason, clock_time(row.at), self._since(row), row.number))
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def _day(self, stamp: str) -> str:
        day = QDateTime.fromString(stamp, Qt.DateFormat.ISODateWithMs).toLocalTime().date()
        return self.tr("Today") if day == dates.today() else when(stamp)

    def _words(self, count: int) -> str:
        return self.tr("1 word") if count == 1 else self.tr("{n} words").format(n=QLocale().toString(count))

    def _since(self, row: RevisionRow) -> str:
        if row.added and row.removed:
            words = self.tr("{n} added since, {m} removed")
            return words.format(n=self._words(row.added), m=QLocale().toString(row.removed))
        if row.added or row.removed:
            words = self.tr("{n} added since") if row.added else self.tr("{n} removed since")
            return words.format(n=self._words(row.added or row.removed))
        return self.tr("The same words as now")

    def index_of(self, number: int) -> QModelIndex:
        """Where a text stands."""
        return self.index(next((n for n, line in enumerate(self.lines) if line.number == number), -1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if index.isValid() and self.lines[index.row()].kind == "head":
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == ROW:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (line.time, line.words, line.below) if part)
        return None


class RevisionDelegate(RowDelegate):
    """Time, reason, and how much has changed since."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(theme, view)
        self.chosen = 0

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        line: Line = index.data(ROW)
        return QSize(100, HEAD if line.kind == "head" else HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: Line = index.data(ROW)
        rect, tokens, flags = option.rect, self._theme.tokens, Qt.AlignmentFlag
        painter.save()
        if line.kind == "head":
            painter.setFont(self._theme.sized(0.92, QFont.Weight.DemiBold))
            painter.setPen(tokens["text2"])
            painter.drawText(rect.adjusted(16, 4, -16, 0), flags.AlignLeft | flags.AlignVCenter, line.words)
            painter.restore()
            return
        chosen = line.number == self.chosen
        self._ground(painter, option, chosen)
        top, bottom = QRect(rect.left() + TIMES, rect.top() + 9, rect.width() - TIMES - 16, 18), rect.top() + 29
        painter.setFont(self._theme.mono)
        painter.setPen(tokens["text3"])
        painter.drawText(QRect(rect.left() + 16, top.top(), 48, 18), flags.AlignLeft | flags.AlignVCenter, line.time)
        parts = ((line.words, 1.0, "text", top), (line.below, 0.92, "text2", top.translated(0, bottom - top.top())))
        for words, size, colour, box in parts:
            bold = chosen and colour == "text"
            painter.setFont(self._theme.sized(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
            painter.setPen(tokens[colour])
            painter.drawText(box, flags.AlignLeft | flags.AlignVCenter, elided(painter, words, box))
        self._ring(painter, option)
        painter.restore()


class RevisionsPanel(QFrame):
    """`chosen` carries the number of a revision, or 0 for the text of now."""

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        bar = frame("bar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 8, 0)
        row.addWidget(label(self.tr("Revisions"), "strong"))
        self.title = Elided("small")
        row.addWidget(self.title)
        row.addStretch(1)
        close = IconButton(theme, "close", self.tr("Close revisions"))
        close.clicked.connect(self.closed)
        row.addWidget(close)
        self.model = RevisionsModel(self)
        self.list = QListView()
        self.delegate = RevisionDelegate(theme, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        prepare(self.list, theme)
        self.list.setAccessibleName(self.tr("Revisions"))
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._choose(now))
        self.list.clicked.connect(self._choose)
        foot = frame("ground")
        below = QVBoxLayout(foot)
        below.setContentsMargins(16, 12, 16, 12)
        self.words = label("", "small", wrap=True)
        below.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        column.addWidget(foot)

    def show_revisions(self, listed: RevisionsListed, title: str, saved_at: str) -> None:
        """Show the revisions of a draft. The one that is compared stays chosen."""
        self.title.setText(self.tr("of {title}").format(title=title))
        chosen = self.delegate.chosen
        self.list.selectionModel().blockSignals(True)
        self.model.show(listed, saved_at)
        if not self.model.index_of(chosen).isValid():
            chosen = self.delegate.chosen = 0
        self.list.setCurrentIndex(self.model.index_of(chosen))
        self.list.selectionModel().blockSignals(False)
        time = clock_time(saved_at)
        kept = self.tr("Restoring keeps the text of {time} as a revision.").format(time=time)
        none = self.tr("No revisions yet. They are kept before every redraft and while you write.")
        unnamed = self.tr("Restoring keeps the text of now as a revision.")
        self.words.setText(none if not listed.rows else kept if time else unnamed)

    def choose_now(self) -> None:
        """Choose the text of now without telling."""
        self.delegate.chosen = 0
        self.list.selectionModel().blockSignals(True)
        self.list.setCurrentIndex(self.model.index_of(0))
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()

    def _choose(self, index: AnyIndex) -> None:
        line = index.data(ROW)
        if line is not None and line.kind == "text" and line.number != self.delegate.chosen:
            self.delegate.chosen = line.number
            self.list.viewport().update()
            self.chosen.emit(line.number)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.closed.emit()
            return True
        return False


class ComparePage(QFrame):
    """A revision and the text of now as one text: what was added since on one ground, what was removed on another."""

    restored = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pieces: tuple[tuple[str, str], ...] = ()
        self.setProperty("role", "paper")
        bar = frame("draftbar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        self.words = Elided("strong")
        row.addWidget(self.words)
        self._legend = [QLabel(self.tr("added")), QLabel(self.tr("removed"))]
        for sample in self._legend:
            sample.setFont(theme.sized(0.92))
            sample.setFixedHeight(18)
            row.addWidget(sample)
        row.addStretch(1)
        self.back = button(self.tr("Back to editing"), "quiet")
        self.restore = button("", "filled")
        self.back.clicked.connect(self.left)
        self.restore.clicked.connect(self.restored)
        row.addWidget(self.back)
        row.addWidget(self.restore)
        self.text = ReadText()
        self.text.setFont(theme.sized(1.15))
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setAccessibleName(self.tr("Differences"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.text, 1)
        for part in (self.text, self.back, self.restore):
            part.installEventFilter(self)
        theme.changed.connect(self._draw)

    def show_pieces(self, pieces: Sequence[tuple[str, str]], at: str) -> None:
        """Show the differences to the revision of a time."""
        time = clock_time(at)
        self._pieces = tuple(pieces)
        self.words.setText(self.tr("{time} compared with now").format(time=time))
        self.restore.setText(self.tr("Restore {time}").format(time=time))
        self.text.setAccessibleDescription(self.words.text())
        self._draw()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _form(self, kind: str) -> QTextCharFormat:
        tokens, form = self._theme.tokens, QTextCharFormat()
        form.setForeground(tokens["text"])
        if kind == "added":
            form.setBackground(tokens["added"])
            form.setFontUnderline(True)
            form.setUnderlineColor(tokens["ok"])
        elif kind == "removed":
            form.setBackground(tokens["removed"])
            form.setFontStrikeOut(True)
        return form

    def _draw(self) -> None:
        tokens = self._theme.tokens
        for sample, kind, line in zip(self._legend, ("added", "removed"), ("underline", "line-through"), strict=True):
            ground = getattr(tokens, kind)
            sample.setStyleSheet(f"background: {ground}; color: {tokens.text}; text-decoration: {line}; padding: 0 2px")
        self.text.clear()
        cursor = self.text.textCursor()
        block = QTextBlockFormat()
        block.setLineHeight(round(self._theme.base * LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        before = ""
        for kind, words in self._pieces:
            if (before, kind) == ("removed", "added"):
                cursor.insertText(" ", self._form("same"))
            cursor.insertText(words, self._form(kind))
            before = kind

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        spare = max(0, self.width() - GUTTER - RIGHT - MEASURE)
        for sample in self._legend:
            sample.setVisible(self.width() >= ROOMY)
        self.text.setViewportMargins(GUTTER + spare // 2 - EDGE, TOP - EDGE, RIGHT + spare // 2 - EDGE, 0)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.left.emit()
            return True
        return False
