"""English only: the main clause of a told sentence, its subject and its verb, found by its words and their places."""

import re
import tomllib
from functools import cache

from composer.paths import resource
from composer.post.english.sentences.dangling import SURE as _SURE
from composer.post.english.words.forms import is_past
from composer.post.lexis import word_list

_OPENER = (
    r"if|when|once|unless|because|although|though|while|since|whenever|after|before|until|even if|"
    r"even though|as"
)
_PRONOUN = r"you|we|they|he|she|it|I|people|there|somebody|everybody|everyone|nobody"
_FINITE = word_list("sieve_finite")
_BASE = word_list("english_base") | word_list("sieve_base")
_ORDERS = word_list("sieve_orders")
_LOOSE = word_list("sieve_loose")
_SINGULAR = word_list("sieve_singular")


def main(text: str) -> tuple[str, str, str] | None:
    """(subject, verb, rest) of the main clause, or None where it cannot be told for sure.

    "If" clauses, circumstances and adverbs in front are passed over; an order has the subject "".
    """
    text = re.sub(
        r"(?i)^(?:to clarify|in (?:fact|general|short|practice|the end|many ways)|for example|usually|often|"
        r"sometimes|today|"
        r"ultimately|eventually|essentially|typically|generally|at its core|and|but|so),? ",
        "",
        text,
    )
    lead = re.match(
        rf"(?i)(?:{_OPENER}) [^,]+(?:, (?!(?:the|a|an|your|our|{_PRONOUN})\b)[^,]+)*, (?:then )?", text
    ) or re.match(
        r"(?i)(?:in|at|on|for|with|from|by|under|over|during|without|among|despite|instead of|to|within|"
        r"across) [^,]{2,70}, ",
        text,
    )
    if lead and not re.match(rf"(?i)(?:{_OPENER})\b", text) and verbs(lead.group().rstrip(", ")):
        lead = None
    body = text[lead.end() :] if lead else text
    if re.match(
        r"(?i)the (?:more|less|better|longer|fewer|faster|bigger|earlier) .+, the (?:more|less|better|"
        r"longer|fewer|faster|"
        r"bigger|earlier) ",
        text,
    ):
        return ("", "", text)
    words = re.findall(r"[\w'’.%$€£-]+|[,;:()“”\"–—]", body)
    if not words:
        return None
    low = [word.lower() for word in words]
    if low[0] in _ORDERS or low[:2] == ["do", "not"]:
        return ("", low[0], " ".join(words[1:]))
    if (low[0] in _BASE and low[0] not in ("work", "design", "trust", "change", "cost")) or low[0] in (
        "who",
        "which",
        "that",
    ):
        return None
    relative = 0
    for at, word in enumerate(low[:22]):
        prior = low[at - 1] if at else ""
        if at and word in ("who", "that", "which", "whom", "where", "what"):
            relative += 1
            continue
        if at and word in ("you", "we", "they", "he", "she", "i", "it", "people") and prior not in (",", "and", "or"):
            relative += prior not in ("who", "that", "which", "whom", "where", "what")
            continue
        if not _finite(words, at):
            if word in ("if", "because", "unless", "there", ";", ":", "not") and at:
                return None
            continue
        if at == 0:
            return None
        if relative:
            if low[at - 1] in ("you", "we", "they", "he", "she", "i") and relative > 1:
                return None
            relative -= 1
            continue
        subject = " ".join(words[:at])
        going = at > 1 and prior in ("in", "on", "up", "out", "over") and low[at - 2].endswith("ing")
        if (
            (prior in _LOOSE and prior not in _SUBJECTS and not going)
            or (prior in (",",) and low[0] not in ("the", "a", "an"))
            or len(low) - at < 2
        ):
            return None
        return subject, word, " ".join(words[at + 1 :])
    return None


_SUBJECTS = word_list("sieve_subjects")


_NOUNS = word_list("labels_nouns")


@cache
def _acting() -> frozenset[str]:
    """Words that are mostly verbs."""
    rows = tomllib.loads(resource("phrases_labels.toml").read_text(encoding="utf-8"))["en"]
    return frozenset(rows["verb"].split())


_MANY = frozenset(["you", "we", "they", "people", "i", "percent", "who", "that", "always", "never", "often", "usually"])


def _finite(words: list[str], at: int) -> bool:
    """Whether the word at this place can carry a sentence."""
    low = words[at].lower()
    if re.fullmatch(_SURE, low):
        return True
    prior = words[at - 1].lower() if at else ""
    if not at or prior in (
        "the",
        "a",
        "an",
        "of",
        "to",
        "your",
        "our",
        "my",
        "their",
        "in",
        "for",
        "and",
        "or",
        "with",
        "by",
    ):
        return False
    if low in _FINITE or (low == "used" and words[at + 1 : at + 2] == ["to"]):
        return True
    if is_past(low) and not low.endswith("ed"):
        return True
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    if low.endswith("ed") and len(low) > 4 and following not in ("by", "in", "on", "as", "with", "from", "to", "for"):
        return True
    plural = prior in _MANY or (
        prior.endswith("s") and not prior.endswith(("ss", "us", "is")) and prior not in _SINGULAR
    )
    if low.endswith("s") and low[:-1] in _acting() and low not in _NOUNS and prior.isalpha() and prior not in _LOOSE:
        return True
    return (low in _BASE or low in _acting()) and plural


def verbs(part: str) -> int:
    words = re.findall(r"[\w'’-]+", part)
    short = bool(re.search(r"['’]s \w+ing\b", part))  # "the yard's building a crane"
    return short + sum(_finite(words, at) for at in range(1, len(words)))
