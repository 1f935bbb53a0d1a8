"""A source prepared for being looked things up in: its sentences, its words by place, its figures, its names."""

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from composer.errors import SourceError
from composer.evidence.words import lexicon
from composer.post.fact import Fact
from composer.post.numbers import facts
from composer.post.quotes import Running, running
from composer.sources.language import detect
from composer.sources.model import Transcript
from composer.sources.reader import read_text

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
KANA = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[\u30a0-\u30ff]+")
# What parts a clause from the next counts as this many words more.
_PART, _SENTENCE, _VOICE = 3, 6, 6


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the source, or what stands for one, with its figures and the place of its first word."""

    text: str
    speaker: str | None
    facts: tuple[Fact, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the source: the sentence it is in (an index) and its place among the words.

    `named` says that it is part of a name: the 4 of "GPT 4".
    """

    fact: Fact
    sentence: int
    place: int
    named: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A name of the source: its words folded, its sentence and its place."""

    words: tuple[str, ...]
    sentence: int
    place: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A source, prepared. Places count words, with gaps where a clause, a sentence or a voice ends."""

    sentences: tuple[Said, ...]
    figures: tuple[Figure, ...]
    by_size: tuple[tuple[float, int], ...]
    weight: dict[str, float]
    weak: frozenset[str]
    places: dict[str, list[int]]
    homes: dict[str, list[int]]
    words: frozenset[str]
    cased: frozenset[str]
    called: tuple[Called, ...]
    flat: str
    initials: str
    running: Running
    language: str
    speakers: frozenset[str]
    lowercase: bool
    by_sentence: dict[int, list[Figure]]
    firsts: frozenset[str]
    told: frozenset[str]

    def figures_of(self, sentence: int) -> list[Figure]:
        """The figures of one sentence, by its index."""
        return self.by_sentence.get(sentence, [])


def fold(word: str) -> str:
    """Lower case without accents, apostrophes straight."""
    low = word.lower().replace("’", "'")
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def stem(word: str, language: str = "en") -> str:
    """Inflected forms meet: endings off, then six letters. "Costing" and "costs" are both "cost"."""
    word = fold(word)
    if language == "de":
        word = re.sub(r"^ge(?=.{4,}(?:t|en)$)", "", word)
    if len(word) > 4:
        bare = re.sub(r"(?:ing|ed|es|s|en|er|ern|e|n|y|ies)$", "", word)
    else:
        bare = re.sub(r"s$", "", word) if len(word) > 3 else word
    return re.sub(r"(.)\1$", r"\1", bare)[:6]


def content(text: str, language: str) -> list[tuple[str, int, int]]:
    """(stem or "", offset, place) of every word of a text: "" for a stop word or a figure."""
    stop = lexicon(language).stop
    found: list[tuple[str, int, int]] = []
    place, last = 0, 0
    if KANA.search(text):
        for run in _HAN_RUN.finditer(text):
            place += 1 + (_PART if re.search(r"[、，,;]", text[last : run.start()]) else 0)
            last = run.end()
            word = run.group()
            for at in range(max(1, len(word) - 1)):
                found.append((word[at : at + 2], run.start() + at, place))
                place += 1
        return found
    for match in WORD.finditer(text):
        place += 1
        between = text[last : match.start()]
        if re.search(r"[,;:()–—.!?]|\s-\s|…", between):
            place += 1 if ":" in between else _PART if re.search(r"[,()]", between) else 3 * _PART
        last = match.end()
        word = match.group()
        low = word.lower().replace("’", "'")
        base = re.sub(r"'s?$", "", low)
        if low in _CONJUNCTIONS:
            place += _PART
        if not base[:1].isalpha() or (len(base) < (4 if base in stop else 3) and base not in _TELLING):
            found.append(("", match.start(), place))
            continue
        offset = match.start()
        for part in re.split(r"[-.']", base):
            if len(part) > 2:
                found.append((stem(part, language), offset, place))
            offset += len(part) + 1
    return found


