"""What a claim is, and what is known while the claims of one evidence are found."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate

from composer.evidence.model import Evidence, Point, Sentence
from composer.evidence.words import lexicon
from composer.post.adverts import adverts
from composer.post.english.claims.turned import turned
from composer.post.english.floor import asking_floor, questioners, two_voices
from composer.post.english.sentences.clauses import verbs
from composer.post.english.sentences.retold import expand
from composer.post.english.sentences.standing import misheard
from composer.post.focus import focus_of
from composer.post.model import Trace
from composer.post.phrases import phrases
from composer.post.voice import Voices, voices


@dataclass(frozen=True, slots=True)
class Claim:
    """One thought, ready for a post. `text` is one or two written sentences; `label` is given only by the source.

    `score` orders claims, best first; `at` is (source, sentence), the order of the source. `named` says that the
    sentence is told of somebody by name. `terms` are its content words, stemmed. `share` is where in the source it
    stands, `near` how near it is to the subject, both from 0 to 1. `sure` says that it reads as a whole thought,
    `thin` that it is too bare to stand where there are enough others.
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
    thin: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What is known while the claims of one evidence are found."""

    evidence: Evidence
    language: str
    people: list[Voices]
    stop: frozenset[str]
    focus: dict[str, float]
    paid: frozenset[int]
    asking: frozenset[int]
    between: frozenset[int]
    count: Counter[str]
    misheard: dict[str, str]
    nested: frozenset[tuple[int, int]]
    zone: tuple[float, ...]
    labelled: tuple[bool, ...]

    def spoken_for(self, point: Point) -> bool:
        """Whether a turn holds the label of another voice: whose its sentences are is not sure."""
        return any((point.source, segment) in self.nested for segment in point.segments)

    def taken_back(self, point: Point) -> bool:
        """Whether the same voice goes on with "but": what it has just said is not yet what it means."""
        after = self._after(point)
        return bool(after) and bool(re.match(r"(?:But|However|Except)\b", after))

    def turned(self, point: Point) -> bool:
        """Whether the same voice takes a sentence back at once, or sets the other half against it."""
        rows, at = self.evidence.sentences, point.sentence
        if self.language != "en" or point.role != "speech" or not 0 <= at < len(rows):
            return False
        own = (point.source, rows[at].speaker)
        return turned(point.text, *(row.text for row in rows[at + 1 : at + 3] if (row.source, row.speaker) == own))

    def refuted(self, point: Point) -> bool:
        """Whether a sentence was only put up to be denied: "this is the best way, right?" - "No." """
        rows = self.evidence.sentences
        if not 0 <= point.sentence < len(rows) - 1:
            return False
        after = rows[point.sentence + 1]
        if after.source != point.source:
            return False
        put = re.search(
            r"(?i)\b(?:right|correct|true|no|is(?: it|n['’]t it)|are(?:n['’]t)? they)\?\W*$", rows[point.sentence].raw
        )
        no = re.match(r"(?i)(?:no|nope|wrong|not (?:really|quite|at all|true))[.!,]", after.text)
        return bool(no) and (put is not None or re.match(r"(?i)(?:wrong|not true)[.!]", after.text) is not None)

    def goes_on(self, point: Point, text: str) -> bool:
        """Whether the next sentence holds what this one only begins: "is not 80%. It's lower"; "if they call. Then ..."

        `text` is the sentence as it is told.
        """
        after = self._after(point)
        if not after:
            return False
        if (
            re.search(r"(?i)\bnot (?:[\w'’%-]+ ){0,6}[\w'’%-]+\.?$", text)
            and re.match(r"(?:It|They|That|He|She)(?:['’]s|['’]re| is| are) (?!not\b|n['’]t)", after)
            and len(after.split()) < 9
        ):
            return True
        if re.search(r"(?i)\b(?:if|when|unless)\b", text) and re.match(
            r"(?i)(?:and )?then (?:you|we|they|it|I)\b", after
        ):
            return True
        if re.search(r"(?i)\bif (?:there (?:is|are)|you have|we have) [^,]+$", text.rstrip(".”")) and re.match(
            r"(?:That|Which|Where|Who)\b", after
        ):
            return True  # the sentence was closed inside its condition
        if re.match(r"(?i)and (?:when|what|how|where|why)\b", after) and re.search(
            r"(?i)\b(?:when|what|how|where|why)\b", text
        ):
            return True  # "learning when a knot is right. And when it is too tight"
        apart = re.match(r"(?i)(?:and|or) (?:it|they|we|he|she|you|i|there|this|that|nobody|everybody)\b", after)
        if (
            re.match(r"(?i)(?:and|or|with|of|to|which|than|as well as|because of) ", after)
            and not apart
            and not verbs(f"It {expand(after)}")
        ):
            return True  # the sentence was closed before its end: "And some of the ropes with knots"
        first = re.match(
            r"(?i)(?:and |so |but )?(?:first|second|third|fourth|firstly|secondly|thirdly)(?:ly)?,? ", point.text
        )
        if first and re.match(r"(?:They|It|This|That|These|Those)\b", after):
            return True  # one of several, and what follows from it
        return any(_JEST.search(said.text) for said in self.evidence.sentences[point.sentence + 1 : point.sentence + 3])

    def torn(self, point: Point) -> bool:
        """Whether a sentence of a source without full stops was cut out of a longer one: the one before it cannot end
        there, or the one after it goes on."""
        rows, at = self.evidence.sentences, point.sentence
        if not self.people[point.source].raw or not 0 <= at < len(rows):
            return False
        before = rows[at - 1].text if at and rows[at - 1].source == point.source else ""
        after = rows[at + 1].text if at + 1 < len(rows) and rows[at + 1].source == point.source else ""
        return bool(_OPEN_END.search(before.rstrip(" .")) or _GOES_ON.match(after))

    def answers(self, point: Point) -> bool:
        """Whether a sentence of an unlabelled source comes right behind a question: an answer leans on it."""
        if point.sentence < 1 or self.labelled[point.source]:
            return False
        return self.evidence.sentences[point.sentence - 1].text.rstrip().endswith("?")

    def checked(self, point: Point) -> bool:
        """Whether a sentence asks rather than says: somebody else denies it at once, or it takes up "so" what was said
        and another voice answers; or it draws with "then" what follows from the sentence before."""
        if re.match(r"(?i)(?:and |so |but )?then,? (?:you|we|they|it|he|she|there)\b", point.text) and not re.search(
            r"(?i)\b(?:if|when|once)\b", point.text
        ):
            return True
        rows = self.evidence.sentences[point.sentence : point.sentence + 2] if point.sentence >= 0 else ()
        if len(rows) < 2 or rows[0].speaker == rows[1].speaker:
            return False
        if re.match(r"(?i)so,? (?:you|we)\b", rows[0].text):
            return True
        takes_up = re.match(r"(?i)so,? (?:it|that|this|there|the)\b", rows[0].text) and _TAKES.match(rows[1].text)
        return bool(takes_up or _DENIES.match(rows[1].text))

    def after(self, point: Point) -> Sentence | None:
        """The next sentence, where the same voice goes on."""
        rows = self.evidence.sentences[point.sentence : point.sentence + 2] if point.sentence >= 0 else ()
        return rows[1] if len(rows) > 1 and rows[0].speaker == rows[1].speaker else None

    def _after(self, point: Point) -> str:
        after = self.after(point)
        return after.text if after else ""


_OPEN_END = re.compile(
    r"(?i)\b(?:the|an?|my|your|our|their|its|his|her|of|in|on|at|for|with|from|by|to|into|as|than|and|or|but|because|"
    r"that|which|who|if|when|is|are|was|were|be|not|very|will|would|can|could|should|have|has|had|do|does|did|we|you|"
    r"they|i|he|she|it|this|these|those|meaning|about)$"
)
_GOES_ON = re.compile(
    r"(?i)(?:of|in|on|at|for|with|from|by|to|into|as|than|or|which|who|that (?:is|are|was|were|has|have|can|will|"
    r"started|people|you|we|they)|because|is|are|was|were|has|have|will|would|can|could|under|until|unless|whose|where)\b"
)
_DENIES = re.compile(
    r"(?i)(?:well,? |um,? |uh,? |oh,? |yeah,? |yes,? )*(?:no|nope|nah|not (?:really|necessarily|exactly|quite)|never|"
    r"wrong|but|actually|i (?:do not|don['’]t) (?:think|know|agree)|i(?:['’]m| am) not sure|i disagree|"
    r"that(?:['’]s| is) not)\b"
)
_TAKES = re.compile(r"(?i)(?:yeah|yes|yep|no|right|exactly|mm|uh|okay|ok|sure|correct|well|hmm)\b")
# What takes back the sentence before as a joke, or says that it was only an example.
_JEST = re.compile(
    r"(?i)\b(?:just |only )?(?:kidding|joking)\b|\b(?:ha ?ha|laughs?|laughter|lol)\b|"
    r"\bkind of (?:example|analogy|metaphor)\b|"
    r"\b(?:bad|silly|terrible|weird|stupid) (?:example|analogy|metaphor|joke)\b"
)
AROUND = 12
"""Sentences before and after a sentence that tell whether the talk is at its subject there."""


def zones(evidence: Evidence) -> tuple[float, ...]:
    """For every sentence the share of its source that is ranked below the stretch it stands in, from 0 to 1.

    A greeting, a listener's letter and the housekeeping of a show lie in low stretches, what it is about in high ones.
    0.5 throughout where the source is too short to have stretches, and where voices are labelled: there a stretch is
    several people's.
    """
    found = [0.5] * len(evidence.sentences)
    for number in range(len(evidence.sources)):
        rows = [index for index, sentence in enumerate(evidence.sentences) if sentence.source == number]
        labelled = bool(evidence.sources[number].speakers)
        if labelled or len(rows) < 8 * AROUND or len(evidence.scores) != len(evidence.sentences):
            continue
        total = [0.0, *accumulate(evidence.scores[index] for index in rows)]
        means: list[float] = []
        for at in range(len(rows)):
            begin, end = max(0, at - AROUND), min(len(rows), at + AROUND + 1)
            means.append(round((total[end] - total[begin]) / (end - begin), 9))
        order = sorted(means)
        for index, mean in zip(rows, means, strict=True):
            found[index] = bisect_left(order, mean) / len(rows)
    return tuple(found)


# "The Chair: Ms. Ashton (Churchill): ...": the label of a second voice inside a turn.
_NESTED = re.compile(
    r"(?:^|(?<=\s))(?:Right )?(?:Hon\.|Mr\.|Mrs\.|Ms\.|Dr\.|M\.|Mme)\s[A-Z][^:.!?\n]{2,50}(?:\([^)]{2,80}\))?\s?:"
)


def room_of(evidence: Evidence, language: str) -> Room:
    words = phrases(language)
    stop = lexicon(language).stop
    between = questioners(evidence)
    people = [voices(source, words) for source in evidence.sources]
    if between and two_voices(
        evidence
    ):  # two voices take turns without labels: whose a sentence is, nobody knows for sure
        people = [replace(one, somebody=words.get("one_of_them", one.somebody)) for one in people]
    zone = zones(evidence)
    count = Counter(word.lower() for s in evidence.sentences for word in re.findall(r"[^\W_]+", s.text))
    return Room(
        evidence, language, people, stop,
        focus_of(evidence, language, stop, zone), adverts(evidence), asking_floor(evidence), between,
        count, misheard(count) if language == "en" else {},
        frozenset(
            (number, at)
            for number, source in enumerate(evidence.sources)
            for at, segment in enumerate(source.segments)
            if segment.speaker and _NESTED.search(segment.text)
        ),
        zone, tuple(bool(source.speakers) for source in evidence.sources),
    )  # fmt: skip


def asked(point: Point, room: Room) -> bool:
    """Whether a sentence falls where the floor of a talk is open to everybody."""
    return point.sentence in room.asking and room.people[point.source].kind == "talk" and not point.speaker


def as_point(sentence: Sentence, index: int) -> Point:
    return Point(
        sentence.text, sentence.raw, sentence.source, sentence.segments, 0.0, sentence.start, sentence.end,
        sentence.speaker, sentence.chapter, sentence.role, sentence=index,
    )  # fmt: skip
