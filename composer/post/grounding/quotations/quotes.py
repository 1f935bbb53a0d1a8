"""Quotations of a post, and whether their words stand in the source in that order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from composer.evidence.words import lexicon
from composer.post.english.sentences.retold import expand
from composer.post.grounding.values.numbers import facts, vocabulary
from composer.post.grounding.values.numerals import tongue
from composer.post.lexis import word_list
from composer.post.phrases import UNSPACED

# What a quotation may leave out of speech without changing it.
_FILLERS = word_list("quotes_fillers")
_PHRASES = (("it", "is", "like"), ("it", "was", "like"), ("i", "was", "like"), ("how", "you", "say"))
# Small words of speech that change nothing of what is said, beside those of `evidence.words`.
_PARTICLES = {
    "de": "also eben gell mal na naja ne tja wissen_sie sehen_sie weißt_du nicht_wahr verstehen_sie",
    "fr": "bon voilà voyez_vous vois_tu savez_vous n_est_ce_pas si_vous_voulez je_crois",
    "es": "bueno vale mira verdad ya_ves sabe_usted", "pt": "aí então tá olha veja viu sabe_como", "zh": "嘛 呢 吧",
}  # fmt: skip
_PAIRS = [
    re.compile(r"“([^“”\n]{2,600})”"),
    re.compile(r"„([^„“”\n]{2,600})[“”]"),
    re.compile(r"«\s?([^«»\n]{2,600}?)\s?»"),
    re.compile(r"»([^«»\n]{2,600})«"),
    re.compile(r"「([^「」\n]{1,300})」"),
    re.compile(r"『([^『』\n]{1,300})』"),
    # Where words stand unparted, marks stand right beside them.
    re.compile(r"(?<![^\W\u3040-\u9fff])(?<!\")\"([^\"\n]{2,600})\"(?![^\W\u3040-\u9fff])"),
    re.compile(r"(?<![\w’‘])‘([^‘’\n]{2,300}(?:’\w[^‘’\n]*)*)’(?!\w)"),
    re.compile(r"(?<![\w'])'([^'\n]{2,300}(?:'\w[^'\n]*)*)'(?!\w)"),
]
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_NUMERAL = re.compile(r"[\d０-９,，.．〇零一二两三四五六七八九十百千万萬亿億兆点・]+")
# Where a voice breaks off after a word and goes on: "that we… our code", "they-- they all".
_BROKEN_OFF = re.compile(r"(?<=\w)(?:…|\.{3}|--|—)(?=\s+[a-z]|\s*$)")
_ENDED = re.compile(r"[.!?。！？…][\"”’»)]*\s*$")
# The most words an ellipsis may stand for.
_REACH = 120


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks; `start` and `end` take the marks in."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Running:
    """The words of a source one after the other, the voice of each, where each word stands, where a sentence
    begins after the end of another, the first word of each sentence, and where a voice breaks off and begins anew."""

    words: tuple[str, ...]
    speakers: tuple[str | None, ...]
    at: dict[str, list[int]]
    language: str
    opens: frozenset[int] = frozenset()
    rows: tuple[int, ...] = ()
    broken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation in the source: the voices it may be of, whether a negation before it is left out, and where its
    first words stand among the running words."""

    speakers: frozenset[str | None]
    negated: bool
    starts: tuple[int, ...] = ()


def running(rows: Iterable[tuple[str, str | None]], language: str) -> Running:
    """The running words of sentences with their speakers."""
    words: list[str] = []
    speakers: list[str | None] = []
    at: dict[str, list[int]] = {}
    opens: set[int] = set()
    begins: list[int] = []
    ended = False
    broken: set[int] = set()
    for text, speaker in rows:
        begins.append(len(words))
        for cut in _BROKEN_OFF.finditer(text):
            broken.add(len(words) + len(tokens(text[: cut.start()], language)) - 1)
        if ended:
            opens.add(len(words))
        ended = bool(_ENDED.search(text))
        for word in tokens(text, language):
            at.setdefault(word, []).append(len(words))
            words.append(word)
            speakers.append(speaker)
    return Running(tuple(words), tuple(speakers), at, language, frozenset(opens), tuple(begins), frozenset(broken))


def quotations(line: str) -> list[Quoted]:
    """Every quotation of a line, in order, none inside another."""
    found: list[Quoted] = []
    for pattern in _PAIRS:
        for match in pattern.finditer(line):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(Quoted(match.start(), match.end(), match[1]))
    return sorted(found, key=lambda quoted: quoted.start)


