"""What is done with saved drafts: the menu, the trash, and the revisions, by mouse and by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from composer.events import Drafted, Failed
from composer.ui.drafts_list import DraftsList
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession
from tests.ui.test_access import cut_off, nameless

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
OLD = "An older text.\n\nIt was shorter."


@pytest.fixture
def shelf(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> Window:
    """A window with the drafts open: the one on the desk first, three others."""
    session.rows = [replace(scripted.row(0), id=drafted.desk.draft_id or ""), *(scripted.row(n) for n in (1, 2, 3))]
    session.revisions = [
        (2, "2026-11-20T14:05:00+00:00", "Before the redraft by a model", OLD),
        (1, "2026-11-19T18:11:00+00:00", "Typed", "Notes"),
    ]
    qtbot.keyClick(drafted, KEY.Key_F9)
    qtbot.waitUntil(lambda: len(drafted.drafts_model.rows) == 4)
    return drafted


def choose(window: Window, qtbot: QtBot, words: str) -> None:
    """Click an entry of the open menu."""
    menu = window.bench.drafts._menu
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    action = next(a for a in menu.actions() if a.text().split("\t")[0] == words)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def open_menu(window: Window, qtbot: QtBot, number: int) -> None:
    """Point at a row, and press its button."""
    listed: DraftsList = window.bench.drafts.list
    # Where the pointer stands there already, moving it tells nobody.
    qtbot.mouseMove(listed.viewport(), QPoint(1, 1))
    qtbot.mouseMove(listed.viewport(), listed.visualRect(listed.rows.index(number)).center())
    qtbot.waitUntil(lambda: listed.acting == number)
    qtbot.mouseClick(listed.more, LEFT)


def to_row(window: Window, qtbot: QtBot, number: int) -> DraftsList:
    """Go to a row by keyboard."""
    panel = window.bench.drafts
    qtbot.keyClick(panel.search, KEY.Key_Down)
    for _ in range(number):
        qtbot.keyClick(panel.list, KEY.Key_Down)
    assert panel.list.hasFocus()
    assert panel.list.currentIndex().row() == number
    return panel.list


def titles(window: Window) -> list[str]:
    return [row.title for row in window.drafts_model.rows]


# -- pinned, named, copied, posted


def test_a_draft_is_pinned_from_its_menu(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    open_menu(shelf, qtbot, 1)
    choose(shelf, qtbot, "Pin")
    qtbot.waitUntil(lambda: shelf.drafts_model.rows[1].pinned)
    assert "pinned" in str(shelf.drafts_model.data(shelf.drafts_model.index(1)))
    qtbot.mouseClick(shelf.bench.drafts.scopes.part("pinned"), LEFT)
    qtbot.waitUntil(lambda: titles(shelf) == ["Why the Slow Ferry Is Never Late"])
    open_menu(shelf, qtbot, 0)
    choose(shelf, qtbot, "Unpin")
    qtbot.waitUntil(lambda: titles(shelf) == [])
    assert shelf.bench.drafts._empty.text().startswith("Nothing is pinned")


def test_a_draft_is_renamed_in_its_row(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    listed = to_row(shelf, qtbot, 2)
    qtbot.keyClick(listed, KEY.Key_F2)
    assert listed.naming.hasFocus()
    qtbot.keyClicks(listed.naming, "Entrances")
    qtbot.keyClick(listed.naming, KEY.Key_Return)
    qtbot.waitUntil(lambda: titles(shelf)[2] == "Entrances")
    assert listed.hasFocus()
    qtbot.keyClick(listed, KEY.Key_F2)
    qtbot.keyClicks(listed.naming, "No")
    qtbot.keyClick(listed.naming, KEY.Key_Escape)
    assert not listed.naming.isVisible()
    assert len(session.asked("rename")) == 1
    assert shelf.bench.drafts_open


def test_the_name_of_the_open_draft_stands_above_it(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    open_menu(shelf, qtbot, 0)
    choose(shelf, qtbot, "Rename")
    naming = shelf.bench.drafts.list.naming
    qtbot.keyClicks(naming, "The wall")
    qtbot.keyClick(naming, KEY.Key_Return)
    qtbot.waitUntil(lambda: shelf.top.title.text() == "The wall")
    shelf.bench.paper.editor.setFocus()
    qtbot.keyClicks(shelf.bench.paper.editor, "more ")
    qtbot.waitUntil(lambda: shelf.desk.settled)
    assert shelf.top.title.text() == "The wall"


def test_a_draft_is_duplicated_and_the_copy_opened(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    open_menu(shelf, qtbot, 1)
    choose(shelf, qtbot, "Duplicate")
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 5)
    assert shelf.toast.words == "The draft was duplicated"
    qtbot.mouseClick(shelf.toast._way, LEFT)
    qtbot.waitUntil(lambda: shelf.desk.draft_id == "copy")


def test_posted_is_what_the_person_says(
    shelf: Window, session: ScriptedSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    shelf.drafting.copy()
    shelf.drafting.copy_plain()
    shelf.drafting.copy_and_open()
    assert session.asked("posted") == []
    open_menu(shelf, qtbot, 1)
    choose(shelf, qtbot, "Mark as posted")
    qtbot.waitUntil(lambda: bool(shelf.drafts_model.rows[1].posted))
    assert session.asked("posted")[0]["network"] == shelf.desk.brief.network
    assert shelf.drafts_model.date(shelf.drafts_model.rows[1]).startswith("Posted")
    qtbot.mouseClick(shelf.bench.drafts.scopes.part("posted"), LEFT)
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 1)
    open_menu(shelf, qtbot, 0)
    choose(shelf, qtbot, "Mark as not posted")
    qtbot.waitUntil(lambda: shelf.drafts_model.rows == ())


def test_search_and_scope_go_together_and_are_counted(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.rows = [replace(row, pinned=True) for row in session.rows]
    qtbot.mouseClick(shelf.bench.drafts.scopes.part("pinned"), LEFT)
    qtbot.keyClicks(shelf.bench.drafts.search, "ferry")
    qtbot.waitUntil(lambda: shelf.bench.drafts._count.text() == "1 of 4")
    assert session.asked("list")[-1] == {"query": "ferry", "scope": "pinned"}


def test_the_menu_opens_by_keyboard(shelf: Window, qtbot: QtBot) -> None:
    listed = to_row(shelf, qtbot, 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(listed, event)
    menu = shelf.bench.drafts._menu
    assert menu is not None
    assert menu.accessibleName() == "A Museum"
    qtbot.keyClick(menu, KEY.Key_Down)
    qtbot.keyClick(menu, KEY.Key_Return)
    qtbot.waitUntil(lambda: shelf.drafts_model.rows[3].pinned)
    assert shelf.bench.drafts.list.currentIndex().row() == 3


# -- the trash


def test_delete_moves_to_the_trash_and_undo_brings_back(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    listed = to_row(shelf, qtbot, 1)
    qtbot.keyClick(listed, KEY.Key_Delete)
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 3)
    assert shelf.toast.words == "Draft moved to the trash"
    assert listed.currentIndex().row() == 1
    qtbot.mouseClick(shelf.toast._way, LEFT)
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 4)
    qtbot.keyClick(listed, KEY.Key_Delete)
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 3)
    qtbot.keyClick(listed, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 4)


def test_the_open_draft_is_put_away_and_opened_again(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    draft, text = shelf.desk.draft_id, shelf.bench.paper.editor.text()
    open_menu(shelf, qtbot, 0)
    choose(shelf, qtbot, "Move to trash")
    qtbot.waitUntil(lambda: shelf.bench.paper.editor.text() == "")
    assert shelf.desk.draft_id is None
    assert shelf.bench.drafts_open
    assert session.texts[draft or ""] == text
    qtbot.waitUntil(lambda: shelf.toast.words == "Draft moved to the trash")
    qtbot.mouseClick(shelf.toast._way, LEFT)
    qtbot.waitUntil(lambda: shelf.desk.draft_id == draft)
    assert shelf.bench.paper.editor.text() == text


def test_the_trash_gives_back(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.rows[3] = replace(session.rows[3], trashed="2026-11-18T09:00:00+00:00")
    qtbot.mouseClick(shelf.bench.drafts.scopes.part("trash"), LEFT)
    qtbot.waitUntil(lambda: titles(shelf) == ["A Museum"])
    listed = shelf.bench.drafts.list
    qtbot.mouseClick(listed.viewport(), LEFT, pos=listed.visualRect(listed.rows.index(0)).center())
    assert session.asked("open") == []
    choose(shelf, qtbot, "Restore")
    qtbot.waitUntil(lambda: titles(shelf) == [])
    assert not session.rows[3].trashed
    assert shelf.bench.drafts._empty.text() == "The trash is empty."


def test_gone_for_good_is_asked_first(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    gone = "2026-11-18T09:00:00+00:00"
    session.rows[1:] = [replace(row, trashed=gone, revisions=7) for row in session.rows[1:]]
    qtbot.mouseClick(shelf.bench.drafts.scopes.part("trash"), LEFT)
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 3)
    qtbot.mouseClick(shelf.bench.drafts.more, LEFT)
    choose(shelf, qtbot, "Delete all for good…")
    dialog = shelf.keeping.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.windowTitle() == "Delete 3 drafts for good?"
    assert dialog.words == "They and their 21 revisions cannot be brought back."
    assert dialog.focusWidget() is dialog.keep
    assert nameless(dialog) == []
    qtbot.keyClick(dialog.keep, KEY.Key_Return)
    assert session.asked("delete") == []
    listed = shelf.bench.drafts.list
    listed.setCurrentIndex(listed.rows.index(0))
    qtbot.keyClick(listed, KEY.Key_Delete)
    dialog = shelf.keeping.dialog
    assert dialog is not None
    assert dialog.words == "It and its 7 revisions cannot be brought back."
    qtbot.mouseClick(dialog.delete, LEFT)
    qtbot.waitUntil(lambda: len(shelf.drafts_model.rows) == 2)
    assert len(session.asked("delete")) == 1


def test_what_fails_is_said_and_nothing_changes(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.fail["pin"] = Failed(0, "The drafts could not be changed.", "Nothing was changed.")
    open_menu(shelf, qtbot, 1)
    choose(shelf, qtbot, "Pin")
    qtbot.waitUntil(lambda: bool(shelf.notice.words))
    assert shelf.notice.words == "The drafts could not be changed. Nothing was changed."


# -- revisions


def test_a_revision_is_compared_and_restored_in_one_undo(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = shelf.bench.paper.editor
    text = editor.text()
    qtbot.keyClick(shelf, KEY.Key_H, CTRL | SHIFT)
    panel = shelf.keeping.revisions
    qtbot.waitUntil(lambda: len(panel.model.lines) == 5)
    assert panel.isVisible()
    assert not shelf.bench.preview.isVisible()
    assert panel.list.hasFocus()
    assert panel.words.text().startswith("Restoring keeps the text of ")
    qtbot.keyClick(panel.list, KEY.Key_Down)
    qtbot.waitUntil(lambda: shelf.keeping.comparing)
    page = shelf.keeping.compare
    assert "An older text" in page.text.toPlainText()
    assert page.restore.property("kind") == "filled"
    assert shelf.top.copy.property("kind") == "outlined"
    assert nameless(shelf) == []
    qtbot.mouseClick(page.restore, LEFT)
    qtbot.waitUntil(lambda: editor.text() == OLD)
    assert editor.isVisible()
    assert shelf.toast.words.startswith("Restored the text of")
    qtbot.waitUntil(lambda: len(panel.model.lines) == 6)
    assert panel.model.lines[2].words == "Before a revision was restored"
    qtbot.mouseClick(shelf.toast._way, LEFT)
    assert editor.text() == text


def test_back_to_editing_changes_nothing(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = shelf.bench.paper.editor
    text = editor.text()
    open_menu(shelf, qtbot, 0)
    choose(shelf, qtbot, "Revisions")
    panel = shelf.keeping.revisions
    qtbot.waitUntil(lambda: len(panel.model.lines) == 5)
    where = panel.list.visualRect(panel.model.index_of(2)).center()
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=where)
    qtbot.waitUntil(lambda: shelf.keeping.comparing)
    qtbot.mouseClick(shelf.keeping.compare.back, LEFT)
    assert not shelf.keeping.comparing
    assert shelf.focusWidget() is editor
    assert editor.text() == text
    panel.list.setFocus()
    qtbot.keyClick(panel.list, KEY.Key_Escape)
    assert shelf.bench.preview.isVisible()
    assert session.asked("restore") == []


def test_the_differences_have_both_grounds(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    shelf.keeping.show_revisions()
    panel = shelf.keeping.revisions
    qtbot.waitUntil(lambda: len(panel.model.lines) == 5)
    qtbot.keyClick(panel.list, KEY.Key_Down)
    qtbot.waitUntil(lambda: shelf.keeping.comparing)
    block, found = shelf.keeping.compare.text.document().begin(), set()
    while block.isValid():
        for part in block.textFormats():
            form = part.format
            if form.background().style() != Qt.BrushStyle.NoBrush:
                found.add((form.background().color().name().upper(), form.fontUnderline(), form.fontStrikeOut()))
        block = block.next()
    tokens = shelf.theme.tokens
    assert found == {(tokens.added, True, False), (tokens.removed, False, True)}


def test_the_revisions_of_another_draft_open_it(shelf: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    open_menu(shelf, qtbot, 2)
    choose(shelf, qtbot, "Revisions")
    qtbot.waitUntil(lambda: shelf.desk.draft_id == "d2")
    qtbot.waitUntil(lambda: shelf.bench.beside is not None)
    assert session.asked("revisions")[-1]["draft"] == "d2"


@pytest.mark.parametrize("size", [(1280, 800), (880, 560), (1920, 1080)])
def test_nothing_is_cut_off_beside_the_revisions(build, session: ScriptedSession, qtbot: QtBot, size) -> None:
    window = build(session, size=size)
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: window.desk.draft_id is not None)
    session.revisions = [(1, "2026-11-20T14:05:00+00:00", "Before the redraft by a model", OLD)]
    window.show_drafts(True)
    window.keeping.show_revisions()
    panel = window.keeping.revisions
    qtbot.waitUntil(lambda: len(panel.model.lines) > 2)
    qtbot.keyClick(panel.list, KEY.Key_Down)
    qtbot.waitUntil(lambda: window.keeping.comparing)
    assert cut_off(window) == []
    window.keeping.close_revisions()
    assert window.bench.beside is None
    assert not window.keeping.comparing


# -- no words are lost


def test_a_redraft_takes_the_words_before_it_along(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "Mine ")
    text = editor.text()
    qtbot.keyClick(drafted, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(session.asked("save")[-1]["before"]))
    saved = session.asked("save")[-1]
    assert isinstance(saved["drafted"], Drafted)
    assert saved["before"] == (("Before the redraft by the built-in writer", text),)


def test_a_save_that_fails_does_not_lose_them(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    text = drafted.bench.paper.editor.text()
    session.fail["save"] = Failed(0, "The disk is full.", "Your text is still here.")
    qtbot.keyClick(drafted, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(drafted.notice.words))
    del session.fail["save"]
    qtbot.mouseClick(drafted.notice.findChildren(QPushButton)[0], LEFT)
    qtbot.waitUntil(lambda: drafted.desk.settled)
    saved = session.asked("save")[-1]
    assert saved["drafted"] is not None
    assert saved["before"] == (("Before the redraft by the built-in writer", text),)


def test_a_draft_that_is_stopped_keeps_the_words_before_it(
    drafted: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    text = drafted.bench.paper.editor.text()
    session.auto = False
    drafted.drafting.draft()
    session.emit(scripted.partial(session.job("draft"), 9))
    drafted.desk.stop()
    qtbot.waitUntil(lambda: len(session.asked("save")) > 1)
    qtbot.waitUntil(lambda: bool(session.asked("save")[-1]["before"]))
    assert session.asked("save")[-1]["before"] == (("Before a draft that was stopped", text),)


def test_a_draft_that_comes_back_leaves_the_list_and_the_focus_where_they_are(
    shelf: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    listed = to_row(shelf, qtbot, 0)
    qtbot.keyClick(listed, KEY.Key_Delete)
    qtbot.waitUntil(lambda: shelf.desk.draft_id is None and len(shelf.drafts_model.rows) == 3)
    qtbot.keyClick(listed, KEY.Key_Z, CTRL)
    qtbot.waitUntil(lambda: shelf.desk.draft_id is not None)
    assert shelf.bench.drafts.isVisible()
    assert listed.hasFocus()
