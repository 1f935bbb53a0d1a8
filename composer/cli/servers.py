"""Servers on the command line: name one, look at it, forget it, choose one for a draft."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from composer.cli import show
from composer.errors import ComposerError, UsageError

if TYPE_CHECKING:
    from composer.library.commands import Library
    from composer.library.servers import Server
    from composer.paths import Paths


def add(library: "Library", options: argparse.Namespace) -> int:
    """Keep a server, after what leaves the machine was said and agreed to; then see whether it answers."""
    from composer.library.servers import NeedsServerConsent, leaves, server

    one = server(options.server, options.model or "", options.context)
    if options.yes:
        library.servers.agree(one)
    try:
        library.servers.may_send(one)
    except NeedsServerConsent as error:
        raise ComposerError(error.what, safe=error.safe, do="Add it with --yes if you agree.") from None
    if options.key:
        print(library.keep_key(one, key_of(one)).sentence, file=sys.stderr)
    library.servers.put(one)
    try:
        one = library.servers.put(library.try_server(one))
    except ComposerError as error:
        print(f"post-composer: {error} It is on your list all the same.", file=sys.stderr)
    if options.json:
        return show.dump(row(library, one))
    print(leaves(one))
    print(f"Draft with it: post-composer draft FILE --writer server --server {one.url}")
    return 0


def key_of(one: "Server") -> str:
    """The key: asked for without showing it, or a line of standard input. Never an argument: those are kept."""
    if sys.stdin.isatty():
        from getpass import getpass

        key = getpass(f"Key for {one.at} (not shown): ")
    else:
        key = sys.stdin.readline()
    if not key.strip():
        raise UsageError("No key was given.")
    return key.strip()


def check(library: "Library", address: str, *, as_json: bool) -> int:
    """Ask a server for its models; no word of any text is sent."""
    from composer.library.servers import leaves, server

    one = next((known for known in library.servers.all() if known.url == server(address).url), server(address))
    line = library.line(one)
    models, chosen = line.models(), line.look()
    if as_json:
        return show.dump({**row(library, one), "models": [model.id for model in models], "context": chosen.context})
    for name, value in (
        ("Server", one.url),
        ("Where", leaves(one)),
        ("Models", ", ".join(model.id for model in models)),
        ("Would ask", chosen.id),
        ("Reads", f"{chosen.context:,} tokens at once" if chosen.context else "not told; 8,192 tokens are taken"),
    ):
        print(f"{name:13} {value}")
    return 0


def listed(library: "Library", titles: Mapping[str, str]) -> None:
    """The servers, below the models."""
    from composer.library.servers import leaves

    for one in library.servers.all():
        print(f"{one.model or 'a server':14} {one.url}")
        for words in (leaves(one), show.used(library.notes.use(one.url), titles)):
            if words:
                print(f"{'':14} {words}")


def show_one(library: "Library", address: str, titles: Mapping[str, str], *, as_json: bool) -> int:
    """All that is kept of a server; it is not asked anything."""
    from composer.library.servers import leaves

    one = library.servers.get(address)
    use = library.notes.use(one.url)
    if as_json:
        return show.dump({**row(library, one), "wrote": list(use.wrote) if use else []})
    for name, value in (
        ("Server", one.url),
        ("Model", one.model or "the first it has"),
        ("Context", f"{one.context:,} tokens" if one.context else "as the server tells"),
        ("Where", leaves(one)),
        ("Agreed", "yes" if library.servers.agreed(one) else "not yet"),
        ("Used", show.used(use, titles, every=True) or "not yet"),
    ):
        print(f"{name:13} {value}")
    return 0


def row(library: "Library", one: "Server") -> dict[str, Any]:
    """A server in JSON."""
    from composer.library.servers import leaves, place

    use = library.notes.use(one.url)
    return {
        "id": one.url,
        "name": one.name,
        "state": "server",
        "model": one.model or None,
        "context": one.context or None,
        "where": place(one),
        "leaves": leaves(one),
        "agreed": library.servers.agreed(one),
        "drafts": use.drafts if use else 0,
    }


def remove(library: "Library", address: str) -> "Server | None":
    """Forget the server at `address`, its key too; None where none was named so."""
    try:
        one = library.servers.get(address)
    except ComposerError:
        return None
    library.forget_server(one)
    return one


def chosen(place: "Paths", address: str, model: str) -> "Server":
    """The server for a draft: the one named, else the only one. Raises UsageError."""
    from dataclasses import replace

    from composer.library.commands import Library
    from composer.library.servers import server

    known = Library(place).servers.all()
    if address:
        wanted = server(address)
        one = next((have for have in known if have.url == wanted.url), wanted)
    elif len(known) == 1:
        one = known[0]
    else:
        have = f"There are: {', '.join(one.url for one in known)}." if known else "None is named yet."
        raise UsageError(f"Which server? Name it with --server. {have}")
    return replace(one, model=model) if model else one


def is_address(words: str) -> bool:
    """Whether words mean a server and no file."""
    return words.startswith(("http://", "https://")) and not Path(words).exists()
