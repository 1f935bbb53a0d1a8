"""A Transcript in, Evidence out: sentences, points, quotes, chapters, keyphrases, hashtags."""

from typing import TYPE_CHECKING, Any

from composer.evidence.model import Evidence, Phrase, Point, Sentence

if TYPE_CHECKING:
    from composer.evidence.cleaning import clean
    from composer.evidence.covering import cover
    from composer.evidence.gathering import gather
    from composer.evidence.points import best
    from composer.evidence.tags import hashtags, links, preselected

__all__ = [
    "Evidence",
    "Phrase",
    "Point",
    "Sentence",
    "best",
    "clean",
    "cover",
    "gather",
    "hashtags",
    "links",
    "preselected",
]

_HOMES = {
    "clean": "cleaning",
    "gather": "gathering",
    "best": "points",
    "cover": "covering",
    "hashtags": "tags",
    "links": "tags",
    "preselected": "tags",
}


def __getattr__(name: str) -> Any:
    # The work loads with the first transcript: the window knows the types long before.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(name)
