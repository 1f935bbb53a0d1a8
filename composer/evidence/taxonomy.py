"""The topics hashtags come from: `resources/topics.toml`, editable."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from composer.paths import resource


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
def _patterns() -> tuple[re.Pattern[str], dict[str, tuple[Topic, ...]]]:
    by_phrase: dict[str, list[Topic]] = {}
    for topic in topics():
        for phrase in topic.phrases:
            by_phrase.setdefault(phrase, []).append(topic)
    longest = sorted(by_phrase, key=lambda phrase: (-len(phrase), phrase))
    # Chinese, Japanese and Arabic words join on to their neighbours: no word boundary is asked for there.
    parts = [re.escape(p) if re.search(r"[^\x00-\u024f]", p) else rf"(?<!\w){re.escape(p)}(?:s|es)?(?!\w)" for p in longest]
    return re.compile("|".join(parts)), {phrase: tuple(found) for phrase, found in by_phrase.items()}


def spoken_for(text: str) -> dict[Topic, list[int]]:
    """The topics `text` (folded, any case) speaks of, each with the offsets where it does."""
    pattern, by_phrase = _patterns()
    found: dict[Topic, list[int]] = {}
    for match in pattern.finditer(text.lower()):
        said = match.group()
        hit = by_phrase.get(said) or by_phrase.get(said.removesuffix("s")) or by_phrase.get(said.removesuffix("es"), ())
        for topic in hit:
            found.setdefault(topic, []).append(match.start())
    return found
