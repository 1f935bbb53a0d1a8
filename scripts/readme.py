"""Renew what the README shows: a picture of the real window, and the post it made of the sample talk.

`python -m scripts.readme` writes docs/window.png and the post between the marks in README.md; `--check` only says
whether the post is still what the app makes.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from composer import paths
from composer.events import Drafted, Event, SourcesRead
from composer.post.model import Brief
from composer.session import Session
from composer.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "window.png"
BLOCK = re.compile(r"(?s)(<!-- the post of the sample talk -->\n```text\n).*?(\n```\n<!-- end -->)")


def post() -> str:
    """The post that the built-in writer makes of the sample talk."""
    heard: list[Event] = []
    with tempfile.TemporaryDirectory() as home:
        session = Session(paths.find(Path(home)), Settings(), inline=True)
        session.subscribe(heard.append)
        session.read([paths.sample()])
        found = heard[-1]
        assert isinstance(found, SourcesRead), found
        session.draft(Brief(), evidence=found.evidence)
        done = heard[-1]
        session.close()
    assert isinstance(done, Drafted), done
    return done.laid.text


def picture() -> None:
    """The window with the sample talk, drafted through real clicks."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from composer.ui.app import Parts

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)

    def wait(milliseconds: int, until: Callable[[], bool] = lambda: False) -> None:
        for _ in range(milliseconds // 50):
            loop = QEventLoop()
            QTimer.singleShot(50, loop.quit)
            loop.exec()
            if until():
                return

    with tempfile.TemporaryDirectory() as home:
        chosen = Settings(theme="light", offer_models=False, name="Your name", about="What you write about")
        parts = Parts(app, lambda: Session(paths.find(Path(home)), chosen), chosen, lambda _: None)
        parts.window.resize(1280, 800)
        parts.window.show()
        parts.start()
        parts.window.open_sample()
        wait(30_000, lambda: parts.window.desk.evidence is not None)
        parts.window.drafting.draft()
        editor = parts.window.bench.paper.editor
        wait(30_000, lambda: not parts.window.desk.busy and bool(editor.text()))
        # The checks and the save settle.
        wait(2500)
        line = editor.lines()[2]
        parts.window.drafting.show_place(line[1])
        wait(1000)
        parts.window.grab().save(str(PICTURE))
        parts.close()


def main() -> int:
    """Renew, or with --check compare."""
    text = README.read_text("utf-8")
    fresh = BLOCK.sub(lambda found: found[1] + post() + found[2], text)
    if "--check" in sys.argv:
        if fresh != text:
            print("The post in README.md is not what the app makes: run make docs", file=sys.stderr)
        return int(fresh != text)
    README.write_text(fresh, "utf-8", newline="\n")
    picture()
    return 0


if __name__ == "__main__":
    sys.exit(main())
