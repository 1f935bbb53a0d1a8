"""Whether a figure of a source bears out one of a post."""

from composer.post.grounding.values.fact import MONEY, Fact


def supports(said: Fact, source: Fact) -> bool:
    """Whether a figure of the source bears out a figure of the post: equal, or honestly rounded, in whatever unit.

    "About 40" bears 38 to 42; "over 40" what is above it, at most by a quarter. Without a hedge a figure may be
    rounded at its last digit where that changes it by little.
    """
    if said.kind == "date" or source.kind == "date":
        if said.kind == source.kind:
            return same_date(said, source)
        # 2019 may be recognised as a plain number: "in 2,019", "year two thousand and nine".
        date, number = (said, source) if said.kind == "date" else (source, said)
        if date.mark == "clock":  # "3 a.m." for "three in the morning"
            return number.kind == "number" and _by_the_clock(date, number)
        if date.mark == "day" and date.value <= 31:  # "le 18" and "am 18.", a day with no month
            return number.kind == "number" and number.value == date.value and bool(number.dimensions & {"", "ordinal"})
        if date.mark in ("decade", "century") and 1500 <= number.value <= 2100 and "" in number.dimensions:
            year = Fact(0, 0, "date", number.value * 1e4, ((number.value * 1e4, "day"),), mark="day")
            return same_date(date, year)  # "the early 2000s", said of two thousand and two
        any_day = number is said and number.words  # "zweitausendzwanzig", where the source has the whole date
        whole = [value for value, mark in date.readings if mark == "day" and (value % 10000 == 0 or any_day)]
        years = [value // 10000 for value in whole]
        # "1600 in 2015": four digits may be a year, and a plain number as well.
        plain = "" in number.dimensions or (date is said and number.dimensions <= _COUNTED)
        said_so = {number.value, *(value for value, dimension in number.readings if not dimension)}
        if number is said and number.dimensions >= {"ordinal"} and number.value <= 31:
            return any(value % 100 == number.value for value, mark in date.readings if mark == "day")  # "on the 9th"
        return number.kind == "number" and plain and any(value in years and value >= 1500 for value in said_so)
    if said.per and source.per and said.per != source.per:
        return False  # "a month" is not "a year"
    hours = {value for value, dimension in said.readings if dimension == "clock"}
    if hours and "" in source.dimensions and {source.value * 60, source.value * 60 - 720} & hours:
        return True  # "18 h" and "six in the evening"
    return any(_agree(a, b, said, source) for a in said.readings for b in source.readings)


def _other_unit(a: tuple[float, str], b: tuple[float, str], said: Fact, source: Fact) -> bool:
    """Whether one measure is said in another unit than the other: days and months."""
    if a[1] not in ("time", "length", "mass", "volume", "area") or not said.value or not source.value:
        return False
    ours, theirs = a[0] / said.value, b[0] / source.value
    return abs(ours - theirs) > 1e-6 * abs(theirs)


# What a bare number may be of, where the source names its unit.
_COUNTED = frozenset({"", "mass", "volume", "length", "area", *MONEY})


def _by_the_clock(clock: Fact, number: Fact) -> bool:
    """Whether a number of the source is a time of day, or minutes and seconds, that a post writes "8:40"."""
    times = {clock.value, clock.value + 720}
    if number.places == 2 and "" in number.dimensions and not number.words:
        minutes = round(number.value * 100)  # "2.40" is a time of day where the source has one
        return minutes % 100 < 60 and minutes // 100 <= 24 and (minutes // 100 * 60 + minutes % 100) % 720 in times
    if number.value * 60 in times and "" in number.dimensions and number.readings[0][1] in ("", "time"):
        return True  # "three in the morning"
    seconds = {size * value for size in (1, 60) for value in times}
    return any((d == "clock" and v % 720 in times) or (d == "time" and v in seconds) for v, d in number.readings)


def _agree(a: tuple[float, str], b: tuple[float, str], said: Fact, source: Fact) -> bool:
    (value, dimension), (other, measure) = a, b
    if "part" in (dimension, measure) or "whole" in (dimension, measure):
        # "More than 200 of the 530", where it is 212 of 530.
        return dimension == "" and (
            value == other or (bool(said.hedge and measure) and close(value, other, said, source))
        )
    if "" in (dimension, measure) and said.readings[0][1] == source.readings[0][1] != "":
        return False  # 2日 is not 二週間, though both may be a bare two
    if {dimension, measure} == {"share", "percent"}:
        value, other = (value * 100, other) if dimension == "share" else (value, other * 100)
        loose = (0.1 if said.hedge else 0.04) if said.places == 0 and said.words else 0.015
        return abs(value - other) <= loose * other or close(value, other, said, source)
    if dimension == measure or (dimension in MONEY and measure in MONEY and "money" in (dimension, measure)):
        if _other_unit(a, b, said, source) and abs(value - other) <= _loose_unit(a, b, said, source) * abs(other):
            return True  # 61 days are two months
        if dimension == "time" and {round(value / 86400, 6), round(other / 86400, 6)} == {14.0, 15.0}:
            return True  # "quinze jours" are two weeks
        if dimension == "share":
            return abs(value - other) <= (0.06 if said.hedge else 0.02) * other
        if dimension == "point" and source.hedge == "about":
            return abs(value - other) <= 0.1 * other
        return close(value, other, said, source)
    if (dimension, measure) == ("percent", "") and source.rate and not source.counts and value == other == source.value:
        return True  # "68 percent are in favour, before it was 51"
    if (dimension, measure) == ("", "percent") and not said.counts and said.value == source.value and other == value:
        return True  # "61 % walk, up from 44"
    if (dimension, measure) == ("", "point"):
        return said.value in (source.value, other)  # "up six points", "down 1.3 points"
    if (dimension, measure) == ("percent", "times"):
        return (other >= 2 and said.value == (other - 1) * 100) or said.value == other * 100  # "doubled": 100 % more
    if {dimension, measure} == {"times", ""} and other == value and value % 1:
        return not (said.counts if dimension == "" else source.counts)  # "2.5x", said as "about two and a half"
    if {dimension, measure} == {"share", ""}:
        return value == other and value < 1 and max(said.places, source.places) > 0
    if {dimension, measure} == {"point", ""}:
        return dimension == "point" and close(value, other, said, source)
    if (
        dimension != measure
        and "" in (dimension, measure)
        and (
            not {dimension, measure} & {"share", "percent", "times"}
            or ("times" in (dimension, measure) and min(value, other) > 20)
        )
    ):
        if (
            said.value < 100
            and not {"times", "ordinal"} & {dimension, measure}
            and (said.counts not in ("", *_THESE) if not dimension else source.counts)
        ):
            return False  # twelve fish are not twelve days
        # A bare number may leave its unit out, but then it is the number as said.
        bare = other if not measure else source.value
        if close(said.value, bare, said, source):
            return True
        # 4,500 is not "four and a half tonnes", though these are 4,500 kilos.
        return {dimension, measure} <= _PLAIN and close(value, other, said, source)
    return False


# "28 of them" may be hours, where hours were said before.
_THESE = ("them", "those", "these", "davon", "deles", "de ellos", "d'entre eux")
_PLAIN = MONEY | {"", "people", "percent", "point", "times", "ordinal", "clock", "part", "whole"}


def _loose_unit(a: tuple[float, str], b: tuple[float, str], said: Fact, source: Fact) -> float:
    """How far off a measure may be that is said in a larger unit than the source's: three weeks for 19 days."""
    larger = a[0] / said.value > b[0] / source.value
    if a[1] != "time" or not larger or said.value > 12 or (said.value % 1 and (said.value % 0.5 or said.value > 4)):
        return 0.03
    return 0.15 if said.hedge else 0.1


def close(value: float, other: float, said: Fact, source: Fact) -> bool:
    """Whether `value` is `other`, or it honestly rounded."""
    if value == other or abs(value - other) <= 1e-9 * abs(other):
        return True
    if other == 0 or value == 0 or (value < 0) != (other < 0):
        return False
    share = abs(value - other) / abs(other)
    if said.hedge == "about" or (source.hedge == "about" and share <= 0.02):
        return share <= 0.06 or (share <= 0.1 and _rounded(value, other))
    if said.hedge in ("over", "under"):
        most = max(_step(said.value) * value / said.value, 0.05 * value) if said.value else 0.0
        most = 0.25 * value if said.value <= 20 else most
        if said.hedge == "over":
            # "More than a million" is said of 1.4 million too.
            one = f"{said.value / said.scale:.0f}".rstrip("0") == "1" and said.value >= 100
            return value < other <= value + (0.5 * value if one else min(most, 0.25 * value))
        return value - min(most, 0.2 * value) <= other < value
    return _rounded(value, other) and (share <= 0.01 or (share <= 0.05 and source.places > said.places))


def _step(value: float) -> float:
    """The size of the last digit that is said: 100 for 1,200."""
    digits = f"{abs(value):.10g}"
    if "." in digits or "e" in digits:
        return float(10.0 ** -len(digits.partition(".")[2])) if "e" not in digits else 0.0
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _rounded(value: float, other: float) -> bool:
    digits = len(f"{value:.10g}".replace(".", "").rstrip("0").lstrip("0")) or 1
    return float(f"{other:.{digits}g}") == float(f"{value:.10g}")


def same_date(said: Fact, source: Fact) -> bool:
    """Whether a date of the source bears out one of the post: the same, or a finer one where the post is coarser."""
    if said.mark == source.mark == "clock" and said.hedge == "about":
        apart = [abs(a - b) for a, _ in said.readings for b, _ in source.readings]
        return min(min(minutes, 720 - minutes) for minutes in apart) <= _ABOUT_THEN
    return any(_agrees(a, said.mark, b, source.mark) for a, _ in said.readings for b, _ in source.readings)


# "Just before four" is ten to four: so many minutes.
_ABOUT_THEN = 15


def _agrees(a: float, mark: str, b: float, other: str) -> bool:
    if mark == other:
        if mark == "day":
            return _same_day(int(a), int(b))
        if mark in ("quarter", "half", "season"):
            return a % 10 == b % 10 and (a < 10 or b < 10 or a == b)
        if mark == "decade":
            return a == b or (min(a, b) < 100 and a % 100 == b % 100)
        return a == b or (mark == "weekday" and min(a, b) < 10 and a % 10 == b % 10)  # the third Saturday is one
    if mark == "clock" and other == "day" and b % 10000 == 0 and 0 < b // 10000 % 100 < 60 and b // 1000000 <= 24:
        return a == int(b) // 1000000 % 12 * 60 + int(b) // 10000 % 100  # "eighteen thirty", heard as a year
    if other in ("quarter", "half", "season"):
        year = int(b) // 10
        return year > 0 and _agrees(a, mark, float(year * 10000), "day")
    if other != "day":
        return False
    year, month, day = int(b) // 10000, int(b) // 100 % 100, int(b) % 100
    if mark == "decade":
        return year > 0 and (year // 10 * 10 == a if a >= 100 else year % 100 // 10 * 10 == a)
    if mark == "century":
        return year > 0 and (year - 1) // 100 + 1 == a
    if mark == "quarter":
        return month > 0 and (month + 2) // 3 == a % 10 and (a < 10 or year in (0, a // 10))
    if mark == "half":
        return month > 0 and (month + 5) // 6 == a % 10
    if mark == "season":
        return month > 0 and month % 12 // 3 == a % 10 % 4 and (a < 10 or year in (0, a // 10))
    return mark == "weekday" and bool(year and month and day) and weekday(year, month, day) == a


def weekday(year: int, month: int, day: int) -> int:
    """The day of the week of a date, 1 for Monday; 0 where there is no such date."""
    import datetime

    try:
        return datetime.date(year, month, day).isoweekday()
    except ValueError:
        return 0


def _same_day(a: int, b: int) -> bool:
    parts = ((a // 10000, b // 10000), (a // 100 % 100, b // 100 % 100), (a % 100, b % 100))
    return all(x == 0 or x == y for x, y in parts) and any(x for x, _ in parts)
