"""The Models page, on a real library and a stand-in of the hub: what a person clicks, and what comes of it."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from composer.engine.messages import Load, Trial
from composer.engine.tuning import Tuning
from composer.library.desk import LibraryDesk, Said
from composer.library.discover import Place
from composer.library.keys import SERVICE, Keys
from composer.settings import Settings
from composer.ui.app import Parts
from composer.ui.controls import Elided
from composer.ui.models_row import ModelRow
from composer.ui.window import Window
from tests.library.files import STR, write
from tests.library.standin import Fault, StandIn
from tests.ui.scripted import ScriptedSession
from tests.ui.shelves import CONTENT, library, write_list

LEFT = Qt.MouseButton.LeftButton


class Room:
    """A window with a library, and the ways of a person through it."""

    def __init__(self, qtbot: QtBot, window: Window, desk: LibraryDesk) -> None:
        self.qtbot, self.window, self.desk = qtbot, window, desk

    @property
    def page(self):
        return self.window.pages.models.page

    def open(self) -> None:
        self.window.pages.show_models()
        self.until(lambda: (shelf := self.window.pages.models.known.shelf) is not None and shelf.looked)

    def until(self, check: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(check, timeout=10_000)

    def row(self, key: str) -> ModelRow:
        row = self.page.row(key)
        assert row is not None, key
        return row

    def shows(self, key: str, act: str) -> bool:
        row = self.page.row(key)
        return row is not None and act in row.acts.buttons and not row.acts.isHidden()

    def asks(self, key: str, kind: str) -> bool:
        row = self.page.row(key)
        return row is not None and bool(row.question.words) and row.question._kind == kind

    def click(self, key: str, act: str) -> None:
        self.until(lambda: self.shows(key, act))
        self.qtbot.mouseClick(self.row(key).acts.buttons[act], LEFT)

    def answer(self, key: str, act: str) -> None:
        self.qtbot.mouseClick(self.row(key).question.acts.buttons[act], LEFT)

    def in_section(self, name: str) -> list[str]:
        return list(getattr(self.page, name).rows)


@pytest.fixture
def hub() -> Iterator[StandIn]:
    with StandIn(CONTENT) as one:
        yield one


@pytest.fixture
def enter(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, hub: StandIn, kept: list[Settings]
) -> Iterator[Callable[..., Room]]:
    """Opens a window with a library on the stand-in."""
    made: list[Parts] = []

    def go(chosen: Settings | None = None, *, listed: Path | None = None, size=(1280, 800), **given: object) -> Room:
        desks: list[LibraryDesk] = []
        list_ = listed or write_list(tmp_path / "list.toml")

        def make() -> LibraryDesk:
            home = tmp_path / "home"
            tuning = home / "data" / "tuning.json"
            desks.append(LibraryDesk(lambda: library(home, list_, hub, **given), tuning=tuning))
            return desks[0]

        session = ScriptedSession()
        parts = Parts(qapp, lambda: session, chosen or Settings(), kept.append, make)  # type: ignore[arg-type, return-value]
        made.append(parts)
        parts.window.resize(*size)
        parts.window.show()
        qtbot.waitExposed(parts.window)
        parts.start()
        return Room(qtbot, parts.window, parts.window.pages.models.desk)

    yield go
    hub.release.set()
    for parts in made:
        parts.window.quit_anyway()
        parts.close()
        parts.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_first_page_asks_once_and_shows_what_fits(enter: Callable[..., Room], kept: list[Settings], qtbot) -> None:
    room = enter()
    window = room.window
    buttons = {b.text(): b for b in window.empty._offer.findChildren(type(window.empty.open_button))}
    qtbot.mouseClick(buttons["See what fits"], LEFT)
    assert window.page == "models"
    assert kept[-1].offer_models is False
    room.until(lambda: room.in_section("suggested") == ["tiny"])
    row = room.row("tiny")
    assert row.title.text() == "Tiny"
    assert "Apache-2.0" in row.facts.text()
    assert "not yet checked against the hub" in row.facts.text()
    assert row.strengths.text() == "Writes little, and fast."
    assert row.fit.text().startswith("Fits: it needs roughly ")
    assert "first word" not in row.fit.text()
    assert row.acts.buttons["get"].property("kind") == "filled"
    assert "12 of 16 GB memory free" in room.page.suggested.remark.text()
    assert room.page.in_use.text() == "In use: the built-in writer, which needs no model."
    qtbot.keyClick(room.page, Qt.Key.Key_Escape)
    room.until(lambda: window.on_empty)
    assert window.empty._offer.isHidden()


def test_a_window_that_was_answered_does_not_offer(enter: Callable[..., Room]) -> None:
    assert enter(Settings(offer_models=False)).window.empty._offer is None


def test_get_and_use(enter: Callable[..., Room], kept: list[Settings], tmp_path: Path) -> None:
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.until(lambda: room.shows("tiny", "use"))
    assert room.row("tiny").acts.buttons["use"].hasFocus()
    room.click("tiny", "use")
    room.until(lambda: bool(kept) and kept[-1].writer == "model")
    path = tmp_path / "home/data/models/owner/tiny-gguf/tiny.gguf"
    assert path.read_bytes() == CONTENT
    assert kept[-1].model == str(path)
    assert room.window.desk.writer == "model"
    assert room.page.notice.words == "The next draft is written with tiny."
    assert room.row("tiny").state.text() == "In use."
    assert "use" not in room.row("tiny").acts.buttons
    assert "not yet checked" not in room.row("tiny").facts.text()


def test_pause_and_go_on_from_the_same_byte(enter: Callable[..., Room], hub: StandIn) -> None:
    hub.faults = [Fault(drop=100_000), Fault(method="GET", status=503, headers={"Retry-After": "200"})]
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.until(lambda: "Waits 3 min 20 s" in room.row("tiny").bar_right.text())
    assert room.row("tiny").bar.full == pytest.approx(100_000 / len(CONTENT))
    room.click("tiny", "pause")
    room.until(lambda: "paused" in room.row("tiny").bar_left.text())
    assert room.in_section("getting") == ["tiny"]
    assert room.row("tiny").acts.buttons["get"].text() == "Go on"
    room.click("tiny", "get")
    room.until(lambda: room.shows("tiny", "use"))
    assert hub.gets()[-1].headers["range"] == "bytes=100000-"


def test_several_wait_and_one_may_go_first(enter: Callable[..., Room], hub: StandIn, tmp_path: Path) -> None:
    hub.faults = [Fault(stall=50_000)]
    room = enter(listed=write_list(tmp_path / "three.toml", names=("tiny", "small", "other")))
    room.open()
    room.qtbot.mouseClick(room.page.more, LEFT)
    for name in ("tiny", "small", "other"):
        room.click(name, "get")
    room.until(lambda: room.page.getting.remark.text() == "1 running, 2 waiting")
    assert room.in_section("getting") == ["tiny", "small", "other"]
    assert "starts when Tiny is done" in room.row("small").facts.text()
    room.click("small", "drop")
    room.until(lambda: room.page.getting.remark.text() == "1 running, 1 waiting")
    room.click("other", "first")
    hub.release.set()
    room.until(lambda: room.shows("other", "use") and room.shows("tiny", "use"))
    asked = [one.path.rsplit("/", 1)[-1] for one in hub.gets()]
    assert asked == ["tiny.gguf", "other.gguf", "tiny.gguf"]
    assert room.shows("small", "get")


def test_a_difference_is_said_and_may_be_accepted(enter: Callable[..., Room], tmp_path: Path) -> None:
    room = enter(listed=write_list(tmp_path / "wrong.toml", sha256="0" * 64))
    room.open()
    room.click("tiny", "get")
    room.until(lambda: room.asks("tiny", "differs"))
    words = room.row("tiny").question.words
    assert "has another tiny.gguf than the list" in words
    assert "Nothing was downloaded." in words
    room.answer("tiny", "no")
    assert not room.row("tiny").question.words
    room.click("tiny", "get")
    room.until(lambda: room.asks("tiny", "differs"))
    room.answer("tiny", "accept")
    room.until(lambda: room.shows("tiny", "use"))
    assert "than the list" in room.page.notice.words


class Ring:
    """A keyring of the system, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, host: str) -> str | None:
        return self.kept.get((service, host))

    def set_password(self, service: str, host: str, token: str) -> None:
        self.kept[service, host] = token


