"""A draft that was stopped goes on: what the model has said is kept, and not asked for again.

A writer asks the same questions in the same order as long as it gets the same answers. So `Taken` stands between a
writer and its engine, writes down in a `Course` what was asked and answered, and answers from it the next time. The
first question that is new, or asked in other words, goes to the engine, and everything after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from composer.engine.messages import Filled, Loaded, Piece, Reading, Slot, Text, Written
from composer.writers.talk import Engine

Steps = tuple[Piece | Slot, ...]


@dataclass
class Asked:
    """One request: its steps and seed, the slots that are closed, and how far the one after them has come."""

    steps: Steps
    seed: int
    filled: list[Filled] = field(default_factory=list)
    begun: str = ""


@dataclass
class Course:
    """What was said in a draft so far. `model` names who said it: another one starts from nothing."""

    model: str = ""
    asked: list[Asked] = field(default_factory=list)


class Taken:
    """An engine for a writer, which answers from a course where it can. `within`: the engine goes on in the middle of
    a line (`Slot.begun`); else the line that broke off is written anew."""

    def __init__(self, engine: Engine, course: Course, *, within: bool) -> None:
        self._engine, self._course, self._within = engine, course, within
        self._at = 0
        self.notices = engine.notices
        model = f"{self.model.name} {self.model.size} {self.model.parameters}" if self.model else ""
        if course.model != model:
            course.model = model
            course.asked.clear()

    @property
    def model(self) -> Loaded | None:
        """What is loaded."""
        return self._engine.model

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        """How many tokens each text is."""
        return self._engine.count(texts)

    def write(
        self, steps: Sequence[Piece | Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[Reading | Text | Filled | Written]:
        """As the engine's; what was said already comes at once."""
        asked = self._next(tuple(steps), seed)
        yield from asked.filled
        left = _left(asked) if self._within else _left(replace(asked, begun=""))
        if not any(isinstance(step, Slot) for step in left):
            yield Written(0, "done")
            return
        if self._within and asked.begun:
            name = next(step.name for step in left if isinstance(step, Slot))
            yield Text(0, name, asked.begun)
        else:
            asked.begun = ""
        for event in self._engine.write(left, seed=seed, temperature=temperature):
            if isinstance(event, Text):
                asked.begun += event.text
            elif isinstance(event, Filled):
                asked.filled.append(event)
                asked.begun = ""
            yield event

    def _next(self, steps: Steps, seed: int) -> Asked:
        """The request as it was asked before, or a new one in the place of it and of all that came after."""
        course, at = self._course.asked, self._at
        self._at += 1
        if at >= len(course) or (course[at].steps, course[at].seed) != (steps, seed):
            course[at:] = [Asked(steps, seed)]
        return course[at]


def _left(asked: Asked) -> list[Piece | Slot]:
    """The steps with the closed slots as what was said, and the next one begun."""
    filled, begun = iter(asked.filled), asked.begun
    left: list[Piece | Slot] = []
    for step in asked.steps:
        if isinstance(step, Piece):
            left.append(step)
        elif said := next(filled, None):
            left.append(Piece(said.text, tokens=said.tokens))
        else:
            left.append(replace(step, begun="" if step.choices else begun))
            begun = ""
    return left
