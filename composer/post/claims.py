"""Claims a post can make, out of the evidence, ranked by what makes a line worth posting."""

import re
from dataclasses import dataclass, replace

from composer.evidence.model import Evidence, Point, Sentence
from composer.evidence.words import lexicon
from composer.post.floor import asking_floor, questioners
from composer.post.model import Trace
from composer.post.phrases import UNSPACED, phrases
from composer.post.sieve import fleeting, sound
from composer.post.spoken import count_words, spoken
from composer.post.telling import MOST_WORDS, follow, tell
from composer.post.voice import Voices, voices
from composer.post.worth import worth

_QUIET = ("meta", "heading", "sentiment")
LEAST, WANTED = 3, 7
"""Different claims below which one that is not surely whole is taken after all."""
POOL = 400
"""Sentences beside the points that are looked at in a long source: the most promising ones by their words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thought, ready for a post. `text` is one or two written sentences; `label` is given only by the source.

    `score` orders claims, best first; `at` is (source, sentence), the order of the source. `named` says that the
    sentence is told of somebody by name. `terms` are its content words, stemmed. `share` is where in the source it
    stands, `near` how near it is to the subject, both from 0 to 1. `sure` says that it reads as a whole thought.
    """

    text: str
    trace: Trace
    score: float
    at: tuple[int, int]
    chapter: int | None
    role: str
    speaker: str | None
    keyphrase: str
    terms: frozenset[str]
    label: str = ""
    named: bool = False
    share: float = 0.0
    near: float = 0.0
    sure: bool = True


