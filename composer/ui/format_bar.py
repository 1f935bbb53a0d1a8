"""The bar below the paper: letters, lists, find; and how many words."""

from functools import partial

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton

from composer.ui.controls import BAR, IconButton, MenuButton, button, label
from composer.ui.notices import vertical_rule
from composer.ui.theme import Theme

FOLD = 540
WAYS = ("rewrite", "shorter", "sharper", "plainer")
# name, words, letter, shortcut
STYLES = (
    ("bold", "Bold", "B", "Ctrl+B"),
    ("italic", "Italic", "I", "Ctrl+I"),
    ("mono", "Mono", "M", "Ctrl+M"),
    ("underline", "Underline", "U", "Ctrl+U"),
    ("strike", "Strike through", "S", "Ctrl+Shift+X"),
)


class LetterButton(QToolButton):
    """A letter drawn in the style it gives."""

    def __init__(self, theme: Theme, style: str, letter: str, name: str) -> None:
        super().__init__()
        self._theme, self._style, self._letter = theme, style, letter
        self.setProperty("kind", "icon")
        self.setFixedSize(BAR, BAR)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name.split(" (")[0])
        self.setToolTip(name)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(BAR, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        font = QFont(self._theme.mono if self._style == "mono" else self._theme.font)
        font.setPixelSize(self._theme.base)
        font.setBold(self._style == "bold")
        font.setItalic(self._style == "italic")
        font.setUnderline(self._style == "underline")
        font.setStrikeOut(self._style == "strike")
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._theme.tokens["text2" if self.isEnabled() else "border"])
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)


