"""The headline of a post: a question or a claim the source itself raises, with its subject named."""

import re
from collections import Counter
from collections.abc import Sequence

from composer.evidence.model import Evidence
from composer.evidence.words import lexicon
from composer.post.adverts import adverts
from composer.post.claims import Claim
from composer.post.english import expand
from composer.post.focus import terms
from composer.post.grammar import whole
from composer.post.kinds import EMPTY
from composer.post.phrases import Phrases
from composer.post.sieve import sound
from composer.post.spoken import spoken, strip_spoken
from composer.post.titles import question, title

_LONGEST = 85
_QUOTED = re.compile(
    r"“([^“”]{8,90})”|\"([^\"]{8,90})\"|«([^«»]{8,90})»|„([^„“”]{8,90})[“”]|「([^「」]{4,90})」|『([^『』]{4,90})』"
)
_FURNITURE = re.compile(
    r"(?i)\b(?:full|official|episode|ep\.?|podcast|interview|talk|webinar|livestream|stream|video|keynote|q&a|"
    r"transcript|part \d+|"
    r"#\d+|season|recording|subtitles?|workshop|meeting|vol\.?|chapter|untitled|intro|introduction|outro|welcome)\b"
)


# A headline that begins with a clause or a circumstance takes too long to come to its subject.
_SUBORDINATE = re.compile(
    r"(?i)(?:wenn|weil|als|nach|in|im|bei|seit|dann|während|obwohl|si|quand|depuis|dans|hace|cuando|en|"
    r"desde|se|quando|em|no|na|há)\b"
)


def questions(evidence: Evidence, claims: Sequence[Claim], subjects: Sequence[str], words: Phrases) -> list[str]:
    """Headlines for a question shape, best first, without the closing mark; the last one always fits.

    A question the source raises or answers comes first, then a short claim of it, which the mark puts in question.
    """
    subject = _focus(evidence, subjects, words.language)
    english = words.language == "en"
    scored: list[tuple[float, str]] = []
    if english:
        for weight, text in _sayings(evidence, claims, asked=True):
            turned = question(expand(text))
            if turned and _about(turned, evidence):
                value = weight + _appeal(turned, subject, words.language) + _catch(text)
                scored.append((value, title(_named(turned, subject, subjects))))
    for weight, text in _asked(evidence, words.language):
        if not english or _about(text, evidence):
            shown = title(text) if english else text[:1].upper() + text[1:]
            scored.append((weight + _appeal(text, subject, words.language), shown))
    # A claim must be strong to be put in question; a title without a verb asks nothing.
    told = (
        [
            (value - 0.3, text)
            for value, text in _statements(evidence, claims, subjects, words)
            if whole(text) and value > 1.0
        ]
        if english
        else []
    )
    return [*_best([*scored, *told]), _template(words["question"], evidence, subjects, words)]


def _focus(evidence: Evidence, subjects: Sequence[str], language: str) -> frozenset[str]:
    texts = [
        *subjects,
        *(source.title or "" for source in evidence.sources),
        *(p.text for p in evidence.keyphrases[:10]),
    ]
    counts = Counter(term for s in evidence.sentences for term in terms(s.text, language, lexicon(language).stop))
    often = max(4, len(evidence.sentences) // 60)
    texts += [term for term, times in sorted(counts.items()) if times >= often and term not in EMPTY]
    texts += [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag.lstrip("#")) for tag in evidence.hashtags]
    return terms(" ".join(texts), language, lexicon(language).stop)


TOP = 8
"""Keyphrases a headline may be about; a talk has some eight subjects at most."""


def _about(text: str, evidence: Evidence) -> bool:
    """Whether a headline speaks of what the source is about: one of its top keyphrases, or a word of a title."""
    stop = lexicon("en").stop | EMPTY
    titles = [chapter.title for source in evidence.sources for chapter in source.chapters]
    titles += [source.title or "" for source in evidence.sources]
    subjects = [*titles, *(p.text for p in evidence.keyphrases[:TOP])]
    return bool(terms(text, "en", stop) & terms(" ".join(subjects), "en", stop))


def _named(turned: str, subject: frozenset[str], subjects: Sequence[str]) -> str:
    """A question that does not name the subject gets it in front."""
    if not subjects or terms(turned, "en", lexicon("en").stop | EMPTY) & subject:
        return turned
    return f"{subjects[0][:1].upper()}{subjects[0][1:]}: {turned}"


