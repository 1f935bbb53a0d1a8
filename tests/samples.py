"""Where the shared sample material lies, for the tests that use it where it exists."""

import os
from pathlib import Path

import pytest


def samples_dir() -> Path:
    """The folder named by POST_COMPOSER_SAMPLES (default `../shared`); skips the test where it is absent."""
    root = Path(__file__).resolve().parent.parent
    folder = Path(os.environ.get("POST_COMPOSER_SAMPLES", root.parent / "shared"))
    if not folder.is_absolute():
        folder = (root / folder).resolve()
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no sample material at {folder}; set POST_COMPOSER_SAMPLES to run this test")
    return folder
