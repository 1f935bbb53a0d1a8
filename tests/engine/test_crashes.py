"""Every way to end, at every stage, with the real worker and the real library.

| | while loading | while reading | while writing |
|---|---|---|---|
| SIGKILL, SIGSEGV, SIGABRT, SIGILL | one sentence | one sentence | one sentence |
| a hang: the process stopped, or deaf to all | one sentence, the process ended | the same | the same |
| garbage, or half a line, on the pipe | one sentence, the process ended | the same | the same |
| a full disk | the post is written: the engine writes to no file | the same | the same |
| no memory left | one sentence that says so | the same | the same |
| the app killed | the worker gone within a second | the same | the same |

`test_a_fault_is_one_sentence` walks the first five rows, `test_the_app_is_killed` the last one. In
`test_a_session_loses_nothing` one session meets every fault, each at another stage: it goes on, the text, the source
and the saved draft are what they were, and the next draft works. The window stands on the same events;
tests/ui/test_real.py kills its worker.
"""

import itertools
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from composer import paths
from composer.engine import messages as m
from composer.engine.client import EngineClient, Turn
from composer.errors import EngineError
from composer.events import Drafted, DraftOpened, Failed, Saved, SourcesRead
from composer.library.commands import Library
from composer.post.model import Brief
from composer.session import Session
from composer.settings import Settings
from tests.test_session import Ear

FAULTY = [sys.executable, str(Path(__file__).with_name("faulty.py"))]
STAGES = ("load", "read", "write")
DOING = {"load": "loading", "read": "reading the source", "write": "writing"}
FILE = "The model file made the engine fail"
# what -> the sentence at load, and while reading or writing
WAYS = {
    "kill": ("ended from outside while loading", "ended from outside while {}"),
    "segv": (FILE, "failed while {}"),
    "abort": (FILE, "failed while {}"),
    "illegal": ("built for another processor", "built for another processor"),
    "stop": ("stopped answering", "stopped answering"),
    "hang": ("stopped answering", "stopped answering"),
    "garbage": ("not its language", "not its language"),
    "half": ("failed while loading", "failed while {}"),
    "disk": ("", ""),
    "memory": ("memory", "memory"),
}
FOREIGN = ("\n", "SIG", "Traceback", "llama", "0x")  # nothing of this reaches a person
CELLS = [(what, stage) for what in WAYS for stage in STAGES]
PATIENCE = 0.8  # seconds, where a hang has to be noticed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and limits of Linux")


def expected(what: str, stage: str) -> str:
    return WAYS[what][stage != "load"].format(DOING[stage])


def engine(what: str, stage: str, once: Path, **options: Any) -> EngineClient:
    patience = PATIENCE if what in ("stop", "hang") else 30
    return EngineClient([*FAULTY, stage, what, str(once)], patience=patience, **options)


def draft(turn: Turn, model: Path) -> list[m.Filled]:
    """A prompt of a few steps, and slots long enough to be told of while they grow."""
    turn.load(model)
    steps: list[m.Piece | m.Slot] = [m.Piece("the harbour opens before dawn " * 80)]
    for number in range(4):
        steps += [m.Piece("\nLABEL:\n"), m.Slot(f"s{number}", max_chars=90, min_chars=40)]
    return [event for event in turn.write(steps, seed=1) if isinstance(event, m.Filled)]


@pytest.mark.parametrize(("what", "stage"), CELLS)
def test_a_fault_is_one_sentence(tiny_model, tmp_path, what, stage):
    once = tmp_path / "happened"
    client = engine(what, stage, once)
    try:
        if words := expected(what, stage):
            with pytest.raises(EngineError, match=words) as caught:
                draft(client.turn(), tiny_model)
            said = str(caught.value)
            assert "Your text is safe." in said
            assert not any(mark in said for mark in FOREIGN)
        else:
            assert len(draft(client.turn(), tiny_model)) == 4
        assert once.exists()
        assert len(draft(client.turn(), tiny_model)) == 4
    finally:
        client.close()


TALK = """The harbour opens before dawn and the boats come home with less than they used to bring.
We measured the water for nine years and it is two degrees warmer than it was.
Mussels need no feed and no fuel, so the village grows mussels now.
You can build a bigger boat or you can ask what else the sea can do for you.
A tide turns a wheel twice a day, and the wheel pays for the school bus."""


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Iterator[Ear]:
    """One session for the whole table: it survives all of it."""
    home = tmp_path_factory.mktemp("session")
    session = Session(paths.find(home), Settings(context=4096))
    Library(session.paths).agree(tiny_model)
    yield Ear(session)
    session.close()


@pytest.fixture(scope="module")
def talk(ear: Ear, tmp_path_factory: pytest.TempPathFactory) -> SourcesRead:
    path = tmp_path_factory.mktemp("talk") / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    found = ear.until(ear.session.read([path]))
    assert isinstance(found, SourcesRead), found
    return found


@pytest.mark.parametrize(("what", "stage"), list(zip(WAYS, itertools.cycle(STAGES), strict=False)))
def test_a_session_loses_nothing(ear, talk, tiny_model, tmp_path, what, stage):
    session, once = ear.session, tmp_path / "happened"
    saved = ear.until(session.save(None, "My own words.", sources=talk.sources))
    assert isinstance(saved, Saved)
    client = engine(what, stage, once, tuning=session.paths.tuning)
    session._engine = client
    try:
        first = ear.until(session.draft(Brief(), "model", evidence=talk.evidence, model=tiny_model))
        assert once.exists()
        if words := expected(what, stage):
            assert isinstance(first, Failed), first
            assert words in first.what
            assert "safe" in first.safe
            assert first.do
            assert not any(mark in first.what for mark in FOREIGN)
        else:
            assert isinstance(first, Drafted), first
        opened = ear.until(session.open_draft(saved.draft))
        assert isinstance(opened, DraftOpened)
        assert (opened.text, opened.sources) == ("My own words.", talk.sources)
        again = ear.until(session.draft(Brief(), "model", evidence=talk.evidence, model=tiny_model))
        assert isinstance(again, Drafted), again
    finally:
        client.close()


PARENT = """
import sys, threading
from pathlib import Path
from typing import Any
from composer.engine import messages as m
from composer.engine.client import EngineClient
once, model, *command = sys.argv[1:]
client = EngineClient(command)

def draft():
    turn = client.turn()
    turn.load(model)
    for _ in turn.write([m.Piece("the harbour opens before dawn " * 80), m.Slot("s", max_chars=400, min_chars=300)]):
        pass

threading.Thread(target=draft, daemon=True).start()
pause = threading.Event()
while not Path(once).exists():
    pause.wait(0.01)
print(client.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("way", ["", "pipe"], ids=["by the system", "by the pipe alone"])
@pytest.mark.parametrize("stage", STAGES)
def test_the_app_is_killed(tiny_model, tmp_path, stage, way):
    once = tmp_path / "happened"
    command = [*FAULTY, stage, "hang", str(once), *([way] if way else [])]
    call = [sys.executable, "-c", PARENT, str(once), str(tiny_model), *command]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        worker = os.pidfd_open(int(parent.stdout.readline()))
        try:
            assert not select.select([worker], [], [], 0)[0]
            parent.kill()
            assert select.select([worker], [], [], 1.0)[0], "the worker lives a second after the app"
        finally:
            os.close(worker)
