"""Why a name of a post is not borne out by its source: a word that it lacks, two names made one."""

import itertools
import re

from composer.evidence.words import lexicon
from composer.post.grounding.names.apposed import called_before, from_place
from composer.post.grounding.names.entities import office_word, ordinary
from composer.post.grounding.names.known import anchors, heard_beside, known, listed
from composer.post.grounding.names.names import Name
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import fold, plain_stem
from composer.post.grounding.values.numerals import tongue


def name_problem(name: Name, ground: Ground) -> str:
    """Why a name is not borne out by the words of the source, or ""."""
    whole = " ".join(name.words)
    if _taken_back(name, ground):
        return f"The source takes the name {whole} back."
    squeezed = re.sub(r"[\W_]+", "", fold(whole))
    if len(squeezed) > 2 and squeezed in ground.flat and (len(name.words) > 1 or len(squeezed) > 4):
        return _as_name(name, ground)
    # A handle is a name cut short: @annaber for Anna Berg.
    if len(name.words) > 1 and any(
        len(word) > len(name.words[0]) + 1 and squeezed.startswith(word) for word in ground.words
    ):
        return ""
    missing = [word for word in name.words if not known(word, ground) and not _several(word, ground)]
    if ground.language == "de" and missing == [name.words[-1]] and from_place(name.words, ground):
        return ""
    if missing == [name.words[0]] and len(name.words) > 1 and _is_no_name(missing[0], ground):
        return ""
    if missing == [name.words[0]] and called_before(name.words, ground):
        return ""
    beside = len(name.words) > 1 and not ground.lowercase
    if beside and missing and all(heard_beside(name.words, word, ground) for word in missing):
        return ""
    if not missing:
        return _as_name(name, ground) or _strangers(name, ground)
    # Two initials are a word of the language too often: I.S. is no "is".
    if len(name.words) > 2 and _initials(name.words) in ground.words:
        return ""
    if len(name.words) == 2 and missing == [name.words[1]] and _only_first(name, ground):
        return ""
    if all(_numbered(word, ground) for word in missing):
        return ""
    word = whole if len(missing) == len(name.words) else " ".join(missing)
    return f"“{word}” is not in the source."


_VERSION = re.compile(r"[ -](?P<n>\d{1,3}(?:\.\d+)?)(?![\w%°€$£]|[.,:]\d|-\w)(?: (?P<w>\w+))?")


def other_version(name: Name, line: str, ground: Ground) -> tuple[int, str] | None:
    """Where the number behind a name ends, and why it is not the source's: "Llama 5" where that has Llama 3.1."""
    match = _VERSION.match(line, name.end)
    if not match or match["n"].endswith(".0"):
        return None
    if match["w"] and match["w"].lower() not in lexicon(ground.language).stop:
        return None  # "at Kestrel 40 people"
    running, there = ground.running, []
    for anchor in anchors(fold(name.words[-1]), ground):
        for place in running.at.get(anchor, ()):
            there += [behind for behind in (_number(place + 1, ground),) if behind]
    low = fold(name.words[-1])
    there += [word[len(low) :] for word in ground.in_order if word.startswith(low) and word[len(low) :].isdigit()]
    if not there or any(one == match["n"] or one.startswith(match["n"] + ".") for one in there):
        return None
    called = " ".join(name.words)
    spoken = [word for word, value in tongue(ground.language).number.items() if str(int(value)) == match["n"][:1]]
    which = rf"\b(?:version|generation|model|mark|number|v) ?(?:{'|'.join([*spoken, match['n'][:1]])})\b"
    if any(re.search(rf"(?<!\d){re.escape(match['n'])}(?!\d)", said) for said in _heads(name, ground)) or any(
        re.search(which, fold(said.text)) for said in ground.sentences
    ):
        return None
    return match.end("n"), f"The source has {called} {there[0]}, not {called} {match['n']}."


