"""The library's use-cases, for the command line and the window: plain values in, plain values out, no printing."""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from composer.errors import ComposerError
from composer.library import catalogue as lists
from composer.library import discover, fit, graphics
from composer.library.catalogue import UNCHECKED, Catalogue, Entry
from composer.library.download import Got, Rules, get, target
from composer.library.files import carry, lock, part
from composer.library.gguf_header import HeaderInfo, check, part_names
from composer.library.hub import Hub, fetch
from composer.library.keys import Kept, Keys
from composer.library.machine import Machine, look
from composer.library.meter import Progress
from composer.library.notes import Notes, Use, consent
from composer.library.servers import Server, Servers
from composer.library.trouble import DownloadError, LibraryError, NeedsToken, Paused
from composer.paths import Paths

if TYPE_CHECKING:
    from composer.engine.messages import Ready
    from composer.library.server_line import ServerLine

CONTEXT = 8192  # tokens, as in the settings


@dataclass(frozen=True, slots=True)
class Row:
    """A model on the list, as it stands here. `state` is `here`, `part` (a download that was stopped, with `done`
    bytes) or `away`; `checked` is the day the hub was asked, or `not yet checked against the hub`."""

    entry: Entry
    state: str
    path: Path
    done: int
    checked: str
    fit: fit.Fit | None
    use: Use | None

    def json(self) -> dict[str, Any]:
        """The row of `models list --json`."""
        entry = self.entry
        return {
            "id": entry.id,
            "name": entry.name,
            "state": self.state,
            "path": str(self.path) if self.state == "here" else None,
            "done": self.done,
            "size": entry.best_size,
            "size_exact": entry.size is not None,
            "repository": entry.repository,
            "file": entry.file,
            "sha256": entry.sha256,
            "revision": entry.revision,
            "checked": self.checked,
            "licence": entry.licence,
            "context": entry.context or None,
            "template": entry.template or None,
            "strengths": entry.strengths,
            "own": entry.own,
            "fit": None if self.fit is None else {"colour": self.fit.colour, "sentence": self.fit.sentence},
            "drafts": self.use.drafts if self.use else 0,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A model file looked at. `trust` is `listed`, `agreed`, `unknown`, or `not hashed yet`."""

    info: HeaderInfo
    fit: fit.Fit
    trust: str

    def json(self) -> dict[str, Any]:
        """What `models check --json` gives."""
        info, need = self.info, self.fit.need
        return {
            "path": str(info.path),
            "parts": [str(path) for path in info.parts],
            "name": info.name,
            "architecture": info.architecture,
            "size": info.size,
            "parameters": info.parameters,
            "context": info.context,
            "file_type": info.file_type or None,
            "template": info.template,
            "licence": info.licence or None,
            "trust": self.trust,
            "memory": {"context": need.context, "cache": need.cache, "peak": need.peak, "free": need.free},
            "fit": {"colour": self.fit.colour, "sentence": self.fit.sentence},
        }


def found_json(row: discover.Found) -> dict[str, Any]:
    """A row of `models find --json`."""
    return {
        "path": str(row.path),
        "parts": [str(path) for path in row.parts],
        "program": row.program,
        "name": row.name,
        "size": row.size,
        "usable": row.usable,
        "problem": row.problem,
        "architecture": row.info.architecture if row.info else None,
        "file_type": row.info.file_type or None if row.info else None,
    }


def got_json(got: Got) -> dict[str, Any]:
    """What `models get --json` gives."""
    return {
        "path": str(got.path),
        "size": got.size,
        "sha256": got.sha256,
        "listed": got.listed,
        "notices": list(got.notices),
    }


class Library:
    """The library of one person on one machine. Build one at the start; nothing is read before it is needed.

    `hub` makes the hub to ask (it is given a function that yields the token); `keys` keeps tokens; `machine` looks at
    the machine; `places` names the folders of other programs; `engine` asks the engine what it can do. All can be
    replaced in tests.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        hub: Callable[[Callable[[], str | None]], Hub] | None = None,
        keys: Keys | None = None,
        machine: Callable[[], Machine] = look,
        places: Callable[[], tuple[discover.Place, ...]] = discover.places,
        listed: Path | None = None,
        engine: "Callable[[], Ready | None]" = graphics.ask,
    ) -> None:
        self.paths = paths
        self.notes = Notes(paths.data / "library.json")
        self.servers = Servers(self.notes)
        self.keys = keys or Keys()
        self._machine, self._places, self._listed, self._engine = machine, places, listed, engine
        self._make_hub = hub or (lambda token: Hub(token=token))

    @property
    def folder(self) -> Path:
        """Where downloaded models lie."""
        return self.notes.home or self.paths.models

    @property
    def own_list(self) -> Path:
        """The person's own list."""
        return self.paths.data / "models.toml"

    def machine(self) -> Machine:
        """This machine, now."""
        return self._machine()

    def cards(self, *, ask: bool = False) -> graphics.Graphics | None:
        """What the engine's build can do beside the processor, as it once said; with `ask`, it is started for that
        where it was not asked yet. None where nobody knows."""
        known = graphics.kept(self.notes)
        if known is None and ask and (ready := self._engine()) is not None:
            known = graphics.keep(self.notes, ready)
        return known

    def catalogue(self) -> Catalogue:
        """The list: the newest of the one that came with the app, one that was fetched, and one that the person put
        into the config folder as `catalogue.toml`; and the person's own entries with it.

        A newer one that cannot be used is passed over: `strange` says why.
        """
        shipped = lists.load(self._listed, self.own_list)
        return max([shipped, *self._newer()[0]], key=lambda one: one.version)

    @property
    def strange(self) -> str:
        """Why a newer list is passed over, or nothing."""
        return " ".join(self._newer()[1])

    def _newer(self) -> tuple[list[Catalogue], list[str]]:
        found, wrong = [], []
        for path in (self.paths.data / "catalogue.toml", self.paths.config / "catalogue.toml"):
            if path.is_file():
                try:
                    found.append(lists.load(path, self.own_list))
                except LibraryError as error:
                    wrong.append(str(error))
        return found, wrong

    def update(self, source: Path | str | None = None) -> Catalogue:
        """Take a newer list: from a file or an address, else from where the list says that newer ones are. The
        person's own entries stay.

        Raises LibraryError where it cannot be had or used; the list stays as it was.
        """
        source = source or self.catalogue().source
        if not source:
            raise LibraryError(
                "This list names no place for newer ones.",
                safe="The list is as it was.",
                do=f"Give a file or an address, or put a catalogue.toml into {self.paths.config}.",
            )
        if isinstance(source, str):
            data = fetch(source)
        else:
            try:
                data = source.expanduser().read_bytes()
            except OSError as error:
                why = error.strerror or error
                raise LibraryError(f"{source.name} cannot be read ({why}).", safe="The list is as it was.") from error
        lists.take(data, self.paths.data / "catalogue.toml")
        return self.catalogue()

    # list, find, check

    def list(self, context: int = CONTEXT) -> tuple[Row, ...]:
        """Every model on the list: whether it is here, what was checked, and whether it would run."""
        machine = self._machine()
        cards = self.cards()
        return tuple(self._row(entry, context, machine, cards) for entry in self.catalogue().entries)

    def _row(self, entry: Entry, context: int, machine: Machine, cards: graphics.Graphics | None) -> Row:
        path = target(entry, self.folder)
        asked = self.notes.declared(entry)
        entry = self._recorded(entry)
        state, done, need = "away", 0, fit.estimate_entry(entry, context)
        if path.is_file():
            state = "here"
            try:
                need = fit.estimate(check(path), context, machine)
            except ComposerError:
                need = None
        elif part(path).is_file():
            state, done = "part", part(path).stat().st_size
        verdict = None if need is None else fit.judge(need, machine, cards)
        checked = asked[1] if asked else UNCHECKED
        return Row(entry, state, path, done, checked, verdict, self.notes.use(path))

    def _recorded(self, entry: Entry) -> Entry:
        """The entry with what the hub declared when it was first asked, where the list leaves it open."""
        asked = self.notes.declared(entry)
        if asked is None or entry.sha256 not in (None, asked[0].sha256):
            return entry
        said = asked[0]
        size, revision = entry.size or said.size, entry.revision or said.commit
        return replace(entry, size=size, revision=revision, sha256=said.sha256)

    def offer(self, context: int = CONTEXT) -> Row | None:
        """The model to offer on this machine: the largest that the list means for its memory and that would run, or
        None."""
        total = self._machine().total / 1e9
        rows = [row for row in self.list(context) if row.entry.memory_gb is not None and row.fit is not None]
        # "8 GB" machines report less, the part that the hardware keeps; so half a GB of grace.
        suited = [row for row in rows if row.entry.memory_gb and row.entry.memory_gb[0] <= total + 0.5]
        fitting = [row for row in suited if row.fit and row.fit.colour in ("green", "amber")]
        return max(fitting, key=lambda row: row.entry.best_size or 0, default=None)

    def find(self, folders: Iterable[Path] = (), *, look: bool = True) -> tuple[discover.Found, ...]:
        """Models on this machine: in the app's own folder, in the folders the person named, in other programs'."""
        ours = discover.Place("Post Composer", self.folder)
        named = [*self.notes.folders, *folders]
        return discover.find(named, where=(ours, *self._places()), look=look)

    def check(self, path: Path, context: int = CONTEXT) -> Checked:
        """Look at a model file: its header, whether it fits, whether it is trusted. Raises ModelFileError."""
        path = path.expanduser().absolute()
        info = check(path)
        machine = self._machine()
        verdict = fit.judge(fit.estimate(info, context, machine), machine, self.cards(ask=True))
        return Checked(info, verdict, self._trust(path))

    def _trust(self, path: Path) -> str:
        sha256 = self.notes.known_sha256(path)
        if sha256 is None:
            return "not hashed yet"
        if self.catalogue().by_sha256(sha256):
            return "listed"
        return "agreed" if self.notes.agreed(sha256) else "unknown"

    # get

    def get(
        self,
        name: str,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: threading.Event | None = None,
        rules: Rules | None = None,
        ask_token: Callable[[str], str | None] | None = None,
        said: Callable[[str], None] = lambda _: None,
    ) -> Got:
        """Download the model called `name`, or go on with it.

        Where the hub asks for a token and `ask_token` (given the host) yields one, it is kept (`said` gets the sentence
        that tells where) and the download is tried again, once. Ctrl-C pauses. Raises as `download.get` does.
        """
        entry = self.catalogue().get(name)
        if rules is None or not rules.accept_changed:
            # What was once declared holds for later downloads too.
            entry = self._recorded(entry)
        hub = self._hub()
        for last in (False, True):
            try:
                got = get(entry, self.folder, hub, progress=progress, stop=stop, rules=rules)
                break
            except NeedsToken:
                token = ask_token(hub.host) if ask_token and not last else None
                if not token:
                    raise
                said(self.keys.put(hub.host, token).sentence)
            except KeyboardInterrupt as error:
                raise Paused(
                    f"The download of {entry.file_name} is paused.",
                    safe="What has come is kept.",
                    do="Get it again to go on.",
                ) from error
        if got.declared is not None:
            self.notes.declare(entry, got.declared)
        self.notes.remember(got.path, got.sha256)
        return got

    def get_all(self, names: Iterable[str], **options: Any) -> Iterator[tuple[str, Got | ComposerError]]:
        """Download several, one after the other; one that fails does not hold up the next. Paused ends it."""
        for name in names:
            try:
                yield name, self.get(name, **options)
            except Paused:
                raise
            except ComposerError as error:
                yield name, error

    def _hub(self) -> Hub:
        hub: Hub = self._make_hub(lambda: self.keys.get(hub.host))
        return hub

    # add, trust, remove, move

    def add_file(
        self, path: Path, *, agreed: bool = False, tell: Callable[[int, int], None] = lambda *_: None
    ) -> Checked:
        """Take a file into the library where it lies.

        Raises ModelFileError, or NeedsConsent where it is off the list and neither `agreed` nor agreed to before.
        """
        path = path.expanduser().absolute()
        info = check(path)
        if agreed:
            self.notes.agree(self.notes.sha256(path, tell))
        else:
            consent(path, self.catalogue(), self.notes, tell)
        if not path.is_relative_to(self.folder):
            self.notes.add_folder(info.path.parent)
        return self.check(path)

    def may_load(self, path: Path, tell: Callable[[int, int], None] = lambda *_: None) -> HeaderInfo:
        """What must hold before the engine is shown a file: its header is good, its content listed or agreed to.

        Raises ModelFileError or NeedsConsent. The first time a file is hashed, some seconds per gigabyte.
        """
        path = path.expanduser().absolute()
        info = check(path)
        consent(path, self.catalogue(), self.notes, tell)
        return info

    def agree(self, path: Path) -> None:
        """The person agrees to a file off the list, once for its content."""
        self.notes.agree(self.notes.sha256(path.expanduser().absolute()))

    # servers

    def line(self, server: Server) -> "ServerLine":
        """The line to a server, with its key if one was given. Nothing is sent before it is asked something.

        The keyring is asked once, and only for a server that has a key there: it may open a dialog.
        """
        from functools import cache

        from composer.library.server_line import ServerLine

        keyed = self.servers.keyed(server) or self.keys.for_run(server.secret)
        return ServerLine(server, key=cache(lambda: self.keys.get(server.secret) if keyed else None))

    def keep_key(self, server: Server, key: str) -> Kept:
        """Keep a server's key: in the keyring, or for this run only. Says which."""
        kept = self.keys.put(server.secret, key)
        self.servers.note_key(server)
        return kept

    def forget_server(self, server: Server) -> None:
        """Forget a server, what was agreed to about it, and its key."""
        if self.servers.keyed(server):
            self.keys.forget(server.secret)
        self.servers.remove(server)

    def try_server(self, server: Server) -> Server:
        """Ask a server for its models, with no word of any text, and return it with the one that will be used.

        Raises ServerError.
        """
        return replace(server, model=self.line(server).look().id)

    def add_entry(self, address: str) -> Entry:
        """Put `owner/repository/file.gguf` (or the address of its page) on the person's own list."""
        words = address.split("//", 1)[-1].split("?")[0].split("/") if "://" in address else [".", *address.split("/")]
        words = [word for word in words[1:] if word]
        if len(words) > 3 and words[2] in ("blob", "resolve"):
            del words[2:4]
        if len(words) < 3:
            raise LibraryError(f"{address!r} does not name a file.", do="Write owner/repository/file.gguf.")
        file = "/".join(words[2:])
        name = words[-1].removesuffix(".gguf")
        row = {"id": name.lower(), "name": name, "repository": "/".join(words[:2]), "file": file}
        return lists.add_own(self.own_list, row)

    def remove(self, name: str) -> tuple[Path, ...]:
        """Remove a downloaded model, or what came of it, and an entry of the person's own. Returns what was removed.

        `name` is on the list, or a file in the app's models folder. Files of other programs are never touched. Raises
        LibraryError where there is nothing to remove.
        """
        path = Path(name).expanduser().absolute()
        own = False
        if not path.is_relative_to(self.folder) or not path.exists():
            if path.is_file() and path.suffix == ".gguf":
                raise LibraryError(f"{path.name} belongs to another program or folder.", safe="It was left as it is.")
            entry = self.catalogue().get(name)
            path, own = target(entry, self.folder), entry.own
        gone = []
        with lock(self.folder / ".download.lock", "A download is running."):
            for one in part_names(path):
                for file in (one, part(one), part(one).with_name(one.name + ".part.json")):
                    if file.is_file():
                        file.unlink()
                        gone.append(file)
        self.notes.forget(path)
        if own:
            lists.remove_own(self.own_list, entry.id)
        if not gone and not own:
            raise LibraryError(f"Nothing of {name} is here.")
        for folder in (path.parent, path.parent.parent):
            inside = folder != self.folder and folder.is_relative_to(self.folder) and folder.is_dir()
            if inside and not any(folder.iterdir()):
                folder.rmdir()
        return tuple(gone)

    def move(self, folder: Path, tell: Callable[[Path, int, int], None] = lambda *_: None) -> Path:
        """Move the downloaded models to another folder, on another disk if need be, and use that from now on.

        A file is copied, compared by sha256, and only then removed here; what is interrupted is taken up by the next
        call. Raises DownloadError.
        """
        folder, old = folder.expanduser().absolute(), self.folder
        if folder == old:
            return folder
        if folder.is_relative_to(old):
            raise DownloadError("The new folder lies inside the old one.", do="Choose another.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            old.mkdir(parents=True, exist_ok=True)
            with lock(old / ".download.lock", "A download is running."):
                files = sorted(path for path in old.rglob("*") if path.is_file() and path.name != ".download.lock")
                need = sum(path.stat().st_size for path in files)
                if folder.stat().st_dev != old.stat().st_dev and need > shutil.disk_usage(folder).free:
                    raise DownloadError("The new folder has too little room.", safe="Nothing was moved.")
                for path in files:
                    new = folder / path.relative_to(old)
                    carry(path, new, lambda done, total, at=path: tell(at, done, total))  # type: ignore[misc]
                    self.notes.moved(path, new)
        except OSError as error:
            raise DownloadError(
                f"The models could not all be moved ({error.strerror or error}).",
                safe="Each is whole, in the old or the new folder.",
                do="Try again to move the rest.",
            ) from error
        self.notes.home = folder
        return folder


__all__ = ["CONTEXT", "Checked", "Kept", "Library", "Row", "found_json", "got_json"]
