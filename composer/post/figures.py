"""The figures of a post held against those of its source."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from composer.evidence.words import lexicon
from composer.post.agreement import supports
from composer.post.binding import Context, compare, context, counts, hits, homes, near_pull, pull
from composer.post.fact import Fact
from composer.post.ground import Figure, Ground
from composer.post.numbers import facts
from composer.post.terms import content
from composer.text.problems import Problem

_NOUN = {"number": "number", "percent": "percentage", "date": "date"}
# Words that count what a post or a deck lists, in the languages of the sources.
_COUNTER = re.compile(
    r"(?i)(?:\b(?:slide|step|part|point|tip|lesson|rule|chapter|section|figure|fig|table|no|nr|number|question|"
    r"item|headline|"
    r"folie|schritt|teil|punkt|regel|kapitel|frage|étape|partie|leçon|règle|paso|parte|punto|regla|lección|passo|"
    r"ponto|lição)"
    r"\.? ?#?|#|№ ?)$"
)


def figure_problems(
    sentence: str, label: str, ground: Ground, own: frozenset[float], skip: Sequence[tuple[int, int]],
    named: Sequence[tuple[int, int]] = (),
) -> Iterator[Problem]:  # fmt: skip
    """The figures of one sentence that the source does not bear out, offsets into the sentence.

    `own` holds counts the post may announce of itself; `skip` are spans that are not looked at; `named` are its names.
    Where all but a name of the sentence goes with the figure, the name is pointed at.
    """
    said = facts(sentence, ground.language)
    for fact in said:
        if any(fact.start < b and a < fact.end for a, b in skip) or _free(fact, sentence, own, ground):
            continue
        before = _numbered_name(sentence, fact, ground)
        if before is True:
            continue
        word = sentence[fact.start : fact.end].strip()
        why = (
            f"{before} {word} does not stand in the source."
            if before
            else _unsupported(fact, said, sentence, label, ground)
        )
        blamed = _blamed(fact, said, sentence, label, named, ground) if why.endswith("not for this.") else None
        if blamed:
            name = sentence[blamed[0] : blamed[1]]
            yield Problem(*blamed, "name", "warn", f"The source has {name} for something else, not for this.")
        elif why:
            yield Problem(fact.start, fact.end, fact.kind, "warn", why)


def _free(fact: Fact, sentence: str, own: frozenset[float], ground: Ground) -> bool:
    """Whether a figure is the post's own: a count it announces, a slide, a single one."""
    if fact.kind != "number":
        return False
    if fact.value in own and fact.dimensions <= {"", "ordinal"}:
        return True
    if fact.dimensions <= {"", "ordinal"} and fact.value <= 1:
        return True
    counter = _COUNTER.search(sentence[max(0, fact.start - 12) : fact.start])
    if counter and fact.dimensions <= {"", "ordinal"} and counter[0].strip(" .#").lower() not in ground.words:
        return True
    return fact.words and fact.dimensions <= {""} and _lists(fact, sentence)


def _lists(fact: Fact, sentence: str) -> bool:
    """ "Four virtues: patience, thrift, salt and sleep" counts what it lists."""
    after = re.split(r":\s|\s[–—-]\s", sentence[fact.end :], maxsplit=1)
    if len(after) < 2 or len(after[0].split()) > 4:
        return False
    items = re.split(r",\s*(?:and |und |et |y |e )?|\s(?:and|und|et|y|e|&)\s|;\s", after[1])
    return len(items) == fact.value


