"""The writer that asks a model: the skeleton of the post is ours, the model fills the strings.

It talks to the engine through what it is given (`composer.engine.client.Turn`, or anything alike), one unit at a time:
the head of the post, each point, the end. What the model wrote stays in the engine's memory, so a unit costs its own
tokens only. Every string is tidied, checked, asked for once more where it is bad, and then taken from the source.
"""

import time
import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from composer.engine.messages import Filled, Piece, Slot, Text
from composer.engine.messages import Reading as Read
from composer.errors import WriterError
from composer.evidence.model import Evidence, Point
from composer.post.emojis import emojis, fitting
from composer.post.layout import lay
from composer.post.model import Brief, Post
from composer.post.shapes import shape
from composer.text.networks import limit, measure
from composer.writers import manners, prompts
from composer.writers.base import Finished, Partial, Reading, WriterEvent
from composer.writers.board import Board, Draft
from composer.writers.plan import Passage, Sizes, chunks, passages, ranked, shares, sizes
from composer.writers.proof import Proof
from composer.writers.talk import Engine, Talk

FORBID = "*#`|<>{}[]_~\\^=•@"  # marks of formats that the post does not have
PAUSE = 0.1  # seconds between two partial posts
ANSWER = 300  # tokens kept free for an answer at least
ASKED = 200  # tokens of the brief's own words and of a template's marks
HINTS = 8  # passages named as the strongest
SHORTER = 3  # times a draft over the limit is asked again

Asked = Generator[WriterEvent, None, dict[str, Filled]]


