"""English only: whether a sentence is whole, by a small phrase-structure grammar.

A recogniser, not a parser: it says whether the words can be read as one sentence from the first to the last. What a
recogniser of speech or a restart leaves behind (a verb too many, an object missing, two articles, a clause that never
comes to its verb) has no such reading. Words may have several classes; every reading is tried, each part once.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

from composer.post.tagging import Token, frames, tokens

Ends = frozenset[tuple[int, int]]
"""Where a part can end, and whether a missing noun phrase (a gap, as in "what rope costs") was used up in it."""

MOST_TOKENS = 60
_NONE: Ends = frozenset()
_BOTH = 2
"""A number that agrees with everything; 0 is singular, 1 plural."""


@lru_cache(maxsize=8192)
def whole(sentence: str) -> bool:
    """Whether a sentence (without its full stop) has a reading from its first word to its last."""
    words = tokens(sentence.rstrip(" .!…"))
    if not words or len(words) > MOST_TOKENS or any(not word.tags for word in words):
        return False
    if any(one.low == two.low and one.low not in ("that", "had", "very") for one, two in pairwise(words)):
        return False
    return Reading(words).sentence()


class Reading:
    """One sentence being read. Every method gives the ends of one kind of part that begins at `i`."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.size = len(words)
        self.memo: dict[tuple[object, ...], Ends] = {}
        self.phrases: dict[int, frozenset[tuple[int, int, str]]] = {}

    # -- small things

    def has(self, i: int, *marks: str) -> bool:
        return i < self.size and any(mark in self.words[i].tags for mark in marks)

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < self.size else ""

    def once(self, key: tuple[object, ...], make: Callable[[], Iterable[tuple[int, int]]]) -> Ends:
        found = self.memo.get(key)
        if found is None:
            self.memo[key] = _NONE  # a part cannot begin with itself
            found = self.memo[key] = frozenset(make())
        return found

    def adverbs(self, i: int) -> list[int]:
        """Every place reached over no, one or more adverbs; "at" and "most" of adverbs may stand together."""
        places = [i]
        while self.has(i, "ADV") and len(places) < 4:
            i += 1
            places.append(i)
        return places

    # -- the sentence

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
                    yield from self.verb(start + 2, "base", _BOTH, 0)
                elif self.low(start) in ("never", "always", "just"):
                    yield from self.verb(start + 1, "base", _BOTH, 0)
                elif self.has(start, "VB") and self.low(start) not in _STATES:
                    yield from self.verb(start, "base", _BOTH, 0)

        return self.once(("order", i), make)

    def correlated(self, i: int) -> Ends:
        """The more A, the more B."""
        if self.low(i) != "the":
            return _NONE

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

    # -- the clause

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
                elif (self.has(at, "PREP", "TIME", "NUM", "DET") and not self.has(at, "TO")) or (
                    self.has(at, "SUB") and self.low(end) in _PERSONS | {"it", "there", "people"}
                ):
                    ends.add(end)
            for mode in ("ing", "pas"):
                for end, _ in self.verb(at, mode, _BOTH, 0):
                    if self.has(end, ","):
                        ends.add(end + 1)
            if self.has(at, "TO"):
                for end, _ in self.verb(at + 1, "base", _BOTH, 0):
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
            if self.has(at, "BEF", "MODAL") or self.low(at) in (
                "has",
                "have",
                "had",
                "seems",
                "seem",
                "used",
                "needs",
                "exists",
                "exist",
                "appears",
                "comes",
                "came",
            ):
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
            asides |= {end for mode in ("ing", "pas") for end, _ in self.verb(i + 1, mode, _BOTH, 0)}
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
        found |= {(end, 0) for end, _ in self.verb(i, "ing", _BOTH, 0)}
        if self.has(i, "TO"):
            found |= {(end, 0) for end, _ in self.verb(i + 1, "base", _BOTH, 0)}
        if self.has(i, "WH"):
            found |= {(end, _BOTH) for end, _ in self.question(i)}
        # A subject that holds an "if" has run into the next clause.
        return {
            (end, number) for end, number in found
            if end - i <= 18
            and not (end - i > 2 and self.low(end - 1) == "it" and self.has(end - 2, "PREP"))
            and (self.has(i, "WH") or not any(self.low(at) in _BREAKS for at in range(i, end)))
        }  # fmt: skip

    # -- noun phrases

    def noun(self, i: int) -> frozenset[tuple[int, int]]:
        """A noun phrase with all that follows it, or several joined: (end, number)."""

        def make() -> Iterable[tuple[int, int]]:
            at = i
            while (
                self.low(at)
                in (
                    "even",
                    "only",
                    "just",
                    "especially",
                    "mostly",
                    "not",
                    "both",
                    "either",
                    "neither",
                    "not-only",
                    "not-just",
                    "almost",
                    "nearly",
                    "about",
                    "around",
                    "over",
                    "more-than",
                    "less-than",
                    "up-to",
                    "roughly",
                    "approximately",
                    "probably",
                    "also",
                    "exactly",
                    "perhaps",
                    "maybe",
                )
                and at - i < 3
            ):
                at += 1
            for start in {i, at}:
                for end, number in self.extended(start):
                    yield end, number
                    yield from self.joined(end, number, person=self.low(start) in _PERSONS)

        return self.once(("noun", i), make)

    def joined(self, i: int, number: int, *, row: bool = False, person: bool = False) -> Iterable[tuple[int, int]]:
        """The rest of a row: ", B and C", "and B", "or B"."""
        at = i + 1 if self.has(i, ",") and row else i
        if self.has(at, "AND") and self.low(at) not in ("so", "yet"):
            plural = 1 if self.low(at) in ("and", "but-also") else _BOTH
            for place in self.adverbs(at + 1):
                if self.low(place) in _PERSONS - {"i"} and not person:
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
                for end, _ in self.verb(place, "ing", _BOTH, 0):
                    yield end, 1
        if self.has(i, ",") and self.low(i + 1) not in _PERSONS:
            for end, other in self.extended(i + 1):
                for last, found in self.joined(end, other, row=True):
                    if found in (1, _BOTH) or self.low(end) == "or":
                        yield last, 1 if found == 1 else _BOTH

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
                    if number == _BOTH or self.low(end - 1) in frames()["either"]:
                        size = _BOTH
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
            yield from (end for end, _ in self.verb(i, "ing", _BOTH, 0))
        if self.has(i, "VBN"):
            yield from (end for end, _ in self.verb(i, "pas", _BOTH, 0))
        if self.has(i, "TO"):
            yield from (end for gap in (0, 1) for end, used in self.verb(i + 1, "base", _BOTH, gap) if used == gap)
        if self.low(i) in (
            "itself",
            "themselves",
            "himself",
            "herself",
            "alone",
            "each",
            "else",
            "together",
            "available",
            "possible",
            "necessary",
            "involved",
        ):
            yield i + 1
        if kind in ("pron", "x") and self.has(i, "ADJ"):
            yield from (end for end, _ in self.adjective(i))
        if (
            self.has(i, "ADJ")
            and (self.has(i + 1, "PREP", "TO"))
            and self.low(i)
            in (
                "able",
                "responsible",
                "available",
                "necessary",
                "similar",
                "capable",
                "full",
                "worth",
                "relevant",
                "related",
                "specific",
                "unique",
                "close",
                "ready",
                "likely",
                "willing",
                "essential",
                "outside",
                "unable",
                "interested",
                "better",
                "worse",
                "bigger",
                "smaller",
                "larger",
                "higher",
                "lower",
            )
        ):
            yield from (end for end, _ in self.adjective(i))
        if self.low(i) in (
            "ago",
            "later",
            "earlier",
            "long",
            "old",
            "wide",
            "high",
            "deep",
            "away",
            "apart",
            "each",
            "enough",
        ):
            yield i + 1
        if kind == "det" and self.has(i, ",") and self.has(i + 1, "DET", "PN"):
            # An apposition between commas: "the paper, a report from 2020, says".
            for end, _, form in self.phrase(i + 1):
                if form in ("det", "name"):
                    for last in {end} | {more for more, _ in self.extended(i + 1)}:
                        if self.has(last, ","):
                            yield last + 1

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
            plural = {
                "i": 1,
                "you": 1,
                "we": 1,
                "they": 1,
                "these": 1,
                "those": 1,
                "people": 1,
                "both": 1,
                "many": 1,
                "few": 1,
                "several": 1,
                "others": 1,
            }
            number = plural.get(
                low,
                0
                if low
                in (
                    "he",
                    "she",
                    "it",
                    "this",
                    "that",
                    "one",
                    "each",
                    "someone",
                    "somebody",
                    "something",
                    "anyone",
                    "anybody",
                    "anything",
                    "everyone",
                    "everybody",
                    "everything",
                    "nobody",
                    "nothing",
                    "no-one",
                    "another",
                    "much",
                )
                else _BOTH,
            )
            if not self.has(i + 1, "POSS"):
                yield i + 1, number, "pron"
        start, number, kind = i, -1, "bare"
        if low in ("all", "both", "half", "such", "many", "what", "quite", "twice", "not") and self.has(i + 1, "DET"):
            start += 1
        if self.has(start, "DET") and not (self.low(start) in ("that",) and False):
            low = self.low(start)
            number = {
                "a": 0,
                "an": 0,
                "this": 0,
                "that": 0,
                "every": 0,
                "each": 0,
                "another": 0,
                "much": 0,
                "these": 1,
                "those": 1,
                "many": 1,
                "few": 1,
                "several": 1,
                "both": 1,
                "fewer": 1,
                "various": 1,
                "either": 0,
                "neither": 0,
            }.get(low, -1)
            kind = "det"
            if low in ("a", "an") and self.low(start + 1) in (
                "few",
                "lot",
                "couple",
                "number",
                "bunch",
                "hundred",
                "thousand",
                "million",
                "dozen",
            ):
                number = -1
            if (
                low in ("a", "an")
                and (self.low(start + 1)[:1] in "aeio") != (low == "an")
                and self.low(start + 1)[:3]
                not in ("one", "onc", "eur", "hou", "hon", "uni", "use", "uti", "usu", "her", "mba", "ubi")
                and self.low(start + 1)[:1] not in ("u", "h", "8")
                and not self.has(start + 1, "PN", "NUM")
            ):
                return
            yield from self._headed(start + 1, number, kind, True)
        else:
            yield from self._headed(start, number, kind, False)

    def _headed(self, i: int, number: int, kind: str, determined: bool) -> Iterable[tuple[int, int, str]]:
        """Modifiers and a head from `i`."""
        open_ = [(i, False, kind)]
        seen = set(open_)
        while open_:
            at, counted, form = open_.pop()
            # the head
            for place, size in self._heads(at):
                fit = size if number == -1 or size == _BOTH else number if size == number or counted else None
                if size == _BOTH and number != -1:
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
                    and head not in _MASS
                ):
                    continue  # "sailor should wait": one of many needs its article
                if not self.has(place, "POSS"):
                    yield place, fit if not counted else 1 if size == 1 else fit, name
                else:
                    # Ilya's talk, the team's work: an owner is a determiner.
                    following = place + 1
                    yield from self._headed(following, -1, "det", True)
            # something before the head
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
                if (
                    self.low(at + 1) in ("and", "or", "&")
                    and self.has(at + 2, "N", "PN")
                    and self.has(at + 3, "N", "NS")
                ):
                    steps.add((at + 3, counted, form))
            if (
                self.has(at, "DET")
                and at == i
                and determined
                and self.low(at)
                in (
                    "few",
                    "many",
                    "such",
                    "other",
                    "more",
                    "most",
                    "own",
                    "same",
                    "little",
                    "certain",
                    "several",
                    "various",
                    "lot",
                )
            ):
                steps.add((at + 1, counted, form))
            if (
                self.has(at, "DET")
                and at == i
                and determined
                and self.low(at - 1) in ("no", "any", "some", "all", "many", "much", "two", "three", "few", "a")
                and self.low(at) in ("more", "less", "other", "such", "fewer", "few", "many", "little")
            ):
                steps.add((at + 1, counted, form))
            for step in steps:
                if step not in seen and step[0] - i < 8:
                    seen.add(step)
                    open_.append(step)

    def _heads(self, i: int) -> Iterable[tuple[int, int]]:
        if i >= self.size:
            return
        low = self.low(i)
        if low in frames()["either"] or (self.has(i, "N") and self.has(i, "NS")):
            yield i + 1, _BOTH
        elif self.has(i, "NS"):
            yield i + 1, 1
        elif self.has(i, "N"):
            yield i + 1, 0
            if self.has(i + 1, "NUM"):
                yield i + 2, 0
        elif self.has(i, "PN") and not self.has(i, "NUM"):
            yield i + 1, _BOTH if low.endswith("s") or any(sign.isdigit() for sign in low) else 0
            if self.has(i + 1, "NUM"):
                yield i + 2, 0
        elif self.has(i, "VBG") and (
            self.has(i - 1, "DET", "N", "POSS", "PN") or (self.has(i - 1, "ADJ") and not self.has(i - 1, "VBN"))
        ):
            yield i + 1, 0
        elif self.has(i + 1, "N", "NS", "ADJ", "VBN", "VBG", "PN"):
            return  # "the more distant harbours": no word stands for a noun where one follows
        elif low in (
            "one",
            "ones",
            "other",
            "others",
            "same",
            "best",
            "most",
            "more",
            "first",
            "last",
            "latter",
            "former",
            "rest",
            "few",
            "many",
            "poor",
            "rich",
            "next",
            "following",
            "least",
            "worst",
            "opposite",
            "second",
            "third",
            "two",
            "three",
            "half",
            "unknown",
            "impossible",
            "better",
        ) and (self.has(i - 1, "DET", "ADJ", "NUM", "POSS") or low in ("others", "ones")):
            yield i + 1, _BOTH
        if self.has(i, "PN") and self.has(i, "NS"):
            yield i + 1, _BOTH
        if (
            self.has(i, "NUM")
            and not self.has(i + 1, "N", "NS", "ADJ")
            and (self.low(i)[:1].isdigit() or low in frames()["number"])
        ):
            yield i + 1, _BOTH

    def relative(self, i: int, number: int) -> Iterable[int]:
        """A relative clause from its "that", "which", "who", "where"."""
        low = self.low(i)
        if low in ("that", "which", "who", "whoever"):
            for at in self.adverbs(i + 1):
                for mark in (number,) if number != _BOTH else (0, 1):
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
        return self.low(i).rstrip("s") in _IDEAS or self.low(i) in _IDEAS

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
                    for end, used in self.verb(i + 2, "base", _BOTH, gap)
                    if used == gap and (gap or low not in ("what", "who", "which"))
                )
            if low in ("what", "which"):
                for end, _, _ in self.phrase(i + 1):
                    if self.has(end, "TO"):
                        yield from ((last, 0) for last, used in self.verb(end + 1, "base", _BOTH, 1) if used)

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

    # -- verbs

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
            for mark, fits in (("VBZ", number in (0, _BOTH)), ("VBP", number in (1, _BOTH)), ("VBD", True)):
                if mark in word.tags and fits:
                    yield from self.complete(i, word.base[mark], gap)
        elif mode == "base":
            if "BEB" in word.tags:
                yield from self.being(i + 1, gap)
            if low == "have":
                yield from self.spread(i + 1, "en", gap)
                yield from self._to(i + 1, gap)
            if "VB" in word.tags:
                yield from self.complete(i, word.base["VB"], gap)
        elif mode == "en":
            if "BEN" in word.tags:
                yield from self.being(i + 1, gap)
            if low == "had":
                yield from self._to(i + 1, gap)
            if "VBN" in word.tags:
                yield from self.complete(i, word.base["VBN"], gap)
        elif mode == "ing":
            if "BEG" in word.tags:
                yield from self.being(i + 1, gap)
            if low == "having":
                yield from self.spread(i + 1, "en", gap)
                yield from self._to(i + 1, gap)
            if "VBG" in word.tags:
                yield from self.complete(i, word.base["VBG"], gap)
        elif mode == "pas" and "VBN" in word.tags and word.base["VBN"] not in frames()["intransitive"]:
            yield from self.passive(i, word.base["VBN"], gap)

    def spread(self, i: int, mode: str, gap: int) -> Iterable[tuple[int, int]]:
        for at in self.adverbs(i):
            yield from self.verb(at, mode, _BOTH, gap)

    def _to(self, i: int, gap: int) -> Iterable[tuple[int, int]]:
        for at in self.adverbs(i):
            if self.has(at, "TO"):
                yield from self.spread(at + 1, "base", gap)

    def _agrees(self, low: str, number: int) -> bool:
        return (
            (low in ("is", "was") and number in (0, _BOTH))
            or (low in ("are", "were") and number in (1, _BOTH))
            or low == "am"
        )

    def _has(self, low: str, number: int) -> bool:
        return (
            low in ("had", "did")
            or (low in ("has", "does") and number in (0, _BOTH))
            or (low in ("have", "do") and number in (1, _BOTH))
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
                        self.low(at - 1) in _PLACES
                        or "-" in self.low(at - 1)
                        or (self.low(at - 1) == "not" and at == self.size)
                    )
                ):
                    yield from self.closed(at, 0, gap)
                found: set[tuple[int, int]] = set(self.verb(at, "ing", _BOTH, gap)) | set(
                    self.verb(at, "pas", _BOTH, gap)
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
                                | set(self.verb(place, "pas", _BOTH, gap))
                                | set(self.verb(place, "ing", _BOTH, gap))
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
            yield from self.verb(i + 1, "base", _BOTH, gap)
        if self.low(i) in _PLACES:
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

    def complete(self, i: int, verb: str, gap: int) -> Ends:
        """What follows a verb that acts, from the verb itself at `i`."""

        def make() -> Iterable[tuple[int, int]]:
            starts = [i + 1]
            if self.has(i + 1, "PART"):
                starts.append(i + 2)
                if self.has(i + 2, "PART") and self.low(i + 2) in ("with", "to", "on", "for", "of"):
                    starts.append(i + 3)
            for start in starts:
                for end, used in self.taken(start, verb, gap, start > i + 1):
                    yield from self.closed(end, used, gap)

        return self.once(("complete", i, verb, gap), make)

    def taken(self, i: int, verb: str, gap: int, particle: bool) -> Iterable[tuple[int, int]]:
        rows = frames()
        if particle or verb not in rows["needs_object"]:
            yield i, 0
        if gap:
            yield i, 1
            for at in self.adverbs(i):
                yield at, 1
            if verb in rows["object_to"] and self.has(i, "TO"):
                yield from ((end, 1) for end, _ in self.verb(i + 1, "base", _BOTH, 0))
            if verb in rows["object_base"]:
                yield from ((end, 1) for end, _ in self.verb(i, "base", _BOTH, 0))
            if verb in rows["object_adjective"]:
                yield from ((end, 1) for end, _ in self.adjective(i))
            if verb in rows["object_object"]:
                yield from ((end, 1) for end, _ in self.noun(i))
        if verb == "make" and self.low(i) == "sure":
            yield from self.clause(i + 2 if self.low(i + 1) == "that" else i + 1, gap)
        if verb == "go" and self.has(i, "ADJ"):
            yield i + 1, 0
        for at in self.adverbs(i)[:3]:
            if at > i and self.low(at - 1) in ("not", "never"):
                break
            yield from self.objects(at, verb, gap)
            if verb in rows["says"] or verb in rows["says_that"]:
                if self.low(at) == "that":
                    yield from self.clause(at + 1, gap)
                elif verb in rows["says"]:
                    yield from self.clause(at, gap)
            if verb in rows["asks"] and (self.has(at, "WH") or self.low(at) in ("whether", "if")):
                yield from self.question(at)
            if verb in rows["to"] and self.has(at, "TO"):
                yield from self.spread(at + 1, "base", gap)
            if verb in rows["ing"]:
                yield from self.verb(at, "ing", _BOTH, gap)
            if verb in rows["linking"]:
                yield from self.adjective(at)
                if self.has(at, "PREP") and self.low(at) == "like":
                    yield from ((end, 0) for end, _ in self.clause(at + 1, 0))
                if verb in ("become", "remain", "seem", "get", "feel", "look"):
                    yield from self.verb(at, "pas", _BOTH, gap)

    def objects(self, i: int, verb: str, gap: int) -> Iterable[tuple[int, int]]:
        """An object, and what some verbs take behind it."""
        rows = frames()
        for end, _ in self.noun(i):
            if self._nominative(i, end) or (
                verb in rows["intransitive"] and not (end == i + 1 and self.has(i, "OBJ", "PRON"))
            ):
                continue
            yield end, 0
            if gap and verb in rows["object_object"]:
                yield end, 1
            if self.has(end, "PART"):
                yield end + 1, 0
            if verb in rows["object_to"] and self.has(end, "TO"):
                yield from self.spread(end + 1, "base", gap)
            if verb in rows["object_to"] and self.low(end) == "not" and self.has(end + 1, "TO"):
                yield from self.spread(end + 2, "base", gap)
            if verb in rows["object_base"]:
                yield from self.spread(end, "base", gap)
                yield from self.verb(end, "ing", _BOTH, gap)
            if verb in rows["object_base"] or verb in ("get", "keep", "find", "leave", "want", "need"):
                yield from self.verb(end, "pas", _BOTH, gap)
                yield from self.verb(end, "ing", _BOTH, gap)
            if verb in rows["object_adjective"]:
                yield from self.adjective(end)
                for last, _ in self.adjective(end):
                    if self.has(last, "TO"):
                        yield from self.verb(last + 1, "base", _BOTH, gap)
                    if self.low(last) == "that":
                        yield from self.clause(last + 1, gap)
            if verb in rows["object_object"]:
                for last, _ in self.noun(end):
                    if not self._nominative(end, last):
                        yield last, 0
            if verb in rows["object_that"]:
                if self.low(end) == "that":
                    yield from self.clause(end + 1, gap)
                else:
                    yield from self.clause(end, gap)
            if verb in rows["asks"] and self.has(end, "WH"):
                yield from self.question(end)
        if verb in ("use", "mean", "involve", "include", "make", "get"):
            yield from self.verb(i, "ing", _BOTH, gap)

    def _nominative(self, i: int, end: int) -> bool:
        return self.low(end - 1) in ("i", "he", "she", "we", "they") and end - i <= 2

    def passive(self, i: int, verb: str, gap: int) -> Ends:
        def make() -> Iterable[tuple[int, int]]:
            rows = frames()
            for start in [i + 1] + ([i + 2] if self.has(i + 1, "PART", "PREP") else []):
                found: set[tuple[int, int]] = {(start, 0)}
                if gap and start > i + 1:
                    found.add((start, 1))
                if verb in rows["object_to"] | rows["to"] | rows["says"] | rows["says_that"] and self.has(start, "TO"):
                    found |= set(self.spread(start + 1, "base", gap))
                if verb in rows["object_base"] and self.has(start, "TO"):
                    found |= set(self.spread(start + 1, "base", gap))
                if verb in rows["object_object"] | frozenset({"call", "name", "make", "elect"}):
                    found |= {(end, 0) for end, _ in self.noun(start)}
                if verb in rows["object_adjective"] | frozenset({"build"}):
                    found |= set(self.adjective(start))
                if verb in rows["says"] | rows["says_that"] | rows["object_that"] and self.low(start) == "that":
                    found |= set(self.clause(start + 1, gap))
                if verb in rows["asks"] | rows["object_that"] and self.has(start, "WH"):
                    found |= set(self.question(start))
                for end, used in found:
                    yield from self.closed(end, used, gap)

        return self.once(("passive", i, verb, gap), make)

    # -- circumstances

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
            yield from ((end, 0) for end, _ in self.verb(at, "ing", _BOTH, 0))
            if self.low(at) in (
                "not",
                "not-just",
                "but",
                "especially",
                "even",
                "often",
                "usually",
                "including",
                "like",
                "particularly",
            ):
                inner = at + 1
                yield from ((end, 0) for end, _ in self.noun(inner))
                if self.has(inner, "PREP"):
                    yield from self.preposition(inner, 0)
            if self.low(at) == "to" or self.has(at, "TO"):
                yield from ((end, 0) for end, _ in self.verb(at + 1, "base", _BOTH, 0))
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
                yield from self.verb(at, "ing", _BOTH, gap)
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
                if self.low(at) in (
                    "when",
                    "while",
                    "if",
                    "as",
                    "once",
                    "before",
                    "after",
                    "since",
                    "until",
                    "unless",
                    "although",
                    "than",
                    "whether",
                    "though",
                ):
                    yield from ((end, 0) for mode in ("ing", "pas") for end, _ in self.verb(at + 1, mode, _BOTH, 0))
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
            if self.low(at) in (
                "just",
                "only",
                "even",
                "about",
                "around",
                "right",
                "not",
                "exactly",
                "almost",
                "both",
                "either",
                "actually",
                "nearly",
                "over",
                "under",
                "up-to",
                "more-than",
                "less-than",
            ):
                at += 1
            for start in {i + 1, at}:
                yield from ((end, 0) for end, _ in self.noun(start) if not self._nominative(start, end))
                yield from ((end, 0) for end, _ in self.verb(start, "ing", _BOTH, gap))
                if self.has(start, "WH"):
                    yield from self.question(start)
                if self.has(start, "PREP") and low in (
                    "from",
                    "of",
                    "up",
                    "out",
                    "down",
                    "off",
                    "except",
                    "than",
                    "since",
                    "until",
                    "over",
                    "back",
                    "as",
                    "like",
                ):
                    yield from self.preposition(start, gap)
            if self.has(i + 1, "ADV") and low in (
                "from",
                "until",
                "since",
                "by",
                "for",
                "up",
                "than",
                "as",
                "till",
                "to",
                "at",
            ):
                yield i + 2, 0
            if low == "with":  # "with lights on", "with data growing"
                for end, _ in self.noun(i + 1):
                    yield from ((last, 0) for mode in ("ing", "pas") for last, _ in self.verb(end, mode, _BOTH, 0))
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
                    yield from self.verb(i + 2, "base", _BOTH, 0)
                if self.has(i + 1, "ADV", "VBZ", "VBP"):
                    yield i + 2, 0
            if low == "as":
                yield from ((end, 0) for mode in ("pas",) for end, _ in self.verb(i + 1, mode, _BOTH, 0))
                for end, _ in self.adjective(i + 1):  # "as agile as"
                    if self.low(end) == "as":
                        yield from self.preposition(end, 0)
                if self.has(i + 1, "ADV") and self.low(i + 2) == "as":
                    yield from self.preposition(i + 2, 0)
                for end, _ in self.noun(i + 1):
                    if self.low(end) == "as":
                        yield from self.preposition(end, 0)
            if low == "like":
                yield from ((end, 0) for end, _ in self.clause(i + 1, 0) if self.low(i + 1) not in ("you", "i"))
            if gap:
                yield i + 1, 1

        return self.once(("preposition", i, gap), make)


_AGENT = re.compile(r"(?:[bdgklmnpstvw]er|[stc]or|ist)$")
_MASS = frozenset(
    [
        "water",
        "power",
        "paper",
        "weather",
        "laughter",
        "danger",
        "cancer",
        "leather",
        "rubber",
        "silver",
        "butter",
        "winter",
        "summer",
        "order",
        "fever",
        "hunger",
        "anger",
        "whether",
        "over",
        "october",
        "november",
        "december",
        "september",
        "after",
        "under",
        "later",
        "never",
        "ever",
        "together",
        "rather",
        "other",
        "another",
        "either",
        "her",
        "tutor",
        "motor",
    ]
)
_STATES = frozenset(
    [
        "want",
        "need",
        "like",
        "love",
        "hate",
        "know",
        "mean",
        "seem",
        "own",
        "prefer",
        "belong",
        "depend",
        "matter",
        "lack",
        "have",
        "guess",
        "suppose",
        "cost",
        "contain",
        "thank",
        "welcome",
        "bet",
    ]
)
_PERSONS = frozenset({"i", "you", "we", "they", "he", "she"})
_BREAKS = frozenset({"if", "because", "although", "unless", "whereas", "so-that", "in-case", "though", "so", "once"})
_PLACES = frozenset(
    [
        "here",
        "there",
        "up",
        "down",
        "out",
        "in",
        "off",
        "on",
        "over",
        "away",
        "back",
        "together",
        "apart",
        "ahead",
        "forward",
        "so",
        "well",
        "enough",
        "home",
        "abroad",
        "online",
        "everywhere",
        "elsewhere",
        "alone",
        "first",
    ]
)
_IDEAS = frozenset(
    [
        "idea",
        "fact",
        "claim",
        "belief",
        "thought",
        "hope",
        "fear",
        "way",
        "reason",
        "sense",
        "argument",
        "assumption",
        "theory",
        "hypothesis",
        "evidence",
        "proof",
        "conclusion",
        "case",
        "question",
        "problem",
        "truth",
        "news",
        "view",
        "opinion",
        "feeling",
        "notion",
        "point",
        "possibility",
        "chance",
        "risk",
        "condition",
        "principle",
        "promise",
        "sign",
        "time",
        "day",
        "moment",
        "guarantee",
        "word",
        "doubt",
        "rule",
        "thing",
        "result",
        "requirement",
        "expectation",
        "prediction",
        "mean",
        "understanding",
        "law",
    ]
)
