"""Small parts of a post, laid out alone: other openings, and another sentence for one bullet. No model."""

from collections.abc import Sequence

from composer.evidence.model import Evidence
from composer.post import layout
from composer.post.builtin import BuiltinWriter
from composer.post.emojis import fitting
from composer.post.english.claims.ranking import Claim, claims
from composer.post.english.labels.label import label
from composer.post.english.words.kinds import words as label_words
from composer.post.model import Brief, Partial, Post, PostPoint, Section, Trace
from composer.post.phrases import phrases
from composer.post.shapes import shape
from composer.post.tongues import claims as tongue_claims
from composer.post.tongues import writer as tongue_writer

OPENINGS = 3
_VARIANTS = 8


def opening(headline: str, brief: Brief, language: str) -> str:
    """A headline as the first line of a post: styled, with its closing sign, as the shape has it."""
    form = shape(brief.shape)
    sign = "❓" if form.question else fitting(headline, "", set())
    post = Post(brief.shape, language, headline, "", (), headline_emoji=sign)
    return layout.lay(post, form).text.split("\n")[0]


def openings(evidence: Evidence, brief: Brief, count: int = OPENINGS) -> tuple[str, ...]:
    """Up to `count` first lines that differ: those of the built-in writer's variants. Fewer where it has fewer.

    Raises WriterError where nothing can be said.
    """
    found: list[str] = []
    for variant in range(_VARIANTS):
        head = next((e.post for e in BuiltinWriter().write(evidence, brief, variant) if isinstance(e, Partial)), None)
        if head is None or not head.headline:
            continue
        line = layout.lay(head).text.split("\n")[0]
        if line not in found:
            found.append(line)
        if len(found) == count:
            break
    return tuple(found)


def another(evidence: Evidence, brief: Brief, trace: Trace, used: Sequence[Trace]) -> tuple[str, Trace] | None:
    """The best point of the chapter that `trace` stands in and that is not in `used`: its line, and where it was said.

    The line is laid out as the shape lays out a point. None where the chapter holds no other.
    """
    language = phrases(evidence.language).language
    found = claims(evidence, language) if language == "en" else tongue_claims.claims(evidence, language)
    chapter = _chapter(evidence, trace)
    taken = {(one.source, segment) for one in [trace, *used] for segment in one.segments}
    for claim in found:
        where = {(claim.trace.source, segment) for segment in claim.trace.segments}
        if claim.trace.source == trace.source and claim.chapter == chapter and where and not where & taken:
            return _line(evidence, brief, claim, language), claim.trace
    return None


def _chapter(evidence: Evidence, trace: Trace) -> int | None:
    """The chapter a trace stands in: that of the first sentence said there."""
    wanted = set(trace.segments)
    for sentence in evidence.sentences:
        if sentence.source == trace.source and wanted & set(sentence.segments):
            return sentence.chapter
    return None


def _line(evidence: Evidence, brief: Brief, claim: Claim, language: str) -> str:
    if language != "en":
        return tongue_writer.line(evidence, brief, claim)
    form = shape(brief.shape)
    known = label_words(evidence, language)
    name = claim.label or label(claim.text, claim.keyphrase, known, set())
    sign = fitting(name, claim.text, set()) if form.emoji else ""
    point = PostPoint(name, claim.text, claim.trace, sign)
    post = Post(brief.shape, language, "", "", (Section("", (point,)),))
    return layout.lay(post, form).text.strip().split("\n")[0]
