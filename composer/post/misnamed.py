"""Names that the source has, but says something else of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from composer.post.binding import Context, context, hits, homes, score
from composer.post.fact import Fact
from composer.post.ground import Called, Ground
from composer.post.lookup import candidates
from composer.post.names import Name
from composer.post.numbers import facts
from composer.post.terms import WORD, fold, stem

_MARGIN = 2.5
"""Log odds by which another name must go better with a post's words than the one it has."""
# Who says so of himself may be named anywhere.
_INTRODUCED = re.compile(
    r"(?i)\b(?:my name is|i am|i'm|i’m|this is|with me (?:is|are)|our guest (?:today )?is|my guest|welcome,?|ich bin|"
    r"mein name ist|ich heiße|je m['’]appelle|je suis|me llamo|mi nombre es|soy|chamo-me|meu nome é|eu sou|sou)\W+"
    r"(?:\w+\W+){0,4}$"
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place of the source and its sentence."""

    place: int
    sentence: int


def misnamed(
    name: Name, others: Sequence[Name], sentence: str, start: int, label: str, ground: Ground
) -> str:  # fmt: skip
    """Why a name of a sentence is not the one the source has there, or "". `start` is the sentence's offset.

    "The Elba line" where the source speaks of the Oder line, and of the Elba elsewhere. Voices are left alone, and who
    tells a name of himself: they may say anything anywhere.
    """
    words = {fold(word) for word in name.words}
    if other := _of_office(name, words, sentence, start, ground):
        return other
    if _voice(words, ground) or ground.told & words:
        return ""
    called = [one for word in sorted(words) for one in ground.called_by.get(word, ())]
    if any(_introduced(one, ground) for one in called):
        return ""
    spots = [_Spot(one.place, one.sentence) for one in called]
    if not spots:
        return ""
    figures = [
        (fact, tuple(figure.place for figure in candidates(fact, ground))) for fact in facts(sentence, ground.language)
    ]
    here = Fact(name.start - start, name.end - start, "number", 0.0, ())
    around = context(sentence, here, [], label, ground, beside=figures)
    voices = {stem(part, ground.language) for who in ground.speakers for part in who.split()}
    around = replace(around, pulls=tuple(one for one in around.pulls if one.term not in voices))
    if len(around.pulls) + len(around.label) < 2:
        return ""
    said = {fold(word) for other in others for word in other.words} | {fold(word) for word in label.split()}
    close = sorted({index + by for index in homes(around, 6) for by in (-1, 0, 1)})
    rivals = [
        one
        for index in close
        for one in ground.called_in.get(index, ())
        if not said & set(one.words) and not _voice(set(one.words), ground) and _alike(name, one, ground)
    ]
    if not rivals:
        return ""
    if len(spots) > 2 * len(words) or min(spot.sentence for spot in spots) < 2:
        return ""  # what the source opens with, or speaks of throughout, may stand anywhere
    own = max(max(_score(around, spot, ground) for spot in spots), 0.0)
    here_too = {spot.sentence + by for spot in spots for by in range(-1, 5)}
    apart = [one for one in rivals if one.sentence not in here_too]
    known = sum(one.telling for one in around.pulls) + around.unknown
    apart = [one for one in apart if hits(around, one.place) >= max(2, 0.5 * known)]
    best = max((_score(around, _Spot(one.place, one.sentence), ground) for one in apart), default=0.0)
    if best - own > _MARGIN:
        return f"The source has {' '.join(name.words)} for something else, not for this."
    return ""


_OFFICE = re.compile(r"^(?P<a>[^,(]+)(?:, | \()(?P<b>[^)]+)\)?$")


def _of_office(name: Name, words: set[str], sentence: str, start: int, ground: Ground) -> str:
    """ "The treasurer, Hilario Bonet", where a label of the source has "Treasurer, Vicente Ibarrola"; or ""."""
    labels = [found for who in sorted(ground.speakers) if (found := _OFFICE.match(who))]
    if not labels or len(words) < 2:
        return ""
    ahead = [fold(word) for word in WORD.findall(sentence[: name.start - start])][-3:]
    behind = [fold(word) for word in WORD.findall(sentence[name.end - start :])][:3]
    for label in labels:
        parts = [[fold(word) for word in WORD.findall(label[key])] for key in ("a", "b")]
        office, holder = sorted(parts, key=len)[0], sorted(parts, key=len)[1]
        if len(office) == 1 and office[0] in (*ahead, *behind) and not words & set(holder):
            shared = [other for other in labels if office[0] in fold(other[0])]
            if len(shared) == 1:
                return f"In the source {label[0]} is named, not {' '.join(name.words)}."
    return ""


def _score(around: Context, spot: _Spot, ground: Ground) -> float:
    kin = [one.place for one in ground.called_in.get(spot.sentence, ())]
    return score(around, spot, kin if spot.place in kin else [*kin, spot.place])


def _alike(name: Name, rival: Called, ground: Ground) -> bool:
    """Whether a capitalised run of the source may be a name of the same kind."""
    if any(re.search(r"\d", word) for word in rival.words) != any(re.search(r"\d", word) for word in name.words):
        return False
    if ground.language == "de" and len(rival.words) < 2:
        return False  # every noun has a capital
    return all(len(word) > 2 for word in rival.words)


def _introduced(one: Called, ground: Ground) -> bool:
    text = ground.sentences[one.sentence].text
    at = fold(text).find(one.words[0])
    return at >= 0 and bool(_INTRODUCED.search(text[:at]))


def _voice(words: set[str], ground: Ground) -> bool:
    return any(words & {fold(part) for part in who.split()} for who in ground.speakers)
