"""The writer that asks a model: the skeleton of the post is ours, the model fills the strings.

It talks to the engine through what it is given (`composer.engine.client.Turn`, or anything alike), one unit at a time:
the head of the post, each point, the end. What the model wrote stays in the engine's memory, so a unit costs its own
tokens only. Every string is tidied, checked, asked for once more where it is bad, and then taken from the source.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from composer.engine.messages import Filled, Piece, Slot
from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post.emojis import fitting
from composer.post.layout import lay
from composer.post.model import MODEL_HONOURS, Brief
from composer.text.networks import measure
from composer.writers import manners, prompts
from composer.writers.base import Finished, Partial, WriterEvent
from composer.writers.board import Draft
from composer.writers.desk import ASKED, HINTS, Desk
from composer.writers.plan import Passage, Sizes, chunks, ranked, shares
from composer.writers.talk import Engine

PART = 4000  # tokens of a source that does not fit, read at once: the first point comes after the first part
SHORTER = 3  # times a draft over the limit is asked again
ELSEWHERE = 100  # passages tried for words of the source that were not said yet
CANDIDATES = 8  # passages looked at for a sentence that does not rest where the model said


class ModelWriter:
    """Drafts with the model that the engine has loaded.

    `most` is the most tokens of the source that are read at once, where the context has room for more; 0 for no
    limit of its own.
    """

    name = "model"
    honours = MODEL_HONOURS

    def __init__(self, engine: Engine, *, most: int = 0) -> None:
        self._engine, self._most = engine, most

    def write(self, evidence: Evidence, brief: Brief, variant: int = 0) -> Iterator[WriterEvent]:
        """Yield `Reading`, `Partial` and one `Finished`.

        Raises `WriterError` where there is nothing to write from, and what the engine raises.
        """
        return Writing(self._engine, evidence, brief, variant, self._most).run()


class Writing(Desk):
    """The course of one draft."""

    def __init__(self, engine: Engine, evidence: Evidence, brief: Brief, variant: int, most: int) -> None:
        super().__init__(engine, evidence, brief, variant, most)
        self.used: set[str] = set()  # emoji

    def run(self) -> Iterator[WriterEvent]:
        """All of it."""
        size = self.board.size
        costs = self.costs()
        fixed = prompts.text("system") + prompts.known(self.evidence)
        around, form, part = self.engine.count((fixed, prompts.instructions(self.form), prompts.text("chapter")))
        asked = sum(self.engine.count(self.asks(size)))
        room = self.model.context - around - asked - ASKED
        whole = room - form - self.answer(size.points, size.opening + 600)
        if sum(costs) <= min(whole, self.most or whole):
            yield from self._whole()
        else:
            yield from self._by_parts(self._groups(costs, room - part, form), room)
        yield from self._fit()
        yield Finished(replace(self.board.post(), notices=self.told()), self.variant)

    def _groups(self, costs: Sequence[int], room: int, form: int) -> tuple[tuple[Passage, ...], ...]:
        """The parts the source is read in. Raises `WriterError` where the context is too small for any."""
        size = self.board.size
        digest = size.points * (size.sentence + size.label) // 2 + self.answer(1, size.opening + 600)
        if room < max(costs) + self.answer(1) or room < digest + form:
            raise WriterError(
                "This model's context is too small to write a post from this source.",
                safe="Your text is safe.",
                do="Choose another model, or draft with the built-in writer.",
            )
        part = self.most or PART
        free = room - self.answer(1)
        count = max(1, -(-sum(costs) // min(free, part)))
        free = room - self.answer(-(-self.board.size.points // count))
        return chunks(self.shown, costs, max(max(costs), min(free, part)))

    def _whole(self) -> Iterator[WriterEvent]:
        """The source fits: head, points and end in one conversation."""
        best = ranked(self.evidence, self.shown)[:HINTS]
        before = prompts.prefix(self.model.family, self.evidence, self.shown, best)
        self.open(before, prompts.instructions(self.form), self.asks(self.board.size), self.shown)
        yield from self._head()
        number = 0
        for section, count in enumerate(self.board.size.sections):
            if self.form.sections:
                yield from self._title(section)
            for _ in range(count):
                number += 1
                yield from self._point(number, self.shown)
        yield from self._end()

    def _by_parts(self, groups: Sequence[tuple[Passage, ...]], room: int) -> Iterator[WriterEvent]:
        """The source does not fit: the points part by part, then head and end from the points and their words."""
        quotas = shares(self.board.size.points, [sum(p.words for p in group) for group in groups])
        number = self.now = 0
        self.board.placed = False
        for at, (group, quota) in enumerate(zip(groups, quotas, strict=True)):
            best = ranked(self.evidence, group)[:HINTS]
            part = f"This is part {at + 1} of {len(groups)}."
            self.before, self.now = self.before + self.now, sum(passage.words for passage in group)
            before = prompts.prefix(self.model.family, self.evidence, group, best, part)
            self.open(before, prompts.text("chapter"), self.asks(Sizes((quota,), 0)), group)
            for _ in range(min(quota, len(group))):
                number += 1
                yield from self._point(number, group)
        self.before, self.now = self.words, 0
        yield from self._choose(room)
        self.open(self._digest(room), prompts.instructions(self.form), self.asks(None))
        yield from self._head()
        if self.form.sections:
            for section in range(len(self.board.size.sections)):
                yield from self._title(section, named=True)
        yield from self._end()
        self.notices.append(f"The source was read in {len(groups)} parts, {self.extent()}.")

    def _choose(self, room: int) -> Iterator[WriterEvent]:
        """More points than the post has room for: the model chooses. They end up in the source's order."""
        board = self.board
        if len(board.points) > board.size.points:
            self.open(self._digest(room), prompts.text("choose"), [])
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

    def _digest(self, room: int) -> list[Piece]:
        """All points, each with the words of the source it rests on.

        Where they do not fit into `room` tokens the quotations go first, then the points that rank lowest.
        """
        instructions = sum(self.engine.count((prompts.instructions(self.form),)))
        free = room - instructions - self.answer(1, self.board.size.opening + 600)
        plain = [f"{point.label}: {point.text}" for point in self.board.points]
        quoted = [
            f"{line} Said: “{point.passage.quote(point.text)}”" if point.passage else line
            for line, point in zip(plain, self.board.points, strict=True)
        ]
        while sum(self.engine.count(["\n".join(quoted)])) + 6 * len(quoted) > free:
            if quoted != plain:
                quoted = plain
            elif len(plain) > self.board.size.points:
                weakest = self.board.weakest()
                del self.board.points[weakest], plain[weakest]
                quoted = plain
            else:
                break
        lines = [f"[{at}] {line}" for at, line in enumerate(quoted, 1)]
        body = f"{prompts.known(self.evidence)}\n\nThe points of the source:\n" + "\n".join(lines) + "\n\n"
        return prompts.around(self.model.family, body.lstrip())

    # ------------------------------------------------------------------------------------------------- the units

    def _head(self) -> Iterator[WriterEvent]:
        size, board = self.board.size, self.board
        headline, subject = self.slot("headline", size.headline, 8), self.slot("announcing", size.announcing, 8)
        opening = self.slot("opening", size.opening, 20, sentences=2)
        steps: list[str | Slot] = ["HEADLINE:\n", headline, "\nSUBJECT:\n", subject]
        if self.form.opening:
            steps += ["\nOPENING:\n", opening]
        filled = yield from self.ask(*steps)
        text = yield from self.held(headline, "HEADLINE", filled["headline"], manners.headline, size.points)
        board.headline = text or self.spare.part("headline")
        text = yield from self.held(subject, "SUBJECT", filled["announcing"], manners.label, size.points)
        board.announcing = text or self.spare.part("announcing")
        if self.form.opening:
            text = yield from self.held(
                opening, "OPENING", filled["opening"], lambda said: self._sentence(said, size.opening)
            )
            board.opening = text or self.spare.part("opening")
        yield Partial(board.post())

    def _title(self, section: int, named: bool = False) -> Iterator[WriterEvent]:
        size, board = self.board.size, self.board
        begin = sum(size.sections[:section])
        labels = [point.label for point in board.points[begin : begin + size.sections[section]]]
        opened = f"\nSECTION {section + 1}" + (f", over {'; '.join(labels)}" if named else "") + ":\n"
        slot = self.slot(f"title.{section}", size.title, 3)
        filled = yield from self.ask(opened, slot)
        text = yield from self.held(slot, f"SECTION {section + 1}", filled[slot.name], manners.label)
        # A section can do without a title, so one that does not hold is left out.
        doubtful = self.doubts.pop(f"Section {section + 1}", ()) or any(
            manners.alike(text, other) for other in board.titles.values()
        )
        board.titles[section] = "" if doubtful else text
        yield Partial(board.post())

    def _point(self, number: int, shown: Sequence[Passage]) -> Iterator[WriterEvent]:
        """One point: its passage, its label, its sentence; asked once more where the sentence does not hold."""
        taken = {point.passage.number for point in self.board.points if point.passage}
        free = [passage for passage in shown if passage.number not in taken] or list(shown)
        by_number = {str(passage.number): passage for passage in free}
        point = Draft(most=self.board.size.sentence)
        self.board.points.append(point)
        filled = yield from self.ask(
            f"\nSOURCE {number}:\n", Slot("passage", choices=tuple(by_number)), *self._label_and_sentence(point.most)
        )
        point.passage = by_number[filled["passage"].text]
        self._take(point, filled)
        if reason := self._fault(point, shown):
            yield from self._again(point, reason, shown)
        labels = [other.label for other in self.board.points if other is not point]
        if not self.usable(point.label) or point.label in labels:
            point.label = self.spare.label(point.passage, self.board.size.label, labels)
        if not self._stands(point):
            self._borrow(point, free)
        point.found = self._findings(point)
        point.emoji = fitting(point.label, point.text, self.used) if self.form.emoji else ""
        yield Partial(self.board.post())

    def _borrow(self, point: Draft, free: Sequence[Passage]) -> None:
        """The words of the point's passage; those of another, the strongest first, where they were said before."""
        assert point.passage is not None
        by_number = {passage.number: passage for passage in free}
        best = [by_number[number] for number in ranked(self.evidence, free)]
        texts = [other.text for other in self.board.points if other is not point]
        own = [point.passage] if self.spare.claims(point.passage) else []
        for passage in (*own, *best, point.passage, *free[:ELSEWHERE]):
            if text := self.spare.sentence(passage, point.most, texts):
                if passage is not point.passage:
                    labels = [other.label for other in self.board.points if other is not point]
                    point.label = self.spare.label(passage, self.board.size.label, labels)
                point.passage, point.text = passage, text
                return
        point.text = ""  # the source has no sentence left

    def _again(self, point: Draft, reason: str, shown: Sequence[Passage]) -> Iterator[WriterEvent]:
        """Ask once more, with the reason; the model then goes on as if it had said the better one at once."""
        assert point.passage is not None
        first = replace(point)
        note = f"\nThat does not hold: {reason} Write it again, from passage {point.passage.number} alone."
        point.label = point.text = ""
        filled = yield from self.ask(note, *self._label_and_sentence(point.most), keep=False)
        self._take(point, filled)
        if self._stands(point):
            self._rehome(point, shown)
        if self._stands(first) and (not self._stands(point) or self._weight(first) <= self._weight(point)):
            point.label, point.text, point.passage = first.label, first.text, first.passage
        else:
            self.talk.replace(filled["label"])
            self.talk.replace(filled["sentence"])

    def _stands(self, point: Draft) -> bool:
        """Whether a point can be shown as it is, marked or not."""
        return self.usable(point.text) and not manners.thin(point.text) and not self.twin(point)

    def _weight(self, point: Draft) -> int:
        """How much is wrong with a point that stands."""
        return len(self._findings(point)) + point.text.endswith("…")

    def _fault(self, point: Draft, shown: Sequence[Passage]) -> str:
        """Why a point can not stay as it is, in words for the model; "" where it can."""
        if not self.usable(point.text):
            return self.fault(point.text)
        if manners.thin(point.text):
            return "it is too short to be a sentence."
        if twin := self.twin(point):
            return f"it says again what was said under {twin.label}."
        self._rehome(point, shown)
        if point.text.endswith("…"):
            return f"it is longer than {point.most} characters."
        return " ".join(self._findings(point))

    def _rehome(self, point: Draft, shown: Sequence[Passage]) -> None:
        """Let a sentence rest on the passage that says it, where the model named another by mistake."""
        assert point.passage is not None
        if not self.proof.misplaced(point.text, point.passage):
            return
        close = sorted(shown, key=lambda p: (-p.shared(point.text), p.number))[:CANDIDATES]
        for passage in close:
            if passage.shared(point.text) > 1 and not self.proof.elsewhere(point.text, passage):
                point.passage = passage
                return

    def _findings(self, point: Draft) -> tuple[str, ...]:
        return self.findings(point.text, point.label, point.passage)

    def _label_and_sentence(self, most: int) -> tuple[str | Slot, ...]:
        label = self.slot("label", self.board.size.label, 3, ":：")
        return "\nLABEL:\n", label, "\nSENTENCE:\n", self.sentence("sentence", most)

    def _take(self, point: Draft, filled: dict[str, Filled]) -> None:
        point.label, _ = self.made(filled["label"], manners.label)
        point.text, _ = self.made(filled["sentence"], lambda said: self._sentence(said, point.most))
        if point.label and point.text.casefold().startswith(point.label.casefold() + ":"):
            point.text = self._sentence(point.text[len(point.label) + 1 :], point.most)

    def _sentence(self, said: str, most: int) -> str:
        return manners.sentence(said, most, self.language)

    def _end(self) -> Iterator[WriterEvent]:
        board = self.board
        most = board.size.conclusion
        for at in range(board.size.conclusions):
            doubts = self.doubts.get("Conclusion", ())
            slot = self.sentence(f"conclusion.{at}", most)
            caption = "CONCLUSION, one more sentence" if at else "CONCLUSION"
            filled = yield from self.ask(f"\n{caption}:\n", slot)
            if at and not self.usable(self._sentence(filled[slot.name].text, most)):
                continue
            text = yield from self.held(slot, caption, filled[slot.name], lambda said: self._sentence(said, most))
            text = "" if manners.thin(text) else text
            text = text or ("" if at else self.spare.part("conclusion"))
            said = [*board.conclusion.values(), *(point.text for point in board.points)]
            if text and not any(manners.alike(text, other) for other in said):
                board.conclusion[at] = text
            elif at:
                self.doubts["Conclusion"] = doubts  # what is not in the post is in no doubt
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
            filled = yield from self.ask(note, self.sentence("shorter", most), keep=False)
            text, cut = self.made(filled["shorter"], partial(self._sentence, most=most))
            if self.usable(text) and not cut and not manners.thin(text) and len(text) < len(point.text):
                shorter = replace(point, text=text)
                found = self._findings(shorter)
                if len(found) <= len(point.found):
                    point.text, point.found = text, found
        while self._over() > 0 and board.drop():
            pass
        yield Partial(board.post())

    def _over(self) -> int:
        text = lay(self.board.post()).text
        return max(use.used - use.limit for use in measure(text, self.brief.network))
