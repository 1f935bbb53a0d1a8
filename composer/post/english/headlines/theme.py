"""English only: what a speaker says at the start that the talk, the meeting or the episode will be about."""

import re
from collections.abc import Iterator

from composer.evidence.model import Evidence
from composer.post.english.sentences.spoken import spoken, strip_spoken
from composer.post.english.words.lexicon import frames
from composer.post.english.words.tagging import tag

EARLY, FEWEST = 0.2, 40
"""Where a theme is announced: the first fifth of a source, and its first forty sentences at least."""
MOST = 11
"""Words of a theme; a longer one is no phrase to speak "on"."""

_SAYS = (
    # "Today I want to talk about ...", "In this episode we'll discuss ..."
    r"\b(?:today|tonight|in this (?:talk|episode|video|lecture|session|lesson|chapter)|this (?:time|week|morning))\b"
    r",? (?:\w+ )?(?:I|we)(?:['’]\w+| \w+)*? (?:talk(?:ing)?|speak(?:ing)?|tell you|chat(?:ting)?|discuss(?:ing)?)"
    r"(?: (?:a (?:little )?bit|to you|with you|through))* (?:about |on )?(?P<a>[^.?!;:]+)",
    # "We're here to talk about ...", "I was keen to talk about ..."
    r"\b(?:we['’]?(?: a)?re|I['’]?(?: a)?m|I was) (?:here|keen|glad) to (?:talk about|discuss|speak about) "
    r"(?P<b>[^.?!;:]+)",
    # "I'm going to try and talk about ...", "I want to talk to you about ..."
    r"\b(?:I['’]?(?: a)?m|we['’]?(?: a)?re) (?:going to|gonna) (?:[\w-]+,? ){0,12}?(?:talk|speak)(?:ing)?"
    r"(?: to you)?(?: a bit)? about (?P<f>[^.?!;:]+)",
    r"\b(?:I|we)(?:['’]d| would)? (?:want|wanted|like|wish) to (?:talk|speak)(?: to you| with you)?"
    r"(?: a (?:little )?bit)? about (?P<g>[^.?!;:]+)",
    # "This meeting will be about ...", "Our topic this week is ..."
    r"\b(?:this|our|the) (?:\w+ )?(?:meeting|talk|topic|episode|lecture|session|subject)"
    r"(?: today| for today| this week| in general)? (?:is|will be) (?:about|around|on) (?P<c>[^.?!;:]+)",
    # "to continue our discussion about how ..."
    r"\b(?:continue|begin|start|open) (?:our|the|this) discussion (?:about|of|on) (?P<d>[^.?!;:]+)",
    # "who's going to talk about startup mechanics"
    r"\bwho(?:['’]s| is)? (?:going to|will) (?:talk|speak|tell us) about (?P<e>[^.?!;:]+)",
)
_SAID = tuple(re.compile(f"(?i){row}") for row in _SAYS)
_ENDS = re.compile(
    r",|\s(?:and|but) (?:my|our|then|also|how|we|I|maybe|give|a (?:few|couple|lot))\b|\s(?:because|so|if|when|today|"
    r"here|now|really|which|as well|with (?:you|us|me))\b|\s[-–—]"
)
_LOOSE = re.compile(
    r"(?i)\b(?:it|that|this|these|those|them|they|you|your|I|me|my|he|she|him|her|us|something|things?|stuff|some|"
    r"few|couple|lot|bit|guys|everything|anything|topic|agenda|stories)\b|\bwe\b"
)


def theme(evidence: Evidence) -> str:
    """What the source announces it is about, as it stands behind "on" and "about"; "" where it announces nothing.

    "why our hospital stopped using pagers" is told as "why the hospital stopped using pagers".
    """
    early = max(FEWEST, int(EARLY * len(evidence.sentences)))
    for sentence in evidence.sentences[:early]:
        if sentence.role != "speech":
            continue
        for found in _phrases(strip_spoken(sentence.text, spoken("en"))):
            told = _told(found)
            if told and _held(told, evidence):
                return told
    return ""


def _phrases(text: str) -> Iterator[str]:
    for pattern in _SAID:
        found = pattern.search(text)
        if found:
            yield next(part for part in found.groups() if part)


def _told(phrase: str) -> str:
    """The phrase up to where it goes on to something else, or "" where it points at what only a listener knows."""
    bare = _ENDS.split(phrase, maxsplit=1)[0].strip(" ,'’\"“”")
    bare = re.sub(r"^(?:(?:basically|really|actually|just|specifically|mainly|how) about|about) ", "", bare)
    bare = re.sub(r"\b[Oo]ur\b", "the", bare)
    words = bare.split()
    if not 1 <= len(words) <= MOST or _LOOSE.search(bare):
        return ""
    asks = re.match(r"(?i)(?:why|how|what) (?!to (?:do|go)\b)", bare)
    last, _ = tag(words[-1].lower())
    noun = bool(last & {"N", "NS"}) or words[-1][:1].isupper()
    if not (noun or (asks and len(words) > 3)) or (len(words) == 1 and not words[0][:1].isupper()):
        return ""
    first, _ = tag(words[0].lower())
    if first & {"SUB", "MODAL"} and not asks:
        return ""
    return bare


def _held(phrase: str, evidence: Evidence) -> bool:
    """Whether the source goes on to speak of it: a word of the phrase is one of its keyphrases, or comes back."""
    words = {word for word in re.findall(r"[a-z]{4,}", phrase.lower()) if word not in frames()["adverb"]}
    keys = " ".join(part.text.lower() for part in evidence.keyphrases[:20])
    said = " ".join(sentence.text.lower() for sentence in evidence.sentences)
    # Of two plain words the last one is the thing: "a noisy harbour" is on harbours, or on nothing.
    if len(phrase.split()) == 2:
        words &= {phrase.lower().split()[-1]}
    return any(word.rstrip("s") in keys or said.count(word.rstrip("s")) > 3 for word in words)
