"""How the threads of a computation wait for each other: awake for a while, or asleep at once.

Awake is faster on a machine that has nothing else to do, and far slower on one that has: a thread that spins takes the
core from the one it waits for. Which is better is measured (`calibrate.py`, `contest.py`), never guessed.

A library built with OpenMP is told by OMP_WAIT_POLICY (OpenMP 5.2, 21.7), which is read once, when it loads: the app
sets it before it starts the engine. Any other has threads of its own, with a level of polling that can be chosen for
every context (ggml.h, `ggml_threadpool_params`).
"""

import ctypes
import os
from typing import Any

import llama_cpp.llama_cpp as lib

from composer.engine.messages import SLEEP

_MOST_THREADS = 512  # GGML_MAX_N_THREADS in ggml.h


class PoolSettings(ctypes.Structure):
    """`ggml_threadpool_params`, as ggml.h has it."""

    _fields_ = (
        ("cpumask", ctypes.c_bool * _MOST_THREADS),
        ("n_threads", ctypes.c_int),
        ("prio", ctypes.c_int),
        ("poll", ctypes.c_uint32),
        ("strict_cpu", ctypes.c_bool),
        ("paused", ctypes.c_bool),
    )


def has_openmp() -> bool:
    """Whether the library computes with OpenMP's threads."""
    return b"OPENMP = 1" in lib.llama_print_system_info()


def settled(openmp: bool) -> str:
    """When it is settled how threads wait: at the `start` of the process, at each `load`, or "" for never."""
    if openmp:
        return "start"
    return "load" if _functions() else ""


def of_process() -> str:
    """How OpenMP's threads wait in this process, as its environment has it."""
    return SLEEP if os.environ.get("OMP_WAIT_POLICY", "").lower() == "passive" else ""


class Pool:
    """ggml's own threads for one context, in a library without OpenMP. `free` it after the context."""

    def __init__(self, context: object, threads: int, wait: str) -> None:
        found = _functions()
        self._pool: int | None = None
        if found is None:
            return
        self._free = found["ggml_threadpool_free"]
        settings = found["ggml_threadpool_params_default"](min(max(threads, 1), _MOST_THREADS))
        if wait == SLEEP:
            settings.poll = 0
        self._pool = found["ggml_threadpool_new"](ctypes.byref(settings))
        if self._pool:
            found["llama_attach_threadpool"](context, self._pool, None)

    def free(self) -> None:
        """End its threads. Safe to call twice."""
        if self._pool:
            self._free(self._pool)
            self._pool = None


def _functions() -> dict[str, Any] | None:
    """The library's functions for pools, with their types; None where one is not to be found."""
    pointer, handle = ctypes.c_void_p, lib.llama_context_p_ctypes
    wanted = {
        "ggml_threadpool_params_default": ([ctypes.c_int], PoolSettings),
        "ggml_threadpool_new": ([ctypes.POINTER(PoolSettings)], pointer),
        "ggml_threadpool_free": ([pointer], None),
        "llama_attach_threadpool": ([handle, pointer, pointer], None),
    }
    found = {}
    for name, (arguments, result) in wanted.items():
        function = getattr(lib._lib, name, None)
        if function is None:
            return None
        function.argtypes, function.restype = arguments, result
        found[name] = function
    return found
