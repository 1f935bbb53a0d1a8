"""What every source becomes: a Transcript."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one voice, as the source gives it: a cue, a turn or a paragraph.

    `start` and `end` are seconds, or None where the source has no times: they are never interpolated. `speaker` is
    the name the source gives, or None. `text` has no markup and no line breaks. `raw` is the text before a repair
    (a folded loop, a dropped repeat), or None where nothing was repaired. `role` says what part of a document the
    segment is: `speech` (the default), `post`, `comment`, `summary`, `sentiment`, `meta` (counts, links, file
    furniture: worth keeping, never worth a point), `heading`. `turns` says where inside `text` another voice begins:
    (offset, its name), ascending; a cue that holds two voices stays one cue.
    """

    start: float | None
    end: float | None
    speaker: str | None
    text: str
    raw: str | None = None
    role: str = "speech"
    turns: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A titled part. `segment` is the index of its first segment; `start` its second, or None without times."""

    start: float | None
    title: str
    segment: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A source, read.

    `format` is the short name of the format it was read as (`vtt`, `srt`, `whisper.cpp`, `yt2doc`, `thread`, ...).
    `language` is a BCP 47 primary tag (`en`, `de`, `zh`) or `und`. `title` is the source's own title, or None.
    `duration` is seconds to the end of the last timed segment, or None. `notices` are sentences for a person about
    what was repaired or left out. `context` holds plain facts the source states about itself, each a key and its
    value: `speaker` (the one person the source is of), `event`, `author`, `about` (whom or what it reports on),
    `place`, `date`, `url`. `kind` is `talk`, `conversation`, `thread`, `summary` or `document`. `translations` holds
    the same source in its other languages, where it carries its own translation.
    """

    format: str
    language: str
    title: str | None
    segments: tuple[Segment, ...]
    chapters: tuple[Chapter, ...] = ()
    notices: tuple[str, ...] = ()
    duration: float | None = None
    kind: str = "document"
    context: tuple[tuple[str, str], ...] = ()
    translations: tuple["Transcript", ...] = field(default=())

    def fact(self, key: str) -> str | None:
        """The value the source states for `key`, or None."""
        return next((value for name, value in self.context if name == key), None)

    @property
    def timed(self) -> bool:
        """Whether any segment carries a time."""
        return any(segment.start is not None for segment in self.segments)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Speakers in order of first appearance."""
        names = (name for s in self.segments for name in (s.speaker, *(who for _, who in s.turns)))
        return tuple(dict.fromkeys(name for name in names if name))
