"""Ways to write who speaks and when, titles that state facts, languages, and the JSON shape."""

import json
import subprocess
import sys

import pytest

from composer.sources import facts, language, read_text, to_json

TALK = [
    ("Ada Quill", "Who keeps the key?"),
    ("Bo Tern", "The one who sleeps least."),
    ("Ada Quill", "And who is that?"),
]

TURNS = {
    "name and colon": "Ada Quill: {0}\nBo Tern: {1}\nAda Quill: {2}\n",
    "name in capitals": "ADA QUILL: {0}\n\nBO TERN: {1}\n\nADA QUILL: {2}\n",
    "name above": "Ada Quill\n{0}\n\nBo Tern\n{1}\n\nAda Quill\n{2}\n\nBo Tern\nI do.\n",
    "name and time above": "Ada Quill   0:05\n{0}\n\nBo Tern   0:09\n{1}\n\nAda Quill   0:12\n{2}\n",
    "time, dash and name above": "00:05 - Ada Quill\n{0}\n\n00:09 - Bo Tern\n{1}\n\n00:12 - Ada Quill\n{2}\n",
    "time in brackets and name": "[00:00:05] Ada Quill: {0}\n[00:00:09] Bo Tern: {1}\n[00:00:12] Ada Quill: {2}\n",
    "time in parentheses and name": "(0:05) Ada Quill: {0}\n(0:09) Bo Tern: {1}\n(0:12) Ada Quill: {2}\n",
    "name and time in parentheses": "Ada Quill (00:05): {0}\n\nBo Tern (00:09): {1}\n\nAda Quill (00:12): {2}\n",
    "name and time in brackets above": "Ada Quill [00:05]\n{0}\n\nBo Tern [00:09]\n{1}\n\nAda Quill [00:12]\n{2}\n",
    "name in brackets": "[Ada Quill] 00:00:05\n{0}\n\n[Bo Tern] 00:00:09\n{1}\n\n[Ada Quill] 00:00:12\n{2}\n",
    "columns": "00:00:05\tAda Quill:\t{0}\n00:00:09\tBo Tern:\t{1}\n00:00:12\tAda Quill:\t{2}\n",
    "bold": "**Ada Quill**: {0}\n\n**Bo Tern**: {1}\n\n**Ada Quill**: {2}\n",
    "bold, colon inside": "__Ada Quill:__ {0}\n\n__Bo Tern:__ {1}\n\n__Ada Quill:__ {2}\n",
    "italic": "*Ada Quill:* {0}\n\n*Bo Tern:* {1}\n\n*Ada Quill:* {2}\n",
    "time and bold": "[00:00:05] **Ada Quill:** {0}\n\n[00:00:09] **Bo Tern:** {1}\n\n[00:00:12] **Ada Quill:** {2}\n",
    "bold and time": "**Ada Quill** [00:05]: {0}\n\n**Bo Tern** [00:09]: {1}\n\n**Ada Quill** [00:12]: {2}\n",
    "bold with time inside": "**Ada Quill (00:05):** {0}\n\n**Bo Tern (00:09):** {1}\n\n**Ada Quill (00:12):** {2}\n",
    "clickable": "[0:05](https://e.org/?t=5) Ada Quill: {0}\n\n[0:09](https://e.org/?t=9) Bo Tern: {1}\n\n"
    "[0:12](https://e.org/?t=12) Ada Quill: {2}\n",
}  # fmt: skip


@pytest.mark.parametrize("way", TURNS)
def test_turns(way: str) -> None:
    found = read_text(TURNS[way].format(*(text for _, text in TALK)))
    named = [(s.speaker.title() if s.speaker else None, s.text) for s in found.segments[:3]]
    assert named == TALK
    assert found.kind == "conversation"
    starts = [s.start for s in found.segments[:3]]
    assert starts == ([5.0, 9.0, 12.0] if ":0" in TURNS[way] else [None] * 3)
    assert all(s.end is None for s in found.segments)


@pytest.mark.parametrize(
    "text",
    [
        "[00:00] 主持人 何青：谁管钥匙？\n[00:05] 马渡：睡得最少的人。\n[00:09] 何青：那是谁？\n[00:12] 马渡：是我。\n",
        "主持人(何青):谁管钥匙?\n\n马渡:睡得最少的人。\n\n何青:那是谁?\n\n马渡:是我。\n",
        "司会（石田あき）：鍵は誰のものですか。\n\n馬場：一番眠らない人です。\n\n石田：それは誰ですか。\n\n馬場：私です。\n",
    ],
)
def test_turns_in_scripts_without_spaces(text: str) -> None:
    found = read_text(text)
    assert len(found.segments) == 4
    assert found.kind == "conversation"
    assert [s.speaker for s in found.segments][1::2] == [found.segments[1].speaker] * 2
    assert not any(mark in s.text for s in found.segments for mark in ":：")


