"""Names in a source without capitals, as a recogniser writes it: the post tells what is a name there."""

import pytest

from composer.post.grounding import check
from composer.post.grounding.source.ground import prepare

FERRY = """so good evening my name is ottilie brandvik and i teach boat building at the college of skarnmouth [Applause]

last winter we took the old ferry out of the water and looked at every plank there were four hundred and twelve of
them and we changed ninety the oak came from a yard called pellerine and they dont sell to anybody else now

my boss tjorven always says a boat is a promise with holes in it and i think thats true one of the two who lost their
hands at it was magnus who had taught me to plane

we have a student called imogen vasker and she did all the rivets by hand six thousand of them the engine comes from
nordholt from tavelund and it weighs two tonnes [Laughter] the dean professor lucan ashgrove paid for the paint

she floats again since the ninth of april and we carry forty people across the sound every hour im still afraid of
every wave but she isnt"""


def _names(post: str) -> list[str]:
    return [post[one.start : one.end] for one in check(post, FERRY) if one.kind == "name"]


def test_marks_in_brackets_give_a_source_no_capitals() -> None:
    assert prepare((FERRY,)).lowercase


@pytest.mark.parametrize(
    "post",
    [
        "Ottilie Brandvik teaches boat building at the College of Skarnmouth.",
        "Her boss Tjorven calls a boat a promise with holes in it.",
        "Imogen Vasker, a student, did all 6,000 rivets by hand.",
        "Magnus had taught her to plane.",
        "The oak came from Pellerine, the engine from Tavelund.",
        "The dean, Lucan Ashgrove, paid for the paint.",
        "\u201cThey don't sell to anybody else now\u201d, says Ottilie Brandvik of the yard.",
        "\u201cI'm still afraid of every wave, but she isn't.\u201d",
    ],
)
def test_a_true_name_passes(post: str) -> None:
    assert check(post, FERRY) == []


@pytest.mark.parametrize(
    ("post", "wrong"),
    [
        ("A boat is a promise with holes in it, as her boss Magnus likes to say.", "Magnus"),
        ("Imogen Ashgrove did all the rivets by hand.", "Imogen Ashgrove"),
        ("The two tonnes of engine come by Nordholt from Skarnmouth.", "Skarnmouth"),
        ("Ottilie Brandvik teaches at the College of Tavelund.", "Tavelund"),
    ],
)
def test_a_name_in_the_place_of_another_is_told(post: str, wrong: str) -> None:
    assert _names(post) == [wrong]


def test_a_german_name_is_known_by_what_stands_before_it() -> None:
    source = (
        "ja guten tag mein name ist wiebke harmsen und ich zeige ihnen die mühle die gehört seit drei jahren der firma "
        "kornhagen aus ostermoor die haben das rad bezahlt und frau doktor gerlinde stover hat es gezeichnet und "
        "gebaut haben wir es dann zu fünft in der alten scheune hinter dem deich das hat den ganzen sommer gedauert\n\n"
        "im herbst gehen wir damit nach lütjendorf auf den markt"
    )
    assert check("Das Rad bezahlt hat Kornhagen aus Ostermoor.", source) == []
    assert [one.kind for one in check("Das Rad bezahlt hat Kornhagen aus Lütjendorf.", source)] == ["name"]
