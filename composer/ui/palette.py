"""The palette: every command by name, with its keys, to search in and run."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from composer.ui.commands import Command
from composer.ui.controls import CONTROL, claims_escape

NATIVE = QKeySequence.SequenceFormat.NativeText


class Palette(QFrame):
    """All commands, to search in and run. Also the list of keys."""

    def __init__(self, window: QWidget, commands: Sequence[Command]) -> None:
        super().__init__(window)
        self.setProperty("role", "popover")
        self._commands = commands
        self.field = QLineEdit()
        self.field.setFixedHeight(CONTROL)
        self.field.setPlaceholderText(self.tr("What do you want to do"))
        self.field.setAccessibleName(self.tr("Commands"))
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _: self._run())
        self._before: QWidget | None = None
        self.hide()
        self._fill("")

    def open_at(self, window: QWidget) -> None:
        """Open over the middle of the window."""
        self.resize(460, min(480, window.height() - 96))
        self.move((window.width() - self.width()) // 2, 56)
        self._before = window.focusWidget()
        self.field.clear()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Close, and put the focus back where it was."""
        if self.isVisible():
            self.hide()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self, wanted: str) -> None:
        self.list.clear()
        for command in self._commands:
            if wanted.casefold() in command.name.casefold():
                keys = QKeySequence(command.keys[0]).toString(NATIVE) if command.keys else ""
                item = QTreeWidgetItem(self.list, [command.name, keys])
                item.setData(0, Qt.ItemDataRole.UserRole, command)
                if not keys:
                    item.setData(1, Qt.ItemDataRole.AccessibleTextRole, self.tr("no keys"))
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._go(0)

    def _go(self, step: int) -> None:
        """Move the choice; 0 goes to the first."""
        here = self.list.currentItem()
        at = self.list.indexOfTopLevelItem(here) if step and here is not None else 0
        wanted = max(0, min(self.list.topLevelItemCount() - 1, at + step))
        if (item := self.list.topLevelItem(wanted)) is not None:
            self.list.setCurrentItem(item)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_palette()
                return True
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step:
                self._go(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return False

    def _run(self) -> None:
        item = self.list.currentItem()
        self.close_palette()
        if item is not None:
            item.data(0, Qt.ItemDataRole.UserRole).act()