def _number(place: int, ground: Ground) -> str:
    """The number, as figures, at a place of a source; or ""."""
    words = ground.running.words
    word = words[place] if place < len(words) and place not in ground.running.opens else ""
    if re.fullmatch(r"\d{1,3}(?:\.\d+)?", word):
        after = words[place + 1] if place + 1 < len(words) else ""
        return f"{word}.{after}" if "." not in word and re.fullmatch(r"\d", after) else word
    value = tongue(ground.language).number.get(word)
    return str(int(value)) if value is not None and 1 < value < 100 else ""


def _heads(name: Name, ground: Ground) -> list[str]:
    """What the source has right behind a name, wherever it stands."""
    last = fold(name.words[-1])
    texts = [fold(said.text) for said in ground.sentences]
    return [text[at.end() : at.end() + 12] for text in texts for at in re.finditer(rf"\b{re.escape(last)}\b", text)]


def _is_no_name(word: str, ground: Ground) -> bool:
    """Whether what stands before a name is none: "OB Brandauer", "MP Anna Berg", "Bibliotheksleiterin Anna Berg"."""
    if re.fullmatch(r"[A-Z]{2,3}", word):
        return True
    low = fold(word)
    if ground.language == "de" and re.search(r"kolleg(?:e|in)$", low):
        return True
    # A German compound is known by its end.
    ends = [low[at:] for at in range(3, len(low) - 4)] if ground.language == "de" else []
    return any(office_word(end) or end in ground.words for end in ends)


def _only_first(name: Name, ground: Ground) -> bool:
    """Whether a source has somebody by the first name alone, wherever it has him: whoever knows him writes the rest."""
    first = fold(name.words[0])
    spots = ground.called_by.get(first, ())
    return (
        ground.language == "en"
        and not ground.lowercase
        and all(_WRITTEN.fullmatch(word) for word in name.words)
        and len(spots) > 1
        and all(one.words[-1] == first for one in spots)
        and plain_stem(first) not in ordinary()
        and not any(first in fold(who).split() for who in ground.speakers)
    )


def _numbered(word: str, ground: Ground) -> bool:
    """Whether letters and a figure of a name stand beside each other in the source: Z100 for "Z-100"."""
    match = re.fullmatch(r"([A-Za-z]{1,4})(\d{2,4})", word)
    if not match:
        return False
    spelt = re.compile(rf"(?i)(?<!\w){match[1]}[ -]{match[2]}(?!\w)")
    return any(spelt.search(said.text) for said in ground.sentences)


def _several(word: str, ground: Ground) -> bool:
    """ "TVs" of a source that has TV, or spells it "T_V_"."""
    if not re.fullmatch(r"[A-Z]{2,4}s", word):
        return False
    low = word[:-1].lower()
    return low in ground.words or low in ground.running.at


_BACK = re.compile(
    r"\W{0,5}(?:(?:uh|um|er|äh|eh|euh),? )?(?:no|sorry|I mean|rather|correction|nein|quatsch|Entschuldigung|pardon|non|"
    r"perdón|perdona|digo|desculpa|desculpe|quer dizer|aliás)\b,?[^.?!]{0,25}?[A-ZÀ-Þ]"
)


def _taken_back(name: Name, ground: Ground) -> bool:
    """Whether the source corrects itself wherever it has a name: "in Lund, sorry, in Lindavik"."""
    whole = " ".join(name.words)
    spots = {one.sentence for one in ground.called_by.get(fold(name.words[-1]), ())}
    if not 0 < len(spots) <= 2:
        return False
    texts = [ground.sentences[index].text for index in sorted(spots)]
    ends = [(text, match.end()) for text in texts for match in re.finditer(re.escape(whole), text)]
    return bool(ends) and all(_BACK.match(text, end) for text, end in ends)


def _as_name(name: Name, ground: Ground) -> str:
    """ "Rose says" where the source has only the flower, or the verb."""
    if len(name.words) > 1 or not name.sure or ground.lowercase or ground.language == "de":
        return ""
    low = fold(name.words[0])
    if low.endswith("s") and low in ground.words:
        return ""  # "Sailors say": several of a kind
    handle = any(word.startswith((f"{low}.", f"{low}_")) for word in ground.words)  # "anna.b:"
    voiced = handle or any(low in fold(who) for who in ground.speakers)
    if low in ground.words and low not in ground.cased and not voiced:
        return f"The source has {low} as a word, not as a name."
    return ""


