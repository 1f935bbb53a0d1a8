"""Names in a Chinese or Japanese post that its source does not have.

Nothing marks a name there, so only what stands beside one is taken for it: an address (さん, 氏, 教授, 先生), a title
before a Chinese name (店长, 馆长), or the kind of an institution or place after its name (大学, 信用金庫, 镇).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from composer.post.grounding.names.eastern_near import families
from composer.post.grounding.source.terms import fold

if TYPE_CHECKING:
    from composer.post.grounding.source.ground import Ground

_HAN = "\u4e00-\u9fff々"
_JA = re.compile(
    rf"(?P<name>[{_HAN}]{{1,5}}(?:[ぁ-ゖ]{{0,4}}?(?<![のはがをでにとも]))|[{_HAN}]{{0,4}}[ァ-ヶー]{{2,10}}(?:[・＝][ァ-ヶー]{{2,10}})*)"
    r"(?=さん(?!かく)|氏(?!名)|様(?!子|々)|教授|先生|博士|監督|選手)"
)
# What somebody is, before a name in the letters for foreign ones: 配信者モロー.
_KATAKANA = re.compile(rf"^[{_HAN}]+(?=[ァ-ヶー]{{3}})")
# The hundred family names that cover most people (Ministry of Public Security of China, 2020), simplified.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余"
    "于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷"
    "龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常康纪岳邢"
)
_TITLE = (
    "教授|老师|先生|女士|博士|医生|院长|馆长|店长|校长|经理|主任|总裁|主席|"
    "市长|局长|队长|记者|主持人|工程师|研究员|设计师|创始人"
)
_ZH_BEFORE = re.compile(rf"(?P<name>[{_FAMILY}][{_HAN}]{{1,2}})(?={_TITLE})")
_ZH_AFTER = re.compile(rf"(?:{_TITLE})(?P<name>[{_FAMILY}][{_HAN}]{{1,2}})")
_TOWN = "市(?![场場民区區值价價面容长長集井况況])|村(?![庄民里子委口长長镇人外])|岛(?![国民主屿])"
# What is a kind of town or village, and no name: 城市, 超市, 农村.
_NO_TOWN = re.compile("[城超夜股都上门門集楼闹菜早黑花农乡渔山全本新小半荒孤海列群群我们成名两该各同邻县地]$")
_KIND = "大学|大學|博物馆|博物館|信用金庫|银行|銀行|医院|病院|研究所|図書館|图书馆|鉄道|镇|鎮|县|県|車輛|车站"
_IN_TOWN = re.compile(rf"(?:(?<=[在到去从於于，。、 ])|^)(?P<name>[{_HAN}]{{2}})(?P<kind>{_TOWN})")
_JA_TOWN = re.compile(rf"(?<![{_HAN}ァ-ヶ])(?P<name>[{_HAN}]{{2}})(?P<kind>[町市村駅])(?![{_HAN}づ])")
_JA_NO_TOWN = frozenset("漁師 城下 温泉 宿場 門前 学生 地方 近隣 周辺 自分 田舎 過疎 終着 始発 最寄 隣の".split())  # noqa: SIM905
_PLACED = re.compile(rf"(?P<name>[{_HAN}]{{2}})(?P<kind>{_KIND})")
# Characters that stand before such a word without being its name.
_LOOSE = frozenset(
    "的了在是我你他她它们們这那個个家所间間座到去从從向和与與及或该該本各每全新旧老大"
    "小中国國公私立市省地区區州一二三四五六七八九十百千両兩两方元前后後内外里对給给为"
    "為有当當某其被把同学學生子総综合专専門门"
)


_JA_OFFICE = (
    "館長|司書|シェフ|料理長|板長|店長|社長|部長|課長|主任|担当|職人|女将|番頭|棟梁|監督|教授|医師|看護師|運転士|車掌|駅長|"
    "町長|市長|村長|校長|園長|院長|設計士|杜氏|技師|技術者|編集長|記者|施設長|介護士|組合長|会長|理事長|農家|漁師|船長|学芸員"
)
_JA_NAMED = re.compile(rf"(?:{_JA_OFFICE})の(?P<name>[{_HAN}]{{2,5}}|[ァ-ヶー]{{3,10}})(?=[ぁ-ゖ、。]|$)")
_ZH_OFFICE = (
    f"{_TITLE}|总监|组长|负责人|采购|厂长|站长|村长|镇长|县长|师傅|徒弟|护士长|护士|律师|司机|药师|教练|船长|会长|书记"
)
_ZH_END = "(?=[，。、：:；！？“”「」（）\\s]|的|说|是|在|带|来|和|从|把|给|也|就|都|他|她|了|有|当|先|老|一|做|去|$)"
_ZH_NAMED = re.compile(rf"(?:{_ZH_OFFICE})(?:，|是|叫)?(?P<name>[{_FAMILY}贺欧司尉温祁阮屠][{_HAN}]{{1,2}}?){_ZH_END}")
_ZH_CALLED = re.compile(rf"(?:叫|名叫|名字是|就是)(?P<name>[{_FAMILY}贺欧司尉温祁阮屠谭][{_HAN}]{{1,2}}?){_ZH_END}")
# Who says so: "我叫褚大海", "我是云汐航天的总设计师卫承岚。".
_ZH_I = re.compile(
    rf"我(?:是|叫)(?:[^，。、！？\s我]{{0,24}}?(?P<last>[{_HAN}]{{3}})(?=[，。！\s]|$)|(?P<name>[{_HAN}]{{3}})(?=[是在来]))"
)
# "司書、三浦さやかです", "館長、小野寺薫さん".
_JA_BESIDE = re.compile(
    rf"(?:{_JA_OFFICE})、(?P<name>[{_HAN}]{{2,5}}(?:[ぁ-ゖ]{{2,3}}?)?)(?=さん|氏|です|でした|と申|といいます|[、。]|が|は|も|$)"
)


# Who is addressed by what he is, and words that only look like a name beside a title.
NOBODY = frozenset(
    f"{_JA_OFFICE}|{_ZH_OFFICE}|奥|客|皆|母|父|娘|息子|大家|店員|子供|子ども|兄|姉|祖父|祖母|神|仏|时任|现任|前任|任总|聞き手|主持人|司会".split(
        "|"
    )
)


@cache
def _zh_kin() -> re.Pattern[str]:
    """ "我女儿罗思琪给我拍": who is named behind what he is to somebody."""
    kin = "女儿|儿子|妻子|丈夫|老婆|老公|弟弟|妹妹|哥哥|姐姐|同学|朋友|邻居|同事|搭档|老乡|学生|合伙人|表弟|表妹"
    return re.compile(rf"(?:{kin})(?P<name>[{''.join(sorted(families()))}][{_HAN}]{{1,2}}?){_ZH_END}")


# What ends what somebody is, not who: 主理人, 负责人, 设计师.
_NO_NAME = re.compile("[人师长员家者工士生商板主任理的了吧啊呢]$|公司|大学")


def persons(line: str, language: str) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of who is named in a Chinese or Japanese line with an address, an office or "called"."""
    patterns = (_JA, _JA_NAMED, _JA_BESIDE) if language == "ja" else (_ZH_BEFORE, _ZH_AFTER, _ZH_NAMED, _ZH_CALLED)
    seen: set[int] = set()
    for pattern in patterns:
        for match in pattern.finditer(line):
            start, name = match.start("name"), match["name"]
            if language == "ja":
                # "食堂をやってる稲垣トメ": what stands before a name with kana between is none of it.
                name = re.sub(rf"^.*[ぁ-ゖ](?=[{_HAN}]{{2}})", "", name)
                name = _KATAKANA.sub("", name)
                start = match.end("name") - len(name)
            if len(name) > 1 and start not in seen and name not in NOBODY:
                seen.add(start)
                yield name, start, start + len(name)
    for match in _zh_kin().finditer(line) if language == "zh" else ():
        if match.start("name") not in seen and not _NO_NAME.search(match["name"]):
            seen.add(match.start("name"))
            yield match["name"], match.start("name"), match.end("name")
    for match in _ZH_I.finditer(line) if language == "zh" else ():
        name = match["last"] or match["name"]
        start = match.start("last" if match["last"] else "name")
        if name[0] in families() and start not in seen and not _NO_NAME.search(name):
            yield name, start, start + 3


