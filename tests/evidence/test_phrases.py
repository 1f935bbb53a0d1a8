"""Phrases: what is left out of the count for speed could not have come in."""

import pytest

from composer.evidence import phrases
from composer.evidence.phrases import candidates, phrases_in, ranked
from composer.evidence.sentences import sentences
from tests.evidence import made


@pytest.mark.parametrize("count", [1, 5, 40])
@pytest.mark.parametrize("title", ["", "The mill and the river"])
def test_rare_phrases_are_passed_over_only_where_none_could_come_in(
    monkeypatch: pytest.MonkeyPatch, count: int, title: str
) -> None:
    texts = [sentence.text for sentence in sentences(made.talk())] * 4
    quick = ranked(texts, "en", count, title)
    monkeypatch.setattr(phrases, "ROUNDS", (1,))
    assert ranked(texts, "en", count, title) == quick


def test_many_texts_have_the_phrases_of_each() -> None:
    texts = [
        "The old mill's oven, a cold oven.",
        "Nothing here",
        "",
        "The old mill stands.",
        "东京的面包店 opens early",
    ]
    together = phrases_in(texts, "en")
    assert together == [phrases_in([text], "en")[0] for text in texts]
    assert [form for _, form in together[0]] == candidates(texts[0], "en")
    assert ("old mill", "old mill") in together[0]
