"""What every part of a reading has at hand: the words, small questions about them, and what was read before.

The kinds of part lie in modules of their own and ask for one another without end: a clause holds a noun phrase, which
holds a clause. What they ask of each other is declared here; `Sentence` brings them together.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from composer.post.english.words.tagging import Token

Ends = frozenset[tuple[int, int]]
"""Where a part can end, and whether a missing noun phrase (a gap, as in "what rope costs") was used up in it."""

NONE: Ends = frozenset()
BOTH = 2
"""A number that agrees with everything; 0 is singular, 1 plural."""


class Reading(ABC):
    """One sentence being read. Every method gives the ends of one kind of part that begins at `i`."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.size = len(words)
        self.memo: dict[tuple[object, ...], Ends] = {}
        self.phrases: dict[int, frozenset[tuple[int, int, str]]] = {}

    def has(self, i: int, *marks: str) -> bool:
        return i < self.size and any(mark in self.words[i].tags for mark in marks)

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < self.size else ""

    def once(self, key: tuple[object, ...], make: Callable[[], Iterable[tuple[int, int]]]) -> Ends:
        found = self.memo.get(key)
        if found is None:
            self.memo[key] = NONE  # a part cannot begin with itself
            found = self.memo[key] = frozenset(make())
        return found

    def adverbs(self, i: int) -> list[int]:
        """Every place reached over no, one or more adverbs; "at" and "most" of adverbs may stand together."""
        places = [i]
        while self.has(i, "ADV") and len(places) < 4:
            i += 1
            places.append(i)
        return places

    # -- what the kinds of part ask of each other

    @abstractmethod
    def clause(self, i: int, gap: int) -> Ends: ...

    @abstractmethod
    def noun(self, i: int) -> frozenset[tuple[int, int]]: ...

    @abstractmethod
    def phrase(self, i: int) -> frozenset[tuple[int, int, str]]: ...

    @abstractmethod
    def relative(self, i: int, number: int) -> Iterable[int]: ...

    @abstractmethod
    def question(self, i: int) -> Ends: ...

    @abstractmethod
    def verb(self, i: int, mode: str, number: int, gap: int) -> Ends: ...

    @abstractmethod
    def spread(self, i: int, mode: str, gap: int) -> Iterable[tuple[int, int]]: ...

    @abstractmethod
    def adjective(self, i: int) -> Ends: ...

    @abstractmethod
    def complete(self, i: int, verb: str, gap: int) -> Ends: ...

    @abstractmethod
    def nominative(self, i: int, end: int) -> bool: ...

    @abstractmethod
    def passive(self, i: int, verb: str, gap: int) -> Ends: ...

    @abstractmethod
    def closed(self, i: int, used: int, gap: int) -> Ends: ...

    @abstractmethod
    def circumstance(self, i: int) -> Ends: ...

    @abstractmethod
    def preposition(self, i: int, gap: int) -> Ends: ...
