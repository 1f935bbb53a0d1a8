"""Learn the weights of `resources/points.toml` from sentences editors and readers chose.

    python -m benchmarks.train_points            print the cross-validation of every model tried
    python -m benchmarks.train_points --write    the same, then fit on everything and write the file

Within a transcript the chosen sentences compete with all others (a conditional logit, also known as listwise softmax),
so a transcript teaches by its order alone. Features are counted as they are, on one scale for all transcripts. What
readers chose counts for less than what editors chose: their taste differs, and half of their transcripts are of one
show. A claim counts as found when one of its sentences is among the first 24 points, or was joined to one. Yardsticks:

- nested: each of the editors' transcripts in turn is left out, the weights come from all others. In the line "share
  chosen inside" what readers count for is chosen anew each time, by leaving out the other editors' transcripts in
  turn, so that nothing at all was chosen with a look at the transcript that is tried.
- all: ten folds over the editors' and the readers' transcripts together, three times with other folds. Steadier.

A transcript that both labelled never stands on both sides.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec

import numpy as np

from benchmarks.evidence_data import claims, labelled, samples
from benchmarks.point_models import (
    Array,
    Case,
    Model,
    listwise,
    logistic,
    neighbours,
    prepare,
    shipped,
    trees,
    worded,
)
from composer.evidence import points
from composer.evidence.features import NAMES, PLACE
from composer.paths import root

FOLDS, ROUNDS = 10, 3
PENALTY, SHARE = 200.0, 0.15
SHARES = (0.0, 0.07, 0.15, 0.4, 1.0)
COUNTED = (12, 24, 36)
QUOTAS, COSTS = (5, 8, 12, 24), (0.0, 0.3, 0.6, 1.0)
# From this many words a transcript is long.
LONG = 8_000
SHIPPED = "listwise"


def folded(cases: Sequence[Case], model: Model, seed: int = 0) -> list[Array]:
    """Scores of each case by a model that saw none of its fold. The same transcript twice is in one fold."""
    order = list(range(len(cases)))
    random.Random(seed).shuffle(order)
    place = {at: number % FOLDS for number, at in enumerate(order)}
    for at, case in enumerate(cases):
        twin = next((n for n in range(at) if cases[n].same(case)), at)
        place[at] = place[twin]
    scores: list[Array] = [np.zeros(0)] * len(cases)
    for fold in range(FOLDS):
        score = model([case for at, case in enumerate(cases) if place[at] != fold])
        for at, case in enumerate(cases):
            if place[at] == fold:
                scores[at] = score(case)
    return scores


def nested(cases: Sequence[Case], own: Sequence[Case], model: Model) -> list[Array]:
    """Scores of each of the editors' transcripts by weights that never saw it, nor the same text from another hand."""
    found = []
    for out in cases:
        rest = [c for c in (*cases, *own) if c is not out and not c.same(out)]
        found.append(model(rest)(out))
    return found


@contextmanager
def selection(quota: int, cost: float) -> Iterator[None]:
    """Another quota and cost of repetition, for a while."""
    before = points.QUOTA, points.NEWS
    points.QUOTA, points.NEWS = quota, cost
    try:
        yield
    finally:
        points.QUOTA, points.NEWS = before


def inside(cases: Sequence[Case], own: Sequence[Case]) -> list[Array]:
    """As `nested`, but for each of the editors' transcripts what readers count for is the share of `SHARES` by which
    most is found in the other ones, each of them left out in turn as well."""
    kept, found = [], []
    for out in cases:
        others = [c for c in cases if c is not out]
        best = (-1, 0.0)
        for share in SHARES:
            total = 0
            for held in others:
                rest = [c for c in (*others, *own) if c is not held and not c.same(held) and not c.same(out)]
                order = held.order(listwise(PENALTY, share)(rest)(held), max(COUNTED))
                total += sum(held.found(order, n) for n in COUNTED)
            best = max(best, (total, share), key=lambda pair: pair[0])
        kept.append(best[1])
        rest = [c for c in (*others, *own) if not c.same(out)]
        found.append(listwise(PENALTY, best[1])(rest)(out))
    print(f"  shares chosen inside: {', '.join(f'{share:g}' for share in kept)}", flush=True)
    return found


def selections(own: Sequence[Case]) -> None:
    """Claims of readers found in 12, 24 and 36 by quota and cost of repetition."""
    scores = folded(own, listwise(PENALTY, 1.0))
    row = []
    for quota in QUOTAS:
        for cost in COSTS:
            with selection(quota, cost):
                orders = [case.order(s, max(COUNTED)) for case, s in zip(own, scores, strict=True)]
            row.append(
                f"{quota}/{cost:g} {sum(c.found(o, n) for c, o in zip(own, orders, strict=True) for n in COUNTED)}"
            )
    print(f"Readers' claims by quota/cost of repetition (in use {points.QUOTA}/{points.NEWS:g}): {', '.join(row)}")


def interval(found: Sequence[int], totals: Sequence[int]) -> tuple[float, float]:
    """A 90 % interval of the share, by drawing transcripts with replacement."""
    draw = random.Random(7)
    shares = []
    for _ in range(4000):
        picked = [draw.randrange(len(found)) for _ in found]
        shares.append(sum(found[i] for i in picked) / sum(totals[i] for i in picked))
    shares.sort()
    return shares[200], shares[3799]


