"""Whether a sentence stands on its source: its figures, its quotations, its names.

Figures and quotations are looked up as in the checks of a post. Names are held here to the letter as well: a name that
no sentence of the source has is worth asking the model once more, though not always a fault.
"""

import re
import unicodedata
from collections.abc import Sequence

from composer.evidence.model import Evidence
from composer.post.grounding import check_many

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Languages that write names, and little else, with capitals.
_CAPITALS = frozenset(["en", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "ro", "tr", "id", "vi"])


class Proof:
    """What a source holds, made once for a draft."""

    def __init__(self, evidence: Evidence) -> None:
        self._sources = evidence.sources
        facts = [
            f"{source.title or ''} " + " ".join(value for _, value in source.context) for source in evidence.sources
        ]
        whole = " \n ".join([*facts, *(f"{s.speaker or ''} {s.raw} {s.text}" for s in evidence.sentences)])
        self._folded = _fold(whole)
        self._words = {_fold(word) for word in _WORD.findall(whole)}

    def findings(self, text: str, label: str = "", language: str = "en") -> tuple[str, ...]:
        """What in a sentence and its label the source does not hold, a sentence each."""
        # Labels are written with capitals throughout, so what looks like a name in one seldom is.
        problems = [(label, problem) for problem in check_many(label, self._sources) if problem.kind != "name"]
        problems += [(text, problem) for problem in check_many(text, self._sources)]
        found = []
        for whole, problem in problems:
            span = whole[problem.start : problem.end].strip(' “”„«»"')
            found.append(problem.why if span in problem.why else f"“{span}”: {problem.why}")
        if language.split("-")[0] in _CAPITALS:
            said = " ".join(found)
            found += [
                f"The name {name} does not stand in the source." for name in self._strangers(text) if name not in said
            ]
        return tuple(dict.fromkeys(found))

    def _strangers(self, text: str) -> Sequence[str]:
        """Capitalised words inside a sentence that the source never says."""
        out = []
        for found in _WORD.finditer(text):
            word = found.group()
            before = text[: found.start()].rstrip(" “„\"'‘(")
            if not word[0].isupper() or len(word) < 3 or not before or before[-1] in ".!?:…":
                continue
            bare = _fold(word).removesuffix("'s")
            if not {bare, bare.removesuffix("s"), bare + "s"} & self._words and bare not in self._folded:
                out.append(word)
        return out


def _fold(text: str) -> str:
    """Lower case, plain quotation marks and dashes, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(str.maketrans("’‘“”„–—", '\'\'"""--'))
    return " ".join(text.split())
