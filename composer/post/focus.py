"""What a source is about, word by word, and how near a text is to it."""

import math
import re
from collections.abc import Sequence

from composer.evidence.model import Evidence
from composer.post.phrases import UNSPACED


def terms(text: str, language: str, stop: frozenset[str]) -> frozenset[str]:
    """The content words of a text, cut to their first six letters; pairs of characters where nothing is spaced."""
    if language in UNSPACED:
        runs = re.findall(r"[\u4e00-\u9fff\u30a0-\u30ff]+", text)
        return frozenset(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text.lower().replace("-", "").replace("’s", "").replace("'s", ""))
    return frozenset(word[:6] for word in words if word not in stop and (len(word) > 2 or word.isdigit()))


STEEP, LEAST, MOST = 4.0, 0.2, 1.4
"""How much it counts for a word where in its source it is said, and the least and the most that comes of it."""


def focus_of(evidence: Evidence, language: str, stop: frozenset[str], zone: Sequence[float] = ()) -> dict[str, float]:
    """How near each content word is to the subject: words of the title and chapter titles, keyphrases, hashtags.

    `zone` tells of each sentence how much the talk is at its subject there, from 0 to 1, 0.5 where nothing is known: a
    word that is mostly said elsewhere ("show", "episode", a host's name) is none of the subject.
    """
    focus: dict[str, float] = {}

    def raise_to(text: str, weight: float) -> None:
        for term in terms(text, language, stop):
            focus[term] = max(focus.get(term, 0.0), weight)

    for source in evidence.sources:
        raise_to(source.title or "", 1.0)
    top = max((phrase.score for phrase in evidence.keyphrases), default=1.0) or 1.0
    for phrase in evidence.keyphrases:
        raise_to(phrase.text, 0.35 + 0.5 * phrase.score / top)
    for chapters in evidence.chapters:
        for chapter in chapters:
            raise_to(chapter.title, 0.5)
    for tag in evidence.hashtags:
        raise_to(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag.lstrip("#")), 0.6)
    for phrase in evidence.keyphrases if zone else ():
        places = [zone[at] for at in phrase.sentences if at < len(zone)]
        if not places:
            continue
        weight = min(MOST, max(LEAST, 1 + STEEP * (math.fsum(places) / len(places) - 0.5)))
        for term in terms(phrase.text, language, stop):
            focus[term] = focus.get(term, 0.0) * weight
    for source in evidence.sources:
        for name in (source.fact("speaker"), source.fact("author"), source.fact("event"), *source.speakers):
            for term in terms(name or "", language, stop):
                focus.pop(term, None)
    return focus


def nearness(own: frozenset[str], focus: dict[str, float]) -> float:
    """0 to 1: the three words nearest to the subject count, and what share of the sentence is about it."""
    weights = sorted((focus.get(term, 0.0) for term in own), reverse=True)
    if not weights:
        return 0.0
    best = sum(weight * share for weight, share in zip(weights, (0.5, 0.3, 0.2), strict=False))
    return 0.8 * best + 0.2 * sum(weights) / len(weights)
