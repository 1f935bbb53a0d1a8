"""Two small boxes: emoji to put in, and who stands on the preview card."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from composer.ui.controls import BAR, label
from composer.ui.popover import Popover
from composer.ui.theme import Theme

CELL, ACROSS, ROWS = 36, 8, 6


def emoji_words() -> dict[str, str]:
    """The emoji of the list, each with the words it fits; those without words last."""
    import tomllib

    from composer.paths import resource

    held = tomllib.loads(resource("emoji.toml").read_text("utf-8"))
    found: dict[str, str] = {emoji: words.replace("*", "") for emoji, words in held["words"].items()}
    for emoji in [*held.get("announce", ()), held.get("question", ""), *held.get("spare", ()), "❓", "✅", "👉", "🔦"]:
        if emoji:
            found.setdefault(emoji, "")
    return found


class EmojiBox(Popover):
    """A grid to choose from; typing narrows it."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window, window.tr("Emoji"))
        self._words = emoji_words()
        self.field = QLineEdit()
        self.field.setFixedHeight(BAR)
        self.field.setPlaceholderText(self.tr("Search by word"))
        self.field.setAccessibleName(self.tr("Search emoji"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Emoji"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setGridSize(QSize(CELL, CELL))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFont(theme.sized(1.4))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("role", "emoji")
        self._none = label(self.tr("No emoji has this word."), "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._none)
        column.addWidget(self.list)
        self.setFixedSize(CELL * ACROSS + 44, CELL * ROWS + BAR + 30)
        self.field.textChanged.connect(self._fill)
        self.list.itemClicked.connect(lambda item: self._choose(item))

    def open_over(self, anchor: QWidget, where: QPoint) -> None:
        """Open at a point of `anchor`."""
        self.field.clear()
        self._fill("")
        self.open_at(anchor, where, self.field)

    def _fill(self, wanted: str) -> None:
        self.list.clear()
        sought = wanted.casefold().strip()
        for emoji, words in self._words.items():
            if not sought or any(
                word.startswith(sought) or (len(word) > 3 and sought.startswith(word)) for word in words.split()
            ):
                item = QListWidgetItem(emoji, self.list)
                item.setSizeHint(QSize(CELL, CELL))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                item.setToolTip(words.split(" ")[0])
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words.split(" ")[0] or emoji)
        self.list.setCurrentRow(0)
        self._none.setVisible(self.list.count() == 0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        self.close_box()
        if item is not None:
            self.chosen.emit(item.text())

    def key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentItem())
            return True
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self.list.setFocus()
            return True
        return False


class AuthorBox(Popover):
    """The name on the card and the line under it. They show as they are written."""

    changed = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, window.tr("Name on the card"))
        self.name, self.about = self._field(self.tr("Your name")), self._field(self.tr("The line under your name"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(label(self.tr("On the preview card"), "section"))
        column.addWidget(self.name)
        column.addWidget(self.about)
        column.addWidget(label(self.tr("Shown here only. It is never part of the post."), "small"))
        self.setFixedWidth(320)
        for field in (self.name, self.about):
            field.textEdited.connect(lambda: self.changed.emit(self.name.text().strip(), self.about.text().strip()))

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setFixedHeight(BAR)
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setMaxLength(200)
        return made

    def open_under(self, anchor: QWidget, edge: int, name: str, about: str) -> None:
        """Open under a button, with what is known. It ends left of `edge`: there is the card to look at."""
        self.name.setText(name)
        self.about.setText(about)
        self.about.setCursorPosition(0)
        self.adjustSize()
        right = min(anchor.width(), anchor.mapFrom(self.window(), QPoint(edge - 12, 0)).x())
        self.open_at(anchor, QPoint(right - self.width(), anchor.height() + 6), self.name)

    def key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_box()
            return True
        return False