def eastern_names(line: str, ground: "Ground") -> Iterator[tuple[int, int, str]]:
    """(start, end, why) of each name of a line that does not stand in the source."""
    patterns = (_JA,) if ground.language == "ja" else (_ZH_BEFORE, _ZH_AFTER)
    seen: set[int] = set()
    for pattern in patterns:
        for match in pattern.finditer(line):
            bare = fold(_KATAKANA.sub("", match["name"]))
            found = match["name"] in NOBODY or bare in ground.flat
            found = found or _longest(match["name"], ground.flat, first=pattern is _ZH_AFTER)
            if not found and match.start("name") not in seen:
                seen.add(match.start("name"))
                yield match.start("name"), match.end("name"), _why(match["name"])
    for match in _JA_TOWN.finditer(line) if ground.language == "ja" else ():
        name = match["name"]
        known = name in _JA_NO_TOWN or fold(name) in ground.flat or fold(match["kind"]) not in ground.flat
        if not known and not set(name) & _LOOSE:
            yield match.start(), match.end(), _why(name + match["kind"])
    for match in _IN_TOWN.finditer(line) if ground.language == "zh" else ():
        name, kind = match["name"], match["kind"]
        if set(name) & _LOOSE or _NO_TOWN.search(name) or fold(kind) not in ground.flat:
            continue
        if fold(name) not in ground.flat:
            yield match.start(), match.end(), _why(name + kind)
    for match in _PLACED.finditer(line):
        name, kind = match["name"], match["kind"]
        if fold(name + kind) in ground.flat or set(name) & _LOOSE or fold(kind) not in ground.flat:
            continue
        yield match.start(), match.end(), _why(name + kind)


def _why(name: str) -> str:
    return f"“{name}” is not in the source."


def _longest(name: str, flat: str, first: bool) -> bool:
    """Whether the source has the name, or all but a character that may belong to what stands beside it."""
    low = fold(name)
    if low in flat:
        return True
    shorter = low[:-1] if first else low[1:]
    return len(shorter) >= 2 and shorter in flat
