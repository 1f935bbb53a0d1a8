"""The clause and the sentence: a subject with its verb, what stands before it, and how clauses are joined.

Knows where a subject may begin and end, which verb agrees with it, and what an order looks like. A clause that never
comes to its verb ends here.
"""

from collections.abc import Iterable

from composer.post.english.grammar.reading import BOTH, NONE, Ends, Reading
from composer.post.english.words.lexicon import word_set

_EXISTING = word_set("existing")
_STATE_VERB = word_set("state_verb")
_PERSON = word_set("person")
_NEW_CLAUSE = word_set("new_clause")


class Clauses(Reading):
    """The clause and the sentence: a subject with its verb, what stands before it, and how clauses are joined."""

    def sentence(self) -> bool:
        return any(end == self.size for end, _ in self.top(0))

    def top(self, i: int, orders: bool = True) -> Ends:
        """Clauses joined by commas with "and", "but", "so", or by a semicolon."""

        def make() -> Iterable[tuple[int, int]]:
            told = set(self.clause(i, 0)) | set(self.correlated(i))
            ordered = {(end, used) for end, used in self.order(i) if end > i + 1} if orders else set()
            for end, _ in told | ordered:
                yield end, 0
                for start in self.joints(end):
                    # After a statement no order follows: "she goes ashore and wait".
                    yield from self.top(start, (end, 0) in ordered)

        return self.once(("top", i, orders), make)

    def joints(self, i: int) -> list[int]:
        """Where the next clause begins after one that ends at `i`."""
        if self.has(i, ";"):
            return [i + 1]
        at = i + 1 if self.has(i, ",") else i
        if (
            at > i
            and self.low(at) in ("it", "they")
            and self.has(at + 1, "BEF")
            and any(self.low(back) == "not" for back in range(max(0, i - 9), i))
        ):
            return [at]  # "is not a gift, it is a discipline"
        if self.has(at, "AND") and self.low(at) not in ("rather-than", "as-well-as", "but-also", "nor"):
            return [at + 1] + ([at + 2] if self.low(at + 1) == "then" else [])
        return []

    def order(self, i: int) -> Ends:
        """An order: "write it down", "do not wait", "never guess"."""

        def make() -> Iterable[tuple[int, int]]:
            for start in self.fronts(i):
                if start > i and not self.has(start - 1, ",") and self.low(start - 1) != "then":
                    continue
                if self.low(start) == "do" and self.low(start + 1) == "not":
                    yield from self.verb(start + 2, "base", BOTH, 0)
                elif self.low(start) in ("never", "always", "just"):
                    yield from self.verb(start + 1, "base", BOTH, 0)
                elif self.has(start, "VB") and self.low(start) not in _STATE_VERB:
                    yield from self.verb(start, "base", BOTH, 0)

        return self.once(("order", i), make)

    def correlated(self, i: int) -> Ends:
        """The more A, the more B."""
        if self.low(i) != "the":
            return NONE

        def half(at: int) -> set[int]:
            if self.low(at) != "the" or not (
                self.has(at + 1, "CMP") or self.low(at + 1) in ("more", "less", "better", "worse", "fewer")
            ):
                return set()
            ends: set[int] = set()
            starts = {at + 2} | {end for end, _, _ in self.phrase(at + 2)}
            starts |= {at + 3} if self.has(at + 2, "ADJ", "ADV") else set()
            for start in starts:
                ends |= {end for gap in (0, 1) for end, _ in self.clause(start, gap)}
                ends.add(start)
            return ends

        def make() -> Iterable[tuple[int, int]]:
            for middle in half(i):
                for end in half(middle + 1 if self.has(middle, ",") else middle):
                    yield end, 0

        return self.once(("correlated", i), make)

    def fronts(self, i: int) -> list[int]:
        """Where the subject can begin: behind circumstances, "if" clauses and adverbs in front."""
        found = {i: 0}
        open_ = [i]
        while open_:
            at = open_.pop()
            ends: set[int] = set()
            if at - i > 18 or found[at] > 2:
                continue
            if self.has(at, "ADV") and self.low(at) not in ("not", "so", "yet"):
                ends.add(at + 1)
            for end, _ in self.circumstance(at):
                if self.has(end, ","):
                    ends.add(end + 1)
                elif (
                    self.has(at, "PREP", "TIME", "NUM", "DET")
                    and not self.has(at, "TO")
                    and not any(self.has(place, "VBG", "WH") for place in range(at, end))
                ) or (self.has(at, "SUB") and self.low(end) in _PERSON | {"it", "there", "people"}):
                    ends.add(end)
            for mode in ("ing", "pas"):
                for end, _ in self.verb(at, mode, BOTH, 0):
                    if self.has(end, ","):
                        ends.add(end + 1)
            if self.has(at, "TO"):
                for end, _ in self.verb(at + 1, "base", BOTH, 0):
                    if self.has(end, ","):
                        ends.add(end + 1)
            for end in ends:
                place = end + 1 if self.has(end, ",") and self.has(end - 1, "ADV") else end
                if self.low(place) == "then":
                    place += 1
                if place not in found:
                    found[place] = found[at] + 1
                    open_.append(place)
        return sorted(found)

    def clause(self, i: int, gap: int) -> Ends:
        """A subject and its verb, with all that belongs to it."""

        def make() -> Iterable[tuple[int, int]]:
            for start in self.fronts(i):
                yield from self.core(start, gap)

        return self.once(("clause", i, gap), make)

    def core(self, i: int, gap: int) -> Ends:
        def make() -> Iterable[tuple[int, int]]:
            if self.low(i) == "there":
                yield from self.existence(i + 1, gap)
            for end, number in self.subject(i):
                for at in self.between(end):
                    if self.has(i, "TO") and not self.has(at, "BEF", "MODAL", "VBZ"):
                        continue
                    yield from self.verb(at, "fin", number, gap)

        return self.once(("core", i, gap), make)

    def existence(self, i: int, gap: int) -> Iterable[tuple[int, int]]:
        """There is, there will be, there seems to be."""
        for at in self.adverbs(i):
            if self.has(at, "BEF", "MODAL") or self.low(at) in _EXISTING:
                for number in (0, 1):
                    for end, used in self.verb(at, "fin", number, gap):
                        # What there is agrees with its verb: "there are ways", "there is a way".
                        noun = next(
                            (
                                place
                                for place in range(at + 1, min(at + 4, end))
                                if self.has(place, "DET", "N", "NS", "NUM")
                            ),
                            0,
                        )
                        if self.low(at) in ("is", "was") and noun and self._several(noun):
                            continue
                        yield end, used

    def _several(self, i: int) -> bool:
        ends = self.phrase(i)
        return bool(ends) and all(number == 1 for _, number, _ in ends) and not self.has(i, "PN")

    def between(self, i: int) -> list[int]:
        """From a subject to its verb: adverbs, or an aside between commas."""
        places = [i] if self.low(i) in ("there", "here", "so") else list(self.adverbs(i))
        if self.low(i) in ("while", "though", "although", "if", "when"):
            places += [end for end, _ in self.adjective(i + 1)]  # "ropes, while strong, wear out" without its commas
        if self.has(i, ","):
            asides = {i + 1 + len(self.adverbs(i + 1)) - 1} if self.has(i + 1, "ADV") else set()
            asides |= {end for end, _ in self.circumstance(i + 1)}
            asides |= {end for mode in ("ing", "pas") for end, _ in self.verb(i + 1, mode, BOTH, 0)}
            asides |= {end for end, _, form in self.phrase(i + 1) if form in ("det", "name")}
            places += [
                place
                for end in asides
                if self.has(end, ",")
                for place in self.adverbs(end + 1)
                if self.low(place) != "like" and self.low(place - 1) not in ("so", "there", "here")
            ]
        return sorted(set(places))

    def subject(self, i: int) -> set[tuple[int, int]]:
        found = {
            (end, number)
            for end, number in self.noun(i)
            if not self.has(end - 1, "OBJ") or self.low(end - 1) in ("you", "it", "each-other") or end - i > 1
        }
        found |= {(end, 0) for end, _ in self.verb(i, "ing", BOTH, 0)}
        if self.has(i, "TO"):
            found |= {(end, 0) for end, _ in self.verb(i + 1, "base", BOTH, 0)}
        if self.has(i, "WH"):
            found |= {(end, BOTH) for end, _ in self.question(i)}
        # A subject that holds an "if" has run into the next clause.
        return {
            (end, number) for end, number in found
            if end - i <= 18
            and not (end - i > 2 and self.low(end - 1) == "it" and self.has(end - 2, "PREP"))
            and (self.has(i, "WH") or not any(self.low(at) in _NEW_CLAUSE for at in range(i, end)))
        }  # fmt: skip
