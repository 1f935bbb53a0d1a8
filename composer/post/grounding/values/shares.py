"""Shares of a whole in words: "a third", "half an hour", "one in five", "tres cuartas partes"."""

import re
from collections.abc import Iterator

from composer.evidence.words import lexicon
from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.hedges import hedge
from composer.post.grounding.values.measures import PERCENT, index_after, whole_after
from composer.post.grounding.values.numerals import Tongue, cardinal, near, read, tongue
from composer.post.grounding.values.tokens import Token

_PARTS = re.compile(r"(?i)\b(?:(?P<n>[^\W\d_]+|\d) )?(?P<o>[^\W\d_]+)s? partes?\b")


def parts_said(text: str, language: str) -> Iterator[Fact]:
    """ "Una quinta parte", "tres cuartas partes", "a terça parte"."""
    known = tongue(language)
    for match in _PARTS.finditer(text):
        name = match["o"].lower()
        name = name if name in known.ordinal else name.removesuffix("s")
        below = known.ordinal.get(name) or {"terça": 3.0, "terceira": 3.0, "tercera": 3.0}.get(name, 0.0)
        above = 1.0 if (match["n"] or "la").lower() in ("la", "a", "una", "uma") else read(match["n"], language)
        if above and below > max(above, 2):
            yield Fact(match.start(), match.end(), "number", above / below, ((above / below, "share"),), "", True)


def share_said(tokens: list[Token], at: int, after: int, value: float, text: str) -> Fact:
    """A share that the tokens from `at` to before `after` say."""
    start, end = tokens[at].start, tokens[after - 1].end
    return Fact(start, end, "number", value, ((value, "share"),), hedge(text, start), True)


def half_of(
    tokens: list[Token], at: int, text: str, known: Tongue, unit: dict[str, tuple[str, float]]
) -> tuple[int, Fact | None]:
    """ "Half": a share, or half of the size or the unit that follows ("half a million", "half an hour")."""
    whole = whole_after(text, tokens[at].end, known, unit)
    if whole:
        return part_of(tokens, at, 0.5, whole, text)
    before = tokens[at - 1].text if near(tokens, at, text) else ""
    mean = tokens[at].text in ("medio", "meio") and before.isalpha() and before not in lexicon(known.language).stop
    if tokens[at].text == "media" or mean:
        return at + 1, None  # the mean: "el recibo medio"
    after = at + 1 + (near(tokens, at + 1, text) and tokens[at + 1].text in known.article)
    return at + 1, share_said(tokens, at, after if after > at + 1 else at + 1, 0.5, text)


def part_of(tokens: list[Token], at: int, share: float, whole: tuple[int, float, str], text: str) -> tuple[int, Fact]:
    """A part of one of a size or a unit: "a quarter of an hour", "half a million", "half a per cent"."""
    end, size, dimension = whole
    start = tokens[at].start
    value = share if dimension else share * size
    kind = "percent" if dimension == "percent" else "number"
    fact = Fact(
        start, end, "percent" if kind == "percent" else "number", value, ((share * size, dimension),),
        hedge(text, start), True, 1 if dimension == "percent" else 0,
    )  # fmt: skip
    return index_after(tokens, at, end), fact


def ratio(
    tokens: list[Token], at: int, after: int, value: float, text: str, known: Tongue,
    unit: dict[str, tuple[str, float]],
    source: bool,
) -> tuple[int, Fact | None] | None:  # fmt: skip
    """ "One in five", "9 out of 12", "2/3"; in a source "nine of the twelve" too."""
    start, begin = tokens[at].start, after
    if begin < len(tokens) and tokens[begin].text == "/" and text[tokens[begin - 1].end : tokens[begin].start] == "":
        after += 1
        tied = after < len(tokens) and tokens[after].start == tokens[begin].end and tokens[after].value is not None
        whole = tokens[after].value if tied else None
        if whole and value < whole <= 100:
            return after + 1, Fact(
                start,
                tokens[after].end,
                "number",
                value / whole,
                ((value / whole, "share"), (value, "part"), (whole, "whole")),
            )
        return None
    words: list[str] = []
    lone = (
        value == 1
        and near(tokens, after, text)
        and tokens[after].text not in known.among
        and tokens[after].value is None
        and tokens[after].text not in lexicon(known.language).stop  # "the first one was in fifty two"
    )
    if lone and near(tokens, after + 1, text) and tokens[after + 1].text in known.among - {"de"}:
        after += 1  # "one lift in six"
    while (
        near(tokens, after, text)
        and len(words) < 3
        and tokens[after].text
        in (
            known.among
            | {"our", "their", "my", "his", "her", "all", "unseren", "unserer", "nos", "nuestros", "nossos"}
            | {"of", "the", "out", "every", "de", "cada", "der", "von", "des", "les", "los", "las", "os", "as", "sur"}
        )
    ):
        words.append(tokens[after].text)
        after += 1
    if not words or not near(tokens, after, text):
        return None
    strict = ((words[-1] in known.among or words[-1] in ("every", "cada")) and words[-1] != "de") or words[:2] == [
        "out",
        "of",
    ]
    number = cardinal(tokens, after, text, known)
    if number is None or not 1 < number.value <= 1000 or value >= number.value or number.value != int(number.value):
        return None
    following = tokens[number.after].text if near(tokens, number.after, text) else ""
    timed = words == ["out", "of"] and unit.get(following, ("",))[0] == "time"
    measured = following in unit and not timed
    if measured or PERCENT.match(text, tokens[number.after - 1].end) or following in known.scale:
        return None
    share = value / number.value
    readings = ((share, "share"), (value, "part"), (number.value, "whole"))
    if (strict and not (words == ["in"] and number.value > 100)) or source:
        fact = Fact(start, tokens[number.after - 1].end, "number", share, readings, hedge(text, start), True)
        return number.after, fact
    return None
