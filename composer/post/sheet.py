"""What every post begins with, whatever its language: the source, the wish, the shape, the phrases, the subjects."""

from dataclasses import dataclass

from composer.evidence.model import Evidence
from composer.post.model import Brief
from composer.post.phrases import Phrases
from composer.post.shapes import Shape


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the writing of one post in any language rests on. `subjects` stand behind "on" and "about"."""

    evidence: Evidence
    brief: Brief
    variant: int
    form: Shape
    words: Phrases
    subjects: tuple[str, ...]
