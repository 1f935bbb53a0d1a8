"""Claims a post can make in a language of `resources/tongues`, best first."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from composer.evidence.model import Evidence, Point, Sentence
from composer.evidence.punctuation import unmarked
from composer.evidence.words import lexicon
from composer.post.adverts import adverts
from composer.post.english.claims.ranking import Claim, alike
from composer.post.english.sentences.spoken import count_words
from composer.post.focus import focus_of, nearness, terms
from composer.post.model import Trace
from composer.post.phrases import Phrases, phrases
from composer.post.tongues.model import NEVER, Tongue, tongue
from composer.post.tongues.pauses import parted, paused
from composer.post.tongues.told import MOST_WORDS, SENTENCE, Mouth, Told, tell, written
from composer.post.tongues.voices import Cast, cast

LEAST = 3
"""Different claims below which one is taken whose form is in doubt."""
QUOTES = 3
"""Sentences that are quoted at most, and as many more as are missing to `FEW` that can be told."""
FEW = 5
WORTH_QUOTING = 0.3
"""The score below which nobody's words are quoted."""
POOL = 900
"""Sentences beside the points that are looked at in a long source."""
LONGEST = 235
"""Characters of a claim at most: with its label it is still one thought on a phone."""
HEARD = "heard"
"""The role of claims that are cues as they stand, of a source in which no sentence can be told."""
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
    unled: re.Pattern[str]


