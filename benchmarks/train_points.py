"""Learn the weights of `resources/points.toml` from sentences editors and readers chose.

    python -m benchmarks.train_points            print the cross-validation of every model tried
    python -m benchmarks.train_points --write    the same, then fit on everything and write the file

A logistic regression on features standardised within each transcript; each transcript has the same weight. A
mean of this model and a simpler one, which sees only a sentence by itself, was tried too. A claim
counts as found when one of its sentences is among the first 24 points, or was joined to one. Two yardsticks:

- nested: each of the editors' transcripts in turn is left out, the weights come from all others. What had to be chosen
  (penalty, share of the simpler model, quota, cost of repetition) is chosen on the readers' transcripts alone, before.
- all: ten folds over the editors' and the readers' transcripts together. Steadier, as there are more of them.

A transcript that both labelled never stands on both sides.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from benchmarks.evidence_data import Labelled, claims, labelled, samples
from composer.evidence import points
from composer.evidence.features import NAMES, PLACE, SIGNALS, Features
from composer.paths import root

FIRST = 24
FOLDS = 10
PENALTIES = (100.0, 300.0, 600.0)
SHARES = (0.0, 0.5, 1.0)
QUOTAS, COSTS = (5, 8, 12), (0.3, 0.6, 1.0)
COUNTED = (24, 36)
# From this many words a transcript is long.
LONG = 10_000
SIMPLE = 30.0
# The features of the first model: one sentence alone, no stretches, no lists of words.
FIRST_MODEL = tuple(PLACE[name] for name in NAMES[: PLACE[SIGNALS[-1]] + 1] if name != "middle")
Array = NDArray[np.float64]


class Case:
    """One transcript: features, labels, and how many of its claims a ranking finds."""

    def __init__(self, source: Labelled, own: bool) -> None:
        transcript = source.transcript
        self.name, self.claims, self.own = source.name, source.claims, own
        self.features = Features(
            source.sentences, transcript.language, transcript.title or "", [c.title for c in transcript.chapters]
        )
        self.words = sum(self.features.lengths)
        self.span = slice(*source.span)
        self.chosen = np.zeros(len(source.sentences))
        for claim in source.claims:
            self.chosen[sorted(claim)] = 1
        raw = np.array(self.features.rows)
        spread = raw.std(axis=0)
        self.all: Array = np.where(spread > 1e-6, (raw - raw.mean(axis=0)) / np.maximum(spread, 1e-6), 0.0)
        self.said = frozenset(s.raw for s in source.sentences if len(s.raw) > 40)

    def same(self, other: "Case") -> bool:
        """Whether two labelled transcripts are one."""
        return 2 * len(self.said & other.said) > min(len(self.said), len(other.said))

    def order(self, scores: Array, count: int = 48) -> list[int]:
        """The sentences chosen by `scores`, as the app chooses."""
        value = [float(s) + points.taste(row) for s, row in zip(scores, self.features.rows, strict=True)]
        return points.choose(self.features, value, count)

    def found(self, order: Sequence[int], count: int = FIRST) -> int:
        """Claims with a sentence among the first points."""
        held = set(order[:count]) | {
            i - 1 for i in order[:count] if points.joined(self.features.sentences, i, self.features.language)
        }
        return sum(1 for claim in self.claims if claim & held)

    def hits(self, order: Sequence[int], count: int) -> int:
        """How many of the first points are chosen sentences."""
        return int(sum(self.chosen[i] for i in order[:count]))


Model = Callable[[Sequence["Case"]], Callable[["Case"], Array]]
_FITTED: dict[tuple[tuple[int, ...], float, bool], Array] = {}


def fit(cases: Sequence[Case], penalty: float, simple: bool = False) -> Array:
    """Weights by Newton's method; the intercept is dropped, as only the order within a source matters. `simple` keeps
    to `FIRST_MODEL`; the other weights are 0."""
    key = (tuple(id(case) for case in cases), penalty, simple)
    if key in _FITTED:
        return _FITTED[key]
    use = list(FIRST_MODEL) if simple else list(range(len(NAMES)))
    rows = np.vstack([case.all[case.span][:, use] for case in cases]).astype(np.float32)
    chosen = np.concatenate([case.chosen[case.span] for case in cases])
    share = np.concatenate([np.full(size, 300 / size) for case in cases for size in (len(case.chosen[case.span]),)])
    rows = np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)])
    weights = np.zeros(rows.shape[1])
    ridge = np.full(len(weights), penalty)
    ridge[-1] = 1e-6
    for _ in range(30):
        likely = 1 / (1 + np.exp(-(rows @ weights.astype(np.float32)).astype(np.float64)))
        slope = rows.T @ (share * (likely - chosen)).astype(np.float32) + ridge * weights
        bend = (share * likely * (1 - likely)).astype(np.float32)
        curve = ((rows * bend[:, None]).T @ rows).astype(np.float64) + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        step *= min(1.0, 2 / np.abs(step).max())
        weights -= step
        if np.abs(step).max() < 1e-3:
            break
    full = np.zeros(len(NAMES))
    full[use] = weights[:-1]
    _FITTED[key] = full
    return full


def blend(cases: Sequence[Case], penalty: float, share: float) -> Array:
    """`share` of the weights of the simple model, the rest of the full one."""
    whole = fit(cases, penalty) if share < 1 else np.zeros(len(NAMES))
    return (1 - share) * whole + (share * fit(cases, SIMPLE, simple=True) if share > 0 else 0.0)


def logistic(penalty: float, share: float) -> Model:
    """A model: fitted on some cases, it scores another."""

    def model(cases: Sequence[Case]) -> Callable[[Case], Array]:
        weights = blend(cases, penalty, share)
        return lambda case: case.all @ weights

    return model


def trees(penalty: float) -> Model:
    """Boosted trees of scikit-learn, where it is installed: a model that was tried and is not shipped."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    def model(cases: Sequence[Case]) -> Callable[[Case], Array]:
        machine = HistGradientBoostingClassifier(
            learning_rate=0.05,
            max_iter=150,
            max_leaf_nodes=5,
            min_samples_leaf=60,
            l2_regularization=penalty,
            max_features=0.3,
            random_state=0,
        )
        share = np.concatenate([np.full(len(c.chosen[c.span]), 300 / len(c.chosen[c.span])) for c in cases])
        rows = np.vstack([c.all[c.span] for c in cases])
        machine.fit(rows, np.concatenate([c.chosen[c.span] for c in cases]), sample_weight=share)
        return lambda case: np.asarray(machine.decision_function(case.all), dtype=np.float64)

    return model


