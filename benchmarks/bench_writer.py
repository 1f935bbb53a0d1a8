"""Drafting from long sources: by parts against fed whole, with random weights."""

import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.harness import Row, bench
from benchmarks.real_shapes import QWEN, SMALL, Shape, path_of
from composer.engine.client import EngineClient, Turn
from composer.engine.messages import Filled, Piece, Slot, Text, Written
from composer.engine.messages import Reading as Read
from composer.evidence.model import Evidence, Point, Sentence
from composer.paths import resource
from composer.post.model import Brief
from composer.sources.model import Segment, Transcript
from composer.writers.base import Finished, Partial, Reading
from composer.writers.model import PART, ModelWriter

_TEXT = """the harbour opens before dawn and the boats come home with less than they used to bring because water is
warmer now and fish have moved north we measured it for years nobody believed first numbers so again what changed is
not weather season starts early costs a village its school bus bakery young people you can build bigger boat or
ask"""
_WORDS = _TEXT.split()
_SPEECH = " ".join(
    [_TEXT, *(path.read_text("utf-8") for path in sorted(resource("prompts/take.txt").parent.glob("*.txt")))]
)
# A real family's shape that takes 15,000 words whole; 80,000 words are read by a smaller one, or it would take an hour.
MIDDLE = replace(QWEN, name=f"{QWEN.name}-speech", speech=_SPEECH)
LIGHT = replace(SMALL, name=f"{SMALL.name}-speech", speech=_SPEECH)


def talk(words: int) -> Evidence:
    """A talk of so many words, twelve to a sentence, at 150 words a minute."""
    chance = random.Random(8)
    texts = [" ".join(chance.choices(_WORDS, k=12)).capitalize() + "." for _ in range(words // 12)]
    segments = tuple(Segment(4.8 * at, 4.8 * (at + 1), None, text) for at, text in enumerate(texts))
    source = Transcript("vtt", "en", "A long talk", segments, duration=4.8 * len(texts), kind="talk")
    sentences = tuple(Sentence(text, text, 0, (at,), 4.8 * at, 4.8 * (at + 1)) for at, text in enumerate(texts))
    points = tuple(
        Point(s.text, s.raw, 0, s.segments, 1 / (1 + at), s.start, s.end, keyphrase="harbour", sentence=at)
        for at, s in enumerate(sentences[:: max(1, len(sentences) // 40)])
    )
    return Evidence((source,), "en", sentences, points, hashtags=("#Harbour",))


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds to the first point that stays and to the end; how far the reading was said to be; tokens; notices.

    `shown` are the words of the source that were in some prompt, counted from what went to the engine.
    """

    first: float
    whole: float
    read: float
    shown: int
    notices: tuple[str, ...]


class Watched:
    """A turn that notes which passages its prompts hold."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self.model, self.count, self.notices = turn.model, turn.count, turn.notices
        self.shown: dict[str, int] = {}

    def write(
        self, steps: Sequence[Piece | Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[Read | Text | Filled | Written]:
        """The turn's own answers."""
        yield from self._turn.write(steps, seed=seed, temperature=temperature)
        for step in steps:
            if isinstance(step, Piece) and step.mark:
                self.shown |= {
                    number: len(text.split()) for number, text in re.findall(r"(?m)^\[(\d+)\] (.*)$", step.text)
                }


def draft(evidence: Evidence, shape: Shape, context: int, most: int) -> Run:
    """One draft on an engine of its own."""
    client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
    try:
        turn = client.turn()
        turn.load(path_of(shape), context)
        watched = Watched(turn)
        begin = time.perf_counter()
        seen: dict[str, float] = {}
        read = 0.0
        for event in ModelWriter(watched, most=most).write(evidence, Brief(shape="list")):
            now = time.perf_counter() - begin
            if isinstance(event, Partial):
                for point in event.post.points:
                    seen.setdefault(point.text, now)
            elif isinstance(event, Reading):
                read = event.done / event.total
            elif isinstance(event, Finished):
                first = min(seen[point.text] for point in event.post.points if point.text in seen)
                return Run(first, now, read, sum(watched.shown.values()), event.post.notices)
        raise AssertionError("the writer ended without a post")
    finally:
        client.close()


@bench("writer-15000")
def middle() -> Iterator[Row]:
    """15,000 words by parts and fed whole, with a shape that takes them whole."""
    evidence = talk(15_000)
    parts, whole = draft(evidence, MIDDLE, 32_768, PART), draft(evidence, MIDDLE, 32_768, 0)
    assert not any("parts" in notice for notice in whole.notices)
    sooner, later = whole.first / parts.first, parts.whole / whole.whole
    peer = f"whole {whole.first:.0f} s"
    yield Row("15,000 words, first lasting point", parts.first, "s", peer, sooner, ">= 4", sooner >= 4, MIDDLE.name)
    peer = f"whole {whole.whole:.0f} s"
    yield Row("15,000 words, finished", parts.whole, "s", peer, later, "<= 1.2", later <= 1.2, MIDDLE.name)


@bench("writer-80000")
def far() -> Iterator[Row]:
    """80,000 words by parts, without a peer; the coverage that is shown against what the engine was given."""
    evidence = talk(80_000)
    run = draft(evidence, LIGHT, 16_384, 0)
    words = sum(len(sentence.text.split()) for sentence in evidence.sentences)
    note = next((notice for notice in run.notices if "parts" in notice), "")
    minutes = (evidence.sources[0].duration or 0) / 60
    yield Row("80,000 words, finished", run.whole, "s", note=f"{LIGHT.name}; first lasting point {run.first:.0f} s")
    yield Row("80,000 words, minutes read", run.read * minutes, "min", note=note)
    given = run.shown / words
    true = abs(given - run.read) < 0.001 and ("all of it" in note) == (given >= 1)
    yield Row(
        "80,000 words, coverage", 100 * run.read, "%", f"given {100 * given:.1f} %", goal="both the same", holds=true
    )
