"""The engine against the plainest C loop over the same library, on models of real shapes with random weights."""

import os
import random
import shutil
import statistics
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.harness import Row, bench
from benchmarks.real_shapes import LLAMA, QWEN, SMALL, Shape, path_of
from composer.engine import messages as m
from composer.engine.client import Cancelled, EngineClient, Turn

PAIRS = 9
READ = 256  # tokens of a reading
WRITE = 32  # tokens of a writing
CANCELS = 200


@contextmanager
def engine(path: Path, context: int) -> Iterator[tuple[EngineClient, m.Loaded]]:
    """A client with the model loaded."""
    client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
    try:
        yield client, client.turn().load(path, context)
    finally:
        client.close()


class PlainLoop:
    """The loop in C, compiled here, answering one run at a time."""

    def __init__(self, path: Path, threads: int, step: int, context: int) -> None:
        root = Path(sysconfig.get_paths()["purelib"])
        program = Path("build") / "plain_loop"
        source = Path(__file__).with_name("plain_loop.c")
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            folder = root / "llama_cpp" / "lib"
            libraries = [f"-L{folder}", "-lllama", "-lggml", "-lggml-base", f"-Wl,-rpath,{folder}", "-lm"]
            call = ["cc", "-O2", "-o", str(program), str(source), f"-I{root / 'include'}", *libraries]
            subprocess.run(call, check=True)
        self._child = subprocess.Popen(
            # as low a priority as the engine gives itself
            ["nice", "-n", "5", str(program), str(path), str(threads), str(step), str(context)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._line()

    def run(self, verb: str, count: int) -> float:
        """Seconds of one run."""
        assert self._child.stdin
        self._child.stdin.write(f"{verb} {count}\n")
        self._child.stdin.flush()
        return float(self._line())

    def _line(self) -> str:
        assert self._child.stdout
        return self._child.stdout.readline()

    def close(self) -> None:
        """End it."""
        self._child.communicate("")


def read_seconds(turn: Turn, count: int, first: int) -> float:
    """Seconds to read `count` tokens that are not in memory, by the app's clock."""
    tokens = (60 + first % 30, *(33 + i % 200 for i in range(1, count)))
    begin = time.perf_counter()
    for event in turn.write([m.Piece("x", tokens=tokens)]):
        if isinstance(event, m.Written):
            assert event.reused == 0
    return time.perf_counter() - begin


def write_seconds(turn: Turn, seed: int, slots: int = 1) -> float:
    """Seconds a token, written into `slots` slots with the usual sampling and the check of every token.

    The fixed text between the slots counts as text: the loop in C would write it token by token.
    """
    each = WRITE // slots
    label = "\nLABEL:\n"
    (fixed,) = turn.count([label]) if slots > 1 else (0,)
    steps: list[m.Piece | m.Slot] = [m.Piece("x", tokens=tuple(33 + i for i in range(64)))]
    for slot in range(slots):
        slot_of = m.Slot(f"s{slot}", max_chars=4000, min_chars=4000, max_tokens=each, stop=("\n",), forbid="*#")
        steps += ([m.Piece(label)] if slot else []) + [slot_of]
    begin, done = 0.0, 0
    for event in turn.write(steps, seed=seed, temperature=1.0):
        if isinstance(event, m.Reading) and event.done == event.total:
            begin = time.perf_counter()
        elif isinstance(event, m.Filled):
            done += len(event.tokens)
    if done < WRITE // 2:
        raise AssertionError("the slots ended too soon to be measured")
    return (time.perf_counter() - begin) / (done + fixed * (slots - 1) - 1)


def _rows(shape: Shape, name: str) -> None:
    """`engine-speed-qwen-read` and the like: one row each, for a machine that is quiet for a minute only. All of a
    shape: `make bench ONLY=engine-speed-qwen`."""
    for what in ("read", "write", "slots"):
        bench(f"engine-speed-{name}-{what}")(partial(_speed, shape, what))


def _speed(shape: Shape, what: str) -> Iterator[Row]:
    """Ours against the loop in C, in turn: nine pairs after one that warms up."""
    if not shutil.which("cc"):
        yield Row.skipped(f"{what} {shape.name}", "no C compiler")
        return
    path = path_of(shape)
    with engine(path, 2048) as (client, loaded):
        plain = PlainLoop(path, loaded.threads, loaded.step, 2048)
        turn = client.turn()
        pairs = [_pair(turn, plain, what, number) for number in range(PAIRS + 1)][1:]
        plain.close()
    ratio = statistics.median(peer / ours for ours, peer in pairs)
    goal = 0.90 if what == "slots" else 0.92
    rate = (READ if what == "read" else 1) / statistics.median(ours for ours, _ in pairs)
    yield Row(
        f"{what} {shape.name}", rate, "tokens/s", "C loop", ratio, f">= {goal}", ratio >= goal,
        f"{loaded.threads} threads",
    )  # fmt: skip


def _pair(turn: Turn, plain: PlainLoop, what: str, number: int) -> tuple[float, float]:
    """Seconds of ours and of the peer; of a token where it is written."""
    if what == "read":
        return read_seconds(turn, READ, number), plain.run("read", READ)
    plain.run("read", 64)
    peer = plain.run("write", WRITE) / WRITE
    return write_seconds(turn, number, 4 if what == "slots" else 1), peer


_rows(QWEN, "qwen")
_rows(LLAMA, "llama")


@bench("engine-prefix")
def prefix() -> Iterator[Row]:
    """The first token after a changed suffix of 60 tokens on a prefix of 6,000."""
    with engine(path_of(QWEN), 8192) as (client, _):
        turn = client.turn()
        first = _first_token(turn, 0)
        again = statistics.median(_first_token(turn, suffix) for suffix in range(1, 6))
    share = 100 * again / first
    yield Row.at_most(
        "first token, new suffix", share, "% of first", 4, peer=f"first {first:.1f} s", ratio=first / again
    )


def _first_token(turn: Turn, suffix: int) -> float:
    source = m.Piece(" ".join(["opens"] * 3000), mark=True)
    begin = time.perf_counter()
    slot = m.Slot("s", max_chars=400, max_tokens=1)
    for event in turn.write([source, m.Piece(f" {suffix}" + " boats" * 10), slot], seed=1):
        if isinstance(event, m.Filled):
            return time.perf_counter() - begin
    raise AssertionError("nothing was written")


@bench("engine-cancel-reading")
def cancel_reading() -> Iterator[Row]:
    """From the click to an idle engine, while it reads."""
    yield from _cancel("reading")


@bench("engine-cancel-writing")
def cancel_writing() -> Iterator[Row]:
    """From the click to an idle engine, while it writes."""
    yield from _cancel("writing")


def _cancel(stage: str) -> Iterator[Row]:
    chance = random.Random(3)
    with engine(path_of(QWEN), 8192) as (client, _):
        waits = sorted(_cancelled(client, stage, number, chance) for number in range(CANCELS))
    late = waits[int(len(waits) * 0.99) - 1]
    note = f"median {1000 * statistics.median(waits):.0f} ms, worst {1000 * waits[-1]:.0f} ms"
    yield Row.at_most(f"cancel while {stage}, 99 % of {CANCELS}", 1000 * late, "ms", 100, note=note)


def _cancelled(client: EngineClient, stage: str, number: int, chance: random.Random) -> float:
    """Seconds from `cancel` to an engine that is idle again."""
    turn = client.turn()
    clicked: list[float] = []

    def click() -> None:
        clicked.append(time.perf_counter())
        turn.cancel()

    length = 4000 if stage == "reading" else 40
    tokens = (60 + number % 30, *(33 + (i * 7 + number) % 200 for i in range(1, length)))
    steps: list[m.Piece | m.Slot] = [m.Piece("x", tokens=tokens)]
    for slot in range(60):  # a random model soon repeats itself, and then its slot ends
        steps += [m.Slot(f"s{slot}", max_chars=900, min_chars=900, max_tokens=40), m.Piece("\nLABEL:\n")]
    timer = threading.Timer(0.15 + chance.random() * 0.2, click)
    timer.start()
    try:
        for _ in turn.write(steps, seed=number, temperature=1.0):
            pass
    except Cancelled:
        done = time.perf_counter()
        timer.join()
        return done - clicked[0]
    raise AssertionError("it ended before it was cancelled")


WINDOW = """
import os, sys, tempfile
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from composer import paths
from composer.library.commands import Library
from composer.session import Session
from composer.settings import Settings
from composer.ui.app import Parts

def until(done):
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: done() and loop.quit())
    timer.start(50)
    loop.exec()

app = QApplication(["memory"])
with tempfile.TemporaryDirectory() as home:
    chosen, place = Settings(context=4096), paths.find(Path(home)).ensure()
    Library(place).agree(Path(sys.argv[1]))
    parts = Parts(app, lambda: Session(place, chosen), chosen, lambda _: None)
    window = parts.window
    window.show()
    parts.start()
    window.open_sample()
    until(lambda: window.desk.evidence is not None)
    window.desk.writer, window.desk.model = "model", Path(sys.argv[1])
    parts_of_a_post = []
    window.desk.partial.connect(lambda *_: parts_of_a_post.append(1))
    window.drafting.draft()
    until(lambda: parts.session._engine is not None and parts.session._engine.model or not window.desk.busy)
    until(lambda: len(parts_of_a_post) >= int(sys.argv[2]) or not window.desk.busy)
    loaded = parts.session._engine.model
    held = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmHWM")) / 1024
    print(loaded is not None, held, flush=True)
    window.quit_anyway()
    parts.close()
"""


@bench("engine-memory")
def memory() -> Iterator[Row]:
    """The most that the window's process ever held, with a small model writing a post and larger ones loaded."""
    if not Path("/proc/self/status").exists():
        yield Row.skipped("window's process", "not Linux")
        return
    for shape, texts in ((SMALL, 20), (QWEN, 1), (LLAMA, 0)):
        path = path_of(shape)
        call = [sys.executable, "-c", WINDOW, str(path.absolute()), str(texts)]
        done = subprocess.run(call, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": "."})
        loaded, held = done.stdout.split()[-2:]
        assert loaded == "True", "the model was not loaded"
        note = f"the file is {path.stat().st_size / 2**20:.0f} MB"
        yield Row.at_most(f"window's process, {shape.name}", float(held), "MB", 300, note=note)
