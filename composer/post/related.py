"""Words that may stand for each other when an event or a figure is told again: "founded" for "started", "cost" for
"paid". The groups stand in `resources/retold`, a file a language, a group a line; this module turns them into stems.

They are wider than those of `resources/related.toml`, which `composer.post.terms.stem` makes one: a word may be in
several, and two words of a group only come near each other.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import chain

from composer.paths import resource
from composer.post import terms
from composer.post.phrases import UNSPACED

_NONE: frozenset[str] = frozenset()
# A word this short keeps its ending: "us" is no form of "use".
_ROOT = 3

_SAME: tuple[str, ...] = ("",)
_Endings = dict[str, list[tuple[str, tuple[str, ...]]]]


@cache
def languages() -> tuple[str, ...]:
    """The base tags of the languages that have groups."""
    return tuple(sorted(path.stem for path in resource("retold").glob("*.toml")))


def _table(base: str) -> dict[str, str]:
    """The file of a language: its themes, and `endings`, which is none."""
    if base not in languages():
        return {}
    table: dict[str, str] = tomllib.loads(resource(f"retold/{base}.toml").read_text(encoding="utf-8"))
    return table


def groups(language: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a language (a BCP 47 tag) as they are written; none for a language that has none."""
    return _groups(_table(_base(language)))


def _groups(table: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    lines = chain.from_iterable(text.splitlines() for theme, text in table.items() if theme != "endings")
    return tuple(tuple(line.split()) for line in lines if line)


def related(word_stem: str, language: str) -> frozenset[str]:
    """The stems that may stand for a stem of `composer.post.terms`, without itself; empty where there are none.

    Other stems of the same word are among them: `stem` does not bring "order" and "ordered" together.
    """
    return _together(word_stem, _base(language))


@cache
def _together(word_stem: str, base: str) -> frozenset[str]:
    found = _index(base).get(word_stem)
    return frozenset(chain.from_iterable(found)) - {word_stem} if found else _NONE


@cache
def _index(base: str) -> Mapping[str, list[frozenset[str]]]:
    """The stems of a language's groups, each with the groups it is in."""
    table = _table(base)
    endings = _endings(table.get("endings", ""))
    same = terms.related(base)
    forms: dict[str, tuple[str, ...]] = {}
    found: dict[str, list[frozenset[str]]] = {}
    for group in _groups(table):
        for word in group:
            if word not in forms:
                forms[word] = _forms(word, base, endings, same)
        together = frozenset(chain.from_iterable(forms[word] for word in group))
        for one in together:
            found.setdefault(one, []).append(together)
    return found


def _base(language: str) -> str:
    return language.split("-")[0].lower()


def _endings(text: str) -> _Endings:
    """Lines of an ending and of what stands for it in other forms, "0" for nothing; by last letter, the longest
    ending first."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for ending, *rests in sorted((line.split() for line in text.splitlines()), key=lambda row: -len(row[0])):
        found.setdefault(ending[-1], []).append((ending, tuple("" if rest == "0" else rest for rest in rests)))
    return found


def _forms(word: str, base: str, endings: _Endings, same: Mapping[str, str]) -> tuple[str, ...]:
    """The stems that a word has in its inflected forms, some of them twice.

    Of Chinese and Japanese the first two characters, as `content` cuts them. Elsewhere the ending of the word is
    exchanged for what `stem` leaves of others: "study", "studi" and "stud" for "studying", "studied" and "studies".
    """
    if base in UNSPACED:
        return tuple([term for term, _, _ in terms.content(word, base) if term][:1])
    low = terms.fold(word)
    root, rests = low, _SAME
    for ending, others in endings.get(low[-1], ()):
        if low.endswith(ending):
            root, rests = low[: -len(ending)], others
            break
    found = [terms.stem(word, base)]
    if len(root) >= _ROOT:
        for rest in rests:
            form = root + rest
            form = (form[:-1] if form[-1] == form[-2] else form)[:6]
            found.append(same.get(form, form))
    return tuple(found)
