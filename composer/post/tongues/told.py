"""A sentence as it was said in a language of `resources/tongues`, as a post can tell it; or why not: None.

Three ways out: told as it stands, where it speaks of the world; told of somebody, where the first person only opens it
("ich glaube, dass ..."); quoted word for word, where "I" and "we" sit in its middle. What business of the moment,
half a sentence or a pronoun without its noun is, comes through none of them.
"""

import re
from dataclasses import dataclass

from composer.post.english.sentences.spoken import count_words, finish
from composer.post.tongues.model import Tongue

MOST_WORDS = 35
QUOTED = (6, 26)
"""Words of a quotation, fewest and most."""
LEAST = {True: 7, False: 5}
"""Words of a sentence at least, by whether its script is without spaces."""
SENTENCE = re.compile(
    r"(?<!\b[A-Za-zÀ-ÿ]\.)(?<!\bDr\.)(?<!\bSr\.)(?<!\bSt\.)(?<!\bSra\.)(?<!\bMme\.)(?<!\bbzw\.)(?<!\bvgl\.)"
    r"(?<!\betc\.)(?<!\bProf\.)(?<!\d\.)(?<=[.!…])\s+(?=[^\s»])|(?<=[。！])(?![」』”])"
)
_DEBRIS = re.compile(r"[\[\]【】<>{}|♪#*_]|\d:\d\d|https?:|\w@\w|^[^\"]*\"[^\"]*$|…(?=.)")
_JOINED = re.compile(r"(?<=[\u3000-\u9fff]) +| +(?=[\u3000-\u9fff])")
_CLOSING = re.compile(r"[.!?…。！？]+$")
_FIGURE = re.compile(r"(?<![\d.,])(?!(?:18|19|20)\d\d\b)\d")
"""A figure that is no year."""
_QUOTE = re.compile(r"[\"“”„«»]")
_STOPPED = re.compile(r"(?<=[.!?…])(\s?[“”»«\"])\.$")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for a post. `named`: somebody is named in it; `quoted`: in the speaker's words; `sure`: it passed
    every gate, also those that look at form alone."""

    text: str
    named: bool = False
    quoted: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Mouth:
    """Whose sentence it is: `name` or None, and the frames of a quotation: `says` has {who} and {text}, `anonymous` has
    {text} and {scene}, where it was said."""

    name: str | None
    says: str
    anonymous: str
    scene: str = ""


def written(text: str, form: Tongue, *, mend: bool = True) -> str:
    """`text` without discourse markers at its ends and fillers inside, and with `mend` its spoken forms mended."""
    text = " ".join(text.split())
    if form.unspaced:
        text = _JOINED.sub("", text)
    for pattern, plain in form.marks:
        text = pattern.sub(plain, text)
    # What stands in quotation marks is somebody's own words.
    mend = mend and (form.unspaced or not _QUOTE.search(text))
    for _ in range(12):
        before = text
        for pattern in form.lead:
            text = pattern.sub("", text, count=1)
        for pattern in (*form.tail, *form.inside):
            text = pattern.sub("", text)
        for pattern, plain in form.mend if mend else ():
            text = pattern.sub(plain, text)
        text = re.sub(r"\s+([,.…])", r"\1", re.sub(r"[^\S\u00a0\u202f]+", " ", text))
        text = re.sub(r",(?:\s*,)+", ",", text)
        text = re.sub(r"[,、，](?=[.!?…。！？]+$)", "", text).strip(" ,;-–—、，")
        if text == before:
            break
    return text


def tell(text: str, mouth: Mouth, form: Tongue, *, opening: bool = True) -> Told | None:
    """One sentence. `opening` is False for the second of two, which may lean on the first."""
    if _DEBRIS.search(text) or not paired(text):
        return None
    body = written(text, form)
    bare = _CLOSING.sub("", body).strip()
    if not bare or re.search(r"[?？]", body) or form.moment.search(bare) or form.lost.search(bare):
        return None
    turned = _turned(bare, mouth, form) if opening else None
    if turned is not None:
        return turned
    if form.yours.search(bare):
        return None
    if form.mine.search(bare) or (form.ours.search(bare) and not form.everybody.search(bare)):
        said = _CLOSING.sub("", written(text, form, mend=False)).strip()
        return _quoted(said, mouth, form) if opening else None
    if not passes(bare, form, opening=opening):
        return None
    text = _STOPPED.sub(r"\1", finish(bare, form.language, keep=(mouth.name,) if mouth.name else ()))
    return Told(text, sure=shaped(bare, form))


def paired(text: str) -> bool:
    """Whether every quotation mark and bracket in `text` has its other half."""
    halves = (("«", "»"), ("「", "」"), ("『", "』"), ("《", "》"), ("(", ")"), ("（", "）"))
    if any(text.count(one) != text.count(other) for one, other in halves):
        return False
    return sum(text.count(mark) for mark in "„“”") % 2 == 0


_TWICE = re.compile(
    r"(?i)\b(\w+(?: \w+){1,4}|\w{5,}) \1\b"  # "das Haus das Haus"
    r"|\b(\w+(?: \w+){2,4}) (?:\w+ ){1,4}\2\b"  # "a pot of tea half a pot of tea"
    r"|\b(\w+ \w{5,}) \w+ \3\b"
    r"|\b(?!(?:nous|vous|die|der|das|tout|muito|muy|sehr|bien|très|poco|pouco|más|que|se)\b)([a-zà-ÿ]{2,}) \4\b"
)


def twice(text: str) -> bool:
    """Whether words stand twice in a row, or again a few words on without a mark between: a start that was given up.
    Behind a comma they may."""
    return bool(_TWICE.search(text))


def passes(bare: str, form: Tongue, *, opening: bool = True) -> bool:
    """Whether a sentence without its end mark stands alone: not half, not doubled, leaning on nothing before it."""
    if form.half.search(bare) or twice(bare):
        return False
    if opening and (form.leaning.search(bare) or form.dangling.search(bare)):
        return False
    size = count_words(bare, form.language)
    return LEAST[form.unspaced] <= size <= MOST_WORDS


def shaped(bare: str, form: Tongue) -> bool:
    """Whether a sentence has the form of one: it begins as sentences do, and has a finite verb."""
    if len(re.findall(r"[,，、]", bare)) > 3 and count_words(bare, form.language) > 24:
        return False  # so many insertions: speech that has lost its thread, more often than not
    if form.plain.search(bare):
        return False
    core = form.aside.sub("", bare)  # a verb of a clause beside it makes no sentence
    return (form.start is None or bool(form.start.search(bare))) and (form.verb is None or bool(form.verb.search(core)))


def _first(text: str, form: Tongue) -> bool:
    return bool(
        form.mine.search(text)
        or form.yours.search(text)
        or (form.ours.search(text) and not form.everybody.search(text))
    )


def _turned(bare: str, mouth: Mouth, form: Tongue) -> Told | None:
    """The sentence told of somebody, where the first person stands in its frame alone."""
    for turn in form.turns:
        found = turn.said.match(bare)
        if found is None:
            continue
        groups = {key: value or "" for key, value in found.groupdict().items()}
        rest = groups.get("rest", "")
        frame = turn.named if mouth.name else turn.nobody
        if not frame or _first(" ".join(groups.values()), form) or form.leaning.search(rest) or twice(rest):
            return None
        named = "{who}" in frame or "{scene}" in frame
        text = frame.format(who=mouth.name or "", scene=mouth.scene, **groups)
        if count_words(text, form.language) > MOST_WORDS:
            return None
        text = text if frame.startswith("{who}") else text[:1].upper() + text[1:]
        return Told(finish(text, form.language, keep=(mouth.name,) if mouth.name else ()), named=named)
    return None


def _telling(bare: str, form: Tongue) -> bool:
    """Whether a sentence has a turn or a figure: without one nobody quotes it."""
    tokens = re.findall(r"[^\W_]+", bare.lower())
    counts = bool(_FIGURE.search(bare)) or any(token in form.nouns.number for token in tokens)
    return counts or any(row.search(bare) for row in form.strong)


def _quoted(bare: str, mouth: Mouth, form: Tongue) -> Told | None:
    """The sentence in the speaker's own words, with the name."""
    size = count_words(bare, form.language)
    frame = mouth.says if mouth.name else mouth.anonymous
    if not frame or not QUOTED[0] <= size <= QUOTED[1] or not passes(bare, form):
        return None
    if re.search(r"[\"“”„«»「」:：]", bare):
        return None
    if form.chat.search(bare) or not shaped(bare, form) or not _telling(bare, form):
        return None
    said = re.sub(r"(?<=\w)'(?=\w)", "’", bare[:1].upper() + bare[1:])
    return Told(frame.format(text=said, who=mouth.name or "", scene=mouth.scene), named=True, quoted=True)
