"""English only: names in a source without capitals, as a recogniser writes it.

A word that no list of ours has, and that follows its like or a word that announces a name, is taken for one: "a student
called idris vole", "in lindenhope". That is loose, and does only where it says what else a post could have meant.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from composer.evidence.words import lexicon as small
from composer.paths import resource
from composer.post.english.words.lexicon import lexicon
from composer.post.grounding.source.terms import fold, plain_stem
from composer.post.grounding.values.numbers import vocabulary

_WORD = re.compile(r"[a-zà-ÿ]+(?:['’-][a-zà-ÿ]+)*")
_ANNOUNCES = frozenset(
    ["mr", "mrs", "ms", "dr", "doctor", "professor", "sir", "captain", "madame", "called", "named", "in", "near"]
)


@cache
def _known() -> frozenset[str]:
    """The stems of all words that our lists have."""
    table = tomllib.loads(resource("related.toml").read_text(encoding="utf-8"))["en"]
    names = tomllib.loads(resource("names.toml").read_text(encoding="utf-8"))
    more = f"{table} {names['offices']} {names['nouns']} {names['titles']} {names['calendar']}".split()
    english = lexicon()
    ordinary = tomllib.loads(resource("ordinary.toml").read_text(encoding="utf-8"))["en"]
    words = {*ordinary.split(), *english.verbs}
    words |= {*english.nouns, *english.adjectives, *english.past, *english.participle, *small("en").stop}
    words |= vocabulary("en").union(*english.words.values())
    return frozenset(plain_stem(word) for word in (*words, *more))


def unmarked(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """(words, start, end) of what may be names in a text of small letters."""
    run: list[re.Match[str]] = []
    before = ""
    for word in _WORD.finditer(text):
        joined = not run or text[run[-1].end() : word.start()] == " "
        if joined and _strange(word.group()):
            run.append(word)
            continue
        yield from _name(run, before)
        run = [] if not _strange(word.group()) else [word]
        before = before if run else word.group()
    yield from _name(run, before)


def _strange(word: str) -> bool:
    low = re.sub(r"['’]s$", "", word)
    if len(low) < 3 or plain_stem(low) in _known():
        return False
    bases = (low.removesuffix("ly"), low.removesuffix("er"), low.removesuffix("ness"), low.removesuffix("ation"))
    return not any(len(base) > 2 and base != low and plain_stem(base) in _known() for base in bases)


def _name(run: list[re.Match[str]], before: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    if run and len(run) < 5 and (len(run) > 1 or before in _ANNOUNCES):
        words = tuple(fold(re.sub(r"['’]s$", "", one.group())) for one in run)
        yield words, run[0].start(), run[-1].end()
