"""A figure that the source has only as what was, or as what is not so, beside the one that is: "from 3.6 to 2.1",
"540, not the 480", "2.3 (the year before: 3.1)". A sentence of a post that gives it alone, and as what is, is wrong.
"""

import re

from composer.post.grounding.figures.line import Line
from composer.post.grounding.figures.lookup import comparable
from composer.post.grounding.figures.retracted import retracted
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.values.fact import Fact

# So far apart, in words, may the two stand in the source.
_APART = 16
# "Not 180,000", "rather than 38": right before a figure that is denied.
_DENIED = re.compile(
    r"(?i)(?:,| and| und| et| y| e| -| –|) (?:not|nicht|non|et non|pas|y no|no|e não|não)"
    r"(?: (?:the|of|to|die|der|den|les?|des|los?|las?|el|os?|as?|de))? [$€£¥]?$"
)
# "Down from 3.6 to 2.1": before a figure that has moved, and between it and what it is now.
_MOVED = re.compile(
    r"(?i)\b(?:(?:up|down|rose|risen|fell|fallen|went|gone|grew|grown|dropped|climbed|moved|came|cut|raised|increased|"
    r"decreased|reduced|doubled|shrank|jumped|improved|slipped|sank|brought|lowered|bringing|cutting) "
    r"(?:[\w'’-]+ ){0,3}?from|"
    r"(?:stieg\w*|stiegen|sank\w*|gestiegen|gesunken|fiel\w*|gefallen|wuchs\w*|ging\w*|gesenkt|erhöht\w*|senkt\w*) "
    r"(?:[\w-]+ ){0,3}?von|(?:pass\w+|tomb\w+|mont\w+|descend\w+|recul\w+|baiss\w+|augment\w+) (?:\w+ ){0,2}?de|"
    r"(?:pas[oó]\w*|pasado|baj\w+|sub\w+|cay[oó]\w*|passou|caiu|baix\w+|desceu|aument\w+|creci\w+|cresceu) "
    r"(?:\w+ ){0,2}?(?:de|desde)) (?:about |around |roughly |some |just |rund |etwa |environ |unos |unas |"
    r"cerca de )?[$€£¥]?$"
)
_TO = re.compile(
    r"(?i)(?: [^\W\d_]+){0,3}?,? (?:down to|up to|to|auf|à|a|para|hasta|até) "
    r"(?:about |around |roughly |some |just |only |rund |etwa |environ |unos |unas |cerca de )?[$€£¥]?"
)
# "(2023: 3.29 million)", "(Vorjahr: 3.1)": right before a figure of another year.
_YEAR = re.compile(
    r"(?i)\((?:in )?(?:(?:the )?(?:year before|previous year|last year|prior year)|vorjahr|(?:im )?vorjahr|davor|"
    r"(?:l['’])?an(?:née)? (?:dernière?|précédente?)|año (?:anterior|pasado)|ano (?:anterior|passado)|"
    r"(?P<year>(?:19|20)\d\d)):? ?[$€£¥]?$"
)
# What says of a post's figure that it was, or was not: no word of this may stand in its sentence.
_THEN = re.compile(
    r"(?i)\b(?:was|were|had|been|used|from|before|until|till|ago|once|old|former\w*|previous\w*|prior|earlier|original\w*|"
    r"initial\w*|first|start\w*|began|begin\w*|last|than|instead|rather|not|no|never|without|after|against|versus|vs|"
    r"compared|plan\w*|promis\w*|expect\w*|target\w*|wanted|hoped|asked|told|back|then|since|becom\w*|became|went|gone|"
    r"over|under|above|below|war|waren|hatten?|wurden?|von|vor\w*|bis|früher\w*|einst|alte\w*|statt|anstatt|nach|gegen\w*|"
    r"nicht|kein\w*|damals|anfang\w*|zuerst|ursprünglich\w*|als|geplant\w*|seit|ohne|étai\w*|avai\w*|avant|ancien\w*|"
    r"autrefois|jusqu\w*|depuis|au lieu|contre|après|pas|d'abord|initial\w*|prévu\w*|passé\w*|era|eran|eram|había\w*|"
    r"tenía\w*|antes|desde|hasta|até|antigu\w*|antig\w*|anterior\w*|pasad\w*|passad\w*|frente|contra|después|depois|no|não|"
    r"inicial\w*|previst\w*|do que|em vez|en vez|en lugar|sem|sin)\b|[→⟶➜>]|->"
)


def former(fact: Fact, line: Line) -> bool:
    """Whether the source has a figure of a sentence only as what was or is not, and the sentence as what is."""
    own = line.where(fact)
    if not own or len(own) > 3 or fact.kind == "date" or fact.hedge in ("over", "under"):
        return False
    if _THEN.search(f"{line.label} {line.text}"):
        return False
    if any(_TO.fullmatch(line.text, fact.end, other.start) for other in line.said if other.start > fact.end):
        return False
    return all(_was(figure, fact, line) for figure in own)


def _was(figure: Figure, fact: Fact, line: Line) -> bool:
    """Whether another figure of its sentence, which the post does not say, stands in the place of one of the source."""
    ground = line.ground
    text = ground.sentences[figure.sentence].text
    for other in ground.figures_of(figure.sentence):
        if other is figure or other.named or not comparable(fact, other.fact):
            continue
        if other.fact.value in (figure.fact.value, 0) or line.post_says(other) or retracted(other, ground):
            continue
        if _overlap(figure, other) or len(_between(figure, other, ground).split()) > _APART:
            continue
        first = figure.fact.start < other.fact.start
        left, right = (figure.fact, other.fact) if first else (other.fact, figure.fact)
        if first and _MOVED.search(text, 0, left.start) and _TO.fullmatch(text, left.end, right.start):
            return True
        if not first and (_DENIED.search(text, 0, figure.fact.start) or _of_then(text, figure, line)):
            return True
    return False


def _of_then(text: str, figure: Figure, line: Line) -> bool:
    """Whether a figure of the source stands in brackets with a year that the sentence does not say."""
    found = _YEAR.search(text, 0, figure.fact.start)
    return found is not None and not (found["year"] and found["year"] in line.text)


def _overlap(one: Figure, two: Figure) -> bool:
    return one.fact.start < two.fact.end and two.fact.start < one.fact.end


def _between(one: Figure, two: Figure, ground: Ground) -> str:
    first, second = sorted((one.fact, two.fact), key=lambda fact: fact.start)
    return ground.sentences[one.sentence].text[first.end : second.start]
