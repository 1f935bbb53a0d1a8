"""The library's work off the window's thread: two queues, one for downloads and one for all else.

Each has one thread, made when it is first needed. What comes of the work is told to the listeners as frozen values, on
those threads; a window must carry them to its own.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from composer.errors import ComposerError

if TYPE_CHECKING:
    from composer.library.commands import Library
    from composer.library.meter import Progress
    from composer.library.shelf import Shelf

log = logging.getLogger(__name__)
PATIENCE = 2.0  # seconds to wait for a thread at the end; what it leaves behind is taken up by the next run


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to choose from."""

    shelf: "Shelf"


@dataclass(frozen=True, slots=True)
class Queued:
    """The downloads: which runs, which wait, in order. By id."""

    running: str | None
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Getting:
    """How far the download of `id` is."""

    id: str
    progress: "Progress"


@dataclass(frozen=True, slots=True)
class Got:
    """The download of `id` is whole and lies at `path`. `notices` are sentences to show."""

    id: str
    path: Path
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stayed:
    """The download of `id` did not come to its end. `kind` is `paused`, `failed`, `differs` (the hub has another file
    than the list) or `token` (it asks who you are; `host` names the hub)."""

    id: str
    kind: str
    sentence: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """Other work that takes a while: `what` is `hashing` or `moving`, `path` the file, `done` and `total` in bytes."""

    what: str
    path: Path
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The file at `path` may be shown to the engine: its header is good, its content listed or agreed to."""

    path: Path


@dataclass(frozen=True, slots=True)
class Asks:
    """The file at `path` is on no list: only the person can say whether it is used."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The file at `path` cannot be used, and why."""

    path: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Served:
    """The server at `address` answers, and the text may go there: the next draft may be written with it."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class ServerAsks:
    """The server at `address` cannot be used yet. `kind` is `consent` (only the person can say that the text goes
    there), `key` (it asks for one) or `failed`."""

    address: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The downloaded models lie in `new` now, not in `old`."""

    old: Path
    new: Path


@dataclass(frozen=True, slots=True)
class Removed:
    """These files are gone."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the person; `bad` where something could not be done."""

    sentence: str
    bad: bool = False


News = (
    Shown
    | Queued
    | Getting
    | Got
    | Stayed
    | Busy
    | Ready
    | Asks
    | Refused
    | Served
    | ServerAsks
    | Moved
    | Removed
    | Said
)


