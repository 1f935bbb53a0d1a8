"""What may be worked out from two figures of a source in one step: a sum, a difference, a product, a share, a span."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import stem
from composer.post.grounding.values.fact import MONEY, Fact
from composer.post.grounding.values.numerals import cues, cues_in_signs


@cache
def cue(name: str) -> re.Pattern[str]:
    """Any of the words of a kind, or what begins so."""
    words = "|".join(sorted(map(re.escape, cues(name)), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?i)\b(?:{words})|[{cues_in_signs(name)}]")


def said_with(name: str, text: str, fact: Fact) -> bool:
    """Whether a text says right beside a figure that it is worked out.

    `less` is a difference, told by the words after it ("ten more", "48 under budget") or before it ("up seven",
    "a gap of ten"); `total` a sum or a product; `rest` what is left of a whole.
    """
    ends = r"[.;:!?–—]" if name == "less" else r"[.;!?]"
    before = " ".join(re.split(ends, text[: fact.start])[-1].split()[-_WORDS:])[-_SIGNS:]
    words = 6 if name == "total" else 7 if name == "rest" else _WORDS
    after = " ".join(re.split(r"[.;!?–—]|, ", text[fact.end :])[0].split()[:words])[:_SIGNS]
    if name == "less":
        told = re.split(r"\d", after)[0]
        return bool(cue("less_after").search(told) or cue("less_before").search(before) or _near_sign(text, fact))
    return bool(cue(name).search(f"{before} | {after}"))


# So many words beside a figure may say that it is worked out.
_WORDS, _SIGNS = 4, 40


def _near_sign(text: str, fact: Fact) -> bool:
    return fact.start > 0 and text[fact.start - 1] in "+−±"


@dataclass(frozen=True, slots=True)
class Term:
    """A figure to reckon with, and the sentence of the source it is in; below 0 for one of the post itself."""

    fact: Fact
    sentence: int


def terms(near: Sequence[int], ground: Ground, beside: Sequence[Fact], earlier: Sequence[Fact]) -> list[Term]:
    """The figures of some sentences of a source, and those of the post beside the one that is looked up (-1) and
    before it (-2)."""
    found = [Term(fact, index) for index in sorted(set(near)) for fact in ground.sentences[index].facts]
    return [*found, *(Term(fact, -2) for fact in earlier), *(Term(fact, -1) for fact in beside)]


def reckoned(fact: Fact, text: str, known: Sequence[Term], ground: Ground, top: Sequence[int] = ()) -> bool:
    """Whether a figure of a post is what one step makes of two that stand together in the source, or of one there and
    one beside it in the post. `top` are the sentences of the source that have most of what the post says."""
    numbers = [term for term in known if term.fact.kind != "date" and term.fact.value]
    return any(_is(fact, value, dimension) for value, dimension in _results(fact, text, numbers, ground, top))


def _is(fact: Fact, value: float, dimension: str) -> bool:
    """Whether a post may say a value so: in its dimension, rounded at the last digit that is said."""
    said, measure = fact.readings[0]
    measure = "" if measure == "people" else "point" if not measure and fact.counts.startswith("point") else measure
    dimension = "" if dimension == "people" else dimension
    money = measure in MONEY and (dimension in MONEY | {""})
    if not (dimension == measure or money or (not measure and dimension in MONEY)) or value <= 0 or said <= 0:
        return False
    off = abs(said - value) / value
    if off < 1e-9:
        return True
    if dimension == "share":
        return off <= (0.05 if fact.hedge else 0.02)
    if dimension == "percent":
        if fact.hedge and said % 10 == 0 and abs(said - value) < 2.6:
            return True  # nearly four in ten
        return abs(said - value) <= max(0.51 * 0.1**fact.places, 0.04 * value if fact.hedge else 0.0)
    if fact.hedge:
        return off <= 0.04
    digits = len(f"{said:.10g}".replace(".", "").strip("0")) or 1
    return off <= 0.01 and digits > 1 and float(f"{value:.{digits}g}") == float(f"{said:.10g}")


def _results(
    fact: Fact, text: str, numbers: Sequence[Term], ground: Ground, top: Sequence[int]
) -> Iterator[tuple[float, str]]:
    less, total, worth, rest, each = (
        said_with(name, text, fact) for name in ("less", "total", "worth", "rest", "each")
    )
    each = each or _A_PIECE.match(text, fact.end) is not None
    among = _AMONG.search(text) is not None
    yield from ((100 * value, "percent") for term in numbers for value, dimension in term.fact.readings
                if dimension == "share" and term.sentence == -1)  # fmt: skip
    yield from _rates(fact, numbers)
    by_so_much = re.search(r"(?i)\b(?:by|um|en|por|de|em)(?: \w+)? $", text[: fact.start]) is not None
    ends = [match.end() for match in _JOINTS.finditer(text[: fact.start])]
    here = [
        term.fact
        for term in numbers
        if term.sentence == -1
        and term.fact.start >= max(ends, default=0)
        and not (term.fact.value < 20 and re.search(r"[A-Z]\w+ $", text[: term.fact.start]))  # "Hedgehog 3"
    ]
    # "38 are added, 7 are dropped, a gain of 31": the post says what it takes from what.
    both = any(_alike(a, b) for a, b in itertools.combinations(here, 2) if a.readings[0] != b.readings[0])
    differences = {id(term) for term in numbers if _tells_more(term, ground)}
    last = [term for term in numbers if term.sentence == -2][-2:]
    for one, two in itertools.combinations(numbers, 2):
        of_post = (one.sentence < 0) + (two.sentence < 0)
        own = one.sentence == two.sentence and (one.sentence == -1 or (one in last and two in last))
        apart = abs(one.sentence - two.sentence) if not of_post else 0
        a, b = one.fact, two.fact
        told = id(one) in differences or id(two) in differences
        same = less and fact.value >= 100 and a.counts != "" and a.counts == b.counts == fact.counts
        if (
            apart > (6 if told else 4 if same else 3 if each else 1)
            or (apart and not told and not (less or total or rest or each))
            or (a.start < b.end and b.start < a.end and one.sentence == two.sentence)
        ):
            continue  # too far apart, or two readings of one figure
        if _alike(a, b):
            one_thing = (own and among) or _one_thing(a, b, ground.language)
            change = (less or rest) and (own or not both)
            both_top = one.sentence in top and two.sentence in top
            if fact.dimensions <= {"percent", "share"} and (apart == 0 or (both_top and change and by_so_much)):
                there = one.sentence in top and two.sentence in top and _plain(one.sentence, ground)
                met = of_post and (fact.hedge or _met(one, two, numbers))
                part = own or (one_thing and (there or (fact.places > 0 and _large(a, b, of_post)) or met))
                yield from _shares(a, b, change, bool(part), "percent" in fact.dimensions or by_so_much)
            if (
                apart > 1
                and not same
                and (not told or fact.hedge or not {a.readings[0][1], b.readings[0][1]} <= _MEASURED | MONEY)
            ):
                continue
            for x, y, dimension in _bases(a, b):
                if dimension == "percent" and not a.kind == b.kind == "percent":
                    if change and all("percent" in one.dimensions or one.rate for one in (a, b)):
                        yield abs(x - y), "point"
                    continue
                if change or (one_thing and (told or own)):
                    yield abs(x - y), "point" if dimension == "percent" else dimension
                    if of_post and a.value != x and _size(a) == _size(b):
                        yield abs(a.value - b.value), ""  # "19 months, five more"
                if x != y and (total or (one_thing and (told or own))):
                    yield x + y, dimension
        if fact.dimensions != {"percent"}:
            together = own or (not of_post and apart == 0)
            parts = [*_parts_of(a, b, together), *_parts_of(b, a, together)]
            yield from ((value, dimension) for value, dimension in parts if fact.hedge or _nearly(fact, value))
        if total or worth or of_post == 2:
            yield from _products(a, b)
        if each:
            yield from _quotients(a, b)
            yield from _quotients(b, a)
        if "point" in a.dimensions | b.dimensions and {id(one), id(two)} & differences:
            yield from _points_off(a, b)
    yield from _rest(fact, text, rest, numbers, ground)
    listed = [term.fact for term in numbers if term.sentence == -1 and "" in term.fact.dimensions]
    if len(listed) >= 3:
        yield sum(sorted(one.value for one in listed)), ""
    if total or re.search(r"(?i)\b(?:that['’]s|that is|das sind|das macht|soit|son|eso es|são)\b", text[: fact.start]):
        yield from _sums(numbers)


# Where a clause of its own begins.
_JOINTS = re.compile(r"[.;:] |, (?:and|but|while|und|aber|während|et|mais|y|pero|e|mas) ")
_MORE_EAST = re.compile("(?:[多少高低]了?|增加了?|减少了?|上升了?|下降了?|涨了?|降了?)$")


def _tells_more(term: Term, ground: Ground) -> bool:
    """Whether the source says a figure as a difference: "two dollars over the minimum", "20 less than before"."""
    if term.sentence < 0:
        return False
    text = ground.sentences[term.sentence].text
    after = " ".join(text[term.fact.end :].split()[:2])[:16]
    before = re.search(r"(?i)\b(?:by|um) (?:about |another |weitere )?$", text[: term.fact.start])
    return (
        before is not None
        or cue("less_after").match(after) is not None
        or _MORE_EAST.search(text[: term.fact.start]) is not None
    )


def _one_thing(a: Fact, b: Fact, language: str) -> bool:
    """Whether two figures may count the same, as far as they say what they count: "40 of them" says nothing."""
    first, second = (("" if one.counts in _PRONOUNS else stem(one.counts, language)) for one in (a, b))
    return not first or not second or first == second


_PRONOUNS = frozenset(["them", "those", "these", "us", "davon", "von ihnen", "von denen", "d'entre eux", "de ellos",
                       "deles"])  # fmt: skip


def _met(one: Term, two: Term, numbers: Sequence[Term]) -> bool:
    """Whether the source has the figure of the post beside the other, or does not have it at all."""
    post, source = (one, two) if one.sentence < 0 else (two, one)
    if source.sentence < 0:
        return True
    where = [term.sentence for term in numbers if term.sentence >= 0 and term.fact.value == post.fact.value]
    return not where or any(abs(at - source.sentence) <= 1 for at in where)


_AMONG = re.compile(
    r"(?i)\b(?:of (?:which|whom|them)|davon|darunter|dont|de (?:ellas|ellos|los cuales)|d(?:as|os) quais|deles)\b|"
    r"其中|うち"
)
_A_PIECE = re.compile(r"(?i) ?(?:(?:a|an|per|pro|je|par|por|cada|chaque) [^\W\d_]|/ ?[^\W\d_])")


def _plain(sentence: int, ground: Ground) -> bool:
    """Whether a sentence of the source has a few figures and no per cent of its own."""
    found = ground.sentences[sentence].facts
    return len(found) <= 6 and not any(one.kind == "percent" for one in found)


def _large(a: Fact, b: Fact, apart: int) -> bool:
    """Whether two numbers of one sentence of the source are large enough to have a share that is no chance."""
    small, large = sorted((a.readings[0][0], b.readings[0][0]))
    return not apart and 100 <= small < large and a.readings[0][1] == b.readings[0][1]


def _size(fact: Fact) -> float:
    """The size of the unit in which a figure is said."""
    return round(fact.readings[-1][0] / fact.value, 9) if fact.value else 0.0


def _quotients(a: Fact, b: Fact) -> Iterator[tuple[float, str]]:
    """So much for each of so many."""
    value, dimension = a.readings[0]
    paid = dimension in MONEY and b.dimensions & {"", "time", "people"}
    counted = b.readings[0][1] not in _NEVER | MONEY | {"percent"} and b.value < value and dimension not in _NEVER
    if b.value >= 2 and (paid or counted):
        yield value / b.value, dimension


def _points_off(a: Fact, b: Fact) -> Iterator[tuple[float, str]]:
    """ "34 percent, five points more than the year before": what it was."""
    for one, two in ((a, b), (b, a)):
        if one.readings[0][1] == "percent" and two.readings[0][1] == "point":
            yield one.readings[0][0] - two.readings[0][0], "percent"
            yield one.readings[0][0] + two.readings[0][0], "percent"


THE_REST = re.compile(
    r"(?i)\b(?:the rest|remain\w+|der rest|übrigen?|le reste|restante?s?|el resto|o resto)\b|残り|其余|剩"
)


def _rest(fact: Fact, text: str, rest: bool, numbers: Sequence[Term], ground: Ground) -> Iterator[tuple[float, str]]:
    """What is left of a whole: 30 % where 70 % go abroad; 11 of 62 posts where 51 are filled."""
    parts = {dimension: value for value, dimension in fact.readings}
    whole = parts.get("whole", 0.0)
    if whole in {term.fact.value for term in numbers} and parts["part"] in {
        whole - term.fact.value for term in numbers if "" in term.fact.dimensions
    }:
        yield fact.readings[0]
    if fact.dimensions <= {"percent", "share"}:
        for term in numbers:
            told = term.sentence >= 0 and THE_REST.search(ground.sentences[term.sentence].text)
            # "60 % is paid by the state, 40 % by the town": the two make the whole.
            between = text[min(fact.end, term.fact.end) : max(fact.start, term.fact.start)]
            beside = term.sentence == -1 and fact.kind == term.fact.kind == "percent" and len(between.split()) > 2
            if not rest and not told and not beside:
                continue
            value, dimension = term.fact.readings[0]
            if dimension == "percent" and 0 < value < 100:
                yield 100 - value, "percent"
                yield 1 - value / 100, "share"
            elif dimension == "share" and 0 < value < 1:
                yield 100 - 100 * value, "percent"
                yield 1 - value, "share"


def _bases(a: Fact, b: Fact) -> Iterator[tuple[float, float, str]]:
    """The values of two figures in every dimension that both may be of; a unit may be left out once."""
    for (x, dimension), (y, other) in itertools.product(a.readings, b.readings):
        if {dimension, other} & _NEVER:
            continue
        if dimension == other:
            yield x, y, dimension
        elif "" in (dimension, other) and {dimension, other} & (MONEY | {"percent"}):
            yield x, y, dimension or other


def _alike(a: Fact, b: Fact) -> bool:
    """Whether two figures may be added or compared: of one dimension, for one time."""
    if (a.per and b.per and a.per != b.per) or {a.readings[0][1], b.readings[0][1]} & _NEVER:
        return False
    dimensions = {a.readings[0][1], b.readings[0][1]}
    return bool(a.dimensions & b.dimensions) or ("" in dimensions and dimensions <= MONEY | {"", "percent"})


_NEVER = {"part", "whole", "ordinal", "share", "times", "clock", "degree"}


def _parts_of(a: Fact, b: Fact, together: bool) -> Iterator[tuple[float, str]]:
    """ "55 percent" of "64 million": the part and the rest; half of it, twice as much."""
    (share, measure), (value, dimension) = a.readings[0], b.readings[0]
    if dimension in _NEVER | {"percent", "time"} or b.value <= 2:
        return
    if measure == "percent" and a.kind == "percent":
        share /= 100
    of_some = "part" in a.dimensions  # "one in four" is said of something else as easily
    large = dimension in MONEY or (value >= 100 and not dimension) or together
    if measure in ("percent", "share") and 0.01 <= share < 1 and large and not of_some:
        yield share * value, dimension
        yield (1 - share) * value, dimension
    elif measure == "times" and share in (2, 3, 4):
        yield share * value, dimension


def _nearly(fact: Fact, value: float) -> bool:
    return bool(value) and abs(fact.readings[0][0] - value) <= 0.003 * value


def _shares(a: Fact, b: Fact, change: bool, part: bool, by: bool) -> Iterator[tuple[float, str]]:
    """The share of one figure in another where `part`, and the change from one to the other where `change`.

    "By a quarter" is a change, "to a quarter" is none.
    """
    for x, y, dimension in _bases(a, b):
        small, large = sorted((x, y))
        if dimension != "percent" and 0 < small < large and max(a.value, b.value) >= 3:
            found = [(large - small) / small, (large - small) / large] if change and by else []
            found += [small / large] if part and max(a.value, b.value) >= 10 else []
            for share in found:
                yield 100 * share, "percent"
                yield share, "share"


_MEASURED = {"time", "mass", "length", "volume", "area", "power", "energy", "data"}


def _products(a: Fact, b: Fact) -> Iterator[tuple[float, str]]:
    """So many of something, and what one of it costs; so much a week, and for how many weeks."""
    for one, two in ((a, b), (b, a)):
        value, dimension = two.readings[0]
        whole = one.readings[0][1] in ("", "people") and one.value % 1 == 0 and one.value >= 2
        if whole and (dimension in MONEY | _MEASURED or (not dimension and one.counts and two.counts)):
            yield one.value * value, dimension
        if whole and dimension == "percent" and one.value * value <= 100:
            yield one.value * value, dimension  # "19 percent for each of the three"
        if one.per and two.dimensions == {"time"}:
            yield one.readings[0][0] * two.readings[0][0] / one.per, one.readings[0][1]


def _sums(numbers: Sequence[Term]) -> Iterator[tuple[float, str]]:
    """All figures of one kind in one sentence, or the last ones of the post before it."""
    for sentence, group in itertools.groupby(numbers, key=lambda term: max(term.sentence, -1)):
        facts = [term.fact for term in group]
        for dimension in sorted({fact.readings[0][1] for fact in facts} - _NEVER - {"percent", "time"}):
            values = [fact.readings[0][0] for fact in facts if fact.readings[0][1] == dimension]
            first = range(len(values) - 1) if sentence < 0 else (0,)
            for start in first:
                if len(values) - start >= 2:
                    yield sum(sorted(values[start:])), dimension


def _rates(fact: Fact, numbers: Sequence[Term]) -> Iterator[tuple[float, str]]:
    """What is given for a week told for a year, and "every four minutes" told for an hour."""
    if not fact.per:
        return
    for term in numbers:
        other = term.fact
        value, dimension = other.readings[0]
        if other.per and other.per != fact.per:
            yield value * round(fact.per / other.per, 0 if fact.per > other.per else 6), dimension
        if dimension == "time" and other.dimensions == {"time"} and value < fact.per:
            yield fact.per / value, ""
