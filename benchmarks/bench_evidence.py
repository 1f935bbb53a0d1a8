"""Points, hashtags, keyphrases, chapters and speed of the evidence stage, beside YAKE and sumy."""

import json
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.evidence_data import claims, samples, summaries
from benchmarks.harness import Row, bench, compare
from composer.evidence import clean, cover, gather, hashtags
from composer.evidence.chapters import boundaries, cues
from composer.evidence.model import Sentence
from composer.evidence.phrases import ranked
from composer.evidence.punctuation import sentence_spans
from composer.evidence.sentences import sentences
from composer.evidence.words import stem, terms, words
from composer.sources.model import Segment, Transcript

ABSENT = "no sample material here"
NO_PEERS = "yake and sumy are not installed (uv sync --group bench)"
MEETINGS = 35


def _peers() -> bool:
    try:
        import sumy  # noqa: F401
        import yake  # noqa: F401
    except ImportError:
        return False
    return True


# ---------------------------------------------------------------- points


def _grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    said = [stem(word.lower()) for word in words(text)]
    return Counter(tuple(said[i : i + size]) for i in range(len(said) - size + 1))


def rouge(ours: str, theirs: str) -> tuple[float, float, float]:
    """ROUGE-1, -2 and -L as F1 in per cent, on stemmed words."""
    scores = []
    for size in (1, 2):
        a, b = _grams(ours, size), _grams(theirs, size)
        shared = sum((a & b).values())
        scores.append(200.0 * shared / max(1, sum(a.values()) + sum(b.values())))
    a_words = [stem(word.lower()) for word in words(ours)]
    b_words = [stem(word.lower()) for word in words(theirs)]
    row = [0] * (len(b_words) + 1)
    for word in a_words:
        last = 0
        for at, other in enumerate(b_words, 1):
            last, row[at] = row[at], last + 1 if word == other else max(row[at], row[at - 1])
    return scores[0], scores[1], 200.0 * row[-1] / max(1, len(a_words) + len(b_words))


class Splitter:
    """What sumy asks of a tokeniser, with our own splitting, so that no download is needed."""

    def to_sentences(self, text: str) -> list[str]:
        return [text[a:b] for a, b in sentence_spans(text, "en")]

    def to_words(self, text: str) -> list[str]:
        return [word.lower() for word in words(text)]


