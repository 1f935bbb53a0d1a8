"""The notice above the format bar and the toast at the foot: what happened, and at most two ways on."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from composer.ui import icons
from composer.ui.controls import IconButton, button, frame, label
from composer.ui.theme import Theme, restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

# A button's words, what it does, and where the words are not all there is to say, a hint.
Way = tuple[str, Callable[[], None]] | tuple[str, Callable[[], None], str]
TOAST_MS = 4000


def announce(widget: QObject, words: str) -> None:
    """Have a screen reader say it."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Sign(QLabel):
    """An icon in one of the theme's colours."""

    def __init__(self, theme: Theme, name: str = "warning", colour: str = "text2") -> None:
        super().__init__()
        self._theme, self._name, self._colour = theme, name, colour
        self.setFixedSize(16, 16)
        theme.changed.connect(self._draw)

    def become(self, name: str, colour: str) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour
        self._draw()

    def showEvent(self, event: "QShowEvent") -> None:
        self._draw()
        super().showEvent(event)

    def _draw(self) -> None:
        if not self.isVisible():
            return
        colour = getattr(self._theme.tokens, self._colour)
        self.setPixmap(icons.pixmap(self._name, colour, 16, icons.scale_of(self)))


class Notice(QFrame):
    """One line, newest only. Hidden until there is something to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setMinimumHeight(44)
        row = QGridLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setHorizontalSpacing(8)
        row.setVerticalSpacing(4)
        row.setColumnStretch(1, 1)
        self._sign = Sign(theme)
        self._words = label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._ways = [button("", "outlined"), button("", "quiet")]
        self._acts: list[Callable[[], None]] = []
        self._close = IconButton(theme, "close", self.tr("Dismiss"))
        self._close.clicked.connect(self.hide)
        self._grid = row
        row.addWidget(self._sign, 0, 0)
        row.addWidget(self._words, 0, 1)
        row.addWidget(self._close, 0, 3)
        self._box = QWidget()
        box = QHBoxLayout(self._box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for number, way in enumerate(self._ways):
            way.clicked.connect(lambda _=False, number=number: self._go(number))
            box.addWidget(way)
        box.addStretch(1)
        row.addWidget(self._box, 0, 2)
        self.setAccessibleName(self.tr("Notice"))
        self.hide()

    def say(self, words: str, ways: Sequence[Way] = (), *, tone: str = "plain", icon: str = "warning") -> None:
        """Show a sentence. `tone` is `plain`, `warn` or `bad`."""
        self._words.setText(words)
        self._acts = [way[1] for way in ways[:2]]
        for number, way in enumerate(self._ways):
            way.setVisible(number < len(self._acts))
            if number < len(self._acts):
                way.setText(ways[number][0])
                hint = "".join(ways[number][2:])
                way.setToolTip(hint)
                way.setAccessibleDescription(hint)
        self._sign.become(icon, {"bad": "bad", "warn": "warn"}.get(tone, "text2"))
        restyle(self, tone=tone)
        self.setAccessibleDescription(words)
        self._arrange()
        self.show()
        announce(self, words)

    def _arrange(self) -> None:
        """The ways on stand beside the words, or below them where the words need the room."""
        ways = sum(way.sizeHint().width() + 8 for way in self._ways[: len(self._acts)])
        room = self.width() - 16 - 16 - 8 - 28 - 24
        below = bool(self._acts) and self._words.fontMetrics().horizontalAdvance(self._words.text()) > room - ways
        self._grid.removeWidget(self._box)
        self._box.setVisible(bool(self._acts))
        if below:
            self._grid.addWidget(self._box, 1, 1, 1, 2)
        else:
            self._grid.addWidget(self._box, 0, 2)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def words(self) -> str:
        """What is said, or "" while hidden."""
        return "" if self.isHidden() else self._words.text()

    def way(self, number: int) -> QWidget:
        """The button of a way on."""
        return self._ways[number]

    def _go(self, number: int) -> None:
        self.hide()
        self._acts[number]()


class Toast(QFrame):
    """A few words over the foot of a panel for four seconds. Stays while the pointer is on it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 0)
        row.setSpacing(10)
        self._sign = Sign(theme, "check", "ok")
        self._words = label("")
        self._way = button("", "link")
        self._act: Callable[[], None] = lambda: None
        self._way.clicked.connect(self._go)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._way)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.hide)
        self._anchor: QWidget | None = None
        self.hide()

    def say(self, words: str, anchor: QWidget, way: Way | None = None, *, tone: str = "ok") -> None:
        """Show words over the foot of `anchor`."""
        self._words.setText(words)
        self._way.setVisible(way is not None)
        if way is not None:
            self._way.setText(way[0])
            self._act = way[1]
        self._sign.become(*{"ok": ("check", "ok"), "warn": ("warning", "warn"), "trash": ("trash", "text2")}[tone])
        if self._anchor is not None:
            self._anchor.removeEventFilter(self)
        self._anchor = anchor
        anchor.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, words)

    @property
    def words(self) -> str:
        """What is said, or "" while hidden."""
        return "" if self.isHidden() else self._words.text()

    def _go(self) -> None:
        self.hide()
        self._act()

    def _place(self) -> None:
        anchor = self._anchor
        if anchor is None:
            return
        corner = anchor.mapTo(self.window(), QPoint(0, anchor.height()))
        self.setGeometry(corner.x() + 12, corner.y() - 52, anchor.width() - 24, 40)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def enterEvent(self, _event: object) -> None:
        self._timer.stop()

    def leaveEvent(self, _event: object) -> None:
        self._timer.start()


def rule() -> QFrame:
    """A line, 1 px."""
    made = frame("rule")
    made.setFixedHeight(1)
    return made


def vertical_rule(high: int = 16) -> QFrame:
    """A short upright line between groups of buttons."""
    made = frame("rule")
    made.setFixedSize(1, high)
    return made
