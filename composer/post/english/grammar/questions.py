"""Relative clauses and questions inside a sentence: "what rope costs", "how big it is", "that runs out".

Knows which of them leave a gap behind the verb, and which must be complete.
"""

from collections.abc import Iterable

from composer.post.english.grammar.reading import BOTH, Ends, Reading
from composer.post.english.words.lexicon import word_set

_IDEA = word_set("idea")


class Questions(Reading):
    """Relative clauses and questions inside a sentence: "what rope costs", "how big it is", "that runs out"."""

    def relative(self, i: int, number: int) -> Iterable[int]:
        """A relative clause from its "that", "which", "who", "where"."""
        low = self.low(i)
        if low in ("that", "which", "who", "whoever"):
            for at in self.adverbs(i + 1):
                for mark in (number,) if number != BOTH else (0, 1):
                    yield from (end for end, _ in self.verb(at, "fin", mark, 0))
                if number == 0:  # "one of the things that are": the number may be another noun's
                    yield from (end for end, _ in self.verb(at, "fin", 1, 0))
                elif number == 1:
                    yield from (end for end, _ in self.verb(at, "fin", 0, 0))
        if low in ("that", "which", "whom", "who", "what") and low != "what":
            yield from (end for end, used in self.clause(i + 1, 1) if used)
        if low in ("where", "when", "why", "how"):
            yield from (end for end, _ in self.clause(i + 1, 0))
        if low == "whose":
            for end, number_, _ in self.phrase(i + 1):
                yield from (last for last, _ in self.verb(end, "fin", number_, 0))
                yield from (last for last, used in self.clause(end, 1) if used)
        if low == "that":  # "the idea that data runs out"
            yield from (end for end, _ in self.clause(i + 1, 0) if self._idea(i - 1))

    def _idea(self, i: int) -> bool:
        return self.low(i).rstrip("s") in _IDEA or self.low(i) in _IDEA

    def question(self, i: int) -> Ends:
        """What, how, why, whether: a question inside a sentence."""

        def make() -> Iterable[tuple[int, int]]:
            low = self.low(i)
            if low in ("what", "who", "which", "whatever", "whoever"):
                for at in self.adverbs(i + 1):
                    for mark in (0, 1):
                        yield from ((end, 0) for end, _ in self.verb(at, "fin", mark, 0))
                yield from ((end, 0) for end, used in self.clause(i + 1, 1) if used)
                for end, number, _ in self.phrase(i + 1):
                    yield from ((last, 0) for last, _ in self.verb(end, "fin", number, 0))
                    yield from ((last, 0) for last, used in self.clause(end, 1) if used)
            if low in ("how", "why", "when", "where", "whether", "if"):
                yield from ((end, 0) for end, _ in self.clause(i + 1, 0))
                yield from ((end, 0) for end, used in self.clause(i + 1, 1) if used and low in ("how", "where"))
            if low == "how":
                for end, _ in self.adjective(i + 1):
                    yield from ((last, 0) for last, _ in self.clause(end, 0))
                    yield from ((last, 0) for last, _ in self.gapped(end))
                if self.low(i + 1) in ("much", "many") or self.has(i + 1, "ADV"):
                    yield from ((last, 0) for last, _ in self.clause(i + 2, 0))
                    yield from ((last, 0) for last, used in self.clause(i + 2, 1) if used)
                    for end, number, _ in self.phrase(i + 2):
                        yield from ((last, 0) for last, _ in self.verb(end, "fin", number, 0))
                        yield from ((last, 0) for last, used in self.clause(end, 1) if used)
            if low in ("what", "how", "when", "where", "whether", "which", "who") and self.has(i + 1, "TO"):
                yield from (
                    (end, 0)
                    for gap in (0, 1)
                    for end, used in self.verb(i + 2, "base", BOTH, gap)
                    if used == gap and (gap or low not in ("what", "who", "which"))
                )
            if low in ("what", "which"):
                for end, _, _ in self.phrase(i + 1):
                    if self.has(end, "TO"):
                        yield from ((last, 0) for last, used in self.verb(end + 1, "base", BOTH, 1) if used)

        return self.once(("question", i), make)

    def gapped(self, i: int) -> Iterable[tuple[int, int]]:
        """How big the model is: a clause that ends on its "is"."""
        for end, _number in self.noun(i):
            for at in self.adverbs(end):
                if self.has(at, "BEF"):
                    yield at + 1, 0
                    yield from self.closed(at + 1, 0, 0)
                if self.has(at, "MODAL") and self.low(at + 1) == "be":
                    yield at + 2, 0
