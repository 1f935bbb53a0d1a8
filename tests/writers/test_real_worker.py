"""The writer with the real worker, the real llama.cpp and a small model of random weights."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from composer.engine.client import Cancelled, EngineClient
from composer.engine.messages import Piece, Written
from composer.errors import EngineError, WriterError
from composer.post.layout import lay
from composer.post.model import TONES, Brief
from composer.writers.base import Finished, Partial, Reading
from composer.writers.model import ModelWriter
from composer.writers.redraft import WAYS, hooks, rewrite
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


class Heard:
    """A turn that keeps the text of every prompt, and how much of the first one was in memory."""

    def __init__(self, turn) -> None:
        self._turn = turn
        self.model, self.count, self.notices = turn.model, turn.count, turn.notices
        self.asked: list[str] = []
        self.reused = -1

    def write(self, steps, **options):
        self.asked.append("".join(step.text for step in steps if isinstance(step, Piece)))
        for event in self._turn.write(steps, **options):
            if isinstance(event, Written) and self.reused < 0:
                self.reused = event.reused
            yield event


@pytest.fixture(scope="module")
def warm(tiny_model) -> Iterator[EngineClient]:
    """An engine that has drafted once: every flow after it is a redraft on a source in memory."""
    client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
    turn = client.turn()
    turn.load(tiny_model)
    finished(turn, evidence(language="und"), Brief(network="mastodon"))
    yield client
    client.close()


# Every flow there is, as (what, brief, variant). A small network keeps most of them short.
_SHORT = Brief(shape="list", network="mastodon")
FLOWS = {
    "another shape": ("draft", _SHORT, 0),
    **{f"{tone} tone": ("draft", replace(_SHORT, tone=tone), 0) for tone in TONES},
    "shorter": ("draft", Brief(length="short"), 0),
    "another language": ("draft", replace(_SHORT, language="de"), 0),
    "for other readers": ("draft", replace(_SHORT, audience="skippers"), 0),
    "again, differently": ("draft", _SHORT, 1),
    "another hook": ("hooks", Brief(), 1),
    "three hooks": ("hooks", Brief(), 0),
    **{f"a selection, {way}": (way, Brief(), 0) for way in WAYS},
}


@pytest.mark.parametrize("flow", FLOWS)
def test_every_flow_on_a_source_in_memory(warm, flow):
    source = evidence(language="und")
    turn = warm.turn()
    heard = Heard(turn)
    what, brief, variant = FLOWS[flow]
    if what == "draft":
        valid(finished(heard, source, brief, variant), source, brief)
    elif what == "hooks":
        count = 3 if flow.startswith("three") else 1
        found = hooks(heard, source, brief, count, variant)
        assert len(found) == len(set(found)) <= count
    else:
        with contextlib.suppress(WriterError):  # noise is no other way to say it
            assert rewrite(heard, source, brief, source.points[0].text, what, variant)
    # Read again are the words of this wish, not the source: that is in memory.
    fence = sum(heard.count([heard.asked[0].partition("=== THE SOURCE ENDS ===")[0]]))
    assert heard.reused >= fence - 128
    turn.finish()


def test_three_whole_variants(warm):
    source = evidence(language="und")
    turn = warm.turn()
    posts = [lay(finished(turn, source, _SHORT, variant)).plain for variant in range(3)]
    assert len(set(posts)) == 3


def test_a_retry_names_what_was_found(warm):
    heard = Heard(warm.turn())
    finished(heard, evidence(), _SHORT)  # noise is not in English
    assert any("That does not hold: " in text and "Write it again" in text for text in heard.asked)


def test_the_limit_is_met_by_measuring(warm):
    heard = Heard(warm.turn())
    source, brief = evidence(language="und"), replace(_SHORT, network="x")
    valid(finished(heard, source, brief), source, brief)
    asked = [text for text in heard.asked if "characters too long" in text]
    assert len(asked) <= 3


@pytest.mark.parametrize("shape", ["take", "list"])
def test_random_weights_give_a_valid_post(client, tiny_model, shape):
    turn = client.turn()
    turn.load(tiny_model)
    source, brief = evidence(), Brief(shape=shape)
    valid(finished(turn, source, brief), source, brief)


def test_a_source_beyond_the_context_is_read_in_parts(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model, context=5000)
    source, brief = evidence(14, language="und"), Brief(length="short")
    post = finished(turn, source, brief)
    valid(post, source, brief)
    assert any("read in" in notice for notice in post.notices)


def test_the_same_draft_twice_and_after_others(client, tiny_model):
    turn = client.turn()
    turn.load(tiny_model)
    source = evidence(language="und")
    brief = Brief(shape="list", network="bluesky")
    once = lay(finished(turn, source, brief))
    finished(turn, source, replace(brief, tone="dry"), 1)
    stopped = client.turn()

    def stop_in_the_middle() -> None:
        for event in ModelWriter(stopped).write(source, brief):
            if isinstance(event, Partial) and event.post.points:
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
    source, brief = evidence(3, language="und"), _SHORT
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
        for event in ModelWriter(turn).write(evidence(language="und"), Brief()):
            last = event
            if isinstance(event, Partial) and len(event.post.points) == 1 and client.pid:
                os.kill(client.pid, signal.SIGKILL)

    with pytest.raises(EngineError, match="ended from outside while writing"):
        draft()
    assert isinstance(last, Partial)
    assert last.post.headline
    again = client.turn()
    again.load(tiny_model)
    valid(finished(again, evidence(language="und"), _SHORT), evidence(), _SHORT)


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
