"""A complete session on a real X server, with the real worker: `python -m tests.ui.x11_session HOME MODEL TALK`.

Everything is done by xdotool: a file is opened by its path in the system's dialog, drafted from with the model, stopped
and gone on with, written on, copied; xclip and another program paste it; the window is closed while a text is on the
clipboard. Prints what was seen as JSON. Not a test by itself; `test_x11.py` runs it inside xvfb-run.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from composer import paths
from composer.library.commands import Library
from composer.settings import Settings, save
from tests.ui.x11_drive import clipboard, copied, saved, until, xdo


def window_of(name: str) -> str:
    """The number of a window that is in view; waits for it."""
    return str(until(lambda: xdo("search", "--onlyvisible", "--name", name).split("\n")[0]))


def focus(window: str) -> None:
    """Give a window the keys."""
    xdo("windowfocus", "--sync", window)


def open_file(window: str, talk: Path) -> None:
    """Ctrl+O, the path, Enter: as the dialog of the toolkit wants it."""

    def dialog() -> str:
        xdo("key", "ctrl+o")
        return xdo("search", "--onlyvisible", "--name", "Open a transcript").split("\n")[0]

    box = str(until(dialog))
    focus(box)
    xdo("type", "--delay", "2", str(talk))

    def gone() -> bool:
        # The first Enter may only close the list of names that fit.
        xdo("key", "Return")
        return not xdo("search", "--onlyvisible", "--name", "Open a transcript")

    until(gone)
    focus(window)


def drafted(window: str, home: Path) -> dict[str, object]:
    """Draft by key; stop when there is something; go on; the texts of both."""
    before = len(saved(home))

    def stopped_late_enough() -> str:
        # What has come until then is not seen from outside: each try lets the model write a little longer.
        pauses.append(pauses[-1] * 1.5)
        xdo("key", "ctrl+Return")
        time.sleep(pauses[-1])
        xdo("key", "Escape")
        xdo("key", "ctrl+shift+c")
        return clipboard()

    pauses = [0.7]
    stopped = until(stopped_late_enough)
    focus(window)
    xdo("key", "ctrl+Return")
    text = until(lambda: "#" in (now := copied()).split("\n")[-1] and now != stopped and now)
    return {"stopped": stopped, "drafted": text, "drafts": len(saved(home)) - before}


def main(home: Path, model: Path, talk: Path) -> None:
    """The session; and a second one, to see that nothing was lost."""
    place = paths.find(home).ensure()
    Library(place).agree(model)
    save(place.settings, Settings(writer="model", model=str(model), length="long"))
    seen: dict[str, object] = {}
    command = [sys.executable, "-m", "composer", "--home", str(home), "window"]
    app = subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "xcb"})
    window = window_of("Post Composer")
    focus(window)
    open_file(window, talk)
    seen.update(drafted(window, home))
    xdo("type", "--delay", "5", "Said twice. ")
    text = str(until(lambda: "Said twice." in (now := copied()) and now))
    seen["text"] = text

    sheet = home / "sheet.txt"
    other = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.x11_paste", str(sheet)], env={**os.environ, "QT_QPA_PLATFORM": "xcb"}
    )
    focus(window_of("Another program"))
    xdo("key", "ctrl+v")
    until(lambda: sheet.exists() and sheet.read_text("utf-8"))
    seen["pasted"] = sheet.read_text("utf-8")
    other.kill()

    focus(window)
    until(lambda: any(row["title"] for row in saved(home)))
    # The first try says that the clipboard will be gone, where nobody keeps it; the second quits.
    for _ in range(2):
        xdo("key", "ctrl+q")
        try:
            app.wait(5)
            break
        except subprocess.TimeoutExpired:
            seen["told"] = True
    app.wait(20)
    seen["code"] = app.returncode
    seen["after"] = clipboard()
    seen["titles"] = [row["title"] for row in saved(home)]
    print(json.dumps(seen))


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:]))
