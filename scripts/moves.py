"""Every state of the window that is a movement or a result: caught in the middle of it, or right after."""

from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip, QWidget

from composer.text.problems import Problem
from composer.ui.controls import MenuButton
from composer.ui.window import Window
from scripts.states import State, done, kept, modelled, read, revisions, stopped, wait
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession

KEY, MOD, LEFT = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Held:
    """Where the mouse is, in the window, and the words it carries. The system draws both, and no grab has them."""

    at: QPoint
    words: str = ""


def hold(window: Window, part: QWidget, at: QPoint, words: str = "") -> None:
    """The mouse is at a place of a part of the window."""
    window.setProperty("held", Held(part.mapTo(window, at), words))


def place_of(window: Window, words: str, *, after: bool = False) -> QPoint:
    """Where words of the post stand, in the editor's viewport."""
    editor = window.bench.paper.editor
    found = editor.document().find(words)
    cursor = QTextCursor(editor.document())
    cursor.setPosition(found.selectionEnd() if after else found.selectionStart())
    return editor.cursorRect(cursor).center()


def caret_in(window: Window, words: str) -> None:
    """The caret after words of the post."""
    editor = window.bench.paper.editor
    at = editor.text().index(words) + len(words)
    editor.select(at, at)
    editor.setFocus()


def side(window: Window, part: str) -> None:
    """In a narrow window: what the side column shows."""
    if not window.bench.preview.isVisible() and part == "preview":
        window.bench.side.part("preview").click()


# -- the source


def glow(window: Window, session: ScriptedSession) -> None:
    """A point was clicked: its second in the source, while the glow fades."""
    read(window, session)
    window.drafting.draft()
    wait(250)
    editor = window.bench.paper.editor
    at = place_of(window, "Four minutes")
    QTest.mouseClick(editor.viewport(), LEFT, MOD.NoModifier, at)
    hold(window, editor.viewport(), at)
    view = window.bench.source.list
    while not 0 < view._delegate.glow_strength < 0.7:
        wait(20)
    view._fade.blockSignals(True)


def pointed(window: Window, session: ScriptedSession) -> None:
    """A sentence of the source was added as a point."""
    done(window, session)
    caret_in(window, "less food.")
    open_battery(window)
    window.bench.source.list.setFocus()
    QTest.keyClick(window.bench.source.list, KEY.Key_Return)


def quoted(window: Window, session: ScriptedSession) -> None:
    """A sentence of the source was added as a quotation."""
    done(window, session)
    caret_in(window, "less food.")
    open_battery(window)
    window.bench.source.list.setFocus()
    QTest.keyClick(window.bench.source.list, KEY.Key_Q)


def open_battery(window: Window) -> None:
    """Open the actions of one sentence."""
    view = window.bench.source.list
    number = next(n for n, row in enumerate(view.source_model.rows) if row.kind == "text" and "battery" in row.text)
    view.setCurrentIndex(view.source_model.index(number))
    view.open_sentence(number, view.source_model.index_of.sentences(view.source_model.rows[number])[-1])


# -- the editor


def dragging(window: Window, session: ScriptedSession) -> None:
    """Words are dragged: the caret shows where they would go."""
    done(window, session)
    editor, words = window.bench.paper.editor, "saved the first hour"
    at = editor.text().index(words)
    editor.select(at, at + len(words))
    editor.setFocus()
    data = editor.createMimeDataFromSelection()
    target = place_of(window, "In the first month")
    move = Qt.DropAction.MoveAction
    enter = QDragEnterEvent(QPointF(target), move, data, LEFT, MOD.NoModifier)
    QApplication.sendEvent(editor.viewport(), enter)
    QApplication.sendEvent(editor.viewport(), QDragMoveEvent(QPointF(target), move, data, LEFT, MOD.NoModifier))
    hold(window, editor.viewport(), target, words)


def pasted(window: Window, session: ScriptedSession) -> None:
    """What a browser put on the clipboard, pasted: its words, without its colours and hidden marks."""
    done(window, session)
    data = QMimeData()
    data.setText("Four hundred meals,\u00a0one list.\u200b\nThe wall has no battery\u2060")
    data.setHtml(
        '<p style="color:red;font-size:28px">Four hundred meals,&nbsp;<b>one list</b>.&#8203;</p>'
        '<ul><li><a href="https://example.org/wall?utm_source=x">The wall</a> has no battery</li></ul>'
    )
    QApplication.clipboard().setMimeData(data)
    caret_in(window, "was one list.")
    editor = window.bench.paper.editor
    QTest.keyClick(editor, KEY.Key_Return)
    editor.paste()


