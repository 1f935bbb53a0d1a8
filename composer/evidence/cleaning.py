"""Spoken text to written text, without a change of meaning.

Fillers go only where commas or a pause bound them, because the same words also carry sense ("I mean it", "what kind
of model"). Repeats and false starts collapse to their last form. A negation, a number or a name is never dropped: a
step that would lose one is not taken.
"""

import re
from functools import lru_cache

from composer.evidence.punctuation import SOUNDING, restore
from composer.evidence.repeats import EDGE, mended
from composer.evidence.words import UNSPACED, Lexicon, lexicon, shared

# A piece of at most this many words, whole and without a mark, is left as it is.
SHORT = 5
# Fewer letters than this are no caption in capitals: an acronym or two.
CAPTION = 20
_SPACE = re.compile(r"\s+")
_NOISE = re.compile(
    r"\[(?:[^\]\d]{1,40})\]|\{[a-z]{3,12}\}|[♪♫]+|\((?:applause|laughter|laughs|music|inaudible|crosstalk|"
    r"applaus|gelächter|musik|rires|aplausos|risas|risos|拍手|笑)\)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[\[{(♪♫]")
_TOKEN = re.compile(r"\S+")
_PIECE = re.compile(r"\w+")
_SMALL = bytes(range(ord("a"), ord("z") + 1))
_CUT = re.compile(r"\b(?!\d)(\w{1,12})(?:-|--|—|–)(?=\s)", re.UNICODE)


def clean(text: str, language: str = "en") -> str:
    """`text` as it would be written: no fillers, repeats or false starts, sentence case, punctuation.

    Works on a sentence or a whole passage; `language` is a BCP 47 tag. White space becomes single spaces. Never
    raises; text that needs nothing comes back as it is, apart from white space.
    """
    known = lexicon(language)
    text = " ".join((_NOISE.sub(" ", text) if _BRACKET.search(text) else text).split())
    if not text:
        return ""
    text = whole = _lower_shouting(text)
    if not text.isascii() and UNSPACED.search(text):
        return _clean_unspaced(text, known)
    for _ in range(3):
        before = text
        text = _hesitations(text, known)
        text = _cut_words(text)
        text = _openers(text, known)
        text = _bounded(text, known)
        text = _tags(text, known)
        text = mended(text, known)
        text = _tidy(text if text is before else " ".join(text.split()))
        if text == before:
            break
    if not SOUNDING.search(text):
        return whole
    if text == whole and text.count(" ") < SHORT and text[-1] not in ".,;:!?…":
        # A short piece with no mark, from which nothing went, is a label or a quotation, not a sentence to mend.
        return text
    return _sentence_case(restore(text, known.language), known)


def _lower_shouting(text: str) -> str:
    """Captions in capitals become lower case; the sentence case is restored at the end."""
    if len(text) < CAPTION:
        return text
    said = text.encode()
    if len(said) - len(said.translate(None, _SMALL)) > 0.15 * len(text):
        # Too many small letters for a caption in capitals, whatever the rest is.
        return text
    letters = [c for c in text if c.isalpha()]
    upper = sum(1 for c in letters if c.isupper())
    if len(letters) >= CAPTION and upper >= 0.85 * len(letters) and text.count(" ") >= 4:
        return text.lower()
    return text


@lru_cache(maxsize=16)
def _alternatives(phrases: tuple[str, ...]) -> str:
    longest = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase) for phrase in longest) or r"(?!)"


@lru_cache(maxsize=16)
def _hesitation_pattern(known: Lexicon) -> re.Pattern[str]:
    sounds = _alternatives(tuple(sorted(known.hesitation)))
    return re.compile(
        rf"(?i)(?P<left>(?:^|[\s,;:—–\-\"“„«(]))\s*\b(?:{sounds})\b(?!['’-]\w)(?P<right>\s*[,.…]*)(?=\s|$|[?!])"
    )


@lru_cache(maxsize=16)
def _sounds(known: Lexicon) -> frozenset[str]:
    """The first letters-only piece of each sound: a text without any of them holds no sound."""
    return frozenset(piece.group() for sound in known.hesitation if (piece := _PIECE.search(sound)))


