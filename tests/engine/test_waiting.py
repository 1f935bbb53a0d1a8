"""How threads wait: the environment that says it, ggml's own pool, and what is made of what was measured."""

import ctypes
import json
from dataclasses import replace

import pytest

from composer.engine import contest
from composer.engine import messages as m
from composer.engine.tuning import Tuning

TRIAL = m.Trial(2, 2, 128, True, 100.0, 10.0)
LOAD = m.Load("/models/a.gguf", 4096)


def test_sleeping_is_said_in_openmp_s_words(monkeypatch):
    from composer.engine import waiting

    assert contest.environment("") == {}
    for name, value in contest.environment(m.SLEEP).items():
        monkeypatch.setenv(name, value)
    assert waiting.of_process() == m.SLEEP
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    assert waiting.of_process() == ""


def test_when_it_is_settled():
    from composer.engine import waiting

    assert waiting.settled(True) == "start"
    assert waiting.settled(False) == "load"


def test_the_pool_s_settings_are_those_of_ggml_h():
    from composer.engine import waiting

    settings = waiting.PoolSettings
    assert ctypes.sizeof(settings) == 528
    assert [getattr(settings, name).offset for name, _ in settings._fields_] == [0, 512, 516, 520, 524, 525]
    found = waiting._functions()
    assert found is not None
    made = found["ggml_threadpool_params_default"](3)
    assert (made.n_threads, made.poll, made.paused) == (3, 50, False)  # GGML_DEFAULT_POLL of the library


@pytest.mark.parametrize("wait", ["", m.SLEEP])
def test_a_pool_of_our_own(tiny_model, wait):
    """As in a library without OpenMP: made with each context, gone with it."""
    import llama_cpp

    from composer.engine.decode import Engine

    quiet = llama_cpp.llama_log_callback(lambda *_: None)
    llama_cpp.llama_log_set(quiet, None)
    engine = Engine(bytearray(2))
    engine.openmp = False
    engine.load(replace(LOAD, path=str(tiny_model), context=512, threads=2, wait=wait), 1, lambda _: None)
    first = engine._pool
    assert first is not None
    assert first._pool
    assert engine.trial(engine.asked, 32).wait == wait
    engine.use(replace(engine.asked, wait="" if wait else m.SLEEP))
    assert not first._pool
    engine.close()
    assert engine._pool is None


@pytest.mark.parametrize(
    ("threads", "wait", "cores", "rival"),
    [(2, "", 4, 2), (1, "", 4, 4), (1, "", 1, None), (2, m.SLEEP, 4, None)],
)
def test_the_rival(monkeypatch, threads, wait, cores, rival):
    monkeypatch.setattr(contest, "physical_cores", lambda: cores)
    found = contest.rival_of(LOAD, replace(TRIAL, threads=threads, threads_batch=threads, wait=wait))
    assert (found.threads if found else None) == rival
    assert found is None or (found.wait, found.path, found.context) == (m.SLEEP, LOAD.path, LOAD.context)


def test_what_was_measured_is_used_again(tmp_path):
    model = tmp_path / "a.gguf"
    model.write_bytes(b"GGUF")
    tuning, ask = Tuning(tmp_path / "tuning.json"), replace(LOAD, path=str(model))
    tuning.keep(ask, replace(TRIAL, threads=1, threads_batch=1, wait=m.SLEEP))
    assert tuning.apply(ask).wait == m.SLEEP
    assert tuning.apply(replace(ask, threads=1)).wait == ""  # who names settings gets those
    # an older file, or one from elsewhere
    kept = json.loads((tmp_path / "tuning.json").read_text(encoding="utf-8"))
    for trial in kept.values():
        trial.pop("wait")
    (tmp_path / "tuning.json").write_text(json.dumps(kept), encoding="utf-8")
    assert tuning.apply(ask).wait == ""
    assert tuning.apply(ask).threads == 1


def test_a_full_disk_keeps_nothing_and_says_nothing(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("composer.engine.tuning.write_text", full)
    tuning = Tuning(tmp_path / "tuning.json")
    tuning.keep(LOAD, TRIAL)
    assert not tuning.known(LOAD)
