"""Adverts inside a show: stretches in which a sponsor speaks, or the show asks for subscribers. Nothing there
is a point.

A stretch begins and ends with what nobody but a sponsor's voice says (an address, a code, "download it today"), and
reaches as far as the product's name does, if that name is spoken nowhere else.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from composer.evidence.model import Evidence
from composer.paths import resource

REACH = 7
"""Sentences between two marks that still belong to one advert."""
ANNOUNCED = 25
"""Sentences from "and now our sponsor" to the next mark."""
LONGEST = 60
"""Sentences of the longest advert; what goes on longer is what the source is about."""
MOST = 0.35
"""The share of a source above which its "adverts" are its subject."""
_OPENS = re.compile(
    r"(?i)\b(?:time|word|break|message)s? (?:for|from) (?:our|the|today['’]s|this) (?:\w+ )?sponsors?\b"
)
_PAID = re.compile(r"(?i)\b(?:brought to you|sponsored) by\b")
PITCH = 3
"""Sentences behind the name of a sponsor that are the sponsor's in any case."""
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b([A-Z][a-z]{2,}(?: [A-Z][a-z]+)?|[A-Z][a-z]+[A-Z]\w+)\b")


@cache
def _table() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    data = tomllib.loads(resource("adverts.toml").read_text(encoding="utf-8"))

    def compiled(rows: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE)

    return {language: (compiled(row["sure"]), compiled(row["hint"])) for language, row in data.items()}


def adverts(evidence: Evidence) -> frozenset[int]:
    """The numbers of the sentences that stand in an advert; empty where the language has no table."""
    found: set[int] = set()
    for number in range(len(evidence.sources)):
        rows = [
            index for index, s in enumerate(evidence.sentences)
            if s.source == number and s.role == "speech"
        ]  # fmt: skip
        language = evidence.sources[number].language.split("-")[0]
        if language not in _table() or len(rows) < 12:
            continue
        marked = _stretches(tuple(evidence.sentences[index].text for index in rows), language)
        if len(marked) <= MOST * len(rows):
            found.update(rows[at] for at in marked)
    return frozenset(found)


@lru_cache(maxsize=2)
def _stretches(texts: tuple[str, ...], language: str) -> frozenset[int]:
    """The places of the texts in an advert. Claims, headline, labels and tags of one post all ask: found once."""
    sure, hint = _table()[language]
    weight = [2 * bool(sure.search(text)) + bool(hint.search(text)) for text in texts]
    certain = [at for at, heavy in enumerate(weight) if heavy >= 2]
    marked: set[int] = set()
    # From mark to mark, where hints fill the room between; a mark alone takes its neighbours that hint.
    for at in certain:
        marked.add(at)
        for step in (-1, 1):
            place, gap = at + step, 0
            while 0 <= place < len(texts) and gap < 3 and abs(place - at) < REACH * 2:
                gap = 0 if weight[place] else gap + 1
                if weight[place]:
                    marked.update(range(min(at, place), max(at, place) + 1))
                place += step
    for first, last in pairwise(certain):
        if last - first <= (ANNOUNCED if _OPENS.search(texts[first]) or _PAID.search(texts[first]) else REACH):
            marked.update(range(first, last))
    for at in certain:
        reach = REACH if _OPENS.search(texts[at]) else PITCH + 1 if _PAID.search(texts[at]) else 1
        marked.update(range(at, min(len(texts), at + reach)))
    return frozenset(marked | _named(texts, weight))


def _named(texts: Sequence[str], weight: list[int]) -> set[int]:
    """Stretches of a product: a name said three times or more, in one place only, among words of advertising."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        for name in set(_NAME.findall(text)):
            places.setdefault(name, []).append(at)
    marked: set[int] = set()
    for _, rows in sorted(places.items()):
        for group in _groups(rows):
            begin, last = group[0], group[-1]
            size = last - begin + 1
            if len(group) < 3 or size > LONGEST or size > max(7, len(texts) // 6):
                continue
            if sum(weight[begin : last + 1]) >= max(4, 0.18 * size) and max(weight[begin : last + 1]) >= 2:
                marked.update(range(begin, last + 1))
    return marked


def _groups(rows: list[int]) -> list[list[int]]:
    """Mentions that stand near one another."""
    groups: list[list[int]] = []
    for at in rows:
        if groups and at - groups[-1][-1] <= LONGEST // 2:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
