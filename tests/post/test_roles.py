"""A name of the source in another's role or deed, and names said in other words that are right."""

import pytest

from composer.post.grounding import check

TALK = """
Host: Welcome to the harbour hour. I'm Ida Lomholt. With me are Per Askelund, who runs the cranes, and Signe Rask.
Signe Rask: Thank you. I keep the tide tables. I rewrote the berth plan in eleven nights last winter.
Per Askelund: The new crane was paid for by the Nordmark Harbour Board. It lifts forty tons and stands on the east quay.
Host: Who found the crack in the old one?
Per Askelund: A trainee, Jonna Veldt. She climbed up with a torch in November and saw it at once.
Signe Rask: And the painter Odd Hellvik gave us the blue for the hull. He asked for nothing but a ticket to Brevoort.
Per Askelund: We moved the fuel depot from Sandholm to Kvaloy in spring, and the lorries are gone.
Host: Anything else? The pilots eat in the canteen on Mondays. The gulls eat there every day.
"""


def names(post: str, source: str = TALK) -> list[str]:
    return [post[problem.start : problem.end] for problem in check(post, source) if problem.kind == "name"]


@pytest.mark.parametrize(
    "post",
    [
        "Signe Rask rewrote the berth plan in eleven nights.",
        "The crack in the old crane was found by Jonna Veldt, a trainee with a torch.",
        "The blue of the hull came from Odd Hellvik, the painter.",
        "They moved the fuel depot from Sandholm to Kvaloy.",
        "Behind the crane is the Nordmark Harbour Board, which paid for it.",
    ],
)
def test_who_did_it_in_other_words(post: str) -> None:
    assert names(post) == []


@pytest.mark.parametrize(
    ("post", "wrong"),
    [
        (
            "Odd Hellvik climbed up with a torch in November and saw the crack in the old crane at once.",
            ["Odd Hellvik"],
        ),
        ("Jonna Veldt, the painter, gave the blue for the hull and asked for nothing but a ticket.", ["Jonna Veldt"]),
        ("They moved the fuel depot from Kvaloy to Sandholm.", ["Kvaloy", "Sandholm"]),
    ],
)
def test_a_deed_of_somebody_else(post: str, wrong: list[str]) -> None:
    assert names(post) == wrong


def test_a_house_is_what_we_are() -> None:
    source = (
        "Welcome to the half-year call of Ostgard Tiles. I'm Lena Prahl, and Tor Evensen is here for finance. "
        "Let me begin with gas. Gas was fourteen percent of our costs, before it was twenty-three. "
        "We sold the quarry at Lunde to Pell Brothers in May. The kiln stood still for a week."
    )
    assert names("Ostgard Tiles sold the quarry at Lunde to Pell Brothers.", source) == []
    assert names("Gas is only 14 percent of the costs of Ostgard Tiles now.", source) == []


@pytest.mark.parametrize(
    "post",
    [
        "Behind Kestrel are two sisters.",
        "Two brothers climbed it: Anders and Mads Brekke. Anders Brekke went first.",
        "She studied at the NSM.",
        "He was told a grade of BBC would do.",
    ],
)
def test_names_put_otherwise(post: str) -> None:
    source = (
        "Kestrel was begun by two sisters. We studied at the Nordmark School of Mines, both of us. The climb was led "
        "by Anders and Mads Brekke, two brothers, Anders ahead. They said B, B, C would do for a grade."
    )
    assert names(post, source) == []


def test_a_last_name_that_sounds_otherwise_is_another() -> None:
    source = "The bells were cast by Edda Marlow in 1911. My neighbour Karl Dutton rings them."
    assert names("Edda Marlow cast the bells, and Karl Dutton rings them.", source) == []
    assert names("Edda Harlow cast the bells, and Karl Dutton rings them.", source) == ["Edda Harlow"]