def tokens(text: str, language: str) -> list[str]:
    """The words of a text for comparing: small, contractions written out, numbers as digits."""
    low = text.lower().replace("’", "'").replace("‘", "'")
    if language == "en":
        # "they 're" and "T_V_", as some meetings are transcribed.
        low = re.sub(r"(?<=\w) (?=(?:'(?:s|re|ve|ll|d|m)|n't)\b)", "", low) if " '" in low or " n't" in low else low
        low = re.sub(r"\b(?:[a-z]_)+(?:[a-z]\b)?", lambda said: said[0].replace("_", ""), low) if "_" in low else low
        low = expand(_UNMARKED.sub(_marked, low))
        low = re.sub(r"\bcannot\b", "can not", low)
    unspaced = language in UNSPACED
    worded = unspaced or not vocabulary(tongue(language).language).isdisjoint(_WORD.findall(low))
    counted = facts(low, language) if worded else []
    for fact in reversed(counted):
        if (
            fact.kind == "number"
            and (fact.words or unspaced)
            and "share" not in fact.dimensions
            and fact.value == int(fact.value)
            and (fact.dimensions & {"", "ordinal"} == {""})
        ):
            rest = ""
            if unspaced:  # 三百十二人: the word that is counted stays
                rest = _NUMERAL.sub("", low[fact.start : fact.end])
            low = f"{low[: fact.start]} {fact.value:.0f} {rest}{low[fact.end :]}"
    low = re.sub(r"(\d)[,.\u202f\u00a0](?=\d{3}\b)", r"\1", low)
    if unspaced:
        low = _hesitating(language).sub("", low)
    return _LETTER.findall(low)


# Contractions as a recogniser writes them: "dont", "im", "thats".
_UNMARKED = re.compile(
    r"\b(?:(?:do|does|did|is|was|were|are|have|has|had|could|would|should|ca|wo)nt|im|ive|youve|weve|theyve|youre|"
    r"theyre|youll|theyll|thats|whats|theres|hes|shes|its)\b"
)


def _marked(found: re.Match[str]) -> str:
    """A contraction with its mark: where "its" is none it is the same in a source and in a post."""
    return re.sub(r"(?=(?<=n)t$|(?:m|ve|re|ll|s)$)", "'", found[0], count=1)


@cache
def _hesitating(language: str) -> re.Pattern[str]:
    """What a speaker of an unspaced language says while thinking, set off by a mark: 呃, and あのー、."""
    known = lexicon(language)
    words = sorted({*known.hesitation, *known.filler}, key=lambda word: (-len(word), word))
    return re.compile(rf"(?:(?<=[，,、。：:「“\s])|^)(?:{'|'.join(words)})ー?[，,、…\s]+")


def look_up(quote: str, source: Running) -> Found | None:
    """Where the words stand in the source in this order, fillers and repeats left out; `…` and `[...]` may skip.

    None where they do not stand there.
    """
    quote = re.sub(r"\[(\w{1,2})\](?=\w)", r"\1", quote)
    parts = [words for part in re.split(r"…|\.{3}|\[[^\]]*\]", quote) if (words := tokens(part, source.language))]
    if not parts:
        return Found(frozenset(source.speakers), False)
    speakers: set[str | None] = set()
    negated = True
    starts: list[int] = []
    for start, end in _matches(parts[0], source, 0, len(source.words)):
        last = end
        for part in parts[1:]:
            following = next(iter(_matches(part, source, last, last + _REACH)), None)
            if following is None:
                break
            last = following[1]
        else:
            speakers.add(source.speakers[start])
            starts.append(start)
            negated = negated and _negated(start, source)
    return Found(frozenset(speakers), negated, tuple(starts)) if speakers else None


def _negated(start: int, source: Running) -> bool:
    """Whether the word right before a stretch, fillers aside, denies it."""
    if start in source.opens:
        return False
    negation = tongue(source.language).negation
    fillers = _skips(source.language).fillers
    before = [word for word in source.words[max(0, start - 3) : start] if word not in fillers]
    if not before or before[-1] not in negation or source.speakers[start - 1] != source.speakers[start]:
        return False
    # "No, I don't have any figures": an answer, and then a sentence of its own.
    return not (before[-1] == "no" and source.language == "en" and source.words[start] in _SUBJECTS)


_SUBJECTS = frozenset("i we you he she it they there that this".split())  # noqa: SIM905


def _matches(words: Sequence[str], source: Running, begin: int, end: int) -> Iterable[tuple[int, int]]:
    """Every stretch of the source, from `begin` on, that `words` may be: (first, after the last)."""
    places = source.at.get(words[0], [])
    if not places and len(words) > 3:
        places = [at - 1 for at in source.at.get(words[1], []) if at]
    for start in places:
        if begin <= start < end:
            after = _match(words, source.words, start, _skips(source.language), source.broken)
            if after >= 0:
                yield start, after


