"""Figures of a post that follow from others of it and of its source, and what reads as another form of a figure."""

import pytest

from composer.post.grounding import check
from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.values.numbers import facts

WELLS = (
    "Our first well was 2,100 metres deep. It took us 94 days to drill and it cost 11.4 million dollars. "
    "It was dry, completely dry. So we changed the drill bit. The last well was finished in March. "
    "It is 4,350 metres deep. 41 days. 6.8 million dollars. Nobody in the valley had believed in it."
)
TEST = (
    "In a loud room our testers understood 52 percent of the words without any aid, 67 percent with our last model, "
    "and with the new one it is 81 percent. They wore it for 11.2 hours a day. With the old ones it was 6.5. "
    "Nobody asked for more."
)


@pytest.mark.parametrize(
    ("source", "post"),
    [
        (WELLS, "First well: $11.4m. The last one: $6.8m. That is $4.6m less, and 53 days faster."),
        (TEST, "Words understood: 52 % without an aid, 67 % with the last model, 81 % now. That is 29 points more."),
        (TEST, "They wore it 11.2 hours a day, with the old ones 6.5: nearly five hours more."),
        (
            "The bicycle house was to have 120 places for 96,000 euros. The board wanted 80 places for 70,000.",
            "Instead of 120 places for €96,000 there will be 80 for €70,000: 26,000 euros saved.",
        ),
    ],
)
def test_what_follows_from_figures_is_in_the_source(source: str, post: str) -> None:
    assert check(post, source) == []


@pytest.mark.parametrize(
    ("source", "post", "wrong"),
    [
        (WELLS, "First well: $11.4m. The last one: $6.8m. That is $5.2m less, and 53 days faster.", "$5.2m"),
        (WELLS, "First well: $11.4m. The last one: $6.8m. That is $4.6m less, and 61 days faster.", "61 days"),
        (TEST, "Words understood: 52 % without an aid, 81 % now. That is 34 points more.", "34"),
    ],
)
def test_what_does_not_follow_is_told(source: str, post: str, wrong: str) -> None:
    assert [post[one.start : one.end] for one in check(post, source)] == [wrong]


@pytest.mark.parametrize(
    ("said", "heard", "language"),
    [
        ("約1,250億円", "売上高は一、二四八億円でした", "ja"),
        ("564億円", "産業用が五六四億円", "ja"),
        ("3,915人", "従業員は三、九一五人です", "ja"),
        ("140万円", "一台一四〇万円", "ja"),
        ("just before 4am", "at ten to four in the morning", "en"),
        ("1am", "after one a m that was", "en"),
        ("0.9 mW", "it draws 0.9 milliwatts", "en"),
        ("3.3", "down to forty eight and got three point three third thing", "en"),
        ("menos de R$ 3 mil", "custou R$ 2.900", "pt"),
        ("quase R$ 700 mil", "custou R$ 690 mil", "pt"),
        ("61 kWh", "von 168 auf 61 Kilowattstunden", "de"),
        ("21:10", "Ende 21.10 Uhr", "de"),
    ],
)
def test_the_same_said_otherwise(said: str, heard: str, language: str) -> None:
    assert any(supports(one, other) for one in facts(said, language) for other in facts(heard, language, source=True))


def test_times_of_day_make_a_span_of_hours_and_minutes() -> None:
    source = "Protokoll der Versammlung. Beginn 18.30 Uhr, Ende 21.10 Uhr. Es kamen 138 Mitglieder."
    assert check("Nach zwei Stunden und vierzig Minuten war Schluss.", source) == []
    assert len(check("Nach drei Stunden und vierzig Minuten war Schluss.", source)) == 2


def test_votes_against_take_nothing_back() -> None:
    source = "Abstimmung: 121 Ja, 29 Nein, 9 Enthaltungen. Der Antrag ist angenommen."
    assert check("Der Antrag wurde mit 121 zu 29 angenommen.", source) == []


