"""The topics hashtags come from: `resources/topics.toml`, editable."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from composer.paths import resource

_WORD = re.compile(r"\S+")
_EDGE = ".,;:!?…\"'“”‘’()[]{}«»„¿¡*_|•–—"
_JOINED = re.compile("[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Topic:
    """A hashtag without its sign, with the lower-case phrases that speak for it. `broad` topics name a field and
    open a row of tags; `leads` are the tags it brings along, weaker."""

    tag: str
    phrases: tuple[str, ...]
    broad: bool
    leads: tuple[str, ...]


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of the file."""
    with resource("topics.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(
        Topic(
            tag,
            tuple(str(phrase).lower() for phrase in entry.get("words", [])) or (tag.lower(),),
            bool(entry.get("broad", False)),
            tuple(str(lead) for lead in entry.get("leads", [])),
        )
        for tag, entry in table.items()
    )


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, tuple[Topic, ...]], tuple[str, ...], int]:
    """The topics of each phrase; the phrases whose script joins words; the words of the longest phrase."""
    by_phrase: dict[str, tuple[Topic, ...]] = {}
    for topic in topics():
        for phrase in topic.phrases:
            by_phrase[phrase] = (*by_phrase.get(phrase, ()), topic)
    joined = tuple(phrase for phrase in by_phrase if _JOINED.search(phrase))
    return by_phrase, joined, max((phrase.count(" ") + 1 for phrase in by_phrase), default=1)


def spoken_for(text: str) -> dict[Topic, list[int]]:
    """The topics `text` (folded, any case) speaks of, each with the offsets where it does, ascending. A phrase counts
    in its plural too; a longer phrase hides the shorter ones inside it."""
    by_phrase, joined, longest = _phrases()
    low = text.lower()
    hits: list[tuple[int, str]] = []
    said = [(match.start(), match.group().strip(_EDGE)) for match in _WORD.finditer(low)]
    pieces = [(at, piece) for at, word in said if "-" in word or "/" in word for piece in re.split("[-/]", word)]
    hits += [(at, word) for at, word in pieces if word in by_phrase]
    index = 0
    while index < len(said):
        phrase, length = "", 1
        best = ""
        for size in range(min(longest, len(said) - index)):
            phrase = f"{phrase} {said[index + size][1]}" if size else said[index][1]
            for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es"), phrase.removesuffix("'s")):
                if form in by_phrase:
                    best, length = form, size + 1
                    break
        if best:
            hits.append((said[index][0], best))
        index += length
    if _JOINED.search(low):
        hits += [(match.start(), phrase) for phrase in joined for match in re.finditer(re.escape(phrase), low)]
    found: dict[Topic, list[int]] = {}
    for at, phrase in sorted(hits):
        for topic in by_phrase[phrase]:
            found.setdefault(topic, []).append(at)
    return found
