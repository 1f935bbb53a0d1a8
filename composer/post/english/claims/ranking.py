"""Claims a post can make, out of the evidence, ranked by what makes a line worth posting."""

import re
from dataclasses import replace

from composer.evidence.model import Evidence, Point
from composer.post.english.claims.argued import argued, ironic
from composer.post.english.claims.likeness import alike
from composer.post.english.claims.pairs import followed
from composer.post.english.claims.quoting import begun_again
from composer.post.english.claims.reports import noted, plainly
from composer.post.english.claims.room import Claim, Room, as_point, asked, room_of
from composer.post.english.claims.seams import seams
from composer.post.english.claims.thin import thin
from composer.post.english.claims.voiced import BARELY, THIN, in_quotes, spoken_words
from composer.post.english.claims.voiced import PLAIN as HARDLY
from composer.post.english.claims.worth import retold, turns, worth
from composer.post.english.sentences.clauses import main
from composer.post.english.sentences.pieces import pieces
from composer.post.english.sentences.retold import expand, settle
from composer.post.english.sentences.runups import plain
from composer.post.english.sentences.sieve import fleeting, settled, sound, unmoored, whole_text
from composer.post.english.sentences.spoken import spoken, strip_spoken
from composer.post.english.sentences.standing import half, idle, scraps, strangeness
from composer.post.english.sentences.telling import DIGEST, tell
from composer.post.english.words.forms import is_past
from composer.post.english.words.tagging import tag
from composer.post.focus import nearness, terms
from composer.post.lexis import rows as listed
from composer.post.model import Trace

__all__ = ["Claim", "alike", "claims"]

_QUIET = ("meta", "heading", "sentiment")
LEAST, FULL = 3, 8
"""Different claims below which a doubtful one is taken after all, and below which clauses of broken sentences are."""
ENOUGH = 4
"""Different claims from which on no bare statement is taken."""
BROKEN = 110
"""Broken sentences that are looked through for a whole clause."""
NEAR = 0.2
"""How near the subject a sentence is at least that is taken for whole on its typist's word."""
HIGH, SHORT_ENOUGH = 0.4, 26
"""In a conversation it also ranks so high, and has no more words."""
PLAIN = 0.2
"""What a claim of an unlabelled conversation scores at least, where three do."""
LOW = 0.5
"""The share of a conversation that is ranked below a stretch too far from the subject for a point."""
SHORT = 300
"""Words of a source below which no points are better than doubtful ones."""
POOL = 600
"""Sentences beside the points that are looked at in a long source: the most promising ones by their words."""


