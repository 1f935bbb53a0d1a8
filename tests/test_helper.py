"""The helper process: it yields, it raises, it can be stopped, it may die."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from composer.errors import SourceError
from composer.helper import Helper, HelperDied, HelperStopped


def count(to: int) -> Iterator[int]:
    yield from range(to)


def who() -> Iterator[int]:
    yield os.getpid()


def fail() -> Iterator[int]:
    yield 1
    raise SourceError("The file is empty.", safe="Nothing was changed.", do="Choose another.")


def bug() -> Iterator[int]:
    yield 1
    raise KeyError("oops")


def die() -> Iterator[int]:
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


def forever() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


@pytest.fixture
def helper() -> Iterator[Helper]:
    made = Helper()
    yield made
    made.close()


def test_it_yields_in_order_in_one_warm_process(helper: Helper) -> None:
    helper.warm()
    assert list(helper.run(1, count, 100)) == list(range(100))
    assert list(helper.run(2, who)) == list(helper.run(3, who)) != [os.getpid()]


def test_an_expected_failure_crosses_whole(helper: Helper) -> None:
    with pytest.raises(SourceError) as caught:
        list(helper.run(1, fail))
    assert (caught.value.what, caught.value.safe, caught.value.do) == (
        "The file is empty.",
        "Nothing was changed.",
        "Choose another.",
    )
    assert list(helper.run(2, count, 2)) == [0, 1]


def test_a_bug_crosses_with_its_place(helper: Helper) -> None:
    with pytest.raises(RuntimeError, match="in bug"):
        list(helper.run(1, bug))


def test_after_a_death_the_next_work_runs(helper: Helper) -> None:
    with pytest.raises(HelperDied, match="safe"):
        list(helper.run(1, die))
    assert list(helper.run(2, count, 2)) == [0, 1]


def test_stop_ends_running_work(helper: Helper) -> None:
    seen = threading.Event()

    def stop() -> None:
        assert seen.wait(30)
        helper.stop(7)

    stopper = threading.Thread(target=stop)
    stopper.start()
    running = (seen.set() for _ in helper.run(7, forever))
    with pytest.raises(HelperStopped):
        list(running)
    stopper.join()
    assert list(helper.run(8, count, 2)) == [0, 1]


def test_stop_before_the_turn_comes(helper: Helper) -> None:
    helper.stop(5)
    with pytest.raises(HelperStopped):
        list(helper.run(5, count, 3))


def test_a_consumer_that_goes_away_leaves_nothing_behind(helper: Helper) -> None:
    running = helper.run(1, forever)
    assert next(running) == 0
    running.close()  # type: ignore[attr-defined]
    assert list(helper.run(2, count, 3)) == [0, 1, 2]


def test_a_long_answer_comes_in_frames_between_which_others_have_their_turn() -> None:
    """A pickle read in one call would keep the interpreter's lock until its end."""
    from composer.helper import packed, unpacked

    value = [("a line of a talk", number, float(number)) for number in range(20_000)]
    held = packed(value)
    assert len(held) > 4 * 64 * 1024
    assert unpacked(held) == value
    assert unpacked(packed("é" * 200_000)) == "é" * 200_000
