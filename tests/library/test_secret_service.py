"""Tokens and keys in a real Secret Service, and nowhere else: a private D-Bus, a private home, and a look at all of it.

Needs `dbus-run-session` and `gnome-keyring-daemon`. Everything happens in a process inside that session; here it is
only started, and what it left behind is searched.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
TOKEN, KEY = "hf_" + "Qx7" * 11, "sk-" + "Zw4" * 11

# What a person does with a token and a key, and then a bug while both are in use.
STORY = """
import logging, os, shutil, sys
from pathlib import Path
from composer import paths, report
from composer.cli import main
from composer.library import hub as hubs
from composer.library.commands import Library
from composer.library.keys import Keys, system_keyring
from composer.library.server_line import ServerLine
from composer.library.servers import server
from composer.post.model import Brief
from composer.session import Session
from composer.settings import Settings
from tests.library.server_standin import ServerStandIn
from tests.library.standin import StandIn
from tests.library.test_download import CONTENT

def run():
    token, key = sys.stdin.readline().strip(), sys.stdin.readline().strip()
    home, listed = Path.home() / "app", Path(sys.argv[1])
    place = paths.find(home).ensure()
    report.start(place)
    logging.getLogger().setLevel(logging.DEBUG)
    assert type(system_keyring()).__module__ == "keyring.backends.SecretService", system_keyring()
    with StandIn(CONTENT) as hub, ServerStandIn(key=key) as stand:
        hub.token = token
        os.environ["HF_ENDPOINT"] = hub.url

        def fresh():
            shutil.copy(listed, place.data / "models.toml")
            return Library(paths.find(home), places=tuple)

        # A token: asked for once, and known to the next run.
        said = []
        fresh().get("tiny", ask_token=lambda host: token, said=said.append)
        assert said == ["The token is kept in the system's keyring."], said
        fresh().remove("tiny")
        assert fresh().get("tiny").listed
        # A key: kept, and used by a draft with nobody asked.
        one = server(stand.url)
        assert fresh().keep_key(one, key).where == "keyring"
        fresh().servers.put(one)
        for words in (["models", "list"], ["models", "check", stand.url], ["models", "show", stand.url],
                      ["draft", str(paths.sample()), "--writer", "server"]):
            assert main(["--home", str(home), *words]) == 0, words
        # What any program of this user can read of the processes: names and variables.
        session = Session(place, Settings(), inline=True)
        session._client().greet()
        seen = [Path("/proc/self"), Path(f"/proc/{session._client().pid}")]
        for process in seen:
            for name in ("environ", "cmdline"):
                data = (process / name).read_bytes()
                assert token.encode() not in data and key.encode() not in data, (process, name)
        session.close()
        # Bugs while a token and a key are in use: written down, and not shown.
        hubs.Reply.get = ServerLine._stream = lambda self, *_: 1 / 0
        fresh().remove("tiny")
        fresh()
        assert main(["--home", str(home), "models", "get", "tiny"]) == 1
        assert main(["--home", str(home), "draft", str(paths.sample()), "--writer", "server"]) == 1
        log = (place.logs / "post-composer.log").read_text()
        assert log.count("ZeroDivisionError") >= 2, log
        print("told", flush=True)
        # And it can be taken out again.
        assert Keys().get("127.0.0.1") == token
        assert Keys().get(one.secret) == key
        assert Keys().put("other.example", "another").where == "keyring"
        assert Keys().forget("other.example") and Keys().get("other.example") is None

if __name__ == "__main__":
    run()
"""


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {' and '.join(TOOLS)} (packages dbus-daemon, "
    "gnome-keyring)",
)  # fmt: skip
def test_a_token_and_a_key_are_in_the_keyring_and_in_nothing_else(tmp_path: Path) -> None:
    from tests.ui.shelves import write_list

    home = tmp_path / "home"
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    environment |= {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    for name, folder in (
        ("DATA_HOME", "data"),
        ("CACHE_HOME", "cache"),
        ("RUNTIME_DIR", "run"),
        ("CONFIG_HOME", "config"),
    ):
        environment[f"XDG_{name}"] = str(home / folder)
        (home / folder).mkdir(parents=True, mode=0o700)
    story = tmp_path / "story.py"
    story.write_text(STORY, encoding="utf-8")
    listed = write_list(tmp_path / "list.toml")
    unlocked = 'printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && exec "$@"'
    command = ["dbus-run-session", "--", "sh", "-c", unlocked, "sh", sys.executable, str(story), str(listed)]
    # The words to search for come in by a pipe: they are in no argument and no variable.
    done = subprocess.run(
        command, input=f"{TOKEN}\n{KEY}\n", env=environment, capture_output=True, text=True,
        timeout=110, cwd=tmp_path,
    )  # fmt: skip
    if "keyring.backends" in done.stderr and "AssertionError" in done.stderr:
        pytest.skip("no Secret Service answers in a session of its own here")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "told" in done.stdout
    for secret in (TOKEN, KEY):
        assert secret not in done.stdout + done.stderr
        for path in home.rglob("*"):
            # All of it: settings, notes, drafts, logs, the crash's report, and the keyring's own file, which is locked.
            assert not path.is_file() or secret.encode() not in path.read_bytes(), path
    assert [*(home / "data").rglob("*.keyring")]  # they were really written there