def _numbered_name(sentence: str, fact: Fact, ground: Ground) -> bool | str:
    """True where the source writes the number on to the same name ("Llama 4"); the name where it has others there."""
    if fact.kind != "number" or fact.dimensions - {"", "ordinal"}:
        return False
    before = re.search(r"([A-Z][\w.]*)[ -]$", sentence[: fact.start])
    if not before or len(before[1]) < 3 or before[1].lower() in lexicon(ground.language).stop:
        return False
    name = re.sub(r"[\W_]+", "", before[1].lower())
    digits = re.findall(r"\d+", f"{fact.value:.10g}")
    if name + "".join(digits) in ground.running.at:
        return True
    followed = []
    for at in ground.running.at.get(name, ()):
        rest = ground.running.words[at + 1 : at + 1 + len(digits)]
        if list(rest) == digits:
            return True
        followed += [rest[0]] if rest else []
    opens = before.start() == 0
    numbered = [word for word in followed if word.isdigit()]
    if opens or ground.language == "de" or fact.value >= 1000:
        return False
    return before[1] if numbered and len(numbered) * 2 >= len(followed) else False


def _unsupported(fact: Fact, said: list[Fact], sentence: str, label: str, ground: Ground) -> str:
    """Why a figure is not borne out, or ""."""
    word = sentence[fact.start : fact.end].strip()
    around = context(sentence, fact, _like(fact, said), label, ground)
    where = candidates(fact, ground)
    if not where:
        if _derived(fact, around, ground):
            return ""
        rivals = _rivals(fact, said, around, ground)
        small = fact.words and fact.kind == "number" and fact.value <= 3 and fact.dimensions <= {"", "ordinal"}
        if small and not any(near_pull(around, other.place) > 1.5 for other in rivals):
            return ""  # "two reasons" counts what the writer lists
        return f"The {_NOUN[fact.kind]} {word} does not stand in the source."
    if _elsewhere(fact, said, around, where, ground) or _swapped(fact, said, sentence, label, where, ground):
        return f"The source has {word} for something else, not for this."
    return ""


def _blamed(
    fact: Fact, said: list[Fact], sentence: str, label: str, named: Sequence[tuple[int, int]], ground: Ground
) -> tuple[int, int] | None:
    """The name without which the sentence would go with the figure, or None."""
    where = candidates(fact, ground)
    if _swapped(fact, said, sentence, label, where, ground):
        return None
    around = context(sentence, fact, _like(fact, said), label, ground)
    for start, end in named:
        terms = {term for term, _, _ in content(sentence[start:end], ground.language)}
        rest = Context(tuple(one for one in around.pulls if one.term not in terms), around.unknown)
        met = max((hits(rest, figure.place) for figure in where), default=0)
        rivals = _rivals(fact, said, rest, ground)
        here = max(pull(rest, figure.place) for figure in where)
        there = max((pull(rest, figure.place) for figure in rivals), default=0.0)
        if len(rest.pulls) < len(around.pulls) and met >= 2 and here > 1.2 * there:
            return start, end
    return None


def candidates(fact: Fact, ground: Ground) -> list[Figure]:
    """The figures of the source that bear a figure out."""
    if fact.mark in ("quarter", "season", "half"):
        # A month stands for its quarter only where the source counts none.
        own = [figure for figure in ground.figures if figure.fact.mark == fact.mark]
        return [figure for figure in own or ground.figures if supports(fact, figure.fact)]
    if fact.kind == "date" or (fact.kind == "number" and 1500 <= fact.value <= 2100):
        return [figure for figure in ground.figures if supports(fact, figure.fact)]
    sizes = {fact.value, *(value for value, _ in fact.readings)}
    sizes |= {value * 100 for value, dimension in fact.readings if dimension == "share"}
    found: set[int] = set()
    for size in sizes:
        low, high = sorted((size * 0.7, size * 1.4))
        at = bisect_left(ground.by_size, (low, -1))
        while at < len(ground.by_size) and ground.by_size[at][0] <= high:
            found.add(ground.by_size[at][1])
            at += 1
    return [ground.figures[at] for at in sorted(found) if supports(fact, ground.figures[at].fact)]


