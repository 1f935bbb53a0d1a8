"""A label for a point, of two to four of its own words."""

import re
from itertools import pairwise

from composer.post.english.labels.carried import candidates, empty_word
from composer.post.english.labels.loose import around, loose
from composer.post.english.labels.runs import clauses, counted, manners, phrases, score
from composer.post.english.labels.said import THIN, bare, said_of, scrap, weak
from composer.post.english.labels.scraps import fragment, only_measured
from composer.post.english.words.kinds import (
    COUNTS,
    EMPTY,
    FIGURES,
    TOKEN,
    Words,
    closes,
    content,
    inner,
)
from composer.post.english.words.lexicon import frames
from composer.post.english.words.tagging import tag
from composer.post.english.words.titles import title
from composer.post.lexis import word_list


def label(text: str, keyphrase: str, known: Words, used: set[str]) -> str:
    """The best label for `text` that is not in `used` (lower case); adds it. Falls back on the keyphrase.

    Title case in English, as the source writes it elsewhere. Returns "" where the text holds nothing to name it by.
    """
    text = re.sub(r", in (?:one|the) speaker[’']s view\.", ".", text)
    passed = set(used)
    chosen = first = _named(text, keyphrase, known, set(used))
    for _ in range(TRIES):
        if not chosen or not scrap(chosen, text) or chosen.lower() in passed:
            break
        passed.add(chosen.lower())
        chosen = _named(text, keyphrase, known, set(passed))
    if not chosen or scrap(chosen, text) or " " not in chosen:
        chosen = first
    if chosen and (weak(chosen, text) or scrap(chosen, text) or only_measured(chosen)):
        chosen = title(_better(chosen, text, keyphrase, known, used))
    if chosen:
        used.add(chosen.lower())
    return chosen


def _better(chosen: str, text: str, keyphrase: str, known: Words, used: set[str]) -> str:
    """Another label for one that is weak, or a scrap: what the sentence says, its phrases, at last its subject."""
    longer = _longer(chosen, text)
    if longer and _free(longer, used) and not scrap(longer, text):
        return longer
    told = [phrase for phrase in said_of(text, known) if _free(phrase, used) and not scrap(phrase, text)]
    rows = [*candidates(text, keyphrase, known), *(row for row in loose(text, keyphrase, known) if row[0] > 0.5)]
    phrases = [(score, phrase) for score, phrase in rows if _free(phrase, used) and not scrap(phrase, text)]
    strong = [
        phrase
        for score, phrase in phrases
        if score >= 0 and not weak(phrase, text) and not THIN.match(phrase) and not only_measured(phrase)
    ]
    told = [phrase for phrase in told if not only_measured(phrase)] or strong or told
    if told:
        return told[0]
    if not scrap(chosen, text) and " " in chosen and not THIN.match(chosen):
        return chosen
    better = next((phrase for _, phrase in phrases if not THIN.match(phrase)), "")
    if better:
        return better
    by_how = re.search(rf"(?i)\b(\w+ly) {re.escape(chosen)}\b", text)
    if by_how and len(chosen.split()) < 4:
        return f"{by_how[1]} {chosen}"
    return chosen


def _longer(chosen: str, text: str) -> str:
    """A phrase that was cut before its noun, with the noun: "Develop a Life" -> "Develop a Life Plan"; or ""."""
    found = re.search(rf"(?i)(?<![\w'’-]){re.escape(chosen)} ([\w'’-]+)", text)
    if found is None or not fragment(chosen, text) or len(chosen.split()) > 3:
        return ""
    tags = tag(found[1].lower())[0]
    odd = tags & {"PREP", "DET", "PRON", "BEF", "MODAL", "ADV", "VBG"} or found[1].lower() in frames()["time"]
    return f"{chosen} {found[1]}" if tags & {"N", "NS"} and not odd else ""


TRIES = 3
"""Labels that are passed over for a better one of the same sentence."""


