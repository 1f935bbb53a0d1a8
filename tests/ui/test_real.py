"""The whole way with the real session: read the sample, draft, edit, copy, leave, find it again."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer import paths
from composer.library.commands import Library
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
    sessions: Callable[[], Session], build: Callable[..., Window], qtbot: QtBot
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
    sessions: Callable[[], Session], build: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = build(sessions())
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    window.read_files([empty])
    qtbot.waitUntil(lambda: bool(window.notice.words), timeout=LONG)
    assert "\n" not in window.notice.words
    assert window.notice.words.endswith(".")
    assert not window.on_bench


def open_sample(window: Window, qtbot: QtBot) -> None:
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None, timeout=LONG)


def test_a_model_streams_stops_and_is_found_again(
    sessions: Callable[[], Session],
    build: Callable[..., Window],
    qtbot: QtBot,
    tiny_model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Real window, real session, real worker, real llama.cpp, with a small model of random weights."""
    session = sessions()
    Library(session.paths).agree(tiny_model)
    window = build(session)
    open_sample(window, qtbot)
    monkeypatch.setattr(window, "ask_files", lambda title, kinds: [str(tiny_model)])
    window.choices.choose_writer("choose")
    bench, editor = window.bench, window.bench.paper.editor
    qtbot.mouseClick(bench.paper.bar.draft, Qt.MouseButton.LeftButton)
    streamed: list[str] = []
    window.desk.partial.connect(lambda laid: streamed.append(laid.text))
    qtbot.waitUntil(lambda: len(streamed) > 1, timeout=2 * LONG)
    qtbot.mouseClick(bench.paper.bar.page.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.busy, timeout=LONG)
    assert window.notice.words.startswith("Stopped")
    assert not editor.isReadOnly()
    assert window.desk.evidence is not None

    window.drafting.draft()
    qtbot.waitUntil(lambda: not window.desk.busy, timeout=2 * LONG)
    assert "#" in editor.text().split("\n")[-1]
    editor.setFocus()
    qtbot.keyClicks(editor, " mine")
    text = editor.text()
    window.drafting.copy()
    assert QApplication.clipboard().text() == text
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)

    again = build(sessions())
    again.show_drafts(True)
    qtbot.waitUntil(lambda: len(again.drafts_model.rows) == 1, timeout=LONG)
    again.desk.open_draft(again.drafts_model.rows[0].id)
    qtbot.waitUntil(lambda: again.desk.draft_id is not None, timeout=LONG)
    assert again.bench.paper.editor.text() == text


def test_a_killed_worker_leaves_transcript_draft_and_window(
    sessions: Callable[[], Session], build: Callable[..., Window], qtbot: QtBot, tiny_model: Path
) -> None:
    session = sessions()
    Library(session.paths).agree(tiny_model)
    window = build(session)
    open_sample(window, qtbot)
    editor = window.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "My words")
    window.desk.writer, window.desk.model = "model", tiny_model
    with qtbot.waitSignal(window.desk.partial, timeout=2 * LONG):
        window.drafting.draft()
    assert session._engine is not None
    assert session._engine.pid is not None
    os.kill(session._engine.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(window.notice.words), timeout=LONG)
    assert "\n" not in window.notice.words
    assert editor.text() == "My words"
    assert not editor.isReadOnly()
    assert window.bench.source.model.rows
    window.drafting.draft()
    qtbot.waitUntil(lambda: not window.desk.busy and editor.text() != "My words", timeout=2 * LONG)


def test_a_file_that_is_no_model_is_told_and_nothing_is_lost(
    sessions: Callable[[], Session],
    build: Callable[..., Window],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = tmp_path / "wrong.gguf"
    wrong.write_bytes(b"this is no model")
    window = build(sessions())
    open_sample(window, qtbot)
    editor = window.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "My words")
    monkeypatch.setattr(window, "ask_files", lambda title, kinds: [str(wrong)])
    window.choices.choose_writer("choose")
    window.drafting.draft()
    qtbot.waitUntil(lambda: bool(window.notice.words), timeout=LONG)
    assert "\n" not in window.notice.words
    assert editor.text() == "My words"
    assert window.desk.evidence is not None
    qtbot.mouseClick(window.notice.way(0), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.busy and editor.text() != "My words", timeout=LONG)
    assert window.desk.writer == "builtin"


