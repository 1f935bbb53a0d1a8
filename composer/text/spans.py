"""What must never be styled: links, e-mail addresses, mentions, hashtags and emoji.

A styled link is dead, a styled mention reaches nobody, a styled hashtag is another hashtag, and an emoji is a
picture. Styling, hashtag suggestions and checks all ask this module where they are.
"""

from dataclasses import dataclass
from typing import Literal

import regex

from composer.text.alphabets import PLAIN
from composer.text.clusters import CLUSTER, is_emoji

Kind = Literal["url", "email", "mention", "hashtag", "emoji"]

# A word here is letters, digits and underscore with their marks, so that a decomposed or underlined word reads as
# the same word.
_WORD = r"[\p{L}\p{M}\p{N}_]"
_HEAD = r"[\p{L}\p{N}_]"
_NOT_IN_WORD = rf"(?<!{_HEAD}\p{{M}}*+)"
_LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?+"
_DOMAIN = rf"(?:{_LABEL}\.)+\p{{L}}(?:[\p{{L}}\p{{M}}]|\p{{N}}|-)*[\p{{L}}\p{{M}}\p{{N}}]"
# RFC 3986 and 3987: what a link is written with, which leaves out blanks, quotation marks and angle brackets.
_LINK = r"""[^\s\p{Cc}<>"“”„«»‹›`{}\\^、。，；：！？（）【】《》「」『』〈〉…]"""

_TOKEN = regex.compile(
    rf"""
    (?P<url>https?://{_LINK}+ | {_NOT_IN_WORD}www\.{_HEAD}{_LINK}*)
    | {_NOT_IN_WORD}(?P<email>[\p{{L}}\p{{N}}_](?:[\p{{L}}\p{{M}}\p{{N}}_.%+'-]*{_WORD})?@{_DOMAIN}(?!{_WORD}))
    | {_NOT_IN_WORD}(?<!@)(?P<path>{_DOMAIN}(?::\p{{Nd}}+)?/{_LINK}*)
    | {_NOT_IN_WORD}(?P<mention>@{_HEAD}(?:[\p{{L}}\p{{M}}\p{{N}}_.-]*{_WORD})?(?:@{_DOMAIN})?)
    | {_NOT_IN_WORD}(?<!&)(?P<hashtag>[#＃](?:\p{{N}}\p{{M}}*|_\p{{M}}*)*\p{{L}}{_WORD}*)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_HINT = regex.compile(r"[@#＃/]|www\.", regex.IGNORECASE)
_BLANK_BEFORE = regex.compile(r"(?r)\s")
_BLANK = regex.compile(r"\s")
# Punctuation that ends the sentence rather than the link.
_LOOSE_END = regex.compile(r"""[.,;:!?'’*~]+$""")
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
    for hint in _HINT.finditer(text):
        if hint.start() < done:
            continue
        blank = _BLANK_BEFORE.search(text, done, hint.start())
        start = blank.end() if blank else done
        blank = _BLANK.search(text, hint.end())
        end = blank.start() if blank else len(text)
        # The blank before the word stays in view for the look-behinds.
        word = text[start:end].translate(PLAIN)
        for match in _TOKEN.finditer(word):
            span = _span(word, match)
            found.append(Span(start + span.start, start + span.end, span.kind))
        done = end
    return found


def _span(word: str, match: "regex.Match[str]") -> Span:
    kind = match.lastgroup
    start, end = match.span()
    if kind in ("url", "path"):
        return Span(start, start + len(_without_loose_end(match[0])), "url")
    assert kind in ("email", "mention", "hashtag")
    return Span(start, end, kind)


def _without_loose_end(link: str) -> str:
    """A link without the punctuation of its sentence: `(see https://a.example/b).` ends after `b`."""
    while True:
        shorter = _LOOSE_END.sub("", link)
        last = shorter[-1:]
        if last in _PAIRS and shorter.count(last) > shorter.count(_PAIRS[last]):
            shorter = shorter[:-1]
        if shorter == link:
            return link
        link = shorter


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
