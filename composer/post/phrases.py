"""The fixed phrases of a post, in each language the built-in writer knows."""

import tomllib
from functools import cache

from composer.paths import resource
from composer.post.tongues.model import fixed, spoken_here

LANGUAGES = ("en", *spoken_here())
UNSPACED = frozenset({"zh", "ja"})


class Phrases:
    """The phrases of one language. `known` is False where only neutral signs are used."""

    def __init__(self, language: str, table: dict[str, object], known: bool) -> None:
        self.language, self.known, self._table = language, known, table

    def __getitem__(self, key: str) -> str:
        """A fixed phrase, as it stands in the file."""
        return str(self._table[key])

    def get(self, key: str, other: str) -> str:
        """A fixed phrase, or `other` where the language has none of that name."""
        return str(self._table.get(key, other))

    def choose(self, table: str, key: str, variant: int = 0) -> str:
        """The alternative of `table.key` for this variant; `table` "" takes a list at the top."""
        row = self._table[table] if table else self._table
        assert isinstance(row, dict)
        options = row[key]
        return str(options[variant % len(options)])

    def all(self, key: str) -> tuple[str, ...]:
        """Every alternative of a list at the top."""
        options = self._table[key]
        assert isinstance(options, list)
        return tuple(str(option) for option in options)

    def join(self, items: tuple[str, ...]) -> str:
        """The items as one phrase: `a`, `a and b`, `a, b and c`."""
        if len(items) < 2:
            return "".join(items)
        comma = self["comma"]
        last = self["and"]
        if self.language in UNSPACED:
            return comma.join(items[:-1]) + last + items[-1]
        if last == ",":
            return comma.join(items)
        return comma.join(items[:-1]) + f" {last} " + items[-1]


def phrases(language: str) -> Phrases:
    """The phrases for a BCP 47 tag; neutral signs for a language that is not translated."""
    primary = language.lower().replace("_", "-").split("-")[0]
    table = _tables()
    if primary in table:
        return Phrases(primary, table[primary], True)
    return Phrases(primary, table["und"], False)


def every(key: str) -> tuple[str, ...]:
    """A fixed phrase in every language, longest first: for reading an edited post back."""
    found = {str(table[key]) for table in _tables().values()}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _tables() -> dict[str, dict[str, object]]:
    tables: dict[str, dict[str, object]] = tomllib.loads(resource("phrases.toml").read_text(encoding="utf-8"))
    return tables | {language: fixed(language) for language in spoken_here() if fixed(language)}