# "Osei-Lund" as well as "Berg", but no acronym.
_WRITTEN = re.compile(r"[A-ZÀ-Þ][^\W\d_]*[a-zà-ÿ](?:['’-][^\W\d_]+)*")


def _strangers(name: Name, ground: Ground) -> str:
    """A first name with somebody else's last name: both are in the source, each beside another, never together."""
    if len(name.words) > 2 and ground.language != "de" and (other := _headed_otherwise(name, ground)):
        return f"The source has {other}, not {' '.join(name.words)}."
    if len(name.words) != 2 or not all(_WRITTEN.fullmatch(word) for word in name.words):
        return ""
    first, last = (fold(word) for word in name.words)
    said_so = ground.running.words
    if any(last in said_so[at + 2 : at + 4] and said_so[at + 1] in _AND for at in ground.running.at.get(first, ())):
        return ""  # "Luc and Emile Perrache"
    if any(
        len(said_so[at + 1]) == 1 and said_so[at + 2] == last
        for at in ground.running.at.get(first, ())
        if at + 2 < len(said_so)
    ):
        return ""  # "Harjit S. Sajjan"
    beside_first = {
        c.words[at + 1]
        for c in ground.called_by.get(first, ())
        for at in range(len(c.words) - 1)
        if c.words[at] == first
    }
    beside_last = {
        c.words[at - 1] for c in ground.called_by.get(last, ()) for at in range(1, len(c.words)) if c.words[at] == last
    }
    if ground.lowercase:
        said, stop = ground.running, lexicon(ground.language).stop
        beside_last |= {said.words[at - 1] for at in said.at.get(last, ()) if at} - stop
    for voice in ground.speakers:
        words = [fold(word) for word in voice.split()]
        beside_first |= {b for a, b in itertools.pairwise(words) if a == first}
        beside_last |= {a for a, b in itertools.pairwise(words) if b == last}
    beside_last -= _TITLES
    if (
        first in listed()["titles"]
        or office_word(first)
        or (ground.language == "de" and first.removesuffix("s") in listed()["kin"])
    ):
        return ""  # "des Vaters Karl", "Familie Weber"
    if (
        beside_last
        and last not in beside_first
        and first not in beside_last
        and (beside_first or _alone(first, ground))
    ):
        return f"The source has {name.words[0]} and {name.words[1]}, but never as one name."
    return ""


def _headed_otherwise(name: Name, ground: Ground) -> str:
    """ "Thornbury Science Council" where the source has the Nordmark Science Council, and Thornbury elsewhere."""
    words = tuple(fold(word) for word in name.words)
    said = ground.running.words
    if any(said[at + 1 : at + 2] == words[1:2] for at in ground.running.at.get(words[0], ())):
        return ""
    if not all(_WRITTEN.fullmatch(word) for word in name.words):
        return ""
    others = sorted(
        {
            one.words
            for one in ground.entities_of.get(words[-1], ())
            if one.words[1:] == words[1:] and one.words != words
        }
    )
    others = [one for one in others if not {one[0].rstrip("."), words[0].rstrip(".")} & _TITLES]
    return " ".join(word.capitalize() for word in others[0]) if others else ""


_AND = frozenset("and und et y e".split())  # noqa: SIM905
_TITLES = frozenset("dr mr mrs ms prof professor sir dame herr frau señor señora don doña dona cllr councillor".split())  # noqa: SIM905


def _alone(first: str, ground: Ground) -> bool:
    """Whether the source has a first name only by itself, as a name."""
    if ground.lowercase:
        return first in ground.words
    return first in ground.cased and all(
        len(one.words) == 1 or one.words[0] != first for one in ground.called_by.get(first, ())
    )


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words).lower()
