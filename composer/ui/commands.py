"""A command with its name and keys, and the shortcuts made of them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Command(NamedTuple):
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
