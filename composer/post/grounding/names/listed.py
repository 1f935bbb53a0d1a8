"""Names told one after the other, each with its own figure: "Canada is first with eighteen, then Korea with twelve"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from composer.post.grounding.figures.lookup import candidates
from composer.post.grounding.names.cases import alike
from composer.post.grounding.names.entities import Entity, bare
from composer.post.grounding.names.mentions import spans
from composer.post.grounding.names.names import Name
from composer.post.grounding.names.offices import same
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import KANA, fold
from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.numbers import facts

_PART = re.compile(
    r"(?i)[;:!?…]\s|[.,](?=\s|$)|\s[–—-]\s|[、，；。]|\b(?:and|but|while|whereas|then|und|aber|während|dann|et|mais|puis|y|pero|"
    r"mientras|luego|después|e|mas|enquanto|depois)\b"
)
_FEW = 2
"""A figure that stands in more places may be said of many."""


@lru_cache(maxsize=4096)
def _cuts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _PART.finditer(text)), len(text))


def _segment(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a text, between two marks or joining words, that has what stands at `start` to `end`."""
    cuts = _cuts(text)
    return max(at for at in cuts if at <= start), min((at for at in cuts if at >= end), default=len(text))


def listed(
    name: Name, others: Sequence[Name], sentence: str, start: int, ground: Ground
) -> tuple[int, int, str] | None:
    """From where to where a post gives a name the figure that stands with another in a source, and why; or None.

    Told only where the source has both in a row, each with one figure of its own in its own part of the sentence.
    `others` are the other names of the post's sentence, `start` its offset.
    """
    words, _, _ = bare([fold(word) for word in name.words], ground.language)
    mine = [one for word in words for one in ground.entities_of.get(word, ()) if same(one.words, words)]
    if not mine or KANA.match(words[0]):
        return None
    at, to = name.start - start, name.end - start
    low, high = _segment(sentence, at, to)
    if re.match(r" ?\([^)]*\d", sentence[to:]):
        high = sentence.find(")", to)
    inside = [one for one in facts(sentence, ground.language) if low <= one.start and one.end <= high]
    if len(inside) != 1 or any(low <= one.start - start < high and one is not name for one in others):
        return None
    figure = inside[0]
    there = candidates(figure, ground)
    if not 0 < len(there) <= _FEW:
        return None
    found = [_other(one, figure, mine, ground) for one in there]
    if not all(found) or found[0] is None:
        return None
    begin, end = min(name.start, start + figure.start), max(name.end, start + figure.end)
    said = " ".join(word.capitalize() for word in found[0].words)
    return (
        begin,
        end,
        f"The source has {sentence[figure.start : figure.end]} for {said}, not for {' '.join(name.words)}.",
    )


def _other(figure: Figure, said: Fact, mine: Sequence[Entity], ground: Ground) -> Entity | None:
    """Who stands with a figure in its part of a sentence of the source, where a name of `mine` stands in another part
    with a figure of its own."""
    text = ground.sentences[figure.sentence].text
    low, high = _segment(text, figure.fact.start, figure.fact.end)
    own = [spot for one in mine for spot in spans(text, one.words)]
    if any(a < high and low < b for a, b in own):
        return None
    if not any(_has_own(at, figure, said, mine, ground) for at in _beside(figure, ground)):
        return None
    here = [
        one
        for one in ground.entities_in.get(figure.sentence, ())
        if any(low <= a and b <= high for a, b in spans(text, one.words))
    ]
    if not here or any(set(a.words) & set(b.words) for a in here for b in mine):
        return None
    longest = max(here, key=lambda one: (len(one.words), one.words))
    if any(not set(one.words) <= set(longest.words) for one in here):
        return None  # two names beside one figure
    return longest if alike(mine[0].kind, mine, longest, ground) else None


def _beside(figure: Figure, ground: Ground) -> Sequence[int]:
    """The sentence of a figure, the one before it and the one after it."""
    return range(max(0, figure.sentence - 1), min(len(ground.sentences), figure.sentence + 2))


def _has_own(index: int, figure: Figure, said: Fact, mine: Sequence[Entity], ground: Ground) -> bool:
    """Whether a name has another figure of the kind in its own part of a sentence."""
    text = ground.sentences[index].text
    parts = [_segment(text, a, b) for one in mine for a, b in spans(text, one.words)]
    return any(
        low <= one.fact.start and one.fact.end <= high and one.fact.kind == figure.fact.kind
        and one.fact.value not in (figure.fact.value, said.value)
        for one in ground.figures_of(index) for low, high in parts
    )  # fmt: skip
