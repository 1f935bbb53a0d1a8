"""Points of the evidence as claims a post can make: written, attributed, standing alone, with the way back."""

import re
from dataclasses import dataclass, replace

from composer.evidence.model import Evidence, Point, Sentence
from composer.evidence.words import lexicon
from composer.post.english import expand, retell
from composer.post.model import Trace
from composer.post.phrases import Phrases, phrases
from composer.post.shorten import shorten
from composer.post.spoken import Spoken, count_words, finish, spoken, stands, strip_spoken
from composer.post.voice import Voices, voices

MOST_WORDS = 35
_LEAST_WORDS = {"zh": 5, "ja": 6}
_DIGEST = re.compile(
    r"(?i)\b(?:discuss(?:es|ed|ions?|ing)|talks? about|talked about|revolve[sd]? around|topics (?:such as|like)|is about|"
    r"was about|covers?|covered|spoke about|key points include|original post|question assumes|well-received|upvotes?)\b"
)
_VAGUE = re.compile(
    r"(?i)\b(?:things?|stuff|something|somehow|a lot|lots|whatever|everything|anything|someone|somebody|kind of|sort of|et cetera|"
    r"bunch|guy|guys|one way or another|pretty much|super|crazy|cool|awesome|nice)\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thought, ready for a post. `text` is one or two written sentences; `label` is given only by the source.

    `score` is 0 to about 1, best first; `at` orders claims as the source does. `named` says that the sentence is told
    of somebody by name. `terms` are its content words, stemmed.
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


def claims(evidence: Evidence, language: str) -> list[Claim]:
    """Every point of the evidence that can be made to stand, best first; then sentences, where points are few."""
    form, words = spoken(language), phrases(language)
    people = [voices(source, words) for source in evidence.sources]
    stop = lexicon(language).stop
    found: list[Claim] = []
    total = max(1, len(evidence.points))
    spans = [max(1, len(source.segments)) for source in evidence.sources]
    for rank, point in enumerate(evidence.points):
        base = 1.0 - 0.6 * rank / total
        found.extend(_claims(point, base, evidence, people[point.source], form, words, stop, spans[point.source]))
    if len(found) < 12:
        taken = {claim.text for claim in found} | {claim.at for claim in found}
        for index, sentence in enumerate(evidence.sentences):
            if sentence.role in ("meta", "heading", "sentiment") or (sentence.source, index) in taken:
                continue
            more = _claims(_as_point(sentence, index), 0.3, evidence, people[sentence.source], form, words, stop, spans[sentence.source])
            found.extend(claim for claim in more if claim.text not in taken)
    found.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    return found


def _as_point(sentence: Sentence, index: int) -> Point:
    return Point(
        sentence.text, sentence.raw, sentence.source, sentence.segments, 0.0, sentence.start, sentence.end,
        sentence.speaker, sentence.chapter, sentence.role, sentence=index,
    )  # fmt: skip


def _claims(
    point: Point, base: float, evidence: Evidence, people: Voices, form: Spoken, words: Phrases, stop: frozenset[str], span: int
) -> list[Claim]:
    if point.role in ("meta", "heading", "sentiment"):
        return []
    label, body = _labelled(point.text) if point.role not in ("speech",) else ("", point.text)
    written = write(body, point, evidence, people, form, bool(label))
    if written is None:
        return []
    text, named = written
    at = (point.source, point.sentence if point.sentence >= 0 else (point.segments[0] if point.segments else 0))
    claim = Claim(
        text=text,
        trace=Trace(point.source, point.segments, point.start),
        score=base + worth(text, form.language, named),
        at=at,
        chapter=point.chapter,
        role=point.role,
        speaker=point.speaker,
        keyphrase=point.keyphrase,
        terms=terms(text, form.language, stop),
        label=label,
        named=named,
        share=(point.segments[0] / span) if point.segments else 0.0,
    )
    return [claim]


def _labelled(text: str) -> tuple[str, str]:
    """A note of the form `Data challenges: the need for ...` brings its own label."""
    found = re.match(r"^\W*(?P<label>[^\W\d][\w' &/-]{2,38}?)\W*[:：]\**\s+(?P<body>\S.+)$", text)
    if found and len(found["label"].split()) <= 4:
        return found["label"].strip(), found["body"]
    return "", text


def write(
    text: str, point: Point, evidence: Evidence, people: Voices, form: Spoken, labelled: bool = False
) -> tuple[str, bool] | None:
    """One or two written sentences of a point and whether they name who says so; None where it cannot stand."""
    if "?" in text or "？" in text:
        return None
    english = form.language == "en"
    name = people.of(point.speaker) if point.role != "comment" else point.speaker or people.somebody
    if not english and form.first is not None and form.first.search(text):
        return None
    parts = re.split(r"(?<=[.!…])\s+(?=\S)|(?<=[。！])", text) if point.role != "comment" else [text]
    out: list[str] = []
    named = False
    for nth, part in enumerate(piece for piece in parts if piece):
        told = strip_spoken(part, form)
        if english:
            told = expand(told)
            told = strip_spoken(told, form)
            told = _whose(told, point, evidence, people)
            told = _attributed(told, point, name)
            again = retell(told, name)
            if again is None:
                if out:
                    break
                return None
            named = named or again != told or (people.short or "\0") in again
            told = strip_spoken(again, form)
        if not stands(told, form, opening=nth == 0) or (english and not labelled and not _says(told)):
            if out:
                break
            return None
        short = shorten(told, form.language, MOST_WORDS)
        if short is None:
            if out:
                break
            return None
        if out and sum(count_words(item, form.language) for item in [*out, short]) > MOST_WORDS:
            break
        out.append(finish(short, form.language))
    gap = "" if form.language in ("zh", "ja") else " "
    joined = gap.join(item for item in out if item)
    least = 3 if labelled else _LEAST_WORDS.get(form.language, 6)
    if count_words(joined, form.language) < least:
        return None
    return joined, named


_FINITE = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|should|must|may|might|cannot|needs?|"
    r"means?|makes?|made|takes?|took|gets?|got|goes|go|went|gives?|gave|comes?|came|becomes?|became|says?|said|thinks?|thought|"
    r"knows?|knew|sees?|saw|uses?|works?|wants?|keeps?|kept|puts?|lets?|helps?|shows?|starts?|runs?|ran|leads?|led|happens?|"
    r"requires?|allows?|costs?|grows?|grew|turns?|looks?|feels?|felt|finds?|found|leaves?|left|brings?|brought|builds?|built|"
    r"believes?|argues?|claims?|expects?|predicts?|suggests?|remains?|exists?|depends?|seems?|tends?|tells?|told|asks?|calls?|"
    r"tries|try|moves?|lives?|holds?|held|stands?|stood|falls?|fell|wins?|won|loses?|lost|pays?|paid|buys?|bought|sells?|sold|"
    r"writes?|wrote|reads?|learns?|teach(?:es)?|taught|understands?|understood|changes?|creates?|provides?|includes?|offers?|"
    r"contains?|drives?|drove|breaks?|broke|stops?|fails?|follows?|plays?|talks?|spoke|speaks?|likes?|loves?|hates?|cares?|"
    r"describes?|generali[sz]es?|highlights?|emphasi[sz]es?|presents?|matters?|spends?|spent|sits?|sat|serves?|produces?|"
    r"reduces?|increases?|improves?|stores?|sends?|sent|receives?|adds?|beats?|sounds?|begins?|began|\w{3,}ed)\b"
)


