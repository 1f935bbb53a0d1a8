"""The figures of a post held against those of its source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.evidence.words import lexicon
from composer.post.agreement import supports
from composer.post.binding import Context, context, covered, homes, near_pull, score
from composer.post.derived import derived
from composer.post.fact import Fact
from composer.post.ground import Figure, Ground
from composer.post.lookup import candidates, comparable
from composer.post.numbers import facts
from composer.post.phrases import UNSPACED
from composer.post.swaps import swapped
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


class Line:
    """One sentence of a post with its figures, and what it says of each."""

    def __init__(
        self, text: str, label: str, ground: Ground, named: Sequence[tuple[int, int]] = (), loose: bool = False
    ) -> None:
        self.named, self.loose = named, loose
        self.text, self.label, self.ground = text, label, ground
        self.said = facts(text, ground.language)
        self.numbered = [fact for fact in self.said if numbered_name(text, fact, ground)]
        self.told = [*self.said, *(facts(label, ground.language) if label else ())]
        self._where: dict[int, list[Figure]] = {}
        self._contexts: dict[int, Context] = {}

    def where(self, fact: Fact) -> list[Figure]:
        """The figures of the source that bear one out."""
        if id(fact) not in self._where:
            self._where[id(fact)] = candidates(fact, self.ground)
        return self._where[id(fact)]

    def context(self, fact: Fact) -> Context:
        """What the sentence says of a figure."""
        if id(fact) not in self._contexts:
            others = [other for other in self.said if other is not fact]
            like = [other for other in others if comparable(fact, other)]
            beside = [
                (other, tuple(figure.place for figure in self.where(other)))
                for other in others
                if not comparable(fact, other)
            ]
            mates = [tuple(figure.place for figure in self.where(other)) for other in like]
            self._contexts[id(fact)] = context(
                self.text, fact, like, self.label, self.ground, beside=beside, mates=mates
            )
        return self._contexts[id(fact)]

    def contexts(self) -> dict[int, Context]:
        """What the sentence says of every figure, by `id`."""
        return {id(fact): self.context(fact) for fact in self.said}


def figure_problems(
    sentence: str, label: str, ground: Ground, own: frozenset[float], skip: Sequence[tuple[int, int]],
    named: Sequence[tuple[int, int]] = (), *, loose: bool = False,
) -> Iterator[Problem]:  # fmt: skip
    """The figures of one sentence that the source does not bear out, offsets into the sentence.

    `own` holds counts the post may announce of itself; `skip` are spans that are not looked at; `named` are
    its names; `loose` says that it is a heading, which says much in few words.
    Where a figure goes with all but one name or one other
    figure, both are pointed at: the source has each of them, but not together.
    """
    line = Line(sentence, label, ground, named, loose)
    at_odds: list[tuple[Fact, tuple[int, int] | None]] = []
    for fact in line.said:
        if any(fact.start < b and a < fact.end for a, b in skip) or free(fact, sentence, own, ground):
            continue
        name = numbered_name(sentence, fact, ground)
        if name is True:
            continue
        word = sentence[fact.start : fact.end].strip()
        why = f"{name} {word} does not stand in the source." if name else _absent(fact, line)
        if not why and line.where(fact):
            if _elsewhere(fact, line):
                at_odds.append((fact, _odd(fact, line)))
            elif swapped(fact, line.said, line.text, line.contexts(), ground, line.numbered):
                why = f"The source has {word} for something else, not for this."
        if why:
            yield Problem(fact.start, fact.end, fact.kind, "warn", why)
    yield from _told(at_odds, line)


def _told(at_odds: list[tuple[Fact, tuple[int, int] | None]], line: Line) -> Iterator[Problem]:
    """One problem for a figure that the source has for something else, or for it and what it is at odds with."""
    blamed = [odd for _, odd in at_odds if odd]
    told: set[tuple[int, int]] = set()
    for fact, odd in at_odds:
        word = line.text[fact.start : fact.end].strip()
        if odd is None or any(fact.start < b and a < fact.end for a, b in blamed):
            yield Problem(
                fact.start, fact.end, fact.kind, "warn", f"The source has {word} for something else, not for this."
            )
            continue
        if odd in told:
            continue
        told.add(odd)
        other = line.text[odd[0] : odd[1]].strip()
        start, end = min(fact.start, odd[0]), max(fact.end, odd[1])
        if blamed.count(odd) > 1 or end - start > _TOGETHER:
            start, end = odd
        yield Problem(start, end, fact.kind, "warn", f"The source has {word} and {other}, but not together.")


def free(fact: Fact, sentence: str, own: frozenset[float], ground: Ground) -> bool:
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


def numbered_name(sentence: str, fact: Fact, ground: Ground) -> bool | str:
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


def _absent(fact: Fact, line: Line) -> str:
    """Why a figure is not borne out by any of the source, or ""."""
    ground = line.ground
    word = line.text[fact.start : fact.end].strip()
    where = line.where(fact)
    if not where:
        around = line.context(fact)
        if derived(fact, around, ground, [other for other in line.said if other is not fact and line.where(other)]):
            return ""
        others = rivals(fact, line, homes(around))
        small = fact.words and fact.kind == "number" and fact.value <= 3 and fact.dimensions <= {"", "ordinal"}
        if small and not any(near_pull(around, other.place) > 1.5 for other in others):
            return ""  # "two reasons" counts what the writer lists
        return f"The {_NOUN[fact.kind]} {word} does not stand in the source."
    return ""


def rivals(fact: Fact, line: Line, best: Sequence[int]) -> list[Figure]:
    """Comparable figures that do not bear `fact` out nor another figure of the sentence, in or beside the sentences
    `best` of the source."""
    ground = line.ground
    close = sorted({index + by for index in best for by in (-1, 0, 1)})
    others = [other for other in line.told if other is not fact]
    return [
        figure
        for index in close
        for figure in ground.figures_of(index)
        if not figure.named
        and not (figure.fact.start == 0 and re.match(r"\d+[.)]\s", ground.sentences[index].text))
        and (figure.fact.value > 1 or (not figure.fact.words and figure.fact.dimensions != {""}))
        and comparable(fact, figure.fact)
        and not supports(fact, figure.fact)
        and not any(supports(other, figure.fact) for other in others)
    ]


_COVERED, _THIN = 0.45, 2.0
"""The share of what a sentence says that the source must have near the other figure, and what is wanted beyond where it
has less."""
_SAME, _NEXT, _FAR = 2.0, 2.2, 2.4
"""Log odds by which another figure must go better with a post's words than the one it has: in its own sentence, in the
two before and after it, farther off."""


def margin(fact: Fact, line: Line, around: Context | None = None) -> float:
    """By how much another figure of the source goes better with what the post says than its own does, beyond what it
    must; negative where its own will do. `around` may say less than the whole sentence."""
    ground = line.ground
    around = around or line.context(fact)
    if not around.pulls and not around.label:
        return -1.0
    best = homes(around, 12)
    others = rivals(fact, line, best)
    if not others:
        return -1.0
    close = {index + by for index in best for by in (-1, 0, 1)}
    own = line.where(fact)
    if len(own) > _MANY:
        own = [figure for figure in own if figure.sentence in close]
    here, mine = max(((score(around, one, kin_of(fact, one, ground)), one.sentence) for one in own), default=(0.0, -9))
    found, more = -1.0, 1.2 if line.loose else 0.0
    for rival in others:
        apart = abs(rival.sentence - mine)
        least = _SAME if apart == 0 else _NEXT if apart <= 2 else _FAR
        least += 0.0 if ground.language in UNSPACED or covered(around, rival.place) >= _COVERED else _THIN
        found = max(found, score(around, rival, kin_of(fact, rival, ground)) - max(here, 0.0) - least - more)
    return found


def _elsewhere(fact: Fact, line: Line) -> bool:
    """Whether the source has another figure where the post's words are, and this one where they are not."""
    return margin(fact, line) > 0


