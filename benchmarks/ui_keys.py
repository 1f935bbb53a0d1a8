"""How soon a key is answered that is pressed with the first picture: `python -m benchmarks.ui_keys KEYS...`.

Opens the window by its real door. When the first picture is there the keys are pressed, one after the other, each in
the way the system delivers it: to the window, not to a widget. Prints JSON: for each key the milliseconds until what
it asked for was done and painted, and whether a command ran; and what stands in the paper at the end. The work that
waits for the first picture goes on meanwhile, as it does for a person.
"""

import json
import os
import sys
import time
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What is on the clipboard, for the keys that paste.
COPIED = "The oven is not the bottleneck. The list on the wall is read aloud, and nobody crosses a line."


def main(wanted: list[str]) -> None:
    """Press them, tell, and leave at once."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from composer import __main__
    from composer.ui import command_table, errands, window
    from composer.ui.commands import Command

    ran: list[str] = []
    told: list[dict[str, object]] = []
    began = [0.0, 0.0]
    windows: list[window.Window] = []
    show, table, start = window.Window.showEvent, command_table.table, errands.Errands.start

    def noted(asked: window.Window) -> list[Command]:
        """The commands, each noting that it ran."""

        def run(command: Command) -> None:
            ran.append(command.name)
            command.act()

        def noting(command: Command) -> Command:
            return command._replace(act=partial(run, command))

        return [noting(command) for command in table(asked)]

    def shown(self: window.Window, event: object) -> None:
        show(self, event)  # type: ignore[arg-type]
        windows.append(self)

    def end() -> None:
        busy = 1000 * (time.thread_time() - began[1])
        told[-1].update(ms=1000 * (time.perf_counter() - began[0]), busy=busy, ran=[*ran])
        ran.clear()

    def leave() -> None:
        here = windows[0]
        paper = here.bench.paper.editor.toPlainText() if here.built else ""
        print(json.dumps({"keys": told, "paper": paper}))
        sys.stdout.flush()
        os._exit(0)

    def look() -> None:
        """A menu or a dialog is an answer too; it holds the one who pressed until it is closed."""
        if QApplication.activePopupWidget() or QApplication.activeModalWidget() or not windows[0].isVisible():
            watch.stop()
            QApplication.processEvents()
            end()
            leave()

    def press(*_: object) -> None:
        handle = windows[0].windowHandle()
        for keys in wanted:
            combination = QKeySequence(keys)[0]  # type: ignore[index]
            told.append({"keys": keys})
            began[:] = time.perf_counter(), time.thread_time()
            QTest.keyClick(handle, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()
            end()
        leave()

    def started(self: errands.Errands) -> None:
        start(self)
        QApplication.clipboard().setText(COPIED)
        watch.start(0)
        press()

    window.Window.showEvent = shown  # type: ignore[method-assign]
    command_table.table = noted  # type: ignore[assignment]
    errands.Errands.start = started  # type: ignore[method-assign]
    watch = QTimer()
    watch.timeout.connect(look)
    sys.argv = ["post-composer", "window"]
    sys.exit(__main__.main())


if __name__ == "__main__":
    main(sys.argv[1:])