def test_a_weekday_of_a_dated_log() -> None:
    source = "Log of the release, 3 March - 7 March 2025. Tue 4 March. Keiko: the table is clean now, 412 KB."
    assert check("On Tuesday the table was clean: 412 KB.", source) == []
    assert [one.kind for one in check("On Saturday the table was clean: 412 KB.", source)] == ["date"]


def test_another_unit_of_the_very_number_is_not_worked_out() -> None:
    source = (
        "The grid operator can connect 260 pumps a year in the old town. More is not possible until 2027. "
        "We have seven firms with 31 fitters, and 13 of them wait for parts. It costs 14 million."
    )
    assert check("The operator can connect 260 pumps a year in the old town.", source) == []
    assert len(check("The operator can connect 260 pumps a month in the old town.", source)) == 1


@pytest.mark.parametrize(
    ("source", "true", "wrong"),
    [
        (
            "A receita foi de R$ 14,2 milhões: R$ 6,1 milhões de doações de empresas, R$ 4,4 milhões de convênios "
            "públicos, R$ 2,5 milhões de pessoas físicas. As contas foram auditadas.",
            "Vive de convênios públicos (R$ 4,4 milhões) e pessoas físicas (R$ 2,5 milhões).",
            "Vive de convênios públicos (R$ 2,5 milhões) e pessoas físicas (R$ 4,4 milhões).",
        ),
        (
            "貸出は五十八万冊。蔵書は三十四万冊なんで、よく回ってますよね。何をされたんですか。",
            "図書館の蔵書は34万冊、貸出は58万冊。",
            "図書館の蔵書は58万冊、貸出は34万冊。",
        ),
    ],
)
def test_each_with_the_others_words_alone_is_the_wrong_way_round(source: str, true: str, wrong: str) -> None:
    assert check(true, source) == []
    assert len(check(wrong, source)) == 2


def test_a_difference_that_the_source_has_for_something_else_too() -> None:
    source = (
        "The hall holds 7 choirs. Proxies were held by 21. The guest flat costs 45 euros a night from July, "
        "instead of 38 euros. Of the 37 nests 33 have been destroyed. The reports were wrong in 4 per cent."
    )
    assert check("The guest flat costs 7 euros more a night from July.", source) == []
    assert check("There were 37 nests, all but four destroyed.", source) == []


@pytest.mark.parametrize(
    ("source", "post"),
    [
        ("A young man died there, 24 years old. His mother came in March.", "A man of 24 died."),
        ("This is the ninth year of the survey, and 8,900 colonies took part.", "Nine years of one survey."),
        ("In the quarter that ended on 30 September we moved 1.1 million boxes.", "1.1 million boxes in Q3."),
        ("THE LONG FIELD PODCAST, EPISODE 143. We talk of 12 seeds and 900 jars.", "Listen to ep. 143."),
    ],
)
def test_forms_that_say_the_same(source: str, post: str) -> None:
    assert check(post, source) == []


@pytest.mark.parametrize(
    ("source", "post"),
    [
        ("This is the ninth year of the survey, and 8,900 colonies took part.", "Eleven years of one survey."),
        ("In the quarter that ended on 30 September we moved 1.1 million boxes.", "1.1 million boxes in Q2."),
    ],
)
def test_forms_that_say_another_thing(source: str, post: str) -> None:
    assert len(check(post, source)) == 1


def test_a_share_of_the_figures_of_the_sentence_itself() -> None:
    source = "A loaf was £3.60 in 2019. We did not like it, but now it is £4.80."
    assert check("A loaf was £3.60 in 2019; it is £4.80 now, a third more.", source) == []
    assert len(check("A loaf was £3.60 in 2019; it is £4.80 now, two thirds more.", source)) == 1


def test_a_time_of_day_before_a_colon() -> None:
    source = "It began in the night. 09:58: the first alert came from Oslund. Nobody had expected it."
    assert check("The first alert came at 09:58.", source) == []


def test_a_number_taken_back_with_what_it_counts() -> None:
    source = "We have ordered three hydrogen... no, sorry, two hydrogen ferries. They come in autumn."
    assert check("Two hydrogen ferries are ordered.", source) == []
    assert len(check("Three hydrogen ferries are ordered.", source)) == 1
