"""What stands above a transcript: who spoke, where, when, who typed it. Facts for `Transcript.context`, not speech.

`Speaker: ...`, `- **Channel**: ...`, `Presented at ...`, `Transcribed by ...`, a plain first line that is the title.
Reads from the top and stops at the first line that may be speech.
"""

import re
from dataclasses import dataclass, field

from composer.sources.clean import squeeze
from composer.sources.facts import is_person
from composer.sources.markdown import Block, inline

_KEYS = {
    "title": "title", "talk": "title", "lecture": "title", "session": "title", "topic": "title", "episode": "title",
    "speaker": "speaker", "presenter": "speaker", "presented by": "speaker", "lecturer": "speaker",
    "instructor": "speaker", "preacher": "speaker", "author": "author", "by": "author", "talk by": "speaker",
    "conference": "event", "event": "event", "venue": "place", "location": "place", "place": "place",
    "date": "date", "recorded": "date", "published": "date", "upload date": "date", "uploaded": "date",
    "language": "language", "url": "url", "link": "url", "video": "url", "source": "url",
}  # fmt: skip
# Further keys of a head that give no fact; the first set says that the thing was spoken.
_SPOKEN = frozenset([
    "channel", "views", "duration", "transcription date", "video id", "video url", "transcriber", "transcribed by",
    "transcript by", "transcription by", "captioned by", "subtitles", "subtitles by", "recording",
])  # fmt: skip
_OTHERS = _SPOKEN | frozenset([
    "likes", "length", "model", "device", "source file", "file", "file name", "filename", "translator",
    "translated by", "reviewer", "reviewed by", "editor", "edited by", "proofreader", "format", "license", "licence",
    "tags", "keywords", "category", "categories", "playlist", "subscribers", "comments", "created", "modified",
    "version", "encoding", "engine", "confidence", "thumbnail", "downloaded", "slides", "audio", "id", "type", "kind",
    "attendees", "participants", "present", "apologies", "time", "status", "transcript", "media",
])  # fmt: skip
_INTRODUCING = frozenset(["introducer", "announcer", "introduction"])
_PAIR = re.compile(r"[*_]{0,3}([A-Za-z][A-Za-z ]{1,24}?)[*_]{0,3}[ ]?:[*_]{0,3}[ \t]*(.*)\Z", re.S)
_PIPED = re.compile(r"[ \t]+\|[ \t]+(?=[*_]{0,3}[A-Za-z][A-Za-z ]{1,24}:)")
_GIVEN = re.compile(
    r"(?:presented|given|delivered|recorded|held|spoken)\s+(?:live\s+)?(at|on|in)\s+(.{2,80}?)[.\s]*\Z", re.I
)
_TYPED = re.compile(
    r"(?:transcri(?:bed|pt|ption)|translat(?:ed|ion)|captioned|subtitled|edited|reviewed|proofread)\s+by\b.{0,120}\Z",
    re.I,
)
_ABOUT_IT = re.compile(
    r"transcript (?:extracted|generated|downloaded|exported|taken|copied) (?:from|by|with)\b|"
    r"(?:this|the (?:following|below))\s+(?:is\s+(?:a|an|the)\s+)?(?:\w+\s+)?transcri|times(?:tamps)? are ",
    re.I,
)
_SIGNED = re.compile(r"(?P<by>by[ ]+)?(?P<n>[^<>(),:;]{3,60}?)[ ]*(?:<[^<>@\s]+@[^<>\s]+>)?\Z", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:(?P<place>[A-Z][\w. -]{{2,30}}), )?(?P<date>\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
    rf"(?:,? (?:at )?\d{{1,2}}[:.]\d\d(?:[ \u202f]?[AP]M)?(?: [A-Z]{{2,4}})?)?\Z",
    re.I,
)
_AT_TIME = re.compile(r"(?:at )?\d{1,2}[:.]\d\d[ \u202f]?[ap]\.?m\.?(?:[ ,]+[A-Z]{2,4})?\W*\Z", re.I)
_LASTED = re.compile(r"(?:\d+ ?h(?:ours?)? ?)?\d+ ?m(?:in(?:utes)?)?(?: ?\d+ ?s(?:ec(?:onds)?)?)?\Z", re.I)
_SPEECH_BY = re.compile(
    r"(?:opening |closing |welcome |keynote )*(?:remarks|speech|statement|address|keynote|lecture|talk|presentation|"
    r"sermon|testimony) (?:(?:given|delivered|made|presented) )?by (?P<n>[^,;:]{3,60}?)(?:, [^,]{2,60}?,?)?"
    r"(?: (?P<at>at|to|before|on) (?:the )?(?P<e>.{2,70}))?\Z",
    re.I,
)
_DELIVERY = re.compile(r"\W*(?:as (?:prepared|written) for delivery|check against delivery|as delivered)\W*\Z", re.I)
_PROGRAM = re.compile(
    r"(?:.{2,50} (?:started|stopped) (?:the )?(?:transcription|recording)|"
    r"(?:transcription|recording) (?:ended|started|stopped)\b.{0,40}|"
    r"messages and calls are end-to-end encrypted.{0,120})\W*\Z",
    re.I,
)
_PRESENT = re.compile(r"(?:attendees|participants|present|invited|invitees|speakers)[ :]*\Z", re.I)
_URL = re.compile(r"<?https?://\S+>?\Z")
_NO_TITLE = re.compile(
    r"(?:audio |video |youtube |full |auto(?:matic)?(?:ally)?[ -]?(?:generated )?)*"
    r"(?:transcri(?:pt|ption)s?|trans[ck]r?ip?tion(?:en)?|transkript|transcripción|transcrição|trascrizione|"
    r"niederschrift|abschrift|wortprotokoll|文字起こし|書き起こし|文字稿|文字记录|"
    r"metadata|captions?|subtitles|(?:youtube )?(?:video |file )?information|"
    r"video details|details|info)[ :.]*\Z",
    re.I,
)
_TITLE_HEAD = re.compile(
    r"(?:(?:full |youtube |video |audio )*transcript(?:ion)?(?: of)?|title)[ ]*[:–—-][ ]+(?=\S)", re.I
)
_TITLE_TAIL = re.compile(
    r"(?:[ ]*\(\d{4}[-/.]\d\d[-/.]\d\d[^()]*\)|-\d{8}_\d{6}(?:UTC)?(?=-))?[ ]*(?:[-–—|][ ]*(?:transcript(?:ion)?|"
    r"(?:meeting )?recording))?\Z",
    re.I,
)
_YEAR_TAIL = re.compile(r"[ ]+[-–—][ ]+[^-–—]*\b(?:19|20)\d\d\b.*\Z")
# More lines than this no head has.
_MOST = 30


