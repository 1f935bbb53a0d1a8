"""Where in its source to look for what a post has otherwise, and what the source says there instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.binding import homes, near_pull, score
from composer.post.grounding.figures.line import Line, kin_of, rivals
from composer.post.grounding.quotations.quotes import tokens
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.terms import content
from composer.post.grounding.values.fact import Fact
from composer.sources.model import Transcript
from composer.text.problems import Problem

# The longest stretch of a source that a message repeats, in characters.
_SHOWN = 90
# So much of a post's sentence, by weight, leads to a sentence of the source, or none is shown.
_SURE = 0.34


@dataclass(frozen=True, slots=True)
class Spot:
    """A sentence of a source, by its index, and what it says instead; "" where that is not known."""

    sentence: int
    instead: str = ""


def placed(problem: Problem, line: Line, ground: Ground, sources: Sequence[str | Transcript]) -> Problem:
    """The problem with its place in the sources, and with the words that the source has for it, where these are found.

    `line` is the sentence of the post that has it; the problem's offsets are those of the line.
    """
    spot = _spot(problem, line, ground)
    if spot is None:
        return problem
    source, segments, seconds = _place(spot.sentence, ground, tuple(sources))
    why = problem.why
    if spot.instead and spot.instead.casefold() not in why.casefold():
        where = (
            f"At {_clock(seconds)} " if seconds is not None else f"In paragraph {segments[0] + 1} " if segments else ""
        )
        who = ground.sentences[spot.sentence].speaker
        told = f"{where}{who if who in ground.speakers else 'it'} says “{spot.instead}”."
        why = f"{why} {told[0].upper()}{told[1:]}"
    return replace(problem, why=why, source=source, segments=segments, seconds=seconds)


def _clock(seconds: float) -> str:
    """Seconds as `12:40`, and as `1:02:40` from an hour on: as the window writes them."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def _spot(problem: Problem, line: Line, ground: Ground) -> Spot | None:
    if problem.kind == "quote":
        if " says this, not " in problem.why:
            spot = _quoted(line.text[problem.start : problem.end], ground) or _home(line, ground)
            return Spot(spot.sentence) if spot else None
        return _quoted(line.text[problem.start : problem.end], ground)
    if problem.kind in ("number", "percent", "date"):
        for fact in line.said:
            if problem.start <= fact.start and fact.end <= problem.end and (found := _figure(fact, line)):
                return found
    return _home(line, ground)


def _figure(fact: Fact, line: Line) -> Spot | None:
    """The figure that the source has where a post has another, if it has one there."""
    ground, around = line.ground, line.context(fact)
    best = homes(around, 2)
    sure = _home(line, ground)
    others = [
        one
        for one in rivals(fact, line, best)
        if _like(fact, one.fact)
        and (
            (one.sentence in best and near_pull(around, one.place) > 1.5)
            or (sure is not None and one.sentence == sure.sentence == best[0])
        )
    ]
    others = others or _as_shares(fact, sorted({*best[:1], *([sure.sentence] if sure else [])}), line)
    if not others:
        return None
    found = max(others, key=lambda one: (score(around, one, kin_of(fact, one, ground)), -one.place))
    return Spot(found.sentence, _as_said(found, ground))


def _as_shares(fact: Fact, rows: Sequence[int], line: Line) -> list[Figure]:
    """For a per cent the shares that some sentences have, and the other way: "a third" where a post has "40 %"."""
    rates = frozenset(["percent", "share"])
    if not fact.dimensions & rates:
        return []
    found = [one for row in rows for one in line.ground.figures_of(row) if one.fact.dimensions & rates]
    return [one for one in found if not any(supports(other, one.fact) for other in line.said)]


def _like(fact: Fact, other: Fact) -> bool:
    """Whether a reader would take the one for the other: no year for a count, no bare "thirty" for a year."""
    years = [not one.readings[0][1] and 1500 <= one.value <= 2100 for one in (fact, other)]
    return years[0] == years[1] and not (other.kind == "date" and other.words)


