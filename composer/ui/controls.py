"""The small parts every panel is made of: buttons, segments, and the ring around what has the focus."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget
from shiboken6 import isValid

from composer.ui import icons
from composer.ui.theme import Theme, restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QPaintEvent, QPixmap
    from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QMenu

CONTROL = 32
BAR = 28
# What `QPainter.drawText` calls Qt.AlignmentFlag.AlignLeft and AlignVCenter: see `keep_out_of_clicks`.
LEFT_MIDDLE = 0x81


def keep_out_of_clicks(widget: QWidget) -> None:
    """Let Tab reach a widget, and a click leave the focus where it is: `Qt.FocusPolicy.TabFocus`, by its number.

    PySide makes the hundred enumerations of `Qt` together, when one of them is first named: 11 ms. What stands in the
    first picture therefore names none; `Window.settle` loads them, right after it.
    """
    widget.setProperty("focusPolicy", 1)


def plain_words(words: QLabel) -> None:
    """Never read the words as markup: `Qt.TextFormat.PlainText`, by its number."""
    words.setProperty("textFormat", 0)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A line of words. `role` is one of the roles in the style sheet. Never read as markup."""
    made = QLabel(text)
    plain_words(made)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def claims_escape(event: QEvent) -> bool:
    """Whether the event asks if Esc is wanted here rather than by the window. Says yes on the way."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    from PySide6.QtGui import QKeyEvent

    if isinstance(event, QKeyEvent) and event.key() == QtCore.Qt.Key.Key_Escape:
        event.accept()
        return True
    return False


class Elided(QLabel):
    """A line of words that ends with `…` where there is no room for all of them."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        plain_words(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def paintEvent(self, _event: "QPaintEvent") -> None:
        if self.text():
            words = self.fontMetrics().elidedText(self.text(), QtCore.Qt.TextElideMode.ElideRight, self.width())
            QPainter(self).drawText(self.rect(), LEFT_MIDDLE, words)


def steady_scroll(area: "QAbstractScrollArea") -> None:
    """Keep the vertical scroll bar's place free always, and draw it only where there is something to scroll.

    A bar that comes and goes changes the width, which changes the height of what wraps, which ends the need for the
    bar: Qt then resizes without end, until the stack is full.
    """
    area.setVerticalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar = area.verticalScrollBar()
    bar.rangeChanged.connect(lambda _, most: restyle(bar, idle=most <= 0))
    restyle(bar, idle=bar.maximum() <= 0)


def frame(role: str, parent: QWidget | None = None) -> QFrame:
    """A box of one of the roles in the style sheet."""
    made = QFrame(parent)
    made.setProperty("role", role)
    return made


def button(text: str, kind: str = "outlined", height: int = BAR, parent: QWidget | None = None) -> QPushButton:
    """A button with a word on it. `kind` is `filled`, `outlined`, `quiet` or `link`."""
    made = QPushButton(parent)
    made.setText(text)
    made.setProperty("kind", kind)
    made.setFixedHeight(height)
    made.setAutoDefault(False)
    return made