def _named(text: str, keyphrase: str, known: Words, used: set[str]) -> str:
    """The best label by what it names."""
    # Who says it is no label.
    text = re.sub(r"^“(.+)”, says [^.]*\.$", r"\1.", text)
    text = re.sub(
        r"^(?:One|The) speaker (?:thinks|believes|considers|does not \w+) (?:that )?(?=\w+ \w+ \w+)", "", text
    )
    pointed = _pointed(text, keyphrase, known, used)
    if THIN.match(pointed):
        # "The Thing" is a label only where nothing says more.
        more = (phrase for score, phrase in loose(text, keyphrase, known) if score > 0.7 and _free(phrase, used))
        pointed = next(more, pointed)
    if pointed:
        used.add(pointed.lower())
        return title(bare(_money(pointed, text)))
    best: list[tuple[float, str]] = []
    for start, phrase, preceded in phrases(text, known):
        low = phrase.lower()
        if any(word in known.people for word in low.split()) or re.search(r"['’]s?$", low):
            continue
        if low in used or any(_same(low, other) for other in used):
            continue
        if _scrap(text, phrase, known):
            continue
        best.append((score(phrase, start, preceded, text, keyphrase, known), phrase))
    best += [(1.05, found) for found in manners(text, known) if found.lower() not in used]
    best += [(0.9, found) for found in counted(text, known) if found.lower() not in used]
    best += [(1.0, found) for found in clauses(text) if found.lower() not in used]
    best.sort(key=lambda item: (-round(item[0], 6), item[1]))
    spare = best[0][1] if best else ""
    best = [item for item in best if " " in item[1] or _names(item[1], text, known)]
    if not best or " " not in best[0][1]:
        # A lone word is the last resort: the noun phrase around it says more.
        wider = _wider(best[0][1], text, known) if best else ""
        if wider and wider.lower() not in used and not any(_same(wider.lower(), other) for other in used):
            best.insert(0, (0.0, wider))
    chosen = best[0][1] if best else ""
    if " " not in chosen:
        chosen = next(
            (phrase for score, phrase in loose(text, keyphrase, known) if score > 0 and _free(phrase, used)), chosen
        )
    if (
        not chosen
        and keyphrase
        and keyphrase.lower() not in used
        and keyphrase.lower() in text.lower()
        and _spoken_of(keyphrase, known)
        and not _scrap(text, keyphrase, known)
    ):
        chosen = keyphrase
    if not chosen:
        chosen = _noun(text, known, used)
    if not chosen:
        # Every point has a label, so the shape holds: two words that stand together, or one that says something.
        said = [(found.start(), found[0]) for found in TOKEN.finditer(text) if content(found[0], known)]
        whole = [(at, word) for at, word in said if word.isalpha() and not word.endswith(("ed", "ing"))]
        pairs = [f"{a} {b}" for (at, a), (then, b) in pairwise(whole) if then == at + len(a) + 1]
        singles = [word for _, word in [*whole, *said] if len(word) > 3 and word.isalpha()]
        singles = [word for word in singles if word.lower() not in known.people]
        singles.sort(key=lambda word: not _names(word, text, known))
        spoken = [word for word in TOKEN.findall(text)[1:] if tag(word.lower())[0] & {"NS"} and word.isalpha()]
        chosen = next((one for one in [*pairs, *singles, *spoken] if one.lower() not in used | known.people), "")
    if not chosen or (" " not in chosen and empty_word(chosen)):
        chosen = spare if " " in spare else _last(text) or chosen or spare  # a weak label keeps the shape
    if not chosen:
        return ""
    if " " not in chosen:
        # Two words from the beginning of the sentence say more than one from anywhere.
        begun = (phrase for score, phrase in candidates(text, keyphrase, known) if score > -0.9)
        options = [*around(chosen, text, known), *(phrase for phrase in begun if not THIN.match(phrase))]
        chosen = next((phrase for phrase in options if _free(phrase, used)), chosen)
    used.add(chosen.lower())
    return title(bare(_money(chosen, text)))


LEAST_POINTED = 0.2
"""What a label of an English sentence must weigh to be taken before the older ways of naming it."""


def _money(label_: str, text: str) -> str:
    """A label that begins with a sum, with the sign before it."""
    found = re.search(rf"([$€£]){re.escape(label_)}", text) if label_[:1].isdigit() else None
    return f"{found[1]}{label_}" if found else label_


def _free(phrase: str, used: set[str]) -> bool:
    return not any(_same(phrase.lower(), other) or _same(other, phrase.lower()) for other in used)


def _pointed(text: str, keyphrase: str, known: Words, used: set[str]) -> str:
    """The words that carry the point of an English sentence, unlike every label that is taken; or ""."""
    return next(
        (
            phrase
            for score, phrase in candidates(text, keyphrase, known)
            if score >= LEAST_POINTED
            and not any(_same(phrase.lower(), other) or _same(other, phrase.lower()) for other in used)
        ),
        "",
    )


def _last(text: str) -> str:
    """The last two or three words of a sentence, where they make a phrase of their own; or ""."""
    words = re.findall(r"[\w’'-]+", text.split(". ")[0])
    classes = [tag(word.lower())[0] for word in words[-3:]]
    if not words or words[-1].lower() in _LATE | _TRAILING or classes[-1] & {"PRON", "PREP", "OBJ", "BEF", "TO"}:
        return ""
    for size in (3, 2):
        if len(words) <= size + 1 or (classes[-size] & _NO_START and words[-size].lower() != "without"):
            continue
        if not set().union(*classes[-size:]) & {"OBJ", "PRON", "BEF", "TO"}:
            return " ".join(words[-size:])
    return ""


