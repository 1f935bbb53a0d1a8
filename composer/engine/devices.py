"""Which graphics processors the library that runs can use."""

import ctypes
from typing import Any

from composer.engine.messages import Gpu

_GRAPHICS = (1, 2)  # GGML_BACKEND_DEVICE_TYPE_GPU and _IGPU (ggml-backend.h)
_MOST = 64


def graphics(library: Any) -> tuple[Gpu, ...]:
    """The graphics processors that `library` (libllama, loaded and set up) has a backend for; none where it is built
    for the processor alone, or does not tell."""
    try:
        count, get = library.ggml_backend_dev_count, library.ggml_backend_dev_get
        kind, about, memory = (
            library.ggml_backend_dev_type,
            library.ggml_backend_dev_description,
            library.ggml_backend_dev_memory,
        )
    except AttributeError:
        return ()
    count.restype = ctypes.c_size_t
    get.restype, get.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    kind.restype, kind.argtypes = ctypes.c_int, [ctypes.c_void_p]
    about.restype, about.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
    size = ctypes.POINTER(ctypes.c_size_t)
    memory.restype, memory.argtypes = None, [ctypes.c_void_p, size, size]
    found = []
    for index in range(min(count(), _MOST)):
        device = get(index)
        if device and kind(device) in _GRAPHICS:
            free, total = ctypes.c_size_t(0), ctypes.c_size_t(0)
            memory(device, ctypes.byref(free), ctypes.byref(total))
            name = " ".join((about(device) or b"").decode("utf-8", "replace").split())
            found.append(Gpu(name or "a graphics processor", free.value, total.value))
    return tuple(found)
