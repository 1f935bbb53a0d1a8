"""Whether a sentence stands on its source: its figures, its quotations, its names.

Figures and quotations are looked up as in the checks of a post. Names are held here to the letter as well: a name that
no sentence of the source has is worth asking the model once more, though not always a fault.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from composer.evidence.model import Evidence
from composer.post.grounding import check_many
from composer.post.quotes import quotations
from composer.sources.model import Transcript
from composer.writers.plan import Passage

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Languages that write names, and little else, with capitals.
_CAPITALS = frozenset(["en", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "ro", "tr", "id", "vi"])
_LOCAL = frozenset(["number", "percent", "date", "quote"])  # kinds of findings that belong to one passage
_AROUND = 2  # sentences before and after a passage that belong to what it says


class Proof:
    """What a source holds, made once for a draft."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._sources = evidence.sources
        self._language = evidence.language.split("-")[0]
        facts = [
            f"{source.title or ''} " + " ".join(value for _, value in source.context) for source in evidence.sources
        ]
        whole = " \n ".join([*facts, *(f"{s.speaker or ''} {s.raw} {s.text}" for s in evidence.sentences)])
        self._folded = _fold(whole)
        self._words = {_fold(word) for word in _WORD.findall(whole)}
        self._speakers = tuple(dict.fromkeys(s.speaker for s in evidence.sentences if s.speaker))
        self._near = lru_cache(maxsize=64)(self._transcript_near)

    def findings(self, text: str, label: str = "", language: str = "en") -> tuple[str, ...]:
        """What in a sentence and its label the source does not hold, a sentence each."""
        # Labels are written with capitals throughout, so what looks like a name in one seldom is.
        problems = [(label, problem) for problem in check_many(label, self._sources) if problem.kind != "name"]
        # Which capitals mean a name is a matter of the language: a German line over an English source is full of them.
        same = self._language == language.split("-")[0]
        problems += [(text, p) for p in check_many(text, self._sources) if same or p.kind != "name"]
        found = []
        for whole, problem in problems:
            span = whole[problem.start : problem.end].strip(' “”„«»"')
            found.append(problem.why if span in problem.why else f"“{span}”: {problem.why}")
        if language.split("-")[0] in _CAPITALS and not _titled(text):
            said = " ".join(found)
            found += [
                f"The name {name} does not stand in the source." for name in self._strangers(text) if name not in said
            ]
        found += self._mouths(text)
        return tuple(dict.fromkeys(found))

    def elsewhere(self, text: str, passage: Passage) -> tuple[str, ...]:
        """The figures and quotations of a sentence that are said neither in its passage nor right beside it."""
        found = check_many(text, (self._near(passage),))
        spans = (
            text[p.start : p.end].strip(' “”„«»"') for p in found if p.kind in ("number", "percent", "date", "quote")
        )
        return tuple(dict.fromkeys(span for span in spans if span))

    def _transcript_near(self, passage: Passage) -> Transcript:
        """The source, but only what is said in a passage and the sentences around it."""
        index, segments = passage.sentences[0].source, {n for s in passage.sentences for n in s.segments}
        said = [s for s in self._evidence.sentences if s.source == index]
        inside = [at for at, s in enumerate(said) if not segments.isdisjoint(s.segments)]
        for s in said[max(0, inside[0] - _AROUND) : inside[-1] + 1 + _AROUND]:
            segments.update(s.segments)
        source = self._sources[index]
        near = tuple(source.segments[n] for n in sorted(segments))
        return replace(source, segments=near, chapters=(), translations=())

    def _mouths(self, text: str) -> list[str]:
        """Quotations that a sentence gives to one speaker and the source to another."""
        found: list[str] = []
        quoted = quotations(text)
        if not quoted or len(self._speakers) < 2:
            return found
        around = _fold("".join(c for at, c in enumerate(text) if not any(q.start <= at < q.end for q in quoted)))
        named = [who for who in self._speakers if any(part in around.split() for part in _parts(who))]
        if len(named) != 1:
            return found
        for quote in quoted:
            words = _bare(quote.text)
            said_by = {s.speaker for s in self._evidence.sentences if s.speaker and words in _bare(s.raw)}
            if said_by and named[0] not in said_by:
                others = " and ".join(sorted(said_by))
                found.append(f"“{quote.text}” was said by {others}, not by {named[0]}.")
        return found

    def _strangers(self, text: str) -> Sequence[str]:
        """Capitalised words inside a sentence that the source never says."""
        out = []
        for found in _WORD.finditer(text):
            word = found.group()
            before = text[: found.start()].rstrip(" “„\"'‘(")
            if not word[0].isupper() or len(word) < 3 or not before or before[-1] in ".!?:…":
                continue
            bare = _fold(word).removesuffix("'s")
            if not {bare, bare.removesuffix("s"), bare + "s"} & self._words and bare not in self._folded:
                out.append(word)
        return out


def _titled(text: str) -> bool:
    """Whether a line is written with capitals throughout, as headlines are: they say nothing of names there."""
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def _parts(name: str) -> list[str]:
    """A name's words, long enough to know somebody by."""
    return [part for part in _fold(name).split() if len(part) > 2]


def _bare(text: str) -> str:
    """The words of a text with a space on both sides of each."""
    words = re.findall(r"[^\W_]+", _fold(text))
    return f" {' '.join(words)} "


def _fold(text: str) -> str:
    """Lower case, plain quotation marks and dashes, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(str.maketrans("’‘“”„–—", '\'\'"""--'))
    return " ".join(text.split())
