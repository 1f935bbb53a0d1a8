"""The check that stands behind every sampled token of a slot: cheap, and without the model's vocabulary.

A grammar looks at all 150,000 tokens before each choice; here one token is chosen first and looked at then, and only
a token that does not fit is drawn again. The text can so never leave its alphabet, its line or its length.
"""

import codecs
from enum import Enum

from composer.engine.messages import Slot

# Characters that Python calls unprintable and that text needs: the spaces of French typography, the joiner inside
# emoji, and the joiners of Indic and Persian words.
_ALLOWED = frozenset("\u00a0\u202f\u2009\u200d\u200c\u3000")
# How families of models open a thought. A template switches thinking off; a model that begins to think all the same
# is not allowed to finish the mark, whatever tokens it makes it of.
_THOUGHTS = ("<think", "<|channel", "<thought", "<reasoning", "[think]", "◁think")
_LONGEST_THOUGHT = max(map(len, _THOUGHTS))
_ENDS = frozenset(".!?…。！？")
_CLOSERS = "\"'”’»)]」』"
_LOOP = 3  # a stretch said this often in a row is a loop
_LOOP_LONGEST = 60  # characters of the longest stretch that is looked for


class Verdict(Enum):
    """What becomes of a token: it belongs to the text, it may not, or the slot ends before it or with it."""

    KEEP = "keep"
    REJECT = "reject"
    STOP = "stop"
    END = "end"
    SENTENCE = "sentence"
    LENGTH = "length"
    REPETITION = "repetition"


class Line:
    """The text of a slot while it grows.

    `text` holds whole characters only. `whole` is the number of kept tokens after which no character is open, and
    `spelled` the characters they spell.
    """

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self.text = ""
        self.kept = 0
        self.whole = 0
        self.spelled = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._stops = tuple(stop for stop in slot.stop if stop)
        self._longest_stop = max(map(len, self._stops), default=1)
        self._forbid = frozenset(slot.forbid)

    def offer(self, data: bytes) -> Verdict:
        """Look at the bytes of a sampled token, and take them in where they fit."""
        state = self._decoder.getstate()
        try:
            more = self._decoder.decode(data)
        except UnicodeDecodeError:
            self._decoder.setstate(state)
            return Verdict.REJECT
        verdict = self._judge(more, state[0])
        if verdict is Verdict.REJECT or (verdict in (Verdict.STOP, Verdict.LENGTH)):
            self._decoder.setstate(state)
            return verdict
        self.kept += 1
        self.text += more
        if not self._decoder.getstate()[0]:
            self.whole, self.spelled = self.kept, len(self.text)
        return self._after(verdict)

    @property
    def tail(self) -> str | None:
        """What must still be fed after the whole tokens: the beginning of a token whose end lay beyond the slot, or
        left a character open. None where they spell more than the text, which is then to be cut anew."""
        return self.text[self.spelled :] if self.spelled <= len(self.text) else None

    def end(self) -> Verdict:
        """The model says it is done: an end where there is enough text, else a token to reject."""
        return Verdict.END if self._long_enough(self.text) else Verdict.REJECT

    def _judge(self, more: str, open_bytes: bytes) -> Verdict:
        if not more:
            return Verdict.KEEP
        whole = self.text + more
        window = len(self.text) - self._longest_stop + 1
        cuts = [at for stop in self._stops if (at := whole.find(stop, max(0, window))) >= 0]
        if cuts:
            before = whole[: min(cuts)]
            if not self._long_enough(before) or open_bytes:
                return Verdict.REJECT
            added = before[len(self.text) :]
            if not self._alphabet(added) or len(before) > self.slot.max_chars:
                return Verdict.REJECT
            self.text = before
            return Verdict.STOP
        if not self._alphabet(more) or (not whole.strip() and len(whole) > 1):
            return Verdict.REJECT
        near = whole[max(0, len(self.text) - _LONGEST_THOUGHT) :].lower()
        if any(mark in near for mark in _THOUGHTS):
            return Verdict.REJECT
        if len(whole) > self.slot.max_chars:
            return Verdict.LENGTH
        return Verdict.KEEP

    def _after(self, verdict: Verdict) -> Verdict:
        """What the text asks for now that the token is in."""
        slot, text = self.slot, self.text
        if (stretch := loop(text)) and len(text) > 12:
            self.text = text[: len(text) - (_LOOP - 1) * stretch]
            return Verdict.REPETITION
        if (slot.soft or slot.sentences) and self.whole == self.kept and ends_sentence(text):
            if slot.soft and len(text.strip()) >= slot.soft:
                return Verdict.SENTENCE
            if slot.sentences and count_sentences(text) >= slot.sentences:
                return Verdict.SENTENCE
        return verdict

    def _alphabet(self, more: str) -> bool:
        if self._forbid and not self._forbid.isdisjoint(more):
            return False
        return more.isprintable() or all(c.isprintable() or c in _ALLOWED for c in more)

    def _long_enough(self, text: str) -> bool:
        return len(text.strip()) >= self.slot.min_chars


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a full stop of any script, closing quotation marks aside."""
    bare = text.rstrip().rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _ENDS and not _inside(bare)


def count_sentences(text: str) -> int:
    """How many sentences `text` holds, roughly: full stops followed by space or the end."""
    count = 0
    for at, letter in enumerate(text):
        rest = text[at + 1 :].lstrip(_CLOSERS)
        if letter in _ENDS and (not rest or rest[0] == " " or letter in "。！？") and not _inside(text[: at + 1]):
            count += 1
    return count


def _inside(text: str) -> bool:
    """Whether the full stop at the end of `text` belongs to an initial or a number: `J.`, `e.g.`, `3.`"""
    word = text.rsplit(" ", 1)[-1]
    if not word.endswith("."):
        return False
    core = word[:-1].lstrip("(\"'“‘")
    return (len(core) == 1 and core.isalpha() and core.isupper()) or "." in core or core.lower() in _SHORT


_SHORT = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "vs", "etc", "no", "fig", "st", "jr", "sr", "approx", "ca", "z.b", "bzw"]
)


def loop(text: str) -> int:
    """The length of the stretch that the end of `text` repeats three times, or 0."""
    last = len(text)
    for size in range(2, min(_LOOP_LONGEST, last // _LOOP) + 1):
        piece = text[last - size :]
        if text[last - _LOOP * size :] != piece * _LOOP:
            continue
        # an ellipsis or a number such as 100000 is no loop
        if size >= 4 or any(c.isalpha() for c in piece) or not text[last - 8 :].strip(piece):
            return size
    return 0
