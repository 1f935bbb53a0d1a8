"""What a listener hears of a styled post.

A styled letter is a mathematical symbol to a screen reader. One recorded test (March 2025) found three ways with it:
JAWS spells it letter by letter, NVDA before its normalisation of 2025, VoiceOver and Narrator leave the word out, and
TalkBack reads it. So a heading in bold letters may not exist for a listener; the plain post is always the better one.
"""

from dataclasses import dataclass

import regex

from composer.text.alphabets import PLAIN, forms
from composer.text.clusters import CLUSTER, is_emoji
from composer.text.problems import Problem
from composer.text.spans import links
from composer.text.style import unstyle

SHARE_BUDGET = 0.35
"""The share of letters that may be styled: headings and labels of a post take 15 to 30 per cent, its sentences more."""

RUN_BUDGET = 120
"""The letters in one styled run: two lines of a feed, more than any heading needs."""

_ENCLOSING = ("circled", "circled_negative", "squared", "squared_negative")
# Letters only: ① is a number in a list.
_ENCLOSED = {code: plain for name in _ENCLOSING for plain, code in forms(name).items() if chr(plain).isalpha()}
# Lines over, through and under: U+0305, U+0332 to U+0336, U+033F. A line is drawn where two clusters in a row have one.
_LINES = "\u0305\u0332\u0333\u0334\u0335\u0336\u033f"
_LINED = regex.compile(rf"(?:[^\s\p{{M}}]\p{{M}}*?[{_LINES}]\p{{M}}*+\s*+){{2,}}")
_STYLED = frozenset(map(chr, (*PLAIN, *_ENCLOSED)))
_LETTER = regex.compile(r"[\p{L}\p{Nd}]")
# From a styled letter to the last one before a plain letter or a line break.
_RUN = regex.compile(rf"[{''.join(sorted(_STYLED))}](?:[^\p{{L}}\p{{Nd}}\n]*[{''.join(sorted(_STYLED))}])*")


@dataclass(frozen=True, slots=True)
class Hearing:
    """What becomes of a post when it is listened to.

    `share` is the part of its letters and digits that is styled, 0 to 1. `run` is the longest styled run, half-open
    offsets in code points, (0, 0) if there is none, and `run_letters` its letters. `spelled` and `skipped` are the
    post as a screen reader presents it that spells styled letters, and one that leaves them out.
    """

    share: float
    run: tuple[int, int]
    run_letters: int
    spelled: str
    skipped: str


def hear(text: str) -> Hearing:
    """All that this module measures of a text at once."""
    start, end = longest_run(text)
    return Hearing(styled_share(text), (start, end), _styled(text[start:end]), spelled(text), skipped(text))


def styled_share(text: str) -> float:
    """The part of the letters and digits that is styled or enclosed, 0 to 1; 0 for a text without letters."""
    styled = _styled(text)
    plain = sum(1 for letter in _LETTER.findall(text) if letter not in _STYLED)
    return styled / (styled + plain) if styled else 0.0


def longest_run(text: str) -> tuple[int, int]:
    """The stretch of a line with the most styled letters and no plain one between them: half-open, (0, 0) if none.

    Of equals the first.
    """
    runs = [match.span() for match in _RUN.finditer(text)]
    return max(runs, key=lambda run: _styled(text[run[0] : run[1]]), default=(0, 0))


def spelled(text: str) -> str:
    """The text as a screen reader presents it that spells: `𝗕𝗼𝗹𝗱 word` is heard as `B o l d word`."""
    return _RUN.sub(lambda match: _letter_by_letter(match[0]), text)


def skipped(text: str) -> str:
    """The text as a screen reader presents it that leaves styled words out: `𝗕𝗼𝗹𝗱 word` is heard as `word`."""
    lines = (regex.sub(r"  +", " ", _RUN.sub("", line)).strip() for line in text.split("\n"))
    return "\n".join(lines)


def problems(text: str) -> list[Problem]:
    """What a listener would miss in a text, by place.

    Kinds: `styled-share` and `styled-run` (over budget), `styled-link`, `styled-tag` and `styled-mention` (they lead
    nowhere), `enclosed` (letters in circles or boxes), `lines` (combining lines).
    """
    found = [*_over_budget(text), *_styled_links(text), *_enclosed(text), *_lined(text)]
    return sorted(found, key=lambda problem: (problem.start, problem.end, problem.kind))


def _styled(text: str) -> int:
    return sum(1 for character in text if character in _STYLED)


def _letter_by_letter(run: str) -> str:
    plain = unstyle(run).translate(_ENCLOSED)
    return "  ".join(" ".join(CLUSTER.findall(word)) for word in plain.split(" ") if word)


def _over_budget(text: str) -> list[Problem]:
    share = styled_share(text)
    start, end = longest_run(text)
    if share > SHARE_BUDGET:
        why = (
            f"{share:.0%} of the letters are styled, and many screen readers leave those out; "
            f"under {SHARE_BUDGET:.0%} the post still makes sense."
        )
        return [Problem(start, end, "styled-share", "warn", why, unstyle(text[start:end]))]
    if _styled(text[start:end]) > RUN_BUDGET:
        why = "This whole passage is styled, and many screen readers leave it out."
        return [Problem(start, end, "styled-run", "warn", why, unstyle(text[start:end]))]
    return []


_WHY = {
    "url": ("styled-link", "A styled link opens nothing."),
    "email": ("styled-link", "A styled address reaches nobody."),
    "mention": ("styled-mention", "A styled mention reaches nobody."),
    "hashtag": ("styled-tag", "A styled hashtag is another hashtag, which nobody finds."),
}


def _styled_links(text: str) -> list[Problem]:
    """Links whose letters are styled, or that have lines; found in the plain text and traced back."""
    found = []
    plain, places = _plain_with_places(text)
    for span in links(plain):
        start, end = places[span.start], places[span.end]
        part = text[start:end]
        if part != plain[span.start : span.end]:
            kind, why = _WHY[span.kind]
            found.append(Problem(start, end, kind, "error", why, unstyle(part)))
    return found


def _plain_with_places(text: str) -> tuple[str, list[int]]:
    """The text without styling, and for each of its offsets the offset in `text` that it came from."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for cluster in CLUSTER.findall(text):
        plain = cluster if cluster.isascii() else unstyle(cluster)
        parts.append(plain)
        places += [at] * len(plain) if plain != cluster else range(at, at + len(cluster))
        at += len(cluster)
    return "".join(parts), [*places, at]


def _enclosed(text: str) -> list[Problem]:
    found = []
    marks = "".join(sorted(map(chr, _ENCLOSED)))
    for match in regex.finditer(rf"[{marks}](?:\s?[{marks}])*", text):
        if len(match[0]) == 1 and is_emoji(match[0]):
            continue  # Ⓜ, 🅰 and their like, used as the emoji they are
        why = "Letters in circles or boxes are read one by one, or not at all."
        fix = match[0].translate(_ENCLOSED)
        found.append(Problem(match.start(), match.end(), "enclosed", "warn", why, fix))
    return found


def _lined(text: str) -> list[Problem]:
    found = []
    for match in _LINED.finditer(text):
        part = match[0].rstrip()
        bare = regex.sub(rf"[{_LINES}]", "", part)
        why = "Lines made of combining marks are read after each letter by some screen readers."
        found.append(Problem(match.start(), match.start() + len(part), "lines", "warn", why, bare))
    return found
