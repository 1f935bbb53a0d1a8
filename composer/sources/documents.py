"""Word documents and PDF files with a text layer, as text for the document readers."""

import io
import re
import struct
import time
import zipfile
from collections import Counter
from typing import Any

from composer.errors import SourceError
from composer.sources.base import count, was

_SAFE = "Nothing was changed."
# More pages than any transcript; and the longest that reading a file may take, in seconds.
MAX_PAGES = 3_000
_PATIENCE = 20.0
# What a document may unpack to, and by how much; beyond this it is made to fill the memory.
MAX_UNPACKED = 256 * 1024 * 1024


def docx(data: bytes, name: str) -> tuple[str, str | None, list[str]]:
    """The paragraphs of a .docx as light Markdown, its title if it states one, and notices."""
    _weigh(data, name)
    import docx as python_docx
    from docx.table import Table

    try:
        document = python_docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                for row in part.rows:
                    cells = [cell.text.strip() for cell in row.cells]
                    # A merged cell is listed once for each column it covers.
                    lines.append("  ".join(c for i, c in enumerate(cells) if c and (i == 0 or c != cells[i - 1])))
            else:
                lines.append(_paragraph(part))
        title = document.core_properties.title
    except SourceError:
        raise
    except Exception:  # python-docx fails in as many ways as files are broken
        raise SourceError(
            f"{name} is damaged and cannot be opened.", safe=_SAFE, do="Save it again as .docx or as text."
        ) from None
    title = (
        title.strip()
        if isinstance(title, str) and not re.match(r"(?:word|microsoft|untitled|document)\b", title, re.I)
        else ""
    )
    return "\n\n".join(line for line in lines if line.strip()), title or None, []


def _paragraph(paragraph: Any) -> str:
    text = str(paragraph.text).strip()
    style = str(getattr(paragraph.style, "name", "") or "")
    level = re.match(r"(?:Heading|Überschrift|Titre|Título) (\d)", style)
    if text and (style == "Title" or level) and "\n" not in text:
        return f"{'#' * (int(level[1]) if level else 1)} {text}"
    runs = [run for run in paragraph.runs if run.text.strip()]
    if len(runs) > 1 and runs[0].bold and not runs[-1].bold and len(runs[0].text) < 80 and "\n" not in runs[0].text:
        first = runs[0].text.strip()
        if text.startswith(first):
            return f"**{first}** {text[len(first) :].lstrip()}"
    return text


def _weigh(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, struct.error):
        raise SourceError(f"{name} is damaged and cannot be opened.", safe=_SAFE, do="Save it again.") from None
    if size > MAX_UNPACKED:
        raise SourceError(f"{name} unpacks to {size // 1024 // 1024:,} MB, which no transcript needs.", safe=_SAFE,
                          do="Choose a smaller file.")  # fmt: skip


def pdf(data: bytes, name: str) -> tuple[str, str | None, list[str]]:
    """The text layer of a PDF, page headers and numbers taken out, its title if it states one, and notices."""
    import logging

    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    encrypted = SourceError(f"{name} is protected by a password.", safe=_SAFE, do="Save a copy without the password.")
    notices: list[str] = []
    began = time.monotonic()
    pages: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted
        total = len(reader.pages)
        lost = 0
        for index in range(min(total, MAX_PAGES)):
            if time.monotonic() - began > _PATIENCE:
                rest = total - index
                notices.append(
                    f"The file takes very long to read; the last {count(rest, 'page')} {was(rest)} left out."
                )
                break
            try:
                pages.append(reader.pages[index].extract_text())
            except (FileNotDecryptedError, DependencyError):
                raise
            except Exception:  # one broken page must not lose the others
                lost += 1
        if lost:
            notices.append(f"{count(lost, 'page')} could not be read and {was(lost)} left out.")
        if total > MAX_PAGES:
            notices.append(f"Only the first {MAX_PAGES:,} of {total:,} pages were read.")
    except SourceError:
        raise
    except (FileNotDecryptedError, DependencyError):
        raise encrypted from None
    except Exception:  # pypdf fails in as many ways as files are broken
        raise SourceError(
            f"{name} is damaged and cannot be opened.", safe=_SAFE, do="Save it again, or as text."
        ) from None
    text = "\n\n".join(_without_edges(pages))
    if not text.strip():
        raise SourceError(f"{name} holds pictures of pages, no text.", safe=_SAFE,
                          do="Run text recognition on it first.")  # fmt: skip
    return text, None, notices


def _without_edges(pages: list[str]) -> list[str]:
    """Pages without the lines that stand at the top or bottom of most of them, and without bare page numbers."""
    split = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    edges: Counter[str] = Counter()
    for lines in split:
        if len(lines) > 5:
            edges.update({_shape(line) for line in (*lines[:2], *lines[-2:])})
    often = {shape for shape, n in edges.items() if n >= 3 and n > 0.6 * len(split)}
    out = []
    for lines in split:
        keep = [
            line
            for i, line in enumerate(lines)
            if not ((i < 2 or i >= len(lines) - 2) and (_shape(line) in often or (len(split) > 1 and line.isdigit())))
        ]
        out.append("\n".join(keep))
    return [page for page in out if page]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)
