"""Spoiled model files and the real engine: what the header check lets through is loaded, or called the file's fault.

A sample runs here; POST_COMPOSER_SPOILED_LOADS=2000 tries as many files.
"""

import os
import random
from pathlib import Path

import pytest

from composer.engine.client import EngineClient
from composer.engine.messages import Piece, Slot
from composer.errors import EngineError, ModelFileError
from composer.library.gguf_facts import ARRAY, SCALARS, STRING
from composer.library.gguf_header import check

FILES = int(os.environ.get("POST_COMPOSER_SPOILED_LOADS", "150"))
EDGES = {
    1: (0, 1, 255),
    2: (0, 1, 0xFFFF),
    4: (0, 1, 2, 3, 5, 7, 31, 64, 512, 513, 2**20, 2**31 - 1, 2**31, 2**32 - 1),
    8: (0, 1, 2, 2**31, 2**32, 2**63 - 1, 2**63, 2**64 - 1),
}


class Fields:
    """Where the numbers of a header stand: (first byte, size). Of long lists only both ends are kept."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.places = data, 4, []
        self.number(4)
        tensors, keys = self.number(8), self.number(8)
        for _ in range(keys):
            self.text()
            self.value(self.number(4))
        for _ in range(tensors):
            self.text()
            for size in [8] * self.number(4) + [4, 8]:
                self.number(size)
        self.end = self.at

    def number(self, size: int, keep: bool = True) -> int:
        if keep:
            self.places.append((self.at, size))
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "little")

    def text(self, keep: bool = True) -> None:
        length = self.number(8, keep)
        self.at += length

    def value(self, kind: int, keep: bool = True) -> None:
        if kind == STRING:
            self.text(keep)
        elif kind == ARRAY:
            inner, count = self.number(4), self.number(8)
            for index in range(count):
                self.value(inner, keep=index < 3 or index > count - 3)
        else:
            self.number(SCALARS[kind][0], keep)


def spoiled(whole: bytes, rng: random.Random, count: int):
    """`count` files: fields at their edges, then random bytes and random fields."""
    fields = Fields(whole)
    aimed = [(place, value) for place in fields.places for value in EDGES[place[1]]]
    rng.shuffle(aimed)
    for index in range(count):
        data = bytearray(whole)
        if index < min(len(aimed), count * 7 // 10):
            (at, size), value = aimed[index]
            data[at : at + size] = value.to_bytes(size, "little")
        elif index % 2:
            for _ in range(rng.randrange(1, 6)):
                data[rng.randrange(fields.end)] = rng.randrange(256)
        else:
            for at, size in rng.sample(fields.places, 2):
                data[at : at + size] = rng.randbytes(size)
        yield bytes(data)


@pytest.mark.timeout(1800)
def test_what_the_check_lets_through_loads_or_is_the_files_fault(tiny_model: Path, tmp_path: Path) -> None:
    whole = tiny_model.read_bytes()
    path = tmp_path / "spoiled.gguf"
    outcomes = {"refused": 0, "loaded": 0, "fault": 0}
    client = EngineClient()
    try:
        for data in spoiled(whole, random.Random(9), FILES):
            path.write_bytes(data)
            try:
                check(path)
                turn = client.turn()
                turn.load(path, context=256)
                for _ in turn.write([Piece("the harbour opens"), Slot("x", max_chars=20, max_tokens=3)]):
                    pass
                outcomes["loaded"] += 1
            except ModelFileError:
                outcomes["refused"] += 1
            except EngineError as error:
                outcomes["fault"] += "damaged" in error.what
    finally:
        client.close()
    print(outcomes)
    assert sum(outcomes.values()) == FILES
    assert outcomes["refused"] > FILES // 2
    assert outcomes["loaded"] > 0
    assert outcomes["fault"] < FILES // 20


def test_the_small_model_of_the_tests_is_a_good_one(tiny_model: Path) -> None:
    info = check(tiny_model)
    assert info.template == "chatml"
    assert info.shape.vocabulary > 256