def claims(evidence: Evidence, language: str) -> list[Claim]:
    """Every point and every promising sentence that can be made to stand, best first."""
    room = room_of(evidence, language)
    total = max(1, len(evidence.points))
    place = {point.sentence: rank for rank, point in enumerate(evidence.points) if point.sentence >= 0}
    rows: list[tuple[Point, float]] = [(point, 1.0 - rank / total) for rank, point in enumerate(evidence.points)]
    rows += [(as_point(evidence.sentences[index], index), 0.0) for index in _promising(room, place)]
    rows += [(point, 0.0) for point in seams(evidence) if point.sentence not in room.paid]
    found: list[Claim] = []
    doubtful: list[Claim] = []
    broken: list[tuple[Point, float]] = []
    for point, rank in [(part, rank) for whole_, rank in rows for part in _also(whole_)]:
        if room.spoken_for(point):
            point = replace(point, speaker=None)
        if not _may_speak(point, room):
            continue
        open_ = asked(point, room)
        claim = _claim(point, rank, room)
        if room.turned(point):
            # What the next sentence turns is half a thought: it stands with its turn, or not at all.
            both = followed(claim, room) if claim is not None and not open_ else None
            found += [both] if both is not None else []
            continue
        if point.role == "speech" and (claim is None or not claim.sure):
            broken.append((point, rank))
        if claim is None:
            continue
        if not (open_ and claim.named):
            (doubtful if open_ else found).append(claim)
        if not open_:
            more = followed(claim, room)
            if more is not None:
                found.append(more)
    # What the floor says in a talk is nobody's by name: it is used only where the talk itself gives too little.
    found = _unique(found if len(found) >= 8 else found + doubtful)
    sure = [claim for claim in found if claim.sure]
    if len(_distinct([claim for claim in sure if claim.score >= PLAIN], FULL)) < FULL:
        sure = _unique([*sure, *_pieces(broken, room)])
    sure = _unique([*sure, *in_quotes(broken, room, thin=len(_distinct(sure, THIN)) < THIN)])
    if any(one.kind == "conversation" for one in room.people) and not any(room.labelled):
        # Of voices that nobody labels only what is well told counts.
        good = [claim for claim in sure if claim.score >= PLAIN]
        sure = good if len(_distinct(good, LEAST)) == LEAST else sure
    if len(_distinct(sure, LEAST)) < LEAST:
        sure = _unique([*sure, *in_quotes(broken, room, thin=True, least=HARDLY)])
    if len(_distinct(sure, LEAST)) < LEAST:
        sure = _unique([*sure, *in_quotes(broken, room, thin=True, least=BARELY)])
    # A bare statement fills a post only where there is hardly anything else.
    full = [claim for claim in sure if not claim.thin]
    for claim in [claim for claim in sure if claim.thin]:
        if len(_distinct(full, ENOUGH)) >= ENOUGH:
            break
        full.append(claim)
    sure = full
    # Better fewer points than a bad one, unless hardly any are left.
    rest = [claim for claim in found if not claim.sure and whole_text(claim.text)]
    rest.sort(key=lambda claim: _doubt(claim, room))
    long = sum(len(sentence.text.split()) for sentence in evidence.sentences) >= SHORT
    if not long:
        rest = [claim for claim in rest if not fleeting(claim.text) and not unmoored(claim.text)]
    while rest and len(_distinct(sure, LEAST)) < LEAST:
        sure.append(rest.pop(0))
    found = sorted(sure, key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    return found or (spoken_words(room) if long else [])


def _doubt(claim: Claim, room: Room) -> float:
    """How much speaks against a claim that is only taken because hardly any other is left."""
    speech = claim.role == "speech"
    said = claim.text.split("”")[0].strip("“ ")
    value = 3.0 * fleeting(said) + (idle(said) >= 0.5)
    if speech:
        value += 2.0 * unmoored(said) + (room.zone[claim.at[1]] < LOW) + 0.5 * (turns(said) == 0)
        value += 0.5 * (len(said.split()) < 9) + 0.5 * (claim.near < 0.15)
    return value


def _may_speak(point: Point, room: Room) -> bool:
    """Whether a sentence may become a point at all: said, by the one whose talk it is, and not for money."""
    if point.role in _QUIET or point.sentence in room.paid or (point.role == "speech" and room.refuted(point)):
        return False
    # Between a question and its answer may be the one who asks; of "our" plans the one who answers speaks.
    if point.sentence in room.between and not re.search(r"(?i)\b(?:i|we|our|my)\b", point.text):
        return False
    voice = room.people[point.source].voice
    return not voice or point.speaker == voice


# A question that a recogniser closed with a full stop: its clauses are nobody's claims.
_WHY = re.compile(r"(?i)(?:and |but |so |like )*(?:why|how|what|when|where|is|are|do|does|would|could) (?!\w+ing\b)")


def _pieces(broken: list[tuple[Point, float]], room: Room) -> list[Claim]:
    """Whole clauses out of sentences that are not whole: the nearest to the subject first."""
    form = spoken(room.language)
    rows = [
        (nearness(terms(point.text, room.language, room.stop), room.focus), point, rank)
        for point, rank in broken
        if len(point.text.split()) >= 9
        and not asked(point, room)
        and not point.text.rstrip().endswith("?")
        and not _WHY.match(point.text)
    ]
    rows.sort(key=lambda row: (-round(row[0] + 0.2 * row[2], 6), row[1].sentence))
    found: list[Claim] = []
    for _, point, rank in rows[:BROKEN]:
        text = settle(expand(strip_spoken(plain(point.text) if form.language == "en" else point.text, form)))
        for piece in pieces(text):
            if (not whole_text(piece) and not re.match(r"I\b", piece)) or begun_again(text, piece):
                continue
            claim = _claim(replace(point, text=piece + "."), rank, room)
            if claim is not None and claim.sure and whole_text(claim.text):
                found.append(replace(claim, score=claim.score - 0.06))
                break
    return found


def _torn_order(point: Point) -> bool:
    """Whether what looks like an order is the end of a longer sentence: nobody orders "our" things done, and where a
    recogniser wrote no full stops, a verb without its subject lost it."""
    return bool(re.search(r"(?i)\b(?:we|our|us|my)\b", point.text)) or not re.search(r"[.!?…][\"”’)]*$", point.raw)


def _order(text: str, clause: tuple[str, str, str] | None) -> bool:
    """Whether a sentence tells somebody to do something."""
    if clause is not None:
        return not clause[0] and bool(clause[1])
    tags, _ = tag(text.split()[0].lower())
    return "VB" in tags and not tags & {"N", "ADJ", "ADV", "PREP", "PRON", "DET", "SUB"}


# "Make sure these nets are dry" in a talk on nets means all of them.
_THESE = re.compile(r"(?<!\bof )\b(?:[Tt]hese|[Tt]hose) (?=(?P<noun>[a-z]{3,}(?<!s)s)\b(?! (?:that|which|who)\b))")
# "Nets that tear", of "these nets that tear": the clause says which. "The speed of this crane" in a talk on cranes.
_DEFINED = re.compile(r"(?<!\bof )\b(?:[Tt]hese|[Tt]hose) (?=[a-z]{3,}(?<!s)s (?:that|which|who) (?!is\b|was\b)[a-z])")
_THIS = re.compile(r"\b(?P<the>[Tt])his (?=(?P<noun>[a-z]{4,})\b(?! (?:that|which|who|is|was)\b))")


def _known(noun: str, room: Room) -> bool:
    """Whether a noun is a thing that the source is about, so that "this" one is the one a reader knows."""
    tags = tag(noun)[0]
    return noun[:6] in room.focus and "N" in tags and not tags & {"ADJ", "VBG"} and room.count.get(noun, 0) > 2


_OPINION = re.compile(
    r"\b(?:thinks?|thought|believes?|argues?|contends?|expects?|recommends?|doubts?|finds?|found|sees?|calls?|called|"
    r"considers?|learned|learnt|reali[sz]ed|noticed|proposes?|suggests?|predicts?|insists?|fears?|opposes?|supports?|"
    r"discovered|showed|proved|decided|agreed|concluded|hates?|prefers?|advises?|warns?|defines?)\b"
)


def _claim(point: Point, rank: float, room: Room) -> Claim | None:
    evidence, language, people = room.evidence, room.language, room.people[point.source]
    if point.role == "comment" and re.match(r"(?i)\W*(?:correction|edit|typo|update|tl;?dr|source)\b", point.text):
        return None
    label, body = _labelled(point.text) if point.role != "speech" else ("", point.text)
    told = tell(body, point, evidence, people, spoken(language), labelled=bool(label))
    if told is None:
        return None
    text, named = told
    for wrong, right in room.misheard.items() if point.role == "speech" else ():
        text = re.sub(rf"\b{wrong}\b", right, text)
    if point.role != "speech":
        text = plainly(text)
    elif language == "en" and not people.several:
        text = _THESE.sub(lambda found: "" if found["noun"].lower()[:6] in room.focus else found[0], text)
        text = _THIS.sub(lambda found: f"{found['the']}he " if _known(found["noun"], room) else found[0], text)
        text = _DEFINED.sub("", text)
        text = text[:1].upper() + text[1:]
    if label:
        text = noted(text, "The post" if people.kind == "thread" else "The report")
        if DIGEST.search(text):
            return None  # "describes the transition from": to what, is withheld
    at = (point.source, point.sentence if point.sentence >= 0 else (point.segments[0] if point.segments else 0))
    own = terms(text, language, room.stop)
    count = max(1, len(evidence.sentences))
    near = nearness(own, room.focus)
    several = people.several
    # What several people say beside the subject is talk among them.
    speech = point.role == "speech"
    sure, strange, trivial = True, 0.0, 0.0
    if speech:
        if half(text) or (language == "en" and listed("housekeeping").search(expand(text).rstrip(".!” "))):
            return None
        strange, trivial = strangeness(text, room.focus, room.count), idle(text)
        typed = near >= NEAR and (
            rank > HIGH and len(text.split()) <= SHORT_ENOUGH and "," not in text if several else people.typed
        )
        sure = (near >= 0.08 or not several) and sound(text, several=several, typed=typed)
        sure = sure and not scraps(text, room.count) and trivial < 0.5
    score = worth(text, named=named and speech) + (0.3 if several else 0.4) * rank + 0.55 * near - strange - trivial
    score -= 0.6 if asked(point, room) else 0.0
    score -= 0.15 if point.sentence in room.between else 0.0
    if speech and language == "en":
        score += argued(point, text, room)
        sure = sure and not ironic(point, text, room)
    if several and speech and not point.speaker and room.labelled[point.source]:
        score -= 0.3  # of named voices, and nobody's: what is contested needs its owner
    if several and speech and room.answers(point):
        score -= 0.25
    if several and speech and room.checked(point):
        sure, score = False, score - 0.4  # asked, not said
    if speech and room.torn(point):
        sure, score = False, score - 0.2
    if speech and room.goes_on(point, text):
        sure, score = False, score - 0.3  # half of what is meant
    if speech and named and not several and text.startswith(("The speaker ", f"{people.short} ")) and not turns(text):
        opinion = _OPINION.search(" ".join(text.split()[:6]))
        score -= 0.0 if opinion else 0.15  # what the speaker does, beside what the speaker argues
    if named and room.between and speech:
        score -= 0.1  # of two voices without labels nobody knows for sure whose it is
    if several and speech:
        if settled(text):
            score += 0.3  # what a meeting came to
        if not turns(text) or (len(text.split()) < 9 and turns(text) == 1 and re.search(r"\bnot\b", text)):
            score -= 0.25  # what nobody would dispute, and a bare denial
        if room.taken_back(point):
            score -= 0.2  # "But nobody would ..." comes next: alone it would mislead
    clause = main(text) if speech else None
    if speech and not several and _order(text, clause) and (near < 0.2 or _torn_order(point)):
        sure = False
    if several and speech:
        if _order(text, clause) and not re.match(r"(?:Do not|Never|Always)\b", text):
            sure = False  # an order out of its place
        elif clause and (clause[1] in ("was", "were", "did") or is_past(clause[1])):
            score -= 0.25  # what happened once
    if speech and not several and language == "en":
        score += retold(text, clause)
    if speech and point.sentence >= 0:
        # What lies far from where the talk is at its subject is housekeeping, however well it reads.
        zone = room.zone[point.sentence]
        score += (0.6 if several else 0.2) * (zone - 0.5)
        sure = sure and not (several and zone < LOW)
    if several and len(text.split()) < 9 and near < 0.45:
        score -= 0.2  # short, and beside the subject
    if several and speech and len(text.split()) < 10 and text.startswith("You "):
        score -= 0.3  # said to somebody, or of a case that is not told
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
        thin=speech and language == "en" and thin(text),
    )


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


def _promising(room: Room, place: dict[int, int]) -> list[int]:
    """The sentences beside the points that are worth telling: all of a short source, the nearest of a long one."""
    evidence, language = room.evidence, room.language
    rest = [
        index
        for index, sentence in enumerate(evidence.sentences)
        if index not in place
        and index not in room.paid
        and sentence.role not in _QUIET
        and not sentence.text.rstrip().endswith("?")
    ]
    if len(rest) <= POOL:
        return rest
    near = {index: nearness(terms(evidence.sentences[index].text, language, room.stop), room.focus) for index in rest}
    return sorted(sorted(rest, key=lambda index: (-round(near[index], 6), index))[:POOL])


def _labelled(text: str) -> tuple[str, str]:
    """A note of the form `Data challenges: the need for ...` brings its own label."""
    found = re.match(r"^\W*(?P<label>[^\W\d][\w' &/-]{2,38}?)\W*[:：]\**\s+(?P<body>\S.+)$", text)
    if found and len(found["label"].split()) <= 4 and not re.match(r"(?i)comment by|note|conclusion", found["label"]):
        return found["label"].strip(), found["body"]
    return "", text
