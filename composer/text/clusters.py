"""Grapheme clusters: where a character as a person sees it begins and ends.

Segmentation is UAX #29 (extended grapheme clusters) by the `regex` package; the emoji definitions are UTS #51.
"""

import regex

CLUSTER = regex.compile(r"\X")

# UTS #51, ED-1 to ED-17: any code point with the property Emoji makes its cluster an emoji, except the digits,
# `#` and `*`, which only count in a keycap (`1`, VS16, U+20E3) or with VS16. Regional indicators are Emoji too.
EMOJI = regex.compile(r"[\p{Emoji}--[0-9#*]]|[0-9#*](?:\ufe0f|\u20e3)", regex.V1)

# GB4 and GB5: nothing attaches to these, so a mark after them would be a cluster of its own.
_BARE = regex.compile(r"[\s\p{GCB=Control}\p{GCB=CR}\p{GCB=LF}]")
_TAIL = regex.compile(r"[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]")


def clusters(text: str) -> list[str]:
    """The extended grapheme clusters of a text, in order (UAX #29, rules GB1 to GB999)."""
    return CLUSTER.findall(text)


def is_emoji(cluster: str) -> bool:
    """Whether a cluster is an emoji, or holds one: keycap, flag, ZWJ sequence, VS16, skin tone, tags (UTS #51)."""
    return EMOJI.search(cluster) is not None


def is_bare(cluster: str) -> bool:
    """Whether a cluster is white space or a control, so that no line may be drawn under or through it."""
    return _BARE.match(cluster) is not None


def unit_around(text: str, at: int) -> tuple[int, int]:
    """The base and all marks after it, around the code point at `at`: half-open offsets.

    This is the cluster without prepended marks (GB9b), which no operation changes.
    """
    start = at
    while start and _TAIL.fullmatch(text, start, start + 1):
        start -= 1
    end = start + 1
    while end < len(text) and _TAIL.fullmatch(text, end, end + 1):
        end += 1
    return start, end


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """A selection widened to whole clusters; offsets in code points, clamped to the text.

    An empty selection stays empty. Segmentation starts after a line break, where a boundary is certain (GB4, GB5).
    """
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    if start >= end:
        return start, start
    at = text.rfind("\n", 0, start) + 1
    for match in CLUSTER.finditer(text, at):
        if match.end() <= start:
            continue
        start = min(start, match.start())
        if match.end() >= end:
            return start, match.end()
    return start, end
