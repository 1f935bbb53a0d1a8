"""The models that were tried for the order of points, and the transcripts they learn from.

Of each model there is a function that takes cases and gives a function which scores a case. Shipped is `listwise`; the
others are printed beside it by `benchmarks.train_points`.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.evidence_data import Labelled
from composer.evidence import points
from composer.evidence.features import Features
from composer.evidence.words import said

FIRST = 24
# What a transcript counts for each of its claims.
EACH = 20 / 15
# For the model with words: a word may have a weight when it occurs in this many transcripts, editors' transcripts and
# sentences. Weights are multiples of STEP; less than LEAST counts 0.
SPREAD, SHOWS, TIMES = 8, 4, 20
STEP, LEAST = 0.05, 0.07
WORD_PENALTY = 20.0
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
        self.words_said = [[word.lower() for word in said(sentence.text)] for sentence in source.sentences]
        self.span = slice(*source.span)
        self.chosen = np.zeros(len(source.sentences))
        for claim in source.claims:
            self.chosen[sorted(claim)] = 1
        self.raw: Array = np.array(self.features.rows)
        self.all: Array = np.zeros(0)
        self.within: Array = self.raw - self.raw.mean(axis=0)
        spread = self.raw.std(axis=0)
        self.standard: Array = np.where(spread > 1e-6, self.within / np.maximum(spread, 1e-6), 0.0)
        self.said = frozenset(s.raw for s in source.sentences if len(s.raw) > 40)
        # Which word (by its place in the vocabulary) stands in which sentence.
        self.places, self.terms = np.zeros(0, dtype=int), np.zeros(0, dtype=int)

    def learn_words(self, vocabulary: dict[str, int]) -> None:
        pairs = [
            (at, vocabulary[word])
            for at, spoken in enumerate(self.words_said)
            for word in sorted({w.replace("’", "'") for w in spoken})
            if word in vocabulary
        ]
        self.places = np.array([at for at, _ in pairs], dtype=int)
        self.terms = np.array([term for _, term in pairs], dtype=int)

    def by_words(self, weights: Array) -> Array:
        """What the words of each sentence add to its score."""
        return np.asarray(np.bincount(self.places, weights[self.terms], len(self.chosen)), dtype=np.float64)

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
_FITTED: dict[tuple[object, ...], Array] = {}


def prepare(cases: Sequence[Case]) -> tuple[Array, list[str]]:
    """Give each case its features on one scale and its words; returns the scale and the vocabulary. Neither looks at
    a label."""
    scale = np.sqrt(np.mean([case.raw.var(axis=0) for case in cases], axis=0))
    scale = np.where(scale > 1e-6, scale, 1.0)
    spread: Counter[str] = Counter()
    shows: Counter[str] = Counter()
    times: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for number, case in enumerate(cases):
        case.all = case.within / scale
        if any(case.same(other) for other in cases[:number]):
            continue
        seen: Counter[str] = Counter()
        for spoken, sentence in zip(case.words_said, case.features.sentences, strict=True):
            seen.update({word.replace("’", "'") for word in spoken})
            capital.update(
                {w.lower().replace("’", "'") for w in re.findall(r"(?<=[a-z,] )[A-Z][\w'’]*", sentence.text)}
            )
        times.update(seen)
        spread.update(seen.keys())
        shows.update([] if case.own else seen.keys())
    vocabulary = sorted(
        word
        for word, often in times.items()
        if re.fullmatch(r"[a-z]+(?:'[a-z]+)?", word)
        and (often >= TIMES and spread[word] >= SPREAD and shows[word] >= SHOWS)
        and (3 * capital[word] < often or word.split("'")[0] == "i")
    )
    number_of = {word: at for at, word in enumerate(vocabulary)}
    for case in cases:
        case.learn_words(number_of)
    return scale, vocabulary


def _likely(scores: Array) -> Array:
    """Softmax."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def weight(case: Case, share: float) -> float:
    """What a transcript counts: its claims, of readers' transcripts only `share`."""
    return EACH * len(case.claims) * (share if case.own else 1.0)


def newton(
    rows: Sequence[NDArray[Any]],
    cases: Sequence[Case],
    penalty: float,
    share: float,
    any_of: bool = False,
    near: float = 3e-3,
) -> Array:
    """Weights by which the chosen sentences win against the others of their transcript, drawn towards 0. The search
    ends where a step moves none by more than `near`."""
    width = rows[0].shape[1]
    weights = np.zeros(width)
    for _ in range(25):
        slope, curve = penalty * weights, np.diag(np.full(width, penalty))
        for case, row in zip(cases, rows, strict=True):
            each = weight(case, share)
            if not each:
                continue
            likely = _likely((row @ weights.astype(row.dtype)).astype(np.float64))
            wanted = case.chosen[case.span] / case.chosen[case.span].sum()
            if any_of:
                wanted = np.zeros(len(likely))
                for claim in case.claims:
                    some = np.array(sorted(claim)) - case.span.start
                    wanted[some] += likely[some] / likely[some].sum() / len(case.claims)
            mean = likely @ row
            slope += each * (mean - wanted @ row)
            curve += each * ((row * likely[:, None].astype(row.dtype)).T @ row - np.outer(mean, mean))
        step = np.linalg.solve(curve, slope)
        weights -= step * min(1.0, 1 / np.abs(step).max())
        if np.abs(step).max() < near:
            break
    return weights


