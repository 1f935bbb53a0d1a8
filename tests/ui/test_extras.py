"""The listener, chips that move, emoji, the name on the card, the clipboard at the end, and the keys of the paper."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.events import SourcesRead
from composer.settings import Settings
from composer.text.access import hear
from composer.text.style import style, unstyle
from composer.ui import keepers
from composer.ui import lines as rules
from composer.ui.small_boxes import emoji_words
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import TAGS, ScriptedSession

KEY, MOD = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


# -- as a listener hears it


def test_the_post_as_a_listener_hears_it(drafted: Window, kept: list[Settings], qtbot: QtBot) -> None:
    preview, editor = drafted.bench.preview, drafted.bench.paper.editor
    qtbot.mouseClick(preview.device.part("listener"), LEFT)
    heard = hear(editor.text())
    assert preview.listener.isVisible()
    assert not preview.card.isVisible()
    assert preview.listener.skipped.text() == heard.skipped
    assert preview.listener.spelled.text() == heard.spelled
    assert preview.listener.share.text().startswith(f"{round(heard.share * 100)} % of the letters are styled")
    assert kept[-1].preview == "listener"
    editor.setFocus()
    qtbot.keyClick(editor, KEY.Key_A, MOD.ControlModifier)
    qtbot.keyClick(editor, KEY.Key_T, MOD.ControlModifier)
    qtbot.waitUntil(lambda: preview.listener.skipped.text() == editor.text())
    assert not preview.listener.spelled.isVisible()
    assert preview.listener.share.text().startswith("No letter is styled")
    qtbot.mouseClick(preview.device.part("phone"), LEFT)
    assert preview.card.isVisible()


def test_the_listener_is_chosen_in_a_narrow_window(
    build: Callable[..., Window], session: ScriptedSession, qtbot: QtBot
) -> None:
    window = build(session, size=(900, 600))
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: bool(window.bench.paper.editor.text()))
    qtbot.mouseClick(window.bench.side.part("preview"), LEFT)
    menu = window.bench.preview.device_menu
    assert menu.isVisible()
    menu.setFocus()
    menu.menu().popup(menu.mapToGlobal(QPoint(0, menu.height())))
    for _ in range(3):
        qtbot.keyClick(menu.menu(), KEY.Key_Down)
    qtbot.keyClick(menu.menu(), KEY.Key_Return)
    assert window.bench.preview.listener.isVisible()
    assert menu.text() == "LinkedIn, listener"


# -- hashtags


def test_a_chip_moves_by_key_and_the_tag_with_it(drafted: Window, qtbot: QtBot) -> None:
    chips, editor = drafted.bench.preview.chips, drafted.bench.paper.editor
    before = editor.text()
    chip = chips.chips["#NightShift"]
    chip.setFocus()
    qtbot.keyClick(chip, KEY.Key_Left, MOD.AltModifier)
    assert editor.text().endswith("\n#Kitchens #NightShift #Checklists #Hospital")
    qtbot.keyClick(chips.chips["#NightShift"], KEY.Key_Up, MOD.AltModifier)
    assert editor.text().endswith("\n#NightShift #Kitchens #Checklists #Hospital")
    assert chips.chips["#NightShift"].hasFocus()
    assert [*chips.chips][:2] == ["#NightShift", "#Kitchens"]
    assert editor.text().split("\n")[:-1] == before.split("\n")[:-1]
    qtbot.keyClick(chips.chips["#NightShift"], KEY.Key_Right, MOD.AltModifier)
    editor.setFocus()
    for _ in range(3):
        qtbot.keyClick(editor, KEY.Key_Z, MOD.ControlModifier)
    assert editor.text() == before


def test_a_chip_is_dragged(drafted: Window, qtbot: QtBot) -> None:
    chips, editor = drafted.bench.preview.chips, drafted.bench.paper.editor
    chip, target = chips.chips["#Hospital"], chips.chips["#Kitchens"]
    start, end = chip.rect().center(), chip.mapFrom(chips, target.geometry().center())
    qtbot.mousePress(chip, LEFT, pos=start)
    qtbot.mouseMove(chip, start - QPoint(15, 0))
    qtbot.mouseMove(chip, end)
    qtbot.mouseRelease(chip, LEFT, pos=chip.mapFrom(chips, QPoint(4, 4)))
    assert editor.text().endswith("\n#Hospital #Kitchens #Checklists #NightShift")
    assert chip.isChecked()
    assert chips.chips["#Hospital"].geometry().left() == 0


def test_a_chip_put_in_takes_its_place(drafted: Window, qtbot: QtBot) -> None:
    chips, editor = drafted.bench.preview.chips, drafted.bench.paper.editor
    qtbot.mouseClick(chips.chips["#Checklists"], LEFT)
    qtbot.mouseClick(chips.chips["#Checklists"], LEFT)
    assert editor.text() == scripted.laid().text
    assert [*chips.chips] == [*TAGS]
    qtbot.keyClick(editor, KEY.Key_Z, MOD.ControlModifier)
    assert editor.text().endswith("\n#Kitchens #NightShift #Hospital")


def test_a_tag_of_ones_own_is_added(drafted: Window, qtbot: QtBot) -> None:
    preview, editor = drafted.bench.preview, drafted.bench.paper.editor
    qtbot.mouseClick(preview.add_tag, LEFT)
    assert preview.tag_field.hasFocus()
    qtbot.keyClicks(preview.tag_field, "#Night Lists")
    qtbot.keyClick(preview.tag_field, KEY.Key_Return)
    assert editor.text().endswith("#Hospital #NightLists")
    assert preview.chips.chips["#NightLists"].isChecked()
    qtbot.keyClicks(preview.tag_field, "2026")
    qtbot.keyClick(preview.tag_field, KEY.Key_Return)
    qtbot.keyClick(preview.tag_field, KEY.Key_Escape)
    assert not preview.tag_field.isVisible()
    assert preview.add_tag.hasFocus()


def test_delete_blocks_a_tag_for_good(drafted: Window, kept: list[Settings], qtbot: QtBot) -> None:
    preview, editor = drafted.bench.preview, drafted.bench.paper.editor
    chip = preview.chips.chips["#Checklists"]
    chip.setFocus()
    qtbot.keyClick(chip, KEY.Key_Delete)
    assert editor.text().endswith("\n#Kitchens #NightShift #Hospital")
    assert "#Checklists" not in preview.chips.chips
    assert kept[-1].blocked == ("#Checklists",)
    assert drafted.toast.words == "#Checklists will not be suggested again"
    assert preview.chips.chips["#NightShift"].hasFocus()
    drafted.drafting.draft()
    qtbot.waitUntil(lambda: not drafted.desk.busy)
    preview.show_tags(TAGS, ())
    assert "#Checklists" not in preview.chips.chips
    qtbot.mouseClick(drafted.toast._way, LEFT)
    assert kept[-1].blocked == ()


def test_tags_of_other_drafts_have_a_pin(window: Window, session: ScriptedSession, qtbot: QtBot, monkeypatch) -> None:
    read = session.read_answer

    def answer(job: int, _count: int = 1) -> SourcesRead:
        return replace(read(job), own=("#Teams",))

    monkeypatch.setattr(session, "read_answer", answer)
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: "#Teams" in window.bench.preview.chips.chips)
    chips = window.bench.preview.chips.chips
    assert not chips["#Teams"].icon().isNull()
    assert chips["#Teams"].accessibleDescription() == "not in the post, used in other drafts"
    assert chips["#Food"].icon().isNull()
    assert chips["#Teams"].geometry().right() < chips["#Writing"].geometry().left()


def test_tags_are_set_in_order_and_nothing_else_changes() -> None:
    text = "Post\n\n#a, #b  #c\n"
    start, end, new = rules.reordered(text, ["#c", "#a"]) or (0, 0, "")
    assert text[:start] + new + text[end:] == "Post\n\n#c, #a  #b\n"
    assert rules.reordered(text, ["#a", "#b", "#c"]) is None
    assert rules.reordered("no tags", ["#a"]) is None


# -- the clipboard at the end


@pytest.mark.parametrize(
    ("owns", "text", "keeps", "loses"),
    [
        (True, "post", False, True),
        (True, "post", True, False),
        (True, "post", None, False),
        (False, "post", False, False),
        (True, "", False, False),
    ],
)
def test_when_a_copied_text_is_lost(monkeypatch, owns: bool, text: str, keeps: bool | None, loses: bool) -> None:
    class Board:
        def ownsClipboard(self) -> bool:
            return owns

        def text(self) -> str:
            return text

    monkeypatch.setattr(keepers, "clipboard_kept", lambda: keeps)
    assert keepers.would_lose(Board()) is loses  # type: ignore[arg-type]


def test_quitting_tells_once_of_a_clipboard_that_will_be_lost(drafted: Window, qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(keepers, "would_lose", lambda _: True)
    qtbot.waitUntil(lambda: drafted.desk.settled)
    qtbot.keyClick(drafted.bench.paper.editor, KEY.Key_C, MOD.ControlModifier | MOD.ShiftModifier)
    drafted.close()
    assert drafted.isVisible()
    assert "keeps no clipboard" in drafted.notice.words
    qtbot.mouseClick(drafted.notice.way(0), LEFT)
    assert not drafted.isVisible()


def test_quitting_says_nothing_where_nothing_was_copied(drafted: Window, qtbot: QtBot, monkeypatch) -> None:
    monkeypatch.setattr(keepers, "clipboard_kept", lambda: False)
    QApplication.clipboard().clear()
    qtbot.waitUntil(lambda: drafted.desk.settled)
    drafted.close()
    assert not drafted.isVisible()


# -- emoji and the name on the card


def test_emoji_by_key(drafted: Window, qtbot: QtBot) -> None:
    editor, before = drafted.bench.paper.editor, drafted.bench.paper.editor.text()
    editor.setFocus()
    editor.select(0, 0)
    qtbot.keyClick(editor, KEY.Key_E, MOD.ControlModifier)
    box = drafted.drafting.marks._emoji
    assert box is not None
    assert box.isVisible()
    assert box.list.count() == len(emoji_words())
    qtbot.keyClicks(box.field, "kitchen")
    assert box.list.item(0).text() == "🍞"
    qtbot.keyClick(box.field, KEY.Key_Return)
    assert editor.text() == "🍞" + before
    assert editor.hasFocus()
    qtbot.keyClick(editor, KEY.Key_Z, MOD.ControlModifier)
    assert editor.text() == before
    qtbot.mouseClick(drafted.bench.paper.format.emoji, LEFT)
    qtbot.keyClick(box.field, KEY.Key_Down)
    assert box.list.hasFocus()
    qtbot.keyClick(box.list, KEY.Key_Right)
    chosen = box.list.currentItem().text()
    qtbot.keyClick(box.list, KEY.Key_Return)
    assert editor.text().startswith(chosen)
    qtbot.keyClick(editor, KEY.Key_E, MOD.ControlModifier)
    qtbot.keyClicks(box.field, "zzz")
    assert box.list.count() == 0
    qtbot.keyClick(box.field, KEY.Key_Escape)
    assert not box.isVisible()


def test_the_name_on_the_card(drafted: Window, kept: list[Settings], qtbot: QtBot) -> None:
    action = next(a for a in drafted.top.settings.menu().actions() if a.text() == "Name on the card…")
    action.trigger()
    box = drafted.choices.author
    assert box is not None
    assert box.name.hasFocus()
    qtbot.keyClicks(box.name, "A cook")
    qtbot.keyClick(box.name, KEY.Key_Tab)
    qtbot.keyClicks(box.about, "Lists")
    assert (kept[-1].name, kept[-1].about) == ("A cook", "Lists")
    assert (drafted.bench.preview.card._name, drafted.bench.preview.card._about) == ("A cook", "Lists")
    qtbot.keyClick(box.about, KEY.Key_Return)
    assert not box.isVisible()


# -- the keys of the paper


@pytest.mark.parametrize(
    ("key", "modifiers", "form"),
    [
        (KEY.Key_B, MOD.ControlModifier, style("cook", "sans_bold")),
        (KEY.Key_I, MOD.ControlModifier, style("cook", "sans_italic")),
        (KEY.Key_M, MOD.ControlModifier, style("cook", "monospace")),
        (KEY.Key_U, MOD.ControlModifier, "c\u0332o\u0332o\u0332k\u0332"),
        (KEY.Key_X, MOD.ControlModifier | MOD.ShiftModifier, "c\u0336o\u0336o\u0336k\u0336"),
    ],
)
def test_letters_by_key_and_plain_again(drafted: Window, qtbot: QtBot, key, modifiers, form: str) -> None:
    editor, before = drafted.bench.paper.editor, drafted.bench.paper.editor.text()
    at = before.index("the cook fed") + 4
    editor.setFocus()
    editor.select(at, at + 4)
    qtbot.keyClick(editor, key, modifiers)
    assert editor.text() == before[:at] + form + before[at + 4 :]
    qtbot.keyClick(editor, KEY.Key_T, MOD.ControlModifier)
    assert editor.text() == before
    qtbot.keyClick(editor, KEY.Key_Z, MOD.ControlModifier)
    assert unstyle(editor.text()) == unstyle(before)
    assert editor.text() != before


def test_lines_move_by_key_with_their_place(drafted: Window, qtbot: QtBot) -> None:
    editor, before = drafted.bench.paper.editor, drafted.bench.paper.editor.text()
    number = next(n for n, line in enumerate(before.split("\n")) if "Never the person" in line)
    at = before.index("Never the person")
    editor.setFocus()
    editor.select(at, at)
    qtbot.keyClick(editor, KEY.Key_Up, MOD.AltModifier)
    assert "Never the person" in editor.text().split("\n")[number - 1]
    assert dict(editor.lines())[number - 1] == dict(scripted.laid().lines)[number]
    qtbot.keyClick(editor, KEY.Key_Down, MOD.AltModifier)
    qtbot.keyClick(editor, KEY.Key_Down, MOD.AltModifier)
    assert "Never the person" in editor.text().split("\n")[number + 1]
    for _ in range(3):
        qtbot.keyClick(editor, KEY.Key_Z, MOD.ControlModifier)
    assert editor.text() == before


def test_text_is_dragged_to_another_place(drafted: Window, qtbot: QtBot) -> None:
    editor, before = drafted.bench.paper.editor, drafted.bench.paper.editor.text()
    at = before.index("one list.")
    editor.setFocus()
    editor.select(at, at + 4)
    data = editor.createMimeDataFromSelection()
    target = editor.textCursor()
    target.setPosition(len(before.split("What held")[0].encode("utf-16-le")) // 2)
    where = QPointF(editor.cursorRect(target).center())
    what = (Qt.DropAction.MoveAction, data, LEFT, MOD.NoModifier)
    view = editor.viewport()
    QApplication.sendEvent(view, QDragEnterEvent(where, *what))
    QApplication.sendEvent(view, QDragMoveEvent(where, *what))
    QApplication.sendEvent(view, QDropEvent(where, *what))
    assert "one What held it together was" in editor.text()


def test_fixes_by_key(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    from composer.text.problems import Problem

    at = scripted.laid().text.index("40 percent")
    session.problems = (Problem(at, at + 10, "number", "warn", "“40 percent” is not in the source.", "a third"),)
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    editor = window.bench.paper.editor
    qtbot.waitUntil(lambda: bool(window.drafting.marks.problems))
    editor.setFocus()
    editor.select(at + 2, at + 2)
    session.problems = ()
    qtbot.keyClick(editor, KEY.Key_Return, MOD.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()][1:] == ["Use “a third”", "Keep"]
    qtbot.keyClick(menu, KEY.Key_Down)
    qtbot.keyClick(menu, KEY.Key_Return)
    assert "wasted a third less food" in editor.text()
