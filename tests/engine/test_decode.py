"""The decode loop itself, in this process: memory that cannot go back, numbers out of range, nonsense from a model."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from composer.engine import messages as m


@pytest.fixture
def engine(tiny_model) -> Iterator["object"]:
    import llama_cpp

    from composer.engine.decode import Engine

    quiet = llama_cpp.llama_log_callback(lambda *_: None)
    llama_cpp.llama_log_set(quiet, None)
    engine = Engine(bytearray(2))
    engine.load(m.Load(str(tiny_model), 1024), 1, lambda done: None)
    yield engine
    engine.close()
    gc.collect()


def ask(*slots: m.Slot) -> m.Write:
    steps: list[m.Piece | m.Slot] = [m.Piece("the harbour opens before dawn " * 20, mark=True), m.Piece("now\n")]
    for slot in slots:
        steps += [slot, m.Piece("\nNEXT:\n")]
    return m.Write(tuple(steps), seed=3)


SLOTS = (
    m.Slot("a", max_chars=60, min_chars=5),
    m.Slot("b", choices=("1", "12", "123", "🎯")),
    m.Slot("c", max_chars=400, min_chars=300),
    m.Slot("d", max_chars=30, sentences=1),
)


def write(engine, request: m.Write) -> list[m.Filled]:
    events: list[m.Event] = []
    engine.write(request, 1, events.append)
    return [event for event in events if isinstance(event, m.Filled)]


def test_the_memory_holds_what_was_said_and_nothing_else(engine):
    request = ask(*SLOTS)
    filled = write(engine, request)
    said = list(request.steps[:2])
    for slot, step in zip(filled, SLOTS, strict=True):
        assert slot.slot == step.name
    expected = [token for piece in said for token in engine.vocabulary.tokens(piece.text)]
    for slot in filled[:-1]:
        expected += [*slot.tokens, *engine.vocabulary.tokens("\nNEXT:\n")]
    expected += filled[-1].tokens
    assert expected[: len(engine.memory.cells)] == engine.memory.cells
    assert len(expected) - len(engine.memory.cells) <= 2  # the last token may wait for what follows
    for slot in filled:
        assert engine.vocabulary.text(slot.tokens).decode().strip() == slot.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_tokens_are_the_bytes_of_their_text(engine, text):
    """No token is added, none lost, and a control token's name in plain text stays plain text."""
    text = text.encode("utf-8", "replace").decode()
    vocabulary = engine.vocabulary
    assert vocabulary.text(vocabulary.tokens(text)).decode() == text
    for token in vocabulary.tokens(text + "<|im_end|>"):
        assert vocabulary.piece(token)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 800), min_size=1, max_size=40), min_size=1, max_size=6), st.integers(0, 2**31))
def test_whatever_was_asked_before_the_memory_is_the_prompt(engine, prompts, seed):
    """Prompts that share any beginning, one after the other: the memory holds each, and reads no more than it must."""
    vocabulary = engine.vocabulary
    for number, tokens in enumerate(prompts):
        tokens = [token % vocabulary.size for token in tokens]
        ask = m.Write((m.Piece("x", tokens=tuple(tokens)), m.Slot("s", max_chars=20, max_tokens=3)), seed=seed + number)
        before = list(engine.memory.cells)
        tally = engine.write(ask, 1, lambda _: None)
        assert engine.memory.cells[: len(tokens)] == tokens
        same = next((i for i, pair in enumerate(zip(before, tokens, strict=False)) if pair[0] != pair[1]), None)
        shared = min(len(before), len(tokens)) if same is None else same
        assert tally.reused == min(shared, len(tokens) - 1)


def test_a_model_that_cannot_go_back_reads_again(engine, monkeypatch):
    from composer.engine import memory

    monkeypatch.setattr(memory.lib, "llama_memory_seq_rm", lambda *_: False)
    for seed in range(4):
        filled = write(engine, m.Write(ask(*SLOTS).steps, seed=seed))
        assert [slot.slot for slot in filled] == ["a", "b", "c", "d"]
        for slot in filled:
            assert engine.vocabulary.text(slot.tokens).decode().strip() == slot.text
    assert len(engine.memory.cells) < 1024


