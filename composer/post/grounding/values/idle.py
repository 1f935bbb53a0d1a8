"""What reads like a figure in a post and is the writer's own: turns of phrase, a reading time, a slide's number."""

import re
import tomllib
from functools import cache

from composer.paths import resource
from composer.post.grounding.values.fact import Fact


@cache
def _turns(language: str) -> re.Pattern[str]:
    table = tomllib.loads(resource("idle.toml").read_text(encoding="utf-8"))
    rows = [*table["all"], *table.get(language.split("-")[0], table["en"])]
    return re.compile("|".join(f"(?:{row})" for row in rows), re.IGNORECASE)


_SOME_DAY = re.compile(r"(?i)one day\Z")
_SPAN = re.compile(r"(?i) (?:a|per|off|later|after|before|earlier|long|of|and|more|less|each|only|at|to|or)\b")
_IN_SPAN = re.compile(
    r"(?i)\b(?:in|for|within|only|just|than|of|after|every|per|over|last\w*|took|takes?|a|about|exactly|under|by) $"
)


def meant(found: list[Fact], text: str, language: str) -> list[Fact]:
    """The figures of a post without those that name none: "one day robots will ...", "83(b)", "half the battle"."""
    if not found:
        return found
    turns = [match.span() for match in _turns(language).finditer(text)]
    return [
        fact
        for fact in found
        if not any(a < fact.end and fact.start < b for a, b in turns)
        and not (not fact.words and re.match(r"\([a-z]\)", text[fact.end :]))
        and not (language == "en" and _some_day(fact, text))
    ]


def _some_day(fact: Fact, text: str) -> bool:
    if not _SOME_DAY.search(text[fact.start : fact.end]):
        return False
    return not _SPAN.match(text, fact.end) and not _IN_SPAN.search(text[: fact.start])
