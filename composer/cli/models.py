"""The verbs of the model library: list, find, get, add, remove, move, check, bench."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from composer import paths, report, settings
from composer.cli import show
from composer.errors import ComposerError, ModelFileError

if TYPE_CHECKING:
    from composer.library.commands import Library
    from composer.library.meter import Progress

MIB = 1024 * 1024


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add `models` with its verbs below the `verbs` of the parser."""
    about = "See, find, get and check local models."
    parser = verbs.add_parser("models", parents=[shared], help=about, description=about)
    parser.set_defaults(verb=listed)
    what = parser.add_subparsers(metavar="WHAT", parser_class=type(parser))

    def verb(name: str, function: object, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = what.add_parser(name, parents=[shared], help=help, description=help)
        made.set_defaults(verb=function)
        return made

    verb("list", listed, "The models this app knows, what is here of them, and whether they fit. The default.")
    find = verb("find", found, "The GGUF files that are on this machine already, other programs' included.")
    find.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="look here too")
    get = verb("get", got, "Download models from the list, or go on with a download. Ctrl+C pauses.")
    get.add_argument("names", nargs="+", metavar="NAME")
    get.add_argument("--limit", type=_mebibytes, default=0, metavar="MIB", help="MiB a second at most (no limit)")
    get.add_argument("--accept-changed", action="store_true", help="take what the hub has now, though the list differs")
    added = verb("add", added_, "Put a model on your own list: a GGUF file, or owner/repository/file.gguf on the hub.")
    added.add_argument("what", metavar="FILE|ADDRESS")
    added.add_argument("--yes", action="store_true", help="agree to a file that is not on the list")
    remove = verb("remove", removed, "Remove a downloaded model, or an entry of your own.")
    remove.add_argument("name", metavar="NAME")
    move = verb("move", moved, "Move the downloaded models to another folder.")
    move.add_argument("folder", type=Path, metavar="DIR")
    check = verb("check", checked, "Say whether FILE is a model that can write text here, reading only its header.")
    check.add_argument("file", type=Path, metavar="FILE")
    bench = verb("bench", benched, "Measure FILE on this machine and keep the best settings: ten seconds.")
    bench.add_argument("file", type=Path, metavar="FILE")


def _mebibytes(text: str) -> int:
    try:
        return max(0, int(float(text) * MIB))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a number of MiB") from None


def library(options: argparse.Namespace) -> "Library":
    """The library of this person."""
    from composer.library.commands import Library

    place = paths.find(options.home).ensure()
    report.start(place)
    return Library(place)


def listed(options: argparse.Namespace) -> int:
    """The list."""
    rows = library(options).list()
    if options.json:
        return show.dump([row.json() for row in rows])
    for row in rows:
        state = {"here": "here", "part": f"stopped at {gigabytes(row.done)}"}.get(row.state, "")
        size = gigabytes(row.entry.best_size) if row.entry.best_size else "size not known"
        print(f"{row.entry.id:14} {size:>8}  {row.entry.licence:11} {state}")
        for line in (row.entry.strengths, row.fit.sentence if row.fit else "", row.checked):
            if line:
                print(f"{'':14} {line}")
    return 0


def found(options: argparse.Namespace) -> int:
    """What is here already."""
    from composer.library.commands import found_json

    rows = library(options).find(options.folders)
    if options.json:
        return show.dump([found_json(row) for row in rows])
    if not rows:
        print("No model files were found in the folders of LM Studio, Ollama, GPT4All, Jan, llama.cpp or the hub.")
    for row in rows:
        print(f"{gigabytes(row.size):>8}  {row.program:12} {row.path}{'  ' + row.problem if row.problem else ''}")
    return 0


def got(options: argparse.Namespace) -> int:
    """Download."""
    from composer.library.commands import got_json
    from composer.library.download import Got, Rules

    rules = Rules(limit=options.limit, accept_changed=options.accept_changed)
    done: list[Any] = []
    failed: list[ComposerError] = []
    with meter() as tell:
        for _, outcome in library(options).get_all(
            options.names, progress=tell, rules=rules, ask_token=_token, said=lambda s: print(s, file=sys.stderr)
        ):
            if isinstance(outcome, Got):
                done.append(got_json(outcome))
                if not options.json:
                    print(outcome.path)
            else:
                failed.append(outcome)
    if options.json and done:
        show.dump(done)
    for error in failed[:-1]:
        print(f"post-composer: {error}", file=sys.stderr)
    if failed:
        raise failed[-1]
    return 0


def _token(host: str) -> str | None:
    """Ask for a token on the terminal, without showing it; None where nobody can be asked."""
    if not sys.stdin.isatty():
        return None
    from getpass import getpass

    return getpass(f"{host} asks for a token (not shown): ").strip() or None


