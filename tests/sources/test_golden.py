"""Every fixture, read whole. To write the golden files anew: POST_COMPOSER_GOLDEN=write."""

import json
import os
from pathlib import Path

import pytest

from composer.sources import read
from tests.sources.material import FIXTURES, GOLDEN, whole


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixture_is_read_whole(path: Path) -> None:
    golden = GOLDEN / f"{path.name}.json"
    found = json.dumps(whole(read(path)), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("POST_COMPOSER_GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_every_golden_file_has_its_fixture() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{path.name}.json" for path in FIXTURES}


def test_every_fixture_is_recognised_without_its_name(tmp_path: Path) -> None:
    """Content decides: under a name that says nothing, each fixture is read as the same format."""
    for path in FIXTURES:
        bare = tmp_path / "transcript"
        bare.write_bytes(path.read_bytes())
        assert read(bare).format == read(path).format, path.name