# Short words that tell two figures of one sentence apart.
_TELLING = frozenset(
    ["old", "new", "now", "end", "ago", "max", "min", "one", "alt", "neu", "nun", "neuf", "hoy", "fin", "two"]
)
_CONJUNCTIONS = frozenset(
    [
        "and",
        "but",
        "while",
        "whereas",
        "instead",
        "versus",
        "vs",
        "when",
        "where",
        "because",
        "which",
        "than",
        "und",
        "aber",
        "während",
        "statt",
        "wenn",
        "weil",
        "wo",
        "als",
        "et",
        "mais",
        "quand",
        "où",
        "y",
        "pero",
        "cuando",
        "donde",
        "e",
        "mas",
        "porém",
        "quando",
        "onde",
    ]
)
# Words that set two figures against each other count in full, though they are stop words.
_CONTRAST = frozenset(
    [
        "first",
        "second",
        "third",
        "last",
        "next",
        "old",
        "new",
        "former",
        "latter",
        "early",
        "earlier",
        "late",
        "later",
        "start",
        "started",
        "begin",
        "began",
        "beginning",
        "end",
        "ended",
        "now",
        "then",
        "today",
        "yesterday",
        "before",
        "after",
        "more",
        "less",
        "other",
        "another",
        "left",
        "right",
        "high",
        "low",
        "best",
        "worst",
        "under",
        "over",
        "former",
        "current",
        "erste",
        "ersten",
        "zweite",
        "zweiten",
        "letzte",
        "letzten",
        "alte",
        "alten",
        "neue",
        "neuen",
        "heute",
        "damals",
        "früher",
        "vorher",
        "nachher",
        "anfang",
        "ende",
        "mehr",
        "weniger",
        "premier",
        "première",
        "dernier",
        "dernière",
        "ancien",
        "nouveau",
        "nouvelle",
        "aujourd'hui",
        "avant",
        "après",
        "début",
        "fin",
        "plus",
        "moins",
        "primero",
        "primera",
        "último",
        "última",
        "viejo",
        "nuevo",
        "nueva",
        "hoy",
        "antes",
        "después",
        "más",
        "menos",
        "novo",
        "nova",
        "velho",
        "hoje",
        "depois",
        "mais",
    ]
)


@lru_cache(maxsize=4)
def prepare(sources: tuple[str | Transcript, ...]) -> Ground:
    """A source, or several, made ready. Kept for the next look: a post is checked again at every change."""
    rows: list[tuple[str, str | None]] = []
    language = ""
    speakers: set[str] = set()
    for source in sources:
        if isinstance(source, str):
            source = _read(source) or source
        if isinstance(source, str):
            rows += _labelled([(text, None) for text in _cut(source)])
            language = language or ("ja" if len(KANA.findall(source)) > len(source) / 5 else detect(source))
        else:
            language = language or source.language
            rows += _labelled(_rows(source))
            speakers.update(source.speakers)
    rows += [(name, None) for name in sorted({speaker for _, speaker in rows if speaker} - speakers)]
    speakers.update(speaker for _, speaker in rows if speaker)
    language = "en" if language in ("", "und") else language
    told = " ".join(
        f"{source.title or ''} {' '.join(value for _, value in source.context)} {' '.join(c.title for c in source.chapters)}"
        for source in sources
        if not isinstance(source, str)
    )
    return _ground(rows, language, frozenset(speakers), frozenset(fold(word) for word in WORD.findall(told)))


def _read(text: str) -> Transcript | None:
    """The transcript in a text, where reading it loses next to nothing."""
    try:
        found = read_text(text)
    except (SourceError, ValueError):
        return None
    kept = sum(len(segment.text) + len(segment.speaker or "") for segment in found.segments)
    kept += sum(len(segment.text) for other in found.translations for segment in other.segments)
    letters = len(re.sub(r"[\d:.,\s>-]+", " ", text))
    return found if kept >= 0.8 * letters else None