@dataclass(slots=True)
class Front:
    """The facts of a head. `title` is None where it names none; `spoken` where it says that the thing was spoken.

    `lines` are the indices of the blocks that are the head's.
    """

    title: str | None = None
    language: str | None = None
    spoken: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)


def no_title(text: str) -> bool:
    """Whether a heading says only that a transcript follows."""
    return bool(_NO_TITLE.match(text.strip(" #*_")))


def title_of(text: str) -> str:
    """A title without the words and numbers that a program put to it because it is a transcript's."""
    return _TITLE_TAIL.sub("", _TITLE_HEAD.sub("", text, count=1))


def by_program(text: str) -> bool:
    """Whether a line is what a meeting or chat program says of itself."""
    return len(text) < 200 and bool(_PROGRAM.match(text))


def front(found: list[Block]) -> Front:
    """What the head of a document states. Headings stay headings, but those that say only that a transcript follows."""
    out = Front()
    labels = [_label(block) for block in found]
    first: int | None = None
    titled = False
    for index, block in enumerate(found[:_MOST]):
        if block.kind in ("rule", "code"):
            continue
        if block.kind == "heading":
            if no_title(inline(block.text)):
                out.lines.add(index)
                out.spoken = True
            else:
                titled = True
            continue
        text = squeeze(inline(block.text))
        if _fact(out, block, labels) or _line(out, text) or _goes_on(found, index) or _among(found, index, out):
            out.lines.add(index)
        elif first is None and not titled and _may_be_title(block, text):
            first = index
        elif labels[index] in _INTRODUCING:
            out.lines |= _introduction(found, labels, index, out.facts.get("speaker", ""))
            break
        elif first is not None and _signed(out, block.text.strip()):
            out.lines.add(index)
        else:
            break
    if first is not None and any(line > first for line in out.lines):
        out.lines.add(first)
        out.title = out.title or title_of(squeeze(inline(found[first].text)))
    elif first is not None:
        out.lines = {line for line in out.lines if line < first}
    return out


def _label(block: Block) -> str:
    pair = _PAIR.match(block.text) if block.kind in ("text", "item") else None
    return pair[1].strip().lower() if pair else ""


