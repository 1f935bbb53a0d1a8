"""Every command with its name and keys: the shortcuts, and the palette that lists them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from composer.ui.controls import CONTROL


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its words, its keys (several forms of one), what it does."""

    name: str
    keys: tuple[str, ...]
    act: Callable[[], None]


def install(window: QWidget, commands: Sequence[Command]) -> list[QAction]:
    """Make the keys work everywhere in the window."""
    made = []
    for command in commands:
        action = QAction(command.name, window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.triggered.connect(lambda _=False, act=command.act: act())
        window.addAction(action)
        made.append(action)
    return made


class Palette(QFrame):
    """All commands, to search in and run. Also the list of keys."""

    def __init__(self, window: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self._commands = commands
        self.field = QLineEdit()
        self.field.setFixedHeight(CONTROL)
        self.field.setPlaceholderText(self.tr("What do you want to do"))
        self.field.setAccessibleName(self.tr("Commands"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._run())
        self._fill("")

    def open_at(self, window: QWidget) -> None:
        """Open over the middle of the window."""
        self.resize(460, min(480, window.height() - 96))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 56)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self, wanted: str) -> None:
        self.list.clear()
        for command in self._commands:
            if wanted.casefold() in command.name.casefold():
                keys = QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
                item = QListWidgetItem(f"{command.name}\t{keys}" if command.keys else command.name)
                item.setData(Qt.ItemDataRole.UserRole, command)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return False

    def _run(self) -> None:
        item = self.list.currentItem()
        self.close()
        if item is not None:
            item.data(Qt.ItemDataRole.UserRole).act()
