"""What models do beside answering, taken off: echoes of the field's name, quotation marks, list marks, preambles."""

import re
import unicodedata

from composer.evidence.words import lexicon, words
from composer.text.style import unstyle

# Languages whose small words are known, and how many of them a line must have to be plainly in one.
_TONGUES = ("de", "en", "es", "fr", "pt")
_LEAST_WORDS, _PLAINLY = 5, 0.34

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "「": "」"}
_LIST_MARK = re.compile(r"^(?:[-–—•·▪►*]|\(?\d{1,2}[.)/:](?!\d))\s+")
_PREAMBLE = re.compile(
    r"^(?:sure|certainly|of course|absolutely|okay|ok|here(?: is| are|'s|’s)|as an ai|i cannot|i can't|i'm sorry|"
    r"i am sorry|sorry|let me|the user (?:wants|asks|is asking|has asked)|we need to|the passage says that|"
    r"natürlich|gerne|voici|bien sûr|claro|por supuesto|好的|当然)\b[^.:!：]{0,60}[.:!：,，]?\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^(?:headline|subject|announcing|opening|section(?: title)?|title|label|sentence|point|source|conclusion|note)"
    r"(?: \d{1,2})?\s*[:：]\s*",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^<>]{0,40}>|\[\d{1,4}\]|\(\s*\)")
_EMPTY = re.compile(r"^(?:n/?a|none|null|nil|todo|tbd|unknown|\.{2,}|…|-+|_+|\[.*\]|x+)[.!]?$", re.IGNORECASE)


def tidy(text: str) -> str:
    """The answer itself: plain letters, one line, nothing around it. May be empty."""
    text = unicodedata.normalize("NFC", unstyle(text))
    text = " ".join(_TAGS.sub(" ", text.replace("*", "").replace("`", "").replace("#", "")).split())
    for _ in range(4):
        before = text
        text = _FIELD.sub("", _LIST_MARK.sub("", text)).strip()
        if (found := _PREAMBLE.match(text)) and found.end() < len(text):
            text = text[found.end() :].strip()
        if (
            len(text) > 1
            and text[0] in _QUOTES
            and text.endswith(_QUOTES[text[0]])
            and _QUOTES[text[0]] not in text[1:-1]
        ):
            text = text[1:-1].strip()
        if text == before:
            break
    return "" if _EMPTY.match(text) or _PREAMBLE.fullmatch(text) else text


def label(text: str) -> str:
    """A short name: tidied, without a full stop or a colon at its end; what follows a colon is no part of it."""
    text = tidy(text).rstrip(" .:;,：，。-–—")
    head, colon, _ = text.partition(":")
    return head.strip() if colon and head.strip() else text


def headline(text: str) -> str:
    """A headline without its closing mark, which the shape sets."""
    return tidy(text).rstrip(" .:;,?!？！：。❓")


def sentence(text: str, most: int) -> str:
    """A whole sentence of at most `most` characters: cut at the last sentence or clause where the model was cut off."""
    text = tidy(text)
    if text and text[-1] not in '.!?…。！？"”’»)」':
        text = _whole(text, len(text) >= most - 12)
    return text


def _whole(text: str, cut: bool) -> str:
    if cut:
        ends = [found.end() for found in re.finditer(r"[.!?…](?=\s)|[。！？]", text)]
        if ends and ends[-1] >= len(text) // 2:
            return text[: ends[-1]]
        clauses = [found.start() for found in re.finditer(r"[;,:–—](?=\s)|[，；、]", text)]
        if clauses and clauses[-1] >= len(text) * 3 // 5:
            text = text[: clauses[-1]]
        elif " " in text:
            text = text[: text.rindex(" ")].rstrip(" ,;:")
    return text + ("。" if _wide(text) else ".")


def meaningful(text: str) -> bool:
    """Whether there is anything to read in it: a letter of any script, and more letters and spaces than signs."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and letters * 2 >= len(text.replace(" ", ""))


def foreign(text: str, language: str) -> bool:
    """Whether most letters are of a script the language is not written in."""
    scripts = {"zh": "wide", "ja": "wide", "ko": "wide", "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic",
               "sr": "any", "ar": "arabic", "fa": "arabic", "he": "hebrew", "el": "greek", "hi": "any", "th": "any",
               "und": "any"}  # fmt: skip
    wanted = scripts.get(language, "latin" if len(language) == 2 else "any")
    letters = [c for c in text if c.isalpha()]
    if wanted == "any" or len(letters) < 4:
        return False
    alien = sum(_script(c) not in (wanted, "latin") if wanted != "latin" else _script(c) != "latin" for c in letters)
    return alien * 2 > len(letters) or (wanted == "wide" and len(letters) > 12 and not any(map(_wide, letters)))


def tongue(text: str, language: str) -> str:
    """The language a line is plainly in, where that is another one than `language`; "" where it is not, or too short.

    Told by the small words of each language, so it sees what `foreign` cannot: English where German was asked for.
    """
    said = [word.casefold() for word in words(text)]
    if len(said) < _LEAST_WORDS:
        return ""
    shares = {
        tag: sum(word in lexicon(tag).stop for word in said) / len(said) for tag in {*_TONGUES, language.split("-")[0]}
    }
    mine = shares.pop(language.split("-")[0])
    tag = max(sorted(shares), key=lambda other: shares[other])
    return tag if shares[tag] >= _PLAINLY and shares[tag] > 2 * mine else ""


def alike(one: str, other: str) -> bool:
    """Whether two lines say the same in nearly the same words."""
    first, second = ({word.casefold() for word in words(text)} for text in (one, other))
    return bool(first) and len(first & second) >= 0.8 * len(first | second)


def _script(letter: str) -> str:
    if letter < "\u0250" or "\u1e00" <= letter <= "\u1eff":
        return "latin"
    for script, low, high in (
        ("greek", "\u0370", "\u03ff"), ("cyrillic", "\u0400", "\u052f"), ("hebrew", "\u0590", "\u05ff"),
        ("arabic", "\u0600", "\u06ff"), ("wide", "\u3040", "\u9fff"), ("wide", "\uac00", "\ud7af"),
    ):  # fmt: skip
        if low <= letter <= high:
            return script
    return "other"


def _wide(text: str) -> bool:
    return bool(text) and "\u3040" <= text[-1] <= "\u9fff"
