"""Finding models of other programs, in imitations of how they keep them."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from composer.library.discover import Place, find, places
from tests.library.files import I32, STR, TENSORS, U16, write


def touch(path: Path, **kwargs: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write(path, **kwargs)


def ollama(folder: Path, name: str, path: Path, *, size: int | None = None) -> Path:
    """Keep `path` the way Ollama does; returns the blob."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    blob = folder / "blobs" / f"sha256-{digest}"
    blob.parent.mkdir(parents=True, exist_ok=True)
    blob.write_bytes(data)
    manifest = folder / "manifests/registry.example/library" / name / "latest"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layer = {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}", "size": size or len(data)}
    other = {"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:" + "0" * 64, "size": 3}
    manifest.write_text(json.dumps({"schemaVersion": 2, "layers": [other, layer]}))
    return blob


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    touch(home / ".lmstudio/models/owner/repo/studio.gguf")
    touch(home / ".local/share/nomic.ai/GPT4All/four.gguf")
    touch(home / ".local/share/nomic.ai/GPT4All/incomplete-five.gguf")
    touch(home / ".config/Jan/data/llamacpp/models/jan-one/model.gguf")
    touch(home / ".cache/llama.cpp/cached.gguf")
    blob = touch(home / ".cache/huggingface/hub/models--o--r/blobs" / ("a" * 64))
    snapshot = home / ".cache/huggingface/hub/models--o--r/snapshots" / ("b" * 40) / "hubbed.gguf"
    snapshot.parent.mkdir(parents=True)
    snapshot.symlink_to(blob)
    ollama(home / ".ollama/models", "llam", touch(tmp_path / "spare/o.gguf", keys={"general.name": (STR, "O")}))
    return home


def search(home: Path, *folders: Path, **env: str):
    where = [place for place in places(home, env, "linux") if place.folder.is_relative_to(home.parent)]
    return find(folders, where=where)


def test_every_program_is_found_once_and_used_in_place(home: Path) -> None:
    found = search(home)
    assert [(row.program, row.name) for row in found] == [
        ("GPT4All", "four"),
        ("Hugging Face", "hubbed"),
        ("Jan", "jan-one"),
        ("llama.cpp", "cached"),
        ("LM Studio", "studio"),
        ("Ollama", "llam:latest"),
    ]
    assert all(row.usable and row.path.exists() and row.size > 3000 for row in found)
    by_name = {row.name: row for row in found}
    assert by_name["hubbed"].sha256 == "a" * 64
    assert by_name["llam:latest"].path.name == f"sha256-{by_name['llam:latest'].sha256}"


def test_places_can_be_moved_by_the_usual_variables(home: Path, tmp_path: Path) -> None:
    touch(tmp_path / "hf/hub/models--x--y/snapshots/c/moved.gguf")
    touch(tmp_path / "lc/there.gguf")
    (tmp_path / "spare2").mkdir()
    ollama(tmp_path / "ol", "other", write(tmp_path / "spare2/p.gguf", {"general.name": (STR, "P")}))
    env = {"HF_HOME": str(tmp_path / "hf"), "LLAMA_CACHE": str(tmp_path / "lc"), "OLLAMA_MODELS": str(tmp_path / "ol")}
    names = {row.name for row in search(home, **env)}
    assert {"moved", "there", "other:latest", "studio"} <= names
    assert not {"hubbed", "cached", "llam:latest"} & names


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_places_are_known_on_every_system(platform: str, tmp_path: Path) -> None:
    assert {place.program for place in places(tmp_path, {}, platform)} == {
        "LM Studio", "Ollama", "GPT4All", "Jan", "llama.cpp", "Hugging Face",
    }  # fmt: skip


def test_the_same_file_by_two_ways_is_one(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    os.link(home / ".cache/llama.cpp/cached.gguf", mine / "linked.gguf")
    found = search(home, mine)
    assert [(row.program, row.name) for row in found if row.name in ("cached", "linked")] == [
        ("your folders", "linked")
    ]


def test_split_models_are_one_entry_and_missing_parts_are_told(tmp_path: Path) -> None:
    for at, tensor in enumerate(TENSORS):
        keys = {"split.no": (U16, at), "split.count": (U16, 3), "split.tensors.count": (I32, 3)}
        touch(tmp_path / f"m-{at + 1:05d}-of-00003.gguf", keys=keys, tensors=[tensor])
    (row,) = find([tmp_path], where=())
    assert len(row.parts) == 3
    assert row.usable
    assert row.size == sum(path.stat().st_size for path in row.parts)
    (tmp_path / "m-00003-of-00003.gguf").unlink()
    (row,) = find([tmp_path], where=())
    assert not row.usable
    assert "is missing" in row.problem


def test_what_cannot_write_is_listed_with_its_reason_and_the_rest_passed_over(tmp_path: Path) -> None:
    touch(tmp_path / "mmproj.gguf", keys={"general.architecture": (STR, "clip")})
    (tmp_path / "text.gguf").write_text("not one")
    (tmp_path / "half.gguf.part").write_bytes(b"GGUF")
    (tmp_path / "gone.gguf").symlink_to(tmp_path / "nowhere")
    (row,) = find([tmp_path, tmp_path / "missing"], where=())
    assert "projector" in row.problem
    assert find([tmp_path], where=(), look=False)[0].problem == ""


def test_links_in_a_ring_and_deep_folders_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").symlink_to(tmp_path / "a")
    touch(tmp_path.joinpath(*"123456789abcdef") / "deep.gguf")
    assert find([tmp_path], where=()) == ()


def test_damaged_manifests_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "ollama"
    blob = ollama(folder, "half", touch(tmp_path / "s/o.gguf"), size=10**9)
    manifests = folder / "manifests/r/l"
    for name, text in {"a": "{", "b": "[]", "c": '{"layers": 3}', "d": '{"layers": [4, {"mediaType": "x"}]}'}.items():
        (manifests / name).mkdir(parents=True)
        (manifests / name / "t").write_text(text)
    (manifests / "e").mkdir()
    evil = {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:../../../x"}
    (manifests / "e/t").write_text(json.dumps({"layers": [evil]}))
    assert blob.exists()
    assert find(where=[Place("Ollama", folder, "ollama")]) == ()