TOKEN = "hf_averysecretone"


@pytest.mark.parametrize("ring", [None, Ring()], ids=["no keyring", "keyring"])
def test_a_token_is_typed_unseen_and_kept_nowhere_else(
    enter: Callable[..., Room], hub: StandIn, tmp_path: Path, ring: Ring | None, kept: list[Settings]
) -> None:
    hub.token = TOKEN
    room = enter(keys=Keys(lambda: ring))
    told: list[object] = []
    room.desk.subscribe(told.append)
    room.open()
    room.click("tiny", "get")
    room.until(lambda: room.asks("tiny", "token"))
    question = room.row("tiny").question
    assert question.field.echoMode() == QLineEdit.EchoMode.Password
    room.until(question.field.hasFocus)
    assert question._hint.text().startswith("Kept in the system's keyring and nowhere else")
    room.qtbot.keyClicks(question.field, TOKEN)
    room.qtbot.keyClick(question.field, Qt.Key.Key_Return)
    assert question.field.text() == ""
    room.until(lambda: room.shows("tiny", "use"))
    where = next(one.sentence for one in told if isinstance(one, Said))
    assert where.endswith("in the system's keyring." if ring else "for this run only.")
    if ring:
        assert ring.kept == {(SERVICE, "127.0.0.1"): TOKEN}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if TOKEN.encode() in path.read_bytes()]
    assert TOKEN not in repr(kept)


