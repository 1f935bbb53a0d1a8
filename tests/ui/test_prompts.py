"""A person's own prompts, changed and taken back in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from composer.ui.window import Window
from composer.writers import own_prompts

KEY = Qt.Key


@pytest.fixture
def page(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Window:
    """The page, opened from the settings."""
    monkeypatch.setenv("POST_COMPOSER_RESOURCES", str(tmp_path / "resources"))
    next(action for action in window.top.settings.menu().actions() if action.text() == "Prompts…").trigger()
    qtbot.waitUntil(lambda: bool(window.pages.prompts.text.toPlainText()))
    return window


def test_a_prompt_is_changed_and_the_change_taken_back(page: Window, qtbot: QtBot) -> None:
    prompts = page.pages.prompts
    ours = own_prompts.one("system.txt").text
    assert prompts.list.count() == len(own_prompts.every())
    assert not prompts.save.isEnabled()
    assert not prompts.reset.isEnabled()
    prompts.text.setFocus()
    qtbot.keyClicks(prompts.text, "Mine. ")
    assert prompts.save.property("kind") == "filled"
    qtbot.mouseClick(prompts.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.notice.words == "Saved. The next draft is written with it.")
    assert own_prompts.one("system.txt").text.startswith("Mine. ")
    assert prompts.list.item(0).text().endswith("· changed")
    qtbot.mouseClick(prompts.reset, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.notice.words == "This is the prompt that came with the app.")
    assert own_prompts.one("system.txt").text == ours
    assert prompts.text.toPlainText() == ours
    qtbot.keyClick(prompts.text, KEY.Key_Escape)
    qtbot.keyClick(prompts.text, KEY.Key_Escape)
    assert page.on_empty


def test_what_was_typed_stays_while_another_is_read(page: Window, qtbot: QtBot) -> None:
    prompts = page.pages.prompts
    qtbot.keyClicks(prompts.text, "Mine. ")
    qtbot.keyClick(prompts.list, KEY.Key_Down)
    assert not prompts.text.toPlainText().startswith("Mine. ")
    assert not prompts.save.isEnabled()
    qtbot.keyClick(prompts.list, KEY.Key_Up)
    assert prompts.text.toPlainText().startswith("Mine. ")
    assert prompts.save.isEnabled()


def test_a_prompt_that_cannot_be_is_refused_in_a_sentence(page: Window, qtbot: QtBot) -> None:
    prompts = page.pages.prompts
    prompts.text.selectAll()
    qtbot.keyClick(prompts.text, KEY.Key_Delete)
    qtbot.mouseClick(prompts.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.notice.words))
    assert "\n" not in page.notice.words
    assert not own_prompts.one("system.txt").changed
    assert prompts.save.isEnabled()
