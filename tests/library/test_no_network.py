"""Without a network everything but Get and servers works, and nothing even tries: every process is listened to.

Where the system allows it, the commands run in a network namespace of their own, which has not even a loopback.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from composer import paths
from composer.engine.messages import Load, Trial
from composer.engine.tuning import Tuning

ROOT = Path(__file__).resolve().parents[2]

# Loaded by every Python process below, the helper's and the engine's too: writes down who wants to speak to whom.
LISTENER = """
import os, sys
def told(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        address = args[1] if event == "socket.connect" else args[0]
        if isinstance(address, (str, bytes)) and event == "socket.connect":
            return  # a path: two processes of this app
        with open(os.environ["TRIED"], "a") as file:
            file.write(f"{event} {address!r}\\n")
sys.addaudithook(told)
"""


def namespace() -> list[str]:
    """The words that begin a command without a network; none where that cannot be."""
    words = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], capture_output=True).returncode:
        return []
    return words


class Offline:
    """Runs the app's commands without a network."""

    def __init__(self, tmp_path: Path) -> None:
        self.home, self.tried = tmp_path / "app", tmp_path / "tried"
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "sitecustomize.py").write_text(LISTENER, encoding="utf-8")
        proxies = {name for name in os.environ if name.lower().endswith("_proxy")}
        self.environment = {name: value for name, value in os.environ.items() if name not in proxies}
        self.environment |= {"PYTHONPATH": f"{tmp_path / 'site'}:{ROOT}", "TRIED": str(self.tried)}
        self.before = namespace()

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = [*self.before, sys.executable, "-m", "composer", "--home", str(self.home), *map(str, words)]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=100, cwd=self.home.parent
        )

    @property
    def attempts(self) -> str:
        return self.tried.read_text() if self.tried.exists() else ""


@pytest.fixture
def offline(tmp_path: Path) -> Offline:
    return Offline(tmp_path)


def test_all_but_get_and_servers_works_and_nothing_tries(offline: Offline, tiny_model: Path) -> None:
    sample = paths.sample()
    # Measuring takes ten seconds, and is tested where it belongs.
    tuning = Tuning(paths.find(offline.home).ensure().tuning)
    tuning.keep(Load(str(tiny_model)), Trial(1, 1, 128, True, 100.0, 10.0))
    for words in (
        ["draft", sample, "--writer", "model", "--model", tiny_model],
        ["models", "list"],
        ["models", "find", tiny_model.parent],
        ["models", "check", tiny_model],
        ["models", "add", tiny_model, "--yes"],
        ["models", "add", "owner/some/file.gguf"],
        ["models", "remove", "file"],
        ["models", "move", offline.home / "elsewhere"],
    ):
        done = offline.run(*words)
        assert done.returncode == 0, (words, done.stderr)
        assert offline.attempts == "", words


def test_get_and_servers_say_so_and_keep_the_rest(offline: Offline) -> None:
    if not offline.before:
        pytest.skip("no network namespace can be made here")
    done = offline.run("models", "add", "--server", "http://127.0.0.1:8080")
    assert done.returncode == 0
    assert "cannot be reached" in done.stderr
    assert "127.0.0.1" in offline.attempts  # the listener hears
    done = offline.run("draft", paths.sample(), "--writer", "server")
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert done.stderr.count("\n") == 1
    assert offline.run("draft", paths.sample()).returncode == 0


def test_the_window_works_and_nothing_tries(offline: Offline, tmp_path: Path) -> None:
    """The whole window with its real session: opened, the Models page seen, a post drafted, closed."""
    script = tmp_path / "window.py"
    script.write_text(
        """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from composer import paths
from composer.ui import app, window

class Watched(window.Window):
    # Does what a person would, a step each time the one before is done.
    def __init__(self, *given):
        super().__init__(*given)
        self.course = self.steps()
        self.beat = QTimer(self)
        self.beat.timeout.connect(lambda: next(self.course, None))
        self.beat.start(50)

    def steps(self):
        while self.desk.writer_info is None:
            yield
        self.pages.show_models()
        known = self.pages.models.known
        while known.shelf is None or not known.shelf.looked:
            yield
        self.pages.leave()
        self.read_files([paths.sample()])
        while self.desk.evidence is None or self.desk.busy:
            yield
        self.drafting.draft()
        while self.desk.draft_id is None or not self.desk.settled:
            yield
        print("drafted", flush=True)
        self.beat.stop()
        self.close()

# The helper's process reads this file too.
if __name__ == "__main__":
    app.Window = Watched
    sys.exit(app.run(["x"], Path(sys.argv[1])))
""",
        encoding="utf-8",
    )
    environment = offline.environment | {"QT_QPA_PLATFORM": "offscreen"}
    command = [*offline.before, sys.executable, str(script), str(offline.home)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert "drafted" in done.stdout, done.stderr
    assert offline.attempts == ""
    assert json.loads(offline.run("drafts", "list", "--json").stdout)
