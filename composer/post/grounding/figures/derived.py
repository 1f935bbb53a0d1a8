"""Figures of a post that follow from two of its source: a share, a factor, a difference, a date put together."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.binding import Context, homes
from composer.post.grounding.figures.dated import dated, of_the_month
from composer.post.grounding.figures.elapsed import spans
from composer.post.grounding.figures.lookup import candidates, date_parts
from composer.post.grounding.figures.made_of import made_of
from composer.post.grounding.figures.reckoned import reckoned, terms
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.values.fact import MONEY, Fact
from composer.post.grounding.values.numerals import units

# What halves a thing without saying "half".
_IN_TWO = re.compile(
    r"(?i)\b(?:divis\w+|coup\w+|cut\w*|split\w*|divid\w+|partir\w*|parti\w*|geteilt|teilen)\b[^.]{0,30}?"
    r"\b(?:par deux|en deux|by two|in two|in half|por dos|en dos|por dois|em dois|durch zwei)\b"
)


def derived(
    fact: Fact, around: Context, ground: Ground, beside: Sequence[Fact] = (), text: str = "",
    earlier: Sequence[Fact] = (),
) -> bool:  # fmt: skip
    """Whether a figure follows in one step from what stands together in the source, where it speaks of the same.

    "Twice", "a third", "three times as fast", a per cent: the two figures are of one dimension, in one sentence of the
    source or in neighbours. Sums, differences and products want a word that tells of them in the sentence of the post,
    `text`. `beside` are the other figures of that sentence, `earlier` those of the ones before it. A date may be put
    together from a year and a day nearby, or counted on from another.
    """
    near = _near(around, [*beside, *earlier], ground)
    if not near and len(ground.sentences) <= _SHORT:
        near = list(range(len(ground.sentences)))
    known = terms(near, ground, beside, earlier)
    if fact.kind == "date":
        if _dated_otherwise(fact, around, ground):
            return False
        return dated(fact, text, near, known, ground)
    if "ordinal" in fact.dimensions and of_the_month(fact, ground):
        return True
    if _listed(fact, text, ground) or _of_the_year(fact, text, ground) or _occasions(fact, text, near, ground):
        return True
    if _nth(fact, near, ground) or _weekdays(fact, near, ground) or _size_left_out(fact, near, ground):
        return True
    if _left_out(fact, near, [*beside, *earlier], ground) or _written_so(fact, text, ground):
        return True
    top = homes(around)[:3]
    if _single(fact, near, ground) or spans(fact, known, text) or reckoned(fact, text, known, ground, top):
        return True
    return _of_two(fact, around, ground, [*beside, *earlier]) or made_of(fact, ground, top)


def _dated_otherwise(fact: Fact, around: Context, ground: Ground) -> bool:
    """Whether the sentence that speaks most of the same has one date, as full as that of the post, and another."""
    best = homes(around)[:1]
    full = [bool(part) for part in date_parts(fact)]
    days = [one for index in best for one in ground.sentences[index].facts if one.mark == "day"]
    others = [one for one in days if [bool(part) for part in date_parts(one)][:2] == full[:2] == [True, True]]
    if fact.mark != "day" or len(days) != 1 or len(others) != 1 or supports(fact, others[0]):
        return False
    return sum(one.telling and best[0] in one.homes for one in around.pulls) > 1


def _nth(fact: Fact, near: Sequence[int], ground: Ground) -> bool:
    """ "Nine years of it", where the source has the ninth year."""
    if fact.dimensions != {"time"} or fact.value < 2 or fact.value % 1:
        return False
    unit = ("time", fact.readings[0][0] / fact.value)
    for index in near:
        text = ground.sentences[index].text
        for one in ground.sentences[index].facts:
            word = re.match(r"[ -]([^\W\d_]+)", text[one.end :])
            if word and (fact.value, "ordinal") in one.readings and units().get(word[1].lower()) == unit:
                return True
    return False


def _weekdays(fact: Fact, near: Sequence[int], ground: Ground) -> bool:
    """ "Two days a week": the source names two days of the week."""
    if fact.readings[0] != (fact.value * 86400, "time") or not 2 <= fact.value <= 6:
        return False
    for index in near:
        days = [one.value for one in ground.sentences[index].facts if one.mark == "weekday"]
        if len(set(days)) == fact.value or (len(days) == 2 and (days[1] - days[0]) % 7 + 1 == fact.value):
            return True
    return False


def _near(around: Context, others: Sequence[Fact], ground: Ground) -> list[int]:
    """The sentences of the source that speak of the same, with their neighbours; those of the other figures too."""
    found = set(homes(around))
    for other in others:
        places = candidates(other, ground)
        if len(places) <= _FEW:
            found.update(figure.sentence for figure in places)
    return sorted({at for index in found for at in (index - 1, index, index + 1) if 0 <= at < len(ground.sentences)})


# A source of so many sentences is looked at as a whole where a post's words lead nowhere.
_SHORT = 60
# A figure that the source has in more places says little about which is meant.
_FEW = 4


def _size_left_out(fact: Fact, near: Sequence[int], ground: Ground) -> bool:
    """ "We raised four point five and then eighteen": millions, as the sentences around have them."""
    scale = fact.scale if fact.scale > 1 else next((s for s in (1e9, 1e6, 1e3) if fact.value >= s), 1.0)
    if fact.kind != "number" or scale < 1e3 or fact.readings[0][1] not in MONEY | {""}:
        return False
    bare = fact.value / scale
    for index in near:
        for one in ground.sentences[index].facts:
            if one.kind == "number" and (bare, "") in one.readings and not one.counts and one.scale < 1e3:
                around = range(max(0, index - 6), min(len(ground.sentences), index + 7))
                hidden = any(
                    other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start
                    for other in ground.sentences[index].facts
                )  # the nine of "nine and a quarter"
                close = range(max(0, index - 1), index + 1)
                if not hidden and (
                    any(other.scale == scale for at in around for other in ground.sentences[at].facts)
                    or any(_of_size(other, fact, scale) for at in close for other in ground.sentences[at].facts)
                ):
                    return True
    return False


def _of_size(other: Fact, fact: Fact, scale: float) -> bool:
    """Whether a figure in digits is of the size that another leaves out: "between 28,000 and 65,000. This is at 54"."""
    whole = other.kind == "number" and other.value % scale == 0 and other.readings[0][1] in MONEY | {""}
    return whole and fact.value / 4 <= other.value <= 4 * fact.value


def _left_out(fact: Fact, near: Sequence[int], others: Sequence[Fact], ground: Ground) -> bool:
    """ "€11.1M instead of 8.4": a bare number that is meant in the unit and the size of another beside it."""
    if fact.readings[0][1] or fact.scale != 1:
        return False
    if any(other.kind == "percent" for other in others):  # "73 % of them ... firms at 27 or 29 miss it"
        rate = replace(fact, kind="percent", readings=((fact.value, "percent"),), counts="")
        if any(supports(rate, one) for index in near for one in ground.sentences[index].facts if one.kind == "percent"):
            return True
    if fact.counts:
        return False
    meant = {
        (fact.value * value / other.value, dimension)
        for other in others
        if other.kind != "date" and other.value
        for value, dimension in other.readings
        if dimension not in ("part", "whole", "share", "ordinal")
    } | {(fact.value * other.scale, "") for other in others if other.scale > 1}
    also = [replace(fact, readings=(one,)) for one in sorted(meant) if one != fact.readings[0]]
    return any(supports(one, other) for one in also for index in near for other in ground.sentences[index].facts)


def _written_so(fact: Fact, text: str, ground: Ground) -> bool:
    """Whether a figure stands in the source letter for letter, or a long one, such as a paper's, by its digits."""
    said = text[fact.start : fact.end].strip()
    digits = re.sub(r"\D", "", said)
    if len(digits) >= 7 and fact.places >= 4 and digits in ground.flat:
        return True
    if len(digits) < 2 or len(said) < 3:
        return False
    pattern = re.compile(rf"(?<![\w.,]){re.escape(said)}(?![\w%]|[.,]\d)")
    found = [
        (at, match.start())
        for at, sentence in enumerate(ground.sentences)
        if said in sentence.text
        for match in pattern.finditer(sentence.text)
    ]
    # "260 a month" is not 260 a year.
    return any(
        not any(
            fact.per and one.per and one.per != fact.per and one.start <= start < one.end
            for one in ground.sentences[at].facts
        )
        for at, start in found
    )


