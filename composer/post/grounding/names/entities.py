"""Who and what a source names: people, places, houses, with the offices that its words give them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from composer.evidence.words import lexicon
from composer.paths import resource
from composer.post.grounding.source.terms import KANA, WORD, fold, plain_stem, stem


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the source and its sentence."""

    place: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody is: the word for it, and what says it nearer, as stems. "Our head of sales": head, {sale}."""

    word: str
    nearer: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entity:
    """A name of the source by its words, folded, without titles. `kind` is person, place, house, thing or "";
    `sure` is False where only two words in a row make a person, `lent` says that only a post has it for a name."""

    words: tuple[str, ...]
    spots: tuple[Spot, ...]
    kind: str
    voice: bool
    offices: frozenset[Office]
    sure: bool = True
    lent: bool = False


@cache
def _list(name: str) -> frozenset[str]:
    table = tomllib.loads(resource("names.toml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for word in table[name].split())


@cache
def ordinary() -> frozenset[str]:
    """The stems of English words that are no names; of some it may be one as well."""
    table = tomllib.loads(resource("ordinary.toml").read_text(encoding="utf-8"))
    return frozenset(plain_stem(word) for word in table["en"].split())


@cache
def opening() -> frozenset[str]:
    """The stems of `ordinary`, and of more words that are no name where only a sentence gives them a capital."""
    table = tomllib.loads(resource("ordinary.toml").read_text(encoding="utf-8"))
    return ordinary() | frozenset(plain_stem(word) for word in table["opening"].split())


def head_noun(words: Sequence[str]) -> str:
    """The word of a name by which it is meant on: "the bridge", "the fund"; or ""."""
    last = words[-1] if words else ""
    return last if len(words) > 1 and last in _list("grounds") | _list("houses") else ""


def titles() -> frozenset[str]:
    """What stands before the name of a person: "mr", "dr"."""
    return _list("titles")


def calendar() -> frozenset[str]:
    """Days and months."""
    return _list("calendar")


def places_before() -> frozenset[str]:
    """The small words that stand right before the name of a place."""
    return _list("where")


_RUN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:[ ](?:(?:de|da|van|von|of|der|la|le|&)[ ])?[A-ZÀ-ÖØ-Þ][\w’'&-]*)*")
# Right after a person's name.
_PERSON = re.compile(
    r"(?:['’]s)?,? (?:\d\d,|who\b|whose\b|says?\b|said\b|told\b|wrote\b|thinks?\b|asked\b|laughed\b|answered\b|"
    r"replied\b|qui\b|quien\b|dijo\b|dice\b|dit\b|disse\b|diz\b|sagt\b|sagte\b|meint\b|meinte\b)"
)


def bare(words: Sequence[str], language: str) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    """A capitalised run without what opens it: small words, titles, offices. Also whether a title was there, and the
    offices: "Caretaker Canice Moloney"."""
    stop, left, titled = lexicon(language).stop, list(words), False
    offices: list[str] = []
    while len(left) > 1:
        first = left[0].rstrip(".")
        if first in _list("titles"):
            titled = True
        elif office_word(first) and not any(word in _list("grounds") | _list("houses") for word in left[1:]):
            offices.append(first)  # but not the Weaver Bridge
        elif first not in stop and first not in ("near", "hello", "leaving", "dear"):
            break
        left.pop(0)
    return tuple(left), titled, tuple(offices)


def office_word(word: str) -> str:
    """The stem of a word for an office, or ""."""
    low = fold(word)
    known = _list("offices")
    for option in (low, low.removesuffix("s"), low.removesuffix("in"), low.removesuffix("innen")):
        if option in known:
            return plain_stem(option)
    return ""


@cache
def german_offices() -> tuple[str, ...]:
    """The words for offices that may end a longer one: "Bibliotheksleiterin", "Kreisbrandmeister"."""
    table = tomllib.loads(resource("names.toml").read_text(encoding="utf-8"))
    known = table["offices"].split()
    found = {one for one in known if len(one) > 4 and one[-1] != "e"}
    return tuple(sorted(found | {f"{one}in" for one in found if one.endswith("er")}))


_OF = r"(?:of|for|at|in|from|de|du|des|der|von|vom|da|do|del|für)"
_BEFORE = re.compile(rf"(?P<a>(?:[\w’'-]+ ){{1,4}}){_OF} (?P<b>(?:the |la |der |die |das |le )?[\w-]+(?: [\w-]+)?),? $")
_AFTER = re.compile(
    r"(?:,|,? (?:who |which |he |she |er |sie |elle |il |que |qui |quien |die |der )?"
    r"(?:['’]s|is|was|ist|war|est|était|es|era|é|foi)|\s?\(|"
    r",? (?:he|she)['’]s)\s?(?:now |then |also |a |als )?"
    r"(?P<a>(?:[\w’'-]+ ){0,4}?[\w’'-]+)(?P<b> " + _OF + r" (?:the |la |der |die |das |le )?[\w-]+)?(?=[,.;:)!?]| |$)"
)


_GOES_ON = re.compile(rf" (?!{_OF}\b|(?:and|who|und|et|y|e|with|on|since|bei|mit)\b)[a-zà-ÿ]")


def offices_at(text: str, start: int, end: int, language: str) -> frozenset[Office]:
    """What a text says that the name at `start` to `end` is: "our head of sales, X", "X, the mayor", "X is mayor"."""
    found: set[Office] = set()
    ahead = text[max(0, start - 80) : start]
    close = re.search(r"(?:[\w’'-]+[ ]){0,3}[\w’'-]+(?:,|:| (?:is|was|ist|est|es|era|é|namens|named|called))? $", ahead)
    theirs = close and re.search(r"\w (?:of the|da|do|de la|del|du|der|des)(?: \w+){1,2}, $", close[0])
    if close and not theirs and not (close[0].endswith(": ") and len(WORD.findall(text[:start])) > 4):
        # "Founder: X", but not "The risk, explained by a founder: X takes it all", nor "the wife of the mayor, X".
        found |= set(_office(WORD.findall(close[0]), "", language))
    if of := _BEFORE.search(ahead):
        found |= set(_office(WORD.findall(of["a"]), of["b"], language))
    behind = text[end : end + 90]
    if after := _AFTER.match(behind):
        # The shortest run that ends on an office.
        words = WORD.findall(behind[: after.end()])
        words = WORD.findall(re.split(r"[,.;:)!?]", behind[after.start("a") :], maxsplit=1)[0])[:6]
        for at, word in enumerate(words):
            if fold(word) in lexicon(language).stop - _list("articles") - {"she's", "he's"}:
                break  # "X, and our finance chief, Y"
            if office_word(word) and not (at + 1 < len(words) and office_word(words[at + 1])):
                if behind.startswith(",") and _GOES_ON.match(behind, behind.find(word) + len(word)):
                    break  # "asked about Mexico, the finance chief said"
                of_ = re.match(
                    rf"\W*{_OF} (?:the |la |der |die |das |le )?([\w-]+)", behind[behind.find(word) + len(word) :]
                )
                found |= set(_office(words[: at + 1], of_[1] if of_ else "", language))
                break
    return frozenset(found)


def _office(words: Sequence[str], of: str, language: str) -> Iterator[Office]:
    """The office that words end on."""
    low = [fold(word) for word in words]
    if low and low[-1] in ("is", "was", "ist", "est", "es", "era", "namens", "named", "called"):
        low.pop()
    if not low or not (word := office_word(low[-1])):
        return
    if short := _short(low):
        yield Office(short)
        return
    nearer: set[str] = set()
    stop = lexicon(language).stop
    for other in reversed(low[:-1]):
        if other in _list("articles") or other in stop or len(nearer) > 1:
            break
        nearer.update(stem(part, language) for part in other.split("-"))
    nearer |= {stem(fold(other), language) for other in WORD.findall(of) if fold(other) not in _list("articles")}
    yield Office(word, frozenset(nearer))


_CHIEF = {"executive": "e", "financial": "f", "finance": "f", "technology": "t", "technical": "t", "operating": "o"}


def _short(low: Sequence[str]) -> str:
    """An office of a house by its letters, as a stem: "chief financial officer", "finance chief", "CFO"."""
    if re.fullmatch("c[eftom]o", low[-1]):
        return low[-1]
    for run in (low[-3:], low[-2:]):
        one = [_CHIEF[word] for word in run if word in _CHIEF]
        if "chief" in run and len(one) == 1 and len(set(run) - {"officer"}) == 2:
            return f"c{one[0]}o"
    return ""


def entities(
    called: Iterable[tuple[tuple[str, ...], int, int, int, int]], sentences: Sequence[str], places: Sequence[int],
    speakers: frozenset[str], language: str,
) -> tuple[Entity, ...]:  # fmt: skip
    """The names of a source by what they are. `called` are (words, sentence, place, offset, end) of its runs of
    capitalised words, `places` those of the sentences. An `end` of 0 is looked for."""
    spots: dict[tuple[str, ...], list[Spot]] = {}
    votes: dict[tuple[str, ...], Counter[str]] = {}
    offices: dict[tuple[str, ...], set[Office]] = {}
    stop, calendar = lexicon(language).stop, _list("calendar")
    for run, sentence, place, offset, end in called:
        words, titled, own = bare(run, language)
        few = len(words[0]) < 3 and not KANA.match(words[0])
        if len(words) == 1 and (words[0] in stop or few or words[0] in calendar):
            continue
        text = sentences[sentence]
        spots.setdefault(words, []).append(Spot(place, sentence))
        vote = votes.setdefault(words, Counter())
        match = None if end else _RUN.match(text, offset)
        end = end or (match.end() if match else offset)
        if KANA.match(words[0]):
            vote["person"] += 3
            continue
        _vote(vote, words, text, offset, end, titled)
        known = offices.setdefault(words, set())
        known.update(Office(office_word(word)) for word in own)
        given = offices_at(text, offset, end, language)
        known |= given
        if own or (given and len(words) > 1):
            vote["person"] += 1
    for speaker in sorted(speakers):
        words, known_as = _of_label(speaker, language)
        if words:
            spots.setdefault(words, [])
            votes.setdefault(words, Counter())["person"] += 9
            offices.setdefault(words, set()).update(known_as)
    _opened(spots, sentences, places)
    return _settled(spots, votes, offices, speakers, language)


def _opened(spots: dict[tuple[str, ...], list[Spot]], sentences: Sequence[str], places: Sequence[int]) -> None:
    """Also the names that a sentence begins with, where they stand elsewhere: "Pavol becomes its maintainer"."""
    known = {word for words in spots for word in words if len(word) > 2}
    for index, text in enumerate(sentences):
        for match in _OPENING.finditer(text):
            if (word := fold(match[1]).removesuffix("'s")) in known:
                spots.setdefault((word,), []).append(Spot(places[index], index))


_OPENING = re.compile(r"(?:^\W*|[.!?:…]\W+)([A-ZÀ-ÖØ-Þ][\w’'-]+)(?! [A-ZÀ-ÖØ-Þ])")


_OF_A_HOUSE = frozenset("of from at for de du von vom bei do da chez".split())  # noqa: SIM905


def _vote(vote: Counter[str], words: tuple[str, ...], text: str, start: int, end: int, titled: bool) -> None:
    before = [fold(word) for word in WORD.findall(text[max(0, start - 30) : start])][-1:]
    last = before[0] if before else ""
    joined = bool(re.search(r"\w $", text[max(0, start - 2) : start]))
    if titled or (joined and last.rstrip(".") in _list("titles")):
        vote["person"] += 3
    if joined and last in _list("where"):
        vote["place"] += 2
    elif joined and last in _list("whither"):
        vote["place"] += 1
    if any(word in _list("grounds") for word in words):
        vote["place"] += 3
    if any(word in _list("houses") for word in words):
        vote["house"] += 3
    if joined and last in ("the", "die", "das", "le", "les"):
        vote["house" if len(words) > 1 else "thing"] += 1
        vote["person"] -= 2
    if _PERSON.match(text, end) and not (joined and last in _OF_A_HOUSE and re.match(r",? who", text[end:])):
        vote["person"] += 2  # but not "Anna Berg of Kestrel, who"
    if len(words) > 1 and plain_stem(words[-1]) in ordinary() and words[-1] not in _list("grounds"):
        vote["house"] += 1  # "Orlanda Tiles", and "Fenella Bright"


def _of_label(speaker: str, language: str) -> tuple[tuple[str, ...], set[Office]]:
    """A speaker's name and offices from a label: "Treasurer, Vicente Ibarrola", "Ida Berg (facilities)"."""
    parts = [part for part in re.split(r"[,()]", speaker) if part.strip()]
    name: tuple[str, ...] = ()
    known: set[Office] = set()
    for part in parts:
        low = tuple(fold(word) for word in WORD.findall(part))
        if not low:
            continue
        words, _, own = bare(low, language)
        known.update(Office(office_word(word)) for word in own)
        last = max((at for at, word in enumerate(words) if office_word(word)), default=-1)
        if 0 <= last < len(words) - 1:  # "Kaufmännischer Direktor Ansgar Gundlach"
            known |= set(_office(words[: last + 1], "", language))
            words = words[last + 1 :]
        if office_word(words[-1]):
            known |= set(_office(words, "", language))
        elif not name:
            name = words
    return name, known


