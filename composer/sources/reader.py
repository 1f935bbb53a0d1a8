"""The way from a file or a pasted text to a Transcript."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from composer.errors import SourceError
from composer.sources import archive, artefacts, documents, facts, language, magic, repair, turns
from composer.sources.base import Cue, Draft, Sample, count
from composer.sources.decode import decode, mend
from composer.sources.detect import rank
from composer.sources.model import Chapter, Segment, Transcript

# A five-hour transcript with a time for every word has about 10 MB; beyond this nothing is a transcript.
MAX_TEXT = 64 * 1024 * 1024

_SAFE = "Nothing was changed."
# Words of a text that reports what somebody said. Three of them, and a short text without voices is a summary.
_REPORTING = re.compile(
    r"\b(?:he|she|they|speaker|author|[A-Z][a-z]+)[ ](?:(?:also|then|further)[ ])?"
    r"(?:said|says|emphasi[sz]ed|predicted|believe[sd]?|argue[sd]|mentioned|explain(?:ed|s)|state[sd]|discusse[sd]|"
    r"answered|note[sd]|disagreed|suggest(?:ed|s)|highlight(?:ed|s)|describe[sd])\b|"
    r"\b(?:['’]s|the|this)[ ](?:speech|talk|lecture|keynote|interview|presentation)\b"
)


def read(path: Path, member: str | None = None) -> Transcript:
    """The transcript in the file at `path`. Raises SourceError, with a sentence for a person, where there is none.

    Of a zip archive, `member` names the file inside; a path that goes on inside the archive (`talks.zip/one.vtt`) says
    the same. Without either, an archive that holds one readable file gives that one; several are named in the error,
    and `members` lists them.
    """
    path, member = _inside(Path(path), member)
    data = load(path)
    name = path.name
    if archive.is_zip(data) and archive.kind(data) == "zip":
        if member is None:
            member = _only(archive.names(data, name), name)
        data = archive.member(data, member, name, MAX_TEXT)
        name = member.rpartition("/")[2]
        if archive.is_zip(data) and archive.kind(data) == "zip":
            raise SourceError(f"{name} is an archive inside an archive.", safe=_SAFE, do="Unpack it first.")
    elif member is not None:
        raise SourceError(f"{name} is not a zip archive.", safe=_SAFE, do="Choose the file itself.")
    return _bytes(data, name)


def members(path: Path) -> list[str]:
    """The files in a zip archive that can be read, by name; an empty list for any other file. Raises SourceError."""
    data = load(Path(path))
    if not archive.is_zip(data) or archive.kind(data) != "zip":
        return []
    return archive.names(data, Path(path).name)


def _inside(path: Path, member: str | None) -> tuple[Path, str | None]:
    """A path that goes on inside a zip archive, as the archive's path and the name inside."""
    if member is None and not path.exists():
        for parent in path.parents:
            if parent.suffix.lower() == ".zip" and parent.is_file():
                return parent, path.relative_to(parent).as_posix()
    return path, member


def _only(found: list[str], name: str) -> str:
    if not found:
        raise SourceError(
            f"{name} holds no file that can be read.", safe=_SAFE, do="Choose an archive with a transcript in it."
        )
    if len(found) > 1:
        shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        raise SourceError(f"{name} holds {len(found)} transcripts: {shown}.", safe=_SAFE,
                          do=f"Choose one of them, for example {name}/{found[0]}.")  # fmt: skip
    return found[0]


def _bytes(data: bytes, name: str) -> Transcript:
    """The transcript in the bytes of a file that is no archive."""
    if archive.is_zip(data):
        if archive.kind(data) != "docx":
            raise SourceError(f"{name} is in an office format that is not read.", safe=_SAFE,
                              do="Save it as .docx or as plain text.")  # fmt: skip
        return _document(*documents.docx(data, name), name, "docx")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _document(*documents.pdf(data, name), name, "pdf")
    magic.refuse(data, name)
    if not data.strip():
        magic.empty_by_name(name)
    text, notices = decode(data)
    return _read(text, name, notices)


def _document(text: str, title: str | None, notices: list[str], name: str, form: str) -> Transcript:
    found = _read(text, name.rpartition(".")[0] + (".md" if form == "docx" else ".txt"), notices)
    # What a document holds may be any format; a plain one is called by its container.
    plain_form = found.format in ("text", "markdown", "turns")
    return replace(found, format=form if plain_form else found.format, title=found.title or title)


