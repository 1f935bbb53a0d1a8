"""A Transcript in, Evidence out: sentences, points, quotes, chapters, keyphrases, hashtags."""

from composer.evidence.cleaning import clean
from composer.evidence.gather import gather
from composer.evidence.model import Evidence, Phrase, Point, Sentence
from composer.evidence.points import best, cover
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
