"""Models that are already on this machine, from other programs. They are used where they lie and never copied.

Where each program keeps its files is in its own documentation; all of them let the place be changed, so folders named
by the person are searched too.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from composer.errors import ModelFileError
from composer.library.gguf_header import HeaderInfo, check, part_names

MAX_DEPTH = 8
MAX_FILES = 50_000  # in one folder tree; a home folder named by mistake should not take minutes
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder in which a program keeps models. `program` is its name as people know it."""

    program: str
    folder: Path
    kind: str = "files"  # `files`, `ollama` or `hub`


@dataclass(frozen=True, slots=True)
class Found:
    """A model file that is here. `path` is the (first) file; `size` counts all parts, in bytes; `sha256` is what the
    program that keeps it says, not checked; `info` is its header, or None with the reason in `problem`."""

    path: Path
    program: str
    name: str
    size: int
    parts: tuple[Path, ...]
    sha256: str | None = None
    info: HeaderInfo | None = None
    problem: str = ""

    @property
    def usable(self) -> bool:
        """Whether the header was read and is that of a model that writes text."""
        return self.info is not None


def places(
    home: Path | None = None, env: Mapping[str, str] | None = None, platform: str = sys.platform
) -> tuple[Place, ...]:
    """The folders of LM Studio, Ollama, GPT4All, Jan, llama.cpp and the hub's cache on this system, existing or not."""
    home = home or Path.home()
    env = os.environ if env is None else env
    if platform == "darwin":
        data = config = home / "Library/Application Support"
        cache = home / "Library/Caches"
    elif platform == "win32":
        data = cache = Path(env.get("LOCALAPPDATA") or home / "AppData/Local")
        config = Path(env.get("APPDATA") or home / "AppData/Roaming")
    else:
        data = Path(env.get("XDG_DATA_HOME") or home / ".local/share")
        config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
        cache = Path(env.get("XDG_CACHE_HOME") or home / ".cache")
    hub_home = Path(env.get("HF_HOME") or (home / ".cache" if platform != "linux" else cache) / "huggingface")
    rows = [
        Place("LM Studio", home / ".lmstudio/models"),
        Place("LM Studio", home / ".cache/lm-studio/models"),
        Place("Ollama", Path(env.get("OLLAMA_MODELS") or home / ".ollama/models"), "ollama"),
        Place("GPT4All", data / "nomic.ai/GPT4All"),
        Place("Jan", config / "Jan/data"),
        Place("Jan", data / "Jan/data"),
        Place("Jan", home / "jan/models"),
        Place("llama.cpp", Path(env.get("LLAMA_CACHE") or cache / "llama.cpp")),
        Place("Hugging Face", Path(env.get("HF_HUB_CACHE") or hub_home / "hub"), "hub"),
    ]
    if platform == "linux":
        rows.append(Place("Ollama", Path("/usr/share/ollama/.ollama/models"), "ollama"))
    return tuple(rows)


def find(
    folders: Iterable[Path] | None = None,
    *,
    where: Iterable[Place] | None = None,
    look: bool = True,
) -> tuple[Found, ...]:
    """All model files in `folders` (named by the person) and in the places of other programs (`where`).

    The same file reached twice is listed once; a split model is one entry; unfinished downloads are left out. With
    `look`, the header of each is checked (up to a second for the largest vocabularies). Files that are projectors or
    embedding models are listed with their `problem`. Folders that cannot be read are passed over. Sorted by program,
    then name.
    """
    seen: set[tuple[int, int]] = set()
    found: list[Found] = []
    named = [Place("your folders", Path(folder).expanduser()) for folder in folders or ()]
    for place in [*named, *(places() if where is None else where)]:
        walk = {"ollama": _ollama, "hub": _hub}.get(place.kind, _files)
        for path, name, sha256 in walk(place.folder):
            row = _found(path, place.program, name, sha256, seen)
            if row is not None:
                found.append(_looked(row) if look else row)
    return tuple(sorted(found, key=lambda row: (row.program.casefold(), row.name.casefold(), str(row.path))))


def _found(path: Path, program: str, name: str, sha256: str | None, seen: set[tuple[int, int]]) -> Found | None:
    """The file as an entry, or None where it was seen before, is a later part, or is no GGUF."""
    parts = part_names(path)
    if path != parts[0]:
        return None
    try:
        stat = path.stat()
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError:
        return None
    key = (stat.st_dev, stat.st_ino)
    if magic != b"GGUF" or key in seen:
        return None
    seen.add(key)
    size = sum(part.stat().st_size for part in parts if part.is_file())
    return Found(path, program, name, size, parts, sha256)


def _looked(row: Found) -> Found:
    try:
        info = check(row.path)
    except ModelFileError as error:
        return Found(row.path, row.program, row.name, row.size, row.parts, row.sha256, None, error.what)
    return Found(row.path, row.program, row.name, row.size, row.parts, row.sha256, info)


def _walk(folder: Path) -> Iterator[Path]:
    """Files under `folder`, in order, not following links to folders, to a limited depth and number."""
    count = 0
    base = len(folder.parts)
    for root, folders, files in os.walk(folder):
        if len(Path(root).parts) - base >= MAX_DEPTH:
            folders.clear()
        folders.sort()
        for name in sorted(files):
            count += 1
            if count > MAX_FILES:
                return
            yield Path(root) / name


def _files(folder: Path) -> Iterator[tuple[Path, str, str | None]]:
    """Files that end in .gguf. GPT4All calls unfinished ones `incomplete-...`."""
    for path in _walk(folder):
        if path.name.lower().endswith(".gguf") and not path.name.startswith("incomplete-"):
            # Jan calls every file model.gguf; its folder has the name.
            name = path.parent.name if path.name.lower() == "model.gguf" else path.stem
            yield path, name, None


def _hub(folder: Path) -> Iterator[tuple[Path, str, str | None]]:
    """`models--owner--name/snapshots/<commit>/file.gguf`, a link to `blobs/<sha256>`."""
    for path in _walk(folder):
        if path.name.lower().endswith(".gguf") and "snapshots" in path.parts:
            blob = Path(os.path.realpath(path)).name
            yield path, path.stem, blob if _HEX.fullmatch(blob) else None


def _ollama(folder: Path) -> Iterator[tuple[Path, str, str | None]]:
    """`manifests/<registry>/<owner>/<model>/<tag>` names a file `blobs/sha256-<hash>`, which has no ending."""
    manifests = folder / "manifests"
    for path in _walk(manifests):
        try:
            if path.stat().st_size > 1_000_000:
                continue
            data: Any = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        layers = data.get("layers") if isinstance(data, dict) else None
        for layer in layers if isinstance(layers, list) else ():
            if not isinstance(layer, dict) or layer.get("mediaType") != "application/vnd.ollama.image.model":
                continue
            digest = str(layer.get("digest", "")).removeprefix("sha256:")
            blob = folder / "blobs" / f"sha256-{digest}"
            if not _HEX.fullmatch(digest) or not blob.is_file():
                continue
            size = layer.get("size")
            if isinstance(size, int) and blob.stat().st_size != size:
                continue  # still on its way
            name = path.relative_to(manifests).parts[-2:]
            yield blob, ":".join(name), digest