def moved(window: Window, session: ScriptedSession) -> None:
    """A line was moved up, and its second went with it."""
    done(window, session)
    caret_in(window, "saved the first hour.")
    editor = window.bench.paper.editor
    for _ in range(2):
        QTest.keyClick(editor, KEY.Key_Up, MOD.AltModifier)


def listed(window: Window, session: ScriptedSession) -> None:
    """Enter in a list: the next bullet is there."""
    done(window, session)
    caret_in(window, "saved the first hour.")
    QTest.keyClick(window.bench.paper.editor, KEY.Key_Return)
    QTest.keyClicks(window.bench.paper.editor, "And nobody")


def styled(window: Window, session: ScriptedSession) -> None:
    """All six kinds of letters, each by its key."""
    read(window, session)
    editor = window.bench.paper.editor
    keys = (
        ("Bold", KEY.Key_B, MOD.ControlModifier), ("Italic", KEY.Key_I, MOD.ControlModifier),
        ("Mono", KEY.Key_M, MOD.ControlModifier), ("Underlined", KEY.Key_U, MOD.ControlModifier),
        ("Struck", KEY.Key_X, MOD.ControlModifier | MOD.ShiftModifier), ("Plain", KEY.Key_T, MOD.ControlModifier),
    )  # fmt: skip
    editor.setFocus()
    for name, key, modifier in keys:
        start = len(editor.text())
        editor.textCursor().insertText(f"{name} letters on the wall\n")
        editor.select(start, len(editor.text()) - 1)
        QTest.keyClick(editor, key, modifier)
        editor.moveCursor(QTextCursor.MoveOperation.End)
    # Two lines at once, one of them styled in part.
    editor.select(editor.text().index("\n") + 3, len(editor.text()) - 9)


def typed_and_redrafted(window: Window, session: ScriptedSession) -> None:
    """Words of one's own, and a redraft over them."""
    session.variants = 3
    done(window, session)
    caret_in(window, "was one list.")
    QTest.keyClicks(window.bench.paper.editor, " I stood in that kitchen.")
    wait(60)
    QTest.keyClick(window, KEY.Key_Return, MOD.ControlModifier)
    wait(60)


def undone(window: Window, session: ScriptedSession) -> None:
    """A redraft was undone: the words typed before it are back."""
    typed_and_redrafted(window, session)
    QTest.keyClick(window.bench.paper.editor, KEY.Key_Z, MOD.ControlModifier)


def redone(window: Window, session: ScriptedSession) -> None:
    """And redone: the redraft is there again."""
    undone(window, session)
    QTest.keyClick(window.bench.paper.editor, KEY.Key_Z, MOD.ControlModifier | MOD.ShiftModifier)


# -- drafting


def menu_of(window: Window, field: str) -> None:
    """Open a menu of the brief; in a narrow window the one they are folded into."""
    bar = window.bench.paper.bar
    button: MenuButton = bar.menus[field] if bar.menus[field].isVisible() else bar.folded  # type: ignore[assignment]
    menu = button.menu()
    menu.aboutToShow.emit()
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def brief(window: Window, session: ScriptedSession) -> None:
    """The brief, with a model: one of its menus is open."""
    modelled(window, session)
    menu_of(window, "tone")


def grey(window: Window, session: ScriptedSession) -> None:
    """Without a model: tone is grey, and says why."""
    done(window, session)
    bar = window.bench.paper.bar
    part = bar.menus["tone"] if bar.menus["tone"].isVisible() else bar.folded
    if part is bar.folded:
        menu_of(window, "tone")
        return
    hold(window, part, part.rect().center())
    QToolTip.showText(part.mapToGlobal(part.rect().center()), part.toolTip(), part)


def ways(window: Window, session: ScriptedSession) -> None:
    """A selection, and by Alt+Enter the ways to have it said anew."""
    modelled(window, session)
    editor = window.bench.paper.editor
    at = editor.text().index("The order that")
    editor.select(at, editor.text().index("\n", at))
    editor.setFocus()
    QTest.keyClick(editor, KEY.Key_Return, MOD.AltModifier)


def settings(window: Window, session: ScriptedSession) -> None:
    """The settings, opened by key."""
    done(window, session)
    open_menu(window.top.settings)


def copying(window: Window, session: ScriptedSession) -> None:
    """The other ways to copy."""
    done(window, session)
    open_menu(window.top.copy_more)


