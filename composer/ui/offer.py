"""The offer: what a rewrite would change, in place, to accept or refuse; and the openings to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from composer.ui import icons
from composer.ui.controls import button, label
from composer.ui.popover import Popover
from composer.ui.theme import Theme

ROW, WIDE = 30, 440


class OfferBar(QFrame):
    """In the place of the format bar while an offer stands."""

    accepted = Signal()
    refused = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(4)
        self.words = label("", "small")
        self.retry, self.refuse = button(self.tr("Try again"), "quiet"), button(self.tr("Refuse"), "quiet")
        self.accept = button(self.tr("Accept"), "filled")
        self.refuse.setToolTip(self.tr("Esc"))
        row.addWidget(self.words)
        row.addStretch(1)
        for part in (self.retry, self.refuse, self.accept):
            row.addWidget(part)
        self.retry.clicked.connect(self.again)
        self.refuse.clicked.connect(self.refused)
        self.accept.clicked.connect(self.accepted)
        self.hide()

    def offer(self, fewer: int) -> None:
        """Show how many words fewer it would be; less than 0: more."""
        if fewer == 0:
            self.words.setText(self.tr("As long as before"))
        else:
            one = self.tr("1 word shorter") if fewer > 0 else self.tr("1 word longer")
            many = self.tr("{n} words shorter") if fewer > 0 else self.tr("{n} words longer")
            self.words.setText(one if abs(fewer) == 1 else many.format(n=abs(fewer)))
        self.show()
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.retry if self.retry.hasFocus() else self.refuse if self.refuse.hasFocus() else self.accept).click()
            return
        super().keyPressEvent(event)


class Pill(QToolButton):
    """`1/3` beside line one: the openings."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "pill")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Other openings"))
        self.setFont(theme.mono)
        self._words = ""
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 22, 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self._theme.mono)
        painter.setPen(self._theme.tokens["text2"])
        painter.drawText(self.rect().adjusted(5, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._words)
        colour = self._theme.tokens.text2
        picture = icons.pixmap("down", colour, 10, icons.scale_of(self))
        painter.drawPixmap(self.width() - 15, (self.height() - 10) // 2, picture)

    def show_count(self, now: int, count: int) -> None:
        """Show which opening stands; 0 of 0 before they are known."""
        self._words = f"{now}/{count}" if count else ""
        known = self.tr("Opening {n} of {all}").format(n=now, all=count)
        self.setAccessibleName(known if count else self.tr("Other openings"))
        self.setFixedSize(self.sizeHint())
        self.update()


class Openings(Popover):
    """First lines to choose from, by arrows, digits or a click."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, self.tr("Openings"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Openings"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 5, 5, 5)
        column.setSpacing(0)
        column.addWidget(self.list)
        self._lines: tuple[str, ...] = ()
        self.list.itemClicked.connect(lambda item: self._choose(self.list.row(item)))

    def show_lines(self, lines: Sequence[str], now: int, anchor: QWidget) -> None:
        """Open below `anchor`."""
        self._lines = tuple(lines)
        self.list.clear()
        for number, line in enumerate(lines):
            item = QListWidgetItem(f"{number + 1}   {line}")
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(line)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, now))
        window = self.parentWidget()
        assert isinstance(window, QWidget)
        letters = self.list.fontMetrics()
        widest = max(WIDE, *(letters.horizontalAdvance(f"{len(lines)}   {line}") + 24 for line in lines))
        self.setFixedSize(min(widest + 24, window.width() - 32, 640), ROW * len(lines) + 12)
        self.open_at(anchor, QPoint(0, anchor.height() + 4), self.list)

    def _choose(self, number: int) -> None:
        self.close_box()
        if 0 <= number < len(self._lines):
            self.chosen.emit(self._lines[number])

    def key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentRow())
            return True
        if event.text().isdigit() and 0 < int(event.text()) <= len(self._lines):
            self._choose(int(event.text()) - 1)
            return True
        return False
