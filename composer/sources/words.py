"""Single words with times, joined to lines a person can read."""

from collections.abc import Iterable
from dataclasses import dataclass

from composer.sources.base import Cue

# A line ends at a sentence end, at a silence of this many seconds, or at about this many letters.
_SILENCE = 1.0
_LETTERS = 160
_ENDS = (".", "?", "!", "。", "？", "！", "…")
_NO_BLANK_BEFORE = frozenset(",.;:?!%)]}、。，！？：；")


@dataclass(slots=True)
class Word:
    """A word or mark with its times. `glued` says that no blank stands before it."""

    text: str
    start: float | None
    end: float | None
    speaker: str | None = None
    glued: bool = False


def lines(words: Iterable[Word]) -> list[Cue]:
    """Cues of whole sentences, cut at silences and changes of speaker; each from its first word to its last."""
    out: list[Cue] = []
    last: Cue | None = None
    for word in words:
        if not word.text:
            continue
        mark = word.text[0] in _NO_BLANK_BEFORE
        if last is None or (not mark and not word.glued and _ends(last, word)):
            last = Cue(word.start, word.end, word.text, word.speaker)
            out.append(last)
            continue
        glue = "" if mark or word.glued or _no_blanks(last.text[-1:], word.text[0]) else " "
        last.text += glue + word.text
        last.end = word.end if word.end is not None else last.end
    return out


def _ends(cue: Cue, word: Word) -> bool:
    if word.speaker != cue.speaker:
        return True
    if cue.end is not None and word.start is not None and word.start - cue.end >= _SILENCE:
        return True
    return cue.text.endswith(_ENDS) or len(cue.text) >= _LETTERS


def _no_blanks(before: str, after: str) -> bool:
    """Chinese and Japanese put no blank between words."""
    return all("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" for c in (before, after) if c) and bool(before)
