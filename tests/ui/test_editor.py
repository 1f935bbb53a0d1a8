"""The paper: exact text, letters, lists, lines, undo, paste."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.post.model import Laid, Trace
from composer.text.style import style, unstyle
from composer.ui.editor_panel import EditorPanel
from composer.ui.theme import Theme
from tests.ui import scripted

BOLD = style("bold", "sans_bold")
SAID = Trace(0, (3,), 30.0)


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> Iterator[EditorPanel]:
    made = EditorPanel(Theme(qapp, "light"))
    made.resize(640, 480)
    made.show()
    qtbot.addWidget(made)
    made.editor.setFocus()
    return made


def test_the_text_is_exact(panel: EditorPanel) -> None:
    text = f"a\u00a0b  c\n\n{BOLD}❓\n\u202f👩\u200d🍳 e\u0301"
    panel.editor.load(text)
    assert panel.editor.text() == text


@given(
    text=st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufdd0\ufdd1"), max_size=40
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_text_comes_back(panel: EditorPanel, text: str) -> None:
    panel.editor.load(text)
    assert panel.editor.text() == text


def test_every_line_is_equally_high(panel: EditorPanel) -> None:
    panel.editor.load(f"plain\n{BOLD}\n⏳ emoji\n中文")
    layout = panel.editor.document().documentLayout()
    tops, block = [], panel.editor.document().begin()
    while block.isValid():
        tops.append(round(layout.blockBoundingRect(block).top()))
        block = block.next()
    assert tops == [panel.editor._line * number for number in range(4)]


@pytest.mark.parametrize("name", ["bold", "italic", "mono", "underline", "strike"])
def test_letters_change_by_button_and_back(panel: EditorPanel, qtbot: QtBot, name: str) -> None:
    panel.editor.load("one two\nthree")
    panel.editor.select(4, 13)
    qtbot.mouseClick(panel.format.buttons[name], Qt.MouseButton.LeftButton)
    styled = panel.editor.text()
    assert styled != "one two\nthree"
    assert styled.startswith("one ")
    assert unstyle(styled) == "one two\nthree"
    qtbot.mouseClick(panel.format.buttons[name], Qt.MouseButton.LeftButton)
    assert panel.editor.text() == "one two\nthree"


def test_a_part_styled_selection_becomes_all_bold_then_plain(panel: EditorPanel) -> None:
    panel.editor.load(f"{BOLD} more")
    panel.editor.select(0, len(f"{BOLD} more"))
    panel.restyle_text("bold")
    assert panel.editor.text() == style("bold more", "sans_bold")
    panel.restyle_text("plain")
    assert panel.editor.text() == "bold more"


def test_without_a_selection_the_word_is_styled(panel: EditorPanel) -> None:
    panel.editor.load("one two")
    panel.editor.select(5, 5)
    panel.restyle_text("bold")
    assert panel.editor.text() == "one " + style("two", "sans_bold")


def test_enter_continues_a_list_and_ends_it(panel: EditorPanel, qtbot: QtBot) -> None:
    panel.editor.load("• one")
    panel.editor.select(5, 5)
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    qtbot.keyClicks(panel.editor, "two")
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    assert panel.editor.text() == "• one\n• two\n• "
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    assert panel.editor.text() == "• one\n• two\n"


def test_numbers_count_on_also_in_bold(panel: EditorPanel, qtbot: QtBot) -> None:
    panel.editor.load(style("9", "sans_bold") + "/ nine")
    panel.editor.select(7, 7)
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    assert panel.editor.text().endswith("\n" + style("10", "sans_bold") + "/ ")


def test_shift_enter_is_a_plain_line_end(panel: EditorPanel, qtbot: QtBot) -> None:
    panel.editor.load("• one")
    panel.editor.select(5, 5)
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert panel.editor.text() == "• one\n"


def test_lines_move_with_their_times(panel: EditorPanel) -> None:
    one, two = Trace(0, (1,), 5.0), Trace(0, (2,), 9.0)
    panel.editor.load("head\none\n🍲 two", ((1, one), (2, two)))
    panel.editor.select(10, 10)
    panel.editor.move_line(-1)
    assert panel.editor.text() == "head\n🍲 two\none"
    assert panel.editor.lines() == ((1, two), (2, one))
    panel.editor.undo()
    assert panel.editor.text() == "head\none\n🍲 two"
    assert panel.editor.lines() == ((1, one), (2, two))


def test_bullets_by_button(panel: EditorPanel, qtbot: QtBot) -> None:
    panel.editor.load("one\ntwo")
    panel.editor.select(0, 7)
    qtbot.mouseClick(panel.format.bullets, Qt.MouseButton.LeftButton)
    assert panel.editor.text() == "• one\n• two"
    panel.editor.undo()
    assert panel.editor.text() == "one\ntwo"


def test_a_redraft_is_one_undo_and_times_come_back(panel: EditorPanel, qtbot: QtBot) -> None:
    trace = Trace(0, (1,), 5.0)
    panel.editor.load("mine", ((0, trace),))
    panel.editor.select(4, 4)
    qtbot.keyClicks(panel.editor, " own")
    panel.set_drafting(True)
    panel.editor.stream(scripted.laid(until=5))
    panel.editor.stream(scripted.laid(until=9))
    assert panel.editor.isReadOnly()
    panel.set_drafting(False)
    panel.editor.replace("new\ntext", ((1, Trace(0, (2,), 9.0)),))
    panel.editor.undo()
    assert panel.editor.text() == "mine own"
    assert panel.editor.lines() == ((0, trace),)
    panel.editor.undo()
    assert panel.editor.text() == "mine"
    panel.editor.redo()
    panel.editor.redo()
    assert panel.editor.text() == "new\ntext"


def test_streaming_shows_what_is_written_and_touches_nothing(panel: EditorPanel) -> None:
    panel.editor.load("mine")
    panel.set_drafting(True)
    for until in (1, 5, 9, 14):
        laid = scripted.laid(until=until)
        panel.editor.stream(laid)
        assert panel.editor.document().toRawText().replace("\u2029", "\n") == laid.text
        assert panel.editor.text() == "mine"
    panel.editor.stream(Laid("quite other", "quite other"))
    assert panel.editor.document().toRawText() == "quite other"
    panel.set_drafting(False)
    assert panel.editor.text() == "mine"


def test_paste_comes_in_clean(panel: EditorPanel) -> None:
    data = QMimeData()
    data.setHtml("<p>One <b>two</b>&nbsp;three</p>")
    data.setText("One two\u00a0three\r\nfour\u200b")
    panel.editor.load("")
    panel.editor.insertFromMimeData(data)
    assert panel.editor.text() == "One two three\nfour"
    only = QMimeData()
    only.setHtml("<ul><li>One</li></ul>")
    panel.editor.load("")
    panel.editor.insertFromMimeData(only)
    assert panel.editor.text().strip() == "One"


def test_copying_a_selection_is_exact(panel: EditorPanel) -> None:
    panel.editor.load(f"a\n{BOLD}\nc")
    panel.editor.selectAll()
    data = panel.editor.createMimeDataFromSelection()
    assert data.text() == f"a\n{BOLD}\nc"
    assert not data.hasHtml()


def test_dropped_text_is_clean_and_files_are_handed_on(panel: EditorPanel, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("dropped\u00a0text")
    panel.editor.load("")
    panel.editor.insertFromMimeData(data)
    assert panel.editor.text() == "dropped text"
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/talks/one.vtt")])
    with qtbot.waitSignal(panel.editor.files_dropped) as caught:
        panel.editor.insertFromMimeData(files)
    assert caught.args == [["/talks/one.vtt"]]


def test_a_click_on_a_time_tells_where(panel: EditorPanel, qtbot: QtBot) -> None:
    trace = Trace(0, (3,), 65.0)
    panel.editor.load("head\npoint", ((1, trace),))
    rect, _, _ = panel.editor.gutter.shown()[0]
    with qtbot.waitSignal(panel.editor.time_clicked) as caught:
        qtbot.mouseClick(panel.editor.gutter, Qt.MouseButton.LeftButton, pos=rect.center())
    assert caught.args == [trace]
    assert panel.editor.gutter.accessibleName()


def test_a_click_on_a_point_tells_where(panel: EditorPanel, qtbot: QtBot) -> None:
    trace = Trace(0, (3,), 65.0)
    panel.editor.load("head\npoint", ((1, trace),))
    where = QPoint(10, panel.editor._line + panel.editor._line // 2)
    with qtbot.waitSignal(panel.editor.point_clicked) as caught:
        qtbot.mouseClick(panel.editor.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert caught.args == [trace]


def test_find_sees_through_bold(panel: EditorPanel, qtbot: QtBot) -> None:
    panel.editor.load(f"A {BOLD} word, a bold word")
    panel.finder.open_bar()
    qtbot.keyClicks(panel.finder.wanted, "BOLD")
    assert panel.finder.count.text() == "1 of 2"
    assert panel.editor.selection() == (2, 6)
    qtbot.keyClick(panel.finder.wanted, Qt.Key.Key_Return)
    assert panel.editor.selection() == (15, 19)
    qtbot.keyClicks(panel.finder.instead, "big")
    qtbot.mouseClick(panel.finder.all, Qt.MouseButton.LeftButton)
    assert panel.editor.text() == "A big word, a big word"
    panel.editor.undo()
    assert panel.editor.text() == f"A {BOLD} word, a bold word"
    qtbot.keyClick(panel.finder.instead, Qt.Key.Key_Escape)
    assert not panel.finder.isVisible()


def test_replace_goes_on_to_the_next(panel: EditorPanel, qtbot: QtBot) -> None:
    panel.editor.load("one one one")
    panel.editor.select(0, 0)
    panel.finder.open_bar()
    qtbot.keyClicks(panel.finder.wanted, "one")
    qtbot.keyClicks(panel.finder.instead, "two")
    qtbot.mouseClick(panel.finder.one, Qt.MouseButton.LeftButton)
    assert panel.editor.text() == "two one one"
    assert panel.editor.selection() == (4, 7)


def test_tab_leaves_the_paper(panel: EditorPanel, qtbot: QtBot) -> None:
    panel.editor.load("one")
    qtbot.keyClick(panel.editor, Qt.Key.Key_Tab)
    assert panel.editor.text() == "one"


def test_a_line_added_at_a_blank_one_leaves_the_parts_apart(panel: EditorPanel) -> None:
    editor = panel.editor
    editor.load("Part:\n• one\n\nNext part:\n• two")
    at = editor.text().index("\n\n") + 1
    editor.select(at, at)
    editor.add_line("“Said.”", SAID)
    assert editor.text() == "Part:\n• one\n“Said.”\n\nNext part:\n• two"
    assert editor.lines() == ((2, SAID),)
    editor.undo()
    assert editor.text() == "Part:\n• one\n\nNext part:\n• two"
    editor.load("")
    editor.add_line("“Said.”", SAID)
    assert editor.text() == "“Said.”"


def test_an_undone_redraft_is_seen_from_its_first_line(panel: EditorPanel, qtbot: QtBot) -> None:
    editor = panel.editor
    long = "\n".join(f"Line {number}" for number in range(200))
    editor.load(long)
    editor.replace("Headline\n" + long)
    for key, first in ((Qt.Key.Key_Z, "Line 0"), (Qt.Key.Key_Y, "Headline")):
        qtbot.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)
        assert editor.text().split("\n")[0] == first
        assert editor.verticalScrollBar().value() == 0
        assert editor.textCursor().position() == len(first)
    # A smaller step stays where it was made.
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, " more")
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.verticalScrollBar().value() > 0
