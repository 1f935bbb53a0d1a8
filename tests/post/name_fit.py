"""Fitting the weights of `odds` on the names of the labelled rounds: `python -m tests.post.name_fit`.

First the places: every true name of a post stands for a choice among the places of the source where it, or another
name of its kind, stands; a conditional logit as in `ground_fit`. Then the cases: a true name, a labelled fault, and,
many more, a true name exchanged for another of the source, by a logistic regression. The files of one source are never
on both sides of a fold. The weights that `odds` has were fitted on these rounds and further ones of their kind.
"""

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from composer.post.grounding.checking import _covered, _written_in
from composer.post.grounding.names import odds
from composer.post.grounding.names.cases import Case, alike, case_of
from composer.post.grounding.names.lacking import name_problem
from composer.post.grounding.names.misnamed import of_somebody
from composer.post.grounding.names.named import Said, said_of
from composer.post.grounding.names.names import Name
from composer.post.grounding.names.odds import CASE, SPOT, at_spot, case_values
from composer.post.grounding.source.ground import Ground, prepare
from composer.post.grounding.source.lines import parts, plain
from composer.post.grounding.source.terms import KANA
from composer.post.grounding.values.numbers import facts
from composer.sources import read_text
from tests.post.ground_fit import logit
from tests.post.ground_rounds import rounds


@dataclass(frozen=True, slots=True)
class Labelled:
    """A name of a post: its file, whether it is true, a fault or exchanged, and the case; `sentence` for reading."""

    source: str
    kind: str
    case: Case
    sentence: str
    name: tuple[str, ...]


def labelled(pattern: str = "*.toml") -> Iterator[Labelled]:
    """Every name of every round that the source has, outside quotations, and exchanged ones."""
    chance = random.Random(5)
    for file, source, post, faults in rounds(pattern):
        ground = prepare((read_text(source),))
        text, back = plain(post)
        ground = replace(ground, language=_written_in(text, ground.language))
        pieces = parts(text)
        for part, after in itertools.zip_longest(pieces, pieces[1:]):
            dates = [(fact.start, fact.end) for fact in facts(part.text, ground.language) if fact.kind == "date"]
            for one in said_of(part, after, text[: part.start].rpartition("\n")[2], ground):
                name, a = one.name, one.start
                if _covered(name, dates) or of_somebody(name, one.sentence, a, ground):
                    continue
                if ground.language not in ("zh", "ja") and name_problem(name, ground):
                    continue
                start, end = back[part.start + name.start], back[part.start + name.end]
                wrong = [fault.kind for fault in faults if start < fault.end and fault.start < end]
                low, high = back[part.start + a], back[min(part.start + a + len(one.sentence), len(back) - 1)]
                spoilt = any(low < fault.end and fault.start < high for fault in faults)
                if wrong and "name" not in wrong and not (one.quotes and "quote" in wrong):
                    continue
                yield from _of(file, one, ground, bool(wrong), spoilt, chance)


def _of(file: str, said: Said, ground: Ground, wrong: bool, spoilt: bool, chance: random.Random) -> Iterator[Labelled]:
    name, sentence, start = said.name, said.sentence, said.start
    case = case_of(name, sentence, start, said.label, ground, said.told, said.quotes)
    if case is None:
        return
    yield Labelled(file, "fault" if wrong else "true", case, sentence, name.words)
    if wrong or spoilt:
        return
    others = [one for one in ground.entities if alike(case.mine[0].kind, case.mine, one, ground)]
    named = {word for one in others for word in one.words if word in sentence.lower()}
    same = [one for one in others if one.kind and one.kind == case.mine[0].kind and not named & set(one.words)]
    for one in chance.sample(same, min(3, len(same))):
        called = " ".join(word if KANA.match(word) else word.capitalize() for word in one.words)
        other = sentence[: name.start - start] + called + sentence[name.end - start :]
        swapped = Name(name.start, name.start + len(called), tuple(called.split()))
        if changed := case_of(swapped, other, start, said.label, ground, said.told, said.quotes):
            yield Labelled(file, "exchanged", changed, other, swapped.words)


def fit_spots(found: list[Labelled]) -> list[float]:
    """The weights of a place's features."""
    data = []
    for one in found:
        if one.kind != "true":
            continue
        own = [spot for who in one.case.mine for spot in who.spots][:40]
        others = [spot for who in one.case.rivals for spot in who.spots if spot.sentence in one.case.near]
        if own and others:
            rows = [at_spot(one.case.around, spot) for spot in (*own, *others)]
            data.append((rows, [True] * len(own) + [False] * len(others)))
    return logit(data, penalty=0.01)


def fit_cases(rows: list[tuple[float, ...]], kinds: list[str], penalty: float = 0.004, steps: int = 30) -> list[float]:
    """The weights of a case's features, by Newton's method."""
    import numpy as np

    table, wrong = np.array(rows), np.array([kind != "true" for kind in kinds], dtype=float)
    share = np.array([{"fault": 6.0, "true": 1.0, "exchanged": 0.5}[kind] for kind in kinds])
    spread = table.std(0) + 1e-6
    spread[0] = 1.0
    scaled = table / spread
    held = penalty * np.array([0.0] + [1.0] * (len(CASE) - 1))
    weights = np.zeros(len(CASE))
    for _ in range(steps):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (share * (likely - wrong)) / share.sum() + held * weights
        curve = (scaled.T * (share * likely * (1 - likely))) @ scaled / share.sum() + np.diag(held + 1e-9)
        weights = weights - np.linalg.solve(curve, slope)
    return [float(weight) for weight in weights / spread]


def main() -> None:
    """Print the weights of all rounds, and by folds how many true and wrong names pass each threshold."""
    found = list(labelled())
    files = sorted({one.source for one in found})
    random.Random(1).shuffle(files)
    odds._SPOT = tuple(fit_spots(found))
    rows = [case_values(one.case) for one in found]
    scores: dict[int, float] = {}
    for fold in [*(files[at::8] for at in range(8)), []]:
        kept = [at for at, one in enumerate(found) if one.source not in fold]
        odds._CASE = tuple(fit_cases([rows[at] for at in kept], [found[at].kind for at in kept]))
        for at, one in enumerate(found):
            if one.source in fold:
                scores[at] = math.fsum(weight * value for weight, value in zip(odds._CASE, rows[at], strict=True))
    true = sorted((scores[at] for at, one in enumerate(found) if one.kind == "true"), reverse=True)
    for passed in (0, 1, 2, 3, 4, 6, 8, 12, 16, 24):
        counts = {
            kind: (sum(scores[at] > true[passed] for at, one in enumerate(found) if one.kind == kind),
                   sum(one.kind == kind for one in found)) for kind in ("true", "fault", "exchanged")
        }  # fmt: skip
        print(f"{true[passed]:.2f}", counts)
    for at in sorted(range(len(found)), key=lambda at: -scores[at]):
        one = found[at]
        if one.kind == "fault" or (one.kind == "true" and scores[at] >= true[24]):
            print(f"{one.kind} {scores[at]:.2f}", one.source, one.name, one.sentence[:120])
    print("_SPOT =", tuple(round(one, 2) for one in odds._SPOT))
    print("_CASE =", tuple(round(one, 2) for one in odds._CASE))
    for names_, weights in ((SPOT, odds._SPOT), (CASE, odds._CASE)):
        print({name: round(weight, 2) for name, weight in zip(names_, weights, strict=True)})


if __name__ == "__main__":
    main()
