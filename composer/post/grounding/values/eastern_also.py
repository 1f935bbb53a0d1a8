"""What a Chinese or Japanese source may mean besides: 两点四十, 三月十八到二十三号, 一米八五."""

import re

from composer.post.grounding.values.eastern import NUM, UPTO, D, marked, measured, number, small
from composer.post.grounding.values.fact import Fact

# 72年生まれ, 98年 in Chinese: a year without its century, which could be a span only where that is said.
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<y>[4-9]\d)年(?!代|間|间|前|後|后|ぶり|以上|目|ほど|近|も|来|多)")
_SAID_CLOCK = re.compile(
    rf"(?P<h>[{D}十]{{1,3}}|\d{{1,2}})[点點時时](?P<m>[二三四五]?十[{D}]?|[〇零][{D}]|\d\d)(?![{D}百千万\d])"
)
_DAYS = re.compile(rf"(?P<m>{UPTO})月(?P<a>{UPTO})[日号號]?(?:から|[到至、和与及と〜~～–-])(?P<b>{UPTO})[日号號]")
_METRES = re.compile(rf"(?P<n>{NUM})(?:メートル|米)(?P<c>[{D}]?十[{D}]?|[{D}]{{2}}|\d\d)(?![{D}十百千万\d])")


def also_eastern(text: str) -> list[Fact]:
    """What a Chinese or Japanese source may mean besides: 两点四十, 三月十八到二十三号, 一米八五."""
    found: list[Fact] = []
    for match in _SAID_CLOCK.finditer(text):
        hour, minute = small(match["h"]), small(match["m"])
        if hour <= 24 and minute < 60:
            found.append(marked(match.start(), match.end(), "clock", float(hour % 12 * 60 + minute)))
    for match in _DAYS.finditer(text):
        for day in (small(match["a"]), small(match["b"])):
            if 1 <= small(match["m"]) <= 12 and 1 <= day <= 31:
                found.append(marked(match.start(), match.end(), "day", float(small(match["m"]) * 100 + day)))
    for match in _SHORT_YEAR.finditer(text):
        found.append(marked(match.start(), match.end(), "day", (1900.0 + int(match["y"])) * 10000))
    for match in _METRES.finditer(text):
        metres = number(match["n"], False) + number(match["c"], False) / 100
        found.append(measured(match.start(), match.end(), "number", metres, [(metres, "length")], text, True, ""))
    return found
