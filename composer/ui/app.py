"""The composition root: builds every object once, hands them to each other, and takes them down in order."""

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from composer import paths, report, settings
from composer.errors import StoreError
from composer.ui.bridge import Bridge
from composer.ui.desk import Desk
from composer.ui.theme import Theme
from composer.ui.window import Window

if TYPE_CHECKING:
    from composer.session import Session

log = logging.getLogger(__name__)


class Parts:
    """The window and what it stands on. `close` takes all of it down, in order."""

    def __init__(
        self,
        app: QApplication,
        session: "Session",
        chosen: settings.Settings,
        keep: Callable[[settings.Settings], None],
    ) -> None:
        if QLocale().language() == QLocale.Language.C:
            # A machine that names no language would write 1141 for 1,141.
            QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        self.session = session
        self.theme = Theme(app, chosen.theme)
        self.bridge = Bridge()
        self._unsubscribe = session.subscribe(self.bridge)
        self.desk = Desk(session)
        self.bridge.arrived.connect(self.desk.take)
        self.window = Window(session, self.desk, self.theme, chosen, keep)

    def close(self) -> None:
        """End the session's processes first, then stop listening: a dead bridge would be called by live threads."""
        self.session.close()
        self.bridge.close(self._unsubscribe)


class Keeper:
    """Writes settings on a thread of its own: the window never waits for the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool: ThreadPoolExecutor | None = None

    def __call__(self, chosen: settings.Settings) -> None:
        """Write these settings soon."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "settings")
        self._pool.submit(self._write, chosen)

    def _write(self, chosen: settings.Settings) -> None:
        try:
            settings.save(self._path, chosen)
        except StoreError as error:
            log.warning("%s", error)

    def close(self) -> None:
        """Wait for the last one."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)


def hook(window: Window) -> None:
    """Bugs are logged, and told in a sentence; nobody is shown a traceback."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QTimer.singleShot(0, window, window.close)
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        words = window.tr("Something went wrong inside the app. The transcript and the draft are safe.")
        window.notice.say(words, tone="bad")

    sys.excepthook = caught
    threading.excepthook = lambda args: log.error("unexpected, in a thread", exc_info=args.exc_value)


def run(argv: Sequence[str], home: Path | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window, and stay until it is closed. Needs a display. Raises StoreError before the window opens."""
    place = paths.find(home).ensure()
    report.start(place)
    app = QApplication([*argv] or ["post-composer"])
    app.setApplicationName(paths.APP)
    app.setApplicationDisplayName("Post Composer")
    app.setDesktopFileName(paths.APP)
    from composer.session import Session

    chosen = settings.load(place.settings)
    keeper = Keeper(place.settings)
    parts = Parts(app, Session(place, chosen), chosen, keeper)
    hook(parts.window)
    parts.window.show()
    if files:
        QTimer.singleShot(0, parts.window, lambda: parts.window.read_files(list(files)))
    QTimer.singleShot(300, parts.window, parts.session.warm)
    code = app.exec()
    parts.close()
    keeper.close()
    return code
