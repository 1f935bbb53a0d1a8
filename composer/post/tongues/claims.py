"""Claims a post can make in a language of `resources/tongues`, best first."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from composer.evidence.model import Evidence, Point, Sentence
from composer.evidence.punctuation import unmarked
from composer.evidence.words import lexicon
from composer.post.adverts import adverts
from composer.post.claims import Claim, alike
from composer.post.focus import focus_of, nearness, terms
from composer.post.model import Trace
from composer.post.phrases import Phrases, phrases
from composer.post.spoken import count_words
from composer.post.tongues.model import Tongue, tongue
from composer.post.tongues.told import MOST_WORDS, SENTENCE, Mouth, Told, tell, written
from composer.post.tongues.voices import Cast, cast

LEAST = 5
"""Different claims below which one is taken whose form is in doubt."""
QUOTES = 3
"""Sentences that are quoted at most."""
WORTH_QUOTING = 0.3
"""The score below which nobody's words are quoted."""
POOL = 900
"""Sentences beside the points that are looked at in a long source."""
_QUIET = ("meta", "heading", "sentiment")


@dataclass(frozen=True, slots=True)
class _Room:
    evidence: Evidence
    form: Tongue
    words: Phrases
    people: list[Cast]
    stop: frozenset[str]
    focus: dict[str, float]
    paid: frozenset[int]
    shown: Counter[str]
    guessed: frozenset[int]