def _comparable(fact: Fact, other: Fact) -> bool:
    """Whether a figure could be taken for the other: of one kind, and of one dimension as far as both have one."""
    if fact.kind != other.kind:
        return False
    if fact.kind == "date":
        if fact.mark != other.mark:
            return False
        return (
            fact.mark != "day"
            or [bool(part) for part in _parts(fact)] == [bool(part) for part in _parts(other)]
            or (bool(_parts(fact)[0]) and bool(_parts(other)[0]))
        )
    ours, theirs = fact.dimensions - {"", "part", "whole"}, other.dimensions - {"", "part", "whole"}
    return ours == theirs or bool(ours & theirs) or (not ours and not theirs)


def _parts(fact: Fact) -> tuple[int, int, int]:
    value = int(fact.value)
    return value // 10000, value // 100 % 100, value % 100


def _rivals(fact: Fact, said: list[Fact], around: Context, ground: Ground) -> list[Figure]:
    """Comparable figures that do not bear `fact` out, where the source speaks of the same things."""
    best = homes(around, ground)
    close = {index + by for index in best for by in (-1, 0, 1)}
    others = [other for other in said if other is not fact]
    return [
        figure
        for figure in ground.figures
        if figure.sentence in close
        and not figure.named
        and (figure.fact.value > 1 or figure.fact.dimensions != {""})
        and _comparable(fact, figure.fact)
        and not supports(fact, figure.fact)
        and not any(supports(other, figure.fact) for other in others)
    ]


def _elsewhere(fact: Fact, said: list[Fact], around: Context, where: list[Figure], ground: Ground) -> bool:
    """Whether the source has another figure where the post's words are, and this one where they are not."""
    if not around.pulls:
        return False
    rivals = _rivals(fact, said, around, ground)
    if not rivals:
        return False
    pulls = [(pull(around, figure.place), -figure.place, figure) for figure in where]
    here, _, mine = max(pulls, key=lambda row: row[:2])
    here_near = max(near_pull(around, figure.place) for figure in where)
    met = max(hits(around, figure.place) for figure in where)
    counted = any(counts(around, figure.place) for figure in where)
    known = sum(one.telling for one in around.pulls) + around.unknown
    if not known:
        return False
    for rival in rivals:
        there = pull(around, rival.place)
        if any(rival.sentence == figure.sentence for figure in where):
            close = rival.sentence == mine.sentence and abs(rival.place - mine.place) <= 40
            if close and not counted and _outdone(fact, around, mine, rival, ground):
                return True
            continue
        there_near, hit = near_pull(around, rival.place), hits(around, rival.place)
        apart = all(abs(rival.sentence - figure.sentence) > 1 for figure in where)
        if apart:
            same = counts(around, rival.place) and not counted
            alone = met == 0 and here < 0.1 * around.total and there >= 0.5 * around.total
            enough = hit >= max(2, 0.5 * known) or (met == 0 and hit >= max(1, 0.6 * known))
            enough = enough or (alone and hit >= 0.5 * known) or (same and hit >= max(1, 0.2 * known))
            decided = there_near > here_near or there > 2.5 * here
            ratio = 3.0 if counted else 1.3 if same else 1.7
            if enough and decided and there > ratio * here and there >= 0.3 * around.total:
                return True
        elif not counted and there_near > 1.8 * here_near + 0.5 and there > 1.3 * here and hit >= max(2, 0.5 * known):
            return True
    return False


def _kin(fact: Fact, index: int, ground: Ground) -> list[int]:
    """The places of the figures of one sentence that could be taken for `fact`."""
    return [
        figure.place
        for figure in ground.figures_of(index)
        if not figure.named and (_exchangeable(fact, figure.fact) or supports(fact, figure.fact))
    ]


def _outdone(fact: Fact, around: Context, mine: Figure, rival: Figure, ground: Ground) -> bool:
    """Whether another figure of the same sentence is what the post's words go with."""
    kin = _kin(fact, mine.sentence, ground)
    here, there, own = compare(around, mine.place, rival.place, kin)
    return own and there > 1.2 * here + 0.2


