"""What Windows and the BSD family are asked for, against stand-ins: sizes, numbers and order, as their documentation
has them. On neither system has it been run."""

import ctypes
import os
from types import SimpleNamespace
from typing import Any

import pytest

from composer.engine import orphans, pipes


class Kernel32:
    """Notes what is asked of it."""

    def __init__(self, refuse: str = "") -> None:
        self.calls: list[tuple[str, Any]] = []
        for name in ("CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject", "CloseHandle"):
            answer = 77 if name == "CreateJobObjectW" else 1
            setattr(self, name, self._function(name, 0 if name == refuse else answer))

    def _function(self, name: str, answer: int) -> Any:
        def call(*arguments: Any) -> int:
            if name == "SetInformationJobObject":
                job, kind, pointer, size = arguments
                given = ctypes.cast(pointer, ctypes.POINTER(orphans.ExtendedLimits)).contents
                arguments = (job, kind, bytes(given), size)
            self.calls.append((name, arguments))
            return answer

        return call

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.calls]


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="64 bits")
def test_the_structures_are_those_of_winnt_h_on_64_bits():
    basic, extended = orphans.BasicLimits, orphans.ExtendedLimits
    assert (ctypes.sizeof(basic), ctypes.sizeof(orphans.IoCounters), ctypes.sizeof(extended)) == (64, 48, 144)
    offsets = {name: getattr(basic, name).offset for name, _ in basic._fields_}
    assert offsets == {
        "PerProcessUserTimeLimit": 0, "PerJobUserTimeLimit": 8, "LimitFlags": 16, "MinimumWorkingSetSize": 24,
        "MaximumWorkingSetSize": 32, "ActiveProcessLimit": 40, "Affinity": 48, "PriorityClass": 56,
        "SchedulingClass": 60,
    }  # fmt: skip
    assert (extended.IoInfo.offset, extended.ProcessMemoryLimit.offset) == (64, 112)


def test_a_job_kills_on_close_and_holds_the_process():
    kernel32 = Kernel32()
    job = orphans.Job(4242, kernel32)
    assert job.tied
    assert kernel32.names == ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
    assert kernel32.calls[0][1] == (None, None)  # no name, and no handle that a child could inherit
    handle, kind, limits, size = kernel32.calls[1][1]
    assert (handle, kind, size) == (77, 9, len(limits))
    assert int.from_bytes(limits[16:20], "little") == 0x2000
    assert not any(limits[:16] + limits[20:])
    assert kernel32.calls[2][1] == (77, 4242)
    job.close()
    job.close()
    assert kernel32.names.count("CloseHandle") == 1


@pytest.mark.parametrize("refuse", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_a_job_that_windows_refuses_is_given_back(refuse):
    kernel32 = Kernel32(refuse)
    assert not orphans.Job(4242, kernel32).tied
    assert kernel32.names.count("CloseHandle") == (refuse != "CreateJobObjectW")
    assert "AssignProcessToJobObject" not in kernel32.names or refuse == "AssignProcessToJobObject"


@pytest.mark.skipif(os.name == "nt", reason="Windows has job objects")
def test_elsewhere_there_is_no_job():
    assert orphans.tie(SimpleNamespace(pid=1)) is None


class Left(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize("gone", [False, True])
def test_kqueue_is_asked_for_the_end_of_the_parent(monkeypatch, gone):
    asked: list[Any] = []

    class Queue:
        def control(self, changes: list[Any], most: int, timeout: float | None) -> list[Any]:
            asked.append((changes, most, timeout))
            if gone:
                raise ProcessLookupError
            return changes

    def kevent(ident: int, **given: int) -> tuple[int, dict[str, int]]:
        return ident, given

    def leave(code: int) -> None:
        raise Left(code)

    # the numbers of sys/event.h
    select = SimpleNamespace(
        kqueue=Queue, kevent=kevent, KQ_FILTER_PROC=-5, KQ_EV_ADD=1, KQ_EV_ONESHOT=0x10, KQ_NOTE_EXIT=0x80000000
    )
    monkeypatch.setattr(pipes.os, "_exit", leave)
    with pytest.raises(Left):
        pipes.watch_parent(99, select)
    assert asked == [([(99, {"filter": -5, "flags": 0x11, "fflags": 0x80000000})], 1, None)]


def test_a_parent_that_may_not_be_watched_leaves_it_to_stdin():
    class Queue:
        def control(self, *_: Any) -> list[Any]:
            raise PermissionError

    select = SimpleNamespace(
        kqueue=Queue, kevent=lambda *_, **__: None, KQ_FILTER_PROC=-5, KQ_EV_ADD=1, KQ_EV_ONESHOT=16, KQ_NOTE_EXIT=1
    )
    pipes.watch_parent(99, select)
