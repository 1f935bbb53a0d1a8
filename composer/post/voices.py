"""The quotations of a post held against the source, and against the voice they are given to."""

import re
from collections.abc import Iterator, Sequence

from composer.post.ground import Ground
from composer.post.numerals import tongue
from composer.post.quotes import Quoted, look_up, quotations, tokens
from composer.post.sayings import holders
from composer.post.terms import WORD, fold
from composer.text.problems import Problem

_NEAR = 90


def quote_problems(line: str, ground: Ground, skip: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """The quotations of a line that the source does not have, or has of somebody else; offsets into the line."""
    quoted = quotations(line)
    for one in quoted:
        if any(one.start < b and a < one.end for a, b in skip):
            continue
        if re.fullmatch(r"\W*[\w'’.&-]+\W*", one.text):
            continue  # a single word in quotation marks is held at arm's length, not quoted
        found = look_up(one.text, ground.running)
        told = list(holders(tokens(one.text, ground.running.language), ground.sayings))
        if found is None and not told:
            why = "These words do not stand in the source in this order."
            yield Problem(one.start, one.end, "quote", "warn", why)
            continue
        if found and not told and found.negated and not _denied(line, one, ground):
            why = "The source denies these words: the “not” before them is left out."
            yield Problem(one.start, one.end, "quote", "warn", why)
            continue
        spoken = found.speakers if found else ()
        voices = sorted({saying.who for saying in told} if told else {voice or "" for voice in spoken})
        given = _given(line, one, quoted, ground)
        if given and all(voices) and not any(_same(given, voice) for voice in voices):
            yield Problem(one.start, one.end, "quote", "warn", f"In the source {voices[0]} says this, not {given}.")


def _denied(line: str, quoted: Quoted, ground: Ground) -> bool:
    before = [fold(word) for word in WORD.findall(line[: quoted.start].replace("n’t", " not").replace("n't", " not"))][
        -4:
    ]
    return any(word in tongue(ground.language).negation for word in before) or any(
        word in ("denies", "rejects", "refuses", "against", "instead") for word in before
    )


def _same(a: str, b: str) -> bool:
    return bool({fold(word) for word in WORD.findall(a)} & {fold(word) for word in WORD.findall(b)})


def _given(line: str, quoted: Quoted, others: Sequence[Quoted], ground: Ground) -> str:
    """The speaker of the source that the words around a quotation give it to, or ""."""
    begin = max((one.end for one in others if one.end <= quoted.start), default=0)
    end = min((one.start for one in others if one.start >= quoted.end), default=len(line))
    ahead = line[begin : quoted.start]
    ahead = ahead[max(ahead.rfind(". "), ahead.rfind("! "), ahead.rfind("? ")) + 1 :]
    after = line[quoted.end : end]
    inside_ended = bool(re.search(r"[.!?]\s*$", quoted.text))
    stop = re.search(r"[.!?](?:\s|$)", after)
    after = after[: stop.start()] if stop else after
    if inside_ended and re.match(r"\s+[A-ZÀ-Þ]", after) and not re.match(r"\s+[-–—]", after):
        after = ""
    found: list[tuple[int, str]] = []
    for voice in sorted({*ground.speakers, *(saying.who for saying in ground.sayings if saying.who)}):
        for distance, text in ((len(ahead), ahead), (0, after)):
            for part in {voice, *(word for word in voice.split() if len(word) > 2)}:
                for match in re.finditer(rf"(?i)(?<!\w){re.escape(part)}(?!\w)", text):
                    gap = distance - match.end() if distance else match.start()
                    if 0 <= gap <= _NEAR and not _to(text, match.start()):
                        found.append((gap, voice))
    return min(found)[1] if found else ""


def _to(text: str, at: int) -> bool:
    """Whether a name is the one spoken to or of."""
    return bool(
        re.search(
            r"(?i)\b(?:to|tells?|told|asks?|asked|with|for|of|about|reminds?|interrupts?|answers|zu|mit|an|à|a|"
            r"con|para|com)\s$",
            text[:at],
        )
    )
