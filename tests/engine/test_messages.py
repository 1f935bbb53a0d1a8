"""The protocol: every message comes back as it went, and nothing else is taken for one."""

import contextlib
import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.engine import messages as m

TRIAL = m.Trial(2, 2, 128, True, 31.5, 9.25, "sleep")
ALL = [
    m.Load("/models/ü.gguf", 4096, 2, 2, 256, False, "sleep"),
    m.Count(("a", "", "ね")),
    m.Write(
        (
            m.Piece("<|im_start|>", special=True),
            m.Piece("said", tokens=(1, 2), mark=True),
            m.Slot("label", 40, 2, 20, 10, 1, "*#", ("1", "2"), ("\n", "END"), "Fewer"),
        ),
        seed=7,
        temperature=0.0,
    ),
    m.Calibrate(3.5, 64),
    m.Compare(12.5),
    m.Cancel(4),
    m.Ready(12, "llama.cpp", "AVX2 = 1", "start"),
    m.Alive(3),
    m.Loading(1, 0.5),
    m.Loaded(1, "Tiny", "llama", "chatml", 4096, 8192, 10**10, 10**9, 3, True, 256),
    m.Counted(2, (1, 0, 3)),
    m.Reading(3, 128, 6000, 10),
    m.Text(3, "label", "naïve 👍"),
    m.Filled(3, "label", "naïve", (5, 6), "stop", 2),
    m.Written(3, "done", 1, 2, 3, 0.5, 0.25),
    m.Calibrated(4, TRIAL, (TRIAL, TRIAL)),
    m.Compared(5, (m.Beside("read", "own", 30.5, 20.0, 1.5, 9),)),
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


def fields_of(kind: type) -> str:
    """The fields of a message as the documentation writes them: in order, with their defaults."""
    out = []
    for field in dataclasses.fields(kind):
        given = field.default is not dataclasses.MISSING
        out.append(f"`{field.name}`" + (f" {json.dumps(field.default)}" if given else ""))
    return ", ".join(out)


def test_the_table_in_the_documentation_is_the_code():
    table = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in table.splitlines()
        if line[:3] == "| `" and "| who |" not in line
    ]
    messages = [[kind, "app"] for kind in m.REQUESTS] + [[kind, "engine"] for kind in m.EVENTS]
    expected = [[f"`{kind.__name__.lower()}`", who, fields_of(kind)] for kind, who in messages]
    expected += [[f"`{kind.__name__.lower()}`", fields_of(kind)] for kind in m.PARTS]
    found = [row[:-1] for row in rows]
    assert sorted(found) == sorted(expected)
    assert all(row[-1] for row in rows)
    assert f"the version ({m.VERSION})" in table


def test_the_documentation_names_every_last_event():
    table = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
    finals = {row.split("`")[1] for row in table.splitlines() if "| Final: " in row}
    assert finals == {kind.__name__.lower() for kind in m.FINAL}
