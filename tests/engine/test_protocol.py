"""One conversation, line by line, with the worker and with the scripted fake: both speak the protocol of
docs/protocol.md. And the pipes themselves: numbers, batches, a reader that is slow or gone."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from composer.engine import messages as m
from composer.engine import pipes
from tests.engine.conftest import FAKE, WORKER

PROMPT = m.Piece("the harbour opens before dawn and the boats come home with less " * 60)
SLOTS = (m.Slot("headline", max_chars=60, min_chars=5), m.Slot("x", choices=("1", "2")))
SCRIPT = {"answers": {"headline": ["A better bakery than before"], "x": ["2"]}}


class Talk:
    """A process, spoken to in plain lines."""

    def __init__(self, command: list[str]) -> None:
        self.child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        self.sent = self.got = 0

    def say(self, message: m.Request) -> int:
        self.sent += 1
        self.raw(m.encode(message, self.sent))
        return self.sent

    def raw(self, line: bytes) -> None:
        assert self.child.stdin
        self.child.stdin.write(line)

    def hear(self) -> m.Event:
        """The next event; its number is checked, and that it takes one line of ASCII."""
        assert self.child.stdout
        line = self.child.stdout.readline()
        number, event = m.decode(line)
        self.got += 1
        assert number == self.got
        assert line.isascii()
        assert isinstance(event, m.EVENTS)
        return event

    def until_final(self, request: int) -> list[m.Event]:
        """The events of one request: only its own, and exactly one last."""
        events: list[m.Event] = []
        while not events or not isinstance(events[-1], m.FINAL):
            event = self.hear()
            assert event.request == request
            if not isinstance(event, m.Alive):
                events.append(event)
        return events

    def close(self) -> bytes:
        """End it by force; the rest of its stderr."""
        self.child.kill()
        self.child.wait(20)
        assert self.child.stdin
        assert self.child.stdout
        assert self.child.stderr
        said = self.child.stderr.read()
        for pipe in (self.child.stdin, self.child.stdout, self.child.stderr):
            pipe.close()
        return said

    def end(self) -> int:
        """Close its stdin; its exit code."""
        assert self.child.stdin
        self.child.stdin.close()
        return self.child.wait(20)


@pytest.fixture(params=["worker", "fake"])
def talk(request: pytest.FixtureRequest) -> Iterator[Talk]:
    talk = Talk(WORKER if request.param == "worker" else [*FAKE, json.dumps(SCRIPT)])
    yield talk
    talk.close()


def test_a_whole_conversation(talk, tiny_model):
    ready = talk.hear()
    assert isinstance(ready, m.Ready)
    assert ready.pid == talk.child.pid

    refused = talk.until_final(talk.say(m.Write((PROMPT, *SLOTS))))[-1]
    assert isinstance(refused, m.Refused)
    assert refused.code == "no-model"

    *loading, loaded = talk.until_final(talk.say(m.Load(str(tiny_model), 2048)))
    assert all(isinstance(event, m.Loading) for event in loading)
    shares = [event.done for event in loading]
    assert shares == sorted(shares)
    assert isinstance(loaded, m.Loaded)
    assert loaded.context == 2048

    (counted,) = talk.until_final(talk.say(m.Count(("the harbour", "", "dawn"))))
    assert isinstance(counted, m.Counted)
    assert len(counted.tokens) == 3
    assert counted.tokens[1] == 0

    events = talk.until_final(talk.say(m.Write((PROMPT, SLOTS[0], m.Piece("\n"), SLOTS[1]), seed=2)))
    reading = [event for event in events if isinstance(event, m.Reading)]
    assert events[: len(reading)] == reading
    assert {type(event) for event in events[len(reading) : -1]} <= {m.Text, m.Filled}
    assert reading[-1].done == reading[-1].total
    filled = [event for event in events if isinstance(event, m.Filled)]
    assert [event.slot for event in filled] == ["headline", "x"]
    assert filled[1].text in ("1", "2")
    assert filled[1].why == "choice"
    told = "".join(event.text for event in events if isinstance(event, m.Text))
    assert filled[0].text.startswith(told.strip())
    written = events[-1]
    assert isinstance(written, m.Written)
    assert written.why == "done"
    assert written.read + written.reused == reading[-1].total

    again = talk.until_final(talk.say(m.Write((PROMPT, m.Piece(" now"), SLOTS[0]), seed=2)))[-1]
    assert isinstance(again, m.Written)

    calibrated = talk.until_final(talk.say(m.Calibrate(0.3)))[-1]
    assert isinstance(calibrated, m.Calibrated)
    assert calibrated.best in calibrated.trials
    (once,) = talk.until_final(talk.say(m.Calibrate(tokens=16)))
    assert isinstance(once, m.Calibrated)
    assert once.trials == (once.best,)
    assert talk.end() == 0


def test_the_plain_loop_beside_ours(talk, tiny_model):
    talk.hear()
    talk.until_final(talk.say(m.Load(str(tiny_model), 2048)))
    compared = talk.until_final(talk.say(m.Compare(0.5)))[-1]
    assert isinstance(compared, m.Compared)
    for row in compared.rows:
        assert row.what in ("read", "write")
        assert row.settings in ("same", "own")
        assert min(row.ours, row.plain, row.ratio, row.pairs) > 0
    # and the engine is what it was
    written = talk.until_final(talk.say(m.Write((PROMPT, SLOTS[0]), seed=2)))[-1]
    assert isinstance(written, m.Written)


def test_a_cancel_may_come_before_its_request_is_served(talk, tiny_model):
    talk.hear()
    talk.until_final(talk.say(m.Load(str(tiny_model), 2048)))
    first = talk.say(m.Write((PROMPT, *SLOTS)))
    second = talk.say(m.Cancel(first + 2)) + 1
    assert talk.say(m.Write((PROMPT, *SLOTS))) == second
    talk.until_final(first)
    cancelled = talk.until_final(second)[-1]
    assert isinstance(cancelled, m.Written)
    assert cancelled.why == "cancelled"
    talk.say(m.Cancel(first))  # too late: about nothing
    assert isinstance(talk.until_final(talk.say(m.Count(("a",))))[-1], m.Counted)


def test_a_cancelled_load_ends_as_written(talk, tiny_model):
    talk.hear()
    load = talk.sent + 1
    talk.raw(m.encode(m.Load(str(tiny_model)), load) + m.encode(m.Cancel(load), load + 1))
    talk.sent += 2
    last = talk.until_final(load)[-1]
    assert isinstance(last, m.Loaded) or (isinstance(last, m.Written) and last.why == "cancelled")
    loaded = talk.until_final(talk.say(m.Load(str(tiny_model), 2048)))[-1]
    assert isinstance(loaded, m.Loaded)


FOREIGN = [
    b"hello\n",
    b'{"v":2,"n":1,"type":"count","texts":[]}\n',
    b'{"v":1,"n":2,"type":"count","texts":[]}\n',  # the first line is number 1
    b'{"v":1,"n":1,"type":"alive","request":1}\n',  # an engine's word
    b"\xff\n",
]


@pytest.mark.parametrize("line", FOREIGN)
def test_a_foreign_line_ends_it_with_code_3(talk, line):
    talk.hear()
    talk.raw(line)
    assert talk.child.wait(20) == 3


def test_what_the_library_prints_never_reaches_the_protocol(tiny_model):
    """The C library's own stdout is stderr in the engine."""
    code = (
        "import ctypes, os, sys\nfrom composer.engine import pipes, worker\nput = pipes.Outbox.put\n"
        "def loud(self, event):\n    put(self, event)\n    os.write(1, b'llama_new_context: noise\\n')\n"
        "    libc.puts(b'more noise')\n    libc.fflush(None)\n    print('and more')\n"
        "libc = ctypes.CDLL(None)\npipes.Outbox.put = loud\nworker.main()\n"
    )
    talk = Talk([sys.executable, "-c", code])
    talk.hear()
    loaded = talk.until_final(talk.say(m.Load(str(tiny_model), 2048)))[-1]
    assert isinstance(loaded, m.Loaded)
    assert talk.end() == 0
    assert talk.close().count(b"noise") >= 2