def folded(cases: Sequence[Case], model: Model) -> list[Array]:
    """Scores of each case by a model that saw none of its fold. The same transcript twice is in one fold."""
    place: list[int] = []
    for at, case in enumerate(cases):
        twin = next((n for n in range(at) if cases[n].same(case)), None)
        place.append(at % FOLDS if twin is None else place[twin])
    scores: list[Array] = [np.zeros(0)] * len(cases)
    for fold in range(FOLDS):
        score = model([c for c, p in zip(cases, place, strict=True) if p != fold])
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


def choose(own: Sequence[Case]) -> tuple[float, float, int, float]:
    """Penalty, share of the simple model, quota and cost of repetition that find most in the readers' transcripts."""
    best: tuple[int, float, float, int, float] | None = None
    for penalty in PENALTIES:
        for share in SHARES:
            scores = folded(own, logistic(penalty, share))
            row = []
            for quota in QUOTAS:
                for cost in COSTS:
                    with selection(quota, cost):
                        orders = [case.order(s, 36) for case, s in zip(own, scores, strict=True)]
                    total = sum(c.found(o, n) for c, o in zip(own, orders, strict=True) for n in COUNTED)
                    row.append(f"{quota}/{cost:g} {total}")
                    if best is None or total > best[0]:
                        best = (total, penalty, share, quota, cost)
            print(f"  penalty {penalty:g}, simple share {share:g}: {', '.join(row)}", flush=True)
    assert best is not None
    return best[1:]


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


def table(cases: Sequence[Case], own: Sequence[Case], options: argparse.Namespace) -> None:
    """Every model that was tried; sets penalty and share in `options` where they were not given."""
    baselines(cases)
    agreement(cases, own)
    if not options.penalty:
        print("Chosen on the readers' transcripts alone: claims in 24 and in 36, by quota/cost of repetition")
        options.penalty, options.share, quota, cost = choose(own)
        print(f"  chosen: penalty {options.penalty:g}, simple share {options.share:g}, quota {quota}, cost {cost:g}")
        print(f"  in use: quota {points.QUOTA}, cost {points.NEWS}")
    every = [*cases, *own]
    penalty = options.penalty
    models = [
        ("simple model, editors' labels only", logistic(penalty, 1.0), []),
        *((f"simple share {share:g}, readers' labels too", logistic(penalty, share), own) for share in SHARES),
    ]
    print(f"Nested, the editors' transcripts, penalty {penalty:g}:")
    for name, model, others in models:
        report(name, cases, nested(cases, others, model))
    try:
        report("boosted trees, readers' labels too", cases, nested(cases, own, trees(20.0)))
    except ImportError:
        print(f"{'boosted trees':<46} skipped: scikit-learn is not installed")
    print("All transcripts, ten folds:")
    for name, model, others in models:
        if others:
            scores = folded(every, model)
            report(name, every, scores)
            report("  of these, the readers'", own, scores[len(cases) :])


def write(weights: Array) -> None:
    """Write `resources/points.toml`, the largest weight first."""
    order = sorted(range(len(NAMES)), key=lambda i: (-abs(round(float(weights[i]), 4)), NAMES[i]))
    lines = [
        "# How much each feature of a sentence speaks for it as a point. Learned by benchmarks/train_points.py;",
        "# features are described in composer/evidence/features.py and standardised within a source.",
        "[weights]",
        *(f"{NAMES[i]} = {float(weights[i]):.4f}" for i in order if round(float(weights[i]), 4)),
        "",
        "# Set by hand: turns too rare in the labelled transcripts for a weight (an image, a law, a lack).",
        "# Added to the score as they are, not standardised.",
        "[taste]",
        "image = 0.4",
        "",
    ]
    (root() / "resources" / "points.toml").write_text("\n".join(lines), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Learn the weights of the points.")
    parser.add_argument("--write", action="store_true", help="write resources/points.toml")
    parser.add_argument("--penalty", type=float, help="penalty and share, instead of choosing them first")
    parser.add_argument("--share", type=float, default=0.0, help="of the simpler model, with --penalty")
    parser.add_argument("--quick", action="store_true", help="no table")
    options = parser.parse_args(arguments)
    folder = samples()
    if folder is None:
        print("No sample material here; set POST_COMPOSER_SAMPLES.", file=sys.stderr)
        return 1
    cases = [Case(source, own=False) for source in claims(folder)]
    own = [Case(source, own=True) for source in labelled(folder)]
    print(f"{len(cases)} transcripts of editors' claims, {len(own)} of readers, {len(NAMES)} features")
    if not options.quick:
        table(cases, own, options)
    if options.write:
        write(blend([*cases, *own], options.penalty or 300.0, options.share))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
