"""Figures of the source at the wrong event, told by the form in which a post and its source say them."""

from collections.abc import Callable

import pytest

from composer.post.grounding import check
from composer.post.grounding.figures.line import Line, company_of
from composer.post.grounding.figures.misdated import misdated
from composer.post.grounding.figures.nouns import miscounted
from composer.post.grounding.figures.ousted import ousted
from composer.post.grounding.figures.paired import links, unpaired
from composer.post.grounding.figures.strangers import stranger
from composer.post.grounding.source.ground import prepare
from composer.post.grounding.source.lines import parts
from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.numbers import facts

SHIPYARD = (
    "Welcome to the yard meeting, and thank you for the coffee. The trawler Halmadine was launched in 1968 and sold to "
    "the islands. The tender for the crane went from 41 to 55 pages, nobody knows why. "
    "The welders asked for new masks, and the office ordered them within a week. "
    "The council voted 9 to 4 for the new slipway, after a very long evening. "
    "Of the fitters and painters, 26 or 29 will retire before the slipway is finished, says the personnel office. "
    "In 2006 the paint shop burned down, and the insurers paid for a new roof. "
    "The slipway has 64 rollers, and the dry dock needs 23 pumps when the tide is high. "
    "Our oldest customer is a ferry company in the north, they have 14 boats and send us two a year. "
    "The apprentices built a rowing boat for the museum, and the museum sent a cake. "
    "Somebody stole a bicycle from the gate in October, and it came back in November with a new saddle. "
    "The smith retires after the summer, and nobody knows yet who will take the anvil or the cat that sleeps on it. "
    "The yard's choir sings 31 songs from memory. Questions go to the office, and there is soup at noon. "
    "Every spring the canteen sells 380 herring buns to hungry visitors."
)


def by(rule: Callable[[Fact, Line], object], post: str, source: str = SHIPYARD) -> list[str]:
    """The figures of the first sentence of a post that a rule tells."""
    ground = prepare((source,))
    line = company_of(parts(post), ground)[0]
    line.company = company_of(parts(post), ground)
    return [post[fact.start : fact.end] for fact in line.said if rule(fact, line)]


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("Of the fitters and painters 26 or 29 will retire.", []),
        ("Of the fitters and painters 23 or 29 will retire.", ["23"]),
        ("The tender for the crane grew from 41 to 55 pages.", []),
        ("The tender for the crane grew from 31 to 55 pages.", ["31"]),
        ("The council voted 9 to 4 for the new slipway.", []),
        ("The council voted 9 to 7 for the new slipway.", ["7"]),
        # What the two are apart belongs to neither.
        ("The tender for the crane has 55 pages, 14 more than before.", []),
    ],
)
def test_a_figure_said_with_another_one(post: str, told: list[str]) -> None:
    assert by(unpaired, post) == told


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("13 of the 40 fitters", ["of"]),
        ("from 17 shops to 26", ["to"]),
        ("3, 7 and 14 tonnes", ["or", "or"]),
        ("12 oder 15 Jahre", ["or"]),
        ("21 heures au lieu de 24", ["to"]),
        ("12 in the morning shift came late, and 15 went home", []),
    ],
)
def test_how_figures_are_linked(text: str, kinds: list[str]) -> None:
    language = "de" if "oder" in text else "fr" if "lieu" in text else "en"
    assert [kind for kind, _, _ in links(text, facts(text, language))] == kinds


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("The trawler Halmadine was launched in 1968.", []),
        ("The trawler Halmadine was launched in 2006.", ["2006"]),
        ("The paint shop burned down in 2006.", []),
        ("The paint shop burned down in 1968.", ["1968"]),
    ],
)
def test_a_date_beside_words_that_have_another(post: str, told: list[str]) -> None:
    assert by(misdated, post) == told


def test_a_date_alone_in_its_sentence_may_be_of_anything_around_it() -> None:
    source = SHIPYARD.replace("In 2006 the paint shop burned down", "2006. Nobody liked it. The paint shop burned down")
    assert by(misdated, "The trawler Halmadine was launched in 2006.", source) == []


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("The slipway has 64 rollers.", []),
        ("The slipway has 380 rollers.", ["380"]),
        ("The dry dock needs 23 pumps.", []),
        ("The dry dock needs 31 pumps.", ["31"]),
        # The source counts no cranes: what has 64 of them is not known.
        ("There are 64 cranes in the yard.", []),
    ],
)
def test_a_thing_that_the_source_counts_by_another_figure(post: str, told: list[str]) -> None:
    assert by(miscounted, post) == told


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("The choir of the yard sings 31 songs from memory.", []),
        ("The choir of the yard has sung from memory since 1968.", []),
        ("The ferry company in the north, the oldest customer, has 380 boats.", ["380"]),
        ("The ferry company in the north, the oldest customer, has 14 boats.", []),
        # A handful, and a share, anybody counts.
        ("The ferry company in the north, the oldest customer, has 7 boats.", []),
        ("The ferry company in the north, the oldest customer, sends half of them.", []),
    ],
)
def test_a_figure_that_the_source_has_of_something_else_altogether(post: str, told: list[str]) -> None:
    assert by(stranger, post) == told


def test_a_date_that_the_source_has_of_something_else_altogether() -> None:
    source = SHIPYARD.replace("and send us two a year.", "and have sent us two a year since 1993.")
    assert by(stranger, "The ferry company in the north, the oldest customer, came in 1968.", source) == ["1968"]
    assert by(stranger, "The ferry company in the north, the oldest customer, came in 1993.", source) == []


def test_a_sentence_with_little_but_the_figure_may_be_of_anything() -> None:
    source = SHIPYARD.replace("Every spring the canteen sells 380 herring buns to hungry visitors.", "380 at the end.")
    assert by(stranger, "The ferry company in the north, the oldest customer, has 380 boats.", source) == []


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("The yard's choir sings 31 songs from memory.", []),
        # 41 and 14, or 64 less 9: sums of some figures of the source come to nearly anything.
        ("The yard's choir sings 54 songs from memory.", ["54"]),
        ("The tender for the crane went from 41 to 55 pages, it is up 14.", []),
        ("The yard's choir sings another 54 songs from memory.", []),
        ("The yard's choir sings 54 songs more from memory.", []),
        ("The yard's choir sings 54 songs in all from memory.", []),
        ("54 people came to see it.", []),
    ],
)
def test_a_figure_worked_out_where_the_source_has_another(post: str, told: list[str]) -> None:
    assert by(ousted, post) == told


def test_what_is_told_says_what_the_source_has() -> None:
    post = "The slipway has 380 rollers."
    (found,) = check(post, SHIPYARD)
    assert post[found.start : found.end] == "380"
    assert found.why == "The source has 380 for something else, not for this. It says “64 rollers”."
