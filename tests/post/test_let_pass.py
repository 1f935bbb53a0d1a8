"""What a post may say in its own way: counted lines, times of a log, quotations without a hesitation, and who says so
by an office. Each stands beside what is a fault all the same."""

import pytest

from composer.post.grounding import check
from composer.text.style import style


def kinds(post: str, source: str) -> list[str]:
    return [problem.kind for problem in check(post, source)]


BRIDGE = (
    "The mill at Tarnhow was built of oak in 1794. It burned in 1811. The second one, of brick, opened in 1823, and "
    "its wheel was taken out in 1907. Since 1988 it is a library. Nobody mills there now."
)


def test_a_heading_counts_the_years_below_it() -> None:
    rows = "\n\n1794 – built of oak\n1811 – burned\n1823 – brick\n1907: no wheel\n1988: a library"
    assert kinds(style("A mill in five dates", "sans_bold") + rows, BRIDGE) == []
    assert kinds("A mill in seven dates" + rows, BRIDGE) == ["number"]


LOG = (
    "Thread of the night shift, company Vossdal Cold Stores.\n"
    "06:42 alarmbot: TEMPERATURE hall C minus nine (limit minus eighteen)\n"
    "06:49 Hedda: looking\n"
    "07:31 Hedda: compressor two is off. who has the key?\n"
    "07:33 Imre: only Solvei, she is on the ferry\n"
    "08:15 Hedda: 412 pallets counted, normal is 30 a shift\n"
    "10:26 Solvei: done. compressor two is running\n"
    "11:05 Imre: minus eighteen again. closing.\n"
)


def test_the_times_of_a_log_stand_with_who_wrote_and_with_what_figure() -> None:
    assert kinds("By 10:26 Solvei had brought the hall back.", LOG) == []
    assert kinds("At 08:15 on that morning it was 412.", LOG) == []
    assert kinds("At 08:37 Solvei had brought the hall back.", LOG) == ["date"]


SPOKEN = (
    "so the ferry people have a rule and i asked old captain brandvik can i bring the goat and captain brandvik said "
    "well you dont row with your horns and that was that i mean i just wasnt i wasnt listening closely enough to "
    "hear it and its a rule that everybody knows we opened the new quay on the 9th of may and two hundred came"
)


@pytest.mark.parametrize(
    "post",
    [
        "“You don't row with your horns.”",
        "“I just wasn't listening closely enough to hear it.”",
        "“It's a rule that everybody knows.”",
        "The new quay opened on 9 May.",
    ],
)
def test_small_letters_without_marks_are_read(post: str) -> None:
    assert kinds(post, SPOKEN) == []


@pytest.mark.parametrize(
    ("post", "kind"), [("“You do row with your horns.”", "quote"), ("The new quay opened on 19 May.", "date")]
)
def test_what_they_do_not_say_is_told(post: str, kind: str) -> None:
    assert kinds(post, SPOKEN) == [kind]


OFFICES = (
    "The director of the Archive, Professor Liv Amundrud, says: “A drawer is a promise.” The Archive has eleven rooms. "
    "Its treasurer, Bo Fenn, says: “A roof is a bill.”"
)


def test_words_given_by_an_office_or_a_title() -> None:
    assert kinds("“A drawer is a promise,” says Prof. Liv Amundrud.", OFFICES) == []
    assert kinds("“A roof is a bill,” says Prof. Liv Amundrud.", OFFICES) != []
    said = "Host: Heron Savings lends boats?\nIda Brenn: The plan had said one boat. It was three. Nobody laughed."
    assert kinds("“The plan had said one boat,” says Heron Savings' chief executive.", said) == []


