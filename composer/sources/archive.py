"""Zip archives: which of their files can be read, and the bytes of one."""

import io
import struct
import zipfile
import zlib

from composer.errors import SourceError

_SAFE = "Nothing was changed."
# Names with these ends are offered; a zip also holds pictures, recordings and system files.
READABLE = {
    "srt", "vtt", "sbv", "ttml", "dfxp", "xml", "itt", "ass", "ssa", "sub", "smi", "sami", "json", "json3", "srv1",
    "srv2", "srv3", "tsv", "csv", "trs", "txt", "text", "md", "markdown", "log", "docx", "pdf", "html", "htm", "xhtml",
}  # fmt: skip
_LIMIT = 10_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OSError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    struct.error,
)


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind(data: bytes) -> str:
    """`docx`, `office` (another office file), or `zip`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:_LIMIT])
    except _BROKEN:
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    return "office" if "[Content_Types].xml" in names or "mimetype" in names else "zip"


def names(data: bytes, name: str) -> list[str]:
    """The files inside that can be read, in order of their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()[:_LIMIT]
    except _BROKEN:
        raise _damaged(name) from None
    found = [info.filename for info in infos if not info.is_dir() and info.file_size > 0 and _readable(info.filename)]
    return sorted(dict.fromkeys(found))


def _readable(path: str) -> bool:
    last = path.rpartition("/")[2]
    if path.startswith("__MACOSX/") or last.startswith("."):
        return False
    return "." in last and last.rpartition(".")[2].lower() in READABLE


def member(data: bytes, inside: str, name: str, limit: int) -> bytes:
    """The bytes of one file inside, at most `limit`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(inside)
            if info.flag_bits & 1:
                raise SourceError(
                    f"{name} is protected by a password.", safe=_SAFE, do="Unpack it and choose the file inside."
                )
            if info.file_size > limit:
                raise _large(inside, limit)
            with archive.open(info) as file:
                found = file.read(limit + 1)
    except KeyError:
        raise SourceError(
            f"{name} has no file called {inside}.", safe=_SAFE, do="Choose one of the files it holds."
        ) from None
    except _BROKEN:
        raise _damaged(name) from None
    if len(found) > limit:
        raise _large(inside, limit)
    return found


def _large(inside: str, limit: int) -> SourceError:
    return SourceError(
        f"{inside} is larger than the {limit // 1024 // 1024} MB that are read.",
        safe=_SAFE,
        do="Choose a smaller file.",
    )


def _damaged(name: str) -> SourceError:
    return SourceError(
        f"{name} is a damaged zip archive.", safe=_SAFE, do="Get it again, or unpack it with another program."
    )