def claims(evidence: Evidence, language: str) -> list[Claim]:
    """Every point and every promising sentence that can be made to stand, best first. Deterministic."""
    room = _room(evidence, language)
    total = max(1, len(evidence.points))
    place = {point.sentence for point in evidence.points}
    rows = [(point, 1.0 - rank / total) for rank, point in enumerate(evidence.points)]
    if room.words.known:
        rows += [(_as_point(evidence.sentences[index], index), 0.0) for index in _promising(room, place)]
    else:
        # Nothing is known of the words of this language: only the better half of what the ranking found is safe.
        rows = rows[: max(LEAST, len(rows) * 2 // 3)]
    found: list[Claim] = []
    for point, rank in rows:
        if _may_speak(point, room):
            found += _claims(point, rank, room)
    found.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    found = list({claim.text: claim for claim in reversed(found)}.values())[::-1]
    quotes = [claim for claim in found if claim.label == _QUOTE and claim.score >= WORTH_QUOTING]
    nobody = [claim for claim in quotes if not room.people[claim.at[0]].named(claim.speaker)]
    quotes = [claim for claim in quotes if claim not in nobody[1:]][:QUOTES]
    found = [replace(claim, label="") for claim in found if claim.label != _QUOTE or claim in quotes]
    sure = [claim for claim in found if claim.sure]
    for claim in [claim for claim in found if not claim.sure]:
        if _different(sure) >= LEAST:
            break
        sure.append(claim)
    sure.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    return sure or _own_words(room)


_QUOTE = "\0quote"  # marks a quotation while claims are counted; no label of a source begins so


def _room(evidence: Evidence, language: str) -> _Room:
    words = phrases(language)
    form = tongue(language)
    stop = lexicon(language).stop
    shown = Counter(word for s in evidence.sentences for word in re.findall(r"[^\W_]+", s.text))
    return _Room(
        evidence, form, words, [cast(source, words, form) for source in evidence.sources], stop,
        focus_of(evidence, language, stop), adverts(evidence), shown, _guessed(evidence),
    )  # fmt: skip


def _guessed(evidence: Evidence) -> frozenset[int]:
    """The sources without full stops: where a sentence of theirs ends is a guess."""
    return frozenset(
        number
        for number, source in enumerate(evidence.sources)
        if unmarked(" ".join(segment.text for segment in source.segments if segment.role == "speech"))
    )


def _may_speak(point: Point, room: _Room) -> bool:
    if point.role in _QUIET or point.sentence in room.paid:
        return False
    people = room.people[point.source]
    return not people.silent(point.speaker)


def _claims(point: Point, rank: float, room: _Room) -> list[Claim]:
    """The claim of a sentence, and where it is short, the same with the sentence after it."""
    mouth = room.people[point.source].mouth(point, room.words)
    told = _told(point.text, mouth, room.form)
    if told is None:
        return []
    if point.source in room.guessed:
        # A guess is no sentence of a post: the words are quoted, as they stand, without a stop of ours.
        told = replace(told, text=_as_said(told.text, room.words), quoted=False)
        return [_claim(told, point, rank, room)]
    claim = _claim(told, point, rank, room)
    more = _followed(claim, told, point, room)
    return [claim, more] if more else [claim]


def _as_said(text: str, words: Phrases) -> str:
    bare = text.rstrip(".。")
    quoted = bare.startswith(words["open_quote"].strip())
    return bare if quoted else f"{words['open_quote']}{bare[:1].lower()}{bare[1:]}{words['close_quote']}"


def _told(text: str, mouth: Mouth, form: Tongue) -> Told | None:
    """One or two sentences: the first that stands, and the one after it where both fit."""
    out: list[Told] = []
    for part in [part.strip() for part in SENTENCE.split(_untagged(text, form)) if part and part.strip()]:
        told = tell(part, mouth, form, opening=not out)
        if told is None:
            if out:
                break
            continue
        if out and not (form.follows.search(written(part, form)) or form.follows.search(part)):
            # Two neighbours that do not lean on each other: the better of them stands alone.
            if worth(told.text, form) > worth(out[0].text, form) and tell(part, mouth, form) is not None:
                out = [told]
            break
        if out and (told.quoted or sum(count_words(one.text, form.language) for one in [*out, told]) > MOST_WORDS):
            break
        out.append(told)
        if told.quoted or len(out) == 2:
            break
    if not out:
        return None
    joined = ("" if form.unspaced else " ").join(one.text for one in out)
    return replace(out[0], text=joined, sure=all(one.sure for one in out[:1]))


def _untagged(text: str, form: Tongue) -> str:
    """`text` without a question that only asks for assent at its end: the sentence before it is a claim."""
    for pattern in form.tail:
        text = pattern.sub("", text)
    return text if re.search(r"[.!?…。！？]$", text.strip()) else text.strip() + ("。" if form.unspaced else ".")


def _followed(claim: Claim, told: Told, point: Point, room: _Room) -> Claim | None:
    """A short claim with the sentence after it, where that one speaks on of the same."""
    evidence, form = room.evidence, room.form
    index = point.sentence
    if told.quoted or told.named or not 0 <= index < len(evidence.sentences) - 1:
        return None
    here, after = evidence.sentences[index], evidence.sentences[index + 1]
    if (after.source, after.speaker, after.role) != (here.source, here.speaker, here.role):
        return None
    if not form.follows.search(written(after.text, form)) and not form.follows.search(after.text):
        return None
    if len(SENTENCE.split(claim.text.strip())) > 1 or re.search(r"[?？]", after.text):
        return None
    mouth = room.people[point.source].mouth(point, room.words)
    more = tell(after.text, mouth, form, opening=False)
    if more is None or more.quoted:
        return None
    text = claim.text + ("" if form.unspaced else " ") + more.text
    if count_words(text, form.language) > MOST_WORDS - 3:
        return None
    own = terms(text, form.language, room.stop)
    gain = worth(more.text, form)
    return replace(
        claim,
        text=text,
        score=claim.score + (0.05 if gain > 0 else -0.08),
        terms=own,
        trace=Trace(point.source, tuple(sorted({*claim.trace.segments, *after.segments})), claim.trace.start),
    )


def _claim(told: Told, point: Point, rank: float, room: _Room) -> Claim:
    evidence, language = room.evidence, room.form.language
    at = (point.source, point.sentence if point.sentence >= 0 else (point.segments[0] if point.segments else 0))
    own = terms(told.text, language, room.stop)
    near = nearness(own, room.focus)
    score = worth(told.text, room.form) + 0.3 * rank + 0.55 * near
    score -= 0.3 if told.quoted else 0.05 if told.named else 0.0
    score -= 0.0 if told.sure else 0.35
    score -= strange(told.text, room.shown, room.form)
    return Claim(
        text=told.text,
        trace=Trace(point.source, point.segments, point.start),
        score=score,
        at=at,
        chapter=point.chapter,
        role=point.role,
        speaker=point.speaker,
        keyphrase=point.keyphrase,
        terms=own,
        label=_QUOTE if told.quoted else "",
        named=told.named,
        share=at[1] / max(1, len(evidence.sentences)),
        near=near,
        sure=told.sure,
    )


def worth(text: str, form: Tongue) -> float:
    """What the form of a claim says for it: length, turns, figures; against it: vagueness, many commas."""
    size = count_words(text, form.language)
    value = 0.1 if 8 <= size <= 26 else 0.0 if size <= 31 else -0.1
    value -= 0.15 if size < 7 else 0.0
    tokens = re.findall(r"[^\W_]+", text.lower())
    value += 0.08 if re.search(r"\d", text) or any(token in form.nouns.number for token in tokens) else 0.0
    value += min(0.45, 0.13 * sum(bool(pattern.search(text)) for pattern in form.strong))
    value -= min(0.5, 0.12 * sum(len(pattern.findall(text)) for pattern in form.weak))
    return value - 0.07 * max(0, len(re.findall("[,，、]", text)) - 3)


def strange(text: str, shown: Counter[str], form: Tongue) -> float:
    """What the recogniser may have misheard: capitalised words that stand in the source once, two or more of them."""
    if form.unspaced or form.nouns.capitals:
        return 0.0
    once = [word for word in re.findall(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][a-zà-ÿ]+", text) if shown[word] == 1]
    return 0.05 * max(0, len(once) - 1)


def _different(found: list[Claim]) -> int:
    kept: list[Claim] = []
    for claim in found:
        if len(kept) >= LEAST:
            break
        if not any(alike(claim, other) for other in kept):
            kept.append(claim)
    return len(kept)


def _as_point(sentence: Sentence, index: int) -> Point:
    return Point(
        sentence.text, sentence.raw, sentence.source, sentence.segments, 0.0, sentence.start, sentence.end,
        sentence.speaker, sentence.chapter, sentence.role, sentence=index,
    )  # fmt: skip


def _promising(room: _Room, place: set[int]) -> list[int]:
    """The sentences beside the points: all of a short source, the nearest to the subject of a long one."""
    evidence, language = room.evidence, room.form.language
    rest = [i for i, s in enumerate(evidence.sentences) if i not in place and s.role not in _QUIET]
    if len(rest) <= POOL:
        return rest
    near = {i: nearness(terms(evidence.sentences[i].text, language, room.stop), room.focus) for i in rest}
    return sorted(sorted(rest, key=lambda i: (-round(near[i], 6), i))[:POOL])


def _own_words(room: _Room) -> list[Claim]:
    """Where no sentence can be told, the source's own words, quoted: cues of five to twenty words, as they stand."""
    evidence, form, words = room.evidence, room.form, room.words
    found: list[Claim] = []
    for source, transcript in enumerate(evidence.sources):
        size = sum(count_words(segment.text, form.language) for segment in transcript.segments)
        if transcript.kind not in ("talk", "conversation") or size < 100:
            continue
        for number, segment in enumerate(transcript.segments):
            text = segment.text.strip(" ,;.…。，、")
            own = terms(text, form.language, room.stop)
            if segment.role != "speech" or not 5 <= count_words(text, form.language) <= 20 or len(own) < 3:
                continue
            if re.search(r"[?？]", text) or form.moment.search(text) or form.yours.search(text):
                continue
            near = nearness(own, room.focus)
            found.append(
                Claim(
                    f"{words['open_quote']}{text}{words['close_quote']}",
                    Trace(source, (number,), segment.start),
                    near + 0.02 * len(own) + worth(text, form) - 0.3 * bool(form.mine.search(text)),
                    (source, number), None, "speech", segment.speaker, "", own,
                    share=number / len(transcript.segments), near=near,
                )
            )  # fmt: skip
    found.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    return list({claim.text: claim for claim in reversed(found)}.values())[::-1]
