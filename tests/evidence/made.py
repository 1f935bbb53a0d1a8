"""Transcripts written for these tests."""

from collections.abc import Sequence

from composer.sources.model import Chapter, Segment, Transcript

TALK = """
Good morning everyone and welcome, thank you for coming. My name is on the slide, so let's start.
Twelve years ago we opened a bakery in a village of 900 people. Everybody told us that it would never work.
The problem was not the bread, it was the road. Nobody drives past a village on purpose.
So we stopped selling bread and started selling subscriptions. A subscription is a promise to come back.
In the first year we lost 40,000 euros, and in the second year we made it back because people talk.
Trust is the yeast of a small business: you cannot see it, and without it nothing rises.
The more we told people about our mistakes, the more bread we sold. That surprised us.
Large bakeries will always be cheaper than we are. They will never know the name of your daughter.
If you want to open a shop today, you should start with ten customers and not with an oven.
Most shops fail because they buy the oven first. An oven costs 30,000 euros and it cannot bake trust.
In ten years there will be only two kinds of bakery: machines at the motorway and people you know.
What did we learn from all of this? We learned that a price is a story that people tell each other.
Any questions? Thank you very much. Thanks for listening.
""".strip()


def talk(lines: Sequence[str] | None = None, *, language: str = "en", title: str | None = None) -> Transcript:
    """Cues of about seven words, four seconds each, cut without regard to sentences."""
    words = " ".join(lines or TALK.split("\n")).split()
    cues = [" ".join(words[i : i + 7]) for i in range(0, len(words), 7)]
    segments = tuple(Segment(4.0 * i, 4.0 * i + 4, None, cue) for i, cue in enumerate(cues))
    return Transcript("test", language, title, segments, kind="talk")


def paragraphs(texts: Sequence[str], *, language: str = "en", role: str = "speech") -> Transcript:
    """Segments without times, one per paragraph."""
    return Transcript("test", language, None, tuple(Segment(None, None, None, text, role=role) for text in texts))


def chaptered() -> Transcript:
    """The talk with two chapters of the source's own."""
    made = talk(title="Trust is the yeast of a small business")
    half = len(made.segments) // 2
    chapters = (Chapter(0.0, "A bakery in a village", 0), Chapter(4.0 * half, "What comes next", half))
    return Transcript("test", "en", made.title, made.segments, chapters=chapters, kind="talk")
