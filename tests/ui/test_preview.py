"""The card and its fold, the counter, the chips, the checks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from composer.post.model import Trace
from composer.text.problems import Problem
from composer.text.style import style
from composer.ui.card import fold_at, lay_out
from composer.ui.measure import measure
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession


@pytest.fixture
def font(qapp: object) -> QFont:
    made = QFont("Noto Sans")
    made.setPixelSize(14)
    return made


def test_the_fold_is_at_the_third_real_line(font: QFont) -> None:
    text = "One line that is long enough to need two lines of the feed on a phone, and more.\nTwo\nThree\nFour"
    _, lines = lay_out(text, font, 344)
    assert len(lines) == 5
    assert fold_at(text, lines, 3, blank_folds=True) == 3
    _, wide = lay_out(text, font, 900)
    assert len(wide) == 4
    assert fold_at("One\nTwo", lay_out("One\nTwo", font, 344)[1], 3, blank_folds=True) is None


def test_a_blank_third_line_folds_earlier_on_desktop(font: QFont) -> None:
    text = "One\nTwo\n\nFour"
    _, lines = lay_out(text, font, 523)
    assert fold_at(text, lines, 3, blank_folds=True) == 2
    assert fold_at(text, lines, 3, blank_folds=False) == 3


def test_the_card_folds_and_unfolds(drafted: Window, qtbot: QtBot) -> None:
    card = drafted.bench.preview.card
    drafted.bench.preview.flush()
    assert card.folded
    assert card.visible_lines()[0] == style(scripted.TITLE, "sans_bold") + "❓"
    low = card.height()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert not card.folded
    assert card.height() > low
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert card.folded


def test_phone_and_desktop_have_the_widths_of_the_feed(drafted: Window, qtbot: QtBot) -> None:
    preview = drafted.bench.preview
    assert preview.card.text_width == 344
    qtbot.mouseClick(preview.device.part("desktop"), Qt.MouseButton.LeftButton)
    assert preview.card.text_width == 523
    assert drafted.settings.preview == "desktop"
    dark = preview.card.dark
    qtbot.mouseClick(preview.light, Qt.MouseButton.LeftButton)
    assert preview.card.dark is not dark


def test_the_counter_counts_as_the_network_does(drafted: Window, qtbot: QtBot) -> None:
    counter, editor = drafted.bench.preview.counter, drafted.bench.paper.editor
    text = scripted.laid().text
    assert counter.measure.count == len(text.encode("utf-16-le")) // 2
    assert counter.measure.bold > 0
    assert f"bold costs +{counter.measure.bold}" in counter.text()
    editor.load("x" * 2900)
    drafted.bench.paper.flush()
    assert counter.left.text() == "100 left"
    editor.load("x" * 3074)
    drafted.bench.paper.flush()
    assert counter.left.text() == "74 over"
    assert counter.left.property("role") == "bad"


def test_measures() -> None:
    bold = style("ab", "sans_bold")
    assert measure(bold).count == 4
    assert measure(bold).bold == 2
    assert measure("one, two - three").words == 3


def test_tags_go_in_and_out_by_click(drafted: Window, qtbot: QtBot) -> None:
    chips, editor = drafted.bench.preview.chips, drafted.bench.paper.editor
    assert list(chips.chips) == list(scripted.TAGS)
    assert [tag for tag, chip in chips.chips.items() if chip.isChecked()] == list(scripted.TAGS[:4])
    qtbot.mouseClick(chips.chips["#Teams"], Qt.MouseButton.LeftButton)
    assert editor.text().endswith("#Hospital #Teams")
    assert chips.chips["#Teams"].isChecked()
    qtbot.mouseClick(chips.chips["#Kitchens"], Qt.MouseButton.LeftButton)
    assert editor.text().endswith("\n#Checklists #NightShift #Hospital #Teams")
    editor.undo()
    editor.undo()
    assert editor.text() == scripted.laid().text
    chips.chips["#Food"].setFocus()
    qtbot.keyClick(chips.chips["#Food"], Qt.Key.Key_Space)
    assert editor.text().endswith("#Food")


def problem(fix: str | None = "a third") -> Problem:
    at = scripted.laid().text.index("40 percent")
    return Problem(at, at + 10, "number", "warn", "“40 percent” is not in the source.", fix)


def draft_with(window: Window, session: ScriptedSession, qtbot: QtBot, *problems: Problem) -> None:
    session.problems = problems
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    window.drafting.draft()
    qtbot.waitUntil(lambda: "Show" in buttons(window))


def buttons(window: Window) -> dict[str, object]:
    from PySide6.QtWidgets import QPushButton

    found = window.bench.preview.checks.findChildren(QPushButton)
    return {part.text(): part for part in found if part.isVisible()}


def test_a_problem_is_shown_underlined_and_fixed(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    draft_with(window, session, qtbot, problem())
    assert window.bench.preview._check_count.text() == "1 to look at"
    editor = window.bench.paper.editor
    marks = [s for s in editor.extraSelections() if s.cursor.selectedText() == "40 percent"]
    assert marks
    said = [part.text() for part in window.bench.preview.checks.findChildren(QLabel) if part.isVisibleTo(window)]
    assert "Length, names, quotes, links, tags and bold are fine" in said
    shown = buttons(window)
    qtbot.mouseClick(shown["Show"], Qt.MouseButton.LeftButton)
    assert editor.textCursor().selectedText() == "40 percent"
    session.problems = ()
    qtbot.mouseClick(shown["Use “a third”"], Qt.MouseButton.LeftButton)
    assert "wasted a third less food" in editor.text()
    qtbot.waitUntil(lambda: window.bench.preview._check_count.text() == "")


def test_a_problem_opens_its_place_in_the_source(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    found = replace(problem(None), segments=(1,), seconds=scripted.transcript().segments[1].start)
    draft_with(window, session, qtbot, found)
    shown: list[Trace] = []
    window.bench.source.reveal = shown.append  # type: ignore[method-assign]
    name = next(words for words in buttons(window) if words.startswith("Source "))
    there = buttons(window)[name]
    assert isinstance(there, QPushButton)
    assert there.focusPolicy() & Qt.FocusPolicy.TabFocus
    there.setFocus()
    qtbot.keyClick(there, Qt.Key.Key_Space)
    assert [trace.segments for trace in shown] == [(1,)]


def test_a_problem_without_a_place_offers_none(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    draft_with(window, session, qtbot, problem(None))
    assert not any(words.startswith("Source ") for words in buttons(window))


def test_a_problem_can_be_kept(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    draft_with(window, session, qtbot, problem(None))
    qtbot.mouseClick(buttons(window)["Keep"], Qt.MouseButton.LeftButton)
    assert window.bench.preview._check_count.text() == ""


def test_problems_by_key(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    draft_with(window, session, qtbot, problem())
    editor = window.bench.paper.editor
    qtbot.keyClick(editor, Qt.Key.Key_F8)
    assert editor.textCursor().selectedText() == "40 percent"
    qtbot.keyClick(editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert editor.textCursor().selectedText() == "40 percent"


def test_many_problems_are_three_and_more(window: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    many = [Problem(n, n + 1, "name", "warn", f"Number {n}.", None) for n in range(5)]
    draft_with(window, session, qtbot, *many)
    shown = buttons(window)
    assert "2 more" in shown
    qtbot.mouseClick(shown["2 more"], Qt.MouseButton.LeftButton)
    assert "2 more" not in buttons(window)


def test_typing_is_checked_again(drafted: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor, before = drafted.bench.paper.editor, len(session.asked("check"))
    editor.setFocus()
    qtbot.keyClicks(editor, " new")
    qtbot.waitUntil(lambda: len(session.asked("check")) > before)
    assert session.asked("check")[-1]["text"] == editor.text()
    assert len(session.asked("check")) == before + 1


def test_the_card_is_turned_to_the_other_colours(drafted: Window, qtbot: QtBot) -> None:
    preview = drafted.bench.preview
    before = preview.card.grab().toImage()
    qtbot.mouseClick(preview.light, Qt.MouseButton.LeftButton)
    assert preview.card.grab().toImage() != before
    qtbot.mouseClick(preview.light, Qt.MouseButton.LeftButton)
    assert preview.card.grab().toImage() == before


# -- where the post goes


def _choose(window: Window, name: str, *, narrow: bool = False) -> None:
    preview = window.bench.preview
    menu = (preview.device_menu if narrow else preview.network).menu()
    next(action for action in menu.actions() if action.text() == name).trigger()


def test_another_network_counts_in_its_own_way_and_is_kept(drafted: Window, session: ScriptedSession) -> None:
    preview = drafted.bench.preview
    asked = len(session.asked("check"))
    assert preview.network.text() == "LinkedIn"
    _choose(drafted, "Bluesky")
    text = drafted.bench.paper.editor.text()
    assert preview.network.text() == "Bluesky"
    assert drafted.settings.network == "bluesky" == drafted.desk.brief.network
    assert preview.counter.measure == measure(text, "bluesky")
    assert not preview.card.folded
    assert preview.card.network == "bluesky"
    assert len(session.asked("check")) == asked + 1
    drafted.bench.paper.bar.shape.chosen.emit("list")
    assert drafted.desk.brief.network == "bluesky"


def test_the_way_after_a_copy_names_the_network(drafted: Window) -> None:
    _choose(drafted, "X")
    drafted.drafting.copy()
    assert drafted.toast._way.text() == "Open X"
    assert drafted.toast._way.isVisible()
    _choose(drafted, "Mastodon")
    drafted.drafting.copy()
    assert drafted.toast.isVisible()
    assert not drafted.toast._way.isVisible()


def test_the_folded_menu_holds_devices_and_networks(drafted: Window) -> None:
    drafted.resize(900, 600)
    preview = drafted.bench.preview
    assert preview.device_menu.text() == "LinkedIn, phone"
    _choose(drafted, "Threads", narrow=True)
    _choose(drafted, "Desktop", narrow=True)
    assert preview.device_menu.text() == "Threads, desktop"
    assert (preview.card.network, preview.card.text_width) == ("threads", 523)
