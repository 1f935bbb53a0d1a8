"""Chinese and Japanese names of a post that its source nearly has, or has in another's place.

Nothing marks a name there. But who is named in the source is known, and so a name with one other character, the same
words with another name behind them (提出的是…, 発案したのは…), and a well-known place that the source lacks are told.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from composer.paths import resource
from composer.post.grounding.source.terms import KANA, fold

if TYPE_CHECKING:
    from composer.post.grounding.source.ground import Ground

_HAN = "\u4e00-\u9fff々"
# Right before a name that stands by itself.
_BEFORE = re.compile(
    r"(?:^|[\s，。、：:；！？“”「」（）()·—\-•]|[的是叫由和与跟给让请向对到被把]|[师长员工家人手]|同学|徒弟|妻子|丈夫)$"
)
# "提出的是…", "発案したのは、…": what is said of the one behind it.
_CLEFT = re.compile(
    rf"(?P<v>[{_HAN}]{{2,6}}(?:(?:し|され|っ|い|き|け|え|れ)?たのは|的(?:人)?是))、?(?:[^。、，]{{0,12}}[のだ、])?$"
)
# What may follow a name of two characters at once, and is no third one.
_SMALL = frozenset("的说是在带来和从把给也就都他她了有当先与及问讲曾还老")


@cache
def _table(name: str) -> frozenset[str]:
    """A list of `resources/names.toml`, as it is written there; empty where there is none."""
    table = tomllib.loads(resource("names.toml").read_text(encoding="utf-8"))
    return frozenset(table.get(name, "").split())


def families() -> frozenset[str]:
    """The characters that Chinese family names are written with."""
    return _table("families_zh")


def nearly(line: str, ground: "Ground") -> Iterator[tuple[int, int, str]]:
    """(start, end, why) of the names of a line that the source nearly has, of places it lacks, and of those it has
    where it says another."""
    people = sorted({one.words[0] for one in ground.entities if one.kind == "person" and KANA.match(one.words[0])})
    if ground.language == "zh":
        yield from _respelt(line, people, ground)
    for place in sorted(_table(f"places_{ground.language}")):
        if place in line and fold(place) not in ground.flat:
            for match in re.finditer(re.escape(place), line):
                yield match.start(), match.end(), f"“{place}” is not in the source."
    yield from _cleft(line, people, ground)


def _respelt(line: str, people: list[str], ground: "Ground") -> Iterator[tuple[int, int, str]]:
    """Names of three characters that differ from one of the source in one of them: 苗满仓 for 郝满仓."""
    for name in people:
        if len(name) != 3 or name in line:
            continue
        patterns = (f"[{_HAN}]{name[1:]}", f"{name[0]}[{_HAN}]{name[2]}", f"{name[:2]}[{_HAN}]")
        for nth, pattern in enumerate(patterns):
            for match in re.finditer(pattern, line):
                said = match[0]
                sure = said[0] in families() and (nth or _BEFORE.search(line[: match.start()]))
                if sure and said != name and fold(said) not in ground.flat and (nth < 2 or said[2] not in _SMALL):
                    yield match.start(), match.end(), f"“{said}” is not in the source. It has {name}."


def _cleft(line: str, people: list[str], ground: "Ground") -> Iterator[tuple[int, int, str]]:
    """Who is said to have done it, where the source says so of another in the same words."""
    for name in people:
        for match in re.finditer(re.escape(name), line):
            ahead = _CLEFT.search(line[: match.start()])
            if not ahead:
                continue
            for said in ground.sentences:
                at = said.text.find(ahead["v"])
                behind = said.text[at + len(ahead["v"]) :][:30] if at >= 0 else ""
                others = [one for one in people if one in behind and not _one(one, name)]
                if others and not any(_one(one, name) for one in people if one in behind):
                    yield match.start(), match.end(), f"In the source that is {others[0]}, not {name}."
                    break


def _one(a: str, b: str) -> bool:
    return a in b or b in a
