"""The noun phrase up to its head: articles, numbers, adjectives, nouns before nouns.

Knows which of them agree: "a harbours" and "sailor should wait" are no phrases, and a restart leaves such things.
"""

import re
from collections.abc import Iterable

from composer.post.english.grammar.reading import BOTH, Reading
from composer.post.english.words.lexicon import frames, word_set

_AGENT = re.compile(r"(?:[bdgklmnpstvw]er|[stc]or|ist)$")
_AMOUNT = word_set("amount")
_SECOND_DETERMINER = word_set("second_determiner")
_PRONOUN_PLURAL = word_set("pronoun_plural")
_ONE_OF = word_set("one_of")
_SEVERAL_OF = word_set("several_of")
_ARTICLE_EITHER = word_set("article_either")
_PRONOUN_SINGULAR = word_set("pronoun_singular")
_STANDS_FOR_NOUN = word_set("stands_for_noun")
_ENDS_LIKE_AGENT = word_set("ends_like_agent")


class Heads(Reading):
    """The noun phrase up to its head: articles, numbers, adjectives, nouns before nouns."""

    def phrase(self, i: int) -> frozenset[tuple[int, int, str]]:
        """A noun phrase without what follows its head: (end, number, kind: "pron", "det", "name" or "bare")."""
        found = self.phrases.get(i)
        if found is None:
            found = self.phrases[i] = frozenset(self._phrase(i))
        return found

    def _phrase(self, i: int) -> Iterable[tuple[int, int, str]]:
        if i >= self.size:
            return
        low = self.low(i)
        if self.has(i, "PRON", "OBJ"):
            number = 1 if low in _PRONOUN_PLURAL else 0 if low in _PRONOUN_SINGULAR else BOTH
            if not self.has(i + 1, "POSS"):
                yield i + 1, number, "pron"
        if low == "any" and self.low(i + 1) == "of":
            yield i + 1, BOTH, "pron"
        start, number, kind = i, -1, "bare"
        if low in ("all", "both", "half", "such", "many", "what", "quite", "twice", "not") and self.has(i + 1, "DET"):
            start += 1
        if self.has(start, "DET"):
            low = self.low(start)
            number = 0 if low in _ONE_OF else 1 if low in _SEVERAL_OF else -1
            kind = "det"
            if low in ("a", "an") and self.low(start + 1) in _AMOUNT:
                number = -1
            if self._misfit(start):
                return
            yield from self._headed(start + 1, number, kind, True)
        else:
            yield from self._headed(start, number, kind, False)

    def _misfit(self, i: int) -> bool:
        """Whether "a" stands before a vowel, or "an" before none; some sound otherwise than they are written."""
        low, after = self.low(i), self.low(i + 1)
        return (
            low in ("a", "an")
            and (after[:1] in "aeio") != (low == "an")
            and after[:3] not in _ARTICLE_EITHER
            and after[:1] not in ("u", "h", "8")
            and not self.has(i + 1, "PN", "NUM")
        )

    def _headed(self, i: int, number: int, kind: str, determined: bool) -> Iterable[tuple[int, int, str]]:
        """Modifiers and a head from `i`."""
        open_ = [(i, False, kind)]
        seen = set(open_)
        while open_:
            at, counted, form = open_.pop()
            # the head
            for place, size in self._heads(at):
                fit = size if number == -1 or size == BOTH else number if size == number or counted else None
                if size == BOTH and number != -1:
                    fit = number
                if fit is None:
                    continue
                name = "name" if not determined and self.has(at, "PN") and at == i and form == "bare" else form
                head = self.low(place - 1)
                if (
                    form == "bare"
                    and not counted
                    and fit == 0
                    and _AGENT.search(head)
                    and not self.has(place - 1, "PN", "VB")
                    and head not in _ENDS_LIKE_AGENT
                ):
                    continue  # "sailor should wait": one of many needs its article
                if not self.has(place, "POSS"):
                    yield place, fit if not counted else 1 if size == 1 else fit, name
                else:
                    # Ilya's talk, the team's work: an owner is a determiner.
                    following = place + 1
                    yield from self._headed(following, -1, "det", True)
            for step in self._steps(i, at, counted, form, determined):
                if step not in seen and step[0] - i < 8:
                    seen.add(step)
                    open_.append(step)

    def _steps(self, i: int, at: int, counted: bool, form: str, determined: bool) -> set[tuple[int, bool, str]]:
        """Behind one word before the head: of a phrase from `i`, where it goes on from `at`."""
        steps: set[tuple[int, bool, str]] = set()
        if self.has(at, "NUM"):
            if self.low(at + 1) in ("or", "to", "and") and self.has(at + 2, "NUM"):
                steps.add((at + 2, True, "det"))
            steps.add((at + 1, self.low(at) not in ("one", "1", "first", "last", "next", "second", "third"), "det"))
        if self.has(at, "ADJ", "CMP"):
            steps.add((at + 1, counted, form))
            if self.has(at + 1, ",") and self.has(at + 2, "ADJ", "ADV", "VBN"):
                steps.add((at + 2, counted, form))
            if self.low(at + 1) in ("and", "but", "or") and self.has(at + 2, "ADJ", "VBN", "ADV", "N"):
                steps.add((at + 2, counted, form))
        if (
            self.has(at, "ADV")
            and self.low(at) not in ("not", "here", "there", "now", "then", "out", "up")
            and self.has(at + 1, "ADJ", "VBN", "NUM", "VBG")
        ):
            steps.add((at + 1, counted, form))
        if self.has(at, "VBG", "VBN") and (determined or self.has(at, "ADJ", "VBN") or self.has(at, "N")):
            steps.add((at + 1, counted, form))
        row = at - i >= 2 and all(
            self.has(at - back, "N") and not self.has(at - back, "PN", "ADJ", "POSS") for back in (0, 1, 2)
        )
        if (not row and self.has(at, "N", "PN")) or (
            self.has(at, "NS") and self.has(at + 1, "N", "NS") and (determined or counted)
        ):
            # A noun before a noun; "and" may join two of them: "trial and error learning".
            steps.add((at + 1, counted, form))
            if self.low(at + 1) in ("and", "or", "&") and self.has(at + 2, "N", "PN") and self.has(at + 3, "N", "NS"):
                steps.add((at + 3, counted, form))
        if self.has(at, "DET") and at == i and determined and self.low(at) in _SECOND_DETERMINER:
            steps.add((at + 1, counted, form))
        if (
            self.has(at, "DET")
            and at == i
            and determined
            and self.low(at - 1) in ("no", "any", "some", "all", "many", "much", "two", "three", "few", "a")
            and self.low(at) in ("more", "less", "other", "such", "fewer", "few", "many", "little")
        ):
            steps.add((at + 1, counted, form))
        return steps

    def _heads(self, i: int) -> Iterable[tuple[int, int]]:
        if i >= self.size:
            return
        low = self.low(i)
        if low in frames()["either"] or (self.has(i, "N") and self.has(i, "NS")):
            yield i + 1, BOTH
        elif self.has(i, "NS"):
            yield i + 1, 1
        elif self.has(i, "N"):
            yield i + 1, 0
            if self.has(i + 1, "NUM"):
                yield i + 2, 0
        elif self.has(i, "PN") and not self.has(i, "NUM"):
            yield i + 1, BOTH if low.endswith("s") or any(sign.isdigit() for sign in low) else 0
            if self.has(i + 1, "NUM"):
                yield i + 2, 0
        elif self.has(i, "VBG") and (
            self.has(i - 1, "DET", "N", "POSS", "PN") or (self.has(i - 1, "ADJ") and not self.has(i - 1, "VBN"))
        ):
            yield i + 1, 0
        elif self.has(i + 1, "N", "NS", "ADJ", "VBN", "VBG", "PN"):
            return  # "the more distant harbours": no word stands for a noun where one follows
        elif low in _STANDS_FOR_NOUN and (self.has(i - 1, "DET", "ADJ", "NUM", "POSS") or low in ("others", "ones")):
            yield i + 1, BOTH
        if self.has(i, "PN") and self.has(i, "NS"):
            yield i + 1, BOTH
        if (
            self.has(i, "NUM")
            and not self.has(i + 1, "N", "NS", "ADJ")
            and (self.low(i)[:1].isdigit() or low in frames()["number"])
        ):
            yield i + 1, BOTH
