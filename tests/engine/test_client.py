"""The app's side against a scripted engine: every way to fail is one sentence, and the next draft works."""

import json
import sys
import threading

import pytest

from composer.engine import contest
from composer.engine import messages as m
from composer.engine.client import Cancelled, EngineClient
from composer.engine.process import Death, Process
from composer.engine.reasons import SENTENCES, of_death, of_refusal
from composer.errors import EngineError
from tests.engine.conftest import FAKE

ASK = [m.Piece("Write.\n" * 300), m.Slot("headline"), m.Piece("\n"), m.Slot("label")]
ANSWERS = {"headline": ["A better bakery"], "*": ["Bread first\nmore"]}


def write(turn):
    return {event.slot: event.text for event in turn.write(ASK) if isinstance(event, m.Filled)}


def load_and_write(turn, path):
    turn.load(path)
    return write(turn)


def test_the_script_answers(scripted, tmp_path):
    turn = scripted({"answers": ANSWERS, "model": {"family": "qwen3", "context": 4096}}).turn()
    loaded = turn.load(tmp_path / "model.gguf")
    assert (loaded.family, loaded.context, turn.model) == ("qwen3", 4096, loaded)
    assert write(turn) == {"headline": "A better bakery", "label": "Bread first"}


WAYS = [
    ("start", "abort", "could not be started"),
    ("start", "exit", "could not be started"),
    ("start", "illegal", "another processor"),
    ("start", "garbage", "not its language"),
    ("load", "segv", "The model file made the engine fail"),
    ("load", "abort", "The model file made the engine fail"),
    ("load", "no-memory", "ran out of memory"),
    ("load", "kill", "ended from outside while loading"),
    ("load", "hang", "stopped answering"),
    ("load", "refuse:not-text", "cannot write text"),
    ("load", "garbage", "not its language"),
    ("read", "abort", "failed while reading the source"),
    ("read", "kill", "ended from outside while reading"),
    ("read", "hang", "stopped answering"),
    ("read", "half", "failed while reading"),
    ("read", "garbage", "not its language"),
    ("read", "no-memory", "ran out of memory"),
    ("read", "illegal", "another processor"),
    ("read", "refuse:context", "too long for this model"),
    ("write:label", "segv", "failed while writing"),
    ("write:label", "kill", "ended from outside while writing"),
    ("write:label", "hang", "stopped answering"),
    ("write:label", "garbage", "not its language"),
    ("write:label", "no-memory", "ran out of memory"),
]


@pytest.mark.parametrize(("stage", "what", "said"), WAYS, ids=[f"{stage}-{what}" for stage, what, _ in WAYS])
def test_a_failure_is_one_sentence_and_the_next_draft_works(scripted, tmp_path, stage, what, said):
    script = {"answers": ANSWERS, "do": {stage: what}, "once": str(tmp_path / "happened")}
    client = scripted(script, patience=0.3 if what == "hang" else 20)
    with pytest.raises(EngineError, match=said) as caught:
        load_and_write(client.turn(), tmp_path / "model.gguf")
    assert "Your text is safe." in str(caught.value)
    assert "\n" not in str(caught.value)
    again = client.turn()
    again.load(tmp_path / "model.gguf")
    assert write(again)["headline"] == "A better bakery"


@pytest.mark.parametrize("stage", ["start", "load", "read", "write:label"])
def test_cancel_at_every_stage(scripted, tmp_path, stage):
    client = scripted({"answers": ANSWERS, "do": {stage: "wait"}, "once": str(tmp_path / "happened")})
    turn = client.turn()
    came = threading.Event()

    def stop():
        while not (tmp_path / "happened").exists() and not came.wait(0.005):
            pass
        turn.cancel()

    canceller = threading.Thread(target=stop)
    canceller.start()
    with pytest.raises(Cancelled):
        load_and_write(turn, tmp_path / "model.gguf")
    came.set()
    canceller.join()
    again = client.turn()
    again.load(tmp_path / "model.gguf")
    assert write(again)["headline"] == "A better bakery"


def test_an_engine_that_ignores_cancel_is_ended(scripted, tmp_path, monkeypatch):
    monkeypatch.setattr("composer.engine.client.CANCEL", 0.2)
    client = scripted({"do": {"read": "hang"}, "once": str(tmp_path / "happened")})
    turn = client.turn()
    turn.load(tmp_path / "model.gguf")
    pid = client.pid
    threading.Timer(0.05, turn.cancel).start()
    with pytest.raises(Cancelled):
        write(turn)
    assert client.pid is None
    again = client.turn()
    again.load(tmp_path / "model.gguf")
    assert client.pid != pid


def test_cancel_of_the_client_cancels_its_turns(scripted, tmp_path):
    client = scripted()
    turn = client.turn()
    client.cancel()
    with pytest.raises(Cancelled):
        turn.load(tmp_path / "model.gguf")


