"""The names of a post that its source has, each with the sentence that says something of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from composer.post.grounding.names.eastern import persons
from composer.post.grounding.names.entities import office_word, titles
from composer.post.grounding.names.names import Name, names
from composer.post.grounding.quotations.quotes import quotations
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.lines import Part
from composer.post.grounding.source.terms import WORD
from composer.post.grounding.values.eastern import LANGUAGES

_SAYS_IT = 11
"""A line of fewer words that opens a post, or ends on a colon, only announces what follows."""
_BEFORE = 160
"""So much of a line, in characters, says what a short sentence is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """A name of a post; the sentence, with its offset in the line, that has it; its label; what was said before it in
    the line."""

    name: Name
    sentence: str
    start: int
    label: str
    told: str = ""
    quotes: bool = False


def said_of(part: Part, after: Part | None, lead: str, ground: Ground) -> Iterator[Said]:
    """The names of a part outside quotations, with what is said of them. `after` is the part that follows; `lead` the
    line up to the part."""
    line = part.text
    if part.title_case:
        if after and after.label == line:
            yield from _labels(line, after, ground)
        return
    begin = part.sentences[-1][0] if part.sentences else 0
    ended = re.search(r"[.!?。][\"”’»)]*\s*$", line)
    if part.heading and not lead.strip() and not ended and len(WORD.findall(line[begin:])) < _SAYS_IT:
        return  # it announces what follows
    quoted = [(one.start, one.end) for one in quotations(line)]
    for name in found_in(line, ground):
        a, b = next(((a, b) for a, b in part.sentences if a <= name.start < b), (0, len(line)))
        if not within(name.start, name.end, quoted):
            quotes = any(a < end and start < b for start, end in quoted)
            yield Said(name, line[a:b], a, part.label, line[max(0, a - _BEFORE) : a], quotes)


def found_in(line: str, ground: Ground) -> list[Name]:
    """The names of a line, those of users and of voices included."""
    if ground.language in LANGUAGES:
        return [Name(start, end, (who,)) for who, start, end in persons(line, ground.language)]
    found = names(line, ground.language, firsts=ground.firsts, called=ground.entities_of)
    for voice in sorted(ground.speakers):
        if re.search(r"[_\d]|^[a-z]", voice):  # "mossy_hen pointed out"
            for match in re.finditer(rf"(?<![\w@/]){re.escape(voice)}(?= \w)", line):
                if not re.search(r"\w $", line[: match.start()]):
                    found = [one for one in found if one.end <= match.start() or match.end() <= one.start]
                    found.append(Name(match.start(), match.end(), tuple(WORD.findall(voice.replace("_", " ")))))
    return sorted(found, key=lambda one: one.start)


def _labels(line: str, after: Part, ground: Ground) -> Iterator[Said]:
    """ "Anna Berg: nobody is cut off": a label that is a name, with the first sentence after it."""
    if not after.sentences or quotations(after.text[: after.sentences[0][1]]):
        return
    for name in found_in(line, ground):
        behind = "" if line[name.end :].startswith(",") else line[name.end :]  # "Anna Berg, in a book of 1904:"
        left = WORD.findall(f"{line[: name.start]} {behind}")
        if all(word.lower() in titles() or office_word(word) or word.isdigit() for word in left):
            yield Said(name, line + after.text[: after.sentences[0][1]], 0, "")


def within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch meets one of `spans`."""
    return any(start < b and a < end for a, b in spans)
