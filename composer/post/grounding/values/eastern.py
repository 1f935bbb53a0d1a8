"""Figures in Chinese and Japanese: 三千二百, 3億2000万, 百分之七, 三割, 二〇一七年, 明治三十八年, 午後三時半.

Characters count as digits do: a post may write 3200 where the speaker was heard to say 三千二.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from composer.post.grounding.values.eastern_units import unit_table
from composer.post.grounding.values.fact import MONEY, Fact
from composer.post.grounding.values.numerals import units

LANGUAGES = ("zh", "ja")

_DIGITS = {c: n for n, group in enumerate(("〇零○", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
           for c in group}  # fmt: skip
_SMALL = {"十": 10.0, "百": 100.0, "千": 1000.0}
_BIG = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")

D = "〇零○一二两兩三四五六七八九"
_GROUPS = f"[{D}]{{1,3}}(?:[、，,][{D}]{{3}})+(?![{D}十百千])[万萬亿億兆]?"
_HAN = f"(?:{_GROUPS}|[{D}十百千万萬亿億兆]+(?:[点・．][{D}]+[万萬亿億]?)?(?:[个個][万萬亿億])?)"
_MIXED = (
    r"(?:[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)? ?[十百千万萬亿億兆]+)*"
    r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?(?: ?[十百千万萬亿億兆]+|[个個][万萬亿億])?"
)
NUM = rf"(?:{_MIXED}|{_HAN})"
# A short number, as it stands in a date or a time of day.
UPTO = rf"(?:[0-9０-９]{{1,2}}|[{D}十]{{1,3}})"
_FOUR = rf"(?:1[5-9]\d\d|20\d\d|[一二][{D}]{{3}})"

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911}
_AFTER_YEAR = rf"(?: ?[の的]?(?P<m>{UPTO})月(?:份)?(?: ?(?P<d>{UPTO})[日号號])?)?"
_ERA = re.compile(rf"(?P<era>{'|'.join(_ERAS)}) ?(?P<n>元|{UPTO}) ?年(?P<s>代)?{_AFTER_YEAR}")
_YEAR = re.compile(rf"(?<!\d)(?<!\d[.,])(?P<y>{_FOUR}) ?年(?!代|間|间|前|后|後|以上|来){_AFTER_YEAR}")
_CUT_YEAR = re.compile(
    rf"(?<![\d{D}十百千万])(?P<y>[〇零0][{D}\d]|[七八九][{D}]|一[〇零一三四五六七八九]|二[〇零一二四五六])"
    rf"年(?!代|間|间|前){_AFTER_YEAR}"
)
_DAY = re.compile(rf"(?<![\d个個か{D}十百千万])(?P<m>{UPTO})月(?:份)?(?: ?(?P<d>{UPTO})[日号號])?")
_DAY_ONLY = re.compile(rf"(?<![\d月{D}十百千万第])(?P<d>{UPTO})[号號](?![线楼店馆机球院厅门房仓館線棟室])")
_WEEKDAY = re.compile(
    rf"(?<![{D}十\d每])(?:周|星期|礼拜|週)(?P<z>[一二三四五六日天])(?![次回个年天十百])|(?P<j>[月火水木金土日])曜日?"
)
_QUARTER = re.compile(rf"(?:(?P<y>{_FOUR}) ?年(?:の|的)?)?第?(?P<q>[一二三四1-4１-４]) ?(?:季度|四半期)")
_HALF = re.compile(rf"(?:(?P<y>{_FOUR}) ?年(?:の|的)?)?(?P<h>[上下])半[年期]")
_DECADE = re.compile(rf"(?P<n>{_FOUR}|[2-9]0|[二三四五六七八九][十〇零]) ?年代")
_CENTURY = re.compile(rf"(?P<n>{UPTO}) ?世[纪紀]")
_PART_OF_DAY = "上午|下午|早上|早晨|清晨|凌晨|中午|晚上|夜里|深夜|傍晚|半夜|午前|午後|朝|夜|昼|夕方"
_CLOCK = re.compile(
    rf"(?P<p>{_PART_OF_DAY})?(?:の|的)?(?<![\d.{D}十百千])(?P<h>{UPTO})(?P<t>[点點時时])(?![間间代候])"
    rf"(?P<r>半|整|钟|鐘|[一三]刻|(?P<m>{UPTO})(?P<f>分(?![间間之の]))?)?"
)
_MARKS = {letter: at for at, letter in enumerate("月火水木金土日", 1)}


# Counters: a single character before one of them is a figure.
_COUNTERS = frozenset(
    "个個本册冊家间間室軒店台件次回场場站种種条項项层層杯只头頭匹枚张張部篇句代辆艘架"
    "座所校社国省市県县区區村段票号步歩泊期届屆轮輪组組道份箱瓶袋盒套棵株颗粒集章页頁"
    "行駅両席字点點分话話隻类類级級羽軍箇品つ便趟遍顿頓度番曲皿首幅把尾支艇门門班桌碗户戸棟幢栋批筆笔"
)
_ANY = frozenset("个個种種次回场場駅站")
_BEFORE = re.compile(
    r"(?P<about>约|大约|约莫|将近|接近|近|差不多|大概|約|およそ|ほぼ|だいたい|ざっと|概ね)$|"
    r"(?P<over>超过|超過|至少|逾|少なくとも|超)$|"
    r"(?P<under>不到|不足|至多|最多|未满|低于|少于)$"
)
_AFTER = re.compile(
    r"(?P<over>多|余|餘|以上|強|を超|超)|(?P<about>左右|上下|前後|ほど|くらい|ぐらい|来[个年天])|"
    r"(?P<under>以下|未満|弱|以内|近く|足らず)"
)
_PERCENT = re.compile(
    r" ?(?:%|％|パーセント|[个個]点(?![心击评赞钟头子到])|(?P<point>个百分点|個百分點|百分点|ポイント)|"
    r"(?P<tenth>成|割)(?!功|熟|为|了|员|立|交|引))"
)
_FRACTION = re.compile(rf"(?P<whole>{NUM})分[之の](?P<part>{NUM})")
_HALVES = re.compile(r"一半(?!以)|半数|半分(?![钟鐘])")
# Half a unit, and units and a half: 半年, 一刻钟, 一个半小时.
_HALF_UNIT = re.compile(
    rf"(?:(?P<n>[{D}十]{{1,3}}|\d+)[个個]半|半(?:个|個)?)(?P<u>年|月|天|日|小时|小時|钟头|鐘頭|時間|世纪|世紀|星期)|"
    r"(?P<q>[一三])刻[钟鐘]"
)
_HALVED = {"年": "years", "月": "months", "天": "days", "日": "days", "小时": "hours", "小時": "hours", "钟头": "hours",
           "鐘頭": "hours", "時間": "hours", "世纪": "century", "世紀": "century", "星期": "weeks"}  # fmt: skip
_EACH = "(?:个人|人|名|位|次|件|社|軒|台|世帯|枚|個|个|家|位)"
_OF_SO_MANY = re.compile(rf"(?P<whole>{NUM}){_EACH}(?:中|に|里有|中有|里面有|のうち)(?P<part>{NUM}){_EACH}")
_TWICE = re.compile(
    r"翻(?:了)?(?:一番|一倍|倍)|(?<=[长增加高多大])了?一倍|加倍|倍増|(?<![〇零○一二两兩三四五六七八九十百千万数几\d])倍(?=[にのへ以。、]|$)"
)
# 两千五一个月: the one begins what it is paid for.
_APART = re.compile(r"(?<=[十百千万亿块毛][二三四五六七八九])一(?=[个個年天月次斤台人位份小条张本吨亩平])")
# 七折 is 70 % of the price, 30 % off; 八五折 is 85.
_DISCOUNT = re.compile(r"(?P<a>[一二三四五六七八九1-9])[点.．]?(?P<b>[一二三四五六七八九1-9])?折(?![叠磨返断合腾射线])")
# 毎月第三土曜日, 第一、第三个星期六.
_NTH = "[一二三四五1-5１-５]"
_NTH_DAY = re.compile(
    rf"第(?P<n>{_NTH})(?:(?:[・、,，と和及]|第)+(?P<o>{_NTH}))?(?:[のつ个個]|週の?)*"
    r"(?:(?P<j>[月火水木金土日])曜|(?:周|星期|礼拜)(?P<z>[一二三四五六日天]))"
)
# What looks like a figure and is none.
_IDIOMS = re.compile(
    r"十分(?!钟|鐘|之|間)|万一|千万(?=别|不|要)|一一|三三两两|四川|三明治|五星|百度|百货|千葉|三重県|八王子|六本木|九州|四国|"
    r"一[些般起直定样切旦边方下会块面共度]|七夕|三角|三毛|四季|百合|万能|万物|千年|百年(?=老|大)|二次元|十字|五感|三日月|一番|一度|一人ひとり"
)
_FIGURE = re.compile(rf"[¥￥$€]?(?:(?<![A-Za-z0-9_.,/-]){_MIXED}|{_HAN})")
_WORD = re.compile(r" ?[一-鿿ぁ-ヶ]")
_RANGE = re.compile(r" ?(?:到|至|[-–—~～〜]|から|、|或) ?")


def number(text: str, colloquial: bool = True) -> float:
    """The value of a number in characters, digits or both; with `colloquial` 三千二 is 3200, as it is said in Chinese.

    Raises ValueError where `text` is no number.
    """
    text = re.sub("[ 个個]", "", text).translate(_WIDE)
    if re.fullmatch(_GROUPS, text):
        text = re.sub("[、，,]", "", text)
    if re.fullmatch(r"[\d.,]+", text):
        return float(text.replace(",", ""))
    whole, _, decimals = re.sub("[点・．]", "．", text).partition("．")
    if decimals:
        scale = _BIG.get(decimals[-1], 1.0)
        tail = "".join(str(_DIGITS[c]) for c in decimals if c in _DIGITS)
        return (number(whole, False) + float("0." + tail)) * scale
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    text = re.sub(f"[{D}]{{2,}}(?=[万萬亿億兆])", _in_places, text)
    total = section = last = 0.0
    digit: float | None = None
    zero = False
    for token in re.findall(r"[\d.,]+|.", text):
        if token[0].isdigit():
            digit, zero = float(token.replace(",", "")), True
        elif token in _DIGITS:
            digit, zero = float(_DIGITS[token]), zero or not _DIGITS[token]
        elif token in _SMALL:
            section += (1.0 if digit is None else digit) * _SMALL[token]
            digit, last, zero = None, _SMALL[token], False
        elif token in _BIG:
            total = total + (section + (digit or 0.0) or 1.0) * _BIG[token]
            section, digit, last, zero = 0.0, None, _BIG[token], False
        else:
            raise ValueError(text)
    rest = digit or 0.0
    if colloquial and last >= 100 and not zero:
        rest *= last / 10
    return total + section + rest


def _in_places(match: re.Match[str]) -> str:
    """五六四億 is 564 of them; 七八万 are seven or eight."""
    digits = [_DIGITS[character] for character in match[0]]
    one_of_two = len(digits) == 2 and digits[1] == digits[0] + 1
    return match[0] if one_of_two else "".join(map(str, digits))


def eastern(text: str, language: str, *, source: bool = False) -> list[Fact]:
    """The figures of a Chinese or Japanese text, in order of place. `source` takes single ones in as well: 一年."""
    found: list[Fact] = []
    text = _APART.sub("＿", text) if language == "zh" else text
    idioms = [(m.start(), m.end()) for m in _IDIOMS.finditer(text)]
    for fact in (*_nth_days(text), *_dates(text, language), *_figures(text, language, source)):
        free = all(fact.end <= one.start or fact.start >= one.end for one in found)
        if free and not any(a <= fact.start and fact.end <= b for a, b in idioms):
            found.append(fact)
    found.sort(key=lambda fact: (fact.start, fact.end))
    return _ranges(text, found)


def small(text: str | None) -> int:
    """The value of a short number, 0 for none."""
    return int(number(text, False)) if text else 0


def marked(start: int, end: int, mark: str, *values: float) -> Fact:
    return Fact(start, end, "date", values[0], tuple((value, mark) for value in values), mark=mark)


def _dates(text: str, language: str) -> Iterator[Fact]:
    for match in _ERA.finditer(text):
        year = _ERAS[match["era"]] + (1 if match["n"] == "元" else small(match["n"]))
        if match["s"]:
            yield marked(match.start(), match.end(), "decade", float(year))
        else:
            yield _day_of(match, year)
    for match in _DECADE.finditer(text):
        yield marked(match.start(), match.end(), "decade", number(match["n"], False))
    for match in _HALF.finditer(text):
        yield marked(match.start(), match.end(), "half", _with_year(match["y"], 1 if match["h"] == "上" else 2))
    for match in _QUARTER.finditer(text):
        yield marked(match.start(), match.end(), "quarter", _with_year(match["y"], small(match["q"])))
    for match in _YEAR.finditer(text):
        yield _day_of(match, int(number(match["y"], False)))
    for match in _CUT_YEAR.finditer(text):
        year = int(number(match["y"], False))
        yield _day_of(match, year + (2000 if year < 50 else 1900))
    for match in _DAY.finditer(text):
        if 1 <= small(match["m"]) <= 12 and (match["d"] is None or 1 <= small(match["d"]) <= 31):
            yield _day_of(match, 0)
    if language == "zh":
        for match in _DAY_ONLY.finditer(text):
            if 1 <= small(match["d"]) <= 31:
                yield marked(match.start(), match.end(), "day", float(small(match["d"])))
    for match in _CENTURY.finditer(text):
        yield marked(match.start(), match.end(), "century", float(small(match["n"])))
    for match in _WEEKDAY.finditer(text):
        day = _MARKS[match["j"]] if match["j"] else "一二三四五六日".find(match["z"].replace("天", "日")) + 1
        yield marked(match.start(), match.end(), "weekday", float(day))
    for match in _CLOCK.finditer(text):
        clear = match["p"] or match["t"] in "時时" or (match["r"] and (not match["m"] or match["f"]))
        hour, rest = small(match["h"]), match["r"] or ""
        if clear and hour <= 24:
            quarter = {"半": 30, "一刻": 15, "三刻": 45}.get(rest, 0)
            yield marked(match.start(), match.end(), "clock", float(hour % 12 * 60 + quarter + small(match["m"])))


def _nth_days(text: str) -> Iterator[Fact]:
    """A day of the week that is said by its place in the month, as 10 times that place and the day."""
    for match in _NTH_DAY.finditer(text):
        day = _MARKS[match["j"]] if match["j"] else "一二三四五六日".find(match["z"].replace("天", "日")) + 1
        yield marked(match.start(), match.end(), "weekday", *(
            float(small(match[name]) * 10 + day) for name in ("n", "o") if match[name]
        ))  # fmt: skip


def _day_of(match: re.Match[str], year: int) -> Fact:
    rows = match.groupdict()
    value = year * 10000 + small(rows.get("m")) * 100 + small(rows.get("d"))
    return marked(match.start(), match.end(), "day", float(value))


def _with_year(year: str | None, part: int) -> float:
    return (number(year, False) if year else 0.0) * 10 + part


def _figures(text: str, language: str, source: bool) -> Iterator[Fact]:
    table = unit_table()
    for match in _HALF_UNIT.finditer(text):
        if match["q"]:
            seconds, value = 900.0 * number(match["q"], False), number(match["q"], False)
        else:
            value = (number(match["n"], False) if match["n"] else 0.0) + 0.5
            seconds = value * units()[_HALVED[match["u"]]][1]
        yield measured(match.start(), match.end(), "number", value, [(seconds, "time")], text, True, "")
    for match in _OF_SO_MANY.finditer(text):
        whole, part = number(match["whole"], False), number(match["part"], False)
        if 0 < part < whole <= 1000:
            readings = [(part / whole, "share"), (part, "part"), (whole, "whole")]
            yield measured(match.start(), match.end(), "number", part / whole, readings, text, True, match["part"])
    for match in _TWICE.finditer(text):
        yield measured(match.start(), match.end(), "number", 2.0, [(2.0, "times")], text, True, "")
    for match in _FRACTION.finditer(text):
        whole, part = number(match["whole"], False), number(match["part"], False)
        if whole == 100:
            reading = (part, "percent")
        elif whole == 1000:
            reading = (part / 10, "percent")
        elif whole > part > 0:
            reading = (part / whole, "share")
        else:
            continue
        kind = "percent" if reading[1] == "percent" else "number"
        yield measured(match.start(), match.end(), kind, reading[0], [reading], text, True, match["part"])
    for match in _HALVES.finditer(text):
        yield measured(match.start(), match.end(), "number", 0.5, [(0.5, "share")], text, True, "")
    for match in _DISCOUNT.finditer(text):
        left = number(match["a"]) * 10 + (number(match["b"]) if match["b"] else 0)
        readings = [(left, "percent"), (100 - left, "percent")]
        yield measured(match.start(), match.end(), "percent", left, readings, text, True, "")
    for match in _FIGURE.finditer(text):
        fact = _one(match, text, language, source, table)
        if fact is not None:
            yield fact


def _one(
    match: re.Match[str], text: str, language: str, source: bool, table: list[tuple[str, str, float]]
) -> Fact | None:
    said = match[0].lstrip("¥￥$€")
    sign = match[0][: len(match[0]) - len(said)]
    if said[0] in _BIG:
        return None
    end = match.end()
    value = number(said, language == "zh")
    pair = len(said) == 2 and all(c in _DIGITS for c in said)
    words = not re.search(r"[\d０-９]", said)
    more = re.match(r"多|余|餘|几|数|来(?=[个個人名年天次家块元岁斤])", text[end:])
    if more:
        end += more.end()
    hedge = ("about" if more[0] == "来" else "over") if more else ""
    percent = _PERCENT.match(text, end)
    ordinal = text[max(0, match.start() - 1) : match.start()] == "第"
    readings: list[tuple[float, str]]
    if percent and not (percent["tenth"] and value > 10):
        value *= 10 if percent["tenth"] else 1
        half = re.match(rf"半|([{D}\d])分?", text[percent.end() :]) if percent["tenth"] else None
        if half:
            value += 5 if half[0] == "半" else number(half[1])
        readings = [(value, "point" if percent["point"] else "percent")]
        if percent["point"] and text.startswith("的", percent.end()):
            readings.append((value, "percent"))  # "零点三个百分点的订单": a share, said loosely
        end = percent.end() + (half.end() if half else 0)
        return measured(match.start(), end, "percent", value, readings, text, words, said, hedge)
    measure = next(((d, s, n) for n, d, s in table if text.startswith(n, end + (text[end : end + 1] == " "))), None)
    if pair and _DIGITS[said[1]] == _DIGITS[said[0]] + 1 and measure is not None:
        readings = [(float(_DIGITS[c]), "") for c in said]  # 七八个: seven or eight
        value, hedge = readings[0][0], "about"
    else:
        readings = [(value, "")]
    if sign:
        readings = [(value, {"$": "USD", "€": "EUR"}.get(sign, "JPY" if language == "ja" else "CNY"))]
    elif ordinal:
        readings = [(value, "ordinal"), (value, "")]
    elif measure is not None:
        dimension, size, name = measure
        end += len(name) + (text[end : end + 1] == " ")
        tenth = re.match(rf"[{D}](?![{D}十百千万亿個个年月日])", text[end:]) if name in ("米", "块", "塊") else None
        if tenth and value == int(value):  # 九米二 is 9.2 metres
            value, end = value + _DIGITS[tenth[0]] / 10, end + 1
            readings = [(value, "")]
        if text.startswith("半", end) and dimension in ("time", "mass", "length", "volume", "mu", "CNY", "斤"):
            value, end = value + 0.5, end + 1
            readings = [(value, "")]
        readings = [(one * size, dimension) for one, _ in readings]
        if dimension == "km":  # kilometres or kilogrammes
            readings = [(value * 1000, "length"), (value, "mass")]
        elif dimension == "斤":  # half a kilogramme in China, 600 g before
            readings = [(value * 0.5, "mass")]
        if dimension == "people" or name in ("日", "分", "才", "点"):
            readings += [(value, "")]
    elif not words and said[-1].isdigit() and not _WORD.match(text, end):
        return None  # plain digits are looked at with what stands around them in any language
    small = words and len(said) == 1
    counted = measure is not None or text[end : end + 1] in _COUNTERS or ordinal or sign
    if small and not counted and not (source and _stands(said, text, end)):
        return None
    if pair and not counted:
        return None
    if words and value <= 1 and not source and (measure is None or measure[0] not in MONEY):
        return None
    fact = measured(match.start(), end, "number", value, readings, text, words, said, hedge)
    counter = text[end : end + 1] if measure is None and text[end : end + 1] in _COUNTERS - _ANY else ""
    return replace(fact, counts=counter)


_JOINED = re.compile(rf" ?(?:到|至|から|[-–—~～〜、或]) ?[{D}十百千\d]")


def _stands(said: str, text: str, end: int) -> bool:
    """Whether a single numeral of a source may be a figure: before a word that it counts, or as one of two."""
    return bool(_JOINED.match(text, end)) or (said in "二两兩三四五六七八九" and bool(_WORD.match(text, end)))


def measured(
    start: int, end: int, kind: str, value: float, readings: list[tuple[float, str]], text: str, words: bool, said: str,
    hedge: str = "",
) -> Fact:  # fmt: skip
    before = _BEFORE.search(text[max(0, start - 6) : start])
    after = _AFTER.match(text, end + (text[end : end + 1] in _COUNTERS))
    hedge = (before.lastgroup if before else None) or hedge or (after.lastgroup if after else None) or ""
    decimals = re.search(r"[.．点・]([\d０-９〇零一二三四五六七八九]+)", said)
    scale = next((size for letter, size in reversed(_BIG.items()) if letter in said), 1.0)
    exact = Fact(start, end, "number", value, tuple(readings), hedge, words, len(decimals[1]) if decimals else 0)
    return replace(exact, kind="percent" if kind == "percent" else "number", scale=scale)


def _ranges(text: str, found: list[Fact]) -> list[Fact]:
    """五十到六十万, 三から四割: what the second has may be meant for both."""
    out = list(found)
    for at in range(len(out) - 1):
        first, second = out[at], out[at + 1]
        plain = first.kind == "number" and first.dimensions == {""} and first.scale == 1
        if plain and second.kind != "date" and _RANGE.fullmatch(text[first.end : second.start]):
            dimension = second.readings[0][1]
            factor = 10.0 if text[second.end - 1 : second.end] in ("成", "割") else second.scale
            if dimension or second.scale > 1:
                more = (first.value * factor, dimension)
                out[at] = replace(first, kind=second.kind, readings=(*first.readings, more))
    return out
