"""A stand-in for the engine: the same protocol, scripted answers, no model. It can also abort, hang and babble.

    python -m composer.engine.fake '{"answers": {"headline": ["A better bakery"]}, "do": {"writing": "abort"}}'

The script is JSON, or the path of a file that holds it, as argument or in POST_COMPOSER_FAKE:

- `answers`: a list of answers by slot name (or its part before a dot; `*` for all others), used in order, the last one
  again and again. An answer goes through the same check as a model's words; `\\n` ends it.
- `model`: fields of `Loaded` to change (`context`, `family`, ...); `waits`: that field of `Ready`.
- `speeds`: tokens a second read and written, by how threads wait (`""`, `sleep`), as calibration finds them.
- `do`: what happens at a stage (`start`, `load`, `read`, `write`, or `write:NAME` at that slot): `abort`, `segv`,
  `kill`, `exit`, `hang` (deaf to everything but the end of stdin), `wait` (until cancelled), `garbage`, `half` (a line
  without its end), `no-memory`, or `refuse:CODE`. With `"once": "PATH"` only until the file PATH exists.
- `said`: a file to which every request is appended, for tests that look at prompts.
"""

import contextlib
import json
import os
import re
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from composer.engine import messages as m
from composer.engine.pipes import Inbox, Outbox, private_pipes, tie_to_parent
from composer.engine.slots import Line, Verdict

SCRIPT = "POST_COMPOSER_FAKE"
LETTERS = 4  # of text to a token
TOKEN = re.compile(r"</?\w+>| ?[^\W_]{1,8}| ?[^\w\s]|_|\s")  # about as models cut text


class Refuse(Exception):
    """A scripted refusal."""


