"""English only: a claim put to the reader as a question, whole, where it cannot be turned into one.

"Did You Know That One in Ten Pilots Never Sees the Lamp", "Do You Agree That Nobody Should Ring the Bell in Fog".
"""

import re

from composer.post.english.headlines.catch import Line, amount
from composer.post.english.words.titles import title
from composer.post.phrases import Phrases

_RULES = re.compile(
    r"(?i)\b(?:should|must|never|always|nobody|no one|every|everybody|everyone|most|best|worst|only|more|less|better|"
    r"worse|largest|biggest|fastest|cheapest|hardest|easiest|greatest|strongest|cannot|not|"
    r"will|than|need to|needs to|have to|has to|worth|enough|without|over|end|important|right|wrong)\b|"
    r"n['’]t\b"
)
_PAST = re.compile(
    r"(?i)\b(?:was|were|had|did|went|came|got|has been|have been|made|took|said|cost|led|gave|found|became|won|lost|"
    r"\w{3,}ed)\b"
)
_MANY = re.compile(
    r"(?i)\b(?:(?:hundreds|thousands|millions|billions) of|\d[\d.,]* (?:million|billion|thousand)|"
    r"\d{1,3}(?:,\d{3})+)\b|\d ?%"
)
_PRICED = re.compile(
    r"(?i)\b(?:will|would|should) (?:not )?be (?:not |about |around )?[\w ]*\b"
    r"(?:\d|euros?|dollars?|pounds?|cents?)"
)
_FIRST_PERSON = re.compile(r"(?i)\b(?:I|we|us|our|my|me|you|your)\b")


def rules(text: str) -> bool:
    """Whether a claim compares, denies, promises or demands: it could be otherwise."""
    return bool(_RULES.search(text))


def past(text: str) -> bool:
    """Whether a claim tells what happened once."""
    return bool(_PAST.search(text))


def priced(text: str) -> bool:
    """Whether a claim says what somebody will charge."""
    return bool(_PRICED.search(text))


def striking(text: str) -> bool:
    """Whether a claim states a figure that makes a reader look twice: a share of all, or very many."""
    demands = re.search(r"(?i)\b(?:should|must|will be|would|could|might|may)\b", text)
    return not demands and not _FIRST_PERSON.search(text) and (amount(text) or bool(_MANY.search(text)))


def put(line: Line, words: Phrases) -> str:
    """The claim of `line` as a question to the reader, in title case; "" where it is neither striking nor arguable.

    What holds "we" or "you" stays in the quotation marks it was said in.
    """
    text = line.text
    if striking(text):
        return title(words["know"].format(claim=_small(text)))
    arguable = line.quoted or line.owned or rules(text) or ", but " in text
    if priced(text):
        return ""  # what somebody will charge
    if past(text) or not arguable or re.match(r"(?i)(?:never|always|if|when)\b", text):
        return ""
    if line.quoted and _FIRST_PERSON.search(text):
        return words["agree"].format(claim=f"{words['open_quote']}{title(text)}{words['close_quote']}")
    return title(words["agree_that"].format(claim=_small(text)))


def _small(text: str) -> str:
    """A claim that goes on behind "that": an article at its start is small."""
    return re.sub(r"^(?:A|An|The)\b", lambda found: found[0].lower(), text)
