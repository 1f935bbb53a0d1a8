"""Spoken to written: what a sentence loses, and when it cannot stand in a post. The words are those of a file."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from composer.paths import resource

_UNSPACED = ("zh", "ja")
_END = re.compile(r"[.!?…。！？]+[\"”’»」』)]*$")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is known of a language as it is spoken; see `resources/phrases_spoken.toml`."""

    language: str
    lead: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]
    inside: tuple[re.Pattern[str], ...]
    leaning: tuple[re.Pattern[str], ...]
    pointing: tuple[re.Pattern[str], ...]
    half: tuple[re.Pattern[str], ...]
    thin: tuple[re.Pattern[str], ...]
    leads: re.Pattern[str]
    needs: re.Pattern[str]
    ends: frozenset[str]


@lru_cache(maxsize=16)
def spoken(language: str) -> Spoken:
    """The spoken forms of a language; empty for one that has no table."""
    rows = _tables().get(language, {})

    def compiled(key: str, anchor: str = "") -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(anchor + row, re.IGNORECASE) for row in rows.get(key, []))

    def together(key: str, anchor: str = "") -> re.Pattern[str]:
        found = rows.get(key, [])
        return re.compile(
            anchor + "(?:" + "|".join(f"(?:{row})" for row in found) + ")" if found else "(?!)", re.IGNORECASE
        )

    return Spoken(
        language,
        compiled("lead", "^"),
        compiled("tail"),
        compiled("inside"),
        compiled("leaning", "^"),
        compiled("pointing"),
        compiled("half"),
        compiled("thin"),
        together("lead", "^"),
        together("needs"),
        frozenset(word for row in rows.get("ends", []) for word in row.split()),
    )


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resource("phrases_spoken.toml").read_text(encoding="utf-8"))


def strip_spoken(text: str, form: Spoken) -> str:
    """`text` without discourse markers at its ends and fillers inside. The end mark stays."""
    return _stripped(" ".join(text.split()), form.language)


@lru_cache(maxsize=4096)
def _stripped(text: str, language: str) -> str:
    """As `strip_spoken`. Most sentences hold nothing to strip: a look at all patterns together, or at a word that one
    of them needs, spares trying each."""
    form = spoken(language)
    for _ in range(8):
        if not form.leads.match(text):
            break
        before = text
        for pattern in form.lead:
            text = pattern.sub("", text, count=1)
        if text == before:
            break
    for _ in range(4):
        before = text
        if form.needs.search(text):
            for pattern in form.inside:
                text = pattern.sub("", text)
        last = _LAST.search(text)
        if last and last[1].lower() in form.ends:
            for pattern in form.tail:
                text = pattern.sub("", text)
        if _UNTIDY.search(text):
            text = re.sub(r"\s+", " ", text)
            text = re.sub(r"\s+([,;:.!?…])", r"\1", text)
            text = re.sub(r",(?:\s*,)+", ",", text)
            text = re.sub(r",(?=[.!?…]+$)", "", text)
        text = text.strip()
        if text == before:
            break
    return text.strip(" ,;-–—")


_LAST = re.compile(r"([\w'’]+)[?.!…]*$")
_UNTIDY = re.compile(r"\s\s|\s[,;:.!?…]|,\s*,|,[.!?…]+$|[^\S ]")


_REASON = re.compile(
    r"(?i)because,? (?!of\b)(?=\w)"
    r"(?!.*, (?:then |so )?(?:i|you|we|they|he|she|it|there|that|this|the|an?|your|our|my|people)\b)"
)


def reason(text: str) -> str:
    """A sentence that is only the reason of the one before, as a claim: "Because rope rots" -> "Rope rots".

    Where a main clause follows in the same sentence, it stays.
    """
    found = _REASON.match(text)
    return text[found.end()].upper() + text[found.end() + 1 :] if found else text


def doubled(text: str) -> bool:
    """Whether a word or a run of words stands twice in a row, as recognisers and restarts leave it."""
    return bool(re.search(r"(?i)\b(\w+(?: \w+){0,4})[,.…]? \1\b", text)) and not re.search(
        r"(?i)\b(that that|had had|more and more|very very|far far|many, many|again and again)\b", text
    )


# "Diseases that we have no answers to": English ends a relative clause on its preposition.
_STRANDED = re.compile(
    r"(?i)\b(?:that|which|who|whom) (?:we|you|they|people|nobody|everybody) [^,;.]*\b(?:answers?|access|rights?|key|"
    r"look|wait|"
    r"pay|care|hope|rely|depend|listen|belong|deal|live|worry) (?:to|for|with|about|on|in)$"
)


def stands(text: str, form: Spoken, *, opening: bool = True) -> bool:
    """Whether `text` can stand alone: not half, not thin, leaning on nothing before it, pointing at nothing."""
    bare = _END.sub("", text).strip()
    if not bare or any(pattern.search(bare) for pattern in (*form.thin, *form.pointing)):
        return False
    if any(pattern.search(bare) for pattern in form.half) and not _STRANDED.search(bare):
        return False
    if opening and any(pattern.search(bare) for pattern in form.leaning):
        return False
    return not doubled(bare)


def finish(text: str, language: str, keep: tuple[str, ...] = ()) -> str:
    """A capital at the start, one full stop at the end, no stray marks. Names in `keep` stay as they are written."""
    text = text.strip(" ,;:-–—")
    text = re.sub(r"\s*(?:\.{2,}|…)+$", "", text).rstrip(" ,;:-–—")
    if not text:
        return ""
    text = re.sub(r"\b(vs\.|e\.g\.|i\.e\.) ([A-Z])(?=[a-z])", lambda found: f"{found[1]} {found[2].lower()}", text)
    stop = "。" if language in _UNSPACED else "."
    if not _END.search(text):
        text += stop
    text = re.sub(r"!+$", stop, re.sub(r"！+$", stop, text))
    # A name such as iOS, o1 or danielhanchen keeps its own first letter; only an ordinary word is raised.
    first = re.match(r"[^\W\d_]+", text)
    if first and first.group().islower() and not text.startswith(keep or ("\0",)):
        text = text[0].upper() + text[1:]
    return text


def count_words(text: str, language: str) -> int:
    """Words, or for scripts without spaces half the characters, which is about as much to read."""
    if language in _UNSPACED:
        return (len(re.findall(r"\w", text)) + 1) // 2
    return len(text.split())
