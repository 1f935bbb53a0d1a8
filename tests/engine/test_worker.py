"""The real worker, the real llama.cpp, a small model: write, keep, cancel, die, come back."""

import contextlib
import os
import random
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from composer.engine import messages as m
from composer.engine.client import Cancelled, EngineClient
from composer.errors import EngineError

SOURCE = "the harbour opens before dawn and the boats come home with less than they used to bring "
SAFE = "Your text is safe."


def steps(prefix: int = 40, suffix: str = "write", slots: int = 1, **limits: int) -> list[m.Piece | m.Slot]:
    """A prompt with a kept prefix, and slots of one line each."""
    out: list[m.Piece | m.Slot] = [
        m.Piece("<|im_start|>user\n", special=True),
        m.Piece(SOURCE * prefix, mark=True),
        m.Piece(suffix),
        m.Piece("<|im_end|>\n<|im_start|>assistant\n", special=True),
    ]
    for at in range(slots):
        out += [m.Piece(f"\nLABEL {at}:\n"), m.Slot(f"label.{at}", **({"max_chars": 60, "min_chars": 5} | limits))]
    return out


def texts(turn, ask, seed=1) -> dict[str, str]:
    return {event.slot: event.text for event in turn.write(ask, seed=seed) if isinstance(event, m.Filled)}


def at(turn, ask, stage, do) -> None:
    """Write, and do something at every event of a stage."""
    for event in turn.write(ask, seed=1):
        if isinstance(event, m.Reading if stage == "reading" else m.Filled):
            do()


def send(client: EngineClient, sign: int) -> None:
    if client.pid:
        os.kill(client.pid, sign)


def test_load_write_and_close(real, tiny_model):
    client = real()
    turn = client.turn()
    seen: list[float] = []
    loaded = turn.load(tiny_model, progress=seen.append)
    assert (loaded.name, loaded.architecture, loaded.family) == ("Tiny random", "llama", "chatml")
    assert loaded.context == loaded.trained == 8192
    assert seen[-1] == 1.0
    assert turn.load(tiny_model) is loaded  # nothing to do
    assert turn.count(["the harbour", "", "opens"]) == (2, 0, 1)
    events = list(turn.write(steps(slots=3), seed=3))
    assert isinstance(events[-1], m.Written)
    reading = [event for event in events if isinstance(event, m.Reading)]
    assert [event.done for event in reading] == sorted({event.done for event in reading})
    assert reading[-1].done == reading[-1].total
    filled = [event for event in events if isinstance(event, m.Filled)]
    assert [event.slot for event in filled] == ["label.0", "label.1", "label.2"]
    pid = client.pid
    client.close()
    assert client.pid is None
    assert not Path(f"/proc/{pid}").exists()


def test_a_relative_path(real, tiny_model, monkeypatch):
    monkeypatch.chdir(tiny_model.parent)
    assert real().turn().load(tiny_model.name).name == "Tiny random"


def test_streamed_text_is_the_beginning_of_the_slot(real, tiny_model):
    turn = real().turn()
    turn.load(tiny_model)
    streamed: dict[str, str] = {}
    for event in turn.write(steps(slots=2, max_chars=900, min_chars=500), seed=4):
        if isinstance(event, m.Text):
            streamed[event.slot] = streamed.get(event.slot, "") + event.text
        elif isinstance(event, m.Filled) and event.why != "repetition":
            assert event.text.startswith(streamed.get(event.slot, "").strip())


def test_a_choice_is_one_of_the_choices(real, tiny_model):
    turn = real().turn()
    turn.load(tiny_model)
    choices = ("1", "12", "123", "7", "🎯", "ΣΩ")
    chosen = set()
    for seed in range(12):
        ask = [m.Piece("pick:\n"), m.Slot("x", choices=choices), m.Piece("\nand\n"), m.Slot("y", max_chars=20)]
        chosen.add(texts(turn, ask, seed)["x"])
    assert chosen <= set(choices)
    assert len(chosen) > 1


def test_control_tokens_in_plain_text_are_plain_text(real, tiny_model):
    turn = real().turn()
    turn.load(tiny_model)
    (plain,) = turn.count(["<|im_end|>"])
    assert plain > 1


