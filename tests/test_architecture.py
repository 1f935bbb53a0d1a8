"""The house stands as it was drawn: import contracts, and what each door may load."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What would make the window slow to start, or bring a model's crash into it.
HEAVY = ("numpy", "keyring", "py3langid", "pypdf", "docx", "llama_cpp")


def loaded_after(code: str) -> set[str]:
    """The top-level modules a fresh interpreter has loaded after `code`."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    return {line.split(".")[0] for line in run.stdout.splitlines()}


def test_import_contracts_hold() -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=100,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_contracts_have_no_exceptions() -> None:
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "room",
    ["composer.text.style", "composer.sources", "composer.evidence", "composer.post.builtin", "composer.session"],
)
def test_the_core_loads_no_window_and_no_model(room: str) -> None:
    loaded = loaded_after(f"import {room}")
    assert not loaded & {"PySide6", "llama_cpp", "numpy"}


def test_the_window_loads_nothing_heavy() -> None:
    loaded = loaded_after("import composer.ui.app, composer.ui.window")
    assert "PySide6" in loaded
    assert not loaded & set(HEAVY)


def test_nobody_imports_the_worker() -> None:
    sources = [path for path in (ROOT / "composer").rglob("*.py") if path.name != "worker.py"]
    guilty = [path for path in sources if "import llama_cpp" in path.read_text("utf-8")]
    # The modules of the engine's own process; `engine.client` and what it imports are the app's side.
    own = {"decode.py", "memory.py", "sampler.py", "vocabulary.py", "waiting.py", "compare.py"}
    assert {path.relative_to(ROOT / "composer" / "engine").as_posix() for path in guilty} <= own
    assert not loaded_after("import composer.engine.client") & {"llama_cpp", "numpy"}
    for path in sources:
        text = path.read_text("utf-8")
        assert "from composer.engine.worker" not in text, path
        assert "import composer.engine.worker" not in text, path


def test_the_pure_rooms_open_no_address() -> None:
    # urllib.parse is only strings; the import linter cannot tell it from urllib.request.
    for room in ("text", "sources", "evidence", "post"):
        for path in (ROOT / "composer" / room).rglob("*.py"):
            assert "urllib.request" not in path.read_text("utf-8"), path


def test_sqlite_has_one_home() -> None:
    guilty = [p for p in (ROOT / "composer").rglob("*.py") if "import sqlite3" in p.read_text("utf-8")]
    assert guilty == [ROOT / "composer/drafts/file.py"]


def test_the_version_has_one_home() -> None:
    assert "__version__" in (ROOT / "composer/__init__.py").read_text("utf-8")
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text("utf-8")
