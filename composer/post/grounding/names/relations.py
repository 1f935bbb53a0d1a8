"""How a name hangs in its sentence: who does it, whose it is, what somebody is, where and from whom.

Read by the small words right beside the name, not by parsing: "the importer, X", "steel from X", "X's drummer",
"repaired by X", "X, who leads the trust, wanted ...".
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from composer.evidence.words import lexicon
from composer.post.grounding.source.terms import WORD, fold, stem

_BY = frozenset("by von par por durch vom".split())  # noqa: SIM905
_FROM = frozenset("from aus de desde depuis".split())  # noqa: SIM905
_TO = frozenset("to into toward towards nach zu zum zur an vers à a para hasta até".split())  # noqa: SIM905
_IN = frozenset("in at near on im beim bei auf en dans chez em na no nas nos outside around".split())  # noqa: SIM905
_OF = frozenset("of des der du del do da dos das".split())  # noqa: SIM905
_WITH = frozenset("with mit avec con com alongside beside and und et y e".split())  # noqa: SIM905
_FOR = frozenset("for für pour against gegen contre contra about über sur sobre than".split())  # noqa: SIM905
_SLOTS = (("by", _BY), ("from", _FROM), ("to", _TO), ("in", _IN), ("of", _OF), ("with", _WITH), ("for", _FOR))
BE = frozenset(
    "is was are were been be being gets got ist war sind waren wird wurde wurden est était sont fut es era fue son "  # noqa: SIM905
    "é foi são eram becomes became remains bleibt devient".split()
)
_WHO = frozenset("who which that qui que quien whose der die das deren dessen".split())  # noqa: SIM905
_NOT = frozenset("not nicht pas no não never".split())  # noqa: SIM905
ARTICLES = frozenset("the a an der die dem den la le el o mr mrs ms dr herr frau herrn".split())  # noqa: SIM905
_REACH = 9
"""So many words to either side are looked at."""

Frame = tuple[str, str]
"""What a name is to a word: ("does", "repair"), ("is", "drumme"), ("from", "steel")."""


@lru_cache(maxsize=16384)
def frames(text: str, start: int, end: int, language: str) -> frozenset[Frame]:
    """What the name at `start` to `end` of a text is to the words around it."""
    words = list(WORD.finditer(text))
    first = next((nth for nth, word in enumerate(words) if word.end() > start), len(words))
    last = next((nth for nth in range(len(words) - 1, -1, -1) if words[nth].start() < end), -1)
    if first >= len(words) or last < first:
        return frozenset()
    return frozenset((*_ahead(text, words, first, language), *_behind(text, words, last, language)))


def slot_of(word: str) -> str:
    """What a small word makes of the name behind it: "from" of "aus"; or ""."""
    return next((slot for slot, small in _SLOTS if word in small), "")


def content_stem(word: str, language: str) -> str:
    """The stem of a telling word, or ""."""
    low = re.sub(r"['’]s?$", "", word.lower().replace("’", "'"))
    if len(low) < 3 or low in lexicon(language).stop or low[0].isdigit():
        return ""
    return stem(low, language)


def _ahead(text: str, words: Sequence[re.Match[str]], first: int, language: str) -> Iterator[Frame]:
    """What stands before a name."""
    if first == 0:
        return
    gap = text[words[first - 1].end() : words[first].start()]
    before = fold(words[first - 1].group())
    run: list[str] = []
    if re.fullmatch(r"\s*[,:(–—-]\s*|\s*: ?[\"“]?", gap):
        # "Our importer, X", "Head of collections: X".
        nth = first - 1
        while nth >= 0 and first - nth <= 7:
            run.append(words[nth].group())
            if nth and re.search(r"[.!?;:,()–—\n]", text[words[nth - 1].end() : words[nth].start()]):
                break
            nth -= 1
        for term in filter(None, (content_stem(word, language) for word in run)):
            yield ("is", term)
        return
    if gap.strip(" \"“'‘«"):
        return
    nth = first - 1
    article = 0
    while nth > 0 and article < 3 and fold(words[nth].group()) in ARTICLES:
        nth, article = nth - 1, article + 1
    before = fold(words[nth].group())
    for slot, small in _SLOTS:
        if before in small:
            yield (slot, "")
            told = 0
            for other in range(nth - 1, max(-1, nth - 5), -1):
                if re.search(r"[.!?;:()–—\n]", text[words[other].end() : words[other + 1].start()]):
                    break
                if term := content_stem(words[other].group(), language):
                    yield ("does" if slot == "by" else slot, term)
                    told += 1
                    if told > 1:
                        break
            return
    if term := content_stem(words[nth].group(), language):
        # "Librarian X" as well as "met X".
        yield ("is", term)
        yield ("met", term)
        joined = nth and text[words[nth - 1].end() : words[nth].start()] in (" ", "-")
        if joined and (more := content_stem(words[nth - 1].group(), language)):
            yield ("is", more)


def _behind(text: str, words: Sequence[re.Match[str]], last: int, language: str) -> Iterator[Frame]:
    """What stands after a name."""
    nth = last + 1
    if re.search(r"['’]s?$", words[last].group()):
        yield from (("has", term) for term in _next(text, words, nth, language, 2))
        return
    if nth >= len(words):
        return
    gap = text[words[last].end() : words[nth].start()]
    if re.match(r"\s*['’]\s", gap):
        yield from (("has", term) for term in _next(text, words, nth, language, 2))
        return
    if re.fullmatch(r"\s*(?:,|\(|[–—-])\s*", gap) and fold(words[nth].group()) not in _NOT:
        closing = ")" if "(" in gap else ",.;–—"
        stop_at = nth
        while (
            stop_at + 1 < len(words)
            and stop_at - nth < 12
            and not re.search(f"[{re.escape(closing)}.!?]", text[words[stop_at].end() : words[stop_at + 1].start()])
        ):
            stop_at += 1
        inner = words[nth : stop_at + 1]
        if fold(inner[0].group()) in _WHO:
            yield from (("does", term) for term in _next(text, words, nth + 1, language, 3))
        else:
            for one in inner[:8]:
                if term := content_stem(one.group(), language):
                    yield ("is", term)
        nth = stop_at + 1
        yield from (("does", term) for term in _next(text, words, nth, language, 3))
        return
    if re.fullmatch(r"\s*[:=]\s*|\s*→\s*", gap):
        yield from (("is", term) for term in _next(text, words, nth, language, 2))
        return
    if gap.strip(" \"”'’»"):
        return
    low = fold(words[nth].group())
    for slot, small in _SLOTS:
        if low in small and slot in ("of", "from", "in"):
            yield from (("at", term) for term in _next(text, words, nth + 1, language, 2))
            # "X of Kestrel wanted": what X does comes after the house.
            after = nth + 2
            while after < len(words) and (
                words[after].group()[:1].isupper() or fold(words[after].group()) in ("the", "&")
            ):
                after += 1
            yield from (("does", term) for term in _next(text, words, after, language, 2))
            return
    if low in _WHO:
        yield from (("does", term) for term in _next(text, words, nth + 1, language, 3))
        return
    if low in BE:
        yield from (("is", term) for term in _next(text, words, nth + 1, language, 3))
    yield from (("does", term) for term in _next(text, words, nth, language, 3))


def _next(text: str, words: Sequence[re.Match[str]], nth: int, language: str, most: int) -> Iterator[str]:
    """The next telling words of a clause, `most` of them."""
    found = 0
    for at in range(nth, min(len(words), nth + _REACH)):
        if at > nth and re.search(r"[.!?;:()–—\n]|, ", text[words[at - 1].end() : words[at].start()]):
            return
        if term := content_stem(words[at].group(), language):
            yield term
            found += 1
            if found == most:
                return


_KIN = {"does": ("does",), "is": ("is",), "has": ("has", "of", "at"), "of": ("of", "has", "in"), "at": ("at", "is"),
        "in": ("in", "of", "to", "from"), "from": ("from", "by", "in", "of"), "to": ("to", "in"),
        "with": ("with", "does", "met"),
        "for": ("for", "to", "with"), "met": ("met", "is", "to"), "by": ("by",)}  # fmt: skip


def shared(mine: frozenset[Frame], theirs: frozenset[Frame]) -> Iterator[str]:
    """The words to which two names are the same, each once."""
    found: set[str] = set()
    for slot, term in sorted(mine):
        if term and term not in found and any((kin, term) in theirs for kin in _KIN.get(slot, (slot,))):
            found.add(term)
            yield term
