"""Learn the weights of `resources/points.toml` from sentences editors chose.

    python -m benchmarks.train_points            print the nested cross-validation of every model tried
    python -m benchmarks.train_points --write    the same, then fit on everything and write the file

A logistic regression on features standardised within each transcript; each transcript has the same weight. Outer
loop: one transcript out. Inner loop: four folds of the rest choose the penalty. A claim counts as found when one of
its sentences is among the first 24 points.
"""

import argparse
import random
import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.evidence_data import Labelled, claims, labelled, samples
from composer.evidence import points
from composer.evidence.features import NAMES, Features
from composer.paths import root

FIRST = 24
PENALTIES = (10.0, 30.0, 100.0)
# How much a transcript labelled by one reader counts beside one of the editors' own.
OWN = 0.7
Array = NDArray[np.float64]


class Case:
    """One transcript: features, labels, and how many of its claims a ranking finds."""

    def __init__(self, source: Labelled) -> None:
        transcript = source.transcript
        self.name, self.claims = source.name, source.claims
        self.features = Features(
            source.sentences, transcript.language, transcript.title or "", [c.title for c in transcript.chapters]
        )
        chosen = np.zeros(len(source.sentences))
        for claim in source.claims:
            chosen[sorted(claim)] = 1
        start, end = source.span
        self.all = np.array(self.features.standardised())
        self.rows, self.chosen = self.all[start:end], chosen[start:end]

    def found(self, scores: Sequence[float], *counts: int) -> int:
        """Claims with a sentence among the first points, summed over `counts`."""
        value = [score + points.taste(row) for score, row in zip(scores, self.features.rows, strict=True)]
        order = points.choose(self.features, value, max(counts or (FIRST,)))
        total = 0
        for count in counts or (FIRST,):
            held = set(order[:count])
            held |= {i - 1 for i in order[:count] if points.joined(self.features, i)}
            total += sum(1 for claim in self.claims if claim & held)
        return total


def fit(cases: Sequence[tuple[Case, float]], penalty: float) -> Array:
    """Weights by Newton's method; the intercept is dropped, as only the order within a source matters."""
    rows = np.vstack([case.rows for case, _ in cases])
    chosen = np.concatenate([case.chosen for case, _ in cases])
    share = np.concatenate([np.full(len(case.chosen), 300 * worth / len(case.chosen)) for case, worth in cases])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros(rows.shape[1])
    ridge = np.eye(len(weights)) * penalty
    ridge[-1, -1] = 1e-6
    for _ in range(40):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (likely - chosen)) + ridge @ weights
        curve = (rows.T * (share * likely * (1 - likely))) @ rows + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return np.asarray(weights[:-1], dtype=np.float64)


def choose_penalty(cases: Sequence[Case], own: Sequence[Case]) -> float:
    """The penalty that finds most over four folds."""
    scores: dict[float, int] = {}
    for penalty in PENALTIES:
        total = 0
        for fold in range(4):
            inside = [(c, 1.0) for i, c in enumerate(cases) if i % 4 != fold] + [(c, OWN) for c in own]
            weights = fit(inside, penalty)
            total += sum(
                c.found([float(v) for v in c.all @ weights], 16, 24, 36) for i, c in enumerate(cases) if i % 4 == fold
            )
        scores[penalty] = total
    return max(PENALTIES, key=lambda p: scores[p])


def nested(cases: Sequence[Case], own: Sequence[Case]) -> list[int]:
    """Claims found in each transcript by weights that never saw it."""
    found = []
    for out in cases:
        rest = [case for case in cases if case is not out]
        weights = fit([(c, 1.0) for c in rest] + [(c, OWN) for c in own], choose_penalty(rest, own))
        found.append(out.found([float(v) for v in out.all @ weights]))
    return found


def interval(found: Sequence[int], totals: Sequence[int]) -> tuple[float, float]:
    """A 90 % interval of the share, by drawing transcripts with replacement."""
    draw = random.Random(7)
    shares = []
    for _ in range(4000):
        picked = [draw.randrange(len(found)) for _ in found]
        shares.append(sum(found[i] for i in picked) / sum(totals[i] for i in picked))
    shares.sort()
    return shares[200], shares[3799]


def report(name: str, found: Sequence[int], cases: Sequence[Case]) -> None:
    totals = [len(case.claims) for case in cases]
    low, high = interval(found, totals)
    share = sum(found) / sum(totals)
    print(f"{name:<44} {sum(found):>3} of {sum(totals)}  {share:6.1%}  [{low:.1%}, {high:.1%}]  {list(found)}")


def baselines(cases: Sequence[Case]) -> None:
    def chance(case: Case, seed: int) -> int:
        draw = random.Random(seed)
        return case.found([draw.random() for _ in case.all])

    totals = [np.mean([chance(case, seed) for seed in range(5)]) for case in cases]
    every = sum(len(case.claims) for case in cases)
    print(f"{'chance, same selection (mean of 5)':<44} {sum(totals):.1f} of {every}  {sum(totals) / every:6.1%}")
    simple: list[tuple[str, Callable[[Case], list[float]]]] = [
        ("first sentences", lambda case: [-float(i) for i in range(len(case.all))]),
        ("longest", lambda case: [float(v) for v in case.all[:, NAMES.index("length")]]),
        ("most central", lambda case: [float(v) for v in case.all[:, NAMES.index("central")]]),
        ("weights in use (saw these transcripts)", lambda case: points.score(case.features)),
    ]
    for name, scores in simple:
        report(name, [case.found(scores(case)) for case in cases], cases)


def write(weights: Array) -> None:
    """Write `resources/points.toml`, the largest weight first."""
    order = sorted(range(len(NAMES)), key=lambda i: (-abs(round(float(weights[i]), 4)), NAMES[i]))
    lines = [
        "# How much each feature of a sentence speaks for it as a point. Learned by benchmarks/train_points.py;",
        "# features are described in composer/evidence/features.py and standardised within a source.",
        "[weights]",
        *(f"{NAMES[i]} = {float(weights[i]):.4f}" for i in order),
        "",
        "# Set by hand: turns too rare in the labelled transcripts for a weight (an image, a law, a lack).",
        "# Added to the score as they are, not standardised.",
        "[taste]",
        "image = 1.6",
        "",
    ]
    (root() / "resources" / "points.toml").write_text("\n".join(lines), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Learn the weights of the points.")
    parser.add_argument("--write", action="store_true", help="write resources/points.toml")
    options = parser.parse_args(arguments)
    folder = samples()
    if folder is None:
        print("No sample material here; set POST_COMPOSER_SAMPLES.", file=sys.stderr)
        return 1
    cases = [Case(source) for source in claims(folder)]
    own = [Case(source) for source in labelled(folder)]
    print(f"{len(cases)} transcripts of editors' claims, {len(own)} of our own, {len(NAMES)} features")
    baselines(cases)
    report("logistic regression, nested", nested(cases, []), cases)
    if own:
        report("logistic regression with own labels, nested", nested(cases, own), cases)
    if options.write:
        penalty = choose_penalty(cases, own)
        write(fit([(c, 1.0) for c in cases] + [(c, OWN) for c in own], penalty))
        print(f"written with penalty {penalty:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
