"""Cleaning: the pairs, what must survive, and properties."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.evidence import clean
from composer.evidence.words import lexicon, words

PAIRS = [line.split("\t") for line in (Path(__file__).parent / "spoken_pairs.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("half", [0, 1], ids=["seen", "held out"])
def test_at_least_four_of_five_pairs_match_word_for_word(half: int) -> None:
    assert len(PAIRS) >= 200
    part = PAIRS[half::2]
    same = sum(1 for language, spoken, written in part if words(clean(spoken, language)) == words(written))
    assert same >= 0.8 * len(part), f"{same} of {len(part)}"


@pytest.mark.parametrize(
    "text",
    [
        "I mean it",
        "what kind of model",
        "you know the answer",
        "like charges repel",
        "I mean it.",
        "What kind of model is it?",
        "You know the answer.",
        "Like charges repel.",
        "That is very, very good.",
        "The rain is not the problem, the problem is the soil.",
        "So we walked to the lake, the lake was frozen.",
    ],
)
def test_what_only_looks_like_a_filler_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("pair", PAIRS, ids=range(len(PAIRS)))
def test_no_pair_loses_a_negation_or_a_number(pair: list[str]) -> None:
    language, spoken, _ = pair
    cleaned = clean(spoken, language)
    assert set(re.findall(r"\d+", spoken)) == set(re.findall(r"\d+", cleaned))
    negations = {word.lower() for word in words(spoken)} & lexicon(language).negation
    assert negations <= {word.lower() for word in words(cleaned)}


SPOKEN = st.lists(
    st.sampled_from(
        [
            "um",
            "we",
            "the",
            "river",
            "you",
            "know,",
            "I",
            "mean,",
            "not",
            "15",
            "Lisbon",
            "is,",
            "like,",
            "so,",
            "right?",
            "wide",
            "and",
            "and",
            "no",
            "never",
            ".",
            ",",
        ]
    ),
    max_size=24,
).map(" ".join)


@given(SPOKEN)
def test_numbers_names_and_negations_survive_any_mixture(text: str) -> None:
    kept = {word.lower() for word in words(clean(text))}
    for word in ("15", "lisbon", "not", "no", "never"):
        assert (word in kept) == (word in {w.lower() for w in words(text)})


@given(st.text(max_size=200))
def test_any_text_is_cleaned_without_a_line_break(text: str) -> None:
    cleaned = clean(text)
    assert "\n" not in cleaned
    assert cleaned == cleaned.strip()


def test_a_long_passage_without_marks_gets_sentences() -> None:
    spoken = (
        "we opened the bakery in a village and nobody came so we changed the plan and sold subscriptions instead "
        "but the bank did not believe us and in the end we had to borrow the money from our own customers"
    )
    cleaned = clean(spoken)
    assert cleaned.count(".") >= 2
    assert [w.lower() for w in words(cleaned)] == words(spoken)
