"""The post while it is being written: which strings there are, which are being written, and what they make together."""

from dataclasses import dataclass, field, replace

from composer.evidence.model import Evidence
from composer.post.model import Brief, Post, PostPoint, Section, Trace
from composer.post.shapes import Shape
from composer.writers import manners
from composer.writers.plan import Passage, Sizes, ranked

TAGS = 5  # hashtags in the post
NOWHERE = Trace(0, ())


@dataclass
class Draft:
    """A point in the making. `most` is the most characters of its sentence; `found` what the source does not hold."""

    passage: Passage | None = None
    label: str = ""
    text: str = ""
    emoji: str = ""
    most: int = 0
    found: tuple[str, ...] = ()


@dataclass
class Board:
    """All strings so far. `live` are slots that are being written; `placed` says that points stand in sections."""

    evidence: Evidence
    brief: Brief
    form: Shape
    shown: tuple[Passage, ...]
    size: Sizes
    language: str
    sign: str
    headline: str = ""
    announcing: str = ""
    opening: str = ""
    titles: dict[int, str] = field(default_factory=dict)
    points: list[Draft] = field(default_factory=list)
    conclusion: dict[int, str] = field(default_factory=dict)
    live: dict[str, str] = field(default_factory=dict)
    placed: bool = True
    tagged: bool = True
    _traces: dict[str, Trace] = field(default_factory=dict)

    def post(self) -> Post:
        """The post as far as it is written, the string that is being written included."""
        opening = self.opening or self._live("opening")
        conclusion = [self.conclusion[at] for at in sorted(self.conclusion)]
        conclusion += [self._live(name) for name in self.live if name.startswith("conclusion.")]
        ends = tuple(text for text in conclusion if text)
        opens = (opening,) if opening and self.form.opening else ()
        return Post(
            shape=self.form.name,
            language=self.language,
            headline=self.headline or self._live("headline"),
            announcing=self.announcing or self._live("announcing"),
            sections=self._sections(),
            opening=opens,
            conclusion=ends,
            hashtags=self.evidence.hashtags[:TAGS] if self.tagged else (),
            headline_emoji="❓" if self.form.question else "",
            announcing_emoji=self.sign,
            opening_trace=self._trace(opening) if opens else None,
            conclusion_trace=self._trace(" ".join(ends)) if ends else None,
        )

    def _sections(self) -> tuple[Section, ...]:
        sections: list[Section] = []
        begin = 0
        counts = self.size.sections if self.placed else (len(self.points),)
        for at, count in enumerate(counts):
            points = tuple(made for point in self.points[begin : begin + count] if (made := self._point(point)))
            title = (self.titles.get(at) or manners.label(self._live(f"title.{at}"))) if self.form.sections else ""
            if points or title:
                sections.append(Section(title, points))
            begin += count
        return tuple(sections)

    def _point(self, point: Draft) -> PostPoint | None:
        label = point.label or self._live("label")
        text = point.text or (self._live("sentence") if point is self.points[-1] else "")
        if not label:
            return None
        trace = point.passage.trace(f"{label} {text}") if point.passage else NOWHERE
        return PostPoint(label, text, trace, point.emoji)

    def _live(self, slot: str) -> str:
        return " ".join(self.live.get(slot, "").split())

    def _trace(self, text: str) -> Trace:
        """The passage that shares the most words with an opening or a conclusion; the first one where none does."""
        if text not in self._traces:
            if len(self._traces) > 50:
                self._traces.clear()  # a growing string asks anew each time
            best = max(self.shown, key=lambda passage: (passage.shared(text), -passage.number))
            self._traces[text] = best.trace(text)
        return self._traces[text]

    def drop(self) -> bool:
        """Take the least needed part away: a second conclusion, the weakest point, then what can be spared.

        At last the strings themselves grow shorter; False where nothing more can be taken.
        """
        if len(self.conclusion) > 1:
            self.conclusion.popitem()
        elif len(self.points) > 1:
            self._remove(self.weakest())
        elif self.conclusion:
            self.conclusion.clear()
        elif self.tagged and self.evidence.hashtags:
            self.tagged = False
        elif self.opening:
            self.opening = ""
        elif any(self.titles.values()):
            self.titles.clear()
        else:
            return self._shorten()
        return True

    def _shorten(self) -> bool:
        """Take the last word of the longest string that is left."""
        point = self.points[0]
        longest = max((self.headline, self.announcing, point.text), key=len)
        shorter = (
            longest[: -max(1, len(longest) // 8)].rpartition(" ")[0].rstrip(" ,;:.") or longest[: len(longest) // 2]
        )
        if len(longest) < 12:
            return False
        if longest == point.text:
            point.text = shorter + "…"
        elif longest == self.headline:
            self.headline = shorter
        else:
            self.announcing = shorter
        return True

    def weakest(self) -> int:
        """The point whose passage ranks lowest in the evidence; of equals the last."""
        order = ranked(self.evidence, self.shown)
        place = {number: at for at, number in enumerate(order)}

        def rank(at: int) -> tuple[int, int]:
            passage = self.points[at].passage
            return (place.get(passage.number, len(order)) if passage else len(order)), at

        return max(range(len(self.points)), key=rank)

    def _remove(self, at: int) -> None:
        counts, begin = list(self.size.sections), 0
        for section, count in enumerate(counts):
            if begin <= at < begin + count:
                counts[section] -= 1
                break
            begin += count
        self.size = replace(self.size, sections=tuple(counts))
        del self.points[at]