def load(path: Path) -> bytes:
    """The bytes of a file, or a SourceError that says why not."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise SourceError(f"{name} is a folder.", safe=_SAFE, do="Choose one transcript file inside it.")
        size = path.stat().st_size
        if size > MAX_TEXT:
            limit = MAX_TEXT // 1024 // 1024
            raise SourceError(
                f"{name} has {size // 1024 // 1024:,} MB; transcripts are read up to {limit} MB.",
                safe=_SAFE,
                do="Choose a smaller file, or split it.",
            )
        with path.open("rb") as file:
            data = file.read(MAX_TEXT + 1)
    except FileNotFoundError:
        raise SourceError(f"{name} is not there.", safe=_SAFE, do="Check the path, or choose the file again.") from None
    except PermissionError:
        raise SourceError(f"{name} may not be read.", safe=_SAFE, do="Allow reading it, or choose a copy.") from None
    except OSError as error:
        reason = error.strerror or "the disk did not answer"
        raise SourceError(f"{name} could not be read: {reason}.", safe=_SAFE, do="Choose the file again.") from None
    return data


def read_text(text: str, name: str = "") -> Transcript:
    """The transcript in a pasted text. `name` may be a file name whose suffix helps. Raises SourceError."""
    if len(text) > MAX_TEXT:
        raise SourceError("The text is too long to be a transcript.", safe=_SAFE, do="Paste a part of it.")
    return _read(text, name, [])


def _read(text: str, name: str, notices: list[str]) -> Transcript:
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    text = text.replace("\x00", "").lstrip("\ufeff")
    if not text.strip():
        raise _nothing(name, "is empty" if not text else "holds only white space")
    text, repaired = repair.garbled(text)
    with _no_collection():
        return _parse(Sample(text, name), name, [*notices, *repaired])


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection meanwhile.

    A long transcript is a million small objects without a cycle; to look through them again and again makes reading
    grow faster than the file.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _parse(sample: Sample, name: str, notices: list[str]) -> Transcript:
    """The transcript by the first format that finds one in the sample."""
    for form in rank(sample):
        draft = form.parse(sample)
        if any(cue.text for cue in draft.cues):
            if form.name == "text" and sample.data is not None:
                raise SourceError(f"{name or 'The text'} is JSON, but no transcript that is known.", safe=_SAFE,
                                  do="Export it as .vtt, .srt or plain text.")  # fmt: skip
            if sample.torn:
                draft.notices.insert(0, "The file breaks off in the middle; it was read as far as it goes.")
            draft.notices[:0] = notices
            return finish(draft)
    raise _nothing(name, "holds no text that can be read")


def _nothing(name: str, why: str) -> SourceError:
    return SourceError(f"{name or 'The text'} {why}.", safe=_SAFE, do="Choose a file with a transcript in it.")


def finish(draft: Draft) -> Transcript:
    """Repair, fold and name what every format needs, and freeze the draft."""
    _mend(draft)
    repair.times(draft)
    artefacts.fold(draft)
    timed = any(cue.start is not None for cue in draft.cues)
    if timed:
        turns.label_cues(draft.cues)
    turns.label_inside(draft.cues)
    turns.uncapital(draft.cues)
    speech = [cue.text for cue in draft.cues if cue.role not in ("meta", "heading")]
    text = " ".join(speech)
    tag = draft.language or language.detect(text)
    ends = [t for cue in draft.cues for t in (cue.end if cue.end is not None else cue.start,) if t is not None]
    kind = draft.kind or _kind(draft, timed, text)
    if kind in ("summary", "talk") and draft.title and "speaker" not in draft.context:
        draft.context.update(facts.of_title(draft.title, text))
    if kind == "summary":
        for cue in draft.cues:
            cue.role = "summary" if cue.role == "speech" else cue.role
    return Transcript(
        format=draft.format,
        language=tag,
        title=draft.title,
        segments=tuple(Segment(c.start, c.end, c.speaker or None, c.text, c.raw, c.role, c.turns) for c in draft.cues),
        chapters=_chapters(draft),
        notices=tuple(dict.fromkeys(draft.notices)),
        duration=max(ends) if ends else None,
        kind=kind,
        context=tuple(draft.context.items()),
        translations=tuple(finish(other) for other in draft.translations),
    )


def _mend(draft: Draft) -> None:
    """Bytes that no format could put together, in all the texts of the draft."""
    broken = 0
    for cue in draft.cues:
        if not cue.text.isascii():
            text, n = mend(cue.text)
            if text is not cue.text:
                # Bytes put together may be white space of their own kind.
                text = " ".join(text.split())
                cue.turns = cue.turns if len(text) == len(cue.text) else ()
                cue.text = text
                broken += n
            cue.raw = mend(cue.raw)[0] if cue.raw is not None else None
        if cue.speaker and not cue.speaker.isascii():
            cue.speaker = mend(cue.speaker)[0]
    draft.title = mend(draft.title)[0] if draft.title else None
    draft.chapters = [(start, mend(title)[0], index) for start, title, index in draft.chapters]
    draft.context = {key: mend(value)[0] for key, value in draft.context.items()}
    if broken:
        draft.notices.append(f"{count(broken, 'byte')} could not be read as text and stand as \ufffd.")


def _chapters(draft: Draft) -> tuple[Chapter, ...]:
    out: list[Chapter] = []
    for start, title, index in draft.chapters:
        first = index if index is not None else _at(draft.cues, start)
        if title and first < len(draft.cues):
            out.append(Chapter(start, title, first))
    return tuple(out)


def _at(cues: list[Cue], start: float | None) -> int:
    """The first cue that begins at `start` or later."""
    if start is None:
        return 0
    return next((i for i, c in enumerate(cues) if c.start is not None and c.start >= start - 0.5), len(cues))


# What opens a talk, and who speaks and is spoken to in it; English alone is sure enough to be told from an article.
_GREETING = re.compile(
    r"\b(?:good (?:morning|afternoon|evening)|ladies and gentlemen|hello,? (?:everyone|everybody)|"
    r"welcome (?:back|everyone|everybody)|"
    r"thank you(?: all)?(?: so much| very much)? for (?:having|coming|being|inviting)|"
    r"my name(?: is|'s|’s)|i(?: am|'m|’m) going to (?:talk|speak)|"
    r"today,? (?:i|we)(?:['’](?:m|re|ll)| am| are| will)? (?:going to |want to )?(?:talk|speak|look at|discuss))\b",
    re.I,
)
_SHOW = re.compile(r"\b(?:podcast|episode|co-?hosts?|the show|our show|joined by|my guests?)\b", re.I)
_ADDRESS = re.compile(r"\b(?:I|you|we)\b", re.I)
# Who reports on somebody does not say "I" in every third sentence; a speech on paper does, and its head says so.
_OWN, OWN_SHARE = re.compile(r"\bI\b"), 60
_HEAD = re.compile(
    r"\A(?:.{0,80}\n){0,3}.{0,60}\b(?:speech|address|remarks|lecture|keynote|sermon|commencement)\b", re.I
)


def _kind(draft: Draft, timed: bool, text: str) -> str:
    speakers = {cue.speaker for cue in draft.cues if cue.speaker}
    if len(speakers) > 1:
        return "conversation"
    if timed or speakers or draft.format == "yt2doc":
        return "talk"
    words = text.count(" ") + 1
    if words <= 1500 and len(_OWN.findall(text)) * OWN_SHARE < words and len(_REPORTING.findall(text)) >= 3:
        return "summary"
    return "talk" if _spoken(draft, text, words) else "document"


def _spoken(draft: Draft, text: str, words: int) -> bool:
    """Whether a text without names and times was said to listeners: they laugh, or are greeted, or the head says so."""
    if sum(cue.role == "meta" and artefacts.is_stage(cue.text) for cue in draft.cues) >= 2:
        return True
    if draft.spoken or (_HEAD.match(text) and len(_OWN.findall(text)) * OWN_SHARE >= words):
        return True
    if _SHOW.search(text, 0, 4000):
        return False  # two or three may talk in it, and nothing says who
    return bool(_GREETING.search(text, 0, 1500)) and len(_ADDRESS.findall(text)) * 50 >= words


def to_json(transcript: Transcript) -> dict[str, object]:
    """The shape of `read --json`: times in seconds or None, everything else as text."""
    return {
        "format": transcript.format,
        "language": transcript.language,
        "title": transcript.title,
        "duration": transcript.duration,
        "segments": [
            {"start": s.start, "end": s.end, "speaker": s.speaker, "text": s.text} for s in transcript.segments
        ],
        "chapters": [{"start": c.start, "title": c.title} for c in transcript.chapters],
        "notices": list(transcript.notices),
    }