def claims(evidence: Evidence, language: str) -> list[Claim]:
    """Every point and every promising sentence that can be made to stand, best first. Deterministic."""
    room = _room(evidence, language)
    total = max(1, len(evidence.points))
    place = {point.sentence for point in evidence.points}
    rows = [(point, 1.0 - rank / total) for rank, point in enumerate(evidence.points)]
    # A point may hold the sentence before its own as well: its own is then a candidate too.
    rows += [
        (_as_point(evidence.sentences[point.sentence], point.sentence), 0.5 * rank)
        for point, rank in rows
        if 0 <= point.sentence < len(evidence.sentences) and point.text != evidence.sentences[point.sentence].text
    ]
    if room.words.known:
        rows += [(_as_point(evidence.sentences[index], index), 0.0) for index in _promising(room, place)]
    else:
        # Nothing is known of the words of this language: only the better half of what the ranking found is safe.
        rows = rows[: max(LEAST, len(rows) * 2 // 3)]
    found: list[Claim] = []
    for point, rank in rows:
        if _may_speak(point, room):
            found += _claims(point, rank, room)
    found += _paused(room)
    found = [claim for claim in found if len(claim.text) <= LONGEST]
    found.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    found = list({claim.text: claim for claim in reversed(found)}.values())[::-1]
    quotes = [claim for claim in found if claim.label == _QUOTE and claim.score >= WORTH_QUOTING]
    nobody = [claim for claim in quotes if not room.people[claim.at[0]].named(claim.speaker)]
    told = _different([claim for claim in found if claim.sure and claim.label != _QUOTE])
    quotes = [claim for claim in quotes if claim not in nobody[2:]][: QUOTES + max(0, FEW - told)]
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
        focus_of(evidence, language, stop), adverts(evidence), shown, _guessed(evidence), unled(evidence, form),
    )  # fmt: skip


def unled(evidence: Evidence, form: Tongue) -> re.Pattern[str]:
    """The article before a person's name, where it is spoken and not written ("der Hoffmann hat"), with its space.

    A last name is one that stands behind a first name: a word that no article precedes in this source.
    """
    if not form.unled:
        return NEVER
    article = "|".join(form.unled)
    text = " ".join(sentence.text for sentence in evidence.sentences)
    led = set(re.findall(rf"\b(?i:das|ein|eine|einen|einem|{article}) ([A-ZÄÖÜ][\w-]+)", text))
    pairs = [phrase.text.split() for phrase in evidence.names if len(phrase.text.split()) == 2]
    named = {last for first, last in pairs if first not in led and first.lower() not in text and _alone(last, text, 1)}
    parts = {part for phrase in evidence.names for part in phrase.text.split() if len(part) > 3}
    named |= {part for part in parts if _alone(part, text, 2)}
    named |= {part for s in evidence.sources for name in s.speakers for part in name.split() if part[:1].isupper()}
    if not named:
        return NEVER
    return re.compile(rf"\b(?i:{article}) (?=(?:{'|'.join(map(re.escape, sorted(named)))})(?![-\w]))")


def _alone(name: str, text: str, least: int) -> bool:
    """Whether a word acts without any article, `least` times or more, as only people do, and is hardly ever counted."""
    acts = re.findall(rf"(?<![\w-]){name} (?:hat|war|ist|schreibt|sagt|wird|wurde|geht|selbst)\b", text)
    kind = re.findall(rf"\b(?i:das|eine?|kein|keine|viel|mehr|wenig|jede[rs]?) {name}\b", text)
    return len(acts) >= least and len(kind) * 2 <= len(acts)


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
    if not told.quoted:
        text = room.unled.sub("", told.text)
        told = replace(told, text=text[:1].upper() + text[1:])
    if point.source in room.guessed:
        # A guess is no sentence of a post: the words are quoted, as they stand, without a stop of ours.
        told = replace(told, text=_as_said(told.text, room.words), quoted=False)
        return [_claim(told, point, rank, room)]
    claim = _claim(told, point, rank, room)
    more = _followed(claim, told, point, room)
    return [claim, more] if more else [claim]


def _paused(room: _Room) -> list[Claim]:
    """The claims of sources whose sentences nobody could part: between the speaker's pauses, in scripts without
    spaces; between full stops, where no capital follows them."""
    found: list[Claim] = []
    rough = {number for number in room.guessed if room.form.unspaced} | _small(room.evidence)
    for number in sorted(rough):
        points = paused(room.evidence, number, room.form) if room.form.unspaced else parted(room.evidence, number)
        for point in points:
            if point.speaker and room.people[number].silent(point.speaker):
                continue
            told = _told(point.text, room.people[number].mouth(point, room.words), room.form)
            if told is not None:
                share = point.sentence / max(1, points[-1].sentence)
                found.append(replace(_claim(told, point, 0.0, room), share=share))
    return found


def _small(evidence: Evidence) -> set[int]:
    """The sources that write no capital behind a full stop: their sentences hang together by the dozen."""
    parts: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    for sentence in evidence.sentences:
        parts[sentence.source] += len([part for part in SENTENCE.split(sentence.text) if part])
        whole[sentence.source] += 1
    return {number for number in whole if parts[number] >= 2.5 * whole[number] and parts[number] > 4}


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
    if room.form.event.search(told.text):  # what happened once; least where it sets nothing against anything
        score -= 0.1 if any(row.search(told.text) for row in room.form.strong) else 0.2 if near else 0.5
    if room.form.unspaced and len(re.findall(r"[\u30a0-\u30ff\u4e00-\u9fff0-9A-Za-z]", told.text)) < 4:
        score -= 0.4  # hardly a noun in it
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
        if len(kept) >= FEW:
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
    """Where no sentence can be told, the source's own words, quoted: cues of five to twenty words, as they stand.

    Their role is `HEARD`. What speaks of oneself, points at the room or is broken is left out, while enough is left.
    """
    evidence, form, words = room.evidence, room.form, room.words
    found: list[tuple[bool, Claim]] = []
    for source, transcript in enumerate(evidence.sources):
        size = sum(count_words(segment.text, form.language) for segment in transcript.segments)
        if transcript.kind not in ("talk", "conversation") or size < 100:
            continue
        for number, segment in enumerate(transcript.segments):
            text = segment.text.strip(" ,;.…。，、")
            own = terms(text, form.language, room.stop)
            turns = sum(bool(row.search(text)) for row in form.strong)
            if (
                segment.role != "speech"
                or not 5 <= count_words(text, form.language) <= 20
                or len(own) < (3 - (turns > 1))
            ):
                continue
            if re.search(r"[?？]", text) or form.moment.search(text) or form.yours.search(text):
                continue
            whole = not any(gate.search(text) for gate in (form.lost, form.half, form.mine, form.ours))
            near = nearness(own, room.focus)
            claim = Claim(
                f"{words['open_quote']}{text[:1].upper()}{text[1:]}{words['close_quote']}",
                Trace(source, (number,), segment.start),
                near + 0.02 * len(own) + worth(text, form) + 0.2 * (turns > 1),
                (source, number), None, HEARD, segment.speaker, "", own,
                share=number / len(transcript.segments), near=near,
            )  # fmt: skip
            found.append((whole, claim))
    kept = [claim for whole, claim in found if whole]
    kept = kept if len(kept) >= 3 else [claim for _, claim in found]
    kept.sort(key=lambda claim: (-round(claim.score, 6), claim.at, claim.text))
    return list({claim.text: claim for claim in reversed(kept)}.values())[::-1]
