"""Who speaks, and when, at the head of a line: `**Ann:** ...`, `Ann  0:16`, `[00:01:02] Ann: ...` and their kin."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from composer.sources.base import Cue, of_voices
from composer.sources.times import CLOCK, seconds

_NAME = r"[^\W\d_][^\n:*\[\]()<>|\"“”?!;]{0,48}?(?:[ ]\([^()\n]{1,40}\))?"
_LOOSE = r"[^\s:*\[\]()<>|\"“”?!;,.…][^\n:*\[\]<>|\"“”?!;]{0,48}?(?:[ ]\([^()\n]{1,40}\))?"
_TIME = rf"[\[(]{{0,2}}(?P<t>{CLOCK})(?:[ \t]*(?:-|–|—|-->|to)[ \t]*(?P<e>{CLOCK}))?[\])]{{0,2}}"
_BOXED = rf"[\[(]{{1,2}}(?P<t>{CLOCK})(?:[ \t]*(?:-|–|—|-->|to)[ \t]*(?P<e>{CLOCK}))?[\])]{{1,2}}"
_S = r"[ \t\u00a0]"

# Each pattern: a line's head. Groups t, e (times), n (name), r (the rest of the line).
_BOLD = re.compile(
    rf"(?:{_BOXED}{_S}*[-–—:]?{_S}*)?(?:\*\*|__)(?P<n>[^*\n_][^*\n]{{0,80}}?):?(?:\*\*|__)(?P<c>{_S}*:)?{_S}*(?P<r>.*)\Z",
    re.S,
)
_TIME_NAME = re.compile(rf"{_TIME}{_S}*[-–—|:]?{_S}*(?P<n>{_LOOSE}){_S}*:(?:{_S}+(?P<r>.*)|(?P<r2>))\Z", re.S)
_NAME_BOXED = re.compile(rf"(?P<n>{_LOOSE}){_S}*[-–—|,]?{_S}*{_BOXED}{_S}*:?{_S}*(?P<r>.*)\Z", re.S)
_NAME_TIME = re.compile(rf"(?P<n>{_LOOSE})(?:{_S}{{1,8}}[-–—|•·]?{_S}*)(?P<t>{CLOCK}){_S}*:?\Z")
_TIME_ALONE = re.compile(rf"{_TIME}\Z")
_TIME_REST = re.compile(rf"(?:{_BOXED}|(?P<t2>{CLOCK})){_S}*[-–—|]?{_S}+(?P<r>\S.*)\Z", re.S)
_TIME_GLUED = re.compile(rf"{_BOXED}(?P<r>\S.*)\Z", re.S)
# `[Ann Lee] 10:02:03`, as chats and some meeting programs write it.
_BOXED_NAME = re.compile(rf"\[(?P<n>{_NAME})\]{_S}*[-–—]?{_S}*(?P<t>{CLOCK}){_S}*:?{_S}*(?P<r>.*)\Z", re.S)
_ITALIC = re.compile(rf"[*_](?P<n>{_LOOSE})(?::[*_]|[*_]{_S}?:){_S}*(?P<r>.*)\Z", re.S)
_NAME_ONLY = re.compile(rf"(?P<n>{_LOOSE}){_S}?:(?:{_S}+(?P<r>.*)|(?P<r2>))\Z", re.S)
# A full-width colon needs no space behind it: `司会：...`; nor does any colon between characters that no spaces part.
_WIDE = r"[\u3005\u3040-\u30ff\u4e00-\u9fff]"
_MARKED = r"\s:：*\[\]()（）<>|\"“”「」『』《》?!;,.…，。、？！"
_NAME_WIDE = re.compile(
    rf"(?P<n>[^\W\d_][^{_MARKED}]{{0,15}}(?: [^{_MARKED}]{{1,12}})?(?:[(（][^()（）\n]{{1,30}}[)）])?)"
    rf"(?:：|(?<={_WIDE}):(?=[「『“]?{_WIDE})|(?<=[)）]):(?={_WIDE})){_S}*(?P<r>.*)\Z",
    re.S,
)
# `Ann Lee: 00:01:02` on a line of its own.
_NAME_THEN_TIME = re.compile(rf"(?P<n>{_LOOSE}){_S}?:{_S}+(?P<t>{CLOCK})\Z")
# Chats: the day and the time of day say who wrote when, and no place in a recording.
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_OCLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_CHAT = re.compile(rf"\[?{_DAY},?{_S}+{_OCLOCK}\]?{_S}*(?:[-–]{_S}*)?(?P<n>{_LOOSE}):{_S}+(?P<r>.*)\Z", re.S)
_CHAT_NAME = re.compile(
    rf"(?P<n>{_LOOSE})(?:,?{_S}*\[{_DAY},?{_S}+{_OCLOCK}\]|{_S}+[—–-]{_S}+(?:today|yesterday|{_DAY})(?:{_S}at)?,?{_S}+{_OCLOCK}|"
    rf"{_S}{{1,6}}\[?\d{{1,2}}:\d{{2}}[ \u202f]?[AaPp]\.?[Mm]\.?\]?)\Z",
    re.I,
)
# `Q    Karine, on the plan`: press offices and courts put no colon behind the letter.
_LETTER = re.compile(
    r"(?P<n>[QA])(?:\t|\u2003|[ \u00a0]{2,}|\.[ \t]{2,})[ \t\u00a0]*(?P<r>[\"“'‘(—–-]?[^\W\d_a-z].*)\Z", re.S
)
# A time of day is no place in a recording.
_DAYTIME = re.compile(rf"[\[(]?{CLOCK}{_S}?[AaPp]\.?[Mm]\b(?!{_S}*[:\])])")
_LABEL = re.compile(r"\[?((?:SPEAKER|Speaker|speaker)[ _][A-Z0-9]{1,3})\]?:?\Z")
_CLICK = re.compile(rf"\(?\[[\[(]?({CLOCK})[\])]?\]\([^()\s]{{1,500}}\)\)?")
_WORDED = re.compile(rf"\[(?:time|at)[ :]+({CLOCK})\]", re.I)
_SECONDS_IN = re.compile(r"\[\[(\d{1,6}(?:\.\d{1,3})?)\]\]")
_HAS_TIME = re.compile(CLOCK)
_COUNTS = re.compile(r"(?:https?|ftp|mailto)\Z", re.I)


@dataclass(slots=True)
class Head:
    """What the head of a line says. `sure` where its form leaves no doubt that `name` is a speaker."""

    name: str | None
    start: float | None
    end: float | None
    rest: str
    sure: bool = False
    marker: bool = False


def unclick(line: str) -> str:
    """Times that are links (`[1:02](https://...)`) as plain boxed times."""
    return _CLICK.sub(r"[\1]", line) if "](" in line else line


def stamped(line: str) -> str:
    """Times in other dress at the head of a line (`[Time 0:12:40]`, `[[762.0]]` in seconds) as plain boxed times."""
    if line[:1] != "[":
        return line
    seconds_in = _SECONDS_IN.match(line)
    if seconds_in:
        whole = int(float(seconds_in[1]))
        return f"[{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}]{line[seconds_in.end() :]}"
    return _WORDED.sub(r"[\1]", line, count=1)


def head(line: str) -> Head | None:
    """What the head of `line` says about speaker and time, or None. The line has no list or quote mark."""
    line = line.replace("\\[", "[").replace("\\]", "]") if "\\" in line else line
    first = line[:1]
    if first in "*_[(" and ("**" in line[:60] or "__" in line[:60]):
        found = _bold(line)
        if found:
            return found
    if first in "*_":
        italic = _ITALIC.match(line)
        if italic:
            return Head(italic["n"].strip(), None, None, italic["r"].strip())
    if first in "QA":
        letter = _LETTER.match(line)
        if letter:
            return Head(letter["n"], None, None, letter["r"].strip())
    near = line[:120]
    if _HAS_TIME.search(near):
        found = _chat(line) or _timed(line)
        if found:
            return found
    if ":" in near:
        match = _NAME_ONLY.match(line)
        if match and not _COUNTS.match(match["n"]):
            return Head(match["n"].strip(), None, None, (match["r"] or "").strip())
    wide = _wide(line)
    if wide:
        return Head(wide[0], None, None, wide[1])
    label = _LABEL.match(line.strip("* "))
    return Head(label[1], None, None, "", sure=True) if label else None


def _bold(line: str) -> Head | None:
    match = _BOLD.match(line)
    if not match:
        return None
    name, rest = match["n"].strip(), match["r"].strip()
    colon = bool(match["c"]) or line[match.end("n") : match.end("n") + 1] == ":"
    start, end = _clock(match["t"]), _clock(match["e"])
    alone = _TIME_ALONE.match(rest)
    if alone and not colon:
        return Head(name.rstrip(": "), _clock(alone["t"]), _clock(alone["e"]), "", sure=True)
    if alone:
        return Head(name, _clock(alone["t"]), _clock(alone["e"]), "", marker=True)
    inside = _NAME_BOXED.match(name + (":" if colon else ""))
    if inside and not inside["r"]:
        return Head(inside["n"].strip(), _clock(inside["t"]), _clock(inside["e"]), rest, sure=True)
    boxed = re.match(rf"{_BOXED}{_S}*:?{_S}*(?P<r>.*)\Z", rest, re.S)
    if boxed:
        return Head(name.rstrip(": "), _clock(boxed["t"]), _clock(boxed["e"]), boxed["r"], sure=True)
    if colon:
        return Head(name, start, end, rest, sure=True)
    if start is not None and not rest:
        return Head(name, start, end, rest, sure=True)
    return None


def _chat(line: str) -> Head | None:
    match = _CHAT.match(line) or _CHAT_NAME.match(line)
    if not match or _words(match["n"]) > 5:
        return None
    return Head(match["n"].strip(), None, None, (match.groupdict().get("r") or "").strip(), sure=True)


def _timed(line: str) -> Head | None:
    if _DAYTIME.match(line):
        return None
    alone = _TIME_ALONE.match(line)
    if alone:
        return Head(None, _clock(alone["t"]), _clock(alone["e"]), "", marker=True)
    for pattern in (_NAME_THEN_TIME, _BOXED_NAME, _TIME_NAME, _NAME_BOXED, _NAME_TIME):
        match = pattern.match(line)
        if match:
            groups = match.groupdict()
            rest = groups.get("r") or ""
            name = groups["n"].strip().strip("*_ ")
            end = _clock(groups.get("e"))
            if _words(name) <= 6:
                return Head(
                    name, _clock(groups["t"]), end, rest.strip(), sure=pattern is not _NAME_BOXED or not rest.strip()
                )
    match = _TIME_REST.match(line) or _TIME_GLUED.match(line)
    if match:
        groups = match.groupdict()
        rest = groups["r"].strip()
        name, rest = _wide(rest) or (None, rest)
        return Head(name, _clock(groups["t"] or groups.get("t2")), _clock(groups["e"]), rest)
    return None


def _wide(line: str) -> tuple[str, str] | None:
    """The label in front of a line of characters, and what follows it."""
    found = _NAME_WIDE.match(line) if "：" in line[:60] or ":" in line[:60] else None
    return (found["n"].strip(), found["r"].strip()) if found else None


def _clock(token: str | None) -> float | None:
    return seconds(token) if token else None


def _words(name: str) -> int:
    return len(name.split())


def speakers(labels: Counter[str], total: int, text: str, sure: Counter[str] | None = None) -> set[str]:
    """Which labels are speakers. `labels` counts `Label:` heads of lines, `total` the lines, `text` is all of them.

    Where labels stand at most lines, all are speakers. Elsewhere a label has to come back and to look like a name:
    few words, each beginning with a capital, and none that the text also uses in lower case.
    """
    named = {label for label, n in (sure or Counter()).items() if n}
    good: set[str] = set()
    repeated = sum(n for label, n in labels.items() if n > 1)
    dense = total > 0 and sum(labels.values()) >= 0.6 * total and repeated >= 0.5 * sum(labels.values())
    lowered: set[str] | None = None
    for label, n in labels.items():
        if _LABEL.match(label) or (dense and _words(label) <= 5):
            good.add(label)
            continue
        if n < 2 or not namelike(label):
            continue
        if lowered is None:
            lowered = {w for w in re.findall(r"\b[^\W\d_]+\b", text[:100_000]) if w.islower()}
        names = re.sub(r"\([^()]*\)", "", label)
        words = [w.lower() for w in re.findall(r"[^\W\d_]{2,}", names)]
        if n >= 10 or (words and not all(w in lowered for w in words)) or re.fullmatch(r"Q|A", label):
            good.add(label)
    return good | named


def namelike(label: str) -> bool:
    """At most four words, each with a capital; small words of names (`van`, `de`) aside."""
    words = re.sub(r"\([^()]*\)", "", label).split()
    small = {"van", "von", "de", "der", "den", "del", "di", "da", "la", "le", "el", "al", "bin", "ten", "the", "of"}
    return 0 < len(words) <= 4 and all(
        w[0].isupper() or w[0].isdigit() or w in small or not w[0].isascii() for w in words
    )


def bare_names(lines: list[str]) -> set[str]:
    """Names that stand alone on a line above what they say: short, capital, without an end mark, and coming back."""
    counts = Counter(line for line in lines if len(line) <= 40 and line[-1:].isalnum() and namelike(line))
    again = {line for line, n in counts.items() if n > 1 and not any(c.isdigit() for c in line)}
    heads = sum(counts[name] for name in again)
    follows = sum(b in again for a, b in pairwise(lines) if a in again)
    return again if len(again) >= 2 and heads >= 0.2 * len(lines) and follows <= 0.1 * heads else set()


_PREFIX = re.compile(r"(?:[-–—]{1,2}[ ]?|>{1,3}[ ]?|&gt;&gt;[ ]?|[\[(])?(" + _LOOSE + r")[\])]?[ ]?:[ ]+(?=\S)")


def label_cues(cues: list[Cue]) -> bool:
    """Give cues that begin with `Name: ` their speaker, in place, and say whether any was found.

    Where a label stands only when the speaker changes, as in Descript's and most edited captions, the cues that
    follow are of the same speaker.
    """
    if any(cue.speaker for cue in cues):
        return False
    heads: list[re.Match[str] | None] = [_PREFIX.match(cue.text) if ":" in cue.text else None for cue in cues]
    labels = Counter(m[1].strip() for m in heads if m)
    if not labels:
        return False
    good = speakers(labels, len(cues), "\n".join(cue.text for cue in cues))
    named = [(i, m) for i, m in enumerate(heads) if m and m[1].strip() in good]
    if len(named) < 2 or (len(named) < 0.01 * len(cues)):
        return False
    for i, m in named:
        cues[i].speaker = m[1].strip()
        cues[i].text = cues[i].text[m.end() :]
    places = {i for i, _ in named} | _turns_inside(cues, {m[1].strip() for _, m in named})
    _carry(cues, sorted(places))
    return True


def _turns_inside(cues: list[Cue], names: set[str]) -> set[int]:
    """Labels of known speakers in the middle of cues become turns; the indices of those cues."""
    longest = sorted(names, key=lambda n: (-len(n), n))
    pattern = re.compile(r"(?:(?<=[ ])|^)(?:[-–—>]{1,2}[ ]?)?(" + "|".join(map(re.escape, longest)) + r"):[ ]+(?=\S)")
    found: set[int] = set()
    for index, cue in enumerate(cues):
        if ": " not in cue.text or cue.role == "meta":
            continue
        pieces = pattern.split(cue.text)
        if len(pieces) < 3:
            continue
        voices = [(cue.speaker, pieces[0].strip())]
        voices += [(name, said.strip()) for name, said in zip(pieces[1::2], pieces[2::2], strict=True)]
        whole = of_voices(cue.start, cue.end, voices)
        cue.text, cue.speaker, cue.turns = whole.text, whole.speaker, whole.turns
        found.add(index)
    return found


_TITLE = r"(?:Right )?(?:Hon\.|Mr\.|Mrs\.|Ms\.|Dr\.|M\.|Mme|Miss)[ ]"
_TITLED = rf"{_TITLE}[A-ZÀ-Þ][\w’'.-]*(?:[ ][\w’'.-]+){{0,3}}?[ ][A-ZÀ-Þ][\w’'-]+"
_BRACKET = r"(?:[ ]\([^()]{2,80}(?:\([^()]{2,40}\))?[^()]{0,20}\))?"
_CHORUS = r"(?:Some|An) hon\.? members?"
# Behind such a word a name with a colon is spoken to, or of: "I say to Mr. Rowan Pike: not so."
_SPOKEN_OF = re.compile(
    r"(?i)\b(?:to|for|by|from|of|with|and|or|as|asked?|asking|told|tell|telling|says?|said|quoted?|thank|like|about|"
    r"on|is|was|our|the|my|friend|minister|member|colleague),?\s*\Z"
)


def label_inside(cues: list[Cue]) -> bool:
    """Split cues of a labelled source where another voice begins inside, in place, and say whether any was split.

    Minutes put what somebody calls out, and now and then a whole answer, into the paragraph of the one before:
    "Ms. Rowan: Which day? Hon. Ann Pike (Minister of Tides): At once." Only a full name with a form of address is such
    a label, or the whole name of a voice of this source behind the end of a sentence: "Note: ..." is none.
    """
    said = [cue for cue in cues if cue.text and cue.role not in ("meta", "heading")]
    labelled = sum(bool(cue.speaker) for cue in said)
    if labelled < 2 or labelled < 0.6 * len(said):
        return False
    voices = {re.sub(r"\s*\(.*", "", cue.speaker) for cue in said if cue.speaker}
    whole = sorted((name for name in voices if len(name.split()) > 1), key=lambda name: (-len(name), name))
    known = "|".join(map(re.escape, whole))
    after = rf"(?:(?<=[.!?…”\"—] )|^)(?:{known})" if known else r"(?!)"
    pattern = re.compile(rf"(?:(?<=\s)|^)(?P<n>(?:{_TITLED}|{_CHORUS}|{after}){_BRACKET}):[ ]+(?=\S)")
    split = False
    for cue in said:
        if ": " not in cue.text or cue.turns or not cue.speaker:
            continue
        found = [one for one in pattern.finditer(cue.text) if _begins(one, voices)]
        if not found:
            continue
        pieces: list[tuple[str | None, str]] = [(cue.speaker, cue.text[: found[0].start()].strip())]
        ends = [*(one.start() for one in found[1:]), len(cue.text)]
        pieces += [(one["n"], cue.text[one.end() : end].strip()) for one, end in zip(found, ends, strict=True)]
        parted = of_voices(cue.start, cue.end, pieces)
        cue.text, cue.speaker, cue.turns = parted.text, parted.speaker, parted.turns
        split = True
    return split


def _begins(label: re.Match[str], voices: set[str]) -> bool:
    """Whether a label begins a turn, and is nobody spoken to or of: "I say to Mr. Pike: not so"."""
    capital = label.string[label.end() :][:1].isupper()
    sure = label["n"] in voices or re.fullmatch(_CHORUS, label["n"])
    return bool(capital and sure) or not _SPOKEN_OF.search(label.string[: label.start()])


def _carry(cues: list[Cue], named: list[int]) -> None:
    changes = sum(_last(cues[a]) != cues[b].speaker for a, b in pairwise(named))
    neighbours = sum(b == a + 1 for a, b in pairwise(named))
    if len(named) >= 0.9 * len(cues) or changes < 0.6 * (len(named) - 1) or neighbours == len(named) - 1:
        return
    speaker: str | None = None
    for cue in cues:
        if not cue.speaker:
            cue.speaker = speaker
        speaker = _last(cue)


def _last(cue: Cue) -> str | None:
    """Who speaks at the end of a cue."""
    return cue.turns[-1][1] or None if cue.turns else cue.speaker


def uncapital(cues: list[Cue]) -> None:
    """Names in capitals, as captions write them (`ANNA LEE:`), with small letters; where all are written so.

    Short ones alone may be letters that stand for words (`BBC`), and stay.
    """
    names = {name for cue in cues for name in (cue.speaker, *(who for _, who in cue.turns)) if name}
    shouted = [name for name in names if name.isupper()]
    if not shouted or len(shouted) < len(names) or not any(len(word) > 4 for name in names for word in name.split()):
        return
    small = {name: " ".join(_capitalised(word) for word in name.split(" ")) for name in names}
    for cue in cues:
        cue.speaker = small[cue.speaker] if cue.speaker else cue.speaker
        cue.turns = tuple((at, small.get(who, who)) for at, who in cue.turns)


def _capitalised(word: str) -> str:
    """A word of a name with one capital for each part; titles, initials and numbers as they are."""
    if not word.isalpha() and not re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?,?", word):
        return word
    if re.fullmatch(r"[IVX]{2,}", word):
        return word
    if len(word) < 3 and not re.search(r"[AEIOUY]", word):
        return word if word not in ("DR", "MR", "MS", "ST") else word.capitalize()
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