class Fake:
    """Serves one script."""

    def __init__(self, script: dict[str, Any], source: int, target: int) -> None:
        self._script, self._target = script, target
        self._out = Outbox(target)
        self._source = source
        self._answers = {name: list(given) for name, given in script.get("answers", {}).items()}
        self._memory: list[str] = []
        self._loaded = False

    def run(self) -> None:
        """Serve until stdin ends."""
        self._inbox = Inbox(self._source)
        self._happen("start")
        self._out.put(m.Ready(os.getpid(), "scripted", waits=self._script.get("waits", "")))
        while True:
            number, ask = self._inbox.next()
            self._note(ask)
            try:
                final = self._answer(number, ask)
            except Refuse as refusal:
                final = m.Refused(number, str(refusal))
            self._inbox.done()
            self._out.put(final)

    def _answer(self, number: int, ask: m.Request) -> m.Event:
        if isinstance(ask, m.Load):
            self._loaded = False
            self._out.put(m.Loading(number, 0.0))
            self._happen("load")
            self._out.put(m.Loading(number, 1.0))
            if self._inbox.cancelled:
                return m.Written(number, "cancelled")
            fields: dict[str, Any] = {
                "name": Path(ask.path).name, "architecture": "scripted", "family": "chatml",
                "context": ask.context or 8192, "trained": 32768, "size": 0, "parameters": 0, "threads": 1,
                "rewinds": True,
            }  # fmt: skip
            self._loaded = True
            return m.Loaded(number, **(fields | self._script.get("model", {})))
        if not self._loaded:
            raise Refuse("no-model")
        if isinstance(ask, m.Count):
            return m.Counted(number, tuple(-(-len(text) // LETTERS) for text in ask.texts))
        if isinstance(ask, m.Write):
            return self._write(number, ask)
        if isinstance(ask, m.Compare):
            return m.Compared(number, (m.Beside("read", "same", 1.0, 1.0, 1.0, 9),))
        wait = m.SLEEP if os.environ.get("OMP_WAIT_POLICY") == "passive" else ""
        read, write = self._script.get("speeds", {}).get(wait, (1.0, 1.0))
        trial = m.Trial(2, 2, 128, True, read, write, wait)
        return m.Calibrated(number, trial, (trial,))

    def _write(self, number: int, ask: m.Write) -> m.Event:
        first = next((at for at, step in enumerate(ask.steps) if isinstance(step, m.Slot)), len(ask.steps))
        before = [step.text for step in ask.steps[:first] if isinstance(step, m.Piece)]
        total = max(1, sum(map(len, before)) // LETTERS)
        same = 0
        while same < min(len(before), len(self._memory)) and before[same] == self._memory[same]:
            same += 1
        reused = min(sum(map(len, before[:same])) // LETTERS, total - 1)
        self._memory = before
        for done in [*range(reused + 128, total, 128), total]:
            self._out.put(m.Reading(number, done, total, reused))
            self._happen("read")
            if self._inbox.cancelled:
                return m.Written(number, "cancelled")
        written = 0
        for step in ask.steps[first:]:
            if isinstance(step, m.Slot):
                self._happen("write")
                self._happen(f"write:{step.name}")
                if self._inbox.cancelled:
                    return m.Written(number, "cancelled")
                filled = self._fill(number, step)
                written += len(filled.tokens)
                self._out.put(filled)
        return m.Written(number, "done", total - reused, reused, written)

    def _fill(self, number: int, slot: m.Slot) -> m.Filled:
        answer = self._next(slot.name)
        if slot.choices:
            choice = answer if answer in slot.choices else slot.choices[0]
            return m.Filled(number, slot.name, choice, (1,), "choice")
        line, rejects, why = Line(slot), 0, "end"
        # What is begun already is said first; an answer that repeats it goes on after it.
        for token in TOKEN.findall(slot.begun + answer.removeprefix(slot.begun)):
            verdict = line.offer(token.encode("utf-8", "replace"))
            rejects += verdict is Verdict.REJECT
            if verdict not in (Verdict.KEEP, Verdict.REJECT):
                why = verdict.value
                break
        for at in range(0, len(line.text), 12):
            self._out.put(m.Text(number, slot.name, line.text[at : at + 12]))
        return m.Filled(number, slot.name, line.text.strip(), tuple(range(len(line.text) // LETTERS)), why, rejects)

    def _next(self, name: str) -> str:
        for key in (name, name.split(".")[0], "*"):
            if given := self._answers.get(key):
                return str(given.pop(0) if len(given) > 1 else given[0])
        return ""

    def _note(self, ask: m.Request) -> None:
        if path := self._script.get("said"):
            with Path(path).open("ab") as file:
                file.write(m.encode(ask, 0))

    def _happen(self, stage: str) -> None:
        """Do what the script says for a stage."""
        what = self._script.get("do", {}).get(stage, "")
        once = self._script.get("once")
        if not what or (once and Path(once).exists()):
            return
        if once:
            Path(once).touch()
        self._out.flush(5)
        if what.startswith("refuse:"):
            raise Refuse(what.removeprefix("refuse:"))
        if what == "wait":
            self._inbox.changed.wait(60)
            return
        if what == "hang":
            threading.Event().wait()
        _die(what, self._target)


def _die(what: str, target: int) -> None:
    if what == "garbage":
        os.write(target, b"llama_model_loader: loaded meta data\n")
        threading.Event().wait()
    if what == "half":
        os.write(target, b'{"v":1,"n":')
        os._exit(1)
    if what == "no-memory":
        os.write(2, b"ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 9000000000\n")
        what = "abort"
    signals = {"abort": "SIGABRT", "segv": "SIGSEGV", "kill": "SIGKILL", "illegal": "SIGILL"}
    if name := signals.get(what):
        with contextlib.suppress(ImportError):
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.kill(os.getpid(), getattr(signal, name, signal.SIGTERM))
    os._exit(1)


def main() -> int:
    """Run the script that the argument or the environment gives."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get(SCRIPT, "{}")
    text = given if given.lstrip().startswith("{") else Path(given).read_text(encoding="utf-8")
    tie_to_parent()
    Fake(json.loads(text), *private_pipes()).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
