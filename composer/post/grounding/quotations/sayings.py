"""What a written source puts between quotation marks, and whom it gives the words to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from composer.post.grounding.names.entities import office_word
from composer.post.grounding.quotations.quotes import tokens
from composer.post.grounding.source.lines import openers

_QUOTED = re.compile(
    r"“([^“”]{2,600})”|„([^„“”]{2,600})[“”]|«\s?([^«»]{2,600}?)\s?»|(?<![\w\"])\"([^\"]{2,600})\"(?!\w)"
)
_SAID = (
    r"(?:said|says|say|asked|asks|added|adds|explained|explains|argued|argues|told|wrote|writes|warned|warns|called|"
    r"replied|recalled|according to|sagte|sagt|erklärte|erklärt|meinte|meint|so|a dit|dit|affirme|explique|ajoute|dijo|"
    r"dice|afirma|afirmó|explica|añade|disse|diz|explicou|afirmou)"
)
_NAME = r"(?P<n>(?:[A-ZÀ-Þ][\w’'-]{0,3}\. )?[A-ZÀ-Þ][\w’'-]+(?: (?:[a-zà-þ]{2,3} )?[A-ZÀ-Þ][\w’'-]+)*)"
_AFTER = re.compile(
    rf"^\W{{0,3}}(?:{_SAID}\b(?:[^.\"“”«»]*?[\s,])??{_NAME.replace('<n>', '<a>')}"
    rf"|{_NAME.replace('<n>', '<b>')}(?: [^\s.]+){{0,4}}? {_SAID}\b)"
)
_BEFORE = re.compile(rf"{_NAME}(?:,[^.\"“”«»]*,)?(?: [a-zà-þ]+){{0,3}} {_SAID}\b[^.\"“”«»]{{0,40}}[:,]?\s*$")
_HE = r"(?:he|she|they|er|sie|il|elle|él|ella|ele|ela)"
_PRONOUN = re.compile(rf"(?i)^\W{{0,3}}(?:{_HE} {_SAID}|{_SAID} {_HE}|[\w’'-]+-(?:t-)?(?:il|elle))\b")
# "…", dijo. "…": nobody is named.
_BARE = re.compile(rf"(?i)^\W{{0,3}}{_SAID}(?: [\w-]+){{0,3}}[.,:]?\s*$")
_UNNAMED = re.compile(r"^\W{0,3}(?:disse|diz|afirmou|explicou|dijo|dice|afirmó|explicó)\s*[.;]")
_HE_SAID = re.compile(rf"(?i)\b{_HE} {_SAID}\b[^.\"“”«»]{{0,40}}[:,]?\s*$")
_RUN = re.compile(_NAME)
_SUBJECT = re.compile(rf"(?:^|[.!?][\"”»]? |, ){_NAME}(?=[ ,])")
_TITLES = frozenset("Dr Dr. Mr Mr. Mrs Mrs. Ms Ms. Prof Prof. Professor The Herr Frau But And So".split())  # noqa: SIM905
# What may stand between two parts of one saying: "…," said the mayor on Monday. "…".
_GAP = 140


@dataclass(frozen=True, slots=True)
class Saying:
    """Quoted words of a source, one after the other, and the name they are given to or ""."""

    words: tuple[str, ...]
    who: str


def sayings(text: str, language: str) -> list[Saying]:
    """What a text quotes; parts of one saying with only its speaker between them are one."""
    found: list[Saying] = []
    spans = [(match.start(), match.end(), next(g for g in match.groups() if g)) for match in _QUOTED.finditer(text)]
    runs = [[word for word in one["n"].split() if word.lower() not in openers()] for one in _RUN.finditer(text)]
    people = frozenset(run[-1] for run in runs if len(run) > 1)
    last, at = "", 0
    while at < len(spans):
        start, end, words = spans[at]
        parts, first_end = [words], end
        while at + 1 < len(spans) and _goes_on(text[end : spans[at + 1][0]], text[spans[at + 1][1] - 2 :][:3]):
            at += 1
            end = spans[at][1]
            parts.append(spans[at][2])
        since = start - spans[at - len(parts)][1] if at >= len(parts) else len(text)
        who = _who(text[max(0, start - 700) : start], since, text[first_end : first_end + 160], last, people)
        found.append(Saying(tuple(tokens(" ".join(parts), language)), who))
        last, at = who or last, at + 1
    return found


def _goes_on(between: str, ending: str) -> bool:
    """Whether the words between two quotations only say who speaks. `ending` is how the second one ends."""
    if len(between) > _GAP or "\n" in between:
        return False
    stop = re.search(r"(?<![DM]r)(?<!Mrs)(?<!Prof)(?<! [A-Z])[.!?]\s", between)
    if stop and re.search(r"\w", between[stop.end() :]):
        return False  # a sentence of its own begins the second
    if re.search(r"[.!?]\s*$", between) and "," in ending:
        return False  # who says the second comes behind it
    ends = re.findall(r"(?<![DM]r)(?<!Mrs)(?<!Prof)[.!?]\s", between)
    return bool(_AFTER.match(between) or _PRONOUN.match(between) or _BARE.match(between)) and len(ends) <= 1


def _who(ahead: str, since: int, behind: str, last: str, people: frozenset[str]) -> str:
    """Who says what stands between two texts; `since` is how long ago the saying of `last` ended, in characters."""
    match = _AFTER.match(behind)
    if match:
        return _bare(match["a"] or match["b"])
    if _PRONOUN.match(behind) or _UNNAMED.match(behind):
        near = _subjects(ahead, people)
        if near and (len(ahead) - near[-1].start() < max(300, since) or not last):
            return _meant(near[-1], ahead, people)
        return last
    if _HE_SAID.search(ahead):
        named = _subjects(ahead, people)
        return _meant(named[-1], ahead, people) if named else ""
    match = _BEFORE.search(ahead[-300:])
    return _bare(match["n"]) if match else ""


def _subjects(ahead: str, people: frozenset[str]) -> list[re.Match[str]]:
    """The names of people that begin a clause."""
    return [one for one in _SUBJECT.finditer(ahead) if any(word in people for word in one["n"].split())]


def _meant(named: re.Match[str], ahead: str, people: frozenset[str]) -> str:
    """The name that a pronoun means, where nobody is named by an office since; or ""."""
    since = re.sub(r"^, [^,.]{2,80},", "", ahead[named.end("n") :])  # "Anna Berg, an analyst at ..., cut"
    later = re.search(r"[.!?][\"”»]? (.*)", since, re.DOTALL)
    if later and any(word in people for word in re.findall(r"[^\W\d_]+", later[1])):
        return ""  # "And Kestrel pays. I'll end with Tomas. Last week he said"
    return "" if any(office_word(word) for word in re.findall(r"[^\W\d_]+", since)) else _bare(named["n"])


def _bare(name: str) -> str:
    if re.fullmatch(_HE, name.lower()):
        return ""
    words = [word for word in name.split() if word not in _TITLES]
    if len(words) == 1 and words[0].lower() in openers():
        return ""  # "Where you could say ..."
    return " ".join(words)


def holders(words: Sequence[str], found: Iterable[Saying]) -> Iterator[Saying]:
    """The sayings that hold these words in this order."""
    wanted = f" {' '.join(words)} "
    return (saying for saying in found if wanted in f" {' '.join(saying.words)} ")
