"""Where things lie on Linux: as platformdirs says, which is not asked because its import takes long."""

import sys
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from composer import paths

NAMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("given", [None, "", "  ", "own"], ids=["none", "empty", "blank", "given"])
def test_the_folders_are_those_of_platformdirs(
    given: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in NAMES:
        if given is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, str(tmp_path / name) if given == "own" else given)
    dirs = PlatformDirs(paths.APP, appauthor=False)
    assert paths.find() == paths.Paths(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path)
