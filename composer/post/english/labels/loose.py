"""English only: a label for a sentence that has none of the better ones, by what may stand beside what in it."""

import re
from collections.abc import Iterator

from composer.post.english.labels.carried import WORD, Word, classes, sayable, weight
from composer.post.english.words.kinds import COUNTS, FIGURES, Words
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list

_LIGHT = word_list("labels_light")
_NO_QUALITY = word_list("labels_no_quality")
_UNDONE = word_list("labels_undone")
_BEFORE_NOUN = frozenset(
    ["a", "an", "the", "any", "no", "this", "that", "these", "those", "your", "our", "their", "its", "every", "one",
     "of", "on", "in", "for", "with", "from", "by", "to", "and", "or"]
)  # fmt: skip
_AMOUNT = frozenset(["enough", "no", "less", "fewer", "more", "half", "both", "all", "zero"])
_ASKING = frozenset(["what", "how", "why", "where", "when", "who"])
_DEGREE = frozenset(
    ["very", "pretty", "too", "more", "less", "most", "extremely", "highly", "completely", "not", "never", "always",
     "still", "quite", "largely", "hardly", "so"]
)  # fmt: skip
_PLACED = frozenset(["without", "against", "beyond", "behind", "after", "before", "by", "from", "under", "between"])


def loose(text: str, keyphrase: str, known: Words) -> list[tuple[float, str]]:
    """Labels of two to four words of a sentence, best first, as `composer.post.english.labels.carried.candidates`.

    A word counts as a noun or a verb here where it can be one.
    """
    text = re.sub(r"[”\"],? (?:says|thinks) [^.]*\.$", "", text)
    found: dict[str, float] = {}
    for part in re.split(r"(?<=[.!]) (?=[A-Z“])", text):
        words = [Word(word, word.lower(), classes(word)) for word in WORD.findall(part.strip(' “”".'))]
        rows = [*_named(words), *_asked(words), *_done(words), *_measured(words)]
        for start, end, value, fixed in rows:
            run = words[start:end]
            if fixed or (sayable(run, known, counted=True) and not run[-1].low.endswith(("n't", "n’t"))):
                phrase = " ".join(token.text for token in run)
                told = (
                    max(0.0, weight(run, start, len(words), keyphrase, known))
                    if fixed
                    else weight(run, start, len(words), keyphrase, known)
                )
                found[phrase] = max(found.get(phrase, -9.0), value + told)
    return sorted(((score, phrase) for phrase, score in found.items()), key=lambda row: (-round(row[0], 6), row[1]))


Run = tuple[int, int, float, bool]
"""Where a label begins and ends in the words, what its form is worth, and whether the form alone makes it sayable."""


def _named(words: list[Word]) -> Iterator[Run]:
    """A noun with what describes it: "Separate Power Button", "Enough Data", "Cues for a Show", "Ground to Cover"."""
    for at, token in enumerate(words):
        if not at or not _ends(words, at):
            continue
        first, low = words[at - 1], words[at - 1].low
        opener = words[at - 2].low if at > 1 else ""
        plain = "ADJ" in first.tags and not first.tags & {"DET", "PRON", "PREP"}
        describes = (plain or _may_describe(first)) and low not in _ASKING
        if low in _AMOUNT:
            if not _denied(words, at - 1):
                yield at - 1, at + 1, 0.9, False
        elif describes and low not in _NO_QUALITY | COUNTS | FIGURES:
            start = at - 1
            while start > at - 3 and start and _may_describe(words[start - 1]):
                start -= 1
            if opener in _BEFORE_NOUN or (start and words[start - 1].low in _BEFORE_NOUN):
                yield (at - 1 if opener in _BEFORE_NOUN else start), at + 1, 0.85, False
        if token.tags & {"N", "NS", "PN"} and low in ("to", "from", "at", "without", "against") and at > 1:
            before = words[at - 2]
            if before.low == "not" or ("VBG" in before.tags and before.low not in _LIGHT):
                # "Not at Risk", "Migrating to Heroku"
                yield at - 2, at + 1, 1.6 if before.low == "not" else 0.8, False
        joined = low in ("a", "the") and at > 2 and words[at - 2].low in ("for", "of", "in", "on")
        done = bool(words[at - 3].tags & {"VBN"}) and words[at - 3].low not in _LIGHT if at > 2 else False
        if joined and (_noun(words[at - 3]) or done):
            yield at - 3, at + 1, 0.7, False
        if low in _PLACED:
            yield at - 1, at + 1, 0.1, False


def _asked(words: list[Word]) -> Iterator[Run]:
    """What a sentence ends on asking: "What You Are Thinking"; a noun with what is to be done: "Ground to Cover"."""
    for at, token in enumerate(words):
        if token.low in _ASKING and at and 2 <= len(words) - at <= 4 and words[-1].text[0].isalnum():
            yield at, len(words), 0.9, True
        acts = at > 1 and words[at - 1].low == "to" and "VB" in token.tags and token.low not in _LIGHT
        ends = at + 1 == len(words) or not words[at + 1].text[0].isalnum()
        if acts and ends and _noun(words[at - 2]) and not words[at - 2].tags & {"VB", "VBG", "VBP", "ADJ"}:
            yield at - 2, at + 1, 0.7, False


