"""Every control has a name and a role; the focus can be seen; nothing is cut off; bugs are told in a sentence."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from composer.events import Saved
from composer.ui.app import hook
from composer.ui.bridge import Bridge
from composer.ui.window import Window
from tests.ui.scripted import ScriptedSession

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)


def nameless(root: QWidget) -> list[str]:
    found = []
    for part in root.findChildren(QWidget):
        if not part.isVisibleTo(root):
            continue
        if isinstance(part, CONTROLS) or part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            face = QAccessible.queryAccessibleInterface(part)
            if face is None or not face.text(QAccessible.Text.Name):
                found.append(f"{type(part).__name__} {part.objectName()}")
            elif face.role() == QAccessible.Role.NoRole:
                found.append(f"no role: {type(part).__name__}")
    return [name for name in found if "QScroll" not in name and "qt_" not in name]


def test_no_control_is_without_name_and_role(drafted: Window) -> None:
    assert nameless(drafted) == []


def test_the_first_page_too(window: Window) -> None:
    assert nameless(window) == []


def test_every_control_is_reached_by_tab(drafted: Window, qtbot: QtBot) -> None:
    chips = drafted.bench.preview.chips
    # They come a moment after the text.
    qtbot.waitUntil(lambda: bool(chips.chips) and all(chip.isVisible() for chip in chips.chips.values()))
    seen: list[QWidget] = []
    drafted.top.drafts_button.setFocus()
    for _ in range(120):
        focus = drafted.focusWidget()
        if focus is None or focus in seen[:1]:
            break
        seen.append(focus)
        assert drafted.focusNextPrevChild(True)
    bench = drafted.bench
    wanted = [bench.paper.editor, bench.source.list, bench.source.coverage, bench.preview.card, bench.paper.bar.draft]
    wanted += [drafted.top.copy, bench.paper.format.buttons["bold"], *bench.preview.chips.chips.values()]
    assert [part for part in wanted if part not in seen] == []


def test_the_focus_is_drawn_around_what_has_it(drafted: Window, qtbot: QtBot) -> None:
    draft, ring = drafted.bench.paper.bar.draft, drafted._ring
    assert ring is not None
    draft.setFocus()
    assert ring.isVisible()
    assert ring.geometry().contains(draft.rect().translated(draft.mapTo(drafted, draft.rect().topLeft())))
    drafted.bench.paper.editor.setFocus()
    assert not ring.isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (880, 560), (1920, 1080)])
def test_no_words_are_cut_off(build: Callable[..., Window], session: ScriptedSession, qtbot: QtBot, size) -> None:
    window = build(session, size=size)
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: bool(window.bench.paper.editor.text()))
    qtbot.waitUntil(lambda: cut_off(window) == [])


def cut_off(window: Window) -> list[str]:
    """Labels and buttons in view that are narrower than their words."""
    found = []
    for part in window.findChildren(QWidget):
        if not part.isVisible() or not (type(part) is QLabel or isinstance(part, QAbstractButton)):
            continue
        if isinstance(part, QLabel) and (part.wordWrap() or not part.text() or part.pixmap().width()):
            continue
        if part.width() < part.minimumSizeHint().width():
            found.append(f"{part.text()}: {part.width()} < {part.minimumSizeHint().width()}")
    return found


def test_events_cross_threads_in_order_and_always_later(qtbot: QtBot) -> None:
    bridge, got = Bridge(), []
    bridge.arrived.connect(lambda event: got.append((event.job, threading.current_thread())))
    bridge(Saved(1, "d", "t"))
    assert got == []
    workers = [threading.Thread(target=lambda n=n: bridge(Saved(n, "d", "t"))) for n in (2, 3)]
    for worker in workers:
        worker.start()
        worker.join()
    qtbot.waitUntil(lambda: len(got) == 3)
    assert got == [(n, threading.main_thread()) for n in (1, 2, 3)]
    bridge.close(lambda: None)
    bridge(Saved(4, "d", "t"))
    qtbot.wait(20)
    assert len(got) == 3


def test_a_bug_is_told_in_a_sentence(drafted: Window, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    hook(drafted)
    try:
        raise KeyError("secret words")
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert drafted.notice.words == "Something went wrong inside the app. The transcript and the draft are safe."
    assert "KeyError" in caplog.text


def test_qt_does_not_wear_out_the_interpreter() -> None:
    """Before Python 3.12, PySide6 6.12 takes references of None and True away; see composer/ui/__init__.py."""
    code = (
        "from composer.ui import spare_references\nspare_references()\nfrom PySide6.QtCore import QObject, Signal\n"
        "class Source(QObject):\n    said = Signal()\n"
        "source = Source()\nfor _ in range(50_000): source.said.emit(); source.setObjectName('a')\nprint('alive')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "alive\n", done.stderr


def test_starting_the_window_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom PySide6.QtWidgets import QApplication\nfrom composer import paths, settings\n"
        "from composer.session import Session\nfrom composer.ui.app import Parts\n"
        "app = QApplication(['x'])\nplace = paths.find(__import__('pathlib').Path(sys.argv[1]))\n"
        "parts = Parts(app, lambda: Session(place, settings.Settings()), settings.Settings(), lambda _: None)\n"
        "parts.window.show(); app.processEvents(); parts.start(); app.processEvents()\n"
        "heavy = ('numpy', 'keyring', 'py3langid', 'pypdf', 'docx', 'llama_cpp')\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "parts.window.quit_anyway(); parts.close()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr


def test_nothing_listens_after_the_end(build: Callable[..., Window], session: ScriptedSession) -> None:
    window = build(session)
    assert len(session.listeners) == 1
    assert isinstance(window, QObject)
