"""Everything worth a look in a post, in one list by place: form, access, and what the source does not support."""

import re
from collections.abc import Iterable, Iterator, Sequence

from composer.evidence.words import lexicon
from composer.post.focus import terms
from composer.post.grounding import checking as grounding
from composer.post.lexis import word_list
from composer.sources.model import Transcript
from composer.text import access
from composer.text.networks import measure
from composer.text.problems import Problem
from composer.text.spans import links
from composer.text.style import unstyle

PHONE_POINT, PHONE_PARAGRAPH = 280, 420
"""The longest point and the longest paragraph that read well on a phone: seven and ten rows of forty characters."""
TAGS = 5
"""Hashtags of a post as they are common on LinkedIn; see the facts about networks."""

# A styled letter carries its accent as a mark of its own: "de" in bold before "départ" is no double.
_WORD_TWICE = re.compile(r"(?i)(?<![\w'’-])(\w{2,})(\s+)\1(?![\w'’\u0300-\u036f-])")
_POINT = re.compile(r"\s*(?:•|-|\d+/|\d+\.) ")
# Words that stand twice in good sentences: "that that", "had had", and doubled names and sounds.
_MAY_REPEAT = word_list("checks_may_repeat")


def check(text: str, network: str = "linkedin", *, sources: Sequence[Transcript] = ()) -> tuple[Problem, ...]:
    """Every problem of `text` on `network`, ordered by place, the graver first at one place.

    Held against `sources` where there are any. Raises UsageError for an unknown network.
    """
    found: list[Problem] = []
    found.extend(_length(text, network))
    found.extend(_tags(text))
    found.extend(_repeats(text))
    found.extend(_lines(text))
    found.extend(_alike(text))
    found.extend(access.problems(text))
    if sources:
        found.extend(grounding.check_many(text, sources))
    return tuple(_merge(found))


_GRAVE = {"error": 0, "warn": 1, "info": 2}


def _merge(found: Iterable[Problem]) -> list[Problem]:
    """By place; the same thing at the same place is told once, by the gravest."""
    ordered = sorted(found, key=lambda p: (p.start, _GRAVE[p.severity], p.end, p.kind, p.why))
    seen: set[tuple[int, int, str]] = set()
    out: list[Problem] = []
    for problem in ordered:
        key = (problem.start, problem.end, problem.kind)
        if key not in seen:
            seen.add(key)
            out.append(problem)
    return out


def _length(text: str, network: str) -> Iterator[Problem]:
    for use in measure(text, network):
        if use.used > use.limit:
            keep = _fitting(text, network, use.unit, use.limit)
            why = f"The post is {use.used - use.limit} {use.unit} too long: {use.used} of {use.limit}."
            yield Problem(keep, len(text), "length", "error", why)


def _fitting(text: str, network: str, unit: str, most: int) -> int:
    """The number of code points that still fit, by halving: counting is monotone over prefixes."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        used = next(use.used for use in measure(text[:middle], network) if use.unit == unit)
        low, high = (middle, high) if used <= most else (low, middle - 1)
    return low


def _tags(text: str) -> Iterator[Problem]:
    for found in re.finditer(r"(?<![\w&/#])#(\d+)(?!\w)", text):
        why = f"#{found[1]} has no letter, so it does not become a link."
        yield Problem(found.start(), found.end(), "hashtag", "warn", why)
    seen: dict[str, int] = {}
    tags = [span for span in links(text) if span.kind == "hashtag"]
    for span in tags:
        tag = unstyle(text[span.start : span.end]).lower()
        if tag in seen:
            yield Problem(span.start, span.end, "hashtag", "warn", f"{tag} stands twice.", "")
        seen[tag] = span.start
    if len(seen) > TAGS:
        extra = tags[TAGS]
        yield Problem(extra.start, tags[-1].end, "hashtag", "info", f"{len(seen)} hashtags; up to {TAGS} are usual.")


def _repeats(text: str) -> Iterator[Problem]:
    for found in _WORD_TWICE.finditer(text):
        word = found[1].lower()
        if word in _MAY_REPEAT or word.isdigit() or "\n" in found[2]:
            continue
        yield Problem(found.start(), found.end(), "repeat", "warn", f"“{found[1]}” stands twice in a row.", found[1])


def _lines(text: str) -> Iterator[Problem]:
    at = 0
    for line in text.split("\n"):
        bare = line.rstrip()
        most = PHONE_POINT if _POINT.match(unstyle(bare)) else PHONE_PARAGRAPH
        if len(bare) > most:
            why = f"This line has {len(bare)} characters; on a phone it is a wall. Up to {most} read as one thought."
            yield Problem(at, at + len(bare), "long-line", "info", why)
        for found in re.finditer(r"\*\*[^*\n]+\*\*|^#{1,6} |^ {0,3}[*+] (?=\S)|(?<!\w)__[^_\n]+__(?!\w)", bare):
            why = "Networks show these signs as they are; they do not make text bold or a heading."
            inner = found.group().strip("*_# +")
            yield Problem(at + found.start(), at + found.end(), "markup", "warn", why, inner)
        if re.search(r"[,;]$|(?i:\b(?:and|or|but|because|und|oder|aber|et|ou|mais|pero))$", unstyle(bare)):
            last = re.search(r"\S+$", bare)
            begin = last.start() if last else 0
            yield Problem(at + begin, at + len(bare), "unfinished", "warn", "This line does not end.")
        at += len(line) + 1


def _alike(text: str) -> Iterator[Problem]:
    """Two points that say the same: one holds most of the other's content words."""
    points: list[tuple[int, int, frozenset[str]]] = []
    stop = lexicon("en").stop
    at = 0
    for line in text.split("\n"):
        plain = unstyle(line)
        if _POINT.match(plain):
            language = "zh" if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", plain) else "en"
            points.append((at, at + len(line), terms(re.sub(r"^[^:：]{1,60}[:：]", "", plain), language, stop)))
        at += len(line) + 1
    for nth, (start, end, own) in enumerate(points):
        for _, _, other in points[:nth]:
            least = min(len(own), len(other))
            if least > 3 and (len(own & other) / least >= 0.75 or len(own & other) / len(own | other) >= 0.6):
                yield Problem(start, end, "alike", "warn", "This point says much the same as one above it.")
                break


def fits(text: str, network: str) -> bool:
    """Whether the text keeps every limit of the network."""
    return all(use.used <= use.limit for use in measure(text, network))