def _sumy(name: str, stopping: bool = True) -> Callable[[str], str]:
    """A summariser as sumy's own guide sets it up, with its stemmer and its stop words; or without the stop words."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    kinds: dict[str, Any] = {"TextRank": TextRankSummarizer, "LexRank": LexRankSummarizer, "Luhn": LuhnSummarizer}

    def summarise(text: str) -> str:
        """The best sentences that together reach 100 words, in the order of the source, as sumy gives them."""
        summarizer = kinds[name](Stemmer("english"))
        if stopping:
            summarizer.stop_words = get_stop_words("english")
        chosen: list[str] = []

        def best(all_sentences: Sequence[Any], _count: object, rating: Any, *arguments: Any) -> tuple[Any, ...]:
            rate = rating if callable(rating) else lambda sentence: rating[sentence]
            order = sorted(range(len(all_sentences)), key=lambda i: rate(all_sentences[i], *arguments), reverse=True)
            taken: list[int] = []
            total = 0
            for at in order:
                if total >= 100:
                    break
                taken.append(at)
                total += len(words(str(all_sentences[at])))
            chosen.extend(str(all_sentences[at]) for at in sorted(taken))
            return ()

        summarizer._get_best_sentences = best
        summarizer(PlaintextParser.from_string(text, Splitter()).document, 12)
        return " ".join(chosen)

    return summarise


def _first_words(text: str, count: int = 100) -> str:
    return " ".join(text.split()[:count])


TOPICS = "stretches a summary's sentences speak of, with a chosen sentence in them"


def _topics(own: Sequence[Sentence], summary: str) -> list[list[str]]:
    """The topics people found worth telling, as the text of the stretches that hold them.

    Each sentence of a summary is a topic. Its stretch is the fifth of the meeting that shares most with it: content
    terms, counted by how often they stand there and how rare they are elsewhere.
    """
    found = [set(terms(s.text, "en")) for s in own]
    total, size = len(own), max(1, len(own) // 5)
    often = Counter(term for here in found for term in here)
    stretches: list[list[str]] = []
    for start, end in sentence_spans(summary, "en"):
        wanted = sorted({term for term in terms(summary[start:end], "en") if often[term]})
        if len(wanted) < 2:
            continue
        best, place = -1.0, 0
        for at in range(0, max(1, total - size + 1), max(1, total // 20)):
            here = Counter(term for some in found[at : at + size] for term in some)
            value = sum(math.log(1 + here[term]) * math.log(1 + total / often[term]) for term in wanted)
            if value > best:
                best, place = value, at
        stretches.append([" ".join(words(s.text.lower())) for s in own[place : place + size]])
    return stretches


def _touched(text: str, stretches: Sequence[Sequence[str]]) -> float:
    """The share of topics in whose stretch a chosen sentence stands, by five words in a row."""
    low = [word.lower() for word in words(text)]
    runs = {" ".join(low[i : i + 5]) for i in range(len(low) - 4)}
    hits = sum(1 for lines in stretches if any(run in line for line in lines for run in runs))
    return hits / max(1, len(stretches))


@bench("evidence-points")
def points() -> Iterator[Row]:
    """ROUGE of 100 words against the summary a person wrote, on meetings; editors' claims among the first 24."""
    folder = samples()
    if folder is None:
        yield Row.skipped("points", ABSENT)
        return
    meetings = [(t, s) for name, t, s in summaries(folder) if not name.endswith(".md")][::2][:MEETINGS]
    texts = [_first_words(" ".join(p.text for p in cover(gather([t]), 100))) for t, _ in meetings]
    ours = [rouge(text, s) for text, (_, s) in zip(texts, meetings, strict=True)]
    means = [sum(values) / len(values) for values in zip(*ours, strict=True)]
    for name, value, goal in zip(("ROUGE-1", "ROUGE-2", "ROUGE-L"), means, (29.0, 4.7, 15.0), strict=True):
        yield Row.at_least(f"points, 100 words, {name}", value, "F1", goal, note=f"{len(meetings)} meetings")
    stretches = [_topics(sentences(t), s) for t, s in meetings]
    mine = [_touched(text, places) for text, places in zip(texts, stretches, strict=True)]
    yield Row.at_least("points, 100 words, topics touched", 100 * sum(mine) / len(mine), "%", 80.0, note=TOPICS)
    if _peers():
        # LexRank grows with the square of the length: every fifth meeting has to do for it.
        leads = {}
        for name, step in (("TextRank", 1), ("TextRank without stop words", 1), ("LexRank", 5), ("Luhn", 1)):
            run = _sumy(name.split()[0], "without" not in name)
            some = range(0, len(meetings), step)
            theirs = [_first_words(run(" ".join(seg.text for seg in meetings[i][0].segments))) for i in some]
            scores = [rouge(text, meetings[i][1]) for text, i in zip(theirs, some, strict=True)]
            leads[name] = sum(ours[i][0] - score[0] for i, score in zip(some, scores, strict=True)) / len(scores)
            topics = [_touched(text, stretches[i]) for text, i in zip(theirs, some, strict=True)]
            yield Row(
                f"points, topics touched by {name}",
                100 * sum(topics) / len(topics),
                "%",
                note=f"{len(scores)} meetings, ROUGE "
                + " / ".join(f"{sum(v) / len(v):.1f}" for v in zip(*scores, strict=True)),
            )
        yield Row.at_least(
            "points, ROUGE-1 over sumy TextRank",
            leads["TextRank"],
            "F1",
            8.0,
            peer="TextRank",
            note=f"{len(meetings)} meetings",
        )
        nearest = min(leads, key=lambda name: leads[name])
        yield Row.at_least(
            "points, ROUGE-1 over sumy's best", leads[nearest], "F1", 3.0, peer=nearest, note=f"{nearest}, the nearest"
        )
    else:
        yield Row.skipped("points, ROUGE-1 over sumy", NO_PEERS)
    found = total = 0
    for case in claims(folder):
        raws = {raw for point in gather([case.transcript]).points[:24] for raw in (point.raw,)}
        found += sum(1 for claim in case.claims if any(case.sentences[n].raw in raw for n in claim for raw in raws))
        total += len(case.claims)
    yield Row(
        "points, editors' claims in 24",
        100.0 * found / total,
        "%",
        note="weights saw these; nested cross-validation: python -m benchmarks.train_points",
    )


# ---------------------------------------------------------------- hashtags


