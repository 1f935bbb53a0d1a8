"""The list of models, and entries of one's own."""

from pathlib import Path

import pytest

from composer import paths
from composer.library import catalogue
from composer.library.catalogue import Entry, Measure, add_own, entry_from, load, remove_own
from composer.library.commands import Library
from composer.library.trouble import LibraryError
from tests.library.standin import Fault, StandIn

GOOD = {"id": "a", "repository": "owner/repo", "file": "a.gguf"}


def test_the_list_that_comes_with_the_app_is_sound() -> None:
    listed = load()
    assert listed.version >= "2026-11-20"
    assert len({entry.id for entry in listed.entries}) == len(listed.entries) >= 5
    for entry in listed.entries:
        assert entry.sha256
        assert entry.licence == "Apache-2.0"
        assert entry.context
        assert entry.best_size
        assert entry.strengths.endswith(".")
        assert listed.by_sha256(entry.sha256) == entry
        assert listed.get(entry.name.upper()) == entry
    assert listed.by_sha256("0" * 64) is None


def test_every_template_of_the_list_is_one_the_engine_knows() -> None:
    templates = pytest.importorskip("composer.engine.templates")
    assert {entry.template for entry in load().entries} <= set(templates.FAMILIES)


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(LibraryError, match=r"called 'gpt'.*gemma-4-e2b, gemma-4-e4b"):
        load().get("gpt")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "../x"}, "id"),
        ({"repository": "one"}, "repository"),
        ({"repository": "a/../b"}, "repository"),
        ({"file": "../../etc/passwd.gguf"}, "file"),
        ({"file": "/abs.gguf"}, "file"),
        ({"file": "a.bin"}, "file"),
        ({"file": "a\nb.gguf"}, "file"),
        ({"sha256": "abc"}, "sha256"),
        ({"revision": "main"}, "revision"),
        ({"size": 0}, "size"),
        ({"size": True}, "size"),
        ({"context": "8K"}, "context"),
        ({"memory_gb": [1]}, "memory_gb"),
        ({"measured": {"value": 1}}, "measured"),
        ({"colour": "blue"}, "colour"),
        ({"strengths": 3}, "strengths"),
    ],
)
def test_entries_that_cannot_be(change: dict, field: str) -> None:
    with pytest.raises(LibraryError, match=field):
        entry_from(GOOD | change)


@pytest.mark.parametrize("text", ["model = 3", "[[model]\n", "format = 99", "\xff", '[[model]]\nid = "a"'])
def test_lists_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(LibraryError):
        load(path)
    with pytest.raises(LibraryError):
        load(tmp_path / "none.toml")


def test_own_entries_are_kept_and_take_the_place_of_listed_ones(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    measured = {"value": 1.5, "unit": "%", "model": "a", "who": 'the "lab"', "when": "2026-01"}
    added = add_own(own, GOOD | {"name": 'Quote " and \\ and \x7f é', "memory_gb": [4, 8], "measured": measured})
    assert added == Entry(
        "a", 'Quote " and \\ and \x7f é', "owner/repo", "a.gguf", memory_gb=(4.0, 8.0), own=True,
        measured=Measure(1.5, "%", "a", 'the "lab"', "2026-01"),
    )  # fmt: skip
    add_own(own, GOOD | {"id": "gemma-4-e2b"})
    listed = load(own=own)
    assert listed.get("a") == added
    assert listed.get("gemma-4-e2b").repository == "owner/repo"
    assert [entry.own for entry in listed.entries] == [False] * 4 + [True] * 2
    add_own(own, GOOD | {"name": "again"})
    assert load(own=own).get("a").name == "again"
    assert remove_own(own, "a")
    assert not remove_own(own, "a")
    assert not remove_own(tmp_path / "none.toml", "a")


def test_twice_the_same_id_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    row = '[[model]]\nid = "a"\nrepository = "o/r"\nfile = "a.gguf"\n'
    path.write_text(row * 2)
    with pytest.raises(LibraryError, match="twice"):
        load(path)


def test_the_list_is_found_where_it_is_shipped() -> None:
    assert catalogue.default_path().is_file()


# -- a newer list


def dated(version: str, more: str = "") -> str:
    row = '[[model]]\nid = "fresh"\nrepository = "owner/fresh"\nfile = "fresh.gguf"\n'
    return f'format = 1\nversion = "{version}"\n{more}{row}'


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(paths.find(tmp_path / "home").ensure(), places=tuple, engine=lambda: None)


def test_a_newer_list_from_a_file_and_the_persons_entries_stay(library: Library, tmp_path: Path) -> None:
    library.add_entry("owner/mine/mine.gguf")
    shipped = library.catalogue().version
    newer = tmp_path / "newer.toml"
    newer.write_text(dated("2999-01-01"))
    assert library.update(newer).version == "2999-01-01"
    again = Library(library.paths).catalogue()
    assert [entry.id for entry in again.entries] == ["fresh", "mine"]
    # An older one changes nothing.
    newer.write_text(dated("2001-01-01"))
    assert library.update(newer).version == "2999-01-01"
    assert shipped < "2999"


def test_a_list_in_the_config_folder_is_taken(library: Library) -> None:
    (library.paths.config / "catalogue.toml").write_text(dated("2998-01-01"))
    assert library.catalogue().version == "2998-01-01"
    assert library.strange == ""
    # A spoiled one is passed over, and that is said; the list works.
    (library.paths.config / "catalogue.toml").write_text("format = 99")
    assert library.catalogue().version < "2998"
    assert "newer form" in library.strange


@pytest.mark.parametrize(
    "text",
    ["", "no list", "format = 1", dated("soon"), dated("2999-01-01") + "size = -1\n", "\x00", dated("2999-01-01") * 2],
)
def test_what_is_no_list_changes_nothing(library: Library, tmp_path: Path, text: str) -> None:
    before = library.catalogue()
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(LibraryError):
        library.update(path)
    assert library.catalogue() == before
    assert not (library.paths.data / "catalogue.toml").exists()


def test_a_list_is_fetched_only_when_asked_and_from_where_the_list_says(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="names no place"):
        library.update()
    with StandIn(b"") as hub:
        hub.others["lists/new.toml"] = dated("2999-02-02").encode()
        first = tmp_path / "first.toml"
        first.write_text(dated("2998-01-01", f'source = "{hub.url}/lists/new.toml"\n'))
        library.update(first)
        assert hub.seen == []
        assert library.catalogue().source.endswith("new.toml")
        assert library.update().version == "2999-02-02"
        hub.faults = [Fault(status=404)]
        with pytest.raises(LibraryError):
            library.update(f"{hub.url}/lists/new.toml")
        with pytest.raises(LibraryError, match="no encryption"):
            library.update("http://lists.example.org/x.toml")
    assert library.catalogue().version == "2999-02-02"
