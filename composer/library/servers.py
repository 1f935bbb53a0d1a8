"""Model servers that a person named: their address, where they are, and whether the text may go there.

Any server that speaks the OpenAI form of HTTP will do: llama.cpp's, Ollama, LM Studio, vLLM. Nothing here opens a
connection; `server_line` does, and only when a post is drafted or the person looks.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from composer.errors import ConsentError
from composer.library.trouble import LibraryError

if TYPE_CHECKING:
    from composer.library.notes import Notes

MOST_CONTEXT = 10_000_000  # tokens; more is a slip of the hand

# Addresses that no router of the internet passes on: RFC 1918, RFC 3927, RFC 4193, RFC 4291.
_OWN = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
)
_ENDS = ("/chat/completions", "/completions", "/models")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|[0-9a-f:.]+")


@dataclass(frozen=True, slots=True)
class Server:
    """A server. `url` is what the form's paths hang below, such as `http://localhost:8080/v1`; `model` its name there,
    "" for the only one or the first; `context` in tokens, 0 where the server shall tell."""

    url: str
    model: str = ""
    context: int = 0

    @property
    def host(self) -> str:
        """The host's name or number."""
        return urlsplit(self.url).hostname or ""

    @property
    def at(self) -> str:
        """Host and port, as a person names the server."""
        return urlsplit(self.url).netloc

    @property
    def name(self) -> str:
        """The model and where it is."""
        return f"{self.model} at {self.at}" if self.model else self.at

    @property
    def secret(self) -> str:
        """Under which name its key is kept in the keyring."""
        return f"server {self.at}"

    @property
    def open(self) -> bool:
        """Whether what is sent can be read on the way."""
        return self.url.startswith("http:")


class NeedsServerConsent(LibraryError, ConsentError):
    """A server elsewhere, and nobody has agreed yet that the text goes there."""


def server(address: str, model: str = "", context: int = 0) -> Server:
    """The server at an address as people write it: `localhost:8080`, `192.168.1.5:11434/v1`, `https://llm.example.org`.

    Without a scheme it is `http` on this machine and this network, else `https`; without a path `/v1`. Raises
    LibraryError where it is no such address, or has a key in it.
    """
    words = address.strip()
    if "://" not in words:
        words = f"http://{words}" if place_of(_host(f"//{words}")) != "away" else f"https://{words}"
    try:
        parts = urlsplit(words)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise _no_address(address) from None
    if parts.username or parts.password or parts.query:
        raise LibraryError(
            "The address holds more than an address.", do="Give a key by itself: it belongs in the keyring."
        )
    if parts.scheme not in ("http", "https") or port == 0 or parts.fragment or not _HOST.fullmatch(host):
        raise _no_address(address)
    # What a server prints of itself when it listens to all; nobody can be reached there but this machine.
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    where = f"[{host}]" if ":" in host else host
    path = parts.path.rstrip("/")
    for end in _ENDS:
        path = path.removesuffix(end)
    if not re.fullmatch(r"(?:/[\w.~%-]+)*", path):
        raise _no_address(address)
    name = " ".join(model.split())
    if not 0 <= context <= MOST_CONTEXT:
        raise LibraryError("The context is a number of tokens.", do="Leave it out where the server tells it.")
    return Server(f"{parts.scheme}://{where}{f':{port}' if port else ''}{path or '/v1'}", name, context)


def _no_address(address: str) -> LibraryError:
    shown = " ".join(address.split())[:80]
    return LibraryError(f"{shown!r} is not the address of a server.", do="Write it like http://localhost:8080.")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def place_of(host: str) -> str:
    """Where a host is, by its name alone: `machine`, `network` or `away`.

    Only numbers of private networks, and names below `.local` (RFC 6762), count as this network: any other name may
    lead anywhere.
    """
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return "machine"
    number = _number(host)
    if number is None:
        return "network" if host.endswith(".local") else "away"
    if number.is_loopback or number.is_unspecified:
        return "machine"
    return "network" if any(number.version == net.version and number in net for net in _OWN) else "away"


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        number = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return None
    return (number.ipv4_mapped or number) if isinstance(number, ipaddress.IPv6Address) else number


def place(one: Server) -> str:
    """Where the text ends up: `machine`, `network` or `away`.

    Ollama passes models whose name ends in `-cloud` or `:cloud` on to its makers, whatever machine it runs on.
    """
    return "away" if sent_on(one) else place_of(one.host)


def sent_on(one: Server) -> bool:
    """Whether the server near here passes the text on to another."""
    return place_of(one.host) != "away" and one.model.endswith(("-cloud", ":cloud"))


def leaves(one: Server) -> str:
    """What leaves this machine and where to, in a sentence for the person."""
    where = place(one)
    if where == "machine":
        return "The transcript stays on this machine."
    if where == "network":
        return f"The transcript stays on your network: it goes to {one.host}."
    what = "This sends the transcript, and the lines you have rewritten,"
    if sent_on(one):
        return f"{what} through {one.host} to ollama.com, which runs this model."
    return f"{what} to {one.host}{', readable on the way' if one.open else ''}."


@dataclass(slots=True)
class Servers:
    """The servers that the person named, kept in the library's notes."""

    notes: "Notes"

    def all(self) -> tuple[Server, ...]:
        """Every server, by address."""
        rows = self.notes.part("servers")
        return tuple(
            Server(url, str(row.get("model", "")), _whole(row.get("context")))
            for url, row in sorted(rows.items())
            if isinstance(row, Mapping)
        )

    def get(self, address: str) -> Server:
        """The server at an address. Raises LibraryError where none was named so."""
        wanted = server(address).url
        for one in self.all():
            if one.url == wanted:
                return one
        raise LibraryError(
            f"No server at {wanted} was named.", do="Name it on the Models page, or with models add --server."
        )

    def put(self, one: Server) -> Server:
        """Keep a server; one with the same address is replaced."""
        self.notes.keep("servers", one.url, {"model": one.model, "context": one.context})
        return one

    def settle(self, one: Server, model: str) -> Server:
        """Keep which of its models was found, where the person left that to the server."""
        return one if one.model == model else self.put(replace(one, model=model))

    def remove(self, one: Server) -> None:
        """Forget a server, and that its use was agreed to."""
        self.notes.drop("servers", one.url)
        self.notes.drop("sending", _agreement(one))
        self.notes.drop("keyed", one.secret)

    def keyed(self, one: Server) -> bool:
        """Whether a key was given for this server. Where it is kept is not written down, nor what it is."""
        return one.secret in self.notes.part("keyed")

    def note_key(self, one: Server) -> None:
        """A key was given for this server."""
        self.notes.keep("keyed", one.secret, self.notes.today())

    def agree(self, one: Server) -> None:
        """The person agrees that the text goes to this server, once for all."""
        self.notes.keep("sending", _agreement(one), self.notes.today())

    def agreed(self, one: Server) -> bool:
        """Whether the text may go there: it stays near, or the person agreed."""
        return place(one) != "away" or _agreement(one) in self.notes.part("sending")

    def may_send(self, one: Server) -> None:
        """See that the text may go there. Raises NeedsServerConsent, with the sentence to agree to."""
        if not self.agreed(one):
            raise NeedsServerConsent(leaves(one), safe="Nothing was sent.", do="It needs your consent, once.")


def _agreement(one: Server) -> str:
    """What consent is given to: where the text goes, and whether it can be read on the way."""
    return "ollama.com" if sent_on(one) else f"{one.url.split(':')[0]}://{one.at}"


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_CONTEXT else 0
