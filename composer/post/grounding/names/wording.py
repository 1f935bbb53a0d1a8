"""What a source says of somebody in the words of a post, but for a name: "a founder of Clerkwell", "the lawyer"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from composer.evidence.words import lexicon
from composer.post.grounding.names.entities import Entity, bare, office_word
from composer.post.grounding.names.mentions import spans
from composer.post.grounding.names.names import Name
from composer.post.grounding.names.offices import same
from composer.post.grounding.names.relations import content_stem
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import KANA, WORD, fold, stem

_REACH = 90
"""So far behind a name, in characters, what is said of it in one breath may name another."""
_ENDS = re.compile(r"[.!?;:]\s|[.!?;:]$|[()\"“”«»]")


def _of(name: Name, ground: Ground) -> list[Entity]:
    words, _, _ = bare([fold(word) for word in name.words], ground.language)
    return [one for word in words for one in ground.entities_of.get(word, ()) if same(one.words, words)]


def _last(between: str, language: str) -> tuple[str, int]:
    """The last telling word of what stands between two names, and how many there are."""
    if _ENDS.search(between):
        return "", 0
    words = [word for word in WORD.findall(between) if language == "de" or not word[0].isupper()]
    found = [term for word in words if (term := content_stem(word, language))]
    return (found[-1], len(found)) if found else ("", 0)


def beside(one: Name, two: Name, sentence: str, start: int, ground: Ground) -> str:
    """Why the second of two names of a sentence is not the one that the source has there, or "".

    "Petra Lund, whose firm Algor": the source has Petra Lund, whose firm Tide.
    """
    between = sentence[one.end - start : two.start - start]
    if not 0 < len(between) <= _REACH:
        return ""
    head, count = _last(between, ground.language)
    mine, theirs = _of(one, ground), _of(two, ground)
    if all(each.lent and len(each.words) == 1 for each in theirs):
        return ""
    if not head or count > 4 or not mine or KANA.match(mine[0].words[0]) or _somebody(between, ground):
        return ""
    own = {word for each in theirs for word in each.words}
    instead = ""
    for index in sorted({spot.sentence for each in mine for spot in each.spots}):
        text = ground.sentences[index].text
        if index + 1 < len(ground.sentences) and not re.search(r"[.!?]\W*$", text):
            text = f"{text} {ground.sentences[index + 1].text}"
        for each in mine:
            for _, end in spans(text, each.words):
                if own & {fold(word) for word in WORD.findall(text[end : end + _REACH])}:
                    return ""
                instead = instead or _next(text, end, head, [*mine, *theirs], index, ground)
    if not instead:
        return ""
    return f"The source has {' '.join(one.words)} with {instead} here, not with {' '.join(two.words)}."


def _somebody(text: str, ground: Ground) -> bool:
    """Whether a text names a person: what follows may be theirs."""
    capitals = [fold(word) for word in WORD.findall(text) if word[0].isupper()]
    return any(one.kind == "person" for word in capitals for one in ground.entities_of.get(word, ()))


def _next(text: str, end: int, head: str, theirs: Sequence[Entity], index: int, ground: Ground) -> str:
    """The name that follows the word `head` behind a name of the source, where it is of the kind of `theirs`."""
    near = [*ground.entities_in.get(index, ()), *ground.entities_in.get(index + 1, ())]
    found = sorted(
        (begin, -len(one.words), nth, stop) for nth, one in enumerate(near) for begin, stop in spans(text, one.words)
        if end < begin <= end + _REACH
    )  # fmt: skip
    for begin, _, nth, stop in found:
        if _somebody(text[end:begin], ground):
            return ""
        if _last(text[end:begin], ground.language)[0] == head:
            found_so = text[begin:stop].title() if ground.lowercase else text[begin:stop]
            letters = "".join(word[0] for word in WORD.findall(found_so) if word[0].isupper()).lower()
            person = near[nth].kind == "person" and near[nth].sure
            fits = person == any(one.kind == "person" and one.sure for one in theirs[-1:])
            fits = fits and all(not set(one.words) & set(near[nth].words) for one in theirs)
            return found_so if fits and all(letters not in one.words for one in theirs) else ""
    return ""


_DET = (
    r"(?i:(?:the|our|my|an?|her|his|their|its|der|die|das|dem|den|unsere?r?|meine?|eine?|seine?|ihre?|le|la|un|une|notre|"
    r"mon|ma|el|nuestr[oa]|mi|su|o|um|uma|noss[oa]|meu|minha) |l['’])"
)
_IS = (
    r"(?i:,? (?:who|which|qui|que|quien|die|der|he|she|il|elle)(?:['’]s| is| was| est| était| es| era| é| ist| war)|"
    r",? (?:is|was|ist|war|est|était|es|era|é|foi)|,)"
)
_WHO_IS = r",? (?:who(?:['’]s| is| was)|qui (?:est|était)|que (?:es|era|é)|quien es|der|die)"
_WORD = r"[^\W\d_][\w’'-]*"
_LOW = r"[a-zà-ÿ][\w’'-]*"
_THEN = (
    r"(?=[,.;:)!?–—]|$| (?:of|at|from|in|who|for|with|and|to|behind|on|von|vom|der|bei|aus|im|de|du|des|del|da|do|"
    r"\w+ing)\b)"
)


@lru_cache(maxsize=16384)
def called(text: str, start: int, end: int, language: str) -> frozenset[str]:
    """What a text calls the name at `start` to `end`, as stems: "our physio, X", "X, who is the lawyer working on"."""
    low = _WORD if language == "de" else _LOW
    ahead, behind = text[max(0, start - 80) : start], text[end : end + 120]
    found = [
        re.search(rf"(?:^|[\s(])(?:{_DET})((?:{_WORD} ){{0,3}}?{low}),? $", ahead),
        re.search(
            rf"(?:^|[\s(]){_DET}({low}) (?:of|de|du|des|del|da|do|für|von) (?:{_WORD} ){{0,2}}?{_WORD},? $", ahead
        ),
        re.match(rf"{_IS} ?{_DET}((?:{_WORD} ){{0,4}}?{low}){_THEN}", behind),
        re.match(rf"{_WHO_IS} ((?:{_WORD} ){{0,4}}?{_WORD}){_THEN}", behind),
    ]
    words = [match[1].split()[-1] for match in found if match]
    title = re.search(rf"(?:^|[.!?:•▪–-] )((?:{_WORD} ){{0,3}}{_WORD}) $", ahead)
    if title and office_word(title[1].split()[-1]):
        words.append(title[1].split()[-1])
    stop = lexicon(language).stop
    return frozenset(stem(fold(word), language) for word in words if len(word) > 3 and fold(word) not in stop)


def otherwise(name: Name, sentence: str, start: int, ground: Ground) -> str:
    """Why a name is not the one that is called so, or "": the source calls another one so, and this one otherwise."""
    given = called(sentence, name.start - start, name.end - start, ground.language)
    mine = _of(name, ground) if given else []
    if not mine or len(name.words) > 4 or KANA.match(mine[0].words[0]):
        return ""
    words = {word for one in mine for word in one.words}
    own = frozenset().union(*(_calls(one, ground) for one in mine))
    if not own or own & given:
        return ""
    for word in sorted(given):
        there = set(ground.homes.get(word, ()))
        if not there or len(there) > 3:
            continue
        for index in sorted(there):
            for one in ground.entities_in.get(index, ()):
                if one.kind != "person" or len(one.words) < 2 or words & set(one.words):
                    continue
                if word in _calls(one, ground):
                    if any(word in called(sentence, a, b, ground.language) for a, b in spans(sentence, one.words)):
                        continue
                    who = " ".join(part.capitalize() for part in one.words)
                    return f"In the source {who} is this, not {' '.join(name.words)}."
    return ""


def _calls(one: Entity, ground: Ground) -> frozenset[str]:
    found: set[str] = set()
    for index in sorted({spot.sentence for spot in one.spots})[:20]:
        text = ground.sentences[index].text
        for start, end in spans(text, one.words):
            found |= called(text, start, end, ground.language)
    return frozenset(found)
