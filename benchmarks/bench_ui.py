"""The window: its start against a bare PySide6 window, and how long its thread is ever busy."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.harness import Row, bench, compare

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
import os
os._exit(0)
"""
OURS = """
import sys
from PySide6.QtWidgets import QApplication
from composer.settings import Settings
from composer.ui.app import Parts
app = QApplication(sys.argv)
parts = Parts(app, lambda: None, Settings(), lambda _: None)
parts.window.show()
app.processEvents()
import os
os._exit(0)
"""


def run(code: str) -> None:
    """A fresh interpreter, from its start to the first picture. Both leave at once: the way down is not measured."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)


def probe(name: str) -> dict[str, float | str]:
    """One run of the probe, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.ui_probe", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return figures


@bench("ui")
def ui() -> Iterator[Row]:
    """Start, typing, streaming, loading."""
    ours, bare = compare(partial(run, OURS), partial(run, BARE), repeat=9)
    yield Row.at_most("window start", ours / bare, "x", 1.5, peer="bare PySide6 window", ratio=bare / ours)
    for name in ("typing", "streaming", "loading"):
        figures = probe(name)
        yield Row.at_most(f"{name}: thread busy, 99th percentile", float(figures["p99"]), "ms", 8)
        most = float(figures["most"])
        yield Row.at_most(f"{name}: thread busy, most", most, "ms", 50, note=f"while {figures['doing']}")