class IconButton(QToolButton):
    """A square button with an icon or a styled letter. Its name is what is read out and shown as its tip."""

    def __init__(self, theme: Theme, icon: str, name: str, size: int = BAR, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self.setProperty("kind", "icon")
        self.setFixedSize(size, size)
        keep_out_of_clicks(self)
        self.setAccessibleName(name)
        self.setToolTip(name)
        theme.changed.connect(self.update)

    def picture(self) -> "QPixmap":
        """The icon in the theme's colours; drawn once."""
        tokens = self._theme.tokens
        colour = tokens.text2 if self.isEnabled() else tokens.border
        return icons.pixmap(self._icon, colour, icons.BOX, icons.scale_of(self))

    def paintEvent(self, event: "QPaintEvent") -> None:
        super().paintEvent(event)
        left, top = (self.width() - icons.BOX) // 2, (self.height() - icons.BOX) // 2
        QPainter(self).drawPixmap(left, top, self.picture())


class MenuButton(QToolButton):
    """A quiet button that shows a value and opens a menu of others."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.name = theme, name
        self._values: dict[QAction, object] = {}
        self.setProperty("kind", "quiet")
        self.setProperty("arrow", True)
        self.setFixedHeight(BAR)
        keep_out_of_clicks(self)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def menu(self) -> "QMenu":
        """The menu; made when it is first wanted."""
        made = super().menu()
        if made is None:
            from PySide6.QtWidgets import QMenu

            made = QMenu(self)
            made.setAccessibleName(self.name)
            made.setToolTipsVisible(True)
            made.triggered.connect(self._triggered)
            self.setMenu(made)
        return made

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width + 8 + 20 + 2, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def offer(self, entries: Sequence[tuple[str, object]], *current: object) -> None:
        """Fill the menu with words and their values; `current` are ticked and shown. No words stand for a line."""
        menu = self.menu()
        menu.clear()
        self._values = {}
        for words, value in entries:
            if not words:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value in current)
            self._values[action] = value
            if value in current:
                self.show_value(words)

    def show_value(self, words: str) -> None:
        """Show a value."""
        self.setText(words)
        self.setAccessibleName(f"{self.name}: {words}")
        self.updateGeometry()

    def _triggered(self, action: "QAction") -> None:
        if action in self._values:
            self.chosen.emit(self._values[action])

    def paintEvent(self, event: "QPaintEvent") -> None:
        # The style sheet keeps the words left of the arrow's place: Qt would put its own indicator in the corner.
        super().paintEvent(event)
        tokens = self._theme.tokens
        arrow = tokens.text2 if self.isEnabled() else tokens.border
        picture = icons.pixmap("down", arrow, 12, icons.scale_of(self))
        QPainter(self).drawPixmap(self.width() - 18, (self.height() - 12) // 2, picture)


class Segment(QFrame):
    """Two to four choices, one of them always chosen. Arrows move inside, Tab leaves."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "segment")
        self.setProperty("ring", True)
        self.setFixedHeight(BAR)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        from PySide6.QtWidgets import QButtonGroup

        self._group: QButtonGroup = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for words, value in choices:
            part = QToolButton(self)
            part.setText(words)
            part.setCheckable(True)
            part.setProperty("kind", "segment")
            part.setFixedHeight(24)
            keep_out_of_clicks(part)
            part.setAccessibleName(f"{name}: {words}")
            self._group.addButton(part)
            self._buttons[value] = part
            row.addWidget(part)
        next(iter(self._buttons.values())).setChecked(True)
        self._group.buttonToggled.connect(self._toggled)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """The choice."""
        return next(value for value, part in self._buttons.items() if part.isChecked())

    def choose(self, value: str) -> None:
        """Choose without telling."""
        if value in self._buttons:
            self._group.blockSignals(True)
            self._buttons[value].setChecked(True)
            self._group.blockSignals(False)

    def part(self, value: str) -> QToolButton:
        """The button of one choice."""
        return self._buttons[value]

    def _toggled(self, _part: "QAbstractButton", on: bool) -> None:
        if on:
            self.chosen.emit(self.value)


class FocusRing(QWidget):
    """Two pixels of ink, two pixels away from whatever has the focus. One for the whole window."""

    OWN = ("QTextEdit", "QLineEdit", "QListView", "QMenu")

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAccessibleName("")
        self.hide()

    def let_clicks_through(self) -> None:
        """Be there for the eye only. Not part of the first picture: see `keep_out_of_clicks`."""
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Connect to `QApplication.focusChanged`."""
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._target, self._watched = None, []
        if new is not None and new.window() is self.window() and not self._draws_its_own(new):
            target = new
            parent = new.parentWidget()
            if parent is not None and parent.property("ring"):
                target = parent
            self._target = target
            # What it lies in may move it too: a page that is scrolled, a row that grows.
            part: QWidget | None = target
            while part is not None and part is not self.window():
                self._watched.append(part)
                part.installEventFilter(self)
                part = part.parentWidget()
            self._place()
        else:
            self.hide()

    def _draws_its_own(self, widget: QWidget) -> bool:
        return any(widget.inherits(name) for name in self.OWN) or bool(widget.property("ownring"))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() in (kinds.Move, kinds.Resize, kinds.Show):
            self._place()
        elif watched is not self._target:
            return False
        elif event.type() == kinds.Hide:
            self.hide()
        elif event.type() in (kinds.DeferredDelete, kinds.Destroy):
            self._target = None
            self.hide()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible() or target.visibleRegion().isEmpty():
            self.hide()
            return
        corner = target.mapTo(self.window(), QPoint(0, 0))
        self.setGeometry(QRect(corner, target.size()).adjusted(-4, -4, 4, 4))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: "QPaintEvent") -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(self._theme.tokens["accent"])
        pen.setWidth(2)
        radius = 15 if self._target is not None and self._target.property("kind") == "chip" else 8
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect().adjusted(1, 1, -1, -1)), radius, radius)
        painter.strokePath(path, pen)