# What a writer counts off, in the languages of the sources.
_THINGS = re.compile(
    r"(?i) (?:\w+ )?(?:things|lessons|takeaways|numbers|points|ideas|reasons|facts|insights|moments|learnings|"
    r"highlights|tips|rules|sentences|thoughts|dinge|lehren|punkte|zahlen|gründe|sätze|erkenntnisse|gedanken|fakten|choses|leçons|"
    r"chiffres|raisons|idées|enseignements|phrases|cosas|lecciones|puntos|cifras|razones|ideas|claves|datos|frases|"
    r"coisas|lições|pontos|números|razões|ideias|dados)\b"
)
_THINGS_EAST = re.compile(r"つ?(?:件事|点|個のこと|つのこと|の学び|のポイント|の数字|个数字|个启示|句话|个要点|の理由)")


def _listed(fact: Fact, text: str, ground: Ground) -> bool:
    """ "Three things I took from it": the writer's own list, where the source counts none of the kind otherwise."""
    if fact.kind != "number" or fact.value > 12 or fact.dimensions - {"", "ordinal"}:
        return False
    match = _THINGS.match(text, fact.end) or _THINGS_EAST.match(text, fact.end)
    if match is None:
        return False
    noun = match[0].split()[-1].lower()
    counted = re.compile(rf"(?i) (?:\w+ )?{re.escape(noun)}\b")
    return not any(
        counted.match(sentence.text, one.end) for sentence in ground.sentences for one in sentence.facts
    ) and not (match.re is _THINGS_EAST and any(noun in sentence.text for sentence in ground.sentences))