def _swapped(fact: Fact, said: list[Fact], sentence: str, label: str, where: list[Figure], ground: Ground) -> bool:
    """Whether two figures of one sentence have changed places."""
    around = context(sentence, fact, _like(fact, said), label, ground)
    for other in said:
        if (
            other is fact
            or not _exchangeable(fact, other)
            or supports(fact, other)
            or _numbered_name(sentence, other, ground)
        ):
            continue
        first, second = sorted((fact, other), key=lambda one: one.start)
        theirs = candidates(other, ground)
        turn = _turn(sentence[first.end : second.start])
        if turn:
            if _turned(turn, fact.start < other.start, where, theirs, ground):
                return True
            continue
        if re.fullmatch(r"\W*(?:of|out of|von|sur|de|in|to|auf|à|a)?(?: the)?\W*", sentence[first.end : second.start]):
            continue  # "1,900 of 2,600": what is said of one is said of both
        beyond = context(sentence, other, _like(other, said), label, ground)
        ours = around
        if bool(fact.counts) != bool(other.counts):
            # "Staging has two machines, production 160": the one word is meant for both.
            ours, beyond = (Context(tuple(p for p in c.pulls if not p.follows), c.unknown) for c in (around, beyond))
        firm, firms = (
            sorted(found, key=lambda f: (-max(pull(around, f.place), pull(beyond, f.place)), f.place))[:2]
            for found in (where, theirs)
        )
        pairs = list(itertools.product(firm, firms))
        crossed = []
        for mine, its in pairs:
            if mine.sentence == its.sentence:
                kin = _kin(fact, mine.sentence, ground)
                here, there, own = compare(ours, mine.place, its.place, kin)
                there_too, here_too, own_too = compare(beyond, mine.place, its.place, kin)
                crossed.append((own or own_too) and there + there_too > 1.15 * (here + here_too) + 0.2)
            else:
                straight = pull(ours, mine.place) + pull(beyond, its.place)
                over = pull(ours, its.place) + pull(beyond, mine.place)
                closer = near_pull(ours, its.place, 9) + near_pull(beyond, mine.place, 9) > 1.2 * (
                    near_pull(ours, mine.place, 9) + near_pull(beyond, its.place, 9)
                )
                crossed.append(over > 1.45 * straight + 0.5 and closer)
        if crossed and crossed[0]:
            return True
    return False


def _exchangeable(fact: Fact, other: Fact) -> bool:
    """Whether two figures of a sentence may have changed places; one of them may leave out the unit of both."""
    bare = any(one.dimensions == {""} and not one.counts for one in (fact, other))
    loose = (fact.dimensions | other.dimensions) & {"share", "times", "ordinal", "part"} or min(
        fact.value, other.value
    ) <= 1
    return _comparable(fact, other) or (bare and not loose and fact.kind == other.kind == "number")


_TURNS = re.compile(
    r"(?i)\b(?:(?P<from>to|down to|up to|auf|à|a|para)|(?P<instead>instead of|rather than|statt|anstatt|"
    r"au lieu de|en lugar de|"
    r"em vez de)|(?P<down>down from|up from|after|nach|contre))\b\s*(?:\w+\s+)?[$€£]?$"
)


def _turn(between: str) -> str:
    """The word that leads from one figure to the next, where they are said of the same: "from 6 to 3", "4 "
    "instead of 18"."""
    found = _TURNS.search(between) if len(between.split()) <= 6 else None
    return found.lastgroup or "" if found else ""


def _turned(turn: str, forward: bool, where: list[Figure], theirs: list[Figure], ground: Ground) -> bool:
    """Whether the source leads from one figure to the other by such a word, but only the other way round."""
    found = set()
    for mine, its in itertools.product(where[:12], theirs[:12]):
        if mine.sentence == its.sentence and mine is not its:
            first, second = sorted((mine.fact, its.fact), key=lambda one: one.start)
            between = ground.sentences[mine.sentence].text[first.end : second.start]
            if _turn(between) == turn:
                found.add((mine.fact.start < its.fact.start) == forward)
    return found == {False}