def _as_said(figure: Figure, ground: Ground) -> str:
    """A figure as the source says it, with the word that it counts."""
    text, fact = ground.sentences[figure.sentence].text, figure.fact
    end = fact.end
    following = re.match(r" ([^\W\d_]+)", text[end:]) if fact.counts else None
    if following and following[1].lower() == fact.counts:
        end += len(following[0])
    return text[fact.start : end].strip(" .,;:")


def _quoted(quote: str, ground: Ground) -> Spot | None:
    """The sentence that has most of a quotation's words, and those words where they are nearly the same."""
    words = tokens(quote, ground.language)
    at = ground.running.at
    scores: dict[int, float] = {}
    known = [word for word in dict.fromkeys(words) if word in at]
    for word in known:
        for row in sorted({_row(place, ground) for place in at[word][:400]}):
            scores[row] = scores.get(row, 0.0) + 1.0 / (1 + len(at[word])) ** 0.5
    if not scores or not words:
        return None
    row = max(sorted(scores), key=lambda one: scores[one])
    text = ground.sentences[row].text
    said = tokens(text, ground.language)
    share = sum(1 for word in known if word in said) / len(set(words))
    if share < 0.6:
        return None
    close = len(text) <= _SHOWN and share >= 0.7 and len(said) <= 2 * len(words) + 4
    return Spot(row, text.strip(' "“”„«».!?。！？') if close and said != words else "")


def _row(place: int, ground: Ground) -> int:
    from bisect import bisect_right

    return bisect_right(ground.running.rows, place) - 1


def _home(line: Line, ground: Ground) -> Spot | None:
    """The sentence of the source that has most of what a sentence of the post says."""
    terms = {term for term, _, _ in content(line.text, ground.language) if term in ground.homes} - ground.weak
    total = sum(sorted(ground.weight.get(term, 0.0) for term in terms))
    scores: dict[int, float] = {}
    for term in sorted(terms):
        for row in ground.homes[term]:
            scores[row] = scores.get(row, 0.0) + ground.weight.get(term, 0.0)
    best = max(sorted(scores), key=lambda one: scores[one], default=-1)
    return Spot(best) if best >= 0 and len(terms) > 1 and scores[best] >= _SURE * total else None


def _place(
    sentence: int, ground: Ground, sources: tuple[str | Transcript, ...]
) -> tuple[int, tuple[int, ...], float | None]:
    """(source, segments, second) of a sentence; no segments where it is not found in any."""
    wanted = ground.sentences[sentence].text
    share = sentence / max(1, len(ground.sentences))
    found: list[tuple[float, int, int]] = []
    whole = sum(len(text) for _, text, _ in _running(sources)) or 1
    before = 0
    for index, text, _ in _running(sources):
        at = text.find(wanted)
        while at >= 0:
            found.append((abs((before + at) / whole - share), index, at))
            at = text.find(wanted, at + 1)
        before += len(text)
    if not found:
        return 0, (), None
    _, index, at = min(found)
    starts = next(starts for number, _, starts in _running(sources) if number == index)
    source = sources[index]
    assert isinstance(source, Transcript)
    segments = tuple(
        number for number, start in enumerate(starts)
        if start < at + len(wanted) and at < (starts[number + 1] if number + 1 < len(starts) else start + 1_000_000)
    )  # fmt: skip
    return index, segments, source.segments[segments[0]].start if segments else None


@lru_cache(maxsize=4)
def _running(sources: tuple[str | Transcript, ...]) -> tuple[tuple[int, str, tuple[int, ...]], ...]:
    """(index, text, where each segment begins) of every source that is a transcript."""
    found = []
    for index, source in enumerate(sources):
        if isinstance(source, str):
            continue
        parts, starts, at = [], [], 0
        for segment in source.segments:
            text = segment.text.strip()
            starts.append(at)
            parts.append(text)
            at += len(text) + 1
        found.append((index, " ".join(parts), tuple(starts)))
    return tuple(found)
