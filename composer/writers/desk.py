"""Where a model's words are asked for and judged: the questions, the checks behind each answer, and what to tell."""

import re
import time
import zlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from composer.engine.messages import Filled, Piece, Slot, Text
from composer.engine.messages import Reading as Read
from composer.engine.templates import FAMILIES
from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post.emojis import emojis
from composer.post.model import Brief
from composer.post.shapes import shape
from composer.text.networks import limit
from composer.writers import manners, prompts
from composer.writers.base import Partial, Reading, WriterEvent
from composer.writers.board import Board, Draft
from composer.writers.plan import Passage, Sizes, passages, ranked, sizes, source_lines
from composer.writers.proof import Proof, meant
from composer.writers.spare import Spare
from composer.writers.talk import Engine, Talk

FORBID = "*#`|<>{}[]_~\\^=•@"  # marks of formats that the post does not have
PAUSE = 0.1  # seconds between two partial posts
ANSWER = 300  # tokens kept free for an answer at least
ASKED = 200  # tokens of the brief's own words and of a template's marks
HINTS = 8  # passages named as the strongest

_ECHOED = 3  # words of a line that carry meaning, at least, to be known as one of ours
_COPIED = 16  # letters of a passage, to be known as copied

Asked = Generator[WriterEvent, None, dict[str, Filled]]


