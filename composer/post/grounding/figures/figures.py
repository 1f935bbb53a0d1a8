"""The figures of a post held against those of its source."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.post.grounding.figures.binding import Context, homes, near_pull, score
from composer.post.grounding.figures.counted import counted_otherwise
from composer.post.grounding.figures.derived import derived
from composer.post.grounding.figures.elsewhere import best_two, margin
from composer.post.grounding.figures.line import Line, kin_of, numbered_name, rivals
from composer.post.grounding.figures.lookup import comparable, exchangeable
from composer.post.grounding.figures.misplaced import misplaced
from composer.post.grounding.figures.ousted import rest_of
from composer.post.grounding.figures.retracted import retracted
from composer.post.grounding.figures.swaps import crossing, swapped
from composer.post.grounding.figures.worked import worked_out
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.recorded import lasting, noted
from composer.post.grounding.source.terms import content
from composer.post.grounding.values.company import compound
from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.numbers import facts
from composer.text.problems import Problem

# Words that count what a post or a deck lists, in the languages of the sources.
_COUNTER = re.compile(
    r"(?i)(?:\b(?:slide|step|part|point|tip|lesson|rule|chapter|section|figure|fig|table|no|nr|number|question|"
    r"item|headline|"
    r"folie|schritt|teil|punkt|regel|kapitel|frage|étape|partie|leçon|règle|paso|parte|punto|regla|lección|passo|"
    r"ponto|lição)"
    r"\.? ?#?|#|№ ?)$"
)


# "Ep. 143" is numbered and counts nothing.
_EPISODE = re.compile(r"(?i)\b(?:episode|ep|folge|épisode|episodio|episódio|capítulo)s?\.? ?(?:no\.? ?|nr\.? ?|#)?$")


def figure_problems(
    sentence: str, label: str, ground: Ground, own: frozenset[float], skip: Sequence[tuple[int, int]],
    named: Sequence[tuple[int, int]] = (), *, loose: bool = False, earlier: str = "", around: str = "",
    company: Sequence[Line] = (),
) -> Iterator[Problem]:  # fmt: skip
    """The figures of one sentence that the source does not bear out, offsets into the sentence.

    `own` holds counts the post may announce of itself; `skip` are spans that are not looked at; `named` are
    its names; `loose` says that it is a heading, which says much in few words; `earlier` is what the post says before,
    `around` the sentences before and after it in its part, `company` all sentences.
    Where a figure goes with all but one name or one other
    figure, both are pointed at: the source has each of them, but not together.
    """
    line = Line(sentence, label, ground, named, loose, around)
    line.company = company
    at_odds: list[tuple[Fact, tuple[int, int] | None]] = []
    for fact in line.said:
        if any(fact.start < b and a < fact.end for a, b in skip) or free(fact, sentence, own, ground):
            continue
        name = numbered_name(sentence, fact, ground)
        if name is True:
            continue
        word = _word(sentence, fact)
        why = f"“{name} {word}” is not in the source." if name else _absent(fact, line, earlier)
        if not why and line.where(fact) and all(retracted(figure, ground) for figure in line.where(fact)):
            why = f"The source takes {word} back."
        if not why and line.where(fact) and not worked_out(fact, line, line.context(fact), sure=True):
            if margin(fact, line) > 0 and not _written(fact, line):
                at_odds.append((fact, _odd(fact, line)))
            elif swapped(fact, line):
                start, end = _with_name(fact, line)
                yield Problem(start, end, fact.kind, "warn", f"The source has {word} for something else, not for this.")
            elif misplaced(fact, line):
                why = f"The source has {word} for something else, not for this."
            elif other := counted_otherwise(fact, line):
                why = f"The source has {other} {fact.counts}, not {word}."
        elif not why and misplaced(fact, line):
            why = f"“{word}” is not in the source."
        if why:
            yield Problem(fact.start, fact.end, fact.kind, "warn", why)
    yield from _told(at_odds, line)


def exchanged(
    joined: str, middle: int, ground: Ground, own: frozenset[float], skip: Sequence[tuple[int, int]]
) -> Iterator[Problem]:
    """Two figures that have changed places over two sentences of a post, or two lines of a list: "Hives treated in
    May lost 9 %. Those treated in July lost 4 %." `joined` is both, `middle` where the second begins."""
    line = Line(joined, "", ground)
    said = [
        fact
        for fact in line.said
        if not any(fact.start < b and a < fact.end for a, b in skip)
        and fact not in line.numbered
        and not free(fact, joined, own, ground)
        and line.where(fact)
    ]
    for first, second in itertools.product(said, said):
        parted = first.end <= middle <= second.start and first.value != second.value
        if parted and exchangeable(first, second) and crossing(first, second, line) > 0:
            for fact in (first, second):
                word = _word(joined, fact)
                why = f"The source has {word} for something else, not for this."
                yield Problem(fact.start, fact.end, fact.kind, "warn", why)


def _word(text: str, fact: Fact) -> str:
    """A figure as a sentence has it, without the full stop of the sentence."""
    word = text[fact.start : fact.end].strip()
    return word if word.lower().endswith("m.") else word.rstrip(".")


def _written(fact: Fact, line: Line) -> bool:
    """Whether the digits of a figure stand in the sentence that has another one: "EIP7976" is no figure there."""
    digits = re.fullmatch(r"\D*(\d{3,})\D*", line.text[fact.start : fact.end])
    found = best_two(fact, line, line.context(fact)) if digits else None
    if not digits or not found or any(figure.sentence == found[1].sentence for figure in line.where(fact)):
        return False
    return digits[1] in line.ground.sentences[found[1].sentence].text


