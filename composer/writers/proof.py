"""Whether a sentence stands on its source."""

import re

from composer.evidence.model import Evidence
from composer.writers.plan import Passage

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def findings(text: str, evidence: Evidence, passage: Passage, language: str) -> tuple[str, ...]:
    """What in `text` the source does not support, a sentence each."""
    said = " ".join(sentence.raw + " " + sentence.text for sentence in evidence.sentences)
    held = {_plain(number) for number in _NUMBER.findall(said)}
    missing = [number for number in dict.fromkeys(_NUMBER.findall(text)) if _plain(number) not in held]
    return tuple(f"“{number}” is not in the source." for number in missing)


def _plain(number: str) -> str:
    return number.replace(",", "").replace(".", "")
