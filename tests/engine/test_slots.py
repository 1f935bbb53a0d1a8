"""The check behind every token: whatever a model says, a slot is one line, of its alphabet, of its length."""

import codecs
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.engine import slots
from composer.engine.messages import Slot
from composer.engine.slots import Line, Verdict, count_sentences, ends_sentence, loop


def fill(slot: Slot, *tokens: bytes) -> tuple[Line, Verdict]:
    line = Line(slot)
    verdict = Verdict.KEEP
    for token in tokens:
        verdict = line.offer(token)
        if verdict not in (Verdict.KEEP, Verdict.REJECT):
            break
    return line, verdict


def test_a_newline_ends_the_slot_and_is_no_part_of_it():
    line, verdict = fill(Slot("x"), b"A line", b".\nNext")
    assert (line.text, line.tail, verdict) == ("A line.", ".", Verdict.STOP)


def test_a_newline_too_early_is_refused():
    line, verdict = fill(Slot("x", min_chars=4), b"Ab", b"\n")
    assert (line.text, verdict) == ("Ab", Verdict.REJECT)
    assert line.end() is Verdict.REJECT


def test_a_letter_in_two_tokens():
    line, _ = fill(Slot("x"), b"caf", b"\xc3", b"\xa9")
    assert (line.text, line.whole) == ("café", 3)


def test_half_a_letter_is_left_out():
    line, _ = fill(Slot("x"), b"caf", b"\xc3")
    assert (line.text, line.whole) == ("caf", 1)


def test_bytes_that_are_no_text_are_refused_and_forgotten():
    line, verdict = fill(Slot("x"), b"caf", b"\xc3", b"a", b"\xa9")
    assert verdict is Verdict.KEEP
    assert line.text == "café"


def test_forbidden_and_control_characters_are_refused():
    for token in (b"**bold", b"\t", b"\x1b[0m", "\u202e".encode(), "\ue000".encode()):
        line, verdict = fill(Slot("x", forbid="*"), token)
        assert (line.text, verdict) == ("", Verdict.REJECT)


def test_an_emoji_with_joiners_passes():
    line, _ = fill(Slot("x"), "👩‍🚒".encode())
    assert line.text == "👩‍🚒"


def test_length():
    line, verdict = fill(Slot("x", max_chars=8), b"12345", b"6789")
    assert (line.text, verdict) == ("12345", Verdict.LENGTH)


def test_sentences():
    line, verdict = fill(Slot("x", sentences=2), b"One.", b" Two.", b" Three.")
    assert (line.text, verdict) == ("One. Two.", Verdict.SENTENCE)
    line, verdict = fill(Slot("x", soft=10), b"One.", b" Two and more.", b" Three.")
    assert (line.text, verdict) == ("One. Two and more.", Verdict.SENTENCE)


def test_initials_and_decimals_end_no_sentence():
    assert not ends_sentence("Written by J.")
    assert not ends_sentence("about 3.5")
    assert not ends_sentence("asked Dr.")
    assert ends_sentence("It works.")
    assert ends_sentence("“It works.”")
    assert count_sentences("Dr. A. B. Smith paid 3.5 euros. He left. 好。行！") == 4


def test_repetition_ends_the_slot_and_is_cut():
    line, verdict = fill(Slot("x"), *[b" and so on"] * 9)
    assert verdict is Verdict.REPETITION
    assert line.text == " and so on"
    assert not loop("It costs 1000000")
    assert not loop("Wait...")


@pytest.mark.parametrize(
    "tokens",
    [[b"<think>"], [b"<", b"think", b">"], [b"So <", b"Th", b"ink>"], [b"<|chan", b"nel|>"], ["◁".encode(), b"think"]],
)
def test_a_thought_is_never_part_of_a_slot(tokens):
    line, _ = fill(Slot("x", max_chars=60), *tokens, b" better", b" bread")
    assert line.text.endswith(" better bread")
    assert not any(mark in line.text.lower() for mark in ("<think", "<|channel", "◁think"))
    assert fill(Slot("x"), b"I think", b" so", b" <3")[0].text == "I think so <3"


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """`data` cut at these places, whatever lies there."""
    ends = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(ends)]


