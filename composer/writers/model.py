"""The writer that asks a model: the skeleton of the post is ours, the model fills the strings.

It talks to the engine through what it is given (`composer.engine.client.Turn`, or anything alike), one unit at a time:
the head of the post, each point, the end. What the model wrote stays in the engine's memory, so a unit costs its own
tokens only. Every string is tidied, checked, asked for once more where it is bad, and then taken from the source.
"""

import time
import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from composer.engine.messages import Filled, Piece, Slot, Text
from composer.engine.messages import Reading as Read
from composer.errors import WriterError
from composer.evidence.model import Evidence, Point
from composer.post.emojis import emojis, fitting
from composer.post.layout import lay
from composer.post.model import Brief, Post, PostPoint, Section, Trace
from composer.post.shapes import shape
from composer.text.networks import limit, measure
from composer.writers import manners, prompts
from composer.writers.base import Finished, Partial, Reading, WriterEvent
from composer.writers.plan import Passage, Sizes, chunks, passages, ranked, shares, sizes
from composer.writers.proof import findings
from composer.writers.talk import Engine, Talk

FORBID = "*#`|<>{}[]_~\\^=•"  # marks of formats that the post does not have
PAUSE = 0.1  # seconds between two partial posts
ANSWER = 300  # tokens kept free for an answer at least
ASKED = 200  # tokens of the brief's own words and of a template's marks
HINTS = 8  # passages named as the strongest
TAGS = 5  # hashtags in the post
SHORTER = 3  # times a draft over the limit is asked again


Asked = Generator[WriterEvent, None, dict[str, Filled]]


class ModelWriter:
    """Drafts with the model that the engine has loaded."""

    name = "model"
    honours = frozenset({"shape", "tone", "length", "audience", "language", "network"})

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
        """Yield `Reading`, `Partial` and one `Finished`.

        Raises `WriterError` where there is nothing to write from, and what the engine raises.
        """
        return _Draft(self._engine, evidence, brief, variant).run()


@dataclass
class _Point:
    """A point in the making."""

    passage: Passage | None = None
    label: str = ""
    text: str = ""
    emoji: str = ""
    most: int = 0
    done: bool = False
    found: tuple[str, ...] = ()


@dataclass
class _Parts:
    """All strings of the post so far."""

    headline: str = ""
    announcing: str = ""
    opening: str = ""
    titles: dict[int, str] = field(default_factory=dict)
    points: list[_Point] = field(default_factory=list)
    conclusion: dict[int, str] = field(default_factory=dict)


