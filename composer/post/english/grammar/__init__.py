"""English only: whether a sentence is whole, by a small phrase-structure grammar.

A recogniser, not a parser: it says whether the words can be read as one sentence from the first to the last. What a
recogniser of speech or a restart leaves behind (a verb too many, an object missing, two articles, a clause that never
comes to its verb) has no such reading. Words may have several classes; every reading is tried, each part once.
"""

from functools import lru_cache
from itertools import pairwise

from composer.post.english.grammar.circumstances import Circumstances
from composer.post.english.grammar.clauses import Clauses
from composer.post.english.grammar.heads import Heads
from composer.post.english.grammar.nouns import Nouns
from composer.post.english.grammar.objects import Objects
from composer.post.english.grammar.questions import Questions
from composer.post.english.grammar.verbs import Verbs
from composer.post.english.words.tagging import tokens

MOST_TOKENS = 60


class Sentence(Clauses, Nouns, Heads, Questions, Verbs, Objects, Circumstances):
    """All kinds of part together: what one sentence is read with."""


@lru_cache(maxsize=8192)
def whole(sentence: str) -> bool:
    """Whether a sentence (without its full stop) has a reading from its first word to its last."""
    words = tokens(sentence.rstrip(" .!…"))
    if not words or len(words) > MOST_TOKENS or any(not word.tags for word in words):
        return False
    if any(one.low == two.low and one.low not in ("that", "had", "very") for one, two in pairwise(words)):
        return False
    return Sentence(words).sentence()
