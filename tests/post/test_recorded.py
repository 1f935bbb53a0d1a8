"""Times that stand at the head of what a source tells, and how long it is."""

import pytest

from composer.post.grounding import check

LOG = """06:12 The gauge at Low Bridge shows two metres. Runa Vik is called out.

06:31 Second gauge silent. The crew of three walks to the lock.

07:45 The lock is open, water falls by the hour.

08:02: Runa sends everybody home and writes this report.
"""
CLIP = """[00:00:01.000 --> 00:01:10.000]   The mill turns twice a day, and nobody has to get up for it.
[00:01:10.000 --> 00:02:40.000]   We sell flour on Fridays, and bread on market days.
[00:02:40.000 --> 00:04:03.000]   Come and look at the wheel when the tide is out.
"""


@pytest.mark.parametrize("post", ["06:31 second gauge falls silent", "At 07:45 the lock is open.", "08:02 all go home"])
def test_when_something_was_noted(post: str) -> None:
    assert check(post, LOG) == []


def test_the_time_of_something_else_is_told() -> None:
    post = "07:45 second gauge silent, the crew walks"
    assert [post[one.start : one.end] for one in check(post, LOG)] == ["07:45"]


def test_a_time_the_source_lacks_is_told_without_the_blank_behind_it() -> None:
    post = "06:50 the lock is open"
    assert [post[one.start : one.end] for one in check(post, LOG)] == ["06:50"]


@pytest.mark.parametrize("post", ["A four-minute clip on a mill.", "Four minutes with a miller."])
def test_how_long_a_source_is(post: str) -> None:
    assert check(post, CLIP) == []


@pytest.mark.parametrize("post", ["A fourteen-minute clip on a mill.", "Bread is baked in four minutes."])
def test_how_long_it_is_not(post: str) -> None:
    assert len(check(post, CLIP)) == 1


def test_a_number_within_a_word_of_the_source() -> None:
    source = "Ada: Come to harbour.example/port4417 and say hello.\n\nBo: I will, on the first day."
    assert check("The port is 4417.", source) == []
    assert len(check("The port is 4427.", source)) == 1
