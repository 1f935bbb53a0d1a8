"""Who says what in a source: the voice of a turn, and whom a voice, or a text, reports."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from composer.post.grounding.names.entities import office_word, titles
from composer.post.grounding.names.people import Who, holders_of, known, labels, name_words, same_eastern, same_one
from composer.post.grounding.quotations.given import SAYS, WORDS_OF, Around, Given, given
from composer.post.grounding.quotations.quotes import Found, quotations, tokens
from composer.post.grounding.quotations.sayings import Saying
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import KANA, WORD, fold

# Labels that say no name.
ROLE = re.compile(
    r"(?i)(?:speaker|voice|guest|host|moderator\w*|moderation|interviewer\w*|interview|operator|narrator|presenter|"
    r"reporter|audience|question|answer|q|a|sprecher\w*|stimme|gast|frage|antwort|publikum|présentat\w+|animat\w+|"
    r"journaliste|question|réponse|invitée?|public|entrevistador\w*|locutor\w*|presentador\w*|público|pregunta|"
    r"apresentador\w*|pergunta|resposta|speaker_?\d+|\W|\d)+"
)
_ROLE_HAN = re.compile(r"(?:主持人|记者|观众|旁白|司会|聞き手|記者|質問|アナウンサー|ナレーター|话者|話者)")


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody who says words of the source: the name as shown, its words folded; `label` says that it is a voice
    without a name."""

    name: str
    words: tuple[str, ...]
    label: bool = False
    offices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the source where words stand: the voice there, whom it gives the words to, whether it gives them to
    somebody it leaves open, the words right around, and whether "I said" stands before them."""

    voice: Credit | None
    reported: Credit | None = None
    open: bool = False
    near: frozenset[str] = frozenset()
    close: str = ""
    mine: bool = False


def credits(quote: Sequence[str], found: Found | None, told: Sequence[Saying], ground: Ground) -> list[Place]:
    """For every place of the source where the words stand, who says them there. `quote` are its words."""
    if told:
        voices = {_voice(ground, at) for at in found.starts} if found else set()
        voice = next(iter(voices)) if len(voices) == 1 else None
        beside = _beside(found.starts[0], ground) if found and len(found.starts) == 1 else frozenset()
        whose = [_told(saying, quote, found, ground) for saying in told]
        if whose == [None] and voice is None and found and len(found.starts) == 1 and _he_is_told(ground):
            whose = [_antecedent(found.starts[0], ground)]
            beside |= _ahead_of(found.starts[0], ground) if whose[0] else frozenset()
        return [Place(voice, one, near=beside) for one in whose]
    return [_place(start, len(quote), ground) for start in (found.starts if found else ())]


def _beside(start: int, ground: Ground) -> frozenset[str]:
    """The words before a place in its own sentence: whom it names there may be the one who is quoted. Where that says
    "he" or "she", the person who was named last before it may be, too."""
    words, speakers = ground.running.words, ground.running.speakers
    begin = ground.running.rows[bisect_right(ground.running.rows, start) - 1]
    if begin >= start - 1 and bisect_right(ground.running.rows, start) > 1:
        earlier = ground.running.rows[bisect_right(ground.running.rows, start) - 2]
        last = frozenset(map(fold, words[max(earlier, start - 30) : start]))
        if last & _THIRD and last & SAYS:
            begin = earlier  # "She said it herself in the boat. "I waited ...""
    ahead = frozenset(map(fold, words[max(begin, start - 20) : start]))
    unsaid = ground.running.language in ("es", "pt") and ahead & _SAID_BY_ONE and not ahead & _I
    if not (ahead & _THIRD or unsaid):
        return ahead
    for at in range(start - 1, max(-1, start - 60), -1):
        if speakers[at] != speakers[start]:
            break
        people = [one for one in ground.entities_of.get(fold(words[at]), ()) if one.kind == "person"]
        if people:
            return ahead.union(*(one.words for one in people))
    return ahead


def _told(saying: Saying, quote: Sequence[str], found: Found | None, ground: Ground) -> Credit | None:
    """The one a text gives a quotation of its own to."""
    if saying.who:
        who = _credit(saying.who, ground)
        if who and (KANA.search(who.name) or known(who.words, ground) or office_word(who.words[-1])):
            return who
    for start in found.starts if found else ():
        text = _around(start, ground)
        quoted = quotations(text)
        for one in quoted:
            own = tokens(one.text, ground.running.language)
            if f" {' '.join(quote)} " not in f" {' '.join(own)} ":
                continue
            if held := given(text, one, quoted, Around(source=True), ground):
                return Credit(held.who.name, held.who.words, offices=held.who.offices)
            if label := _LABEL.search(text[: one.start]):  # Noor: "..."
                return _credit(label[1], ground)
    return None


_LABEL = re.compile(r"(?:^|[.!?…”\"»] )([A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}): $")


def _around(start: int, ground: Ground) -> str:
    """The sentence that has the word at a place, with two before it and one after it, of the same voice."""
    at = bisect_right(ground.running.rows, start) - 1
    voice = ground.sentences[at].speaker
    rows = [
        ground.sentences[nth].text
        for nth in range(max(0, at - 2), min(len(ground.sentences), at + 3))
        if ground.sentences[nth].speaker == voice
    ]
    return " ".join(rows)


def _place(start: int, size: int, ground: Ground) -> Place:
    running = ground.running
    reported, left_open = _reported(start, ground)
    near: frozenset[str] = frozenset()
    if left_open and _he_is_told(ground) and (one := _antecedent(start, ground)):
        reported, left_open = one, False
        near = _ahead_of(start, ground)
    begin, end = start, start + size
    eastern = running.language in ("zh", "ja")
    reach, past = (45, 20) if eastern else (24, 10)
    mine = not eastern and _i_said([fold(word) for word in running.words[max(0, start - 7) : start]])
    while begin > max(0, start - reach) and running.speakers[begin - 1] == running.speakers[start]:
        pronoun = begin in running.opens and not _THIRD.isdisjoint(running.words[begin:start])
        if not eastern and (mine or (begin in running.opens and not pronoun)):
            break
        begin -= 1
    while end < min(len(running.words), start + size + past) and running.speakers[end] == running.speakers[start]:
        if not eastern and end in running.opens:
            break
        end += 1
    ahead = [fold(word) for word in running.words[max(begin, start - 14) : start]]
    if _THIRD & set(ahead) and any(WORDS_OF.fullmatch(word) for word in ahead):
        left_open = True  # "she has a saying that hangs on the wall: ..."
    behind = " ".join(fold(word) for word in running.words[start + size : start + size + 16])
    if running.language != "en" and (told := _SAID_BEHIND.search(behind)) and not _I & set(told[0].split()):
        left_open = True  # "C'est ce que disait ma grand-mère."
    beside = (*running.words[begin:start], *running.words[start + size : end])
    near |= frozenset(map(fold, beside))
    return Place(_voice(ground, start), reported, left_open, near, "".join(beside), mine)


_HE_SAID = re.compile(
    r"(?:^|[.!?:] )\W*(?:He|She) (?:\w+ ){0,2}?(?:said|says|wrote|writes|added|told|answered|replied)\b"
)


def _he_is_told(ground: Ground) -> bool:
    """Whether a source is one in which "he" and "she" are looked for."""
    return not ground.speakers and ground.running.language == "en"


def _ahead_of(start: int, ground: Ground) -> frozenset[str]:
    """The words of the few sentences before a place: whom they name "he" may be."""
    return frozenset(map(fold, ground.running.words[max(0, start - 90) : start]))


def _antecedent(start: int, ground: Ground) -> Credit | None:
    """Who "he" or "she" is before words of a source without voices: the only person whom the two sentences before
    name."""
    at = bisect_right(ground.running.rows, start) - 1
    if at < 0 or at >= len(ground.sentences) or not _HE_SAID.search(ground.sentences[at].text):
        return None
    for index in (at - 1, at - 2, at - 3):
        people = {one.words for one in ground.entities_in.get(index, ()) if one.kind == "person"}
        longest = [one for one in people if not any(set(one) < set(other) for other in people)]
        if len(longest) > 1:
            return None
        if longest:
            name = longest[0]
            return Credit(" ".join(part.capitalize() for part in name), name) if len(name) > 1 else None
    return None


_SAYS = "|".join(sorted(map(re.escape, {*SAYS, "dizia", "decia", "disait"}), key=lambda word: (-len(word), word)))
_SAID_BEHIND = re.compile(
    r"\b(?:(?:c'? ?est (?:ce )?qu|voila ce qu|das (?:hat|sagte|sagt|war|ist)|so (?:hat|sagte|sagt)|lo (?:dec|dij|dice)|"
    r"eso (?:me |nos )?(?:lo )?(?:dec|dij|dice)|(?:e|era|foi) o que|isso (?:quem )?(?:di|e)|quem (?:di|e que))"
    rf"\w*(?: \w+){{0,5}}? (?:{_SAYS})\b|"
    r"(?:eso|lo|das|isso) (?:me |nos )?(?:lo )?(?:decia|dijo|dice|sagte|sagt|dizia|disse)\b)"
)


def verdict(given: Given, places: Sequence[Place], ground: Ground) -> str | None:
    """Nothing ("") where the one a post gives words to may be the one who says them in the source, the name of who
    says them where it is another; None where the source does not tell."""
    answers = [_fits(given, place, ground) for place in places]
    if not answers or any(answers):
        return "" if answers else None
    if None in answers:
        return None
    shown = [place.reported or place.voice for place in places]
    return next((one.name for one in shown if one and not given_is(given, one, ground)), "") or "somebody else"


def _fits(given: Given, place: Place, ground: Ground) -> bool | None:
    who = given.who
    if place.reported and given_is(given, place.reported, ground):
        return True
    if place.voice and given_is(given, place.voice, ground):
        if place.open and given.coined:
            return False
        return not (place.reported and (given.coined or len(place.reported.words) > 1) and not place.voice.label)
    if place.open or (place.voice is None and place.reported is None):
        return False if place.mine and _told_of(who, ground) else None
    return bool(set(who.words) & place.near) or bool(KANA.search(who.name) and who.name[:2] in place.close)


_MEETS = (
    r"(?i)\b(?:i['’]?m|i am|me|my name is|this is|welcome|guests?|with|joined|thanks?|thank you|hello|hi|today|speaker|"
    r"talk(?:s|ed|ing)? to|bin|hei(?:ß|ss)e|gast|gaste|mit|willkommen|hier ist|danke|je suis|avec|bienvenue|invitee?|"
    r"merci|soy|con|bienvenid\w+|invitad\w+|gracias|sou|com|bem-vind\w+|convidad\w+|obrigad\w+)\b[^.?!]{0,60}"
)
_THIRDLY = (
    r"(?:['’]s\b(?! (?:great|good|right))| (?:who|was|had|said|told|did|owned|came|left|died|went|made|gave|"
    r"\w{3,}ed|war|hat|hatte|sagte|qui|etait|avait|que|era|tenia|dijo|tinha|disse|foi|fue)\b)"
)


_OURS = r"(?:our|my|his|her|their|unsere?|meine?|notre|mon|ma|nuestr[oa]|mi|nosso|nossa|meu|minha)"


def _told_of(who: Who, ground: Ground) -> bool:
    """Whether a source without voices tells of somebody, who then is not the "I" of it."""
    if not who.words or ground.speakers:
        return False
    spots = [one.sentence for word in who.words for entity in ground.entities_of.get(word, ()) for one in entity.spots]
    texts = [fold(ground.sentences[at].text) for at in sorted(set(spots))]
    name = "|".join(re.escape(word) for word in who.words)
    met = any(re.search(rf"{_MEETS}\b(?:{name})\b", text) for text in texts)
    told = rf"\b(?:{name}){_THIRDLY}|\b{_OURS} (?!no(?:me|m|mbre)\b|name\b)(?:[\w-]+ ){{0,2}}[\w-]+,? (?:{name})\b"
    return not met and any(re.search(told, text) for text in texts)


def given_is(given: Given, one: Credit, ground: Ground) -> bool:
    """Whether the one a post gives words to may be this one of the source."""
    who = given.who
    if KANA.search(who.name) or KANA.search(one.name):
        return same_eastern(who.name, one.name) or (one.label and not _has_label(who.words, ground))
    if one.label and who.words:
        # "Host": the name may be the host's, where it has no label of its own.
        held = list(holders_of(one.offices, ground))
        return not _has_label(who.words, ground) or any(same_one(holder.words, who.words, ground) for holder in held)
    if who.words and one.words:
        return same_one(who.words, one.words, ground)
    if not who.words and not one.words:
        if who.offices & one.offices or not (who.offices and one.offices):
            return True
        mine, theirs = (list(holders_of(each, ground)) for each in (who.offices, one.offices))
        return any(same_one(a.words, b.words, ground) for a in mine for b in theirs)
    if one.words:
        offices, words = who.offices, one.words
    else:
        offices, words = one.offices, who.words
    held = list(holders_of(offices, ground))
    if any(same_one(holder.words, words, ground) for holder in held):
        return True
    if _office_label(offices, ground):
        return False
    return len(held) != 1 or len(held[0].words) < 2


def _office_label(offices: frozenset[str], ground: Ground) -> bool:
    """Whether a voice of the source has an office for its name: "Moderator"."""
    return any(not words[1:] and office_word(words[0]) in offices for words in labels(ground) if words)


def _has_label(words: tuple[str, ...], ground: Ground) -> bool:
    if words and KANA.search(words[0]):
        return any(words[0] in speaker for speaker in ground.speakers)
    return any(set(words) & set(label) for label in labels(ground))


def _credit(name: str, ground: Ground) -> Credit | None:
    if KANA.search(name):
        return Credit(name, (name,))
    words = name_words(name, ground)
    if words:
        return Credit(name, words)
    offices = frozenset(filter(None, (office_word(word) for word in WORD.findall(name))))
    return Credit(name, (), offices=offices) if offices else None


def _voice(ground: Ground, at: int) -> Credit | None:
    voice = ground.running.speakers[at]
    if not voice:
        return None
    if ROLE.fullmatch(voice) or _ROLE_HAN.search(voice):
        return Credit(voice, (), True)
    if KANA.search(voice):
        return Credit(voice, (voice,))
    words = name_words(voice, ground)
    offices = frozenset() if words else frozenset(filter(None, map(office_word, WORD.findall(voice))))
    return Credit(voice, words, not words, offices)


_SAID_BY_ONE = frozenset("dijo dice contesto respondio solto disse diz respondeu falou".split())  # noqa: SIM905
"""Who said so is left out: "Y le dijo al alcalde"."""
_THIRD = frozenset("he she er il elle ella ele ela".split())  # noqa: SIM905
_I_SAY = frozenset("sage schreibe dis disais digo escribo escrevo".split())  # noqa: SIM905
_I = frozenset("i ich je yo eu dije".split())  # noqa: SIM905
_HE = frozenset("he she they er sie il elle ils elles él ella ellos ele ela eles".split())  # noqa: SIM905
_BETWEEN = frozenset(
    "that dass que to me us him her them you mir ihm ihr uns le les nos mich and the that's was is like well oh um uh "  # noqa: SIM905
    "so then also once one day back again always dann immer auch einmal siempre toujours sempre".split()
)


# "She said it herself in the boat."
_SELF = re.compile(r"\b(?:he|she|they) (?:said|says|put) (?:it|so|that) (?:him|her|them)sel(?:f|ves)\b")


def _reported(at: int, ground: Ground) -> tuple[Credit | None, bool]:
    """Whom a voice or a text gives the words at a place to, and whether it gives them to somebody left open."""
    running = ground.running
    begin = at
    while begin > max(0, at - 14) and running.speakers[begin - 1] == running.speakers[at]:
        begin -= 1
    ahead = [fold(word) for word in running.words[begin:at]]
    if running.language in ("zh", "ja"):
        near = "".join(ahead[-14:])
        return None, bool(re.search("[说讲道问写言話述]|告诉", near))
    if _SELF.search(" ".join(ahead)):
        return None, True
    says = [nth for nth, word in enumerate(ahead) if word in SAYS]
    if not says:
        return None, False
    that = not {"that", "dass", "que"}.isdisjoint(ahead[says[-1] + 1 : says[-1] + 4])
    if len(ahead) - says[-1] > (9 if that else 5):
        return None, False
    verb = says[-1]
    before = ahead[max(0, verb - 5) : verb]
    behind = ahead[verb + 1 :]
    if ground.lowercase and ahead[verb] == "called" and behind and behind[0] in ground.entities_of:
        return None, False  # "a yard called pellerine"
    loose = [word for word in behind if word not in _BETWEEN and word not in ground.entities_of]
    if len(loose) > (0 if any(place in running.opens for place in range(begin + verb + 1, at + 1)) else 2):
        return None, False
    if _mine([*before, ahead[verb]]):
        return None, False
    people = _named(behind, ground) or _named(before, ground)
    if people and not _HE & {*before[-2:], *behind[:1]}:
        return people, False
    return None, True


def _mine(words: Sequence[str]) -> bool:
    """Whether the last words are "I said"."""
    says = bool(words) and (words[-1] in SAYS or words[-1] in _I_SAY)
    return says and (words[-1] in ("dije", "digo") or bool(_I & set(words[-3:-1])))


def _i_said(ahead: Sequence[str]) -> bool:
    """Whether "I said" comes right before, with next to nothing between: "I wrote in my report, ..."."""
    last = max((nth for nth, word in enumerate(ahead) if word in SAYS or word in _I_SAY), default=-1)
    return last >= len(ahead) - 4 and _mine(ahead[: last + 1])


def _named(words: Sequence[str], ground: Ground) -> Credit | None:
    """The person of the source whom some words name, the last one."""
    run: list[str] = []
    for nth in range(len(words) - 1, -1, -1):
        word = words[nth]
        titled = bool(nth) and words[nth - 1] in titles()
        if titled or any(one.kind == "person" for one in ground.entities_of.get(word, ())):
            run.insert(0, word)
        elif run:
            break
    return Credit(" ".join(part.capitalize() for part in run), tuple(run)) if run else None