_NO_START = frozenset(["OBJ", "POSS", "BEF", "TO", "AND", "PREP", "PRON", "SUB", "HAVE", "DO", "THAT", "WH"])
_TRAILING = frozenset(
    ["then", "yet", "too", "anymore", "now", "well", "either", "though", "out", "up", "off", "through", "normal"]
)


def _names(word: str, text: str, known: Words) -> bool:
    """Whether a lone word can be a label: a noun or a name, and no word that only joins or describes."""
    low = word.lower()
    tags, _ = tag(low)
    if empty_word(word):
        return False
    if low in known.adjective or low in known.stop or (low.endswith("ing") and low not in THINGS):
        return False
    if re.search(rf"(?i)^for {re.escape(word)},|\bsays {re.escape(word)}\b", text):
        return False  # who says it
    written = word[:1].isupper() and not text.startswith(word)
    return written or bool(tags & {"N", "NS"} and not tags & {"ADJ", "ADV", "DET", "PREP", "CMP"})


def _wider(word: str, text: str, known: Words) -> str:
    """The noun phrase a lone word is the head of, with the adjective or noun before it; or "" where it has none."""
    found = re.search(rf"(?<![\w-])(?:([\w-]+) )([\w-]+) {re.escape(word)}(?![\w-])", text)
    if found is None:
        return ""
    opener, describes = found[1].lower(), found[2]
    low = describes.lower()
    tags, _ = tag(low)
    other = tags & {"DET", "PRON", "PREP", "ADV", "CMP", "VBZ", "VBD"}
    fits = low in known.adjective or bool(tags & {"ADJ", "N"} and not other)
    plain = low in _LATE | COUNTS | FIGURES or low in known.stop or low in known.people or not low.isalpha()
    return f"{describes} {word}" if fits and not plain and opener in known.before else ""


def _noun(text: str, known: Words, used: set[str]) -> str:
    """The last word of a sentence that can only be a noun, where nothing longer names it; or ""."""
    for token in reversed(TOKEN.findall(text)[1:]):
        low = token.lower()
        fit = (
            len(low) > 4 and content(token, known) and closes(token, known) and low not in EMPTY | _LATE | known.people
        )
        if (
            fit
            and low not in used
            and low.isalpha()
            and not low.endswith(("ing", "ed"))
            and low not in COUNTS | FIGURES
            and _names(token, text, known)
        ):
            return str(token)
    return ""


# Nouns in -ing that name a thing, not an act.
THINGS = word_list("labels_things")
_LATE = word_list("labels_late")
_MOVING = word_list("labels_moving")


def _scrap(text: str, phrase: str, known: Words) -> bool:
    """Whether a run of words is cut out of the middle of something: no phrase a reader would write down."""
    words = phrase.split()
    first, last = words[0].lower(), words[-1].lower()
    at = text.find(phrase)
    before = re.findall(r"[\w’'%.-]+|[,;:]", text[:at])[-1:] if at > 0 else []
    prior = before[0].lower() if before else ""
    whole = any(phrase.lower() == name for name, _ in known.keyphrases) or phrase in known.names
    if (
        last in _LATE
        or first in _LATE
        or last in known.adjective
        or (re.search(r"(?:ly|n't)$", last) and len(words) > 1)
    ):
        return True
    if not whole and any(
        word.lower().endswith("ing") and word.lower() not in THINGS and "-" not in word for word in words
    ):
        return True
    if prior in _MOVING or (first.endswith("ed") and (prior.endswith("ly") or (prior and prior not in known.before))):
        return True  # a verb, or the half of "biologically inspired"
    if (
        len(words) > 1
        and words[1].lower() in ("for", "of", "in", "on")
        and (first in known.adjective or re.search(r"(?:ate|ive|able|ible|ous|ful|ed)$", first))
    ):
        return True
    if first in ("various", "recent", "certain", "several", "different", "other", "such", "high", "whole"):
        return True
    if len(words) > 2 and words[-2].lower() in FIGURES | COUNTS:
        return True  # "oven for forty minutes": two parts of the sentence
    if len(words) > 2 and words[1].lower() in known.small and content(prior, known) and prior.isalpha():
        return True  # "centers for sustainability" of "data centers for sustainability"
    if before and not whole:
        inside = len(words) > 1 and (prior in known.adjective or prior[:1].isdigit() or prior in FIGURES)
        joined = before[0][:1].isupper() and words[0][:1].isupper() and len(text[:at].split()) > 0
        return inside or joined
    return False


def _spoken_of(keyphrase: str, known: Words) -> bool:
    tokens = TOKEN.findall(keyphrase)
    return bool(tokens) and all(inner(token, known) for token in tokens) and closes(tokens[-1], known)


def _same(label_: str, other: str) -> bool:
    """Whether a label says no more than one that is taken; a longer one may say something of its own."""
    one, two = ({word.rstrip("s") for word in text.split()} for text in (label_, other))
    return one <= two
