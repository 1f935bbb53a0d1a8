"""A conversation with the engine: what was shown, what was said, and the next slots to fill."""

from collections.abc import Generator, Iterator, Sequence
from typing import Protocol

from composer.engine.messages import Filled, Loaded, Piece, Reading, Slot, Text, Written


class Engine(Protocol):
    """What a writer needs of an engine; `composer.engine.client.Turn` is one."""

    notices: list[str]

    @property
    def model(self) -> Loaded | None:
        """What is loaded."""
        ...

    def count(self, texts: Sequence[str]) -> tuple[int, ...]:
        """How many tokens each text is."""
        ...

    def write(
        self, steps: Sequence[Piece | Slot], *, seed: int = 0, temperature: float = 0.7
    ) -> Iterator[Reading | Text | Filled | Written]:
        """Read the prompt and fill the slots."""
        ...


class Talk:
    """`said` is all that stands before the next slot. What the model wrote stands there with its own tokens, so that
    the engine finds it in its memory again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.said: list[Piece] = []
        self._at: dict[str, int] = {}

    def open(self, pieces: Sequence[Piece]) -> None:
        """Begin anew."""
        self.said = [*pieces]
        self._at.clear()

    def ask(
        self, steps: Sequence[str | Slot], seed: int, keep: bool = True
    ) -> Generator[Reading | Text | Filled, None, None]:
        """Go on with fixed text and slots; what comes of them is said from then on, unless `keep` is False."""
        ahead: list[Piece | Slot] = [step if isinstance(step, Slot) else Piece(step) for step in steps]
        filled: dict[str, Filled] = {}
        for event in self._engine.write([*self.said, *ahead], seed=seed):
            if isinstance(event, Filled):
                filled[event.slot] = event
            if not isinstance(event, Written):
                yield event
        for step in ahead if keep else ():
            if isinstance(step, Piece):
                self.said.append(step)
            else:
                self._at[step.name] = len(self.said)
                self.said.append(_answer(filled[step.name]))

    def replace(self, filled: Filled) -> None:
        """Put another answer where the last one for this slot stands, as if the model had said it at once."""
        self.said[self._at[filled.slot]] = _answer(filled)


def _answer(filled: Filled) -> Piece:
    return Piece(filled.text, tokens=filled.tokens)
