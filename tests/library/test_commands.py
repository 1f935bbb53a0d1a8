"""The use-cases of the library, from nothing to a model and away again."""

import json
import os
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from composer import paths
from composer.errors import ComposerError, ModelFileError
from composer.library import catalogue, commands
from composer.library.commands import Library, found_json, got_json
from composer.library.hub import Hub
from composer.library.keys import Keys
from composer.library.machine import Machine
from composer.library.notes import NeedsConsent, Notes
from composer.library.trouble import Differs, DownloadError, LibraryError, NeedsToken, Paused
from tests.library.files import STR, write
from tests.library.standin import COMMIT, Fault, StandIn
from tests.library.test_download import CONTENT, entry

MACHINE = Machine(16 * 10**9, 12 * 10**9, 4, "x86_64", frozenset({"avx2"}))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list with one model, that of the stand-in, and one that is nowhere."""
    path = tmp_path / "list.toml"
    rows = [
        f'[[model]]\nid = "tiny"\nname = "Tiny"\nrepository = "owner/tiny-gguf"\nfile = "tiny.gguf"\n'
        f'sha256 = "{entry().sha256}"\nabout_bytes = 200_000\nmemory_gb = [0, 8]\ncontext = 512\n',
        '[[model]]\nid = "big"\nrepository = "owner/big"\nfile = "big.gguf"\nabout_bytes = 90_000_000_000\n'
        "memory_gb = [8, 0]\n",
    ]
    path.write_text('version = "2026-01-01"\n' + "\n".join(rows))
    return path


@pytest.fixture
def library(tmp_path: Path, listed: Path) -> Library:
    return make(tmp_path, listed)


def make(tmp_path: Path, listed: Path, hub: StandIn | None = None) -> Library:
    def speaker(token):
        return Hub(hub.url if hub else "http://127.0.0.1:9", token=token, proxies={}, timeout=10)

    home = paths.find(tmp_path / "home").ensure()
    return Library(
        home, hub=speaker, keys=Keys(lambda: None), machine=lambda: MACHINE, places=tuple, listed=listed,
        engine=lambda: None,
    )  # fmt: skip


def test_list_get_list_remove(tmp_path: Path, listed: Path) -> None:
    with StandIn(CONTENT) as hub:
        library = make(tmp_path, listed, hub)
        tiny, big = library.list()
        assert (tiny.state, tiny.checked) == ("away", "not yet checked against the hub")
        assert tiny.fit is not None
        assert big.fit is not None
        assert (tiny.fit.colour, big.fit.colour) == ("green", "red")
        assert library.offer().entry.id == "tiny"
        got = library.get("tiny")
        assert got.path == library.folder / "owner/tiny-gguf/tiny.gguf"
        assert json.loads(json.dumps(got_json(got)))["listed"] is True
    later = make(tmp_path, listed)
    row = later.list()[0]
    assert (row.state, row.entry.size, row.entry.revision) == ("here", len(CONTENT), COMMIT)
    assert row.checked == datetime.now(UTC).date().isoformat()
    assert later.may_load(got.path).name == "Tiny Test"
    assert later.check(got.path).trust == "listed"
    later.notes.used(got.path)
    assert later.list()[0].json()["drafts"] == 1
    assert [r.program for r in later.find() if r.path == got.path] == ["Post Composer"]
    assert later.remove("tiny") == (got.path,)
    assert later.list()[0].state == "away"
    assert not (later.folder / "owner").exists()
    with pytest.raises(LibraryError, match="Nothing of tiny"):
        later.remove("tiny")


def test_a_stopped_download_shows_and_can_be_removed(tmp_path: Path, listed: Path) -> None:
    stop = threading.Event()
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=100_000)]
        library = make(tmp_path, listed, hub)
        with pytest.raises(Paused, match="kept"):
            library.get("tiny", stop=stop, progress=lambda p: p.stage == "waiting" and stop.set())
    row = library.list()[0]
    assert (row.state, row.done) == ("part", 100_000)
    assert row.json()["path"] is None
    assert not [found for found in library.find() if "tiny" in str(found.path)]
    assert len(library.remove("tiny")) == 2
    assert library.list()[0].state == "away"


def test_ctrl_c_is_a_pause(tmp_path: Path, listed: Path) -> None:
    def interrupt(progress) -> None:
        if progress.stage == "waiting":
            raise KeyboardInterrupt

    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=100_000)]
        library = make(tmp_path, listed, hub)
        with pytest.raises(Paused):
            library.get("tiny", progress=interrupt)
        assert library.get("tiny").listed
        assert hub.gets()[-1].headers["range"] == "bytes=100000-"


def test_several_one_after_the_other(tmp_path: Path, listed: Path) -> None:
    with StandIn(CONTENT) as hub:
        library = make(tmp_path, listed, hub)
        results = dict(library.get_all(["none", "tiny"]))
    assert isinstance(results["none"], LibraryError)
    assert results["tiny"].listed


def test_a_token_is_asked_for_once_kept_for_the_run_and_written_nowhere(
    tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "hf_verysecret123"
    said: list[str] = []
    with StandIn(CONTENT) as hub:
        hub.token = token
        library = make(tmp_path, listed, hub)
        with pytest.raises(NeedsToken):
            library.get("tiny")
        with pytest.raises(NeedsToken):
            library.get("tiny", ask_token=lambda host: None)
        asked: list[str] = []

        def ask(host: str) -> str:
            asked.append(host)
            return token

        assert library.get("tiny", ask_token=ask, said=said.append).listed
        assert asked == ["127.0.0.1"]
        assert "for this run only" in said[0]
        library.remove("tiny")
        assert library.get("tiny", ask_token=ask).listed
        assert len(asked) == 1
    for path in tmp_path.rglob("*"):
        assert token not in str(path)
        assert not path.is_file() or token.encode() not in path.read_bytes()
    assert token not in "".join(said) + repr(library.keys)
    assert token not in "".join(os.environ.values())


def test_a_file_off_the_list_needs_consent_once(tmp_path: Path, library: Library) -> None:
    path = write(tmp_path / "mine.gguf")
    with pytest.raises(NeedsConsent, match="is not on the list"):
        library.may_load(path)
    with pytest.raises(NeedsConsent):
        library.add_file(path)
    assert library.check(path).trust == "unknown"
    assert library.add_file(path, agreed=True).trust == "agreed"
    assert library.may_load(path).name == "Tiny Test"
    moved = path.rename(tmp_path / "other name.gguf")
    assert library.may_load(moved).name == "Tiny Test"
    write(moved, {"general.name": (STR, "Changed")})
    with pytest.raises(NeedsConsent):
        library.may_load(moved)
    assert tmp_path in library.notes.folders
    assert any(found.path == moved for found in library.find())


def test_consent_never_covers_a_bad_header(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(b"no model")
    for act in (library.may_load, library.add_file, library.check):
        with pytest.raises(ModelFileError):
            act(path)


def test_files_of_other_programs_are_not_removed(tmp_path: Path, library: Library) -> None:
    path = write(tmp_path / "theirs.gguf")
    with pytest.raises(LibraryError, match="left as it is"):
        library.remove(str(path))
    assert path.exists()


@pytest.mark.parametrize(
    "address",
    [
        "owner/some-GGUF/Some-Model.Q4_K_M.gguf",
        "https://hub.example/owner/some-GGUF/blob/main/Some-Model.Q4_K_M.gguf",
        "https://hub.example/owner/some-GGUF/resolve/main/Some-Model.Q4_K_M.gguf?download=true",
    ],
)
def test_an_entry_of_ones_own(library: Library, address: str) -> None:
    made = library.add_entry(address)
    assert (made.repository, made.file) == ("owner/some-GGUF", "Some-Model.Q4_K_M.gguf")
    assert made.own
    assert library.list()[-1].entry.id == "some-model.q4_k_m"
    assert library.remove("some-model.q4_k_m") == ()
    assert len(library.list()) == 2
    with pytest.raises(LibraryError):
        library.add_entry("just-a-word")


def test_what_the_hub_first_declared_holds_from_then_on(tmp_path: Path, listed: Path) -> None:
    with StandIn(CONTENT) as hub:
        library = make(tmp_path, listed, hub)
        library.add_entry("owner/mine/mine.gguf")
        library.get("mine")
        library.remove(str(library.folder / "owner/mine/mine.gguf"))
        hub.content = CONTENT[:-1] + b"?"
        with pytest.raises(Differs, match="than the list"):
            library.get("mine")
        assert library.get("mine", rules=commands.Rules(accept_changed=True)).notices == ()


def test_moving_the_library(tmp_path: Path, listed: Path) -> None:
    with StandIn(CONTENT) as hub:
        library = make(tmp_path, listed, hub)
        got = library.get("tiny")
    library.notes.used(got.path)
    with pytest.raises(DownloadError, match="inside the old one"):
        library.move(library.folder / "deeper")
    new = library.move(tmp_path / "big disk")
    later = make(tmp_path, listed)
    assert later.folder == new
    row = later.list()[0]
    assert (row.state, row.path, row.use.drafts) == ("here", new / "owner/tiny-gguf/tiny.gguf", 1)
    assert later.check(row.path).trust == "listed"
    assert not got.path.exists()


def test_moving_to_another_disk_copies_and_compares(
    tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StandIn(CONTENT) as hub:
        library = make(tmp_path, listed, hub)
        got = library.get("tiny")
    rename = Path.rename

    def other_disk(self: Path, to: Path) -> Path:
        if self == got.path:
            raise OSError(18, "Invalid cross-device link")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", other_disk)
    library.move(tmp_path / "far")
    assert (tmp_path / "far/owner/tiny-gguf/tiny.gguf").read_bytes() == CONTENT
    assert not got.path.exists()


def test_a_newer_list_is_a_file_and_not_a_release(tmp_path: Path) -> None:
    library = Library(paths.find(tmp_path / "home").ensure(), machine=lambda: MACHINE, places=tuple)
    shipped = library.catalogue()
    text = catalogue.default_path().read_text("utf-8")
    fresh = library.paths.data / "catalogue.toml"
    fresh.write_text(text.replace(shipped.version, "2099-01-01").replace('name = "Qwen3 4B"', 'name = "Newer"'))
    assert library.catalogue().get("qwen3-4b").name == "Newer"
    fresh.write_text(text.replace(shipped.version, "2001-01-01").replace('name = "Qwen3 4B"', 'name = "Older"'))
    assert library.catalogue() == shipped


def test_damaged_notes_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    for text in ("{", "[]", '{"files": 3, "uses": {"a": 4}, "declared": {"x": 1}}', '{"format": 9}'):
        path.write_text(text)
        notes = Notes(path)
        assert notes.use(Path("a")) is None
        assert notes.known_sha256(path) is None
        notes.used(Path("b"))
        assert Notes(path).use(Path("b")).drafts == 1


def test_without_a_network_all_but_get_works_and_nothing_tries(
    tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def refuse(*args: object, **kwargs: object) -> None:
        tried.append(args)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    library = make(tmp_path, listed)
    path = write(tmp_path / "mine.gguf")
    assert len(library.list()) == 2
    json.dumps([row.json() for row in library.list()])
    json.dumps([found_json(row) for row in library.find([tmp_path])])
    json.dumps(library.check(path).json())
    library.add_file(path, agreed=True)
    library.add_entry("owner/x/x.gguf")
    library.offer()
    library.remove("x")
    library.move(tmp_path / "elsewhere")
    assert tried == []
    with pytest.raises(ComposerError):
        library.get("tiny", rules=commands.Rules(attempts=1))
    assert tried
