"""Whether a sentence stands on its source: its numbers, its quotations, its names.

Quick and by the letter, because it runs after every point: the model is asked once more where something is found. The
whole post is held against the source again by the checks of `composer.post`.
"""

import re
import unicodedata
from collections.abc import Sequence

from composer.evidence.model import Evidence

_NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0’']\d+)*")
_QUOTE = re.compile(r"[“„«\"]([^“”„«»\"]{3,}?)[”“»\"]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Languages that write names, and little else, with capitals.
_CAPITALS = frozenset(["en", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "ro", "tr", "id", "vi"])
# Number words of English, as the digits a writer may put in their place.
_WORDS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20",
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "thousand": "1000", "dozen": "12", "half": "50", "quarter": "25", "twice": "2", "double": "2",
    "once": "1", "first": "1", "second": "2", "third": "3",
}  # fmt: skip


class Proof:
    """What a source holds, made once for a draft."""

    def __init__(self, evidence: Evidence) -> None:
        facts = [
            f"{source.title or ''} " + " ".join(value for _, value in source.context) for source in evidence.sources
        ]
        whole = " \n ".join([*facts, *(f"{s.speaker or ''} {s.raw} {s.text}" for s in evidence.sentences)])
        self._folded = _fold(whole)
        self._words = {_fold(word) for word in _WORD.findall(whole)}
        self._numbers = {_plain(number) for number in _NUMBER.findall(whole)}
        self._numbers |= {_WORDS[word] for word in self._words if word in _WORDS}

    def findings(self, text: str, label: str = "", language: str = "en") -> tuple[str, ...]:
        """What in a sentence and its label the source does not hold, a sentence each, in reading order."""
        found = [f"“{number}” is not in the source." for number in self._loose(f"{label} {text}")]
        found += [f"The words “{quote}” are not in the source." for quote in self._misquoted(text)]
        if language.split("-")[0] in _CAPITALS:
            found += [f"“{name}” is not in the source." for name in self._strangers(text)]
        return tuple(dict.fromkeys(found))

    def _loose(self, text: str) -> Sequence[str]:
        return [number for number in _NUMBER.findall(text) if _plain(number) not in self._numbers]

    def _misquoted(self, text: str) -> Sequence[str]:
        return [quote.strip() for quote in _QUOTE.findall(text) if _fold(quote).strip(" .,;:!?") not in self._folded]

    def _strangers(self, text: str) -> Sequence[str]:
        """Capitalised words inside a sentence that the source never says."""
        out = []
        for found in _WORD.finditer(text):
            word = found.group()
            before = text[: found.start()].rstrip(" “„\"'‘(")
            if not word[0].isupper() or len(word) < 3 or not before or before[-1] in ".!?:…":
                continue
            bare = _fold(word).removesuffix("'s")
            if not {bare, bare.removesuffix("s"), bare + "s"} & self._words and bare not in self._folded:
                out.append(word)
        return out


def _plain(number: str) -> str:
    """A number without its marks: 1,500 and 1500 and 1.500 are the same here."""
    return re.sub(r"\D", "", number).lstrip("0") or "0"


def _fold(text: str) -> str:
    """Lower case, plain quotation marks and dashes, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(str.maketrans("’‘“”„–—", '\'\'"""--'))
    return " ".join(text.split())
