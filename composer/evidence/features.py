"""What can be seen in a sentence, as numbers: the input of the ranking."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, compress, repeat
from operator import eq, mul, truediv

from composer.evidence.marks import HEADS, KNOWN, PHRASES, SIGNALS, STARTS, WORDS, count, marks, opening
from composer.evidence.model import Sentence
from composer.evidence.words import UNSPACED, content, lexicon, said, word_count

# Sentences to each side over which a mark is averaged: an advert, a list of figures, a story come in stretches.
AROUND = 6
STRETCHED = ("advert", "programme", "plan", "trouble", "we", "past", "person", "thing", "digits")
NAMES = (
    *("length", "length2", "short", "long", "central", "central_max", "neighbours", "once", "rare", "number", "names"),
    *("title", "chapter_title", "begin", "finish", "position", "middle", "leans", "leans_hard", "question", "answers"),
    *("chatter", "function", "first_person", "we", "you", "vague", "negation", "commas", "turn", "turn_start"),
    *("main_voice", "fresh", "fragment", "variety", "word_length", "image", "opens"),
    *SIGNALS,
    *(f"word_{name}" for name in WORDS),
    *(f"phrase_{name}" for name in PHRASES),
    *(f"start_{name}" for name in STARTS),
    *(f"head_{name}" for name in HEADS),
    *("quoted", "digits", "money_sign", "stutter", "contrasted"),
    *("before_length", "after_length", "approved", "approved_other", "turn_words", "turn_place", "turn_last"),
    *("local", "burst", "seldom", "middling", "content", "first_said", "centroid"),
    *(f"around_{name}" for name in STRETCHED),
    *("around_length", "far_length", "around_question", "around_burst"),
)
PLACE = {name: at for at, name in enumerate(NAMES)}
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
_NAME = re.compile(r"[A-Z](?<=[\w,;]\s[A-Z])\w+")
_ASKS = ("?", "？", "؟")
_ENDS = (".", "!", "。", "！", *_ASKS)
_SHAPE = (
    *("length", "length2", "short", "long", "names", "begin", "finish", "position", "middle", "leans_hard"),
    *("question", "answers", "commas", "fragment", "variety", "word_length"),
)
_TERMS = (
    *("central", "central_max", "neighbours", "once", "rare", "title", "chapter_title", "fresh", "opens", "local"),
    *("burst", "seldom", "middling", "content", "first_said", "centroid"),
)
_TURNS = (
    *("turn", "turn_start", "turn_last", "turn_words", "turn_place", "main_voice", "approved", "approved_other"),
    *("before_length", "after_length"),
)


class Features:
    """The features of all sentences of one source: `columns` has one raw number per sentence for each of `NAMES`,
    `rows` the same the other way round; `terms[i]` are the sentence's content terms, `distinct[i]` each once."""

    def __init__(self, sentences: Sequence[Sentence], language: str, title: str, chapters: Sequence[str]) -> None:
        self.language = language
        self.known = lexicon(language)
        self.sentences = sentences
        self.terms = [content(s.text, language) for s in sentences]
        self.distinct = [sorted(set(found)) for found in self.terms]
        self.counts = Counter(chain.from_iterable(self.distinct))
        self._title = frozenset(content(title, language))
        self._chapters = [frozenset(content(name, language)) for name in chapters]
        self._voices = Counter(s.speaker for s in sentences if s.speaker)
        self._most = max(self._voices.values(), default=1)
        low = [list(map(str.lower, said(s.text))) for s in sentences]
        self.lengths = [word_count(s.text) for s in sentences]
        self.columns: dict[str, list[float]] = {name: [0.0] * len(sentences) for name in NAMES}
        self._by_words(self.columns, low)
        self._by_shape(self.columns, low)
        self._by_terms(self.columns)
        self._by_turns(self.columns, low)
        self._by_stretch(self.columns)

    @cached_property
    def rows(self) -> list[list[float]]:
        """For each sentence its number of every feature."""
        return [list(row) for row in zip(*(self.columns[name] for name in NAMES), strict=True)]

    def row(self, at: int) -> list[float]:
        """One sentence of `rows`."""
        return [self.columns[name][at] for name in NAMES]

    def _by_words(self, columns: dict[str, list[float]], low: Sequence[list[str]]) -> None:
        """What kinds of words and phrases a sentence has."""
        texts = [sentence.text.lower().replace("’", "'") for sentence in self.sentences]
        seen = count(low, texts, self.language)
        lengths = [max(1, length) for length in self.lengths]
        roots = list(map(math.sqrt, lengths))
        for name, times in seen.items():
            if name in SIGNALS or name in PHRASES:
                column, most = (columns[name], 2) if name in SIGNALS else (columns[f"phrase_{name}"], 3)
                for at, number in times.items():
                    column[at] = min(most, number)
            else:
                column = columns[name if name in KNOWN else f"word_{name}"]
                over = lengths if name in ("chatter", "function") else roots
                for at, number in times.items():
                    column[at] = number / over[at]
        for at, (words, text) in enumerate(zip(low, texts, strict=True)):
            start, head = opening(words, self.language)
            if start:
                columns[f"start_{start}"][at] = 1.0
            if head:
                columns[f"head_{head}"][at] = 1.0
            columns["number"][at] = number = bool(_NUMBER.search(text))
            columns["image"][at] = bool(_IMAGE.search(text))
            if number or not text.isascii():
                columns["digits"][at] = min(3, sum(1 for word in words if word[0].isdigit()))
            columns["money_sign"][at] = "$" in text or "€" in text or "£" in text
            columns["quoted"][at] = '"' in text or "“" in text or "„" in text or "«" in text
            columns["stutter"][at] = sum(map(eq, words, words[1:]))
            columns["leans"][at] = bool(words) and words[0].split("'")[0] in self.known.link
        for at in seen.get("negation", ()):
            columns["contrasted"][at] = "but" in low[at] or "rather" in low[at]

    def _by_shape(self, columns: dict[str, list[float]], low: Sequence[Sequence[str]]) -> None:
        """Length, marks, place in the source."""
        total = max(1, len(self.sentences))
        edge = max(1.0, 0.04 * total)
        twenty, asked = math.log(20), False
        rows: list[tuple[float, ...]] = []
        for at, sentence in enumerate(self.sentences):
            words, length = low[at], max(1, self.lengths[at])
            ending = sentence.text.rstrip("\"'”’) ")
            text, long = sentence.text, math.log(length)
            size = max(1, len(words))
            rows.append(
                (
                    long,
                    -((long - twenty) ** 2),
                    length < 7,
                    length > 42,
                    min(3, len(_NAME.findall(text))),
                    math.exp(-at / edge),
                    math.exp(-(total - 1 - at) / edge),
                    at / total,
                    (at / total - 0.5) ** 2,
                    leans(text, self.language),
                    ending.endswith(_ASKS),
                    asked,
                    text.count(",") / length,
                    not ending.endswith(_ENDS) or "..." in text,
                    len(set(words)) / size,
                    sum(map(len, words)) / size,
                )
            )
            asked = text.rstrip().endswith(_ASKS)
        _fill(columns, _SHAPE, rows)

    def _by_terms(self, columns: dict[str, list[float]]) -> None:
        """How a sentence's content terms stand in the source: central, seldom, new, or of this stretch alone."""
        total = max(1, len(self.sentences))
        middling = {term: 2 <= times <= 8 for term, times in self.counts.items()}
        long = {term: len(term) > 7 for term in self.counts}
        often = {term: math.log(1 + times) for term, times in self.counts.items()}
        rarity = {term: math.log(total / times) for term, times in self.counts.items()}
        weigh = {term: math.log(1 + total / times) for term, times in self.counts.items()}
        whole = math.sqrt(math.fsum((self.counts[t] * w) ** 2 for t, w in sorted(weigh.items()))) or 1.0
        square = {term: w**2 for term, w in weigh.items()}
        pull = {term: self.counts[term] * w**2 for term, w in weigh.items()}
        first, soon = _first_said(self.distinct, 8)
        rows: list[tuple[float, ...]] = []
        for at, (found, close, near) in enumerate(
            zip(self.distinct, _nearby(self.distinct, 12), _nearby(self.distinct, 3), strict=True)
        ):
            if not found:
                rows.append((0.0,) * len(_TERMS))
                continue
            length = max(1, self.lengths[at])
            size, root = len(found), math.sqrt(length)
            times = list(map(self.counts.__getitem__, found))
            before = self.distinct[at - 1] if at else ()
            chapter = self.sentences[at].chapter
            title = self._chapters[chapter] if chapter is not None and chapter < len(self._chapters) else frozenset()
            usual = list(map(often.__getitem__, found))
            seldom = list(map(rarity.__getitem__, found))
            rows.append(
                (
                    math.fsum(usual) / size,
                    max(usual),
                    (size - near.count(1)) / size,
                    times.count(1) / size,
                    sum(map(long.__getitem__, found)) / length,
                    len(self._title.intersection(found)) / root,
                    len(title.intersection(found)) / root,
                    len(set(found).difference(before)) / root,
                    soon[at] / root,
                    math.fsum(map(truediv, close, times)) / size,
                    math.fsum([min(4, a - 1) * r for a, r in zip(close, seldom, strict=True) if a > 1]) / root,
                    math.fsum(seldom) / root,
                    sum(map(middling.__getitem__, found)) / root,
                    size / root,
                    first[at] / size,
                    math.fsum(map(pull.__getitem__, found))
                    / whole
                    / (math.sqrt(math.fsum(map(square.__getitem__, found))) or 1.0),
                )
            )
        _fill(columns, _TERMS, rows)

    def _by_turns(self, columns: dict[str, list[float]], low: Sequence[Sequence[str]]) -> None:
        """Who speaks, how long, and how the next voice takes it."""
        reaction = marks(self.language).reaction
        last = len(self.sentences) - 1
        lengths = columns["length"]
        rows: list[tuple[float, ...]] = []
        for start, end in _turns(self.sentences):
            spoken = sum(self.lengths[start:end])
            so_far, turn, words = 0, math.log(end - start), math.log(1 + spoken)
            for at in range(start, end):
                sentence = self.sentences[at]
                approved = at < last and bool(low[at + 1]) and low[at + 1][0] in reaction
                share = self._voices.get(sentence.speaker, 0) / self._most if sentence.speaker else 0.5
                rows.append(
                    (
                        turn,
                        at == start,
                        at == end - 1 and at < last,
                        words,
                        so_far / max(1, spoken),
                        share,
                        approved,
                        approved and at == end - 1,
                        lengths[max(0, at - 1)],
                        lengths[min(last, at + 1)],
                    )
                )
                so_far += self.lengths[at]
        _fill(columns, _TURNS, rows)

    def _by_stretch(self, columns: dict[str, list[float]]) -> None:
        """What the sentences around are like, on average."""
        for name in STRETCHED:
            own = next(key for key in (f"word_{name}", f"phrase_{name}", name) if key in columns)
            columns[f"around_{name}"] = _around(columns[own], AROUND)
        columns["around_length"] = _around(columns["length"], 2)
        columns["far_length"] = _around(columns["length"], 8)
        columns["around_question"] = _around(columns["question"], 4)
        columns["around_burst"] = _around(columns["burst"], 4)

    def weighed(self, weights: Sequence[float]) -> list[float]:
        """For each sentence, its features times `weights` (one per entry of `NAMES`), less the mean of all sentences.
        Exact sums: the same on any machine."""
        size = len(self.sentences)
        scales: list[float] = []
        dense: list[list[float]] = []
        few: list[list[float]] = [[] for _ in range(size)]
        places = list(range(size))
        for weight, name in zip(weights, NAMES, strict=True):
            column = self.columns[name]
            # What is 0 adds nothing to an exact sum, and most of what words tell of a sentence is 0.
            where = list(compress(places, column)) if weight else ()
            if 2 * len(where) > size:
                scales.append(weight)
                dense.append(column)
                continue
            for at in where:
                few[at].append(weight * column[at])
        many = zip(*dense, strict=True) if dense else repeat((), size)
        sums = [math.fsum(chain(map(mul, scales, row), rest)) for row, rest in zip(many, few, strict=True)]
        mean = math.fsum(sums) / max(1, size)
        return [value - mean for value in sums]


