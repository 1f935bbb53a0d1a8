"""Figures of a source that a post gives to each other's thing, in one sentence, over two, or over two lines."""

import pytest

from composer.post.grounding import check

LOSSES = (
    "Let me come to the nets. Nets that were tarred in spring lost nine percent of their catch, and nets tarred in "
    "autumn lost twenty-six percent. Nobody had written that down before. We meet again in June."
)
SHARES = (
    "Turnover was 3.4 million, up from 2.9 the year before. Tickets are 52 percent of that, the kitchen is 27 percent, "
    "and the rest is hire. We are open again from May."
)


def told(post: str, source: str) -> list[str]:
    """The words that are told, in order."""
    return [post[problem.start : problem.end] for problem in check(post, source)]


@pytest.mark.parametrize(
    ("right", "wrong", "source"),
    [
        (
            "Tarred in spring: 9% of the catch lost. Tarred in autumn: 26%.",
            "Tarred in spring: 26% of the catch lost. Tarred in autumn: 9%.",
            LOSSES,
        ),
        (
            "Where the money comes from:\n• Tickets: 52%\n• Kitchen: 27%",
            "Where the money comes from:\n• Tickets: 27%\n• Kitchen: 52%",
            SHARES,
        ),
        (
            "• Turnover: 3.4 million (year before: 2.9 million)",
            "• Turnover: 2.9 million (year before: 3.4 million)",
            SHARES,
        ),
    ],
)
def test_two_figures_that_changed_places_are_told_and_the_true_ones_are_not(
    right: str, wrong: str, source: str
) -> None:
    assert told(right, source) == []
    assert len(told(wrong, source)) == 2


def test_what_was_may_stand_in_brackets() -> None:
    source = "Our heating bill per room fell from 94 to 71 euros last winter. That paid for the roof in a year."
    assert told("Heating costs €71 per room (it was 94).", source) == []
    assert len(told("Heating costs €94 per room (it was 71).", source)) == 2


def test_one_value_said_twice_has_not_changed_places() -> None:
    source = "Half of the members came by boat. The other members walked, and half of them were late. It rained."
    assert told("Half came by boat, and half of those who walked were late.", source) == []


@pytest.mark.parametrize(
    ("post", "source"),
    [
        (
            "The mill grinds 63 tonnes a week.",
            "One correction to the minutes: the mill grinds 36 tonnes a week, not 63. We thank the miller. It rained.",
        ),
        (
            "The lenders want 16 percent.",
            "The lenders asked for sixteen percent... no, sorry, for nineteen percent. We said yes. It rained.",
        ),
        (
            "The choir was founded in 1994.",
            "Host: The choir began in, was it 1994?\nIda Berg: 1991.\nHost: And who sang?\nIda Berg: My aunts did.",
        ),
    ],
)
def test_a_figure_that_the_source_takes_back_is_no_support(post: str, source: str) -> None:
    (problem,) = check(post, source)
    assert "back" in problem.why
    assert check(post.replace("63", "36").replace("16", "19").replace("1994", "1991"), source) == []


def test_a_figure_that_was_not_wanted_is_not_taken_back() -> None:
    source = "They may put up 9 masts, not the 31 they wanted. The council voted in March. Nobody was against it."
    assert check("They wanted 31 masts and may put up 9.", source) == []


def test_a_figure_with_its_own_words_has_changed_places_with_none() -> None:
    source = "A van in the centre of Ostmar makes eleven stops an hour. A bike makes nineteen. It rains a lot."
    assert not list(check("19 stops an hour in the centre of Ostmar, a van makes 11", source))
    assert not list(
        check(
            "Treated in August instead of October: 14% lost against 26%.",
            ("Keepers who treated in August lost 14 per cent; those who waited until October lost 26 per cent."),
        )
    )
