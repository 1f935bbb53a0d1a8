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

# What a window that can be used costs at the least: a frame, and a place for words in it.
BARE = """
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QPlainTextEdit())
window.resize(1280, 800)
window.show()
app.processEvents()
os._exit(0)
"""
# The frame alone: it loads no font, and takes no key.
FRAME = BARE.replace("window.setCentralWidget(QPlainTextEdit())\n", "")
# The real door, to the first picture and once more round the loop: from there on every key is answered (`KEYS`).
OURS = """
import os, sys
sys.argv = ["post-composer", "window"]
from composer import __main__
from composer.ui import errands
errands.Errands.start = lambda self: os._exit(0)
sys.exit(__main__.main())
"""
# The same door, until nothing is left to be loaded or built.
SETTLED = """
import os, sys
sys.argv = ["post-composer", "window"]
from composer import __main__
from composer.ui import window
preparing = window.Window.preparing
window.Window.preparing = lambda self: (*preparing(self), os._exit(0))
sys.exit(__main__.main())
"""
# Commands that need more than the first page, and one that needs nothing; of each the first time it is asked for.
KEYS = ("Ctrl+K", "Ctrl+O", "Ctrl+V", "Ctrl+,", "Ctrl+N", "F9", "Ctrl+Shift+F", "Ctrl+Shift+L", "Ctrl+B", "Esc")
ANSWER_MS = 50


def surroundings(home: str) -> dict[str, str]:
    """An empty home of its own."""
    return dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), home)


def run(code: str, home: str) -> None:
    """A fresh interpreter, from its start to the first picture. Both leave at once: the way down is not measured."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **surroundings(home)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)


def probe(name: str) -> dict[str, float | str]:
    """One run of the probe, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.ui_probe", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return figures


def answers(home: str, *keys: str) -> tuple[list[float], str]:
    """Milliseconds until each key is answered that is pressed with the first picture; what stands in the paper then."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **surroundings(home)}
    command = [sys.executable, "-m", "benchmarks.ui_keys", *keys]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    told = json.loads(done.stdout.splitlines()[-1])
    silent = [key["keys"] for key in told["keys"] if not key["ran"] and len(key["keys"]) > 1]
    if silent or len(told["keys"]) != len(keys):
        raise RuntimeError(f"no answer to {', '.join(silent or keys)}")
    return [key["ms"] for key in told["keys"]], told["paper"]


@bench("ui")
def ui() -> Iterator[Row]:
    """Start, first keys, typing, streaming, loading."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "post-composer").mkdir()
        save(Path(home) / "post-composer/settings.json", Settings(name="Linn Marrowby"))
        yield from starts(home)
        yield from first_keys(home)
    for name in ("typing", "streaming", "loading"):
        figures = probe(name)
        yield Row.at_most(f"{name}: thread busy, 99th percentile", float(figures["p99"]), "ms", 8)
        note = f"while {figures['doing']}: {figures['offenders']}"
        yield Row.at_most(f"{name}: thread busy, most", float(figures["most"]), "ms", 50, note=note)
        yield Row(f"{name}: the same on the clock, 99th percentile", float(figures["clock_p99"]), "ms")


def starts(home: str) -> Iterator[Row]:
    """From the start of the process until the window can be used."""
    peer = "bare window, an editor in it"
    ours, bare = compare(partial(run, OURS, home), partial(run, BARE, home), repeat=15)
    yield Row.at_most("window usable: painted, keys live", ours / bare, "x", 1.5, peer=peer, ratio=bare / ours)
    ours, frame = compare(partial(run, OURS, home), partial(run, FRAME, home), repeat=9)
    yield Row("the same against a frame without words", ours / frame, "x", peer="bare QMainWindow", ratio=frame / ours)
    settled, bare = compare(partial(run, SETTLED, home), partial(run, BARE, home), repeat=5)
    yield Row("window, until all is loaded and built", settled / bare, "x", peer=peer)


def first_keys(home: str) -> Iterator[Row]:
    """Keys pressed at the very moment of the first picture, each in a process of its own; best of three."""
    took = {key: min(answers(home, key)[0][0] for _ in range(3)) for key in KEYS}
    note = ", ".join(f"{key} {ms:.0f}" for key, ms in sorted(took.items(), key=lambda one: -one[1])[:4])
    slow = [key for key, ms in took.items() if ms > ANSWER_MS]
    yield Row.at_most("keys with the first picture: the slowest answer", max(took.values()), "ms", ANSWER_MS, note=note)
    yield Row("keys answered within 50 ms", len(took) - len(slow), f"of {len(took)}")
    typed = min(sum(words(home)) for _ in range(3))
    yield Row("a first letter on the paper, after the picture", typed, "ms", note="F9, F6, A")


def words(home: str) -> list[float]:
    """To the paper, and a letter on it."""
    took, paper = answers(home, "F9", "F6", "A")
    if paper != "a":
        raise RuntimeError(f"the paper holds {paper!r}")
    return took
