"""The word lists of `resources/phrases_words.toml`, and the patterns of `resources/phrases_sieve.toml`."""

import re
import tomllib
from functools import cache

from composer.paths import resource


@cache
def _tables() -> dict[str, str]:
    return tomllib.loads(resource("phrases_words.toml").read_text(encoding="utf-8"))


def word_list(name: str) -> frozenset[str]:
    """The words of one list. Raises KeyError for a name that is not in the file."""
    return frozenset(_tables()[name].split())


@cache
def rows(name: str) -> re.Pattern[str]:
    """One list of `resources/phrases_sieve.toml` as one pattern, case folded. Raises KeyError for an unknown name."""
    found = tomllib.loads(resource("phrases_sieve.toml").read_text(encoding="utf-8"))[name]
    return re.compile("|".join(f"(?:{row})" for row in found), re.IGNORECASE)
