"""The labelled material the evidence stage is trained and measured on, read from the sample folder."""

import hashlib
import json
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from composer import sources
from composer.errors import ComposerError
from composer.evidence.model import Sentence
from composer.evidence.sentences import sentences
from composer.evidence.words import words
from composer.sources.model import Segment, Transcript

HERE = Path(__file__).resolve().parent
LABELS = HERE / "point_labels.toml"


def samples() -> Path | None:
    """The sample folder (POST_COMPOSER_SAMPLES, default `../shared`), or None where there is none."""
    root = HERE.parent
    folder = Path(os.environ.get("POST_COMPOSER_SAMPLES", root.parent / "shared"))
    folder = folder if folder.is_absolute() else (root / folder).resolve()
    return folder if (folder / "data").is_dir() else None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A transcript with the sentences an editor chose. `claims` hold sentence numbers; `span` is the part that
    was read for it."""

    name: str
    transcript: Transcript
    sentences: list[Sentence]
    claims: tuple[frozenset[int], ...]
    span: tuple[int, int]


def claims(folder: Path) -> list[Labelled]:
    """The editors' claims of `claims_dev.json`, each with the numbers of its sentences in our own splitting."""
    found = []
    for entry in json.loads((folder / "data" / "claims_dev.json").read_text("utf-8")):
        path = folder / "data" / "transcripts" / entry["file"]
        if not path.is_file():
            path = (folder / "data" / entry["file"]).resolve()
        transcript = read(path)
        own = sentences(transcript)
        bare = [_bare(sentence.raw) for sentence in own]
        chosen = tuple(frozenset(_places(claim["evidence"], bare)) for claim in entry["claims"])
        found.append(Labelled(entry["file"], transcript, own, chosen, (0, len(own))))
    return found


def _bare(text: str) -> list[str]:
    return [word.lower() for word in words(text)]


def _places(evidence: list[str], bare: list[list[str]]) -> Iterator[int]:
    """Sentences that hold a sentence of evidence, or the better part of one of whose words they are."""
    for text in evidence:
        wanted = _bare(text)
        count = Counter(wanted)
        hits = []
        for number, own in enumerate(bare):
            shared = sum((count & Counter(own)).values())
            whole = shared >= 0.8 * len(wanted) and len(wanted) > 2
            piece = len(own) >= 4 and shared >= 0.85 * len(own) and shared >= 0.25 * len(wanted)
            if whole or piece:
                hits.append(number)
        if len(hits) > 3:
            # Long sentences share common words with many others: only close ones count then.
            hits = [n for n in hits if sum((count & Counter(bare[n])).values()) >= 0.5 * max(len(wanted), len(bare[n]))]
        if not hits:
            joined = " ".join(wanted)
            hits = [n for n, own in enumerate(bare) if joined in " ".join(own)]
        yield from hits


def read(path: Path) -> Transcript:
    """A sample file as a transcript."""
    if path.suffix == ".json":
        try:
            data = json.loads(path.read_text("utf-8"))
        except ValueError:
            data = {}
        if isinstance(data, dict) and "segments" in data and data["segments"] and "body" in data["segments"][0]:
            return Transcript(
                "podcast",
                "en",
                None,
                tuple(
                    Segment(s.get("startTime"), s.get("endTime"), s.get("speaker"), s["body"].strip())
                    for s in data["segments"]
                ),
                kind="conversation",
            )
    return sources.read(path)


def meeting(text: str) -> Transcript:
    """A meeting of `summaries_dev.jsonl`: a line per turn, `Speaker: words`, words and marks set apart by spaces."""
    segments = []
    for line in text.split("\n"):
        match = re.match(r"([^:]{1,40}): (.*)", line)
        speaker, said = (match[1], match[2]) if match else (None, line)
        said = re.sub(r" (['’]\w+|[.,?!])", r"\1", re.sub(r"\{\w+\}", "", said))
        said = re.sub(r"\s+", " ", said).strip()
        if said:
            segments.append(Segment(None, None, speaker, said))
    return Transcript("meeting", "en", None, tuple(segments), kind="conversation")


def summaries(folder: Path) -> Iterator[tuple[str, Transcript, str]]:
    """Name, transcript and the summary a person wrote, for each of `summaries_dev.jsonl`."""
    with (folder / "data" / "summaries_dev.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["id"], _summarised(row["id"], row["transcript"]), row["summary"]


def _summarised(name: str, text: str) -> Transcript:
    return sources.read_text(text) if name.endswith(".md") else meeting(text)


def labelled(folder: Path) -> list[Labelled]:
    """Our own labels, read from whole transcripts: `point_labels.toml` names a file by its hash and gives the numbers
    of the sentences each claim rests on. A file that is absent, or that splits into another number of sentences now,
    is left out."""
    table = tomllib.loads(LABELS.read_text("utf-8"))
    by_hash: dict[str, Transcript] = {}
    for path in sorted((folder / "data" / "transcripts").iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest in table:
            by_hash[digest] = read(path)
    with (folder / "data" / "summaries_dev.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            digest = hashlib.sha256(row["transcript"].encode()).hexdigest()
            if digest in table:
                try:
                    by_hash[digest] = _summarised(row["id"], row["transcript"])
                except ComposerError:
                    continue
    found = []
    for digest, transcript in sorted(by_hash.items()):
        entry = table[digest]
        own = sentences(transcript)
        if len(own) == entry["count"]:
            chosen = tuple(frozenset([claim] if isinstance(claim, int) else claim) for claim in entry["claims"])
            if all(0 <= number < len(own) for claim in chosen for number in claim):
                span = (entry.get("from", 0), entry.get("to", len(own)))
                found.append(Labelled(digest[:12], transcript, own, chosen, span))
    return found
