"""Chinese and Japanese figures and names: characters and digits are one, and what the source lacks is pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.post.grounding import check
from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.values.eastern import number
from composer.post.grounding.values.numbers import facts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千二", 3200),
        ("一万一千八", 11800),
        ("三千零二", 3002),
        ("一百二", 120),
        ("二〇一七", 2017),
        ("十五", 15),
        ("两千七百", 2700),
        ("三点五亿", 350_000_000),
        ("1万5千", 15_000),
        ("3億2000万", 320_000_000),
        ("12,000", 12_000),
    ],
)
def test_numbers_as_they_are_written(text: str, value: float) -> None:
    assert number(text) == value


def test_in_japanese_nothing_is_left_out_at_the_end() -> None:
    assert number("三千二", colloquial=False) == 3002


def spelled(value: int) -> str:
    """A number below ten thousand in characters, by the rule a school teaches."""
    out, waiting = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            out += ("零" if waiting and out else "") + "零一二三四五六七八九"[digit] + unit
        waiting = not digit
    return out


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_every_number_is_read_back(high: int, low: int) -> None:
    # What is colloquial is left out: 一万二 is 12000, so a lone digit has its zero.
    tail = spelled(low) if low else ""
    text = spelled(high) + "万" + ("零" if 0 < low < 1000 else "") + tail
    assert number(text) == high * 10_000 + low


@pytest.mark.parametrize(
    ("said", "heard", "language"),
    [
        ("8%", "百分之八", "zh"),
        ("三成左右", "百分之三十一", "zh"),
        ("2000多人", "两千三百人", "zh"),
        ("5月3日", "五月三号", "zh"),
        ("15:30", "下午三点半", "zh"),
        ("2.5米", "两米五", "zh"),
        ("1/4", "四分之一", "zh"),
        ("30%", "三割", "ja"),
        ("1988年", "昭和六十三年", "ja"),
        ("午後2時", "十四時", "ja"),
        ("1億2000万円", "一億二千万円", "ja"),
        ("約3100人", "三千百二十人", "ja"),
    ],
)
def test_one_figure_in_two_ways(said: str, heard: str, language: str) -> None:
    (post,) = facts(said, language)
    assert any(supports(post, fact) for fact in facts(heard, language, source=True))


@pytest.mark.parametrize(
    ("text", "language"),
    [("十分满意", "zh"), ("四川人一起来", "zh"), ("千万别忘了", "zh"), ("一番好きな六本木", "ja"), ("一緒に", "ja")],
)
def test_words_that_only_look_like_figures(text: str, language: str) -> None:
    assert facts(text, language) == []


@pytest.mark.parametrize(
    ("said", "heard", "language"),
    [("80万美元", "八十万元", "zh"), ("26岁", "二十六天", "zh"), ("3割", "三人", "ja"), ("5時", "五人", "ja")],
)
def test_two_that_are_not_one(said: str, heard: str, language: str) -> None:
    (post,) = facts(said, language)
    assert not any(supports(post, fact) for fact in facts(heard, language, source=True))


CHINESE = """店主：我们的面馆是二〇一二年三月开的，第一个月只卖了四百二十碗。
店主：现在一天卖六百碗，其中七成是外卖。面粉涨了百分之十二，我们没有涨价。
店主：教我做面的是云江大学旁边的袁师傅，他做了三十六年。"""
JAPANESE = """司会：本日は和菓子店の三代目、戸倉さんです。
戸倉：創業は昭和二十三年です。あんこは毎朝四時から炊きます。一日に千二百個、正月は三千個作ります。
戸倉：売り上げの二割五分は海外のお客様です。"""


def test_a_true_chinese_post_is_left_alone_and_each_change_is_found() -> None:
    post = "面馆2012年3月开业。现在一天卖600碗，70%是外卖。面粉涨了12%，没有涨价。"
    assert check(post, CHINESE) == []
    for old, new in (("2012", "2013"), ("600", "900"), ("70%", "30%")):
        assert check(post.replace(old, new), CHINESE), new
    assert [p.kind for p in check("海清大学旁边的师傅教他做面。", CHINESE)] == ["name"]


def test_a_true_japanese_post_is_left_alone_and_each_change_is_found() -> None:
    post = "1948年創業。あんこは毎朝4時から。一日1200個、正月は3000個。売り上げの25%は海外から。"
    assert check(post, JAPANESE) == []
    for old, new in (("1948", "1958"), ("4時", "6時"), ("3000", "8000"), ("25%", "35%")):
        assert check(post.replace(old, new), JAPANESE), new
    assert [p.kind for p in check("三代目の堀川さんの話。", JAPANESE)] == ["name"]


LANTERNS = (
    "店里的事，我慢慢讲。灯笼铺的店长叫谭小满，她今年二十六岁。铺子在河边，一天卖三十盏灯。下雨的时候没有客人，我们就修旧灯。"
    "去年冬天来了一位老教授，贺鸣谦，他带着四个学生，在仓库里画了七个月的图。后来那些图印成了书。书卖得不好，可是孩子们喜欢。"
)
KILN = (
    "窯の話をします。火を入れるのは春と秋だけです。灰を集めるのは、隣の村の早乙女ふみさんです。八十四歳になります。"
    "雨の日は土を休ませます。休んだ土はよく伸びます。図面を引いたのは、設計士の久我美里でした。二十七歳の時です。"
    "屋根は三か月でできました。煙突は低いほうがいい、と私は思っています。"
)


def test_who_did_it_in_chinese_and_japanese() -> None:
    assert check("老教授贺鸣谦带着四个学生，在仓库里画了七个月的图。", LANTERNS) == []
    assert check("図面を引いたのは設計士の久我美里さん、当時27歳です。", KILN) == []
    for post, source, wrong in (
        ("老教授谭小满带着四个学生，在仓库里画了七个月的图。", LANTERNS, "谭小满"),
        ("図面を引いたのは設計士の早乙女ふみさん、当時27歳です。", KILN, "早乙女ふみ"),
    ):
        assert [post[p.start : p.end] for p in check(post, source) if p.kind == "name"] == [wrong]


def test_an_office_alone_may_be_quoted() -> None:
    source = (
        "司会：では町長の大峰徹さん。\n大峰：残したんじゃなくて、壊せなかったんです。雨の日も雪の日も見に行きました。"
    )
    assert check("「残したんじゃなくて、壊せなかったんです」と町長は言いました。", source) == []
