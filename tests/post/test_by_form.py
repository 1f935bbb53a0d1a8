"""Figures of the source in a sentence that it has with another figure: told by form, no odds weighed."""

import pytest

from composer.post.grounding import check

LOCKS = (
    "Good evening from the canal office, and thank you for coming out in the rain. "
    "Leaks in the upper reach are down from 7.4 to 4.9 per cent of the flow. "
    "The new gate will cost 830,000 pounds, not the 610,000 we wrote in spring. "
    "Toll income 212,500 pounds (2021: 198,300 pounds). "
    "Water ran in the new basin on 4 May 2021, and the last crane left the quay on 9 September 2022. "
    "We had 420 complaints, nearly all of them about noise, and then Osric spent an evening in the village hall and "
    "310 were withdrawn. "
    "Lock keepers get 52 million a year, dredging gets 118 million. "
    "The first dredger, the Plover, sank in 1987 with nobody on board. "
    "The aqueduct was painted by forty volunteers from Quarrendon in 1994, for soup and sandwiches. "
    "Two of our nine bridges are closed to lorries. "
    "Boat traffic is up by a third since the pandemic. "
    "The harbour board allowed night passages in April 2023."
)


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("Leaks in the upper reach: 7.4 per cent of the flow, and falling.", "7.4 per cent"),
        ("The new gate is a bargain at £610,000.", "£610,000"),
        ("Toll income, now: £198,300.", "£198,300"),
        ("The last crane left the quay on 4 May 2021.", "4 May 2021"),
        ("After that evening in the village hall 420 complaints were withdrawn.", "420"),
        ("Dredging gets 52 million a year.", "52 million"),
        ("Volunteers from Quarrendon painted the aqueduct in 1987.", "1987"),
        ("Two of 31 bridges are closed to lorries.", "Two of 31"),
        ("Boat traffic is up by half since the pandemic.", "half"),
        ("The harbour board allowed night passages in May 2023.", "May 2023"),
    ],
)
def test_told(post: str, told: str) -> None:
    assert [post[found.start : found.end] for found in check(post, LOCKS)] == [told]


@pytest.mark.parametrize(
    "post",
    [
        "Leaks in the upper reach fell from 7.4 to 4.9 per cent.",
        "Leaks in the upper reach: once 7.4 per cent of the flow.",
        "Toll income in 2021: £198,300.",
        "The new basin has had water since 4 May 2021.",
        "420 complaints, nearly all about noise.",
        "Lock keepers get 52 million a year.",
        "The Plover sank in 1987.",
        "In 1994 volunteers from Quarrendon painted the aqueduct.",
        "Two of nine bridges are closed to lorries.",
        "Boat traffic is up by a third.",
        "Night passages are allowed from April 2023 on.",
    ],
)
def test_not_told(post: str) -> None:
    assert check(post, LOCKS) == []


@pytest.mark.parametrize(
    ("post", "source"),
    [
        ("Jede Kiste wird rund 30-mal gefüllt.", "Und jede Kiste füllen wir ungefähr dreißigmal, bevor sie bricht."),
        ("Ein Viertel der Ernte geht nach Lübeck.", "Ein gutes Viertel der Ernte geht jedes Jahr nach Lübeck."),
        ("Freitags zu.", "wir hatten ja früher freitags zu und am samstag nur bis mittag offen für die leute"),
        ("More than a million jars were sold.", "In the end they sold one point four million jars of it."),
        ("More than 300 of the 720 pupils came by boat.", "That day 318 of 720 pupils came by boat."),
        ("Près des trois quarts des serres ont brûlé.", "Le feu a détruit 73 % des serres en une nuit."),
        ("Das 15h às 17h, na biblioteca.", "A oficina é das três às cinco, sempre na biblioteca da praça."),
    ],
)
def test_said_otherwise(post: str, source: str) -> None:
    assert check(post, source) == []


def test_what_is_numbered_bears_no_measure_out() -> None:
    source = "A stuck switch at Quarrendon stopped line 2 for three hours. The queue went round the block."
    assert [found.why.split(" ")[0] for found in check("Line 2 stood for two hours.", source)] == ["“two"]
    assert check("Line 2 stood for three hours.", source) == []


def test_no_cut_within_a_figure() -> None:
    words = " ".join(
        f"and so the mill by the river went on and on as it did in the years of my aunt {w}" for w in "abcd"
    )
    source = f"{words} until the county put a quarter of a million into the wheel and the race and the old roof {words}"
    assert check("The county paid £250,000 for the wheel.", source) == []
