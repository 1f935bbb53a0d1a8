"""A draft that is stopped anywhere and gone on with: the same post, and nothing asked for twice."""

import zlib
from collections.abc import Iterator, Sequence

import pytest

from composer.engine import messages as m
from composer.engine.slots import Line, Verdict
from composer.post.layout import lay
from composer.post.model import Brief, Post
from composer.writers.base import Finished, Partial, Reading
from composer.writers.course import Course, Taken
from composer.writers.model import ModelWriter
from tests.writers.harbour import GOOD, TOKEN, evidence


class Stop(Exception):
    """The person pressed Stop."""


class Same:
    """An engine that answers the same question the same way, by what stands before a slot. It stops after `most`
    events; `filled` names the slots it closed, `begun` what it was given of one."""

    def __init__(self, most: int = 10**6, *, name: str = "Same", context: int = 8192) -> None:
        self.most = most
        self.notices: list[str] = []
        self.filled: list[str] = []
        self.begun: list[str] = []
        self.model = m.Loaded(1, name, "qwen3", "qwen3", context, 40_960, 0, 0, 1, True)

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        return tuple(-(-len(text) // 4) for text in texts)

    def write(
        self, steps: Sequence[m.Piece | m.Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[m.Reading | m.Text | m.Filled | m.Written]:
        for event in self._events(steps):
            self.most -= 1
            if self.most < 0:
                raise Stop
            yield event

    def _events(self, steps: Sequence[m.Piece | m.Slot]) -> Iterator[m.Reading | m.Text | m.Filled | m.Written]:
        said = ""
        yield m.Reading(1, 1, 1)
        for step in steps:
            if isinstance(step, m.Piece):
                said += step.text
                continue
            answer = self._answer(step, said)
            if step.choices:
                yield m.Filled(1, step.name, answer, (1,), "choice")
            else:
                line, why = Line(step), "end"
                told = len(step.begun)
                if step.begun:
                    self.begun.append(step.begun)
                for token in TOKEN.findall(answer):
                    if (verdict := line.offer(token.encode())) not in (Verdict.KEEP, Verdict.REJECT):
                        why = verdict.value
                        break
                    if len(line.text) > told:
                        yield m.Text(1, step.name, line.text[told:])
                        told = len(line.text)
                answer = line.text.strip()
                yield m.Filled(1, step.name, answer, (1, 2, 3), why)
            self.filled.append(step.name)
            said += answer
        yield m.Written(1, "done")

    def _answer(self, slot: m.Slot, said: str) -> str:
        number = zlib.crc32(said.encode())
        if slot.choices:
            return slot.choices[number % len(slot.choices)]
        answers = GOOD.get(slot.name.split(".")[0], ["Kelp grows while you sleep."])
        answer = answers[number % len(answers)]
        # What is begun is gone on with, and not begun again.
        return answer if answer.startswith(slot.begun) else slot.begun


def run(engine: Same, course: Course, brief: Brief, *, within: bool = True) -> tuple[Post | None, Post | None]:
    """The finished post, or None and the last post before the stop."""
    last: Post | None = None
    try:
        for event in ModelWriter(Taken(engine, course, within=within)).write(evidence(), brief):
            if isinstance(event, Finished):
                return event.post, event.post
            if isinstance(event, Partial):
                last = event.post
    except Stop:
        return None, last
    raise AssertionError("a writer without an end")


@pytest.mark.parametrize("within", [True, False], ids=["in the line", "after the line"])
@pytest.mark.parametrize("shape", ["take", "list"])
def test_stopped_anywhere_it_becomes_the_same_post(shape: str, within: bool) -> None:
    brief = Brief(shape=shape)
    straight = Same()
    whole, _ = run(straight, Course(), brief)
    assert whole is not None
    events = 10**6 - straight.most
    for most in range(0, events, 7):
        course, first = Course(), Same(most)
        _, before = run(first, course, brief, within=within)
        second = Same()
        post, _ = run(second, course, brief, within=within)
        assert post == whole, most
        assert first.filled + second.filled == straight.filled, "nothing is asked for twice"
        if before is not None and within:
            assert lay(before).text


def test_a_line_that_broke_off_goes_on_after_its_last_word() -> None:
    course, first = Course(), Same(14)
    run(first, course, Brief())
    begun = course.asked[-1].begun
    assert begun
    second = Same()
    run(second, course, Brief())
    assert second.begun == [begun]


def test_stopped_again_and_again() -> None:
    whole, _ = run(Same(), Course(), Brief())
    course, post, times = Course(), None, 0
    while post is None:
        post, _ = run(Same(25), course, Brief())
        times += 1
    assert post == whole
    assert times > 5


def test_another_brief_or_another_model_begins_anew() -> None:
    course = Course()
    run(Same(200), course, Brief())
    other = Same()
    post, _ = run(other, course, Brief(tone="dry"))
    assert post == run(Same(), Course(), Brief(tone="dry"))[0]
    run(Same(200), course, Brief())
    other = Same(name="Other")
    run(other, course, Brief())
    assert other.filled[0] == "headline"


def test_what_was_read_is_told_from_where_it_was() -> None:
    course = Course()
    run(Same(3), course, Brief())
    events = [*ModelWriter(Taken(Same(), course, within=True)).write(evidence(), Brief())]
    assert isinstance(events[-1], Finished)
    assert sum(isinstance(event, Reading) for event in events) <= 1