def test_full_lines_of_characters_are_lines_of_their_own() -> None:
    lines = [f"[00:0{n}:02] " + "渡口停了三年，村里的人口少了一半，船夫都去了城里。" * 2 for n in range(4)]
    assert len(read_text("\n".join(lines)).segments) == 4


@pytest.mark.parametrize(
    "text",
    [
        "We talked about mills: big ones, small ones. Note: it rains.\n\nThe end: nothing more is known.\n",
        "Ingredients:\nFlour: 200 g\nWater: 100 g\nSalt: 3 g\nMethod: mix all of it\n",
        "From: ada@example.org\nTo: bo@example.org\nSubject: mill\n\nHello Bo, the mill is ready.\n",
        "See https://example.org/a: it is long.\nSee https://example.org/b: it is short.\n",
        "At 10:30 we left. At 11:45 we were there.\n\nThe score was 3:15 in the end, and 2:10 before.\n",
    ],
)
def test_what_only_looks_like_turns(text: str) -> None:
    found = read_text(text)
    assert found.speakers == ()
    assert found.duration is None
    assert " ".join(s.text for s in found.segments).split() == text.split()


def test_old_meeting_captions_with_the_name_in_the_cue() -> None:
    cues = [("Ada Quill", "Hello there."), ("Bo Tern", "Hello."), ("Ada Quill", "Good."), ("Bo Tern", "Yes.")]
    text = "".join(f"0:0:{i}.0 --> 0:0:{i}.900\n{who}\n{said}\n\n" for i, (who, said) in enumerate(cues))
    found = read_text(text)
    assert [(s.speaker, s.text) for s in found.segments] == cues
    assert found.segments[1].start == 1.0


JSON = {
    "nested words": (
        {"monologues": [
            {"speaker": 0, "elements": [{"value": "Hi", "ts": 0.1, "end_ts": 0.4}, {"value": ", "}, {"value": "Ada"}]},
            {"speaker": 1, "elements": [{"value": "Hello", "ts": 1.1, "end_ts": 1.4}, {"value": "."}]},
        ]},
        [(0.1, "Speaker 0", "Hi, Ada"), (1.1, "Speaker 1", "Hello.")],
    ),
    "nested sentences": (
        {"results": {"channels": [{"alternatives": [{"transcript": "a b", "paragraphs": {"paragraphs": [
            {"speaker": 0, "sentences": [{"text": "Stone turns on stone.", "start": 0.1, "end": 2.0}]},
            {"speaker": 1, "sentences": [{"text": "Water turns the stone.", "start": 2.1, "end": 3.0}]}]}}]}]}},
        [(0.1, "Speaker 0", "Stone turns on stone."), (2.1, "Speaker 1", "Water turns the stone.")],
    ),
    "one text": ({"text": "Stone turns on stone."}, [(None, None, "Stone turns on stone.")]),
    "a list of segments": (
        [{"start": 0, "end": 1.5, "text": " Stone."}, {"start": 1.5, "end": 3, "text": " Water."}],
        [(0.0, None, "Stone."), (1.5, None, "Water.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", JSON)
def test_json_of_services(kind: str) -> None:
    data, expected = JSON[kind]
    found = read_text(json.dumps(data))
    assert [(s.start, s.speaker, s.text) for s in found.segments] == expected


def test_json_lines() -> None:
    rows = [{"start": 0.0, "end": 1.0, "text": "Stone."}, {"start": 1.0, "end": 2.0, "text": "Water."}]
    found = read_text("\n".join(json.dumps(row) for row in rows), "talk.jsonl")
    assert [s.text for s in found.segments] == ["Stone.", "Water."]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Ada Quill's keynote on gates", "", {"speaker": "Ada Quill"}),
        ("A talk by Ada Quill", "", {"speaker": "Ada Quill"}),
        ("Ada Quill talk at TideCon 2031: gates", "", {"speaker": "Ada Quill", "event": "TideCon 2031"}),
        ("@adaq full talk at tidecon 2031", "", {"speaker": "@adaq", "handle": "@adaq", "event": "tidecon 2031"}),
        ("@adaquill talk at tidecon", "Thank you, Adaquill, for TideCon.",
         {"speaker": "Adaquill", "handle": "@adaquill", "event": "TideCon"}),
        ("Ada Quill: the river is over", "Quill said so. Quill’s mill.", {"speaker": "Ada Quill"}),
        ("Machine Learning: an introduction", "Machine learning is what machines do.", {}),
        ("Harbour Channel - The mill in the sea", "", {}),
        ("State of the Union talk at home", "", {}),
        ("What the moon pays", "", {}),
    ],
)  # fmt: skip
def test_facts_of_titles(title: str, text: str, expected: dict[str, str]) -> None:
    assert facts.of_title(title, text) == expected


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The mill in the sea waits for the moon, and it has all the time there is.", "en"),
        ("Die Mühle im Meer wartet auf den Mond, und sie hat alle Zeit der Welt.", "de"),
        ("Le moulin dans la mer attend la lune, et il a tout le temps qu'il faut pour les marées.", "fr"),
        ("El molino en el mar espera a la luna, y tiene todo el tiempo que hay para las mareas.", "es"),
        ("Młyn w morzu czeka na księżyc i ma na to cały czas świata, jak wszystko.", "pl"),
        ("Мельница в море ждёт луну, и времени у неё сколько угодно.", "ru"),
        ("海の水車は月を待っています。時間はいくらでもあります。", "ja"),
        ("海上的磨坊等待着月亮，它有的是时间。", "zh"),
        ("바다의 물레방아는 달을 기다린다.", "ko"),
        ("Ο μύλος στη θάλασσα περιμένει το φεγγάρι.", "el"),
        ("12:30 --- 45 %", "und"),
        ("Ok.", "und"),
    ],
)
def test_language(text: str, tag: str) -> None:
    assert language.detect(text) == tag


