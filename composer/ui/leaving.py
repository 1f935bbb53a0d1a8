"""Leaving: the last words are saved, and a clipboard that would be lost is told of, before the window goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from composer.ui.window import Window


class Leaving:
    """`under_way` from the wish to leave until the draft is saved, or cannot be."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.under_way = False
        self._told_of_clipboard = False

    def decide(self, event: QCloseEvent) -> None:
        """Let the window go, or hold it until it may."""
        window = self._window
        window.put_down()
        window.desk.flush()
        if self._clipboard_would_go():
            self._told_of_clipboard = True
            words = window.tr(
                "This desktop keeps no clipboard. What was copied is gone after quitting: paste it first."
            )
            window.notice.say(words, [(window.tr("Quit"), self._quit)], tone="warn")
            event.ignore()
            return
        if window.desk.settled or self.under_way:
            event.accept()
            return
        # The last words are on their way to the disk: leave when they are there, stay where that fails.
        self.under_way = True
        window.desk.saved.connect(self._leave)
        window.desk.failed.connect(self._stay)
        event.ignore()

    def _quit(self) -> None:
        self._window.close()

    def _clipboard_would_go(self) -> bool:
        """Whether quitting would lose what was copied here; told once."""
        app = QApplication.instance()
        # A desktop that logs out is not held up.
        if self._told_of_clipboard or self.under_way or (isinstance(app, QApplication) and app.isSavingSession()):
            return False
        from composer.ui import keepers

        return keepers.would_lose(QApplication.clipboard())

    def _leave(self) -> None:
        if self.under_way and self._window.desk.settled:
            self._window.close()

    def _stay(self, kind: str, _event: object) -> None:
        if kind == "save" and self.under_way:
            self.under_way = False
            self._window.desk.saved.disconnect(self._leave)
            self._window.desk.failed.disconnect(self._stay)
