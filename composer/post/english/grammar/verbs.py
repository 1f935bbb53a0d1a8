"""Verbs with their helpers: has made, is being built, does not wait; and what follows "is".

Knows which form stands after which helper, and rows of verbs that share a subject.
"""

from collections.abc import Iterable

from composer.post.english.grammar.reading import BOTH, Ends, Reading
from composer.post.english.words.lexicon import frames, word_set

_PLACE_ADVERB = word_set("place_adverb")


class Verbs(Reading):
    """Verbs with their helpers: has made, is being built, does not wait; and what follows "is"."""

    def verb(self, i: int, mode: str, number: int, gap: int) -> Ends:
        """A verb with all that follows it. `mode`: "fin", "base", "ing", "en" (has ...), "pas" (is ...ed)."""

        def make() -> Iterable[tuple[int, int]]:
            for end, used in self.single(i, mode, number, gap):
                yield end, used
                yield from self.chained(end, used, mode, number, gap)

        return self.once(("verb", i, mode, number, gap), make)

    def chained(self, i: int, used: int, mode: str, number: int, gap: int) -> Iterable[tuple[int, int]]:
        """The rest of a row of verbs: "and sells", ", or sell"."""
        at = i + 1 if self.has(i, ",") else i
        if self.has(at, "AND") and self.low(at) not in ("so", "yet"):
            for place in self.adverbs(at + 1):
                for end, more in self.verb(place, mode, number, gap):
                    if used == more or not gap:
                        yield end, used
                if self.low(at) in ("but", "rather-than", "instead") and mode == "fin":
                    yield from self.verb(place, "base" if self.low(at) == "rather-than" else mode, number, gap)
        elif self.has(i, ","):
            for end, more in self.verb(i + 1, mode, number, gap):
                after = end + 1 if self.has(end, ",") else end
                if self.has(end, "AND") or self.has(after, "AND"):
                    yield from self.chained(end, used and more, mode, number, gap)

    def single(self, i: int, mode: str, number: int, gap: int) -> Iterable[tuple[int, int]]:
        for at in self.adverbs(i) if mode != "fin" else [i]:
            if at >= self.size:
                continue
            yield from self._single(at, mode, number, gap)

    def _single(self, i: int, mode: str, number: int, gap: int) -> Iterable[tuple[int, int]]:
        word = self.words[i]
        low = word.low
        if mode == "fin" and low == "like" and self.has(i - 1, ","):
            return
        if mode == "fin":
            if "MODAL" in word.tags:
                yield from self.spread(i + 1, "base", gap)
            if "BEF" in word.tags and self._agrees(low, number):
                yield from self.being(i + 1, gap)
            if "HAVE" in word.tags and self._has(low, number):
                yield from self.spread(i + 1, "en", gap)
                yield from self._to(i + 1, gap)
            if "DO" in word.tags and self._has(low, number):
                yield from self.spread(i + 1, "base", gap)
            for mark, fits in (("VBZ", number in (0, BOTH)), ("VBP", number in (1, BOTH)), ("VBD", True)):
                if mark in word.tags and fits:
                    yield from self.complete(i, word.base[mark], gap)
        elif mode in ("base", "ing"):
            be, have, verb = ("BEB", "have", "VB") if mode == "base" else ("BEG", "having", "VBG")
            if be in word.tags:
                yield from self.being(i + 1, gap)
            if low == have:
                yield from self.spread(i + 1, "en", gap)
                yield from self._to(i + 1, gap)
            if verb in word.tags:
                yield from self.complete(i, word.base[verb], gap)
        elif mode == "en":
            if "BEN" in word.tags:
                yield from self.being(i + 1, gap)
            if low == "had":
                yield from self._to(i + 1, gap)
            if "VBN" in word.tags:
                yield from self.complete(i, word.base["VBN"], gap)
        elif mode == "pas" and "VBN" in word.tags and word.base["VBN"] not in frames()["intransitive"]:
            yield from self.passive(i, word.base["VBN"], gap)

    def spread(self, i: int, mode: str, gap: int) -> Iterable[tuple[int, int]]:
        for at in self.adverbs(i):
            yield from self.verb(at, mode, BOTH, gap)

    def _to(self, i: int, gap: int) -> Iterable[tuple[int, int]]:
        for at in self.adverbs(i):
            if self.has(at, "TO"):
                yield from self.spread(at + 1, "base", gap)

    def _agrees(self, low: str, number: int) -> bool:
        return (
            (low in ("is", "was") and number in (0, BOTH))
            or (low in ("are", "were") and number in (1, BOTH))
            or low == "am"
        )

    def _has(self, low: str, number: int) -> bool:
        return (
            low in ("had", "did")
            or (low in ("has", "does") and number in (0, BOTH))
            or (low in ("have", "do") and number in (1, BOTH))
        )

    def being(self, i: int, gap: int) -> Ends:
        """What follows "is"."""

        def make() -> Iterable[tuple[int, int]]:
            places = self.adverbs(i)
            if (gap and self.has(i, "TO")) or gap:
                yield i, 1  # what it is
            for at in places:
                if (
                    at > i
                    and at == places[-1]
                    and (
                        self.low(at - 1) in _PLACE_ADVERB
                        or "-" in self.low(at - 1)
                        or (self.low(at - 1) == "not" and at == self.size)
                    )
                ):
                    yield from self.closed(at, 0, gap)
                found: set[tuple[int, int]] = set(self.verb(at, "ing", BOTH, gap)) | set(
                    self.verb(at, "pas", BOTH, gap)
                )
                found |= set(self.predicate(at, gap))
                for end, used in found:
                    yield from self.closed(end, used, gap)
                    middle = end + 1 if self.has(end, ",") else end
                    if self.has(middle, "AND"):
                        for place in self.adverbs(middle + 1):
                            # A bare noun does not join an adjective: "heavy and sailors".
                            joint = (
                                ()
                                if self.has(end - 1, "ADJ") and not self.has(place, "DET", "ADJ", "PREP", "TO")
                                else self.predicate(place, gap)
                            )
                            more: set[tuple[int, int]] = (
                                set(joint)
                                | set(self.verb(place, "pas", BOTH, gap))
                                | set(self.verb(place, "ing", BOTH, gap))
                            )
                            for last, also in more:
                                yield from self.closed(last, used or also, gap)
                    elif self.has(end, ",") and self.low(end + 1) == "not":
                        for last, also in self.predicate(end + 2, gap):
                            yield from self.closed(last, used or also, gap)

        return self.once(("being", i, gap), make)

    def predicate(self, i: int, gap: int) -> Iterable[tuple[int, int]]:
        yield from self.adjective(i)
        if self.low(i) not in ("i", "he", "she", "we", "they", "you"):
            yield from ((end, 0) for end, _ in self.noun(i))
        if self.has(i, "PREP"):
            yield from self.preposition(i, gap)
        if self.low(i) == "that":
            yield from self.clause(i + 1, gap)
        if self.has(i, "WH") or self.low(i) in ("whether", "if", "because"):
            yield from self.question(i)
        if self.has(i, "SUB") and self.low(i) in (
            "because",
            "when",
            "where",
            "if",
            "as-if",
            "so-that",
            "until",
            "before",
            "after",
            "since",
        ):
            yield from ((end, 0) for end, _ in self.clause(i + 1, 0))
        if self.has(i, "TO"):
            yield from self.verb(i + 1, "base", BOTH, gap)
        if self.low(i) in _PLACE_ADVERB:
            yield i + 1, 0
        if gap and i < self.size and self.has(i, "ADV"):
            yield i + 1, 1

    def adjective(self, i: int) -> Ends:
        """An adjective with its adverbs, or a row of them; what is compared follows as a circumstance."""

        def make() -> Iterable[tuple[int, int]]:
            at = i
            for place in self.adverbs(i):
                at = place
                if self.low(at) in ("more", "less", "most", "as", "least") or (
                    self.has(at, "NUM") and self.has(at + 1, "N", "NS", "TIME")
                ):
                    # "more agile", "two years old"
                    starts = [at + 1] if not self.has(at, "NUM") else [at + 2]
                    starts += [place for start in starts for place in self.adverbs(start)]
                else:
                    starts = [at]
                if self.low(at) == "the" and self.low(at + 1) in ("same", "best", "worst", "most"):
                    starts += [at + 2]
                for start in starts:
                    if start > at and self.low(at) in ("more", "most") and self.has(start, "CMP"):
                        continue  # "more longer"
                    if self.has(start, "ADJ", "CMP", "NUM") or (start > at and self.has(start, "ADV", "VBN", "DET")):
                        end = start + 1
                        yield end, 0
                        if self.low(end) == "enough":
                            yield end + 1, 0
                        if self.low(end) in ("and", "or", "but") or self.has(end, ","):
                            yield from (
                                self.adjective(end + 1)
                                if not self.has(end, ",")
                                else ((last, 0) for last, _ in self.adjective(end + 1) if self._rowed(end, last))
                            )
                        if self.has(end, ",") and self.low(end + 1) in ("and", "but", "or"):
                            yield from self.adjective(end + 2)

        return self.once(("adjective", i), make)

    def _rowed(self, start: int, end: int) -> bool:
        return any(self.low(at) in ("and", "or", "but") for at in range(start, end))
