"""The languages beside English that the built-in writer knows: one file each, `resources/tongues/<tag>.toml`.

A file holds the fixed phrases of a post and what is known of the language as it is spoken: what a sentence loses on its
way into a post, what keeps it out of one, how the speaker's first person is turned, which words make a label. The code
knows no language by name: a new one is a new file. `resources/tongues/README.md` says what each key means.
"""

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from composer.paths import resource

Rows = tuple[re.Pattern[str], ...]
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Turn:
    """A way in which the first person speaks, and the same told of somebody: `named` has {who}, `nobody` has not."""

    said: re.Pattern[str]
    named: str
    nobody: str


@dataclass(frozen=True, slots=True)
class Nouns:
    """What a language needs for labels; see `composer.post.tongues.nouns`."""

    article: dict[str, str]
    elided: tuple[str, str]
    joint: frozenset[str]
    link: frozenset[str]
    number: frozenset[str]
    before: frozenset[str]
    after: re.Pattern[str]
    empty: frozenset[str]
    verb: re.Pattern[str]
    capitals: bool
    patterns: tuple[tuple[re.Pattern[str], float, str], ...]
    contrast: re.Pattern[str]
    refused: re.Pattern[str]
    frame: re.Pattern[str]
    inside: re.Pattern[str]
    doubtful: re.Pattern[str]
    bent: re.Pattern[str]
    inner: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. A pattern that a file leaves out matches nothing."""

    language: str
    unspaced: bool
    lead: Rows
    tail: Rows
    inside: Rows
    marks: tuple[tuple[re.Pattern[str], str], ...]
    mend: tuple[tuple[re.Pattern[str], str], ...]
    lost: re.Pattern[str]
    dangling: re.Pattern[str]
    leaning: re.Pattern[str]
    follows: re.Pattern[str]
    half: re.Pattern[str]
    aside: re.Pattern[str]
    start: re.Pattern[str] | None
    verb: re.Pattern[str] | None
    moment: re.Pattern[str]
    mine: re.Pattern[str]
    ours: re.Pattern[str]
    everybody: re.Pattern[str]
    yours: re.Pattern[str]
    chat: re.Pattern[str]
    asks: re.Pattern[str]
    turns: tuple[Turn, ...]
    strong: Rows
    weak: Rows
    ahead: re.Pattern[str]
    event: re.Pattern[str]
    plain: re.Pattern[str]
    joins: re.Pattern[str]
    ends: re.Pattern[str]
    host: re.Pattern[str]
    asking: re.Pattern[str]
    greeting: re.Pattern[str]
    unled: tuple[str, ...]
    idle: re.Pattern[str]
    titled: tuple[tuple[re.Pattern[str], str], ...]
    nouns: Nouns


_BOUND = r"(?<![\w’'])"
_AFTER = r"(?:(?<=\s)|(?!\w))"
# A word ends there; what ends in a blank has ended already, whatever follows it.


def _one(rows: Any, before: str = "", after: str = "", flags: int = re.IGNORECASE) -> re.Pattern[str]:
    items = [rows] if isinstance(rows, str) else list(rows or [])
    return re.compile(before + "(?:" + "|".join(items) + ")" + after, flags) if items else NEVER


def _pairs(rows: Any) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(a, re.IGNORECASE), b) for a, b in rows)


@lru_cache(maxsize=16)
def tongue(language: str) -> Tongue:
    """The table of a language; for one that has no file, a table in which nothing matches."""
    data = _file(language)
    spoken, gate, turn, people = (data.get(key, {}) for key in ("spoken", "gate", "turn", "people"))
    unspaced = bool(data.get("unspaced", False))
    bound, after = ("", "") if unspaced else (_BOUND, _AFTER)

    def rows(table: dict[str, Any], key: str, before: str = "") -> Rows:
        return tuple(re.compile(before + row, re.IGNORECASE) for row in table.get(key, []))

    def words(table: dict[str, Any], key: str) -> re.Pattern[str]:
        return _one(table.get(key, []), bound, after)

    return Tongue(
        language=language,
        unspaced=unspaced,
        lead=rows(spoken, "lead", "^"),
        tail=rows(spoken, "tail"),
        inside=rows(spoken, "inside"),
        marks=_pairs(spoken.get("marks", [])),
        mend=_pairs(spoken.get("mend", [])),
        lost=_one(gate.get("lost", [])),
        dangling=_one(gate.get("dangling", []), flags=0),
        leaning=_one(gate.get("leaning", []), "^", after),
        follows=_one(gate.get("follows", []), "^", after),
        half=_one(gate.get("half", []), bound, "$"),
        aside=_one(gate.get("aside", [])),
        start=_one(gate["start"], "^") if gate.get("start") else None,
        verb=_one(gate["verb"], bound, after) if gate.get("verb") else None,
        moment=_one(gate.get("moment", []), "(?:", ")"),
        mine=words(turn, "mine"),
        ours=words(turn, "ours"),
        everybody=_one(turn.get("everybody", [])),
        yours=words(turn, "yours"),
        chat=_one(turn.get("chat", [])),
        asks=_one(gate.get("asks", []), "^", after),
        turns=tuple(Turn(re.compile(a, re.IGNORECASE), b, c) for a, b, c in turn.get("turns", [])),
        strong=rows(data.get("worth", {}), "strong"),
        weak=rows(data.get("worth", {}), "weak"),
        ahead=_one(data.get("worth", {}).get("ahead", [])),
        event=_one(data.get("worth", {}).get("event", [])),
        plain=_one(gate.get("plain", []), "", "$"),
        joins=_one(gate.get("joins", []), "^"),
        ends=_one(gate.get("ends", []), "", "$"),
        host=_one(people.get("host", []), r"^\W*", r"(?:\W+(?!\d).*)?\W*$"),
        asking=_one([r"[?？]", *people.get("asking", [])]),
        greeting=_one(people.get("greeting", [])),
        unled=tuple(people.get("unled", [])),
        idle=_one(data.get("headline", {}).get("idle", [])),
        titled=_pairs(data.get("headline", {}).get("titled", [])),
        nouns=_nouns(data.get("nouns", {}), unspaced),
    )


def _nouns(table: dict[str, Any], unspaced: bool) -> Nouns:
    def some(key: str) -> frozenset[str]:
        return frozenset(str(table.get(key, "")).split())

    elided = str(table.get("elided", "")).split()
    return Nouns(
        article={one: other for one, _, other in (pair.partition("=") for pair in str(table["article"]).split())}
        if "article" in table
        else {},
        elided=(elided[0], elided[1]) if len(elided) == 2 else ("", ""),
        joint=some("joint"),
        link=some("link"),
        number=some("number"),
        before=some("before"),
        after=_one(table.get("after", []), "^", "" if unspaced else "$"),
        empty=some("empty"),
        verb=_one(table.get("verb", []), "^", "$"),
        capitals=bool(table.get("capitals", False)),
        patterns=tuple((re.compile(a), float(b), str(c)) for a, b, c in table.get("patterns", [])),
        contrast=_one(table.get("contrast", [])),
        refused=_one(table.get("refused", [])),
        frame=_one(table.get("frame", []), "^"),
        inside=_one(table.get("inside", [])),
        doubtful=_one(table.get("doubtful", []), "^", "$"),
        bent=_one(table.get("bent", []), "^", "$"),
        inner=str(table.get("inner", ".")),
    )


@cache
def _file(language: str) -> dict[str, Any]:
    path = resource(f"tongues/{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if language.isalpha() and path.is_file() else {}


@cache
def spoken_here() -> tuple[str, ...]:
    """The tags of every language that has a file, in order: those that come with the app, and a person's own."""
    folders = [resource("tongues/de.toml").parent]
    own = os.environ.get("POST_COMPOSER_RESOURCES")
    if own:
        folders.append(Path(own) / "tongues")
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.toml")}))


def fixed(language: str) -> dict[str, Any]:
    """The fixed phrases of a language, the table `phrases` of its file; empty where it has none."""
    found: dict[str, Any] = _file(language).get("phrases", {})
    return found


def smoothed(text: str, language: str) -> str:
    """A filled-in phrase as the language runs its words together: "de el" is "del", "y Inés" is "e Inés"."""
    for pattern, plain in _smooth(language):
        text = pattern.sub(plain, text)
    return text


@cache
def _smooth(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(a), b) for a, b in fixed(language).get("smooth", []))
