"""What the evidence stage hands to the writers."""

from dataclasses import dataclass

from composer.sources.model import Chapter, Transcript


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a source, cleaned, with the way back.

    `text` is cleaned; `raw` is what the source says, verbatim apart from white space. `source` is the index of the
    source, `segments` the indices of the segments it stands in, ascending. `start` and `end` are seconds or None.
    `chapter` is an index into that source's chapters or None. `role` is the segment's role.
    """

    text: str
    raw: str
    source: int
    segments: tuple[int, ...]
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    chapter: int | None = None
    role: str = "speech"


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence, or two neighbours merged, that stands alone as a claim.

    `text`, `raw`, `source`, `segments`, `start`, `end`, `speaker`, `chapter` and `role` as in `Sentence`.
    `score` is comparable within one source only; higher is better. `keyphrase` is the phrase the point is about, in
    the source's words, or "". `signals` names why it ranks (`contrast`, `number`, `definition`, ...). `sentence` is
    the index of its main sentence in `Evidence.sentences`.
    """

    text: str
    raw: str
    source: int
    segments: tuple[int, ...]
    score: float
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    chapter: int | None = None
    role: str = "speech"
    keyphrase: str = ""
    signals: tuple[str, ...] = ()
    sentence: int = -1


@dataclass(frozen=True, slots=True)
class Phrase:
    """A keyphrase or a name, as the source writes it most often. `sentences` index `Evidence.sentences`."""

    text: str
    score: float
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one or several sources hold, ranked. Several sources keep their order; `source` indexes `sources`.

    `points` are the posting candidates, what an editor would post first. `chapters` holds a tuple per source: the
    source's own chapters, or those found. `hashtags` are best first, at most eight, with `#`. `language` is that of
    the first source. `scores` has one number per sentence: what the ranking gave it, comparable within one source.
    """

    sources: tuple[Transcript, ...]
    language: str
    sentences: tuple[Sentence, ...]
    points: tuple[Point, ...]
    quotes: tuple[Point, ...] = ()
    chapters: tuple[tuple[Chapter, ...], ...] = ()
    keyphrases: tuple[Phrase, ...] = ()
    names: tuple[Phrase, ...] = ()
    hashtags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
