"""The built-in writer: patience for a long talk, and its speed against extractive peers."""

import importlib
import random
from collections.abc import Iterator

from benchmarks.harness import Row, bench, best_of, compare
from composer.evidence import gather
from composer.post.builtin import BuiltinWriter
from composer.post.layout import lay
from composer.post.model import Brief, Finished
from composer.sources.model import Segment, Transcript

_NOUNS = [
    "harbour",
    "crane",
    "ferry",
    "charger",
    "battery",
    "timetable",
    "winter",
    "engine",
    "rope",
    "signal",
    "captain",
    "island",
    "cargo",
    "bridge",
    "current",
]
_VERBS = ["needs", "carries", "costs", "replaces", "delays", "protects", "outlasts", "reaches", "feeds", "limits"]
_TURNS = (
    "The {a} {v} the {b}, because every {c} has to wait for it.",
    "If you change the {a}, then the {b} {v} a different {c}.",
    "So we bought a second {a}, and the {b} was {n} percent cheaper than the {c}.",
    "I think the {a} is the most important part of the {b}, you know, and not the {c}.",
    "Nobody remembers the {a}, everybody remembers a {b} without a {c}.",
    "And that is what I mean, right?",
    "In the year 20{n} the {a} {v} more than one {b}.",
)


def talk(words: int) -> Transcript:
    """A talk of about `words` words, the same every time, with cues of a sentence each."""
    dice = random.Random(20261120)
    segments: list[Segment] = []
    count = 0
    while count < words:
        a, b, c = dice.sample(_NOUNS, 3)
        text = dice.choice(_TURNS).format(a=a, b=b, c=c, v=dice.choice(_VERBS), n=dice.randrange(10, 99))
        segments.append(Segment(count / 2.5, count / 2.5 + 4, None, text))
        count += len(text.split())
    return Transcript("made", "en", "What a harbour knows about waiting", tuple(segments), kind="talk")


def draft(source: Transcript) -> str:
    """A finished post of a transcript, laid out."""
    for event in BuiltinWriter().write(gather([source]), Brief()):
        if isinstance(event, Finished):
            return lay(event.post).text
    raise AssertionError("no post")


@bench("post")
def post() -> Iterator[Row]:
    """40,000 words to a finished post; drafting against LexRank per 10,000 words."""
    long = talk(40_000)
    yield Row.at_most("post of 40,000 words", best_of(lambda: draft(long)) * 1000, "ms", 2000)
    name = "drafting with builtin per 10,000 words"
    try:
        lex = importlib.import_module("sumy.summarizers.lex_rank").LexRankSummarizer()
        dom = importlib.import_module("sumy.models.dom")
    except ImportError:
        yield Row.skipped(name, "sumy is not installed; uv sync --group bench")
        return
    source = talk(10_000)
    words = _Words()
    sentences = [dom.Sentence(segment.text, words) for segment in source.segments]
    document = dom.ObjectDocumentModel([dom.Paragraph(sentences)])
    ours, peer = compare(lambda: draft(source), lambda: lex(document, 10), repeat=3)
    yield Row.ratio_of(name, ours, peer, peer="sumy LexRank, 10 sentences", goal=1.0)


class _Words:
    """Words by blanks: the peer's own tokenizer loads data from the network."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return tuple(sentence.split())