def _of_the_year(fact: Fact, text: str, ground: Ground) -> bool:
    """ "A record quarter": three months, where the source counts its year so."""
    if (0.25, "share") not in fact.readings or not re.search(r"(?i)quarter\b|trimestre", text[fact.start : fact.end]):
        return False
    counted = re.match(r"(?i) of (?:the|all|our|its|their|them|those|every)\b", text[fact.end :])
    return not counted and any(figure.fact.mark == "quarter" for figure in ground.figures)


# What makes a comparison of "twice".
_COMPARED = re.compile(
    r"(?i)[ -](?:as|more|the|that|than|larger|bigger|faster|higher|so|mehr|größer|höher|schneller|plus|más|mais|le|la|"
    r"el|los|las|o|a|os|que|what|its|their|over|moins|menos|menor|mayor|maior|up)\b"
)


def _occasions(fact: Fact, text: str, near: Sequence[int], ground: Ground) -> bool:
    """ "I had to read it twice": how often, and no factor, where the source has no other there."""
    if fact.dimensions != {"times"} or fact.value not in (2, 3) or not fact.words or fact.hedge:
        return False
    if _COMPARED.match(text, fact.end) or re.search(r"(?i)\b(?:doubl|tripl|verdopp|verdreif)", text):
        return False
    return not any("times" in other.dimensions for index in near for other in ground.sentences[index].facts)


# Words for a single unit of time that name no number: "weekly", "last week".
_OFTEN = {
    3600.0: r"hourly|stündlich|horaire", 86400.0: r"daily|täglich|quotidien\w*|diari\w+|毎日|每天|日々",
    604800.0: r"weekly|wöchentlich|hebdo\w*|semanal\w*|毎週|每周|週",
    2629800.0: r"monthly|monatlich|mensuel\w*|mensual\w*|mensal\w*|毎月|每月",
    31557600.0: r"yearly|annual\w*|jährlich|annuel\w*|anual\w*|毎年|每年|年間",
}  # fmt: skip


def _single(fact: Fact, near: Sequence[int], ground: Ground) -> bool:
    """ "In one week" where the source has "last week" or "weekly"; "ten years" where it has a decade."""
    dimension = fact.readings[0][1]
    size = fact.readings[0][0]
    if fact.dimensions == {"time"} and round(size) in _SPANS:
        pattern = re.compile(rf"(?i)\b(?:{_SPANS[round(size)]})")
        if any(pattern.search(ground.sentences[index].text) for index in near):
            return True
    if not dimension or fact.value != 1 or not fact.words or dimension in MONEY:
        return False
    words = "|".join(sorted(word for word, unit in units().items() if unit == (dimension, size) and len(word) > 2))
    pattern = re.compile(rf"(?i)\b(?:{words or 'x^'}|{_OFTEN.get(size, 'x^')})\b")
    return any(pattern.search(ground.sentences[index].text) for index in near)


# Words for a span that name no number.
_SPANS = {
    315576000: "decade|jahrzehnt|décennie|década", 3155760000: "centur|jahrhundert|siècle|siglo|século",
    788940000: "quarter[- ](?:of a )?century|vierteljahrhundert|quart de siècle|cuarto de siglo|quarto de século",
    1577880000: "half a century|half[- ]century|halbes jahrhundert|demi-siècle|medio siglo|meio século",
    1209600: "fortnight|quinze jours|quinzaine|quincena|quinzena", 15778800: "half a year|halbjahr|semest",
    7889400: "quarter|quartal|trimest|vierteljahr", 172800: "weekend|wochenende|week-end|fin de semana|fim de semana",
}  # fmt: skip