def _fact(out: Front, block: Block, labels: list[str]) -> bool:
    """Whether the line is `Key: value` (or several, with bars between), and nobody's speech."""
    pairs = [_PAIR.match(part) for part in _PIPED.split(block.text)]
    if not pairs or any(pair is None for pair in pairs):
        return False
    for pair in (p for p in pairs if p):
        key, value = pair[1].strip().lower(), squeeze(inline(pair[2]))
        fact = _KEYS.get(key)
        out.spoken = out.spoken or key in _SPOKEN or fact == "speaker"
        if value.lower() in ("", "unknown", "none", "n/a", "-"):
            fact = None if key not in _KEYS else "nothing"
        if labels.count(key) > 1 or (fact is None and key not in _OTHERS) or len(value.split()) > 16:
            return False
        if fact in ("speaker", "author"):
            name = re.sub(r"[ ]*(?:<.*>|\(.*\))\Z", "", value)
            if not is_person(name, single=key != "speaker") or len(name.split()) > 5:
                return False
            out.facts.setdefault(fact, name)
        elif fact == "title":
            out.title = out.title or value
        elif fact == "language":
            code = re.match(r"([a-z]{2,3})\b", value)
            out.language = code[1] if code else None
        elif fact == "url":
            if _URL.match(value):
                out.facts.setdefault("url", value.strip("<>"))
        elif fact and fact != "nothing":
            out.facts.setdefault(fact, _YEAR_TAIL.sub("", value) if fact == "event" else value)
    return True


def _line(out: Front, text: str) -> bool:
    """Whether the line tells of the transcript and says nothing of the talk."""
    given = _GIVEN.match(text)
    if given and len(text.split()) <= 12:
        if given[1].lower() == "at":
            out.facts.setdefault("event", given[2])
        out.spoken = True
        return True
    by = _SPEECH_BY.match(text)
    if by and is_person(by["n"]):
        out.facts.setdefault("speaker", by["n"])
        if by["e"] and by["at"].lower() == "at":
            out.facts.setdefault("event", by["e"])
        out.spoken = True
        return True
    day = _DATE.match(text)
    if day:
        out.facts.setdefault("date", day["date"])
        if day["place"]:
            out.facts.setdefault("place", day["place"])
        return True
    if no_title(text) or _LASTED.match(text) or _AT_TIME.match(text) or _DELIVERY.match(text) or by_program(text):
        out.spoken = True
        return True
    typed = bool((_TYPED.match(text) and len(text.split()) <= 14) or _ABOUT_IT.match(text))
    out.spoken = out.spoken or typed
    return typed or bool(_URL.match(text))


def _among(found: list[Block], index: int, out: Front) -> bool:
    """Whether the block is the list of who was there, or the word above it."""
    text = found[index].text
    if _PRESENT.match(text):
        return True
    above = next((i for i in range(index - 1, -1, -1) if found[i].kind != "rule"), None)
    if above is None or above not in out.lines or not _PRESENT.match(found[above].text):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    return "," in text and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _goes_on(found: list[Block], index: int) -> bool:
    """Whether the block is a further line of a paragraph about the transcript, as wrapped lines are."""
    if found[index].gap:
        return False
    at = index
    while at and not found[at].gap:
        at -= 1
    return bool(_ABOUT_IT.match(squeeze(inline(found[at].text))))


def _signed(out: Front, text: str) -> bool:
    """Whether the line is a name with an address, or with "by" before it: the one who speaks."""
    match = _SIGNED.match(text)
    if not match or not is_person(match["n"]) or not ("@" in text or match["by"]):
        return False
    out.facts.setdefault("speaker", match["n"])
    return True


def is_key(text: str) -> bool:
    """Whether a line has the form of a head's (`Speaker: ...`), so that it is never a part of the line above it."""
    pair = _PAIR.match(text)
    return bool(pair and (pair[1].lower() in _KEYS or pair[1].lower() in _OTHERS))


def _introduction(found: list[Block], labels: list[str], start: int, speaker: str) -> set[int]:
    """The blocks of somebody who only introduces: up to the next label, with it where it is the speaker's."""
    end = next((i for i in range(start + 1, min(start + 20, len(found))) if labels[i]), None)
    if end is None:
        return set()
    own = found[end].text.strip().endswith(":") and labels[end] in speaker.lower().split()
    return set(range(start, end + own))


def _may_be_title(block: Block, text: str) -> bool:
    """A short first line without a sentence's end, under which the head goes on."""
    words = text.split()
    if block.kind != "text" or not 2 <= len(words) <= 14 or text[-1] in ".,;:" or not text[0].isupper():
        return False
    if title_of(text) != text:
        return True
    if _PAIR.match(text):
        return False
    return sum(word[0].isupper() for word in words if len(word) > 3) >= 0.6 * sum(len(word) > 3 for word in words)
