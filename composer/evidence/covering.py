"""Sentences that together touch most of what a source speaks of: the other choice from the scored sentences."""

import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from composer.evidence.model import Evidence, Point
from composer.evidence.points import QUIET, may_stand, worded
from composer.evidence.words import content, lexicon, said, word_count

# How much more a term is worth that many sentences speak of, how much a long sentence has to bring, and what a second
# sentence from one part costs. Chosen on meetings.
WORTH, LENGTH, AGAIN, PARTS = 2.5, 0.5, 1.0, 6
# What speaks for a sentence that reads as written (the words that tie nouns together) and against chat. Chosen on the
# half of the meetings that the benchmark does not measure; less than its best, where half sentences began to win.
WRITTEN, CHATTY = 1.5, 1.0


def cover(evidence: Evidence, words_wanted: int = 100) -> tuple[Point, ...]:
    """Points that fill `words_wanted` words and touch as much of what the source speaks of as they can, in source
    order. What many sentences speak of counts more; what is covered counts once; each part has its turn.

    Chosen from all sentences that can stand, not only from `evidence.points`; those carry the score they were given
    with. At least one point, if there is any; the total exceeds `words_wanted` only where one point alone does.
    """
    language, sentences = evidence.language, evidence.sentences
    found = [sorted(set(content(s.text, language))) for s in sentences]
    spoken = Counter(t for s, terms in zip(sentences, found, strict=True) if s.role not in QUIET for t in terms)
    worth = {term: math.log(1 + count) ** WORTH for term, count in spoken.items() if count > 1}
    ranked = {point.sentence: point for point in evidence.points}
    points: dict[int, Point] = {}
    for at, sentence in enumerate(sentences):
        if at in ranked:
            points[at] = ranked[at]
        elif (at == 0 or sentences[at - 1].source == sentence.source) and may_stand(sentences, at, language):
            value = evidence.scores[at] if at < len(evidence.scores) else 0.0
            points[at] = replace(worded(sentences, at, language), score=round(value, 6))
    parts = _parts([sentence.source for sentence in sentences])
    whole = {at: point for at, point in points.items() if not _broken(point.text, language)}
    points = whole or points
    style = {at: _style(point.text, language) for at, point in points.items()}
    lengths = {at: word_count(point.text) for at, point in points.items()}
    concepts = {at: sorted(set(content(point.text, language))) for at, point in points.items()}
    left = sorted(points)
    taken: list[int] = []
    covered: set[str] = set()
    visits: Counter[tuple[int, int]] = Counter()
    total = 0
    while left and total < words_wanted - 5:
        at = max(
            left,
            key=lambda i: (
                round(
                    style[i]
                    * math.fsum(worth.get(term, 0.0) for term in concepts[i] if term not in covered)
                    / (lengths[i] + 3) ** LENGTH
                    / (1 + AGAIN * visits[parts[i]]),
                    9,
                ),
                -i,
            ),
        )
        left.remove(at)
        if not taken or total + lengths[at] <= words_wanted:
            taken.append(at)
            total += lengths[at]
            covered.update(concepts[at])
            visits[parts[at]] += 1
        left = [i for i in left if total + lengths[i] <= words_wanted]
    return tuple(points[i] for i in sorted(taken))


def _broken(text: str, language: str) -> bool:
    """Whether a sentence stops in the middle, stutters, or holds sounds that are no words."""
    known, low = lexicon(language), [word.lower() for word in said(text)]
    return bool(
        low
        and (
            low[-1].split("'")[0] in known.dangling
            or not known.scraps.isdisjoint(low)
            or (known.dangling and any(a == b for a, b in pairwise(low)))
        )
    )


def _style(text: str, language: str) -> float:
    """What a sentence's worth is multiplied by: above 1 where it reads as written, below where it chats."""
    known, low = lexicon(language), [word.lower() for word in said(text)]
    ties = sum(1 for word in low if word in known.ties)
    chat = sum(1 for word in low if word.split("'")[0] in known.chatty)
    return math.exp((WRITTEN * ties - CHATTY * chat) / max(1, len(low)))


def _parts(sources: list[int]) -> list[tuple[int, int]]:
    """For each sentence its source and its part of it: a source has six parts of equal length."""
    sizes = Counter(sources)
    seen: Counter[int] = Counter()
    found = []
    for source in sources:
        found.append((source, seen[source] * PARTS // sizes[source]))
        seen[source] += 1
    return found
