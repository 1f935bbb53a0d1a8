"""Whom a name, an office or a user name means in a source, and whether two of them may be one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from composer.evidence.words import lexicon
from composer.post.grounding.names.eastern import persons
from composer.post.grounding.names.entities import Entity, bare, office_word, titles
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import KANA, fold

_RUN = re.compile(
    r"(?<![\w@#])(?:(?:Mr|Mrs|Ms|Dr|Prof|Sr|Sra)\. )?[A-ZÀ-ÖØ-Þ][\w’'.-]*(?<![.’'-])"
    r"(?: (?:(?:de|da|do|dos|das|del|van|von|di|du|zu|al|bin|of)(?: (?:der|den|la|los|las|le))? )?"
    r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?<![’'-]))*"
)
# In German, before what is nobody's name: "die Freiwillige Feuerwehr".
_ARTICLE = re.compile(
    r"(?i)\b(?:der|die|das|des|den|dem|eine?[rnms]?|ihre?|seine?|unsere?|vom|zum|zur|im|am)(?: \w+e[nrs]?)? $"
)
_THE = re.compile(
    r"(?i)(?<!\w)(?:(?:the|our|his|her|their|der|die|den|dem|des|el|la|le|o|a|os|as|un|una|une|ein|eine|um|uma) |l['’])"
    r"(?P<near>(?:[\w’-]+ ){0,2}?)(?P<w>[\w-]{3,})(?!\w)"
)
# "Halloran called it": whoever the source has with a capital says something here.
_SAYS = re.compile(r" (?:called|calls|puts|put|wrote|said|says) (?:it|so|that)\b")
_TITLED = re.compile(r"[一-鿿々ァ-ヶー]{1,6}[ぁ-ゖ]{0,4}?(?=さん|氏|様|先生|教授|老师|女士|师傅|总)")
# "裘百川常说：".
_HAN_SAYS = re.compile(
    r"(?:^|[。！？，,\s])(?P<n>[\u4e00-\u9fff]{2,4}?)(?:常常|常|曾|还|也|后来|当时)?(?:打趣|总结|补充)?[说讲写道]"
)
# What a Chinese or Japanese name may have behind it.
_ADDRESS = re.compile(r"(?:さん|氏|様|先生|教授|博士|老师|女士|师傅|总|工|、.*|[（(].*)$")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as a text names them: the words of the name, folded, without titles; the offices (stems) beside it.

    One of the two may be empty. `start` and `end` are the place in the text.
    """

    start: int
    end: int
    name: str
    words: tuple[str, ...]
    offices: frozenset[str]


def people_in(text: str, ground: Ground) -> list[Who]:
    """Those of the source whom a text names, in order: by name, by office, by user name."""
    if KANA.search(text):
        return _eastern(text, ground)
    found: list[Who] = []
    for match in _RUN.finditer(text):
        if one := _named(match, text, ground):
            found.append(one)
    for speaker in sorted(ground.speakers):
        if re.search(r"[_\d]|^[a-z]", speaker):
            for match in re.finditer(rf"(?<!\w){re.escape(speaker)}(?!\w)", text):
                found.append(Who(match.start(), match.end(), speaker, name_words(speaker, ground), frozenset()))
    for match in _THE.finditer(text):
        stem, end = office_word(match["w"]), match.end()
        while stem and (more := re.match(r"[ -](\w+)", text[end:])) and office_word(more[1]):
            stem, end = office_word(more[1]), end + more.end()  # "the chief executive"
        if stem:
            found.append(Who(match.start(), end, text[match.start() : end], (), frozenset({stem})))
    return _apart(sorted(found, key=lambda one: (one.start, -one.end)), text)


def _apart(found: list[Who], text: str) -> list[Who]:
    """None within another, and an office with the name beside it as one: "the mayor, Anna Berg"."""
    out: list[Who] = []
    for one in found:
        last = out[-1] if out else None
        if last and one.start < last.end:
            continue
        if last and re.fullmatch(r"[\s,]{0,2}", text[last.end : one.start]):
            if one.words and not last.words:
                out[-1] = Who(last.start, one.end, one.name, one.words, last.offices | one.offices)
                continue
            # "Anna Berg, the mayor, said", but not "asked about Berg, the mayor said".
            if last.words and not one.words and re.match(r"\W*$|[,.)]| (?:of|der|von|de|du|da|do)\b", text[one.end :]):
                out[-1] = Who(last.start, one.end, last.name, last.words, last.offices | one.offices)
                continue
        out.append(one)
    return out


