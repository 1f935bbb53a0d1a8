"""The way from a file or a pasted text to a Transcript."""

import re
from pathlib import Path

from composer.errors import SourceError
from composer.sources import artefacts, language, repair, turns
from composer.sources.base import Cue, Draft, Sample, count
from composer.sources.decode import decode, mend
from composer.sources.detect import rank
from composer.sources.model import Chapter, Segment, Transcript

# A five-hour transcript with a time for every word has about 10 MB; beyond this nothing is a transcript.
MAX_TEXT = 64 * 1024 * 1024

_SAFE = "Nothing was changed."
_REPORTING = re.compile(
    r"\b(?:he|she|they|speaker|author|[A-Z][a-z]+)[ ](?:also[ ]|then[ ]|further[ ])?(?:said|says|emphasi[sz]ed|predicted|"
    r"believe[sd]?|argue[sd]|mentioned|explain(?:ed|s)|state[sd]|discusse[sd]|answered|note[sd]|disagreed|suggest(?:ed|s)|"
    r"highlight(?:ed|s)|describe[sd])\b|\b(?:['’]s|the|this)[ ](?:speech|talk|lecture|keynote|interview|presentation)\b"
)


def read(path: Path) -> Transcript:
    """The transcript in the file at `path`. Raises SourceError, with a sentence for a person, where there is none."""
    path = Path(path)
    data = load(path)
    text, notices = decode(data)
    return _read(text, path.name, notices)


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
    sample = Sample(text, name)
    for form in rank(sample):
        draft = form.parse(sample)
        if any(cue.text for cue in draft.cues):
            draft.notices[:0] = [*notices, *repaired]
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
    speech = [cue.text for cue in draft.cues if cue.role not in ("meta", "heading")]
    text = " ".join(speech)
    tag = draft.language or language.detect(text)
    ends = [t for cue in draft.cues for t in (cue.end if cue.end is not None else cue.start,) if t is not None]
    kind = draft.kind or _kind(draft, timed, text)
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
            cue.text, n = mend(cue.text)
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


def _kind(draft: Draft, timed: bool, text: str) -> str:
    speakers = {cue.speaker for cue in draft.cues if cue.speaker}
    if len(speakers) > 1:
        return "conversation"
    if timed or speakers or draft.format == "yt2doc":
        return "talk"
    words = text.count(" ") + 1
    if words <= 1500 and len(_REPORTING.findall(text)) >= 3:
        return "summary"
    return "document"


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
