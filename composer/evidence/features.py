"""What can be seen in a sentence, as numbers: the input of the ranking."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from composer.evidence.model import Sentence
from composer.evidence.words import UNSPACED, lexicon, shared, signal_phrases, stem, terms, word_count, words

SIGNALS = (
    "definition",
    "contrast",
    "prediction",
    "comparison",
    "cause",
    "condition",
    "advice",
    "absolute",
    "opinion",
    "story",
    "hedge",
    "stakes",
    "housekeeping",
)
NAMES = (
    "length",
    "length2",
    "short",
    "long",
    "central",
    "central_max",
    "neighbours",
    "once",
    "rare",
    "number",
    "names",
    "title",
    "chapter_title",
    "begin",
    "finish",
    "position",
    "leans",
    "leans_hard",
    "question",
    "answers",
    "chatter",
    "function",
    "first_person",
    "we",
    "you",
    "vague",
    "negation",
    "commas",
    "turn",
    "turn_start",
    "main_voice",
    "fresh",
    "fragment",
    "variety",
    "word_length",
    "image",
    "opens",
    *SIGNALS,
)
_NUMBER = re.compile(
    r"\d|%|\b(?:hundred|thousand|million|billion|trillion|percent|half|double|twice|tausend|millionen|"
    r"milliarden|prozent|mille|millions|milliards|mil|millones|milhões|por ciento)\b"
)
# Turns that carry an image or a law: "is the oil of", "the more ..., the more", "there is only one", "as we know it".
_IMAGE = re.compile(
    r"\b(?:is|are|was|were|becomes?|became)\s+(?:\w+\s+)?(?:the|a|an|like the|like a)\s+(?:[\w-]+\s+){1,2}(?:of|for)\s+"
    r"(?!the\s+(?:day|year|time)|this|these|those|it\b)\w+"
    r"|\bthe (?:more|less|longer|bigger|better|faster)\b.{3,80}\bthe (?:more|less|longer|bigger|better|faster|harder)\b"
    r"|\b(?:only|but) one\b|\bas we know it\b|\bis the (?:new|next|future)\b|\bno more\b|\bno longer\b|\bis dead\b"
    r"|\bnot (?:a|an|the|about|just)\b.{3,60}(?:,|;|\bbut\b)\s*(?:it's |but )?(?:a|an|the|about)\b"
    r"|\b(?:ist|sind) (?:der|die|das) [\w-]+ (?:der|des|von)\b|\best (?:le|la) [\w-]+ (?:de|du|des)\b"
    r"|\b(?:es|é) (?:el|la|o|a) [\w-]+ (?:de|del|do|da)\b"
)
_VAGUE = shared("vague")


@lru_cache(maxsize=16)
def _signal_phrases(language: str) -> tuple[dict[str, tuple[str, ...]], int]:
    """The kinds of signal each phrase stands for, and the words of the longest phrase."""
    kinds: dict[str, tuple[str, ...]] = {}
    for kind in SIGNALS:
        for phrase in signal_phrases(language, kind):
            if kind not in kinds.get(phrase, ()):
                kinds[phrase] = (*kinds.get(phrase, ()), kind)
    return kinds, max((phrase.count(" ") + 1 for phrase in kinds), default=1)


def signals(text: str, language: str) -> dict[str, int]:
    """How often each kind of signal phrase occurs in `text`; kinds that do not occur are left out. Phrases of spaced
    scripts match whole words only."""
    kinds, longest = _signal_phrases(language)
    low = text.lower().replace("’", "'")
    counts: Counter[str] = Counter()
    if UNSPACED.search(low):
        for phrase, found in kinds.items():
            if times := low.count(phrase):
                counts.update(dict.fromkeys(found, times))
        return dict(counts)
    said = words(low)
    for size in range(1, longest + 1):
        for at in range(len(said) - size + 1):
            for kind in kinds.get(" ".join(said[at : at + size]), ()):
                counts[kind] += 1
    return dict(counts)


class Features:
    """The features of all sentences of one source. `rows[i]` has one number per entry of `NAMES`, raw; `terms[i]`
    are the sentence's content terms."""

    def __init__(self, sentences: Sequence[Sentence], language: str, title: str, chapters: Sequence[str]) -> None:
        self.language = language
        self.known = lexicon(language)
        self.sentences = sentences
        self.terms = [tuple(terms(s.text, language)) for s in sentences]
        self.counts = Counter(term for found in self.terms for term in sorted(set(found)))
        self._first: dict[str, int] = {}
        for number, found in enumerate(self.terms):
            for term in found:
                self._first.setdefault(term, number)
        self._title = frozenset(terms(title, language))
        self._chapters = [frozenset(terms(name, language)) for name in chapters]
        voices = Counter(s.speaker for s in sentences if s.speaker)
        self._most = max(voices.values(), default=1)
        self._voices = voices
        self._turns = _turns(sentences)
        self.rows = [self._row(index) for index in range(len(sentences))]

    def _row(self, index: int) -> list[float]:
        sentence, found = self.sentences[index], self.terms[index]
        low = [word.lower() for word in words(sentence.text)]
        length = max(1, word_count(sentence.text))
        seen = signals(sentence.text, self.language)
        before = self.sentences[index - 1] if index else None
        total = max(1, len(self.sentences))
        distinct = sorted(set(found))
        spread = sorted(math.log(1 + self.counts[term]) for term in distinct)
        position = index / total
        turn_length, turn_place = self._turns[index]
        near = [n for n in range(max(0, index - 3), min(total, index + 4)) if n != index]
        around = sorted({term for n in near for term in self.terms[n]})
        values: dict[str, float] = {
            "length": math.log(length),
            "length2": -((math.log(length) - math.log(20)) ** 2),
            "short": length < 7,
            "long": length > 42,
            "central": sum(spread) / len(spread) if spread else 0.0,
            "central_max": spread[-1] if spread else 0.0,
            "neighbours": len(set(distinct) & set(around)) / len(distinct) if distinct else 0.0,
            "once": sum(1 for term in distinct if self.counts[term] == 1) / len(distinct) if distinct else 0.0,
            "rare": sum(1 for term in distinct if len(term) > 7) / length,
            "number": bool(_NUMBER.search(sentence.text.lower())),
            "names": min(3, _capitals(sentence.text)),
            "title": len(self._title & set(distinct)) / math.sqrt(length),
            "chapter_title": self._chapter_overlap(sentence, distinct) / math.sqrt(length),
            "begin": math.exp(-index / 6),
            "finish": math.exp(-(total - 1 - index) / 10),
            "position": position,
            "leans": bool(low) and low[0].split("'")[0] in self.known.link,
            "leans_hard": leans(sentence.text, self.language),
            "question": sentence.text.rstrip("\"'”’ ").endswith(("?", "？", "؟")),
            "answers": before is not None and before.text.rstrip().endswith(("?", "？")),
            "chatter": sum(1 for word in low if word in self.known.chatter) / length,
            "function": sum(1 for word in low if word in self.known.stop) / length,
            "first_person": sum(1 for word in low if word.split("'")[0] in ("i", "my", "me")) / math.sqrt(length),
            "we": sum(1 for word in low if word.split("'")[0] in ("we", "our", "us")) / math.sqrt(length),
            "you": sum(1 for word in low if word.split("'")[0] in ("you", "your")) / math.sqrt(length),
            "vague": sum(1 for word in low if word.split("'")[0] in _VAGUE) / math.sqrt(length),
            "negation": sum(1 for word in low if word in self.known.negation or word.endswith("n't"))
            / math.sqrt(length),
            "commas": sentence.text.count(",") / length,
            "turn": math.log(turn_length),
            "turn_start": turn_place == 0,
            "main_voice": self._voices.get(sentence.speaker, 0) / self._most if sentence.speaker else 0.5,
            "fresh": len(set(distinct) - set(self.terms[index - 1] if index else ())) / math.sqrt(length),
            "fragment": not sentence.text.rstrip("\"'”’) ").endswith((".", "!", "?", "。", "！", "？", "؟"))
            or "..." in sentence.text,
        }
        values["image"] = bool(_IMAGE.search(sentence.text.lower()))
        values["opens"] = self._opened(index, distinct) / math.sqrt(length)
        values["variety"] = len(set(low)) / max(1, len(low))
        values["word_length"] = sum(len(word) for word in low) / max(1, len(low))
        for kind in SIGNALS:
            values[kind] = min(2, seen.get(kind, 0))
        return [float(values[name]) for name in NAMES]

    def _opened(self, index: int, distinct: list[str]) -> int:
        """How many terms are said here for the first time and again soon: the sentence opens a subject."""
        soon = {term for later in self.terms[index + 1 : index + 9] for term in later}
        return sum(1 for term in distinct if self._first[term] == index and term in soon)

    def _chapter_overlap(self, sentence: Sentence, distinct: list[str]) -> int:
        if sentence.chapter is None or sentence.chapter >= len(self._chapters):
            return 0
        return len(self._chapters[sentence.chapter] & set(distinct))

    def standardised(self) -> list[list[float]]:
        """The rows with each column at mean 0 and deviation 1 within this source; a constant column is 0."""
        if not self.rows:
            return []
        columns = []
        for column in zip(*self.rows, strict=True):
            mean = math.fsum(column) / len(column)
            spread = math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column))
            columns.append([(value - mean) / spread if spread > 1e-9 else 0.0 for value in column])
        return [list(row) for row in zip(*columns, strict=True)]


