"""How long the window's thread is busy between two looks at its queue: `python -m benchmarks.ui_probe NAME`.

Prints JSON, in milliseconds: the 99th percentile and the most of the thread's own processor time (a busy machine should
not look like a slow window), the same of the time on the clock (a thread that waits for Python's lock is slow too),
and what ran in the longest stretches.
"""

import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from composer import paths
from composer.events import PartialDraft, Source, SourcesRead
from composer.evidence.model import Evidence, Point, Sentence
from composer.post.model import Laid, Trace
from composer.session import Session
from composer.settings import Settings
from composer.sources.model import Chapter, Segment, Transcript
from composer.ui.app import Parts, application
from composer.ui.collector import Collector
from composer.ui.window import Window
from tests.ui.scripted import ScriptedSession

WORDS = (
    "the list on the wall is read aloud at the change of shift",
    "and nobody crosses a line for another cook",
)
WORD = " ".join(WORDS).split()


class Probe:
    """Beats as often as the queue lets it, and notes how busy the thread was in between, and with what."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, float, str, Counter[str]]] = []
        self.doing = ""
        self._seen: Counter[str] = Counter()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._beat)
        self._last = self._clock = 0.0

    def __enter__(self) -> "Probe":
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        self._last, self._clock = time.thread_time(), time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._timer.stop()

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        """Which function of ours runs, at the end of a call into Qt or within Python."""
        while frame is not None and f"{os.sep}composer{os.sep}" not in frame.f_code.co_filename:
            frame = frame.f_back
        if frame is not None:
            self._seen[f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"] += 1

    def _beat(self) -> None:
        now, clock = time.thread_time(), time.perf_counter()
        self.gaps.append((1000 * (now - self._last), 1000 * (clock - self._clock), self.doing, self._seen))
        self._last, self._clock, self._seen = now, clock, Counter()

    def result(self) -> dict[str, object]:
        """Only beats in which something was done count: idle ones would flatter the percentile."""
        busy = sorted((gap for gap in self.gaps if gap[0] > 0.2), key=lambda gap: gap[0])
        if not busy:
            return {"p99": 0.0, "most": 0.0, "doing": "", "offenders": "", "clock_p99": 0.0, "clock_most": 0.0, "n": 0}
        clock = sorted(gap[1] for gap in busy)
        last = int(0.99 * (len(busy) - 1))
        blamed: Counter[str] = Counter()
        for gap in busy[-5:]:
            blamed.update(gap[3] or {"Qt": 1})
        named = ", ".join(name for name, _ in blamed.most_common(3))
        return {
            "p99": busy[last][0], "most": busy[-1][0], "doing": busy[-1][2], "offenders": named,
            "clock_p99": clock[last], "clock_most": clock[-1], "n": len(busy),
        }  # fmt: skip


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def talk(words: int) -> SourcesRead:
    """A talk of this many words at 150 a minute, with a sentence per cue and a point in every tenth."""
    segments, sentences, points = [], [], []
    each = len(WORD)
    for number in range(words // each):
        start = number * each / 2.5
        text = " ".join([*WORD[number % each :], *WORD[: number % each]]).capitalize() + "."
        segments.append(Segment(start, start + 8, f"Speaker {number // 40 % 2 + 1}", text))
        sentences.append(Sentence(text, text, 0, (number,), start, start + 8))
        if number % 10 == 0:
            points.append(Point(text, text, 0, (number,), 1.0, start, start + 8))
    chapters = tuple(Chapter(segments[n].start, f"Chapter {n}", n) for n in range(0, len(segments), 200))
    transcript = Transcript("vtt", "en", "Long", tuple(segments), chapters, duration=segments[-1].end)
    evidence = Evidence((transcript,), "en", tuple(sentences), tuple(points), chapters=(chapters,))
    return SourcesRead(0, (Source("long", "long.vtt", None, transcript),), evidence)


def post(characters: int) -> Laid:
    """A post of this many characters, with a traced bullet on every line."""
    line = " ".join(WORD)
    lines: list[str] = []
    traces: list[tuple[int, Trace]] = []
    while sum(map(len, lines)) < characters:
        traces.append((len(lines), Trace(0, (len(lines) * 10,), len(lines) * 80.0)))
        lines.append(f"• 𝗟𝗶𝘀𝘁 {len(lines)}: {line}.")
    text = "\n".join(lines)[:characters]
    return Laid(text, text, tuple(traces))


def show(window: Window, session: ScriptedSession, read: SourcesRead) -> None:
    """Have the session say that a source was read."""
    session.auto = False
    window.read_files(["/talks/long.vtt"])
    session.emit(SourcesRead(session.job("read"), read.sources, read.evidence))


def typing(window: Window, session: ScriptedSession, probe: Probe) -> Iterator[None]:
    """300 keys, 60 a second, in a post of 3,000 characters beside 40,000 words."""
    show(window, session, talk(40_000))
    wait(1500)
    editor = window.bench.paper.editor
    editor.load(post(3000).text, post(3000).lines)
    editor.setFocus()
    wait(400)
    with probe:
        for number in range(300):
            probe.doing = "typing"
            QTest.keyClick(editor, Qt.Key(Qt.Key.Key_A + number % 26))
            wait(16)
            yield


def streaming(window: Window, session: ScriptedSession, probe: Probe) -> Iterator[None]:
    """Thirty partial drafts, ten a second, growing to 3,000 characters: 100 tokens a second."""
    show(window, session, talk(40_000))
    wait(1500)
    window.drafting.draft()
    job = session.job("draft")
    with probe:
        for number in range(1, 31):
            laid = post(100 * number)
            probe.doing = f"part {number} of 30"
            session.emit(PartialDraft(job, laid))
            wait(100)
            yield


def loading(window: Window, _session: object, probe: Probe) -> Iterator[None]:
    """A talk of seven hours is read from the disk, by the real session, and shown."""
    read = talk(63_000)
    assert window.bench is not None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "long.vtt"
        file.write_text(vtt(read.sources[0].transcript.segments), "utf-8")
        wait(1500)
        with probe:
            probe.doing = "reading"
            window.read_files([file])
            while window.desk.evidence is None:
                wait(10)
                yield
            probe.doing = "showing"
            while not window.bench.source.model.complete:
                wait(10)
                yield
            probe.doing = "drafting"
            window.drafting.draft()
            while window.desk.draft_id is None:
                wait(10)
                yield
            wait(500)
            yield


def vtt(segments: Sequence[Segment]) -> str:
    """A caption file of these segments."""
    cues = [f"{stamp(s.start or 0)} --> {stamp(s.end or 0)}\n<v {s.speaker}>{s.text}" for s in segments]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def stamp(second: float) -> str:
    """A time as captions write it."""
    return f"{int(second) // 3600:02}:{int(second) // 60 % 60:02}:{second % 60:06.3f}"


RUNS: dict[str, Callable[[Window, Any, Probe], Iterator[None]]] = {
    "typing": typing, "streaming": streaming, "loading": loading,
}  # fmt: skip


def main(name: str) -> None:
    """Run one, print its figures."""
    app = application(["probe"])
    home = tempfile.TemporaryDirectory()
    session: Any = Session(paths.find(Path(home.name)), Settings()) if name == "loading" else ScriptedSession()
    probe = Probe()
    parts = Parts(app, lambda: session, Settings(theme="light"), lambda _: None)
    parts.window.resize(1280, 800)
    parts.window.show()
    app.processEvents()
    # As `composer.ui.app.run` does, without waiting for the turns of the event loop.
    parts.start()
    session.warm()
    for _ in parts.window.preparing():
        pass
    Collector(parts.window).start()
    wait(400)
    for _ in RUNS[name](parts.window, session, probe):
        pass
    print(json.dumps(probe.result()))
    sys.stdout.flush()
    parts.window.quit_anyway()
    parts.close()


if __name__ == "__main__":
    main(sys.argv[1])
