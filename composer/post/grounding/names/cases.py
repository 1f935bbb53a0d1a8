"""A name of a post beside what the source says there: what there is to hold it against."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from composer.post.grounding.figures.binding import Context, context, homes
from composer.post.grounding.figures.lookup import candidates
from composer.post.grounding.names.entities import Entity, Spot, bare, office_word, ordinary, places_before, titles
from composer.post.grounding.names.forms import called_so, parallel
from composer.post.grounding.names.mentions import (
    clause_at,
    has_i,
    places,
    spans,
    spots_called,
    spots_i,
    spots_she,
    voices_of,
)
from composer.post.grounding.names.names import Name
from composer.post.grounding.names.offices import same
from composer.post.grounding.names.relations import Frame, frames
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import KANA, WORD, content, fold, plain_stem, stem
from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.numbers import facts
from composer.post.grounding.values.numerals import tongue
from composer.post.lexis import word_list

_MAIN = 0.35
"""Who says more than this of a source may be said to do anything in it."""
_EARLY = 6
"""What the first sentences of a source name is often what the whole is of."""
_FEW = 3
"""A sentence with fewer telling words and figures is read with what the post says right before it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A name of a post: what its sentence says, the entities it may be, and those it could have been taken for."""

    around: Context
    mine: tuple[Entity, ...]
    rivals: tuple[Entity, ...]
    near: frozenset[int]
    ahead: str
    ground: Ground
    standing: tuple[float, ...]
    frames: frozenset[Frame] = frozenset()
    says: bool = False
    clause: frozenset[str] = frozenset()
    figures: tuple[tuple[int, ...], ...] = ()
    early: bool = False
    introduced: bool = False
    forms: tuple[float, ...] = (0.0, 0.0, 0.0)


# A place or a house, not a person.
_AT_THE = re.compile(r"(?i)\b(?:in|at|near|to|into|of|from|on|for|by|this year['’]s)? ?the $")
_SAYS = "|".join(sorted(word_list("quotes_saying"), key=lambda word: (-len(word), word)))
_SAID_BY = re.compile(rf"(?i)\b(?:{_SAYS}|according to|laut|selon|según|segundo)(?: (?:\w+ )?)?$")
_SAYS_IT = re.compile(rf"(?i)(?:['’]s \w+)? (?:{_SAYS})\b")


_LABELS = re.compile(r"(?:,[^:.!?]{2,40}| \([^)]{2,40}\))?:\s")


def attributed(name: Name, sentence: str, start: int) -> bool:
    """Whether a name is there as the one who says it, or is told: that is looked at by what is said."""
    ahead = WORD.findall(sentence[: name.start - start])
    if _LABELS.match(sentence, name.end - start) and all(fold(word).rstrip(".") in titles() for word in ahead):
        return True  # "Dr Berg: the quay is paid for"
    return bool(
        _SAYS_IT.match(sentence, name.end - start)
        or _SAID_BY.search(sentence[max(0, name.start - start - 30) : name.start - start])
    )


_ASKS = re.compile(r" (?:fragte?|hakt\w* nach|demand(?:e|ait|a)|pregunt(?:a|ó|aba)|pergunt(?:a|ou|ava))\b")
# What those who speak in it may always be said of.
_OCCASION = re.compile(
    r"(?i)\b(?:interviews?|episodes?|podcasts?|shows?|hosts?|hosted|talks?|guests?|conversations?|spoke|speaks|tells|told|"
    r"gespräche?|sendung|folge|vortrag|entrevista|charla|programa|émission|entretien|invitée?|conversa|convidad[oa])\b"
)


# Who says so of himself may be named anywhere.
_INTRODUCED = re.compile(
    r"(?i)\b(?:my name is|my name['’]s|i am|i['’]m|and me|ich bin|mein name ist|ich heiße|je m['’]appelle|je suis|"
    r"me llamo|mi nombre es|soy|chamo-me|me chamo|meu nome é|eu sou|sou)\W+(?:\w+\W+){0,2}$"
)


# Who a source without voices says it is of: "Prepared remarks by Anna Berg".
_OF = re.compile(
    r"(?i)\b(?:remarks|lecture|talk|speech|keynote|address|statement|rede|vortrag|discours|conférence|discurso|"
    r"conferencia|charla|palestra)(?: given| held| delivered)? (?:by|of|von|de|par|por)(?: \w+\.?)? $"
)


def _author(one: Entity, ground: Ground) -> bool:
    for spot in one.spots[:2]:
        text = ground.sentences[spot.sentence].text
        if spot.sentence < 2 and _OF.search(text[: max(0, fold(text).find(" ".join(one.words)))]):
            return True
    return False


def _introduced(one: Entity, ground: Ground) -> bool:
    for spot in one.spots[:6]:
        text = ground.sentences[spot.sentence].text
        at = fold(text).find(" ".join(one.words))
        if at > 0 and _INTRODUCED.search(text[:at]):
            return True
    return False


def speaks_of_self(words: Iterable[str], ground: Ground) -> bool:
    """Whether somebody of these words says "my name is" in a source without voices: its "I" is his."""
    known = {one for word in words for one in ground.entities_of.get(word, ())}
    return not ground.speakers and any(_introduced(one, ground) for one in known)


_HEAD = 3
"""Who speaks in a source without voices is named in its first sentences."""


@lru_cache(maxsize=8)
def _told_by_i(ground_sentences: tuple[str, ...]) -> bool:
    """Whether a source without voices is told by somebody who says "I"."""
    said = sum(bool(_OWN_I.search(text)) for text in ground_sentences)
    return said >= max(2, len(ground_sentences) // 25)


_OWN_I = re.compile(
    r"(?<![\w'’])(?:I|[Ii]ch|[Jj]e|[Yy]o|[Ee]u|[Mm]y|[Mm]ein|[Mm]on|[Mm]eu)(?![\w-])|(?<!\w)[Jj]['’](?=\w)"
)


def _headed(one: Entity, ground: Ground) -> bool:
    """Whether somebody is named above a source without voices, whose "I" may be his: "Anna Berg on eleven years"."""
    if ground.speakers or one.kind != "person" or not one.spots or one.spots[0].sentence >= _HEAD:
        return False
    return _told_by_i(tuple(said.text for said in ground.sentences))


def case_of(
    name: Name, sentence: str, start: int, label: str, ground: Ground, told: str = "", quotes: bool = False
) -> Case | None:
    """What there is to hold a name against, or None where there is nothing."""
    words, _, _ = bare([fold(word) for word in name.words], ground.language)
    mine = tuple(
        dict.fromkeys(one for word in words for one in ground.entities_of.get(word, ()) if same(one.words, words))
    )
    mine = mine or _unlisted(words, ground)
    if all(one.lent and len(one.words) == 1 for one in mine):
        return None
    voice = any(one.voice for one in mine)
    if voice and not ground.lowercase and all(_small(word, ground) for word in words):
        return None  # "User Interface", "Marketing": who sits in a meeting for it
    spoken = spoken_by({word for one in mine for word in one.words}, ground) if voice else ()
    if _ASKS.match(sentence, name.end - start) and any(ground.sentences[at].text.endswith("?") for at in spoken):
        return None  # "Damián Urreta preguntó ...": whoever asks questions there
    around = _around(name, sentence, start, label, ground)
    if sum(one.telling for one in around.pulls) + len(around.beside) < _FEW:
        # "Quem coordena é X": what it is about was said before.
        around = _around(name, sentence, start, f"{label} {told}".strip(), ground)
    if len(around.pulls) + len(around.label) + len(around.beside) < 2:
        return None
    said = {fold(word) for word in WORD.findall(f"{label} {sentence}")}
    said |= {one.words[0] for one in ground.entities if KANA.match(one.words[0]) and one.words[0] in label + sentence}
    kind = max(mine, key=lambda one: (len(one.spots), len(one.words))).kind
    ahead = before(sentence, name.start - start)
    if ahead in places_before() and any(one.kind != "person" for one in mine):
        mine = tuple(one for one in mine if one.kind != "person")  # "at Orlanda" is the house, not the family
        kind = max(mine, key=lambda one: (len(one.spots), len(one.words))).kind
    if not kind and ahead in places_before():
        kind = "place"
    homes_of = {spot.sentence for one in mine for spot in one.spots}
    early = bool(homes_of) and min(homes_of) < max(2, min(_EARLY, len(ground.sentences) // 8))
    if ground.told & set(words) or len(spoken) > _MAIN * len(ground.sentences):
        return None
    sure = any(one.kind == "person" and one.sure for one in mine)
    introduced = any(_introduced(one, ground) or _headed(one, ground) for one in mine)
    says = attributed(name, sentence, start)
    if says and not ground.speakers and any(_author(one, ground) for one in mine):
        return None
    standing = (
        math.log1p(max(0, len(homes_of) - 1)), float(early),
        float(introduced), float(voice),
        len(spoken) / max(1, len(ground.sentences)), float(bool(ground.told & set(words))),
        float(bool(re.search(r"[a-z][A-Z]|\b[A-Z]{2,}\b", " ".join(name.words)))),
        float(kind == "person"), float(kind == ""), float(kind == "thing"), float(early and not sure),
        float(bool((voice or early) and _OCCASION.search(sentence))), float(ground.language == "de"),
        float(bool(KANA.match(words[0]))), float(len(words) > 1), float(ground.lowercase), float(says),
        float(says and not voice), float(quotes), float(quotes and says), float(quotes and voice),
    )  # fmt: skip
    near = frozenset(
        index + by for index in homes(around, 8) for by in (-2, -1, 0, 1) if 0 <= index + by < len(ground.sentences)
    )
    where = ahead in places_before() or bool(_AT_THE.search(sentence[: name.start - start]))
    rivals = {
        one.words: one
        for index in sorted(near)
        for one in (*ground.entities_in.get(index, ()), *_voice_of(index, ground, says))
        if not said & set(one.words) and alike(kind, mine, one, ground) and not (where and one.kind == "person")
    }
    hang = frames(sentence, name.start - start, name.end - start, ground.language)
    if label.strip():
        terms = {term for term, _, _ in content(label, ground.language) if term}
        hang |= {("is", term) for term in terms} if not sentence[: name.start - start].strip(" \t–—-") else set()
    low, high = clause_at(sentence, name.start - start)
    here = _terms(sentence[low:high], words, ground)
    if len(here) < _FEW:
        low, high, here = 0, len(sentence), _terms(f"{label} {told} {sentence}", words, ground)
    figures = tuple(
        tuple(figure.place for figure in candidates(fact, ground))
        for fact in facts(sentence[low:high], ground.language)
    )
    at, to, its = name.start - start, name.end - start, frozenset(homes_of.union(spoken))

    def other(one: Entity) -> bool:
        return not said & set(one.words) and alike(kind, mine, one, ground)

    forms = (parallel(sentence, at, mine, its, other, ground), *called_so(sentence, at, to, mine, its, ground))
    case = Case(
        around, mine, (), near, ahead, ground, standing, hang, says, here, tuple(one for one in figures if one),
        early, introduced, tuple(map(float, forms)),
    )  # fmt: skip
    found = tuple(one for one in rivals.values() if rival_spots(one, case))
    return replace(case, rivals=found) if found else None


def _unlisted(words: tuple[str, ...], ground: Ground) -> tuple[Entity, ...]:
    """A name of a post that the source has, word for word, where nothing marks it as one: "signe holt"."""
    if not ground.lowercase or len(words) < 2 or KANA.match(words[0]) or all(len(word) < 4 for word in words):
        return ()
    rows = [ground.homes.get(stem(word, ground.language), ()) for word in words if len(word) > 3]
    spots = []
    for index in sorted(set(rows[0]).intersection(*rows[1:])) if rows else ():
        for start, end in spans(ground.sentences[index].text, words):
            if len(WORD.findall(ground.sentences[index].text[start:end])) >= len(words):
                offset = next(
                    (at for begin, at in places(ground.sentences[index].text, ground.language) if begin >= start), 0
                )
                spots.append(Spot(ground.sentences[index].place + offset, index))
    return (Entity(words, tuple(spots), "person", False, frozenset(), False),) if 0 < len(spots) < 20 else ()


def _small(word: str, ground: Ground) -> bool:
    """Whether a word is no name by itself: an office, a common word, one the source has with a small letter."""
    if office_word(word) or plain_stem(word) in ordinary():
        return True
    homes_of = ground.homes.get(stem(word, ground.language), ())[:20]
    return any(re.search(rf"\b{re.escape(word)}\b", ground.sentences[index].text) for index in homes_of)


def _terms(text: str, words: tuple[str, ...], ground: Ground) -> frozenset[str]:
    """What a text says beside a name."""
    own = {stem(word, ground.language) for word in words}
    found = {term for term, _, _ in content(text, ground.language) if term}
    return frozenset(term for term in found - own - ground.weak if ground.weight.get(term, 0.0) > 0)


def _voice_of(index: int, ground: Ground, says: bool) -> Iterable[Entity]:
    """Who says a sentence, where it speaks of itself."""
    speaker = ground.sentences[index].speaker
    if not speaker or not (says or has_i(index, ground)):
        return ()
    words = [fold(part) for part in WORD.findall(speaker)]
    return [
        one
        for word in words[-1:]
        for one in ground.entities_of.get(word, ())
        if one.voice and set(one.words) <= set(words)
    ]


def _around(name: Name, sentence: str, start: int, label: str, ground: Ground) -> Context:
    """What a sentence says beside a name: its words but the speakers', its figures."""
    figures = [
        (fact, tuple(figure.place for figure in candidates(fact, ground))) for fact in facts(sentence, ground.language)
    ]
    here = Fact(name.start - start, name.end - start, "number", 0.0, ())
    around = context(sentence, here, [], label, ground, beside=figures)
    voices = {stem(part, ground.language) for who in ground.speakers for part in WORD.findall(who)}
    return replace(around, pulls=tuple(one for one in around.pulls if one.term not in voices))