def statements(evidence: Evidence, claims: Sequence[Claim], subjects: Sequence[str], words: Phrases) -> list[str]:
    """Headlines for a shape that opens with a claim, best first; the last one always fits."""
    scored = _statements(evidence, claims, subjects, words)
    return [*_best(scored), _template(words["claim"], evidence, subjects, words)]


def _statements(
    evidence: Evidence, claims: Sequence[Claim], subjects: Sequence[str], words: Phrases
) -> list[tuple[float, str]]:
    """Short claims that can stand alone over a post, with what they weigh."""
    subject = _focus(evidence, subjects, words.language)
    scored: list[tuple[float, str]] = []
    limit = 12 if words.language not in ("zh", "ja") else 40
    for weight, text in _sayings(evidence, claims, asked=False):
        bare = text.rstrip(".。!！ ")
        size = len(bare.split()) if words.language not in ("zh", "ja") else len(bare) // 2
        if not 3 <= size <= limit or len(bare) > 75 or re.search(r"[;:()“”\"]", bare):
            continue
        if words.language != "en" and _SUBORDINATE.match(bare):
            continue
        if words.language == "en" and (re.search(r"\b(?:I|my|My|me)\b", bare) or ("," in bare and weight < 1.0)):
            continue
        if words.language == "en" and weight < 1.0 and not (_about(bare, evidence) and sound(bare + ".")):
            continue
        if words.language == "en" and re.search(r"(?i)\b(?:we|us|our|your?)\b|^(?:go|let|put|come|see)\b", bare):
            continue
        if words.language == "en" and re.match(
            r"(?i)(?:I|we|it|he|she|they|this|that|there|you|if|when|in|at|for|to|from|one)\b", bare
        ):
            continue
        catch = _catch(bare) if words.language == "en" else 0.0
        scored.append(
            (weight + _appeal(bare, subject, words.language) + catch, title(bare) if words.language == "en" else bare)
        )
    return scored


_STOPS = re.compile(
    r"(?i)\b(?:never|only|not|nobody|nothing|no|more than|less than|no longer|cannot|without|instead|rather|must|every|"
    r"always|the more|first|end|ends|will|should|best|most|than|\d[\d,.]*)\b|\b(?:is|are) the [\w-]+ of\b|"
    r"\blike an? \w+"
)
_IDLE = re.compile(
    r"(?i)^(?:there (?:is|are|was|were)|you|people|some|it|if|a lot|most people|everybody|funny)\b|"
    r"\b(?:last|this|next) (?:week|month|year|time|episode)\b|\b(?:very|amazing|exciting|interesting|cool|"
    r"great|good|fun)\b|"
    r"\b(?:letter|page|episode|podcast|post|chat|slide|video|meeting)s?\b"
)
_THEN = re.compile(r"(?i)^(?:[\w-]+ ){1,5}(?:was|were|had|did|went|came|got|has been|have been)\b")


def _catch(text: str) -> float:
    """What makes a reader stop at a line: a turn, a figure, an image; against it: what is idle, or was long ago."""
    value = 0.3 if _STOPS.search(text) else 0.0
    value -= 0.4 if _IDLE.search(text) else 0.0
    value -= 0.25 if _THEN.match(text) else 0.0
    value -= 0.2 if re.match(r"(?i)(?:the |an? )?(?:[\w-]+ ){1,4}(?:is|are) an? (?!\w+ of\b)", text) else 0.0
    return value


