"""Names that a post gives an office of somebody else: "the mayor, Anna Berg", where the source has another mayor."""

import re

from composer.post.grounding.names.entities import Entity, Office, bare, offices_at
from composer.post.grounding.names.names import Name
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import WORD, fold, plain_stem, related

_THEN = re.compile(
    r"(?i)\b(?:former|ex|previous|past|late|then|future|next|new|deputy|ehemalig\w*|früher\w*|künftig\w*|ancien\w*|feu|"
    r"antigu\w+|antig\w+|actual|nouve\w+|nuev\w+|nov[oa])\b"
)


def of_office(name: Name, sentence: str, start: int, label: str, ground: Ground) -> str:
    """Why a name of a sentence is not the one that holds the office it is given, or "". `start` is the sentence's
    offset in what the name's offsets are of."""
    words, _, own = bare([fold(word) for word in name.words], ground.language)
    if _THEN.search(sentence[max(0, name.start - start - 30) : name.end - start]):
        return ""  # "former mayor Ferrole": the source may have both
    given = {Office(plain_stem(word)) for word in own}
    given |= offices_at(sentence, name.start - start, name.end - start, ground.language)
    if not sentence[: name.start - start].strip(" \t:–—-"):
        given |= offices_at(f"{label} ", len(label) + 1, len(label) + 1, ground.language) if label else set()
    mine = [one for word in words for one in ground.entities_of.get(word, ()) if same(one.words, words)]
    if not mine or any(one.kind in ("place", "house") and one.sure for one in mine):
        return ""
    beside = {fold(word) for word in sentence.split()} - set(words)
    for office in sorted(given, key=lambda one: (one.word, sorted(one.nearer))):
        known = [other for one in mine for other in one.offices]
        if any(_is(office, other) or (office.word == other.word and not office.nearer) for other in known):
            continue
        if (not known and _beside(office, mine, ground)) or _headed(office, mine, ground):
            continue
        holders = [
            one
            for one in ground.entities
            if not same(one.words, words)
            and (len(one.words) > 1 or ground.lowercase)
            and any(_is(office, other) for other in one.offices)
        ]
        if any(other.word == office.word for other in known):
            holders = [one for one in holders if any(other.nearer & office.nearer for other in one.offices)]
        # A name that begins alike may be the same one, heard otherwise.
        holders = [one for one in holders if not set(one.words) & beside and one.words[0] != words[0]]
        if 1 <= len(holders) <= 2:
            return f"In the source {_title(holders[0])} is this, not {' '.join(name.words)}."
    return ""


_HOUSE = re.compile(
    r"(?:,? (?:[a-zà-ÿ][\w’'-]* ){0,7}?(?:of|from|at|von|bei|vom|de|du|da|do|del|chez) (?:the |der |la |el )?| \| |: )"
    r"(?P<h>[A-ZÀ-ÖØ-Þ][\w’'&-]*(?: (?:(?:de|da|van|von|of|der|la|le|&) )?[A-ZÀ-ÖØ-Þ][\w’'&-]*)*)"
)
_ON = re.compile(r"\b(?:and|but|who|which|that|und|aber|et|qui|mais|y|que|e|mas)\b")
_OF_HOUSE = re.compile(r"^,? (?:[a-zà-ÿ][\w’'-]* ){0,7}?(?:of|from|at|von|bei|de|du|da|do|chez)\b")


def of_house(name: Name, sentence: str, start: int, ground: Ground) -> tuple[int, int, str] | None:
    """The house of a post's "Anna Berg of Kestrel" where the source has her of another, and never near Kestrel."""
    words, _, _ = bare([fold(word) for word in name.words], ground.language)
    mine = [one for word in words for one in ground.entities_of.get(word, ()) if same(one.words, words)]
    match = _HOUSE.match(sentence, name.end - start)
    if not mine or not match or not _OF_HOUSE.match(match[0]) or any(one.kind != "person" for one in mine):
        return None
    if _ON.search(match[0][: match.start("h") - match.start()]):
        return None  # "Anna Berg and took the place of the Kestrel"
    house, _, _ = bare([fold(word) for word in WORD.findall(match["h"])], ground.language)
    theirs = [one for word in house for one in ground.entities_of.get(word, ()) if same(one.words, house)]
    if not theirs or any(one.voice for one in theirs):
        return None
    homes = {spot.sentence for one in mine for spot in one.spots}
    if any(abs(spot.sentence - home) <= 2 for one in theirs for spot in one.spots for home in homes):
        return None
    for spot in sorted({spot for one in mine for spot in one.spots}, key=lambda one: one.place)[:20]:
        text = ground.sentences[spot.sentence].text
        for found in re.finditer(re.escape(name.words[-1]), text):
            other = _HOUSE.match(text, found.end())
            if other and not set(house) & ({fold(word) for word in WORD.findall(other["h"])} | {_short(other["h"])}):
                at = start + match.start("h")
                why = f"In the source {' '.join(name.words)} is of {other['h']}, not of {match['h']}."
                return at, at + len(match["h"]), why
    return None


def _short(house: str) -> str:
    """A house by the first letters of its words: WLGA."""
    return "".join(word[0] for word in WORD.findall(house) if word[0].isupper()).lower()


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be of one: one holds all words of the other."""
    return set(one) <= set(other) or set(other) <= set(one)


def _is(office: Office, other: Office) -> bool:
    """Whether two offices may be one: the same word, and nothing that says one nearer speaks against it."""
    if office.word != other.word:
        return False
    return not office.nearer or not other.nearer or bool(office.nearer & other.nearer)


def _beside(office: Office, mine: list[Entity], ground: Ground) -> bool:
    """Whether the source has the office's word, or one that says as much, in a sentence that names them or that they
    say, or right beside."""
    homes = ground.homes.get(related(ground.language).get(office.word, office.word), ())
    words = {word for one in mine for word in one.words}
    for home in homes:
        if any(spot.sentence == home for one in mine for spot in one.spots):
            return True
        voice = ground.sentences[home].speaker
        if voice and words & {fold(word) for word in WORD.findall(voice)}:
            return True
    return False


_CUT = re.compile(r"\b(?:Hon|Mr|Mrs|Ms|Dr|Prof)\.$")


def _headed(office: Office, mine: list[Entity], ground: Ground) -> bool:
    """Whether a sentence, or a voice, begins with the office and the name: "The Chair (Hon. Anna Berg): ..."."""
    for spot in sorted({spot for one in mine for spot in one.spots}, key=lambda one: one.place)[:20]:
        said = ground.sentences[spot.sentence]
        ahead = ground.sentences[spot.sentence - 1].text[-20:] if spot.sentence else ""
        whole = f"{ahead} {said.text}" if _CUT.search(ahead) else said.text  # "The Chair (Hon. | Anna Berg): ..."
        for text in (whole, said.speaker or ""):
            head = [plain_stem(fold(word)) for word in WORD.findall(text[:60])]
            if office.word in head[:3] and any(plain_stem(one.words[-1]) in head for one in mine):
                return True
    return False


def _title(one: Entity) -> str:
    return " ".join(word.capitalize() for word in one.words)
