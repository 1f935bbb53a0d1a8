"""A source prepared for being looked things up in: passages with their words and figures."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from composer.evidence.words import lexicon
from composer.post.numbers import Fact, facts
from composer.post.quotes import tokens
from composer.sources.model import Transcript

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the source, or what stands for one: its text, its content words and its figures."""

    text: str
    terms: frozenset[str]
    facts: tuple[Fact, ...]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A source, prepared: passages in order, how rare each word is, every word it has, and its figures by passage."""

    passages: tuple[Passage, ...]
    weight: dict[str, float]
    words: frozenset[str]
    flat: str
    running: tuple[str, ...]
    initials: str
    language: str
    speakers: frozenset[str]


def stem(word: str) -> str:
    """Inflected forms meet: endings off, then six letters. "Costing" and "costs" are both "cost"."""
    bare = (
        re.sub(r"(?:ing|ed|es|s|en|er|ern|e|n)$", "", word)
        if len(word) > 4
        else re.sub(r"s$", "", word)
        if len(word) > 3
        else word
    )
    return re.sub(r"(.)\1$", r"\1", bare)[:6]


def without_figures(text: str) -> str:
    for fact in reversed(facts(text)):
        text = text[: fact.start] + " " + text[fact.end :]
    return text


@lru_cache(maxsize=4)
def prepare(sources: tuple[str | Transcript, ...]) -> Ground:
    rows: list[tuple[str, str | None]] = []
    language = "en"
    speakers: set[str] = set()
    for source in sources:
        if isinstance(source, str):
            rows += [(text, None) for text in _cut(source)]
            language = "ja" if len(KANA.findall(source)) > len(source) / 5 else _guess(source)
        else:
            language = source.language
            rows += _rows(source)
            speakers.update(source.speakers)
    passages = tuple(
        Passage(text, terms_of(without_figures(text), language), tuple(facts(text)), speaker) for text, speaker in rows
    )
    count: dict[str, int] = {}
    for passage in passages:
        for term in passage.terms:
            count[term] = count.get(term, 0) + 1
    weight = {term: 1.0 + math.log(len(passages) / times) for term, times in count.items()}
    everything = " ".join(text for text, _ in rows)
    words = frozenset(word.lower() for word in WORD.findall(everything))
    parts = frozenset(part for word in words for part in re.split(r"[-'’.]", word) if part)
    flat = re.sub(r"[\W_]+", "", everything.lower())
    running = tuple(tokens(everything))
    return Ground(
        passages, weight, words | parts, flat, running, _initials(everything, language), language, frozenset(speakers)
    )


def _initials(text: str, language: str) -> str:
    """The first letters of the content words, a blank where another word stands between: for acronyms."""
    stop = lexicon(language).stop
    return "".join(
        word[0].lower() if word.lower() not in stop and len(word) > 3 else " " for word in WORD.findall(text)
    )


def _guess(text: str) -> str:
    """The language of a plain text as far as capitals are concerned: German writes every noun with one."""
    words = re.findall(r"(?<=[a-zß,] )[A-ZÄÖÜ][a-zäöüß]+", text)
    german = len(re.findall(r"\b(?:und|der|die|das|nicht|ist|ein|eine|mit|für)\b", text))
    return "de" if german * 8 > len(text.split()) and words else "en"


def _rows(source: Transcript) -> list[tuple[str, str | None]]:
    """The sentences of a transcript with their speaker. Cues are joined first: a sentence runs over several."""
    rows: list[tuple[str, str | None]] = [(value, None) for _, value in source.context]
    rows += [(source.title, None)] if source.title else []
    rows += [(chapter.title, None) for chapter in source.chapters]
    text, speaker = "", None
    for segment in source.segments:
        if text and (segment.speaker != speaker or (re.search(r"[.!?。！？]$", text) and len(text) > 200)):
            rows += [(part, speaker) for part in _cut(text)]
            text = ""
        speaker = segment.speaker
        text = f"{text} {segment.text}".strip()
        if segment.raw and segment.raw != segment.text:
            rows.append((segment.raw, segment.speaker))
    rows += [(part, speaker) for part in _cut(text)]
    rows += [(name, None) for name in source.speakers]
    for other in source.translations:
        rows += _rows(other)
    return rows


def _cut(text: str) -> list[str]:
    """Sentences; where the text has no full stops, stretches of thirty words."""
    parts: list[str] = []
    for part in re.split(r"(?<=[.!?…])(?<!\b\d\.)(?<!\b\d\d\.)\s+|(?<=[。！？])|\n+", text):
        words = part.split()
        if len(words) > 60:
            parts += [" ".join(words[at : at + 30]) for at in range(0, len(words), 30)]
        elif part.strip():
            parts.append(part.strip())
    return parts


def terms_of(text: str, language: str) -> frozenset[str]:
    """Content words cut to five letters, so that inflected forms meet; figures are left out."""
    if KANA.search(text):
        runs = re.findall(r"[\u4e00-\u9fff]+|[\u30a0-\u30ff]+", text)
        return frozenset(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))
    stop = lexicon(language).stop
    words = (word.lower().replace("’", "'") for word in WORD.findall(text))
    out: set[str] = set()
    for word in words:
        base = re.sub(r"'s?$", "", word)
        if base in stop or not base[:1].isalpha() or len(base) < 3:
            continue
        out.update(stem(part) for part in re.split(r"[-.]", base) if len(part) > 2)
    return frozenset(out)
