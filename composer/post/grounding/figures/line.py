"""One sentence of a post with its figures, each with what the source has of it."""

import re
from collections.abc import Sequence

from composer.evidence.words import lexicon
from composer.post.grounding.figures.agreement import supports
from composer.post.grounding.figures.binding import Context, context, score
from composer.post.grounding.figures.clauses import Span, clause
from composer.post.grounding.figures.lookup import candidates, comparable
from composer.post.grounding.figures.retracted import retracted
from composer.post.grounding.source.ground import Figure, Ground
from composer.post.grounding.source.lines import Part
from composer.post.grounding.source.terms import content
from composer.post.grounding.values.fact import Fact
from composer.post.grounding.values.idle import meant
from composer.post.grounding.values.numbers import facts


class Line:
    """One sentence of a post with its figures, and what it says of each. `company` are all sentences of the post."""

    def __init__(
        self,
        text: str,
        label: str,
        ground: Ground,
        named: Sequence[tuple[int, int]] = (),
        loose: bool = False,
        around: str = "",
    ) -> None:
        self.named, self.loose, self.around = named, loose, around
        self.text, self.label, self.ground = text, label, ground
        self.said = meant(facts(text, ground.language), text, ground.language)
        self.numbered = [fact for fact in self.said if numbered_name(text, fact, ground)]
        self.told = [*self.said, *(facts(label, ground.language) if label else ())]
        self.company: Sequence[Line] = ()
        self.crossed: list[int] | None = None
        self.placed: dict[int, tuple[Figure | None, bool]] = {}
        self._where: dict[int, list[Figure]] = {}
        self._contexts: dict[int, Context] = {}
        self._carried: tuple[tuple[float, Sequence[int]], ...] | None = None

    def where(self, fact: Fact) -> list[Figure]:
        """The figures of the source that bear one out."""
        if id(fact) not in self._where:
            self._where[id(fact)] = candidates(fact, self.ground)
        return self._where[id(fact)]

    def context(self, fact: Fact) -> Context:
        """What the sentence says of a figure."""
        if id(fact) not in self._contexts:
            others = [other for other in self.said if other is not fact]
            like = [other for other in others if comparable(fact, other)]
            beside = [
                (other, tuple(figure.place for figure in self.where(other)))
                for other in others
                if not comparable(fact, other)
            ]
            mates = [tuple(figure.place for figure in self.where(other)) for other in like]
            self._contexts[id(fact)] = context(
                self.text, fact, like, self.label, self.ground, beside=beside, mates=mates
            )
        return self._contexts[id(fact)]

    def fit(self, fact: Fact, figure: Figure) -> float:
        """How well the sentence goes with a place of the source where `fact`, or another in its stead, may belong."""
        return score(self.context(fact), figure, kin_of(fact, figure, self.ground))

    def post_says(self, figure: Figure) -> bool:
        """Whether the sentence, or another one of the post, has a figure of the source."""
        return any(supports(one, figure.fact) for line in (self, *self.company) for one in line.said)

    def contexts(self) -> dict[int, Context]:
        """What the sentence says of every figure, by `id`."""
        return {id(fact): self.context(fact) for fact in self.said}

    def carried(self) -> tuple[tuple[float, Sequence[int]], ...]:
        """The telling words of the sentences `around` this one in the post, each with its weight and its places."""
        if self._carried is None:
            ground = self.ground
            here = {term for term, _, _ in content(self.text, ground.language)}
            terms = {term for term, _, _ in content(self.around, ground.language)} - here - ground.weak
            known = sorted(term for term in terms if ground.weight.get(term, 0.0) > 0)
            self._carried = tuple((ground.weight[term], ground.places.get(term, ())) for term in known)
        return self._carried

    def clause(self, fact: Fact, beside: Fact | None = None) -> tuple[frozenset[str], Span]:
        """The words said of a figure in its clause, which ends at `beside` too; and where that is."""
        kin = tuple(
            (other.start, other.end)
            for other in self.said
            if other is not fact and (other is beside or comparable(fact, other))
        )
        return clause(self.text, (fact.start, fact.end), kin, self._spans(), self.ground.language)

    def dates(self, fact: Fact, span: Span) -> list[Fact]:
        """The figures of another kind in a clause of the sentence: mostly dates."""
        return [
            other
            for other in self.said
            if other is not fact and span[0] <= other.start < span[1] and not comparable(fact, other)
        ]

    def _spans(self) -> tuple[Span, ...]:
        return tuple((fact.start, fact.end) for fact in self.said)