def fit(cases: Sequence[Case], penalty: float, share: float, standard: bool = False, any_of: bool = False) -> Array:
    """Weights of the features. `standard`: features standardised within each transcript. `any_of`: a claim is content
    with whichever of its sentences is likeliest, instead of wanting all alike."""
    key = (frozenset(id(case) for case in cases), penalty, share, standard, any_of)
    if key not in _FITTED:
        rows = [(case.standard if standard else case.all)[case.span].astype(np.float32) for case in cases]
        _FITTED[key] = newton(rows, cases, penalty, share, any_of)
    return _FITTED[key]


def shipped(cases: Sequence[Case], penalty: float, share: float) -> Array:
    """As `fit`, to the last digit, so that any machine writes the same file."""
    return newton([case.all[case.span] for case in cases], cases, penalty, share, near=1e-10)


def fit_words(cases: Sequence[Case], base: Sequence[Array], penalty: float, size: int) -> Array:
    """Weights of words beside the scores `base`, each moved by itself, twenty times, and rounded."""
    weights = np.zeros(size)
    for _ in range(20):
        slope, curve = penalty * weights, np.full(size, penalty)
        for case, known in zip(cases, base, strict=True):
            span, each = case.span, EACH * len(case.claims)
            likely, wanted = np.zeros(len(known)), np.zeros(len(known))
            likely[span] = _likely((known + case.by_words(weights))[span])
            wanted[span] = case.chosen[span] / case.chosen[span].sum()
            mean = np.bincount(case.terms, likely[case.places], size)
            slope += each * (mean - np.bincount(case.terms, wanted[case.places], size))
            curve += each * mean * (1 - mean)
        weights -= slope / (3 * curve)
    weights[np.abs(weights) < LEAST] = 0.0
    return np.round(weights / STEP) * STEP


def listwise(penalty: float, share: float, standard: bool = False, any_of: bool = False) -> Model:
    """The features, as `fit` says."""

    def model(cases: Sequence[Case]) -> Callable[[Case], Array]:
        weights = fit(cases, penalty, share, standard, any_of)
        return lambda case: (case.standard if standard else case.all) @ weights

    return model


def worded(penalty: float, share: float, size: int) -> Model:
    """Features, and single English words for what they leave unexplained."""

    def model(cases: Sequence[Case]) -> Callable[[Case], Array]:
        weights = fit(cases, penalty, share)
        words = fit_words(cases, [case.all @ weights for case in cases], WORD_PENALTY, size)
        return lambda case: case.all @ weights + case.by_words(words)

    return model


def neighbours(penalty: float, share: float, far: float) -> Model:
    """The features, and those of the sentences before and after with a heavier penalty `far`."""

    def wide(case: Case) -> NDArray[np.float32]:
        before, after = np.zeros_like(case.all), np.zeros_like(case.all)
        before[1:], after[:-1] = case.all[:-1], case.all[1:]
        shrunk = np.sqrt(penalty / far)
        return np.hstack([case.all, before * shrunk, after * shrunk]).astype(np.float32)

    def model(cases: Sequence[Case]) -> Callable[[Case], Array]:
        weights = newton([wide(case)[case.span] for case in cases], cases, penalty, share)
        return lambda case: np.asarray(wide(case) @ weights, dtype=np.float64)

    return model


def logistic(penalty: float) -> Model:
    """Each sentence judged by itself, features standardised within a transcript, transcripts alike: shipped before."""

    def model(cases: Sequence[Case]) -> Callable[[Case], Array]:
        rows = np.vstack([case.standard[case.span] for case in cases]).astype(np.float32)
        rows = np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)])
        chosen = np.concatenate([case.chosen[case.span] for case in cases])
        share = np.concatenate([np.full(size, 300 / size) for case in cases for size in (len(case.chosen[case.span]),)])
        weights = np.zeros(rows.shape[1])
        ridge = np.full(len(weights), penalty)
        ridge[-1] = 1e-6
        for _ in range(15):
            likely = 1 / (1 + np.exp(-(rows @ weights.astype(np.float32)).astype(np.float64)))
            slope = rows.T @ (share * (likely - chosen)).astype(np.float32) + ridge * weights
            bend = (share * likely * (1 - likely)).astype(np.float32)
            step = np.linalg.solve(((rows * bend[:, None]).T @ rows).astype(np.float64) + np.diag(ridge), slope)
            weights -= step * min(1.0, 2 / np.abs(step).max())
            if np.abs(step).max() < 3e-3:
                break
        return lambda case: case.standard @ weights[:-1]

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
