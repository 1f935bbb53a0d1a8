"""Names in a post: where they are, and whether the source knows them."""

import itertools
import re
from collections.abc import Container
from dataclasses import dataclass

from composer.evidence.words import lexicon
from composer.post.grounding.names.apposed import called_before, from_place
from composer.post.grounding.names.entities import calendar, office_word, ordinary
from composer.post.grounding.names.everyday import letter_of, no_name, shouted
from composer.post.grounding.names.known import COMMON, heard_beside, known, listed
from composer.post.grounding.source.ground import Ground
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


def name_problem(name: Name, ground: Ground) -> str:
    """Why a name is not borne out by the words of the source, or ""."""
    whole = " ".join(name.words)
    if _taken_back(name, ground):
        return f"The source takes the name {whole} back."
    squeezed = re.sub(r"[\W_]+", "", fold(whole))
    if len(squeezed) > 2 and squeezed in ground.flat and (len(name.words) > 1 or len(squeezed) > 4):
        return _as_name(name, ground)
    # A handle is a name cut short: @annaber for Anna Berg.
    if len(name.words) > 1 and any(
        len(word) > len(name.words[0]) + 1 and squeezed.startswith(word) for word in ground.words
    ):
        return ""
    missing = [word for word in name.words if not known(word, ground) and not _several(word, ground)]
    if ground.language == "de" and missing == [name.words[-1]] and from_place(name.words, ground):
        return ""
    if missing == [name.words[0]] and len(name.words) > 1 and re.fullmatch(r"[A-Z]{2,3}", missing[0]):
        return ""  # "OB Brandauer", "MP Anna Berg"
    if missing == [name.words[0]] and called_before(name.words, ground):
        return ""
    beside = len(name.words) > 1 and not ground.lowercase
    if beside and missing and all(heard_beside(name.words, word, ground) for word in missing):
        return ""
    if not missing:
        return _as_name(name, ground) or _strangers(name, ground)
    # Two initials are a word of the language too often: I.S. is no "is".
    if len(name.words) > 2 and _initials(name.words) in ground.words:
        return ""
    if len(name.words) == 2 and missing == [name.words[1]] and _only_first(name, ground):
        return ""
    if all(_numbered(word, ground) for word in missing):
        return ""
    word = whole if len(missing) == len(name.words) else " ".join(missing)
    return f"“{word}” is not in the source."


def _only_first(name: Name, ground: Ground) -> bool:
    """Whether a source has somebody by the first name alone, wherever it has him: whoever knows him writes the rest."""
    first = fold(name.words[0])
    spots = ground.called_by.get(first, ())
    return (
        ground.language == "en"
        and not ground.lowercase
        and all(_WRITTEN.fullmatch(word) for word in name.words)
        and len(spots) > 1
        and all(one.words[-1] == first for one in spots)
        and plain_stem(first) not in ordinary()
        and not any(first in fold(who).split() for who in ground.speakers)
    )


def _numbered(word: str, ground: Ground) -> bool:
    """Whether letters and a figure of a name stand beside each other in the source: Z100 for "Z-100"."""
    match = re.fullmatch(r"([A-Za-z]{1,4})(\d{2,4})", word)
    if not match:
        return False
    spelt = re.compile(rf"(?i)(?<!\w){match[1]}[ -]{match[2]}(?!\w)")
    return any(spelt.search(said.text) for said in ground.sentences)


def _several(word: str, ground: Ground) -> bool:
    """ "TVs" of a source that has TV, or spells it "T_V_"."""
    if not re.fullmatch(r"[A-Z]{2,4}s", word):
        return False
    low = word[:-1].lower()
    return low in ground.words or low in ground.running.at


_BACK = re.compile(
    r"\W{0,5}(?:(?:uh|um|er|äh|eh|euh),? )?(?:no|sorry|I mean|rather|correction|nein|quatsch|Entschuldigung|pardon|non|"
    r"perdón|perdona|digo|desculpa|desculpe|quer dizer|aliás)\b,?[^.?!]{0,25}?[A-ZÀ-Þ]"
)


def _taken_back(name: Name, ground: Ground) -> bool:
    """Whether the source corrects itself wherever it has a name: "in Lund, sorry, in Lindavik"."""
    whole = " ".join(name.words)
    spots = {one.sentence for one in ground.called_by.get(fold(name.words[-1]), ())}
    if not 0 < len(spots) <= 2:
        return False
    texts = [ground.sentences[index].text for index in sorted(spots)]
    ends = [(text, match.end()) for text in texts for match in re.finditer(re.escape(whole), text)]
    return bool(ends) and all(_BACK.match(text, end) for text, end in ends)


