"""Fixtures, and files that are made where they are needed: documents, archives, encodings."""

import io
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from composer.sources import Transcript

HERE = Path(__file__).parent
FIXTURES = sorted((HERE / "fixtures").iterdir())
GOLDEN = HERE / "golden"


def whole(transcript: Transcript) -> dict[str, Any]:
    """Every field of a transcript as JSON would have it; segments without what is at its default."""
    data = asdict(transcript)
    data["segments"] = [_short(s) for s in data["segments"]]
    data["context"] = [list(pair) for pair in data["context"]]
    data["chapters"] = [[c["start"], c["title"], c["segment"]] for c in data["chapters"]]
    data["notices"] = list(data["notices"])
    data["translations"] = [whole(other) for other in transcript.translations]
    return data


def _short(segment: dict[str, Any]) -> dict[str, Any]:
    default = {"raw": None, "role": "speech", "turns": (), "start": None, "end": None, "speaker": None}
    kept = {key: value for key, value in segment.items() if key not in default or value != default[key]}
    if "turns" in kept:
        kept["turns"] = [list(turn) for turn in kept["turns"]]
    return kept


def docx(paragraphs: list[str], *, title: str = "", rows: list[list[str]] | None = None) -> bytes:
    """A Word file: paragraphs that begin with `# ` are headings, `**name** ` makes a bold run."""
    import docx as python_docx

    document = python_docx.Document()
    document.core_properties.title = title
    for text in paragraphs:
        if text.startswith("# "):
            document.add_heading(text[2:], level=1)
        elif text.startswith("**"):
            name, _, rest = text[2:].partition("**")
            paragraph = document.add_paragraph()
            paragraph.add_run(name).bold = True
            paragraph.add_run(rest)
        else:
            document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(pages: list[list[str]], password: str = "") -> bytes:
    """A PDF with a text layer: for each page its lines, top down."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        moves = "".join(f"({_escaped(line)}) Tj 0 -14 Td\n" for line in lines)
        stream = f"BT /F1 11 Tf 60 760 Td\n{moves}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    if not password:
        return bytes(out)
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(bytes(out)))
    writer.encrypt(password, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def archive(files: dict[str, bytes]) -> bytes:
    """A zip archive of the files, with fixed dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 4, 5, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def srt(lines: list[tuple[float, float, str]]) -> str:
    """An SRT file of (start, end, text)."""
    return "\n".join(f"{n}\n{_clock(a)} --> {_clock(b)}\n{text}\n" for n, (a, b, text) in enumerate(lines, 1))


def _clock(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d},{ms % 1000:03d}"
