"""A figure in a text, in the form in which a post and its source are compared."""

from dataclasses import dataclass
from typing import Literal

MONEY = frozenset(["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "KR", "MXN", "BRL", "money"])
FactKind = Literal["number", "date", "percent"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, at half-open offsets in code points.

    `kind` is what a reader would call it. `value` is the number as it is said. `readings` are what it may mean, each
    a value and its dimension: "" for a bare number, a currency, `time`, `length`, ..., `percent`, `point` (of per
    cent), `share` (0 to 1), `times` (a factor), `ordinal`. For a date `mark` says what it names, `day` (value is
    year * 10000 + month * 100 + day with 0 for what is not said), `decade`, `century`, `quarter`, `half`, `season`,
    `weekday` or `clock`, and `readings` hold such values.
    `hedge` is `about`, `over`, `under` or ""; `words` says that it was written out; `places` counts decimals;
    `scale` is the size word said with it, 1e6 for a million; `counts` is the word it counts, "" where none
    follows at once. `per` is the time it is given for, in seconds: "a month"; 0 where none is said.
    `rate` says of a bare number that it may be a per cent, as one was said shortly before.
    """

    start: int
    end: int
    kind: FactKind
    value: float
    readings: tuple[tuple[float, str], ...]
    hedge: str = ""
    words: bool = False
    places: int = 0
    mark: str = ""
    scale: float = 1.0
    counts: str = ""
    per: float = 0.0
    rate: bool = False

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions this may be of."""
        return frozenset(dimension for _, dimension in self.readings)


def date_fact(start: int, end: int, mark: str, value: float, *more: float) -> Fact:
    """A date that is marked so; `more` are the other values it may have."""
    return Fact(start, end, "date", value, tuple((reading, mark) for reading in (value, *more)), mark=mark)
