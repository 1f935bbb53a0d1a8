"""Connects the Models page with the library's desk: what was asked goes down, what was done comes up."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from composer.library import desk as news
from composer.library.desk import LibraryDesk
from composer.ui.bridge import Bridge
from composer.ui.models_page import ModelsPage
from composer.ui.models_row import ModelRow
from composer.ui.models_words import Known, View, Words, rough, size
from composer.ui.theme import Theme
from composer.ui.top_bar import server_name

if TYPE_CHECKING:
    from composer.library.shelf import Shelf


class Models(QObject):
    """Between page and desk. `used` carries a file that may be shown to the engine, `served` the address of a server
    that answers; `forgotten` one that is forgotten; `limited` what downloads may take, in bytes a second; `moved` the
    old and the new folder of the downloads; `removed` files that are gone."""

    used = Signal(Path)
    served = Signal(str)
    forgotten = Signal(str)
    limited = Signal(int)
    moved = Signal(Path, Path)
    removed = Signal(tuple)

    def __init__(self, desk: LibraryDesk, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.page = desk, ModelsPage(theme)
        self.known = Known()
        self._words = Words(self.tr)
        self._hosts: dict[str, str] = {}
        self._add = False
        self._opened = False
        self._moving = False
        self._fresh = False
        self.bridge = Bridge(self)
        # The bridge of the session carries any value; here they are the library's.
        self.bridge.arrived.connect(self.take)
        self._unsubscribe = desk.subscribe(self.bridge)  # type: ignore[arg-type]
        page = self.page
        page.acted.connect(self._act)
        page.file_wanted.connect(self.choose_file)
        page.folder_wanted.connect(self._choose_folder)
        page.folder_dropped.connect(desk.remove_folder)
        page.move_wanted.connect(self._choose_home)
        page.address_added.connect(desk.add_entry)
        page.server_wanted.connect(self._name_server)
        page.limit_chosen.connect(self._limit)
        page.update_wanted.connect(self._update_list)
        page.show_limit(desk.limit / 1e6)

    def open(self, current: Path | str | None) -> None:
        """The page comes into view. `current` is the model in use or the server's address, None for the built-in
        writer."""
        self._fresh = True
        self.show_current(current)
        self.desk.look()

    def show_current(self, current: Path | str | None) -> None:
        """Show which model is in use."""
        self.known.current = current
        words = self.tr("In use: the built-in writer, which needs no model.")
        if isinstance(current, Path):
            words = self.tr("In use: {name}.").format(name=current.stem)
        elif current:
            words = self.tr("In use: the server at {address}.").format(address=server_name(current))
        self.page.in_use.setText(words)
        self._show()

    def close(self) -> None:
        """Stop what runs."""
        self.bridge.close(self._unsubscribe)
        self.desk.close()

    # -- what comes up

    def take(self, event: object) -> None:
        """Take what the desk tells, on the window's thread."""
        known = self.known
        match event:
            case news.Shown(shelf):
                known.shelf = _with_found(shelf, known.shelf)
            case news.Queued(running, waiting):
                known.running, known.waiting = running, waiting
            case news.Getting(id, progress):
                known.progress[id] = progress
                if (row := self.page.row(id)) is not None and (view := self._view(id)) is not None:
                    row.show_view(view)
                    return
            case news.Got(id, path, notices):
                known.progress.pop(id, None)
                known.asked.pop(id, None)
                self.page.notice.say(" ".join([self._whole(id, path), *notices]), icon="check")
            case news.Stayed():
                self._stayed(event)
            case news.Busy(what, path, done, total):
                self._busy(what, path, done, total)
            case news.Ready(path):
                self._settled(path)
                self.used.emit(path)
            case news.Asks(path, sentence):
                known.busy.pop(path, None)
                known.asked[self._key(path)] = self._words.consent(sentence)
            case news.Refused(path, sentence):
                self._settled(path)
                self.page.notice.say(sentence, tone="bad")
            case news.Served(address, name):
                known.asking.discard(address)
                known.asked.pop(address, None)
                self.served.emit(address)
                words = self.tr("{server} answers. The next draft is written with it.").format(server=name)
                self.page.notice.say(words, icon="check")
            case news.ServerAsks(address, kind, sentence):
                known.asking.discard(address)
                make = {"consent": self._words.sending, "key": self._words.key}.get(kind, self._words.silent)
                known.asked[address] = make(sentence)
            case news.Moved(old, new):
                self._moving = False
                self.moved.emit(old, new)
                self.page.notice.say(self.tr("The models lie in {folder} now.").format(folder=new), icon="check")
            case news.Removed(paths):
                self.removed.emit(paths)
            case news.Said(sentence, bad):
                self._moving = False
                known.asking.clear()
                self.page.notice.say(sentence, tone="bad" if bad else "plain", icon="warning" if bad else "check")
        self._show()

    def _whole(self, id: str, path: Path) -> str:
        shelf = self.known.shelf
        name = next((row.entry.name for row in shelf.listed if row.entry.id == id), path.stem) if shelf else path.stem
        return self.tr("{name} is here, whole and checked.").format(name=name)

    def _stayed(self, event: news.Stayed) -> None:
        known, words = self.known, self._words
        known.progress.pop(event.id, None)
        if event.kind == "token":
            self._hosts[event.id] = event.host
            known.asked[event.id] = words.token(event.sentence, event.host)
        elif event.kind == "differs":
            known.asked[event.id] = words.differs(event.sentence)
        elif event.kind == "failed":
            known.asked[event.id] = words.failed(event.sentence, again=True)

    def _busy(self, what: str, path: Path, done: int, total: int) -> None:
        if what == "hashing":
            self.known.busy[path] = (done, total)
        else:
            self._moving = True
            far = self.tr("Moving {name}: {done} of {total}")
            words = far.format(name=path.name, done=size(done), total=size(total))
            self.page.stored.setText(words)

    def _settled(self, path: Path) -> None:
        """A file was looked at, to the end."""
        self.known.busy.pop(path, None)
        self.known.asked.pop(self._key(path), None)
        if self.known.chosen == path:
            self.known.chosen = None

    # -- what goes down

    def use_server(self, address: str) -> None:
        """Use a server that was named: it is asked about if the text would leave, and then whether it answers."""
        self.known.asking.add(address)
        self.desk.use_server(address)
        self._show()

    def _name_server(self, address: str, model: str, key: str) -> None:
        self.desk.use_server(address, model=model, key=key)

    def _limit(self, rate: float) -> None:
        """`rate` in MB a second."""
        self.desk.limit = round(rate * 1e6)
        self.limited.emit(self.desk.limit)

    def _update_list(self) -> None:
        """From where the list says; where it says nothing, from a file."""
        shelf = self.known.shelf
        if shelf is not None and shelf.source:
            self.desk.update_list()
            return
        kinds = self.tr("Lists of models (*.toml);;All files (*)")
        names = QFileDialog.getOpenFileName(self.page, self.tr("Choose a newer list of models"), "", kinds)
        if names[0]:
            self.desk.update_list(Path(names[0]))

    def _act_server(self, address: str, act: str, typed: str) -> None:
        known, desk = self.known, self.desk
        known.asked.pop(address, None)
        if act in ("serve", "allow", "token"):
            known.asking.add(address)
            desk.use_server(address, key=typed, agreed=act == "allow")
        elif act == "remove" and (view := self._view(address)) is not None:
            known.asked[address] = self._words.forget(view.title)
        elif act == "sure":
            desk.remove_server(address)
            self.forgotten.emit(address)
        self._show()

    def _act(self, key: str, act: str, typed: str) -> None:
        known, desk = self.known, self.desk
        if key.startswith(("http://", "https://")):
            self._act_server(key, act, typed)
            return
        path = self._path(key)
        ask = known.asked.pop(key, None)
        if act in ("get", "accept"):
            desk.get(key, accept=act == "accept")
        elif act in ("pause", "drop"):
            desk.pause(key)
        elif act == "first":
            desk.first(key)
        elif act in ("use", "agree") and path is not None:
            known.busy[path] = (0, 0)
            desk.use(path, agreed=act == "agree", add=path == known.chosen)
        elif act == "token":
            desk.keep_token(self._hosts.get(key, ""), typed, key)
        elif act == "remove" and (view := self._view(key)) is not None:
            known.asked[key] = self._words.remove(view, self._sizes())
        elif act == "sure":
            desk.remove(key)
        elif act == "show" and path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
        elif act == "no" and ask is not None and path == known.chosen:
            known.chosen = None
        self._show()

    def choose_file(self) -> None:
        """Ask for a model file, and use it."""
        names = QFileDialog.getOpenFileName(
            self.page, self.tr("Choose a model file"), "", self.tr("Models (*.gguf);;All files (*)")
        )
        if names[0]:
            self.use_file(Path(names[0]))

    def use_file(self, path: Path) -> None:
        """Use a file that lies anywhere: it is looked at first, and asked about if it is on no list."""
        path = path.absolute()
        self.known.chosen = path
        self.known.busy[path] = (0, 0)
        self.desk.use(path, add=True)
        self._show()

    def _choose_folder(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self.page, self.tr("Look for models in")):
            self.desk.add_folder(Path(folder))

    def _choose_home(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self.page, self.tr("Move the models to")):
            self.desk.move(Path(folder))

    # -- what is shown

    def _key(self, path: Path) -> str:
        """The key of the row of a file."""
        rows = self.known.shelf.listed if self.known.shelf else ()
        return next((row.entry.id for row in rows if row.path == path), str(path))

    def _path(self, key: str) -> Path | None:
        """The file of a row."""
        shelf = self.known.shelf
        rows = {row.entry.id: row.path for row in shelf.listed} if shelf else {}
        return rows.get(key) or (Path(key) if Path(key).is_absolute() else None)

    def _sizes(self) -> dict[str, int]:
        """What each row has on the disk, in bytes, where this app put it there."""
        shelf, sizes = self.known.shelf, {}
        if shelf is not None:
            for row in shelf.listed:
                sizes[row.entry.id] = {"here": row.entry.best_size or 0, "part": row.done}.get(row.state, 0)
            sizes |= {str(row.found.path): row.found.size for row in shelf.found if row.ours}
        return sizes

    def _view(self, key: str) -> View | None:
        return next((view for _, view in self._views() if view.key == key), None)

    def _views(self) -> Iterator[tuple[str, View]]:
        """Every row with the section it stands in, in order."""
        known, words, shelf = self.known, self._words, self.known.shelf
        if shelf is None:
            return
        queue = ([known.running] if known.running else []) + list(known.waiting)
        rows = {row.entry.id: row for row in shelf.listed}
        yield from (("getting", words.listed(rows[id], known)) for id in queue if id in rows)
        for id, row in rows.items():
            if id in queue:
                continue
            if row.state == "here":
                section = "here"
            elif row.state == "part":
                section = "getting"
            else:
                section = "suggested" if id == shelf.offer else "listed"
            yield section, words.listed(row, known, first=section == "suggested" and not queue)
        yield from (("here", words.found(row, known)) for row in shelf.found)
        yield from (("servers", words.served(row, known)) for row in shelf.servers)

    def _show(self) -> None:
        known, page, tr = self.known, self.page, self.tr
        views = list(self._views())
        held = self._row_with_focus()
        shown = {view.key for _, view in views}
        if known.chosen is not None and self._key(known.chosen) not in shown:
            views.append(("chosen", self._words.chosen(known.chosen, known)))
        shelf = known.shelf
        remarks = {"here": tr("Used where they lie, never copied"), "getting": self._queue_words()}
        remarks["servers"] = tr("Asked only when you draft or rewrite")
        if shelf is not None:
            remarks["suggested"] = self._room_words(shelf)
        for section in page.sections:
            name = next(name for name in SECTIONS if getattr(page, name) is section)
            section.show_views([view for at, view in views if at == name], remarks.get(name, ""))
        # Words that wrap settle the layout level by level; rows would stand squeezed for some pictures until then.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if held and self._row_with_focus() != held and (row := page.row(held)) is not None and row.acts.buttons:
            # The row went to another section; who works with the keyboard goes with it.
            next(iter(row.acts.buttons.values())).setFocus()
        if shelf is None:
            return
        if self._fresh and page.suggested.rows and page.choose.hasFocus():
            # The offer is the next thing to do, and comes a moment after the page.
            self._fresh = False
            for row in page.suggested.rows.values():
                row.acts.buttons["get"].setFocus()
        if not self._opened and shelf.looked:
            # Where nothing is offered, in hand or here, the list is what there is to see.
            self._opened = True
            page.show_list(not any(at in ("suggested", "getting", "here", "servers") for at, _ in views))
        else:
            page.show_list(not page.own.isHidden())
        if not self._moving:
            page.show_places(tr("Stored in {folder}").format(folder=_short(shelf.folder)), shelf.folders)
        page.move_button.setEnabled(not self._moving)
        page.dated.setText(shelf.strange or tr("List of {day}").format(day=shelf.version))
        page.dated.setToolTip(page.dated.text())

    def _row_with_focus(self) -> str:
        """The key of the row that has the focus, or ""."""
        part = QApplication.focusWidget()
        while part is not None and not isinstance(part, ModelRow):
            part = part.parentWidget()
        return part.key if part is not None else ""

    def _queue_words(self) -> str:
        waiting = len(self.known.waiting)
        if not self.known.running:
            return ""
        return self.tr("1 running, {n} waiting").format(n=waiting) if waiting else self.tr("1 running")

    def _room_words(self, shelf: "Shelf") -> str:
        machine, parts = shelf.machine, []
        if machine.total:
            words = self.tr("{free} of {total} GB memory free")
            parts.append(words.format(free=rough(machine.free), total=rough(machine.total)))
        if shelf.room:
            parts.append(self.tr("{room} GB free on disk").format(room=rough(shelf.room)))
        return ", ".join(parts)


SECTIONS = ("chosen", "suggested", "getting", "here", "servers", "listed")


def _with_found(new: "Shelf", old: "Shelf | None") -> "Shelf":
    """The new shelf; what was found on the disk stays until it was looked at again."""
    if new.looked or old is None:
        return new
    return replace(new, found=old.found, looked=old.looked, speeds={**old.speeds, **new.speeds})


def _short(folder: Path) -> str:
    """A folder below the person's home as `~/...`."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
