"""Keyphrases and names: what a source is about, in its own words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from composer.evidence.model import Phrase, Sentence
from composer.evidence.words import UNSPACED, lexicon, said, stem, words

# A word with what holds it together inside, or the marks that part words.
_CHUNK = re.compile(
    r"[^\s,.;:!?()\[\]\"“”„«»|/…。，、！？：；「」『』（）،؛؟]+(?:[.'’\-/&+][^\s,.;:!?()\[\]\"“”„«»|/…。，、！？：；،؛؟]+)*"
    r"|[,.;:!?()\[\]\"“”„«»|/…。，、！？：；「」『』（）،؛؟]+"
)
_PLAIN_CHUNK = re.compile(r"[^\s,.;:!?()\[\]\"|/]+(?:[.'\-/&+][^\s,.;:!?()\[\]\"|/]+)*|[,.;:!?()\[\]\"|/]+")
_MARKS = frozenset(',.;:!?()[]"“”„«»|/…。，、！？：；「」『』（）،؛؟')
_EDGE = "'’-.&+"
LONGEST = 4
# Phrases said at least so often are looked at first, second, last.
ROUNDS = (6, 2, 1)
# What a phrase gains that has a word of the title.
TITLED = 1.5
# What a name behind the first letter of a text has: a capital or a figure of its own, or a letter beyond ASCII.
_CAPITAL = re.compile(r"[A-Z0-9]|[^\x00-\x7f]")
_STOPS = frozenset('.!?…:"“”')

# A phrase as it was said: the stems of its words, and its words, both with a space between. Strings count faster than
# tuples, and the collector of garbage does not look at them.
Told = tuple[str, str]


class _Seen(NamedTuple):
    """How often each form of a phrase was said, and in which sentences."""

    forms: dict[str, int]
    places: list[int]


def keyphrases(
    sentences: Sequence[Sentence],
    language: str,
    count: int = 20,
    title: str = "",
    told: Sequence[Sequence[Told]] | None = None,
) -> tuple[Phrase, ...]:
    """The `count` best phrases of one to four content words, best first. `told` is what `phrases_in` gives for the
    sentences, where it is at hand."""
    spoken = [i for i, sentence in enumerate(sentences) if sentence.role != "meta"]
    return ranked(
        [sentences[i].text for i in spoken],
        language,
        count,
        title,
        spoken,
        None if told is None else [told[i] for i in spoken],
    )


def ranked(
    texts: Sequence[str],
    language: str,
    count: int,
    title: str = "",
    indices: Sequence[int] | None = None,
    told: Sequence[Sequence[Told]] | None = None,
) -> tuple[Phrase, ...]:
    """Keyphrases of plain texts. `indices` are the sentence numbers to report, one per text; `told` is what
    `phrases_in` gives for them."""
    numbers = range(len(texts)) if indices is None else indices
    told = phrases_in(texts, language) if told is None else told
    if language.startswith("zh"):
        known = _chinese_words(texts, language)
        told = [[phrase for phrase in row if phrase[0] in known or not UNSPACED.match(phrase[0])] for row in told]
    total = Counter(key for row in told for key, _ in row)
    in_title = {stem(word) for word in words(title)}
    last = numbers[-1] + 1 if numbers else 1

    def score(key: str, seen: _Seen) -> float:
        times, parts = total[key], key.split(" ")
        value = _weight(_usual(seen.forms), len(parts), times, len(seen.places), seen.places[0] / last)
        if not in_title.isdisjoint(parts):
            value *= TITLED
        if len(parts) > 1:
            # A phrase counts for more where its words are seldom found apart.
            value *= 0.6 + 0.8 * times / max(times, *(total.get(part, times) for part in parts))
        return value

    # In a long text the best are all said several times, and most candidates are not: those are looked at only where
    # one of them could come in.
    scored: list[tuple[float, str, _Seen]] = []
    chosen: tuple[Phrase, ...] = ()
    above = math.inf
    for least in ROUNDS:
        fresh = [key for key, n in total.items() if least <= n < above and (n > 1 or key.count(" ") + 1 < LONGEST)]
        scored += [(-score(key, seen), key, seen) for key, seen in _seen(fresh, numbers, told).items()]
        scored.sort()
        chosen = _without_overlap(scored, count)
        if len(chosen) == count and chosen[-1].score > _most(least - 1) * (TITLED if in_title else 1.0):
            break
        above = least
    return chosen


def _seen(keys: Sequence[str], numbers: Sequence[int], told: Sequence[Sequence[Told]]) -> dict[str, _Seen]:
    """How and where the phrases with these stems are said."""
    found = {key: _Seen({}, []) for key in keys}
    for number, row in zip(numbers, told, strict=True):
        for key, form in row:
            if key in found:
                forms, places = found[key]
                forms[form] = forms.get(form, 0) + 1
                if places[-1:] != [number]:
                    places.append(number)
    return found


@lru_cache(maxsize=64)
def _cuts(length: int) -> tuple[tuple[int, int], ...]:
    """Where the phrases in a run of so many words begin and end, the short ones first."""
    sizes = range(1, min(LONGEST, length) + 1)
    return tuple((start, start + size) for size in sizes for start in range(length - size + 1))


def _most(times: int) -> float:
    """The most a phrase said so often can score: two words, capitals, the very beginning, never found apart."""
    return math.log2(1 + times) * 1.2 * 1.4 * 1.3 * 1.4 * (1 + 0.1 * math.log2(max(1, times))) + 1e-6


def _chinese_words(texts: Sequence[str], language: str) -> frozenset[str]:
    """What behaves like a word in Chinese texts, which mark none: said at least twice and not always inside the same
    longer piece, or a short run of its own between function words."""
    runs = [run for text in texts for run in _between(text, language) if UNSPACED.match(run)]
    total = Counter(piece for run in runs for piece in _cut(run))
    inside: set[str] = set()
    for piece, count in total.items():
        if count > 1 and len(piece) > 2:
            inside.update(part for part in (piece[1:], piece[:-1]) if count >= 0.8 * total[part])
    often = {piece for piece, count in total.items() if count > 1 and piece not in inside}
    return frozenset(often | {run for run in runs if 2 <= len(run) <= 4 and total[run] == 1})


def _cut(run: str) -> list[str]:
    """All pieces of two to four characters."""
    return [run[at : at + size] for size in (2, 3, 4) for at in range(len(run) - size + 1)]


def _usual(forms: Mapping[str, int]) -> str:
    return min(forms, key=lambda form: (-forms[form], form.isupper(), form)) if len(forms) > 1 else next(iter(forms))


def _weight(form: str, size: int, total: int, spread: int, first: float) -> float:
    capital = 1.0
    if any(c.isupper() for c in form[1:]) or (form[:1].isupper() and size > 1):
        capital = 1.4
    elif form[:1].isupper():
        capital = 1.2
    lengths = {1: 0.9, 2: 1.2, 3: 1.15, 4: 0.8}
    return math.log2(1 + total) * lengths.get(size, 0.6) * capital * (1.3 - 0.5 * first) * (1 + 0.1 * math.log2(spread))


def _without_overlap(scored: Sequence[tuple[float, str, _Seen]], count: int) -> tuple[Phrase, ...]:
    """The first `count` of `scored` (the best first, their scores negative) that are no part of one before them."""
    chosen: list[Phrase] = []
    taken: list[frozenset[str]] = []
    for score, key, seen in scored:
        parts = frozenset(key.split(" "))
        if any(parts <= other or (other <= parts and len(other) > 1) for other in taken):
            continue
        chosen.append(Phrase(_usual(seen.forms), round(-score, 6), tuple(seen.places)))
        taken.append(parts)
        if len(chosen) == count:
            break
    return tuple(chosen)


def candidates(text: str, language: str) -> list[str]:
    """Every run of content words of at most four, and its parts, in order. Chinese and Japanese: runs of one script."""
    return [form for _, form in phrases_in([text], language)[0]]


def phrases_in(texts: Sequence[str], language: str) -> list[list[Told]]:
    """For each text every run of content words of at most four, and its parts, in order. What is a candidate as it
    is, as those of Chinese and Japanese are, is a run of its own."""
    pieces = [_chunks(text) for text in texts]
    # A long text has some thousand different pieces: each is looked at once.
    meant = {piece: _meant(piece, language) for piece in set(chain.from_iterable(pieces))}
    unspaced = {piece: _unspaced_candidates(piece, language) for piece in meant if UNSPACED.search(piece)}
    by_run: dict[str, list[Told]] = {}
    found: list[list[Told]] = []
    for row in pieces:
        told: list[Told] = []
        run: list[str] = []
        # The empty piece closes the last run.
        for piece in (*row, ""):
            if word := meant.get(piece):
                run.append(word)
                continue
            if run:
                whole = " ".join(run)
                if whole not in by_run:
                    stems = list(map(stem, run))
                    by_run[whole] = [(" ".join(stems[a:b]), " ".join(run[a:b])) for a, b in _cuts(len(run))]
                told += by_run[whole]
                run = []
            if piece in unspaced:
                told += [(stem(phrase), phrase) for phrase in unspaced[piece]]
        found.append(told)
    return found


def _meant(piece: str, language: str) -> str:
    """The content word in a piece of text, or "" where it has none and a run ends."""
    stop = lexicon(language).stop
    word = piece.strip(_EDGE)
    bare = word.lower().replace("’", "'")
    # Of a language nothing is known about, at least its shortest words are not what a text is about.
    if bare in stop or len(bare) < (2 if stop else 4) or not bare[0].isalpha() or UNSPACED.search(piece):
        return ""
    if "'" not in bare:
        return word
    return "" if "'" in bare.removesuffix("'s") else word.removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=8192)
def _chunks(text: str) -> tuple[str, ...]:
    """The words of `text`, and between them the marks that part them."""
    return tuple((_PLAIN_CHUNK if text.isascii() else _CHUNK).findall(text))


def _between(text: str, language: str) -> list[str]:
    """The runs that are left when the function words are cut out of a text without spaces."""
    for word in _function_words(language):
        text = text.replace(word, " ")
    return words(text)


@lru_cache(maxsize=16)
def _function_words(language: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon(language).stop, key=lambda word: (-len(word), word)))


def _unspaced_candidates(text: str, language: str) -> list[str]:
    """Runs between function words: two to six Han characters, or a katakana word, or a Latin word. In Chinese the
    pieces of a run too: which of them are words only the whole text says."""
    found: list[str] = []
    chinese = language.startswith("zh")
    for word in _between(text, language):
        if UNSPACED.match(word) and not ("\u3040" <= word[0] <= "\u309f"):
            if chinese:
                found += _cut(word)
            elif 2 <= len(word) <= 6 or (len(word) > 6 and "\u30a0" <= word[0] <= "\u30ff"):
                found.append(word)
            else:
                found += [word[i : i + 4] for i in range(0, len(word) - 3, 2)]
        elif len(word) > 1 and word[0].isalpha() and not UNSPACED.match(word):
            found.append(word)
    return found


def names(sentences: Sequence[Sentence], language: str, count: int = 20) -> tuple[Phrase, ...]:
    """Names by their capitals in mid-sentence, most often said first. German capitalises every noun: there only
    names of two words or with inner capitals count. Scripts without capitals give none."""
    forms: Counter[str] = Counter()
    where: dict[str, list[int]] = defaultdict(list)
    spoken = [(number, sentence.text) for number, sentence in enumerate(sentences) if sentence.role != "meta"]
    stop = lexicon(language).stop
    capital = {
        piece
        for piece in set(chain.from_iterable(_chunks(text) for _, text in spoken))
        if (word := piece.strip(_EDGE))[:1].isupper() and word.lower() not in stop
    }
    for number, text in spoken:
        row = _chunks(text)
        if capital.isdisjoint(row[1:]) and not _inner("".join(row[:1])):
            # No capital but that of the first word.
            continue
        for name in names_in(text, language):
            forms[name] += 1
            where[name].append(number)
    spelt = Counter(chain.from_iterable(said(text) for _, text in spoken))
    # A name is written small less often than with its capital.
    small = {n: spelt[n.lower()] if n[:1].lower().islower() else 0 for n in forms}
    kept = [n for n in forms if small[n] < forms[n] and (forms[n] > 1 or " " in n or _inner(n))]
    kept.sort(key=lambda n: (-forms[n], n))
    longer = {part: forms[other] for other in reversed(kept) if " " in other for part in other.split()}
    whole = [n for n in kept if longer.get(n, 0) < forms[n]]
    return tuple(Phrase(n, float(forms[n]), tuple(where[n])) for n in whole[:count])


def _inner(name: str) -> bool:
    return any(c.isupper() for c in name[1:]) or any(c.isdigit() for c in name)


def names_in(text: str, language: str) -> list[str]:
    """The names of one sentence, in order: runs of capitalised words that do not open it."""
    if not _CAPITAL.search(text, 1):
        return []
    stop = lexicon(language).stop
    german = language.startswith("de")
    found: list[str] = []
    run: list[str] = []
    opening = True

    def close() -> None:
        name = " ".join(run)
        if run and len(name) > 1 and (not german or (len(run) > 1 and len(run) < 4) or _inner(name)):
            found.append(name)
        run.clear()

    for piece in _chunks(text):
        if piece[0] in _MARKS:
            if run:
                close()
            opening = opening or not _STOPS.isdisjoint(piece)
            continue
        word = piece.strip(_EDGE)
        if word[:1].isupper() and (run or not opening or _inner(word)):
            bare = word.lower().replace("’", "'").removesuffix("'s")
            if bare in stop or "'" in word.removesuffix("'s"):
                if run:
                    close()
            else:
                run.append(word.removesuffix("'s").removesuffix("’s"))
        elif run:
            close()
        opening = False
    close()
    return found
