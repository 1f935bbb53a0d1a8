"""What each network counts, how much it takes, where it folds, and the link that opens its composer.

The only place for a network's numbers. Gathered in November 2026; where a network publishes no rule, the docstring of
the counter says what it rests on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

from composer.errors import UsageError

if TYPE_CHECKING:
    import regex

# `regex`, and what stands on it, is loaded where it is needed (30 ms): a window shows the numbers before any text.

Unit = Literal["UTF-16 units", "weighted characters", "graphemes", "bytes"]

LINK_MAX = 2000
"""The longest share link that is sure to open: Windows hands at most 2,083 characters to a browser."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Where a feed cuts a post: after `lines` rendered lines, or before the last of them if it is blank on desktop.

    `phone_px` and `desktop_px` are the widths of the text in the feed card, at 14 px on a 20 px line.
    """

    lines: int
    phone_px: int
    desktop_px: int
    blank_last_line_folds_on_desktop: bool


@dataclass(frozen=True, slots=True)
class Network:
    """A network: its `limit` in `unit`, a second limit where it has one, and its fold if it is known.

    `share` is the link that opens the composer, up to the text; it has `{server}` where the network has many.
    """

    key: str
    name: str
    limit: int
    unit: Unit
    share: str
    also: tuple[tuple[Unit, int], ...] = ()
    comment_limit: int | None = None
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a limit a text uses, in the limit's own unit."""

    unit: Unit
    used: int
    limit: int


NETWORKS = MappingProxyType(
    {
        network.key: network
        for network in (
            Network(
                "linkedin",
                "LinkedIn",
                3000,
                "UTF-16 units",
                "https://www.linkedin.com/feed/?shareActive=true&text=",
                comment_limit=1250,
                fold=Fold(lines=3, phone_px=344, desktop_px=523, blank_last_line_folds_on_desktop=True),
            ),
            Network("x", "X", 280, "weighted characters", "https://x.com/intent/tweet?text="),
            Network(
                "bluesky",
                "Bluesky",
                300,
                "graphemes",
                "https://bsky.app/intent/compose?text=",
                also=(("bytes", 3000),),
            ),
            Network("mastodon", "Mastodon", 500, "graphemes", "https://{server}/share?text="),
            Network("threads", "Threads", 500, "bytes", "https://www.threads.com/intent/post?text="),
        )
    }
)
"""The networks by their key, in the order a menu shows them."""


def count(text: str, network: str) -> int:
    """What a text counts on a network, in the network's first unit.

    Raises UsageError for an unknown network.
    """
    return _COUNTERS[_network(network).key](text)


def measure(text: str, network: str) -> list[Use]:
    """A text against each limit of a network, the first unit first (Bluesky has two).

    Raises UsageError for an unknown network.
    """
    known = _network(network)
    return [Use(known.unit, count(text, network), known.limit)] + [
        Use(unit, _UNITS[unit](text), limit) for unit, limit in known.also
    ]


def limit(network: str) -> int:
    """The limit of a network in its first unit. Raises UsageError for an unknown network."""
    return _network(network).limit


def styling_cost(text: str, network: str) -> int:
    """What the styling of a text costs on a network, in its first unit: `bold costs +412`.

    Raises UsageError for an unknown network.
    """
    from composer.text.style import unstyle

    return count(text, network) - count(unstyle(text), network)


def share_url(text: str, network: str, server: str | None = None) -> str | None:
    """The link that opens a network's composer with the text in it.

    Copy the text first: where the link would be longer than `LINK_MAX` (one bold letter is twelve characters in a
    link) the text is left out and is pasted instead. None where there is no link: Mastodon without a `server`, which
    is a host name, or anything that is none. Raises UsageError for an unknown network.
    """
    known = _network(network)
    base = known.share
    if "{server}" in base:
        host = _host(server or "")
        if host is None:
            return None
        base = base.format(server=host)
    link = base + quote(text, safe="", errors="replace")
    return link if len(link) <= LINK_MAX else base.removesuffix("text=").rstrip("?&")


def utf16_units(text: str) -> int:
    """The length in UTF-16 code units, as JavaScript's `length` counts (Unicode Standard, chapter 3.9, D91)."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    """The length in UTF-8 (Unicode Standard, chapter 3.9, D92)."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def graphemes(text: str) -> int:
    """The number of extended grapheme clusters (UAX #29)."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    from composer.text.clusters import CLUSTER

    return sum(1 for _ in CLUSTER.finditer(text))


def _network(key: str) -> Network:
    if key not in NETWORKS:
        raise UsageError(f"There is no network called “{key}”.", do=f"Choose one of {', '.join(NETWORKS)}.")
    return NETWORKS[key]


def _host(server: str) -> str | None:
    """`https://Example.social/` or `example.social` to `example.social`; None if it is no host."""
    parts = urlsplit(server.strip() if "//" in server else f"//{server.strip()}")
    host = parts.netloc.lower()
    return host if _hosts().fullmatch(host) else None


@cache
def _hosts() -> "regex.Pattern[str]":
    import regex

    return regex.compile(r"(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.)+[\p{L}\p{N}][\p{L}\p{M}\p{N}-]+(?::\d{1,5})?")


def _weighted(text: str) -> int:
    from composer.text.weighted import weighted_length

    return weighted_length(text)


def _mastodon(text: str) -> int:
    """Graphemes (UAX #29) with each `http(s)://` link as 23 and each mention without its `@domain`."""
    from composer.text.spans import links
    from composer.text.weighted import URL_LENGTH

    length = graphemes(text)
    for span in links(text):
        part = text[span.start : span.end]
        if span.kind == "url" and part[:4].lower() == "http":
            length += URL_LENGTH - graphemes(part)
        elif span.kind == "mention" and "@" in part[1:]:
            length -= graphemes(part[part.index("@", 1) :])
    return length


_UNITS: dict[Unit, Callable[[str], int]] = {
    "UTF-16 units": utf16_units,
    "weighted characters": _weighted,
    "graphemes": graphemes,
    "bytes": utf8_bytes,
}
_COUNTERS = {key: _mastodon if key == "mastodon" else _UNITS[network.unit] for key, network in NETWORKS.items()}
