"""Three whole drafts side by side: by button and by keys; what is not taken is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from composer.events import Drafted, Failed, PartialDraft
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession
from tests.ui.test_access import cut_off, nameless

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def varied(window: Window, session: ScriptedSession, qtbot: QtBot) -> Window:
    """A window with a source, whose session knows three drafts."""
    session.variants = 3
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    return window


def texts(window: Window) -> list[str]:
    """The drafts in view."""
    return [column.sheet.toPlainText() for column in window.pages.variants.page.shown]


def three(window: Window, qtbot: QtBot) -> None:
    """Wait for all of them."""
    qtbot.waitUntil(lambda: not window.desk.busy and len(texts(window)) == 3 and all(texts(window)))


def test_three_variants_side_by_side_and_one_is_taken(varied: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    bench = varied.bench
    varied.drafting.draft()
    qtbot.waitUntil(lambda: varied.desk.draft_id is not None)
    editor = bench.paper.editor
    before = editor.text()
    qtbot.keyClicks(editor, "Mine. ")
    mine = editor.text()
    qtbot.mouseClick(bench.paper.bar.variants, Qt.MouseButton.LeftButton)
    assert varied.page == "variants"
    three(varied, qtbot)
    assert [given["variant"] for given in session.asked("draft")] == [0, 0, 1, 2]
    assert texts(varied) == [scripted.laid(variant=n).text for n in range(3)]
    assert varied.pages.variants.page.columns[1].facts.text().endswith("words")
    assert mine != before
    assert editor.text() == mine
    qtbot.mouseClick(varied.pages.variants.page.columns[1].use, Qt.MouseButton.LeftButton)
    assert varied.on_bench
    assert editor.text() == scripted.laid(variant=1).text
    assert editor.lines() == scripted.laid(variant=1).lines
    qtbot.waitUntil(lambda: bool(session.asked("save")[-1]["before"]))
    kept = session.asked("save")[-1]["before"]
    assert [text for _, text in kept] == [texts(varied)[0], texts(varied)[2], mine]
    assert [reason for reason, _ in kept][:2] == ["Variant 1, not taken", "Variant 3, not taken"]
    editor.undo()
    assert editor.text() == mine


def test_variants_by_keys_alone(varied: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor = varied.bench.paper.editor
    editor.setFocus()
    qtbot.keyClick(editor, KEY.Key_Return, CTRL | SHIFT)
    three(varied, qtbot)
    page = varied.pages.variants.page
    assert page.columns[0].sheet.hasFocus()
    qtbot.keyClick(page.columns[0].sheet, KEY.Key_Right)
    qtbot.keyClick(page.columns[1].sheet, KEY.Key_Right)
    assert page.columns[2].sheet.hasFocus()
    assert [column.use.property("kind") for column in page.columns] == ["outlined", "outlined", "filled"]
    qtbot.keyClick(page.columns[2].sheet, KEY.Key_2)
    assert page.columns[1].sheet.hasFocus()
    qtbot.keyClick(page.columns[1].sheet, KEY.Key_Return)
    assert varied.on_bench
    assert editor.text() == scripted.laid(variant=1).text
    assert editor.hasFocus()


def test_leaving_changes_nothing_and_they_are_still_there(
    varied: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    qtbot.mouseClick(varied.bench.paper.bar.variants, Qt.MouseButton.LeftButton)
    three(varied, qtbot)
    qtbot.keyClick(varied.pages.variants.page.columns[0].sheet, KEY.Key_Escape)
    assert varied.on_bench
    assert varied.bench.paper.editor.text() == ""
    qtbot.mouseClick(varied.bench.paper.bar.variants, Qt.MouseButton.LeftButton)
    three(varied, qtbot)
    assert len(session.asked("draft")) == 3
    qtbot.mouseClick(varied.pages.variants.page.others, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(session.asked("draft")) > 3)
    assert session.asked("draft")[3]["variant"] == 3


def test_variants_that_say_the_same_are_shown_once(varied: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.variants = 2
    qtbot.mouseClick(varied.bench.paper.bar.variants, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(varied.notice.words))
    assert len(texts(varied)) == 2
    assert varied.pages.variants.page.title.text() == "2 variants"
    assert varied.notice.words == "The source gives no further variant: the next one would say the same."


def test_variants_stream_and_stop_keeps_what_is_finished(
    varied: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.auto = False
    qtbot.mouseClick(varied.bench.paper.bar.variants, Qt.MouseButton.LeftButton)
    page = varied.pages.variants.page
    session.emit(scripted.progress(session.job("draft"), 312))
    qtbot.waitUntil(lambda: page.columns[0].facts.text() == "Reading 05:12 of 10:55")
    assert page.columns[1].facts.text() == "Waiting"
    session.emit(PartialDraft(session.job("draft"), scripted.laid(until=5)))
    qtbot.waitUntil(lambda: page.columns[0].sheet.toPlainText() == scripted.laid(until=5).text)
    assert not page.columns[0].use.isEnabled()
    event: Drafted = session.drafted(session.job("draft"), varied.desk.brief)
    session.emit(event)
    qtbot.waitUntil(lambda: page.columns[0].use.isEnabled())
    qtbot.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(varied.notice.words))
    assert varied.notice.words == "Stopped. What was finished is kept."
    assert texts(varied) == [event.laid.text]
    assert page.columns[0].use.isEnabled()


def test_a_failure_of_the_first_goes_back_and_says_so(varied: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.fail["draft"] = Failed(0, "The model ran out of memory.", "Your text is safe.", "Use a smaller model.")
    qtbot.mouseClick(varied.bench.paper.bar.variants, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: varied.on_bench and bool(varied.notice.words))
    assert varied.notice.words == "The model ran out of memory. Your text is safe. Use a smaller model."


@pytest.mark.parametrize("size", [(880, 560), (1280, 800), (1920, 1080)])
def test_variants_have_names_and_room(build: Callable[..., Window], qtbot: QtBot, size: tuple[int, int]) -> None:
    session = ScriptedSession()
    session.variants = 3
    window = build(session, size=size)
    window.read_files([Path("/talks/kitchen-wall.vtt")])
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.pages.variants.show()
    three(window, qtbot)
    QApplication.processEvents()
    assert nameless(window) == []
    assert cut_off(window) == []