def _of_two(fact: Fact, around: Context, ground: Ground, beside: Sequence[Fact]) -> bool:
    """Whether a share, a factor or a difference in percentage points is that of two figures."""
    wanted = [(value, dimension) for value, dimension in fact.readings if dimension in ("share", "times", "point")]
    if _said_otherwise(fact, around, ground):
        return False
    if fact.kind == "percent" and fact.value in (50, 100, 200, 300):
        wanted.append((fact.value / 100, "share") if fact.value == 50 else (1 + fact.value / 100, "times"))
    if not wanted:
        return False
    if any(dimension == "share" and value == 0.5 for value, dimension in fact.readings) and any(
        _IN_TWO.search(ground.sentences[index].text) for index in homes(around)
    ):
        return True
    for one, two in itertools.permutations([other for other in beside if other.kind != "date"], 2):
        if one.dimensions & two.dimensions and one is not fact and two is not fact:
            a, b = _base(one, two)
            if any(_follows(value, dimension, a, b, fact, one, two) for value, dimension in wanted):
                return True  # "it doubled from 1,500 to 3,000"
    parts = {dimension: value for value, dimension in fact.readings if dimension in ("part", "whole")}
    for index in homes(around):
        near = [
            other
            for at in (index - 1, index, index + 1)
            if 0 <= at < len(ground.sentences)
            for other in ground.sentences[at].facts
            if other.kind != "date" and not (other.words and other.value == 1)  # "a day" has no share in two
        ]
        values = {
            value
            for other in near
            for value in (other.value, *(v for v, d in other.readings if d in ("part", "whole")))
        }
        if parts and parts["whole"] in values:
            if parts["part"] in values or (parts["part"] == 1 and parts["whole"] > 12):
                return True
            continue
        dated = [other for at in (index - 1, index, index + 1) if 0 <= at < len(ground.sentences)
                 for other in ground.sentences[at].facts]  # fmt: skip
        if any(_says_how_much(fact, other, parts) for other in dated):
            continue
        for one, two in itertools.permutations(near, 2):
            if not (one.dimensions & two.dimensions or "" in one.dimensions | two.dimensions):
                continue
            a, b = _base(one, two)
            for value, dimension in wanted:
                if _follows(value, dimension, a, b, fact, one, two):
                    return True
    return False


def _said_otherwise(fact: Fact, around: Context, ground: Ground) -> bool:
    """Whether the source has another share or factor in the sentence that speaks most of the same, or has the part, or
    the whole, of one with another: "nine of our twelve" is not eleven of twelve."""
    parts = {dimension: value for value, dimension in fact.readings if dimension in ("part", "whole")}
    best = homes(around)[: 3 if parts else 1]
    for other in (one for index in best for one in ground.sentences[index].facts):
        theirs = {dimension: value for value, dimension in other.readings if dimension in ("part", "whole")}
        if parts and theirs and (parts["part"] == theirs["part"]) != (parts["whole"] == theirs["whole"]):
            return True
        plain = not parts and not fact.hedge and fact.dimensions <= {"share", "times"} and other.words
        if plain and other.readings[0][1] == fact.readings[0][1] and other.value != fact.value:
            return True
    return False


def _says_how_much(fact: Fact, other: Fact, parts: dict[str, float]) -> bool:
    """Whether the source has a share or a factor of its own there, so that none need be worked out."""
    if parts:
        return (parts["whole"], "whole") in other.readings and (parts["part"], "part") not in other.readings
    return bool(other.dimensions & fact.dimensions & {"share", "times"}) and other.mark == ""


def _base(one: Fact, two: Fact) -> tuple[float, float]:
    shared = [d for _, d in one.readings if d in two.dimensions]
    if not shared:
        return one.value, two.value
    values = [next(value for value, d in fact.readings if d == shared[0]) for fact in (one, two)]
    return values[0], values[1]


def _follows(value: float, dimension: str, a: float, b: float, fact: Fact, one: Fact, two: Fact) -> bool:
    if not a or not b:
        return False
    loose = 0.12 if fact.hedge else 0.07
    if dimension == "point":
        return one.kind == two.kind == "percent" and abs(abs(a - b) - value) < 0.06
    if dimension == "share":
        return any(abs(share - value) <= loose * value for share in (a / b, 1 - a / b)) and a < b
    if fact.hedge == "over" and value < a / b <= 1.3 * value:
        return True
    return abs(a / b - value) <= loose * value or (value == 2 and abs(a / b - 0.5) <= loose / 2)
