"""The whole way on a real X server, from outside: xdotool types, xclip pastes, the command line lists the drafts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from composer.paths import sample

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
    assert seen["text"].splitlines()[0] == head + " by hand"
    assert seen["text"].splitlines()[-1].startswith("#")
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


@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="needs xvfb, xauth, xdotool and xclip to drive a real window"
)
@pytest.mark.timeout(240)
def test_a_complete_session_with_the_real_worker(tmp_path: Path, tiny_model: Path) -> None:
    """A file opened by keys, drafted with a model, stopped, gone on with, written on, pasted elsewhere, and quit."""
    talk = tmp_path / "talk.vtt"
    talk.write_bytes(sample().read_bytes())
    seen = whole_session(tmp_path / "home", tiny_model, talk)
    assert seen["drafted"] != seen["stopped"]
    assert seen["drafts"] == 1
    assert "Said twice." in seen["text"]
    assert seen["pasted"] == seen["text"]
    assert seen["told"], "nobody keeps the clipboard on a bare server, so the window says so before it quits"
    assert seen["code"] == 0
    assert len(seen["titles"]) == 1
    assert seen["after"] == ""


@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in (*TOOLS, "xfce4-clipman", "dbus-run-session")),
    reason="needs xvfb, xauth, xdotool, xclip, a clipboard manager (xfce4-clipman) and dbus",
)
@pytest.mark.timeout(400)
def test_a_copied_post_survives_the_exit_where_the_desktop_keeps_it() -> None:
    """With a clipboard manager nothing is said at quitting, and xclip reads the post when the app is gone."""
    root = Path(__file__).resolve().parents[2]
    outer = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", "dbus-run-session", "--"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    command = [*outer, sys.executable, "-m", "tests.ui.x11_keep"]
    for _ in range(3):
        # The manager is somebody else's, and on a busy machine it may miss an app that copies and quits in one breath.
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, timeout=130, check=False
        )
        # The bus and the manager may have a last word of their own on the same output.
        told = [line for line in done.stdout.splitlines() if line.startswith("{")]
        assert told, (done.stdout, done.stderr)
        seen = json.loads(told[-1])
        assert not seen["told"], done.stderr
        assert seen["copied"]
        assert seen["after"] or not seen["plain"], "the manager keeps what a plain program copies, and not ours"
        if seen["after"]:
            break
    else:
        pytest.skip("the clipboard manager kept nothing here, of a plain program no more than of ours")
    assert seen["after"] == seen["copied"]


def whole_session(home: Path, model: Path, talk: Path) -> dict[str, Any]:
    """What `x11_session.py` saw."""
    root = Path(__file__).resolve().parents[2]
    server = ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24"]
    command = [*server, sys.executable, "-m", "tests.ui.x11_session", str(home), str(model), str(talk)]
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=220, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen
