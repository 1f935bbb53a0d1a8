"""Colours that can be read."""

import pytest

from composer.ui.fonts import lacking
from composer.ui.theme import CARD_DARK, CARD_LIGHT, DARK, LIGHT, CardTokens, Tokens, contrast

TEXT = (
    [(ink, ground) for ink in ("text", "text2") for ground in ("window", "surface", "sunken", "tint", "glow", "raised")]
    + [("text3", ground) for ground in ("window", "surface", "sunken", "tint")]
    + [("accent", ground) for ground in ("window", "surface", "sunken", "tint", "glow")]
    + [("on_fill", "fill"), ("on_fill", "fill_hover"), ("on_bad", "bad"), ("bad", "bad_tint"), ("text", "bad_tint")]
    + [("ok", "window"), ("warn", "window"), ("bad", "window"), ("text", "added"), ("text", "removed")]
)
MARKS = [
    ("control", "surface"),
    ("control", "window"),
    ("warn_mark", "surface"),
    ("accent", "track"),
    ("fill", "surface"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_has_a_contrast_of_four_and_a_half(tokens: Tokens) -> None:
    low = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in TEXT}
    assert not {pair: value for pair, value in low.items() if value < 4.5}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_have_a_contrast_of_three(tokens: Tokens) -> None:
    low = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in MARKS}
    assert not {pair: value for pair, value in low.items() if value < 3}


@pytest.mark.parametrize("card", [CARD_LIGHT, CARD_DARK], ids=["light", "dark"])
def test_the_card_can_be_read(card: CardTokens) -> None:
    for ink, ground in ((card.text, card.card), (card.text2, card.card), (card.link, card.card)):
        assert contrast(ink, ground) >= 4.5
    assert contrast(card.on_avatar, card.avatar) >= 4.5


def test_missing_fonts_are_told_in_a_sentence() -> None:
    both = ["DejaVu Sans", "Noto Color Emoji"]
    assert lacking(both, "linux") == ""
    assert lacking([], "win32") == ""
    assert "fonts-noto-color-emoji" in lacking(["DejaVu Sans"], "linux")
    assert lacking(["Noto Color Emoji"], "linux").startswith("Bold letters show as boxes")
    assert "fonts-dejavu-core and fonts-noto-color-emoji" in lacking(["Inter"], "linux")
