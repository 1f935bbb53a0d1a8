"""The whole stage: transcripts in, evidence out."""

from collections.abc import Sequence

from composer.evidence.chapters import find_chapters
from composer.evidence.features import Features
from composer.evidence.model import Evidence, Phrase, Point, Sentence
from composer.evidence.phrases import keyphrases, names, phrases_in
from composer.evidence.points import pick, quotes, score
from composer.evidence.sentences import in_chapters
from composer.evidence.sentences import sentences as split
from composer.evidence.tags import suggest
from composer.evidence.words import fold, without_links
from composer.sources.model import Chapter, Transcript

POINTS = 150


def gather(transcripts: Sequence[Transcript], past_tags: Sequence[str] = ()) -> Evidence:
    """Everything the writers need from one or several transcripts. `past_tags` are the person's own earlier hashtags.

    Never raises for content: a source with nothing to say gives few points or none, and a notice says so.
    """
    sentences: list[Sentence] = []
    points: list[Point] = []
    chapters: list[tuple[Chapter, ...]] = []
    notices: list[str] = []
    scores: list[float] = []
    phrases: tuple[Phrase, ...] = ()
    for number, transcript in enumerate(transcripts):
        own = split(transcript, number)
        told = phrases_in([sentence.text for sentence in own], transcript.language)
        found = transcript.chapters or find_chapters(transcript, own, told)
        if found and not transcript.chapters:
            own = in_chapters(own, found)
        title = transcript.title or ""
        features = Features(own, transcript.language, title, [chapter.title for chapter in found])
        phrases = keyphrases(own, transcript.language, 40, title, told)
        values = score(features)
        picked = pick(features, values, phrases, len(sentences), POINTS)
        scores += values
        sentences += own
        points += picked
        chapters.append(found)
        if len(picked) < 3:
            name = f"“{title}”" if title else "The source"
            notices.append(f"{name} holds little that could stand in a post.")
    if len(transcripts) > 1:
        points = _interleaved(points, len(transcripts))
    language = transcripts[0].language if transcripts else "und"
    title = transcripts[0].title or "" if transcripts else ""
    return Evidence(
        sources=tuple(transcripts),
        language=language,
        sentences=tuple(sentences),
        points=tuple(points),
        quotes=quotes(points, sentences),
        chapters=tuple(chapters),
        keyphrases=phrases[:20] if len(transcripts) == 1 else keyphrases(sentences, language, 20, title),
        names=names(sentences, language),
        hashtags=_tags(transcripts, sentences, points, language, past_tags),
        notices=tuple(notices),
        scores=tuple(scores),
    )


def _interleaved(points: Sequence[Point], sources: int) -> list[Point]:
    """Points of several sources in turn: scores of two sources say nothing about each other."""
    queues = [[point for point in points if point.source == number] for number in range(sources)]
    found: list[Point] = []
    for rank in range(max((len(queue) for queue in queues), default=0)):
        found += [queue[rank] for queue in queues if rank < len(queue)]
    return found


def _tags(
    transcripts: Sequence[Transcript],
    sentences: Sequence[Sentence],
    points: Sequence[Point],
    language: str,
    past_tags: Sequence[str],
) -> tuple[str, ...]:
    """Tags from title, chapter titles and the best sentences: a whole transcript is slow and noisy."""
    headings = [t.title for t in transcripts if t.title]
    headings += [fact for t in transcripts for fact in (t.fact("about"), t.fact("event")) if fact]
    headings += [chapter.title for t in transcripts for chapter in t.chapters]
    best = sorted({point.sentence for point in points[:40]})
    if not best and not headings:
        return ()
    clean_headings = [without_links(fold(line)).strip() for line in headings]
    body = "\n".join([*clean_headings, *(without_links(fold(sentences[i].text)) for i in best)])
    voices = sorted({sentence.speaker for sentence in sentences if sentence.speaker})
    return suggest(clean_headings, body, language, past_tags, voices=voices)
