"""Keyphrases and names: what a source is about, in its own words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from composer.evidence.model import Phrase, Sentence
from composer.evidence.words import UNSPACED, lexicon, stem, words

_CHUNK = re.compile(
    r"[^\s,.;:!?()\[\]\"“”„«»|/…。，、！？：；「」『』（）]+(?:[.'’\-/&+][^\s,.;:!?()\[\]\"“”„«»|/…。，、！？：；]+)*"
)
LONGEST = 4


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
    seen: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in zip(numbers, texts, strict=True):
        for phrase in candidates(text, language):
            key = tuple(stem(word) for word in phrase.split()) if not UNSPACED.search(phrase) else (phrase,)
            seen[key][phrase] += 1
            if not where[key] or where[key][-1] != number:
                where[key].append(number)
    single = {key[0]: sum(forms.values()) for key, forms in seen.items() if len(key) == 1}
    in_title = {stem(word) for word in words(title)}
    first = {key: places[0] / (numbers[-1] + 1) for key, places in where.items()}
    scored: list[tuple[float, tuple[str, ...]]] = []
    for key, forms in seen.items():
        total = sum(forms.values())
        form = _usual(forms)
        size = len(key)
        if total == 1 and size > 3:
            continue
        score = _weight(form, size, total, len(where[key]), first[key])
        if in_title and any(part in in_title for part in key):
            score *= 1.5
        if size > 1:
            # A phrase counts for more where its words are seldom found apart.
            score *= 0.6 + 0.8 * total / max(total, *(single.get(part, total) for part in key))
        scored.append((score, key))
    scored.sort(key=lambda item: (-item[0], item[1]))
    return _without_overlap(scored, seen, where, count)


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form.isupper(), form))


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
    seen: dict[tuple[str, ...], Counter[str]],
    where: dict[tuple[str, ...], list[int]],
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
    stop = lexicon(language).stop
    found: list[str] = []
    run: list[str] = []
    end = 0

    def close() -> None:
        for size in range(1, min(LONGEST, len(run)) + 1):
            found.extend(" ".join(run[at : at + size]) for at in range(len(run) - size + 1))
        run.clear()

    for match in _CHUNK.finditer(text):
        if UNSPACED.search(match.group()):
            close()
            found += _unspaced_candidates(match.group(), language)
            continue
        word = match.group().strip("'’-.&+")
        bare = word.lower().replace("’", "'")
        gap = text[end : match.start()]
        end = match.end()
        if gap.strip():
            close()
        content = bare not in stop and len(bare) > 1 and bare[0].isalpha() and "'" not in bare.removesuffix("'s")
        if not content and not (run and any(c.isdigit() for c in word)):
            close()
        elif content:
            run.append(word.removesuffix("'s").removesuffix("’s"))
        else:
            close()
    close()
    return found


def _unspaced_candidates(text: str, language: str) -> list[str]:
    """Runs between function words: two to six Han characters, or a katakana word, or a Latin word."""
    stop = sorted(lexicon(language).stop, key=lambda word: (-len(word), word))
    for word in stop:
        text = text.replace(word, " ")
    found: list[str] = []
    for word in words(text):
        if UNSPACED.match(word) and not ("\u3040" <= word[0] <= "\u309f"):
            if 2 <= len(word) <= 6 or (len(word) > 6 and "\u30a0" <= word[0] <= "\u30ff"):
                found.append(word)
            elif len(word) > 6:
                found += [word[i : i + 4] for i in range(0, len(word) - 3, 2)]
        elif len(word) > 1 and word[0].isalpha() and not UNSPACED.match(word):
            found.append(word)
    return found


def names(sentences: Sequence[Sentence], language: str, count: int = 20) -> tuple[Phrase, ...]:
    """Names by their capitals in mid-sentence, most often said first. German capitalises every noun: there only
    names of two words or with inner capitals count. Scripts without capitals give none."""
    forms: Counter[str] = Counter()
    where: dict[str, list[int]] = defaultdict(list)
    lower: Counter[str] = Counter()
    for number, sentence in enumerate(sentences):
        if sentence.role == "meta":
            continue
        for word in words(sentence.text):
            if word[:1].islower():
                lower[word] += 1
        for name in names_in(sentence.text, language):
            forms[name] += 1
            where[name].append(number)
    kept = [n for n in forms if lower[n.lower()] < forms[n] and (forms[n] > 1 or " " in n or _inner(n))]
    kept.sort(key=lambda n: (-forms[n], n))
    whole = [
        n for n in kept if not any(n != other and n in other.split() and forms[other] >= forms[n] for other in kept)
    ]
    return tuple(Phrase(n, float(forms[n]), tuple(where[n])) for n in whole[:count])


def _inner(name: str) -> bool:
    return any(c.isupper() for c in name[1:]) or any(c.isdigit() for c in name)


def names_in(text: str, language: str) -> list[str]:
    """The names of one sentence, in order: runs of capitalised words that do not open it."""
    stop = lexicon(language).stop
    german = language.startswith("de")
    found: list[str] = []
    run: list[str] = []
    end, opening = 0, True

    def close() -> None:
        name = " ".join(run)
        if run and len(name) > 1 and (not german or (len(run) > 1 and len(run) < 4) or _inner(name)):
            found.append(name)
        run.clear()

    for match in _CHUNK.finditer(text):
        word = match.group().strip("'’-.&+")
        gap = text[end : match.start()].strip()
        if gap:
            close()
        if any(mark in gap for mark in '.!?…:"“”'):
            opening = True
        end = match.end()
        capital = word[:1].isupper()
        known = word.lower().replace("’", "'").removesuffix("'s") in stop or "'" in word.removesuffix("'s")
        if capital and not known and (not opening or _inner(word) or run):
            run.append(word.removesuffix("'s").removesuffix("’s"))
        else:
            close()
        opening = False
    close()
    return found
