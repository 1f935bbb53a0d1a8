"""Noun phrases with all that follows them: rows of them, and what hangs behind a head.

Knows what a noun phrase can go on to: "of", "that", "to", "made by", "working on", an apposition. Most sentences
are long because their noun phrases are.
"""

from collections.abc import Iterable

from composer.post.english.grammar.reading import BOTH, Reading
from composer.post.english.words.lexicon import frames, word_set

_BEHIND_NOUN = word_set("behind_noun")
_MEASURED = word_set("measured")
_ADJECTIVE_BEHIND_NOUN = word_set("adjective_behind_noun")
_BEFORE_NOUN = word_set("before_noun")
_PERSON = word_set("person")


class Nouns(Reading):
    """Noun phrases with all that follows them: rows of them, and what hangs behind a head."""

    def noun(self, i: int) -> frozenset[tuple[int, int]]:
        """A noun phrase with all that follows it, or several joined: (end, number)."""

        def make() -> Iterable[tuple[int, int]]:
            at = i
            while self.low(at) in _BEFORE_NOUN and at - i < 3:
                at += 1
            for start in {i, at}:
                for end, number in self.extended(start):
                    yield end, number
                    yield from self.joined(end, number, person=self.low(start) in _PERSON)

        return self.once(("noun", i), make)

    def joined(self, i: int, number: int, *, row: bool = False, person: bool = False) -> Iterable[tuple[int, int]]:
        """The rest of a row: ", B and C", "and B", "or B"."""
        at = i + 1 if self.has(i, ",") and row else i
        if self.has(at, "AND") and self.low(at) not in ("so", "yet"):
            plural = 1 if self.low(at) in ("and", "but-also") else BOTH
            for place in self.adverbs(at + 1):
                if self.low(place) in _PERSON - {"i"} and not person:
                    continue  # "the price and you" is the beginning of the next clause
                for end, other in self.extended(place):
                    if self.low(at) == "or" and 1 in (number, other):
                        yield end, 1
                    else:
                        yield (
                            end,
                            plural
                            if self.low(at) == "and"
                            else (number if self.low(at) in ("as-well-as", "rather-than") else other),
                        )
                for end, _ in self.verb(place, "ing", BOTH, 0):
                    yield end, 1
        if self.has(i, ",") and self.low(i + 1) not in _PERSON:
            for end, other in self.extended(i + 1):
                for last, found in self.joined(end, other, row=True):
                    if found in (1, BOTH) or self.low(end) == "or":
                        yield last, 1 if found == 1 else BOTH

    def extended(self, i: int) -> frozenset[tuple[int, int]]:
        """One noun phrase with what follows it: "of", "that", "to", "made by", "working on"."""

        def make() -> Iterable[tuple[int, int]]:
            open_ = [(end, number, kind) for end, number, kind in self.phrase(i)]
            seen = set(open_)
            while open_:
                end, number, kind = open_.pop()
                yield end, number
                for more in self.after(end, number, kind):
                    size = number
                    if number == BOTH or self.low(end - 1) in frames()["either"]:
                        size = BOTH
                    # Behind "to do" or "made by" no bare clause can follow: "the key to turn it you have".
                    loose = self.has(end, "PREP") and not self.has(end, "TO")
                    item = (more, size, "x" if kind == "pron" and loose else kind if loose else "m")
                    if item not in seen:
                        seen.add(item)
                        open_.append(item)

        return self.once(("extended", i), make)

    def after(self, i: int, number: int, kind: str) -> Iterable[int]:
        """Where a noun phrase that ended at `i` can go on to."""
        if i >= self.size:
            return
        if self.has(i, "PREP") and not (kind == "pron" and self.low(i) == "like"):
            yield from (end for end, _ in self.preposition(i, 0))
        if self.has(i, "THAT", "WH") and kind != "name":
            yield from self.relative(i, number)
        if self.has(i, ",") and self.low(i + 1) in ("which", "who", "whose", "where", "whom"):
            for end in self.relative(i + 1, number):
                yield end
                if self.has(end, ","):
                    yield end + 1
        if self.has(i, "PREP") and self.low(i + 1) in ("which", "whom"):
            yield from (end for end, _ in self.clause(i + 2, 0))
        if (
            kind not in ("name", "m")
            and (kind == "det" or number == 1 or kind in ("pron", "x"))
            and (self.has(i, "PRON", "DET", "PN") or self.low(i) == "people")
            and not self.has(i, "WH")
        ):
            # "the data we have": somebody short, and something missing behind the verb.
            if not self.has(i, "DET") or self.has(i, "PRON"):
                ends = {i + 1}
            else:
                ends = {end for end, _, form in self.phrase(i) if form in ("det", "name")}
            for end in ends:
                for at in self.adverbs(end):
                    yield from (
                        last
                        for mark in (0, 1)
                        for last, used in self.verb(
                            at, "fin", 1 if self.low(i) in ("i", "you", "we", "they", "people") else mark, 1
                        )
                        if used
                    )
        if self.has(i, "VBG"):
            yield from (end for end, _ in self.verb(i, "ing", BOTH, 0))
        if self.has(i, "VBN"):
            yield from (end for end, _ in self.verb(i, "pas", BOTH, 0))
        if self.has(i, "TO"):
            yield from (end for gap in (0, 1) for end, used in self.verb(i + 1, "base", BOTH, gap) if used == gap)
        if self.low(i) in _BEHIND_NOUN:
            yield i + 1
        if kind in ("pron", "x") and self.has(i, "ADJ"):
            yield from (end for end, _ in self.adjective(i))
        if self.has(i, "ADJ") and (self.has(i + 1, "PREP", "TO")) and self.low(i) in _ADJECTIVE_BEHIND_NOUN:
            yield from (end for end, _ in self.adjective(i))
        if self.low(i) in _MEASURED:
            yield i + 1
        if kind == "det" and self.has(i, ",") and self.has(i + 1, "DET", "PN"):
            # An apposition between commas: "the paper, a report from 2020, says".
            for end, _, form in self.phrase(i + 1):
                if form in ("det", "name"):
                    for last in {end} | {more for more, _ in self.extended(i + 1)}:
                        if self.has(last, ","):
                            yield last + 1