class LibraryDesk:
    """Does what is asked, later, on its own threads. No method waits, and none raises.

    `make` makes the library, on such a thread; `tuning` is the file of measured speeds; `context` is in tokens;
    `limit` is what downloads may take, in bytes a second, 0 for all; `titles` has those of the saved drafts.
    """

    def __init__(
        self,
        make: "Callable[[], Library]",
        *,
        tuning: Path | None = None,
        context: int = 0,
        limit: int = 0,
        titles: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self.limit = limit
        self._titles = titles
        self._make, self._tuning, self._context = make, tuning, context
        self._library: Library | None = None
        self._listeners: list[Callable[[News], None]] = []
        self._lock = threading.Condition()
        self._order = threading.RLock()
        self._open = True
        self._work: deque[Callable[[], None]] = deque()
        self._wanted: deque[tuple[str, bool]] = deque()
        self._running: str | None = None
        self._stop = threading.Event()
        self._threads: dict[str, threading.Thread] = {}

    def subscribe(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Tell `listener` what comes of the work; call what is returned to end that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # downloads

    def get(self, id: str, *, accept: bool = False) -> None:
        """Download the entry `id`, or go on with it, when those before it are done. `accept` takes what the hub has
        although the list names another file. Ends with `Got` or `Stayed`."""
        with self._lock:
            if not self._open or id == self._running or id in [waiting for waiting, _ in self._wanted]:
                return
            self._wanted.append((id, accept))
            self._wake("downloads", self._download)
        self._tell_queue()

    def pause(self, id: str) -> None:
        """Stop the download of `id`, or take it off the queue. What has come is kept."""
        with self._lock:
            if id == self._running:
                self._stop.set()
            self._wanted = deque(item for item in self._wanted if item[0] != id)
        self._tell_queue()

    def first(self, id: str) -> None:
        """Let the waiting `id` begin now; the one that runs goes on after it."""
        with self._lock:
            item = next((item for item in self._wanted if item[0] == id), None)
            if item is None:
                return
            self._wanted.remove(item)
            if self._running is not None:
                self._wanted.appendleft((self._running, False))
                self._stop.set()
            self._wanted.appendleft(item)
        self._tell_queue()

    def _download(self) -> None:
        while True:
            with self._lock:
                self._running = None
                while self._open and not self._wanted:
                    self._lock.wait()
                if not self._open:
                    return
                id, accept = self._wanted.popleft()
                self._running = id
                self._stop = threading.Event()
            self._tell_queue()
            news = self._fetch(id, accept, self._stop)
            # What is there now comes first, so that the row goes from "downloading" to what it is with nothing between.
            self._safely(lambda: self._show(disk=False))
            with self._lock:
                self._running = None
            self._tell(news)
            self._tell_queue()

    def _fetch(self, id: str, accept: bool, stop: threading.Event) -> News:
        from composer.library.download import Rules
        from composer.library.trouble import Differs, NeedsToken, Paused

        hosts: list[str] = []
        try:
            got = self._the_library().get(
                id,
                # Asked again all the time: a new limit holds for what is on its way.
                rules=Rules(limit=lambda: self.limit, accept_changed=accept),
                stop=stop,
                progress=lambda progress: self._tell(Getting(id, progress)),
                ask_token=hosts.append,  # nobody can be asked here; the person answers later, with `keep_token`
            )
            return Got(id, got.path, got.notices)
        except Paused as error:
            return Stayed(id, "paused", str(error))
        except NeedsToken as error:
            return Stayed(id, "token", str(error), hosts[0] if hosts else "")
        except Differs as error:
            return Stayed(id, "differs", str(error))
        except ComposerError as error:
            return Stayed(id, "failed", str(error))
        except Exception:
            log.exception("the download of %s failed", id)
            return Stayed(id, "failed", "Something went wrong inside the app. What has come is kept.")

    # all else

    def look(self, *, disk: bool = True) -> None:
        """Look at the list, and with `disk` also at the files on this disk. Ends with `Shown`, first without those."""

        def work() -> None:
            self._show(disk=False)
            if disk:
                self._show(disk=True)

        self._do(work)

    def _show(self, *, disk: bool) -> None:
        from composer.library.commands import CONTEXT
        from composer.library.shelf import look

        context = self._context or CONTEXT
        library = self._the_library()
        try:
            titles = self._titles()
        except (ComposerError, RuntimeError):
            titles = {}  # the drafts cannot be read, or the app is closing: the models are shown without
        self._tell(Shown(look(library, tuning=self._tuning, context=context, disk=disk, titles=titles)))

    def use(self, path: Path, *, agreed: bool = False, add: bool = False) -> None:
        """See whether the file at `path` may be used; with `add`, remember its folder. A file off the list needs
        `agreed`, once. Ends with `Ready`, `Asks` or `Refused`."""

        def work() -> None:
            from composer.library.notes import NeedsConsent

            def tell(done: int, total: int) -> None:
                if not self._open:
                    raise ComposerError("The app was closed.")
                self._tell(Busy("hashing", path, done, total))

            library = self._the_library()
            try:
                if add:
                    library.add_file(path, agreed=agreed, tell=tell)
                elif agreed:
                    library.agree(path)
                library.may_load(path, tell)
            except NeedsConsent as error:
                self._tell(Asks(path, str(error)))
            except ComposerError as error:
                self._tell(Refused(path, str(error)))
            else:
                self._tell(Ready(path))

        self._do(work, look=add)

    def use_server(self, address: str, *, model: str = "", key: str = "", agreed: bool = False) -> None:
        """Name the server at an address, or use one that was named. One elsewhere needs `agreed`, once. It is asked for
        its models, and gets no word of any text. Ends with `Served`, `ServerAsks` or `Said`."""
        self._do(lambda: self._tell(self._serve(address, model, key, agreed)), look=True)

    def _serve(self, address: str, model: str, key: str, agreed: bool) -> News:
        from dataclasses import replace

        from composer.library.server_line import ServerError
        from composer.library.servers import NeedsServerConsent, server

        library = self._the_library()
        one = server(address)
        known = next((kept for kept in library.servers.all() if kept.url == one.url), one)
        one = library.servers.put(replace(known, model=model.strip()) if model.strip() else known)
        if key:
            library.keep_key(one, key)
        if agreed:
            library.servers.agree(one)
        try:
            library.servers.may_send(one)
            # What is shown now comes before what the answer brings: a silent server takes its time.
            self._show(disk=False)
            one = library.servers.put(library.try_server(one))
            library.servers.may_send(one)
        except NeedsServerConsent as error:
            return ServerAsks(one.url, "consent", error.what)
        except ServerError as error:
            return ServerAsks(one.url, "key" if error.kind == "key" else "failed", f"{error.what} {error.do}".strip())
        return Served(one.url, one.name)

    def remove_server(self, address: str) -> None:
        """Forget a server and its key."""

        def work() -> None:
            library = self._the_library()
            one = library.servers.get(address)
            library.forget_server(one)
            self._tell(Said(f"{one.name} is forgotten, and its key too."))

        self._do(work, look=True)

    def update_list(self, source: Path | None = None) -> None:
        """Take a newer list: from a file, else from where the list says. Ends with `Said`."""

        def work() -> None:
            library = self._the_library()
            before = library.catalogue().version
            after = library.update(source).version
            new = f"The list is of {after} now. Your own entries are as they were."
            self._tell(Said(new if after != before else f"The list is the newest there is, of {after}."))

        self._do(work, look=True)

    def keep_token(self, host: str, token: str, id: str) -> None:
        """Keep the token for `host`, and go on with the download of `id`. Says where the token is."""

        def work() -> None:
            self._tell(Said(self._the_library().keys.put(host, token).sentence))
            self.get(id)

        self._do(work)

    def remove(self, name: str) -> None:
        """Remove a downloaded model, or what came of it. Ends with `Removed`."""
        self._do(lambda: self._tell(Removed(self._the_library().remove(name))), look=True)

    def add_entry(self, address: str) -> None:
        """Put an address on the hub on the person's own list."""
        self._do(lambda: self._tell(Said(f"{self._the_library().add_entry(address).name} is on the list.")), look=True)

    def add_folder(self, folder: Path) -> None:
        """Look for models in `folder`, too."""
        self._do(lambda: self._the_library().notes.add_folder(folder), look=True)

    def remove_folder(self, folder: Path) -> None:
        """Look there no more."""
        self._do(lambda: self._tell_none(self._the_library().notes.remove_folder(folder)), look=True)

    def move(self, folder: Path) -> None:
        """Move the downloaded models to `folder`. Ends with `Moved`."""

        def work() -> None:
            library = self._the_library()
            old = library.folder
            new = library.move(folder, lambda path, d, t: self._tell(Busy("moving", path, d, t)))
            self._tell(Moved(old, new))

        self._do(work, look=True)

    def close(self) -> None:
        """Stop what runs and wait a moment for it; the next run takes up what is half done. Safe to call twice."""
        with self._lock:
            self._open = False
            self._stop.set()
            self._work.clear()
            self._wanted.clear()
            self._lock.notify_all()
        self._listeners.clear()
        for thread in self._threads.values():
            thread.join(PATIENCE)

    # inside

    def _do(self, work: Callable[[], object], *, look: bool = False) -> None:
        with self._lock:
            if not self._open:
                return
            self._work.append(lambda: self._safely(work))
            self._wake("library", self._labour)
        if look:
            self.look()

    def _labour(self) -> None:
        while True:
            with self._lock:
                while self._open and not self._work:
                    self._lock.wait()
                if not self._open:
                    return
                work = self._work.popleft()
            work()

    def _safely(self, work: Callable[[], object]) -> None:
        try:
            work()
        except ComposerError as error:
            self._tell(Said(str(error), bad=True))
        except Exception:
            log.exception("the library failed")
            self._tell(Said("Something went wrong inside the app. The models are as they were.", bad=True))

    def _wake(self, name: str, target: Callable[[], None]) -> None:
        """Under the lock: see that the thread runs, and has something to look at."""
        if name not in self._threads:
            # A daemon: the app may end while a line is silent; the part on the disk is good at any moment.
            self._threads[name] = threading.Thread(target=target, name=name, daemon=True)
            self._threads[name].start()
        self._lock.notify_all()

    def _the_library(self) -> "Library":
        with self._lock:
            if self._library is None:
                self._library = self._make()
            return self._library

    def _tell_queue(self) -> None:
        # One at a time: of two threads that tell, the one that looked first must not tell last.
        with self._order:
            with self._lock:
                news = Queued(self._running, tuple(id for id, _ in self._wanted))
            self._tell(news)

    def _tell(self, news: News) -> None:
        for listener in list(self._listeners):
            listener(news)

    def _tell_none(self, _outcome: object) -> None:
        """Work that is only seen in the next look."""