def alike(kind: str, mine: Iterable[Entity], rival: Entity, ground: Ground) -> bool:
    """Whether a name of the source may be one of the same kind."""
    sure = rival.sure and any(one.sure for one in mine)
    if kind != rival.kind and sure and "" not in (kind, rival.kind) and "thing" not in (kind, rival.kind):
        return False
    if ground.language == "de" and len(rival.words) < 2:
        return False  # every noun has a capital
    numbered = [any(re.search(r"\d", word) for word in one.words) for one in (*mine, rival)]
    if any(numbered) and not all(numbered):
        return False
    if KANA.match(rival.words[0]):
        return not any(rival.words[0] in one.words[0] or one.words[0] in rival.words[0] for one in mine)
    if any(word in tongue(ground.language).number for word in rival.words):
        return False  # "Eighty per cent"
    if any(_kin(one.words, rival.words) for one in mine):
        return False
    if len(rival.words) == 1 and not ground.lowercase and not rival.voice and _small(rival.words[0], ground):
        return False  # "Kelp is a good neighbour"
    if rival.kind == "person" and all(one.kind in ("house", "place") for one in mine):
        return False
    return all(len(word) > 2 for word in rival.words)


def _kin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names share a word, or one has the other's with an ending: "East" and "Eastern"."""
    return any(a == b or (min(len(a), len(b)) > 3 and (a.startswith(b) or b.startswith(a))) for a in one for b in other)


