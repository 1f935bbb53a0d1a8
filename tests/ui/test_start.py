"""With the first picture every key works, before there is a session; the rest is made a piece at a time."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.settings import Settings
from composer.ui import command_table
from composer.ui.app import Parts
from composer.ui.commands import Command
from composer.ui.errands import Errands
from composer.ui.window import Window
from tests.ui.scripted import ScriptedSession

TEXT = "The oven is never the bottleneck. The list on the wall is read aloud at the change of shift."


@pytest.fixture
def fresh(qtbot: QtBot, qapp: QApplication, session: ScriptedSession) -> Iterator[Parts]:
    """A window with its first picture and nothing else."""
    parts = Parts(qapp, lambda: session, Settings(), lambda _: None)  # type: ignore[arg-type, return-value]
    with qtbot.waitSignal(parts.window.pictured):
        parts.window.show()
    qtbot.waitActive(parts.window)
    yield parts
    if parts.session is None:
        parts.start()
    parts.desk.detach()
    parts.window.quit_anyway()
    parts.close()
    parts.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(window: Window, keys: str) -> None:
    """Press keys as the system brings them: to the window."""
    combination = QKeySequence(keys)[0]  # type: ignore[index]
    QTest.keyClick(window.windowHandle(), combination.key(), combination.keyboardModifiers())


def test_every_shortcut_answers_with_the_first_picture(
    fresh: Parts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, ran = fresh.window, list[str]()
    table = command_table.table

    def noting(command: Command) -> Command:
        def run() -> None:
            ran.append(command.name)
            command.act()

        return command._replace(act=run)

    monkeypatch.setattr(command_table, "table", lambda window: [noting(command) for command in table(window)])
    monkeypatch.setattr(window, "ask_files", lambda title, kinds: [])
    monkeypatch.setattr(window, "close", lambda: True)
    QApplication.clipboard().setText("")
    # The menu of settings holds the one who pressed until it is closed.
    closing = QTimer()
    closing.timeout.connect(_close_menu)
    closing.start(0)
    expected = []
    for command in table(window):
        for keys in command.keys:
            press(window, keys)
            expected.append(command.name)
            assert ran == expected, keys
            # Each on the first page, as if it were the first; after a menu the window is the active one again.
            window.show_empty()
            window.activateWindow()
            qtbot.waitActive(window)
    assert fresh.session is None


def _close_menu() -> None:
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()


def test_words_typed_before_there_is_a_session_are_saved(fresh: Parts, session: ScriptedSession, qtbot: QtBot) -> None:
    window = fresh.window
    press(window, "F9")
    assert window.on_bench
    press(window, "F6")
    for letter in "early":
        press(window, letter)
    assert window.bench.paper.editor.text() == "early"
    assert fresh.session is None
    fresh.start()
    qtbot.waitUntil(lambda: "early" in session.texts.values())


def test_a_text_pasted_before_there_is_a_session_is_read(fresh: Parts, session: ScriptedSession, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(TEXT)
    press(fresh.window, "Ctrl+V")
    assert fresh.window.on_bench
    assert fresh.desk.busy == "read"
    assert not session.calls
    fresh.start()
    qtbot.waitUntil(lambda: fresh.desk.evidence is not None)


def test_reading_is_stopped_before_there_is_a_session(fresh: Parts, session: ScriptedSession) -> None:
    QApplication.clipboard().setText(TEXT)
    press(fresh.window, "Ctrl+V")
    press(fresh.window, "Esc")
    assert fresh.desk.busy == ""
    assert fresh.window.on_empty
    fresh.start()
    assert [name for name, _, _ in session.calls] == ["list"]


def test_the_columns_are_built_in_steps_and_are_the_same(fresh: Parts, qtbot: QtBot) -> None:
    fresh.start()
    steps = sum(1 for _ in fresh.window.preparing())
    assert steps > 20
    assert fresh.window.built
    assert fresh.window.bench is fresh.window.columns.bench
    assert fresh.window.on_empty


def test_errands_let_events_in_and_rest_for_an_answer(qtbot: QtBot) -> None:
    done: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(1000):
            done.append(number)
            yield

    home = QObject()
    errands = Errands(home, steps())
    errands.rest()
    errands.start()
    errands.rest()
    QApplication.processEvents()
    assert not done
    qtbot.waitUntil(lambda: len(done) == 1000)
    assert not errands._timer.isActive()


def test_an_errand_that_fails_is_told_and_ends_them(qtbot: QtBot, build: Callable[..., Window]) -> None:
    def steps() -> Iterator[None]:
        yield
        raise KeyError("bug")

    home = QObject()
    errands = Errands(home, steps())
    with qtbot.captureExceptions() as caught:
        errands.start()
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is KeyError
    assert not errands._timer.isActive()