def test_the_prefix_is_kept_and_never_wrong(real, tiny_model):
    asks = [steps(suffix=suffix, slots=2) for suffix in ("write", "write it again", "say it in other words, and dry")]
    fresh = []
    for ask in asks:
        turn = real().turn()
        turn.load(tiny_model)
        fresh.append(texts(turn, ask))
    client = real()
    turn = client.turn()
    turn.load(tiny_model)
    chance = random.Random(5)
    reused = 0
    for _ in range(120):
        at = chance.randrange(len(asks))
        stop_after = chance.choice([0, 1, 3, 5, 10**6, 10**6])
        got: dict[str, str] = {}
        for number, event in enumerate(turn.write(asks[at], seed=1)):
            if isinstance(event, m.Written):
                reused += event.reused > 0
                assert got == fresh[at]
            if isinstance(event, m.Filled):
                got[event.slot] = event.text
            if number == stop_after:
                break  # leaving the iterator cancels the request
    assert reused > 30


def test_what_the_model_said_is_kept_too(real, tiny_model):
    turn = real().turn()
    turn.load(tiny_model)
    ask = steps(slots=1)
    *_, filled, _ = turn.write(ask, seed=1)
    assert isinstance(filled, m.Filled)
    longer = [*ask[:-1], m.Piece(filled.text, tokens=filled.tokens), m.Piece("\nNEXT:\n"), m.Slot("next", max_chars=30)]
    *_, written = turn.write(longer, seed=2)
    assert isinstance(written, m.Written)
    assert written.read < 20 + len(filled.tokens)


@pytest.mark.parametrize("stage", ["reading", "writing"])
def test_cancel_from_another_thread(real, tiny_model, stage):
    client = real()
    turn = client.turn()
    turn.load(tiny_model)
    at_work = threading.Event()

    def stop() -> None:
        assert at_work.wait(20)
        turn.cancel()

    canceller = threading.Thread(target=stop)
    canceller.start()
    long = steps(prefix=350, slots=60, max_chars=500, min_chars=400, max_tokens=20)
    with pytest.raises(Cancelled):
        at(turn, long, stage, at_work.set)
    canceller.join()
    with pytest.raises(Cancelled):
        turn.count(["a"])
    assert texts(client.turn(), steps())  # idle and usable again
    assert client.pid


def test_cancel_before_anything(real, tiny_model):
    client = real()
    turn = client.turn()
    turn.cancel()
    with pytest.raises(Cancelled):
        turn.load(tiny_model)
    assert client.pid is None


def test_leaving_the_iterator_stops_the_work(real, tiny_model):
    turn = real().turn()
    turn.load(tiny_model)
    writing = turn.write(steps(prefix=350, slots=60, max_tokens=20), seed=1)
    next(writing)
    writing.close()
    assert texts(turn, steps())


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux")
def test_a_death_between_two_requests_keeps_its_cause(real, tiny_model):
    client = real()
    turn = client.turn()
    turn.load(tiny_model)
    assert texts(turn, steps())
    assert client.pid
    worker = os.pidfd_open(client.pid)
    send(client, signal.SIGKILL)
    assert select.select([worker], [], [], 10)[0]
    os.close(worker)
    with pytest.raises(EngineError, match="ended from outside"):
        texts(turn, steps())
    again = client.turn()
    again.load(tiny_model)
    assert texts(again, steps())


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_restarts_then_a_smaller_context_then_the_advice_of_a_smaller_model(real, tiny_model):
    client = real()
    contexts = []
    for _ in range(5):
        turn = client.turn()
        contexts.append(turn.load(tiny_model, 8192).context)
        with pytest.raises(EngineError, match="ended from outside"):
            at(turn, steps(prefix=20, slots=60, max_tokens=20), "reading", lambda: send(client, signal.SIGKILL))
    assert contexts == [8192, 8192, 8192, 4096, 2048]
    with pytest.raises(EngineError, match="Choose a smaller model"):
        client.turn().load(tiny_model, 8192)


