"""Libraries for the Models page: a real one on a stand-in hub, and a shelf with nothing behind it, for pictures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from composer import paths
from composer.engine.messages import Trial
from composer.library import fit
from composer.library.commands import Library
from composer.library.desk import LibraryDesk, News
from composer.library.discover import Found, Place
from composer.library.hub import Hub
from composer.library.keys import Keys
from composer.library.machine import Machine
from composer.library.notes import Use
from composer.library.shelf import OnDisk, Shelf, look
from tests.library.standin import StandIn
from tests.library.test_download import CONTENT, entry

MACHINE = Machine(16 * 10**9, 12 * 10**9, 4, "x86_64", frozenset({"avx2"}))
ROOM = 41 * 10**9


def write_list(path: Path, *, sha256: str = "", names: tuple[str, ...] = ("tiny", "small")) -> Path:
    """A list of models of the stand-in's one file."""
    rows = [
        f'[[model]]\nid = "{name}"\nname = "{name.title()}"\nrepository = "owner/{name}-gguf"\nfile = "{name}.gguf"\n'
        f'sha256 = "{sha256 or entry().sha256}"\nabout_bytes = {200_000 - number}\nlicence = "Apache-2.0"\n'
        f'memory_gb = [0, 8]\ncontext = 4096\nstrengths = "Writes little, and fast."\n'
        for number, name in enumerate(names)
    ]
    path.write_text('format = 1\nversion = "2026-01-01"\n' + "\n".join(rows), encoding="utf-8")
    return path


def library(
    home: Path, listed: Path, hub: StandIn | None = None, *, keys: Keys | None = None, places: tuple[Place, ...] = ()
) -> Library:
    """A library that speaks to the stand-in, or to nobody."""

    def speaker(token: Callable[[], str | None]) -> Hub:
        return Hub(hub.url if hub else "http://127.0.0.1:9", token=token, proxies={}, timeout=10)

    return Library(
        paths.find(home).ensure(), hub=speaker, keys=keys or Keys(lambda: None), machine=lambda: MACHINE,
        places=lambda: places, listed=listed, engine=lambda: None,
    )  # fmt: skip


class ScriptedDesk(LibraryDesk):
    """A desk that does nothing by itself; `say` tells news."""

    def __init__(self) -> None:
        super().__init__(lambda: (_ for _ in ()).throw(AssertionError("nothing is made")))
        self.calls: list[tuple[object, ...]] = []

    def say(self, *news: News) -> None:
        """Tell the listeners."""
        for one in news:
            self._tell(one)

    def look(self, *, disk: bool = True) -> None:
        """Nothing is looked at."""

    def use(self, path: Path, *, agreed: bool = False, add: bool = False) -> None:
        """Only noted."""
        self.calls.append(("use", path, agreed, add))

    def get(self, id: str, *, accept: bool = False) -> None:
        """Only noted."""
        self.calls.append(("get", id, accept))


def shelf(home: Path) -> Shelf:
    """The list that comes with the app on a machine of 16 GB, with three files of other programs. Nothing of it is
    here: the files and the one measured speed are made up."""
    place = paths.find(home).ensure()
    real = look(Library(place, machine=lambda: MACHINE, places=tuple), disk=False)
    rows = (("Qwen3 8B", "Ollama", 5_030_000_000), ("Qwen3 14B", "LM Studio", 11_200_000_000))
    found = []
    for name, program, size in rows:
        path = home / program / f"{name}.gguf"
        need = fit.Need(8192, size, 0, 1_200_000_000, 140_000_000)
        # A header is not needed for a picture; any value stands for "it was read".
        row = Found(path, program, name, size, (path,), None, object())  # type: ignore[arg-type]
        found.append(OnDisk(row, fit.judge(need, MACHINE), Use(12, "2026-11-12T09:00:00+00:00"), False))
    path = home / "Ollama" / "nomic-embed-text"
    why = "An embedding model. It cannot write text."
    found.append(
        OnDisk(Found(path, "Ollama", "nomic-embed-text", 274_000_000, (path,), None, None, why), None, None, False)
    )
    speeds = {found[0].found.path: Trial(4, 4, 128, True, 150.0, 8.0)}
    return replace(real, found=tuple(found), looked=True, room=ROOM, speeds=speeds)


__all__ = ["CONTENT", "MACHINE", "ScriptedDesk", "library", "shelf", "write_list"]
