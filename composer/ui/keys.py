"""The keys of the commands, from the first picture on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal

if TYPE_CHECKING:
    from composer.ui.window import Window


class Keys(QObject):
    """Makes the shortcuts with the first key that is pressed, before Qt looks for the one it belongs to.

    Qt asks every widget from the focus up to the window whether it wants a key for itself (`ShortcutOverride`), and
    only then looks for a shortcut: what is made in between is found. `pressed` tells of every key until `rest`.
    """

    pressed = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._installed = False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self.pressed.emit()
            self.install()
        return False

    def rest(self) -> None:
        """Listen no more."""
        self._window.removeEventFilter(self)

    def install(self) -> None:
        """Make them now, where no key was pressed yet."""
        if not self._installed:
            self._installed = True
            from composer.ui import commands

            commands.install(self._window, self._window.commands)
