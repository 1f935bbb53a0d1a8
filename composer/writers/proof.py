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
from composer.evidence.words import lexicon, stem, words
from composer.post.grounding import check_many
from composer.post.grounding.values.numbers import facts
from composer.sources.model import Transcript
from composer.text.problems import Problem
from composer.writers.plan import Passage

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Languages that write names, and little else, with capitals.
_CAPITALS = frozenset(["en", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "ro", "tr", "id", "vi"])
_LOCAL = frozenset(["number", "percent", "date", "quote"])  # kinds of findings that belong to one passage
_UNSAID = "The source does not speak of this."
_FEW = 2  # words that carry meaning; with fewer nothing can be told
_HARDLY = 0.2  # of them, said at the passage
_AROUND = 2  # sentences before and after a passage that belong to what it says


class Proof:
    """What a source holds, made once for a draft."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._sources = evidence.sources
        self._language = evidence.language.split("-")[0]
        titles = [
            f"{source.title or ''} " + " ".join(value for _, value in source.context) for source in evidence.sources
        ]
        whole = " \n ".join([*titles, *(f"{s.speaker or ''} {s.raw} {s.text}" for s in evidence.sentences)])
        self._folded = _fold(whole)
        self._words = {_fold(word) for word in _WORD.findall(whole)}
        self.vocabulary = frozenset(self._words | lexicon(self._language).stop)
        self._all_terms = meant(whole, self._language)
        self._terms_near = lru_cache(maxsize=64)(self._near_terms)
        self._near = lru_cache(maxsize=64)(self._transcript_near)

    def findings(
        self, text: str, label: str = "", language: str = "en", passage: Passage | None = None, own: int = 0
    ) -> tuple[str, ...]:
        """What in a sentence and its label the source does not hold, a sentence each.

        With `passage` it is what the sentence rests on: a figure or quotation said there, or right beside it, stands,
        and one that is said elsewhere only does not. `own` is a number the post may say of itself: that of its points.
        """
        # Labels are written with capitals throughout, so what looks like a name in one seldom is.
        problems = [(label, problem) for problem in check_many(label, self._sources) if problem.kind != "name"]
        # Which capitals mean a name is a matter of the language: a German line over an English source is full of them.
        same = self._language == language.split("-")[0]
        problems += [(text, p) for p in check_many(text, self._sources) if same or p.kind != "name"]
        near = {line: self._far(line, passage) for line in (label, text)} if passage else {}
        found = []
        for whole, problem in problems:
            span = _span(whole, problem)
            if passage and problem.kind in _LOCAL and span not in near[whole]:
                continue
            if own and problem.kind == "number" and [fact.value for fact in facts(span)] == [own]:
                continue
            found.append(problem.why if span in problem.why else f"“{span}”: {problem.why}")
        if passage:
            told = " ".join(found)
            number = passage.number
            found += [f"“{span}” is not said in passage {number}." for span in near[text] if span not in told]
        if language.split("-")[0] in _CAPITALS and not _titled(text):
            said = " ".join(found)
            found += [f"“{name}” is not in the source." for name in self._strangers(text) if name not in said]
        if same and self._unsaid(text, passage):
            found.append(f"Passage {passage.number} does not speak of this." if passage else _UNSAID)
        return tuple(dict.fromkeys(found))

    def elsewhere(self, text: str, passage: Passage) -> bool:
        """Whether a sentence has figures, quotations or words that its passage and those beside it do not have."""
        return bool(self._far(text, passage)) or self._unsaid(text, passage)

    def misplaced(self, text: str, passage: Passage) -> bool:
        """Whether a sentence is borne out by the source, but not where it is said to rest."""
        whole = check_many(text, self._sources)
        return self.elsewhere(text, passage) and not any(problem.kind in _LOCAL for problem in whole)

    def says(self, phrase: str) -> bool:
        """Whether the source says these very words."""
        return _fold(phrase) in self._folded

    def touches(self, text: str, other: str) -> bool:
        """Whether two lines share a word that carries meaning; lines of too few words, or in two languages, may."""
        ours, theirs = meant(text, self._language), meant(other, self._language)
        return len(ours) < _FEW or len(theirs) < _FEW or bool(ours & theirs)

    def _far(self, text: str, passage: Passage) -> tuple[str, ...]:
        """The figures and quotations of a sentence that are said neither in its passage nor right beside it."""
        found = check_many(text, (self._near(passage),))
        # The checks keep the few sources they prepared last: the whole one is the dearest, and stays among them.
        check_many("", self._sources)
        return tuple(dict.fromkeys(_span(text, p) for p in found if p.kind in _LOCAL and _span(text, p)))

    def _unsaid(self, text: str, passage: Passage | None) -> bool:
        """Whether hardly a word of a line that carries meaning is said: at the passage, or anywhere in the source."""
        terms = meant(text, self._language)
        if len(terms) < _FEW:
            return False
        said = self._terms_near(passage) if passage else self._all_terms
        return len(terms & said) < (_HARDLY * len(terms) if passage else 1)

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

    def _near_terms(self, passage: Passage) -> frozenset[str]:
        near = self._near(passage)
        speakers = " ".join(near.speakers)
        whole = " ".join([near.title or "", speakers, *(value for _, value in near.context)])
        return meant(whole + " " + " ".join(segment.text for segment in near.segments), self._language)

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


def _span(text: str, problem: Problem) -> str:
    return text[problem.start : problem.end].strip(' “”„«»"')


def meant(text: str, language: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    stop = lexicon(language).stop
    low = (word.casefold() for word in words(text))
    return frozenset(stem(word)[:6] for word in low if len(word) > 3 and word not in stop)


def _fold(text: str) -> str:
    """Lower case, plain quotation marks and dashes, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(str.maketrans("’‘“”„–—", '\'\'"""--'))
    return " ".join(text.split())
