"""The whole way with the real session: read the sample, draft, edit, copy, leave, find it again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer import paths
from composer.session import Session
from composer.settings import Settings
from composer.ui.window import Window

LONG = 30_000


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[Callable[[], Session]]:
    made: list[Session] = []

    def make() -> Session:
        made.append(Session(paths.find(tmp_path / "home"), Settings()))
        return made[-1]

    yield make
    for session in made:
        session.close()


def test_a_sample_becomes_a_post_and_is_found_again(
    build: Callable[..., Window], sessions: Callable[[], Session], qtbot: QtBot
) -> None:
    window = build(sessions())
    qtbot.mouseClick(window.empty.sample_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.evidence is not None, timeout=LONG)
    assert window.bench.source.model.rows
    qtbot.mouseClick(window.bench.paper.bar.draft, Qt.MouseButton.LeftButton)
    editor = window.bench.paper.editor
    qtbot.waitUntil(lambda: not window.desk.busy and bool(editor.text()), timeout=LONG)
    assert editor.lines(), "no line of the post leads back to the source"
    assert window.bench.preview.chips.chips
    qtbot.keyClicks(editor, " mine")
    text = editor.text()
    assert " mine" in text.split("\n")[0]
    qtbot.keyClick(editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.clipboard().text() == text
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)

    again = build(sessions())
    qtbot.waitUntil(lambda: again.empty._list is not None, timeout=LONG)
    again.show_drafts(True)
    qtbot.waitUntil(lambda: len(again.drafts_model.rows) == 1, timeout=LONG)
    again.desk.open_draft(again.drafts_model.rows[0].id)
    qtbot.waitUntil(lambda: again.desk.draft_id is not None, timeout=LONG)
    assert again.bench.paper.editor.text() == text
    assert again.bench.paper.editor.lines()
    assert again.bench.source.model.rows


def test_a_wrong_file_is_told_in_a_sentence(
    build: Callable[..., Window], sessions: Callable[[], Session], qtbot: QtBot, tmp_path: Path
) -> None:
    window = build(sessions())
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    window.read_files([empty])
    qtbot.waitUntil(lambda: bool(window.notice.words), timeout=LONG)
    assert "\n" not in window.notice.words
    assert window.notice.words.endswith(".")
    assert not window.on_bench