def test_a_refused_token_is_asked_for_again(enter: Callable[..., Room], hub: StandIn) -> None:
    hub.token = TOKEN
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.until(lambda: room.asks("tiny", "token"))
    room.qtbot.keyClicks(room.row("tiny").question.field, "wrong")
    room.answer("tiny", "token")
    room.until(lambda: not room.asks("tiny", "token"))
    room.until(lambda: room.asks("tiny", "token"))
    room.answer("tiny", "no")
    assert room.shows("tiny", "get")


def test_a_file_off_the_list_is_asked_about_once(
    enter: Callable[..., Room], tmp_path: Path, kept: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    path = write(tmp_path / "mine" / "mine.gguf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    room = enter()
    room.open()
    room.qtbot.mouseClick(room.page.choose, LEFT)
    room.until(lambda: room.asks(str(path), "consent"))
    assert "nobody here has checked it" in room.row(str(path)).question.words
    assert room.in_section("chosen") == [str(path)]
    room.answer(str(path), "no")
    assert room.page.row(str(path)) is None
    assert not [one for one in kept if one.model]
    room.qtbot.mouseClick(room.page.choose, LEFT)
    room.until(lambda: room.asks(str(path), "consent"))
    room.answer(str(path), "agree")
    room.until(lambda: bool(kept) and kept[-1].model == str(path))
    room.until(lambda: str(path) in room.in_section("here"))
    room.window.choices.choose_writer("builtin")
    room.window.pages.models.show_current(None)
    room.click(str(path), "use")
    room.until(lambda: kept[-1].writer == "model")
    assert not room.row(str(path)).question.words


def test_a_file_that_is_no_model_is_refused(
    enter: Callable[..., Room], tmp_path: Path, kept: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "poem.gguf"
    path.write_text("A poem, and no model.", encoding="utf-8")
    room = enter()
    monkeypatch.setattr(room.window, "ask_files", lambda *_: [str(path)])
    room.window.choices.choose_writer("choose")
    assert room.window.page == "models"
    room.until(lambda: "poem.gguf" in room.page.notice.words)
    assert not [one for one in kept if one.model]
    assert room.page.row(str(path)) is None


def test_what_other_programs_have_is_used_where_it_lies(
    enter: Callable[..., Room], tmp_path: Path, kept: list[Settings]
) -> None:
    folder = tmp_path / "studio" / "a" / "b"
    folder.mkdir(parents=True)
    good = write(folder / "good.gguf")
    write(folder / "sight.gguf", {"general.architecture": (STR, "clip")})
    room = enter(places=(Place("LM Studio", tmp_path / "studio"),))
    room.open()
    assert room.in_section("here") == [str(good), str(folder / "sight.gguf")]
    assert "LM Studio" in room.row(str(good)).facts.text()
    assert room.row(str(good)).fit.text().startswith("Fits: ")
    assert "remove" not in room.row(str(good)).acts.buttons
    bad = room.row(str(folder / "sight.gguf"))
    assert list(bad.acts.buttons) == ["show"]
    assert bad.fit.text()
    room.click(str(good), "use")
    room.until(lambda: room.asks(str(good), "consent"))
    room.answer(str(good), "agree")
    room.until(lambda: bool(kept) and kept[-1].model == str(good))
    assert list((tmp_path / "home/data").rglob("*.gguf")) == []


def test_a_measured_speed_is_told(enter: Callable[..., Room], tmp_path: Path) -> None:
    folder = tmp_path / "studio"
    folder.mkdir()
    path = write(folder / "good.gguf")
    trial = Trial(2, 2, 128, True, 100.0, 9.0)
    Tuning(tmp_path / "home/data/tuning.json").keep(Load(str(path)), trial)
    room = enter(places=(Place("LM Studio", folder),))
    room.open()
    words = room.row(str(path)).fit.text()
    assert words.endswith("About 1 min to the first word for half an hour of talk, measured here.")


def test_remove_asks_first_and_frees_the_writer(
    enter: Callable[..., Room], tmp_path: Path, kept: list[Settings]
) -> None:
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.click("tiny", "use")
    room.until(lambda: bool(kept) and kept[-1].writer == "model")
    room.click("tiny", "remove")
    assert room.asks("tiny", "remove")
    assert room.row("tiny").question.words.startswith("Remove Tiny? 0.2 MB are deleted")
    assert room.row("tiny").question.acts.buttons["no"].hasFocus()
    room.answer("tiny", "no")
    assert not room.asks("tiny", "remove")
    room.click("tiny", "remove")
    room.answer("tiny", "sure")
    room.until(lambda: room.shows("tiny", "get"))
    assert (kept[-1].writer, kept[-1].model) == ("builtin", "")
    assert not list((tmp_path / "home").rglob("*.gguf"))


def test_the_library_moves_and_the_writer_with_it(
    enter: Callable[..., Room], tmp_path: Path, kept: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "other disk"
    new.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(new))
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.click("tiny", "use")
    room.until(lambda: bool(kept) and kept[-1].writer == "model")
    room.qtbot.mouseClick(room.page.move_button, LEFT)
    room.until(lambda: str(new) in room.page.notice.words)
    path = new / "owner/tiny-gguf/tiny.gguf"
    assert path.read_bytes() == CONTENT
    room.until(lambda: kept[-1].model == str(path))
    room.until(lambda: str(new) in room.page.stored.text())
    assert room.row("tiny").state.text() == "In use."


def test_folders_are_named_and_dropped(
    enter: Callable[..., Room], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models of mine"
    folder.mkdir()
    path = write(folder / "mine.gguf")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    room = enter()
    room.open()
    room.qtbot.mouseClick(room.page.look_button, LEFT)
    room.until(lambda: room.in_section("here") == [str(path)])
    drop = next(b for b in room.page.findChildren(type(room.page.more)) if b.text() == "Look there no more")
    room.qtbot.mouseClick(drop, LEFT)
    room.until(lambda: room.in_section("here") == [])


def test_an_entry_of_ones_own(enter: Callable[..., Room]) -> None:
    room = enter()
    room.open()
    room.qtbot.mouseClick(room.page.more, LEFT)
    room.qtbot.keyClicks(room.page.address, "someone/some-gguf/some.gguf")
    room.qtbot.mouseClick(room.page.add, LEFT)
    room.until(lambda: room.shows("some", "get"))
    assert "your own entry" in room.row("some").facts.text()
    room.click("some", "remove")
    room.answer("some", "sure")
    room.until(lambda: room.page.row("some") is None)
    room.qtbot.keyClicks(room.page.address, "nothing")
    room.qtbot.keyClick(room.page.address, Qt.Key.Key_Return)
    room.until(lambda: "does not name a file" in room.page.notice.words)


def test_a_hub_that_fails_says_so_and_may_be_asked_again(enter: Callable[..., Room], hub: StandIn) -> None:
    hub.faults = [Fault(method="HEAD", status=404)]
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.until(lambda: room.asks("tiny", "failed"))
    room.answer("tiny", "get")
    room.until(lambda: room.shows("tiny", "use"))


def test_what_a_model_was_used_for(enter: Callable[..., Room], tmp_path: Path, hub: StandIn) -> None:
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.until(lambda: room.shows("tiny", "use"))
    path = tmp_path / "home/data/models/owner/tiny-gguf/tiny.gguf"
    other = library(tmp_path / "home", tmp_path / "list.toml", hub)
    other.notes.used(path)
    other.notes.used(path)
    room.desk.look()
    room.until(lambda: room.row("tiny").state.text().startswith("Wrote 2 drafts, last "))
    room.click("tiny", "use")
    room.until(lambda: room.row("tiny").state.text().startswith("In use. Wrote 2 drafts"))
    assert library(tmp_path / "home", tmp_path / "list.toml", hub).notes.use(path).drafts == 2


def test_all_of_it_happens_off_the_windows_thread(enter: Callable[..., Room], monkeypatch: pytest.MonkeyPatch) -> None:
    from composer.library.commands import Library

    threads: dict[str, str] = {}
    for name in ("list", "find", "get", "may_load", "remove", "move"):
        real = getattr(Library, name)

        def seen(self, *given, _real=real, _name=name, **named):
            threads[_name] = threading.current_thread().name
            return _real(self, *given, **named)

        monkeypatch.setattr(Library, name, seen)
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.click("tiny", "use")
    room.until(lambda: room.window.desk.writer == "model")
    room.click("tiny", "remove")
    room.answer("tiny", "sure")
    room.until(lambda: room.shows("tiny", "get"))
    room.until(lambda: {"list", "find", "get", "may_load", "remove"} <= set(threads))
    assert threads["get"] == "downloads"
    assert {threads[name] for name in ("find", "may_load", "remove")} == {"library"}
    assert threading.main_thread().name not in threads.values()


def test_closing_the_window_pauses_and_the_next_goes_on(enter: Callable[..., Room], hub: StandIn) -> None:
    hub.faults = [Fault(drop=100_000), Fault(method="GET", status=503, headers={"Retry-After": "200"})]
    room = enter()
    room.open()
    room.click("tiny", "get")
    room.until(lambda: "Waits 3 min 20 s" in room.row("tiny").bar_right.text())
    room.window.close_library()
    again = enter()
    again.open()
    assert again.in_section("getting") == ["tiny"]
    again.click("tiny", "get")
    again.until(lambda: again.shows("tiny", "use"))
    assert hub.gets()[-1].headers["range"] == "bytes=100000-"


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_nothing_is_cut_off_and_everything_has_a_name(
    enter: Callable[..., Room], tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / "studio"
    folder.mkdir()
    path = write(folder / ("a-model-with-a-name-that-tells-all-of-its-history-" * 3 + "Q4_K_M.gguf"))
    room = enter(size=size, places=(Place("LM Studio", folder),))
    room.open()
    room.qtbot.mouseClick(room.page.more, LEFT)
    room.click(str(path), "use")
    room.until(lambda: room.asks(str(path), "consent"))
    area = room.page.area
    assert area.widget().width() <= area.viewport().width()
    buttons = [part for part in room.page.findChildren(QAbstractButton) if part.isVisible()]
    assert len(buttons) > 6
    for part in buttons:
        assert part.accessibleName() or part.text()
        assert part.width() >= part.sizeHint().width(), part.text()

    def cut_off() -> list[str]:
        found = []
        for part in room.page.findChildren(QLabel):
            if part.isVisible() and not isinstance(part, Elided) and part.text():
                needed = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
                found += [part.text()] if part.height() < needed else []
        return found

    # The layout follows the words a moment later.
    room.until(lambda: not cut_off())


def test_without_a_network_the_page_works_and_nothing_even_tries(
    enter: Callable[..., Room], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: list[Settings]
) -> None:
    tried: list[object] = []

    def refuse(self: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    folder = tmp_path / "studio"
    folder.mkdir()
    path = write(folder / "good.gguf")
    room = enter(places=(Place("LM Studio", folder),))
    room.open()
    room.click(str(path), "use")
    room.until(lambda: room.asks(str(path), "consent"))
    room.answer(str(path), "agree")
    room.until(lambda: bool(kept) and kept[-1].model == str(path))
    assert tried == []
    room.click("tiny", "get")
    room.until(lambda: "Waits" in room.row("tiny").bar_right.text())
    assert tried
    room.click("tiny", "pause")
    room.until(lambda: room.shows("tiny", "get"))


def test_the_focus_starts_at_the_offer_and_the_ring_goes_with_it(enter: Callable[..., Room], tmp_path: Path) -> None:
    room = enter(size=(900, 600), listed=write_list(tmp_path / "long.toml", names=("tiny", "a", "b", "c", "d")))
    room.open()
    get = room.row("tiny").acts.buttons["get"]
    assert get.hasFocus()
    room.qtbot.mouseClick(room.page.more, LEFT)
    get.setFocus()
    ring, bar = room.window._ring, room.page.area.verticalScrollBar()
    room.until(lambda: bar.maximum() > 0 and ring.isVisible())
    for place in (bar.maximum() // 2, 0):
        bar.setValue(place)
        assert ring.geometry().center() == get.mapTo(room.window, get.rect().center())
