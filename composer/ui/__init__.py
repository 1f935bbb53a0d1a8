"""The window: the only room that imports Qt."""

import sys
from functools import cache


@cache
def spare_references() -> None:
    """Give `None`, `True`, `False` and `NotImplemented` references to spare, under Python 3.11. Once per process.

    The wheels of PySide6 6.12 are built with headers for which these four are immortal (PEP 683, Python 3.12): a
    method of Qt that returns nothing returns `None` without taking a reference, `Signal.emit` likewise `True`.
    Python 3.11 counts, and after some ten thousand calls it ends with "none_dealloc". The count is the first field
    of an object there. `tests/ui/test_access.py` holds the proof. Called right after the first picture.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        import ctypes

        for single in (None, True, False, NotImplemented):
            ctypes.c_ssize_t.from_address(id(single)).value += 1 << 48
