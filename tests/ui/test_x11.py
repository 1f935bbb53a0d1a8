"""The whole way on a real X server, from outside: xdotool types, xclip pastes, the command line lists the drafts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("xvfb-run", "xdotool", "xclip")


@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="needs xvfb, xauth, xdotool and xclip to drive a real window"
)
def test_a_session_from_outside(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    server = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24"]
    command = [*server, sys.executable, "-m", "tests.ui.x11_drive", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    head = seen["first"].split("\n")[0]
    assert head
    assert seen["text"].startswith(head + " by hand\n")
    assert len(seen["text"]) > 300
    assert len(seen["titles"]) == 1
    assert seen["titles"][0].endswith("by hand")


@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="needs xvfb, xauth, xdotool and xclip to drive a real window"
)
def test_quitting_where_nobody_keeps_the_clipboard() -> None:
    """A bare X server has no clipboard manager: the first try to quit says so, the second quits."""
    code = (
        "from PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QApplication\n"
        "from composer.settings import Settings\nfrom composer.ui.app import Parts\n"
        "from tests.ui.scripted import ScriptedSession\n"
        "app = QApplication([])\nparts = Parts(app, ScriptedSession, Settings(), lambda _: None)\n"
        "window = parts.window\nwindow.show()\nparts.start()\n"
        "def go():\n"
        "    app.clipboard().setText('copied')\n"
        "    window.close()\n    print(window.isVisible(), window.notice.words)\n"
        "    window.close()\n    print(window.isVisible())\n    app.quit()\n"
        "QTimer.singleShot(500, go)\napp.exec()\nparts.close()"
    )
    root = Path(__file__).resolve().parents[2]
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, "-c", code]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=60, check=False)
    first, second = done.stdout.splitlines()[-2:]
    assert first.startswith("True This desktop keeps no clipboard."), done.stderr
    assert second == "False"


@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="needs xvfb, xauth, xdotool and xclip to drive a real window"
)
def test_text_is_dragged_with_a_real_mouse() -> None:
    root = Path(__file__).resolve().parents[2]
    command = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24", sys.executable, "-m", "tests.ui.x11_drag"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=90, check=False)
    assert done.stdout.splitlines()[-1] == "two threeone ", done.stderr
