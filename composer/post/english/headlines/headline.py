"""English only: the headline: what the source asks, or claims at its strongest; a frame is the last resort."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from composer.evidence.model import Evidence
from composer.evidence.words import lexicon
from composer.post.adverts import adverts
from composer.post.english.claims.ranking import Claim
from composer.post.english.claims.room import room_of
from composer.post.english.grammar import whole
from composer.post.english.headlines.asks import question, upright
from composer.post.english.headlines.catch import LONGEST, Line, amount, catch, disputed, flat, lines, said
from composer.post.english.headlines.put import past, priced, put, striking
from composer.post.english.headlines.theme import theme
from composer.post.english.headlines.topics import called
from composer.post.english.sentences.retold import expand
from composer.post.english.sentences.sieve import main
from composer.post.english.sentences.spoken import spoken, strip_spoken
from composer.post.english.sentences.standing import strangeness
from composer.post.english.words.kinds import EMPTY, Words
from composer.post.english.words.tagging import tag
from composer.post.english.words.titles import title
from composer.post.focus import focus_of, nearness, terms
from composer.post.phrases import Phrases

HELD = 0.15
"""What a line weighs more that a point of the post holds: the headline is answered below."""
ANSWERED = 8
"""Sentences behind a question within which a point of the post answers it."""
LEAST, NAMED, CLAIMED = 0.33, 0.8, 1.8
ASKED = 0.05
"""What a line must weigh to stand over a post, a question that a point answers, and what a title weighs: one that names
its subject, and one that claims or asks."""
_QUOTED = re.compile(
    r"“([^“”]{8,90})”|\"([^\"]{8,90})\"|«([^«»]{8,90})»|„([^„“”]{8,90})[“”]|「([^「」]{4,90})」|『([^『』]{4,90})』"
)
_FURNITURE = re.compile(
    r"(?i)\b(?:full|official|episode|ep\.?|podcast|interview|talk|webinar|livestream|stream|video|keynote|q&a|"
    r"transcript|part \d+|"
    r"#\d+|season|recording|subtitles?|workshop|meeting|vol\.?|chapter|untitled|intro|introduction|outro|welcome)\b"
)
_ASKS = re.compile(r"(?i)(?:what|how|why|when|where|who|which) ")
_INVERTED = re.compile(
    r"(?i)(?:(?:what|how|why|when|where|who|which) )?"
    r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have)\b"
)


class Headline(NamedTuple):
    """The words of a headline without a closing mark; `asked` says that they are a question. `at` is the claim in it:
    its source and sentence, (-1, -1) where it is none. `framed` ones only name the subject;
    the `value` of the others orders them. `titled` is a title that names its subject, in a shape that asks: a question
    mark behind it asks what to make of it."""

    text: str
    asked: bool
    at: tuple[int, int] = (-1, -1)
    framed: bool = False
    value: float = 0.0
    titled: bool = False

    @property
    def open(self) -> bool:
        """Whether it asks and does not say the answer: "Why Is ...", not "Did You Know That ..." or "Do You Agree"."""
        return self.asked and not re.match(r"Did You Know|Do You Agree|.+: Do You Agree$", self.text)


class Frame(NamedTuple):
    """What a post holds: its subjects, the best first, where its points stand in the source, and who speaks ("" where
    nobody by name). `closing` is where its closing lines stand: they answer a question as well."""

    topics: Sequence[str]
    points: Sequence[tuple[int, int]]
    people: str
    closing: Sequence[tuple[int, int]] = ()


def headlines(
    evidence: Evidence, claims: Sequence[Claim], known: Words, words: Phrases, frame: Frame, *, asking: bool
) -> list[Headline]:
    """Headlines, best first; the last ones always fit. `asking`: the shape closes its headline with a question mark.

    First what the source asks itself, claims in its title, or claims at its strongest: whole, short, near the subject,
    with something at stake. Where the shape asks, a claim is asked, and where none can be asked soundly, the reader is.
    Then frames.
    """
    found = [
        *_titles(evidence, words, asking), *_announced(evidence, asking), *_asked(evidence, frame, asking),
        *_claimed(evidence, claims, known, words, frame, asking), *_turned(evidence, claims, known, frame, asking),
    ]  # fmt: skip
    found.sort(key=lambda row: (-round(row[0], 6), row[1]))
    best: dict[str, Headline] = {}
    for value, head in found:
        if value >= (ASKED if head.asked else LEAST) and len(head.text) <= LONGEST + (MARKED if head.asked else 0):
            best.setdefault(head.text, head._replace(value=value))
    return [*best.values(), *_frames(evidence, words, frame, asking)]


def _titles(evidence: Evidence, words: Phrases, asking: bool) -> list[tuple[float, Headline]]:
    """What a title claims or asks; one that only names the subject weighs less than a strong claim."""
    found: list[tuple[float, Headline]] = []
    for source in evidence.sources:
        for part in title_parts(source.title or ""):
            bare = part.rstrip(".!? ")
            if not 3 <= len(bare.split()) <= 12 or re.search(r"[;:()“”\"]", bare) or _FURNITURE.search(bare):
                continue
            if re.search(r"\b(?:I|my|My|me)\b", bare):
                continue
            asks = part.rstrip().endswith("?") or bool(_INVERTED.match(bare))
            claims = bool(_ASKS.match(bare)) or _says(bare)
            text = title(bare)
            if asking and claims and not asks and not _ASKS.match(bare):
                turned = question(bare)
                text, asks = _shown(turned) if turned else words["agree"].format(claim=text), True
            about = source.fact("about") or source.fact("speaker") if source.kind == "summary" else ""
            if about and claims and about not in text and not asking:
                # What somebody is reported to say is no claim of the post, least of all where others object.
                text = words["says"].format(claim=text, name=about)
            found.append((CLAIMED if asks or claims else NAMED, Headline(text, asks, titled=asking and not asks)))
    return found


def _announced(evidence: Evidence, asking: bool) -> list[tuple[float, Headline]]:
    """What the speaker says the talk will tell: "Why the Hospital Stopped Using Pagers", or "Why Did ..."."""
    about = theme(evidence)
    if not _ASKS.match(about) or len(about.split()) < 4:
        return []
    value = 1.35 if about.lower().startswith("why") else 0.8
    direct = upright(about) if asking else ""
    if direct:
        return [(value, Headline(_shown(direct), True))]
    return [(value, Headline(title(about[:1].upper() + about[1:]), False))]


def _says(text: str) -> bool:
    """Whether a title says something of its subject: it has a verb, and is no order."""
    bare = re.sub(r" as we know it\b", "", text[:1] + text[1:].lower())
    found = main(bare)
    return found is not None and bool(found[0]) and (whole(text) or whole(bare))


def title_parts(text: str) -> list[str]:
    """What a title claims: what stands in quotation marks in it, and what stands after a name and a colon."""
    parts = [next(filter(None, found.groups())) for found in _QUOTED.finditer(text)]
    rest = _QUOTED.sub(" ", text)
    pieces = [
        re.sub(r"(?i)^my (?:take|thoughts|view|notes) on ", "", part.strip())
        for part in re.split(r"\s[-–—|]\s|:\s", rest)
    ]
    parts += [part for part in pieces if len(part.split()) > 1 and (part[:1].isupper() or len(pieces) == 2)]
    return [part for part in parts if not re.search(r"@\w|https?:", part)]


def _claimed(
    evidence: Evidence, claims: Sequence[Claim], known: Words, words: Phrases, frame: Frame, asking: bool
) -> list[tuple[float, Headline]]:
    """The source's short claims with what they weigh: rank, nearness to the subject, and what makes a reader stop."""
    stop = lexicon("en").stop | EMPTY
    focus, room = focus_of(evidence, "en", stop), room_of(evidence, "en")
    several = len({claim.speaker for claim in claims if claim.speaker}) > 1
    about = next((source.fact("about") or source.fact("speaker") for source in evidence.sources
                  if source.kind == "summary"), None)  # fmt: skip
    found: list[tuple[float, Headline]] = []
    for line in lines(evidence, claims):
        if _personal(line, known, focus):
            continue
        near = nearness(terms(line.text, "en", stop), focus)
        value = 0.5 * line.weight + 0.55 * near + catch(line) - 0.8 * strangeness(line.text, focus, room.count)
        value -= UNKNOWN if _unknown(line.text, room.count) else 0.0
        value += (GENERAL if _GENERAL.match(line.text) else 0.0) + _told_of(line.text, focus)
        value -= 0.15 if (several and not line.quoted and line.weight < 0.15) or line.remark else 0.0
        if line.at in frame.points:
            value += HELD
        elif line.weight < 0.2:
            continue  # nothing below would answer it
        text = title(line.text)
        if line.quoted:
            text = f"{words['open_quote']}{text}{words['close_quote']}"
        elif about or line.owned:
            name = about if about and not line.owned else line.who
            if not name and not asking:
                continue  # an opinion needs its owner
            if name and name not in text and not asking:  # behind a question mark it is nobody's claim
                text = words["says"].format(claim=text, name=name)
        stated = asking and not (_open(line.text) or striking(line.text) or line.owned)
        if past(line.text) and not (striking(line.text) or _open(line.text)):
            if _STATE.search(line.text):
                continue  # how something was once
            value -= ONCE
        value -= FLAT if flat(line.text) and not line.owned else 0.0
        if stated:
            value -= STATED  # nobody would dispute it: what nobody asks is said
        elif asking:
            asked = question(line.text)
            text = _shown(asked) if asked else put(line, words)
            value -= (0.0 if asked else PUT) + (CODED if _CODE.search(line.text) else 0.0)
            value += SHARE if amount(line.text) else 0.0
            value -= ONCE if re.match(r"(?:Was|Were|Did|Had)\b", text) else 0.0
            value -= DENIED if asked and not disputed(line.text) and not _DEMANDS.search(line.text) else 0.0
        if text:
            found.append((value, Headline(text, asking and not stated, line.at)))
    return found