def test_openings_and_another_sentence_without_a_model(
    sessions: Callable[[], Session], build: Callable[..., Window], qtbot: QtBot
) -> None:
    window = build(sessions())
    open_sample(window, qtbot)
    qtbot.mouseClick(window.bench.paper.bar.draft, Qt.MouseButton.LeftButton)
    editor = window.bench.paper.editor
    qtbot.waitUntil(lambda: editor.gutter.pill.accessibleName().startswith("Opening 1 of"), timeout=LONG)
    before = editor.text()
    qtbot.mouseClick(editor.gutter.pill, Qt.MouseButton.LeftButton)
    box = window.drafting.wishes._openings
    assert box is not None
    qtbot.keyClick(box.list, Qt.Key.Key_2)
    assert editor.text().split("\n")[0] != before.split("\n")[0]
    assert editor.text().split("\n")[1:] == before.split("\n")[1:]

    sources = window.desk.evidence.sources if window.desk.evidence else ()
    form, seen = window.bench.paper.format, []
    for number, trace in editor.lines():
        block = editor.document().findBlockByNumber(number)
        if not block.text().startswith("• "):
            continue
        cursor = editor.textCursor()
        cursor.setPosition(block.position() + 3)
        editor.setTextCursor(cursor)
        now = editor.text()
        qtbot.mouseClick(form.another, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda now=now: editor.text() != now or bool(window.notice.words), timeout=LONG)
        if editor.text() != now:
            new = dict(editor.lines())[number]
            assert new.segments != trace.segments
            assert editor.document().findBlockByNumber(number).text().startswith("• ")
            seen.append(sources[new.source].segments[new.segments[0]].text)
        window.notice.hide()
    assert seen, "no chapter of the sample had another sentence"


def test_a_real_worker_says_a_selection_anew_and_finds_openings(
    sessions: Callable[[], Session],
    build: Callable[..., Window],
    qtbot: QtBot,
    tiny_model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A model of random weights may find no way to say it: then it says so, and nothing is changed."""
    session = sessions()
    Library(session.paths).agree(tiny_model)
    window = build(session)
    open_sample(window, qtbot)
    qtbot.mouseClick(window.bench.paper.bar.draft, Qt.MouseButton.LeftButton)
    editor, paper = window.bench.paper.editor, window.bench.paper
    qtbot.waitUntil(lambda: not window.desk.busy and bool(editor.lines()), timeout=LONG)
    monkeypatch.setattr(window, "ask_files", lambda title, kinds: [str(tiny_model)])
    window.choices.choose_writer("choose")
    before = editor.text()
    block = editor.document().findBlockByNumber(editor.lines()[1][0])
    cursor = editor.textCursor()
    cursor.setPosition(block.position())
    cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    qtbot.mouseClick(paper.format.ways["shorter"], Qt.MouseButton.LeftButton)
    assert paper.bar.busy
    qtbot.waitUntil(lambda: not window.desk.busy, timeout=2 * LONG)
    assert editor.text() == before
    if paper.offer.isVisible():
        qtbot.mouseClick(paper.offer.accept, Qt.MouseButton.LeftButton)
        assert editor.text() != before
        assert editor.text().count("\n") == before.count("\n")
    else:
        assert "found no other way to say this" in window.notice.words
    window.drafting.wishes.forget()
    qtbot.mouseClick(editor.gutter.pill, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.busy, timeout=2 * LONG)
    assert window.drafting.wishes._lines or window.notice.words


def test_a_rewrite_is_stopped_in_the_real_worker(
    sessions: Callable[[], Session],
    build: Callable[..., Window],
    qtbot: QtBot,
    tiny_model: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = sessions()
    Library(session.paths).agree(tiny_model)
    window = build(session)
    open_sample(window, qtbot)
    monkeypatch.setattr(window, "ask_files", lambda title, kinds: [str(tiny_model)])
    window.choices.choose_writer("choose")
    editor, paper = window.bench.paper.editor, window.bench.paper
    qtbot.keyClicks(editor, "A loaf takes fourteen hours from flour to shelf.")
    editor.selectAll()
    qtbot.mouseClick(paper.format.ways["rewrite"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(paper.bar.page.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.busy, timeout=LONG)
    assert window.notice.words == "Stopped. Nothing was changed."
    assert editor.text() == "A loaf takes fourteen hours from flour to shelf."
