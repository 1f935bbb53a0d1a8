"""Fitting the weights of `binding`, `elsewhere` and `swaps` on the labelled rounds: `python -m tests.post.ground_fit`
prints them and what they do on rounds that they were not fitted to.

Where a figure of the source is looked for is a choice among its places: those that bear the figure of the post out
against those it could be mistaken for. The weights of that are those of a conditional logit (McFadden 1974) over the
logarithms of the features, none below zero, fitted by Adam with a penalty on their squares.

Whether it stands at the wrong event, and whether two have changed places, are logistic regressions with such a penalty.
Labelled faults are few, so true figures of a post are also exchanged: for two others of the source that could be taken
for them, drawn with a fixed seed, and for each other. These count little: they only shape the weights. What is printed
of precision and recall counts labelled posts alone, each round held back in turn.
"""

import copy
import itertools
import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from composer.post.grounding.figures import elsewhere, swaps
from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.binding import FEATURES, features, homes
from composer.post.grounding.figures.figures import free
from composer.post.grounding.figures.line import Line, company_of, kin_of, numbered_name, rivals
from composer.post.grounding.figures.lookup import comparable, exchangeable
from composer.post.grounding.quotations.quotes import quotations
from composer.post.grounding.source.ground import Ground, prepare
from composer.post.grounding.source.lines import own_counts, parts, plain, statements
from composer.post.grounding.values.fact import Fact
from composer.sources import Transcript, read, read_text
from tests.post import ground_rounds
from tests.samples import samples_dir

FOLDERS: list[Path] = []
MADE = 0.02, 0.1
"""How much an exchanged figure counts, and an exchanged pair, where a labelled one counts one."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a figure, or a pair, of a post gives to be weighed."""

    name: str
    values: tuple[float, ...]
    fault: bool
    made: bool = False
    counts: bool = True
    told: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One figure of a post: features of every candidate, and which of them bear it out. The last candidate is none."""

    rows: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence of a post and the figures of it that are looked up, each with whether it is at fault."""

    name: str
    line: Line
    facts: tuple[tuple[Fact, bool], ...]
    clean: bool
    parted: int = 0


def labelled() -> Iterator[tuple[str, Transcript, str, list[ground_rounds.Fault]]]:
    """(file, source, post, faults) of every post; a file may name a source of the samples instead of holding one."""
    for folder in FOLDERS or [ground_rounds.FOLDER]:
        for path in sorted(folder.glob("*.toml")):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            if "path" in data:
                read_in = read(samples_dir() / data["path"])
                source = getattr(read_in, "transcript", read_in)
            else:
                source = read_text(data["source"])
            name = path.stem if path.stem[:1] == "r" and "_" in path.stem else f"{folder.name}_{path.stem}"
            for marked in data["posts"]:
                yield name, source, *ground_rounds.unmark(marked)


def sentences() -> Iterator[Held]:
    """Every sentence of every round that has a figure with a place in its source."""
    for name, source, post, faults in labelled():
        ground = prepare((source,))
        text, back = plain(post)
        pieces = parts(text)
        company = company_of(pieces, ground)
        for part in pieces:
            quoted = [(one.start, one.end) for one in quotations(part.text)]
            counts = own_counts(text) if part.heading else frozenset()
            for start, end in part.sentences:
                beside = " ".join(part.text[a:b] for a, b in part.sentences if b <= start or a >= end)
                line = Line(part.text[start:end], part.label, ground, (), part.title_case, beside)
                line.company = company
                # Where each character of the sentence is in the post as it was given.
                at = [back[min(part.start + start + by, len(back) - 1)] for by in range(end - start + 1)]
                found = []
                for fact in line.said:
                    inside = any(fact.start + start < b and a < fact.end + start for a, b in quoted)
                    own = free(fact, line.text, counts, ground) or numbered_name(line.text, fact, ground)
                    if not inside and not own and line.where(fact):
                        found.append((fact, _meets(at[fact.start], at[fact.end], faults)))
                if found:
                    yield Held(name, line, tuple(found), not _meets(at[0], at[-1], faults))
        yield from _joined(name, text, back, ground, faults)


