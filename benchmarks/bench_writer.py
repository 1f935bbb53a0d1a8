"""Drafting from long sources: by parts against fed whole, with random weights."""

import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.harness import Row, bench
from benchmarks.real_shapes import SMALL, path_of
from composer.engine.client import EngineClient
from composer.evidence.model import Evidence, Point, Sentence
from composer.post.model import Brief
from composer.sources.model import Segment, Transcript
from composer.writers.base import Finished, Partial, Reading
from composer.writers.model import ModelWriter

PART = 4000  # tokens of the source read at once, by parts
_TEXT = """the harbour opens before dawn and the boats come home with less than they used to bring because water is
warmer now and fish have moved north we measured it for years nobody believed first numbers so again what changed is
not weather season starts early costs a village its school bus bakery young people you can build bigger boat or
ask"""
_WORDS = _TEXT.split()


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
    """Seconds to the first point that stays and to the end; the share of the source that was read; the notices."""

    first: float
    whole: float
    read: float
    notices: tuple[str, ...]


def draft(evidence: Evidence, context: int, most: int) -> Run:
    """One draft on an engine of its own."""
    client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
    try:
        turn = client.turn()
        turn.load(path_of(SMALL), context)
        begin = time.perf_counter()
        seen: dict[str, float] = {}
        read = 0.0
        for event in ModelWriter(turn, most=most).write(evidence, Brief(shape="list")):
            now = time.perf_counter() - begin
            if isinstance(event, Partial):
                for point in event.post.points:
                    seen.setdefault(point.text, now)
            elif isinstance(event, Reading):
                read = event.done / event.total
            elif isinstance(event, Finished):
                first = min(seen[point.text] for point in event.post.points if point.text in seen)
                return Run(first, now, read, event.post.notices)
        raise AssertionError("the writer ended without a post")
    finally:
        client.close()


@bench("writer-long")
def long() -> Iterator[Row]:
    """15,000 words by parts and whole; 80,000 words by parts, without a peer."""
    evidence = talk(15_000)
    whole, parts = draft(evidence, 65_536, 0), draft(evidence, 65_536, PART)
    assert not any("parts" in notice for notice in whole.notices)
    sooner, later = whole.first / parts.first, parts.whole / whole.whole
    yield Row(
        "15,000 words, first lasting point", parts.first, "s", f"whole {whole.first:.0f} s", sooner, ">= 4", sooner >= 4
    )
    yield Row("15,000 words, finished", parts.whole, "s", f"whole {whole.whole:.0f} s", later, "<= 1.2", later <= 1.2)
    far = draft(talk(80_000), 16_384, 0)
    note = next((notice for notice in far.notices if "parts" in notice), "")
    yield Row("80,000 words, finished", far.whole, "s", note=note)
    yield Row("80,000 words, read", 100 * far.read, "%", goal=">= 100", holds=far.read >= 1)
