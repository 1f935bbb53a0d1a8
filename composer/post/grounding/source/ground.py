"""A source prepared for being looked things up in: its sentences, its words by place, its figures, its names."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from composer.evidence.words import lexicon
from composer.post.grounding.names.eastern import persons
from composer.post.grounding.names.entities import Entity, entities
from composer.post.grounding.quotations.quotes import Running, running
from composer.post.grounding.quotations.sayings import Saying, sayings
from composer.post.grounding.source.recorded import Recorded, recorded
from composer.post.grounding.source.rows import cut, labelled, nobody, rows_of, transcript_in
from composer.post.grounding.source.terms import CONTRAST, KANA, WORD, capitals, content, fold, sound, stem
from composer.post.grounding.source.unmarked import announced, unmarked
from composer.post.grounding.values.fact import Fact, date_fact
from composer.post.grounding.values.numbers import facts
from composer.sources.language import detect
from composer.sources.model import Transcript

# What parts a sentence from the next, and a voice, counts as this many words.
_SENTENCE, _VOICE = 6, 6


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
    in_order: tuple[str, ...]
    sounds: dict[str, list[str]]
    called_by: dict[str, list[Called]]
    called_in: dict[int, list[Called]]
    sayings: tuple[Saying, ...]
    entities: tuple[Entity, ...]
    entities_of: dict[str, list[Entity]]
    entities_in: dict[int, list[Entity]]
    recorded: Recorded = field(default_factory=Recorded)

    def figures_of(self, sentence: int) -> list[Figure]:
        """The figures of one sentence, by its index."""
        return self.by_sentence.get(sentence, [])


@lru_cache(maxsize=4)
def prepare(sources: tuple[str | Transcript, ...]) -> Ground:
    """A source, or several, made ready. Kept for the next look: a post is checked again at every change."""
    rows: list[tuple[str, str | None]] = []
    language = ""
    speakers: set[str] = set()
    read = [transcript_in(one) or one if isinstance(one, str) else one for one in sources]
    for source in read:
        if isinstance(source, str):
            rows += labelled([(text, None) for text in cut(source)])
            language = language or ("ja" if len(KANA.findall(source)) > len(source) / 5 else detect(source))
        else:
            language = language or source.language
            heads = frozenset(head for head in (source.title, *(one.title for one in source.chapters)) if head)
            rows += labelled(rows_of(source), heads)
            speakers.update(who for who in source.speakers if not nobody(who))
    rows += [(name, None) for name in sorted({speaker for _, speaker in rows if speaker} - speakers)]
    speakers.update(speaker for _, speaker in rows if speaker)
    language = "en" if language in ("", "und") else language
    told = " ".join(
        part
        for source in sources
        if not isinstance(source, str)
        for part in (source.title or "", *(value for _, value in source.context), *(c.title for c in source.chapters))
    )
    made = _ground(rows, language, frozenset(speakers), frozenset(fold(word) for word in WORD.findall(told)))
    return replace(made, recorded=recorded(read))


def _ground(
    rows: list[tuple[str, str | None]], language: str, speakers: frozenset[str], told: frozenset[str]
) -> Ground:
    sentences: list[Said] = []
    figures: list[Figure] = []
    called: list[Called] = []
    offsets_of: list[int] = []
    places: dict[str, list[int]] = {}
    homes: dict[str, list[int]] = {}
    place, before = 0, None
    for index, (text, speaker) in enumerate(rows):
        place += _SENTENCE + (_VOICE if speaker != before else 0)
        before = speaker
        found = content(text, language)
        own = tuple(_in_month(facts(text, language, source=True, recent=_recent(figures, index)), text, figures, index))
        taken = [(fact.start, fact.end) for fact in own if fact.kind != "date" and fact.dimensions - {"ordinal"}]
        offsets = [offset for _, offset, _ in found]
        for term, offset, at in found:
            if term and not any(a <= offset < b for a, b in taken):
                places.setdefault(term, []).append(place + at)
                home = homes.setdefault(term, [])
                if not home or home[-1] != index:
                    home.append(index)
        for fact in own:
            bare = fact.kind == "number" and fact.dimensions <= {"", "ordinal"} and fact.scale == 1
            named = bare and _named(text, fact.start, language)
            figures.append(Figure(fact, index, place + _place(found, offsets, fact.start), named))
        for name, offset in capitals(text):
            called.append(Called(name, index, place + _place(found, offsets, offset)))
            offsets_of.append(offset)
        sentences.append(Said(text, speaker, own, place))
        place += found[-1][2] if found else 0
    by_sentence: dict[int, list[Figure]] = {}
    for figure in figures:
        by_sentence.setdefault(figure.sentence, []).append(figure)
    count = len(sentences)
    # Stop words count too where they are rare, but little: "started", "first", "today" tell figures apart.
    weak = {stem(word, language) for word in lexicon(language).stop - CONTRAST}
    weight = {
        term: (0.3 + math.log(count / len(home))) * (0.4 if term in weak else 1.0) for term, home in homes.items()
    }
    everything = " ".join(text for text, _ in rows)
    raw = [re.sub(r"['’]s?$", "", word) for word in WORD.findall(everything)]
    words = {fold(word) for word in raw}
    parts = {part for word in words for part in re.split(r"[-'.]", word) if part}
    cased = {fold(word) for word in raw if not word[:1].islower()}
    many = sum(len(one.words) for one in _marked(called, offsets_of, sentences))
    small = many * 150 < len(raw)
    return Ground(
        tuple(sentences), tuple(figures), _by_size(figures), weight, frozenset(weak), places, homes,
        frozenset(words | parts), frozenset(cased), tuple(called),
        re.sub(r"[\W_]+", "", fold(everything)), _initials(everything, language),
        running([(said.text, said.speaker) for said in sentences], language), language, speakers,
        small, by_sentence, _firsts(speakers, rows), told,
        tuple(sorted(words | parts)), *_indexes(words | parts, called), tuple(sayings(everything, language)),
        *_entities(called, offsets_of, sentences, speakers, language, small),
    )  # fmt: skip


def _marked(called: list[Called], offsets: list[int], sentences: list[Said]) -> Iterator[Called]:
    """The names of a source but those in brackets: a recogniser writes [Laughter] with a capital, and nothing else."""
    for one, offset in zip(called, offsets, strict=True):
        if not re.search(r"[\[(]\s?$", sentences[one.sentence].text[:offset]):
            yield one


# A day without its month is of the one that was named in so many sentences before it.
_SAME_MONTH = 12
_ON_THE = re.compile(r"(?i)\b(?:the|am|bis zum|vom|zum|seit dem|le|du|au|el|del|al|dia|día) $")


def _in_month(own: list[Fact], text: str, figures: Sequence[Figure], index: int) -> Iterator[Fact]:
    """The figures of a sentence; with "the 19th" the day it is of the month that was named last."""
    month = next(
        (int(figure.fact.value) // 100 % 100 for figure in reversed(figures)
         if figure.fact.mark == "day" and figure.fact.value // 100 % 100 and index - figure.sentence <= _SAME_MONTH), 0
    )  # fmt: skip
    for fact in own:
        yield fact
        if fact.mark == "day" and fact.value // 100 % 100:
            month = int(fact.value) // 100 % 100
        bare = fact.kind == "number" and fact.readings[0][1] == "ordinal" and 0 < fact.value <= 31 and not fact.counts
        if bare and month and _ON_THE.search(text[: fact.start]) and not re.match(r" [A-ZÀ-Þ]", text[fact.end :]):
            yield date_fact(fact.start, fact.end, "day", month * 100 + fact.value)


def _indexes(
    words: set[str], called: list[Called]
) -> tuple[dict[str, list[str]], dict[str, list[Called]], dict[int, list[Called]]]:
    """Words by their sound, names by their words and by their sentence."""
    sounds: dict[str, list[str]] = {}
    for word in sorted(words):
        sounds.setdefault(sound(word), []).append(word)
    by_word: dict[str, list[Called]] = {}
    by_sentence: dict[int, list[Called]] = {}
    for name in called:
        by_sentence.setdefault(name.sentence, []).append(name)
        for word in dict.fromkeys(name.words):
            by_word.setdefault(word, []).append(name)
    return sounds, by_word, by_sentence


def _entities(
    called: list[Called],
    offsets: list[int],
    sentences: list[Said],
    speakers: frozenset[str],
    language: str,
    lowercase: bool,
) -> tuple[tuple[Entity, ...], dict[str, list[Entity]], dict[int, list[Entity]]]:
    """Who and what the source names, also by word and by sentence."""
    runs = [(one.words, one.sentence, one.place, offset, 0) for one, offset in zip(called, offsets, strict=True)]
    if lowercase and language in ("de", "en", "es", "fr", "pt"):
        runs = _unmarked(sentences, language) + (runs if language != "en" else [])
    if language in ("ja", "zh"):
        runs = _persons(sentences, speakers, language)
    found = entities(runs, [said.text for said in sentences], [said.place for said in sentences], speakers, language)
    by_word: dict[str, list[Entity]] = {}
    by_sentence: dict[int, list[Entity]] = {}
    for entity in found:
        for word in dict.fromkeys(entity.words):
            by_word.setdefault(word, []).append(entity)
        for index in dict.fromkeys(spot.sentence for spot in entity.spots):
            by_sentence.setdefault(index, []).append(entity)
    return found, by_word, by_sentence


def _recent(figures: Sequence[Figure], index: int) -> list[Fact]:
    """The last figures before a sentence, as far as it may go on with them: "3.4 million ... The robots were 1.8"."""
    return [figure.fact for figure in figures[-8:] if index - figure.sentence <= 4] or [
        figure.fact for figure in figures[-1:]
    ]


def _persons(
    sentences: list[Said], speakers: frozenset[str], language: str
) -> list[tuple[tuple[str, ...], int, int, int, int]]:
    """Who is named in a Chinese or Japanese source, wherever the name stands."""
    known = {name for said in sentences for name, _, _ in persons(said.text, language)}
    known |= {voice for voice in speakers if 1 < len(voice) < 8}
    found: list[tuple[tuple[str, ...], int, int, int, int]] = []
    for index, said in enumerate(sentences):
        spans = [
            (name, match.start(), match.end())
            for name in sorted(known)
            if name in said.text
            for match in re.finditer(re.escape(name), said.text)
        ]
        text = content(said.text, language) if spans else []
        offsets = [offset for _, offset, _ in text]
        for name, start, end in spans:
            found.append(((name,), index, said.place + _place(text, offsets, start), start, end))
    return found


def _unmarked(sentences: list[Said], language: str) -> list[tuple[tuple[str, ...], int, int, int, int]]:
    """What may be names in a source without capitals; then each word of them wherever else it stands."""
    runs = []
    for index, said in enumerate(sentences):
        # Where nothing ends a sentence, a stretch may end within a name.
        after = sentences[index + 1].text.split()[:2] if index + 1 < len(sentences) else []
        whole = " ".join((said.text, *after))
        named = list(announced(whole, language))
        loose = unmarked(whole) if language == "en" else ()
        for one in (*named, *(one for one in loose if not any(a < one[2] and one[1] < b for _, a, b in named))):
            if one[1] < len(said.text):
                runs.append((index, *one))
    known = {word for _, words, _, _ in runs for word in words}
    held = {(index, start) for index, _, start, _ in runs}
    for index, said in enumerate(sentences):
        inside = [(start, end) for other, _, start, end in runs if other == index]
        for match in WORD.finditer(said.text):
            free = not any(start <= match.start() < end for start, end in inside)
            if free and fold(match.group()).removesuffix("'s") in known and (index, match.start()) not in held:
                runs.append((index, (fold(match.group()).removesuffix("'s"),), match.start(), match.end()))
    found = []
    for index, words, start, end in sorted(runs, key=lambda one: (one[0], one[2])):
        text = content(sentences[index].text, language)
        place = sentences[index].place + _place(text, [offset for _, offset, _ in text], start)
        found.append((words, index, place, start, end))
    return found


def _named(text: str, start: int, language: str) -> bool:
    before = re.search(r"(?<![.!?] )(?<!^)\b([A-Z][\w.]*)[ -]$", text[:start])
    return bool(before) and before is not None and before[1].lower() not in lexicon(language).stop


def _firsts(speakers: frozenset[str], rows: list[tuple[str, str | None]]) -> frozenset[str]:
    """First names: of the speakers, and of whoever says "I am Anna Weber" or is called so between small words."""
    found = {fold(who.split()[0]) for who in speakers if len(who.split()) > 1}
    for text, _ in rows:
        for match in re.finditer(
            r"(?<=[a-zà-ÿ,] )(?:bin|heißt|heiße|kollege|kollegin|herr|frau|von|mit|und|bei|Kollegen?|Kollegin|"
            r"Freund|Freundin|"
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


def _initials(text: str, language: str) -> str:
    """The first letters of the content words, a blank where another word stands between: for acronyms."""
    stop = lexicon(language).stop
    return "".join(fold(word[0]) if word.lower() not in stop and len(word) > 2 else " " for word in WORD.findall(text))