class Desk:
    """One draft: what is shown, what is asked, what has been written, what was wrong with it."""

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
        self.proof, self.spare = Proof(evidence), Spare(evidence, brief, variant)
        self.words = sum(passage.words for passage in shown)
        self.read: set[int] = set()  # the numbers of the passages that were read
        self.before, self.now = 0, self.words  # words of the source read before, and being read
        self.read_so_far = 0.0  # in the unit of `Reading`
        self.notices: list[str] = []
        self.doubts: dict[str, tuple[str, ...]] = {}  # what the source does not hold, by part of the post
        self.unit = 0
        self.shown_at = 0.0
        self._lines: list[str] = []  # the instructions and wishes of this conversation
        self._orders: list[frozenset[str]] = []

    # --------------------------------------------------------------------------------------------------- asking

    def open(self, before: list[Piece], instructions: str, lines: Sequence[str], shown: Sequence[Passage] = ()) -> None:
        """Begin a conversation; everything up to the marks is kept in memory for the next draft.

        `shown` are the passages in it, which are read when the first answer comes.
        """
        asked = [instructions, *lines, *(piece.text for piece in before if not shown)]
        every = (line.strip().rstrip(".!?").casefold() for text in asked for line in text.splitlines())
        self._lines = [line for line in every if line and not line.startswith(("[", "the text: "))]
        self._orders = [meant(line, "en") | meant(line, self.language) for line in self._lines]
        self.talk.open([*before, *prompts.task(self.model.family, instructions, lines)])
        self._to_read = {passage.number for passage in shown}

    def asks(self, size: Sizes | None) -> list[str]:
        """The lines of the brief."""
        return prompts.asks(self.form, self.brief, size, self.language, self.variant)

    def slot(self, name: str, most: int, least: int, forbid: str = "", sentences: int = 0) -> Slot:
        """A slot of `least` to `most` characters."""
        if self.language in ("zh", "ja", "ko"):
            most, least = most // 2, least // 2
        return Slot(name, most, least, max(24, most), sentences=sentences, forbid=FORBID + forbid)

    def sentence(self, name: str, most: int) -> Slot:
        """A slot for a sentence, or two short ones."""
        slot = self.slot(name, most, 20)
        return replace(slot, soft=slot.max_chars // 2, sentences=2)

    def ask(self, *steps: "str | Slot", keep: bool = True) -> Asked:
        """Have slots filled; yields progress and partial posts, returns the closed slots by name."""
        self.unit += 1
        seed = zlib.crc32(f"{self.variant}/{self.unit}".encode())
        live = self.board.live
        live.clear()
        filled: dict[str, Filled] = {}
        for event in self.talk.ask(steps, seed, keep):
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
                self.read |= self._to_read
                filled[event.slot] = event
                live[event.slot] = event.text
        live.clear()
        return filled

    def held(self, slot: Slot, caption: str, filled: Filled, make: Callable[[str], str], own: int = 0) -> "Lines":
        """The string of a slot, asked for once more where it does not hold; "" where it is of no use even then.

        What of it the source still does not hold stands in `doubts`. `own` is the number of points, which a head may
        name.
        """
        text, cut = self.made(filled, make)
        reason = self.fault(text, own) or (f"it is longer than {slot.max_chars} characters." if cut else "")
        if reason:
            note = f"\nThat does not hold: {reason} Write it again.\n{caption}:\n"
            again = (yield from self.ask(note, slot, keep=False))[slot.name]
            second, still = self.made(again, make)
            before, after = (len(self.findings(line, own=own)) for line in (text, second))
            if self.usable(second) and (not self.usable(text) or (after, still) < (before, cut)):
                text = second
                self.talk.replace(again)
        if not self.usable(text):
            return ""
        part = caption.partition(",")[0].capitalize()
        self.doubts[part] = (*self.doubts.get(part, ()), *self.findings(text, own=own))
        return text

    def made(self, filled: Filled, make: Callable[[str], str]) -> tuple[str, bool]:
        """What `make` leaves of an answer, and whether it was cut off at the slot's limit."""
        said = self._spoken(filled.text).rstrip()
        text = make(said)
        # Only what `make` closes with a full stop of its own is a sentence, and can break off.
        if text.endswith((".", "。")) and manners.broken(said, self.proof.vocabulary):
            return make(manners.trimmed(said.rpartition(" ")[0], self.language) + "…"), True
        if filled.why in ("repetition", "forced"):  # what goes on in a loop or in nothing ends in the middle
            bare = text.rstrip(".")
            return (text if (kept := manners.trimmed(bare, self.language)) == bare else kept + text[len(bare) :]), False
        if filled.why != "length" or text.endswith((".", "!", "?", "。")):
            return text, False
        return text if text.endswith("…") else manners.trimmed(text, self.language), True

    def _spoken(self, text: str) -> str:
        """An answer without the number and the speaker that stand before a passage, which some models copy."""
        text = text.lstrip()
        if (found := re.match(r"(\d{1,4}) +(?=\S)", text)) and 0 < int(found[1]) <= len(self.shown):
            copied = self.shown[int(found[1]) - 1]
            rest = text[found.end() :]
            if rest.startswith((copied.text[:_COPIED], copied.speaker or copied.text[:_COPIED])):
                text = rest
        speakers = {passage.speaker for passage in self.shown if passage.speaker}
        return next((text[len(s) + 1 :].lstrip() for s in sorted(speakers) if text.startswith(f"{s}:")), text)

    # -------------------------------------------------------------------------------------------------- reading

    def costs(self) -> tuple[int, ...]:
        """Tokens of each passage, with the title of the chapter it begins."""
        return self.engine.count([line + "\n" for line in source_lines(self.evidence, self.shown)])

    def answer(self, points: int, more: int = 0) -> int:
        """Tokens an answer may take: half a token a letter is plenty in any script."""
        size = self.board.size
        return max(ANSWER, (points * (size.sentence + size.label + 40) + more) // 2)

    def fitting(self, about: str = "") -> tuple[Passage, ...]:
        """All passages where they fit; else those nearest to `about` and the strongest, in the source's order."""
        costs = self.costs()
        fixed = prompts.text("system") + prompts.known(self.evidence) + prompts.instructions(self.form)
        # What is to be said anew is shown, and said again a little longer.
        asked = sum(self.engine.count((fixed, about, *self.asks(None)))) + len(about) * 6 // 5
        room = self.model.context - asked - ASKED - self.answer(2)
        if room < 0:
            raise WriterError(
                "This is too long for the model to say anew.", safe="Your text is unchanged.", do="Select less of it."
            )
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
        share = 100 * sum(p.words for p in taken) // self.words
        self.engine.notices.append(
            f"The source is longer than this model's context. It was shown the {share} % nearest to what was asked."
        )
        return tuple(sorted(taken, key=lambda passage: passage.number))

    def extent(self) -> str:
        """How much of the source has been read, counted from the passages that were."""
        words = sum(passage.words for passage in self.shown if passage.number in self.read)
        seconds = self._seconds()
        whole = f"{self.words:,} words" if seconds is None else _minutes(seconds)
        if words >= self.words:
            return f"all of it: {whole}"
        part = f"{words:,} words" if seconds is None else _minutes(seconds * words / self.words)
        return f"{part} of {whole}"

    def _reading(self, event: Read) -> Reading:
        """Progress through the source: seconds where it has them, else words, over all parts."""
        words = self.before + self.now * event.done / max(1, event.total)
        if seconds := self._seconds():
            return Reading(seconds * words / self.words, seconds, "s")
        return Reading(round(words), self.words)

    def _seconds(self) -> float | None:
        return self.evidence.sources[0].duration if len(self.evidence.sources) == 1 else None

    # ------------------------------------------------------------------------------------------------- judging

    def fine(self, text: str) -> bool:
        """Whether there is something to read, in the language that was asked for, and for a reader of the post."""
        if not text or not manners.meaningful(text) or manners.foreign(text, self.language):
            return False
        said = manners.chat(text)
        return not manners.tongue(text, self.language) and (not said or self.proof.says(said))

    def usable(self, text: str) -> bool:
        """`fine`, and the model's own: no example or order of ours said back."""
        return self.fine(text) and not self._echo(text)

    def findings(self, text: str, label: str = "", passage: Passage | None = None, own: int = 0) -> tuple[str, ...]:
        """What in a line the source, or the passage it rests on, does not hold; and where it leaves its language."""
        found = self.proof.findings(text, label, self.language, passage, own)
        if manners.mixed(text, self.language):
            language = prompts.LANGUAGES.get(self.language, self.language)
            found = (*found, f"Parts of this are not in {language}.")
        return found

    def fault(self, text: str, own: int = 0) -> str:
        """Why a line can not stay as it is, in words for the model; "" where it can."""
        if not self.fine(text):
            return "it is empty, no part of a post, or not in the language that was asked for."
        if self._echo(text):
            return "it stands in these instructions, not in the source."
        return " ".join(self.findings(text, own=own))

    def twin(self, point: Draft) -> Draft | None:
        """An earlier point that says the same."""
        earlier = (other for other in self.board.points if other is not point and other.text)
        return next((other for other in earlier if manners.alike(other.text, point.text)), None)

    def _echo(self, text: str) -> bool:
        """Whether a line is one of ours: an order, a field, or an example in nearly its own words."""
        bare = text.rstrip(".!?…").casefold()
        if self.proof.says(bare):
            return False
        said = meant(bare, self.language)
        long = len(said) >= _ECHOED
        if long and any(len(said & line) >= 0.75 * len(said) for line in self._orders):
            return True
        if any(manners.alike(bare, line) for line in self._lines):
            return True
        return bare in self._lines or (long and any(bare in line for line in self._lines))

    def told(self) -> tuple[str, ...]:
        """What the person should know about how the post came to be."""
        notices = [*self.engine.notices, *self.notices]
        if self.spare.used:
            parts = "1 part" if self.spare.used == 1 else f"{self.spare.used} parts"
            notices.append(f"The model left {parts} of the post empty or unusable. The source's own words stand there.")
        gone = {"Opening": not self.board.opening, "Conclusion": not self.board.conclusion}
        for part, findings in self.doubts.items():
            notices += [f"{part}: {finding}" for finding in findings if not gone.get(part)]
        for point in self.board.points:
            notices += [f"{point.label}: {finding}" for finding in point.found]
        family = FAMILIES[self.model.family]
        if family.name == "chatml":
            notices.append("This model's family is not known here. It was asked in a common format.")
        elif not family.verified:
            notices.append(
                f"The format for {family.title} was written from its description and not compared with the makers' own."
            )
        return tuple(dict.fromkeys(notices))


Lines = Generator[WriterEvent, None, str]


def _minutes(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