def _done(words: list[Word]) -> Iterator[Run]:
    """What somebody does: a verb behind its subject, with a plain object: "Forget a Base Case"."""
    for at, token in enumerate(words[1:], 1):
        subject = words[at - 1]
        acts = "VBP" in token.tags and subject.low in ("i", "we", "you", "they", "people")
        if not acts or token.low in _LIGHT or tag(token.low)[0] & {"BEF", "MODAL", "ADV"}:
            continue
        if _denied(words, at):
            continue
        start = at + 1
        while start < min(at + 3, len(words)) and words[start].tags & {"DET", "ADJ"}:
            start += 1
        if start < len(words) and _ends(words, start) and start - at < 4:
            yield at, start + 1, 0.6, False


def _measured(words: list[Word]) -> Iterator[Run]:
    """What is said of the subject: "Very Small", "Less Lucky"."""
    for at, token in enumerate(words[1:], 1):
        quality = "ADJ" in token.tags and not token.tags & {"DET", "PRON", "PREP"} and len(token.low) > 3
        more = at + 1 < len(words) and bool(words[at + 1].tags & {"ADJ", "N"})
        if not quality or words[at - 1].low not in _DEGREE or at < 2 or more or not _breaks(words, at + 1):
            continue
        before = words[at - 2]
        if before.tags & {"BEF"} or before.low in _LINKS or re.search(r"(?:['’](?:re|s|m)|n['’]t)$", before.low):
            yield at - 1, at + 1, 0.5, True


_LINKS = frozenset(["be", "get", "gets", "got", "feel", "feels", "seem", "seems", "become", "becomes", "or", "and"])


def _denied(words: list[Word], at: int) -> bool:
    """Whether what stands here is denied a few words before: the label alone would say the opposite."""
    before = words[max(0, at - 5) : at]
    return any(word.low in _UNDONE | {"not", "never", "nobody"} or re.search(r"n['’]t$", word.low) for word in before)


def _noun(token: Word) -> bool:
    return bool(token.tags & {"N", "NS"}) and not token.tags & {"PRON", "DET", "PREP"}


def _may_describe(token: Word) -> bool:
    odd = token.tags & {"DET", "PRON", "PREP", "ADV", "MODAL", "BEF", "SUB", "AND"}
    return token.text[0].isalpha() and bool(token.tags & {"ADJ", "N", "VBN"}) and not odd


def _ends(words: list[Word], at: int) -> bool:
    """Whether the word at this place can be a noun that closes a phrase: nothing that belongs to it follows."""
    token = words[at]
    odd = {"DET", "PRON", "PREP", "VBZ", "WH"}
    if not token.text[0].isalnum() or not token.tags & {"N", "NS", "PN"} or token.tags & odd:
        return False
    return _breaks(words, at + 1)


def _breaks(words: list[Word], at: int) -> bool:
    """Whether a phrase ends before this place: the sentence does, or what follows begins something else."""
    if at >= len(words):
        return True
    stops = {"PREP", "AND", "SUB", "MODAL", "TO", "PRON", "BEF", "HAVE", "DO", "THAT", "WH", "DET", "ADV"}
    return not words[at].text[0].isalnum() or bool(words[at].tags & stops)


def around(word: str, text: str, known: Words) -> Iterator[str]:
    """A lone word with the one beside it that belongs to it, the best first: "Marketing Studies", "Takes Courage"."""
    words = [Word(part, part.lower(), classes(part)) for part in WORD.findall(text)]
    odd = {"DET", "PRON", "PREP", "BEF", "MODAL", "AND", "SUB", "TO", "WH"}
    for at, token in enumerate(words):
        if token.text != word:
            continue
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        runs: list[tuple[int, int]] = []
        if before and not before.tags & odd and before.tags & {"ADJ", "N", "VBN", "NUM"} and _breaks(words, at + 1):
            runs.append((at - 1, at + 1))
        if after and after.tags & {"N", "NS"} and not after.tags & (odd | {"VBZ"}) and _breaks(words, at + 2):
            runs.append((at, at + 2))
        if before and before.low == "of" and at > 1 and _noun(words[at - 2]) and words[at - 2].low != "lot":
            runs.append((at - 2, at + 1))
        verb = at - 2 if before and before.low in ("the", "a", "an", "our", "your", "no", "some") and at > 1 else at - 1
        acts = verb >= 0 and words[verb].tags & {"VB", "VBP", "VBZ", "VBG"} and words[verb].low not in _LIGHT
        if acts and not words[verb].tags & odd and not _denied(words, verb) and _breaks(words, at + 1):
            runs.append((verb, at + 1))
        for start, end in runs:
            run = words[start:end]
            plain = (
                len(run[0].low) > 2 and run[0].low not in ("sort", "kind", "lot") and not re.search("['’]", run[0].low)
            )
            if plain and not any(part.low in known.people for part in run):
                yield " ".join(part.text for part in run)
