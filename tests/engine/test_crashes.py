"""Every way to end, at every stage, with the real worker and the real library.

| | while loading | while reading | while writing |
|---|---|---|---|
| SIGKILL, SIGSEGV, SIGABRT | one sentence | one sentence | one sentence |
| a hang: the process stopped, or deaf to all | one sentence, the process ended | the same | the same |
| garbage, or half a line, on the pipe | one sentence, the process ended | the same | the same |
| a full disk | the draft is written: the engine writes to no file | the same | the same |
| no memory left | one sentence that says so | the same | the same |
| the app killed | the worker gone within a second | the same | the same |

After each of them the next draft works. `test_session_survives` walks the same table through the session: the text, the
source and the saved draft are what they were.
"""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer import paths
from composer.engine import messages as m
from composer.engine.client import EngineClient, Turn
from composer.errors import EngineError
from composer.events import Drafted, DraftOpened, Failed, Saved
from composer.post.model import Brief
from composer.session import Session
from composer.settings import Settings
from tests.test_session import Ear, read

FAULTY = [sys.executable, str(Path(__file__).with_name("faulty.py"))]
STAGES = ("load", "read", "write")
DOING = {"load": "loading", "read": "reading the source", "write": "writing"}
FILE = "The model file made the engine fail"
# what -> the sentence at load, and while reading or writing
WAYS = {
    "kill": ("ended from outside while loading", "ended from outside while {}"),
    "segv": (FILE, "failed while {}"),
    "abort": (FILE, "failed while {}"),
    "stop": ("stopped answering", "stopped answering"),
    "hang": ("stopped answering", "stopped answering"),
    "garbage": ("not its language", "not its language"),
    "half": ("failed while loading", "failed while {}"),
    "disk": ("", ""),
    "memory": ("memory", "memory"),
}
CELLS = [(what, stage) for what in WAYS for stage in STAGES]
PATIENCE = 0.8  # seconds, where a hang has to be noticed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and limits of Linux")


def expected(what: str, stage: str) -> str:
    return WAYS[what][stage != "load"].format(DOING[stage])


def engine(what: str, stage: str, once: Path) -> EngineClient:
    patience = PATIENCE if what in ("stop", "hang") else 30
    return EngineClient([*FAULTY, stage, what, str(once)], patience=patience)


def draft(turn: Turn, model: Path) -> list[m.Filled]:
    """A prompt of a few steps, and slots long enough to be told of while they grow."""
    turn.load(model)
    steps: list[m.Piece | m.Slot] = [m.Piece("the harbour opens before dawn " * 80)]
    for number in range(8):
        steps += [m.Piece("\nLABEL:\n"), m.Slot(f"s{number}", max_chars=90, min_chars=40)]
    return [event for event in turn.write(steps, seed=1) if isinstance(event, m.Filled)]


@pytest.mark.parametrize(("what", "stage"), CELLS)
def test_a_fault_is_one_sentence_and_the_next_draft_works(tiny_model, tmp_path, what, stage):
    once = tmp_path / "happened"
    client = engine(what, stage, once)
    try:
        if words := expected(what, stage):
            with pytest.raises(EngineError, match=words) as caught:
                draft(client.turn(), tiny_model)
            said = str(caught.value)
            assert "Your text is safe." in said
            assert not any(mark in said for mark in ("\n", "SIG", "Traceback", "llama", "0x"))
        else:
            assert len(draft(client.turn(), tiny_model)) == 8
        assert once.exists()
        assert len(draft(client.turn(), tiny_model)) == 8
    finally:
        client.close()