PLAIN = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S")), max_size=60)


@given(PLAIN, st.lists(st.integers(0, 10_000), max_size=80))
def test_text_survives_whatever_tokens_it_is_cut_into(text, cuts):
    """Tokens end anywhere, in the middle of a character too; together they are the text."""
    line = Line(Slot("x", max_chars=1000, forbid=""))
    for data in pieces(text.encode(), cuts):
        verdict = line.offer(data)
        if verdict is not Verdict.KEEP:
            assert verdict is Verdict.REPETITION or any(mark in text.lower() for mark in slots._THOUGHTS)
            return
    assert line.text == text
    assert line.whole == line.kept


@given(PLAIN.filter(bool), st.lists(st.integers(0, 10_000), max_size=40), st.binary(min_size=1, max_size=4))
def test_a_foreign_token_between_two_others_changes_nothing(text, cuts, foreign):
    """A rejected token is forgotten, with all it did to a half-read character."""
    line = Line(Slot("x", max_chars=1000))
    for data in pieces(text.encode(), cuts):
        before, kept, whole = line.text, line.kept, line.whole
        state = line._decoder.getstate()
        try:
            codecs.getincrementaldecoder("utf-8")("strict").decode(state[0] + foreign)
        except UnicodeDecodeError:
            assert line.offer(foreign) is Verdict.REJECT
            assert (line.text, line.kept, line.whole) == (before, kept, whole)
            assert line._decoder.getstate() == state
        if line.offer(data) is not Verdict.KEEP:
            return
    assert line.text == text


LIKELY = st.sampled_from(
    [b"E", b"N", b"D", b" EN", b"D\n", b"so ", b" \xc2", b"\xa0", b"\xf0\x9f", b"\x8e\xaf", b"ab\n"]
)


@given(st.lists(LIKELY | st.binary(min_size=1, max_size=5), max_size=60), st.integers(1, 60))
def test_the_kept_tokens_spell_the_text(tokens, most):
    """What the engine keeps of a slot (its whole tokens and the tail, or the text cut anew) is the text."""
    line = Line(Slot("x", max_chars=most, stop=("\n", "END")))
    kept: list[bytes] = []
    verdict = Verdict.KEEP
    for token in tokens:
        verdict = line.offer(token)
        if verdict not in (Verdict.STOP, Verdict.LENGTH, Verdict.REJECT):
            kept.append(token)
        if verdict not in (Verdict.KEEP, Verdict.REJECT):
            break
    assert len(kept) == line.kept
    spelled = b"".join(kept[: line.whole]).decode()
    if line.tail is None:
        assert spelled.startswith(line.text)
        assert verdict in (Verdict.STOP, Verdict.REPETITION)
    else:
        assert spelled + line.tail == line.text


def test_a_stop_in_several_tokens_is_cut_anew():
    line, verdict = fill(Slot("x", stop=("END",)), b"Bread", b" E", b"N", b"D")
    assert (line.text, line.tail, verdict) == ("Bread ", None, Verdict.STOP)


@given(st.lists(st.binary(min_size=1, max_size=6), max_size=60), st.integers(1, 40), st.integers(0, 20))
def test_whatever_comes_the_text_keeps_its_rules(tokens, most, least):
    slot = Slot("x", max_chars=most, min_chars=least, forbid="*#", stop=("\n", "END"))
    line = Line(slot)
    for token in tokens:
        before = line.text
        verdict = line.offer(token)
        if verdict is Verdict.REJECT:
            assert line.text == before
        elif verdict is not Verdict.KEEP:
            break
    assert len(line.text) <= most
    assert "\n" not in line.text
    assert "END" not in line.text
    assert not set(line.text) & set("*#\r\t\x00")
    line.text.encode("utf-8")
