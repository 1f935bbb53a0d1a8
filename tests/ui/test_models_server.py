"""A server on the Models page, the limit and the list: what a person types and clicks, and what comes of it."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from composer.events import Failed
from composer.library.keys import Keys
from composer.library.server_call import Call
from composer.settings import Settings
from composer.ui.models_words import Known, Words
from tests.library.server_standin import NAME, ServerStandIn
from tests.ui import test_models_page
from tests.ui.shelves import shelf
from tests.ui.test_models_page import LEFT, Room

# The same fixtures.
hub, enter = test_models_page.hub, test_models_page.enter

AWAY = "https://llm.example.org/v1"


def name_server(room: Room, address: str, model: str = "", key: str = "") -> None:
    form = room.page.form
    room.qtbot.mouseClick(room.page.serve, LEFT)
    assert form.isVisible()
    assert QApplication.focusWidget() is form.address
    room.qtbot.keyClicks(form.address, address)
    room.qtbot.keyClicks(form.model, model)
    room.qtbot.keyClicks(form.key, key)
    room.qtbot.keyClick(form.address, Qt.Key.Key_Return)
    assert not form.isVisible()
    assert form.key.text() == ""


def test_a_server_near_is_used_at_once(enter: Callable[..., Room], kept: list[Settings]) -> None:
    with ServerStandIn() as stand:
        room = enter()
        room.open()
        assert stand.asked == []
        name_server(room, stand.url.removesuffix("/v1"))
        room.until(lambda: room.window.desk.writer == "server")
        assert [asked.method for asked in stand.asked] == ["GET"]  # and no word of any text
        assert room.window.desk.model == stand.url
        assert (kept[-1].writer, kept[-1].server) == ("server", stand.url)
        room.until(lambda: room.page.row(stand.url) is not None and room.row(stand.url).title.text() == NAME)
        row = room.row(stand.url)
        assert row.fit.text() == "The transcript stays on this machine."
        assert "In use" in row.state.text()
        assert "In use: the server at 127.0.0.1" in room.page.in_use.text()
        assert "answers" in room.page.notice.words
        # The next start uses it again, and asks nobody.
        count = len(stand.asked)
        again = enter(kept[-1])
        assert (again.window.desk.writer, again.window.desk.model) == ("server", stand.url)
        assert len(stand.asked) == count


def test_a_server_elsewhere_is_asked_about_once(
    enter: Callable[..., Room],
    kept: list[Settings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Call] = []
    monkeypatch.setattr(Call, "start", lambda self: (started.append(self), self.news.put(None)))
    room = enter()
    room.open()
    name_server(room, "llm.example.org")
    room.until(lambda: room.asks(AWAY, "consent"))
    question = room.row(AWAY).question
    assert question.words.startswith("This sends the transcript")
    assert "llm.example.org" in question.words
    # The safe answer has the focus.
    assert question.acts.buttons["no"].hasFocus()
    assert started == []
    room.answer(AWAY, "no")
    assert not room.row(AWAY).question.words
    assert room.window.desk.writer == "builtin"
    room.click(AWAY, "serve")
    room.until(lambda: room.asks(AWAY, "consent"))
    assert started == []
    room.answer(AWAY, "allow")
    room.until(lambda: bool(started))
    room.until(lambda: room.asks(AWAY, "failed"))  # nobody is there
    started.clear()
    room.answer(AWAY, "serve")
    room.until(lambda: bool(started))  # not asked about again


def test_a_key_is_asked_for_and_goes_to_the_keyring(enter: Callable[..., Room]) -> None:
    from tests.library.test_keys import Ring

    ring = Ring()
    with ServerStandIn(key="s3cret") as stand:
        room = enter(keys=Keys(lambda: ring))
        room.open()
        name_server(room, stand.url)
        room.until(lambda: room.asks(stand.url, "token"))
        assert "asks for a key" in room.row(stand.url).question.words
        field = room.row(stand.url).question.field
        assert field.echoMode() == field.EchoMode.Password
        room.qtbot.keyClicks(field, "s3cret")
        room.qtbot.keyClick(field, Qt.Key.Key_Return)
        room.until(lambda: room.window.desk.writer == "server")
        assert list(ring.kept.values()) == ["s3cret"]
        room.click(stand.url, "remove")
        room.until(lambda: room.asks(stand.url, "remove"))
        room.answer(stand.url, "sure")
        room.until(lambda: room.page.row(stand.url) is None)
        assert ring.kept == {}
        assert room.window.desk.writer == "builtin"


def test_nobody_there_and_no_address(enter: Callable[..., Room]) -> None:
    room = enter()
    room.open()
    name_server(room, "127.0.0.1:9")
    room.until(lambda: room.asks("http://127.0.0.1:9/v1", "failed"))
    assert "cannot be reached" in room.row("http://127.0.0.1:9/v1").question.words
    name_server(room, "not an address")
    room.until(lambda: "not the address of a server" in room.page.notice.words)
    room.qtbot.mouseClick(room.page.serve, LEFT)
    room.qtbot.keyClicks(room.page.form.key, "s3cret")
    room.qtbot.keyClick(room.page.form.key, Qt.Key.Key_Escape)
    assert not room.page.form.isVisible()
    assert room.window.page == "models"
    assert room.page.form.key.text() == ""


def test_a_silent_server_holds_nothing(enter: Callable[..., Room], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        room = enter()
        room.open()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        name_server(room, url)
        room.until(lambda: room.page.row(url) is not None)
        room.click("tiny", "get")  # a download goes on meanwhile
        room.until(lambda: room.shows("tiny", "use"))


def test_consent_is_asked_for_where_a_draft_needs_it(enter: Callable[..., Room], tmp_path: Path) -> None:
    room = enter(Settings(writer="server", server=AWAY))
    window = room.window
    failed = Failed(1, "This sends the transcript to llm.example.org.", "Nothing was sent.", "", None, "consent")
    ways = window.drafting.ways_from_draft(failed)
    assert [words for words, _ in ways] == ["Decide…", "Built-in writer"]
    ways[0][1]()
    assert window.page == "models"
    room.until(lambda: room.asks(AWAY, "consent"))


def test_a_limit_holds_and_is_kept(enter: Callable[..., Room], kept: list[Settings]) -> None:
    room = enter()
    room.open()
    field = room.page.limit
    for typed, limit in (
        ("2.5", 2_500_000),
        ("0,5", 500_000),
        ("fast", 500_000),
        ("-1", 500_000),
        ("", 0),
        ("12", 12_000_000),
    ):
        field.clear()
        room.qtbot.keyClicks(field, typed)
        room.qtbot.keyClick(field, Qt.Key.Key_Return)
        assert room.desk.limit == limit, typed
    assert kept[-1].limit == 12_000_000
    assert field.text() == "12"


def test_a_newer_list_from_a_file(
    enter: Callable[..., Room],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = enter()
    room.open()
    assert room.page.dated.text() == "List of 2026-01-01"
    newer = tmp_path / "newer.toml"
    newer.write_text("no list")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(newer), ""))
    room.qtbot.mouseClick(room.page.update_button, LEFT)
    room.until(lambda: "not valid TOML" in room.page.notice.words)


def test_the_first_word_is_judged_by_a_model_that_was_measured_here(tmp_path: Path) -> None:
    shown = shelf(tmp_path)
    # One of 5 GB read 150 tokens a second: half its size, twice its speed.
    speed, name = shown.judged(2_515_000_000) or (0.0, "")
    assert (round(speed), name) == (300, "Qwen3 8B")
    assert shown.judged(100_000_000) is None
    assert shown.judged(80_000_000_000) is None
    words, known = Words(str), Known(shelf=shown)
    rows = {row.entry.id: words.listed(row, known) for row in shown.listed}
    assert rows["qwen3-4b"].fit.endswith(
        "About 20 s to the first word for half an hour of talk, judged by Qwen3 8B here."
    )
    assert words.found(shown.found[0], known).fit.endswith("measured here.")