def _says(text: str) -> bool:
    """Whether an English sentence has a verb that can carry it; a heap of nouns has none."""
    return bool(_FINITE.search(text))


def _whose(text: str, point: Point, evidence: Evidence, people: Voices) -> str:
    """In a report, "he" or "the author" is the person it reports on, "they" those the sentence before names."""
    if point.role == "speech" and people.kind in ("talk", "conversation"):
        return text
    who = people.author if people.kind == "thread" and people.author else short(people)
    if people.kind == "thread" and people.author:
        text = re.sub(r"(?i)^the (?:author|poster|original poster|op)\b", people.author, text)
        text = re.sub(r"(?i)^the original post\b", "The post", text)
    if who and point.role in ("summary", "post", "speech"):
        text = re.sub(r"^(?:He|She) (?=\w)", who + " ", text)
        text = re.sub(r"(?i)^(although|while|though) (?:he|she) (.+?), (?:he|she) (?=\w)", rf"\1 {who} \2, {who} ", text)
    if re.match(r"They (?!are\b.*\bsame)", text):
        before = _people_before(point, evidence)
        if before:
            text = re.sub(r"^They (?:also )?", before[0].upper() + before[1:] + " ", text)
    return text


def short(people: Voices) -> str | None:
    """The short name of whom a report is about, else of its speaker."""
    from composer.post.voice import short_name

    return short_name(people.about) if people.about else people.short


