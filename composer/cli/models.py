"""The verbs of the model library: list, show, find, get, add, remove, move, check, update, bench."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from composer import paths, report, settings
from composer.cli import servers, show
from composer.cli.bench import benched
from composer.errors import ComposerError, ModelFileError, UsageError

if TYPE_CHECKING:
    from composer.library.catalogue import Entry
    from composer.library.commands import Library
    from composer.library.fit import Fit
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

    verb("list", listed, "The models and servers this app knows, what is here, and whether it fits. The default.")
    shown = verb("show", shown_, "One model or server: all that is known of it, and the drafts it wrote.")
    shown.add_argument("name", metavar="NAME|FILE|URL")
    find = verb("find", found, "The GGUF files that are on this machine already, other programs' included.")
    find.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="look here too")
    get = verb("get", got, "Download models from the list, or go on with a download. Ctrl+C pauses.")
    get.add_argument("names", nargs="+", metavar="NAME")
    get.add_argument("--limit", type=_mebibytes, metavar="MIB", help="MiB a second at most (as in the window)")
    get.add_argument("--accept-changed", action="store_true", help="take what the hub has now, though the list differs")
    added = verb(
        "add",
        added_,
        "Put a model on your own list: a GGUF file, or owner/repository/file.gguf on the hub. With --server, use a "
        "server that speaks the OpenAI form: llama.cpp's, Ollama, LM Studio, vLLM.",
    )
    added.add_argument("what", nargs="?", metavar="FILE|ADDRESS")
    added.add_argument("--server", metavar="URL", help="a server, such as http://localhost:8080")
    added.add_argument("--model", metavar="NAME", help="which of the server's models (the first)")
    added.add_argument("--context", type=_tokens, default=0, metavar="N", help="tokens it reads at once (it tells)")
    added.add_argument("--key", action="store_true", help="ask for the server's key, or read it from standard input")
    added.add_argument(
        "--yes", action="store_true", help="agree to a file that is not on the list, or to a server elsewhere"
    )
    remove = verb("remove", removed, "Remove a downloaded model, an entry of your own, or a server.")
    remove.add_argument("name", metavar="NAME")
    move = verb("move", moved, "Move the downloaded models to another folder.")
    move.add_argument("folder", type=Path, metavar="DIR")
    check = verb(
        "check", checked, "Say whether FILE is a model that can write text here, or which models the server at URL has."
    )
    check.add_argument("file", metavar="FILE|URL")
    update = verb(
        "update", updated, "Take a newer list of models, from where the list says or from FILE. Your own stay."
    )
    update.add_argument("source", nargs="?", metavar="FILE|URL")
    about = "Measure FILE on this machine, keep the best settings, compare with the library's plain loop: a minute."
    bench = verb("bench", benched, about)
    bench.add_argument("file", type=Path, metavar="FILE")


def _tokens(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number of tokens")
    return int(text)


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
    made = library(options)
    made.cards(ask=True)
    rows = made.list()
    if options.json:
        every = [row.json() for row in rows] + [servers.row(made, one) for one in made.servers.all()]
        return show.dump(every)
    titles = _titles(options)
    for row in rows:
        state = {"here": "here", "part": f"stopped at {gigabytes(row.done)}"}.get(row.state, "")
        print(f"{row.entry.id:14} {_about(row.entry):>14}  {row.entry.licence:11} {state}".rstrip())
        for line in (row.entry.strengths, _fit(row.fit), row.checked, show.used(row.use, titles)):
            if line:
                print(f"{'':14} {line}")
    servers.listed(made, titles)
    print(f"The list is of {made.catalogue().version}.{' ' + made.strange if made.strange else ''}")
    offer = made.offer()
    if offer is not None and offer.state != "here":
        print(f"For this machine: post-composer models get {offer.entry.id}")
    return 0


def shown_(options: argparse.Namespace) -> int:
    """One model, whole."""
    made, name = library(options), options.name
    titles = _titles(options)
    if servers.is_address(name):
        return servers.show_one(made, name, titles, as_json=options.json)
    path = Path(name).expanduser().absolute()
    if path.is_file():
        looked, use = made.check(path), made.notes.use(path)
        if options.json:
            return show.dump({**looked.json(), "drafts": list(use.wrote) if use else []})
        _told(looked)
        print(f"{'Used':13} {show.used(use, titles, every=True) or 'not yet'}")
        return 0
    wanted = made.catalogue().get(name).id
    row = next(row for row in made.list() if row.entry.id == wanted)
    if options.json:
        return show.dump({**row.json(), "wrote": list(row.use.wrote) if row.use else []})
    entry = row.entry
    measured = entry.measured
    for title, value in (
        ("Name", entry.name),
        ("File", f"{entry.repository}/{entry.file}"),
        ("Size", _exact(entry)),
        ("sha256", entry.sha256 or "not known"),
        ("Revision", entry.revision or "not known"),
        ("Licence", entry.licence or "not known"),
        ("Context", f"{entry.context:,} tokens" if entry.context else "not known"),
        ("Template", entry.template or "not known"),
        ("Checked", row.checked),
        ("Strengths", entry.strengths),
        ("Measured", f"{measured.value} {measured.unit}, by {measured.who}, {measured.when}" if measured else ""),
        ("Fit", _fit(row.fit)),
        ("Here", str(row.path) if row.state == "here" else "no"),
        ("Used", show.used(row.use, titles, every=True) or "not yet"),
    ):
        if value:
            print(f"{title:13} {value}")
    return 0


def _about(entry: "Entry") -> str:
    if entry.size is not None:
        return gigabytes(entry.size)
    return f"about {gigabytes(entry.about_bytes)}" if entry.about_bytes else "size not known"


def _exact(entry: "Entry") -> str:
    return f"{_about(entry)}, {entry.size:,} bytes" if entry.size is not None else _about(entry)


def _fit(fit: "Fit | None") -> str:
    """The sentence, after the word that the colour stands for."""
    if fit is None:
        return ""
    lead = {"green": "Fits", "amber": "Tight or slow", "red": "Does not fit"}.get(fit.colour)
    return f"{lead}: {fit.sentence[0].lower()}{fit.sentence[1:]}" if lead else fit.sentence


def _titles(options: argparse.Namespace) -> dict[str, str]:
    """The titles of the saved drafts, where there are any."""
    from composer.cli.verbs import session

    if not paths.find(options.home).drafts.is_file():
        return {}
    try:
        with session(options) as made:
            return made.titles()
    except ComposerError:
        return {}  # the list does without them


def updated(options: argparse.Namespace) -> int:
    """A newer list."""
    made = library(options)
    before = made.catalogue().version
    source = options.source if not options.source or "://" in options.source else Path(options.source)
    after = made.update(source).version
    if options.json:
        return show.dump({"before": before, "after": after})
    print(f"The list is of {after} now." if after != before else f"The list is the newest there is, of {after}.")
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

    limit = options.limit
    if limit is None:
        limit = settings.load(paths.find(options.home).settings).limit
    rules = Rules(limit=limit, accept_changed=options.accept_changed)
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

    if bool(options.what) == bool(options.server):
        raise UsageError("Name a file, an address on the hub, or --server URL: one of them.")
    if options.server:
        return servers.add(library(options), options)
    if options.model or options.key or options.context:
        raise UsageError("--model, --key and --context go with --server.")
    if servers.is_address(options.what) and not options.what.lower().split("?")[0].endswith(".gguf"):
        raise UsageError(f"{options.what} names no GGUF file. For a server: post-composer models add --server URL")
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
    if servers.is_address(options.name) and (one := servers.remove(library(options), options.name)):
        print(f"{one.name} is forgotten, and its key too.") if not options.json else show.dump([one.url])
        return 0
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
    """One file's header, or a server's models."""
    if servers.is_address(options.file):
        return servers.check(library(options), options.file, as_json=options.json)
    looked = library(options).check(Path(options.file))
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
        ("Fit", _fit(looked.fit)),
    )
    for name, value in rows:
        print(f"{name:13} {value}")
    return 0


def gigabytes(size: int) -> str:
    """3.4 GB, or 12 MB."""
    return f"{size / 1e9:.1f} GB" if size >= 1e8 else f"{size / 1e6:.0f} MB"
