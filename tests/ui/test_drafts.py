"""Autosave, the list of drafts, and leaving."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.events import Failed, Saved
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession

CTRL = Qt.KeyboardModifier.ControlModifier


def test_typing_is_saved_within_a_second(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, " and more")
    qtbot.waitUntil(lambda: session.asked("save")[-1]["text"] == editor.text(), timeout=1000)
    assert session.asked("save")[-1]["draft"] == drafted.desk.draft_id
    qtbot.waitUntil(lambda: drafted.top.state.text().startswith("Saved"))


def test_a_draft_is_saved_at_once_with_its_sources(drafted: Window, session: ScriptedSession) -> None:
    first = session.asked("save")[0]
    assert first["draft"] is None
    assert first["drafted"] is not None
    assert [source.title for source in first["sources"]] == ["kitchen-wall.vtt"]


def test_typing_without_a_source_is_a_draft_too(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    editor = window.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "Notes")
    qtbot.waitUntil(lambda: window.desk.draft_id is not None, timeout=1500)
    qtbot.keyClicks(editor, " of mine")
    qtbot.waitUntil(lambda: session.texts.get(window.desk.draft_id or "") == "Notes of mine", timeout=1500)
    assert len(session.texts) == 1


def test_words_typed_while_the_first_save_runs_are_not_lost(
    window: Window, session: ScriptedSession, qtbot: QtBot, monkeypatch
) -> None:
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    calls: list[tuple[object, str]] = []
    monkeypatch.setattr(session, "save", lambda draft, text, **_: (calls.append((draft, text)), 900 + len(calls))[1])
    editor = window.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "One")
    qtbot.waitUntil(lambda: len(calls) == 1, timeout=1500)
    qtbot.keyClicks(editor, " two")
    window.new_draft()
    assert calls == [(None, "One")]
    window.desk.take(Saved(901, "d7", "2026-11-20T14:32:00+00:00"))
    assert calls[-1] == ("d7", "One two")
    assert window.desk.draft_id is None


def test_a_save_that_fails_is_told_and_tried_again(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.fail["save"] = Failed(0, "The draft could not be saved.", "Your text is still here.")
    editor = drafted.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    qtbot.waitUntil(lambda: bool(drafted.notice.words), timeout=1500)
    assert drafted.notice.words == "The draft could not be saved. Your text is still here."
    assert drafted.top.state.text() == "Not saved"
    del session.fail["save"]
    qtbot.mouseClick(drafted.notice.way(0), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.texts.get(drafted.desk.draft_id or "") == editor.text())


def test_leaving_waits_for_the_last_words(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "last")
    drafted.close()
    qtbot.waitUntil(lambda: not drafted.isVisible())
    assert session.texts[drafted.desk.draft_id or ""] == editor.text()


def test_leaving_stays_where_saving_fails(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.fail["save"] = Failed(0, "The disk is full.", "Your text is still here.")
    editor = drafted.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    drafted.close()
    qtbot.waitUntil(lambda: bool(drafted.notice.words))
    assert drafted.isVisible()
    assert drafted.notice.words.startswith("The disk is full.")


def test_drafts_are_listed_searched_and_opened(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.rows = [scripted.row(number) for number in range(4)]
    session.texts["d1"] = "The ferry leaves when everyone is aboard."
    qtbot.mouseClick(drafted.top.drafts_button, Qt.MouseButton.LeftButton)
    panel = drafted.bench.drafts
    assert panel.search.hasFocus()
    qtbot.waitUntil(lambda: len(drafted.drafts_model.rows) == 4)
    qtbot.keyClicks(panel.search, "ferry")
    qtbot.waitUntil(lambda: [row.id for row in drafted.drafts_model.rows] == ["d1"])
    where = panel.list.visualRect(drafted.drafts_model.index(0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: drafted.desk.draft_id == "d1")
    assert drafted.bench.paper.editor.text() == "The ferry leaves when everyone is aboard."
    assert not drafted.bench.drafts_open
    assert drafted.bench.source.model.rows


def test_a_draft_opens_by_keyboard_with_its_times(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.rows = [scripted.row(0)]
    qtbot.keyClick(drafted, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(drafted.drafts_model.rows) == 1)
    qtbot.keyClick(drafted.bench.drafts.search, Qt.Key.Key_Down)
    qtbot.keyClick(drafted.bench.drafts.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: drafted.desk.draft_id == "d0")
    assert [trace.segments for _, trace in drafted.bench.paper.editor.lines()] == [(n,) for n in scripted.USED]


def test_no_draft_holds_the_words(drafted: Window, qtbot: QtBot) -> None:
    drafted.show_drafts(True)
    qtbot.keyClicks(drafted.bench.drafts.search, "zebra")
    qtbot.waitUntil(lambda: "zebra" in drafted.bench.drafts._empty.text())
    assert drafted.bench.drafts._empty.isVisible()


def test_recent_drafts_stand_on_the_first_page(build: Callable[..., Window], qtbot: QtBot) -> None:
    session = ScriptedSession(rows=[scripted.row(number) for number in range(4)])
    window = build(session)
    qtbot.waitUntil(lambda: window.empty._recent.isVisible())
    listed = window.empty._list
    assert listed is not None
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    qtbot.waitUntil(lambda: window.desk.draft_id == "d0")
    assert window.on_bench


def test_a_new_draft_puts_the_old_one_away(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "kept")
    text, old = editor.text(), drafted.desk.draft_id
    qtbot.keyClick(drafted, Qt.Key.Key_N, CTRL)
    assert session.texts[old or ""] == text
    assert not drafted.on_bench
    assert drafted.desk.sources == ()
    assert editor.text() == ""


def test_another_source_begins_another_draft(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    old = drafted.desk.draft_id
    drafted.open_sample()
    qtbot.waitUntil(lambda: drafted.bench.paper.editor.text() == "")
    assert drafted.desk.draft_id is None
    assert session.texts[old or ""] == scripted.laid().text


def test_a_source_beside_the_first_keeps_the_text(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    drafted.read_files(["/talks/more.vtt"], add=True)
    qtbot.waitUntil(lambda: not drafted.desk.busy)
    assert [path.name for path in session.asked("read")[-1]["paths"]] == ["more.vtt"]
    assert [source.title for source in session.asked("read")[-1]["beside"]] == ["kitchen-wall.vtt"]
    assert drafted.bench.source.name.text() == "2 sources"
    assert drafted.bench.paper.editor.text() == scripted.laid().text


def test_a_file_stands_beside_a_pasted_text_and_the_other_way_round(
    window: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    """A pasted text has no file to read it from again: it is handed on as it was read."""
    QApplication.clipboard().setText("Somebody said this.")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    assert window.bench.source.add_button.isEnabled()
    window.ask_files = lambda *_: ["/talks/more.vtt"]  # type: ignore[method-assign]
    qtbot.mouseClick(window.bench.source.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.desk.sources) == 2)
    QApplication.clipboard().setText("Somebody else said that.")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    asked = session.asked("read_text")[-1]
    assert asked["text"] == "Somebody else said that."
    assert len(asked["beside"]) == 2


@pytest.mark.parametrize(("high", "shown"), [(800, 3), (600, 2), (560, 1)])
def test_a_low_first_page_shows_fewer_drafts_and_nothing_lies_over_anything(
    window: Window, session: ScriptedSession, qtbot: QtBot, high: int, shown: int
) -> None:
    session.rows = [scripted.row(n) for n in range(4)]
    window.resize(900, high)
    window.desk.list_drafts("")
    page = window.empty
    qtbot.waitUntil(lambda: page._list is not None and len(page._list.rows.rows) == shown)
    parts = [page.area, page._recent, page._offer]

    def in_order() -> bool:
        places = [part.mapTo(page, part.rect().topLeft()).y() for part in parts]  # type: ignore[union-attr]
        ends = [top + part.height() for top, part in zip(places, parts, strict=True)]  # type: ignore[union-attr]
        return all(end <= top for end, top in zip(ends, [*places[1:], page.height()], strict=True))

    qtbot.waitUntil(in_order)
    assert page.area.height() >= page.area.sizeHint().height()
    window.resize(900, 900)
    qtbot.waitUntil(lambda: len(page._list.rows.rows) == 3)  # type: ignore[union-attr]


def test_the_search_is_cleared_by_its_cross(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.rows = [scripted.row(n) for n in range(4)]
    window.show_drafts(True)
    drafts = window.bench.drafts
    cross = drafts.search.cross
    assert not cross.isVisible()
    qtbot.keyClicks(drafts.search, "keeper")
    assert cross.isVisible()
    qtbot.waitUntil(lambda: len(window.drafts_model.rows) == 1)
    qtbot.keyClick(drafts.search, Qt.Key.Key_Tab)
    assert cross.hasFocus()
    qtbot.keyClick(cross, Qt.Key.Key_Space)
    assert drafts.search.hasFocus()
    assert drafts.search.text() == ""
    qtbot.waitUntil(lambda: len(window.drafts_model.rows) == 4)