def report(name: str, cases: Sequence[Case], scores: Sequence[Array]) -> None:
    """One line: claims found with the interval, by length, and how many of the first points are chosen sentences."""
    orders = [case.order(score) for case, score in zip(cases, scores, strict=True)]
    found = [case.found(order) for case, order in zip(cases, orders, strict=True)]
    totals = [len(case.claims) for case in cases]
    low, high = interval(found, totals)
    parts = []
    for label, long in (("long", True), ("short", False)):
        some = [i for i, case in enumerate(cases) if (case.words >= LONG) is long]
        if some:
            parts.append(f"{label} {sum(found[i] for i in some) / sum(totals[i] for i in some):.1%}")
    first = [sum(c.hits(o, n) for c, o in zip(cases, orders, strict=True)) / (n * len(cases)) for n in (8, 12, 24)]
    print(
        f"{name:<46} {sum(found):>3} of {sum(totals)} {sum(found) / sum(totals):6.1%} [{low:.1%}, {high:.1%}]  "
        f"{', '.join(parts)}; chosen among the first 8, 12, 24: {', '.join(f'{v:.0%}' for v in first)}",
        flush=True,
    )
    if len(cases) < 20:
        print(f"{'':<46} {found}", flush=True)


def baselines(cases: Sequence[Case]) -> None:
    draws = [[np.random.default_rng(seed).random(len(case.all)) for case in cases] for seed in range(5)]
    every = sum(len(case.claims) for case in cases)
    total = np.mean([sum(c.found(c.order(s)) for c, s in zip(cases, draw, strict=True)) for draw in draws])
    print(f"{'chance, same selection (mean of 5)':<46} {total:.1f} of {every} {total / every:6.1%}")
    for name in ("begin", "length", "central", "centroid"):
        report(f"by {name} alone", cases, [case.all[:, PLACE[name]] for case in cases])
    report("weights in use (saw these transcripts)", cases, [np.array(points.score(c.features)) for c in cases])


def agreement(cases: Sequence[Case], own: Sequence[Case]) -> None:
    """Where a reader labelled an editor's transcript: how many of the editor's claims the reader's sentences touch."""
    for case in cases:
        for other in own:
            if case.same(other):
                held = frozenset().union(*other.claims)
                hits = sum(1 for claim in case.claims if claim & held)
                print(f"{'another reader of ' + case.name:<46} {hits:>3} of {len(case.claims)} ({len(held)} sentences)")


def table(cases: Sequence[Case], own: Sequence[Case], size: int) -> None:
    """Every model that was tried."""
    baselines(cases)
    agreement(cases, own)
    selections(own)
    every = [*cases, *own]
    models: list[tuple[str, Model]] = [
        ("each sentence by itself, standardised", logistic(300.0)),
        ("listwise, standardised", listwise(PENALTY, SHARE, standard=True)),
        ("listwise, any sentence of a claim", listwise(PENALTY, SHARE, any_of=True)),
        ("listwise, neighbours' features too", neighbours(PENALTY, SHARE, 10 * PENALTY)),
        ("listwise and words", worded(PENALTY, SHARE, size)),
        *((f"listwise, readers' share {share:g}", listwise(PENALTY, share)) for share in SHARES if share != SHARE),
        *((f"listwise, penalty {other:g}", listwise(other, SHARE)) for other in (100.0, 400.0)),
        (SHIPPED, listwise(PENALTY, SHARE)),
    ]
    if find_spec("sklearn"):
        models.append(("boosted trees", trees(20.0)))
    else:
        print(f"{'boosted trees':<46} skipped: scikit-learn is not installed")
    print(f"Nested, the editors' transcripts, penalty {PENALTY:g}, readers' share {SHARE:g}:")
    for name, model in models:
        report(name, cases, nested(cases, own, model))
    report("listwise, readers' share chosen inside", cases, inside(cases, own))
    print("All transcripts, ten folds:")
    for name, model in models:
        for seed in range(ROUNDS if name in (models[0][0], SHIPPED) else 1):
            scores = folded(every, model, seed)
            report(f"{name}{f', round {seed + 1}' if seed else ''}", every, scores)
            if not seed:
                report("  of these, the readers'", own, scores[len(cases) :])


def write(weights: Array) -> None:
    """Write `resources/points.toml`, the largest weight first."""
    order = sorted(range(len(NAMES)), key=lambda i: (-abs(round(float(weights[i]), 4)), NAMES[i]))
    lines = [
        "# How much each feature of a sentence speaks for it as a point. Learned by benchmarks/train_points.py;",
        "# features are described in composer/evidence/features.py and counted as they are.",
        "[weights]",
        *(f"{NAMES[i]} = {float(weights[i]):.4f}" for i in order if round(float(weights[i]), 4)),
        "",
        "# Set by hand: turns too rare in the labelled transcripts for a weight (an image, a law, a lack).",
        "[taste]",
        "image = 0.6",
        "",
    ]
    (root() / "resources" / "points.toml").write_text("\n".join(lines), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Learn the weights of the points.")
    parser.add_argument("--write", action="store_true", help="write resources/points.toml")
    parser.add_argument("--quick", action="store_true", help="no table")
    options = parser.parse_args(arguments)
    folder = samples()
    if folder is None:
        print("No sample material here; set POST_COMPOSER_SAMPLES.", file=sys.stderr)
        return 1
    cases = [Case(source, own=False) for source in claims(folder)]
    own = [Case(source, own=True) for source in labelled(folder)]
    every = [*cases, *own]
    scale, vocabulary = prepare(every)
    print(
        f"{len(cases)} transcripts of editors' claims, {len(own)} of readers, {len(NAMES)} features, "
        f"{len(vocabulary)} words"
    )
    if not options.quick:
        table(cases, own, len(vocabulary))
    if options.write:
        write(shipped(every, PENALTY, SHARE) / scale)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
