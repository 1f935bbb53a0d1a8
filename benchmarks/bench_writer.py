"""Drafting from long sources: by parts against fed whole, with random weights."""

import contextlib
import random
import re
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.harness import Row, bench
from benchmarks.real_shapes import QWEN, SMALL, Shape, path_of
from composer.engine.client import Cancelled, EngineClient, Turn
from composer.engine.messages import Filled, Piece, Slot, Text, Written
from composer.engine.messages import Reading as Read
from composer.errors import WriterError
from composer.evidence.model import Evidence, Point, Sentence
from composer.paths import resource
from composer.post.layout import lay
from composer.post.model import TONES, Brief
from composer.sources.model import Segment, Transcript
from composer.text.networks import measure
from composer.writers.base import Finished, Partial, Reading
from composer.writers.model import PART, ModelWriter
from composer.writers.redraft import WAYS, hooks, rewrite
from tests.tiny_model import make

_TEXT = """the harbour opens before dawn and the boats come home with less than they used to bring because water is
warmer now and fish have moved north we measured it for years nobody believed first numbers so again what changed is
not weather season starts early costs a village its school bus bakery young people you can build bigger boat or
ask"""
_WORDS = _TEXT.split()
_SPEECH = " ".join(
    [_TEXT, *(path.read_text("utf-8") for path in sorted(resource("prompts/take.txt").parent.glob("*.txt")))]
)
# A third of the layers of a real family's shape: it takes 15,000 words whole in some minutes, and attention has the
# same share of the work as in all of them. 80,000 words are read by a smaller one, or it would take an hour.
MIDDLE = replace(QWEN, name=f"{QWEN.name}-third-speech", layers=QWEN.layers // 3, speech=_SPEECH)
LIGHT = replace(SMALL, name=f"{SMALL.name}-speech", speech=_SPEECH)


def talk(words: int) -> Evidence:
    """A talk of so many words, twelve to a sentence, at 150 words a minute."""
    chance = random.Random(8)
    texts = [" ".join(chance.choices(_WORDS, k=12)).capitalize() + "." for _ in range(words // 12)]
    segments = tuple(Segment(4.8 * at, 4.8 * (at + 1), None, text) for at, text in enumerate(texts))
    # The language is nobody's: what a model of random weights says would be refused for not being in it.
    source = Transcript("vtt", "und", "A long talk", segments, duration=4.8 * len(texts), kind="talk")
    sentences = tuple(Sentence(text, text, 0, (at,), 4.8 * at, 4.8 * (at + 1)) for at, text in enumerate(texts))
    points = tuple(
        Point(s.text, s.raw, 0, s.segments, 1 / (1 + at), s.start, s.end, keyphrase="harbour", sentence=at)
        for at, s in enumerate(sentences[:: max(1, len(sentences) // 40)])
    )
    return Evidence((source,), "und", sentences, points, hashtags=("#Harbour",))


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


ROUNDS = 1000
_WISHES: tuple[tuple[str, Brief, int], ...] = (
    ("draft", Brief(shape="list", network="mastodon"), 0),
    ("draft", Brief(shape="list", network="mastodon"), 1),
    ("draft", Brief(shape="take", network="mastodon", tone="dry"), 0),
    ("draft", Brief(shape="take", network="mastodon", language="de"), 0),
    ("hooks", Brief(), 0),
    ("rewrite", Brief(tone="bold"), 0),
    ("shorter", Brief(), 2),
)


class Heard:
    """A turn that notes what the model said, slot by slot, and may leave after so many events."""

    def __init__(self, turn: Turn, leave: int = 0, cancel: int = 0) -> None:
        self._turn, self._leave, self._cancel = turn, leave, cancel
        self.model, self.count, self.notices = turn.model, turn.count, turn.notices
        self.said: list[tuple[str, str]] = []
        self.events = self.reused = 0

    def write(
        self, steps: Sequence[Piece | Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[Read | Text | Filled | Written]:
        """The turn's own answers, as far as they are waited for."""
        for event in self._turn.write(steps, seed=seed, temperature=temperature):
            self.events += 1
            if self.events == self._leave:
                raise Left
            if self.events == self._cancel:
                threading.Thread(target=self._turn.cancel).start()  # from outside, at any moment from now on
            if isinstance(event, Filled):
                self.said.append((event.slot, event.text))
            elif isinstance(event, Written):
                self.reused += event.reused > 0
            yield event


class Left(Exception):
    """The one who asked has gone."""


def wish(engine: Heard, source: Evidence, ask: tuple[str, Brief, int]) -> list[tuple[str, str]]:
    """Grant a wish; what the model said on the way."""
    what, brief, variant = ask
    with contextlib.suppress(WriterError):  # noise that no source supports is refused
        if what == "draft":
            list(ModelWriter(engine).write(source, brief, variant))
        elif what == "hooks":
            hooks(engine, source, brief, variant=variant)
        else:
            rewrite(engine, source, brief, source.points[0].text, what, variant)
    return engine.said


@bench("writer-redrafts")
def redrafts() -> Iterator[Row]:
    """1,000 redrafts and cancels in random order: each that ends must say what a fresh engine says."""
    path = make(Path("build") / "tiny-random.gguf")
    source = talk(600)
    command = [sys.executable, "-m", "composer.engine.worker"]
    fresh = []
    for ask in _WISHES:
        client = EngineClient(command)
        turn = client.turn()
        turn.load(path)
        fresh.append(wish(Heard(turn), source, ask))
        client.close()
    client = EngineClient(command)
    chance = random.Random(8)
    ended = stopped = left = wrong = reused = 0
    begin = time.perf_counter()
    try:
        for _ in range(ROUNDS):
            at = chance.randrange(len(_WISHES))
            how = chance.choice(["end", "leave", "cancel"])
            moment = chance.randrange(1, 40)
            turn = client.turn()
            turn.load(path)
            heard = Heard(turn, leave=moment * (how == "leave"), cancel=moment * (how == "cancel"))
            try:
                said = wish(heard, source, _WISHES[at])
            except Cancelled:
                stopped += 1
            except Left:
                left += 1
            else:
                ended += 1
                wrong += said != fresh[at]
            reused += heard.reused > 0
            turn.finish()
    finally:
        client.close()
    seconds = time.perf_counter() - begin
    note = f"{ended} ended, {stopped} cancelled, {left} left, {reused} on a kept prefix, {seconds:.0f} s"
    yield Row(f"{ROUNDS:,} redrafts and cancels, unlike fresh", wrong, "", goal="0", holds=wrong == 0, note=note)


_NEAR = Brief(shape="list", network="mastodon")
_FLOWS: dict[str, tuple[str, Brief, int]] = {
    "whole, one take": ("draft", Brief(shape="take", length="short"), 0),
    "whole, a list": ("draft", Brief(shape="list", length="short"), 0),
    "by parts": ("parts", Brief(shape="list", length="short"), 0),
    "another shape": ("draft", replace(_NEAR, shape="take"), 0),
    **{f"{tone} tone": ("draft", replace(_NEAR, tone=tone), 0) for tone in TONES},
    "another language": ("draft", replace(_NEAR, language="de"), 0),
    "met by measuring": ("draft", replace(_NEAR, network="x"), 0),
    **{f"variant {number}": ("draft", _NEAR, number) for number in range(3)},
    "three hooks": ("hooks", Brief(), 0),
    **{f"a selection, {way}": (way, Brief(), 0) for way in WAYS},
}


@bench("writer-flows")
def flows() -> Iterator[Row]:
    """Every flow with the real worker and random weights of a real shape: each ends in a post, or says why not."""
    source, noise = talk(400), talk(6_000)
    for shape in (LIGHT, MIDDLE):
        client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
        begin = time.perf_counter()
        ended, refused, again = 0, 0, 0
        try:
            turn = client.turn()
            turn.load(path_of(shape), 8192)
            for what, brief, variant in _FLOWS.values():
                heard = Heard(turn)
                try:
                    if what in ("draft", "parts"):
                        *_, last = ModelWriter(heard).write(noise if what == "parts" else source, brief, variant)
                        assert isinstance(last, Finished)
                        use = measure(lay(last.post).text, brief.network)
                        ended += bool(last.post.points) and all(one.used <= one.limit for one in use)
                    elif what == "hooks":
                        ended += len(hooks(heard, source, brief, variant=variant)) <= 3
                    else:
                        ended += bool(rewrite(heard, source, brief, source.points[0].text, what, variant))
                except WriterError:
                    refused += 1
                again += heard.reused > 0
        finally:
            client.close()
        done = ended + refused
        note = f"{refused} rewrites refused as noise, {again} on a kept prefix, {time.perf_counter() - begin:.0f} s"
        goal = f"{len(_FLOWS)}"
        yield Row(f"flows with {shape.name}", done, "", goal=goal, holds=done == len(_FLOWS), note=note)
