"""Differences: nothing is lost, and what is shown reads as a person would mark it."""

from hypothesis import given
from hypothesis import strategies as st

from composer.differences import compare, count, pieces

TEXTS = st.text(st.sampled_from("ab𝗮🔦\ufe0f .,\n-’"), max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    made = pieces(old, new)
    assert "".join(text for kind, text in made if kind != "added") == old
    assert "".join(text for kind, text in made if kind != "removed") == new
    assert all(text for _, text in made)


@given(TEXTS)
def test_the_same_text_has_no_difference(text: str) -> None:
    assert pieces(text, text) == ((("same", text),) if text else ())


def test_a_phrase_is_one_change() -> None:
    assert pieces("It fell by a third of it.", "It fell by 40 percent of it.") == (
        ("same", "It fell by "),
        ("removed", "a third"),
        ("added", "40 percent"),
        ("same", " of it."),
    )


def test_an_emoji_stays_whole_and_a_line_end_parts_changes() -> None:
    assert pieces("One ⏳️\nTwo", "Uno ⏳️\nDue") == (
        ("removed", "One"), ("added", "Uno"), ("same", " ⏳️\n"), ("removed", "Two"), ("added", "Due"),
    )  # fmt: skip


def test_words_are_counted() -> None:
    assert [*count(["One two three.", "One"], "One four three five.")] == [(4, [(3, 2, 1), (1, 3, 0)])]
    assert [*compare("a", "a")] == [(("same", "a"),)]
