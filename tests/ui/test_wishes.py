"""Smaller wishes: a selection said anew, other openings, another sentence for one bullet."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.events import Progress
from composer.text.style import style, unstyle
from composer.ui import lines as rules
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def modelled(drafted: Window) -> Window:
    """A window whose writer is a model."""
    drafted.choices.choose_writer(Path("/models/small.gguf"))
    return drafted


def pick(window: Window, words: str) -> None:
    """Select words by keyboard: from their start with Shift and the arrow."""
    editor = window.bench.paper.editor
    at = editor.text().index(words)
    editor.setFocus()
    editor.select(at, at)
    for _ in words:
        QApplication.sendEvent(editor, press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier))


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier):  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


@pytest.mark.parametrize("way", ["rewrite", "shorter", "sharper", "plainer"])
def test_a_selection_is_said_anew_and_accepted(
    modelled: Window, session: ScriptedSession, qtbot: QtBot, way: str
) -> None:
    paper, before = modelled.bench.paper, modelled.bench.paper.editor.text()
    session.rewritten = "What nobody wrote down burns."
    pick(modelled, "The order that was never written down is the meal that burns.")
    assert not paper.format.words.isVisible()
    qtbot.mouseClick(paper.format.ways[way], LEFT)
    qtbot.waitUntil(lambda: paper.offer.isVisible())
    asked = session.asked("rewrite")[-1]
    assert (asked["way"], asked["model"]) == (way, Path("/models/small.gguf"))
    assert asked["selection"] == "The order that was never written down is the meal that burns."
    assert paper.editor.text() == before
    assert "never" in paper.editor.toPlainText()
    assert "What nobody wrote" in paper.editor.toPlainText()
    assert paper.offer.words.text() == "7 words shorter"
    assert paper.offer.accept.hasFocus()
    assert not modelled.top.copy.isEnabled()
    qtbot.keyClick(paper.offer.accept, Qt.Key.Key_Return)
    after = before.replace("The order that was never written down is the meal that burns.", session.rewritten)
    assert paper.editor.text() == after
    assert not paper.editor.isReadOnly()
    assert [line for line, _ in paper.editor.lines()] == [line for line, _ in scripted.laid().lines]
    qtbot.keyClick(paper.editor, Qt.Key.Key_Z, CTRL)
    assert paper.editor.text() == before


def test_an_offer_is_refused_with_escape_and_tried_again(
    modelled: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    paper, before = modelled.bench.paper, modelled.bench.paper.editor.text()
    pick(modelled, "Four minutes at the change of shift")
    span = paper.editor.selection()
    qtbot.mouseClick(paper.format.ways["shorter"], LEFT)
    qtbot.waitUntil(lambda: paper.offer.isVisible())
    qtbot.mouseClick(paper.offer.retry, LEFT)
    qtbot.waitUntil(lambda: paper.offer.isVisible())
    assert [asked["variant"] for asked in session.asked("rewrite")] == [0, 1]
    qtbot.keyClick(paper.offer, Qt.Key.Key_Escape)
    assert not paper.offer.isVisible()
    assert (paper.editor.text(), paper.editor.selection()) == (before, span)
    assert paper.editor.hasFocus()


def test_a_rewrite_is_stopped(modelled: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.auto = False
    before = modelled.bench.paper.editor.text()
    pick(modelled, "Four minutes")
    qtbot.mouseClick(modelled.bench.paper.format.ways["plainer"], LEFT)
    bar = modelled.bench.paper.bar
    session.emit(Progress(session.job("rewrite"), "measuring", 0, 0, "steps"))
    qtbot.waitUntil(lambda: bar.page.words.text() == "Measuring this model once")
    qtbot.keyClick(modelled, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not bar.busy)
    assert session.calls[-1][0] != "rewrite"
    assert modelled.notice.words == "Stopped. Nothing was changed."
    assert modelled.bench.paper.editor.text() == before


def test_a_headline_stays_bold_and_a_label_stays(modelled: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor, paper = modelled.bench.paper.editor, modelled.bench.paper
    session.rewritten = "What Walls Know"
    editor.setFocus()
    editor.select(0, editor.text().index("❓"))
    qtbot.mouseClick(paper.format.ways["rewrite"], LEFT)
    qtbot.waitUntil(lambda: paper.offer.isVisible())
    assert session.asked("rewrite")[-1]["selection"] == scripted.TITLE
    qtbot.mouseClick(paper.offer.accept, LEFT)
    assert editor.text().startswith(style("What Walls Know", "sans_bold") + "❓")
    line = next(line for line in editor.text().split("\n") if "Four minutes" in line)
    at = editor.text().index(line)
    editor.select(at, at + len(line))
    qtbot.mouseClick(paper.format.ways["shorter"], LEFT)
    qtbot.waitUntil(lambda: paper.offer.isVisible())
    assert session.asked("rewrite")[-1]["selection"] == "Four minutes at the change of shift saved the first hour."


def test_several_lines_are_not_said_anew(modelled: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = modelled.bench.paper.editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.mouseClick(modelled.bench.paper.format.ways["rewrite"], LEFT)
    assert session.asked("rewrite") == []
    assert modelled.notice.words == "Select words of one line to have them said anew."


def test_without_a_model_rewriting_is_grey_and_says_why(
    drafted: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    pick(drafted, "Four minutes")
    form = drafted.bench.paper.format
    assert form.ways["rewrite"].isVisible() or form.ways_menu.isVisible()
    for part in form.ways.values():
        assert not part.isEnabled()
        assert "needs a model" in part.toolTip()
        assert part.accessibleDescription() == part.toolTip()
    qtbot.mouseClick(form.ways["rewrite"], LEFT)
    assert session.asked("rewrite") == []


def test_alt_enter_offers_rewrites_for_a_selection(modelled: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    pick(modelled, "Four minutes at the change")
    qtbot.keyClick(modelled.bench.paper.editor, Qt.Key.Key_Return, ALT)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Rewrite", "Shorter", "Sharper", "Plainer"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: modelled.bench.paper.offer.isVisible())
    assert session.asked("rewrite")[-1]["way"] == "shorter"


# -- openings


def test_three_openings_from_the_pill(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    pill, before = editor.gutter.pill, editor.text()
    qtbot.waitUntil(lambda: pill.accessibleName() == "Opening 1 of 3")
    assert session.asked("hooks")[-1]["model"] is None
    assert editor.gutter.rect().contains(pill.geometry())
    qtbot.mouseClick(pill, LEFT)
    box = drafted.drafting.wishes._openings
    assert box is not None
    assert box.isVisible()
    assert box.list.count() == 3
    qtbot.keyClick(box.list, Qt.Key.Key_Down)
    qtbot.keyClick(box.list, Qt.Key.Key_Return)
    assert editor.text() == before.replace(before.split("\n")[0], scripted.HOOKS[1])
    assert pill.accessibleName() == "Opening 2 of 3"
    assert editor.hasFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == before


def test_a_line_of_ones_own_stays_among_the_openings(drafted: Window, qtbot: QtBot) -> None:
    editor = drafted.bench.paper.editor
    pill = editor.gutter.pill
    qtbot.waitUntil(lambda: pill.accessibleName() == "Opening 1 of 3")
    editor.setFocus()
    qtbot.keyClicks(editor, " now")
    mine = editor.text().split("\n")[0]
    qtbot.mouseClick(pill, LEFT)
    box = drafted.drafting.wishes._openings
    assert box is not None
    assert unstyle(box.list.item(0).text()).endswith("Knows❓ now")
    qtbot.keyClick(box.list, Qt.Key.Key_3)
    assert editor.text().split("\n")[0] == scripted.HOOKS[1]
    qtbot.mouseClick(pill, LEFT)
    row = box.list.visualItemRect(box.list.item(0))
    qtbot.mouseClick(box.list.viewport(), LEFT, pos=row.center())
    assert editor.text().split("\n")[0] == mine
    qtbot.mouseClick(pill, LEFT)
    qtbot.keyClick(box.list, Qt.Key.Key_Escape)
    assert not box.isVisible()
    qtbot.mouseClick(pill, LEFT)
    qtbot.mouseClick(drafted.bench.preview.card, LEFT, pos=QPoint(5, 5))
    assert not box.isVisible()


def test_a_model_is_asked_for_openings_when_they_are_wanted(
    modelled: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    modelled.drafting.wishes.forget()
    asked = len(session.asked("hooks"))
    session.auto = False
    qtbot.mouseClick(modelled.bench.paper.editor.gutter.pill, LEFT)
    assert len(session.asked("hooks")) == asked + 1
    assert session.asked("hooks")[-1]["model"] == Path("/models/small.gguf")
    assert modelled.bench.paper.bar.busy
    told = "The source is longer than this model's context."
    session.emit(scripted.Hooked(session.job("hooks"), scripted.HOOKS, (told,)))
    box = lambda: modelled.drafting.wishes._openings  # noqa: E731
    qtbot.waitUntil(lambda: box() is not None and box().isVisible())
    assert not modelled.bench.paper.bar.busy
    assert modelled.notice.words == told, "what the model was not shown is said"


def test_a_model_that_finds_no_opening_is_asked_once(modelled: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    modelled.drafting.wishes.forget()
    asked = len(session.asked("hooks"))
    session.auto = False
    modelled.drafting.wishes.show_openings()
    session.emit(scripted.Hooked(session.job("hooks"), ()))
    qtbot.waitUntil(lambda: not modelled.bench.paper.bar.busy)
    assert len(session.asked("hooks")) == asked + 1
    assert modelled.notice.words == "The model found no other opening. Yours is unchanged."


# -- another sentence for one bullet


def test_another_sentence_takes_the_place_of_a_bullet(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    paper = drafted.bench.paper
    editor, before = paper.editor, paper.editor.text()
    at = before.index("Never the person")
    number = before[:at].count("\n")
    editor.setFocus()
    editor.select(at, at)
    assert paper.format.another.isVisible()
    qtbot.mouseClick(paper.format.another, LEFT)
    qtbot.waitUntil(lambda: editor.text() != before)
    line = editor.text().split("\n")[number]
    assert line.startswith("• 🔎 ")
    assert scripted.TALK[0][2] in line
    assert dict(editor.lines())[number].segments == (0,)
    used = [trace.segments for trace in session.asked("another")[-1]["used"]]
    assert used == [trace.segments for _, trace in scripted.laid().lines]
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert editor.text() == before
    assert dict(editor.lines())[number] == dict(scripted.laid().lines)[number]


def test_the_same_sentence_is_not_offered_twice(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    paper, seen = drafted.bench.paper, []
    editor = paper.editor
    at = editor.text().index("Never the person")
    number = editor.text()[:at].count("\n")
    editor.setFocus()
    editor.select(at, at)
    for _ in range(6):
        now = editor.text()
        seen.append(now.split("\n")[number])
        qtbot.mouseClick(paper.format.another, LEFT)
        qtbot.waitUntil(lambda now=now: editor.text() != now)
    assert len(set(seen)) == 6
    qtbot.mouseClick(paper.format.another, LEFT)
    qtbot.waitUntil(lambda: "all the sentences of this chapter" in drafted.notice.words)


def test_another_sentence_is_offered_on_points_only(drafted: Window) -> None:
    paper = drafted.bench.paper
    paper.editor.setFocus()
    paper.editor.select(0, 0)
    assert not paper.format.another.isVisible()


# -- rules


def test_the_core_of_a_selection() -> None:
    text = f"• 📣 {style('Label', 'sans_bold')}: “One” is (two).\nnext"
    start, end = rules.core(text, 0, text.index("\n") + 1) or (0, 0)
    assert text[start:end] == "“One” is (two)."
    assert rules.core(text, 0, len(text)) is None
    assert rules.core(text, 0, 3) is None
    assert rules.core("Plain label: kept", 0, 17) == (0, 17)


def test_a_difference_adds_up_to_both_texts() -> None:
    for old, new in (("a b c d", "a c e d f"), ("one", "two"), ("同じ言葉", "同じ文"), ("x  y", "x y")):
        parts = rules.difference(old, new)
        assert "".join(words for kind, words in parts if kind != "added") == old
        assert "".join(words for kind, words in parts if kind != "removed") == new
