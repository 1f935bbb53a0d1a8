"""Encodings, line ends, damaged cues, recogniser artefacts: repaired, told, and nothing else touched."""

import json
from pathlib import Path

import pytest

from composer.sources import Transcript, read, read_text
from tests.sources.material import srt

HERE = Path(__file__).parent / "fixtures"
RUSSIAN = [
    "Мельница в море ждёт луну и не торопится.",
    "Пруд наполняется, и ворота закрываются.",
    "Зимой лёд ломает ворота.",
]
POLISH = [
    "Młyn stoi w morzu i czeka na księżyc.",
    "Żaden wiatr nie jest mu potrzebny, łódź też nie.",
    "Zimą lód łamie śluzę.",
]
JAPANESE = ["海の水車は月を待っています。", "池が満ちると門を閉めます。", "冬には氷が門を壊します。"]
CHINESE = ["海上的磨坊等待着月亮的升起。", "池塘满了我们就把门关上。", "冬天的冰会弄坏大门。"]


def lines(texts: list[str]) -> str:
    """Eighteen cues: the texts in turn, each with its number, so that none is a loop."""
    return srt([(i * 3.0, i * 3.0 + 2.5, f"{text} {i + 1}") for i, text in enumerate(texts * 6)])


def first(texts: list[str]) -> list[str]:
    return [f"{text} {i + 1}" for i, text in enumerate(texts)]


