"""Grounding on posts written round after round by one who did not look at the code first: see `ground_rounds`."""

import pytest

from composer.post.agreement import supports
from composer.post.grounding import check
from composer.post.numbers import facts
from tests.post.ground_rounds import score, unmark

FIRST = ("r1", "r2", "r3", "r4", "r5")
FREER = ("r6", "r7", "r8", "r9", "r10", "r11")
"""Posts that say more in other words; the goal for both is 0.95 and 0.9, and the recall of these is what is missed."""


@pytest.mark.parametrize(("rounds", "precision", "recall"), [(FIRST, 0.95, 0.9), (FREER, 0.95, 0.8)])
def test_all_rounds_together_keep_precision_and_recall(
    rounds: tuple[str, ...], precision: float, recall: float
) -> None:
    tallies = [score(f"{name}_*.toml") for name in rounds]
    right, wrong = sum(t.right for t in tallies), sum(t.wrong for t in tallies)
    found, missed = sum(t.found for t in tallies), sum(t.missed for t in tallies)
    told = "\n".join(line for tally in tallies for line in tally.told)
    assert right / (right + wrong) >= precision, told
    assert found / (found + missed) >= recall, told


def test_a_source_as_text_is_read_like_a_file() -> None:
    assert score("r2_*.toml", as_text=True).told == score("r2_*.toml").told


def test_marks_are_taken_off_and_leave_their_faults() -> None:
    text, faults = unmark("It was ⟦number|9⟧, “so ⟦quote|they⟧ say”.")
    assert text == "It was 9, “so they say”."
    assert [text[fault.start : fault.end] for fault in faults] == ["9", "“so they say”"]


@pytest.mark.parametrize(
    ("said", "heard", "language"),
    [
        ("42", "forty two", "en"),
        ("15T", "15 trillion", "en"),
        ("120,000", "a hundred and twenty thousand", "en"),
        ("£7.50", "seven pounds fifty", "en"),
        ("$0.35", "35 cents", "en"),
        ("about 40 %", "39.8 percent", "en"),
        ("20 %", "one in five", "en"),
        ("2/3", "two thirds", "en"),
        ("1962", "nineteen sixty-two", "en"),
        ("the 1890s", "in 1894", "en"),
        ("18 months", "a year and a half", "en"),
        ("0.8 s", "800 milliseconds", "en"),
        ("1.5 percentage points", "150 basis points", "en"),
        ("May 12", "the twelfth of May", "en"),
        ("29 February", "the twenty ninth of february", "en"),
        ("Q3", "the third quarter", "en"),
        ("3x", "three times", "en"),
        ("a dozen", "twelve", "en"),
        ("14:30", "half past two", "en"),
        ("3500 Euro", "dreitausendfünfhundert Euro", "de"),
        ("4,20 Euro", "vier Euro zwanzig", "de"),
        ("am 12.9.", "am 12. September", "de"),
        ("97", "quatre-vingt-dix-sept", "fr"),
        ("1,20 €", "un euro vingt", "fr"),
        ("34", "treinta y cuatro", "es"),
        ("1200", "mil e duzentas", "pt"),
    ],
)
def test_one_figure_in_two_ways(said: str, heard: str, language: str) -> None:
    (post,) = facts(said, language)
    assert any(supports(post, fact) for fact in facts(heard, language, source=True))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("40 %", "40 percentage points"),
        ("15 million", "15 billion"),
        ("31 miles", "31 kilometres"),
        ("June 4, 2018", "6 April 2018"),
        ("Q1", "the third quarter"),
        ("twelve fish", "twelve days"),
        ("$85,000", "85,000 euros"),
        ("3x", "three"),
    ],
)
def test_two_figures_that_look_alike(said: str, heard: str) -> None:
    (post,) = facts(said, "en")
    assert not any(supports(post, fact) for fact in facts(heard, "en", source=True))


def test_words_are_given_to_the_voice_that_said_them() -> None:
    source = "Ida Berg: We sold the boat in spring.\nOle Ness: I would have kept the old boat."
    assert check("“I would have kept the old boat,” says Ole Ness.", source) == []
    (problem,) = check("“I would have kept the old boat,” says Ida Berg.", source)
    assert (problem.kind, "Ole Ness" in problem.why) == ("quote", True)


def test_a_negation_may_not_be_left_out() -> None:
    source = "We do not need a bigger harbour. We need a better road."
    assert check("They do not “need a bigger harbour”.", source) == []
    assert [problem.kind for problem in check("They “need a bigger harbour”.", source)] == ["quote"]