def _hesitations(text: str, known: Lexicon) -> str:
    """Drop the sounds. The punctuation after a dropped sound stays only where it ends the sentence."""
    if not known.hesitation:
        return text
    sounds = _sounds(known)
    if sounds.isdisjoint(_PIECE.findall(text.lower())):
        return text.lstrip(",;").strip()

    def drop(match: re.Match[str]) -> str:
        left, right = match["left"].strip(), match["right"].strip()
        if left and left in '"“„«(':
            return left + "\x01"
        ends = right[:1] in (".", "…") and (left == "," or match.end() >= len(text.rstrip()))
        if left in (",", ";", ":"):
            # "is, um, hard": both commas were there for the sound alone; "I mean, um, it's": one belongs to the phrase.
            lone = re.split(r"[.!?…,]\s*", text[: match.start()].lower())[-1].strip()
            phrase = lone in known.filler or lone in known.opener
            return " " if right == "," and not phrase else (f"{right} " if ends else f"{left} ")
        if left:
            return f"{left} "
        return right if ends and match.start() > 0 else " "

    previous = ""
    while previous != text:
        previous = text
        if not sounds.isdisjoint(_PIECE.findall(text.lower())):
            text = _hesitation_pattern(known).sub(drop, text)
        text = _SPACE.sub(" ", re.sub("\x01\\s*", "", text)).strip().lstrip(",;").strip()
    return text


def _cut_words(text: str) -> str:
    """ "I wan- I want": a word broken off before a space goes, unless it is a prefix on purpose ("pre- and post-")."""
    if "- " not in text and "— " not in text and "– " not in text:
        return text

    def drop(match: re.Match[str]) -> str:
        after = text[match.end() :].split()
        if not after or after[0].lower() in ("and", "or", "und", "oder", "et", "ou", "y", "o", "e"):
            return match.group()
        stub, word = match[1].lower(), after[0].lower().strip(EDGE)
        if word.startswith(stub) or any(w.lower().startswith(stub) for w in after[1:4]) or len(stub) == 1:
            return ""
        return match.group()

    return _SPACE.sub(" ", _CUT.sub(drop, text)).strip()


@lru_cache(maxsize=16)
def _bounded_pattern(known: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?i),\s+(?:{_alternatives(known.filler)})\s*,(?=\s)")


# After these a new clause begins, and one comma stays in front of them.
_CLAUSE = shared("clause")
_PERSON = frozenset(["i", "you", "he", "she", "it", "we", "they", "that", "there", "people"])
_INTRO = shared("intro")


def _bounded(text: str, known: Lexicon) -> str:
    """Fillers between two commas. One comma stays where the clause needs it: before a conjunction, or after the
    phrase that opens the sentence."""
    if not known.filler or text.count(",") < 2:
        return text
    pattern = _bounded_pattern(known)
    at = 0
    while match := pattern.search(text, at):
        if _is_direction(match.group(), text):
            at = match.end() - 1
            continue
        before = re.split(r"[.!?…]\s+|,\s*", text[: match.start()])[-1].split()
        start = re.split(r"[.!?…]\s+", text[: match.start()])[-1].split()
        after = text[match.end() :].split()
        follow = after[0].lower().strip(EDGE) if after else ""
        opening = bool(start) and start[0].lower() in _INTRO and len(before) == len(start)
        subject = follow.split("'")[0] in _PERSON and bool(before) and before[-1].lower() not in _CLAUSE
        comma = follow in _CLAUSE or opening or subject
        text = text[: match.start()] + ("," if comma else "") + text[match.end() :]
    return text


def _is_direction(said: str, text: str) -> bool:
    """Whether "right" is the opposite of left here and no filler."""
    return "right" in said.lower() and " left" in f" {text.lower()}"


_SET_OFF = re.compile(r"[,،…]|\.\.")


@lru_cache(maxsize=16)
def _opener_pattern(known: Lexicon) -> re.Pattern[str]:
    phrases = _alternatives(known.opener)
    return re.compile(
        rf"(?i)(^|[.!?…]\s+)(?:{phrases})\s*(?:[,،]|\.{{2,3}}|…)\s+(?:so\s+(?!that\b|far\b|much\b|many\b))?(?=\S)"
    )


def _openers(text: str, known: Lexicon) -> str:
    """Words that only start a turn, where a comma sets them off: "Well, ...", "So, ..."."""
    if not known.opener or not _SET_OFF.search(text):
        return text
    pattern, previous = _opener_pattern(known), ""
    while previous != text and (_INNER.search(text) or pattern.match(text)):
        # A turn starts with the text, or behind a mark inside it.
        previous = text
        text = pattern.sub(lambda m: m.group() if _is_direction(m.group(), m.string) else m[1] + "\x00", text)
        text = re.sub("\x00(.)", lambda m: _raised(m), text)
    return text


