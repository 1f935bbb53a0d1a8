"""Where a source speaks of somebody: by name, as "I", as "she" or "he"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from composer.post.grounding.names.entities import Entity, Spot
from composer.post.grounding.names.relations import Frame, frames
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import KANA, WORD, content, fold

_SHE = re.compile(
    r"(?<![\w'’])(?:[Ss]he|[Hh]e|[Hh]er|[Hh]is|[Ww]ho|[Ee]r|[Ee]lle|[Ii]l|[Éé]l|[Ee]lla|[Ee]le|[Ee]la)(?![\w])"
)
_I = re.compile(
    r"(?<![\w'’])(?:I|[Ii]ch|[Jj]e|[Yy]o|[Ee]u|i|[Mm]y|[Ww]e|[Oo]ur|[Ww]ir|[Nn]ous)(?![\w-])|(?<!\w)[Jj]['’](?=\w)"
)


@lru_cache(maxsize=16384)
def spans(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where a text has words of a name, those in a row as one."""
    low = fold(text)
    if len(low) != len(text):
        low = text.lower()
    found: list[tuple[int, int]] = []
    if KANA.match(words[0]):
        return tuple((one.start(), one.end()) for one in re.finditer(re.escape(words[0]), low))
    for match in WORD.finditer(low):
        word = re.sub(r"'s$", "", match.group())
        if word in words and len(word) > 2:
            if found and text[found[-1][1] : match.start()].strip(" ") == "":
                found[-1] = (found[-1][0], match.end())
            else:
                found.append((match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=8192)
def places(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """(offset, place) of the words of a sentence."""
    return tuple((offset, place) for _, offset, place in content(text, language))


def frames_of(one: Entity, index: int, ground: Ground) -> frozenset[Frame]:
    """What a name is to the words of a sentence that has it."""
    text = ground.sentences[index].text
    return frozenset().union(*(frames(text, a, b, ground.language) for a, b in spans(text, one.words)))


def meant(index: int, ground: Ground, pattern: re.Pattern[str]) -> frozenset[Frame]:
    text = ground.sentences[index].text
    return frozenset().union(*(frames(text, m.start(), m.end(), ground.language) for m in pattern.finditer(text)))


def frames_i(index: int, ground: Ground) -> frozenset[Frame]:
    """What the voice of a sentence is to its words: "I wanted to halve it"."""
    return meant(index, ground, _I)


def frames_she(index: int, ground: Ground) -> frozenset[Frame]:
    """What "she" or "he" is to the words of a sentence."""
    return meant(index, ground, _SHE)


def has_i(index: int, ground: Ground) -> bool:
    """Whether the voice of a sentence speaks of itself in it."""
    return bool(_I.search(ground.sentences[index].text))


@lru_cache(maxsize=16384)
def _within(text: str, language: str, pattern: re.Pattern[str]) -> tuple[int, ...]:
    """The places, counted from the first word of a sentence, where a pattern is met."""
    found = places(text, language)
    offsets = [offset for offset, _ in found]
    last = len(found) - 1
    return tuple(
        found[min(bisect_left(offsets, match.start()), last)][1] if found else 0 for match in pattern.finditer(text)
    )


def _spots(index: int, ground: Ground, pattern: re.Pattern[str]) -> list[Spot]:
    said = ground.sentences[index]
    return [Spot(said.place + at, index) for at in _within(said.text, ground.language, pattern)]


def spots_i(indexes: Iterable[int], ground: Ground) -> list[Spot]:
    """The places of "I" in sentences."""
    return [spot for index in indexes for spot in _spots(index, ground, _I)]


def spots_she(who: Sequence[Entity], ground: Ground, *, strict: bool) -> list[Spot]:
    """The places of a "she" or "he" that may mean somebody: named in it or in the two sentences before. `strict` that
    nobody else was named since."""
    out: list[Spot] = []
    mine = {word for one in who for word in one.words}
    for start in sorted({spot.sentence for one in who for spot in one.spots})[:40]:
        for index in range(start, min(len(ground.sentences), start + (3 if strict else 6))):
            if ground.sentences[index].speaker != ground.sentences[start].speaker:
                break
            others = [
                one for one in ground.entities_in.get(index, ()) if one.kind == "person" and not mine & set(one.words)
            ]
            if others and strict:
                break
            out += _spots(index, ground, _SHE)
    return list(dict.fromkeys(out))


_HE = (
    r"(?:I|i|he|she|He|She|we|they|it|You|you|ich|er|sie|wir|je|il|elle|nous|ils|on|yo|él|ella|eu|ele|ela|"
    r"there|that|this|his|her|my|our|their)"
)
# Where somebody else may begin to be spoken of.
_CUT = re.compile(
    r"[.;!?:…]\s+|\s[–—-]\s|[。；！？]|"
    r",?\s(?:and|but|while|whereas|because|so|then|when|und|aber|während|weil|et|mais|y|pero|mientras|e|mas|porque)\s+"
    rf"(?={_HE}(?:['’]\w+)?\s)|,\s+(?={_HE}(?:['’]\w+)?\s)|"
    r",\s(?=but |whereas |while |aber |mais |pero |mas )|[，、](?=[^，、]{6,})"
)
_LOOSE = re.compile(rf"\s(?={_HE}(?:['’]\w+)?\s)|\s(?=(?:but|because|so|then)\s)")


_LISTED = re.compile(r",\s+(?:and |und |et |y |e )?(?=(?:[A-ZÀ-Þ][\w’'.-]+ ){1,3}[A-ZÀ-Þ(])")


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[int, ...]:
    """The offsets where the clauses of a text begin, and its end."""
    cuts = [0, *(match.end() for match in _CUT.finditer(text))]
    if not re.search(r"[.,;!?]", text):
        cuts += [match.end() for match in _LOOSE.finditer(text)]
    if len(_LISTED.findall(text)) > 2:  # "With me are Anna Berg, our treasurer, Ole Ness, ..."
        cuts += [match.end() for match in _LISTED.finditer(text)]
    return (*sorted(set(cuts)), len(text))


def clause_at(text: str, offset: int) -> tuple[int, int]:
    """The clause of a text that holds an offset."""
    cuts = clauses(text)
    at = max(0, min(bisect_right(cuts, offset) - 1, len(cuts) - 2))
    return cuts[at], cuts[at + 1]


def reach(spot: Spot, ground: Ground) -> tuple[int, int]:
    """The first and last place of the clause of the source that a spot is in."""
    said = ground.sentences[spot.sentence]
    found = places(said.text, ground.language)
    own = next((offset for offset, place in found if said.place + place >= spot.place), 0)
    low, high = clause_at(said.text, own)
    inside = [said.place + place for offset, place in found if low <= offset < high]
    return (inside[0], inside[-1]) if inside else (spot.place, spot.place)


def voices_of(who: Sequence[Entity], ground: Ground) -> frozenset[str]:
    """The voices that a source has beside a house: "I'm Anna Berg from Kestrel", "Anna, who is at Kestrel"."""
    found: set[str] = set()
    for index in sorted({spot.sentence for one in who for spot in one.spots})[:12]:
        said = ground.sentences[index]
        words = {fold(word) for word in WORD.findall(said.text)}
        for voice in sorted(ground.speakers):
            called = [fold(part) for part in WORD.findall(voice)]
            if called and (words & set(called) or (voice == said.speaker and _PRESENT.search(said.text))):
                found.add(voice)
    return frozenset(found)


_PRESENT = re.compile(
    r"(?i)\b(?:i['’]?m|i am|my name|i (?:run|lead|work|founded|started|own|direct|head)|we['’]re|we are|our|ich bin|"
    r"ich leite|wir|je suis|nous|soy|somos|sou)\b"
)


def spots_called(who: Sequence[Entity], near: frozenset[int], ground: Ground) -> list[Spot]:
    """The places of what somebody is called beside the name: "my mother", where the source has "our mother, Anna"."""
    terms: set[str] = set()
    for one in who:
        if one.kind == "person" and not KANA.match(one.words[0]):
            for index in sorted({spot.sentence for spot in one.spots})[:12]:
                terms |= {term for slot, term in frames_of(one, index, ground) if slot == "is"}
    found = []
    for term in sorted(terms):
        homes = ground.homes.get(term, ())
        if 1 < len(homes) <= 8 and ground.weight.get(term, 0.0) > 1:
            for index in homes:
                if index in near:
                    low = ground.sentences[index].place
                    high = ground.sentences[index + 1].place if index + 1 < len(ground.sentences) else low + 400
                    found += [Spot(at, index) for at in ground.places[term] if low <= at < high]
    return found
