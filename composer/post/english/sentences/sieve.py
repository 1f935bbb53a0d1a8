"""English only: which spoken sentences never become a point, however well they score.

Whoever reads a post has not heard the talk. A sentence is kept out where its main clause cannot be found for sure,
where a pronoun has nothing in the sentence to stand for, or where it does business of the moment: an agenda, an
advert, an answer without its question. Every rule here would rather lose a good sentence than keep a bad one.
"""

import re

from composer.post.english.grammar import whole
from composer.post.english.sentences.adrift import adrift, named_doing
from composer.post.english.sentences.clauses import main, verbs
from composer.post.english.sentences.dangling import SURE as _SURE
from composer.post.english.sentences.dangling import dangling
from composer.post.english.sentences.loose import loose
from composer.post.english.sentences.retold import heap
from composer.post.english.words.forms import is_past
from composer.post.english.words.tagging import tag
from composer.post.lexis import rows

__all__ = ["broken", "fleeting", "leans", "main", "settled", "sound", "unmoored", "whole_text"]


def broken(text: str) -> bool:
    """Whether a sentence holds what no writer would write: a restart, a word misheard, two sentences in one."""
    text = _TAIL.sub("", text)
    if re.match(r"(?:The )?\w+ whose\b", text) and verbs(text) < 2:
        return True  # "Sailors whose only task is to row": and what of them?
    tail = _BUT.search(text)
    if tail and not verbs(f"It {tail['rest']}"):
        return True  # "..., but from the point of view of a captain": what is seen from there is left out
    return bool(rows("broken").search(text) or rows("addressed").search(text) or _same(text) or _heaped(text))


_BUT = re.compile(r"(?i)\bbut (?:from|in|for|at|on|with) (?P<rest>(?:an?|the|my|your|our) (?:[\w-]+ ){1,4}[\w-]+)$")
HEAPED = 6
"""Nouns and adjectives in a row, without a word that joins them, that nobody writes."""


def _heaped(text: str) -> bool:
    """Whether names of things stand in a row that no small word orders: "connection check green heart job talks"."""
    row = 0
    for word in re.findall(r"[\w'’-]+|[,;:]", text):
        tags, _ = tag(word.lower())
        joins = not tags or tags & _JOINS or (tags & {"VBZ", "VBD", "VBG"} and not tags & {"N", "NS"})
        row = 0 if joins else row + 1
        if row >= HEAPED:
            return True
    return False


_JOINS = frozenset(
    [
        "DET",
        "PRON",
        "OBJ",
        "NUM",
        "MODAL",
        "PREP",
        "SUB",
        "ADV",
        "TO",
        "AND",
        "BEF",
        "BEB",
        "BEN",
        "HAVE",
        "DO",
        ",",
        ";",
    ]
)


def _same(text: str) -> bool:
    """Whether a sentence says of something only that it is, or is not, itself."""
    found = re.match(r"(?i)(?:an? |the )?(.{3,40}?) (?:is|are) (?:not )?(?:\w+ly )?(?:an? |the )?(.{3,40})$", text)
    return found is not None and found[1].lower() == found[2].lower()


_TAIL = re.compile(r", (?:one could say|[A-Z]\w+ (?:thinks|says|believes))$")
_SPLIT = re.compile(r"(?<=[a-z%0-9][.!])\s+(?=[A-Z“]|\d)|(?<=[.!])\s+(?=[A-Z“])")


def sound(text: str, *, several: bool = False, typed: bool = False) -> bool:
    """Whether a told text of one or two sentences can stand in a post. `several`: more than one voice speaks here,
    so that "we" is nobody the reader knows. `typed`: somebody wrote with care what was said, so that a sentence is
    whole even where the grammar cannot follow all of it."""
    parts = _SPLIT.split(text)
    before = ["", *(part.rstrip(".! ") for part in parts)]
    return all(_sound(part.rstrip(".! "), several, before[nth], typed=typed) for nth, part in enumerate(parts))


def whole_text(text: str) -> bool:
    """Whether every sentence of a text is whole by the grammar."""
    return all(_reads(_TAIL.sub("", part.rstrip(".! "))) for part in _SPLIT.split(text))


# "The harbour's bane, rust, eats iron": what stands between two commas names the thing again.
_NAMED = re.compile(
    r"(?P<head>(?:The|An?|Our|My) [^,]{3,60}), (?P<again>(?:an?|the|one) [^,]{3,40}|[a-z]+), (?P<rest>\w.*)$"
)


# "... has to be light, dry and cheap": one of a row reads as all of it does.
_ROW_END = re.compile(r"(?P<one>[\w’'-]+), (?:[\w’'-]+, )*[\w’'-]+,? (?:and|or) [\w’'-]+$")
# "... of Bergen, the largest harbour of the coast": a second name at the end.
_AGAIN_NAMED = re.compile(r"(?<=[a-z]), (?P<again>(?:the|an?|one of the|home to|part of) [^,;]{6,70})$")


