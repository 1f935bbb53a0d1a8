"""The writer with the real worker, the real llama.cpp and a small model of random weights."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from composer.engine.client import Cancelled, EngineClient
from composer.errors import EngineError
from composer.post.layout import lay
from composer.post.model import Brief
from composer.writers.base import Finished, Partial, Reading
from composer.writers.model import ModelWriter
from composer.writers.redraft import hooks
from tests.writers.harbour import evidence
from tests.writers.test_model_writer import valid


@pytest.fixture
def client() -> Iterator[EngineClient]:
    client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
    yield client
    client.close()


def finished(turn, source, brief, variant=0, **options):
    *_, last = ModelWriter(turn, **options).write(source, brief, variant)
    assert isinstance(last, Finished)
    return last.post


@pytest.mark.parametrize("shape", ["take", "list"])
def test_random_weights_give_a_valid_post(client, tiny_model, shape):
    turn = client.turn()
    turn.load(tiny_model)
    source, brief = evidence(), Brief(shape=shape)
    valid(finished(turn, source, brief), source, brief)


def test_a_source_beyond_the_context_is_read_in_parts(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model, context=5000)
    source, brief = evidence(14), Brief(length="short")
    post = finished(turn, source, brief)
    valid(post, source, brief)
    assert any("read in" in notice for notice in post.notices)


def test_the_same_draft_twice_and_after_others(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model)
    source = evidence()
    brief = Brief(shape="list", length="short")
    once = lay(finished(turn, source, brief))
    finished(turn, source, Brief(tone="dry", length="short"), 1)
    stopped = client.turn()

    def stop_in_the_middle() -> None:
        for event in ModelWriter(stopped).write(source, brief):
            if isinstance(event, Partial) and len(event.post.points) == 2:
                stopped.cancel()

    with pytest.raises(Cancelled):
        stop_in_the_middle()
    assert lay(finished(turn, source, brief)) == once
    other = EngineClient([sys.executable, "-m", "composer.engine.worker"])
    fresh = other.turn()
    fresh.load(tiny_model)
    assert lay(finished(fresh, source, brief)) == once
    other.close()


def test_a_redraft_reads_its_own_words_only(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model)
    source, brief = evidence(3), Brief(length="short")
    reading = [e for e in ModelWriter(turn).write(source, brief) if isinstance(e, Reading)]
    again = [e for e in ModelWriter(turn).write(source, replace(brief, tone="dry"), 1) if isinstance(e, Reading)]
    assert again[0].done > reading[0].done
    assert again[0].done / again[0].total > 0.5


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_worker_killed_while_drafting(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model)
    last = None

    def draft() -> None:
        nonlocal last
        for event in ModelWriter(turn).write(evidence(), Brief()):
            last = event
            if isinstance(event, Partial) and len(event.post.points) == 1 and client.pid:
                os.kill(client.pid, signal.SIGKILL)

    with pytest.raises(EngineError, match="ended from outside while writing"):
        draft()
    assert isinstance(last, Partial)
    assert last.post.headline
    again = client.turn()
    again.load(tiny_model)
    valid(finished(again, evidence(), Brief()), evidence(), Brief())


def test_cancel_from_another_thread_while_reading(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model)
    reads = threading.Event()
    canceller = threading.Thread(target=lambda: reads.wait(20) and turn.cancel())
    canceller.start()

    def draft() -> None:
        for event in ModelWriter(turn).write(evidence(8), Brief()):
            if isinstance(event, Reading):
                reads.set()

    with pytest.raises(Cancelled):
        draft()
    canceller.join()


def test_hooks_from_random_weights(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model)
    found = hooks(turn, evidence(), Brief())
    assert len(found) == len(set(found)) > 0