def _sayings(evidence: Evidence, claims: Sequence[Claim], *, asked: bool) -> list[tuple[float, str]]:
    """What the source claims, with a weight. Only where it is `asked` may an opinion stand without its owner."""
    found: list[tuple[float, str]] = []
    for source in evidence.sources:
        for part in title_parts(source.title or ""):
            found.append((1.0, part))
    form = spoken(evidence.language)
    for claim in claims[:60]:
        if "“" in claim.text:
            continue
        if claim.named:
            # What somebody thinks can be asked without naming who thinks so.
            thought = re.search(
                r"\b(?:thinks?|believes?|argues?|claims?|says?|predicts?|"
                r"expects?) (?:that )?(.{12,90}?)\.$",
                claim.text,
            )
            if thought and asked:
                found.append((0.5 * claim.score, re.sub(r"^does not think ", "", thought[1])))
        elif (asked or not claim.label) and (asked or claim.role != "comment"):
            remark = re.match(r"For [\w.-]+, (.+)$", claim.text) if claim.role == "comment" else None
            found.append((0.5 * claim.score, remark[1] if remark else re.sub(r", one could say\.$", "", claim.text)))
    paid = adverts(evidence)
    for index, sentence in enumerate(evidence.sentences):
        if index in paid:
            continue
        # "You could say that data is X": what stands behind such a frame is often the image of a talk.
        told = re.search(
            r"(?i)\b(?:say|argue|claim|means?|believe|shows?|find|found|"
            r"think) that (.{12,80}?)[.!]?$",
            sentence.text,
        )
        if told and asked and sentence.role not in ("meta", "sentiment"):
            saying = strip_spoken(told[1], form)
            if sound(saying[:1].upper() + saying[1:] + "."):
                found.append((0.35, saying))
    return found


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


def _asked(evidence: Evidence, language: str) -> list[tuple[float, str]]:
    """Questions of the source that can stand alone: short, no "you", nothing pointed at."""
    found: list[tuple[float, str]] = []
    form = spoken(language)
    paid = adverts(evidence)
    for index, sentence in enumerate(evidence.sentences):
        text = sentence.text.strip()
        if index in paid or re.search(r", [A-Z][a-z]+\W*$|\b(?:last|this) (?:week|year|time|episode)\b", text):
            continue
        if not text.endswith(("?", "？")) or sentence.role in ("meta", "sentiment"):
            continue
        bare = strip_spoken(text, form).rstrip("?？ ")
        if language == "en":
            bare = expand(bare)
            if not re.match(
                r"(?i)(?:what|why|how|where|when|who|which|is|are|can|will|should|does|do|could|has|have)\b", bare
            ):
                continue
            if re.search(
                r"(?i)\b(?:you|your|we|us|our|i|me|my|this|that|these|those|it|he|she|they|them|here|there|"
                r"his|her|their|"
                r"right)\b",
                bare,
            ):
                continue
            if re.search(r"(?i)\b[a-z]+[^s\W]s has\b|^what is the (?:[\w-]+ ){1,3}[a-z]+[^s\W]s\b", bare):
                continue
        elif form.first is not None and form.first.search(bare):
            continue
        size = len(bare.split()) if language not in ("zh", "ja") else len(bare) // 2
        if 4 <= size <= 13:
            found.append((0.0, bare))
    return found


def _appeal(text: str, subject: frozenset[str], language: str) -> float:
    own = terms(text, language, frozenset())
    size = len(text.split()) if language not in ("zh", "ja") else len(text) // 2
    value = 0.5 if own & subject else 0.0
    value += 0.25 if len(own & subject) > 1 else 0.0
    value += 0.3 if 4 <= size <= 9 else -0.06 * max(0, size - 9)
    value -= 1.0 if len(text) > _LONGEST else 0.0
    value -= 0.6 if _FURNITURE.search(text) else 0.0
    value -= 0.12 * len(
        re.findall(r"(?i)\b(?:thing|things|something|stuff|one|lot|way|kind|we|us|our|you|your|it|they)\b", text)
    )
    return value


def _best(scored: list[tuple[float, str]]) -> list[str]:
    scored.sort(key=lambda item: (-round(item[0], 6), item[1]))
    return list(dict.fromkeys(text for score, text in scored if score > 0.35 and len(text) <= _LONGEST))


def _template(frame: str, evidence: Evidence, subjects: Sequence[str], words: Phrases) -> str:
    topic = subjects[0] if subjects else _title(evidence)
    topic = topic or (evidence.hashtags[0].lstrip("#") if evidence.hashtags else "")
    if words.language == "en" and re.match(r"(?i)(?:what|how|why|when|where|who) ", topic):
        return title(topic[:1].upper() + topic[1:])  # a title that asks already needs no frame
    second = next((other for other in subjects[1:2]), "")
    both = words.join((topic, second)) if second and words.language == "en" else topic
    text = frame.format(topic=both[:1].upper() + both[1:])
    return title(text) if words.language == "en" else text


def _title(evidence: Evidence) -> str:
    return next((source.title for source in evidence.sources if source.title), "")[:60]
