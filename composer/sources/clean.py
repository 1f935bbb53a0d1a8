"""Markup out, text left: what cue text needs in every format."""

import html
import re

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|</?>|<\d[\d:.]{0,20}>|<!--.{0,500}?-->", re.S)
_ESCAPED_TAG = re.compile(r"</?(?:i|b|u|s|font|br|span|c|ruby|rt)(?:[ .][^<>]{0,200})?/?>", re.I)
_ASS = re.compile(r"\{\\[^{}]{0,200}\}|\{[\\*][^{}]{0,200}\}")
# Zero-width and direction marks, byte order marks, soft hyphens, object replacement, control characters.
_INVISIBLE = re.compile(
    "[\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffc\x00-\x08\x0e-\x1f\x7f]"
)


def squeeze(text: str) -> str:
    """White space of any kind and length as single blanks, none at the ends."""
    return " ".join(text.split())


def unescape(text: str) -> str:
    """HTML entities as characters, at most twice escaped (`&amp;lt;`), with no line breaks or surrogates made."""
    once = html.unescape(text)
    return html.unescape(once) if "&" in once and once != text else once


def plain(text: str) -> str:
    """Cue text without tags, ASS overrides, entities, invisible characters and line breaks."""
    text = " ".join(text.split())
    if text.isprintable() and "<" not in text and "&" not in text and "{" not in text and "\\" not in text:
        return text
    if "{" in text:
        text = _ASS.sub("", text)
    if "\\" in text:
        text = text.replace("\\N", " ").replace("\\n", " ").replace("\\h", " ")
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = unescape(text)
        if "<" in text:
            # Entities make characters, not tags; only marks that no speaker says were escaped by mistake.
            text = _ESCAPED_TAG.sub("", text)
    return " ".join(_INVISIBLE.sub("", text).split())


def visible(text: str) -> str:
    """The text without invisible characters, white space squeezed; nothing else is touched."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())