def claims(evidence: Evidence, language: str) -> list[Claim]:
    """Every point and every promising sentence that can be made to stand, best first."""
    words = phrases(language)
    people = [voices(source, words) for source in evidence.sources]
    stop = lexicon(language).stop
    focus = _focus(evidence, language, stop)
    asking = asking_floor(evidence)
    between = questioners(evidence)
    found: list[Claim] = []
    doubtful: list[Claim] = []
    total = max(1, len(evidence.points))
    place = {point.sentence: rank for rank, point in enumerate(evidence.points) if point.sentence >= 0}
    rows: list[tuple[Point, float]] = [(point, 1.0 - rank / total) for rank, point in enumerate(evidence.points)]
    rows += [
        (_as_point(evidence.sentences[index], index), 0.0)
        for index in _promising(evidence, focus, language, stop, place)
    ]
    rows = [(part, rank) for point, rank in rows for part in _also(point)]
    for point, rank in rows:
        if point.role in _QUIET:
            continue
        voice = people[point.source].voice
        if voice and point.speaker != voice:
            continue
        asked = point.sentence in asking and people[point.source].kind == "talk" and not point.speaker
        claim = _claim(point, rank, evidence, people[point.source], language, stop, focus, asked)
        if claim is not None and point.sentence in between:
            claim = replace(claim, sure=False, score=claim.score - 0.3)
        if claim is not None and not (asked and claim.named):
            (doubtful if asked else found).append(claim)
        if claim is not None and not asked:
            more = _followed(claim, evidence, people[point.source], language, stop)
            if more is not None:
                found.append(more)
    # What the floor says in a talk is nobody's by name: it is used only where the talk itself gives too little.
    found = _unique(found if len(found) >= 8 else found + doubtful)
    # Better fewer points than a bad one, unless hardly any are left.
    sure = [claim for claim in found if claim.sure]
    rest = sorted((claim for claim in found if not claim.sure), key=lambda claim: fleeting(claim.text))
    # A whole sentence of a talk from a stretch that may be a questioner's still beats a post of three lines.
    talks = {index for index, one in enumerate(people) if one.kind == "talk"}
    soft = [claim for claim in rest if claim.at[0] in talks and not fleeting(claim.text)]
    whole = [claim for claim in soft if sound(claim.text, several=True)]
    while whole and len(_distinct(sure, WANTED)) < WANTED:
        sure.append(whole.pop(0))
    rest = [claim for claim in rest if claim not in sure]
    while rest and len(_distinct(sure, LEAST)) < LEAST:
        sure.append(rest.pop(0))
    found = sorted(sure, key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    return found or _spoken_words(evidence, language, focus, stop)


def _claim(
    point: Point, rank: float, evidence: Evidence, people: Voices, language: str, stop: frozenset[str],
    focus: dict[str, float], asked: bool,
) -> Claim | None:  # fmt: skip
    if point.role == "comment" and re.match(r"(?i)\W*(?:correction|edit|typo|update|tl;?dr|source)\b", point.text):
        return None
    label, body = _labelled(point.text) if point.role != "speech" else ("", point.text)
    told = tell(body, point, evidence, people, spoken(language), labelled=bool(label))
    if told is None:
        return None
    text, named = told
    at = (point.source, point.sentence if point.sentence >= 0 else (point.segments[0] if point.segments else 0))
    own = terms(text, language, stop)
    count = max(1, len(evidence.sentences))
    near = _nearness(own, focus)
    several = people.kind in ("conversation", "document")
    # What several people say beside the subject is talk among them.
    several_near = near >= 0.2 if several and language == "en" and point.role == "speech" else True
    sure = language != "en" or point.role != "speech" or (several_near and sound(text, several=several))
    score = worth(text, language, named=named and point.role == "speech") + 0.3 * rank + 0.55 * near
    score -= 0.6 if asked else 0.0
    if people.kind == "conversation" and point.speaker and people.names and point.speaker not in people.names:
        score -= 0.2
    return Claim(
        text=text,
        trace=Trace(point.source, point.segments, point.start),
        score=score + (0.2 if label else 0.0) + (0.35 if point.role == "comment" and len(own) > 2 else 0.0),
        at=at,
        chapter=point.chapter,
        role=point.role,
        speaker=point.speaker,
        keyphrase=point.keyphrase,
        terms=own,
        label=label,
        named=named,
        share=at[1] / count,
        near=near,
        sure=sure,
    )


def _spoken_words(evidence: Evidence, language: str, focus: dict[str, float], stop: frozenset[str]) -> list[Claim]:
    """Where no sentence of a source can be told, its own words, quoted: cues of five to twenty words, as they stand."""
    words = phrases(language)
    found: list[Claim] = []
    for source, transcript in enumerate(evidence.sources):
        if (
            transcript.kind not in ("talk", "conversation")
            or sum(len(s.text.split()) for s in transcript.segments) < 100
        ):
            continue
        for number, segment in enumerate(transcript.segments):
            text = segment.text.strip(" ,;.…")
            own = terms(text, language, stop)
            if segment.role != "speech" or "?" in text or not 5 <= count_words(text, language) <= 20 or len(own) < 3:
                continue
            quoted = f"{words['open_quote']}{text}{words['close_quote']}"
            near = _nearness(own, focus)
            found.append(
                Claim(
                    quoted,
                    Trace(source, (number,), segment.start),
                    near + 0.02 * len(own),
                    (source, number),
                    None,
                    "speech",
                    segment.speaker,
                    "",
                    own,
                    share=number / len(transcript.segments),
                    near=near,
                )
            )
    return _unique(found)


_ALSO = re.compile(
    r"^(?P<who>(?:[\w’'-]+ ){1,4}?)(?P<did>\w+(?:ed|s) .+?), (?P<say>stating|saying|arguing|noting|adding|claiming|"
    r"explaining) that "
    r"(?P<one>[^,]+), and that (?P<two>[^.]+)"
)
_SAY = {
    "stating": "state",
    "saying": "say",
    "arguing": "argue",
    "noting": "note",
    "adding": "add",
    "claiming": "claim",
    "explaining": "explain",
}


def _also(point: Point) -> list[Point]:
    """A report "they disagreed, stating that A, and that B" as two points, the second "they also state that B"."""
    found = _ALSO.match(point.text) if point.role in ("summary", "post") else None
    if found is None:
        return [point]
    many = found["who"].strip().lower().endswith(("s", "they", "people"))
    verb = _SAY[found["say"]]
    verb = verb if many else verb + "s"
    first = replace(point, text=point.text[: found.end("one")] + ".")
    return [first, replace(point, text=f"{found['who']}also {verb} that {found['two']}", keyphrase="")]


_FOLLOWS = re.compile(
    r"(?:(?:And|But|So|Also|Plus),? )?(?:It|They|This|That|These|Those|He|She|Because|Which means)\b(?!['’]s (?:it|"
    r"all)\b)"
)


def _followed(claim: Claim, evidence: Evidence, people: Voices, language: str, stop: frozenset[str]) -> Claim | None:
    """A short English claim with the sentence after it, where that one speaks on of the same: "It", "Because"."""
    source, index = claim.at
    if language != "en" or claim.label or index + 1 >= len(evidence.sentences) or len(claim.text.split()) > 18:
        return None
    after = evidence.sentences[index + 1]
    own = evidence.sentences[index]
    if (
        after.source != source
        or after.speaker != own.speaker
        or after.role != own.role
        or not _FOLLOWS.match(after.text)
    ):
        return None
    point = _as_point(after, index + 1)
    told = follow(after.text, point, evidence, people, spoken(language))
    if told is None or claim.text.count(".") > 1:
        return None
    because = re.match(r"(?i)because ", told)
    text = f"{claim.text.rstrip('.')}, {told[0].lower()}{told[1:]}" if because else f"{claim.text} {told}"
    size = len(text.split())
    if size > MOST_WORDS or size < 11:
        return None
    gain = worth(told, language) if not because else 0.15
    several = people.kind in ("conversation", "document")
    return replace(
        claim,
        text=text,
        sure=claim.sure and (claim.role != "speech" or sound(text, several=several)),
        score=claim.score + (0.06 if gain > 0 else -0.1),
        terms=terms(text, language, stop),
        trace=Trace(source, tuple(sorted({*claim.trace.segments, *after.segments})), claim.trace.start),
    )


def _distinct(found: list[Claim], most: int) -> list[Claim]:
    """The first `most` claims, without those that say what a better one says."""
    kept: list[Claim] = []
    for claim in found:
        if len(kept) >= most:
            break
        if not any(alike(claim, other) for other in kept):
            kept.append(claim)
    return kept


def _unique(found: list[Claim]) -> list[Claim]:
    found.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    seen: set[str] = set()
    out: list[Claim] = []
    for claim in found:
        if claim.text not in seen:
            seen.add(claim.text)
            out.append(claim)
    return out


def _as_point(sentence: Sentence, index: int) -> Point:
    return Point(
        sentence.text, sentence.raw, sentence.source, sentence.segments, 0.0, sentence.start, sentence.end,
        sentence.speaker, sentence.chapter, sentence.role, sentence=index,
    )  # fmt: skip


def _focus(evidence: Evidence, language: str, stop: frozenset[str]) -> dict[str, float]:
    """How near each content word is to the subject: words of the title and chapter titles, keyphrases, hashtags."""
    focus: dict[str, float] = {}

    def raise_to(text: str, weight: float) -> None:
        for term in terms(text, language, stop):
            focus[term] = max(focus.get(term, 0.0), weight)

    for source in evidence.sources:
        raise_to(source.title or "", 1.0)
    top = max((phrase.score for phrase in evidence.keyphrases), default=1.0) or 1.0
    for phrase in evidence.keyphrases:
        raise_to(phrase.text, 0.35 + 0.5 * phrase.score / top)
    for chapters in evidence.chapters:
        for chapter in chapters:
            raise_to(chapter.title, 0.5)
    for tag in evidence.hashtags:
        raise_to(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag.lstrip("#")), 0.6)
    for source in evidence.sources:
        for name in (source.fact("speaker"), source.fact("author"), source.fact("event"), *source.speakers):
            for term in terms(name or "", language, stop):
                focus.pop(term, None)
    return focus


