"""What there is to choose from, at one moment: the list, the offer, the files on this disk, memory and room."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from composer.engine.messages import Load, Trial
from composer.engine.tuning import Tuning
from composer.library import fit
from composer.library.commands import CONTEXT, Library, Row
from composer.library.discover import Found
from composer.library.machine import Machine
from composer.library.notes import Use
from composer.library.servers import Server, leaves, place

OURS = "Post Composer"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A model file that is here and not of the list's own downloads. `ours`: it lies in the app's folder."""

    found: Found
    fit: fit.Fit | None
    use: Use | None
    ours: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A server that the person named: where the text ends up (`machine`, `network`, `away`), what leaves, and whether
    that was agreed to."""

    server: Server
    place: str
    leaves: str
    agreed: bool
    use: Use | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of it. `offer` is the id of the entry to offer, or None; `speeds` has what was measured, by path; `looked`
    says whether this disk was searched; `room` is what is free on the models' disk, in bytes, 0 where not known.
    `titles` are those of the saved drafts, by id; `version`, `source` and `strange` are the list's date, where newer
    ones are, and why one was passed over."""

    listed: tuple[Row, ...]
    offer: str | None
    found: tuple[OnDisk, ...]
    looked: bool
    speeds: dict[Path, Trial]
    machine: Machine
    room: int
    folder: Path
    folders: tuple[Path, ...]
    version: str
    servers: tuple["Named", ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    strange: str = ""


def look(
    library: Library,
    *,
    tuning: Path | None = None,
    context: int = CONTEXT,
    disk: bool = True,
    titles: Mapping[str, str] | None = None,
) -> Shelf:
    """Look at the list, and with `disk` at the files on this disk (up to a second for each model there)."""
    library.notes.reload()
    library.cards(ask=disk)
    machine = library.machine()
    listed = library.list(context)
    offer = library.offer(context)
    own = {row.path for row in listed}
    others = [row for row in library.find() if row.path not in own] if disk else []
    found = tuple(_on_disk(library, row, context, machine) for row in others)
    here = [row.path for row in listed if row.state == "here"] + [row.found.path for row in found]
    kept = Tuning(tuning) if tuning is not None else None
    speeds = {path: trial for path in here if kept and (trial := kept.measured(Load(str(path)))) is not None}
    catalogue = library.catalogue()
    return Shelf(
        listed,
        offer.entry.id if offer else None,
        found,
        disk,
        speeds,
        machine,
        room(library.folder),
        library.folder,
        library.notes.folders,
        catalogue.version,
        tuple(_named(library, one) for one in library.servers.all()),
        titles or {},
        catalogue.source,
        library.strange,
    )


def _named(library: Library, one: Server) -> Named:
    return Named(one, place(one), leaves(one), library.servers.agreed(one), library.notes.use(one.url))


def _on_disk(library: Library, row: Found, context: int, machine: Machine) -> OnDisk:
    cards = library.cards()
    verdict = None if row.info is None else fit.judge(fit.estimate(row.info, context, machine), machine, cards)
    return OnDisk(row, verdict, library.notes.use(row.path), row.program == OURS)


def room(folder: Path, free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free) -> int:
    """Free bytes on the disk of `folder`, which need not exist yet; 0 where that cannot be told."""
    for above in (folder, *folder.parents):
        if above.is_dir():
            try:
                return free(above)
            except OSError:
                return 0
    return 0
