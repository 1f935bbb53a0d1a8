"""What stands in the post where the model left a string empty or unusable: the source's own words."""

import re
from collections.abc import Collection, Iterator

from composer.errors import WriterError
from composer.evidence.model import Evidence, Point
from composer.evidence.words import lexicon
from composer.post.model import Brief, Finished, Post
from composer.writers.manners import alike
from composer.writers.plan import Passage, count_words

_WHOLE = 6  # words of a sentence that says something by itself


class Spare:
    """Strings from the source. `used` counts how many were taken."""

    def __init__(self, evidence: Evidence, brief: Brief, variant: int) -> None:
        self._evidence, self._brief, self._variant = evidence, brief, variant
        self._post: Post | None = None
        self.used = 0

    def part(self, name: str) -> str:
        """The headline, announcing line, opening or conclusion that the built-in writer makes of the source.

        A source that gives it nothing to go by lends its title and its first words to the head, and no more.
        """
        self.used += 1
        if self._post is None:
            self._post = self._written()
        post = self._post
        opening, conclusion = " ".join(post.opening), next(iter(post.conclusion), "")
        return {"headline": post.headline, "announcing": post.announcing, "opening": opening}.get(name, conclusion)

    def _written(self) -> Post:
        from composer.post.builtin import BuiltinWriter

        try:
            events = BuiltinWriter().write(self._evidence, self._brief, self._variant)
            return next(event.post for event in events if isinstance(event, Finished))
        except WriterError:
            source, first = self._evidence.sources[0], self._evidence.sentences[0].text
            words = " ".join(first.split()[:8]).rstrip(" .,;:?!")
            title = (source.title or words).rstrip(" .,;:?!")
            speaker = self._evidence.sentences[0].speaker or title
            return Post(self._brief.shape, self._evidence.language, title or "…", speaker or "…", ())

    def label(self, passage: Passage, most: int, taken: Collection[str] = ()) -> str:
        """What a passage is about, in at most `most` characters, and none of `taken` where there is a choice."""
        self.used += 1
        phrases = [point.keyphrase for point in self._points_of(passage)]
        low = passage.text.casefold()
        phrases += [phrase.text for phrase in self._evidence.keyphrases if phrase.text.casefold() in low]
        stop = lexicon(self._evidence.language).stop
        runs = re.split(r"[^\w\s'’-]", passage.text)
        for run in runs:
            meant = [word for word in run.split() if word.casefold() not in stop]
            phrases += [" ".join(meant[:3])]
        phrases += [" ".join(passage.text.split()[:3])]
        fit = [phrase[:1].upper() + phrase[1:] for phrase in phrases if phrase and len(phrase) <= most]
        known = {label.casefold() for label in taken}
        free = [phrase for phrase in fit if phrase.casefold() not in known]
        return next(iter([*free, *fit]), passage.text[:most]).strip(" .,;:")

    def sentence(self, passage: Passage, most: int, taken: Collection[str] = ()) -> str:
        """The passage's own best sentence, cut to `most` characters at a word; "" where all of them are taken."""
        texts = [point.text for point in self._points_of(passage)] + [s.text for s in passage.sentences]
        texts.sort(key=lambda text: count_words(text) < _WHOLE)
        best = next((text for text in texts if not any(alike(text, other) for other in taken)), "")
        self.used += bool(best)
        return best if len(best) <= most else best[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

    def claims(self, passage: Passage) -> bool:
        """Whether a passage holds a claim at all: a greeting does not."""
        return any(count_words(point.text) >= _WHOLE for point in self._points_of(passage))

    def _points_of(self, passage: Passage) -> Iterator[Point]:
        """The evidence's points that begin in a passage, best first."""
        source = passage.sentences[0].source
        segments = {segment for sentence in passage.sentences for segment in sentence.segments}
        return (p for p in self._evidence.points if p.source == source and p.segments[0] in segments)