def _unknown(text: str, count: Mapping[str, int]) -> bool:
    """Whether a name stands in a line that the source says only once."""
    return any(count.get(name.lower(), 0) < 2 for name in re.findall(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}\b", text))


def _open(text: str) -> bool:
    """Whether somebody may doubt a claim: it denies, compares, demands, or has something at stake."""
    return bool(_DOUBTFUL.search(text)) or disputed(text)


_DOUBTFUL = re.compile(
    r"(?i)\b(?:not|never|no|nobody|nothing|none|no one|cannot|without|should|must|needs? to|has to|have to|enough|"
    r"worth|important|wrong|right|always|every|everybody|everyone)\b|n['’]t\b"
)


_GENERAL = re.compile(r"(?i)(?:no one|nobody|you (?:cannot|can never|do not (?:need|have) to))\b")


def _shown(asked: str) -> str:
    """A question in title case."""
    return re.sub(
        r"(?<=^What Happens )if\b|(?<=^What Would Happen )if\b|(?<=^What Should You Do )if\b",
        "If",
        title(asked[:1].upper() + asked[1:]),
    )


THINLY, ONCE, CODED = 0.25, 0.4, 0.4
"""What a question weighs less of two words that say nothing of the subject, of what was so once, and of code names
and prices."""
_CODE = re.compile(r"\b[A-Z]{7,}\b|\w\.[a-z]{2,}\b|\w_\w")
CONDITION, REASON, CALLED = 0.3, 0.65, 0.25
"""What a question weighs more: "What happens if ...", "Why ...", "What is the problem with ..."."""
DOUBTED, GENERAL = 0.25, 0.2
"""What the question weighs more that somebody in the source doubts, and one that is everybody's: "Can you ..."."""
STATED, FLAT, DENIED = 0.1, 0.15, 0.1
"""What a claim weighs less that stands as it is in a shape that asks, one in which nothing makes a reader stop, and a
question of which only a "not" says that it may be asked."""
_STATE = re.compile(r"(?i)\b(?:was|were|had|worked|met|wrote|been)\b")
_DEMANDS = re.compile(r"(?i)\b(?:should|must|needs? to|has to|have to|worth|enough|every\w*|always)\b")
MARKED = 5
"""Characters that a question may be longer than a claim: its first words only ask."""
DEFINITE, GENERIC, KNOWN = 0.2, 0.1, 0.4
"""What a claim weighs less of something that only its source knows, more of everybody's, and how near to the subject
of the source a thing is that needs no telling."""
UNKNOWN = 0.3
"""What a line weighs less with a name that the source says once: a stranger does not know it, or it was misheard."""
SHARE = 0.4
"""What a share of all weighs more than any other figure, put to the reader."""
PUT = 0.15
"""What a claim weighs less that is put to the reader whole, than one that is turned."""
LESS, PART = 0.55, 0.15
"""What a question weighs less in a shape that claims, and one that only a part of a point answers."""


def _turned(
    evidence: Evidence, claims: Sequence[Claim], known: Words, frame: Frame, asking: bool
) -> list[tuple[float, Headline]]:
    """The questions that the points of the post answer, with what they weigh."""
    stop = lexicon("en").stop | EMPTY
    focus, room = focus_of(evidence, "en", stop), room_of(evidence, "en")
    found: list[tuple[float, Headline]] = []
    for claim in claims:
        if claim.at not in (*frame.points, *frame.closing) or claim.label or not claim.sure:
            continue
        for nth, text in enumerate(said(claim)):
            asked = question(text)
            line = Line(asked[:1].upper() + asked[1:], max(0.0, min(1.0, claim.score)), at=claim.at)
            if claim.role != "speech" and claim.speaker and text.startswith(claim.speaker):
                continue  # what somebody wrote is told of him, and no claim
            if not asked or _loose(asked) or _personal(replace(line, text=text.rstrip(".! ")), known, focus):
                continue
            own = terms(asked, "en", stop)
            near = nearness(own, focus)
            opens = asked.split()[0] in ("What", "Why", "Which", "Who", "How")
            weighed = asked if opens else text.rstrip(".! ")
            value = 0.5 * line.weight + 0.55 * near + catch(replace(line, text=weighed))
            value -= 0.8 * strangeness(weighed, focus, room.count)
            value -= THINLY if len(own) < 3 and near < KNOWN else 0.0
            value -= ONCE if re.match(r"(?:Was|Were|Did|Had)\b", asked) else 0.0
            value -= CODED if _CODE.search(asked) or priced(text) else 0.0
            form = asked.split()[:2]
            value += CONDITION if form[1] in ("happens", "should") else REASON if form[0] == "Why" else 0.0
            value += CALLED if form == ["What", "is"] or form == ["What", "are"] else 0.0
            value += HELD - (0.0 if asking else LESS) - (PART if nth else 0.0)
            doubted = re.search(r"\b(?:does|do) not (?:think|believe|expect)\b", claim.text)
            if not opens and not doubted and not _open(text):
                continue  # a yes that nobody doubts is no question
            if not opens and re.match(r"(?i)all\b", text):
                continue  # what is so of all is said
            value += 0.0 if opens else DOUBTED if doubted else 0.0
            value -= DENIED if not opens and not disputed(text) and not _DEMANDS.search(text) else 0.0
            value += GENERAL if re.match(r"(?:Can|Do|Should|Must) you |\w+ any(?:one|body) ", asked) else 0.0
            value -= UNKNOWN if _unknown(text, room.count) else 0.0
            value += _told_of(text, focus)
            found.append((value, Headline(_shown(asked), True, claim.at)))
            break
    return found


def _told_of(text: str, focus: Mapping[str, float]) -> float:
    """What the subject of a claim adds: everybody's ("pilots", "every harbour") needs no telling, one that only this
    source has ("the gas") does, unless the source is about it."""
    words = re.findall(r"[\w’'-]+", text)
    if re.match(r"(?i)the\b", text):
        near = max((focus.get(word.lower()[:6], 0.0) for word in words[1:3]), default=0.0)
        return 0.0 if near >= KNOWN or (len(words) > 3 and words[2].lower() in ("of", "between")) else -DEFINITE
    first, _ = tag(words[0].lower())
    plural = "NS" in first and not first & {"VBZ", "DET", "PRON"} and words[0].lower() not in ("people", "others")
    return GENERIC if plural or re.match(r"(?i)(?:every|no|nobody|anyone|most)\b", text) else 0.0


def _loose(asked: str) -> bool:
    """Whether a question points at what only a listener knows."""
    return bool(_FILLS.search(asked))


_FILLS = re.compile(
    r"(?i)\b(?:stuff|things?|somehow|kind of|sort of|you know|i mean|or something|and so on|whatever|guys?|"
    r"(?:the|this|that) (?:one|ones|other|way(?! \w+ \w)|point)|a little bit|episode|podcast|show|slide|"
    r"video|says?|said|"
    r"right (?:been|be|is|are|has|have)|"
    r"might|last|next|yesterday|today|tomorrow|tonight|there(?<!^is there)(?<!^are there))\b|"
    r"\b(?:not|is|are|was|to|of|that|than|and|then|too|either|anyway|with|for)$"
)


def _personal(line: Line, known: Words, focus: dict[str, float]) -> bool:
    """Whether a line tells of somebody by the first name, or begins with a name the reader cannot know."""
    if re.search(r"(?i)\b(?:the team|(?:the|one) speaker)\b", line.text):
        return True  # whose team, over a post, nobody knows
    if line.text.split()[0].lower() in known.people:
        return True
    for word in re.findall(r"\b[A-Z][a-z]+\b", line.text):
        low = word.lower()
        if tag(low)[0] & {"DET", "PREP", "PRON", "AND"}:
            continue  # "The Acting Chair" is a voice, "the" is none
        if low in known.people:
            return True
        says = re.search(rf"\b{word}(?:['’]s| says| said| thinks)\b", known.raw)
        if low not in known.plain and (says or called(word, known)):
            return True
        if line.text.startswith(word + " ") and low not in known.plain and low[:6] not in focus:
            tags, _ = tag(low)
            if not tags & {"DET", "PRON", "NUM", "ADJ", "PREP", "ADV", "VBG", "NS", "SUB"}:
                return True
    return False


def _asked(evidence: Evidence, frame: Frame, asking: bool) -> list[tuple[float, Headline]]:
    """Questions of the source that can stand alone and that a point answers: short, to nobody, about its subject."""
    found: list[tuple[float, Headline]] = []
    form, stop = spoken("en"), lexicon("en").stop | EMPTY
    paid, focus = adverts(evidence), focus_of(evidence, "en", lexicon("en").stop | EMPTY)
    middle = sorted(evidence.scores)[len(evidence.scores) // 2] if evidence.scores else 0.0
    for index, sentence in enumerate(evidence.sentences):
        text = sentence.text.strip()
        if index in paid or re.search(r", [A-Z][a-z]+\W*$|\b(?:last|this) (?:week|year|time|episode)\b", text):
            continue
        if not text.endswith("?") or sentence.role in ("meta", "sentiment"):
            continue
        bare = expand(strip_spoken(text, form).rstrip("? "))
        if not _stands_alone(bare) or (evidence.scores and evidence.scores[index] < middle):
            continue
        near = nearness(terms(bare, "en", stop), focus)
        last = bare.split()[-1]
        if near < 0.35 or (last[:1].isupper() and last.lower()[:6] not in focus) or " '" in bare:
            continue  # an aside, or said to somebody by name
        if not any((sentence.source, index + nth) in frame.points for nth in range(1, ANSWERED)):
            continue
        value = 0.35 + 0.6 * near + (0.15 if len(bare.split()) > 4 else 0.0) - (0.0 if asking else 0.2)
        value -= 0.5 if re.match(r"(?i)what (?:is|are) (?:(?:the|an?) )?(?:[\w’'-]+ ){0,2}[\w’'-]+$", bare) else 0.0
        found.append((value, Headline(title(bare), True)))
    return found


_POINTS = re.compile(
    r"(?i)\b(?:you|your|we|us|our|i|me|my|this|that|these|those|it|he|she|they|them|here|there|his|her|their|right|"
    r"just|then|one|ones|thing|things|guys|anybody|anyone|else|so|also|okay)\b"
)


def _stands_alone(bare: str) -> bool:
    """Whether a question asks a stranger something: it opens as one, points at nothing, and is no order."""
    if not 4 <= len(bare.split()) <= 13 or re.search(r"[,;:]", bare) or _POINTS.search(bare):
        return False
    if not re.match(r"(?i)(?:what|why|how|where|when|who|which|is|are|can|will|should|does|do|could|has|have)\b", bare):
        return False
    if re.match(r"(?i)(?:what about|(?:have|has|do) (?:an?|the|no|some|any))\b|why not\b", bare):
        return False
    if re.search(r"(?i)(?<!look )(?<!looks )(?<!feel )\blike\b", bare):
        return False
    return not re.search(r"(?i)\b[a-z]+[^s\W]s has\b|^what is the (?:[\w-]+ ){1,3}[a-z]+[^s\W]s\b", bare)


def _frames(evidence: Evidence, words: Phrases, frame: Frame, asking: bool) -> list[Headline]:
    """Every frame around the subjects; which leads is given by the first of them."""
    topics = tuple(frame.topics) or tuple(
        text for text in (_title(evidence), *(tag.lstrip("#") for tag in evidence.hashtags[:1])) if text
    )
    topic = topics[0] if topics else ""
    if _ASKS.match(topic):
        return [Headline(title(topic[:1].upper() + topic[1:]), asking, framed=True)]  # what asks already needs no frame
    heads: list[Headline] = []
    if " and " in frame.people and asking:
        form = words["asked_many"]
        shown = title(form.format(topics=words.join(topics[:2]), people="\0")).replace("\0", frame.people)
        heads += [Headline(shown, True, framed=True)] if len(shown) <= LONGEST + 10 else []
    forms = words.all("question" if asking else "claim")
    # In a shape that asks, the plain subject stands before a question that nobody answers.
    first = 0 if asking else zlib.crc32(topic.encode()) % len(forms)
    for form in forms[first:] + forms[:first]:
        if "{n}" in form and len(frame.points) < 2:
            form = "{topics}"
        named = words.join(topics[:3] if form.startswith("{topics}") else topics[:2])
        named = named[:1].upper() + named[1:] if form.startswith("{topics}") else named
        heads.append(Headline(title(form.format(topics=named, n=len(frame.points))), False, framed=True))
    return heads


def _title(evidence: Evidence) -> str:
    return next((source.title for source in evidence.sources if source.title), "")[:60]
