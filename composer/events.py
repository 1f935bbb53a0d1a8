"""What the session tells its listeners: frozen values, each with the number of the job it belongs to.

Every job ends with exactly one of `SourcesRead`, `Drafted`, `Checked`, `Suggested`, `Rewritten`, `Hooked`, `Replaced`,
`Saved`, `DraftsListed`, `DraftOpened`, `DraftChanged`, `RevisionsListed`, `RevisionCompared`, `RevisionRestored`,
`Stopped` or `Failed`. Events of one job arrive in order. They arrive on the session's own threads: a window must carry
them to its own (see `ui/bridge.py`).
"""

from dataclasses import dataclass
from pathlib import Path

from composer.evidence.model import Evidence
from composer.post.model import Brief, Laid, Post, Trace
from composer.sources.model import Transcript
from composer.text.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """A source that has been read. `id` is stable for the same content; `path` is None for pasted text."""

    id: str
    title: str
    path: Path | None
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class SourcesRead:
    """The sources of a job, and what they hold together. `own` are the hashtags of the person's saved drafts."""

    job: int
    sources: tuple[Source, ...]
    evidence: Evidence
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. `stage` is `opening`, `loading`, `measuring`, `reading` or `writing`; `unit` is `s`, `words`,
    `tokens`, `files` or `steps`; `total` 0 means not known."""

    job: int
    stage: str
    done: float
    total: float
    unit: str


@dataclass(frozen=True, slots=True)
class PartialDraft:
    """The post so far, laid out. At most about ten a second."""

    job: int
    laid: Laid


@dataclass(frozen=True, slots=True)
class Drafted:
    """A finished draft. `hashtags` are all suggestions, best first; those in the post are in `post.hashtags`;
    `model` names the model, or is "" where none wrote it."""

    job: int
    post: Post
    laid: Laid
    writer: str
    brief: Brief
    hashtags: tuple[str, ...]
    notices: tuple[str, ...]
    model: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Problems found in a text, by place."""

    job: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Hashtags for a text, best first, at most eight."""

    job: int
    hashtags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A selection said anew: one line of plain letters. `notices` say what the model was not shown."""

    job: int
    text: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hooked:
    """Other openings of a post: first lines, laid out, that differ. May be fewer than three. `notices` say what the
    model was not shown."""

    job: int
    hooks: tuple[str, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """Another line for one point, and where it was said. "" and None: there is no other."""

    job: int
    line: str
    trace: Trace | None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A line in the list of drafts. Times are ISO 8601 with zone; `state` is `draft`. `trashed` and `posted` are
    times, or "" where it was never; `revisions` counts them."""

    id: str
    title: str
    updated: str
    shape: str
    state: str
    excerpt: str = ""
    pinned: bool = False
    trashed: str = ""
    posted: str = ""
    network: str = ""
    revisions: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft is on the disk. `at` is an ISO 8601 time with zone."""

    job: int
    draft: str
    at: str


@dataclass(frozen=True, slots=True)
class DraftsListed:
    """The saved drafts that were asked for, pinned first, then newest. `total` counts those of the same scope."""

    job: int
    rows: tuple[DraftRow, ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """Something was done to a draft in the list: `what` is `pinned`, `unpinned`, `renamed`, `duplicated`, `posted`,
    `unposted`, `trashed`, `restored` or `deleted`. `other` is the new draft of `duplicated`."""

    job: int
    draft: str
    what: str
    title: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A revision. `added` and `removed` count the words by which the text of now differs from it."""

    number: int
    at: str
    reason: str
    words: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class RevisionsListed:
    """The revisions of a draft, newest first. `words` counts those of the text of now."""

    job: int
    draft: str
    words: int
    rows: tuple[RevisionRow, ...]


@dataclass(frozen=True, slots=True)
class RevisionCompared:
    """A revision beside the text of now: pieces of (`same`, `removed` or `added`, words), in order."""

    job: int
    draft: str
    number: int
    at: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RevisionRestored:
    """The draft has the text of a revision; the text before is a revision now. `at` is the time of the write."""

    job: int
    draft: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class DraftOpened:
    """A saved draft, whole. `sources` are read again from the store, so they are there when the file is not. `lines`
    are those of `text` that lead back to them; None where only those of `laid` are known."""

    job: int
    id: str
    title: str
    text: str
    brief: Brief
    writer: str
    laid: Laid
    hashtags: tuple[str, ...]
    sources: tuple[Source, ...]
    evidence: Evidence | None
    lines: tuple[tuple[int, Trace], ...] | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person stopped the job. `laid` is what was written until then, or None."""

    job: int
    laid: Laid | None


@dataclass(frozen=True, slots=True)
class Failed:
    """The job failed, as expected failures do: what happened, what is safe, what to do next. `kind` is `consent` where
    only the person's word is wanting, else ""."""

    job: int
    what: str
    safe: str = ""
    do: str = ""
    laid: Laid | None = None
    kind: str = ""

    @property
    def sentence(self) -> str:
        """All of it on one line."""
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


Event = (
    SourcesRead
    | Progress
    | PartialDraft
    | Drafted
    | Checked
    | Suggested
    | Rewritten
    | Hooked
    | Replaced
    | Saved
    | DraftsListed
    | DraftOpened
    | DraftChanged
    | RevisionsListed
    | RevisionCompared
    | RevisionRestored
    | Stopped
    | Failed
)
