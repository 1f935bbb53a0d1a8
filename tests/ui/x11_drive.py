"""A whole session on a real X server, driven from outside: `python -m tests.ui.x11_drive HOME`.

Runs inside xvfb-run. Types with xdotool, reads the clipboard with xclip as any other program would, and prints what it
saw as JSON. Not a test by itself; `test_x11.py` runs it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0


def xdo(*words: str) -> str:
    """One xdotool command."""
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout.strip()


def clipboard() -> str:
    """What another program gets when it pastes."""
    done = subprocess.run(["xclip", "-o", "-selection", "clipboard"], capture_output=True, timeout=10, check=False)
    return done.stdout.decode("utf-8", "replace")


def until(ready: Callable[[], object]) -> object:
    """Ask until there is an answer: a program looked at from outside sends no signal."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = ready()
        if answer:
            return answer
        time.sleep(0.1)
    raise TimeoutError(getattr(ready, "__name__", "waited too long"))


def saved(home: Path) -> list[dict[str, str]]:
    """The drafts, as the command line lists them."""
    command = [sys.executable, "-m", "composer", "--home", str(home), "drafts", "list", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 and done.stdout.strip() else []


def copied() -> str:
    """Copy by key, then read."""
    xdo("key", "ctrl+shift+c")
    return clipboard()


def main(home: Path) -> None:
    """Open the sample, draft, write, copy, quit; open again and look for the draft."""
    from composer.paths import sample

    code = (
        "import sys\nfrom pathlib import Path\nfrom composer.ui.app import run\n"
        "sys.exit(run(['post-composer'], Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    app = subprocess.Popen([sys.executable, "-c", code, str(home), str(sample())], env=environment)
    window = str(until(lambda: xdo("search", "--onlyvisible", "--name", "Post Composer").split("\n")[0]))
    xdo("windowfocus", "--sync", window)

    def draft() -> str:
        """One press, then looks: before the file is read it does nothing, and one too many drafts another post."""
        xdo("key", "ctrl+Return")
        for _ in range(30):
            if text := copied():
                return text
            time.sleep(0.1)
        return ""

    first = str(until(draft))
    xdo("type", "--delay", "5", " by hand")
    text = str(until(lambda: " by hand" in (now := copied()) and now))
    until(lambda: any("by hand" in row["title"] for row in saved(home)))
    app.kill()
    app.wait(20)
    rows = saved(home)
    print(json.dumps({"first": first, "text": text, "titles": [row["title"] for row in rows]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
