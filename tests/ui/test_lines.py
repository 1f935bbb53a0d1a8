"""Bullets, numbers, tags, and traces that follow their lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.post.model import Trace
from composer.text.style import style
from composer.ui import lines as rules

TEXTS = st.text(st.sampled_from("ab #1_\n•-/.éß❓𝗯𝟭"), max_size=60)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("• one", "• "),
        ("  - two", "  - "),
        ("3/ three", "4/ "),
        ("9. nine", "10. "),
        (style("9", "sans_bold") + "/ nine", style("10", "sans_bold") + "/ "),
        ("no bullet", ""),
        ("3/4 of it", ""),
        ("-5 degrees", ""),
    ],
)
def test_a_new_line_continues_the_list(line: str, wanted: str) -> None:
    assert rules.next_prefix(line) == wanted


def test_bullets_go_on_and_off() -> None:
    lines = ["one", "", "two"]
    assert rules.bulleted(lines) == ["• one", "", "• two"]
    assert rules.bulleted(rules.bulleted(lines)) == lines
    assert rules.numbered(["• one", "two"]) == ["1/ one", "2/ two"]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), min_size=1, max_size=5))
def test_lists_keep_the_number_of_lines(lines: list[str]) -> None:
    assert len(rules.bulleted(lines)) == len(rules.numbered(lines)) == len(lines)


def apply(text: str, change: tuple[int, int, str] | None) -> str:
    assert change is not None
    start, end, new = change
    return text[:start] + new + text[end:]


def test_a_tag_goes_in_and_out_where_the_tags_are() -> None:
    text = "A post.\n\n#One #Two"
    more = apply(text, rules.with_tag(text, "#Three"))
    assert more == "A post.\n\n#One #Two #Three"
    assert apply(more, rules.without_tag(more, "#Two")) == "A post.\n\n#One #Three"
    assert apply(more, rules.without_tag(more, "#One")) == "A post.\n\n#Two #Three"
    assert apply("A post.", rules.with_tag("A post.", "#One")) == "A post.\n\n#One"
    assert apply("A post.\n\n#One", rules.without_tag("A post.\n\n#One", "#One")) == "A post."


def test_a_tag_in_a_sentence_becomes_a_word() -> None:
    text = "We like #Lists here."
    assert apply(text, rules.without_tag(text, "#Lists")) == "We like Lists here."


@given(TEXTS)
def test_a_tag_put_in_is_in(text: str) -> None:
    tagged = apply(text, rules.with_tag(text, "#Zebra"))
    assert "#Zebra" in rules.tags_in(tagged)
    assert "#Zebra" not in rules.tags_in(apply(tagged, rules.without_tag(tagged, "#Zebra")))


def test_traces_follow_their_lines() -> None:
    trace, other = Trace(0, (1,), 5.0), Trace(0, (2,), 9.0)
    old, new = "head\none\ntwo", "head\nnew\none changed\ntwo"
    assert rules.carry(old, "head\nnew\none\ntwo", ((1, trace), (2, other))) == ((2, trace), (3, other))
    assert rules.carry(old, "head\none changed\ntwo", ((1, trace),)) == ((1, trace),)
    assert (3, other) in rules.carry(old, new, ((1, trace), (2, other)))


@given(TEXTS)
def test_cleaning_is_done_once(text: str) -> None:
    assert rules.cleaned(rules.cleaned(text)) == rules.cleaned(text)


def test_what_a_browser_adds_goes() -> None:
    assert rules.cleaned("a\u00a0b\r\nc\u200bd \n\n\n\ne\tf") == "a b\ncd\n\ne f"
    assert rules.cleaned("👩\u200d🍳 40\u202f%") == "👩\u200d🍳 40\u202f%"