def _named(match: re.Match[str], text: str, ground: Ground) -> Who | None:
    said = match[0].split()
    low = [re.sub(r"['’]s$", "", fold(word)).rstrip(".") for word in said]
    words, titled, own = bare(low, ground.language)
    left = len(low) - len(words)
    loose = titled or ground.language != "de" or not _ARTICLE.search(text[: match.start()])
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            part = words[at : at + size]
            if size == 1 and part[0] in lexicon(ground.language).stop:
                continue
            says = size == 1 and part[0] in ground.cased and _SAYS.match(text, match.end()) is not None
            titled_so = titled and not at and size == 1 and part[0] in ground.cased
            if says or titled_so or known(part, ground, loose=loose):
                name = " ".join(said[left + at : left + at + size])
                first = next((nth for nth in range(left) if titled_or_office(low[nth])), left) if not at else left + at
                start = match.start() + len(" ".join(said[:first])) + bool(first)
                end = match.start() + len(" ".join(said[: left + at + size]))
                if re.search(r"['’]s$", name):
                    name, end = name[:-2], end - 2
                return Who(start, end, name, part, frozenset(map(office_word, own)))
    return None


def titled_or_office(word: str) -> bool:
    """Whether a word stands before a name: a title, an office."""
    return bool(office_word(word)) or word in titles()


def known(words: tuple[str, ...], ground: Ground, *, loose: bool = True) -> bool:
    """Whether a name is a person's of the source; `loose` that it may be one of which the source does not say so."""
    if any(set(words) <= set(label) for label in labels(ground)):
        return True
    for one in ground.entities_of.get(words[-1], ()):
        if set(words) <= set(one.words) and (
            one.kind == "person"
            # German writes every noun as if it were a name.
            or (loose and one.kind not in ("place", "house") and (ground.language != "de" or len(words) > 1))
        ):
            return True
    return False


def labels(ground: Ground) -> list[tuple[str, ...]]:
    """The speakers of the source by the words of their labels."""
    return [
        tuple(fold(word) for word in re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", who)) for who in sorted(ground.speakers)
    ]


def name_words(text: str, ground: Ground) -> tuple[str, ...]:
    """The words of a name or a label, folded, without titles and what stands in parentheses."""
    out: list[str] = []
    for part in re.split(r"[,()（）]", text):
        low = [re.sub(r"'s$", "", fold(word)) for word in re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", part)]
        words, _, _ = bare(low, ground.language) if low else ((), False, ())
        # What is behind the last office: "Kaufmännischer Direktor Ansgar Berg".
        last = max((nth for nth, word in enumerate(words) if office_word(word)), default=-1)
        out += words[last + 1 :]
        if len(out) > 1:
            break
    return tuple(out)


def same_one(a: tuple[str, ...], b: tuple[str, ...], ground: Ground) -> bool:
    """Whether two names may be one person's: they share a word, one is the other as a recogniser heard it, or the
    source has a name that holds both."""
    if _meet(a, b):
        return True
    if a in labels(ground) and b in labels(ground):
        return False
    for one, other in ((a, b), (b, a)):
        for word in one:
            for entity in ground.entities_of.get(word, ()):
                person = entity.kind == "person" and len(entity.words) < 5 and set(one) <= set(entity.words)
                if person and _meet(entity.words, other):
                    return True
    return False


def _meet(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    shared = set(a) & set(b)
    if shared:
        if len(a) > 1 and len(b) > 1 and a[-1] == b[-1] and shared == {a[-1]}:
            # Of one family: Reto and Bruna Berg; "R. Berg" is Reto.
            return a[0][0] == b[0][0] and (len(a[0]) < 3 or len(b[0]) < 3 or _alike(a[0], b[0]))
        return True
    return any(_alike(x, y) for x in a for y in b)


def _alike(x: str, y: str) -> bool:
    if min(len(x), len(y)) < 4 or x[0] != y[0]:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(x, y) >= 75


def _eastern(text: str, ground: Ground) -> list[Who]:
    found: list[Who] = []
    names = {_ADDRESS.sub("", speaker) for speaker in ground.speakers}
    names |= {match[0] for match in _TITLED.finditer(text)}
    names |= {match["n"] for match in _HAN_SAYS.finditer(text)}
    names |= {name for name, _, _ in persons(text, ground.language)}
    for name in sorted(name for name in names if len(name) > 1 and fold(name) in ground.flat):
        found += [
            Who(match.start(), match.end(), name, (name,), frozenset()) for match in re.finditer(re.escape(name), text)
        ]
    return _within_none(sorted(found, key=lambda one: (one.start, -one.end)))


def _within_none(found: list[Who]) -> list[Who]:
    out: list[Who] = []
    for one in found:
        if not out or one.start >= out[-1].end:
            out.append(one)
    return out


def same_eastern(a: str, b: str) -> bool:
    """Whether two Chinese or Japanese names may be one person's."""
    a, b = _ADDRESS.sub("", a), _ADDRESS.sub("", b)
    return not a or not b or a in b or b in a or a[:2] == b[:2] or (min(len(a), len(b)) == 1 and a[0] == b[0])


def holders_of(offices: frozenset[str], ground: Ground) -> Iterator[Entity]:
    """The people of the source that hold one of these offices."""
    return (
        one for one in ground.entities if one.kind == "person" and any(office.word in offices for office in one.offices)
    )
