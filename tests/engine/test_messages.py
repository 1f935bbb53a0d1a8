"""The protocol: every message comes back as it went, and nothing else is taken for one."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.engine import messages as m

TRIAL = m.Trial(2, 2, 128, True, 31.5, 9.25)
ALL = [
    m.Load("/models/ü.gguf", 4096, 2, 2, 256, False),
    m.Count(("a", "", "ね")),
    m.Write(
        (
            m.Piece("<|im_start|>", special=True),
            m.Piece("said", tokens=(1, 2), mark=True),
            m.Slot("label", 40, 2, 20, 10, 1, "*#", ("1", "2"), ("\n", "END")),
        ),
        seed=7,
        temperature=0.0,
    ),
    m.Calibrate(3.5),
    m.Cancel(4),
    m.Ready(12, "llama.cpp", "AVX2 = 1"),
    m.Alive(3),
    m.Loading(1, 0.5),
    m.Loaded(1, "Tiny", "llama", "chatml", 4096, 8192, 10**10, 10**9, 3, True, 256),
    m.Counted(2, (1, 0, 3)),
    m.Reading(3, 128, 6000, 10),
    m.Text(3, "label", "naïve 👍"),
    m.Filled(3, "label", "naïve", (5, 6), "stop", 2),
    m.Written(3, "done", 1, 2, 3, 0.5, 0.25),
    m.Calibrated(4, TRIAL, (TRIAL, TRIAL)),
    m.Refused(5, "context", "9000 tokens"),
]


@pytest.mark.parametrize("message", ALL, ids=lambda message: type(message).__name__)
def test_round_trip(message):
    line = m.encode(message, 9)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert m.decode(line) == (9, message)


def test_every_message_is_covered():
    assert {type(message) for message in ALL} == {*m.REQUESTS, *m.EVENTS}


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"llama_model_loader: loaded meta data\n",
        b"[1,2]\n",
        b'{"v":1,"n":1}\n',
        b'{"v":2,"n":1,"type":"cancel","request":1}\n',
        b'{"v":1,"n":"1","type":"cancel","request":1}\n',
        b'{"v":1,"n":true,"type":"cancel","request":1}\n',
        b'{"v":1,"n":1,"type":"cancel"}\n',
        b'{"v":1,"n":1,"type":"cancel","request":"1"}\n',
        b'{"v":1,"n":1,"type":"cancel","request":1,"more":2}\n',
        b'{"v":1,"n":1,"type":"write","steps":[{"text":1}]}\n',
        b'{"v":1,"n":1,"type":"write","steps":{"text":"a"}}\n',
        b'{"v":1,"n":1,"type":["cancel"],"request":1}\n',
        b"[" * 100_000,
        b"\xff\xfe\n",
    ],
)
def test_foreign_lines_are_refused(line):
    with pytest.raises(m.ProtocolError):
        m.decode(line)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(data):
    with contextlib.suppress(m.ProtocolError):
        m.decode(data)


@given(st.text(max_size=200))
def test_any_text_survives(text):
    message = m.Text(1, "x", text)
    line = m.encode(message, 1)
    assert json.loads(line)["type"] == "text"
    assert m.decode(line) == (1, message)


def test_the_table_in_the_documentation_is_complete():
    table = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
    for kind in (*m.REQUESTS, *m.EVENTS, m.Piece, m.Slot, m.Trial):
        name = kind.__name__.lower()
        row = next((line for line in table.splitlines() if line.startswith(f"| `{name}` |")), None)
        assert row, f"docs/protocol.md has no row for {name}"
        for field in m._DEFAULTS[kind]:
            assert f"`{field}`" in row, f"{name} lacks {field} in docs/protocol.md"
