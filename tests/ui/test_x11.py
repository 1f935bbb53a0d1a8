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
