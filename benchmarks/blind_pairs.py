"""Pairs of posts for readers who do not know which is which: the built-in writer against TextRank's sentences.

    python -m benchmarks.blind_pairs FOLDER SOURCE...

Each SOURCE is a transcript file. For each, FOLDER gets `NN/transcript.txt`, `NN/A.txt` and `NN/B.txt`; which of the
two is ours is drawn from the file's hash and written to `key.json`, which the readers do not open. Both posts stand in
the same template: the same headline, announcing line, tags and emoji, as many points, labels by the same rules. Only
the sentences differ. Needs sumy (group `bench`).
"""

import hashlib
import importlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.bench_evidence import Splitter
from benchmarks.evidence_data import read
from composer.evidence import gather
from composer.evidence.model import Evidence
from composer.post.builtin import BuiltinWriter
from composer.post.english.labels.label import label
from composer.post.english.words.kinds import words as label_words
from composer.post.layout import lay
from composer.post.model import Brief, Finished, Post, Section
from composer.sources.model import Transcript


def ours(evidence: Evidence, shape: str) -> Post:
    """The built-in writer's post."""
    for event in BuiltinWriter().write(evidence, Brief(shape=shape)):
        if isinstance(event, Finished):
            return event.post
    raise RuntimeError("no post")


def textrank(transcript: Transcript, count: int) -> list[str]:
    """The `count` sentences TextRank likes best, in the order they were said."""
    parser = importlib.import_module("sumy.parsers.plaintext").PlaintextParser
    summarizer = importlib.import_module("sumy.summarizers.text_rank").TextRankSummarizer()
    text = " ".join(segment.text for segment in transcript.segments)
    return [str(sentence) for sentence in summarizer(parser.from_string(text, Splitter()).document, count)]


def theirs(post: Post, transcript: Transcript, evidence: Evidence) -> Post:
    """`post` with TextRank's sentences for its points, its opening and its closing."""
    wanted = len(post.points) + len(post.conclusion)
    said = textrank(transcript, wanted)
    known, used = label_words(evidence, post.language), set[str]()
    sections, at = [], 0
    for section in post.sections:
        points = []
        for point in section.points:
            if at < len(said):
                name = label(said[at], "", known, used)
                used.add(name)
                points.append(replace(point, label=name, text=said[at]))
                at += 1
        sections.append(Section(section.title, tuple(points)))
    return replace(post, sections=tuple(sections), conclusion=tuple(said[at:]))


def main(arguments: Sequence[str]) -> int:
    folder, key = Path(arguments[0]), {}
    for number, name in enumerate(arguments[1:]):
        path = Path(name)
        transcript = read(path)
        evidence = gather([transcript])
        own = ours(evidence, ("take", "list")[number % 2])
        pair = [lay(own).text, lay(theirs(own, transcript, evidence)).text]
        swapped = hashlib.sha256(path.read_bytes()).digest()[0] % 2
        place = folder / f"{number:02}"
        place.mkdir(parents=True, exist_ok=True)
        said = [f"{s.speaker}: {s.text}" if s.speaker else s.text for s in transcript.segments]
        (place / "transcript.txt").write_text("\n".join(said) + "\n", encoding="utf-8")
        for letter, text in zip("BA" if swapped else "AB", pair, strict=True):
            (place / f"{letter}.txt").write_text(text + "\n", encoding="utf-8")
        key[place.name] = {"source": path.name, "ours": "B" if swapped else "A"}
    (folder / "key.json").write_text(json.dumps(key, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