def test_tokens_out_of_range_are_refused(engine):
    from composer.engine.refusal import Refusal

    for tokens in ((-1,), (10**6,), (2**31 - 1,)):
        with pytest.raises(Refusal, match="tokens"):
            write(engine, m.Write((m.Piece("x", tokens=tokens), SLOTS[0])))
    with pytest.raises(Refusal, match="tokens"):
        write(engine, m.Write((SLOTS[0],)))
    assert write(engine, ask(SLOTS[0]))


def test_numbers_that_are_none_are_refused(engine, monkeypatch):
    import numpy as np

    from composer.engine import decode, sampler

    monkeypatch.setattr(sampler.np.ctypeslib, "as_array", lambda *_: np.array([0.5, np.nan, 1.0], dtype=np.float32))
    with pytest.raises(decode.Refusal, match="not-finite"):
        write(engine, ask(SLOTS[0]))


def test_a_full_context_is_refused_before_it_is_full(engine):
    from composer.engine.refusal import Refusal

    with pytest.raises(Refusal, match="context"):
        write(engine, ask(m.Slot("a", max_tokens=2000)))


def test_prompt_steps_end_at_marks(engine):
    write(engine, ask(SLOTS[0]))
    prefix = len(engine.vocabulary.tokens("the harbour opens before dawn " * 20))
    assert prefix in engine.memory.cuts
    assert all(b - a <= engine.memory.step for a, b in zip([0, *engine.memory.cuts], engine.memory.cuts, strict=False))


@pytest.mark.parametrize("temperature", [0.0, 0.7, 5.0, 99.0, -1.0])
def test_any_temperature(engine, temperature):
    assert write(engine, m.Write(ask(*SLOTS).steps, seed=-1, temperature=temperature, top_k=-3, top_p=9.0, min_p=-1.0))


def test_greedy_writing_does_not_depend_on_the_seed(engine):
    said = {
        tuple(f.text for f in write(engine, m.Write(ask(SLOTS[0]).steps, seed=s, temperature=0.0))) for s in range(3)
    }
    assert len(said) == 1


def test_the_flag_stops_inside_the_computation(engine):
    from composer.engine.refusal import Stopped

    before = write(engine, ask(SLOTS[0]))
    engine._flag[0] = 1
    with pytest.raises(Stopped):
        write(engine, ask(SLOTS[2]))
    code = engine._abort(engine._shared)
    assert code
    engine._flag[0] = 0
    assert not engine._abort(engine._shared)
    assert write(engine, ask(SLOTS[0])) == before


def test_a_slot_goes_on_after_what_is_begun(engine):
    begun = "The boats come"
    (filled,) = write(engine, ask(m.Slot("c", max_chars=60, min_chars=30, begun=begun)))
    assert filled.text.startswith(begun)
    assert 30 <= len(filled.text) <= 60
    assert engine.vocabulary.text(filled.tokens).decode().strip() == filled.text
    # The limits count what was begun; what does not fit, or is all of it, is left out.
    (filled,) = write(engine, ask(m.Slot("c", max_chars=60, sentences=1, begun="They come home. And")))
    assert not filled.text.startswith("They come home. And")
    (filled,) = write(engine, ask(m.Slot("c", max_chars=10, begun=begun)))
    assert len(filled.text) <= 10


def test_what_was_begun_before_a_stop_is_read_and_not_written_again(engine):
    """The memory after a line that goes on is the prompt and that line, whole."""
    slot = m.Slot("c", max_chars=80, min_chars=40, begun="and the boats")
    request = ask(slot, m.Slot("d", max_chars=30))
    filled = write(engine, request)
    expected = [t for piece in request.steps[:2] for t in engine.vocabulary.tokens(piece.text)]
    expected += [*filled[0].tokens, *engine.vocabulary.tokens("\nNEXT:\n"), *filled[1].tokens]
    assert expected[: len(engine.memory.cells)] == engine.memory.cells