def _people_before(point: Point, evidence: Evidence) -> str | None:
    """The plural of people that the last sentences end on: `... among industry professionals, including X and Y`."""
    for back in range(1, 4):
        at = point.sentence - back
        if point.sentence < 0 or at < 0 or evidence.sentences[at].source != point.source:
            return None
        found = re.search(r"\b(?:among|by|with|from|of|between|for)(?: the| some| many)? ((?:[\w-]+ )?[a-z-]+s),? (?:including|such as|like)\b", evidence.sentences[at].text)
        if found:
            return found[1]
    return None


def _attributed(text: str, point: Point, name: str) -> str:
    """A comment belongs to who wrote it; a note about a comment says what that person does in it."""
    note = re.match(r"(?i)^(?:\W*)comment by ([\w.-]+)\W*[:：]\**\s*(\w+)(.*)$", text)
    if note:
        return f"{note[1]} {note[2].lower()}{note[3]}"
    if point.role == "comment" and not re.search(r"\bI\b", text) and name not in text:
        return f"For {name}, {_lower_first(text)}"
    return text


def _lower_first(text: str) -> str:
    word = re.match(r"[\w'’-]+", text)
    if word and (word.group().istitle() and word.group().lower() in _OPEN):
        return text[0].lower() + text[1:]
    return text


_OPEN = frozenset(
    """the a an this that these those it there we you they people most many some all every no not if when while as in on
    at for with what how why more less our your their data models our one any each such good better best well""".split()
)


def terms(text: str, language: str, stop: frozenset[str]) -> frozenset[str]:
    """The content words of a text, cut to their first six letters; pairs of characters where nothing is spaced."""
    if language in ("zh", "ja"):
        runs = re.findall(r"[\u4e00-\u9fff\u30a0-\u30ff]+", text)
        return frozenset(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text.lower())
    return frozenset(word[:6] for word in words if word not in stop and (len(word) > 2 or word.isdigit()))


def alike(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same: one holds most of the other's content words."""
    both = len(a.terms & b.terms)
    least = min(len(a.terms), len(b.terms))
    return least > 0 and (both / least >= 0.6 or both / len(a.terms | b.terms) >= 0.45)


def worth(text: str, language: str, named: bool) -> float:
    """What the form of a claim adds to or takes from its rank: length, vagueness, digests, hanging "we" and "you"."""
    size = count_words(text, language)
    value = 0.08 if 10 <= size <= 28 else -0.12 if size < 8 else 0.0
    if language == "en":
        value -= 0.3 if _DIGEST.search(text) else 0.0
        value -= min(0.3, 0.08 * len(_VAGUE.findall(text)))
        value -= min(0.2, 0.04 * len(re.findall(r"(?i)\byou\b", text)))
        value -= min(0.2, 0.06 * len(re.findall(r"(?i)\b(?:we|us|our)\b", text)))
        value -= min(0.2, 0.06 * len(re.findall(r"(?i)\b(?:it|they|them|that|this|he|she)\b", text)))
        value -= 0.12 if re.search(r"(?i)\b(?:he|she|they|it|this|that)\b", " ".join(text.split()[:4])) else 0.0
    value -= 0.06 if named else 0.0
    value += 0.05 if re.search(r"\d", text) else 0.0
    value += 0.04 if re.search(r"(?<=[a-z] )[A-Z][\w-]+", text) else 0.0
    return value


def moved(claim: Claim, by: float) -> Claim:
    """The same claim with another score."""
    return replace(claim, score=claim.score + by)
