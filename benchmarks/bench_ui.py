"""The window: its start against a bare PySide6 window, and how long its thread is ever busy."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.harness import Row, bench, compare
from composer.settings import Settings, save

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
# The real door, to the first picture and once more round the loop: from there on the window answers.
OURS = """
import os, sys
sys.argv = ["post-composer", "window"]
from composer import __main__
from composer.ui import app
app.Loader.load = lambda self: os._exit(0)
sys.exit(__main__.main())
"""
# The same door, until there is a session, the commands and their keys.
SETTLED = """
import os, sys
sys.argv = ["post-composer", "window"]
from composer import __main__
from composer.ui import app
start = app.Parts.start
app.Parts.start = lambda self: (start(self), os._exit(0))
sys.exit(__main__.main())
"""


def run(code: str, home: str) -> None:
    """A fresh interpreter, from its start to the first picture. Both leave at once: the way down is not measured."""
    own = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **own}
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
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "post-composer").mkdir()
        save(Path(home) / "post-composer/settings.json", Settings(name="Linn Marrowby"))
        ours, bare = compare(partial(run, OURS, home), partial(run, BARE, home), repeat=15)
        yield Row.at_most("window start", ours / bare, "x", 1.5, peer="bare PySide6 window", ratio=bare / ours)
        settled, bare = compare(partial(run, SETTLED, home), partial(run, BARE, home), repeat=7)
        yield Row("window start, until every key works", settled / bare, "x", peer="bare PySide6 window")
    for name in ("typing", "streaming", "loading"):
        figures = probe(name)
        yield Row.at_most(f"{name}: thread busy, 99th percentile", float(figures["p99"]), "ms", 8)
        note = f"while {figures['doing']}: {figures['offenders']}"
        yield Row.at_most(f"{name}: thread busy, most", float(figures["most"]), "ms", 50, note=note)
        yield Row(f"{name}: the same on the clock, 99th percentile", float(figures["clock_p99"]), "ms")
