"""What a file is that is no text: told by its first bytes, and by its name where those say nothing."""

from composer.errors import SourceError
from composer.sources.decode import wide

_SAFE = "Nothing was changed."

_AUDIO = {"mp3", "m4a", "wav", "flac", "ogg", "oga", "opus", "aac", "wma", "aif", "aiff", "amr", "caf", "mka"}
_VIDEO = {"mp4", "m4v", "mov", "mkv", "webm", "avi", "wmv", "flv", "mpg", "mpeg", "ts", "mts", "3gp", "ogv"}
_IMAGE = {"png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif", "avif", "svg", "ico"}

_RECORDING = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"FLV\x01", b"FORM", b"caff", b"#!AMR",
              b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
              b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3",
              b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")  # fmt: skip
_PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"8BPS")
_PACKED = ((b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a", "rar"),
           (b"\xfd7zXZ\x00", "xz"),
           (b"BZh", "bzip2"), (b"\x28\xb5\x2f\xfd", "zstd"))  # fmt: skip


def refuse(data: bytes, name: str) -> None:
    """Raise a SourceError with one helpful sentence where `data` cannot be text."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    kind = _kind(data)
    if kind is None and _is_binary(data):
        kind = _by_name(suffix) or "binary"
    if kind is None:
        return
    if kind == "recording":
        raise SourceError(f"{name} is a recording, not a transcript.", safe=_SAFE,
                          do="Make a transcript first, for example with whisper.cpp.")  # fmt: skip
    if kind == "image":
        raise SourceError(
            f"{name} is an image.", safe=_SAFE, do="Choose a text file, or run text recognition on it first."
        )
    if kind == "model":
        raise SourceError(
            f"{name} is a model file.", safe=_SAFE, do="Add it under Models; a transcript is a text file."
        )
    if kind == "office":
        raise SourceError(f"{name} is in an old office format.", safe=_SAFE, do="Save it as .docx or as plain text.")
    if kind == "rtf":
        raise SourceError(f"{name} is a rich text document.", safe=_SAFE, do="Save it as .docx or as plain text.")
    if kind.startswith("packed "):
        raise SourceError(
            f"{name} is a {kind[7:]} archive.", safe=_SAFE, do="Unpack it and choose the transcript inside."
        )
    raise SourceError(
        f"{name} is not a text file.", safe=_SAFE, do="Choose a transcript, for example a .vtt, .srt or .txt file."
    )


def _kind(data: bytes) -> str | None:
    head = data[:16]
    if head[4:8] == b"ftyp":
        return "image" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "recording"
    if head[:4] in (b"RIFF", b"RF64"):
        return "image" if head[8:12] == b"WEBP" else "recording"
    if head.startswith(b"GGUF") and b"\x00" in head:
        return "model"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "office"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    if head.startswith(_PICTURE) or (head[:2] == b"BM" and head[6:10] == bytes(4) and len(data) > 30):
        return "image"
    if head.startswith(_RECORDING) and (b"\x00" in data[:4000] or not _texty(data[:400])):
        return "recording"
    if len(data) > 400 and head[:1] == b"\x47" and data[188:189] == b"\x47" and data[376:377] == b"\x47":
        return "recording" if not _texty(data[:400]) else None
    for sign, packer in _PACKED:
        if head.startswith(sign) and not _texty(data[:400]):
            return f"packed {packer}"
    return None


def _texty(head: bytes) -> bool:
    """Whether nearly all bytes are those of printable text."""
    return sum(b >= 32 or b in (9, 10, 13) for b in head) > 0.97 * len(head) and 0 not in head


def _is_binary(data: bytes) -> bool:
    """Control characters all over, and not the zero bytes of UTF-16 or -32."""
    head = data[:8000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or not head:
        return False
    if wide(data):
        return False
    control = sum(b < 32 and b not in (9, 10, 12, 13, 27) for b in head)
    return control > 0.02 * len(head)


def _by_name(suffix: str) -> str | None:
    if suffix in _AUDIO or suffix in _VIDEO:
        return "recording"
    return "image" if suffix in _IMAGE else None


def empty_by_name(name: str) -> None:
    """Refuse by name alone: for recordings and images whose first bytes are unknown or missing."""
    kind = _by_name(name.rpartition(".")[2].lower()) if "." in name else None
    if kind:
        refuse(b"\x00\x01\x02\x03" * 10, name)