@bench("evidence-hashtags")
def tags() -> Iterator[Row]:
    """Recall of authors' hashtags among eight, their own removed from the text, strict match."""
    folder = samples()
    if folder is None:
        yield Row.skipped("hashtags", ABSENT)
        return
    rows = [json.loads(line) for line in (folder / "data" / "posts_dev.jsonl").read_text("utf-8").splitlines()]
    posts = [(re.sub(r"(?<!\w)#\w+", " ", row["text"]), {tag.lower() for tag in row["hashtags"]}) for row in rows]
    mine = _recall(posts, lambda text: [tag[1:].lower() for tag in hashtags(text)])
    yield Row.at_least("hashtags, recall@8", mine, "%", 22.0, note=f"{len(posts)} posts")
    if not _peers():
        yield Row.skipped("hashtags over YAKE", NO_PEERS)
        return
    best = 0.0
    for size in (1, 2, 3):
        import yake

        extractor = yake.KeywordExtractor(lan="en", n=size, top=8)
        best = max(
            best,
            _recall(
                posts,
                lambda t, e=extractor: [  # type: ignore[misc]
                    re.sub(r"\W", "", word).lower() for word, _ in e.extract_keywords(t)
                ],
            ),
        )
    yield Row("hashtags over YAKE", best, "%", "YAKE at its best", mine / best, ">= 1.6", mine / best >= 1.6)


def _recall(posts: Sequence[tuple[str, set[str]]], suggest: Callable[[str], list[str]]) -> float:
    hits = sum(len(wanted & set(suggest(text))) for text, wanted in posts)
    return 100.0 * hits / sum(len(wanted) for _, wanted in posts)


# ---------------------------------------------------------------- keyphrases and chapters


def _folded(phrase: str) -> str:
    return " ".join(re.sub(r"(ies|es|s|ing|ed)$", "", word) for word in re.findall(r"\w+", phrase.lower()))


def _f1(found: Sequence[str], gold: Sequence[str]) -> float:
    ours = list(dict.fromkeys(_folded(phrase) for phrase in found))[:10]
    wanted = {_folded(phrase) for phrase in gold}
    hits = len(wanted & set(ours))
    return 200.0 * hits / (len(ours) + len(wanted)) if hits else 0.0


@bench("evidence-keyphrases")
def keyphrases() -> Iterator[Row]:
    """F1 of ten keyphrases against those people chose."""
    folder = samples()
    if folder is None:
        yield Row.skipped("keyphrases F1@10", ABSENT)
        return
    rows = [json.loads(line) for line in (folder / "data" / "keyphrases_dev.jsonl").read_text("utf-8").splitlines()]

    def own(text: str) -> list[str]:
        flat = text.replace("\n", " ")
        return [p.text for p in ranked([flat[a:b] for a, b in sentence_spans(flat, "en")], "en", 10)]

    mine = sum(_f1(own(row["text"]), row["keyphrases"]) for row in rows) / len(rows)
    if not _peers():
        yield Row("keyphrases F1@10", mine, "F1", note=NO_PEERS)
        return
    import yake

    best = 0.0
    for size in (1, 2, 3):
        extractor = yake.KeywordExtractor(lan="en", n=size, top=10)
        theirs = sum(_f1([w for w, _ in extractor.extract_keywords(row["text"])], row["keyphrases"]) for row in rows)
        best = max(best, theirs / len(rows))
    yield Row("keyphrases F1@10", mine, "F1", "YAKE at its best", mine / best, "> 1", mine > best)


def _hits(ours: Sequence[int], wanted: Sequence[int], near: int) -> float:
    left, hits = set(wanted), 0
    for at in ours:
        close = [other for other in left if abs(at - other) <= near]
        if close:
            left.remove(min(close, key=lambda other: (abs(at - other), other)))
            hits += 1
    return 200.0 * hits / (len(ours) + len(wanted))


