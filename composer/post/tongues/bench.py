"""What lies ready while a post is written in a language of `resources/tongues`."""

from dataclasses import dataclass

from composer.errors import WriterError
from composer.evidence.model import Evidence
from composer.post.adverts import adverts
from composer.post.model import Brief
from composer.post.phrases import phrases
from composer.post.shapes import shape
from composer.post.sheet import Sheet
from composer.post.tongues.model import Tongue, tongue
from composer.post.tongues.nouns import Known, study
from composer.post.tongues.subjects import subjects
from composer.post.tongues.voices import Cast, cast


@dataclass(frozen=True, slots=True)
class Bench(Sheet):
    """What lies ready while one post in another language than English is written."""

    people: Cast
    known: Known
    speech: Tongue


def bench(evidence: Evidence, brief: Brief, variant: int) -> Bench:
    """Look at a source. Raises WriterError where there is none."""
    words = phrases(evidence.language)
    if not evidence.sources:
        raise WriterError("There is no source to write from.", do="Open a transcript first.")
    speech = tongue(words.language)
    known = study(evidence, words.language)
    about = subjects(evidence, known, 3, adverts(evidence)) if words.known else _names(evidence)
    if not about:
        about = tuple(tag.lstrip("#") for tag in evidence.hashtags[:2])
    people = cast(evidence.sources[0], words, speech)
    return Bench(evidence, brief, variant, shape(brief.shape), words, about, people, known, speech)


def _names(evidence: Evidence) -> tuple[str, ...]:
    """Where nothing is known of the words of a language, the names in a source are what it is about."""
    return tuple(phrase.text for phrase in evidence.names[:2])
