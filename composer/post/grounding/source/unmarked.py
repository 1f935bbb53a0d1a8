"""Names in a source without capitals, as a recogniser writes it.

In English a word that no list of ours has, and that follows its like or a word that announces a name, is taken for one:
"a student called idris vole", "in lindenhope". In other languages only what follows "mein name ist", "doña", "monsieur"
is. That is loose, and does only where it says what else a post could have meant.
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
def _announces() -> frozenset[str]:
    """The words right after which one that no list has is a name: "in", "called", "my boss", "our treasurer"."""
    names = tomllib.loads(resource("names.toml").read_text(encoding="utf-8"))
    return _ANNOUNCES.union(fold(word) for word in f"{names['offices']} {names['kin']}".split())


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


# Right before the name of a person, whatever the words of that are.
_NAMED = {
    "en": r"\bmy name(?:['’]?s| is)|\b(?:his|her|their) name is",
    "de": r"\bname ist|\bich hei(?:ß|ss)e|\b(?:frau|herrn?)(?: (?:dr|doktor|professor(?:in)?))?|\b(?:doktor|professor)",
    "fr": r"\b(?:je m|s)['’ ]appelle|\bmon nom est|\b(?:madame|monsieur)",
    "es": r"\b(?:me llamo|se llama|mi nombre es|señora?|doña|don)",
    "pt": r"\b(?:me chamo|se chama|meu nome é|senhora?|dona)",
}
_MOST = 3


def announced(text: str, language: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """(words, start, end) of what a text says to be somebody's name: up to three words that are no small ones."""
    stop = small(language).stop
    for match in re.finditer(rf"(?i)(?:{_NAMED[language]}) (?=[a-zà-ÿ])", text) if language in _NAMED else ():
        run: list[re.Match[str]] = []
        for word in _WORD.finditer(text, match.end()):
            if len(run) == _MOST or fold(word.group()) in stop or len(word.group()) < 3:
                break
            if run and text[run[-1].end() : word.start()] != " ":
                break
            run.append(word)
        if run:
            words = tuple(fold(re.sub(r"['’]s$", "", one.group())) for one in run)
            yield words, run[0].start(), run[-1].end()


def unmarked(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """(words, start, end) of what may be names in an English text of small letters."""
    run: list[re.Match[str]] = []
    before = ""
    for word in _WORD.finditer(text):
        joined = not run or text[run[-1].end() : word.start()] == " "
        if joined and strange(word.group()):
            run.append(word)
            continue
        yield from _name(run, before)
        run = [] if not strange(word.group()) else [word]
        before = before if run else word.group()
    yield from _name(run, before)


def strange(word: str) -> bool:
    """Whether no list of ours has an English word: it may be a name."""
    low = re.sub(r"['’]s$", "", word)
    if len(low) < 3 or plain_stem(low) in _known():
        return False
    bases = tuple(low.removesuffix(ending) for ending in ("s", "ly", "er", "ness", "ation"))
    return not any(len(base) > 2 and base != low and plain_stem(base) in _known() for base in bases)


def _name(run: list[re.Match[str]], before: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    if run and len(run) < 5 and (len(run) > 1 or before in _announces()):
        words = tuple(fold(re.sub(r"['’]s$", "", one.group())) for one in run)
        yield words, run[0].start(), run[-1].end()
