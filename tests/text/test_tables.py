"""Every table of the text room against the Unicode Character Database (unicodedata2)."""

import pytest
import regex
import unicodedata2 as ud

from composer.text import letters
from composer.text.alphabets import (
    ALPHABET_OF,
    DECORATIVE_STYLES,
    MATH_STYLES,
    PLAIN,
    STYLES,
    forms,
)
from composer.text.style import style, unstyle
from tests.text import oracle

ASSIGNED = [chr(code) for code in range(0x110000) if ud.category(chr(code)) not in ("Cn", "Cs")]


def test_the_database_is_the_one_the_tables_were_made_for() -> None:
    assert ud.unidata_version == "18.0.0"


def test_the_names_are_those_of_the_issue() -> None:
    assert len(MATH_STYLES) == 13
    assert set(MATH_STYLES) == set(oracle.MATH)
    assert set(DECORATIVE_STYLES) == set(oracle.DECORATIVE)
    assert set(STYLES) == {*MATH_STYLES, *DECORATIVE_STYLES, "underline", "strikethrough"}


@pytest.mark.parametrize("name", [*MATH_STYLES, *DECORATIVE_STYLES])
def test_r1_forms_are_those_of_the_database(name: str) -> None:
    expected = (oracle.MATH | oracle.DECORATIVE)[name]
    assert {chr(a): chr(b) for a, b in forms(name).items()} == expected


@pytest.mark.parametrize("name", MATH_STYLES)
def test_r1_a_form_means_its_letter(name: str) -> None:
    for plain, styled in forms(name).items():
        assert ud.decomposition(chr(styled)) == f"<font> {plain:04X}"


@pytest.mark.parametrize("name", [*MATH_STYLES, *DECORATIVE_STYLES])
def test_r2_no_unassigned_code_point_is_ever_made(name: str) -> None:
    for code in forms(name).values():
        assert ud.category(chr(code)) != "Cn"
        assert code != 0x1D6A6


def test_r13_the_inverse_is_the_block_and_the_fillers_of_its_holes() -> None:
    block = {ord(c) for c in ASSIGNED if 0x1D400 <= ord(c) < 0x1D800} - {0x1D6A6}
    assert len(block) == 996
    assert len(PLAIN) == 1020
    assert block <= set(PLAIN)
    assert set(PLAIN) - block == {ord(c) for c in "ℎℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤ"}
    assert set(ALPHABET_OF) == set(PLAIN)


@pytest.mark.parametrize("name", MATH_STYLES)
def test_every_assigned_code_point_styles_and_comes_back(name: str) -> None:
    kept = [c for c in ASSIGNED if ud.normalize("NFC", c) == c and ord(c) not in PLAIN and c not in "\u0332\u0336"]
    text = " ".join(kept)
    assert unstyle(style(text, name)) == text


def test_every_letter_with_a_canonical_decomposition_is_found() -> None:
    plain = {chr(code) for name in (*MATH_STYLES, *DECORATIVE_STYLES) for code in forms(name)}
    composed = {
        ord(c) for c in ASSIGNED if ud.normalize("NFD", c) != c and not plain.isdisjoint(ud.normalize("NFD", c))
    }
    assert composed <= set(letters._COMPOSED)


def test_every_mark_is_searched_for() -> None:
    marks = [c for c in ASSIGNED if regex.match(r"[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]", c)]
    search, _ = letters._search(True)
    near, _ = letters._search(False)
    for mark in marks:
        assert search.search(f"é{mark}"), hex(ord(mark))
        assert near.search(f"é{mark}") or ord(mark) > 0xFFFF
    assert not search.search("".join(c for c in ASSIGNED if c.isascii()))


def test_every_mark_that_needs_care_stops_the_simple_way() -> None:
    marks = {c for c in ASSIGNED if regex.match(r"[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d\U0001f3fb-\U0001f3ff]", c)}
    passing = marks - set(map(chr, letters._refused()))
    assert passing == set("\ufe0f\u20e3\u200c\u200d")
    assert all(ud.combining(c) == 0 and ud.normalize("NFC", f"e{c}") == f"e{c}" for c in passing)


def test_regex_knows_the_same_characters_as_the_database() -> None:
    assert not [c for c in ASSIGNED if regex.match(r"\p{Cn}", c)]
