"""From scored sentences to points: what an editor would post, and what covers the source."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import compress, islice

from composer.evidence.features import NAMES, PLACE, Features, leans
from composer.evidence.marks import SIGNALS
from composer.evidence.model import Evidence, Phrase, Point, Sentence
from composer.evidence.phrases import candidates
from composer.evidence.words import stem, word_count
from composer.paths import resource

SHORTEST, LONGEST = 6, 60
# A sentence and the one before it, as one point, are at most this many words.
TOGETHER = 50
# Candidates looked at, parts of a source, points from one part at first, and how much repetition costs: chosen by
# cross-validation over the editors' claims (benchmarks/train_points.py).
POOL, STRETCHES, QUOTA, NEWS = 240, 6, 12, 0.6
_SHOWN = (*(kind for kind in SIGNALS if kind != "housekeeping"), "number", "names", "answers", "title")
QUIET = frozenset(("meta", "heading", "sentiment"))
_LEADING = re.compile(r"(?i)^(?:(?:and|so|but|because|or|then|also|now|like|well|yeah|okay|plus)\b,?\s+)+(?=\S)")


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, float]]:
    with resource("points.toml").open("rb") as file:
        return {part: {str(k): float(v) for k, v in values.items()} for part, values in tomllib.load(file).items()}


def weights() -> dict[str, float]:
    """The learned weight of each feature, from `resources/points.toml`."""
    return _table()["weights"]


def tastes() -> dict[str, float]:
    """The weights set by hand, from the same file."""
    return _table().get("taste", {})


def score(features: Features) -> list[float]:
    """One score per sentence of a source: higher is likelier to be chosen."""
    known = weights()
    return features.weighed([known.get(name, 0.0) for name in NAMES])


def pick(
    features: Features, scores: Sequence[float], keyphrases: Sequence[Phrase], offset: int = 0, count: int = 60
) -> list[Point]:
    """The points of one source, best first. `scores` has one per sentence; `offset` is the number of its first
    sentence in the evidence."""
    value = list(scores)
    # Most sentences have nothing of what the hand-set weights are for.
    for i in set().union(*(compress(range(len(value)), features.columns[name]) for name in tastes())):
        value[i] += taste(features.row(i))
    known = frozenset(phrase.text.lower() for phrase in keyphrases)
    return [_point(features, i, value[i], known, offset) for i in choose(features, value, count)]


def choose(features: Features, value: Sequence[float], count: int = 60) -> list[int]:
    """The numbers of the sentences to make points of, best first: they stand alone, are spread over the source, and
    each says something new.

    Taken one by one: the best value less what is already told; at most `QUOTA` from a sixth of the source
    at first.
    """
    sentences, distinct, language = features.sentences, features.distinct, features.language
    rounded = [-round(number, 9) for number in value]
    order = sorted(range(len(sentences)), key=rounded.__getitem__)
    left = sorted(islice((i for i in order if may_stand(sentences, i, language)), POOL))
    holders: dict[str, list[int]] = {}
    for i in left:
        for term in distinct[i]:
            holders.setdefault(term, []).append(i)
    # How much of each candidate earlier points have told: 0 nothing, 2 for each term told twice.
    told = dict.fromkeys(left, 0)

    def worth_now(i: int) -> float:
        return round(value[i] - NEWS * (told[i] / len(distinct[i]) if distinct[i] else 1.0), 9)

    worth = {i: worth_now(i) for i in left}
    times: Counter[str] = Counter()
    stretch = max(1, math.ceil(len(sentences) / STRETCHES))
    apart = 2 if len(sentences) > 80 else 1
    chosen: list[int] = []
    used: Counter[int] = Counter()
    limit = QUOTA
    while left and len(chosen) < count:
        free = [i for i in left if used[i // stretch] < limit]
        if not free:
            limit *= 2
            continue
        # Of equal ones the first, as they stand in the source.
        at = max(free, key=worth.__getitem__)
        left.remove(at)
        # A sentence that is told together with the one before it is not told a second time alone.
        if any(i in chosen and joined(sentences, max(i, at), language) for i in (at - 1, at + 1)):
            continue
        chosen.append(at)
        used[at // stretch] += 1
        common: Counter[int] = Counter()
        for term in distinct[at]:
            common.update(holders[term])
            times[term] += 1
            if times[term] <= 2:
                for i in holders[term]:
                    told[i] += 1
        worth.update((i, worth_now(i)) for i in common)
        out = {i for i, shared in common.items() if _alike(distinct[i], distinct[at], shared)}
        out.update(range(at - apart + 1, at + apart))
        left = [i for i in left if i not in out]
    if not chosen:
        chosen = [i for i in order if sentences[i].role not in QUIET][:3]
    return chosen


def joined(sentences: Sequence[Sentence], index: int, language: str) -> bool:
    """Whether the sentence makes a point only together with the one before it."""
    sentence = sentences[index]
    if not index or not leans(standing(sentence.text, language), language):
        return False
    return _joins(sentences[index - 1], sentence, language)


def taste(row: Sequence[float]) -> float:
    """What a sentence gains by hand-set weights: turns that people remember, too rare for weights to be learned."""
    return math.fsum(weight * row[PLACE[name]] for name, weight in sorted(tastes().items()))


def may_stand(sentences: Sequence[Sentence], index: int, language: str) -> bool:
    """Whether a sentence can be a point: said, of fair length, no question, and on its own feet or with the one
    before it."""
    sentence = sentences[index]
    if sentence.role in QUIET or not SHORTEST <= word_count(sentence.text) <= LONGEST:
        return False
    if sentence.text.rstrip("\"'”’) ").endswith(("?", "？", "؟", "...", "…")):
        return False
    return not leans(standing(sentence.text, language), language) or joined(sentences, index, language)


def _alike(first: Sequence[str], second: Sequence[str], common: int) -> bool:
    """Whether two sentences, by their distinct terms and how many of these are common, say nearly the same."""
    least = min(len(first), len(second))
    return least > 2 and common >= 0.6 * least


def worded(sentences: Sequence[Sentence], index: int, language: str) -> Point:
    """The sentence as a point, with the one before it where it needs that; unranked."""
    sentence = sentences[index]
    text, raw, segments, start = standing(sentence.text, language), sentence.raw, sentence.segments, sentence.start
    if joined(sentences, index, language):
        before = sentences[index - 1]
        text = f"{standing(before.text, language)} {sentence.text}"
        raw = f"{before.raw} {raw}"
        segments = tuple(sorted({*before.segments, *segments}))
        start = before.start
    return Point(
        text=text,
        raw=raw,
        source=sentence.source,
        segments=segments,
        score=0.0,
        start=start,
        end=sentence.end,
        speaker=sentence.speaker,
        chapter=sentence.chapter,
        role=sentence.role,
        sentence=index,
    )


def _point(features: Features, index: int, value: float, known: frozenset[str], offset: int) -> Point:
    point = worded(features.sentences, index, features.language)
    marks = tuple(kind for kind in _SHOWN if features.columns[kind][index] > 0)
    return replace(
        point,
        score=round(value, 6),
        keyphrase=subject(point.text, known, features),
        signals=marks,
        sentence=offset + index,
    )


def standing(text: str, language: str) -> str:
    """The sentence without the conjunctions that tie it to the one before."""
    if not language.startswith("en"):
        return text
    bare = _LEADING.sub("", text)
    if not bare.endswith("?"):
        # "... about rivers. Is that a river that bends ...": the recogniser cut the sentence before its verb.
        bare = re.sub(r"^(?:Is|Was) that (?=[a-z])", "", bare)
    return bare[:1].upper() + bare[1:] if len(bare.split()) >= 5 else text


def _joins(before: Sentence, after: Sentence, language: str) -> bool:
    """Whether the sentence before may be put in front: same voice and part, itself standing, and short together."""
    return (
        (before.speaker, before.role, before.chapter) == (after.speaker, after.role, after.chapter)
        and after.segments[0] - before.segments[-1] <= 1
        and not leans(standing(before.text, language), language)
        and not before.text.endswith("?")
        and word_count(before.text) >= 4
        and word_count(before.text) + word_count(after.text) <= TOGETHER
    )


def subject(text: str, known: frozenset[str], features: Features) -> str:
    """The phrase a point is about, in its own words: two to four content words where it has them. `known` are the
    keyphrases of the source in lower case."""
    best, best_score = "", 0.0
    total = max(1, len(features.sentences))
    chatter = features.known.chatter
    for phrase in candidates(text, features.language):
        parts = phrase.split()
        if chatter.issuperset(phrase.lower().split()):
            continue
        seldom = [math.log(1 + total / (1 + features.counts.get(stem(part), 0))) for part in parts]
        value = (0.5 + 0.12 * min(len(phrase), 20)) * {1: 0.6, 2: 1.2, 3: 1.15}.get(len(parts), 0.9)
        value *= 1 + 0.1 * sum(sorted(seldom)) / len(seldom)
        value *= 1.6 if phrase.lower() in known else 1.0
        value *= 1.15 if phrase[:1].isupper() else 1.0
        if value > best_score:
            best, best_score = phrase, value
    return best


def best(evidence: Evidence, n: int = 12) -> tuple[Point, ...]:
    """The `n` points an editor would post, best first."""
    return evidence.points[: max(0, n)]


def quotes(points: Sequence[Point], sentences: Sequence[Sentence], count: int = 8) -> tuple[Point, ...]:
    """Short verbatim sentences: the text is the source's own words, with speaker and time."""
    found: list[Point] = []
    for point in points:
        sentence = sentences[point.sentence]
        length = word_count(sentence.raw)
        if 5 <= length <= 24 and sentence.role in ("speech", "comment", "post"):
            found.append(
                replace(
                    point,
                    text=sentence.raw,
                    raw=sentence.raw,
                    segments=sentence.segments,
                    start=sentence.start,
                    end=sentence.end,
                )
            )
        if len(found) == count:
            break
    return tuple(found)
