"""Which of two figures of a sentence was and which is: "from 24 to 21", "21 instead of 24", "24 then, 21 now"."""

import re

from composer.post.grounding.values.fact import Fact

_CLOSE = r"\W*(?:\w+\W+){0,2}?[$€£¥]?$"
# What was, right before or right after a figure; and what is.
_WAS = re.compile(
    r"(?i)\b(?:from|instead of|rather than|used to \w+|formerly|previously|originally|once|"
    r"at first|initially|began with|started (?:with|at|from|out)|when (?:I|we|he|she|they|it) (?:started|began|came)|"
    r"in the beginning|after|von|statt|anstatt|früher|vorher|damals|anfangs|zuvor|nach|au lieu de|auparavant|avant|"
    r"au début|contre|en lugar de|antes|al principio|frente a|desde|em vez de|no início|contra|"
    r"against|versus|vs|up from|down from|before|last year|a year (?:ago|earlier)|previous \w+|prior \w+|ago|"
    r"vorjahr|vormonat|davor|gegenüber|(?:année|an|saison) (?:dernière?|précédente?)|(?:año|temporada|mes) (?:anterior|"
    r"pasad[oa])|(?:ano|época|mês) (?:anterior|passad[oa]))\b"
    + _CLOSE
    + r"|(?:\((?:it |they |es |c['’])?|^\W*(?:and |und |et |y |e )?(?:it |they |that |es |c['’]))"
    r"(?:was|were|had been|war|waren|étai(?:t|ent)|eran?|eram)\b" + _CLOSE
)
_MOVED = (
    "grown grew grows went goes gone fell falls fallen rose risen rises dropped drops came cut down up jumped shrunk "
    "shrank doubled increased decreased raised reduced brought got changed"
)
_IS = re.compile(
    rf"(?i)\b(?:now|today|currently|nowadays|these days|(?:{'|'.join(_MOVED.split())})(?: \w+){{0,2}} to|jetzt|"
    r"heute|inzwischen|mittlerweile|nun|aujourd['’]hui|désormais|maintenant|hoy|ahora|hoje|agora)\b"
    + _CLOSE
    + r"|\b(?:to|auf|à|a) (?:about |around |just |only |some )?[$€£¥]?$"
)
_WAS_AFTER = re.compile(
    r"(?i)\W*(?:\w+\W+){0,3}?(?:it used to|before|previously|formerly|when (?:I|we|she|he|they) started|"
    r"at (?:first|the start)|vorher|zuvor|früher|auparavant|au début|antes)\b|"
    r"[\s,(]*(?:an? |the |one )?(?:\w+ (?:ago|earlier)|last (?:year|season|month|quarter)|(?:year|season) before|"
    r"(?:im |des )?vorjahr(?:e?s)?|davor|l['’](?:an|année) (?:dernière?|précédente?)|(?:el |o |no )?(?:año|ano|mês) "
    r"(?:anterior|pasado|passado))\b"
)
_IS_AFTER = re.compile(
    r"(?i)\W*(?:\w+\W+){0,3}?(?:now|today|these days|currently|heute|jetzt|inzwischen|aujourd['’]hui|maintenant|hoy|"
    r"ahora|hoje|agora|instead of|rather than|down from|up from|statt|au lieu de|en lugar de|em vez de)\b"
)


_INSTEAD = re.compile(
    r"(?i)\b(?:instead of|rather than|in place of|down from|up from|compared (?:with|to)|statt|anstatt|au lieu de|"
    r"en lugar de|en vez de|em vez de)\W*(?:the |just |about |only )?[$€£¥]?$"
)


# Before a date that begins a stretch of time.
_STRETCH = re.compile(r"(?i)\b(?:from|between|vom|von|du|de|del|desde) (?:the )?$")


def turn(text: str, left: Fact, right: Fact) -> int:
    """1 where the left of two figures is what was and the right what is, -1 the other way round, 0 where not said."""
    if "date" in (left.kind, right.kind) and _STRETCH.search(text, 0, left.start):
        return 0  # "from 3 October in Lund to 22 November in Ghent": a stretch of time
    between = text[left.end : right.start]
    if len(between.split()) > 14 or re.search(r"[.!?]\s", between):
        return 0
    if _INSTEAD.search(between):
        return -1
    bracket = between.rfind("(")
    stop = right.start if bracket < 0 or ")" in between[bracket:] else left.end + bracket  # "21 (before: 24)"
    low, high = max(0, left.start - 60), min(len(text), right.end + 40)
    roles = [_role(text, left, low, stop), _role(text, right, left.end, high)]
    return (roles[1] > roles[0]) - (roles[1] < roles[0]) if roles[0] and roles[1] else _one_role(roles, between)


def _one_role(roles: list[int], between: str) -> int:
    """Where only one of two figures has a role, the other one has the opposite, if they follow close."""
    if not any(roles) or len(between.split()) > 8:
        return 0
    return -roles[0] if roles[0] else roles[1]


def _role(text: str, fact: Fact, low: int, high: int) -> int:
    """-1 for what was, 1 for what is, 0 where neither is said."""
    ahead, behind = text[low : fact.start], text[fact.end : high]
    begin = max((match.end() for match in re.finditer(r"[;.!?]\s|,\s", ahead)), default=0)
    clause = ahead[begin:]
    if _WAS.search(clause):
        return -1
    if _IS.search(clause):
        return 1
    tail = re.split(r"[;.!?,]\s", behind, maxsplit=1)[0]
    if _WAS_AFTER.match(tail):
        return -1
    if _IS_AFTER.match(tail):
        return 1
    return 0
