"""Random interruptions and process kills: a byte-identical file or an honest error, never a wrong file as a model.

A sample runs here; POST_COMPOSER_INTERRUPTIONS=200 runs as many rounds.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from composer.errors import ComposerError
from composer.library.catalogue import Entry
from composer.library.download import Rules, get, target
from composer.library.files import part
from composer.library.hub import Hub
from composer.library.trouble import DownloadError
from tests.library.files import build, write
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


@pytest.fixture
def small_disk(tmp_path: Path):
    """A real disk of 400 kB, where this machine lets one be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_disk_that_fills_up_stops_cleanly_and_resumes(small_disk: Path) -> None:
    data = content(7)
    one = entry(data)
    path = target(one, small_disk)
    with StandIn(data) as hub:
        with pytest.raises(DownloadError, match="too little room"):
            get(one, small_disk, Hub(hub.url, proxies={}), rules=Rules(reserve=0))
        assert hub.gets() == []
        # The room is taken by another program after the first look.
        with pytest.raises(DownloadError, match=r"The disk is full.*are kept"):
            get(one, small_disk, Hub(hub.url, proxies={}), free=lambda _: 10**12)
        assert not path.exists()
        kept = part(path).stat().st_size
        assert kept > 100_000
        subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
        assert get(one, small_disk, Hub(hub.url, proxies={}), rules=Rules(reserve=0)).listed
        assert hub.gets()[-1].headers["range"] == f"bytes={kept}-"
    assert path.read_bytes() == data


OFFLINE = """
import sys
from pathlib import Path
from composer import paths
from composer.errors import ComposerError
from composer.library.commands import Library
from composer.library.download import Rules
library = Library(paths.find(Path(sys.argv[1])).ensure(), places=tuple)
path = Path(sys.argv[2])
rows = library.list()
library.find([path.parent]), library.check(path), library.add_file(path, agreed=True), library.offer()
library.add_entry("owner/x/x.gguf"), library.remove("x"), library.may_load(path)
try:
    library.get(rows[0].entry.id, rules=Rules(attempts=1))
except ComposerError as error:
    print(error)
"""


def test_all_but_get_works_where_there_is_no_network_at_all(tmp_path: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        pytest.skip("no network namespace can be made here")
    model = write(tmp_path / "m.gguf")
    command = ["unshare", "-n", sys.executable, "-c", OFFLINE, str(tmp_path / "home"), str(model)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert "cannot be reached" in result.stdout
    assert result.stderr == ""
