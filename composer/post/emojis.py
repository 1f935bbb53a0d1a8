"""An emoji that fits what a line says, from a small table, never twice in a post."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from composer.paths import resource


@dataclass(frozen=True, slots=True)
class Emojis:
    """The table of `resources/emoji.toml`, by word and by the beginning of a word."""

    spare: tuple[str, ...]
    announce: tuple[str, ...]
    exact: dict[str, tuple[tuple[int, str], ...]]
    stems: dict[str, tuple[tuple[int, str], ...]]
    unspaced: tuple[tuple[str, int, str], ...]

    def fits(self, word: str) -> tuple[tuple[int, str], ...]:
        """Every (line, emoji) that fits a lower-case word; the longest stem that matches decides."""
        if word in self.exact:
            return self.exact[word]
        for length in range(min(len(word), 14), 2, -1):
            if word[:length] in self.stems:
                return self.stems[word[:length]]
        return ()


@cache
def emojis() -> Emojis:
    """The table, read once."""
    data = tomllib.loads(resource("emoji.toml").read_text(encoding="utf-8"))
    exact: dict[str, list[tuple[int, str]]] = {}
    stems: dict[str, list[tuple[int, str]]] = {}
    unspaced: list[tuple[str, int, str]] = []
    for line, (sign, words) in enumerate(data["words"].items()):
        for word in str(words).split():
            if re.match(r"[\u3040-\u30ff\u4e00-\u9fff]", word):
                unspaced.append((word, line, sign))
            elif word.endswith("*"):
                stems.setdefault(word[:-1], []).append((line, sign))
            else:
                exact.setdefault(word, []).append((line, sign))
    return Emojis(
        tuple(data["spare"]),
        tuple(data["announce"]),
        {word: tuple(rows) for word, rows in exact.items()},
        {word: tuple(rows) for word, rows in stems.items()},
        tuple(unspaced),
    )


def fitting(label: str, text: str, used: set[str]) -> str:
    """The unused emoji that fits best: words of the label weigh three times those of the sentence.

    Adds it to `used`. Returns "" only when every spare sign is used up.
    """
    table = emojis()
    score: dict[tuple[int, str], float] = {}
    for weight, part in ((3.0, label), (1.0, text)):
        low = part.lower()
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", low)
        for at, word in enumerate(words):
            # The head of an English label stands last: "data bottleneck" is about a bottleneck.
            lean = weight * (1.2 if part is label and at == len(words) - 1 else 1.0) - 0.001 * at
            for key in table.fits(word):
                score[key] = score.get(key, 0.0) + lean
        for word, line, sign in table.unspaced:
            if word in low:
                score[(line, sign)] = score.get((line, sign), 0.0) + weight * len(word)
    for (_, sign), _ in sorted(score.items(), key=lambda row: (-round(row[1], 6), row[0])):
        if sign not in used:
            used.add(sign)
            return sign
    for sign in table.spare:
        if sign not in used:
            used.add(sign)
            return sign
    return ""
