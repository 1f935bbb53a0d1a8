"""Three whole drafts side by side, to take one of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from composer.ui import icons
from composer.ui.controls import button, frame, label
from composer.ui.focus import EDGE, ReadText
from composer.ui.lines import words_in
from composer.ui.notices import Notice
from composer.ui.theme import Theme, restyle

COUNT = 3


class Sheet(ReadText):
    """One draft, to read. Left and right lead to its neighbours, Enter takes it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFont(theme.sized(1.0))
        self.setViewportMargins(16 - EDGE, 12 - EDGE, 6 - EDGE, 0)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_words(self, text: str) -> None:
        """Show a text, or how far it has come. What is on the screen already stays where it is."""
        if text == self.toPlainText():
            return
        scrolled = self.verticalScrollBar().value()
        self.setPlainText(text)
        cursor, even = QTextCursor(self.document()), QTextBlockFormat()
        even.setLineHeight(round(self._theme.base * 20 / 13), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(even)
        self.verticalScrollBar().setValue(scrolled)


class Column(QFrame):
    """A draft with its number, its size, and the button that takes it. The chosen one has a line of ink above."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self.number = theme, number
        self.setProperty("role", "paper")
        self.chosen = False
        self.name = label(self.tr("Variant {n}").format(n=number + 1), "strong")
        self.facts = label("", "small")
        self.sheet = Sheet(theme)
        self.sheet.setAccessibleName(self.name.text())
        self.use = button(self.tr("Use this"), "outlined")
        self.use.setAccessibleName(self.tr("Use variant {n}").format(n=number + 1))
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 6)
        head.setSpacing(8)
        head.addWidget(self.name)
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.sheet, 1)
        theme.changed.connect(self.update)

    def show_text(self, text: str, state: str, *, ready: bool) -> None:
        """Show a text and its state; `ready` where it can be taken."""
        self.sheet.show_words(text)
        self.facts.setText(state)
        self.sheet.setAccessibleDescription(state)
        self.use.setEnabled(ready)

    def choose(self, chosen: bool) -> None:
        """Whether Enter takes this one."""
        self.chosen = chosen
        restyle(self.use, kind="filled" if chosen else "outlined")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.chosen:
            QPainter(self).fillRect(0, 0, self.width(), 2, self._theme.tokens["accent"])


class VariantsPage(QFrame):
    """`taken` carries the number of a variant; `stopped` and `more` what was asked for; `left` the way back."""

    taken = Signal(int)
    stopped = Signal()
    more = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "ground")
        self.at = 0
        bar = frame("bar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        self.title, self.words = label("", "strong"), label("", "small")
        self.keep = button(self.tr("Take none"), "quiet")
        self.others = button(self.tr("Three others"), "outlined")
        self.stop = button(" " + self.tr("Stop"), "outlined")
        self.stop.setAccessibleName(self.tr("Stop"))
        self._dress()
        theme.changed.connect(self._dress)
        row.addWidget(self.title)
        row.addWidget(self.words)
        row.addStretch(1)
        for part in (self.keep, self.others, self.stop):
            row.addWidget(part)
        self.columns = [Column(theme, number) for number in range(COUNT)]
        self._rules = [frame("rule") for _ in range(COUNT - 1)]
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for number, column in enumerate(self.columns):
            if number:
                self._rules[number - 1].setFixedWidth(1)
                middle.addWidget(self._rules[number - 1])
            middle.addWidget(column, 1)
            column.use.clicked.connect(lambda _=False, number=number: self.taken.emit(number))
            column.sheet.installEventFilter(self)
        self.notice = Notice(theme)
        self.foot = label(self.tr("The ones you do not take are kept as revisions."), "small")
        self.foot.setContentsMargins(16, 8, 16, 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addLayout(middle, 1)
        whole.addWidget(self.notice)
        whole.addWidget(self.foot)
        self.keep.clicked.connect(self.left)
        self.others.clicked.connect(self.more)
        self.stop.clicked.connect(self.stopped)

    def _dress(self) -> None:
        icons.dress(self.stop, "stop", self._theme.tokens["text"], self._theme.tokens["border"])

    # -- what is shown

    def show_all(self, texts: Sequence[str], done: int, words: str, *, running: bool) -> None:
        """Show what there is of the drafts, the first `done` of them whole; `words` is how far the next one is."""
        locale = QLocale()
        count = len(texts) if not running else COUNT
        self.title.setText(self.tr("One variant") if count == 1 else self.tr("{n} variants").format(n=count))
        for number, column in enumerate(self.columns):
            text, ready = texts[number] if number < len(texts) else "", number < done
            state = self.tr("Waiting") if number > done else words
            if ready:
                state = self.tr("{n} words").format(n=locale.toString(words_in(text)))
            column.setVisible(number < count)
            column.show_text(text, state, ready=ready)
        for number, rule in enumerate(self._rules):
            rule.setVisible(number + 1 < count)
        self.stop.setVisible(running)
        self.others.setVisible(not running)
        self.choose(min(self.at, max(0, done - 1)))

    def choose(self, number: int, *, focus: bool = False) -> None:
        """Go to a variant."""
        self.at = max(0, min(COUNT - 1, number))
        for column in self.columns:
            column.choose(column.number == self.at and column.use.isEnabled())
        if focus:
            self.columns[self.at].sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> list[QWidget]:
        """The columns in view."""
        return [column for column in self.columns if not column.isHidden()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        number = next((c.number for c in self.columns if c.sheet is watched), -1)
        if number < 0:
            return False
        if event.type() == QEvent.Type.FocusIn:
            self.choose(number)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.choose(max(0, min(len(self.shown) - 1, number + step)), focus=True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.columns[number].use.isEnabled():
                self.taken.emit(number)
        elif event.text().isdigit() and 0 < int(event.text()) <= len(self.shown):
            self.choose(int(event.text()) - 1, focus=True)
        else:
            return False
        return True