def _fill(columns: dict[str, list[float]], names: Sequence[str], rows: Sequence[tuple[float, ...]]) -> None:
    """Put rows of values, one a sentence, into the columns called `names`."""
    for name, column in zip(names, zip(*rows, strict=True), strict=bool(rows)):
        columns[name] = list(map(float, column))


def _nearby(rows: Sequence[Sequence[str]], reach: int) -> Iterator[list[int]]:
    """For each row of distinct terms, in how many rows at most `reach` away each of them stands, its own included."""
    counts: defaultdict[str, int] = defaultdict(int)
    nothing: list[Sequence[str]] = [()] * (reach + 1)
    for term in chain.from_iterable(rows[:reach]):
        counts[term] += 1
    for row, enters, leaves in zip(rows, chain(rows[reach:], nothing), chain(nothing, rows), strict=False):
        for term in enters:
            counts[term] += 1
        for term in leaves:
            counts[term] -= 1
        yield [counts[term] for term in row]


def _first_said(rows: Sequence[Sequence[str]], reach: int) -> tuple[list[int], list[int]]:
    """For each row, how many of its terms stand in none before it, and how many of those again at most `reach` on."""
    first, again = [0] * len(rows), [0] * len(rows)
    alone: dict[str, int | None] = {}
    for at, row in enumerate(rows):
        for term in row:
            if term not in alone:
                alone[term] = at
                first[at] += 1
            elif (before := alone[term]) is not None:
                again[before] += at - before <= reach
                alone[term] = None
    return first, again


