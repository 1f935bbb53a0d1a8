"""What must never be styled: links, e-mail addresses, mentions, hashtags and emoji.

A styled link is dead, a styled mention reaches nobody, a styled hashtag is another hashtag, and an emoji is a
picture. Styling, hashtag suggestions and checks all ask this module where they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex
import unicodedata2 as unicodedata

from composer.text.alphabets import PLAIN
from composer.text.clusters import CLUSTER, is_emoji
from composer.text.tlds import TOP_LEVEL_DOMAINS

Kind = Literal["url", "email", "mention", "hashtag", "emoji"]

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

_TAIL = rf"(?:[\p{{L}}\p{{M}}\p{{N}}_.-]*{_WORD})?"
_MENTION = rf"{_NOT_IN_WORD}(?P<mention>@{_HEAD}{_TAIL}(?:@{_DOMAIN})?)"
_HASHTAG = rf"{_NOT_IN_WORD}(?<!&)(?P<hashtag>[#＃](?:\p{{N}}\p{{M}}*|_\p{{M}}*)*\p{{L}}{_WORD}*)"
_EMAIL = rf"[\p{{L}}\p{{N}}_](?:[\p{{L}}\p{{M}}\p{{N}}_.%+'-]{{0,80}}{_WORD})?@{_DOMAIN}(?!{_WORD})"
_HOST = rf"(?<!@)(?:{_LABEL}\.){{1,20}}(?P<top>{_TOP})(?::\p{{Nd}}+)?/"
_ONE_EMAIL = regex.compile(_NOT_IN_WORD + _EMAIL)
_ONE_HOST = regex.compile(rf"{_NOT_IN_WORD}{_HOST}\Z")
_ONE_WWW = regex.compile(rf"{_NOT_IN_WORD}(?i:www)\.{_HEAD}")
_ONE_MENTION = regex.compile(_MENTION)
_ONE_HASHTAG = regex.compile(_HASHTAG)
_SIGN_OF_LINK = regex.compile(_LINK)
_REST_OF_LINK = regex.compile(f"{_LINK}*")
# How far a look-behind sees: a letter and its marks. The longest local part here, and the longest host (RFC 1035).
_BEHIND, _LOCAL, _DOTTED = 33, 82, 254
# What every link has, and how far into it the sign itself is: `www.` is looked for by its end.
_SIGNS = (("#", 0), ("/", 0), ("@", 0), ("＃", 0), ("ww.", 2), ("WW.", 2), ("Ww.", 2), ("wW.", 2))
_LETTERS = dict(PLAIN)
_BLANK_BEFORE = regex.compile(r"(?r)\s")
_BLANK = regex.compile(r"\s")
# Punctuation that ends the sentence rather than the link.
_LOOSE = ".,;:!?'’*~"
_PAIRS = {")": "(", "]": "["}
_ENDINGS = _LOOSE + "".join(_PAIRS)


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
    the letters they stand for, so a styled link is found too, but for a styled `www.`.
    """
    return [Span(start, end, kind) for start, end, kind in find(text)]


def find(text: str) -> Iterator[tuple[int, int, Kind]]:
    """What `links` finds, as bare tuples.

    Each sign that a link is made with is looked at once. Hashtags, mentions and `http(s)://` are read where they
    stand; for the rest the word around the sign is searched.
    """
    done = 0
    for at in _signs(text):
        if at < done:
            continue
        sign = text[at]
        if sign in "#＃":
            if match := _ONE_HASHTAG.match(text, at):
                done = match.end()
                yield at, done, "hashtag"
        elif sign == "@" and (match := _ONE_MENTION.match(text, at)):
            done = match.end()
            yield at, done, "mention"
        elif sign == "@" and (place := _email(text, done, at)):
            start, done = place
            yield start, done, "email"
        elif sign != "@" and (start := _link_start(text, done, at)) >= 0:
            rest = _REST_OF_LINK.match(text, at + 1)
            done = rest.end() if rest else at + 1
            yield start, start + _length(text[start:done]), "url"
        elif sign != ".":
            done = at + 1


def _email(text: str, done: int, at: int) -> tuple[int, int] | None:
    """The address around an @ sign: half-open offsets."""
    blank = _BLANK_BEFORE.search(text, max(done, at - _LOCAL), at)
    start = blank.end() if blank else max(done, at - _LOCAL)
    blank = _BLANK.search(text, at, at + _DOTTED)
    first = max(0, start - _BEHIND)
    word = _plain(text[first : blank.start() if blank else at + _DOTTED])
    match = _ONE_EMAIL.search(word, start - first)
    if match is None or not match.start() < at - first < match.end():
        return None
    return first + match.start(), first + match.end()


def _link_start(text: str, done: int, at: int) -> int:
    """Where the link begins whose `http:/`, `www.` or `host/` ends with the sign at this place, or -1."""
    if text[at] == ".":
        return at - 3 if at - 3 >= done and _ONE_WWW.match(text, at - 3) else -1
    before = _plain(text[max(0, at - 6) : at]).lower() if text[at - 1 : at] == ":" else ""
    if before.endswith(("http:", "https:")) and text[at + 1 : at + 2] == "/" and _SIGN_OF_LINK.match(text, at + 2):
        start = at - (6 if before == "https:" else 5)
        return start if start >= done else -1
    blank = _BLANK_BEFORE.search(text, done, at)
    start = blank.end() if blank else done
    if "." not in text[start:at]:
        return -1  # and/or
    first = max(0, start - _BEHIND)
    match = _ONE_HOST.search(_plain(text[first : at + 1]), start - first)
    return first + match.start() if match and is_top_level(match["top"]) else -1


def _plain(word: str) -> str:
    """A word with the letters of the thirteen alphabets taken as plain ones, offset for offset."""
    return word if word.isascii() else word.translate(_LETTERS)


def is_top_level(label: str) -> bool:
    """Whether a host may end in this label: a name of the root zone, or any in its `xn--` spelling (RFC 5890)."""
    label = label.lower()
    if not label.isascii():
        label = unicodedata.normalize("NFC", label)
    return label in TOP_LEVEL_DOMAINS or label.startswith("xn--")


def _signs(text: str) -> list[int]:
    """Where a link may be. Plain prose has no such sign, and that must cost next to nothing."""
    places: list[int] = []
    for sign, back in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            places.append(at + back)
            at = text.find(sign, at + 1)
    places.sort()
    return places


def _length(link: str) -> int:
    """A link without the punctuation of its sentence: `(see https://a.example/b).` ends after `b`."""
    end = len(link)
    if link[-1] not in _ENDINGS:
        return end
    open_ = {closer: link.count(closer) - link.count(opener) for closer, opener in _PAIRS.items()}
    while end:
        last = link[end - 1]
        if open_.get(last, 0) > 0:
            open_[last] -= 1
        elif last not in _LOOSE:
            break
        end -= 1
    return end


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