def _reads(text: str) -> bool:
    """Whether the grammar reads a sentence, or each of three clauses in a row, or it without a second name."""
    text = re.sub(r"(?<=[’']s) will(?= (?:your|our|their|my|is|was|for|in|as|and|or)\b)", " wish", text)
    # "If he were", "useful to sailors but useless to thieves": read without the mood, and without the second half.
    plainer = re.sub(r"(?i)\b((?:even )?if (?:\w+ ){1,3})were\b", r"\1was", text)
    plainer = re.sub(r"\bill(?=$|,| (?:and|or|if|when|in|for|because)\b)", "sick", plainer)
    pair = re.search(r" but (\w+) (?:to|for|in|with) [\w ]+$", plainer)
    if pair and "ADJ" in tag(pair[1].lower())[0]:
        plainer = plainer[: pair.start()]
    if whole(text) or whole(plainer):
        return True
    row = re.split(r", (?:and )?", text)
    if len(row) > 2 and re.search(r", and [^,]+$", text) and all(len(part.split()) > 2 and whole(part) for part in row):
        return True
    listed = _ROW_END.search(text)
    if listed and whole(text[: listed.start()] + listed["one"]):
        return True
    reason = re.split(r",? because (?=(?!of\b)\w)", text)
    if len(reason) == 2 and all(len(part.split()) > 3 and whole(part) for part in reason):
        return True
    again = _AGAIN_NAMED.search(text)
    if again and not verbs(f"It {again['again']}") and whole(text[: again.start()]):
        return True
    named = _NAMED.match(text)
    if named is None or verbs(f"It {named['again']}"):
        return False
    lone = " " in named["again"] or tag(named["again"])[0] <= {"N", "NS"}
    return lone and whole(f"{named['head']} {named['rest']}")


def leans(text: str) -> bool:
    """Whether a pronoun stands in a sentence before anything it could stand for, or a start is taken up again."""
    return dangling(text) or _again(text)


def unmoored(text: str) -> bool:
    """Whether a spoken text leans on what is not in it, or only concerns who was there: the last to be taken."""
    bare = _SPLIT.split(text)[0].rstrip(".! ")
    return leans(bare) or adrift(bare) or bool(rows("present").search(bare) or _ONE.search(bare)) or named_doing(bare)


def fleeting(text: str) -> bool:
    """Whether a text does business of the moment: an advert, an agenda, a remark to somebody present; or is broken."""
    parts = [part.rstrip(".! ") for part in _SPLIT.split(text)]
    return any(rows("moment").search(part) or broken(part) for part in parts)


def _sound(text: str, several: bool, before: str = "", *, typed: bool = False) -> bool:
    """`before` is the sentence that stands before it in the same point: what "it" and "those" stand for."""
    lean, said = bool(before), text
    if lean:
        # The second of two may begin with "it": the first says what that is.
        text = re.sub(r"(?i)^(?:it|this|that|they|these|those|he|she)\b(?=['’ ])", "The matter", text, count=1)
    # Who thinks so is nothing that "it" in the thought could stand for.
    thought = re.sub(r"^(?:(?:The|One) speaker|[A-Z][\w-]+) (?:does not think|thinks) (?:that )?", "", text)
    if (
        _DISAGREES.search(text)
        or broken(text)
        or loose(text)
        or not (_reads(_TAIL.sub("", text)) or (typed and _followable(text)))
        or rows("moment").search(text)
        or _again(text)
        or dangling(f"{before}, and {said}" if lean else thought)
        or (not lean and adrift(thought))
    ):
        return False
    if (
        several
        and re.match(r"(?:If|When|Once|Unless|Because|Although|As|Since|While)\b", text)
        and not re.search(r",|\bthen\b", text)
    ):
        return False  # where no comma ends the condition, its main clause may be another's
    if several and _AGREED.match(text):
        return True
    if several and (rows("present").search(text) or named_doing(text)):
        return False
    if several and (re.search(r"\b[Tt]he (?:team|speaker)\b", text) or _anecdote(text) or _ONE.search(text)):
        return False  # of several voices nobody knows which one, or whose team
    if several and heap(_CLAUSES.sub("", text)):
        return False  # "Push buttons for those so that they are glad": the only verb is a clause's
    return not (
        several
        and re.search(
            r"(?i)^(?:[^,]+, )?(?:we (?:are|were|have|had|did|do|know|need|want|will|all|got|saw)|our|"
            r"you (?!should|can|cannot|need|have to|must|do not|will|may|might)\w+)\b",
            thought,
        )
    )


FOLLOWABLE = 32
"""Words of a sentence that is taken for whole on its typist's word alone."""
_SHOWS = re.compile(
    r"(?i)^(?:all of a sudden|first step|first thing|next|so|and|but|then|there is|[\w’'-]+ [\w’'-]+, (?:he|she|"
    r"it|they|"
    r"this|that)|you know|at the|with no|working|looking|going)\b|\b(?:there|here|right now)$|"
    r", (?:should|would|could|can|will|is|are|was|were|has|have|had|simply|just|does|do|did|not|sounds|looks|"
    r"seems|means|goes|makes)\b|^[\w’'-]+ [\w’'-]+, and\b|"
    r"[“”]|, (?:he|she|they|it|we|you|I|people) (?!\w+ (?:that|who)\b)\w+|^(?!the\b)[\w’'-]+ (?:that|which|who)\b"
)


