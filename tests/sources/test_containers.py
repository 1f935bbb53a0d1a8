"""Word documents, PDF files and zip archives."""

from pathlib import Path

import pytest

from composer.errors import SourceError
from composer.sources import members, read
from tests.sources.material import FIXTURES, archive, docx, pdf, srt

TALK = srt([(0, 2, "Stone turns on stone."), (2, 4, "Water turns the stone.")]).encode()


def test_docx_with_headings_bold_names_and_a_table(tmp_path: Path) -> None:
    path = tmp_path / "talk.docx"
    path.write_bytes(
        docx(
            [
                "# The gate",
                "**Ada Quill:** Who keeps the key?",
                "**Bo Tern:** I do.",
                "# The pond",
                "**Ada Quill:** Every night?",
            ],
            title="The tide mill",
            rows=[["Sacks", "Forty"]],
        )
    )
    found = read(path)
    assert (found.format, found.kind, found.title) == ("docx", "conversation", "The tide mill")
    assert [(s.speaker, s.text) for s in found.segments[:3]] == [
        ("Ada Quill", "Who keeps the key?"),
        ("Bo Tern", "I do."),
        ("Ada Quill", "Every night?"),
    ]
    assert [(c.title, c.segment) for c in found.chapters] == [("The gate", 0), ("The pond", 2)]
    assert found.segments[-1].text == "Sacks Forty"


def test_docx_of_a_meeting(tmp_path: Path) -> None:
    """Teams writes `name   time`, a line break, and the words, in one paragraph."""
    path = tmp_path / "meeting.docx"
    path.write_bytes(docx(["Ada Quill   0:03\nWho keeps the key?", "Bo Tern   0:07\nI do.", "Ada Quill   0:09\nGood."]))
    found = read(path)
    assert [(s.start, s.speaker, s.text) for s in found.segments] == [
        (3.0, "Ada Quill", "Who keeps the key?"),
        (7.0, "Bo Tern", "I do."),
        (9.0, "Ada Quill", "Good."),
    ]


def test_docx_that_holds_captions(tmp_path: Path) -> None:
    path = tmp_path / "captions.docx"
    path.write_bytes(docx([line for line in TALK.decode().split("\n") if line]))
    found = read(path)
    assert (found.format, len(found.segments), found.duration) == ("srt", 2, 4.0)


def says(stone: str) -> list[str]:
    """Six turns of a conversation on a kind of stone."""
    said = [f"Is {stone} hard?", "It is.", f"Who cuts {stone}?", "We do.", f"Is {stone} dear?", f"So {stone} is."]
    return [f"{name}: {text}" for name, text in zip(["Ada Quill", "Bo Tern"] * 3, said, strict=True)]


def test_pdf_without_headers_and_page_numbers(tmp_path: Path) -> None:
    path = tmp_path / "talk.pdf"
    stones = ["granite", "basalt", "flint", "chalk"]
    pages = [["Harbour lectures 2031", *says(stone), str(n)] for n, stone in enumerate(stones, 1)]
    path.write_bytes(pdf(pages))
    found = read(path)
    assert (found.format, found.kind) == ("pdf", "conversation")
    assert len(found.segments) == 24
    assert not any("Harbour" in s.text or s.text.isdigit() for s in found.segments)


def test_zip_with_one_transcript_is_read(tmp_path: Path) -> None:
    path = tmp_path / "talk.zip"
    path.write_bytes(archive({"__MACOSX/._talk.srt": b"x", "cover.png": b"\x89PNG", "in/talk.srt": TALK}))
    assert members(path) == ["in/talk.srt"]
    assert len(read(path).segments) == 2


def test_zip_with_several_offers_them(tmp_path: Path) -> None:
    path = tmp_path / "talks.zip"
    path.write_bytes(archive({"b.srt": TALK, "a.txt": b"Stone turns on stone.\n\nWater turns it."}))
    assert members(path) == ["a.txt", "b.srt"]
    with pytest.raises(SourceError, match=r"holds 2 transcripts: a\.txt, b\.srt\."):
        read(path)
    assert read(path, member="b.srt").format == "srt"
    assert read(path / "a.txt").format == "text"
    with pytest.raises(SourceError, match=r"no file called c\.txt"):
        read(path, member="c.txt")


def test_zip_of_documents(tmp_path: Path) -> None:
    path = tmp_path / "talks.zip"
    path.write_bytes(archive({"talk.docx": docx(["Stone turns on stone, and water turns the stone."])}))
    assert read(path).format == "docx"


def test_members_of_other_files(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(TALK)
    assert members(path) == []
    with pytest.raises(SourceError, match="not a zip"):
        read(path, member="a")


def test_every_fixture_reads_the_same_from_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(archive({p.name: p.read_bytes() for p in FIXTURES}))
    assert members(path) == sorted(p.name for p in FIXTURES if p.suffix.lstrip("."))
    for fixture in FIXTURES[::5]:
        assert read(path, member=fixture.name) == read(fixture)