def _joined(
    name: str, text: str, back: list[int], ground: Ground, faults: Sequence[ground_rounds.Fault]
) -> Iterator[Held]:
    counts = own_counts(text)
    for (first, middle), (_, last) in itertools.pairwise(statements(parts(text))):
        line = Line(text[first:last].replace("\n", ";"), "", ground)
        quoted = [(one.start, one.end) for one in quotations(line.text)]
        found = [
            (fact, _meets(back[first + fact.start], back[first + fact.end], faults))
            for fact in line.said
            if not any(fact.start < b and a < fact.end for a, b in quoted)
            and not free(fact, line.text, counts, ground)
            and not numbered_name(line.text, fact, ground)
            and line.where(fact)
        ]
        if found:
            yield Held(name, line, tuple(found), not _meets(back[first], back[last], faults), middle - first)


def _meets(start: int, end: int, faults: Sequence[ground_rounds.Fault]) -> bool:
    return any(start < fault.end and fault.start < end for fault in faults)


def exchanged(line: Line, changes: dict[int, Fact]) -> Line:
    """The same sentence with other figures in it, by `id`."""
    other = copy.copy(line)
    other.said = [changes.get(id(fact), fact) for fact in line.said]
    other.told = [changes.get(id(fact), fact) for fact in line.told]
    other._where, other._contexts, other._carried, other.crossed = {}, {}, None, None
    other.placed = {}
    return other


def choices(held: Sequence[Held]) -> Iterator[Choice]:
    """Every true figure with a candidate that it could be mistaken for."""
    for one in held:
        for fact, fault in () if one.parted else one.facts:
            line, around = one.line, one.line.context(fact)
            against = rivals(fact, line, homes(around, 12))
            if fault or not against:
                continue
            both = [*line.where(fact), *against]
            rows = [features(around, figure, kin_of(fact, figure, line.ground)) for figure in both]
            right = (*[True] * len(line.where(fact)), *[False] * len(against), True)
            yield Choice((*rows, (0.0,) * len(FEATURES)), right)


def places(held: Sequence[Held]) -> Iterator[Row]:
    """Every figure as `elsewhere.weighed` weighs it, and true ones exchanged for others of the source."""
    chance = random.Random(5)
    for one in held:
        for fact, fault in () if one.parted else one.facts:
            line, ground = one.line, one.line.ground
            values = elsewhere.weighed(fact, line, line.context(fact))
            told = f"{line.text[fact.start : fact.end]} | {line.label} {line.text}"
            if values is not None:
                yield Row(one.name, values, fault, counts=fault or one.clean, told=told)
            pool = [
                figure.fact
                for figure in ground.figures
                if not figure.named
                and figure.fact.value > 1
                and comparable(fact, figure.fact)
                and not any(supports(other, figure.fact) for other in line.told)
            ]
            for drawn in chance.sample(pool, min(2, len(pool))) if one.clean else ():
                made = replace(drawn, start=fact.start, end=fact.end, hedge="")
                other = exchanged(line, {id(fact): made})
                if any(supports(made, figure.fact) for figure in line.where(fact)):
                    continue
                values = elsewhere.weighed(made, other, other.context(made))
                if values is not None:
                    yield Row(one.name, values, True, made=True)


def pairs(held: Sequence[Held]) -> Iterator[Row]:
    """Every two figures as `swaps.crossed` weighs them, and true ones exchanged for each other."""
    for one in held:
        for at, (first, wrong) in enumerate(one.facts):
            for second, bad in one.facts[at + 1 :]:
                if not exchangeable(first, second) or first.value == second.value:
                    continue
                if one.parted and (first.end > one.parted or second.start < one.parted):
                    continue
                told = f"{one.line.text[first.start : first.end]} / {one.line.text[second.start : second.end]} | "
                values = swaps.weighed(first, second, one.line)
                if values is not None:
                    yield Row(one.name, values, wrong and bad, counts=wrong == bad, told=told + one.line.text)
                if not one.clean or not comparable(first, second):
                    continue
                ours = replace(second, start=first.start, end=first.end)
                theirs = replace(first, start=second.start, end=second.end)
                line = exchanged(one.line, {id(first): ours, id(second): theirs})
                values = swaps.weighed(ours, theirs, line)
                if values is not None:
                    yield Row(one.name, values, True, made=True)


