"""What this machine has: memory, processor, and what that means for a model."""

import ctypes
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    """Memory in bytes (0 where it cannot be told) and the processor. `features` are those that matter to llama.cpp,
    as Linux writes them (`avx2`, `avx512f`, `asimddp`, `i8mm`); None where they cannot be told."""

    total: int
    free: int
    cores: int
    processor: str
    features: frozenset[str] | None


def look() -> Machine:
    """Look at this machine. Never raises."""
    total, free = _memory()
    return Machine(total, free, os.cpu_count() or 1, platform.machine().lower(), _features())


def _memory() -> tuple[int, int]:
    """Total and available bytes. In a container with a limit of its own, that limit counts."""
    try:
        if sys.platform == "linux":
            total, free = _meminfo(Path("/proc/meminfo").read_text(encoding="ascii"))
            return _limited(total, free, Path("/sys/fs/cgroup"))
        if sys.platform == "win32":
            return _windows_memory()
        if sys.platform == "darwin":
            return _mac_memory()
    except (OSError, ValueError, AttributeError):
        pass
    return 0, 0


def _meminfo(text: str) -> tuple[int, int]:
    rows = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    return tuple(int(rows[key].split()[0]) * 1024 for key in ("MemTotal", "MemAvailable"))  # type: ignore[return-value]


def _limited(total: int, free: int, group: Path) -> tuple[int, int]:
    try:
        limit = (group / "memory.max").read_text(encoding="ascii").strip()
        used = int((group / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return total, free
    if not limit.isdigit() or int(limit) >= total:
        return total, free
    return int(limit), max(0, min(free, int(limit) - used))


def _mac_memory() -> tuple[int, int]:
    """Total memory; of what is free there is no simple count, so half of it is taken to be."""
    libc = ctypes.CDLL(None)
    value, size = ctypes.c_uint64(0), ctypes.c_size_t(8)
    if libc.sysctlbyname(b"hw.memsize", ctypes.byref(value), ctypes.byref(size), None, 0):
        return 0, 0
    return value.value, value.value // 2


def _windows_memory() -> tuple[int, int]:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            *((name, ctypes.c_uint64) for name in ("total", "free", "tp", "fp", "tv", "fv", "fe")),
        )

    status = Status()
    status.length = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy knows it on Windows only
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0, 0
    return int(status.total), int(status.free)


_MATTER = frozenset({"avx", "avx2", "avx512f", "fma", "f16c", "asimd", "asimddp", "i8mm", "sve", "neon"})


def _features() -> frozenset[str] | None:
    """The processor's features from /proc/cpuinfo; None on other systems."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() in ("flags", "features"):
            return frozenset(value.split()) & _MATTER
    return None
