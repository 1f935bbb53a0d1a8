"""Sentence ends: found where the source has marks, put in where its recogniser left none."""

import re
from itertools import pairwise

from composer.evidence.words import lexicon, shared

# A stretch this long without one mark was never punctuated: people who write do not get this far.
UNMARKED = 28
_MARK = re.compile(r"[.!?…。！？؟]")
# The class in front names every mark that ends: the search leaps from one to the next.
_END = re.compile(r"[.!?…؟。！？](?:(?<=[.!?…؟])[.!?…؟]*[\"'”’»)\]]*(?=\s|$)|(?<=[。！？])[。！？]*[」』”’）]*)")
_SPACES = re.compile(r"\s*")
# A letter or figure: what a stretch has to hold to say anything.
SOUNDING = re.compile(r"[^\W_]")
_ABBREVIATION = shared("abbreviation")
_MONTH = shared("month")
_OPEN = frozenset(["so", "and", "but", "because", "now", "then", "okay", "well"])
_SUBJECT = frozenset(["i", "we", "you", "he", "she", "it", "they", "this", "that", "there", "these", "those"])
_AUXILIARY = shared("auxiliary")


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences of marked text as (start, end) offsets, without the white space between them."""
    spans: list[tuple[int, int]] = []
    start, total = 0, len(text.rstrip())
    for match in _END.finditer(text):
        end = match.end()
        after = _beyond(text, end)
        if end < len(text) and not _ends(text, match, after, language):
            continue
        spans.append((start, end))
        start = after
    if start < total:
        spans.append((start, total))
    return [(a, b) for a, b in spans if SOUNDING.search(text, a, b)]


def _beyond(text: str, at: int) -> int:
    """Where the white space at `at` ends."""
    spaces = _SPACES.match(text, at)
    return spaces.end() if spaces else at


def _ends(text: str, match: re.Match[str], after: int, language: str) -> bool:
    """Whether the mark ends a sentence, by what stands on both sides of it; the text goes on at `after`."""
    mark, follow = match.group(), text[after : after + 1]
    if mark[0] in "。！？؟":
        return True
    if follow.islower() and (mark[0] in ".…" or mark[-1] in "\"'”’»)"):
        return False
    if mark != ".":
        return True
    before = text[max(0, match.start() - 24) : match.start()].split()
    word = before[-1].lstrip("(\"'“‘«").lower() if before else ""
    if word in _ABBREVIATION:
        return word in ("etc", "a.m", "p.m", "u.s", "u.k", "ph.d", "no", "co", "al") and follow.isupper()
    if len(word) == 1 and word.isalpha() and before[-1].isupper() and word != "i":
        return len(before) > 1 and before[-2].lower() in lexicon(language).stop
    if not (language.startswith("de") and word.isdigit() and len(word) <= 2):
        return True
    following = text[after:].split(maxsplit=1)
    return not following or following[0].lower().strip(",.;:") not in _MONTH


def unmarked(text: str) -> bool:
    """Whether a passage has (next to) no sentence ends: fewer than one in sixty words, over a long stretch."""
    count = text.count(" ") + 1
    return count > UNMARKED and len(_MARK.findall(text)) * 60 < count


def restore(text: str, language: str) -> str:
    """`text` with an end mark, and with sentence ends where it has none at all over a long stretch."""
    if not SOUNDING.search(text):
        return text
    if text.count(" ") >= UNMARKED and not _MARK.search(text) and text.count(",") * 20 < text.count(" "):
        words = text.split()
        edges = [0, *cuts(words, language), len(words)]
        text = " ".join(_closed(words[a:b], language) for a, b in pairwise(edges))
    if text[-1] in "\"'”’»)" and len(text) > 1 and text[-2] in ".!?…":
        return text
    if text[-1] not in ".!?…:;。！？؟":
        text = text.rstrip(",-–— ") + ("?" if _asks(text, language) else ".")
    return text


def cuts(words: list[str], language: str, pauses: frozenset[int] = frozenset()) -> list[int]:
    """Where sentences begin in words without marks: indices into `words`, ascending, without 0.

    `pauses` are indices before which the speaker paused. A sentence is at least five words long.
    """
    known = lexicon(language)
    found: list[int] = []
    start = 0
    for at, word in enumerate(words):
        low = word.lower()
        follow = words[at + 1].lower() if at + 1 < len(words) else ""
        length = at - start
        if length < 5 or len(words) - at < 5:
            continue
        last = words[at - 1].lower()
        opens = (low in known.opener or low in _OPEN) and follow in known.stop and length >= 9
        subject = low in _SUBJECT and follow.split("'")[0] not in ("", "that") and length >= 18
        if (
            (at in pauses and last not in known.stop)
            or (opens and last not in ("and", "but", "that", "the", "a", "of", "to"))
            or (subject and last not in known.stop)
            or length >= 40
        ):
            found.append(at)
            start = at
    return found


def _closed(words: list[str], language: str) -> str:
    text = " ".join(words).rstrip(",")
    return text[:1].upper() + text[1:] + ("?" if _asks(text, language) else ".")


def _asks(text: str, language: str) -> bool:
    """Whether an unmarked sentence is a question, by its first two words. English only: elsewhere word order or a
    mark at the front says it, and a wrong question mark is worse than a full stop."""
    if not language.startswith("en"):
        return False
    low = [word.lower().strip(",") for word in re.split(r"[.!?…]\s+", text)[-1].split()[:3]]
    if len(low) < 3:
        return False
    if low[0] in ("what", "why", "how", "where", "when", "who"):
        return low[1] in _AUXILIARY or low[1] == "about"
    return low[0] in _AUXILIARY and (low[1] in _SUBJECT)
