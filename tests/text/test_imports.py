"""What the text room may load: counting and bold on a post must not wait for numpy."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _loaded(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    return {name.split(".")[0] for name in run.stdout.split()}


def test_counting_and_bold_on_a_post_load_no_numpy() -> None:
    code = (
        "from composer.text import access, networks, style\n"
        "post = 'Hive caf\\u00e9 \\U0001f41d https://a.example.com/x #Bees\\n' * 60\n"
        "bold = style.toggle(post, 'bold')\n"
        "assert style.unstyle(bold) == post\n"
        "assert [networks.count(bold, n) for n in networks.NETWORKS]\n"
        "access.problems(bold)"
    )
    assert not _loaded(code) & {"numpy", "PySide6", "sqlite3", "emoji", "socket"}


def test_numpy_comes_with_a_long_text() -> None:
    assert "numpy" in _loaded("from composer.text.style import style\nstyle('é ' * 150_000, 'sans_bold')")


def test_ascii_needs_no_numpy_at_any_length() -> None:
    assert "numpy" not in _loaded("from composer.text.style import style\nstyle('a ' * 150_000, 'sans_bold')")