def test_restarts_then_a_smaller_context_then_advice(scripted, tmp_path):
    now = [0.0]
    client = scripted({"do": {"read": "abort"}}, clock=lambda: now[0])
    path = tmp_path / "model.gguf"
    contexts = []
    for _ in range(6):
        now[0] += 10
        turn = client.turn()
        contexts.append(turn.load(path, 16_384).context)
        with pytest.raises(EngineError):
            write(turn)
    assert contexts == [16_384, 16_384, 16_384, 8_192, 4_096, 2_048]
    with pytest.raises(EngineError, match="smaller model"):
        client.turn().load(path, 16_384)
    now[0] += 400  # five minutes later all is forgotten
    assert client.turn().load(path, 16_384).context == 16_384


def die(client, path, context=0):
    """Load, and have the engine end while it reads; returns the context it had."""
    turn = client.turn()
    loaded = turn.load(path, context)
    with pytest.raises(EngineError):
        write(turn)
    return loaded.context


def test_a_smaller_model_starts_afresh(scripted, tmp_path):
    """Who follows the advice is not told the same again."""
    client = scripted({"do": {"read": "abort"}}, clock=lambda: 0.0)
    large, small = tmp_path / "model.gguf", tmp_path / "small.gguf"
    small.write_bytes(b"GGUF")
    assert [die(client, large, 4096) for _ in range(4)] == [4096, 4096, 4096, 2048]
    with pytest.raises(EngineError, match="ended 4 times in five minutes"):
        client.turn().load(large, 4096)
    assert die(client, small, 4096) == 4096


def test_the_smaller_context_is_smaller_than_the_one_the_model_had(scripted, tmp_path):
    """A model trained on 4,096 tokens has them also where more were asked for, or none."""
    client = scripted({"do": {"read": "abort"}, "model": {"context": 4096}}, clock=lambda: 0.0)
    for _ in range(3):
        die(client, tmp_path / "model.gguf", 16_384)
    turn = client.turn()
    turn.load(tmp_path / "model.gguf", 16_384)
    assert turn.notices == ["The model ended several times, so it now reads 2,048 tokens at once."]


def test_an_engine_without_memory_is_replaced(scripted, tmp_path):
    script = {"answers": ANSWERS, "do": {"read": "refuse:memory"}, "once": str(tmp_path / "happened")}
    client = scripted(script)
    turn = client.turn()
    turn.load(tmp_path / "model.gguf")
    with pytest.raises(EngineError, match="not enough memory"):
        write(turn)
    assert client.pid is None
    again = client.turn()
    again.load(tmp_path / "model.gguf")
    assert write(again)["headline"] == "A better bakery"


SPEEDS = [
    ({"": (100.0, 10.0), "sleep": (250.0, 20.0)}, "sleep"),
    ({"": (100.0, 10.0), "sleep": (60.0, 5.0)}, ""),
    ({"": (100.0, 10.0), "sleep": (101.0, 10.0)}, ""),  # noise
]


@pytest.mark.parametrize(("speeds", "best"), SPEEDS)
def test_how_threads_wait_is_measured_and_kept(scripted, tmp_path, monkeypatch, speeds, best):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    script = {"answers": ANSWERS, "waits": "start", "speeds": speeds}
    path, tuning = tmp_path / "model.gguf", tmp_path / "tuning.json"
    client = scripted(script, tuning=tuning)
    turn = client.turn()
    turn.load(path)
    first = client.pid
    result = turn.calibrate(10)
    assert [trial.wait for trial in result.trials] == ["", "", "sleep"]
    assert result.best.wait == best
    assert (client.pid == first) == (best == "")
    assert turn.tuned
    assert turn.model
    assert write(turn)["headline"] == "A better bakery"
    another = scripted(script, tuning=tuning).turn()
    another.load(path)
    assert another.calibrate(1).best.wait == best  # so it was started that way


def test_waiting_is_not_contested_where_it_is_settled_at_each_load(scripted, tmp_path):
    turn = scripted({"waits": "load"}).turn()
    turn.load(tmp_path / "model.gguf")
    assert len(turn.calibrate(10).trials) == 1


@pytest.mark.parametrize("what", ["kill", "garbage", "hang", "refuse:not-loaded"])
def test_a_rival_that_fails_loses(scripted, tmp_path, monkeypatch, what):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    path, happened = tmp_path / "model.gguf", tmp_path / "happened"
    happened.touch()  # the first engine loads
    script = {"answers": ANSWERS, "waits": "start", "do": {"load": what}, "once": str(happened)}
    client = scripted(script, clock=lambda: 0.0)
    turn = client.turn()
    turn.load(path)
    first = client.pid
    happened.unlink()
    result = turn.calibrate(1.6)
    assert result.best.wait == ""
    assert client.pid == first
    assert write(turn)["headline"] == "A better bakery"


