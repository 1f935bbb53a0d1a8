"""How far a draft is, how long it still takes, and going on with one that was stopped."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from composer.events import PartialDraft, Stopped
from composer.text.problems import Problem
from composer.ui.left import Left
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession

CTRL = Qt.KeyboardModifier.ControlModifier


class Clock:
    """Says how long it has been, as a test wants it."""

    now = 0

    def start(self) -> None:
        """As QElapsedTimer's."""

    def elapsed(self) -> int:
        """Milliseconds."""
        return self.now


@pytest.fixture
def drafting(window: Window, session: ScriptedSession, qtbot: QtBot) -> Window:
    """A window in which a draft has begun, by key."""
    window.open_sample()
    qtbot.waitUntil(lambda: window.desk.evidence is not None)
    session.auto = False
    window.drafting._clock = Clock()  # type: ignore[assignment]
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    return window


def test_the_bar_says_how_far_it_is_and_how_long_it_takes_once_that_is_steady(
    drafting: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    page, clock, job = drafting.bench.paper.bar.page, drafting.drafting._clock, session.job("draft")
    for seconds in range(1, 11):
        clock.now = 1000 * seconds  # type: ignore[attr-defined]
        session.emit(scripted.progress(job, 13.1 * seconds))
        qtbot.waitUntil(
            lambda n=seconds: page.words.text() == f"Reading 0{int(13.1 * n) // 60}:{int(13.1 * n) % 60:02} of 10:55"
        )
        if seconds < 4:
            assert page.more.text() == ""
    assert page.more.text() == "about 40 s left"
    assert page.part == pytest.approx(0.2)
    session.emit(scripted.progress(job, 0, 0, "writing"))
    qtbot.waitUntil(lambda: page.words.text() == "Writing")
    assert page.more.text() == ""


def test_no_time_is_told_while_guesses_jump() -> None:
    left = Left()
    guesses = [left.feed("reading", done, 100, now) for now, done in ((0, 0), (4, 10), (6, 40), (7, 41), (9, 80))]
    assert guesses == [None, None, None, 10, None]


def test_a_stopped_draft_goes_on_where_it_was(drafting: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    editor, paper = drafting.bench.paper.editor, drafting.bench.paper
    session.emit(scripted.progress(session.job("draft"), 312))
    session.emit(scripted.partial(session.job("draft"), 9))
    kept = scripted.laid(until=9).text
    qtbot.waitUntil(lambda: editor.document().toPlainText() == kept)
    qtbot.keyClick(drafting, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: paper.notice.words == "Stopped at 05:12. What was written is kept.")
    assert editor.text() == kept
    assert paper.notice.way(0).text() == "Go on"
    qtbot.mouseClick(paper.notice.way(0), Qt.MouseButton.LeftButton)
    stopped = next(number for kind, number, _ in session.calls if kind == "draft")
    assert [(given["variant"], given["go_on"]) for given in session.asked("draft")] == [(0, 0), (0, stopped)]
    assert editor.document().toPlainText() == kept
    job = session.job("draft")
    session.emit(PartialDraft(job, scripted.laid(until=3)))
    session.emit(scripted.progress(job, 400))
    qtbot.waitUntil(lambda: paper.bar.page.words.text() == "Reading 06:40 of 10:55")
    assert editor.document().toPlainText() == kept
    session.emit(PartialDraft(job, scripted.laid(until=11)))
    qtbot.waitUntil(lambda: editor.document().toPlainText() == scripted.laid(until=11).text)
    session.emit(session.drafted(job, drafting.desk.brief))
    qtbot.waitUntil(lambda: editor.text() == scripted.laid().text)
    editor.undo()
    assert editor.text() == kept


@pytest.mark.parametrize(
    ("writer", "words"),
    [
        ("builtin", "The built-in writer begins again. It is quick, and it writes the same post."),
        ("model", "The model goes on after its last word. It reads again only what has left its memory."),
        (
            "server",
            "Finished lines stay. The line that broke off is written again, and the server may read again.",
        ),
    ],
)
def test_go_on_says_what_it_means(
    drafting: Window, session: ScriptedSession, qtbot: QtBot, writer: str, words: str
) -> None:
    drafting.desk.writer = writer
    session.emit(scripted.partial(session.job("draft"), 9))
    qtbot.keyClick(drafting, Qt.Key.Key_Escape)
    notice = drafting.bench.paper.notice
    qtbot.waitUntil(lambda: bool(notice.words))
    assert notice.way(0).toolTip() == notice.way(0).accessibleDescription() == words
    assert notice.way(1).toolTip() == ""


def test_another_brief_is_another_draft_and_is_not_gone_on_with(
    drafting: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.emit(scripted.partial(session.job("draft"), 9))
    qtbot.keyClick(drafting, Qt.Key.Key_Escape)
    notice = drafting.bench.paper.notice
    qtbot.waitUntil(lambda: bool(notice.words))
    drafting.bench.paper.bar._chosen("length", "long")
    assert notice.words == ""
    qtbot.keyClick(drafting, Qt.Key.Key_Return, CTRL)
    assert session.asked("draft")[-1]["go_on"] == 0


def test_a_stopped_draft_is_undone(drafting: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.emit(scripted.partial(session.job("draft"), 9))
    qtbot.keyClick(drafting, Qt.Key.Key_Escape)
    paper = drafting.bench.paper
    qtbot.waitUntil(lambda: bool(paper.notice.words))
    qtbot.mouseClick(paper.notice.way(1), Qt.MouseButton.LeftButton)
    assert paper.editor.text() == ""


def test_after_other_words_a_draft_begins_anew(drafting: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.emit(scripted.partial(session.job("draft"), 9))
    qtbot.keyClick(drafting, Qt.Key.Key_Escape)
    paper = drafting.bench.paper
    qtbot.waitUntil(lambda: bool(paper.notice.words))
    qtbot.keyClicks(paper.editor, "Mine.")
    qtbot.mouseClick(paper.notice.way(0), Qt.MouseButton.LeftButton)
    assert paper.editor.document().toPlainText() == ""
    assert "Mine." in paper.editor.text()


def test_a_late_check_says_nothing_while_a_draft_is_written(
    drafting: Window, session: ScriptedSession, qtbot: QtBot
) -> None:
    """What was found in the text of before comes back with it, and not earlier."""
    preview, editor = drafting.bench.preview, drafting.bench.paper.editor
    session.emit(session.drafted(session.job("draft"), drafting.desk.brief))
    at = scripted.laid().text.index("40 percent")
    found = (Problem(at, at + 10, "number", "warn", "“40 percent” is not in the source."),)
    qtbot.waitUntil(lambda: preview._check_count.text() == "" and bool(editor.text()))
    qtbot.keyClick(drafting, Qt.Key.Key_Return, CTRL)
    drafting.desk.checked.emit(found, editor.text())
    assert preview._check_count.text() == ""

    def words() -> list[str]:
        return [part.text() for part in preview.checks.findChildren(QLabel) if part.isVisibleTo(drafting)]

    qtbot.waitUntil(lambda: words() == ["They run when the draft is done."])
    session.emit(Stopped(session.job("draft"), None))
    qtbot.waitUntil(lambda: preview._check_count.text() == "1 to look at")


def test_the_title_follows_the_first_line(drafting: Window, session: ScriptedSession, qtbot: QtBot) -> None:
    session.variants = 3
    editor, title = drafting.bench.paper.editor, drafting.top.title
    session.emit(session.drafted(session.job("draft"), drafting.desk.brief))
    qtbot.waitUntil(lambda: title.text() == "What a Kitchen Wall Knows")
    qtbot.keyClick(drafting, Qt.Key.Key_Return, CTRL)
    session.emit(session.drafted(session.job("draft"), drafting.desk.brief, variant=1))
    qtbot.waitUntil(lambda: title.text() == "One List, Four Hundred Meals")
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    drafting.bench.paper.flush()
    assert title.text() == "What a Kitchen Wall Knows"