def test_who_sits_in_a_meeting_for_something_is_no_name() -> None:
    source = (
        "Marketing: People want a red kettle.\nUser Interface: The switch of the user interface stays on the left.\n"
        "Marketing: Then marketing will say so. We sell it in May.\nUser Interface: Who pays for the lid?"
    )
    assert names("Marketing asked who pays for the lid, and User Interface sells the kettle in May.", source) == []


INTERVIEW = """
"The mountain sends no letter". Volcanologist Leda Strom on eleven years at Mount Aru, and the night of the ash.

How many times have you had an island evacuated? Three times. I was right once. I told the governor, Mr. Fasen, "Eighty
per cent, within the week." So 7,200 people left their homes for 23 days. Nothing happened, and my landlady took a
month to forgive me. Governor Pell, who came later, was new. I told her forty. Orla Finch wrote the software for it.
The sailing club in the Eastern harbour lost three boats. Kelp grows on the ropes. The kelp came back in a year. In the
East it did not.
"""


@pytest.mark.parametrize(
    "post",
    [
        "Leda Strom says 80 %, and 7,200 people leave for 23 days.",
        "On Mount Aru the sailing club lost three boats.",
        "In the East the sailing club lost three boats.",
    ],
)
def test_the_one_a_talk_is_by_the_place_it_is_at(post: str) -> None:
    assert names(post, INTERVIEW) == []


def test_he_is_the_one_named_last() -> None:
    source = (
        "We have signed with Kestrel Data for a gigawatt. And Kestrel pays up front. I'll end with Tomas again, "
        'Tomas Oyela. Last week he stood at the well and he said, "It is the cheapest hole we ever loved." Thank you.'
    )
    assert check("Tomas says: “It is the cheapest hole we ever loved.”", source) == []


def test_whom_a_source_calls_so() -> None:
    source = (
        "Welcome to the pier, I'm Ida Lomholt. Our importer, Tobias Renner, sits in Hamburg. We pay him in May. The "
        "wine is white this year. It rained a lot in June. Signe Holt drew the label, with a fox on it. She has a case."
    )
    assert names("The importer in Hamburg, Tobias Renner, is paid in May.", source) == []
    assert names("In Hamburg sits the importer, Signe Holt, who is paid in May.", source) == ["Signe Holt"]


def test_each_name_of_a_row_has_its_own_figure() -> None:
    source = (
        "We held the vote in May. Two seats were free: Ines Kovar 139 votes, Jonah Brill 118, Otti Vance 74. "
        "Two thirds go abroad. Canada is first with eighteen percent, then Korea with twelve. The rest stays here."
    )
    assert check("Jonah Brill got 118 votes, and Otti Vance 74.", source) == []
    assert names("One seat went to Otti Vance (118).", source) == ["Otti Vance (118"]
    assert names("Canada takes 18 % of it.", source) == []
    assert len(check("Korea takes 18 % of it.", source)) == 1


WORDING = """
Welcome back. With me are Karen Cord, who is deputy director of the ferry board, and Emma Gamm, who is the lawyer on the
Bill. Thirty percent is bought by Petra Lund, whose firm Tidewrap presses it. Half goes to Algora, a food company.
Darby Wong, one of the founders of Clerkwell, answers your mail. Clerkwell and Atlas Papers are cheap. We like both.
"""


def test_the_same_words_of_another() -> None:
    assert names("Emma Gamm, the lawyer on the Bill, was at her side.", WORDING) == []
    assert names("Karen Cord, the lawyer on the Bill, was at her side.", WORDING) == ["Karen Cord"]
    assert names("Petra Lund, whose firm Tidewrap presses it, buys thirty percent.", WORDING) == []
    assert names("Petra Lund, whose firm Algora presses it, buys thirty percent.", WORDING) == ["Algora"]
    assert names("Ask Darby Wong, one of the founders of Clerkwell.", WORDING) == []
    assert names("Darby Wong and Petra Lund, founders of Algora, came.", WORDING.replace("Tidewrap", "Algora")) == []
    assert names("Ask Darby Wong, one of the founders of Atlas Papers.", WORDING) == ["Atlas Papers"]
