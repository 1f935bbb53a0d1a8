"""Figures that people say in more than one way: in parts, in tenths, without the unit, by the number of a month."""

import pytest

from composer.post.grounding import check

SAME = [
    ("She slept five hours forty and then six hours and thirty one.", "Sleep rose to 6 h 31."),
    ("We lost the final by nine hundredths.", "They lost the final by 0.09 seconds."),
    ("The altar is 3 metres 40 wide and very heavy.", "The altar is 3.4 m wide."),
    ("Batching gives us about three and a half, caching another 1.7.", "Batching 3.5x, caching 1.7x."),
    ("It was 9 degrees outside and 21 degrees in the hall.", "9 outside, 21 inside: the hall held."),
    ("Complaints went from 64 to 21 per cent in the group.", "Complaints fell from 64 per cent to 21, 43 points less."),
    ("I knew in the third month that I was right.", "She knew in month three that she was right."),
]


@pytest.mark.parametrize(("source", "post"), SAME)
def test_a_figure_said_in_another_way_is_no_fault(source: str, post: str) -> None:
    assert check(post, source) == []


@pytest.mark.parametrize(
    ("source", "post", "wrong"),
    [
        ("We lost the final by nine hundredths.", "They lost the final by 0.9 seconds.", "0.9 seconds"),
        ("The altar is 3 metres 40 wide and very heavy.", "The altar is 3.7 m wide.", "3.7 m"),
        ("Caching gives us another 1.7.", "Caching gives 2.7x.", "2.7x"),
        ("I knew in the third month that I was right.", "She knew in month five that she was right.", "five"),
    ],
)
def test_another_figure_is_one(source: str, post: str, wrong: str) -> None:
    assert [post[one.start : one.end] for one in check(post, source)] == [wrong]


def test_megavatios() -> None:
    assert check("El parque tiene 42 MW.", "Tenemos un parque solar de 42 megavatios en la costa.") == []


def test_a_writer_counts_his_list_though_the_source_says_numbers() -> None:
    source = "Anna, the numbers. Revenue was 318 million and we opened 12 shops."
    assert check("The quarter in two numbers: revenue of 318 million, 12 shops.", source) == []
    assert check("The quarter in five numbers.", source) == []