def lines_of(fd: int) -> list[m.Event]:
    with os.fdopen(fd, "rb") as source:
        return [m.decode(line)[1] for line in source]  # type: ignore[misc]


def test_a_reader_that_does_not_read_costs_the_text_and_no_more(monkeypatch):
    """Half a megabyte of text and progress into a pipe of 64 KB that nobody reads: no wait, and one line in the end."""
    source, target = os.pipe()
    outbox = pipes.Outbox(target)
    for number in range(5000):
        outbox.put(m.Text(1, "s", "x" * 100))
        if number % 10 == 0:
            assert len(outbox._waiting) <= 2
    for number in range(10_000):
        outbox.put(m.Reading(1, number, 10_000))
    outbox.put(m.Filled(1, "s", "", (), "end"))
    assert len(outbox._waiting) <= 3
    got: list[m.Event] = []
    reader = threading.Thread(target=lambda: got.extend(lines_of(source)))
    reader.start()
    outbox.flush(30)
    os.close(target)
    reader.join(30)
    assert sum(len(event.text) for event in got if isinstance(event, m.Text)) == 500_000
    assert len(got) < 100
    assert isinstance(got[-1], m.Filled)


class Clock:
    """Time that passes only where it is waited for."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


def test_text_is_gathered_for_forty_milliseconds(monkeypatch):
    """Tokens every 10 ms: a line every 40, and what follows a slot's end goes at once."""
    clock = Clock()
    monkeypatch.setattr(pipes, "time", clock)
    with monkeypatch.context() as alone:
        alone.setattr(pipes.threading, "Thread", lambda **_: SimpleNamespace(start=lambda: None))
        outbox = pipes.Outbox(-1)
    waits: list[float] = []
    sent: list[tuple[float, list[m.Event]]] = []
    pending = [m.Text(1, "s", f"{number} ") for number in range(20)]

    def wait(seconds: float | None = None) -> None:
        """Ten milliseconds pass, and a token comes."""
        waits.append(seconds or 0)
        clock.now += 0.01
        outbox.put(pending.pop(0) if pending else m.Filled(1, "s", "", (), "end"))

    monkeypatch.setattr(outbox._ready, "wait", wait)
    while not sent or not isinstance(sent[-1][1][-1], m.Filled):
        events = outbox._take()
        sent.append((clock.now, events))
    times = [at for at, events in sent if isinstance(events[0], m.Text)]
    gaps = [round(1000 * (b - a)) for a, b in pairwise(times)]
    assert gaps[:-1] == [40] * len(gaps[:-1])
    assert gaps[-1] <= 50
    assert "".join(e.text for _, events in sent for e in events if isinstance(e, m.Text)).split() == [
        str(number) for number in range(20)
    ]


