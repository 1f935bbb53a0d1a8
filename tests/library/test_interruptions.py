"""Random interruptions and process kills: a byte-identical file or an honest error, never a wrong file as a model.

A sample runs here; POST_COMPOSER_INTERRUPTIONS=200 runs as many rounds.
"""

import hashlib
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from composer.errors import ComposerError
from composer.library.catalogue import Entry
from composer.library.download import Rules, get, target
from composer.library.hub import Hub
from tests.library.files import build
from tests.library.standin import Fault, StandIn

ROUNDS = int(os.environ.get("POST_COMPOSER_INTERRUPTIONS", "12"))
SIZE = 1_500_000

CHILD = """
import sys
from pathlib import Path
from composer.library.catalogue import Entry
from composer.library.download import get
from composer.library.hub import Hub
url, folder, sha256 = sys.argv[1:]
entry = Entry("m", "M", "owner/m", "m.gguf", sha256=sha256)
get(entry, Path(folder), Hub(url, proxies={}), wait=lambda seconds: None, free=lambda path: 10**12)
"""


def content(seed: int) -> bytes:
    text = random.Random(seed).randbytes(SIZE // 2).hex()
    return bytes(build({"general.description": (8, text)}).data)


def entry(data: bytes) -> Entry:
    return Entry("m", "M", "owner/m", "m.gguf", sha256=hashlib.sha256(data).hexdigest())


def killed_run(hub: StandIn, folder: Path, one: Entry, at: int) -> None:
    """Download in a process of its own that is killed when the stand-in has sent `at` bytes of one answer."""
    reached = threading.Event()
    hub.on_bytes = lambda sent: reached.set() if sent >= at else None
    command = [sys.executable, "-c", CHILD, hub.url, str(folder), str(one.sha256)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watcher = threading.Thread(target=lambda: (child.wait(), reached.set()), daemon=True)
    watcher.start()
    assert reached.wait(60)
    child.kill()
    watcher.join(60)
    hub.on_bytes = lambda _: None


def trouble(rng: random.Random, other: bytes) -> Fault:
    kind = rng.choice(["drop", "drop", "drop", "status", "shift", "ignore", "extra", "swap", "416"])
    somewhere = rng.randrange(SIZE)
    return {
        "drop": Fault(drop=somewhere, times=rng.randrange(1, 4)),
        "status": Fault(status=rng.choice([429, 500, 502, 503]), times=rng.randrange(1, 9)),
        "shift": Fault(shift=rng.choice([-1000, -1, 1, 1000]), range_only=True, times=rng.randrange(1, 3)),
        "ignore": Fault(ignore_range=True, drop=somewhere),
        "extra": Fault(extra=b"\0" * 9),
        "swap": Fault(swap=other, drop=somewhere),
        "416": Fault(status=416, range_only=True),
    }[kind]


def one_round(seed: int, folder: Path) -> str:
    """Disturb a download in random ways; then let it finish. Returns how it went."""
    rng = random.Random(seed)
    data, other = content(seed), content(seed + 1_000_000)
    one = entry(data)
    path = target(one, folder)
    kills = errors = 0
    with StandIn(data, etag=rng.choice([None, "same"])) as hub:
        hub.cdn = rng.random() < 0.3
        for _ in range(rng.randrange(1, 5)):
            hub.faults = [trouble(rng, other) for _ in range(rng.randrange(0, 4))]
            if rng.random() < 0.4:
                killed_run(hub, folder, one, rng.randrange(SIZE))
                kills += 1
            else:
                try:
                    speaker = Hub(hub.url, proxies={})
                    get(one, folder, speaker, wait=lambda _: None, free=lambda _: 10**12, rules=Rules(attempts=3))
                except ComposerError:
                    errors += 1
            if path.exists():
                assert path.read_bytes() == data
            hub.content = data
        hub.faults = []
        got = get(one, folder, Hub(hub.url, proxies={}), wait=lambda _: None, free=lambda _: 10**12)
    assert got.path.read_bytes() == data
    assert got.listed
    assert [p.name for p in path.parent.iterdir()] == ["m.gguf"]
    return f"{kills} kills, {errors} errors"


@pytest.mark.timeout(1800)
def test_random_interruptions_never_give_a_wrong_file(tmp_path: Path) -> None:
    for seed in range(ROUNDS):
        print(seed, one_round(seed, tmp_path / str(seed)))