def _with_name(fact: Fact, line: Line) -> tuple[int, int]:
    """A figure with the one name that its clause gives it to: "Japan with 9 %" may be wrong in either."""
    begin, stop = line.clause(fact)[1]
    near = [(a, b) for a, b in line.named if begin <= a and b <= stop and max(a - fact.end, fact.start - b) <= 12]
    if len(near) != 1:
        return fact.start, fact.end
    return min(near[0][0], fact.start), max(near[0][1], fact.end)


def _told(at_odds: list[tuple[Fact, tuple[int, int] | None]], line: Line) -> Iterator[Problem]:
    """One problem for a figure that the source has for something else, or for it and what it is at odds with."""
    blamed = [odd for _, odd in at_odds if odd]
    told: set[tuple[int, int]] = set()
    for fact, odd in at_odds:
        word = _word(line.text, fact)
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
    if _EPISODE.search(sentence[: fact.start]) and fact.dimensions <= {"", "ordinal"}:
        numbered = re.compile(_EPISODE.pattern.removesuffix("$") + re.escape(f"{fact.value:.0f}") + r"\b")
        if any(numbered.search(said.text) for said in ground.sentences):
            return True
    return fact.words and fact.dimensions <= {""} and _lists(fact, sentence)


def _lists(fact: Fact, sentence: str) -> bool:
    """ "Four virtues: patience, thrift, salt and sleep" counts what it lists."""
    after = re.split(r":\s|\s[–—-]\s", sentence[fact.end :], maxsplit=1)
    if len(after) < 2 or len(after[0].split()) > 4:
        return False
    items = re.split(r",\s*(?:and |und |et |y |e )?|\s(?:and|und|et|y|e|&)\s|;\s", after[1])
    return len(items) == fact.value


def _absent(fact: Fact, line: Line, earlier: str = "") -> str:
    """Why a figure is not borne out by any of the source, or ""."""
    ground = line.ground
    word = _word(line.text, fact)
    where = line.where(fact)
    if not where:
        if noted(fact, line.text, ground.recorded, ground.language) or lasting(fact, line.text, ground.recorded):
            return ""
        if (
            _glued(word, ground)
            or _one_number(fact, line.text, ground)
            or (ground.language != "en" and "share" in fact.dimensions and rest_of(fact, line))
        ):
            return ""
        around = line.context(fact)
        beside = [other for other in line.said if other is not fact]
        told = facts(earlier, ground.language) if earlier else []
        if derived(fact, around, ground, beside, line.text, told) or worked_out(fact, line, around):
            return ""
        for whole in wholes(fact, line.said, line.text):
            if line.where(whole) or derived(whole, around, ground, beside, line.text, told):
                return ""
        others = rivals(fact, line, homes(around))
        small = fact.words and fact.kind == "number" and fact.value <= 3 and fact.dimensions <= {"", "ordinal"}
        if small and not any(near_pull(around, other.place) > 1.5 for other in others):
            return ""  # "two reasons" counts what the writer lists
        return f"“{word}” is not in the source."
    return ""


def _glued(word: str, ground: Ground) -> bool:
    """Whether a number of three digits or more stands in a word of the source: "port6697"."""
    if not re.fullmatch(r"\d{3,}", word) or word not in ground.flat:
        return False
    return any(re.search(rf"[A-Za-z/_]{word}(?!\d)", said.text) for said in ground.sentences)


def _one_number(fact: Fact, text: str, ground: Ground) -> bool:
    """Whether a figure is of two with a stroke that a recogniser has written as one: "64/64" for "6464"."""
    for pair in _STROKE.finditer(text):
        if pair.start() <= fact.start and fact.end <= pair.end() and pair[1] + pair[2] in _digits(ground):
            return True
    return False


_STROKE = re.compile(r"(?<![\d/])(\d{2,3})/(\d{2,3})(?![\d/])")


def _digits(ground: Ground) -> frozenset[str]:
    return frozenset(f"{figure.fact.value:.0f}" for figure in ground.figures if not figure.fact.words)


def wholes(fact: Fact, said: Sequence[Fact], text: str) -> list[Fact]:
    """The measures that a figure is one of two parts of: "two hours and forty minutes"."""
    parts = [one for one in said if one.dimensions == fact.dimensions == {"time"}]
    return [one for one in compound(text, parts) if one.start <= fact.start and fact.end <= one.end]


# A figure and what it is at odds with are pointed at as one where they stand this close, in characters.
_TOGETHER = 60
# Two figures of the source are of one thing within so many places of words.
_CLOSE = 45


def _odd(fact: Fact, line: Line) -> tuple[int, int] | None:
    """The figure or the name of the sentence without which its own place will do for `fact`, or None."""
    around = line.context(fact)
    least, found = -0.5, None
    for other in line.said:
        if other is fact or comparable(fact, other) or not line.where(other) or _borne_out(other, fact, line):
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


def _borne_out(other: Fact, fact: Fact, line: Line) -> bool:
    """Whether a third figure of a sentence stands beside `other` in the source: the two agree, and `fact` is odd."""
    places = [figure.place for figure in line.where(other)]
    return any(
        abs(figure.place - place) <= _CLOSE
        for third in line.said
        if third is not fact and third is not other and third.value > 2
        for figure in line.where(third)
        for place in places
    )


def _met(fact: Fact, line: Line, around: Context) -> bool:
    """Whether anything that is left of a sentence stands near a figure of the source that bears it out."""
    return any(score(around, figure, kin_of(fact, figure, line.ground)) > 0 for figure in line.where(fact)[:50])