def test_json_shape() -> None:
    found = to_json(read_text("WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ada Quill>Stone.\n", "a.vtt"))
    assert found == {
        "format": "vtt",
        "language": "und",
        "title": None,
        "duration": 2.5,
        "segments": [{"start": 1.0, "end": 2.5, "speaker": "Ada Quill", "text": "Stone."}],
        "chapters": [],
        "notices": [],
    }
    assert json.loads(json.dumps(found)) == found


def test_import_is_light() -> None:
    """What the window's process may import brings none of the heavy packages in."""
    heavy = ["numpy", "py3langid", "pypdf", "docx", "lxml", "pysubs2", "charset_normalizer"]
    code = f"import sys, composer.sources; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_same_bytes_same_transcript_under_any_hash_seed() -> None:
    code = (
        "import sys; from pathlib import Path; from composer.sources import read;"
        "print([read(p) for p in sorted(Path(sys.argv[1]).iterdir())])"
    )
    from tests.sources.material import HERE

    outs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(HERE / "fixtures")],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        outs.add(done.stdout)
    assert len(outs) == 1


MINUTES = """Ms. Iris Rowan: Which day does the boat leave? Hon. Ann Pike (Minister of Tides): At once. It has left.
The Chair: Mr. Tom Vane (North Pier, Ind.): The boat was late, and I say to Mr. Rowan Pike: not so.
Ms. Iris Rowan: I have a note. Note: this is no speaker. The rule: no boats.
The Chair: Order. Some hon. members: Hear, hear.
Ms. Iris Rowan: Thank you. The Chair: You are welcome.
"""


def test_a_label_inside_a_turn_is_a_turn() -> None:
    rows = [(s.speaker, s.text, s.turns) for s in read_text(MINUTES).segments]
    assert rows == [
        (
            "Ms. Iris Rowan",
            "Which day does the boat leave? At once. It has left.",
            ((31, "Hon. Ann Pike (Minister of Tides)"),),
        ),
        # What stands at the head of a turn is the true speaker, and who is spoken to is none.
        ("Mr. Tom Vane (North Pier, Ind.)", "The boat was late, and I say to Mr. Rowan Pike: not so.", ()),
        ("Ms. Iris Rowan", "I have a note. Note: this is no speaker. The rule: no boats.", ()),
        ("The Chair", "Order. Hear, hear.", ((7, "Some hon. members"),)),
        ("Ms. Iris Rowan", "Thank you. You are welcome.", ((11, "The Chair"),)),
    ]


def test_a_text_without_voices_has_no_label_inside() -> None:
    text = "The boat was late. Ms. Iris Rowan: she said so. Mr. Tom Vane: he said so too. It has left.\n\nIt came back."
    assert not any(s.turns or s.speaker for s in read_text(text).segments)


def test_a_year_at_the_head_of_a_line_is_no_number_of_a_list() -> None:
    text = "## The mill\n\nThe wheel turns, since\n1952.  And it will turn.\n\n2. Then came the bread.\n"
    said = " ".join(segment.text for segment in read_text(text, "talk.md").segments)
    assert said == "The wheel turns, since 1952. And it will turn. Then came the bread."
