"""The garbage collector looks while the window rests, and not at what is much and stays."""

import gc
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from composer.ui import collector
from composer.ui.collector import Collector


@pytest.fixture
def calm(qapp: object) -> Iterator[Collector]:
    """A collector at work; afterwards everything is as it was."""
    interval = sys.getswitchinterval()
    window = QObject()
    made = Collector(window)
    made.start()
    yield made
    made._timer.stop()
    gc.unfreeze()
    gc.enable()
    sys.setswitchinterval(interval)


class Ring:
    """Holds itself."""

    gone = 0

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Ring.gone += 1


def test_rings_go_while_the_window_rests(calm: Collector) -> None:
    assert not gc.isenabled()
    Ring.gone = 0
    Ring()
    assert Ring.gone == 0
    calm.look()
    assert Ring.gone == 1


def test_a_talk_is_not_looked_at_again(calm: Collector) -> None:
    frozen = gc.get_freeze_count()
    talk = [(number, str(number), [number]) for number in range(collector.MANY)]
    calm.look()
    assert gc.get_freeze_count() > frozen + collector.MANY / 2
    assert len(talk) == collector.MANY
