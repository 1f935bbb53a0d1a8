"""What the helper process does: generator functions over plain values, called by name from the session.

The process keeps the evidence of the sources read last, so that a redraft, a check or a suggestion sends a key and
not a whole talk.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from composer.events import Source
from composer.evidence.model import Evidence
from composer.post.model import Brief, Laid, Post, Trace
from composer.sources.model import Transcript
from composer.text.problems import Problem

# Several windows' worth; a seven-hour talk is a few megabytes.
_KEPT = 4
_kept: dict[str, Evidence] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """Progress of a piece of work: `done` of `total` (0: not known)."""

    stage: str
    done: float
    total: float
    unit: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text that came from the clipboard or standard input, and the name to show for it."""

    text: str
    name: str


def key_of(sources: Sequence[Source], tags: Sequence[str] = ()) -> str:
    """The key under which the evidence of these sources, with these past tags, is kept."""
    return "|".join([*(source.id for source in sources), *tags])


def read(
    inputs: Sequence[Path | Pasted], tags: tuple[str, ...], beside: Sequence[Source] = ()
) -> Iterator[Step | tuple[tuple[Source, ...], Evidence]]:
    """Read files and pasted texts and gather what they hold, with the sources `beside` them first. Yields steps, then
    (sources, evidence)."""
    from composer import sources as room

    found = list(beside)
    for number, item in enumerate(inputs):
        yield Step("opening", number, len(inputs), "files")
        if isinstance(item, Path):
            transcript = room.read(item)
            title = transcript.title or item.name
            path = item.absolute()
        else:
            transcript = room.read_text(item.text, item.name)
            title, path = transcript.title or item.name, None
        found.append(Source(identity(transcript), title, path, transcript))
    sources = tuple({source.id: source for source in found}.values())
    words = sum(len(segment.text.split()) for source in sources for segment in source.transcript.segments)
    yield Step("reading", 0, words, "words")
    yield sources, gather(sources, tags)


def gather(sources: Sequence[Source], tags: tuple[str, ...]) -> Evidence:
    """The evidence of the sources, from memory where this process has it."""
    from composer.evidence import gather as collect

    key = key_of(sources, tags)
    if key not in _kept:
        _kept[key] = collect([source.transcript for source in sources], past_tags=tags)
        while len(_kept) > _KEPT:
            del _kept[next(iter(_kept))]
    return _kept[key]


def regather(sources: tuple[Source, ...], tags: tuple[str, ...]) -> Iterator[Evidence]:
    """The evidence of sources that the store kept."""
    yield gather(sources, tags)


def draft(
    key: str, evidence: Evidence | None, brief: Brief, variant: int
) -> Iterator[Step | Laid | tuple[Post, Laid] | None]:
    """Draft with the built-in writer: steps, the post as it grows, then (post, its layout).

    `evidence` None means: take what is kept under `key`. Yields one None where it is not kept any more.
    """
    from composer.post import layout
    from composer.post.builtin import BuiltinWriter
    from composer.writers.base import Finished, Partial, Reading

    evidence = evidence or _kept.get(key)
    if evidence is None:
        yield None
        return
    _kept[key] = evidence
    for event in BuiltinWriter().write(evidence, brief, variant):
        match event:
            case Reading(done, total, unit):
                yield Step("reading", done, total, unit)
            case Partial(post):
                yield layout.lay(post)
            case Finished(post, _):
                yield post, layout.lay(post)


def check(key: str, evidence: Evidence | None, text: str, brief: Brief) -> Iterator[tuple[Problem, ...] | None]:
    """Everything worth a look in `text`, by place; held against the sources kept under `key`, or of `evidence`.

    Yields None where `key` names evidence that is not kept any more. An empty key means: no source.
    """
    from composer.post import checks

    evidence = evidence or _kept.get(key)
    if key and evidence is None:
        yield None
        return
    if evidence is not None:
        _kept[key] = evidence
    yield tuple(checks.check(text, brief.network, sources=evidence.sources if evidence else ()))


def suggest(text: str, language: str, tags: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Hashtags for a text, best first."""
    from composer.evidence import hashtags

    yield tuple(hashtags(text, language=language, past_tags=tags))


def openings(key: str, evidence: Evidence | None, brief: Brief) -> Iterator[tuple[str, ...] | None]:
    """Other first lines, by the built-in writer. Yields None where `key` names evidence that is not kept any more."""
    from composer.post import parts

    evidence = evidence or _kept.get(key)
    if evidence is None:
        yield None
        return
    _kept[key] = evidence
    yield parts.openings(evidence, brief)


def another(
    key: str, evidence: Evidence | None, brief: Brief, trace: Trace, used: tuple[Trace, ...]
) -> Iterator[tuple[str, Trace | None] | None]:
    """Another line for the point of `trace`: ("", None) where its chapter holds no other."""
    from composer.post import parts

    evidence = evidence or _kept.get(key)
    if evidence is None:
        yield None
        return
    _kept[key] = evidence
    yield parts.another(evidence, brief, trace, used) or ("", None)


def identity(transcript: Transcript) -> str:
    """A name for what was said: the same words, times and speakers give the same name."""
    digest = hashlib.sha256()
    for segment in transcript.segments:
        digest.update(repr((segment.start, segment.end, segment.speaker, segment.text)).encode())
    digest.update(repr((transcript.title, transcript.context, transcript.chapters)).encode())
    return digest.hexdigest()[:16]