def _ground(
    rows: list[tuple[str, str | None]], language: str, speakers: frozenset[str], told: frozenset[str]
) -> Ground:
    sentences: list[Said] = []
    figures: list[Figure] = []
    called: list[Called] = []
    places: dict[str, list[int]] = {}
    homes: dict[str, list[int]] = {}
    place, before = 0, None
    for index, (text, speaker) in enumerate(rows):
        place += _SENTENCE + (_VOICE if speaker != before else 0)
        before = speaker
        found = content(text, language)
        own = tuple(facts(text, language, source=True, before=figures[-1].fact if figures else None))
        taken = [(fact.start, fact.end) for fact in own if fact.dimensions - {"ordinal"}]
        offsets = [offset for _, offset, _ in found]
        for term, offset, at in found:
            if term and not any(a <= offset < b for a, b in taken):
                places.setdefault(term, []).append(place + at)
                home = homes.setdefault(term, [])
                if not home or home[-1] != index:
                    home.append(index)
        for fact in own:
            named = fact.kind == "number" and fact.dimensions <= {"", "ordinal"} and _named(text, fact.start, language)
            figures.append(Figure(fact, index, place + _place(found, offsets, fact.start), named))
        for name, offset in _capitals(text):
            called.append(Called(name, index, place + _place(found, offsets, offset)))
        sentences.append(Said(text, speaker, own, place))
        place += found[-1][2] if found else 0
    by_sentence: dict[int, list[Figure]] = {}
    for figure in figures:
        by_sentence.setdefault(figure.sentence, []).append(figure)
    count = len(sentences)
    # Stop words count too where they are rare, but little: "started", "first", "today" tell figures apart.
    weak = {stem(word, language) for word in lexicon(language).stop - _CONTRAST}
    weight = {
        term: (0.3 + math.log(count / len(home))) * (0.4 if term in weak else 1.0) for term, home in homes.items()
    }
    everything = " ".join(text for text, _ in rows)
    raw = [re.sub(r"['’]s?$", "", word) for word in WORD.findall(everything)]
    words = {fold(word) for word in raw}
    parts = {part for word in words for part in re.split(r"[-'.]", word) if part}
    cased = {fold(word) for word in raw if not word[:1].islower()}
    capitals = sum(len(name.words) for name in called)
    return Ground(
        tuple(sentences), tuple(figures), _by_size(figures), weight, frozenset(weak), places, homes, frozenset(words | parts),
        frozenset(cased), tuple(called), re.sub(r"[\W_]+", "", fold(everything)), _initials(everything, language),
        running([(said.text, said.speaker) for said in sentences], language), language, speakers,
        capitals * 150 < len(raw), by_sentence, _firsts(speakers, rows), told,
    )  # fmt: skip


def _named(text: str, start: int, language: str) -> bool:
    before = re.search(r"(?<![.!?] )(?<!^)\b([A-Z][\w.]*)[ -]$", text[:start])
    return bool(before) and before is not None and before[1].lower() not in lexicon(language).stop


def _firsts(speakers: frozenset[str], rows: list[tuple[str, str | None]]) -> frozenset[str]:
    """First names: of the speakers, and of whoever says "I am Anna Weber" or is called so between small words."""
    found = {fold(who.split()[0]) for who in speakers if len(who.split()) > 1}
    for text, _ in rows:
        for match in re.finditer(
            r"(?<=[a-zà-ÿ,] )(?:bin|heißt|heiße|kollege|kollegin|herr|frau|von|mit|und|bei|Kollegen?|Kollegin|Freund|Freundin|"
            r"Professor|Doktor|Dr\.) ([A-ZÄÖÜ][a-zäöüß]+) [A-ZÄÖÜ]",
            text,
        ):
            found.add(fold(match[1]))
    return frozenset(found)


def _place(found: list[tuple[str, int, int]], offsets: list[int], offset: int) -> int:
    at = bisect_left(offsets, offset)
    return found[min(at, len(found) - 1)][2] if found else 0


def _by_size(figures: Sequence[Figure]) -> tuple[tuple[float, int], ...]:
    """(value, index) of every reading of every figure that is no date, ascending; shares as per cent too."""
    found: set[tuple[float, int]] = set()
    for index, figure in enumerate(figures):
        if figure.fact.kind != "date":
            found.add((figure.fact.value, index))
            for value, dimension in figure.fact.readings:
                found.add((value, index))
                if dimension == "share":
                    found.add((value * 100, index))
    return tuple(sorted(found))


_CAPITAL_RUN = re.compile(
    r"(?<![\w’'])[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:[ ](?:(?:de|da|van|von|of|der|la|le|&)[ ])?[A-ZÀ-ÖØ-Þ][\w’'&-]*)*"
)


_CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "januar",
        "februar",
        "marz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "i",
        "mr",
        "mrs",
        "ms",
        "dr",
        "i'm",
        "i'll",
        "i've",
        "i'd",
        "okay",
        "ok",
        "yes",
        "no",
    ]
)


