"""What stands in the post where the model left a string empty or unusable: the source's own words."""

from collections.abc import Iterator

from composer.errors import WriterError
from composer.evidence.model import Evidence, Point
from composer.post.model import Brief, Finished, Post
from composer.writers.plan import Passage


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

    def label(self, passage: Passage, most: int) -> str:
        """What a passage is about, in at most `most` characters."""
        self.used += 1
        phrase = next((point.keyphrase for point in self._points_of(passage) if point.keyphrase), "")
        return (phrase or " ".join(passage.text.split()[:3]))[:most].strip(" .,;:")

    def sentence(self, passage: Passage, most: int) -> str:
        """The passage's own best sentence, cut to `most` characters at a word."""
        self.used += 1
        best = next((point.text for point in self._points_of(passage)), passage.sentences[0].text)
        return best if len(best) <= most else best[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

    def _points_of(self, passage: Passage) -> Iterator[Point]:
        """The evidence's points that stand in a passage, best first."""
        source = passage.sentences[0].source
        segments = {segment for sentence in passage.sentences for segment in sentence.segments}
        return (p for p in self._evidence.points if p.source == source and not segments.isdisjoint(p.segments))