@bench("evidence-chapters")
def chapters() -> Iterator[Row]:
    """Boundary F1 on sources with chapters of their own, an eighth of a chapter allowed, as many cuts as they have."""
    folder = samples()
    if folder is None:
        yield Row.skipped("chapters, boundary F1", ABSENT)
        return
    from composer import sources
    from composer.errors import ComposerError

    draw = random.Random(1)
    mine: list[float] = []
    chance: list[float] = []
    for path in [*sorted((folder / "data" / "transcripts").iterdir()), *sorted((folder / "seeds").iterdir())]:
        try:
            transcript = sources.read(path)
        except ComposerError:
            continue
        own = sentences(transcript)
        wanted = [i for i in range(1, len(own)) if own[i].chapter != own[i - 1].chapter]
        if len(own) < 60 or len(wanted) < 3:
            continue
        near = max(2, len(own) // (len(wanted) + 1) // 8)
        found = [tuple(terms(s.text, transcript.language)) for s in own]
        mine.append(_hits(boundaries(found, len(wanted), cues(own, transcript.language)), wanted, near))
        chance += [_hits(draw.sample(range(1, len(own)), len(wanted)), wanted, near) for _ in range(50)]
    ours, random_cuts = sum(mine) / len(mine), sum(chance) / len(chance)
    ratio = ours / random_cuts
    yield Row(
        "chapters, boundary F1", ours, "F1", "random cuts", ratio, ">= 1.8", ratio >= 1.8, note=f"{len(mine)} sources"
    )


# ---------------------------------------------------------------- cleaning and speed


@bench("evidence-cleaning")
def cleaning() -> Iterator[Row]:
    """Pairs of spoken and written sentences matched word for word."""
    path = Path(__file__).resolve().parent.parent / "tests" / "evidence" / "spoken_pairs.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    for name, half in (("seen while writing the rules", 0), ("held out", 1)):
        part = rows[half::2]
        same = sum(1 for language, said, written in part if words(clean(said, language)) == words(written))
        yield Row.at_least(f"cleaning, {name}", 100.0 * same / len(part), "%", 80.0, note=f"{len(part)} pairs")


def long_talk(count: int = 40_000) -> Transcript:
    """A made talk of `count` words in cues of four seconds, the same on every machine."""
    draw = random.Random(40)
    nouns = ["river", "bakery", "engine", "school", "market", "forest", "budget", "garden", "teacher"]
    verbs = ["changes", "carries", "needs", "builds", "loses", "repairs", "measures", "follows", "answers", "holds"]
    segments, total = [], 0
    while total < count:
        text = (
            f"The {draw.choice(nouns)} {draw.choice(verbs)} the {draw.choice(nouns)} of {draw.choice(nouns)} "
            f"{draw.randrange(200)}, because every {draw.choice(nouns)} {draw.choice(verbs)} a {draw.choice(nouns)}."
        )
        segments.append(Segment(4.0 * len(segments), 4.0 * len(segments) + 4, None, text))
        total += len(text.split())
    return Transcript("made", "en", "The river and the market", tuple(segments), kind="talk")


def _real_talk(folder: Path, count: int = 40_000) -> Transcript:
    """Real conversations one after the other, up to `count` words: made text has too few words to be fair to a peer."""
    from composer import sources

    segments: list[Segment] = []
    total = 0
    for name in ("oxide_seconds_brackets.txt", "changelog_594.md", "bitcoin_ctv_workshop.md"):
        for segment in sources.read(folder / "data" / "transcripts" / name).segments:
            if total < count:
                segments.append(segment)
                total += len(segment.text.split())
    return Transcript("conversations", "en", None, tuple(segments), kind="conversation")


@bench("evidence-speed")
def speed() -> Iterator[Row]:
    """The whole stage at 40,000 words, beside YAKE and sumy's TextRank on the same text."""
    folder = samples()
    talk = long_talk() if folder is None else _real_talk(folder)
    text = " ".join(segment.text for segment in talk.segments)
    if not _peers():
        begin = time.perf_counter()
        gather([talk])
        yield Row.at_most("evidence, 40,000 words", (time.perf_counter() - begin) * 1000, "ms", 2000, note=NO_PEERS)
        return
    import yake

    extractor = yake.KeywordExtractor(lan="en", n=3, top=20)

    def ours_cold() -> None:
        # What one run remembers of its sentences would make the next one's time.
        for module in [m for name, m in sorted(sys.modules.items()) if name.startswith("composer.evidence")]:
            for made in list(vars(module).values()):
                # Tables of the language stay, as YAKE's do, whose extractor is made before the clock starts.
                if hasattr(made, "cache_clear") and made.cache_parameters()["maxsize"] > 256:
                    made.cache_clear()
        gather([talk])

    ours, theirs = compare(ours_cold, lambda: extractor.extract_keywords(text), repeat=3)
    yield Row.ratio_of("evidence, 40,000 words", ours, theirs, peer="YAKE", goal=3.0)
    begin = time.perf_counter()
    _sumy("TextRank")(text)
    slow = time.perf_counter() - begin
    yield Row.ratio_of("evidence, 40,000 words", ours, slow, peer="sumy TextRank", goal=20.0)
