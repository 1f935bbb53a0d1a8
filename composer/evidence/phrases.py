"""Keyphrases and names: what a source is about, in its own words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

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
# The most a phrase said once can score: two words, a capital, the very beginning, never found apart.
ONCE = 1.2 * 1.4 * 1.3 * 1.4
# What a name behind the first letter of a text has: a capital or a figure of its own, or a letter beyond ASCII.
_CAPITAL = re.compile(r"[A-Z0-9]|[^\x00-\x7f]")
_STOPS = frozenset('.!?…:"“”')


def keyphrases(sentences: Sequence[Sentence], language: str, count: int = 20, title: str = "") -> tuple[Phrase, ...]:
    """The `count` best phrases of one to four content words, best first."""
    return ranked(
        [s.text for s in sentences if s.role != "meta"],
        language,
        count,
        title,
        [i for i, s in enumerate(sentences) if s.role != "meta"],
    )


def ranked(
    texts: Sequence[str], language: str, count: int, title: str = "", indices: Sequence[int] | None = None
) -> tuple[Phrase, ...]:
    """Keyphrases of plain texts. `indices` are the sentence numbers to report, one per text."""
    numbers = list(range(len(texts))) if indices is None else list(indices)
    seen: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    where: dict[tuple[str, ...], list[int]] = {}
    known = _chinese_words(texts, language) if language.startswith("zh") else None
    for number, text in zip(numbers, texts, strict=True):
        for stems, run in _stemmed(text, language):
            for size in range(1, min(LONGEST, len(run)) + 1):
                for at in range(len(run) - size + 1):
                    key, form = stems[at : at + size], run[at : at + size]
                    if known is not None and key[0] not in known and UNSPACED.match(key[0]):
                        continue
                    forms = seen.get(key)
                    if forms is None:
                        seen[key], where[key] = {form: 1}, [number]
                        continue
                    forms[form] = forms.get(form, 0) + 1
                    if where[key][-1] != number:
                        where[key].append(number)
    total = {key: sum(forms.values()) for key, forms in seen.items()}
    in_title = {stem(word) for word in words(title)}
    last = numbers[-1] + 1 if numbers else 1

    def scored(keys: Iterable[tuple[str, ...]]) -> list[tuple[float, tuple[str, ...]]]:
        found = []
        for key in keys:
            times, size = total[key], len(key)
            if times == 1 and size > 3:
                continue
            score = _weight(_usual(seen[key]), size, times, len(where[key]), where[key][0] / last)
            if in_title and any(part in in_title for part in key):
                score *= 1.5
            if size > 1:
                # A phrase counts for more where its words are seldom found apart.
                score *= 0.6 + 0.8 * times / max(times, *(total.get((part,), times) for part in key))
            found.append((score, key))
        found.sort(key=lambda item: (-item[0], item[1]))
        return found

    # In a long text the best are all said more than once, and most candidates are not: those are looked at only where
    # one of them could come in.
    again = _without_overlap(scored(key for key, times in total.items() if times > 1), seen, where, count)
    if len(again) == count and again[-1].score > ONCE * (1.5 if in_title else 1.0):
        return again
    return _without_overlap(scored(seen), seen, where, count)


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


def _usual(forms: Mapping[tuple[str, ...], int]) -> str:
    if len(forms) == 1:
        return " ".join(next(iter(forms)))
    spelt = {" ".join(form): count for form, count in forms.items()}
    return min(spelt, key=lambda form: (-spelt[form], form.isupper(), form))


def _weight(form: str, size: int, total: int, spread: int, first: float) -> float:
    capital = 1.0
    if any(c.isupper() for c in form[1:]) or (form[:1].isupper() and size > 1):
        capital = 1.4
    elif form[:1].isupper():
        capital = 1.2
    lengths = {1: 0.9, 2: 1.2, 3: 1.15, 4: 0.8}
    return math.log2(1 + total) * lengths.get(size, 0.6) * capital * (1.3 - 0.5 * first) * (1 + 0.1 * math.log2(spread))


def _without_overlap(
    scored: list[tuple[float, tuple[str, ...]]],
    seen: Mapping[tuple[str, ...], Mapping[tuple[str, ...], int]],
    where: Mapping[tuple[str, ...], Sequence[int]],
    count: int,
) -> tuple[Phrase, ...]:
    chosen: list[Phrase] = []
    taken: list[frozenset[str]] = []
    for score, key in scored:
        parts = frozenset(key)
        if any(parts <= other or (other <= parts and len(other) > 1) for other in taken):
            continue
        chosen.append(Phrase(_usual(seen[key]), round(score, 6), tuple(where[key])))
        taken.append(parts)
        if len(chosen) == count:
            break
    return tuple(chosen)


def candidates(text: str, language: str) -> list[str]:
    """Every run of content words of at most four, and its parts, in order. Chinese and Japanese: runs of one script."""
    found: list[str] = []
    for run, whole in _runs(text, language):
        if whole:
            found += run
            continue
        for size in range(1, min(LONGEST, len(run)) + 1):
            found.extend(" ".join(run[at : at + size]) for at in range(len(run) - size + 1))
    return found


@lru_cache(maxsize=8192)
def _stemmed(text: str, language: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The runs of `text`, each as the stems of its words and its words; what is whole is a run of one."""
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for run, whole in _runs(text, language):
        if whole:
            found += [((phrase if UNSPACED.search(phrase) else stem(phrase),), (phrase,)) for phrase in run]
        else:
            found.append((tuple(stem(word) for word in run), run))
    return tuple(found)


@lru_cache(maxsize=8192)
def _chunks(text: str) -> tuple[str, ...]:
    """The words of `text`, and between them the marks that part them."""
    return tuple((_PLAIN_CHUNK if text.isascii() else _CHUNK).findall(text))


def _runs(text: str, language: str) -> list[tuple[tuple[str, ...], bool]]:
    """Runs of content words in order; those of Chinese and Japanese are candidates as they are, which the flag says."""
    stop = lexicon(language).stop
    found: list[tuple[tuple[str, ...], bool]] = []
    run: list[str] = []
    plain = text.isascii()
    # Of a language nothing is known about, at least its shortest words are not what a text is about.
    shortest = 2 if stop else 4

    def close() -> None:
        if run:
            found.append((tuple(run), False))
            run.clear()

    for piece in _chunks(text):
        if piece[0] in _MARKS:
            close()
            continue
        if not plain and UNSPACED.search(piece):
            close()
            found.append((tuple(_unspaced_candidates(piece, language)), True))
            continue
        word = piece.strip(_EDGE)
        bare = word.lower() if plain else word.lower().replace("’", "'")
        if bare in stop or len(bare) < shortest or not bare[0].isalpha():
            close()
        elif "'" not in bare:
            run.append(word)
        elif "'" in bare.removesuffix("'s"):
            close()
        else:
            run.append(word.removesuffix("'s").removesuffix("’s"))
    close()
    return found


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
    for number, text in spoken:
        for name in names_in(text, language):
            forms[name] += 1
            where[name].append(number)
    spelt = Counter(chain.from_iterable(said(text) for _, text in spoken))
    # A name is written small less often than with its capital.
    small = {n: spelt[n.lower()] if n[:1].lower().islower() else 0 for n in forms}
    kept = [n for n in forms if small[n] < forms[n] and (forms[n] > 1 or " " in n or _inner(n))]
    kept.sort(key=lambda n: (-forms[n], n))
    whole = [
        n for n in kept if not any(n != other and n in other.split() and forms[other] >= forms[n] for other in kept)
    ]
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