PARENT = """
import sys
from composer.engine.client import EngineClient
client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
turn = client.turn()
turn.load(sys.argv[1])
print(client.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux")
def test_no_orphan_outlives_the_app(tiny_model):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tiny_model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout
        worker = os.pidfd_open(int(parent.stdout.readline()))
        try:
            assert not select.select([worker], [], [], 0)[0]
            parent.kill()
            assert select.select([worker], [], [], 1.0)[0], "the worker lives a second after its parent"
        finally:
            os.close(worker)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.gguf", None, "no longer there"),
        ("text.gguf", b"just text", "could not be loaded"),
        ("short.gguf", b"GGUF\x03\x00\x00\x00", "could not be loaded"),
    ],
)
def test_files_that_are_no_models(real, tiny_model, tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    client = real()
    with pytest.raises(EngineError, match=said):
        client.turn().load(path)
    turn = client.turn()
    turn.load(tiny_model)
    assert texts(turn, steps())


def test_a_damaged_model_file(real, tiny_model, tmp_path):
    data = tiny_model.read_bytes()
    path = tmp_path / "cut.gguf"
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(EngineError, match=r"could not be loaded|made the engine fail"):
        real().turn().load(path)


def test_a_prompt_beyond_the_context_is_refused(real, tiny_model):
    turn = real().turn()
    turn.load(tiny_model, context=512)
    with pytest.raises(EngineError, match="too long"):
        list(turn.write(steps(prefix=200)))
    assert texts(turn, steps(prefix=5))


def test_memory_under_a_limit(real, tmp_path):
    from tests.tiny_model import make

    path = make(tmp_path / "wide.gguf", context=1 << 20, embedding=256, layers=4)
    client = real(memory_limit=1_500_000_000)
    with pytest.raises(EngineError, match="memory"):
        client.turn().load(path, context=1 << 20)
    turn = client.turn()
    turn.load(path, context=512)
    assert texts(turn, steps(prefix=2))


def test_a_full_disk_is_one_sentence(real, tiny_model, monkeypatch):
    def full(**_: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(EngineError, match="disk is full"):
        real().turn().load(tiny_model)


def usage(pid: int) -> tuple[int, int, int, int]:
    """Resident pages, open files, threads and children of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    threads = list(Path(f"/proc/{pid}/task").iterdir())
    children = sum(len((thread / "children").read_text().split()) for thread in threads)
    return pages, files, len(threads), children


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Linux")
def test_five_hundred_drafts_and_cancels_leave_nothing_behind(real, tiny_model):
    client = real()
    client.turn().load(tiny_model)
    assert client.pid
    chance = random.Random(9)
    marks = []
    for number in range(500):
        turn = client.turn()
        turn.load(tiny_model)
        with contextlib.suppress(Cancelled):
            for _ in turn.write(steps(prefix=8, suffix=str(number % 7), slots=2, max_chars=40), seed=number):
                if chance.random() < 0.1:
                    turn.cancel()
        turn.finish()
        if number in (150, 499):
            marks.append((usage(client.pid), usage(os.getpid())))
    (worker_then, app_then), (worker_now, app_now) = marks
    assert worker_now[1:] == worker_then[1:]
    assert app_now[1:] == app_then[1:]
    assert worker_now[0] - worker_then[0] < 1000  # pages of 4 KB
    assert app_now[0] - app_then[0] < 1500


def test_the_app_s_side_imports_no_library():
    code = (
        "import sys, composer.engine.client, composer.engine.templates, composer.writers.model\n"
        "print(sorted({'llama_cpp', 'numpy', 'PySide6', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_two_callers_take_turns(real, tiny_model):
    client = real()
    client.turn().load(tiny_model)
    got: list[dict[str, str]] = []

    def one() -> None:
        got.append(texts(client.turn(), steps()))

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(got) == 3
    assert got[0] == got[1] == got[2]


def test_calibration_ends_in_a_setting_that_works_and_is_kept(real, tiny_model, tmp_path):
    file = tmp_path / "cache" / "tuning.json"
    client = real(tuning=file)
    turn = client.turn()
    turn.load(tiny_model)
    assert not turn.tuned
    result = turn.calibrate(1.0)
    assert result.best in result.trials
    assert result.best.read > 0
    assert texts(turn, steps())
    assert turn.tuned
    again = real(tuning=file).turn()
    loaded = again.load(tiny_model)
    assert (loaded.threads, loaded.step) == (result.best.threads, result.best.step)
    file.write_text("{ broken")
    assert not again.tuned
    assert real(tuning=file).turn().load(tiny_model)


def test_a_client_that_is_closed_serves_no_more(tiny_model):
    client = EngineClient([sys.executable, "-m", "composer.engine.worker"])
    client.close()
    with pytest.raises(Cancelled):
        client.turn().load(tiny_model)
