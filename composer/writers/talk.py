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

    def ask(self, steps: Sequence[str | Slot], seed: int) -> Generator[Reading | Text | Filled, None, None]:
        """Go on with fixed text and slots; what comes of them is said from then on."""
        ahead: list[Piece | Slot] = [step if isinstance(step, Slot) else Piece(step) for step in steps]
        filled: dict[str, Filled] = {}
        for event in self._engine.write([*self.said, *ahead], seed=seed):
            if isinstance(event, Filled):
                filled[event.slot] = event
            if not isinstance(event, Written):
                yield event
        for step in ahead:
            if isinstance(step, Piece):
                self.said.append(step)
            elif (done := filled[step.name]).text or done.tokens:
                self.said.append(Piece(done.text, tokens=done.tokens))

    def replace(self, slots: Sequence[str], filled: dict[str, Filled]) -> None:
        """Put other answers where the last ones stand: one for each of the named slots, in their order."""
        answers = [at for at, piece in enumerate(self.said) if piece.tokens]
        for name, at in zip(slots, answers[-len(slots) :], strict=False):
            self.said[at] = Piece(filled[name].text, tokens=filled[name].tokens)
