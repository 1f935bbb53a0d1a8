"""No engine outlives the app on Windows: a job object that ends its processes when its last handle is closed.

Windows closes the handles of a process that ends, however it ends, so a killed app takes its engine along. Numbers and
layouts are those of winnt.h and jobapi2.h, as Microsoft documents them ("Job Objects", Win32). Elsewhere the engine
itself watches the app (`pipes.tie_to_parent`).
"""

import ctypes
import sys
from typing import Any

EXTENDED_LIMITS = 9  # JOBOBJECTINFOCLASS, JobObjectExtendedLimitInformation
KILL_ON_CLOSE = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE

# Fixed widths: ctypes.wintypes takes the C compiler's `long`, which is not 32 bits on every system that runs the tests.
_DWORD, _SIZE, _COUNT = ctypes.c_uint32, ctypes.c_size_t, ctypes.c_uint64


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", _DWORD),
        ("MinimumWorkingSetSize", _SIZE),
        ("MaximumWorkingSetSize", _SIZE),
        ("ActiveProcessLimit", _DWORD),
        ("Affinity", _SIZE),
        ("PriorityClass", _DWORD),
        ("SchedulingClass", _DWORD),
    )


class IoCounters(ctypes.Structure):
    """IO_COUNTERS."""

    _fields_ = tuple(
        (name, _COUNT)
        for name in (
            "ReadOperationCount", "WriteOperationCount", "OtherOperationCount",
            "ReadTransferCount", "WriteTransferCount", "OtherTransferCount",
        )
    )  # fmt: skip


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", IoCounters),
        ("ProcessMemoryLimit", _SIZE),
        ("JobMemoryLimit", _SIZE),
        ("PeakProcessMemoryUsed", _SIZE),
        ("PeakJobMemoryUsed", _SIZE),
    )


class Job:
    """A job with one process in it. Keep it as long as the process may live; `close` ends what is still in it.

    `process` is a process handle. Where Windows refuses, as it may inside another program's job, nothing is tied and
    `tied` is False: then the end of stdin has to do.
    """

    def __init__(self, process: int, kernel32: Any) -> None:
        self._kernel32 = kernel32
        handle, boolean, pointer = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
        for name, arguments, result in (
            ("CreateJobObjectW", [pointer, ctypes.c_wchar_p], handle),
            ("SetInformationJobObject", [handle, ctypes.c_int, pointer, _DWORD], boolean),
            ("AssignProcessToJobObject", [handle, handle], boolean),
            ("CloseHandle", [handle], boolean),
        ):
            function = getattr(kernel32, name)
            function.argtypes, function.restype = arguments, result
        limits = ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = KILL_ON_CLOSE
        # No security attributes: the handle is not inherited, so the app's is the only one.
        self._job: int | None = kernel32.CreateJobObjectW(None, None)
        self.tied = bool(
            self._job
            and kernel32.SetInformationJobObject(
                self._job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
            and kernel32.AssignProcessToJobObject(self._job, process)
        )
        if not self.tied:
            self.close()

    def close(self) -> None:
        """Close the handle. Safe to call twice."""
        if self._job:
            self._kernel32.CloseHandle(self._job)
            self._job = None


def tie(process: Any) -> Job | None:
    """Tie a `subprocess.Popen` to this process; None where there are no job objects."""
    if sys.platform != "win32":
        return None
    return Job(int(process._handle), ctypes.WinDLL("kernel32", use_last_error=True))
