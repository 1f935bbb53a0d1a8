"""The stage as a whole: sentences with their way back, points, quotes, chapters, tags."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from composer.evidence import best, cover, gather, hashtags, links, preselected
from composer.evidence.sentences import sentences
from composer.evidence.words import word_count, words
from composer.sources.model import Segment, Transcript
from tests.evidence import made
from tests.samples import samples_dir


def test_a_sentence_spans_its_cues() -> None:
    transcript = made.talk()
    for sentence in sentences(transcript):
        said = " ".join(transcript.segments[i].text for i in sentence.segments)
        assert sentence.raw in said
        assert sentence.start == transcript.segments[sentence.segments[0]].start
        assert sentence.end == transcript.segments[sentence.segments[-1]].end


def test_without_times_none_are_invented() -> None:
    evidence = gather([made.paragraphs(made.TALK.split("\n"))])
    assert evidence.points
    assert all(point.start is None and point.end is None for point in evidence.points)


def test_voices_are_not_joined() -> None:
    transcript = Transcript(
        "test",
        "en",
        None,
        (
            Segment(0, 2, "Ada", "We never sold the"),
            Segment(2, 4, "Bo", "mill to anyone."),
            Segment(4, 6, "Bo", "It stands."),
        ),
    )
    assert {s.speaker for s in sentences(transcript)} == {"Ada", "Bo"}
    assert all("sold the mill" not in s.raw for s in sentences(transcript))


def test_points_are_claims_and_lead_back() -> None:
    evidence = gather([made.talk()])
    texts = [point.text for point in evidence.points[:6]]
    assert len(evidence.points) >= 8
    assert any("yeast" in text for text in texts)
    assert not any(word in text.lower() for text in texts for word in ("good morning", "thank", "questions"))
    for point in evidence.points:
        assert not point.text.endswith("?")
        said = " ".join(evidence.sources[0].segments[i].text for i in point.segments)
        assert point.raw in said
        assert point.keyphrase == "" or set(words(point.keyphrase)) <= set(words(point.text.replace("'s", "")))


def test_meta_and_headings_never_become_points() -> None:
    for role in ("meta", "heading"):
        evidence = gather([made.paragraphs(made.TALK.split("\n"), role=role)])
        assert evidence.points == ()
        assert evidence.notices


def test_a_comment_keeps_its_speaker() -> None:
    transcript = Transcript(
        "thread",
        "en",
        None,
        (
            Segment(
                None, None, "river_kid", "Small shops survive because people trust a face, not a brand.", role="comment"
            ),
        ),
    )
    point = gather([transcript]).points[0]
    assert (point.speaker, point.role) == ("river_kid", "comment")


def test_best_and_cover_choose_from_the_same_points() -> None:
    evidence = gather([made.talk()])
    assert best(evidence, 3) == evidence.points[:3]
    covered = cover(evidence, 60)
    assert covered
    assert len(evidence.scores) == len(evidence.sentences)
    assert {p.score for p in covered} <= {round(score, 6) for score in evidence.scores}
    assert sum(word_count(point.text) for point in covered) <= 60
    assert [p.sentence for p in covered] == sorted(p.sentence for p in covered)


def test_quotes_are_verbatim() -> None:
    evidence = gather([made.talk()])
    assert evidence.quotes
    said = " ".join(segment.text for segment in evidence.sources[0].segments)
    assert all(quote.text in said and quote.start is not None for quote in evidence.quotes)


def test_own_chapters_are_kept_and_numbered() -> None:
    evidence = gather([made.chaptered()])
    assert [c.title for c in evidence.chapters[0]] == ["A bakery in a village", "What comes next"]
    assert {point.chapter for point in evidence.points} == {0, 1}


def test_two_sources_take_turns() -> None:
    evidence = gather([made.talk(), made.paragraphs(["A mill stores water, not money. Water is the older bank."] * 1)])
    assert {point.source for point in evidence.points[:3]} == {0, 1}
    assert len(evidence.chapters) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Vertrauen ist die Hefe eines kleinen Betriebs. Wer einen Laden eröffnet, sollte mit zehn Kunden anfangen.",
        ),
        (
            "fr",
            "La confiance est le levain d'une petite entreprise. Il faut commencer avec dix clients, pas un four.",
        ),
        (
            "es",
            "La confianza es la levadura de una pequeña empresa. Hay que empezar con diez clientes y no con un horno.",
        ),
        (
            "pt",
            "A confiança é o fermento de uma pequena empresa. É preciso começar com dez clientes e não com um forno.",
        ),
        ("zh", "信任是小企业的酵母，没有信任什么都不会发展。如果你想开店，应该先找到十个客户，而不是先买烤箱。"),
        (
            "ja",
            "信頼は小さな会社の酵母であり、信頼がなければ何も膨らみません。店を開くなら、まず十人の客を見つけるべきです。",
        ),
        ("ar", "الثقة هي خميرة الشركات الصغيرة ولا شيء ينمو بدونها. يجب أن تبدأ بعشرة زبائن قبل أن تشتري الفرن."),
    ],
)
def test_every_language_gives_points_and_tags(language: str, text: str) -> None:
    evidence = gather([made.paragraphs([text], language=language)])
    assert len(evidence.points) >= 1
    assert evidence.points[0].text
    assert evidence.hashtags
    assert all(tag.startswith("#") and " " not in tag for tag in evidence.hashtags)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore"] * 40,
        [f"Lund, A. 0{n} 555 {n * 7919 % 10000:04d}" for n in range(300)],
        ["ten words are all there is in this short file"],
        ["...", "???", "♪♪♪", " "],
    ],
    ids=["nothing", "lorem ipsum", "phone book", "ten words", "marks"],
)
def test_nonsense_gets_a_modest_answer(texts: list[str]) -> None:
    evidence = gather([made.paragraphs(texts)])
    assert len(evidence.hashtags) <= 8
    assert len(evidence.points) <= 150


def test_no_source_at_all() -> None:
    assert gather([]).points == ()


def test_hours_of_chinese() -> None:
    line = "我们今天讨论城市的水资源问题，以及每个家庭如何节约用水。"
    transcript = Transcript(
        "test", "zh", None, tuple(Segment(10.0 * n, 10.0 * n + 10, None, f"第{n}点，{line}") for n in range(2500))
    )
    assert gather([transcript]).points


# ---------------------------------------------------------------- hashtags


def test_tags_come_from_what_is_said() -> None:
    tags = hashtags(
        "𝗪𝗵𝘆 𝗞𝘂𝗯𝗲𝗿𝗻𝗲𝘁𝗲𝘀 𝗶𝗻 𝟮𝟬𝟮𝟱❓\n\n"
        "AI teams at OpenTable run LLM services on Kubernetes. DevOps is harder than it looks."
    )
    assert {"#Kubernetes", "#AI", "#LLM", "#OpenTable", "#2025"} <= set(tags)
    assert len(tags) <= 8
    assert all(tag.isascii() for tag in tags)


def test_no_tag_from_an_address() -> None:
    tags = hashtags(
        "Read it here: https://example.com/QmZx7Kp/ABCDE?utm=XYZ and mail ADMIN@EXAMPLE.ORG about the river."
    )
    assert not any(piece in tag.lower() for tag in tags for piece in ("qmzx", "abcde", "xyz", "utm", "http", "example"))


def test_past_tags_count() -> None:
    text = "We baked bread for the river festival, and the village came."
    assert "#RiverFestival" in hashtags(text, past_tags=["#RiverFestival", "RiverFestival"])


def test_only_linking_tags_are_preselected() -> None:
    assert not links("#2024")
    assert preselected(("#AI", "#2024", "#A", "#B", "#C", "#D")) == ("#AI", "#A", "#B", "#C", "#D")


def test_seed_tags() -> None:
    text = next((samples_dir() / "seeds").glob("004_*")).read_text("utf-8")
    first, second = text.split("Example 2:\n")
    for post, eight, five in ((first.split("Example 1:\n")[1], 5, 4), (second, 4, 3)):
        body, _, line = post.strip().rpartition("\n")
        tags, wanted = hashtags(body), line.split()
        assert sum(tag in tags for tag in wanted) >= eight
        assert sum(tag in tags[:5] for tag in wanted) >= five


def test_the_images_of_the_sample_talk_are_found() -> None:
    import re

    from composer import sources

    path = next((samples_dir() / "seeds").glob("002_*"))
    raws = [point.raw.lower() for point in gather([sources.read(path)]).points[:12]]
    wanted = (
        "intranet|internet",
        "fossil fuel|peak data",
        r"\bagents\b|agentic",
        "synthetic data",
        "inference.time compute",
        "unpredictable",
    )
    assert sum(any(re.search(pattern, raw) for raw in raws) for pattern in wanted) >= 4


# ---------------------------------------------------------------- determinism


def test_same_bytes_at_any_hash_seed() -> None:
    code = (
        "from tests.evidence import made; from composer.evidence import gather; print(repr(gather([made.chaptered()])))"
    )
    root = Path(__file__).resolve().parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "77")
    }
    assert len(outputs) == 1


def test_a_cue_with_two_voices_gives_each_its_own_words() -> None:
    cue = Segment(0.0, 4.0, "Host", "Is the second oven any use? It was never the bottleneck.", turns=((28, "Baker"),))
    found = sentences(Transcript("srt", "en", None, (cue,)))
    assert [(s.speaker, s.raw.strip(), s.segments) for s in found] == [
        ("Host", "Is the second oven any use?", (0,)),
        ("Baker", "It was never the bottleneck.", (0,)),
    ]