def _capitals(text: str) -> int:
    """Capitalised words that do not open the sentence, "I" aside."""
    found = re.findall(r"(?<=[\w,;]\s)[A-Z]\w+", text)
    return sum(1 for word in found if word.split("'")[0] not in ("I",))


def _turns(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """For each sentence: the sentences of its turn, and its place in it."""
    found: list[tuple[int, int]] = []
    start = 0
    for at in range(len(sentences) + 1):
        if at == len(sentences) or (at > start and sentences[at].speaker != sentences[start].speaker):
            found += [(at - start, place) for place in range(at - start)]
            start = at
    return found


_HARD = re.compile(
    r"(?i)^(?:and so|so|and|but|or|because|then|which|also|yeah|yes|no|well|okay|oh|right|exactly|like|too)?,?\s*"
    r"(?:it|this|that|these|those|they|he|she|them|there)(?:'s|'re|'ll|'d|'ve)?\b(?!\s+[a-z]+(?:ion|ing|ment|ity)\b)"
)


def leans(text: str, language: str) -> bool:
    """Whether a sentence cannot stand alone: it begins with a word that points back ("it", "and so", "that")."""
    first = words(text)[:2]
    if not first:
        return False
    known = lexicon(language)
    if language.startswith("en"):
        low = first[0].lower()
        if low in ("because", "which", "who", "where", "or", "then", "so", "and", "also", "too"):
            return True
        return bool(_HARD.match(text.replace("’", "'"))) and not (low.startswith("there") and len(text.split()) > 6)
    if UNSPACED.match(first[0]):
        return any(text.startswith(word) for word in sorted(known.link) if len(word) > 0)
    return first[0].lower() in known.link


def stems(text: str) -> frozenset[str]:
    """The stems of all words of `text`: for near repeats."""
    return frozenset(stem(word) for word in words(text))
