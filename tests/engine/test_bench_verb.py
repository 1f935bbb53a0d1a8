"""`models bench`: what a person is told, and the JSON."""

import json
import re

from composer import cli
from composer.cli.bench import told
from composer.engine import messages as m
from tests.engine.conftest import FAKE


def no_window(*_: object) -> int:
    raise AssertionError


def test_a_model_is_measured_kept_and_compared(tiny_model, tmp_path, capsys):
    assert cli.main(["--home", str(tmp_path), "models", "bench", str(tiny_model)], no_window) == 0
    said = capsys.readouterr().out
    assert said.startswith("Tiny random on this machine, in tokens a second:\n")
    assert said.count("  best\n") == 1
    ratios = [float(found) for found in re.findall(r"(\d+\.\d\d)(?= and| times as fast)", said)]
    assert len(ratios) == 4  # reading and writing, beside the same settings and the library's own
    assert min(ratios) > 0
    assert "The library's plain loop, the same settings: " in said
    kept = json.loads((tmp_path / "data" / "tuning.json").read_text(encoding="utf-8"))
    ((_, trial),) = kept.items()
    assert set(trial) == {"threads", "threads_batch", "step", "flash", "read", "write", "wait"}


def test_json(tiny_model, tmp_path, capsys, monkeypatch):
    script = {"waits": "start", "speeds": {"": [100.0, 10.0], "sleep": [200.0, 20.0]}}
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    monkeypatch.setattr("composer.engine.client.default_command", lambda: [*FAKE, json.dumps(script)])
    assert cli.main(["--home", str(tmp_path), "--json", "models", "bench", str(tiny_model)], no_window) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["what"] for row in rows] == ["best", "plain", "tried", "tried", "tried", "beside, read"]
    assert rows[0] == {
        "what": "best", "threads": 2, "threads_batch": 2, "step": 128, "flash": True, "wait": "sleep", "read": 200.0,
        "write": 20.0,
    }  # fmt: skip
    assert rows[-1] == {"what": "beside, read", "settings": "same", "ours": 1.0, "plain": 1.0, "ratio": 1.0, "pairs": 9}


def test_the_words():
    loaded = m.Loaded(1, "Small 1B", "llama", "llama3", 4096, 8192, 10**9, 10**9, 2, True)
    one, two = m.Trial(1, 1, 128, True, 60.0, 20.0), m.Trial(2, 2, 256, True, 100.0, 25.0, "sleep")
    beside = tuple(
        m.Beside(what, settings, 100.0, 80.0, ratio, 9)
        for settings, ratios in (("same", (1.0, 1.05)), ("own", (1.25, 1.6)))
        for what, ratio in zip(("read", "write"), ratios, strict=True)
    )
    assert "\n".join(told(loaded, m.Calibrated(1, two, (one, two)), beside)) == (
        "Small 1B on this machine, in tokens a second:\n"
        "\n"
        "threads at once flash waiting     reads    writes\n"
        "      1     128    on       -      60.0      20.0\n"
        "      2     256    on  asleep     100.0      25.0  best\n"
        "\n"
        "Kept: 2 threads, which wait asleep; 256 tokens at once; flash attention on.\n"
        "The library's plain loop, the same settings: reads 80.0 where this app reads 100.0, writes 80.0 where this "
        "app writes 100.0. That is 1.00 and 1.05 times as fast.\n"
        "The library's plain loop, its own settings: reads 80.0 where this app reads 100.0, writes 80.0 where this "
        "app writes 100.0. That is 1.25 and 1.60 times as fast.\n"
        "Medians of 9 runs in turn; within a tenth is noise.\n"
        "A talk of 6,000 words is read in about 80 seconds, a post of 500 words written in about 26 seconds."
    )
