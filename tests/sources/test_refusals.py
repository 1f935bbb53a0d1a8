"""What is no transcript: one helpful sentence each, never a traceback."""

import io
from pathlib import Path
from typing import IO, Any

import pytest

from composer.errors import SourceError
from composer.sources import read, read_text, reader
from tests.sources.material import archive, pdf

WORDS = b"Stone turns on stone. Water turns the stone.\n" * 3

RECORDINGS = {
    "talk.mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2" + bytes(200),
    "talk.mov": b"\x00\x00\x00\x14ftypqt  " + bytes(200),
    "talk.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x23TSSE" + bytes(range(256)),
    "raw.mp3": b"\xff\xfb\x90\x64" + bytes(range(256)) * 4,
    "talk.wav": b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00" + bytes(200),
    "talk.ogg": b"OggS\x00\x02" + bytes(200),
    "talk.flac": b"fLaC\x00\x00\x00\x22" + bytes(200),
    "talk.mkv": b"\x1aE\xdf\xa3\x01\x00\x00\x00" + bytes(200),
    "unknown.m4a": bytes(range(32)) * 40,
}
IMAGES = {
    "slide.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100),
    "slide.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100),
    "slide.gif": b"GIF89a\x01\x00\x01\x00" + bytes(100),
    "slide.webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(100),
}
OTHERS = {
    "model.gguf": (b"GGUF\x03\x00\x00\x00" + bytes(100), "model"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old office"),
    "note.rtf": (b"{\\rtf1\\ansi Stone}", "rich text"),
    "talk.srt.gz": (b"\x1f\x8b\x08\x00" + bytes(range(128, 256)), "gzip"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "not a text file"),
    "cover.pdf": (pdf([[]]), "pictures of pages"),
    "locked.pdf": (pdf([["Stone"]], password="secret"), "password"),
    "broken.pdf": (b"%PDF-1.7\nnothing more", "damaged"),
    "broken.docx": (b"PK\x03\x04" + bytes(60), "damaged"),
    "sheet.xlsx": (archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), "office"),
    "pictures.zip": (archive({"a.png": b"\x89PNG"}), "no file that can be read"),
    "config.json": (b'{"name": "mill", "stones": [1, 2, 3], "nested": {"a": null}}', "JSON"),
    "bomb.ttml": (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><tt xmlns="x"><p>&a;</p></tt>', "entities"),
}


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read(path)
    told = str(caught.value)
    assert "\n" not in told
    assert len(told) < 300
    assert caught.value.do
    return told


@pytest.mark.parametrize("name", RECORDINGS)
def test_recording(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(RECORDINGS[name])
    told = refusal(tmp_path / name)
    assert "is a recording" in told
    assert "whisper.cpp" in told


@pytest.mark.parametrize("name", IMAGES)
def test_image(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(IMAGES[name])
    assert "is an image" in refusal(tmp_path / name)


@pytest.mark.parametrize("name", OTHERS)
def test_other_files(tmp_path: Path, name: str) -> None:
    data, why = OTHERS[name]
    (tmp_path / name).write_bytes(data)
    assert why in refusal(tmp_path / name)


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "is empty"), (b" \n\t\r\n", "white space"), (b"\xef\xbb\xbf", "is empty")]
)
def test_nothing_in_it(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "nothing.txt").write_bytes(data)
    assert why in refusal(tmp_path / "nothing.txt")


def test_folder_and_missing_file(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)
    assert "is not there" in refusal(tmp_path / "gone.srt")


def test_file_that_vanishes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(WORDS)
    real = Path.open

    def vanish(self: Path, mode: str = "r") -> IO[Any]:
        self.unlink()
        return real(self, mode)

    monkeypatch.setattr(Path, "open", vanish)
    assert "is not there" in refusal(path)


def test_disk_that_fails_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(WORDS)

    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", lambda self, mode="r": Failing())
    assert "could not be read: Input/output error" in refusal(path)


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(WORDS)

    def deny(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert "may not be read" in refusal(path)


def test_too_much_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    told = refusal(path)
    assert "500 MB" in told
    assert "64 MB" in told


def test_pasted_text_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_TEXT", 1000)
    with pytest.raises(SourceError, match="too long"):
        read_text("stone " * 400)


def test_pasted_nothing() -> None:
    for text in ("", "  \n ", "\ufeff", "\x00\x00"):
        with pytest.raises(SourceError):
            read_text(text)


def test_a_bomb_in_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_TEXT", 100_000)
    (tmp_path / "bomb.zip").write_bytes(archive({"talk.txt": b"stone " * 100_000}))
    assert "larger than" in refusal(tmp_path / "bomb.zip")


def test_recording_named_as_text_and_text_named_as_recording(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(RECORDINGS["talk.mp4"])
    assert "is a recording" in refusal(tmp_path / "talk.txt")
    (tmp_path / "talk.mp4").write_bytes(WORDS)
    assert read(tmp_path / "talk.mp4").segments