@contextmanager
def meter() -> Iterator[Callable[["Progress"], None]]:
    """One line of progress with speed and time left; silent where standard error is no terminal."""
    line = show.Line(sys.stderr)

    def tell(progress: "Progress") -> None:
        words = progress.stage.capitalize()
        if progress.total:
            words += f" {gigabytes(progress.done)} of {gigabytes(progress.total)}"
        if progress.speed:
            words += f", {progress.speed / MIB:.1f} MiB a second"
        if progress.left is not None:
            words += f", about {show.clock(progress.left)} left"
        line.show(words + (f": {progress.why}" if progress.why else ""))

    try:
        yield tell
    finally:
        line.clear()


def added_(options: argparse.Namespace) -> int:
    """A file, or an entry of one's own."""
    from composer.library.notes import NeedsConsent

    path = Path(options.what)
    if not path.exists():
        entry = library(options).add_entry(options.what)
        if options.json:
            return show.dump({"id": entry.id, "repository": entry.repository, "file": entry.file})
        print(f"{entry.id} is on your list. Get it with: post-composer models get {entry.id}")
        return 0
    try:
        looked = library(options).add_file(path, agreed=options.yes)
    except NeedsConsent as error:
        do = "Add it with --yes if you trust where it comes from."
        raise ModelFileError(error.what, safe=error.safe, do=do) from None
    return show.dump(looked.json()) if options.json else _told(looked)


def removed(options: argparse.Namespace) -> int:
    """Gone for good."""
    gone = [str(path) for path in library(options).remove(options.name)]
    if options.json:
        return show.dump(gone)
    print("\n".join(f"Removed {path}" for path in gone) or f"{options.name} is off your list.")
    return 0


def moved(options: argparse.Namespace) -> int:
    """To another disk."""
    line = show.Line(sys.stderr)
    try:
        folder = library(options).move(
            options.folder, lambda path, done, total: line.show(f"{path.name}: {gigabytes(done)} of {gigabytes(total)}")
        )
    finally:
        line.clear()
    if options.json:
        return show.dump(str(folder))
    print(f"The models lie in {folder} now.")
    return 0


def checked(options: argparse.Namespace) -> int:
    """One file's header."""
    looked = library(options).check(options.file)
    return show.dump(looked.json()) if options.json else _told(looked)


def _told(looked: Any) -> int:
    info = looked.info
    rows = (
        ("Name", info.name or info.path.name),
        ("Architecture", info.architecture),
        ("Size", gigabytes(info.size)),
        ("Context", f"{info.context:,} tokens" if info.context else "not known"),
        ("Quantisation", info.file_type or "not known"),
        ("Template", info.template or "not known, drafted plainly"),
        ("Trust", looked.trust),
        ("Fit", looked.fit.sentence),
    )
    for name, value in rows:
        print(f"{name:13} {value}")
    return 0


def benched(options: argparse.Namespace) -> int:
    """Calibrate: what suits this machine and this model."""
    from composer.engine.client import Cancelled, EngineClient
    from composer.library import gguf_header

    place = paths.find(options.home).ensure()
    report.start(place)
    gguf_header.check(options.file)
    client = EngineClient(tuning=place.tuning)
    line = show.Line(sys.stderr)
    try:
        turn = client.turn()
        context = settings.load(place.settings).context
        turn.load(options.file, context=context, progress=lambda done: line.show(f"Loading {done:.0%}"))
        line.show("Measuring")
        measured = turn.calibrate()
    except Cancelled:
        raise ComposerError("Stopped.", safe="The settings are as they were.") from None
    finally:
        line.clear()
        client.close()
    best = measured.best
    # The first trial is the engine's plain choice for this machine.
    plain = measured.trials[0] if measured.trials else best
    rows = [("best", best), ("plain", plain), *(("tried", trial) for trial in measured.trials)]
    if options.json:
        keys = ("threads", "threads_batch", "step", "flash", "read", "write")
        return show.dump([{"what": name, **{key: getattr(trial, key) for key in keys}} for name, trial in rows])
    print(f"{'':6} {'threads':>7} {'step':>5} {'flash':>6} {'reads':>9} {'writes':>9}  tokens a second")
    for name, trial in rows:
        flash = "on" if trial.flash else "off"
        print(f"{name:6} {trial.threads:7} {trial.step:5} {flash:>6} {trial.read:9.1f} {trial.write:9.1f}")
    return 0


def gigabytes(size: int) -> str:
    """3.4 GB, or 12 MB."""
    return f"{size / 1e9:.1f} GB" if size >= 1e8 else f"{size / 1e6:.0f} MB"
