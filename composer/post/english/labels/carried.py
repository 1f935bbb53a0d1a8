"""English only: the two to four words of a sentence that carry its point.

What a sentence says of its subject stands late in it: what is denied or compared ("Not a Good Idea"), what is to be
done ("File the Return"), the noun phrase it ends on. The words are taken as they stand, never put together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from composer.post.english.grammar import whole
from composer.post.english.words.kinds import COUNTS, FIGURES, Words
from composer.post.english.words.lexicon import frames, word_set
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list

WORD = re.compile(r"[$€£]?\d[\d,]*\d(?:s\b|%)?|[$€£]?[^\W_]+(?:[-’'./][^\W_]+)*%?|[^\w\s]")
_LIGHT = word_list("labels_light")
_DENIES = word_list("labels_denies")
_GENERIC = word_list("labels_generic")
_HOW = frozenset(["better", "faster", "less", "more", "together", "alone", "earlier", "later", "longer", "differently"])
_TIMES = frames()["time"]
_PALE = word_list("labels_pale")
_NO_QUALITY = word_list("labels_no_quality")
_UNDONE = word_list("labels_undone")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    low: str
    tags: frozenset[str]


def candidates(text: str, keyphrase: str, known: Words) -> list[tuple[float, str]]:
    """Labels of two to four words with what speaks for them; the greater the better. `text` is one or two sentences.

    A score below 0 is a label that only repeats how the sentence begins.
    """
    text = re.sub(r"[”\"],? (?:says|thinks) [^.]*\.$", "", text)
    found: dict[str, float] = {}
    for part in re.split(r"(?<=[.!]) (?=[A-Z“])", text):
        words = [Word(word, word.lower(), classes(word)) for word in WORD.findall(part.strip(' “”".'))]
        for start, end, value in (
            *_nouns(words, known), *_denied(words, known), *_acts(words, known), *_counted(words, known),
            *_placed(words, known), *_said(words),
        ):  # fmt: skip
            run = words[start:end]
            if not sayable(
                run, known, counted=words[start].low in FIGURES | frames()["number"] or words[start].text[0].isdigit()
            ):
                continue
            phrase = " ".join(token.text for token in run)
            score = value + weight(run, start, len(words), keyphrase, known)
            found[phrase] = max(found.get(phrase, -9.0), score)
    return sorted(((score, phrase) for phrase, score in found.items()), key=lambda row: (-round(row[0], 6), row[1]))


def classes(word: str) -> frozenset[str]:
    tags, _ = tag(word.lower())
    if word[:1].isupper() and word[1:] and (not word[1:].islower() or word.isupper()):
        tags = tags | {"PN", "N"}
    return tags


def noun(words: list[Word], at: int, known: Words) -> bool:
    """Whether the word at this place is read as a noun there."""
    token = words[at]
    tags = token.tags
    if not token.text[0].isalnum() or token.low in known.stop or not tags & {"N", "NS", "PN"}:
        return bool(at and token.text[:1].isupper() and token.text[1:].islower() and token.low not in known.stop)
    prior = words[at - 1] if at else None
    if tags & {"DET", "PRON", "PREP", "SUB", "MODAL", "BEF", "AND"}:
        return False
    if "ADV" in tags and not tags & {"PN"}:
        return False
    acts = tags & {"VB", "VBP", "VBZ", "VBD", "VBG"}
    if not acts or prior is None:
        return not (acts and at == 0)
    if prior.tags & {"TO", "MODAL", "PRON"} - {"PRON" if "DET" in prior.tags else ""} or prior.low in ("not", "who"):
        return False
    if prior.low in ("to", "never", "always", "that", "which", "also", "n't"):
        return False
    if prior.tags & {"DET", "PREP", "NUM"} or prior.low in known.before:
        return True
    if tags & {"VBZ", "VBP"}:
        # "the model needs a home": behind a noun it acts where an object follows; "payroll taxes" has none.
        following = words[at + 1] if at + 1 < len(words) else None
        if following is None or not following.text[0].isalnum():
            return True
        if "NS" in tags and following.tags & {"VBP"} and not following.tags & {"N", "ADJ"}:
            return True  # "social services say"
        return bool(
            following.tags & {"PREP", "AND", "SUB", "BEF", "MODAL", "TO", "HAVE", "DO"}
        ) and not following.tags & {"DET"}
    return True


def describes(words: list[Word], at: int, known: Words) -> bool:
    token = words[at]
    if token.low in COUNTS | FIGURES | _NO_QUALITY:
        return False
    if "ADJ" in token.tags and not token.tags & {"DET", "PRON", "PREP", "ADV", "NUM"}:
        return True
    prior = words[at - 1].low if at else ""
    return bool(token.tags & {"VBN", "VBG"}) and prior in known.before and prior not in ("is", "are", "by", "to")


def _nouns(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """Noun phrases of two to four words, also joined by "of"."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and (noun(words, end, known) or describes(words, end, known)):
            end += 1
        while end > at and not noun(words, end - 1, known):
            end -= 1
        size = end - at
        while size and at < end and words[at].low in _LIGHT:
            at, size = at + 1, size - 1
        if size:
            if at and re.fullmatch(r"\d{1,3}|\d+[.,]\d+", words[at - 1].text) and end - at <= 3:
                at -= 1  # "10 layer network"
                size += 1
            begin = max(at, end - 3) if end - at > 4 else at
            described = any(describes(words, place, known) for place in range(begin, end))
            if size >= 2:
                open_ = end < len(words) and words[end].low == "of"
                yield begin, end, 0.95 + 0.1 * described - 0.4 * open_ - 0.3 * (words[begin].low in _PALE)
            for joint in ("of", "for", "in", "without"):
                more = _followed_by(words, end, joint, known)
                if more and 3 <= more - begin <= 4:
                    yield begin, more, {"of": 1.15, "without": 1.15}.get(joint, 0.6)
                elif more and 3 <= more - (end - 1) <= 4:
                    yield end - 1, more, {"of": 1.05, "without": 1.05}.get(joint, 0.5)
        at = max(end, at + 1)


