"""What a verb that acts takes: an object, two, a clause, "to", or nothing.

Knows by the frames of `grammar.toml` which verb takes what. A verb without the object it needs is debris.
"""

from collections.abc import Iterable

from composer.post.english.grammar.reading import BOTH, Ends, Reading
from composer.post.english.words.lexicon import frames

# "Get into trouble", "identify with a firm": without an object these verbs take a place.
_OR_INTO = {
    "get": frozenset(["into", "to", "through", "past"]),
    "identify": frozenset(["with", "so", "closely", "strongly"]),
    "share": frozenset(["in"]),
    "provide": frozenset(["for"]),
    "lose": frozenset(["to"]),
    "keep": frozenset(["to"]),
}


# "Use on the connection": no place and no particle stands in for what these verbs need.
_NO_PARTICLE = frozenset(
    ["use", "need", "want", "require", "include", "contain", "provide", "avoid", "consider", "affect"]
)


class Objects(Reading):
    """What a verb that acts takes: an object, two, a clause, "to", or nothing."""

    def complete(self, i: int, verb: str, gap: int) -> Ends:
        """What follows a verb that acts, from the verb itself at `i`."""

        def make() -> Iterable[tuple[int, int]]:
            starts = [i + 1]
            if self.has(i + 1, "PART") and verb not in _NO_PARTICLE:
                starts.append(i + 2)
                if self.has(i + 2, "PART") and self.low(i + 2) in ("with", "to", "on", "for", "of"):
                    starts.append(i + 3)
            for start in starts:
                for end, used in self.taken(start, verb, gap, start > i + 1):
                    yield from self.closed(end, used, gap)

        return self.once(("complete", i, verb, gap), make)

    def taken(self, i: int, verb: str, gap: int, particle: bool) -> Iterable[tuple[int, int]]:
        rows = frames()
        # "Protect and uphold the law": two verbs share what comes behind the second.
        shared = self.low(i) in ("and", "or") and self.has(i + 1, "VB", "VBP", "VBZ", "VBD", "VBN", "VBG")
        if (
            particle
            or shared
            or verb not in rows["needs_object"]
            or (verb in _OR_INTO and self.low(i) in _OR_INTO[verb])
        ):
            yield i, 0
        if gap:
            yield i, 1
            for at in self.adverbs(i):
                yield at, 1
            if verb in rows["object_to"] and self.has(i, "TO"):
                yield from ((end, 1) for end, _ in self.verb(i + 1, "base", BOTH, 0))
            if verb in rows["object_base"]:
                yield from ((end, 1) for end, _ in self.verb(i, "base", BOTH, 0))
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
                yield from self.verb(at, "ing", BOTH, gap)
            if verb in rows["linking"]:
                yield from self.adjective(at)
                if self.has(at, "PREP") and self.low(at) == "like":
                    yield from ((end, 0) for end, _ in self.clause(at + 1, 0))
                if verb in ("become", "remain", "seem", "get", "feel", "look"):
                    yield from self.verb(at, "pas", BOTH, gap)

    def objects(self, i: int, verb: str, gap: int) -> Iterable[tuple[int, int]]:
        """An object, and what some verbs take behind it."""
        rows = frames()
        for end, _ in self.noun(i):
            if self.nominative(i, end) or (
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
                yield from self.verb(end, "ing", BOTH, gap)
            if verb in rows["object_base"] or verb in ("get", "keep", "find", "leave", "want", "need"):
                yield from self.verb(end, "pas", BOTH, gap)
                yield from self.verb(end, "ing", BOTH, gap)
            if verb in rows["object_adjective"]:
                yield from self.adjective(end)
                for last, _ in self.adjective(end):
                    if self.has(last, "TO"):
                        yield from self.verb(last + 1, "base", BOTH, gap)
                    if self.low(last) == "that":
                        yield from self.clause(last + 1, gap)
            if verb in rows["object_object"]:
                for last, _ in self.noun(end):
                    if not self.nominative(end, last):
                        yield last, 0
            if verb in rows["object_that"]:
                if self.low(end) == "that":
                    yield from self.clause(end + 1, gap)
                else:
                    yield from self.clause(end, gap)
            if verb in rows["asks"] and self.has(end, "WH"):
                yield from self.question(end)
        if verb in ("use", "mean", "involve", "include", "make", "get"):
            yield from self.verb(i, "ing", BOTH, gap)
        if self.low(i) in ("what", "whatever", "whoever") and verb not in rows["intransitive"]:
            yield from self.question(i)  # "stop doing what you do"

    def nominative(self, i: int, end: int) -> bool:
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
