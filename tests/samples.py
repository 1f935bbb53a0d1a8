"""Where the shared sample material lies, for the tests that use it where it exists."""

import os
from pathlib import Path

import pytest


def _folder() -> Path:
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("POST_COMPOSER_SAMPLES", root.parent / "shared"))
    return folder if folder.is_absolute() else (root / folder).resolve()


def sample_names(under: str, *, but: str = "") -> list[str]:
    """The names of the files in a folder of the samples, for a test each; one that will skip where there are none."""
    folder = _folder() / under
    return sorted(path.name for path in folder.iterdir() if path.name != but) if folder.is_dir() else ["absent"]


def samples_dir() -> Path:
    """The folder named by POST_COMPOSER_SAMPLES (default `../shared`); skips the test where it is absent."""
    folder = _folder()
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no sample material at {folder}; set POST_COMPOSER_SAMPLES to run this test")
    return folder
