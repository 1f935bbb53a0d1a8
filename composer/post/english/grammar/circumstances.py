"""When, where, why and how: what may follow a complete verb, or stand before a subject.

Knows what a preposition takes, and which clauses may be shortened: "when painted", "if possible".
"""

from collections.abc import Iterable

from composer.post.english.grammar.reading import BOTH, Ends, Reading
from composer.post.english.words.lexicon import word_set

_ADDITION_OPENER = word_set("addition_opener")
_BEFORE_PLACE = word_set("before_place")
_SHORTENED_CLAUSE = word_set("shortened_clause")
_PREPOSITION_BEFORE_ADVERB = word_set("preposition_before_adverb")
_DOUBLE_PREPOSITION = word_set("double_preposition")


class Circumstances(Reading):
    """When, where, why and how: what may follow a complete verb, or stand before a subject."""

    def closed(self, i: int, used: int, gap: int) -> Ends:
        """Everything that can follow a complete verb: circumstances, one after the other."""

        def make() -> Iterable[tuple[int, int]]:
            yield i, used
            for end, more in self.addition(i, gap and not used):
                yield from self.closed(end, 1 if used or more else 0, gap)

        return self.once(("closed", i, used, gap), make)

    def addition(self, i: int, gap: int) -> Iterable[tuple[int, int]]:
        if i >= self.size:
            return
        at = i
        if self.has(i, ","):
            at = i + 1
            if self.low(at) in ("which", "who", "where"):
                yield from ((end, 0) for number in (0, 1) for end in self.relative(at, number))
            yield from ((end, 0) for end, _ in self.verb(at, "ing", BOTH, 0))
            if self.low(at) in _ADDITION_OPENER:
                inner = at + 1
                yield from ((end, 0) for end, _ in self.noun(inner))
                if self.has(inner, "PREP"):
                    yield from self.preposition(inner, 0)
            if self.low(at) == "to" or self.has(at, "TO"):
                yield from ((end, 0) for end, _ in self.verb(at + 1, "base", BOTH, 0))
        if self.has(at, "ADV") and self.low(at) not in ("not",):
            yield at + 1, 0
        if self.has(at, "PREP"):
            yield from self.preposition(at, gap)
            if self.low(at) in ("but", "not"):
                yield from self.preposition(at + 1, gap)
        if (
            self.has(at, "AND")
            and self.low(at) in ("but", "and", "or", "rather-than")
            and self.has(at + 1, "PREP", "ADV")
        ):
            for place in self.adverbs(at + 1):
                if self.has(place, "PREP"):
                    yield from self.preposition(place, gap)
                if place > at + 1:
                    yield place, 0
        if at == i:
            if self.has(at, "TO"):
                yield from self.spread(at + 1, "base", gap)
            if self.has(at, "VBG"):
                yield from self.verb(at, "ing", BOTH, gap)
            if self.low(at) == "that" and any(word.low in ("so", "such", "it", "enough") for word in self.words[:at]):
                yield from ((end, 0) for end, _ in self.clause(at + 1, 0))
            if self.low(at) == "that" and self.has(at - 1, "ADJ"):
                yield from self.clause(at + 1, gap)
            if self.has(at - 1, "ADJ") and self.has(at, "WH"):
                yield from self.question(at)
        yield from self.circumstance(at)

    def circumstance(self, i: int) -> Ends:
        """When, where, why, how: a prepositional phrase, a time, a clause with "if" or "because"."""

        def make() -> Iterable[tuple[int, int]]:
            if i >= self.size:
                return
            if self.has(i, "PREP"):
                yield from self.preposition(i, 0)
            if self.has(i, "SUB") or (self.has(i, "ADV") and self.has(i + 1, "SUB")):
                at = i if self.has(i, "SUB") else i + 1
                if not (self.low(at) in ("where", "whether") and at == 0):
                    yield from ((end, 0) for end, _ in self.clause(at + 1, 0))
                if self.low(at) in _SHORTENED_CLAUSE:
                    yield from ((end, 0) for mode in ("ing", "pas") for end, _ in self.verb(at + 1, mode, BOTH, 0))
                    yield from ((end, 0) for end, _ in self.adjective(at + 1))
                    if self.low(at + 1) in ("in", "on", "at", "under"):
                        yield from self.preposition(at + 1, 0)
            for end, _, kind in self.phrase(i):
                if (
                    self.has(end - 1, "TIME")
                    and kind in ("det", "bare")
                    and (end - i > 1 or self.low(i) in ("today", "tomorrow"))
                ):
                    yield end, 0
                    if self.has(end, "PREP"):
                        yield from self.preposition(end, 0)
                    if self.low(end) in ("ago", "later", "earlier", "before"):
                        yield end + 1, 0
                    if self.low(end) == "that" or self.has(end, "PRON"):
                        start = end + 1 if self.low(end) == "that" else end
                        yield from ((last, 0) for last, _ in self.clause(start, 0))
            if self.low(i) in ("whatever", "whoever", "however", "wherever", "no-matter"):
                yield from self.question(i)

        return self.once(("circumstance", i), make)

    def preposition(self, i: int, gap: int) -> Ends:
        def make() -> Iterable[tuple[int, int]]:
            low = self.low(i)
            at = i + 1
            if self.low(at) in _BEFORE_PLACE:
                at += 1
            for start in {i + 1, at}:
                yield from ((end, 0) for end, _ in self.noun(start) if not self.nominative(start, end))
                yield from ((end, 0) for end, _ in self.verb(start, "ing", BOTH, gap))
                if self.has(start, "WH"):
                    yield from self.question(start)
                if self.has(start, "PREP") and low in _DOUBLE_PREPOSITION:
                    yield from self.preposition(start, gap)
            if self.has(i + 1, "ADV") and low in _PREPOSITION_BEFORE_ADVERB:
                yield i + 2, 0
            if low == "with":  # "with lights on", "with data growing"
                for end, _ in self.noun(i + 1):
                    yield from ((last, 0) for mode in ("ing", "pas") for last, _ in self.verb(end, mode, BOTH, 0))
                    yield from ((last, 0) for last, _ in self.adjective(end))
            if low == "for":  # "for a model to learn"
                for end, _ in self.noun(i + 1):
                    if self.has(end, "TO"):
                        yield from self.spread(end + 1, "base", gap)
            if low in ("than", "as"):
                yield from ((end, 0) for end, _ in self.clause(i + 1, 0))
                yield from ((end, 0) for end, _ in self.clause(i + 1, 1))
                yield from ((end, 0) for end, _ in self.adjective(i + 1))
                for end, _ in self.noun(i + 1):
                    if self.has(end, "BEF", "DO", "MODAL", "HAVE"):
                        yield end + 1, 0
                if self.has(i + 1, "VBN") or self.has(i + 1, "VBD"):
                    yield i + 2, 0
                if self.has(i + 1, "TO"):
                    yield from self.verb(i + 2, "base", BOTH, 0)
                if self.has(i + 1, "ADV", "VBZ", "VBP"):
                    yield i + 2, 0
            if low == "as":
                yield from ((end, 0) for mode in ("pas",) for end, _ in self.verb(i + 1, mode, BOTH, 0))
                for end, _ in self.adjective(i + 1):  # "as agile as"
                    if self.low(end) == "as":
                        yield from self.preposition(end, 0)
                if self.has(i + 1, "ADV") and self.low(i + 2) == "as":
                    yield from self.preposition(i + 2, 0)
                for end, _ in self.noun(i + 1):
                    if self.low(end) == "as":
                        yield from self.preposition(end, 0)
            if low == "like":
                opens = i == 1 and self.low(0) == "just"  # "Just like you would not ..., you would not ..."
                yield from (
                    (end, 0) for end, _ in self.clause(i + 1, 0) if opens or self.low(i + 1) not in ("you", "i")
                )
            if gap:
                yield i + 1, 1

        return self.once(("preposition", i, gap), make)