class _Draft:
    """One draft: what is shown, what is asked, what has been written."""

    def __init__(self, engine: Engine, evidence: Evidence, brief: Brief, variant: int) -> None:
        model = engine.model
        if model is None:
            raise WriterError("No model is loaded.", do="Choose a model, or draft with the built-in writer.")
        self.engine, self.evidence, self.brief, self.variant, self.model = engine, evidence, brief, variant, model
        self.form = shape(brief.shape)
        self.shown = passages(evidence)
        if not self.shown:
            raise WriterError("The source has no sentence to write from.", do="Choose another source.")
        self.language = evidence.language if brief.language == "source" else brief.language
        self.size = sizes(self.form, brief, len(self.shown), limit(brief.network))
        self.parts = _Parts()
        self.talk = Talk(engine)
        self.used: set[str] = set()  # emoji
        self.sign = emojis().announce[variant % len(emojis().announce)]
        self.live: dict[str, str] = {}  # slots that are being written
        self.placed = True  # whether the points stand in their sections yet
        self.tagged = True
        self.words = sum(passage.words for passage in self.shown)
        self.before, self.now = 0, self.words  # words of the source read before, and being read
        self.traces: dict[str, Trace] = {}
        self.notices: list[str] = []
        self.borrowed = 0
        self.unit = 0
        self.shown_at = 0.0
        self._spare: Post | None = None

    # ------------------------------------------------------------------------------------------------ the course

    def run(self) -> Iterator[WriterEvent]:
        costs = self.engine.count([f"[{p.number}] {p.speaker or ''} {p.text}\n" for p in self.shown])
        fixed = (prompts.text("system") + prompts.known(self.evidence), prompts.instructions(self.form))
        around, form, part = self.engine.count((*fixed, prompts.text("chapter")))
        room = self.model.context - around - ASKED
        whole = room - form - self._answer(self.size.points, self.size.opening + 600)
        if sum(costs) <= whole:
            yield from self._whole()
        else:
            groups = self._groups(costs, room - part)
            yield from self._by_parts(groups)
        yield from self._fit()
        post = self._post()
        yield Finished(replace(post, notices=self._said_notices()), self.variant)

    def _answer(self, points: int, more: int = 0) -> int:
        """Tokens an answer may take: half a token a letter is plenty in any script."""
        return max(ANSWER, (points * (self.size.sentence + self.size.label + 40) + more) // 2)

    def _groups(self, costs: Sequence[int], room: int) -> tuple[tuple[Passage, ...], ...]:
        """The parts the source is read in. Raises `WriterError` where the context is too small for any."""
        least = max(costs) + self._answer(1)
        if room < least:
            raise WriterError(
                "This model's context is too small to write a post from this source.",
                safe="Your text is safe.",
                do="Choose another model, or draft with the built-in writer.",
            )
        count = max(1, -(-sum(costs) // (room - self._answer(1))))
        return chunks(self.shown, costs, room - self._answer(-(-self.size.points // count)))

    def _whole(self) -> Iterator[WriterEvent]:
        """The source fits: head, points and end in one conversation."""
        best = ranked(self.evidence, self.shown)[:HINTS]
        self._open(prompts.prefix(self.model.family, self.evidence, self.shown, best), prompts.instructions(self.form))
        yield from self._head()
        number = 0
        for section, count in enumerate(self.size.sections):
            if self.form.sections:
                yield from self._title(section)
            for _ in range(count):
                number += 1
                yield from self._point(number, self.shown)
        yield from self._end()

    def _by_parts(self, groups: Sequence[tuple[Passage, ...]]) -> Iterator[WriterEvent]:
        """The source does not fit: the points part by part, then head and end from the points."""
        quotas = shares(self.size.points, [sum(p.words for p in group) for group in groups])
        number = 0
        self.placed = False
        self.now = 0
        for at, (group, quota) in enumerate(zip(groups, quotas, strict=True)):
            best = ranked(self.evidence, group)[:HINTS]
            part = f"This is part {at + 1} of {len(groups)}."
            size = Sizes((quota,), 0)
            self.before, self.now = self.before + self.now, sum(passage.words for passage in group)
            self._open(
                prompts.prefix(self.model.family, self.evidence, group, best, part), prompts.text("chapter"), size
            )
            for _ in range(min(quota, len(group))):
                number += 1
                yield from self._point(number, group)
        yield from self._choose()
        self._open(self._digest(), prompts.instructions(self.form))
        yield from self._head()
        if self.form.sections:
            for section in range(len(self.size.sections)):
                yield from self._title(section, named=True)
        yield from self._end()

    def _choose(self) -> Iterator[WriterEvent]:
        """More parts than points: the model chooses which points stay, in the source's order."""
        surplus = len(self.parts.points) - self.size.points
        if surplus > 0:
            self._open(self._digest(), "Which points should a reader not miss? Give the number of one point a line.")
            left = [str(number) for number in range(1, len(self.parts.points) + 1)]
            kept: list[int] = []
            for _ in range(self.size.points):
                filled = yield from self._ask("KEEP:\n", Slot("keep", choices=tuple(left)))
                left.remove(filled["keep"].text)
                kept.append(int(filled["keep"].text) - 1)
            self.parts.points = [point for at, point in enumerate(self.parts.points) if at in kept]
        self.parts.points.sort(key=lambda point: point.passage.number if point.passage else 0)
        counts = shares(len(self.parts.points), self.size.sections)
        self.size = replace(self.size, sections=counts)
        self.before, self.now, self.placed = self.words, 0, True

    def _digest(self) -> list[Piece]:
        lines = [f"[{at}] {p.label}: {p.text}" for at, p in enumerate(self.parts.points, 1)]
        body = f"{prompts.known(self.evidence)}\n\nThe points of the source:\n" + "\n".join(lines) + "\n\n"
        return prompts.around(self.model.family, body.lstrip())

    # ------------------------------------------------------------------------------------------------- the units

    def _head(self) -> Iterator[WriterEvent]:
        size = self.size
        steps: list[str | Slot] = [
            "HEADLINE:\n", self._slot("headline", size.headline, 8),
            "\nSUBJECT:\n", self._slot("announcing", size.announcing, 8),
        ]  # fmt: skip
        if self.form.opening:
            steps += ["\nOPENING:\n", self._slot("opening", size.opening, 20, sentences=2)]
        filled = yield from self._ask(*steps)
        parts = self.parts
        parts.headline = self._good(manners.headline(filled["headline"].text), "headline")
        parts.announcing = self._good(manners.label(filled["announcing"].text), "announcing")
        if self.form.opening:
            opening = manners.sentence(filled["opening"].text, size.opening)
            parts.opening = self._good(opening, "opening")
        yield Partial(self._post())

    def _title(self, section: int, named: bool = False) -> Iterator[WriterEvent]:
        begin = sum(self.size.sections[:section])
        of = "; ".join(p.label for p in self.parts.points[begin : begin + self.size.sections[section]]) if named else ""
        opened = f"\nSECTION {section + 1}" + (f", over the points {of}" if of else "") + ":\n"
        filled = yield from self._ask(opened, self._slot(f"title.{section}", self.size.title, 3))
        title = manners.label(filled[f"title.{section}"].text)
        self.parts.titles[section] = title if self._fine(title) else ""
        yield Partial(self._post())

    def _point(self, number: int, shown: Sequence[Passage]) -> Iterator[WriterEvent]:
        """One point: its passage, its label, its sentence; asked once more where the sentence does not hold."""
        taken = {point.passage.number for point in self.parts.points if point.passage}
        free = [p for p in shown if p.number not in taken] or list(shown)
        by_number = {str(p.number): p for p in free}
        point = _Point(most=self.size.sentence)
        self.parts.points.append(point)
        before = len(self.talk.said)
        filled = yield from self._ask(
            f"\nSOURCE {number}:\n", Slot(f"passage.{number}", choices=tuple(by_number)),
            "\nLABEL:\n", self._slot("label", self.size.label, 3, ":："),
            "\nSENTENCE:\n", self._sentence("sentence", point.most),
        )  # fmt: skip
        point.passage = by_number[filled[f"passage.{number}"].text]
        yield from self._settle(point, filled, before)
        yield Partial(self._post())

    def _settle(self, point: _Point, filled: dict[str, Filled], before: int) -> Iterator[WriterEvent]:
        """Check what was written for a point, retry it once, and borrow from the source what stays bad."""
        assert point.passage is not None
        self._take(point, filled)
        if reason := self._fault(point):
            kept = self.talk.said[before:]
            note = f"\nThat does not hold: {reason} Write it again, from passage {point.passage.number} alone.\n"
            again = yield from self._ask(
                note + "LABEL:\n", self._slot("label", self.size.label, 3, ":："),
                "\nSENTENCE:\n", self._sentence("sentence", point.most),
            )  # fmt: skip
            first = replace(point)
            self._take(point, again)
            if self._fault(point) and self._better(first, point):
                point.label, point.text = first.label, first.text
                again = {}
            del self.talk.said[before:]  # the model goes on as if it had said the right thing at once
            self.talk.said += kept
            if again:
                self._replace_last(again)
        point.label = self._good_label(point)
        if not self._fine(point.text):
            point.text = self._borrow(point.passage, point.most)
        point.found = findings(f"{point.label}: {point.text}", self.evidence, point.passage, self.language)
        point.emoji = fitting(point.label, point.text, self.used) if self.form.emoji else ""
        point.done = True

    def _take(self, point: _Point, filled: dict[str, Filled]) -> None:
        point.label = manners.label(filled["label"].text)
        point.text = manners.sentence(filled["sentence"].text, point.most)

    def _fault(self, point: _Point) -> str:
        """Why a point can not stay as it is, in words for the model; nothing where it can."""
        assert point.passage is not None
        if not self._fine(point.text):
            return "it is empty, or not in the language that was asked for."
        found = findings(f"{point.label}: {point.text}", self.evidence, point.passage, self.language)
        return " ".join(found)

    def _better(self, one: _Point, other: _Point) -> bool:
        """Whether the first of two faulty attempts is the one to keep."""
        return self._fine(one.text) and (not self._fine(other.text) or len(self._fault(one)) <= len(self._fault(other)))

    def _replace_last(self, filled: dict[str, Filled]) -> None:
        """Put what the second attempt gave where the first one stands."""
        pieces = [at for at, piece in enumerate(self.talk.said) if piece.tokens]
        for name, at in zip(("label", "sentence"), pieces[-2:], strict=False):
            self.talk.said[at] = Piece(filled[name].text, tokens=filled[name].tokens)

    def _end(self) -> Iterator[WriterEvent]:
        for at in range(self.size.conclusions):
            opened = "\nCONCLUSION:\n" if not at else "\nCONCLUSION, one more sentence:\n"
            name = f"conclusion.{at}"
            filled = yield from self._ask(opened, self._sentence(name, self.size.conclusion))
            text = manners.sentence(filled[name].text, self.size.conclusion)
            if at and (not self._fine(text) or text in self.parts.conclusion.values()):
                continue
            self.parts.conclusion[at] = self._good(text, "conclusion")
            yield Partial(self._post())

    # ----------------------------------------------------------------------------------------------- the limit

    def _fit(self) -> Iterator[WriterEvent]:
        """Measure the post in the network's own units; ask for less three times at most, then drop the weakest."""
        for _ in range(SHORTER):
            over = self._over()
            if over <= 0:
                return
            point = max(self.parts.points, key=lambda p: (len(p.text), p.label), default=None)
            if point is None or point.passage is None or len(point.text) < 60:
                break
            point.most = max(50, len(point.text) - over - 4)
            note = (
                f"\nThe post is {over} characters too long. Say this in at most {point.most} characters: {point.text}\n"
                "SENTENCE:\n"
            )
            kept = len(self.talk.said)
            filled = yield from self._ask(note, self._sentence("sentence", point.most))
            del self.talk.said[kept:]
            text = manners.sentence(filled["sentence"].text, point.most)
            if self._fine(text) and len(text) < len(point.text):
                point.text = text
                point.found = findings(f"{point.label}: {text}", self.evidence, point.passage, self.language)
        while self._over() > 0 and self._drop():
            pass
        yield Partial(self._post())

    def _over(self) -> int:
        text = lay(self._post()).text
        return max(use.used - use.limit for use in measure(text, self.brief.network))

    def _drop(self) -> bool:
        """Take the least needed part away: a second conclusion, the weakest point, then what can be spared."""
        parts, order = self.parts, ranked(self.evidence, self.shown)
        if len(parts.conclusion) > 1:
            parts.conclusion.popitem()
        elif len(parts.points) > 1:
            place = {number: at for at, number in enumerate(order)}
            weakest = max(
                range(len(parts.points)),
                key=lambda at: (place.get(p.number if (p := parts.points[at].passage) else 0, len(order)), at),
            )
            begin = 0
            counts = list(self.size.sections)
            for section, count in enumerate(counts):
                if begin <= weakest < begin + count:
                    counts[section] -= 1
                    break
                begin += count
            self.size = replace(self.size, sections=tuple(counts))
            del parts.points[weakest]
        elif parts.conclusion:
            parts.conclusion.clear()
        elif self.tagged and self.evidence.hashtags:
            self.tagged = False
        elif parts.opening:
            parts.opening = ""
        else:
            return False
        return True

    # --------------------------------------------------------------------------------------------------- asking

    def _open(self, before: list[Piece], instructions: str, size: Sizes | None = None) -> None:
        """Begin a conversation; everything up to the marks is kept in memory for the next draft."""
        lines = prompts.asks(self.form, self.brief, size or self.size, self.language, self.variant)
        self.talk.said = [*before, *prompts.task(self.model.family, instructions, lines)]

    def _slot(self, name: str, most: int, least: int, forbid: str = "", sentences: int = 0) -> Slot:
        wide = self.language in ("zh", "ja", "ko")
        return Slot(
            name, max_chars=most // 2 if wide else most, min_chars=least // 2 if wide else least,
            max_tokens=max(24, most), sentences=sentences, forbid=FORBID + forbid,
        )  # fmt: skip

    def _sentence(self, name: str, most: int) -> Slot:
        return replace(self._slot(name, most, 20), soft=most // 2, sentences=2)

    def _ask(self, *steps: "str | Slot") -> Asked:
        """Have slots filled; yields progress and partial posts, returns the closed slots by name."""
        self.unit += 1
        seed = zlib.crc32(f"{self.variant}/{self.unit}".encode())
        self.live.clear()
        filled: dict[str, Filled] = {}
        for event in self.talk.ask(steps, seed):
            if isinstance(event, Read):
                if event.total - event.reused > self.model.step:
                    yield self._reading(event)
            elif isinstance(event, Text):
                self.live[event.slot] = self.live.get(event.slot, "") + event.text
                if (now := time.monotonic()) - self.shown_at > PAUSE:
                    self.shown_at = now
                    yield Partial(self._post())
            else:
                filled[event.slot] = event
        self.live.clear()
        return filled

    def _reading(self, event: Read) -> Reading:
        """Progress through the source: seconds where it has them, else words, over all parts."""
        share = event.done / max(1, event.total)
        words = self.before + share * self.now
        seconds = self.evidence.sources[0].duration if len(self.evidence.sources) == 1 else None
        if seconds:
            return Reading(seconds * words / self.words, seconds, "s")
        return Reading(round(words), self.words)

    # ---------------------------------------------------------------------------------------- what comes of it

    def _fine(self, text: str) -> bool:
        return bool(text) and manners.meaningful(text) and not manners.foreign(text, self.language)

    def _good(self, text: str, part: str) -> str:
        """The string, or what the source's own sentences give in its place."""
        if self._fine(text):
            return text
        self.borrowed += 1
        post = self._spare_post()
        match part:
            case "headline":
                return post.headline
            case "announcing":
                return post.announcing
            case "opening":
                return " ".join(post.opening)
            case _:
                return post.conclusion[0] if post.conclusion else ""

    def _good_label(self, point: _Point) -> str:
        assert point.passage is not None
        if self._fine(point.label):
            return point.label
        self.borrowed += 1
        phrase = next((p.keyphrase for p in self.evidence.points if p.keyphrase and self._within(p, point.passage)), "")
        return phrase[: self.size.label] or " ".join(point.passage.text.split()[:3])[: self.size.label].strip(" .,;:")

    def _within(self, point: Point, passage: Passage) -> bool:
        segments = {segment for sentence in passage.sentences for segment in sentence.segments}
        return point.source == passage.sentences[0].source and not segments.isdisjoint(point.segments)

    def _borrow(self, passage: Passage, most: int) -> str:
        """The passage's own best sentence, cut to the limit at a word."""
        self.borrowed += 1
        best = next((p.text for p in self.evidence.points if self._within(p, passage)), passage.sentences[0].text)
        return best if len(best) <= most else best[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

    def _spare_post(self) -> Post:
        """What the built-in writer makes of the same brief; made when it is first needed."""
        if self._spare is None:
            from composer.post.builtin import BuiltinWriter

            for event in BuiltinWriter().write(self.evidence, self.brief, self.variant):
                if isinstance(event, Finished):
                    self._spare = event.post
        assert self._spare is not None, "the built-in writer ended without a post"
        return self._spare

    def _post(self) -> Post:
        """The post as far as it is written, the string that is being written included."""
        parts, live = self.parts, self.live
        sections: list[Section] = []
        begin = 0
        counts = self.size.sections if self.placed else (len(parts.points),)
        for at, count in enumerate(counts):
            points = tuple(self._post_point(p) for p in parts.points[begin : begin + count] if p.passage)
            title = parts.titles.get(at) or manners.label(live.get(f"title.{at}", ""))
            if points or (title and self.form.sections):
                sections.append(Section(title if self.form.sections else "", points))
            begin += count
        opening = parts.opening or " ".join(live.get("opening", "").split())
        conclusion = [parts.conclusion[at] for at in sorted(parts.conclusion)]
        conclusion += [" ".join(text.split()) for name, text in live.items() if name.startswith("conclusion.")]
        tags = self.evidence.hashtags[:TAGS] if self.tagged else ()
        return Post(
            shape=self.form.name,
            language=self.language,
            headline=parts.headline or " ".join(live.get("headline", "").split()),
            announcing=parts.announcing or " ".join(live.get("announcing", "").split()),
            sections=tuple(sections),
            opening=(opening,) if opening and self.form.opening else (),
            conclusion=tuple(text for text in conclusion if text),
            hashtags=tags,
            headline_emoji="❓" if self.form.question else "",
            announcing_emoji=self.sign,
            opening_trace=self._trace(opening) if opening and self.form.opening else None,
            conclusion_trace=self._trace(" ".join(conclusion)) if conclusion else None,
        )

    def _post_point(self, point: _Point) -> PostPoint:
        assert point.passage is not None
        label = point.label or " ".join(self.live.get("label", "").split())
        text = point.text or " ".join(self.live.get("sentence", "").split())
        return PostPoint(label, text, point.passage.trace(f"{label} {text}"), point.emoji)

    def _trace(self, text: str) -> Trace:
        """The passage that shares the most words with an opening or a conclusion; the first one where none does."""
        if text not in self.traces:
            best = max(self.shown, key=lambda passage: (passage.shared(text), -passage.number))
            self.traces[text] = best.trace(text)
        return self.traces[text]

    def _said_notices(self) -> tuple[str, ...]:
        """What the person should know about how the post came to be."""
        notices = [*self.engine.notices, *self.notices]
        if self.borrowed:
            notices.append(f"The model left {self.borrowed} parts unusable; they are the source's own words.")
        for point in self.parts.points:
            notices += [f"{point.label}: {finding}" for finding in point.found]
        if self.model.family == "chatml":
            notices.append("This model's family is not known here. It was asked in a common format.")
        return tuple(dict.fromkeys(notices))
