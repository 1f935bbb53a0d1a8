"""What a post states and its source does not: numbers, percentages, dates, names and quotations.

Each is looked up near the passage the sentence rests on: a right figure at the wrong event is a fault. It points at
things; it never deletes.
"""

import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Sequence

from composer.evidence.words import lexicon
from composer.post.ground import KANA, WORD, Ground, Passage, prepare, stem, terms_of, without_figures
from composer.post.names import name_problem, names
from composer.post.numbers import Fact, facts, supports
from composer.post.quotes import in_source, quotations
from composer.sources.model import Transcript
from composer.text.clusters import CLUSTER
from composer.text.problems import Problem
from composer.text.spans import links
from composer.text.style import unstyle


def check(post: str, source: str | Transcript) -> list[Problem]:
    """Every number, date, per cent, name and quotation of `post` that `source` does not bear out, by place.

    Offsets are code points of `post` as given, styled letters included. Hashtags, links and the post's own numbering
    are not looked up. An empty source gives no problems: there is nothing to hold the post against.
    """
    return check_many(post, (source,))


def check_many(post: str, sources: Sequence[str | Transcript]) -> list[Problem]:
    """`check` against several sources together."""
    ground = prepare(tuple(sources))
    if not ground.passages:
        return []
    plain, back = _plain(post)
    problems: list[Problem] = []
    lines = _lines(plain)
    own = _own_numbers(plain)
    accepted = _accepted(lines, ground)
    for start, line, title_case in lines:
        skip = _untouchable(line)
        for found in _figures(line, ground, own if start < _third_block(plain) else frozenset(), skip):
            problems.append(_shift(found, start, back))
        for quoted in quotations(line):
            if not in_source(quoted.text, ground.running):
                why = "These words do not stand in the source in this order."
                problems.append(_shift(Problem(quoted.start, quoted.end, "quote", "warn", why), start, back))
        inside = [(quoted.start, quoted.end) for quoted in quotations(line)]
        for name in names(line, ground.language, title_case=title_case):
            if _within(name.start, name.end, [*skip, *inside]):
                continue
            if all(word in accepted for word in name.words):
                continue
            why = name_problem(name, ground.words, ground.flat, ground.initials)
            if why:
                problems.append(_shift(Problem(name.start, name.end, "name", "warn", why), start, back))
    return sorted(problems, key=lambda p: (p.start, p.end, p.kind))


def _accepted(lines: list[tuple[int, str, bool]], ground: Ground) -> frozenset[str]:
    """The words of every full name of the post that the source bears out: its parts may then stand alone."""
    found: set[str] = set()
    for _, line, title_case in lines:
        for name in names(line, ground.language, title_case=title_case):
            if len(name.words) > 1 and not name_problem(name, ground.words, ground.flat, ground.initials):
                found.update(name.words)
    return frozenset(found)


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def _shift(problem: Problem, by: int, back: list[int]) -> Problem:
    start, end = back[problem.start + by], back[problem.end + by]
    return Problem(start, end, problem.kind, problem.severity, problem.why, problem.fix)


def _plain(post: str) -> tuple[str, list[int]]:
    """The post in plain letters, and for every offset in it the offset in `post`."""
    out: list[str] = []
    back: list[int] = []
    for cluster in CLUSTER.finditer(post):
        raw = cluster.group()
        plain = raw if raw.isascii() else unstyle(raw)
        out.append(plain)
        back.extend([cluster.start()] * len(plain))
    back.append(len(post))
    return "".join(out), back


def _lines(plain: str) -> list[tuple[int, str, bool]]:
    """(offset, text, whether it is in title case) of every part to look at: labels apart from their sentences."""
    found: list[tuple[int, str, bool]] = []
    at = 0
    for line in plain.split("\n"):
        bare = line.strip()
        if bare and not all(word.startswith("#") for word in bare.split()):
            head = re.match(r"\s*(?:•\s*|[-*]\s+|\d+[/.)]\s+)?[^\w\s]*\s*[^:：.!?]{1,60}[:：]\s(?=\S)", line)
            if head and re.match(r"\s*(?:•|[-*] |\d+[/.)] )", line):
                label = head.group()
                number = re.match(r"\s*\d+[/.)]\s+", label)
                begin = number.end() if number else 0
                found.append((at + begin, label[begin:], True))
                found.append((at + head.end(), line[head.end() :], False))
            else:
                number = re.match(r"\s*\d+[/.)]\s+", line)
                begin = number.end() if number else 0
                found.append((at + begin, line[begin:], _titled(bare) or (not found and bare[-1] not in ".。")))
        at += len(line) + 1
    return found