def _like(fact: Fact, said: list[Fact]) -> list[Fact]:
    """The other figures of a sentence that could be taken for this one."""
    return [other for other in said if other is not fact and _comparable(fact, other)]


def _derived(fact: Fact, around: Context, ground: Ground) -> bool:
    """Whether a share, a factor or a difference in percentage points follows from two figures that stand together.

    "Twice", "a third", "three times as fast": the two figures are of one dimension, in one sentence of the source or in
    neighbours, where the source speaks of the same. A date may be put together from a year and a day nearby.
    """
    if fact.kind == "date":
        return _composed(fact, ground)
    wanted = [(value, dimension) for value, dimension in fact.readings if dimension in ("share", "times", "point")]
    if fact.kind == "percent" and fact.value in (50, 100, 200, 300):
        wanted.append((fact.value / 100, "share") if fact.value == 50 else (1 + fact.value / 100, "times"))
    spans = fact.dimensions == {"time"} and fact.readings[0][0] >= 31557600
    if not wanted and not spans:
        return False
    parts = {dimension: value for value, dimension in fact.readings if dimension in ("part", "whole")}
    for index in homes(around, ground):
        near = [
            other
            for at in (index - 1, index, index + 1)
            if 0 <= at < len(ground.sentences)
            for other in ground.sentences[at].facts
            if other.kind != "date"
        ]
        values = {
            value
            for other in near
            for value in (other.value, *(v for v, d in other.readings if d in ("part", "whole")))
        }
        if parts and parts["whole"] in values:
            if parts["part"] in values:
                return True
            continue
        dated = [other for at in (index - 1, index, index + 1) if 0 <= at < len(ground.sentences)
                 for other in ground.sentences[at].facts]  # fmt: skip
        if spans and _years_apart(fact, dated):
            return True
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


def _says_how_much(fact: Fact, other: Fact, parts: dict[str, float]) -> bool:
    """Whether the source has a share or a factor of its own there, so that none need be worked out."""
    if parts:
        return (parts["whole"], "whole") in other.readings and (parts["part"], "part") not in other.readings
    return bool(other.dimensions & fact.dimensions & {"share", "times"}) and other.mark == ""


def _years_apart(fact: Fact, found: Sequence[Fact]) -> bool:
    """Whether a sentence has two years that lie as far apart as `fact` says."""
    years = {int(value) // 10000 for other in found for value, mark in other.readings if mark == "day"} - {0}
    return any(b - a == round(fact.readings[0][0] / 31557600) for a, b in itertools.combinations(sorted(years), 2))


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


def _composed(fact: Fact, ground: Ground) -> bool:
    """Whether the year stands in one sentence and the rest of the date in it or a neighbour."""
    if fact.mark == "decade" or (not fact.value >= 10000 and fact.mark == "day"):
        return False
    if fact.mark == "day":
        year, month, day = _parts(fact)
        rest = {month * 100 + day, month * 100} if not day else {month * 100 + day}
        if not month:
            return False
    elif fact.mark in ("quarter", "season", "half") and fact.value >= 10:
        year, rest = int(fact.value) // 10, {int(fact.value) % 10}
    else:
        return False
    years = {
        f.sentence for f in ground.figures if any(v // 10000 == year for v, mark in f.fact.readings if mark == "day")
    }
    years |= {f.sentence for f in ground.figures if f.fact.kind == "number" and f.fact.value == year}
    days = {
        f.sentence
        for f in ground.figures
        if f.fact.mark == fact.mark and any(int(v) in rest for v, _ in f.fact.readings)
    }
    return any(abs(a - b) <= 2 for a in years for b in days)