def test_cancel_during_a_contest(scripted, tmp_path, monkeypatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    path, happened = tmp_path / "model.gguf", tmp_path / "happened"
    happened.touch()
    script = {"answers": ANSWERS, "waits": "start", "do": {"load": "wait"}, "once": str(happened)}
    client = scripted(script)
    turn = client.turn()
    turn.load(path)
    happened.unlink()
    came = threading.Event()

    def stop():
        while not happened.exists() and not came.wait(0.005):
            pass
        turn.cancel()

    canceller = threading.Thread(target=stop)
    canceller.start()
    with pytest.raises(Cancelled):
        turn.calibrate(10)
    came.set()
    canceller.join()
    again = client.turn()
    again.load(path)
    assert write(again)["headline"] == "A better bakery"


def test_no_room_no_contest(scripted, tmp_path, monkeypatch):
    turn = scripted({"waits": "start"}).turn()
    turn.load(tmp_path / "model.gguf")
    monkeypatch.setattr(contest, "_kilobytes", lambda *_: 10**6)
    assert len(turn.calibrate(10).trials) == 1
    monkeypatch.setattr(contest, "_kilobytes", lambda path, _: 10**6 if "status" in path else 2 * 10**6)
    assert len(turn.calibrate(10).trials) == 3
    monkeypatch.setattr(contest, "_kilobytes", lambda *_: 0)  # not Linux
    assert not contest.room_for(10**15, 1)


def test_a_smaller_context_is_said(scripted, tmp_path):
    client = scripted({"do": {"read": "abort"}}, clock=lambda: 0.0)
    for _ in range(3):
        turn = client.turn()
        turn.load(tmp_path / "model.gguf", 16_384)
        with pytest.raises(EngineError):
            write(turn)
    turn = client.turn()
    turn.load(tmp_path / "model.gguf", 16_384)
    assert turn.notices == ["The model ended several times, so it now reads 8,192 tokens at once."]


def test_a_changed_file_is_loaded_again(scripted, tmp_path):
    path = tmp_path / "model.gguf"
    client = scripted()
    first = client.turn().load(path)
    path.write_bytes(b"GGUF, and more")
    second = client.turn().load(path)
    assert second is not first
    assert second.request > first.request


def test_a_file_that_went_while_its_model_is_loaded(scripted, tmp_path):
    path = tmp_path / "model.gguf"
    client = scripted()
    client.turn().load(path)
    path.unlink()
    with pytest.raises(EngineError, match="no longer there"):
        client.turn().load(path)


def test_writing_without_a_model(scripted):
    with pytest.raises(EngineError, match="No model is loaded"):
        list(scripted().turn().write(ASK))


def test_a_command_that_does_not_exist(tmp_path):
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    client = EngineClient([str(tmp_path / "nowhere")])
    with pytest.raises(EngineError, match="could not be started"):
        client.turn().load(tmp_path / "model.gguf")
    client.close()


def test_no_thread_is_left_after_close(scripted, tmp_path):
    before = set(threading.enumerate())
    client = scripted()
    client.turn().load(tmp_path / "model.gguf")
    assert set(threading.enumerate()) - before
    client.close()
    assert set(threading.enumerate()) <= before


def test_the_engine_runs_in_an_empty_folder_that_goes_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program = "import os, sys; sys.stderr.write(os.getcwd() + ' ' + str(os.listdir('.')))"
    process = Process([sys.executable, "-c", program], {})
    death = process.get(20)
    assert isinstance(death, Death)
    assert death.code == 0
    assert death.tail.startswith(str(tmp_path))
    assert death.tail.endswith("[]")
    process.close()
    assert list(tmp_path.iterdir()) == []


def test_a_slow_reader_never_stops_the_engine(tmp_path):
    script = {"answers": {"*": ["word " * 400]}}
    process = Process([*FAKE, json.dumps(script)], {})
    process.send(m.Load("model"))
    for _ in range(50):
        process.send(m.Write((m.Piece("x"), m.Slot("label", max_chars=3000))))
    last = process.send(m.Count(("done",)))
    while True:
        event = process.get(20)
        assert not isinstance(event, Death | None)
        if isinstance(event, m.Counted):
            assert event.request == last
            break
    process.close()


def test_an_engine_that_does_not_read_never_stops_the_app(tmp_path):
    """40 MB of requests to a process that reads nothing: sending, cancelling and ending wait for nothing."""
    process = Process([sys.executable, "-c", "import threading; threading.Event().wait()"], {})
    for _ in range(40):
        process.send(m.Count(("x" * 1_000_000,)))
    process.send(m.Cancel(1))
    assert process.get(0) is None
    process.kill()
    process.close()
    assert isinstance(process.get(0), Death)


def test_every_refusal_has_a_sentence():
    for code in SENTENCES:
        error = of_refusal(m.Refused(1, code))
        assert str(error).count("Your text is safe.") == 1
        assert "!" not in str(error)


@pytest.mark.parametrize("code", [-11, -6, -9, -4, -15, 0, 1, 3, 0xC0000005, 0xC000001D, -99])
@pytest.mark.parametrize("stage", ["starting", "loading", "reading", "writing"])
@pytest.mark.parametrize("starved", [True, False])
def test_every_death_has_a_sentence(code, stage, starved):
    said = str(of_death(Death(code, "ggml_abort"), stage, starved))
    assert said.startswith("The ")
    assert said.endswith(".")
    assert not any(mark in said for mark in ("SIG", "0x", "\n", "!"))


def test_a_kill_with_little_memory_is_called_so():
    assert "ran out of memory" in str(of_death(Death(-9, ""), "writing", True))
    assert "from outside" in str(of_death(Death(-9, ""), "writing", False))
