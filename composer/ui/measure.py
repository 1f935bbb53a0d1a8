"""What the preview needs to know of a text. Thin: the numbers are `text.networks`', loaded with the first text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A text in the network's unit: how long, how long it may be, what its styling costs, how many words."""

    count: int
    limit: int
    bold: int
    words: int

    @property
    def left(self) -> int:
        """What may still be written; negative when over."""
        return self.limit - self.count

    @property
    def near(self) -> bool:
        """Whether the limit is close, from 95 % on."""
        return 0 <= self.left <= self.limit * 0.05


def measure(text: str, network: str = "linkedin") -> Measure:
    """Measure a text."""
    from composer.text import networks
    from composer.ui.lines import words_in

    bold = 0 if text.isascii() else networks.styling_cost(text, network)
    return Measure(networks.count(text, network), networks.limit(network), bold, words_in(text))
