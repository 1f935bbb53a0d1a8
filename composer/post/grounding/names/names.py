"""Names in a post: where they are, and whether the source knows them."""

import re
from collections.abc import Container
from dataclasses import dataclass

from composer.evidence.words import lexicon
from composer.post.grounding.names.entities import calendar, ordinary
from composer.post.grounding.names.everyday import letter_of, no_name, shouted
from composer.post.grounding.names.known import COMMON
from composer.post.grounding.source.terms import fold, plain_stem
from composer.post.grounding.values.numerals import tongue, units

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_SAYS = re.compile(
    r"^(?:’s|'s)?,? (?:says?|said|thinks?|argues?|believes?|explains?|expects?|told|tells?|wrote|writes|calls?|"
    r"warns?|asks?|adds?|sees|claims?|predicts?|founded|works|worked|leads|led|joined|left|built|spoke)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One word, or several in a row, that a post writes as a name; `sure` where it speaks or owns."""

    start: int
    end: int
    words: tuple[str, ...]
    sure: bool = False


def names(
    line: str, language: str, *, title_case: bool = False, firsts: frozenset[str] = frozenset(),
    called: Container[str] = frozenset(),
) -> list[Name]:  # fmt: skip
    """The names of a line. In title case, and in German, a capital says little: there only what else marks a name.

    `firsts` are words, folded, that begin a name of several words in the source, `called` all words of its names: one
    of those is a name at the beginning of a sentence as well.
    """
    tokens = list(_TOKEN.finditer(line))
    marked = [
        _marks(line, tokens, at, language, title_case, called)
        or (not title_case and _called(tokens[at], called, language))
        for at in range(len(tokens))
    ]
    for at in range(1, len(tokens) if language == "en" and not title_case else 0):
        word = tokens[at].group()
        if marked[at - 1] and word.istitle() and fold(word) in called and _joined(line, tokens, at - 1, at):
            marked[at] = True  # "Stuart Last"
    if language == "de" and not title_case:
        for at in range(len(tokens) - 1):
            following = tokens[at + 1].group()
            if fold(tokens[at].group()) in firsts and _joined(line, tokens, at, at + 1) and following[:1].isupper():
                marked[at] = marked[at + 1] = True
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        if not marked[at]:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and marked[end] and line[tokens[end - 1].end() : tokens[end].start()] in (" ", " & "):
            if language == "de" and end - at > 1 and tokens[end - 1].group().endswith("s"):
                marked[end] = False  # "Anna Webers Rechnung"
                break
            end += 1
        run = tokens[at:end]
        words = tuple(re.sub(r"['’]s?$", "", token.group()) for token in run)
        if language == "de" and len(words) > 1 and words[-1].endswith("s"):
            words = (*words[:-1], words[-1][:-1])
        last = re.sub(r"['’]s?$", "", run[-1].group())
        counts = units().keys() | tongue(language).scale.keys() if language == "de" and len(words) > 1 else ()
        counted = language == "de" and len(words) > 1 and re.search(r"(?<!\d)\d{1,3} $", line[: run[0].start()])
        if any(word.lower() in counts for word in words) or (counted and fold(words[0]) not in firsts):
            at = end
            continue  # "sieben Wochen Baustopp", "eine Dreiviertelmillion Euro", "26 Millionen Baukosten"
        if language == "de" and len(run) > 2 and fold(words[0]) not in called and fold(words[1]) in firsts:
            run, words = run[1:], words[1:]  # "Projektleiter Jost Weber"
        if len(run) > 1 and _opens(line, run[0].start()) and _ordinary(words, called, language):
            run, words = run[1:], words[1:]  # "Leaving Hamburg", "Behind Ashport"
        while len(run) > 1 and fold(words[0]) in calendar():
            run, words = run[1:], words[1:]  # "On Monday Anna Berg"
        if any(word.lower() not in COMMON for word in words):
            end_at = run[-1].start() + len(last)
            sure = bool(_SAYS.match(line[end_at:]))
            found.append(Name(run[0].start(), end_at, words, sure))
        at = end
    return found


def _marks(
    line: str, tokens: list[re.Match[str]], at: int, language: str, title_case: bool, called: Container[str]
) -> bool:
    word = tokens[at].group()
    bare = re.sub(r"['’]s?$", "", word)
    if re.fullmatch(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|x|k|m|bn|b|t|kg|km|gb|mb|ms|%)?", bare, re.IGNORECASE):
        return False
    if (
        at
        and tokens[at - 1].group()[-1].isdigit()
        and (bare.lower() in units() or len(bare) == 1 or bare.endswith("bps"))
    ):
        return False  # a unit
    if bare.isupper() and bare.lower() in units() and re.match(r" ?\d", line[tokens[at].end() :]):
        return False  # CHF 180
    if bare.lower() in units() and re.search(r"(?:\bper |/|\bpro |\bpar |\bpor )$", line[: tokens[at].start()]):
        return False
    if len(bare) <= 2 and line[tokens[at].end() :].startswith("$"):
        return False  # R$ 740
    office = language == "de" and re.fullmatch(r"[A-Z]{2,3}", bare)
    if office and at + 1 < len(tokens) and fold(tokens[at + 1].group()) in called and line[tokens[at].end()] == " ":
        return False  # "OB Brandauer"
    if len(bare) == 1 and line[: tokens[at].start()].endswith("°"):
        return False
    if at and tokens[at - 1].group()[-1].isdigit() and bare[0].islower() and len(bare) <= 4:
        return False  # dB, kWp
    if re.match(r"(?:[JLDMTSCN]|Qu)['’][a-zà-ÿ]", word):
        return False  # "J'adore"
    inner = bool(re.search(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]\d", bare))
    capitals = language == "en" and len(bare) > 2 and bare.isupper() and bare.isalpha()
    if capitals and bare.lower() not in called and shouted(bare, language):
        return False  # "KEY LESSONS:"
    if title_case:
        return inner
    if len(bare) == 1 and at and _joined(line, tokens, at, at - 1) and letter_of(tokens[at - 1].group(), language):
        return False  # "plan B"
    if not bare[:1].isupper():
        return bool(re.search(r"[a-z][A-Z]{1}", bare)) and len(bare) > 2
    if bare.lower() in COMMON or (bare.lower() in lexicon(language).stop and not inner):
        return False
    if bare.lower() in tongue(language).number and not inner:
        return False  # "Eight calls"
    neighbours = [
        tokens[other].group()
        for other in (at - 1, at + 1)
        if 0 <= other < len(tokens) and _joined(line, tokens, at, other)
    ]
    beside = [word for word in neighbours if word[:1].isupper() and word.lower() not in lexicon(language).stop]
    if language == "de":
        german_owns = re.match(r"['’]s\b", line[tokens[at].start() + len(bare) :])
        return inner or bool(german_owns) or _german(line, tokens, at) or _german_place(line, tokens[at].start(), bare)
    if _opens(line, tokens[at].start()) and not inner:
        # The first word of a sentence has its capital anyway.
        owns = word != bare
        behind = _SAYS.match(line[tokens[at].start() + len(bare) :])
        if language == "en" and bare.lower() not in called and no_name(bare, behind and behind[0]):
            owns, behind = False, None
        says = bool(behind)
        return owns or says or any(_opened_by(tokens, at, next_) for next_ in beside)
    return True


_OPENERS = frozenset(
    "behind beyond despite beside besides above below under until unlike inside outside along across around near among "  # noqa: SIM905
    "against toward towards within without throughout following including regarding except like versus via".split()
)


def _ordinary(words: tuple[str, ...], called: Container[str], language: str) -> bool:
    """Whether the word that opens a sentence is none of the name behind it."""
    low = fold(words[0])
    if re.search(r"(?:ing|ed|ly)$", words[0]):
        return True
    return (
        language == "en"
        and low not in called
        and (low in _OPENERS or (fold(words[1]) in called and plain_stem(low) in ordinary()))
    )


def _called(token: re.Match[str], called: Container[str], language: str) -> bool:
    """Whether a word with a capital is one of the names of a source, and nothing else."""
    bare = re.sub(r"['’]s?$", "", token.group())
    low = fold(bare)
    return (
        language != "de" and len(bare) > 3 and bare[0].isupper() and low in called and low not in lexicon(language).stop
        and low not in COMMON and plain_stem(low) not in ordinary() and low not in tongue(language).number
    )  # fmt: skip


def _joined(line: str, tokens: list[re.Match[str]], a: int, b: int) -> bool:
    first, second = (tokens[a], tokens[b]) if a < b else (tokens[b], tokens[a])
    return line[first.end() : second.start()] == " "


def _opened_by(tokens: list[re.Match[str]], at: int, beside: str) -> bool:
    """A capital beside the first word makes both a name, unless the second is an acronym: "Using GPUs"."""
    return (
        at + 1 < len(tokens)
        and tokens[at + 1].group() == beside
        and not re.search(r"[A-Z]{2}|\d", beside)
        and beside[1:].replace("-", "").replace("’", "")[-1:].islower()
        and not beside.isupper()
    )


def _german(line: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Two capitals in a row are a name in German where no article comes before: "Anna Weber", not "der Alte Markt"."""

    def capital(other: int) -> bool:
        return 0 <= other < len(tokens) and tokens[other].group()[:1].isupper() and tokens[other].group()[1:].islower()

    if at + 1 < len(tokens) and capital(at) and capital(at + 1) and _joined(line, tokens, at, at + 1):
        return not _opens(line, tokens[at].start())
    return (
        capital(at - 1)
        and tokens[at - 1].group().lower() not in units()  # "210 Hektar Fläche"
        and capital(at)
        and _joined(line, tokens, at - 1, at)
        and not _opens(line, tokens[at - 1].start())
    )


# What ends the name of many a place in German, and towns that have no such ending.
_PLACE = re.compile(
    r"[A-ZÄÖÜ]\w{2,}(?:burg|berg|dorf|stadt|stedt|heim|hausen|ingen|ried|furt|furth|kirchen|hafen|münde|brück|brücken|itz|"
    r"(?<!b)(?<!fr)(?<!st)au|rode|beck|stein|bach|feld|hagen|horst|see)|"
    r"(?:Berlin|München|Köln|Wien|Zürich|Bern|Basel|Genf|Graz|Linz|Leipzig|Dresden|Bremen|Hannover|Rostock|Kiel|Lübeck|"
    r"Halle|Erfurt|Weimar|Jena|Kassel|Mainz|Bonn|Essen|Dortmund|Münster|Ulm|Trier|Paris|London|Rom|Madrid|Lissabon|"
    r"Prag|Warschau|Budapest|Brüssel|Amsterdam|Kopenhagen|Oslo|Stockholm|Helsinki|Athen|Mailand|Venedig)"
)


def _german_place(line: str, start: int, word: str) -> bool:
    """ "In Landau", "nach Oberried": a place behind a preposition without an article."""
    return bool(_PLACE.fullmatch(word)) and bool(re.search(r"(?i)\b(?:in|nach|aus|bei|von|nahe) $", line[:start]))


def _opens(line: str, start: int) -> bool:
    before = line[:start].rstrip(" \t\"“”„«»'‘(¿¡")
    return not before or before[-1] in ".!?:：…•–—/" or not re.search(r"\w", before)
