"""What must never be styled: links, e-mail addresses, mentions, hashtags and emoji.

A styled link is dead, a styled mention reaches nobody, a styled hashtag is another hashtag, and an emoji is a
picture. Styling, hashtag suggestions and checks all ask this module where they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex
import unicodedata2 as unicodedata

from composer.text.alphabets import PLAIN
from composer.text.clusters import CLUSTER, is_emoji
from composer.text.tlds import TOP_LEVEL_DOMAINS

Kind = Literal["url", "email", "mention", "hashtag", "emoji"]

_KINDS: dict[str, Kind] = {
    "url": "url", "path": "url", "email": "email", "mention": "mention", "hashtag": "hashtag",
}

# A word here is letters, digits and underscore with their marks, so that a decomposed or underlined word reads as
# the same word.
_WORD = r"[\p{L}\p{M}\p{N}_]"
_HEAD = r"[\p{L}\p{N}_]"
_NOT_IN_WORD = rf"(?<!{_HEAD}\p{{M}}{{0,32}}+)"
_LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?+"
_TOP = r"\p{L}[\p{L}\p{M}\p{N}-]{0,62}[\p{L}\p{M}\p{N}]"
_DOMAIN = rf"(?:{_LABEL}\.){{1,20}}{_TOP}"
# RFC 3986 and 3987: what a link is written with, which leaves out blanks, quotation marks and angle brackets.
_LINK = r"""[^\s\p{Cc}<>"“”„«»‹›`{}\\^、。，；：！？（）【】《》「」『』〈〉…]"""

_TOKEN = regex.compile(
    rf"""
    (?P<url>https?://{_LINK}+ | {_NOT_IN_WORD}www\.{_HEAD}{_LINK}*)
    | {_NOT_IN_WORD}(?P<email>[\p{{L}}\p{{N}}_](?:[\p{{L}}\p{{M}}\p{{N}}_.%+'-]{{0,80}}{_WORD})?@{_DOMAIN}(?!{_WORD}))
    | {_NOT_IN_WORD}(?<!@)(?P<path>(?:{_LABEL}\.){{1,20}}(?P<top>{_TOP})(?::\p{{Nd}}+)?/{_LINK}*)
    | {_NOT_IN_WORD}(?P<mention>@{_HEAD}(?:[\p{{L}}\p{{M}}\p{{N}}_.-]*{_WORD})?(?:@{_DOMAIN})?)
    | {_NOT_IN_WORD}(?<!&)(?P<hashtag>[#＃](?:\p{{N}}\p{{M}}*|_\p{{M}}*)*\p{{L}}{_WORD}*)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_SIGNS = re.compile("[@#＃/]")
_SIGNS_AND_WWW = re.compile(r"[@#＃/.](?:(?<=[@#＃/])|(?<=[wW]{3}\.))")
_WWW = ("ww.", "WW.", "Ww.", "wW.")
_LETTERS = dict(PLAIN)
_BLANK_BEFORE = regex.compile(r"(?r)\s")
_BLANK = regex.compile(r"\s")
# Punctuation that ends the sentence rather than the link.
_LOOSE = ".,;:!?'’*~"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that must stay as it is: half-open offsets in code points, and what it is."""

    start: int
    end: int
    kind: Kind


def links(text: str) -> list[Span]:
    """URLs, e-mail addresses, mentions and hashtags, in order, without overlaps.

    A URL is `http://` or `https://` with what follows, `www.` with a host, or a host with a path (`example.com/a`);
    a host alone is none. A hashtag needs a letter: `#2024` is none. Letters of the thirteen alphabets are read as
    the letters they stand for, so a styled link is found too.
    """
    found: list[Span] = []
    done = 0
    for at in _hints(text):
        if at < done:
            continue
        blank = _BLANK_BEFORE.search(text, done, at)
        start = blank.end() if blank else done
        blank = _BLANK.search(text, at)
        end = done = blank.start() if blank else len(text)
        word = text[start:end]
        if not word.isascii():
            word = word.translate(_LETTERS)
        found += [Span(start + a, start + b, kind) for a, b, kind in _in_word(word)]
    return found


def _in_word(word: str) -> Iterator[tuple[int, int, Kind]]:
    at = 0
    while match := _TOKEN.search(word, at):
        at = match.end()
        kind = _KINDS[str(match.lastgroup)]
        if match["top"] and not is_top_level(match["top"]):
            at = match.end("top")
        elif kind == "url":
            yield match.start(), match.start() + len(_without_loose_end(match[0])), kind
        else:
            yield match.start(), at, kind


def is_top_level(label: str) -> bool:
    """Whether a host may end in this label: a name of the root zone, or any in its `xn--` spelling (RFC 5890)."""
    label = unicodedata.normalize("NFC", label).lower()
    return label in TOP_LEVEL_DOMAINS or label.startswith("xn--")


def _hints(text: str) -> Iterator[int]:
    """Where a word stands that may be a link. Plain prose has none, and that must cost next to nothing."""
    if any(www in text for www in _WWW):
        return (match.start() for match in _SIGNS_AND_WWW.finditer(text))
    if any(sign in text for sign in "@#＃/"):
        return (match.start() for match in _SIGNS.finditer(text))
    return iter(())


def _without_loose_end(link: str) -> str:
    """A link without the punctuation of its sentence: `(see https://a.example/b).` ends after `b`."""
    end = len(link)
    open_ = {closer: link.count(closer) - link.count(opener) for closer, opener in _PAIRS.items()}
    while end:
        last = link[end - 1]
        if open_.get(last, 0) > 0:
            open_[last] -= 1
        elif last not in _LOOSE:
            break
        end -= 1
    return link[:end]


def spans(text: str) -> list[Span]:
    """Everything that must never be styled, in order: `links` and emoji clusters outside them (UTS #51)."""
    found = links(text)
    emoji: list[Span] = []
    if not text.isascii():
        taken = iter([*found, Span(len(text), len(text), "url")])
        span = next(taken)
        for match in CLUSTER.finditer(text):
            while span.end <= match.start() and span.start < len(text):
                span = next(taken)
            if match.end() <= span.start and is_emoji(match[0]):
                emoji.append(Span(match.start(), match.end(), "emoji"))
    return sorted([*found, *emoji], key=lambda span: span.start)


def hashtags(text: str) -> list[str]:
    """The hashtags of a text with their `#`, in order, as they stand there (styled ones as they are styled)."""
    return [text[span.start : span.end] for span in links(text) if span.kind == "hashtag"]