def test_an_outbox_nobody_listens_to_ends_its_process():
    code = (
        "import os\nfrom composer.engine import messages as m, pipes\nr, w = os.pipe()\nos.close(r)\n"
        "box = pipes.Outbox(w)\nbox.put(m.Alive(1))\nbox.flush(20)\nos._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("where", ["_take", "_listen"])
def test_half_an_engine_leaves(where, tmp_path):
    """A thread of the pipes that fails takes the process along: a mute or deaf engine would seem to hang."""
    code = (
        "import os, sys, threading\nfrom composer.engine import messages as m, pipes\n"
        "def fail(*_):\n    raise MemoryError\n"
        "m.decode = m.encode = fail\nr, w = os.pipe()\n"
        f"if {where!r} == '_take':\n    pipes.Outbox(w).put(m.Alive(1))\n"
        "else:\n    os.write(w, b'{}\\n')\n    pipes.Inbox(r)\n"
        "threading.Event().wait(20)\nos._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60, capture_output=True)
    assert done.returncode == 4
    assert done.stderr == b"MemoryError\n"


def test_the_worker_is_only_ever_started_never_imported():
    root = Path(__file__).parents[2] / "composer"
    users = [path.name for path in root.rglob("*.py") if "import worker" in path.read_text(encoding="utf-8")]
    assert users == []
