"""What every benchmark is made of.

A benchmark is a function that yields rows:

    @bench("style")
    def style() -> Iterator[Row]:
        ours, peer = compare(lambda: style(TEXT, "sans_bold"), lambda: TEXT.translate(TABLE))
        yield Row.ratio_of("style ascii 20k", ours, peer, peer_name="str.translate", goal=0.5)

Rows are printed as one table and written to `build/bench.json`.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Bench = Callable[[], Iterable["Row"]]

BENCHES: dict[str, Bench] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ratio` is ours against the peer's, larger is better unless `goal` says `at most`.

    `value` is in `unit` (`ms`, `s`, `Mchar/s`, `%`, `F1`, ...). `peer` names what it was measured against, or "".
    `goal` is a readable condition (`>= 0.5`, `<= 2000 ms`) or "". `holds` is None where there is no goal or the
    row was skipped; `note` says why.
    """

    name: str
    value: float | None
    unit: str
    peer: str = ""
    ratio: float | None = None
    goal: str = ""
    holds: bool | None = None
    note: str = ""

    @classmethod
    def ratio_of(
        cls, name: str, ours_s: float, peer_s: float, *, peer: str, goal: float | None = None, note: str = ""
    ) -> "Row":
        """A speed row: seconds of ours and of the peer; the ratio is peer / ours, so 1.0 is as fast."""
        ratio = peer_s / ours_s if ours_s else float("inf")
        return cls(
            name,
            ours_s * 1000,
            "ms",
            peer,
            ratio,
            "" if goal is None else f">= {goal}",
            None if goal is None else ratio >= goal,
            note,
        )

    @classmethod
    def at_most(
        cls,
        name: str,
        value: float,
        unit: str,
        goal: float,
        *,
        peer: str = "",
        ratio: float | None = None,
        note: str = "",
    ) -> "Row":
        """A row whose value must not exceed `goal`, in the same unit."""
        return cls(name, value, unit, peer, ratio, f"<= {goal:g} {unit}", value <= goal, note)

    @classmethod
    def at_least(
        cls,
        name: str,
        value: float,
        unit: str,
        goal: float,
        *,
        peer: str = "",
        ratio: float | None = None,
        note: str = "",
    ) -> "Row":
        """A row whose value must reach `goal`, in the same unit."""
        return cls(name, value, unit, peer, ratio, f">= {goal:g} {unit}", value >= goal, note)

    @classmethod
    def skipped(cls, name: str, why: str) -> "Row":
        """A row that could not be measured here, and why."""
        return cls(name, None, "", note=f"skipped: {why}")


def bench(name: str) -> Callable[[Bench], Bench]:
    """Register a benchmark under `name`, which `make bench ONLY=name` selects."""

    def keep(function: Bench) -> Bench:
        BENCHES[name] = function
        return function

    return keep


def compare(ours: Callable[[], object], peer: Callable[[], object], repeat: int = 9) -> tuple[float, float]:
    """Median seconds of `ours` and of `peer`, run in turn (A B A B ...) after one warm-up each."""
    ours()
    peer()
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(repeat):
        mine.append(timed(ours))
        theirs.append(timed(peer))
    return statistics.median(mine), statistics.median(theirs)


def best_of(function: Callable[[], object], repeat: int = 3) -> float:
    """Least seconds of `repeat` runs: for goals of patience, which have no peer."""
    return min(timed(function) for _ in range(repeat))


def timed(function: Callable[[], object]) -> float:
    """Seconds of one run."""
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin
