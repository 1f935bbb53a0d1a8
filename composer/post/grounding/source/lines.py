"""A post taken apart for looking things up: plain letters, lines, labels and sentences."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from composer.evidence.words import lexicon
from composer.text.clusters import CLUSTER
from composer.text.style import unstyle

_BULLET = re.compile(r"\s*(?:[•▪◦‣·*]\s*|[-–—]\s+|→\s*|\(?\d{1,2}(?:[/.)]|️?⃣)\s+)")
_NUMBER = re.compile(r"\s*\(?\d{1,2}(?:[/.)]|️?⃣)\s+")
_HEAD = re.compile(r"[^\w\s]*\s*[^:：.!?\n]{1,60}[:：]\s(?=\S)")


# A sign, a label, a sentence: "🧀 Cheese: It is made here."
_LABELLED = re.compile(r"\s*[^\w\s\"“„«'‘(\[#@]+\s*[^:：.!?\n]{1,60}[:：]\s(?=\S)")


# A line of a chronicle, or of a table: "1768 – a timber bridge", "9:40: the alarm".
_DATED = re.compile(r"\s*\d[\d.:/%]*\s?(?:[–—-]|:|→)\s+\S")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one line: its offset, its text, the sentences in it (offsets into it), the label before it.

    `title_case` says that capitals mean little; `heading` that it announces what follows, so that it may count it.
    """

    start: int
    text: str
    sentences: tuple[tuple[int, int], ...]
    label: str = ""
    title_case: bool = False
    heading: bool = False


def plain(post: str) -> tuple[str, list[int]]:
    """The post in plain letters, and for every offset in it the offset in `post`."""
    if post.isascii():
        return post, list(range(len(post) + 1))
    out: list[str] = []
    back: list[int] = []
    for cluster in CLUSTER.finditer(post):
        raw = cluster.group()
        letters = raw if raw.isascii() else unstyle(raw)
        out.append(letters)
        back.extend([cluster.start()] * len(letters))
    back.append(len(post))
    return "".join(out), back


def parts(text: str) -> list[Part]:
    """What there is to look at in a post: labels apart from their sentences, lines of hashtags left out."""
    found: list[Part] = []
    at, block = 0, 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare and not all(word.startswith("#") for word in bare.split()):
            heading = block < 2 or bare.endswith((":", "：")) or not found
            bullet = _BULLET.match(line)
            number = _NUMBER.match(line)
            begin = bullet.end() if bullet else 0
            if number:
                begin = number.end()
            head = _HEAD.match(line, begin) if bullet or number else None
            if head:
                label = line[begin : head.end()]
                found.append(Part(at + begin, label, ((0, len(label)),), "", True, False))
                rest = line[head.end() :]
                found.append(Part(at + head.end(), rest, sentences(rest), label, False, False))
            else:
                rest = line[begin:]
                first = not found and not re.search(r"[.。!?][\"”’»)]*$", bare)
                found.append(Part(at + begin, rest, sentences(rest), "", _titled(bare) or first, heading))
        elif not bare:
            block += 1
        at += len(line) + 1
    return found


def _titled(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    if re.search(r"[.。][\"”’)]*$", line):
        return False
    small = lexicon("en").stop
    if any(word[0].islower() and len(word) > 5 and word not in small for word in words):
        return False  # "Here are 7 points from Anna Berg and Ole Ness": a sentence with many names
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


# "It worked for 29. It found": after a number with a full stop a small word begins a sentence; in "12. Mai" none does.
_AFTER_NUMBER = re.compile(r"(?<=\d)\.\s+(?=(?P<w>[A-ZÀ-Þ][\w’']*))")


@cache
def openers() -> frozenset[str]:
    """Small words of all languages, by which a sentence may begin."""
    return frozenset().union(*(lexicon(tongue).stop for tongue in ("de", "en", "es", "fr", "pt")))


def sentences(line: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a line, as offsets."""
    cuts = [
        0,
        *(
            match.end()
            for match in re.finditer(
                # Not after an initial, a day, a title, nor after a short form with a number behind: "Jan. 15".
                r"(?!(?<=\b[A-Z][a-z]\.)\s+\d|(?<=\b[A-Z][a-z][a-z]\.)\s+\d|(?<=\b[A-Z][a-z]{3}\.)\s+\d)"
                r"(?<=[.!?…])(?<!\b\d\.)(?<!\b\d\d\.)(?<!\b[A-Z]\.)(?<!\b[DM]r\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bProf\.)(?<!\bvs\.)[\"”’»)]*\s+"
                r"(?=[^a-z\s])|(?<=[。！？])",
                line,
            )
        ),
        *(match.end() for match in _AFTER_NUMBER.finditer(line) if match["w"].lower() in openers()),
        len(line),
    ]
    return tuple((a, b) for a, b in itertools.pairwise(sorted(set(cuts))) if line[a:b].strip())


def statements(pieces: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """The sentences of a post as offsets into it, each with the label before it."""
    for part, after in itertools.zip_longest(pieces, pieces[1:]):
        if after and after.label and after.label == part.text:
            continue
        for start, end in part.sentences:
            yield part.start + start - (len(part.label) if start == 0 else 0), part.start + end


def own_counts(text: str) -> frozenset[float]:
    """How many points the post has, and how many there are in each of its blocks: it may announce them."""
    rows = [bool(_BULLET.match(line) or _LABELLED.match(line) or _DATED.match(line)) for line in text.split("\n")]
    counts = {float(sum(rows))}
    run = 0
    for row in [*rows, False]:
        if row:
            run += 1
        else:
            counts.add(float(run))
            run = 0
    return frozenset(counts - {0.0, 1.0})
