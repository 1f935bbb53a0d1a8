"""The list of models, and entries of one's own."""

from pathlib import Path

import pytest

from composer.library import catalogue
from composer.library.catalogue import Entry, Measure, add_own, entry_from, load, remove_own
from composer.library.trouble import LibraryError

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