class FormatBar(QFrame):
    """`styled` carries `bold`, `italic`, `mono`, `underline`, `strike` or `plain`."""

    styled = Signal(str)
    bulleted = Signal()
    numbered = Signal()
    find_wanted = Signal()
    emoji_wanted = Signal()
    way_wanted = Signal(str)
    another_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "foot")
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        names = (self.tr("Bold"), self.tr("Italic"), self.tr("Mono"), self.tr("Underline"), self.tr("Strike through"))
        for (style, _, letter, keys), name in zip(STYLES, names, strict=True):
            self.buttons[style] = LetterButton(theme, style, letter, f"{name} ({self._keys(keys)})")
        self.buttons["plain"] = self._icon("plain", self.tr("Plain letters"), "Ctrl+T")
        self.bullets = self._icon("bullets", self.tr("Bullets"), "Ctrl+Shift+8")
        self.numbers = self._icon("numbers", self.tr("Numbers"), "Ctrl+Shift+7")
        self.search = self._icon("search", self.tr("Find and replace"), "Ctrl+F")
        self.more = IconButton(theme, "more", self.tr("More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.setAccessibleName(self.tr("More"))
        menu.addAction(self.tr("Bullets"), self.bulleted.emit)
        menu.addAction(self.tr("Numbers"), self.numbered.emit)
        menu.addAction(self.tr("Emoji"), self.emoji_wanted.emit)
        menu.addAction(self.tr("Find and replace"), self.find_wanted.emit)
        self.more.setMenu(menu)
        for style, part in self.buttons.items():
            part.clicked.connect(lambda _=False, style=style: self.styled.emit(style))
            row.addWidget(part)
        row.addSpacing(4)
        self._rules = [vertical_rule(), vertical_rule()]
        row.addWidget(self._rules[0])
        row.addSpacing(4)
        row.addWidget(self.bullets)
        row.addWidget(self.numbers)
        row.addSpacing(4)
        row.addWidget(self._rules[1])
        row.addSpacing(4)
        self.emoji = self._icon("smile", self.tr("Emoji"), "Ctrl+E")
        self.emoji.clicked.connect(self.emoji_wanted)
        row.addWidget(self.emoji)
        row.addWidget(self.search)
        row.addWidget(self.more)
        row.addStretch(1)
        self._add_ways(row)
        self.words = label("", "small")
        row.addWidget(self.words)
        self.bullets.clicked.connect(self.bulleted)
        self.numbers.clicked.connect(self.numbered)
        self.search.clicked.connect(self.find_wanted)
        # What folds when there is no room must not ask for room itself.
        self.setMinimumWidth(200)
        self._fold()

    def _add_ways(self, row: QHBoxLayout) -> None:
        """What can be done with the selection, or with the caret's line, in the place of the words."""
        names = (self.tr("Rewrite"), self.tr("Shorter"), self.tr("Sharper"), self.tr("Plainer"))
        self.ways = {way: button(name, "quiet") for way, name in zip(WAYS, names, strict=True)}
        for way, part in self.ways.items():
            part.clicked.connect(lambda _=False, way=way: self.way_wanted.emit(way))
            row.addWidget(part)
        self.ways_menu = MenuButton(self._theme, self.tr("Rewrite"))
        self.ways_menu.setText(self.tr("Rewrite"))
        for way, name in zip(WAYS, names, strict=True):
            self.ways_menu.menu().addAction(name, partial(self.way_wanted.emit, way))
        row.addWidget(self.ways_menu)
        self.another = button(self.tr("Another sentence"), "quiet")
        self.another.setToolTip(self.tr("Another point of the same chapter, in the place of this line"))
        self.another.clicked.connect(self.another_wanted)
        row.addWidget(self.another)
        self._selected = self._point = False
        self._long = 0
        self.show_ways("")

    def show_ways(self, why: str) -> None:
        """Grey the four rewrites where `why` says what they need."""
        for part in (*self.ways.values(), self.ways_menu):
            part.setEnabled(not why)
            part.setToolTip(why)
            part.setAccessibleDescription(why)

    def show_place(self, *, selected: bool, point: bool) -> None:
        """Whether words are selected, and whether the caret stands on a point of the source."""
        if (selected, point) != (self._selected, self._point):
            self._selected, self._point = selected, point
            self._fold()

    def _keys(self, keys: str) -> str:
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)

    def _icon(self, icon: str, name: str, keys: str) -> IconButton:
        made = IconButton(self._theme, icon, name)
        made.setToolTip(f"{name} ({self._keys(keys)})")
        return made

    def resizeEvent(self, _event: object) -> None:
        self._fold()

    def _fold(self) -> None:
        """Fold as much as is needed for everything to be in view, and no more."""
        for stage in range(4):
            self._show_stage(stage)
            row = self.layout()
            assert row is not None
            row.invalidate()
            if row.minimumSize().width() <= self.width():
                break

    def _show_stage(self, stage: int) -> None:
        if stage == 0 and self.width() < FOLD:
            stage = 1
        self.numbers.setVisible(stage == 0)
        self.search.setVisible(stage == 0)
        self.bullets.setVisible(stage < 2)
        self._rules[1].setVisible(stage < 2)
        self.more.setVisible(stage > 0)
        for part in self.ways.values():
            part.setVisible(self._selected and stage < 3)
        self.ways_menu.setVisible(self._selected and stage == 3)
        self.another.setVisible(self._point and not self._selected)
        self.words.setVisible(not self._selected)

    def set_writable(self, writable: bool) -> None:
        """Grey everything while the paper is read only."""
        for part in (*self.buttons.values(), self.bullets, self.numbers, self.more, self.emoji):
            part.setEnabled(writable)
        if not writable:
            self.show_place(selected=False, point=False)
            self.words.setText(self.tr("Read-only while drafting"))

    def show_words(self, words: int, count: int, limit: int, *, counter: bool) -> None:
        """Show the number of words, or the counter where there is no room for the preview."""
        locale = QLocale()
        if counter:
            self.words.setText(f"{locale.toString(count)} / {locale.toString(limit)}")
        else:
            text = self.tr("{n} word") if words == 1 else self.tr("{n} words")
            self.words.setText(text.format(n=locale.toString(words)))
        if len(self.words.text()) != self._long:
            self._long = len(self.words.text())
            self._fold()
