"""Drafts and revisions with the real session and the real store: what was done is there after a restart."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from composer import paths
from composer.drafts import Drafts
from composer.session import Session
from composer.settings import Settings
from composer.ui.window import Window

CTRL, KEY = Qt.KeyboardModifier.ControlModifier, Qt.Key


def test_a_redraft_is_taken_back_through_its_revision(
    build: Callable[..., Window], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[threading.Thread] = set()
    original = Drafts._told

    def told(self: Drafts, verb: str):  # type: ignore[no-untyped-def]
        threads.add(threading.current_thread())
        return original(self, verb)

    monkeypatch.setattr(Drafts, "_told", told)
    window = build(Session(paths.find(tmp_path), Settings()))
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None, timeout=30_000)
    qtbot.keyClick(window, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.desk.draft_id is not None, timeout=30_000)
    editor = window.bench.paper.editor
    qtbot.keyClicks(editor, " Mine.")
    mine = editor.text()
    qtbot.keyClick(window, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not window.desk.busy and window.desk.settled and editor.text() != mine, timeout=30_000)
    qtbot.keyClick(window, KEY.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    panel = window.keeping.revisions
    qtbot.waitUntil(lambda: any(line.number > 0 for line in panel.model.lines), timeout=30_000)
    assert panel.model.lines[2].words == "Before the redraft by the built-in writer"
    qtbot.keyClick(panel.list, KEY.Key_Down)
    qtbot.waitUntil(lambda: window.keeping.comparing, timeout=30_000)
    qtbot.mouseClick(window.keeping.compare.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: editor.text() == mine, timeout=30_000)
    qtbot.waitUntil(lambda: window.desk.settled, timeout=30_000)
    draft = window.desk.draft_id or ""
    qtbot.keyClick(window, KEY.Key_F9)
    qtbot.waitUntil(lambda: len(window.drafts_model.rows) == 1, timeout=30_000)
    qtbot.keyClick(window.bench.drafts.search, KEY.Key_Down)
    qtbot.keyClick(window.bench.drafts.list, KEY.Key_Delete)
    qtbot.waitUntil(lambda: window.drafts_model.rows == (), timeout=30_000)
    assert editor.text() == ""
    assert threading.main_thread() not in threads
    with_window = threads.copy()
    store = Drafts(paths.find(tmp_path).drafts)
    assert store.get(draft).text == mine
    assert [row.id for row in store.rows(scope="trash")] == [draft]
    assert [revision.reason for revision in store.revisions(draft)][-1] != "Typed"
    assert "Before a revision was restored" in [revision.reason for revision in store.revisions(draft)]
    store.close()
    assert {thread.name.split("_")[0] for thread in with_window} == {"store"}


def test_every_line_leads_back_to_its_second_after_a_restart(
    build: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    """Also the lines of a text that an undo brought back, and those that were added from the source."""
    window = build(Session(paths.find(tmp_path), Settings()))
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None, timeout=30_000)
    editor = window.bench.paper.editor
    for _ in range(2):
        before = editor.text()
        qtbot.keyClick(window, KEY.Key_Return, CTRL)
        qtbot.waitUntil(lambda old=before: not window.desk.busy and editor.text() != old, timeout=30_000)
    qtbot.keyClick(editor, KEY.Key_Z, CTRL)
    view = window.bench.source.list
    number = next(n for n, row in enumerate(view.source_model.rows) if row.kind == "text")
    view.setCurrentIndex(view.source_model.index(number))
    view.setFocus()
    qtbot.keyClick(view, KEY.Key_Q)
    window.bench.paper.flush()
    text, lines = editor.text(), editor.lines()
    assert len(lines) > 3
    qtbot.waitUntil(lambda: window.desk.settled, timeout=30_000)
    window.desk.flush()
    qtbot.waitUntil(lambda: window.desk.settled, timeout=30_000)
    draft = window.desk.draft_id or ""
    again = build(Session(paths.find(tmp_path), Settings()))
    again.desk.open_draft(draft)
    qtbot.waitUntil(lambda: again.desk.draft_id == draft, timeout=30_000)
    assert again.bench.paper.editor.text() == text
    assert again.bench.paper.editor.lines() == lines