def _followed_by(words: list[Word], end: int, joint: str, known: Words) -> int:
    """Where "of ..." behind a noun ends, or 0 where what follows is no noun, or only half of a row."""
    if end >= len(words) or words[end].low != joint:
        return 0
    start = end + 1
    if start < len(words) and words[start].low in ("the", "a", "an", "your", "our"):
        start += 1
    stop = start
    while stop < len(words) and (noun(words, stop, known) or describes(words, stop, known)):
        stop += 1
    if stop < len(words) and words[stop].low in ("and", "or", "of"):
        return 0  # half of what follows "of"
    return stop if stop > start and noun(words, stop - 1, known) else 0


def _denied(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """What is denied, compared or measured: "No Vesting", "Not a Good Idea", "Only One Internet", "Less Production"."""
    for at, token in enumerate(words):
        if token.low not in _DENIES and not (token.low in ("still", "virtually", "far", "too", "long", "very") and at):
            continue
        start = at + 1
        opens = (
            ("a", "an", "enough", "much", "the")
            if token.low == "not"
            else ("one", "two")
            if token.low == "only"
            else ()
        )
        if start < len(words) and words[start].low in opens:
            start += 1
        end = start
        if token.low == "still" and start < len(words) and "VBG" in words[start].tags:
            yield at, start + 1, 1.2
            continue
        while end < len(words) and (noun(words, end, known) or describes(words, end, known)):
            end += 1
        while end > start and not (noun(words, end - 1, known) or _ends_on_adjective(words, end)):
            end -= 1
        if token.low == "not" and end == at + 1 < len(words) and "VBN" in words[end].tags and len(words[end].low) > 5:
            yield at, end + 1, 1.1
            continue
        if end > start and 2 <= end - at <= 4 and not (token.low in ("not", "very") and end - at == 2):
            closes = noun(words, end - 1, known)
            if token.low in ("still", "virtually", "far", "too", "long", "very", "never") and closes and end - at == 2:
                continue
            yield at, end, (1.3 if token.low not in ("more", "most", "very") else 1.1) - (0.0 if closes else 0.1)


def _ends_on_adjective(words: list[Word], end: int) -> bool:
    """Whether an adjective at the end of a run is what is said: nothing it could describe follows."""
    last = words[end - 1]
    following = words[end] if end < len(words) else None
    free = (
        following is None
        or not following.text[0].isalnum()
        or bool(following.tags & {"PREP", "AND", "TO", "SUB", "PRON"})
    )
    return "ADJ" in last.tags and free


def _counted(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """A figure with what it counts: "Six Hundred Calls", "Eleven Journalists"; or two things: "Dust and Brass"."""
    for at, token in enumerate(words):
        inside = at > 0 and words[at - 1].low in FIGURES | COUNTS
        figure = token.low in FIGURES or (token.low in frames()["number"] and token.low not in COUNTS)
        if (
            figure
            and not inside
            and token.low not in ("one", "next", "last", "zero", "half", "first", "second", "third")
        ):
            end = at + 1
            while end < len(words) and words[end].low in COUNTS | FIGURES:
                end += 1
            while end < len(words) and end - at < 4 and (noun(words, end, known) or describes(words, end, known)):
                end += 1
            if end < len(words) and end - at < 4 and "NS" in words[end].tags:
                end += 1  # behind a figure a plural is what it counts
            if end - at >= 2 and "NS" in words[end - 1].tags:
                yield at, end, 0.8
        if token.low == "and" and at and at + 1 < len(words) and at + 2 <= len(words):
            ends = at + 2 >= len(words) or not noun(words, at + 2, known)
            lone = at < 2 or not (noun(words, at - 2, known) or describes(words, at - 2, known))
            if ends and lone and noun(words, at - 1, known) and noun(words, at + 1, known):
                yield at - 1, at + 2, 0.7


_WHERE = word_list("labels_where")
_ARTICLES = ("a", "an", "the", "its", "your", "our")


def _placed(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """A place or a lack: "Without a Logbook"; and the last resort, a noun with its article: "The Last Repair"."""
    for at, token in enumerate(words):
        start = at + 1
        if token.low in _WHERE and start < len(words) and words[start].low in _ARTICLES:
            start += 1
        end = start
        if token.low in ("a", "an", "the") and end < len(words) and words[end].low in ("last", "first", "same", "next"):
            end += 1
        while end < len(words) and (noun(words, end, known) or describes(words, end, known)):
            end += 1
        if end == start or not noun(words, end - 1, known) or end - at > 4:
            continue
        followed = end < len(words) and words[end].low in ("of", "that", "who", "which")
        if token.low in _WHERE:
            yield at, end, 0.9
        elif token.low in ("a", "an", "the"):
            yield at, end, (0.45 if end - at > 2 else 0.1) - 0.2 * followed


def _said(words: list[Word]) -> Iterator[tuple[int, int, float]]:
    """A clause of three or four words behind a comma: "Dust Eats Brass"."""
    for at, token in enumerate(words):
        if token.low not in (",", ";", "because"):
            continue
        start = at + 1
        if start < len(words) and words[start].low in ("and", "but", "so", "because"):
            start += 1
        end = start
        while end < len(words) and words[end].text[0].isalnum():
            end += 1
        run = words[start:end]
        if 3 <= len(run) <= 4 and not {"PRON", "WH"} & set().union(*(word.tags - {"THAT"} for word in run[:1])):
            text = " ".join(word.text for word in run)
            if not run[0].tags & {"PREP", "SUB", "AND"} and whole(text):
                yield start, end, 1.3


def _acts(words: list[Word], known: Words) -> Iterator[tuple[int, int, float]]:
    """What is to be done: a verb behind "to", "must" or "without", with its object."""
    for at, token in enumerate(words[1:], 1):
        prior = words[at - 1]
        base = token.tags & {"VB"} and (prior.tags & {"TO", "MODAL"} or prior.low in ("to", "not", "just", "should"))
        going = "VBG" in token.tags and prior.low in (
            "of",
            "by",
            "without",
            "from",
            "for",
            "than",
            "is",
            "are",
            "before",
        )
        if not (base or going) or token.low in _LIGHT or tag(token.low)[1].get("VBG") in _LIGHT:
            continue
        if any(back.low in _UNDONE or back.low.endswith(("n't", "n’t")) for back in words[max(0, at - 6) : at]):
            continue  # "would not recommend": the act alone would say the opposite
        start = at + 1
        if start < len(words) and (words[start].low in ("the", "a", "an", "no", "every", "everything", "one", "their")
                                   or words[start].low in ("your", "our", "my", "his", "her", "its")):  # fmt: skip
            start += 1
        end = start
        while end < len(words) and (noun(words, end, known) or describes(words, end, known)):
            end += 1
        while end > start and not (noun(words, end - 1, known) or _ends_on_adjective(words, end)):
            end -= 1
        if end == start:
            if base and start < len(words) and start == at + 1 and words[start].low in _HOW:
                yield at, start + 1, 1.1
            continue
        before = words[at + 1].low
        if before in ("my", "his", "her", "its", "their") or (end < len(words) and words[end].low == "of"):
            continue  # whose, the label does not say, or of what
        if 2 <= end - at <= 4:
            yield at, end, 1.2 if base else 1.1


def sayable(run: list[Word], known: Words, *, counted: bool = False) -> bool:
    """Whether words can stand alone: no speaker's name, no figure cut off, no word of time at an end."""
    first, last = run[0], run[-1]
    if any(token.low in known.people or not (token.text[0].isalnum() or token.text[0] in "$€£") for token in run):
        return False
    if last.low in _GENERIC or last.low in _TIMES or last.low in COUNTS | FIGURES or last.text[0].isdigit():
        return False
    if "VBG" in last.tags and last.low not in word_list("labels_things") and first.low not in ("still", "no"):
        return False
    if last.low in ("sense", "sure", "use", "order", "able", "result", "addition", "contrast", "general", "particular"):
        return False
    if first.text[0].isdigit() and len(run) > 1 and run[1].low in ("of", "in", "for"):
        return False
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", first.text) and len(run) > 1 and run[1].low in FIGURES | frames()["number"]:
        return False  # "in 2022 eleven people"
    if first.low in _TIMES or (first.low in FIGURES | COUNTS and not counted) or re.search(r"['’]s?$", last.low):
        return False
    if any(re.search(r"n['’]t$", token.low) for token in run) or (last.low.endswith("ly") and "N" not in last.tags):
        return False
    # "a lot of work": a word that only counts is no head.
    return not (len(run) > 2 and run[1].low == "of" and first.low in _GENERIC | frames()["either"])


def weight(run: list[Word], start: int, size: int, keyphrase: str, known: Words) -> float:
    """What speaks for a phrase beside its form: what it is about, where it stands, how much its words say."""
    value = 0.0
    telling = [token.low for token in run if token.low not in known.stop and token.low not in _GENERIC]
    if not telling and run[0].low in FIGURES | frames()["number"]:
        telling = [run[-1].low]  # "six hundred calls": plain words, and still a figure
    if not telling:
        return -1.0
    low = " ".join(token.low for token in run)
    value += 0.25 * sum(len(word) > 4 for word in telling) / len(telling)
    if keyphrase and set(keyphrase.lower().split()) & set(telling):
        value += 0.2
    value += max((0.3 * share for name, share in known.keyphrases if name == low or name in low.split()), default=0.0)
    value += 0.15 if any(known.count.get(word, 0) > 2 for word in telling) else 0.0
    value -= 0.12 * sum(token.low in _GENERIC for token in run)
    value -= 0.2 * sum(token.low in ("your", "our") for token in run)
    if start <= 1:
        value -= 1.2  # it would say the beginning of the sentence twice
    elif start <= 3:
        value -= 0.35
    value += 0.15 * start / max(1, size)
    if len(run) == 4:
        value -= 0.1
    return value


def empty_word(word: str) -> bool:
    """Whether a word alone names nothing: an adjective, a word of time, a word for anything."""
    low = word.lower()
    tags, _ = tag(low)
    return (
        low in _GENERIC
        or low in _TIMES
        or low in word_list("labels_empty")
        or not tags & {"N", "NS", "PN"}
        or low in word_set("adverb_and_noun")
    )