# So many places of a figure are all looked at.
_MANY = 40
# A figure and what it is at odds with are pointed at as one where they stand this close, in characters.
_TOGETHER = 60


def _odd(fact: Fact, line: Line) -> tuple[int, int] | None:
    """The figure or the name of the sentence without which its own place will do for `fact`, or None."""
    around = line.context(fact)
    least, found = -0.5, None
    for other in line.said:
        if other is fact or comparable(fact, other) or not line.where(other):
            continue
        places = tuple(figure.place for figure in line.where(other))
        rest = replace(around, beside=tuple(at for at in around.beside if at != places))
        if _met(fact, line, rest) and (left := margin(fact, line, rest)) < least:
            least, found = left, (other.start, other.end)
    if found:
        return found
    for start, end in line.named:
        terms = {term for term, _, _ in content(line.text[start:end], line.ground.language)}
        rest = replace(around, pulls=tuple(one for one in around.pulls if one.term not in terms))
        fewer = len(rest.pulls) < len(around.pulls)
        if fewer and _met(fact, line, rest) and (left := margin(fact, line, rest)) < least:
            least, found = left, (start, end)
    return found


def _met(fact: Fact, line: Line, around: Context) -> bool:
    """Whether anything that is left of a sentence stands near a figure of the source that bears it out."""
    return any(score(around, figure, kin_of(fact, figure, line.ground)) > 0 for figure in line.where(fact)[:50])


def kin_of(fact: Fact, mine: Figure, ground: Ground) -> list[int]:
    """The places of the figures of one sentence that could be taken for `fact`."""
    return [
        figure.place
        for figure in ground.figures_of(mine.sentence)
        if figure is mine or (not figure.named and comparable(fact, figure.fact))
    ]
