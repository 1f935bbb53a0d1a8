"""How X counts: the weighted length of twitter-text, configuration v3 (`config/v3.json`).

Text is taken in NFC. A link weighs 2,300, an emoji sequence 200, a code point of Latin and its neighbours, of general
spaces and of quotation marks 100, any other 200, at a scale of 100. A link needs a top-level domain of the root zone,
and no scheme if its host is ASCII.
"""

import regex
import unicodedata2 as unicodedata

from composer.text.clusters import CLUSTER, is_emoji
from composer.text.spans import is_top_level

URL_LENGTH = 23
"""What any link counts, however long it is (`transformedURLLength`)."""

# `ranges` of config v3 with weight 100; `defaultWeight` is 200.
_LIGHT = regex.compile(r"[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")

_LABEL = r"[\p{L}\p{M}\p{N}_-]{1,63}+"
_HOST = regex.compile(
    rf"(?<![A-Za-z0-9@＠$#＃])(?P<scheme>https?://)?(?P<host>{_LABEL}(?:\.{_LABEL})+)", regex.IGNORECASE
)
# A path is Latin or Cyrillic letters, digits and signs; it may hold balanced brackets and ends in no punctuation.
_PATH_END = r"[\p{Latin}\p{Cyrillic}0-9=_#/+-]"
_PATH_ANY = r"[\p{Latin}\p{Cyrillic}0-9!*';:=+,.$/%#\[\]–_~@|&-]"
_BRACKETS = rf"\({_PATH_ANY}*(?:\({_PATH_ANY}+\){_PATH_ANY}*)?\)"
_REST = regex.compile(
    rf"(?::[0-9]+)?(?:/(?:(?:{_PATH_ANY}|{_BRACKETS})*(?:{_PATH_END}|{_BRACKETS}))?)?"
    r"(?:\?[A-Za-z0-9!?*'();:&=+$/%#\[\]._,~|@-]*[A-Za-z0-9_&=#/-])?"
)


def weighted_length(text: str) -> int:
    """The weighted length of a text, of which X takes 280."""
    text = unicodedata.normalize("NFC", text)
    length = at = 0
    for start, end in urls(text):
        length += _weight(text[at:start]) + URL_LENGTH
        at = end
    return length + _weight(text[at:])


def urls(text: str) -> list[tuple[int, int]]:
    """The links that X shortens, with or without a scheme: half-open ranges in code points, in order."""
    found: list[tuple[int, int]] = []
    at = 0
    while match := _HOST.search(text, at):
        host = _host_length(match["host"], text[match.end() : match.end() + 1], with_scheme=bool(match["scheme"]))
        before = text[match.start() - 1 : match.start()]
        if not host or (not match["scheme"] and before and before in "-_./"):
            at = match.end()
            continue
        end = match.start("host") + host
        rest = _REST.match(text, end)
        at = rest.end() if rest else end
        found.append((match.start(), at))
    return found


def _host_length(host: str, following: str, *, with_scheme: bool) -> int:
    """How much of a run of labels is a host: up to its last top-level domain, 0 if it has none."""
    if not with_scheme and not host.isascii():
        return 0
    labels = host.split(".")
    for last in range(len(labels) - 1, 0, -1):
        ends = following if last == len(labels) - 1 else "."
        if is_top_level(labels[last]) and ends not in ("@", "+", "-"):
            return len(".".join(labels[: last + 1]))
    return 0


def _weight(text: str) -> int:
    weight = 2 * len(text) - len(_LIGHT.findall(text))
    if not text.isascii():
        for cluster in CLUSTER.findall(text):
            if len(cluster) > 1 and is_emoji(cluster):
                weight += _emoji_weight(cluster) - (2 * len(cluster) - len(_LIGHT.findall(cluster)))
    return weight


def _emoji_weight(cluster: str) -> int:
    """2 for each sequence recommended for interchange (UTS #51, ED-27); what is left of the cluster by code point."""
    from emoji import EMOJI_DATA  # a large table that only sequences need

    weight = at = 0
    while at < len(cluster):
        ends = range(len(cluster), at, -1)
        end = next((end for end in ends if cluster[at:end] in EMOJI_DATA and cluster[at:end] not in "©®"), 0)
        weight += 2 if end else 2 - len(_LIGHT.findall(cluster[at]))
        at = end or at + 1
    return weight
