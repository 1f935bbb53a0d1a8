"""What the form of a claim says for it, whatever it is about."""

import re

from composer.post.english.words.forms import is_past

_VAGUE = re.compile(
    r"(?i)\b(?:things?(?! (?:that|we|you))|stuff|something|somehow|some kind|kinds? of|lots|whatever|everything|"
    r"anything|someone|somebody|"
    r"et cetera|bunch|guys?|one way or another|pretty much|super|crazy|cool|awesome|nice|in our case|back then|"
    r"in some ways?|all of them|a lot of|"
    r"level|regard|slides?|random|might say|whatsoever|in terms of|maybe|different|interesting)\b"
)
_STRONG = [
    re.compile(
        r"(?i)\b(?:will|must|should|cannot|can not|need to|needs to|have to|has to|never|no longer|nobody|"
        r"nothing)\b"
    ),
    re.compile(r"(?i)\b(?:because|therefore|so that|which means|the reason|leads? to|depends? on|without)\b"),
    re.compile(
        r"(?i)\b(?:more|less|fewer|better|worse|faster|cheaper|bigger|harder|easier|longer|most|least|best|worst|"
        r"only|first|biggest|than)\b"
    ),
    re.compile(r"(?i)\b(?:not|but|instead|rather|although|while|whereas|even|unless|despite|however)\b"),
    re.compile(
        r"(?i)^(?:the|an?|your|our|every|most|good|great)? ?(?:[\w-]+ ){1,4}(?:is|are) (?:not )?(?:an?|the|like|"
        r"what|how|why|where|when)\b"
    ),
    re.compile(
        r"(?i)\b(?:is|are) the (?:[\w-]+ ){1,2}of \w|\bthe more\b.+\bthe more\b|\blike an? \w+ (?:that|who|with)\b"
    ),
    re.compile(r"(?i)^(?:if|when|the more|unless|until|once|whenever)\b"),
]


def worth(text: str, *, named: bool = False) -> float:
    """What the form of a claim says for it: length, turns, figures, names; against it: vagueness and pronouns."""
    size = len(text.split())
    value = 0.1 if 9 <= size <= 26 else 0.0 if size <= 30 else -0.08
    value -= 0.15 if size < 8 else 0.0
    value -= 0.1 if named else 0.0
    value += 0.06 if re.search(r"\d", text) else 0.0
    value += min(0.36, 0.1 * sum(bool(pattern.search(text)) for pattern in _STRONG))
    value -= min(0.35, 0.1 * len(_VAGUE.findall(text)))
    value -= min(0.2, 0.05 * len(re.findall(r"(?i)\byou\b", text)))
    value -= (
        0.7
        if re.search(
            r"(?i)\b(?:offers?|provides?|gives?) (?:some |several )?(?:insights?|an overview|details?|"
            r"information)\b|: correction",
            text,
        )
        else 0.0
    )
    value -= 0.25 if re.match(r"(?i)(?:you|we may|we can say|it is really|it depends)\b", text) else 0.0
    value -= min(0.18, 0.05 * len(re.findall(r"(?i)\b(?:we|us|our)\b", text)))
    value -= min(
        0.24,
        0.06
        * len(
            re.findall(
                r"(?i)\b(?:it|they|them|that|this|those|these|he|she|there|here|her|"
                r"him)\b",
                text,
            )
        ),
    )
    value -= 0.2 if re.search(r"(?i)\b(?:he|she|they|it|this|that)\b", " ".join(text.split()[:3])) else 0.0
    value -= (
        0.25
        if re.match(
            r"(?i)(?:in the|in our|the) (?:last|previous|next|case|question|answer|slide|summary|following)\b", text
        )
        else 0.0
    )
    value -= 0.3 if re.match(r"Some [A-Z]", text) else 0.0
    value -= 0.15 if re.match(r"There (?:is|are|was|were|has been|have been)\b", text) else 0.0
    value -= 0.08 * max(0, text.count(",") - 2)
    value += 0.06 if re.search(r"(?<=[a-z] )[A-Z][\w-]+", text) else 0.0
    return value


def turns(text: str) -> int:
    """How many kinds of turn an English sentence has: a must, a cause, a comparison, a contrast, an image, a law."""
    return sum(bool(pattern.search(text)) for pattern in _STRONG)


# How many of all: what an audience takes home.
_SHARE = re.compile(
    r"(?i)\d ?%|\b(?:per ?cent|(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|of|out of) (?:every )?"
    r"(?:an? )?(?:ten|twenty|fifty|hundred|thousand|two|three|four|five|six|seven|eight|nine|\d[\d,]*)|half of|"
    r"(?:a|one|two|three) (?:third|quarter|fifth)s? of)\b"
)


_FIGURE = re.compile(
    r"(?i)\d|\b(?:half|twice|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|"
    r"thousand|million|billion)\b"
)


def figured(text: str) -> bool:
    """Whether a sentence has a number, in digits or in words."""
    return bool(_FIGURE.search(text))


def retold(text: str, clause: tuple[str, str, str] | None) -> float:
    """What one speaker's claim gains as a share of all, and loses as a step of a story."""
    gain = 0.12 if _SHARE.search(text) else 0.0
    past = clause is not None and (clause[1] in ("was", "were", "did", "had") or is_past(clause[1]))
    if past and not gain and not turns(text) and not _FIGURE.search(text):
        gain -= 0.1 + 0.14 * bool(re.match(r"(?:The team|They|A man|A woman|A group)\b", text))
    if (
        past
        and re.search(r"\b(?:us|[Ww]e|our)\b", text)
        and not re.search(r"(?i)\b(?:all|everybody|because|never|must)\b", text)
    ):
        gain -= 0.2  # what happened to us
    if re.match(r"The team (?:was asked|was told|went|came|wanted|drove|flew|met|called|got)\b", text):
        gain -= 0.2
    if re.match(r"(?:The|A) (?:\w+ ){1,3}(?:went|came|left|arrived|drove|flew|walked|called|told|asked)\b", text):
        gain -= 0.2
    if re.match(r"(?:We|You) (?:call|arrive|start|go|get|come|put|call up)\b", text):
        gain -= 0.15
    return gain
