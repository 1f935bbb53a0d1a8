"""Words that may stand for each other: the groups as written, and what `related` makes of them."""

from collections import Counter

import pytest

from composer.post import related as module
from composer.post.related import groups, languages, related
from composer.post.terms import content, stem

TOLD = {
    "en": "founded/started employs/staff cost/paid died/dead cut/reduction evicted/eviction long/length high/height "
    "youth/young growing/growth deaths/died sold/sale bought/purchase wide/width deep/depth weighs/weight annual/year "
    "daily/day chairman/chair director/boss elected/vote stole/theft injured/injury ordered/order studying/studied "
    "begin/beginning flew/flight founder/founded prices/cost borrowed/loan hired/recruit readers/read error/bug",
}
APART = {
    "en": "bread/court begin/end rise/fall born/died bought/sold school/hospital train/cow rain/vote war/bread "
    "doctor/lawyer river/salary father/mother winter/summer song/tax",
}


def _stem(word: str, language: str) -> str:
    return next(term for term, _, _ in content(word, language) if term)


def _pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(tag, *pair.split("/", 1)) for tag, row in table.items() for pair in row.split()]


@pytest.mark.parametrize(("language", "one", "other"), _pairs(TOLD))
def test_words_of_one_idea_come_near_each_other(language: str, one: str, other: str) -> None:
    first, second = _stem(one, language), _stem(other, language)
    assert first == second or (second in related(first, language) and first in related(second, language))


@pytest.mark.parametrize(("language", "one", "other"), _pairs(APART))
def test_words_of_two_ideas_do_not(language: str, one: str, other: str) -> None:
    first, second = _stem(one, language), _stem(other, language)
    assert first != second
    assert second not in related(first, language)


@pytest.mark.parametrize("language", languages())
def test_a_group_is_two_words_or_more_and_none_twice(language: str) -> None:
    seen = Counter(frozenset(group) for group in groups(language))
    for group in groups(language):
        assert len(group) == len(set(group)) > 1, group
        assert seen[frozenset(group)] == 1, group


@pytest.mark.parametrize("language", languages())
def test_every_word_has_a_stem(language: str) -> None:
    for word in {word for group in groups(language) for word in group}:
        assert content(word, language)[0][0], word


@pytest.mark.parametrize("language", languages())
def test_not_everything_is_related_to_everything(language: str) -> None:
    counted = Counter(word for group in groups(language) for word in group)
    assert max(counted.values()) <= 10
    assert max(len(related(stem(word, language), language)) for word in counted) <= 90


def test_a_word_is_not_its_own_kin_and_a_strange_one_has_none() -> None:
    assert stem("grow") not in related(stem("grow"), "en")
    assert related("xyzzy", "en") == related("grow", "tlh") == frozenset()
    assert related(stem("price"), "en-GB") == related(stem("price"), "en")


def test_the_groups_are_read_once() -> None:
    module._index.cache_clear()
    module._together.cache_clear()
    assert related(stem("price"), "en") == related(stem("price"), "en")
    related(stem("child"), "en")
    assert module._index.cache_info().misses == 1