def read_bytes(tmp_path: Path, data: bytes, name: str = "talk.srt") -> Transcript:
    path = tmp_path / name
    path.write_bytes(data)
    return read(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("texts", [RUSSIAN, JAPANESE, POLISH], ids=["russian", "japanese", "polish"])
def test_unicode_with_and_without_a_mark(tmp_path: Path, encoding: str, texts: list[str]) -> None:
    found = read_bytes(tmp_path, lines(texts).encode(encoding))
    assert [s.text for s in found.segments[:3]] == first(texts)
    assert len(found.segments) == 18


@pytest.mark.parametrize("mark", [True, False])
def test_big_endian_with_a_mark(tmp_path: Path, mark: bool) -> None:
    data = lines(POLISH).encode("utf-16-be")
    found = read_bytes(tmp_path, (b"\xfe\xff" if mark else b"") + data)
    assert [s.text for s in found.segments[:3]] == first(POLISH)


@pytest.mark.parametrize(
    ("encoding", "texts"),
    [
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp1250", POLISH),
        ("shift_jis", JAPANESE),
        ("gb18030", CHINESE),
        ("euc-jp", JAPANESE),
    ],
)
def test_legacy_pages(tmp_path: Path, encoding: str, texts: list[str]) -> None:
    found = read_bytes(tmp_path, lines(texts).encode(encoding))
    assert [s.text for s in found.segments[:3]] == first(texts)
    assert any("not Unicode" in notice for notice in found.notices)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(end: str) -> None:
    text = lines(POLISH)
    assert read_text(text.replace("\n", end), "talk.srt") == read_text(text, "talk.srt")


def test_damaged_utf8_keeps_the_rest(tmp_path: Path) -> None:
    data = lines(POLISH).encode()
    data = data.replace("śluzę".encode(), b"\xc5luz\xc4\x99", 1)
    found = read_bytes(tmp_path, data)
    assert found.segments[0].text == f"{POLISH[0]} 1"
    assert "\ufffdluzę" in found.segments[2].text
    assert any("byte" in notice for notice in found.notices)


def test_declared_encoding_of_xml(tmp_path: Path) -> None:
    head = "<?xml version='1.0' encoding='iso-8859-2'?>"
    body = "<transcript><text start='1' dur='2'>Zimą lód łamie śluzę.</text></transcript>"
    found = read_bytes(tmp_path, (head + body).encode("iso-8859-2"), "talk.xml")
    assert found.segments[0].text == "Zimą lód łamie śluzę."


@pytest.mark.parametrize(
    "honest",
    [
        "AMANHÃ”, disse ele.",
        "VERRÒ” disse.",
        "L’été à Paris – c’est «\u00a0là\u00a0»…",
        "Ça va à… Ô”",
        "naïve façade, coöperate, señor",
    ],
)
def test_honest_letters_are_left_alone(honest: str) -> None:
    assert read_text(honest + " And more words follow here.").segments[0].text.startswith(" ".join(honest.split()))


def test_garbled_letters_are_put_right() -> None:
    found = read_text("Itâ€™s the seaâ€”not the wind. CafÃ© and naÃ¯ve. â€œQuotedâ€\x9d")
    assert found.segments[0].text == "It’s the sea—not the wind. Café and naïve. “Quoted”"
    assert found.notices == ("6 garbled characters were repaired.",)


def test_every_repair_is_told() -> None:
    found = read(HERE / "damaged.srt")
    assert found.notices == (
        "1 cue without times was joined to the cue before.",
        "1 cue has a time that cannot be read; it was left out.",
        "1 empty cue was left out.",
        "1 cue ended before it began; the end was left out.",
        "1 cue has no end time.",
        "2 cues were out of order and have been sorted.",
        "1 cue stood twice and has been left out once.",
    )


def test_twelve_cues_out_of_order() -> None:
    cues = [(i * 3.0, i * 3.0 + 2, f"This is sentence number {i}.") for i in range(24)]
    mixed = [cue for pair in zip(cues[12:], cues[:12], strict=True) for cue in pair]
    found = read_text(srt(mixed), "talk.srt")
    assert "12 cues were out of order and have been sorted." in found.notices
    assert [s.start for s in found.segments] == [i * 3.0 for i in range(24)]


def test_overlaps_and_zero_lengths_stay() -> None:
    found = read_text(srt([(0, 5, "One talks."), (3, 4, "Another cuts in."), (6, 6, "A blink.")]))
    assert [(s.start, s.end) for s in found.segments] == [(0.0, 5.0), (3.0, 4.0), (6.0, 6.0)]
    assert found.notices == ()


@pytest.mark.parametrize(
    "line",
    [
        "00:00:01,000 --> 00:00:02,000",
        "0:00:01.000 --> 0:00:02.000",
        "00:01.000 --> 00:02.000",
        "1.000 --> 2.000",
        "00:00:01:000 --> 00:00:02:000",
        "00;00;01;000 --> 00;00;02;000",
        "00:00:01 -> 00:00:02",
        "00:00:01,000 – 00:00:02,000",
        "00:00:01,000 –> 00:00:02,000",
        "00:00:01,000  -- > 00:00:02,000",
        "00:00:01,000 --> 00:00:02,000 X1:100 X2:200 Y1:100 Y2:200",
    ],
)
def test_ways_to_write_times(line: str) -> None:
    found = read_text(
        f"1\n{line}\nStone turns on stone.\n\n2\n00:00:03,000 --> 00:00:04,000\nWater turns the stone.\n", "talk.srt"
    )
    assert [(s.start, s.end) for s in found.segments] == [(1.0, 2.0), (3.0, 4.0)]
    assert [s.text for s in found.segments] == ["Stone turns on stone.", "Water turns the stone."]


def test_missing_numbers_and_blank_lines_inside() -> None:
    text = (
        "00:00:01,000 --> 00:00:02,000\nStone turns\n\non stone.\n\n"
        "00:00:03,000 --> 00:00:04,000\n1984\n\n00:00:05,000 --> 00:00:06,000\nThe end.\n"
    )
    assert [s.text for s in read_text(text, "talk.srt").segments] == ["Stone turns on stone.", "1984", "The end."]


def test_json_that_breaks_off() -> None:
    whole = json.dumps(
        {"segments": [{"start": i * 1.0, "end": i + 0.9, "text": f" Line number {i} of it."} for i in range(40)]}
    )
    found = read_text(whole[: len(whole) // 2], "talk.json")
    assert found.format == "whisper-json"
    assert 15 <= len(found.segments) <= 20
    assert any("breaks off" in notice for notice in found.notices)


def test_xml_that_breaks_off() -> None:
    text = (HERE / "timed.ttml").read_text()
    found = read_text(text[: text.index("patient sea") + 30], "talk.ttml")
    assert found.segments[0].text == "A mill needs two stones."
    assert any("mended" in notice for notice in found.notices)


def test_stray_ampersands_in_xml() -> None:
    found = read_text("<transcript><text start='1' dur='2'>bread & salt &nbsp;here</text></transcript>", "a.xml")
    assert found.segments[0].text == "bread & salt here"


class TestArtefacts:
    def loop(self, *lines: tuple[float, float, str]) -> Transcript:
        before = (0.0, 2.0, "We begin with the gate of the mill.")
        return read_text(srt([before, *lines, (900.0, 903.0, "And that was the whole story.")]), "talk.srt")

    def test_twenty_times_i_think(self) -> None:
        said = "I think " * 20 + "it leaks."
        found = self.loop((2, 6, said))
        assert found.segments[1].text == "I think it leaks."
        assert found.segments[1].raw == said
        assert "1 loop of repeated words has been folded." in found.notices

    def test_people_do_repeat_themselves(self) -> None:
        said = "No, no, no, no, no. Very, very, very good, and on and on and on."
        found = self.loop((2, 6, said))
        assert found.segments[1].text == said
        assert found.segments[1].raw is None

    def test_the_same_line_for_minutes(self) -> None:
        found = self.loop(*[(5.0 * i, 5.0 * i + 5, "The water comes and goes.") for i in range(2, 42)])
        assert [s.text for s in found.segments] == [
            "We begin with the gate of the mill.",
            "The water comes and goes.",
            "And that was the whole story.",
        ]
        folded = found.segments[1]
        assert (folded.start, folded.end) == (10.0, 210.0)
        assert folded.raw is not None
        assert folded.raw.count("The water comes and goes.") == 40
        assert "39 repeated lines of a recogniser's loop were folded." in found.notices

    def test_two_lines_in_turn(self) -> None:
        pair = ("The water comes in.", "The water goes out.")
        found = self.loop(*[(5.0 * i, 5.0 * i + 5, pair[i % 2]) for i in range(2, 32)])
        assert [s.text for s in found.segments[1:3]] == list(pair)
        assert len(found.segments) == 4

    def test_yes_four_times_in_a_film_stays(self) -> None:
        found = self.loop(*[(i * 1.0, i + 0.8, "Yes.") for i in range(3, 7)])
        assert len(found.segments) == 6

    def test_phantom_at_silence_goes_and_a_real_farewell_stays(self) -> None:
        found = self.loop((2, 5, "Now the pond."), (60, 64, "Thanks for watching!"))
        assert found.segments[2].raw == "Thanks for watching!"
        assert found.segments[2].role == "meta"
        assert all("watching" not in s.text for s in found.segments)
        real = self.loop((2, 5, "That is all for today."), (5, 7, "Thanks for watching!"))
        assert real.segments[2].text == "Thanks for watching!"

    def test_music_marks(self) -> None:
        found = self.loop(
            (2, 5, "[Music]"), (5, 8, "♪ turn, stone ♪"), (8, 9, "(soft piano music)"), (9, 12, "[Applause]")
        )
        assert [(s.text, s.role) for s in found.segments[1:5]] == [
            ("♪", "meta"),
            ("turn, stone", "speech"),
            ("♪", "meta"),
            ("[Applause]", "meta"),
        ]
        assert "3 music marks have been folded." in found.notices

    def test_japanese_without_blanks(self) -> None:
        found = read_text(srt([(0, 9, "そうですね" + "は" * 60), (9, 12, "海の水車は月を待っています。")]), "talk.srt")
        assert found.segments[0].text == "そうですねははは"
        assert found.segments[0].raw == "そうですね" + "は" * 60
