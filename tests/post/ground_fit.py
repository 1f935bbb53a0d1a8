"""Fitting the weights of `composer.post.binding` on the true figures of the labelled rounds: `python -m
tests.post.ground_fit` prints them and what they do.

Every figure of a post that is no fault stands for a choice among the figures of its source: those that bear it out
against those it could be mistaken for. The weights are those of a conditional logit (McFadden 1974) over the logarithms
of the features, none below zero, fitted by Adam with a penalty on their squares. A quarter of the weight goes to the
same choices with another figure of the sentence exchanged for a wrong one: beside a fault the rest of a sentence is
still true. The files of one source are never on both sides of a fold.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from composer.post.agreement import supports
from composer.post.binding import FEATURES, context, features, homes
from composer.post.fact import Fact
from composer.post.figures import Line, free, kin_of, numbered_name, rivals
from composer.post.ground import prepare
from composer.post.lines import own_counts, parts, plain
from composer.post.lookup import comparable
from composer.post.quotes import quotations
from composer.sources import read_text
from tests.post.ground_rounds import Fault, rounds


@dataclass(frozen=True, slots=True)
class Choice:
    """One figure of a post: features of every candidate, and which of them bear it out. The last candidate is none."""

    source: str
    rows: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]
    fault: bool
    spoilt: bool


def choices() -> Iterator[Choice]:
    """Every figure of every round that has a candidate, and each again beside a wrong one."""
    chance = random.Random(3)
    for name, source, post, faults in rounds():
        ground = prepare((read_text(source),))
        text, _ = plain(post)
        for part in parts(text):
            quoted = [(one.start, one.end) for one in quotations(part.text)]
            counts = own_counts(text) if part.heading else frozenset()
            for start, end in part.sentences:
                line = Line(part.text[start:end], part.label, ground)
                for fact in line.said:
                    inside = any(fact.start + start < b and a < fact.end + start for a, b in quoted)
                    own = free(fact, line.text, counts, ground) or numbered_name(line.text, fact, ground)
                    if inside or own or not line.where(fact):
                        continue
                    yield from _of(name, fact, line, _wrong(fact, part.start + start, faults), chance)


def _wrong(fact: Fact, offset: int, faults: list[Fault]) -> bool:
    return any(fact.start + offset < fault.end and fault.start < fact.end + offset for fault in faults)


def _of(name: str, fact: Fact, line: Line, fault: bool, chance: random.Random) -> Iterator[Choice]:
    contexts = [(line.context(fact), False)]
    others = [other for other in line.said if other is not fact and line.where(other)]
    for other in chance.sample(others, min(2, len(others))) if not fault else ():
        wrong = rivals(other, line, homes(line.context(other), 12))
        if not wrong:
            continue
        taken = chance.choice(wrong).fact
        places = {id(one): tuple(figure.place for figure in line.where(one)) for one in line.said}
        places[id(other)] = tuple(f.place for f in line.ground.figures if supports(taken, f.fact))
        like = [one for one in line.said if one is not fact and comparable(fact, one)]
        beside = [(one, places[id(one)]) for one in line.said if one is not fact and not comparable(fact, one)]
        mates = [places[id(one)] for one in like]
        around = context(line.text, fact, like, line.label, line.ground, beside=beside, mates=mates)
        contexts.append((around, True))
    for around, spoilt in contexts:
        best = homes(around, 12)
        against = rivals(fact, line, best)
        both = [*line.where(fact), *against]
        rows = [features(around, figure, kin_of(fact, figure, line.ground)) for figure in both]
        right = (*[True] * len(line.where(fact)), *[False] * len(against), True)
        yield Choice(name, (*rows, (0.0,) * len(FEATURES)), right, fault, spoilt)


def fit(found: list[Choice], spoilt: float = 0.25, penalty: float = 0.005, steps: int = 300) -> list[float]:
    """The weights, one a feature."""
    import numpy as np

    data = [
        (np.log1p(np.array(one.rows)), np.array(one.right), spoilt if one.spoilt else 1.0)
        for one in found
        if not one.fault and not all(one.right)
    ]
    spread = np.concatenate([rows for rows, _, _ in data]).std(0) + 1e-9
    weights = np.full(len(FEATURES), 0.3)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = penalty * weights * len(data)
        for rows, right, share in data:
            scaled = rows / spread
            odds = np.exp(scaled @ weights - (scaled @ weights).max())
            slope -= share * (scaled.T @ (odds * right / (odds * right).sum() - odds / odds.sum()))
        slope /= len(data)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        moved = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights - 0.1 * moved, 0.0)
    return [float(weight) for weight in weights / spread]


def main() -> None:
    """Print the weights of all rounds, and by six folds how many true and wrong figures pass each margin."""
    import numpy as np

    found = list(choices())
    names = sorted({one.source for one in found})
    random.Random(1).shuffle(names)
    margins: list[tuple[float, bool]] = []
    for fold in (names[at::6] for at in range(6)):
        weights = fit([one for one in found if one.source not in fold])
        for one in found:
            if one.source in fold and not one.spoilt and not all(one.right):
                scores = np.log1p(np.array(one.rows)) @ np.array(weights)
                right = np.array(one.right)
                margins.append((float(scores[~right].max() - scores[right].max()), one.fault))
    for least in (1.5, 2.0, 2.5, 3.0):
        passed = [fault for margin, fault in margins if margin > least]
        print(f"margin {least}: {passed.count(False)} of {len(margins)} true figures, {passed.count(True)} faults")
    for name, weight in zip(FEATURES, fit(found), strict=True):
        print(f"{name:8} {weight:.2f}")


if __name__ == "__main__":
    main()