def _capitals(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Runs of capitalised words inside a sentence, folded, with their offsets; the first word only in a longer run."""
    for match in _CAPITAL_RUN.finditer(text):
        words = [re.sub(r"['’]s$", "", word) for word in match.group().split()]
        before = text[: match.start()].rstrip(" \t\"“„«'‘(")
        opens = not before or before[-1] in ".!?:…"
        if len(words) == 1 and (opens or fold(words[0]) in _CALENDAR or len(words[0]) < 2):
            continue
        yield tuple(fold(word) for word in words), match.start()


def _initials(text: str, language: str) -> str:
    """The first letters of the content words, a blank where another word stands between: for acronyms."""
    stop = lexicon(language).stop
    return "".join(fold(word[0]) if word.lower() not in stop and len(word) > 2 else " " for word in WORD.findall(text))


def _rows(source: Transcript) -> list[tuple[str, str | None]]:
    """The sentences of a transcript with their speaker. Cues are joined first: a sentence runs over several."""
    rows: list[tuple[str, str | None]] = [(value, None) for _, value in source.context]
    rows += [(source.title, None)] if source.title else []
    rows += [(chapter.title, None) for chapter in source.chapters]
    text, speaker = "", None
    for segment in source.segments:
        for voice, part in _voices(segment.text, segment.speaker, segment.turns):
            if text and (voice != speaker or (re.search(r"[.!?。！？]$", text) and len(text) > 200)):
                rows += [(piece, speaker) for piece in _cut(text)]
                text = ""
            speaker = voice
            text = f"{text} {part}".strip()
        if segment.raw and segment.raw != segment.text:
            rows.append((segment.raw, segment.speaker))
    rows += [(part, speaker) for part in _cut(text)]
    rows += [(name, None) for name in source.speakers]
    for other in source.translations:
        rows += _rows(other)
    return rows


def _voices(text: str, speaker: str | None, turns: Sequence[tuple[int, str]]) -> Iterator[tuple[str | None, str]]:
    last = 0
    for offset, name in turns:
        if text[last:offset].strip():
            yield speaker, text[last:offset].strip()
        speaker, last = name, offset
    yield speaker, text[last:].strip()


_LABEL = re.compile(
    r"^(?:[-*•]\s*)?(?:\[(?P<b>[^\]\d]{2,40})\]:?\s+|\**(?P<n>(?:u/|@)?[\w.-]+(?: [A-Z][\w.-]+){0,2})\**\s*(?P<p>\([^)]{1,40}\))?\**:\**\s)"
)


def _labelled(rows: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Voices that a reader of files did not take for such: "[Anna Berg] ...", "u/lanternfox (89 points): ..."."""
    labels = [_LABEL.match(text) if speaker is None else None for text, speaker in rows]
    names = [(match["b"] or match["n"]) if match else "" for match in labels]
    voice: str | None = None
    found: list[tuple[str, str | None]] = []
    for (text, speaker), match, name in zip(rows, labels, names, strict=True):
        sure = match and (names.count(name) > 1 or match["p"] or re.search(r"[_\d]", name)) and not name.isdigit()
        if match and sure:
            voice, text = name.removeprefix("u/").removeprefix("@"), text[match.end() :] or text
        found.append((text, speaker or voice))
    return found


_FIGURE = re.compile(
    r"(?i)\d|\b(?:hundred|thousand|million|billion|percent|half|point|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|\w+teen|\w+ty|\w*zehn|\w*zig|\w*hundert|\w*tausend|cent|mille|mil|vingt|\w+enta?e?)\b"
)


# Not after an initial or a title; after a day ("12. September") only where a number ends the sentence for certain.
_END = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b[DM]r\.)(?:(?<!\b\d\.)(?<!\b\d\d\.)\s+|(?<=\d\.)\s+(?=\w+[ ]?[(:]|I\b))"
    r"|(?<=[。！？])|\n+"
)


def _cut(text: str) -> list[str]:
    """Sentences; where the text has no full stops, stretches of thirty words."""
    parts: list[str] = []
    for part in _END.split(text):
        words = part.split()
        if len(words) > 60:
            at = 0
            while at < len(words):
                end = min(at + 30, len(words))
                # No cut within a figure and its unit, as far as these can be told.
                while end < len(words) and end - at < 45 and _FIGURE.search(" ".join(words[end - 2 : end + 1])):
                    end += 1
                parts.append(" ".join(words[at:end]))
                at = end
        elif part.strip():
            parts.append(part.strip())
    return parts
