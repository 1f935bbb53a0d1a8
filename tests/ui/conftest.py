"""A window on a scripted session."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.settings import Settings
from composer.ui import dates, spare_references
from composer.ui.app import Parts
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession

# Panels are tested without a window too, which is what does this otherwise.
spare_references()


def pytest_itemcollected(item: pytest.Item) -> None:
    """The offscreen plugin says of every window that it cannot be raised or limited in size. It does no harm."""
    if "tests/ui/" in item.path.as_posix():
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def _the_day(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of what a scripted session tells: its newest drafts are today's whenever the tests run."""
    if "session" in request.fixturenames:
        monkeypatch.setattr(dates, "today", scripted.today)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As `composer.ui.app.application` starts it."""
    return ["post-composer", "-style", "Fusion"]


@pytest.fixture
def session() -> ScriptedSession:
    """Answers at once."""
    return ScriptedSession()


@pytest.fixture
def kept() -> list[Settings]:
    """The settings that were kept, newest last."""
    return []


@pytest.fixture
def build(qtbot: QtBot, qapp: QApplication, kept: list[Settings]) -> Iterator[Callable[..., Window]]:
    """Opens windows, and closes them after the test."""
    made: list[Parts] = []

    def open_window(session: object, chosen: Settings | None = None, size: tuple[int, int] = (1280, 800)) -> Window:
        parts = Parts(qapp, lambda: session, chosen or Settings(), kept.append)  # type: ignore[arg-type, return-value]
        made.append(parts)
        parts.window.resize(*size)
        parts.window.show()
        qtbot.waitExposed(parts.window)
        parts.start()
        return parts.window

    yield open_window
    for parts in made:
        parts.desk.detach()
        parts.window.quit_anyway()
        parts.close()
        parts.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(build: Callable[..., Window], session: ScriptedSession) -> Window:
    """An open window with nothing in it."""
    return build(session)


@pytest.fixture
def drafted(window: Window, session: ScriptedSession, qtbot: QtBot) -> Window:
    """A window in which the talk was read and a post drafted."""
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: window.desk.draft_id is not None)
    return window
