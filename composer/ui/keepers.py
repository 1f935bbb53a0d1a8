"""Whether the clipboard outlives the app."""

import ctypes

from PySide6.QtGui import QClipboard, QGuiApplication


def would_lose(board: QClipboard) -> bool:
    """Whether quitting would lose a text that was copied in this app."""
    return board.ownsClipboard() and bool(board.text()) and clipboard_kept() is False


def clipboard_kept() -> bool | None:
    """Whether the desktop keeps what was copied after the app is gone. None where that cannot be told.

    On X11 a clipboard manager owns the selection CLIPBOARD_MANAGER (freedesktop.org, ClipboardManager), and Qt hands
    it the text at the end. Windows and macOS always keep it. A Wayland desktop does not tell.
    """
    platform = QGuiApplication.platformName()
    if platform in ("windows", "cocoa"):
        return True
    return _managed() if platform == "xcb" else None


def _managed() -> bool | None:
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XGetSelectionOwner.restype = ctypes.c_ulong
    x11.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    owner = x11.XGetSelectionOwner(display, x11.XInternAtom(display, b"CLIPBOARD_MANAGER", 0))
    x11.XCloseDisplay(display)
    return bool(owner)
