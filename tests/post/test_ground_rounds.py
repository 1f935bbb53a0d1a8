"""Grounding on posts written round after round by one who did not look at the code first: see `ground_rounds`."""

import pytest

from composer.post.grounding import check
from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.values.numbers import facts
from tests.post.ground_rounds import score, unmark

FIRST = ("r1", "r2", "r3", "r4", "r5")
FREER = ("r6", "r7", "r8", "r9", "r10", "r11")
"""Posts that say more in other words."""
LATER = tuple(f"r{number}" for number in range(12, 27))
"""Posts of many hands, a sixth of them about who did what. The goal for all is 0.95 and 0.9; these stand for how far it
is."""
FAIR = tuple(f"r{number}" for number in range(27, 35))
"""Posts of people who had only the specification. The same goal; a first look finds about 0.93 and 0.84."""


@pytest.mark.parametrize(
    ("rounds", "precision", "recall"), [(FIRST, 0.95, 0.9), (FREER, 0.95, 0.8), (LATER, 0.85, 0.7), (FAIR, 0.9, 0.85)]
)
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
        ("4:20 a.m.", "twenty past four in the morning", "en"),
        ("8:40", "it is eight forty", "en"),
        ("9:10", "nine minutes and ten seconds", "en"),
        ("12:00", "at noon", "en"),
        ("31 May", "on the last day of May", "en"),
        ("1.2M", "a million two above plan", "en"),
        ("250,000", "a quarter of a million trees", "en"),
        ("15 minutes", "a quarter of an hour", "en"),
        ("0.5 %", "half a percent", "en"),
        ("two months", "61 days", "en"),
        ("1,100", "one thousand one hundred covers", "en"),
        ("10x", "by a factor of ten", "en"),
        ("5:20", "fünf Minuten zwanzig", "de"),
        ("2:51 Uhr", "um 2 Uhr 51", "de"),
        ("180 m²", "auf 180 Quadratmetern", "de"),
        ("2,10 m", "deux mètres dix", "fr"),
        ("1100 m²", "1.100 metros quadrados", "pt"),
        ("R$ 740 mil", "setecentos e quarenta mil reais", "pt"),
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
        ("1.3 terawatt hours", "1.3 gigawatt hours"),
        ("20:15", "ten to twelve years"),
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


def test_two_figures_that_changed_places_are_both_told() -> None:
    source = (
        "We have grown since May. Seven people work in Porto, four in Ghent. Nobody wants to move. "
        "The office in Porto has a garden. I like the tram in Ghent. We meet in June."
    )
    assert check("Seven people work in Porto and four in Ghent.", source) == []
    post = "Four people work in Porto and seven in Ghent."
    assert [post[p.start : p.end] for p in check(post, source)] == ["Four", "seven in Ghent"]


def test_what_was_and_what_is_may_be_said_either_way_round() -> None:
    source = "The average basket went from 24 to 21 dollars. We did not like that at all."
    assert check("The basket shrank to 21 dollars, down from 24.", source) == []
    assert check("Baskets are worth $21 instead of $24.", source) == []
    assert len(check("The basket went from 21 to 24 dollars.", source)) == 2


def test_a_saying_goes_on_behind_its_speaker() -> None:
    source = (
        'The harbour opens in May. "It took six years," said the harbour master Ole Ness at the gate. '
        '"Then it took a day." Ida Berg of the council said nothing.'
    )
    assert check("“It took six years. Then it took a day.”", source) == []
    assert [p.kind for p in check("“It took six years,” said Ida Berg.", source)] == ["quote"]


def test_reported_words_are_not_lent_to_another() -> None:
    source = (
        "Host: Who was against it?\nIda Berg: The landlord, Ole Ness, he said to me, a harbour without boats "
        "is a bath. I laughed.\nHost: And Per Lund?\nIda Berg: Per Lund paid for the crane."
    )
    assert check("“A harbour without boats is a bath,” said Ole Ness.", source) == []
    assert [p.kind for p in check("“A harbour without boats is a bath,” said Per Lund.", source)] == ["quote"]
