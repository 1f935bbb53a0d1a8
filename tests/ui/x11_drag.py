"""Text dragged with the mouse of a real X server: `python -m tests.ui.x11_drag`. Prints the text after the drop.

Runs inside xvfb-run; `test_x11.py` runs it.
"""

import subprocess
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from composer.settings import Settings
from composer.ui.app import Parts
from composer.ui.editor import PostEditor
from tests.ui.scripted import ScriptedSession

PATIENCE = 20_000


def until(ready: Callable[[], bool]) -> None:
    """Let the window work until it is so."""
    loop, poll = QEventLoop(), QTimer()
    poll.timeout.connect(lambda: loop.quit() if ready() else None)
    poll.start(20)
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()


def at(editor: PostEditor, position: int) -> QPoint:
    """Where a letter stands on the screen."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    return editor.viewport().mapToGlobal(editor.cursorRect(cursor).center())


def main() -> None:
    """Select a word, take it with the mouse, and drop it at the end."""
    app = QApplication([])
    parts = Parts(app, ScriptedSession, Settings(), lambda _: None)  # type: ignore[arg-type]
    window = parts.window
    window.show()
    parts.start()
    window.show_bench()
    editor = window.bench.paper.editor
    editor.load("one two three")
    editor.setFocus()
    until(lambda: editor.isVisible() and editor.viewport().width() > 300)
    editor.select(0, 4)
    start, end = at(editor, 2), at(editor, 13) + QPoint(30, 0)
    steps = [
        *("mousemove", start.x(), start.y(), "sleep", 0.2, "mousedown", 1, "sleep", 0.2),
        *("mousemove", start.x() + 15, start.y(), "sleep", 0.2, "mousemove", end.x() - 40, end.y(), "sleep", 0.2),
        *("mousemove", end.x(), end.y(), "sleep", 0.2, "mouseup", 1),
    ]
    hand = subprocess.Popen(["xdotool", *map(str, steps)])
    until(lambda: hand.poll() is not None)
    until(lambda: editor.text() != "one two three")
    print(editor.text())
    window.quit_anyway()
    parts.close()


if __name__ == "__main__":
    main()
