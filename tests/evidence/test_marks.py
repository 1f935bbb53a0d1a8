"""What kinds of words and phrases are seen in a sentence, and that ranking by them is exact."""

import math

import pytest

from composer.evidence import cover, gather
from composer.evidence.features import NAMES, Features
from composer.evidence.marks import count, opening
from composer.evidence.sentences import sentences
from tests.evidence import made


def seen(text: str, language: str = "en") -> dict[str, int]:
    low = text.lower()
    found = count([[word.strip(".,") for word in low.split()]], [low], language)
    return {kind: times[0] for kind, times in found.items()}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It turns out nobody had a key.", "turning"),
        ("The problem is the second oven.", "frame"),
        ("Write to us at ovens.fm this week.", "advert"),
        ("It was like a mill without a river.", "simile"),
        ("She quit because of the noise.", "because"),
        ("Everything failed within three days.", "trouble"),
        ("We never sold the mill.", "negation"),
    ],
)
def test_a_kind_is_seen(text: str, kind: str) -> None:
    assert seen(text)[kind] >= 1


def test_phrases_are_whole_words() -> None:
    assert "stumble" not in seen("The album is sold.")
    assert "turning" not in seen("The turnstile is outside.")


def test_the_opening_is_found_behind_conjunctions() -> None:
    assert opening(["and", "so", "we", "left"], "en") == ("and", "we")
    assert opening(["the", "mill"], "en") == ("", "")
    assert opening([], "en") == ("", "")


def test_a_language_without_lists_has_its_signals_still() -> None:
    assert opening(["und", "wir"], "de") == ("", "")
    assert seen("", "xx") == {}


def test_weighed_is_the_sum_less_its_mean() -> None:
    own = sentences(made.talk())
    features = Features(own, "en", "", [])
    weights = [math.sin(n) for n in range(len(NAMES))]
    sums = [sum(weight * value for weight, value in zip(weights, row, strict=True)) for row in features.rows]
    wanted = [value - sum(sums) / len(sums) for value in sums]
    assert features.weighed(weights) == pytest.approx(wanted)


def test_no_point_tells_the_sentence_of_another_again() -> None:
    points = gather([made.talk()]).points
    raws = [point.raw for point in points]
    assert not any(a in b for i, a in enumerate(raws) for j, b in enumerate(raws) if i != j)


def test_cover_takes_from_every_part() -> None:
    evidence = gather([made.talk()])
    places = {point.sentence * 3 // len(evidence.sentences) for point in cover(evidence, 100)}
    assert len(places) >= 2