@dataclass(frozen=True, slots=True)
class _Skips:
    """What a quotation may leave out: words and phrases; `kept` are never left out but where they are said again."""

    kept: frozenset[str]
    fillers: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]


@cache
def _skips(language: str) -> _Skips:
    kept = tongue(language).negation
    if language == "en":
        return _Skips(kept, _FILLERS, _PHRASES)
    known = lexicon(language)
    every = {*known.hesitation, *known.filler, *_PARTICLES.get(language, "").split()}
    said = [tuple(_LETTER.findall(phrase.replace("_", " "))) for phrase in sorted(every)]
    words = frozenset(phrase[0] for phrase in said if len(phrase) == 1)
    return _Skips(kept, _FILLERS | words, tuple(phrase for phrase in said if len(phrase) > 1))


def _match(
    words: Sequence[str], source: Sequence[str], start: int, skips: _Skips, broken: frozenset[int] = frozenset()
) -> int:
    """The place after `words` in the source from `start` on, or -1."""
    at, nth, skipped, misheard = start, 0, 0, max(len(words) // 6, int(len(words) > 3))
    while nth < len(words):
        if at >= len(source):
            return -1
        if source[at] == words[nth]:
            at, nth, skipped = at + 1, nth + 1, 0
        elif misheard and _alike(source[at], words[nth]):
            at, nth, skipped, misheard = at + 1, nth + 1, 0, misheard - 1
        elif nth > 1 and (anew := _anew(words, nth, source, at, skips)):
            at = anew
        elif skipped < 8 and nth and (phrase := _phrase(source, at, skips)):
            at, skipped = at + phrase, skipped + phrase
        elif skipped < 8 and nth and (_left_out(source, at, skips) or _broken_off(source, at, skips, broken)):
            at, skipped = at + 1, skipped + 1
        else:
            return -1
    return at


def _broken_off(source: Sequence[str], at: int, skips: _Skips, broken: frozenset[int]) -> bool:
    """Whether a voice breaks off after the word at a place: no negation, and a small word, as "we" or "the"."""
    return at in broken and len(source[at]) <= 4 and source[at] not in skips.kept


def _phrase(source: Sequence[str], at: int, skips: _Skips) -> int:
    """How many words of a phrase that says nothing begin at `at`."""
    return next((len(one) for one in skips.phrases if tuple(source[at : at + len(one)]) == one), 0)


def _left_out(source: Sequence[str], at: int, skips: _Skips) -> bool:
    """Whether a quotation may skip the word at `at`: a filler, or what is said again, only the latter of `kept`."""
    if source[at] in skips.kept:
        return _resumed(source, at, skips)
    return source[at] in skips.fillers or _again(source, at, skips)


def _anew(words: Sequence[str], nth: int, source: Sequence[str], at: int, skips: _Skips) -> int:
    """Where the source goes on after it has begun anew with the last two words said: "should not, well, should not
    be"."""
    for back in range(at + 2, min(at + 5, len(source))):
        if sum(word not in skips.fillers for word in source[at : back - 2]) > 1:
            break
        if source[back] == words[nth] and tuple(source[back - 2 : back]) == tuple(words[nth - 2 : nth]):
            return back
    return 0


def _alike(heard: str, written: str) -> bool:
    """Whether one of two long words may be the other as a recogniser hears it."""
    if min(len(heard), len(written)) < 6 or heard[0] != written[0]:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(heard, written) >= 80


def _resumed(source: Sequence[str], at: int, skips: _Skips) -> bool:
    """Whether the word at `at` was said just before, with nothing but fillers since: "in, um, you know, in isolation",
    "no, uh, no idea"."""
    before = next((word for word in reversed(source[max(0, at - 8) : at]) if word not in skips.fillers), "")
    return before == source[at] and source[at - 1] in skips.fillers


def _again(source: Sequence[str], at: int, skips: _Skips) -> bool:
    """Whether the words at `at` are said again right after, or were said just before: a restart."""
    if at + 1 < len(source) and len(source[at]) < len(source[at + 1]) and source[at + 1].startswith(source[at]):
        return True  # a word that is only begun: "custome customers"
    if len(source[at]) == 1 and source[at] in "bcdfghjklmnpqrstvwxz":
        return True  # "a d seventy-five Euro remote"
    if _resumed(source, at, skips):
        return True
    for back in (1, 2, 3, 4):
        if at - back >= 0 and source[at - back] == source[at] and back <= 3:
            return True
        if at + back < len(source) and source[at + back] == source[at]:
            return True
    return False
