"""The word lists of `resources/phrases_words.toml`."""

import tomllib
from functools import cache

from composer.paths import resource


@cache
def _tables() -> dict[str, str]:
    return tomllib.loads(resource("phrases_words.toml").read_text(encoding="utf-8"))


def word_list(name: str) -> frozenset[str]:
    """The words of one list. Raises KeyError for a name that is not in the file."""
    return frozenset(_tables()[name].split())