def _nearness(own: frozenset[str], focus: dict[str, float]) -> float:
    """0 to 1: the three words nearest to the subject count, and what share of the sentence is about it."""
    weights = sorted((focus.get(term, 0.0) for term in own), reverse=True)
    if not weights:
        return 0.0
    best = sum(weight * share for weight, share in zip(weights, (0.5, 0.3, 0.2), strict=False))
    return 0.8 * best + 0.2 * sum(weights) / len(weights)


def _promising(
    evidence: Evidence, focus: dict[str, float], language: str, stop: frozenset[str], place: dict[int, int]
) -> list[int]:
    """The sentences beside the points that are worth telling: all of a short source, the nearest of a long one."""
    rest = [
        index
        for index, sentence in enumerate(evidence.sentences)
        if index not in place and sentence.role not in _QUIET and not sentence.text.rstrip().endswith(("?", "？"))
    ]
    if len(rest) <= POOL:
        return rest
    near = {index: _nearness(terms(evidence.sentences[index].text, language, stop), focus) for index in rest}
    return sorted(sorted(rest, key=lambda index: (-round(near[index], 6), index))[:POOL])


def _labelled(text: str) -> tuple[str, str]:
    """A note of the form `Data challenges: the need for ...` brings its own label."""
    found = re.match(r"^\W*(?P<label>[^\W\d][\w' &/-]{2,38}?)\W*[:：]\**\s+(?P<body>\S.+)$", text)
    if (
        found
        and len(found["label"].split()) <= 4
        and not re.match(
            r"(?i)comment by|note|"
            r"conclusion",
            found["label"],
        )
    ):
        return found["label"].strip(), found["body"]
    return "", text


def terms(text: str, language: str, stop: frozenset[str]) -> frozenset[str]:
    """The content words of a text, cut to their first six letters; pairs of characters where nothing is spaced."""
    if language in UNSPACED:
        runs = re.findall(r"[\u4e00-\u9fff\u30a0-\u30ff]+", text)
        return frozenset(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text.lower().replace("-", "").replace("’s", "").replace("'s", ""))
    return frozenset(word[:6] for word in words if word not in stop and (len(word) > 2 or word.isdigit()))


def alike(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same: one holds most of the other's content words."""
    both = len(a.terms & b.terms)
    least = min(len(a.terms), len(b.terms))
    return least > 0 and (both / least >= 0.6 or both / len(a.terms | b.terms) >= 0.45)