def networks(window: Window, session: ScriptedSession) -> None:
    """The networks, and in a narrow window the devices with them."""
    done(window, session)
    preview = window.bench.preview
    if not preview.isVisible():
        window.bench.side.part("preview").click()
    open_menu(preview.network if preview.network.isVisible() else preview.device_menu)


def open_menu(button: QToolButton) -> None:
    """Open a button's menu below it."""
    menu = button.menu()
    corner = QPoint(button.width() - menu.sizeHint().width(), button.height())
    menu.popup(button.mapToGlobal(corner))
    window = button.window()
    # The offscreen screen may be smaller than the window, and keeps a menu on it.
    window.setProperty("menu_at", button.mapTo(window, corner))


def going_on(window: Window, session: ScriptedSession) -> None:
    """A draft that was stopped goes on: what was written stays in view, and more comes."""
    stopped(window, session)
    wait(60)
    window.bench.paper.notice.way(0).click()
    job = session.job("draft")
    session.emit(scripted.progress(job, 420))
    session.emit(scripted.partial(job, 11))


# -- preview, checks, hashtags


def unfolded(window: Window, session: ScriptedSession) -> None:
    """The card was clicked: it shows all of the post."""
    done(window, session)
    side(window, "preview")
    window.bench.preview.flush()
    card = window.bench.preview.card
    QTest.mouseClick(card, LEFT, MOD.NoModifier, QPoint(100, 100))


def fixes(window: Window, session: ScriptedSession) -> None:
    """Alt+Enter at a problem: its ways out."""
    done(window, session)
    caret_in(window, "40 perc")
    QTest.keyClick(window.bench.paper.editor, KEY.Key_Return, MOD.AltModifier)


def fixed(window: Window, session: ScriptedSession) -> None:
    """A problem was mended with one click: its words are replaced, and all is fine."""
    done(window, session)
    side(window, "preview")
    session.problems = ()
    window.bench.preview.checks.fixed.emit(window.drafting.marks.problems[0])
    wait(300)


def over(window: Window, session: ScriptedSession) -> None:
    """More than the network takes."""
    read(window, session)
    window.drafting.draft()
    wait(250)
    editor = window.bench.paper.editor
    editor.edit(len(editor.text()), len(editor.text()), "\n\n" + "The wall is never wrong for long. " * 68)
    most = len(editor.text())
    session.problems = (Problem(most - 68, most, "length", "error", "The post is 68 units too long: 3068 of 3000."),)
    side(window, "preview")
    window.bench.paper.flush()


def chip(window: Window, session: ScriptedSession) -> None:
    """A hashtag is dragged: the others make room."""
    done(window, session)
    side(window, "preview")
    wait(60)
    chips = window.bench.preview.chips
    held, target = chips.chips["#Hospital"], chips.chips["#Checklists"]
    start, end = held.rect().center(), held.mapFrom(chips, target.geometry().center())
    QTest.mousePress(held, LEFT, MOD.NoModifier, start)
    QTest.mouseMove(held, start - QPoint(15, 0))
    QTest.mouseMove(held, end)
    hold(window, chips, target.geometry().center())


# -- copying, and the saved drafts


def copied_plain(window: Window, session: ScriptedSession) -> None:
    """The plain text was copied, and the toast says so."""
    done(window, session)
    window.drafting.copy_plain()


def posted(window: Window, session: ScriptedSession) -> None:
    """What was posted."""
    kept(window, session)
    window.bench.drafts.scopes.part("posted").click()


def pinned(window: Window, session: ScriptedSession) -> None:
    """A second draft was pinned: it moved to the top."""
    kept(window, session)
    window.keeping._act("pin", window.drafts_model.rows[1])


def given_back(window: Window, session: ScriptedSession) -> None:
    """A draft was taken out of the trash."""
    trash_without_question(window, session)
    window.keeping._act("restore", window.drafts_model.rows[0])


def trash_without_question(window: Window, session: ScriptedSession) -> None:
    """The trash."""
    kept(window, session)
    window.bench.drafts.scopes.part("trash").click()
    wait(80)


def restored(window: Window, session: ScriptedSession) -> None:
    """A revision was restored: the text of before is one undo away."""
    revisions(window, session)
    wait(120)
    window.keeping.compare.restore.click()


MOVES: tuple[State, ...] = (
    glow, pointed, quoted, dragging, pasted, moved, listed, styled, undone, redone, brief, grey, ways,
    settings, copying, networks, going_on, unfolded, fixes, fixed, over, chip, copied_plain,
    posted, pinned, given_back, restored,
)  # fmt: skip