def before(text: str, offset: int) -> str:
    words = WORD.findall(text[max(0, offset - 25) : offset])
    return fold(words[-1]) if words and re.search(r"\w $", text[max(0, offset - 2) : offset]) else ""


def we(case: Case) -> bool:
    """Whether a name may be what "we" are: named at the beginning, and nobody."""
    first = min((one for one in case.mine if one.spots), key=lambda one: one.spots[0].place, default=None)
    return case.early and first is not None and not (first.kind == "person" and first.sure)


def somebody(case: Case) -> bool:
    """Whether a name is a person's, and so may have done what "I" did."""
    return any(one.kind == "person" and one.sure for one in case.mine) and not we(case)


def meant(case: Case) -> list[Spot]:
    """Where a source may mean a name without saying it: "she", "we" of a house, "I", "my mother"."""
    ground = case.ground
    found = [spot for spot in spots_she(case.mine, ground, strict=False) if spot.sentence in case.near]
    if we(case):
        found += spots_i(sorted(case.near), ground)
    elif not somebody(case):
        voices = voices_of(case.mine, ground)
        found += spots_i([at for at in sorted(case.near) if ground.sentences[at].speaker in voices], ground)
    elif not ground.speakers and case.introduced:
        found += spots_i(sorted(case.near), ground)
    return found + spots_called(case.mine, case.near, ground)


def rival_spots(one: Entity, case: Case) -> list[Spot]:
    ground = case.ground
    found = [spot for spot in one.spots if spot.sentence in case.near]
    if one.voice and somebody(case):
        said = [index for index in spoken_by(set(one.words), ground) if index in case.near]
        found += [Spot(ground.sentences[index].place, index) for index in said] if case.says else spots_i(said, ground)
    if one.kind == "person" and not KANA.match(one.words[0]):
        found += [spot for spot in spots_she((one,), ground, strict=True) if spot.sentence in case.near]
    return found


@lru_cache(maxsize=4096)
def voice_words(voice: str) -> frozenset[str]:
    """The words of a voice, folded."""
    return frozenset(fold(part) for part in WORD.findall(voice))


def spoken_by(words: set[str], ground: Ground) -> tuple[int, ...]:
    """The sentences that a voice of these words says."""
    voices = {who for who in ground.speakers if words & voice_words(who)}
    return tuple(index for index, said in enumerate(ground.sentences) if said.speaker in voices) if voices else ()