def choose(found: Sequence[Choice]) -> list[float]:
    """The weights of the places of a figure, one a feature."""
    return logit([(one.rows, one.right) for one in found], penalty=0.005)


def logit(
    found: Sequence[tuple[Sequence[Sequence[float]], Sequence[bool]]], *, penalty: float, steps: int = 300
) -> list[float]:
    """The weights of a conditional logit, one a feature: of each row of values, which were right. None below zero."""
    import numpy as np

    data = [(np.log1p(np.array(rows)), np.array(right)) for rows, right in found]
    spread = np.concatenate([rows for rows, _ in data]).std(0) + 1e-9
    weights = np.full(len(spread), 0.3)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = penalty * weights * len(data)
        for rows, right in data:
            scaled = rows / spread
            odds = np.exp(scaled @ weights - (scaled @ weights).max())
            slope -= scaled.T @ (odds * right / (odds * right).sum() - odds / odds.sum())
        slope /= len(data)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        moved = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights - 0.1 * moved, 0.0)
    return [float(weight) for weight in weights / spread]


def weigh(rows: Sequence[Row], made: float, penalty: float) -> tuple[float, list[float]]:
    """What is added, and the weights, of a logistic regression: Newton's method, features scaled to one spread."""
    import numpy as np

    used = [row for row in rows if row.counts]
    values = np.array([row.values for row in used])
    fault = np.array([float(row.fault) for row in used])
    share = np.array([made if row.made else 1.0 for row in used])
    middle, spread = values.mean(0), values.std(0) + 1e-9
    scaled = np.c_[np.ones(len(used)), (values - middle) / spread]
    held = np.diag([0.0, *[penalty] * values.shape[1]])
    found = np.zeros(scaled.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
        slope = scaled.T @ (share * (chance - fault)) + held @ found
        bend = (scaled * (share * chance * (1 - chance) + 1e-9)[:, None]).T @ scaled + held
        found = found - np.linalg.solve(bend, slope)
    weights = found[1:] / spread
    return float(found[0] - middle @ weights), [float(weight) for weight in weights]


def held_back(rows: Sequence[Row], made: float, penalty: float) -> list[tuple[float, Row]]:
    """The labelled rows with the log odds that the other rounds give them, the highest first."""
    found: list[tuple[float, Row]] = []
    for name in sorted({row.name.split("_")[0] for row in rows}):
        add, weights = weigh([row for row in rows if row.name.split("_")[0] != name], made, penalty)
        for row in rows:
            if row.name.split("_")[0] == name and not row.made:
                found.append((add + sum(w * v for w, v in zip(weights, row.values, strict=True)), row))
    return sorted(found, key=lambda pair: -pair[0])


def show(title: str, names: Sequence[str], rows: Sequence[Row], made: float, penalty: float) -> None:
    """Print the weights of all rounds, and what each threshold tells of rounds that are held back."""
    print(title)
    found = held_back(rows, made, penalty)
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0):
        told = [row.fault for odds, row in found if odds > least]
        print(f"  from {least}: {told.count(True)} of {sum(row.fault for _, row in found)} faults, "
              f"{told.count(False)} true")  # fmt: skip
    add, weights = weigh(rows, made, penalty)
    print(f"_BIAS = {add:.2f}")
    print("_WEIGHTS = (" + ", ".join(f"{weight:.2f}" for weight in weights) + ")")
    print("  " + ", ".join(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True)))
    if "-v" in sys.argv:
        for odds, row in found:
            if (odds > -0.5 and not row.fault) or (odds < 0 and row.fault):
                print(f"  {'missed' if row.fault else 'false'} {odds:.2f} {row.name} {row.told}")


def main() -> None:
    """Print the weights of all rounds, and how well those of all but one do on that one."""
    FOLDERS.extend(Path(argument) for argument in sys.argv[1:] if argument != "-v")
    held = list(sentences())
    weights = choose(list(choices(held)))
    print("binding: " + ", ".join(f"{name} {weight:.2f}" for name, weight in zip(FEATURES, weights, strict=True)))
    show("elsewhere", elsewhere.FEATURES, list(places(held)), MADE[0], 20.0)
    show("swaps", swaps.FEATURES, list(pairs(held)), MADE[1], 5.0)


if __name__ == "__main__":
    main()
