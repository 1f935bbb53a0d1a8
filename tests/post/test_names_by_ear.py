"""A name of another spelling is one that sounds alike; a name that only looks alike is another."""

import pytest

from composer.post.grounding import check
from composer.post.grounding.names.ear import apart, close

HARBOUR = """Operator: Good morning. Here is our head of investor relations, Wilma Tarnow.

Wilma Tarnow: Thank you. With me are our chief executive Ingmar Sollfield and our chief financial officer Odette
Quillman.

Ingmar Sollfield: The Meridell Port Agency pays for the new quay. Jonas Kwok had the idea on a ferry, and Dottie Markety
drew it. We run it on Lighter 3, and the storage is full. Our own Stuart Last sits in the tower.

Odette Quillman: The dividend follows in March."""


@pytest.mark.parametrize(
    "post",
    [
        "Jonas Quok had the idea on a ferry.",
        "Dottie Marchetti drew it.",
        "They run it on Lighter 3.",
        "The dividend follows in March, says CFO Odette Quillman.",
        "The dividend follows in March, says Odette Quillman, chief financial officer.",
        "CEO Ingmar Sollfield spoke of a new quay.",
    ],
)
def test_what_sounds_alike_is_borne_out(post: str) -> None:
    assert check(post, HARBOUR) == []


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("Odette Quillford spoke of the dividend.", "Odette Quillford"),
        ("The Merrill Port Agency pays for the new quay.", "Merrill Port Agency"),
        ("Jonas Strang had the idea on a ferry.", "Jonas Strang"),
        ("They run it on Lighter 5.", "Lighter 5"),
        ("The dividend follows in March, says CFO Wilma Tarnow.", "CFO Wilma Tarnow"),
        ("Ingmar Sollfield, finance chief, spoke of the dividend.", "Ingmar Sollfield"),
    ],
)
def test_what_only_looks_alike_is_told(post: str, told: str) -> None:
    assert told in [post[one.start : one.end] for one in check(post, HARBOUR)]


@pytest.mark.parametrize(
    ("one", "other"), [("katherine", "catherine"), ("huang", "wang"), ("marchetti", "marketty"), ("groag", "groack")]
)
def test_words_that_are_said_alike(one: str, other: str) -> None:
    assert close(one, other, a_name=True)
    assert apart(one, other) == apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("saltford", "saltmarsh"), ("farrington", "quarrington"), ("moderna", "modern"), ("median", "meridian")],
)
def test_words_that_are_not(one: str, other: str) -> None:
    assert not close(one, other, a_name=True, beside=one != "moderna") or not close(one, other, a_name=False)
    assert apart(one, other) > 0.36


MINUTES = """Minutes of the kitchen group. Present: Amina Tolver (chair), Rolf Hanning, Petra Illing.

Waste. Amina Tolver weighed plates for a week. The mean was 80 grams. She said: "We fed the bin before the children."

Price. Rolf Hanning asked for a new price from the autumn."""


def test_the_one_who_is_meant_by_she_says_it() -> None:
    line = '"We fed the bin before the children." The best line of the month comes from {}.'
    assert check(line.format("Amina Tolver"), MINUTES) == []
    assert check(line.format("Rolf Hanning"), MINUTES) != []


def test_what_i_always_say_is_not_said_by_whom_i_tell_of() -> None:
    talk = (
        "Guten Abend, ich bin Hedwig Sommer und leite die Mühle. Ich sage immer, ähm, wir mahlen keine Körner, wir "
        "mahlen Zeit. Unser Kassenwart, Veit Ankermann, mag den Satz nicht."
    )
    assert check("„Wir mahlen keine Körner, wir mahlen Zeit“, sagt Hedwig Sommer.", talk) == []
    assert check("„Wir mahlen keine Körner, wir mahlen Zeit“, sagt Veit Ankermann.", talk) != []


def test_a_german_word_for_somebody_is_no_name() -> None:
    talk = "Guten Abend, ich bin Hedwig Sommer und leite seit acht Jahren die Stadtmühle in Oberriet."
    assert check("Ein Satz von Mühlenleiterin Hedwig Sommer.", talk) == []