def _raised(match: re.Match[str]) -> str:
    return match[1] if _mixed(match.string, match.end() - 1) else match[1].upper()


def _mixed(text: str, at: int) -> bool:
    """Whether the word at `at` has capitals of its own inside, as iPhone has."""
    word = _TOKEN.match(text, at)
    return word is not None and any(c.isupper() for c in word.group()[1:])


@lru_cache(maxsize=16)
def _tag_pattern(known: Lexicon) -> re.Pattern[str]:
    # The case of what follows counts: ", or something else" is no tag.
    return re.compile(rf",\s*(?i:{_alternatives(known.tag)})\s*([.?!…]*)(?=\s+[\"“'A-ZÄÖÜÀ-Ý¿¡]|\s*$)")


def _tags(text: str, known: Lexicon) -> str:
    """ ", right?" and ", you know." at the end of a sentence."""
    if not known.tag or "," not in text:
        return text

    def drop(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip()
        clause = re.split(r"[.!?…]\s+", before)[-1].split()
        if len(clause) < 3 or (clause[0].lower() in known.question and match[1].startswith("?")):
            return match.group() if len(clause) < 3 else match[1]
        return "." if match[1] or match.end() >= len(text.rstrip()) else match[1]

    return _tag_pattern(known).sub(drop, text)


_PUSHED = re.compile(r" [,.;:!?…]")
_DOUBLED = re.compile(r",\s*[,.;:!?…]")
# The lookbehind stands behind the letter, so that the search can leap from one "i" to the next.
_SMALL_I = re.compile(r"i(?<![\w.'’]i)(?=$|[\s,;:!?]|['’](?:m|d|ll|ve|s)\b)")
_SMALL_I_END = re.compile(r"i(?<=\si)(?=\.(?:\s|$))")
# What every small "i" of both has behind it, and few words do.
_I_ENDS = re.compile(r"i(?:[\s,;:!?.'’]|$)")
_FIRST = re.compile(r"[\"'“‘«„¿¡(]*[^\W\d_]")
_INNER = re.compile(r"[.!?…]\s")
_LATER = re.compile(r"(?<=[.!?…]\s)[\"'“‘«„¿¡(]*[^\W\d_](?=\w*\s)")


def _tidy(text: str) -> str:
    """`text`, single spaces between its words, without marks that stand twice, apart or in front."""
    if _PUSHED.search(text):
        text = re.sub(r"\s+([,.;:!?…])", r"\1", text)
    if _DOUBLED.search(text):
        text = re.sub(r",(?:\s*,)+", ",", text)
        text = re.sub(r",\s*([.;:!?…])", r"\1", text)
    if "!." in text or "?." in text:
        text = re.sub(r"([!?])\.(?=\s|$)", r"\1", text)
    if text[:1] in (",", ";", ":", ".", "…"):
        text = re.sub(r"^[,;:.…\s]+(?=\w)", "", text)
    return text.strip()


def _sentence_case(text: str, known: Lexicon) -> str:
    if known.language.startswith("en") and _I_ENDS.search(text):
        text = _SMALL_I_END.sub("I", _SMALL_I.sub("I", text))

    def upper(match: re.Match[str]) -> str:
        return match.group() if _mixed(match.string, match.end() - 1) else match.group().upper()

    if not text[:1].isupper() and (first := _FIRST.match(text)):
        text = upper(first) + text[first.end() :]
    return _LATER.sub(upper, text) if _INNER.search(text) else text


def _clean_unspaced(text: str, known: Lexicon) -> str:
    """Chinese and Japanese: sounds and openers before a comma, and doubled marks. Nothing inside a clause."""
    sounds = _alternatives(tuple(sorted(known.hesitation)))
    openers = _alternatives(tuple(known.opener + known.filler))
    text = re.sub(rf"(^|[，、。！？,\s])(?:{sounds})+[，、,…]*", r"\1", text)
    text = re.sub(rf"(^|[。！？])(?:{openers})[，、,]", r"\1", text)
    text = re.sub(rf"[，、,](?:{openers})[，、,]", "，" if "，" in text else "、", text)
    text = re.sub(r"[，、,]+([，、。！？,])", r"\1", text)
    text = re.sub(rf"(?<=[{'一'}-{'鿿'}぀-ヿ]) (?=[{'一'}-{'鿿'}぀-ヿ])", "", text)
    return text.strip("，、, ")
