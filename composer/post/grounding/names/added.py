"""Names of a post that its source has in small letters: the post tells what is a name there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from composer.evidence.words import lexicon
from composer.post.grounding.names.entities import Entity, bare, calendar, entities, office_word, ordinary
from composer.post.grounding.names.mentions import places, spans
from composer.post.grounding.names.names import names
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.lines import Part
from composer.post.grounding.source.terms import WORD, fold, plain_stem, stem

_OFTEN = 40
"""A word in more sentences than these is no name that somebody could be taken for."""


def with_names(pieces: Sequence[Part], ground: Ground) -> Ground:
    """A source without capitals, with the names of a post among its own wherever it has them."""
    if not ground.lowercase:
        return ground
    runs: dict[tuple[int, int], tuple[tuple[str, ...], int, int, int, int]] = {}
    for words in sorted(set(_called(pieces, ground)), key=lambda one: (-len(one), one)):
        for index, start, end in _stands(words, ground):
            if not any(at == index and run[3] < end and start < run[4] for (at, _), run in runs.items()):
                said = ground.sentences[index]
                place = next((at for begin, at in places(said.text, ground.language) if begin >= start), 0)
                runs[index, start] = (words, index, said.place + place, start, end)
    if not runs:
        return ground
    fresh = [run for _, run in sorted(runs.items())]
    texts, starts = [said.text for said in ground.sentences], [said.place for said in ground.sentences]
    known = {one.words for one in ground.entities}
    added = entities(fresh, texts, starts, frozenset(), ground.language)
    found = [replace(one, lent=True) for one in added if one.words not in known]
    if not found:
        return ground
    by_word = {word: list(rows) for word, rows in ground.entities_of.items()}
    by_sentence = {index: list(rows) for index, rows in ground.entities_in.items()}
    for one in found:
        for word in dict.fromkeys(one.words):
            by_word.setdefault(word, []).append(one)
        for index in dict.fromkeys(spot.sentence for spot in one.spots):
            by_sentence.setdefault(index, []).append(one)
    every = (*ground.entities, *found)
    return replace(ground, entities=_sorted(every), entities_of=by_word, entities_in=by_sentence)


def _sorted(every: Sequence[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(every, key=lambda one: (one.spots[0].place if one.spots else -1, one.words)))


def _called(pieces: Sequence[Part], ground: Ground) -> Iterator[tuple[str, ...]]:
    """The names of a post by their words, folded, without titles and offices; no word of the language by itself."""
    stop = lexicon(ground.language).stop
    for part in pieces:
        if part.title_case:
            continue
        for name in names(part.text, ground.language, firsts=ground.firsts, called=ground.entities_of):
            words, _, _ = bare([fold(word) for word in name.words], ground.language)
            if len(words) > 4 or any(re.search(r"\d", word) for word in words):
                continue
            if len(words) > 1 or (len(words[0]) > 3 and words[0] not in stop | calendar() and not _word(words[0])):
                yield words


def _word(low: str) -> bool:
    return bool(office_word(low)) or plain_stem(low) in ordinary()


def _stands(words: tuple[str, ...], ground: Ground) -> Iterator[tuple[int, int, int]]:
    """(sentence, start, end) of where a source has all words of a name in a row."""
    homes = [ground.homes.get(stem(word, ground.language), ()) for word in words if len(word) > 2]
    there = sorted(set(homes[0]).intersection(*homes[1:])) if homes else []
    for index in there if len(there) <= _OFTEN else ():
        text = ground.sentences[index].text
        for start, end in spans(text, words):
            if tuple(re.sub(r"'s$", "", fold(word)) for word in WORD.findall(text[start:end])) == words:
                yield index, start, end
