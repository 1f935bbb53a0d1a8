"""How long the window's thread is busy between two looks at its queue: `python -m benchmarks.ui_probe NAME`.

Prints JSON: the 99th percentile and the most, in milliseconds, and what was running when it was most. Counted is the
thread's own processor time, so that a busy machine does not look like a slow window.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from composer.events import PartialDraft, Source, SourcesRead
from composer.evidence.model import Evidence, Point, Sentence
from composer.post.model import Laid, Trace
from composer.settings import Settings
from composer.sources.model import Chapter, Segment, Transcript
from composer.ui.app import Parts, application
from composer.ui.window import Window
from tests.ui.scripted import ScriptedSession

WORDS = (
    "the list on the wall is read aloud at the change of shift",
    "and nobody crosses a line for another cook",
)
WORD = " ".join(WORDS).split()


class Probe:
    """Beats as often as the queue lets it, and notes how busy the thread was in between."""

    def __init__(self) -> None:
        self.gaps: list[tuple[float, str]] = []
        self.doing = ""
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._beat)
        self._last = time.thread_time()

    def __enter__(self) -> "Probe":
        self._last = time.thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.thread_time()
        self.gaps.append((1000 * (now - self._last), self.doing))
        self._last = now

    def result(self) -> dict[str, object]:
        """Only beats in which something was done count: idle ones would flatter the percentile."""
        busy = sorted(gap for gap in self.gaps if gap[0] > 0.2) or [(0.0, "")]
        return {"p99": busy[int(0.99 * (len(busy) - 1))][0], "most": busy[-1][0], "doing": busy[-1][1], "n": len(busy)}


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
    line, lines, traces = " ".join(WORD), [], []
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


def loading(window: Window, session: ScriptedSession, probe: Probe) -> Iterator[None]:
    """A talk of seven hours arrives."""
    read = talk(63_000)
    assert window.bench is not None
    wait(300)
    with probe:
        probe.doing = "showing the source"
        show(window, session, read)
        for _ in range(60):
            wait(50)
            probe.doing = "laying out"
            yield


RUNS: dict[str, Callable[[Window, ScriptedSession, Probe], Iterator[None]]] = {
    "typing": typing, "streaming": streaming, "loading": loading,
}  # fmt: skip


def main(name: str) -> None:
    """Run one, print its figures."""
    app = application(["probe"])
    session, probe = ScriptedSession(), Probe()
    parts = Parts(app, lambda: session, Settings(theme="light"), lambda _: None)  # type: ignore[arg-type, return-value]
    parts.window.resize(1280, 800)
    parts.window.show()
    parts.start()
    wait(400)
    for _ in RUNS[name](parts.window, session, probe):
        pass
    print(json.dumps(probe.result()))
    sys.stdout.flush()
    parts.window.quit_anyway()
    parts.close()


if __name__ == "__main__":
    main(sys.argv[1])