POOL = (
    "Ida Berg: The survey of the pool found eleven cracked tiles. Nobody had looked for years.\n"
    "Jon Aas: In 2021 our power bill was nine hundred thousand, and then 2022 came and it was two point three million. "
    "We closed the sauna. The heat is from the river now.\n"
    "Ida Berg: We asked 1,920 swimmers about it. Open again: yes 46 per cent, no 33 per cent, no answer 21 per cent.\n"
)
# Minutes that call a loss a deficit.
ACCOUNTS = (
    "Minutes of the yearly meeting, Hollow Quay Rowing Club, 14 March 2025.\n"
    "Present: 41 members. Chair: Ida Berg.\n"
    "1. Accounts. The treasurer reads them. Income £11,480, expenditure £13,905, leaving a deficit of £2,425. Accepted "
    "without a vote.\n"
    "2. Water. The bill went from £2,900 to £5,510. Jon Aas found a leak under the boathouse on 22 August.\n"
    "3. Raffle. It is held again in June. Last year's raised £870. Agreed.\n"
    "4. Keys. Each member hands in the old key by 1 May.\n"
)


@pytest.mark.parametrize(
    "post",
    [
        "The power bill had jumped to 2.3 million.",
        "1,920 swimmers were asked. Yes: 46%",
    ],
)
def test_a_figure_may_be_said_in_other_words(post: str) -> None:
    assert kinds(post, POOL) == []


def test_and_is_told_where_it_is_another_s() -> None:
    assert kinds("In 2021 the power bill was 2.3 million.", POOL) != []


def test_an_exact_sum_is_not_met_by_chance() -> None:
    assert kinds("The accounts of the Rowing Club show a loss of £2,425.", ACCOUNTS) == []
    assert kinds("Last year's raffle raised £2,425.", ACCOUNTS) == ["number"]


def test_the_own_clause_after_a_report_is_the_voice_s_own() -> None:
    source = (
        "hello i am marit solhaug and i grade the slopes level three is the one that says moderate and i hate that "
        "word because moderate sounds like a soup it does not sound like a thing that falls on you so we write it "
        "in red and we hang it at the lift and people read it and go up all the same"
    )
    post = "“Moderate sounds like a soup. It does not sound like a thing that falls on you.”\n\nMarit Solhaug on it."
    assert kinds(post, source) == []


BROKEN = (
    "Operator: Welcome to the third-quarter call of Marlow & Quist Barges.\n"
    "Tove Brenn: It might be that we… our pump is wrong, and we say so. The tariff goes to 4848 in the spring, as the "
    "port told us.\n"
    "Jon Aas: We never… we never sold a barge in the fog. Not one.\n"
)


@pytest.mark.parametrize(
    ("post", "found"),
    [
        ("“It might be that our pump is wrong.”", []),
        ("“It might be that your pump is wrong.”", ["quote"]),
        ("Marlow & Quist Q3 in short", []),
        ("Marlow & Quist Q2 in short", ["date"]),
        ("The tariff goes to 48/48 in the spring.", []),
        ("The tariff goes to 48/46 in the spring.", ["number", "number"]),
    ],
)
def test_what_is_broken_off_or_written_as_one(post: str, found: list[str]) -> None:
    assert kinds(post, BROKEN) == found


def test_a_half_that_names_its_own_has_not_changed_places() -> None:
    source = (
        "Ida Berg: We deliver by bike, and last year we paid 90 pounds in parking fines. That is two tickets.\n"
        "Jon Aas: And the others?\n"
        "Ida Berg: The others pay, Wexford Parcels published this, 1.3 million a year. Nobody there minds.\n"
    )
    assert kinds("£90 in parking fines, while Wexford Parcels pays £1.3m a year.", source) == []


def test_two_figures_that_agree_are_not_blamed_for_the_third() -> None:
    source = (
        "Ida Berg: In 2022 we measured it. From the call of the ward to the knock of the interpreter it was 94 "
        "minutes. In the night, 51.\n"
        "Jon Aas: And now?\n"
        "Ida Berg: Now it is 23 minutes over the whole house. We did not get more people. We got a bell.\n"
    )
    post = "In 2022 the interpreter took 94 minutes from the call of the ward, 23 in the night. Now it is a bell."
    assert "2022" not in {post[problem.start : problem.end] for problem in check(post, source)}
