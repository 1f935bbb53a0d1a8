"""Names in a post: where they are, and whether the source knows them."""

import re
from dataclasses import dataclass

from composer.evidence.words import lexicon
from composer.post.lexis import word_list

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
# Words with a capital that are nobody's name.
_COMMON = word_list("names_common")
_SAYS = re.compile(
    r"^(?:’s|'s)?,? (?:says?|said|thinks?|argues?|believes?|explains?|expects?|told|tells?|wrote|writes|calls?|"
    r"warns?|asks?|adds?|sees|claims?|predicts?|founded|works|worked|leads|led|joined|left|built|spoke)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One word, or several in a row, that a post writes as a name."""

    start: int
    end: int
    words: tuple[str, ...]


def names(line: str, language: str, *, title_case: bool = False) -> list[Name]:
    """The names of a line. In title case, and in German, a capital says little: there only what else marks a name."""
    tokens = list(_TOKEN.finditer(line))
    marked = [_marks(line, tokens, at, language, title_case) for at in range(len(tokens))]
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        if not marked[at]:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and marked[end] and line[tokens[end - 1].end() : tokens[end].start()] == " ":
            end += 1
        run = tokens[at:end]
        words = tuple(re.sub(r"['’]s?$", "", token.group()) for token in run)
        last = re.sub(r"['’]s?$", "", run[-1].group())
        if any(word.lower() not in _COMMON for word in words):
            found.append(Name(run[0].start(), run[-1].start() + len(last), words))
        at = end
    return found


def _marks(line: str, tokens: list[re.Match[str]], at: int, language: str, title_case: bool) -> bool:
    word = tokens[at].group()
    bare = re.sub(r"['’]s?$", "", word)
    if re.fullmatch(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|x|k|m|bn|b|t|kg|km|gb|mb|ms|%)?", bare, re.IGNORECASE):
        return False
    if (
        at
        and re.fullmatch(r"[KMGTP]i?[Bb]|[kMGT]?Wh?|[kMG]?Hz|[KMGT]bps|EUR|USD|GBP", bare)
        and tokens[at - 1].group()[-1].isdigit()
    ):
        return False  # a unit
    inner = bool(re.search(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]\d", bare))
    if title_case:
        return inner
    if not bare[:1].isupper():
        return bool(re.search(r"[a-z][A-Z]{1}", bare)) and len(bare) > 2
    if bare.lower() in _COMMON or (bare.lower() in lexicon(language).stop and not inner):
        return False
    neighbours = [
        tokens[other].group()
        for other in (at - 1, at + 1)
        if 0 <= other < len(tokens) and _joined(line, tokens, at, other)
    ]
    beside = [word for word in neighbours if word[:1].isupper() and word.lower() not in lexicon(language).stop]
    if language == "de":
        return inner or bool(re.match(r"['’]s\b", line[tokens[at].start() + len(bare) :])) or _german(line, tokens, at)
    if _opens(line, tokens[at].start()) and not inner:
        # The first word of a sentence has its capital anyway.
        owns = word != bare
        says = bool(_SAYS.match(line[tokens[at].start() + len(bare) :]))
        return owns or says or any(_opened_by(tokens, at, next_) for next_ in beside)
    return True


def _joined(line: str, tokens: list[re.Match[str]], a: int, b: int) -> bool:
    first, second = (tokens[a], tokens[b]) if a < b else (tokens[b], tokens[a])
    return line[first.end() : second.start()] == " "


def _opened_by(tokens: list[re.Match[str]], at: int, beside: str) -> bool:
    """A capital beside the first word makes both a name, unless the second is an acronym: "Using GPUs"."""
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].group() == beside
        and not re.search(r"[A-Z]{2}|\d", beside)
        and beside[1:].islower()
    )


def _german(line: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Two capitals in a row are a name in German where no article comes before: "Anna Weber", not "der Alte Markt"."""

    def capital(other: int) -> bool:
        return 0 <= other < len(tokens) and tokens[other].group()[:1].isupper() and tokens[other].group()[1:].islower()

    if at + 1 < len(tokens) and capital(at) and capital(at + 1) and _joined(line, tokens, at, at + 1):
        return not _opens(line, tokens[at].start())
    return (
        capital(at - 1)
        and capital(at)
        and _joined(line, tokens, at - 1, at)
        and not _opens(line, tokens[at - 1].start())
    )


def _opens(line: str, start: int) -> bool:
    before = line[:start].rstrip(" \t\"“„«'‘(")
    return not before or before[-1] in ".!?:：…•–—/" or not re.search(r"\w", before)


def name_problem(name: Name, words: frozenset[str], flat: str, initials: str = "") -> str:
    """Why a name is not borne out by the words of the source, or ""."""
    whole = " ".join(name.words)
    squeezed = re.sub(r"[\W_]+", "", whole.lower())
    if len(squeezed) > 2 and squeezed in flat:
        return ""
    # A handle is a name cut short: @annaber for Anna Berg.
    if len(name.words) > 1 and any(len(word) > len(name.words[0]) + 1 and squeezed.startswith(word) for word in words):
        return ""
    missing = [word for word in name.words if not _known(word, words, flat)]
    if not missing:
        return ""
    # Two initials are a word of the language too often: I.S. is no "is".
    if len(name.words) > 2 and _initials(name.words) in words:
        return ""
    if len(name.words) == 1 and _spelled(name.words[0], words, initials):
        return ""
    word = whole if len(missing) == len(name.words) else " ".join(missing)
    return f"The name {word} does not stand in the source."


def _known(word: str, words: frozenset[str], flat: str) -> bool:
    from rapidfuzz import fuzz

    low = word.lower().replace("’", "'")
    if low in words or low in _COMMON:
        return True
    stem = re.sub(r"(?:'s|s|es|ian|ans?|er|ers|en)$", "", low)
    if len(stem) > 3 and (
        stem in words
        or stem + "s" in words
        or any(other.startswith(stem) for other in words if len(other) <= len(stem) + 3)
    ):
        return True
    squeezed = re.sub(r"[\W_]+", "", low)
    if len(squeezed) > 4 and squeezed in flat:
        return True
    parts = [part for part in re.split(r"[-.&/]", low) if part]
    if len(parts) > 1 and all(part in words or len(part) < 3 for part in parts):
        return True
    # A recogniser hears "Sutskever" as "Sutzkever": one or two letters of a long word.
    if len(low) >= 6:
        return any(
            abs(len(other) - len(low)) <= 2 and other[:1] == low[:1] and fuzz.ratio(low, other) >= 84 for other in words
        )
    return False


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words).lower()


def _spelled(word: str, words: frozenset[str], initials: str) -> bool:
    """An acronym whose letters begin words that stand side by side in the source, or the singular of one it has."""
    bare = re.sub(r"s$", "", word)
    return (
        bare.isupper()
        and len(bare) > 1
        and (bare.lower() in words or bare.lower() + "s" in words or bare.lower() in initials)
    )