def company_of(pieces: Sequence[Part], ground: Ground) -> list[Line]:
    """Every sentence of a post that has figures."""
    lines = [
        Line(part.text[start:end], part.label, ground, (), part.title_case)
        for part in pieces
        for start, end in part.sentences
    ]
    return [line for line in lines if line.said]


def source_clause(
    fact: Fact, figure: Figure, ground: Ground, beside: Figure | None = None
) -> tuple[frozenset[str], Span]:
    """The words that the source says of one of its figures, which could be taken for `fact`, in its clause; and where
    that is in the sentence."""
    near = ground.figures_of(figure.sentence)
    kin = tuple(
        (other.fact.start, other.fact.end)
        for other in near
        if other is not figure and (other is beside or comparable(fact, other.fact))
    )
    everything = tuple((other.fact.start, other.fact.end) for other in near)
    text = ground.sentences[figure.sentence].text
    return clause(text, (figure.fact.start, figure.fact.end), kin, everything, ground.language)


# What may stand between figures of which all is said together.
_LINKED = re.compile(
    r"(?i)\W*(?:of|out of|von|der|des|sur|de|dos|das|del|in|auf|à|a|para|and|to|or|und|bis|et|y|e|ou|o|oder)?"
    r"(?: the| los| las| les| der| den)?\W*"
)


def linked(text: str, first: Fact, second: Fact, said: Sequence[Fact]) -> bool:
    """Whether nothing but marks, small words and figures like them stands between two: "1987, 2016 and 2022"."""
    first, second = sorted((first, second), key=lambda one: one.start)
    last = first.end
    for fact in sorted(said, key=lambda one: one.start):
        if last <= fact.start <= second.start and (fact is second or comparable(first, fact)):
            if not _LINKED.fullmatch(text[last : fact.start]):
                return False
            last = fact.end
    return True


def held_by(facts: Sequence[Fact], figure: Figure, span: Span, ground: Ground) -> frozenset[int]:
    """Which of some figures of a post, by place, a clause of the source around one of its figures bears out."""
    near = [
        other.fact
        for other in ground.figures_of(figure.sentence)
        if other is not figure and span[0] <= other.fact.start < span[1]
    ]
    return frozenset(fact.start for fact in facts if any(supports(fact, other) for other in near))


def numbered_name(sentence: str, fact: Fact, ground: Ground) -> bool | str:
    """True where the source writes the number on to the same name ("Llama 4"); the name where it has others there."""
    if fact.kind != "number" or fact.dimensions - {"", "ordinal"}:
        return False
    before = re.search(r"([A-Z][\w.]*)[ -]$", sentence[: fact.start])
    if not before or len(before[1]) < 3 or before[1].lower() in lexicon(ground.language).stop:
        return False
    name = re.sub(r"[\W_]+", "", before[1].lower())
    digits = re.findall(r"\d+", f"{fact.value:.10g}")
    if name + "".join(digits) in ground.running.at:
        return True
    followed = []
    for at in ground.running.at.get(name, ()):
        rest = ground.running.words[at + 1 : at + 1 + len(digits)]
        if list(rest) == digits:
            return True
        followed += [rest[0]] if rest else []
    opens = before.start() == 0
    numbered = [word for word in followed if word.isdigit()]
    if opens or ground.language == "de" or fact.value >= 1000:
        return False
    return before[1] if numbered and len(numbered) * 2 >= len(followed) else False


def rivals(fact: Fact, line: Line, best: Sequence[int]) -> list[Figure]:
    """Comparable figures that do not bear `fact` out nor another figure of the sentence, in or beside the sentences
    `best` of the source."""
    ground = line.ground
    close = sorted({index + by for index in best for by in (-1, 0, 1)})
    others = [other for other in line.told if other is not fact]
    return [
        figure
        for index in close
        for figure in ground.figures_of(index)
        if not figure.named
        and not (figure.fact.start == 0 and re.match(r"\d+[.)]\s", ground.sentences[index].text))
        and (figure.fact.value > 1 or (not figure.fact.words and figure.fact.dimensions != {""}))
        and comparable(fact, figure.fact)
        and not supports(fact, figure.fact)
        and not any(supports(other, figure.fact) for other in others)
        and not retracted(figure, ground)
    ]


def kin_of(fact: Fact, mine: Figure, ground: Ground) -> list[int]:
    """The places of the figures of one sentence that could be taken for `fact`."""
    return [
        figure.place
        for figure in ground.figures_of(mine.sentence)
        if figure is mine or (not figure.named and comparable(fact, figure.fact))
    ]
