"""The window: the only room that imports Qt."""

import sys


def _keep_true() -> None:
    """Give `True` references to spare.

    In PySide6 6.12 `Signal.emit` and `disconnect` return `True` without taking a reference, so that each call
    takes one away. From Python 3.12 on that does no harm (PEP 683); before, the interpreter aborts after some
    thousand signals ("bool_dealloc"). The reference count is the first field of an object there.
    """
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        import ctypes

        ctypes.c_ssize_t.from_address(id(True)).value += 1 << 48


_keep_true()
