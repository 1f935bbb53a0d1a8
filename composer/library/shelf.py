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
LEAST_JUDGE = 200_000_000  # bytes; smaller models are bound by other things than their weights
FARTHEST_JUDGE = 6.0  # times larger or smaller


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

    def judged(self, size: int) -> tuple[float, str] | None:
        """The tokens a second at which a model of `size` bytes would read here, judged by the one nearest in size that
        was measured on this machine, and that one's name; None where none was.

        Reading is bound by the weights' count, so speed falls as size grows; far off in size nothing is said.
        """
        sizes = {row.path: (row.entry.best_size or 0, row.entry.name) for row in self.listed}
        sizes |= {row.found.path: (row.found.size, row.found.name) for row in self.found}
        near = [
            (max(size / other, other / size), trial.read * other / size, name)
            for path, trial in self.speeds.items()
            for other, name in (sizes.get(path, (0, "")),)
            if other >= LEAST_JUDGE and trial.read > 0 and size >= LEAST_JUDGE
        ]
        best = min(near, default=None)
        return (best[1], best[2]) if best is not None and best[0] <= FARTHEST_JUDGE else None


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