def _followable(text: str) -> bool:
    """Whether a typed sentence has a main clause that anybody can name, in few words, and no second one beside it."""
    clause = main(text)
    if clause is None or len(text.split()) > FOLLOWABLE or _SHOWS.search(text):
        return False
    return not text.count(";") and text.count(",") < 6 and not re.search(r"[:—–]| -+ ", text)


# Of several voices without names one may be told what it thinks, and nothing else.
_ONE = re.compile(
    r"\b[Oo]ne speaker(?:’s|(?! (?:thinks|believes|argues|does not think|does not believe|expects|recommends|"
    r"doubts|finds)\b))|one speaker .*one speaker"
)


_CLAUSES = re.compile(r",? (?:so that|because|unless|until|although|while|which) .*$")
# What a meeting settled is its own.
_AGREED = re.compile(
    r"(?i)(?:the team|we) (?:have |has |also |now |all )*(?:agreed|decided|chose|concluded|settled) (?:that|to|on) |"
    r"(?:the|our) (?:final )?decisions? (?:is|are|was|were) (?:to|that) "
)


def settled(text: str) -> bool:
    """Whether a text tells what was decided."""
    return bool(_AGREED.match(text))


# "There is two", "this was the nets they knew": speech, and no sentence of a text; "the second one" names nothing.
_DISAGREES = re.compile(
    r"(?i)\bthere is (?:two|three|four|five|six|seven|eight|ten|several|many|few)\b|"
    r"\b(?:this|that) (?:is|was) the (?:[\w-]+ ){0,3}[\w-]*[^s\W]s (?:they|we|you|that|he|she|I)\b|"
    r"^(?!.*\ban? [\w-]+ [\w-]+.* the [\w-]+ one$).*\b(?:the|that|this) [\w-]+ one$|"
    r"\bnot that (?:\w+ed|big|good|hard|easy|bad|different|many|much|often|far|long)\b|"
    r"\bdifferent (?:[\w-]+ )+that exist\b|"
    r"^(?:in|on|at|with|for|from|by) (?:\w+ ){1,3}it (?:will|can|is|has|does)\b(?! [^,]*\b(?:to|that)\b)|"
    r"^\d[\d.,]*% in (?:spite|terms)\b|^there (?:is|are) because\b|\b(?:more|one|some|any|all) of them$|"
    r"^[A-Z]\w+ says time\b|\bjust$|"
    r"\bnot (?:just|only|merely) (?!because\b)(?!.*\b(?:but|also)\b)(?!.*, (?:it|they) (?:is|are)\b)|"
    r"^[A-Z]\w+ (?:sounds|seems|looks) like\b|['’]em\b|\blike \d+ |^rather, "
)


def _again(text: str) -> bool:
    """Whether four words stand twice in the same order: a start that was taken up again."""
    if re.search(r"(?i)\b(\w{4,}) (?:\w+ ){1,4}and \1$", text):
        return True  # "paint the hull and paint"
    if re.match(r"(?i)((?:\w+ ){2}\w+)\b[^,;]*[,;] (?:and|but|or) \1\b", text):
        return False  # "There is rope that holds, and there is rope that only looks strong": two halves of one build
    words = re.findall(r"[\w'’-]+", text.lower())
    threes = list(zip(words, words[1:], words[2:], strict=False))
    if any(threes.count(three) > 1 and max(map(len, three)) > 8 for three in threes):
        return True  # "is slow by design, and should be slow by design"
    fours = list(zip(words, words[1:], words[2:], words[3:], strict=False))
    return any(
        fours.count(four) > 1
        and (max(map(len, four)) > 6 or not any(re.fullmatch(_SURE, word) or word in ("you", "they") for word in four))
        for four in fours
    )


def _anecdote(text: str) -> bool:
    """What happened to one of several speakers once, or what one of them knows or likes: talk, and no claim."""
    if re.search(r"(?i)\b(?:we|us|our|ours)\b", text):
        return True
    found = re.match(r"[A-Z]\w+ (?:never |also |just |\w+ly )?(?P<did>\w+)(?P<more> not \w+)?", text)
    did = found["did"].lower() if found else ""
    if did in (
        "understands",
        "knows",
        "sees",
        "remembers",
        "takes",
        "likes",
        "loves",
        "plays",
        "hates",
        "wants",
        "has",
    ) or (
        found
        and found["more"]
        in (" not see", " not know", " not remember", " not play", " not want", " not like", " not work", " not live")
    ):
        return True
    past = bool(did) and is_past(did) and not re.fullmatch(_SURE, did)
    return past or bool(
        re.search(r"’s (?:day job|thoughts?|questions?|brain|head|wife|husband|first|team|own)\b", text)
    )