def _around(values: Sequence[float], reach: int) -> list[float]:
    """The mean over `reach` neighbours to each side, the value itself left out."""
    sums = [0.0, *accumulate(values)]
    total = len(values)

    def edge(at: int) -> float:
        low, high = max(0, at - reach), min(total, at + reach + 1)
        return (sums[high] - sums[low] - values[at]) / max(1, high - low - 1)

    if total <= 2 * reach:
        return [edge(at) for at in range(total)]
    size = 2 * reach
    inner = zip(sums[size + 1 :], sums, values[reach:], strict=False)
    return [
        *map(edge, range(reach)),
        *((above - below - value) / size for above, below, value in inner),
        *map(edge, range(total - reach, total)),
    ]


def _turns(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Where each turn begins and ends."""
    start = 0
    for at in range(1, len(sentences) + 1):
        if at == len(sentences) or sentences[at].speaker != sentences[start].speaker:
            yield start, at
            start = at


_HARD = re.compile(
    r"(?i)^(?:and so|so|and|but|or|because|then|which|also|yeah|yes|no|well|okay|oh|right|exactly|like|too)?,?\s*"
    r"(?:it|this|that|these|those|they|he|she|them|there)(?:'s|'re|'ll|'d|'ve)?\b(?!\s+[a-z]+(?:ion|ing|ment|ity)\b)"
)
_TIES = frozenset(("because", "which", "who", "where", "or", "then", "so", "and", "also", "too"))


def leans(text: str, language: str) -> bool:
    """Whether a sentence cannot stand alone: it begins with a word that points back ("it", "and so", "that")."""
    first = said(text)[:1]
    if not first:
        return False
    if language.startswith("en"):
        low = first[0].lower()
        if low in _TIES:
            return True
        return bool(_HARD.match(text.replace("’", "'"))) and not (low.startswith("there") and len(text.split()) > 6)
    known = lexicon(language)
    if UNSPACED.match(first[0]):
        return any(text.startswith(word) for word in sorted(known.link))
    return first[0].lower() in known.link
