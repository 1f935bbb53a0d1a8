"""Calibration against an engine made of numbers: what it tries, what it chooses, and that its time is its time."""

import threading
from dataclasses import replace

import pytest

from composer.engine import calibrate as module
from composer.engine import messages as m
from composer.engine.calibrate import calibrate
from composer.engine.refusal import Stopped


class Numbers:
    """An engine whose speed is a table by `threads`, `step`, `flash` and `wait`. At trial `late` it computes on and on,
    until its time is up or somebody cancels."""

    def __init__(self, openmp: bool = True, late: int = 0, cancel: bool = False, **faster: float) -> None:
        self.openmp, self.faster, self.late, self.cancel = openmp, faster, late, cancel
        self.asked = m.Load("x", 4096, 1, 1)
        self.lengths: list[int] = []
        self.stop = threading.Event()
        self.flag = 0

    def trial(self, ask: m.Load, length: int) -> m.Trial:
        self.asked = ask
        self.lengths.append(length)
        if len(self.lengths) == self.late:
            if self.cancel:
                self.flag = 1
                raise Stopped
            assert self.stop.wait(30)
            raise Stopped
        speed = 100.0
        for key, name in (("threads", ask.threads), ("step", ask.step), ("flash", ask.flash), ("wait", ask.wait)):
            speed *= self.faster.get(f"{key}_{name}".lower(), 1.0)
        return replace(self.idle_trial(), read=1000 * speed, write=speed)

    def idle_trial(self) -> m.Trial:
        ask = self.asked
        return m.Trial(ask.threads, ask.threads_batch, ask.step, ask.flash, 0.0, 0.0, ask.wait)

    def use(self, ask: m.Load) -> None:
        self.asked = ask

    def time_up(self) -> None:
        self.flag = self.flag or 2
        self.stop.set()

    def out_of_time(self) -> bool:
        late, self.flag = self.flag == 2, 0 if self.flag == 2 else self.flag
        return late


@pytest.fixture(autouse=True)
def _cores(monkeypatch):
    monkeypatch.setattr(module, "physical_cores", lambda: 4)


def test_each_setting_is_tried_around_the_best():
    engine = Numbers(threads_4=2.0, threads_3=1.8, step_256=1.2, flash_false=0.5)
    best, trials = calibrate(engine, 10)  # type: ignore[arg-type]
    assert [(t.threads, t.step, t.flash) for t in trials] == [
        (1, 128, True), (3, 128, True), (4, 128, True), (4, 256, True), (4, 256, False),
    ]  # fmt: skip
    assert (best.threads, best.threads_batch, best.step, best.flash) == (4, 4, 256, True)
    assert (engine.asked.threads, engine.asked.step, engine.asked.context) == (4, 256, 4096)
    assert engine.lengths[0] == module.GLANCE
    assert set(engine.lengths[1:]) == {module.MOST}


def test_noise_changes_nothing():
    engine = Numbers(threads_4=1.04, step_256=1.04, flash_false=1.04)
    start = engine.asked
    best, _ = calibrate(engine, 10)  # type: ignore[arg-type]
    assert (best.threads, best.step, best.flash) == (1, 128, True)
    assert engine.asked == replace(start, threads=1, threads_batch=1)


def test_waiting_is_tried_where_each_context_settles_it():
    engine = Numbers(openmp=False, threads_4=2.0, wait_sleep=1.5)
    best, _ = calibrate(engine, 10)  # type: ignore[arg-type]
    assert best.wait == engine.asked.wait == m.SLEEP
    assert all(trial.wait == "" for trial in calibrate(Numbers(threads_4=2.0), 10)[1])  # type: ignore[arg-type]


@pytest.mark.parametrize("late", [3, 4])
def test_what_takes_too_long_is_stopped_and_loses(late):
    engine = Numbers(late=late, threads_3=2.0)
    best, trials = calibrate(engine, 0.3)  # type: ignore[arg-type]
    assert len(trials) == late - 2
    assert best in trials
    assert engine.asked.threads == best.threads
    assert not engine.flag


@pytest.mark.parametrize("tokens", [0, 64])
def test_a_machine_too_slow_for_one_measurement(tokens):
    engine = Numbers(late=1)
    start = engine.asked
    best, trials = calibrate(engine, 0.3, tokens)  # type: ignore[arg-type]
    assert trials == (best,)
    assert 0 < best.read <= (tokens or module.GLANCE) / 0.2
    assert engine.asked == start


def test_a_cancel_is_no_end_of_time():
    engine = Numbers(late=3, cancel=True)
    start = engine.asked
    with pytest.raises(Stopped):
        calibrate(engine, 10)  # type: ignore[arg-type]
    assert engine.flag == 1
    assert engine.asked == start
