"""The main job through the window: open, draft, stop, edit, copy, save, find again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.events import Failed
from composer.settings import Settings
from composer.text.style import unstyle
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def clipboard() -> str:
    return QApplication.clipboard().text()


def kinds(window: Window) -> list[str]:
    """The filled buttons in view."""
    parts = [window.empty.open_button, window.top.copy]
    if window.on_bench:
        parts.append(window.bench.paper.bar.draft)
    return [part.text().strip() for part in parts if part.isVisible() and part.property("kind") == "filled"]


# -- the first page


def test_the_first_page_offers_a_file_and_the_sample(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    assert window.empty.open_button.hasFocus()
    assert kinds(window) == ["Open a file…"]
    qtbot.mouseClick(window.empty.sample_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    assert session.asked("read")[0]["paths"][0].name.endswith(".vtt")
    assert window.on_bench
    assert kinds(window) == ["Draft"]
    assert window.bench.paper.bar.draft.hasFocus()


def test_open_asks_for_files(window: Window, session: ScriptedSession, qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(window, "ask_files", lambda title, kinds: ["/talks/a.vtt", "/talks/b.vtt"])
    qtbot.mouseClick(window.empty.open_button, Qt.MouseButton.LeftButton)
    assert session.asked("read")[0]["paths"] == (Path("/talks/a.vtt"), Path("/talks/b.vtt"))


def test_a_dropped_file_is_read(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/talks/a.vtt")])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.empty, QDragEnterEvent(QPointF(50, 50), *how))
    QApplication.sendEvent(window.empty, QDropEvent(QPointF(50, 50), *how))
    assert session.asked("read")[0]["paths"] == (Path("/talks/a.vtt"),)


def test_pasted_text_is_read(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("Somebody said this.")
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert session.asked("read_text")[0]["text"] == "Somebody said this."


def test_an_empty_clipboard_is_told(window: Window, qtbot: QtBot) -> None:
    QApplication.clipboard().clear()
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert "holds no text" in window.empty.notice.words


def test_a_file_that_cannot_be_read_leaves_the_first_page(
    window: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.fail["read"] = Failed(0, "This file is empty.", "Nothing was changed.", "Choose another file.")
    window.open_sample()
    qtbot.waitUntil(lambda: bool(window.notice.words))
    assert not window.on_bench
    assert window.notice.words == "This file is empty. Nothing was changed. Choose another file."


def test_reading_can_be_stopped(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.auto = False
    window.open_sample()
    assert window.bench.paper.bar.busy
    assert "Reading" in window.bench.paper.bar.page.words.text()
    qtbot.mouseClick(window.bench.paper.bar.page.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.on_bench)
    assert window.empty.notice.words.startswith("Stopped.")


# -- the source


def test_the_source_shows_times_speakers_and_chapters(drafted: Window) -> None:
    rows = drafted.bench.source.model.rows
    assert any(row.kind == "chapter" and row.meta == "01:36" for row in rows)
    assert any(row.speaker == "The cook" for row in rows)
    assert drafted.bench.source.facts.text() == "10:55 · 2 speakers"
    assert drafted.bench.source.legend.text() == "6 of 11 minutes in the post 1 more found"


def test_a_source_without_times_shows_its_paragraphs(build: Callable[..., Window], qtbot: QtBot) -> None:
    session = ScriptedSession(timed=False)
    window = build(session)
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: bool(window.bench.paper.editor.text()))
    metas = [row.meta for row in window.bench.source.model.rows if row.kind == "text"]
    assert metas[:2] == ["¶ 1", "¶ 2"]
    assert window.bench.source.facts.text() == "12 paragraphs"
    editor = window.bench.paper.editor
    assert [trace.start for _, trace in editor.lines()] == [None] * 6


def test_a_click_on_a_point_glows_in_the_source(drafted: Window, qtbot: QtBot) -> None:
    editor, view = drafted.bench.paper.editor, drafted.bench.source.list
    _, rect_trace, _ = editor.gutter.shown()[2]
    rect = editor.gutter.shown()[2][0]
    qtbot.mouseClick(editor.gutter, Qt.MouseButton.LeftButton, pos=rect.center())
    number = drafted.bench.source.model.row_for(0, rect_trace.segments[0])
    assert view.glowing_row == number
    assert view.viewport().rect().intersects(view.visualRect(view.source_model.index(number)))


def test_the_caret_line_is_found_by_key(drafted: Window, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    at = editor.text().index("Four minutes")
    editor.select(at, at)
    qtbot.keyClick(editor, Qt.Key.Key_J, CTRL)
    row = drafted.bench.source.model.rows[drafted.bench.source.list.glowing_row]
    assert "Four" in row.text or "four minutes" in row.text


def test_a_click_on_a_sentence_adds_it_as_a_point(drafted: Window, qtbot: QtBot) -> None:
    bench = drafted.bench
    view, model = bench.source.list, bench.source.model
    number = next(n for n, row in enumerate(model.rows) if "battery" in row.text)
    view.scrollTo(model.index(number))
    rect = view.visualRect(model.index(number))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(40, 36))
    assert bench.source.point_button.isVisible()
    sentence = view.open_text
    bench.paper.editor.select(0, 0)
    qtbot.mouseClick(bench.source.point_button, Qt.MouseButton.LeftButton)
    lines = bench.paper.editor.text().split("\n")
    assert lines[1] == f"• {sentence}"
    assert (1, 4) in [(line, trace.segments[0]) for line, trace in bench.paper.editor.lines()]


def test_a_sentence_is_quoted_by_key(drafted: Window, qtbot: QtBot) -> None:
    view, editor = drafted.bench.source.list, drafted.bench.paper.editor
    number = next(n for n, row in enumerate(view.source_model.rows) if "battery" in row.text)
    view.setFocus()
    view.setCurrentIndex(view.source_model.index(number))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Q)
    assert "“New cooks wanted an app.”" in editor.text()


def test_the_coverage_bar_jumps(drafted: Window, qtbot: QtBot) -> None:
    bar = drafted.bench.source.coverage
    cell = bar.drawn[7]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(cell.left + 2, 4))
    assert drafted.bench.source.list.glowing_row >= 0
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert bar.accessibleDescription().startswith(bar.drawn[8].first.label)


def test_search_in_the_source(drafted: Window, qtbot: QtBot) -> None:
    source = drafted.bench.source
    source.list.setFocus()
    qtbot.keyClick(source.list, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(source._search, "recipes")
    assert source._found.text() == "1 of 1"
    assert "recipes" in source.model.rows[source.list.glowing_row].text
    qtbot.keyClick(source._search, Qt.Key.Key_Escape)
    assert source._search_row.isHidden()


# -- drafting


def test_a_draft_streams_in_and_can_be_edited(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    session.auto = False
    qtbot.mouseClick(window.bench.paper.bar.draft, Qt.MouseButton.LeftButton)
    bar, editor, job = window.bench.paper.bar, window.bench.paper.editor, session.job("draft")
    assert bar.busy
    assert editor.isReadOnly()
    assert not window.top.copy.isEnabled()
    session.emit(scripted.progress(job, 312))
    qtbot.waitUntil(lambda: bar.page.words.text() == "Reading 05:12 of 10:55")
    assert bar.page.part == pytest.approx(312 / 655)
    session.emit(scripted.partial(job, 5))
    qtbot.waitUntil(lambda: editor.toPlainText().startswith(scripted.laid().text[:6]))
    assert window.bench.preview.counter.measure.count > 0
    session.emit(session.drafted(job, window.desk.brief))
    qtbot.waitUntil(lambda: not bar.busy)
    assert editor.text() == scripted.laid().text
    assert editor.textCursor().position() == len(editor.text().split("\n")[0].encode("utf-16-le")) // 2
    assert kinds(window) == ["Copy"]
    assert bar.draft.text() == "Redraft"
    editor.setFocus()
    qtbot.keyClicks(editor, " now")
    assert "now" in editor.text().split("\n")[0]


def test_stop_keeps_what_was_written(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    session.auto = False
    window.drafting.draft()
    session.emit(scripted.progress(session.job("draft"), 312))
    qtbot.waitUntil(lambda: "05:12" in window.bench.paper.bar.page.words.text())
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(window.notice.words))
    assert window.notice.words == "Stopped at 05:12. What was written is kept."
    editor = window.bench.paper.editor
    assert editor.text() == scripted.laid(until=9).text
    qtbot.mouseClick(window.notice.way(1), Qt.MouseButton.LeftButton)
    assert editor.text() == ""


def test_a_failure_keeps_the_text_and_offers_ways_on(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    before = editor.text()
    session.auto = False
    drafted.desk.writer, drafted.desk.model = "model", Path("/models/small.gguf")
    drafted.drafting.draft()
    job = session.job("draft")
    session.emit(scripted.partial(job, 5))
    session.emit(Failed(job, "The model's process ended.", "Your text is safe.", "Draft again."))
    qtbot.waitUntil(lambda: bool(drafted.notice.words))
    assert drafted.notice.words == "The model's process ended. Your text is safe. Draft again."
    assert editor.text() == before
    assert not editor.isReadOnly()
    assert drafted.desk.evidence is not None
    session.auto = True
    qtbot.mouseClick(drafted.notice.way(0), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not drafted.desk.busy)
    assert session.asked("draft")[-1]["writer"] == "builtin"


def test_a_redraft_is_another_variant_and_one_undo_away(
    drafted: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    editor = drafted.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, " mine")
    mine = editor.text()
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not drafted.desk.busy and editor.text() != mine)
    assert session.asked("draft")[-1]["variant"] == 1
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == mine


def test_a_new_brief_begins_anew(drafted: Window, session: ScriptedSession, kept: list[Settings], qtbot: QtBot) -> None:
    qtbot.mouseClick(drafted.bench.paper.bar.shape.part("list"), Qt.MouseButton.LeftButton)
    drafted.drafting.draft()
    qtbot.waitUntil(lambda: not drafted.desk.busy)
    asked = session.asked("draft")[-1]
    assert (asked["brief"].shape, asked["variant"]) == ("list", 0)
    assert kept[-1].shape == "list"


def test_what_a_writer_does_not_honour_is_grey_and_says_why(drafted: Window, monkeypatch) -> None:
    bar = drafted.bench.paper.bar
    assert bar.menus["length"].isEnabled()
    for field in ("tone", "audience", "language"):
        assert not bar.menus[field].isEnabled()
        assert "needs a model" in bar.menus[field].toolTip()
        assert bar.menus[field].accessibleDescription() == bar.menus[field].toolTip()
    monkeypatch.setattr(drafted, "ask_files", lambda title, kinds: ["/models/small.gguf"])
    drafted.choices.choose_writer("choose")
    assert all(menu.isEnabled() for menu in bar.menus.values())
    assert drafted.top.writer.text() == "small"
    assert drafted.settings.model == str(Path("/models/small.gguf"))


def test_the_brief_is_chosen_from_menus(drafted: Window, kept: list[Settings]) -> None:
    bar = drafted.bench.paper.bar
    action = next(a for a in bar.menus["length"].menu().actions() if a.text() == "Short")
    action.trigger()
    assert bar.brief.length == "short"
    assert bar.menus["length"].text() == "Short"
    assert kept[-1].length == "short"


def test_notices_of_a_draft_are_shown(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.notices = ("The source is short, so the post is.",)
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: bool(window.notice.words))
    assert window.notice.words == "The source is short, so the post is."


# -- copying


def test_copy_puts_the_exact_text_on_the_clipboard(drafted: Window, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    qtbot.keyClick(editor, Qt.Key.Key_C, CTRL | SHIFT)
    assert clipboard() == editor.text() == scripted.laid().text
    count = len(editor.text().encode("utf-16-le")) // 2
    assert drafted.toast.words == f"Copied exactly: {count:,} characters"


def test_copy_plain_has_no_styled_letters(drafted: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(drafted.bench.paper.editor, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.AltModifier)
    assert clipboard() == unstyle(scripted.laid().text)
    assert drafted.toast.words.startswith("Copied plain")


def test_copy_and_open_opens_the_network(drafted: Window, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("composer.ui.copying.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    drafted.drafting.copy_and_open()
    assert clipboard() == scripted.laid().text
    assert opened[0].startswith("https://www.linkedin.com/feed/")


def test_a_clipboard_that_takes_nothing_is_told(drafted: Window, monkeypatch) -> None:
    class Deaf:
        def setText(self, text: str) -> None: ...

        def text(self) -> str:
            return ""

    monkeypatch.setattr("composer.ui.copying.QApplication.clipboard", Deaf)
    drafted.drafting.copy()
    assert drafted.toast.words == "The clipboard did not take the text. Select it and copy."


# -- the window


def test_narrow_shows_source_or_preview(build: Callable[..., Window], session: ScriptedSession, qtbot: QtBot) -> None:
    window = build(session, size=(900, 600))
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: bool(window.bench.paper.editor.text()))
    bench = window.bench
    assert bench.source.isVisible()
    assert not bench.preview.isVisible()
    qtbot.mouseClick(bench.side.part("preview"), Qt.MouseButton.LeftButton)
    assert bench.preview.isVisible()
    assert bench.paper.format.words.text().endswith("/ 3,000")
    rect = bench.paper.editor.gutter.shown()[0][0]
    qtbot.mouseClick(bench.paper.editor.gutter, Qt.MouseButton.LeftButton, pos=rect.center())
    assert bench.source.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: bench.preview.isVisible() and bench.source.isVisible())


def test_wide_keeps_four_columns(build: Callable[..., Window], session: ScriptedSession, qtbot: QtBot) -> None:
    window = build(session, size=(1920, 1080))
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    bench = window.bench
    assert bench.drafts.isVisible()
    assert bench.source.isVisible()
    assert bench.preview.isVisible()


def test_the_theme_is_chosen_and_kept(drafted: Window, kept: list[Settings]) -> None:
    drafted.top.theme_actions["dark"].trigger()
    assert drafted.theme.dark
    assert kept[-1].theme == "dark"
    drafted.top.theme_actions["light"].trigger()
    assert not drafted.theme.dark


def test_commands_are_found_and_run(drafted: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(drafted.bench.paper.editor, Qt.Key.Key_K, CTRL)
    palette = drafted._palette
    assert palette is not None
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "copy ex")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert clipboard() == scripted.laid().text
    assert drafted.bench.paper.editor.hasFocus()


def test_columns_by_key(drafted: Window, qtbot: QtBot) -> None:
    drafted.bench.paper.editor.setFocus()
    qtbot.keyClick(drafted, Qt.Key.Key_F6)
    assert drafted.bench.preview.card.hasFocus()
    qtbot.keyClick(drafted, Qt.Key.Key_F6)
    assert drafted.bench.source.list.hasFocus()
    qtbot.keyClick(drafted, Qt.Key.Key_F6, SHIFT)
    assert drafted.bench.preview.card.hasFocus()
