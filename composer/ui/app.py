"""The composition root: builds every object once, hands them to each other, and takes them down in order."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from composer import paths, settings
from composer.ui import spare_references
from composer.ui.theme import Theme
from composer.ui.window import Window

if TYPE_CHECKING:
    import logging
    from concurrent.futures import ThreadPoolExecutor
    from types import TracebackType

    from composer.library.commands import Library
    from composer.library.desk import LibraryDesk
    from composer.library.keys import Keys
    from composer.session import Session
    from composer.ui.desk import Desk

WARM_MS = 300
# What a session loads, each after what it stands on, so that no step is long.
MODULES = (
    "errors", "ui.bridge", "ui.desk", "post.model", "evidence.model", "text.problems", "events", "differences", "work",
    "drafts", "helper", "session",
)  # fmt: skip


class Parts:
    """The window and what it stands on. `start` gives it a session; `close` takes all of it down, in order."""

    def __init__(
        self,
        app: QApplication,
        make_session: Callable[[], Session],
        chosen: settings.Settings,
        keep: Callable[[settings.Settings], None],
        make_library: Callable[[], LibraryDesk] | None = None,
    ) -> None:
        if QLocale().language() == QLocale.Language.C:
            # A machine that names no language would write 1141 for 1,141.
            QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        self._make_session = make_session
        self.session: Session | None = None
        self.theme = Theme(app, chosen.theme)
        self.window = Window(self.theme, chosen, keep)
        if make_library is not None:
            self.window.take_library(make_library)

    @property
    def desk(self) -> Desk:
        """The window's desk."""
        return self.window.desk

    def start(self) -> None:
        """Make the session, and let the window settle. Call after the first picture."""
        for _ in self.starting():
            pass

    def starting(self) -> Iterator[None]:
        """The same in steps."""
        spare_references()
        for name in MODULES:
            import_module(f"composer.{name}")
            yield
        from composer.ui.bridge import Bridge

        bridge = Bridge()
        bridge.arrived.connect(self.desk.take)
        yield
        session = self._make_session()
        self._unsubscribe = session.subscribe(bridge)
        self.bridge, self.session = bridge, session
        yield
        self.desk.attach(session)
        yield from self.window.settling()

    def close(self) -> None:
        """End the session's processes first, then stop listening: a dead bridge would be called by live threads."""
        self.window.close_library()
        if self.session is not None:
            self.desk.detach()
            self.session.close()
            self.bridge.close(self._unsubscribe)


def _library(place: paths.Paths, keys: Keys) -> Library:
    """Made on the library's own thread: what it needs of the network is loaded there."""
    from composer.library.commands import Library

    return Library(place, keys=keys)


class Keeper:
    """Writes settings on a thread of its own: the window never waits for the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool: ThreadPoolExecutor | None = None

    def __call__(self, chosen: settings.Settings) -> None:
        """Write these settings soon."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, "settings")
        self._pool.submit(self._write, chosen)

    def _write(self, chosen: settings.Settings) -> None:
        from composer.errors import StoreError

        try:
            settings.save(self._path, chosen)
        except StoreError as error:
            _log().warning("%s", error)

    def close(self) -> None:
        """Wait for the last one."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)


def _log() -> logging.Logger:
    import logging

    return logging.getLogger(__name__)


def hook(window: Window) -> None:
    """Bugs are logged, and told in a sentence; nobody is shown a traceback."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QTimer.singleShot(0, window, window.close)
            return
        _log().error("unexpected", exc_info=(kind, error, trace))
        words = window.tr("Something went wrong inside the app. The transcript and the draft are safe.")
        window.notice.say(words, tone="bad")

    sys.excepthook = caught
    threading.excepthook = lambda args: _log().error("unexpected, in a thread", exc_info=args.exc_value)


def application(argv: Sequence[str]) -> QApplication:
    """Qt's application, drawn in the style that the style sheet is made for."""
    # By word: `QApplication.setStyle` makes the style twice, and all of PySide's `QStyle` with it.
    return QApplication([*argv, "-style", "Fusion"])


def run(argv: Sequence[str], home: Path | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window, and stay until it is closed. Needs a display. Raises StoreError before the window opens."""
    place = paths.find(home).ensure()
    app = application([*argv] or [paths.APP])
    app.setApplicationName(paths.APP)
    app.setApplicationDisplayName("Post Composer")
    app.setDesktopFileName(paths.APP)
    chosen = settings.load(place.settings)
    keeper = Keeper(place.settings)

    @cache
    def keys() -> Keys:
        """One for session and library: what no keyring takes lives in it, until the app ends."""
        from composer.library.keys import Keys

        return Keys()

    def make_session() -> Session:
        from composer import report
        from composer.session import Session

        report.start(place)
        return Session(place, chosen, keys=keys())

    def make_library() -> LibraryDesk:
        from composer.library.desk import LibraryDesk

        return LibraryDesk(
            lambda: _library(place, keys()), tuning=place.tuning, context=chosen.context, limit=chosen.limit,
            titles=lambda: parts.session.titles() if parts.session is not None else {},
        )  # fmt: skip

    parts = Parts(app, make_session, chosen, keeper, make_library)
    hook(parts.window)
    parts.window.show()

    def errands() -> Iterator[None]:
        """What the first picture did without, the session first."""
        yield from parts.starting()
        parts.window.read_files(list(files))
        yield
        assert parts.session is not None
        QTimer.singleShot(WARM_MS, parts.window, parts.session.warm)
        yield from parts.window.preparing()
        from composer.ui.collector import Collector

        Collector(parts.window).start()

    def begin() -> None:
        from composer.ui.errands import Errands

        todo = Errands(parts.window, errands())
        parts.window.keys.pressed.connect(todo.rest)
        todo.start()

    parts.window.pictured.connect(begin)
    code = app.exec()
    parts.close()
    keeper.close()
    return code
