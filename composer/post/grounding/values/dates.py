"""Dates in a text: days, months, years, decades, quarters, seasons, weekdays and times of day."""

import re
from collections.abc import Iterator

from composer.post.grounding.values.clocks import clocks
from composer.post.grounding.values.fact import Fact, date_fact
from composer.post.grounding.values.numerals import ordinal, read, tongue, units

_MONTH_NAMES = (
    "january jan januar jänner janvier enero janeiro", "february feb februar février fevrier febrero fevereiro",
    "march mar märz maerz mars marzo março", "april apr avril abril", "may mai mayo maio", "june jun juni juin "
    "junio junho",
    "july jul juli juillet julio julho", "august aug août aout agosto", "september sep sept septembre septiembre "
    "setembro",
    "october oct oktober okt octobre octubre outubro", "november nov novembre noviembre novembro",
    "december dec dezember dez décembre diciembre dic dezembro",
)  # fmt: skip
_MONTHS = {name: at for at, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_DAY_NAMES = (
    "monday mondays montag montags lundi lunes segunda-feira", "tuesday tuesdays dienstag dienstags mardi martes "
    "terça-feira",
    "wednesday wednesdays mittwoch mittwochs mercredi miércoles quarta-feira",
    "thursday thursdays donnerstag donnerstags jeudi jueves quinta-feira",
    "friday fridays freitag freitags vendredi viernes sexta-feira",
    "saturday saturdays samstag samstags sonnabend samedi sábado sábados", "sunday sundays sonntag sonntags "
    "dimanche domingo",
)  # fmt: skip
_WEEKDAYS = {name: at for at, names in enumerate(_DAY_NAMES, 1) for name in names.split()}
_SEASONS = {
    name: at
    for at, names in enumerate(
        (
            "spring frühling frühjahr printemps primavera", "summer sommer été verano verão",
            "autumn fall herbst automne otoño outono", "winter hiver invierno inverno",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_LONG = "|".join(
    sorted((name for name in _MONTHS if len(name) > 3 or name in ("may", "mai")), key=lambda n: (-len(n), n))
)
_ANY = "|".join(sorted(_MONTHS, key=lambda n: (-len(n), n)))
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_AND_DAY = (
    r"(?:\s?(?:[-–—/&]|(?:to|and|until|till)(?: the)?|bis(?: zum)?|und(?: am| den)?|et(?: le)?|au|y(?: el| al| del)?|"
    rf"al|hasta el|e(?: a)?|ao?|até(?: a)?)\s?(?P<d2>{_DAY})(?:st|nd|rd|th|\.|er)?)?"
)
_CALENDAR = [
    re.compile(rf"\b(?P<y>{_YEAR})[-/](?P<m>0[1-9]|1[0-2])[-/](?P<d>[0-3]\d)\b"),
    re.compile(rf"(?<![\d.,/])(?P<d>{_DAY})[./](?P<m>{_DAY})[./](?P<y>(?:19|20)\d\d|\d\d)(?![\d/])"),
    re.compile(
        rf"(?i)(?<![\d.,$€£])\b(?P<d>{_DAY})(?:st|nd|rd|th|\.|er|º)?{_AND_DAY}(?: of| de)? (?P<n>{_ANY})\b\.?"
        rf"(?:,?(?: de| del| of)? (?P<y>{_YEAR})\b)?"
    ),
    re.compile(
        rf"(?i)\b(?P<n>{_ANY})\b\.? (?:the )?(?P<d>{_DAY})(?:st|nd|rd|th)?\b{_AND_DAY}(?!\d|:\d|[.,]\d|%| ?percent)"
        rf"(?:,? (?P<y>{_YEAR})\b)?"
    ),
    re.compile(rf"(?i)\b(?P<n>{_ANY})\b\.?(?:,| of| de| del)? ['’]?(?P<y>{_YEAR})\b"),
    re.compile(rf"(?P<y>{_YEAR})年(?:(?P<m>1[0-2]|[1-9])月(?:(?P<d>3[01]|[12]\d|[1-9])日)?)?"),
    re.compile(r"(?<!\d)(?P<m>1[0-2]|[1-9])月(?:(?P<d>3[01]|[12]\d|[1-9])日)?"),
]
# "12.9." or "12.9": a day and a month in German, where such a decimal would have a comma.
_SHORT_DAY = re.compile(rf"(?<![\d.,])(?P<d>{_DAY})\.\s?(?P<m>1[0-2]|0?[1-9])\.?(?![\d,]| ?Uhr\b)")
_MONTH = re.compile(rf"(?<![\w'’-])(?P<n>{_LONG})(?![\w-])", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(
    r"(?i)(?:\b(?:in|by|since|until|till|from|to|through|of|next|last|this|early|late|mid|every|each|im|seit|bis|"
    r"ab|anfang|"
    r"mitte|ende|en|de|depuis|fin|début|mi|desde|hasta|em|mid-|and|or|between|during|before|after|around)\s|mid-|, )$"
)
_IN = re.compile(r"(?i)\b(?:in|since|until|till|last|next|early|late|mid) $")
_PLAIN_YEAR = re.compile(
    rf"(?<![\w.,/:$€£#+-])(?P<y>{_YEAR})(?![\w%]|[.,]\d|:\d| ?(?:percent|per cent|prozent|euros?|dollars?|pounds|"
    rf"people|"
    rf"users|tokens|kg|km|fps|ms|rpm|bytes|leute|personnes|personas)\b)"
)
_YEAR_SPAN = re.compile(rf"(?<![\w.,/:$€£#+-])(?P<y>{_YEAR})(?P<dash>[-–—/])(?P<z>{_YEAR}|\d\d)(?![\w%]|[.,]\d|-\d)")
_CUT_YEAR = re.compile(r"(?<![\w’'])['’](?P<y>\d\d)(?![\w%:])")
_FISCAL = re.compile(r"\bF\.?Y\.?\s?['’]?(?P<y>20\d\d|\d\d)\b")
_DECADES = re.compile(r"(?<![\w.,])(?P<y>1[5-9]\d0|20\d0|[2-9]0)['’]?(?:s\b|ern?\b(?: ?[Jj]ahren?)?)")
_YEARS_OF = re.compile(r"(?i)\b(?:années|años|anos) (?:(?P<y>(?:1[5-9]|20)?\d0)\b|(?P<w>[^\W\d_]+)(?!-))")
_GERMAN_DECADE = re.compile(
    r"(?i)\b(zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)er(?:n|jahren?)\b"
)
_CENTURY = re.compile(
    r"(?i)\b(?:(?P<n>\d\d?)(?:st|nd|rd|th|\.|e|er|ème|ᵉ)?|(?P<r>[XVI]+)(?:e|er|ème|ᵉ))"
    r"[ -](?:century|centuries|jahrhunderts?|jh\.|siècles?)"
    r"|(?<!\w)(?:siglos?|séculos?|s\.|sécs?\.|sec\.) ?(?:(?P<r2>[XVI]+)\b|(?P<n2>[12]?\d)\b(?![.,:]?\d)|(?P<w>dieci\w+|"
    r"quince|catorce|trece|doce|once|diez|veinte|veintiuno|dez\w+|vinte(?: e um)?|quinze|catorze|treze|doze|onze)\b)"
)
_QUARTER = re.compile(r"\b[QqTt](?P<q>[1-4])\b(?:[ /-]?(?:of )?['’]?(?P<y>20\d\d|\d\d)\b)?")
_SAID_QUARTER = re.compile(
    r"(?i)\b(?P<o>[^\W\d_]+|[1-4](?:st|nd|rd|th|\.?er|\.?º|\.|e)?)[ -](?:fiscal )?(?:quarter|quartals?|trimestre)\b"
    r"(?:,?(?: of| de| del| du)? (?P<y>20\d\d))?"
)
_HALF = re.compile(r"\bH(?P<h>[12])\b(?:[ /-]?(?P<y>20\d\d))?")
_SAID_HALF = re.compile(r"(?i)\b(?P<o>first|second|erste[ns]?|zweite[ns]?) (?:half of|halbjahr|hälfte) ?(?P<y>20\d\d)?")
_SEASON = re.compile(rf"(?i)(?<!\w)(?P<n>{'|'.join(_SEASONS)})s?(?!\w)(?:(?: of| de| del| do)? (?P<y>{_YEAR}))?")
_BEFORE_SEASON = re.compile(
    r"(?i)(?:\b(?:in|in the|last|next|this|since|by|until|every|each|each|the|of|im|letzten|nächsten|diesen|seit|"
    r"en|au|cet|"
    r"dernier|prochain|este|no|early|late|the previous|following|through)\s)$"
)
_WEEKDAY = re.compile(rf"(?i)(?<![\w-])(?P<n>{'|'.join(sorted(_WEEKDAYS, key=lambda n: (-len(n), n)))})(?![\w-])")
_CENTS = {"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
          "eighteen": 18, "nineteen": 19, "twenty": 20}  # fmt: skip
_SAID_CENT = re.compile(rf"(?i)\b(?P<c>{'|'.join(_CENTS)})[ -](?P<rest>oh[ -]\w+|hundreds?|\w+(?:[ -]\w+)?)")


def dates(text: str, language: str, *, source: bool = False) -> Iterator[Fact]:
    """The dates of a text, each kind after the other; they may overlap, the earlier given is the better.

    With `source` the text may be the small letters of a recogniser: "in may", "winter" alone.
    """
    low = text.lower()
    if language == "en":
        yield from _spoken(text)
    yield from _calendar(text, language)
    yield from _vague(text, low, language, source)
    yield from clocks(text, language)
    for match in _YEAR_SPAN.finditer(text):
        year = int(match["y"])
        last = int(match["z"]) if len(match["z"]) == 4 else year // 100 * 100 + int(match["z"])
        if last > year:
            yield _day(match.start("y"), match.end("y"), year)
            yield _day(match.start("z"), match.end("z"), last)
    for match in _PLAIN_YEAR.finditer(text):
        following = re.match(r" ([^\W\d_]+)", text[match.end() :])
        if following and following[1].lower() in units() and following[1][0].islower() | (language == "de"):
            continue  # 1700 hectares
        yield _day(match.start(), match.end(), int(match["y"]))
    for match in _MONTH.finditer(text):
        name = match["n"]
        if name.lower() == "sept" and language == "fr":
            continue  # seven
        before = text[max(0, match.start() - 12) : match.start()]
        if name.lower() == "sept" and language == "fr":
            continue  # seven
        sure = name.lower() not in ("may", "march", "mars", "mai", "august") or _AFTER_PREPOSITION.search(before)
        plain = name.lower() in ("may", "march", "mars", "mai", "august")
        spoken = plain and _IN.search(before) is not None and language == "en"
        inside = name[:1].isupper() and re.search(r"[^.!?:]\s$", before) is not None
        if source and plain and language == "en" and inside and name != "May":
            sure = True  # "with the August wages"
        if source and plain and language == "en" and _SAID_YEAR.match(text, match.end()):
            sure = spoken = True  # "march twenty eighteen"
        if (name[0].isupper() or language in ("fr", "es", "pt") or not plain or spoken) and sure and len(name) > 2:
            yield _day(match.start(), match.end(), 0, _MONTHS[name.lower()])


_SAID_YEAR = re.compile(r"(?i) (?:of )?(?:(?:19|20)\d\d|nineteen \w+|twenty (?!per)\w+|two thousand)\b")


def _day(start: int, end: int, year: int, month: int = 0, day: int = 0) -> Fact:
    return date_fact(start, end, "day", float(year * 10000 + month * 100 + day))


def _calendar(text: str, language: str) -> Iterator[Fact]:
    yield from _said_days(text, language)
    for match in re.finditer(rf"(?i)\blast day of (?P<y>{_YEAR})\b", text):
        yield _day(match.start(), match.end(), int(match["y"]), 12, 31)
    for match in re.finditer(rf"(?i)\blast day of (?P<n>{_LONG})\b", text):
        month = _MONTHS[match["n"].lower()]
        yield _day(match.start(), match.end(), 0, month, 30 if month in (4, 6, 9, 11) else 28 if month == 2 else 31)
    for pattern in _CALENDAR if re.search(r"\d", text) else ():
        for match in pattern.finditer(text):
            rows = match.groupdict()
            name = (rows.get("n") or "").lower()
            if name == "sept" and language == "fr" and not match[0].endswith("."):
                continue  # seven
            if (
                name in ("may", "mar", "sep", "mars", "mai", "dic", "dez")
                and not rows.get("n", "")[:1].isupper()
                and language == "en"
                and not re.search(r"\d(?:st|nd|rd|th)\b", match[0])
            ):
                continue
            year = int(rows.get("y") or 0)
            year += (2000 if year < 70 else 1900) if rows.get("y") and year < 100 else 0
            month = _MONTHS[name] if name else int(rows.get("m") or 0)
            day = int(rows.get("d") or 0)
            if not name and rows.get("d") and rows.get("m") and "年" not in match[0] and "月" not in match[0]:
                ways = {(m, d) for m, d in ((month, day), (day, month)) if m <= 12}
                if not ways:
                    continue
                values = [float(year * 10000 + m * 100 + d) for m, d in sorted(ways)]
                yield date_fact(match.start(), match.end(), "day", *values)
                continue
            if rows.get("d2"):
                second = float(year * 10000 + month * 100 + int(rows["d2"]))
                yield date_fact(match.start(), match.end(), "day", float(year * 10000 + month * 100 + day), second)
                continue
            yield _day(match.start(), match.end(), year, month, day)
    if language == "de":
        for match in _SHORT_DAY.finditer(text):
            yield _day(match.start(), match.end(), 0, int(match["m"]), int(match["d"]))


_NAMED = re.compile(rf"(?i)\b(?P<n>{_LONG})\b(?:,?(?: de| del)? (?P<y>{_YEAR})\b)?")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_]+[ -]){1,5}$")
_WORDS_AFTER = re.compile(rf"(?i) (?:the )?(?P<w>[^\W\d_]+(?:[ -][^\W\d_]+)?)(?:,? (?P<y>{_YEAR})\b)?")


def _said_days(text: str, language: str) -> Iterator[Fact]:
    """ "The fourth of June", "May twelfth", "am dreiundzwanzigsten März", "vinte e três de março"."""
    for match in _NAMED.finditer(text):
        if match["n"].lower() == "sept" and language == "fr":
            continue  # seven
        month = _MONTHS[match["n"].lower()]
        ahead = _WORDS_BEFORE.search(text, max(0, match.start() - 48), match.start())
        words = re.findall(r"[^\W\d_]+[ -]", ahead[0])[-5:] if ahead else []
        last = match.start()
        if words and words[-1].strip().lower() in ("of", "de"):
            last -= len(words.pop())
        for at in range(len(words)):
            said = "".join(words[at:])
            if day := _day_said(said.strip(), language):
                yield _day(last - len(said), match.end(), int(match["y"] or 0), month, day)
                break
        after = _WORDS_AFTER.match(text, match.end("n")) if language == "en" else None
        words = re.split(r"[ -]", after["w"]) if after else []
        for count in range(len(words), 0, -1):
            said = " ".join(words[:count])
            day = _day_said(said, language)
            verb = match["n"] in ("may", "march")  # "robots may one day"
            if not day and after and not verb and not _NOT_A_DAY.match(text, after.start("w") + len(said)):
                day = int(_small(read(said, language)))  # "on august fourteen"
            if after and day:
                whole = count == len(words)
                end = after.end() if whole else after.start("w") + len(words[0])
                yield _day(match.start(), end, int(after["y"] or 0) if whole else 0, month, day)
                break


_NOT_A_DAY = re.compile(
    r"(?i) (?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|percent|per|and|or|to|"
    r"point|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|oh|o)\b|\w+s\b)"
)


def _small(value: float | None) -> float:
    return value if value is not None and value == int(value) and 0 < value <= 31 else 0.0


def _day_said(words: str, language: str) -> int:
    """The day that words name, ordinal or, where that is how days are said, cardinal; 0 where they name none."""
    value = ordinal(words, language) if language in ("en", "de") else read(words, language)
    return int(_small(value))


def _spoken(text: str) -> Iterator[Fact]:
    """ "Nineteen sixty-two", "twenty nineteen", "nineteen oh four", "the nineteen thirties"."""
    known = tongue("en")
    for match in _SAID_CENT.finditer(text):
        century = _CENTS[match["c"].lower()] * 100
        rest = [part for part in re.split(r"[ -]", match["rest"].lower()) if part]
        end = match.start("rest") + len(match["rest"])
        if rest[0] in known.decade:
            if century >= 1500:
                end = match.start("rest") + len(rest[0])
                yield date_fact(match.start(), end, "decade", century + known.decade[rest[0]])
            continue
        if rest[0] in ("hundred", "hundreds"):
            if rest[0] == "hundreds" and century >= 1500:
                end = match.start("rest") + len(rest[0])
                yield date_fact(match.start(), end, "century", float(century // 100 + 1))
            continue
        low = known.number.get(rest[1] if rest[0] == "oh" and len(rest) > 1 else rest[0], -1.0)
        if rest[0] != "oh" and not 10 <= low < 100:
            continue
        if rest[0] == "oh" and not 0 < low < 10:
            continue
        if rest[0] != "oh" and len(rest) > 1:
            unit = known.number.get(rest[1], 0.0)
            if low % 10 == 0 and low >= 20 and 0 < unit < 10:
                low += unit
            else:
                end = match.start("rest") + len(rest[0])
        if century < 1500 or re.match(r"[ -](?:percent|per cent|thousand|million|hundred)", text[end:]):
            continue
        yield _day(match.start(), end, int(century + low))


def _vague(text: str, low: str, language: str, source: bool) -> Iterator[Fact]:
    """What is coarser than a month: decades, centuries, quarters, half years, seasons; and weekdays."""
    known = tongue(language)
    for match in _DECADES.finditer(text):
        if match["y"].endswith("00") and len(match["y"]) == 4:
            yield date_fact(match.start(), match.end(), "century", float(int(match["y"]) // 100 + 1))
        yield date_fact(match.start(), match.end(), "decade", float(match["y"]))
    for match in _YEARS_OF.finditer(text):
        value = float(match["y"]) if match["y"] else (known.decade | known.number).get(match["w"].lower(), 0.0)
        if value in (20, 30, 40, 50, 60, 70, 80, 90) or value >= 1500:
            yield date_fact(match.start(), match.end(), "decade", value)
    for match in _GERMAN_DECADE.finditer(text) if language == "de" else ():
        yield date_fact(match.start(), match.end(), "decade", tongue("de").number[match[1].lower()])
    for match in re.finditer(r"[^\W\d_]+", low):
        if (
            match[0] in known.decade
            and language in ("en", "de")
            and re.search(
                r"(?:the|his|her|my|their|our|early|late|mid|mid-|den|der|die|frühen|späten) ?$", low[: match.start()]
            )
        ):
            yield date_fact(match.start(), match.end(), "decade", known.decade[match[0]])
    for match in _CENTURY.finditer(text):
        digits, roman = match["n"] or match["n2"], match["r"] or match["r2"]
        number = float(digits) if digits else float(_roman(roman)) if roman else read(match["w"], language) or 0.0
        if number:
            yield date_fact(match.start(), match.end(), "century", number)
    if "century" in low or "jahrhundert" in low or "siècle" in low:
        said = r"\b([^\W\d_]+(?:-[^\W\d_]+)*)[ -](?:century|centuries|jahrhundert\w*|siècles?)"
        for match in re.finditer(said, low):
            if said_so := ordinal(match[1], known.language):
                yield date_fact(match.start(), match.end(), "century", said_so)
    for match in _QUARTER.finditer(text):
        if match[0][0] in "Qq" or language in ("fr", "es", "pt"):
            yield date_fact(match.start(), match.end(), "quarter", _dated(match["y"], int(match["q"])))
    for match in _SAID_QUARTER.finditer(text):
        word = match["o"].lower()
        number = int(word[0]) if word[0].isdigit() else int(known.ordinal.get(word, 0))
        if 1 <= number <= 4:
            yield date_fact(match.start(), match.end(), "quarter", _dated(match["y"], number))
    for match in _FISCAL.finditer(text):
        yield _day(match.start(), match.end(), int(match["y"]) % 100 + 2000)
    for match in _CUT_YEAR.finditer(text):
        year = int(match["y"])
        yield date_fact(match.start(), match.end(), "day", float((2000 + year) * 10000), float((1900 + year) * 10000))
    for match in _HALF.finditer(text):
        yield date_fact(match.start(), match.end(), "half", _dated(match["y"], int(match["h"])))
    for match in _SAID_HALF.finditer(text):
        if match["y"] or "halbjahr" in match[0].lower():
            yield date_fact(
                match.start(), match.end(), "half", _dated(match["y"], 1 if match["o"][0].lower() in "fe" else 2)
            )
    for match in _SEASON.finditer(text):
        alone = source and match["n"].lower() not in ("fall", "spring", "été", "verano", "primavera")
        if match["y"] or alone or _BEFORE_SEASON.search(text[max(0, match.start() - 14) : match.start()]):
            if match["n"].lower() in ("fall", "spring") and not match["y"] and language != "en":
                continue
            yield date_fact(match.start(), match.end(), "season", _dated(match["y"], _SEASONS[match["n"].lower()]))
    for match in _WEEKDAY.finditer(text):
        if match["n"][0].isupper() or source or language in ("en", "fr", "es", "pt"):
            yield date_fact(match.start(), match.end(), "weekday", float(_WEEKDAYS[match["n"].lower()]))


def _dated(year: str | None, number: int) -> float:
    full = int(year or 0)
    return float((full + 2000 if year and full < 100 else full) * 10 + number)


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}.get(letter, 0) for letter in text.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