def _settled(
    spots: dict[tuple[str, ...], list[Spot]], votes: dict[tuple[str, ...], Counter[str]],
    offices: dict[tuple[str, ...], set[Office]], speakers: frozenset[str], language: str,
) -> tuple[Entity, ...]:  # fmt: skip
    """The entities, a short name ("Geoff") joined to the full ones that hold it."""
    voices = {fold(word) for voice in speakers for word in WORD.findall(voice)}
    alone = {fold(voice) for voice in speakers if len(voice.split()) == 1}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for words in spots:
        if len(words) > 1:
            for word in dict.fromkeys(words):
                by_word.setdefault(word, []).append(words)
    for words in list(spots):
        votes.setdefault(words, Counter())
        offices.setdefault(words, set())
        if len(words) > 1 and not votes[words] and language != "de" and not re.search(r"\d", "".join(words)):
            votes[words]["person"] += 1
        for full in by_word.get(words[0], ()) if len(words) == 1 else ():
            spots[full].extend(spots[words])
            votes[full].update(votes[words])
            offices[full] |= offices[words]
    found = []
    for words in spots:
        vote = votes[words].copy()
        for full in by_word.get(words[0], ()) if len(words) == 1 else ():
            vote.update(votes[full])
        kinds = sorted((-count, kind) for kind, count in vote.items() if count > 0)
        voice = bool(words) and (set(words) <= voices or words[-1] in alone)
        kind = "person" if voice else kinds[0][1] if kinds else ""
        where = tuple(sorted(set(spots[words]), key=lambda one: (one.place, one.sentence)))
        held = offices[words] if kind in ("person", "") else ()
        sure = voice or bool(held) or bool(kinds and kinds[0][0] < -1)
        found.append(Entity(words, where, kind, voice, frozenset(held), sure))
    return tuple(sorted(found, key=lambda one: (one.spots[0].place if one.spots else -1, one.words)))