class ModelWriter:
    """Drafts with the model that the engine has loaded.

    `most` is the most tokens of the source that are read at once, where the context has room for more; 0 for no
    limit of its own.
    """

    name = "model"
    honours = frozenset({"shape", "tone", "length", "audience", "language", "network"})

    def __init__(self, engine: Engine, *, most: int = 0) -> None:
        self._engine, self._most = engine, most

    def write(self, evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
        """Yield `Reading`, `Partial` and one `Finished`.

        Raises `WriterError` where there is nothing to write from, and what the engine raises.
        """
        return Writing(self._engine, evidence, brief, variant, self._most).run()


class Writing:
    """One draft: what is shown, what is asked, what has been written."""

    def __init__(self, engine: Engine, evidence: Evidence, brief: Brief, variant: int, most: int) -> None:
        model = engine.model
        if model is None:
            raise WriterError("No model is loaded.", do="Choose a model, or draft with the built-in writer.")
        form, shown = shape(brief.shape), passages(evidence)
        if not shown:
            raise WriterError("The source has no sentence to write from.", do="Choose another source.")
        language = evidence.language if brief.language == "source" else brief.language
        signs = emojis().announce
        size = sizes(form, brief, len(shown), limit(brief.network))
        self.engine, self.model, self.most = engine, model, most
        self.evidence, self.brief, self.variant, self.form, self.shown = evidence, brief, variant, form, shown
        self.board = Board(evidence, brief, form, shown, size, language, signs[variant % len(signs)])
        self.language = language
        self.talk = Talk(engine)
        self.proof = Proof(evidence)
        self.used: set[str] = set()  # emoji
        self.words = sum(passage.words for passage in shown)
        self.before, self.now = 0, self.words  # words of the source read before, and being read
        self.read_so_far = 0.0  # in the unit of `Reading`
        self.notices: list[str] = []
        self.borrowed = self.unit = 0
        self.shown_at = 0.0
        self._spare: Post | None = None

    # ------------------------------------------------------------------------------------------------ the course

    def run(self) -> Iterator[WriterEvent]:
        """All of it."""
        size = self.board.size
        costs = self.engine.count([f"[{p.number}] {p.speaker or ''} {p.text}\n" for p in self.shown])
        fixed = prompts.text("system") + prompts.known(self.evidence)
        around, form, part = self.engine.count((fixed, prompts.instructions(self.form), prompts.text("chapter")))
        room = self.model.context - around - ASKED
        whole = room - form - self._answer(size.points, size.opening + 600)
        if sum(costs) <= min(whole, self.most or whole):
            yield from self._whole()
        else:
            yield from self._by_parts(self._groups(costs, room - part, form))
        yield from self._fit()
        yield Finished(replace(self.board.post(), notices=self._notices()), self.variant)

    def _answer(self, points: int, more: int = 0) -> int:
        """Tokens an answer may take: half a token a letter is plenty in any script."""
        size = self.board.size
        return max(ANSWER, (points * (size.sentence + size.label + 40) + more) // 2)

    def _groups(self, costs: Sequence[int], room: int, form: int) -> tuple[tuple[Passage, ...], ...]:
        """The parts the source is read in. Raises `WriterError` where the context is too small for any."""
        size = self.board.size
        digest = size.points * (size.sentence + size.label) // 2 + self._answer(1, size.opening + 600)
        if room < max(costs) + self._answer(1) or room < digest + form:
            raise WriterError(
                "This model's context is too small to write a post from this source.",
                safe="Your text is safe.",
                do="Choose another model, or draft with the built-in writer.",
            )
        free = room - self._answer(1)
        count = max(1, -(-sum(costs) // min(free, self.most or free)))
        free = room - self._answer(-(-self.board.size.points // count))
        return chunks(self.shown, costs, max(max(costs), min(free, self.most or free)))

    def _whole(self) -> Iterator[WriterEvent]:
        """The source fits: head, points and end in one conversation."""
        best = ranked(self.evidence, self.shown)[:HINTS]
        before = prompts.prefix(self.model.family, self.evidence, self.shown, best)
        self.open(before, prompts.instructions(self.form), self.asks(self.board.size))
        yield from self._head()
        number = 0
        for section, count in enumerate(self.board.size.sections):
            if self.form.sections:
                yield from self._title(section)
            for _ in range(count):
                number += 1
                yield from self._point(number, self.shown)
        yield from self._end()

    def _by_parts(self, groups: Sequence[tuple[Passage, ...]]) -> Iterator[WriterEvent]:
        """The source does not fit: the points part by part, then head and end from the points."""
        quotas = shares(self.board.size.points, [sum(p.words for p in group) for group in groups])
        number = self.now = 0
        self.board.placed = False
        for at, (group, quota) in enumerate(zip(groups, quotas, strict=True)):
            best = ranked(self.evidence, group)[:HINTS]
            part = f"This is part {at + 1} of {len(groups)}."
            self.before, self.now = self.before + self.now, sum(passage.words for passage in group)
            before = prompts.prefix(self.model.family, self.evidence, group, best, part)
            self.open(before, prompts.text("chapter"), self.asks(Sizes((quota,), 0)))
            for _ in range(min(quota, len(group))):
                number += 1
                yield from self._point(number, group)
        self.before, self.now = self.words, 0
        yield from self._choose()
        self.open(self._digest(), prompts.instructions(self.form), self.asks(None))
        yield from self._head()
        if self.form.sections:
            for section in range(len(self.board.size.sections)):
                yield from self._title(section, named=True)
        yield from self._end()
        self.notices.append(f"The source was read in {len(groups)} parts, all of it: {self._extent()}.")

    def _extent(self) -> str:
        seconds = self._seconds()
        if seconds is None:
            return f"{self.words:,} words"
        minutes = max(1, round(seconds / 60))
        return "1 minute" if minutes == 1 else f"{minutes} minutes"

    def _choose(self) -> Iterator[WriterEvent]:
        """More parts than points: the model chooses which points stay. They end up in the source's order."""
        board = self.board
        if len(board.points) > board.size.points:
            self.open(self._digest(), prompts.text("choose"), [])
            left = [str(number) for number in range(1, len(board.points) + 1)]
            kept: set[int] = set()
            for _ in range(board.size.points):
                filled = yield from self.ask("KEEP:\n", Slot("keep", choices=tuple(left)), "\n")
                left.remove(filled["keep"].text)
                kept.add(int(filled["keep"].text) - 1)
            board.points = [point for at, point in enumerate(board.points) if at in kept]
        board.points.sort(key=lambda point: point.passage.number if point.passage else 0)
        board.size = replace(board.size, sections=shares(len(board.points), board.size.sections))
        board.placed = True

    def _digest(self) -> list[Piece]:
        lines = [f"[{at}] {point.label}: {point.text}" for at, point in enumerate(self.board.points, 1)]
        body = f"{prompts.known(self.evidence)}\n\nThe points of the source:\n" + "\n".join(lines) + "\n\n"
        return prompts.around(self.model.family, body.lstrip())

    def fitting(self, about: str = "") -> tuple[Passage, ...]:
        """All passages where they fit; else those nearest to `about` and the strongest, in the source's order."""
        costs = self.engine.count([f"[{p.number}] {p.speaker or ''} {p.text}\n" for p in self.shown])
        fixed = prompts.text("system") + prompts.known(self.evidence) + prompts.instructions(self.form)
        room = self.model.context - sum(self.engine.count((fixed,))) - ASKED - self._answer(2)
        if sum(costs) <= room:
            return self.shown
        rank = {number: at for at, number in enumerate(ranked(self.evidence, self.shown))}
        order = sorted(self.shown, key=lambda p: (-p.shared(about), rank.get(p.number, len(rank)), p.number))
        taken: list[Passage] = []
        for passage in order:
            room -= costs[passage.number - 1]
            if room < 0:
                break
            taken.append(passage)
        return tuple(sorted(taken, key=lambda passage: passage.number))

    # ------------------------------------------------------------------------------------------------- the units

    def _head(self) -> Iterator[WriterEvent]:
        size, board = self.board.size, self.board
        steps: list[str | Slot] = [
            "HEADLINE:\n", self.slot("headline", size.headline, 8),
            "\nSUBJECT:\n", self.slot("announcing", size.announcing, 8),
        ]  # fmt: skip
        if self.form.opening:
            steps += ["\nOPENING:\n", self.slot("opening", size.opening, 20, sentences=2)]
        filled = yield from self.ask(*steps)
        board.headline = self._good(manners.headline(filled["headline"].text), "headline")
        board.announcing = self._good(manners.label(filled["announcing"].text), "announcing")
        if self.form.opening:
            board.opening = self._good(manners.sentence(filled["opening"].text, size.opening), "opening")
        yield Partial(board.post())

    def _title(self, section: int, named: bool = False) -> Iterator[WriterEvent]:
        size, board = self.board.size, self.board
        begin = sum(size.sections[:section])
        labels = [point.label for point in board.points[begin : begin + size.sections[section]]]
        opened = f"\nSECTION {section + 1}" + (f", over {'; '.join(labels)}" if named else "") + ":\n"
        filled = yield from self.ask(opened, self.slot(f"title.{section}", size.title, 3))
        title = manners.label(filled[f"title.{section}"].text)
        board.titles[section] = title if self.fine(title) else ""
        yield Partial(board.post())

    def _point(self, number: int, shown: Sequence[Passage]) -> Iterator[WriterEvent]:
        """One point: its passage, its label, its sentence; asked once more where the sentence does not hold."""
        taken = {point.passage.number for point in self.board.points if point.passage}
        free = [passage for passage in shown if passage.number not in taken] or list(shown)
        by_number = {str(passage.number): passage for passage in free}
        point = Draft(most=self.board.size.sentence)
        self.board.points.append(point)
        before = len(self.talk.said)
        filled = yield from self.ask(
            f"\nSOURCE {number}:\n", Slot("passage", choices=tuple(by_number)), *self._label_and_sentence(point.most)
        )
        point.passage = by_number[filled["passage"].text]
        self._take(point, filled)
        if reason := self._fault(point):
            yield from self._again(point, reason, before)
        if not self.fine(point.label):
            point.label = self._borrowed_label(point.passage)
        if not self.fine(point.text):
            point.text = self._borrowed_sentence(point.passage, point.most)
        point.found = self.proof.findings(point.text, point.label, self.language)
        point.emoji = fitting(point.label, point.text, self.used) if self.form.emoji else ""
        yield Partial(self.board.post())

    def _again(self, point: Draft, reason: str, before: int) -> Iterator[WriterEvent]:
        """Ask once more, with the reason; the model then goes on as if it had said the better one at once."""
        assert point.passage is not None
        kept = self.talk.said[before:]
        first = replace(point)
        note = f"\nThat does not hold: {reason} Write it again, from passage {point.passage.number} alone."
        point.label = point.text = ""
        filled = yield from self.ask(note, *self._label_and_sentence(point.most))
        self._take(point, filled)
        del self.talk.said[before:]
        self.talk.said += kept
        if self.fine(first.text) and (not self.fine(point.text) or len(self._fault(first)) <= len(self._fault(point))):
            point.label, point.text = first.label, first.text
        else:
            self.talk.replace(("label", "sentence"), filled)

    def _label_and_sentence(self, most: int) -> tuple[str | Slot, ...]:
        label = self.slot("label", self.board.size.label, 3, ":：")
        return "\nLABEL:\n", label, "\nSENTENCE:\n", self.sentence("sentence", most)

    def _take(self, point: Draft, filled: dict[str, Filled]) -> None:
        point.label = manners.label(filled["label"].text)
        point.text = manners.sentence(filled["sentence"].text, point.most)

    def _fault(self, point: Draft) -> str:
        """Why a point can not stay as it is, in words for the model; nothing where it can."""
        if not self.fine(point.text):
            return "it is empty, or not in the language that was asked for."
        return " ".join(self.proof.findings(point.text, point.label, self.language))

    def _end(self) -> Iterator[WriterEvent]:
        board = self.board
        for at in range(board.size.conclusions):
            name = f"conclusion.{at}"
            opened = "\nCONCLUSION, one more sentence:\n" if at else "\nCONCLUSION:\n"
            filled = yield from self.ask(opened, self.sentence(name, board.size.conclusion))
            text = manners.sentence(filled[name].text, board.size.conclusion)
            if at and (not self.fine(text) or text in board.conclusion.values()):
                continue
            if good := self._good(text, "conclusion"):
                board.conclusion[at] = good
            yield Partial(board.post())

    # ----------------------------------------------------------------------------------------------- the limit

    def _fit(self) -> Iterator[WriterEvent]:
        """Measure the post in the network's own units; ask for less three times at most, then drop the weakest."""
        board = self.board
        for _ in range(SHORTER):
            over = self._over()
            if over <= 0:
                return
            point = max(board.points, key=lambda p: (len(p.text), p.label))
            if len(point.text) < 60:
                break
            most = max(50, len(point.text) - over - 4)
            note = f"\nThe post is {over} characters too long. In at most {most} characters: {point.text}\nSENTENCE:\n"
            kept = len(self.talk.said)
            filled = yield from self.ask(note, self.sentence("shorter", most))
            del self.talk.said[kept:]
            text = manners.sentence(filled["shorter"].text, most)
            found = self.proof.findings(text, point.label, self.language)
            if self.fine(text) and len(text) < len(point.text) and len(found) <= len(point.found):
                point.text, point.found = text, found
        while self._over() > 0 and board.drop():
            pass
        yield Partial(board.post())

    def _over(self) -> int:
        text = lay(self.board.post()).text
        return max(use.used - use.limit for use in measure(text, self.brief.network))

    # --------------------------------------------------------------------------------------------------- asking

    def open(self, before: list[Piece], instructions: str, lines: Sequence[str]) -> None:
        """Begin a conversation; everything up to the marks is kept in memory for the next draft."""
        self.talk.said = [*before, *prompts.task(self.model.family, instructions, lines)]

    def asks(self, size: Sizes | None) -> list[str]:
        return prompts.asks(self.form, self.brief, size, self.language, self.variant)

    def slot(self, name: str, most: int, least: int, forbid: str = "", sentences: int = 0) -> Slot:
        if self.language in ("zh", "ja", "ko"):
            most, least = most // 2, least // 2
        return Slot(name, most, least, max(24, most), sentences=sentences, forbid=FORBID + forbid)

    def sentence(self, name: str, most: int) -> Slot:
        slot = self.slot(name, most, 20)
        return replace(slot, soft=slot.max_chars // 2, sentences=2)

    def ask(self, *steps: "str | Slot") -> Asked:
        """Have slots filled; yields progress and partial posts, returns the closed slots by name."""
        self.unit += 1
        seed = zlib.crc32(f"{self.variant}/{self.unit}".encode())
        live = self.board.live
        live.clear()
        filled: dict[str, Filled] = {}
        for event in self.talk.ask(steps, seed):
            if isinstance(event, Read):
                reading = self._reading(event)
                if reading.done > self.read_so_far:
                    self.read_so_far = reading.done
                    yield reading
            elif isinstance(event, Text):
                live[event.slot] = live.get(event.slot, "") + event.text
                if (now := time.monotonic()) - self.shown_at > PAUSE:
                    self.shown_at = now
                    yield Partial(self.board.post())
            else:
                filled[event.slot] = event
                live[event.slot] = event.text
        live.clear()
        return filled

    def _reading(self, event: Read) -> Reading:
        """Progress through the source: seconds where it has them, else words, over all parts."""
        words = self.before + self.now * event.done / max(1, event.total)
        if seconds := self._seconds():
            return Reading(seconds * words / self.words, seconds, "s")
        return Reading(round(words), self.words)

    def _seconds(self) -> float | None:
        return self.evidence.sources[0].duration if len(self.evidence.sources) == 1 else None

    # ---------------------------------------------------------------------------------------- what comes of it

    def fine(self, text: str) -> bool:
        return bool(text) and manners.meaningful(text) and not manners.foreign(text, self.language)

    def _good(self, text: str, part: str) -> str:
        """The string, or what the built-in writer makes of the source in its place."""
        if self.fine(text):
            return text
        self.borrowed += 1
        if self._spare is None:
            from composer.post.builtin import BuiltinWriter

            events = BuiltinWriter().write(self.evidence, self.brief, self.variant)
            self._spare = next(event.post for event in events if isinstance(event, Finished))
        post = self._spare
        opening, conclusion = " ".join(post.opening), next(iter(post.conclusion), "")
        return {"headline": post.headline, "announcing": post.announcing, "opening": opening}.get(part, conclusion)

    def _points_of(self, passage: Passage) -> Iterator[Point]:
        """The evidence's points that stand in a passage, best first."""
        source = passage.sentences[0].source
        segments = {segment for sentence in passage.sentences for segment in sentence.segments}
        return (p for p in self.evidence.points if p.source == source and not segments.isdisjoint(p.segments))

    def _borrowed_label(self, passage: Passage) -> str:
        self.borrowed += 1
        most = self.board.size.label
        phrase = next((point.keyphrase for point in self._points_of(passage) if point.keyphrase), "")
        return (phrase or " ".join(passage.text.split()[:3]))[:most].strip(" .,;:")

    def _borrowed_sentence(self, passage: Passage, most: int) -> str:
        """The passage's own best sentence, cut to the limit at a word."""
        self.borrowed += 1
        best = next((point.text for point in self._points_of(passage)), passage.sentences[0].text)
        return best if len(best) <= most else best[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

    def _notices(self) -> tuple[str, ...]:
        """What the person should know about how the post came to be."""
        notices = [*self.engine.notices, *self.notices]
        if self.borrowed:
            parts = "1 part" if self.borrowed == 1 else f"{self.borrowed} parts"
            notices.append(f"The model left {parts} of the post empty or unusable. The source's own words stand there.")
        for point in self.board.points:
            notices += [f"{point.label}: {finding}" for finding in point.found]
        if self.model.family == "chatml":
            notices.append("This model's family is not known here. It was asked in a common format.")
        return tuple(dict.fromkeys(notices))