def _titled(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    if re.search(r"[.。][\"”’)]*$", line):
        return False
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _untouchable(line: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in links(line) if span.kind != "emoji"]


def _own_numbers(plain: str) -> frozenset[float]:
    """The number of points a post has: it may announce them."""
    count = len(re.findall(r"(?m)^\s*(?:•|\d+[/.)]) ", plain))
    return frozenset({float(count)} if count else set())


def _third_block(plain: str) -> int:
    """The offset where headline and announcing line end."""
    ends = [match.end() for match in re.finditer(r"\n\s*\n", plain)]
    return ends[1] if len(ends) > 1 else len(plain)


def _figures(line: str, ground: Ground, own: frozenset[float], skip: list[tuple[int, int]]) -> list[Problem]:
    problems: list[Problem] = []
    for start, end in _sentences(line):
        sentence = line[start:end]
        for fact in facts(sentence):
            if _within(fact.start + start, fact.end + start, skip) or (fact.kind == "number" and fact.value in own):
                continue
            if _part_of_name(sentence, fact, ground):
                continue
            why = _unsupported(fact, sentence, ground)
            if why:
                problems.append(Problem(fact.start + start, fact.end + start, fact.kind, "warn", why))
    return problems


def _part_of_name(sentence: str, fact: Fact, ground: Ground) -> bool:
    """ "Llama 4", "Chapter 9": a number that the source writes on to the same name."""
    before = re.search(r"([A-Z][\w.]*)[ -]$", sentence[: fact.start])
    name = re.sub(r"[\W_]+", "", before[1].lower()) if before else ""
    if len(name) < 3 or name in lexicon(ground.language).stop or fact.kind != "number":
        return False
    return name + sentence[fact.start : fact.end].strip() in ground.flat


def _sentences(line: str) -> list[tuple[int, int]]:
    cuts = [
        0,
        *(
            match.end()
            for match in re.finditer(r"(?<=[.!?…])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?=[^a-z\s])|(?<=[。！？])", line)
        ),
        len(line),
    ]
    return [(a, b) for a, b in itertools.pairwise(cuts) if line[a:b].strip()]


_NOUN = {"number": "number", "percent": "percentage", "date": "date"}


def _unsupported(fact: Fact, sentence: str, ground: Ground) -> str:
    """Why a figure is not borne out, or ""."""
    word = sentence[fact.start : fact.end].strip()
    where = [at for at, passage in enumerate(ground.passages) for other in passage.facts if supports(fact, other)]
    if not where and fact.words and fact.kind == "number" and fact.value <= 3:
        return ""  # "two reasons" counts what the writer lists
    if not where:
        return f"The {_NOUN[fact.kind]} {word} does not stand in the source."
    anchors = _anchors(_clause(sentence, fact), ground)
    if len(anchors) < 2 and sum(other.kind == fact.kind for other in facts(sentence)) == 1:
        anchors = _anchors(sentence, ground)
    wrong = f"The source has {word} for something else, not for this."
    if _outdone(fact, sentence, where, ground) or _told_apart(sentence, where, ground):
        return wrong
    if not anchors:
        return ""
    if len(anchors) == 1:
        # One word is little to go by, unless the source speaks of it in one place only, with a figure of its own there.
        homes = [at for at, passage in enumerate(ground.passages) if anchors & passage.terms]
        elsewhere = all(abs(at - home) > 1 for at in where for home in homes)
        figured = all(any(own.kind == fact.kind for own in ground.passages[home].facts) for home in homes)
        return wrong if len(homes) == 1 and elsewhere and figured and not fact.words else ""
    support = [_overlap(anchors, ground, at) for at in range(len(ground.passages))]
    here = max(_near(support, at, fact, ground) for at in where)
    best = max(range(len(support)), key=lambda at: (support[at], -at))
    total = math.fsum(sorted(ground.weight[term] for term in anchors))
    if here < 0.5 * support[best] and support[best] >= 0.34 * total:
        rival = any(other.kind == fact.kind for other in ground.passages[best].facts)
        if rival or (here < 0.1 * support[best] and len(anchors) > 3):
            return wrong
    return ""


def _near(support: list[float], at: int, fact: Fact, ground: Ground) -> float:
    """How much of a sentence stands in a passage, or beside it where the neighbour has no such figure of its own."""
    beside = [
        support[other]
        for other in (at - 1, at + 1)
        if 0 <= other < len(support) and not any(own.kind == fact.kind for own in ground.passages[other].facts)
    ]
    before = support[at - 1] if at and _leans(ground.passages[at]) else 0.0
    return support[at] + max(0.45 * max(beside, default=0.0), 0.9 * before)


def _leans(passage: Passage) -> bool:
    """Whether a short sentence speaks on of the one before: "Last year it was 40"."""
    return len(passage.terms) <= 3 and bool(
        re.search(r"(?i)\b(?:it|that|this|they|es|das|il|elle|c'est|eso)\b", passage.text)
    )


def _told_apart(sentence: str, where: list[int], ground: Ground) -> bool:
    """Whether "first" or "today" in a sentence belongs to the passage before the one that has its figure."""
    said = _TELLING & {word.lower() for word in WORD.findall(sentence)}
    for at in where:
        if not at or not _leans(ground.passages[at]):
            return False
        here = _TELLING & {word.lower() for word in WORD.findall(ground.passages[at].text)}
        before = _TELLING & {word.lower() for word in WORD.findall(ground.passages[at - 1].text)}
        if said & here or not said & (before - here):
            return False
    return True


# Stop words that tell two figures of one sentence apart.
_TELLING = frozenset(
    [
        "first",
        "second",
        "third",
        "last",
        "start",
        "end",
        "begin",
        "today",
        "now",
        "then",
        "before",
        "after",
        "more",
        "less",
        "old",
        "new",
        "older",
        "newer",
        "one",
        "other",
        "heute",
        "früher",
        "damals",
        "erste",
        "zweite",
        "neue",
        "alte",
        "aujourd'hui",
        "avant",
        "premier",
        "première",
        "hoy",
        "antes",
        "primero",
        "segundo",
        "hoje",
    ]
)


def _outdone(fact: Fact, sentence: str, where: list[int], ground: Ground) -> bool:
    """Whether another figure of the same passage fits the words around `fact` better, wherever the source has it."""
    same = [other for other in facts(sentence) if other.kind == fact.kind]
    own = _region(sentence, fact, same)
    said = _local(own, ground.language) if own else frozenset()
    if not said:
        return False
    for at in where:
        passage = ground.passages[at]
        kin = [other for other in passage.facts if other.kind == fact.kind]
        mine = [other for other in kin if supports(fact, other)]
        rivals = [other for other in kin if not supports(fact, other)]
        if not rivals:
            return False
        here = max((_local_weight(said, passage.text, other, kin, ground) for other in mine), default=0.0)
        there = max((_local_weight(said, passage.text, other, kin, ground) for other in rivals), default=0.0)
        if there <= here * 1.15 or here < 0 or there < 0:
            return False
    return True


def _local_weight(said: frozenset[str], text: str, fact: Fact, kin: list[Fact], ground: Ground) -> float:
    region = _region(text, fact, kin)
    if not region:
        return -1.0
    shared = said & _local(region, ground.language)
    return math.fsum(sorted(3.0 if term in _TELLING else ground.weight.get(term, 1.0) for term in shared))


def _region(text: str, fact: Fact, kin: Sequence[Fact]) -> str:
    """The clause a figure stands in; "" where it shares that clause with another of its kind."""
    cuts = [
        0,
        *(
            m.start()
            for m in _CLAUSE.finditer(text)
            if not _within(m.start(), m.end(), [(k.start, k.end) for k in kin])
        ),
        len(text),
    ]
    at = bisect_right(cuts, fact.start) - 1
    begin, end = cuts[at], cuts[min(at + 1, len(cuts) - 1)]
    if any(other.start != fact.start and begin <= other.start < end for other in kin):
        return ""
    return text[begin : fact.start] + " " + text[fact.end : end]


_CLAUSE = re.compile(r"[;,]\s|\s(?:and|but|while|whereas|instead|und|aber|et|mais|y|pero|e|mas)\s|，|、")


def _local(text: str, language: str) -> frozenset[str]:
    if KANA.search(text):
        return terms_of(text, language)
    stop = lexicon(language).stop - _TELLING
    words = (re.sub(r"'s?$", "", word.lower().replace("’", "'")) for word in WORD.findall(text))
    return frozenset(stem(word) for word in words if word not in stop and word[:1].isalpha() and len(word) > 2)


def _clause(sentence: str, fact: Fact) -> str:
    """The part of a sentence around a figure."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    at = bisect_right(cuts, fact.start) - 1
    return sentence[cuts[at] : cuts[min(at + 1, len(cuts) - 1)]]


def _anchors(text: str, ground: Ground) -> frozenset[str]:
    return frozenset(term for term in terms_of(without_figures(text), ground.language) if term in ground.weight)


def _overlap(anchors: frozenset[str], ground: Ground, at: int) -> float:
    return math.fsum(sorted(ground.weight[term] for term in anchors & ground.passages[at].terms))
