"""A post is copied, the app quits, a clipboard manager has it: `python -m tests.ui.x11_keep`. Prints what was seen.

Runs inside xvfb-run and dbus-run-session, with xfce4-clipman; `test_x11.py` runs it.
"""

import json
import subprocess
import sys
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from composer.settings import Settings
from composer.ui import keepers
from composer.ui.app import Parts, application
from tests.ui import x11_drive
from tests.ui.scripted import ScriptedSession
from tests.ui.x11_drive import clipboard, until

PATIENCE = 40_000


def let(ready: Callable[[], object]) -> None:
    """Let the window work until it is so."""
    loop, poll = QEventLoop(), QTimer()
    poll.timeout.connect(lambda: loop.quit() if ready() else None)
    poll.start(50)
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()


def app() -> None:
    """Open the sample, draft, copy, quit; print the post, and whether the window said something at quitting."""
    application(["x"])
    parts = Parts(QApplication.instance(), ScriptedSession, Settings(), lambda _: None)  # type: ignore[arg-type]
    window = parts.window
    window.show()
    parts.start()
    let(keepers.clipboard_kept)
    window.open_sample()
    let(lambda: window.desk.evidence)
    window.drafting.draft()
    let(lambda: window.desk.draft_id)
    window.drafting.copy()
    text = window.bench.paper.editor.text()
    window.close()
    print(json.dumps({"copied": text, "told": window.isVisible()}))
    sys.stdout.flush()
    parts.close()


def main() -> None:
    """Start the manager and the app; read the clipboard when the app has gone."""
    manager = subprocess.Popen(["xfce4-clipman"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.x11_keep", "app"], capture_output=True, text=True, check=True
    )
    seen = json.loads(next(line for line in reversed(done.stdout.splitlines()) if line.startswith("{")))
    x11_drive.PATIENCE = 15.0  # what has not come by then was lost with the app
    seen["after"] = kept()
    seen["plain"] = "" if seen["after"] else kept_of_a_plain_app()
    manager.kill()
    print(json.dumps(seen))


def kept() -> str:
    """What the clipboard holds when its owner has gone, "" where that was lost."""
    try:
        return str(until(clipboard))
    except TimeoutError:
        return ""


def kept_of_a_plain_app() -> str:
    """What the manager keeps of a plain program that copies and quits: "" where it is the manager that misses it."""
    code = (
        "from PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QApplication, QWidget\n"
        "app = QApplication([])\nwindow = QWidget()\nwindow.show()\n"
        "QTimer.singleShot(500, lambda: (app.clipboard().setText('plain'), window.close()))\napp.exec()"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return kept()


if __name__ == "__main__":
    app() if sys.argv[1:] else main()
