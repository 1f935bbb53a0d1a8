"""The rules as properties, against the slow second implementation in `oracle.py`."""

import pytest
import unicodedata2 as ud
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.text import letters
from composer.text.clusters import clusters
from composer.text.spans import links, spans
from composer.text.style import (
    ATTRIBUTES,
    MATH_STYLES,
    STYLES,
    add,
    add_range,
    edit_range,
    remove,
    style,
    style_range,
    toggle,
    toggle_range,
    unstyle,
)
from tests.text import oracle
from tests.text.strings import anything, mixed, random_strings

SOME = settings(max_examples=250, deadline=None)
names = st.sampled_from(STYLES)
alphabets = st.sampled_from(MATH_STYLES)
attributes = st.sampled_from(ATTRIBUTES)
letters_attributes = st.sampled_from(("bold", "italic"))


def keep(text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in links(text)]


def test_a_thousand_strings_change_only_where_a_rule_says_so() -> None:
    for text in random_strings(1000, seed=3):
        for name in STYLES:
            assert style(text, name) == oracle.style(text, name, keep(text)), (text, name)
        assert unstyle(text) == oracle.unstyle(text), text


@SOME
@given(anything, names)
def test_style_is_what_the_rules_say(text: str, name: str) -> None:
    assert style(text, name) == oracle.style(text, name, keep(text))


@SOME
@given(anything)
def test_unstyle_is_what_the_rules_say(text: str) -> None:
    assert unstyle(text) == oracle.unstyle(text)


@SOME
@given(anything, letters_attributes)
def test_add_and_remove_are_what_the_rules_say(text: str, attr: str) -> None:
    assert add(text, attr) == oracle.attribute(text, attr, True, keep(text))
    assert remove(text, attr) == oracle.attribute(text, attr, False, [])


@SOME
@given(anything, names, attributes)
def test_r0_text_in_nfc_stays_in_nfc(text: str, name: str, attr: str) -> None:
    text = ud.normalize("NFC", text)
    for result in (style(text, name), unstyle(text), add(text, attr), remove(text, attr), toggle(text, attr)):
        assert ud.normalize("NFC", result) == result


@SOME
@given(anything, names)
def test_r6_and_r7_and_r8_what_is_protected_keeps_its_code_points(text: str, name: str) -> None:
    styled = style(text, name)
    at = 0
    for span in spans(text):
        at = styled.index(text[span.start : span.end], at)
        at += span.end - span.start


@SOME
@given(anything, names, attributes)
def test_r9_everything_but_toggle_is_idempotent(text: str, name: str, attr: str) -> None:
    for change in (lambda t: style(t, name), unstyle, lambda t: add(t, attr), lambda t: remove(t, attr)):
        once = change(text)
        assert change(once) == once


@SOME
@given(anything, alphabets, names)
def test_r10_a_style_replaces_an_alphabet(text: str, first: str, second: str) -> None:
    styled = style(style(text, first), second)
    if second in MATH_STYLES:
        plain = ud.normalize("NFC", text)
        assert ud.normalize("NFC", styled) == ud.normalize("NFC", style(plain, second))
    else:
        assert style(styled, second) == styled


@SOME
@given(mixed, letters_attributes)
def test_r11_removing_what_was_added_to_plain_text_gives_the_text_back(text: str, attr: str) -> None:
    plain = ud.normalize("NFC", unstyle(text))
    if oracle.PLAIN.keys().isdisjoint(plain):
        assert remove(add(plain, attr), attr) == plain


@SOME
@given(anything, attributes)
def test_r12_toggle_adds_to_all_or_removes_from_all(text: str, attr: str) -> None:
    toggled = toggle(text, attr)
    if add(text, attr) == text:
        assert toggled == remove(text, attr)
    else:
        assert toggled == add(text, attr)


@SOME
@given(anything, alphabets)
def test_r14_unstyle_takes_back_exactly_what_style_did(text: str, name: str) -> None:
    nfc = ud.normalize("NFC", text)
    if not (set(oracle.PLAIN) | {oracle.LOW_LINE, oracle.STROKE}) & set(nfc):
        assert unstyle(style(nfc, name)) == nfc


@SOME
@given(anything, alphabets)
def test_r14_of_any_other_text_only_changed_clusters_come_back_in_nfc(text: str, name: str) -> None:
    if (set(oracle.PLAIN) | {oracle.LOW_LINE, oracle.STROKE}) & set(ud.normalize("NFD", text)):
        return
    back = unstyle(style(text, name))
    kept = keep(text)
    expected = []
    at = 0
    for cluster in clusters(text):
        own = [(a - at, b - at) for a, b in kept if a < at + len(cluster) and at < b]
        changed = oracle.style(cluster, name, own) != cluster
        expected.append(ud.normalize("NFC", cluster) if changed else cluster)
        at += len(cluster)
    assert back == "".join(expected)


@SOME
@given(anything, st.sampled_from(("underline", "strikethrough")))
def test_r15_lines_come_and_go(text: str, attr: str) -> None:
    line = {"underline": oracle.LOW_LINE, "strikethrough": oracle.STROKE}[attr]
    nfc = ud.normalize("NFC", text)
    if line not in nfc:
        drawn = add(nfc, attr)
        assert remove(drawn, attr) == nfc
        assert drawn.count(line) <= len(clusters(nfc))
        assert len(clusters(drawn)) == len(clusters(nfc))


@SOME
@given(anything, st.integers(0, 25), st.integers(0, 25), names)
def test_r16_a_selection_is_widened_to_whole_clusters(text: str, start: int, end: int, name: str) -> None:
    edit = edit_range(text, start, end, "style", name)
    edges = [0]
    for cluster in clusters(text):
        edges.append(edges[-1] + len(cluster))
    if start < end and start < len(text):
        assert edit.start == max(edge for edge in edges if edge <= start)
        assert edit.end == min(edge for edge in edges if edge >= min(end, len(text)))
    else:
        assert edit.apply(text) == text
    assert style_range(text, start, end, name) == edit.apply(text)


@SOME
@given(anything, names, attributes)
def test_a_range_over_everything_is_the_whole_operation(text: str, name: str, attr: str) -> None:
    assert style_range(text, 0, len(text), name) == style(text, name)
    assert add_range(text, 0, len(text), attr) == add(text, attr)
    assert toggle_range(text, 0, len(text), attr) == toggle(text, attr)


@SOME
@given(anything, names)
def test_r17_decorative_letters_are_one_way(text: str, name: str) -> None:
    styled = style(unstyle(text), name)
    if name not in (*MATH_STYLES, "underline", "strikethrough"):
        decorative = [c for c in styled if c in oracle.DECORATIVE[name].values()]
        for result in (unstyle(styled), add(styled, "bold"), remove(styled, "italic"), style(styled, "serif_bold")):
            assert [c for c in result if c in oracle.DECORATIVE[name].values()] == decorative


@pytest.mark.parametrize("name", STYLES)
def test_long_texts_go_another_way_to_the_same_result(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(random_strings(400, seed=8))
    styled, plain = style(text, name), unstyle(style(text, name))
    monkeypatch.setattr(letters, "LONG", 1)
    monkeypatch.setattr("composer.text.bulk._BLOCK", 1000)
    assert style(text, name) == styled
    assert unstyle(styled) == plain