def _as_name(name: Name, ground: Ground) -> str:
    """ "Rose says" where the source has only the flower, or the verb."""
    if len(name.words) > 1 or not name.sure or ground.lowercase or ground.language == "de":
        return ""
    low = fold(name.words[0])
    if low.endswith("s") and low in ground.words:
        return ""  # "Sailors say": several of a kind
    handle = any(word.startswith((f"{low}.", f"{low}_")) for word in ground.words)  # "anna.b:"
    voiced = handle or any(low in fold(who) for who in ground.speakers)
    if low in ground.words and low not in ground.cased and not voiced:
        return f"The source has {low} as a word, not as a name."
    return ""


# "Osei-Lund" as well as "Berg", but no acronym.
_WRITTEN = re.compile(r"[A-ZÀ-Þ][^\W\d_]*[a-zà-ÿ](?:['’-][^\W\d_]+)*")


def _strangers(name: Name, ground: Ground) -> str:
    """A first name with somebody else's last name: both are in the source, each beside another, never together."""
    if len(name.words) > 2 and ground.language != "de" and (other := _headed_otherwise(name, ground)):
        return f"The source has {other}, not {' '.join(name.words)}."
    if len(name.words) != 2 or not all(_WRITTEN.fullmatch(word) for word in name.words):
        return ""
    first, last = (fold(word) for word in name.words)
    said_so = ground.running.words
    if any(last in said_so[at + 2 : at + 4] and said_so[at + 1] in _AND for at in ground.running.at.get(first, ())):
        return ""  # "Luc and Emile Perrache"
    if any(
        len(said_so[at + 1]) == 1 and said_so[at + 2] == last
        for at in ground.running.at.get(first, ())
        if at + 2 < len(said_so)
    ):
        return ""  # "Harjit S. Sajjan"
    beside_first = {
        c.words[at + 1]
        for c in ground.called_by.get(first, ())
        for at in range(len(c.words) - 1)
        if c.words[at] == first
    }
    beside_last = {
        c.words[at - 1] for c in ground.called_by.get(last, ()) for at in range(1, len(c.words)) if c.words[at] == last
    }
    if ground.lowercase:
        said, stop = ground.running, lexicon(ground.language).stop
        beside_last |= {said.words[at - 1] for at in said.at.get(last, ()) if at} - stop
    for voice in ground.speakers:
        words = [fold(word) for word in voice.split()]
        beside_first |= {b for a, b in itertools.pairwise(words) if a == first}
        beside_last |= {a for a, b in itertools.pairwise(words) if b == last}
    beside_last -= _TITLES
    if (
        first in listed()["titles"]
        or office_word(first)
        or (ground.language == "de" and first.removesuffix("s") in listed()["kin"])
    ):
        return ""  # "des Vaters Karl", "Familie Weber"
    if (
        beside_last
        and last not in beside_first
        and first not in beside_last
        and (beside_first or _alone(first, ground))
    ):
        return f"The source has {name.words[0]} and {name.words[1]}, but never as one name."
    return ""


def _headed_otherwise(name: Name, ground: Ground) -> str:
    """ "Thornbury Science Council" where the source has the Nordmark Science Council, and Thornbury elsewhere."""
    words = tuple(fold(word) for word in name.words)
    said = ground.running.words
    if any(said[at + 1 : at + 2] == words[1:2] for at in ground.running.at.get(words[0], ())):
        return ""
    if not all(_WRITTEN.fullmatch(word) for word in name.words):
        return ""
    others = sorted(
        {
            one.words
            for one in ground.entities_of.get(words[-1], ())
            if one.words[1:] == words[1:] and one.words != words
        }
    )
    others = [one for one in others if not {one[0].rstrip("."), words[0].rstrip(".")} & _TITLES]
    return " ".join(word.capitalize() for word in others[0]) if others else ""


_AND = frozenset("and und et y e".split())  # noqa: SIM905
_TITLES = frozenset("dr mr mrs ms prof professor sir dame herr frau señor señora don doña dona cllr councillor".split())  # noqa: SIM905


def _alone(first: str, ground: Ground) -> bool:
    """Whether the source has a first name only by itself, as a name."""
    if ground.lowercase:
        return first in ground.words
    return first in ground.cased and all(
        len(one.words) == 1 or one.words[0] != first for one in ground.called_by.get(first, ())
    )


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words).lower()
