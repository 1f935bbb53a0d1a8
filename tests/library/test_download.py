"""Downloads against a stand-in hub that misbehaves."""

import errno
import hashlib
import json
import threading
from pathlib import Path

import pytest

from composer.errors import ModelFileError
from composer.library.catalogue import Entry
from composer.library.discover import find
from composer.library.download import Got, Rules, get, target
from composer.library.files import part
from composer.library.gguf_header import check
from composer.library.hub import Hub
from composer.library.meter import Progress
from composer.library.trouble import Differs, DownloadError, NeedsToken, Paused
from tests.library.files import I32, TENSORS, U16, build
from tests.library.standin import COMMIT, Fault, StandIn

CONTENT = bytes(build({"general.description": (8, "x" * 200_000)}).data)


class Clock:
    """A clock that moves only when someone waits, or by a step for each look."""

    def __init__(self, step: float = 0.0) -> None:
        self.now, self.step, self.waits = 0.0, step, []

    def __call__(self) -> float:
        self.now += self.step
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def entry(content: bytes = CONTENT, **changes: object) -> Entry:
    fields = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} | changes
    return Entry("tiny", "Tiny", "owner/tiny-gguf", "tiny.gguf", **fields)


def fetch(hub: StandIn, folder: Path, one: Entry | None = None, *, timeout: float = 10.0, token=None, **kwargs) -> Got:
    clock = kwargs.pop("clock", None) or Clock()
    kwargs.setdefault("free", lambda _: 10**12)
    speaker = Hub(hub.url, token=token, timeout=timeout, proxies={})
    return get(one or entry(), folder, speaker, clock=clock, wait=clock.wait, **kwargs)


def is_whole(got: Got, folder: Path, content: bytes = CONTENT) -> None:
    assert got.path == target(entry(), folder)
    assert got.path.read_bytes() == content
    assert sorted(p.name for p in got.path.parent.iterdir()) == ["tiny.gguf"]


def nothing_offered(folder: Path) -> None:
    assert not list(folder.rglob("*.gguf"))


def test_a_whole_file_arrives_checked_and_pinned_to_its_commit(tmp_path: Path) -> None:
    seen: list[Progress] = []
    with StandIn(CONTENT) as hub:
        got = fetch(hub, tmp_path, progress=seen.append, clock=Clock(step=0.1))
        assert hub.gets()[0].path == f"/owner/tiny-gguf/resolve/{COMMIT}/tiny.gguf"
        assert hub.gets()[0].headers["accept-encoding"] == "identity"
    is_whole(got, tmp_path)
    assert got.listed
    assert got.declared is not None
    assert got.declared.commit == COMMIT
    assert seen[0].stage == "asking"
    assert any(p.stage == "getting" and p.speed > 0 and p.left is not None for p in seen)


def test_a_file_that_is_here_is_not_asked_for_again(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        fetch(hub, tmp_path)
        before = len(hub.seen)
        assert fetch(hub, tmp_path).listed
        assert len(hub.seen) == before


def test_another_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    path = target(entry(), tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"mine")
    with StandIn(CONTENT) as hub, pytest.raises(DownloadError, match="is another one"):
        fetch(hub, tmp_path)
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(drop=70_000, times=2),
        Fault(status=500, times=3),
        Fault(status=503, headers={"Retry-After": "7"}),
        Fault(status=429, headers={"Retry-After": "3"}, times=2),
        Fault(method="HEAD", status=502, times=2),
        Fault(status=403, headers={}, times=0),
    ],
    ids=["drop", "500", "503", "429", "HEAD 502", "none"],
)
def test_passing_troubles_are_waited_out(tmp_path: Path, fault: Fault) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [fault]
        is_whole(fetch(hub, tmp_path), tmp_path)


def test_a_drop_goes_on_from_the_same_byte(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=70_000)]
        is_whole(fetch(hub, tmp_path), tmp_path)
        second = hub.gets()[1].headers
        assert second["range"] == "bytes=70000-"
        assert second["if-range"] == f'"{hub.sha256[:16]}"'


def test_the_pauses_grow_and_an_asked_pause_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(status=500, times=3), Fault(status=429, headers={"Retry-After": "40"})]
        fetch(hub, tmp_path, clock=clock)
    assert clock.waits == [1, 2, 4, 40]


def test_it_gives_up_after_enough_tries_and_keeps_the_part(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=70_000), Fault(status=500, times=-1)]
        with pytest.raises(DownloadError, match=r"70\.0 kB are kept"):
            fetch(hub, tmp_path)
        nothing_offered(tmp_path)
        hub.faults, before = [], len(hub.gets())
        is_whole(fetch(hub, tmp_path), tmp_path)
        assert hub.gets()[before].headers["range"] == "bytes=70000-"


def test_a_wait_of_hours_is_told_and_not_waited(tmp_path: Path) -> None:
    clock = Clock()
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(method="HEAD", status=429, headers={"Retry-After": "7200"})]
        with pytest.raises(DownloadError, match="asks to wait"):
            fetch(hub, tmp_path, clock=clock)
    assert clock.waits == []


def test_silence_is_noticed(tmp_path: Path) -> None:
    whys: list[str] = []
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(stall=50_000)]
        got = fetch(hub, tmp_path, timeout=0.2, progress=lambda p: whys.append(p.why))
    is_whole(got, tmp_path)
    assert "nothing has arrived for a while" in whys


def test_pause_keeps_the_part_and_a_later_run_goes_on(tmp_path: Path) -> None:
    stop = threading.Event()
    with StandIn(CONTENT) as hub:
        # Held after 120,000 bytes, so that the pause cannot come too late.
        hub.faults = [Fault(stall=120_000)]
        with pytest.raises(Paused, match="are kept"):
            fetch(hub, tmp_path, stop=stop, timeout=0.3, progress=lambda p: p.stage == "waiting" and stop.set())
        nothing_offered(tmp_path)
        is_whole(fetch(hub, tmp_path), tmp_path)
        assert hub.gets()[-1].headers["range"] == "bytes=120000-"


def test_a_server_without_ranges_still_gives_the_file(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=70_000), Fault(ignore_range=True)]
        is_whole(fetch(hub, tmp_path), tmp_path)


@pytest.mark.parametrize("shift", [-5, 5])
def test_wrong_ranges_are_seen_and_ranges_given_up(tmp_path: Path, shift: int) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=70_000), Fault(shift=shift, range_only=True, times=-1)]
        is_whole(fetch(hub, tmp_path), tmp_path)


def test_a_file_that_changes_midway_is_never_mixed(tmp_path: Path) -> None:
    other = bytes(build({"general.description": (8, "y" * 200_000)}).data)
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=70_000), Fault(swap=other)]
        with pytest.raises(DownloadError, match="other content"):
            fetch(hub, tmp_path)
    nothing_offered(tmp_path)
    assert not part(target(entry(), tmp_path)).exists()


def test_a_change_behind_the_same_etag_is_found_by_the_hash(tmp_path: Path) -> None:
    other = bytes(build({"general.description": (8, "y" * 200_000)}).data)
    with StandIn(CONTENT, etag="same") as hub:
        hub.faults = [Fault(drop=70_000), Fault(swap=other)]
        with pytest.raises((DownloadError, Differs)):
            fetch(hub, tmp_path)
        nothing_offered(tmp_path)
        hub.content = CONTENT
        is_whole(fetch(hub, tmp_path), tmp_path)


def test_a_part_spoiled_on_the_disk_is_fetched_anew(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=70_000), Fault(status=500, times=8)]
        with pytest.raises(DownloadError):
            fetch(hub, tmp_path)
        piece = part(target(entry(), tmp_path))
        piece.write_bytes(b"\0" * 70_000)
        is_whole(fetch(hub, tmp_path), tmp_path)


def test_a_difference_to_the_list_is_said_before_the_download(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        listed = entry(sha256="0" * 64, size=5)
        with pytest.raises(Differs, match=r"sha256 .* where the list has 000000000000.*bytes where the list has 5"):
            fetch(hub, tmp_path, listed)
        assert hub.gets() == []
        got = fetch(hub, tmp_path, listed, rules=Rules(accept_changed=True))
        assert not got.listed
        assert "another" in got.notices[0]


def test_a_hub_that_lies_about_the_hash(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.says_sha256 = "1" * 64
        with pytest.raises(DownloadError, match="removed and is not offered"):
            fetch(hub, tmp_path, entry(sha256=None))
    nothing_offered(tmp_path)


@pytest.mark.parametrize("by", [-1000, 1000])
def test_a_hub_that_lies_about_the_size(tmp_path: Path, by: int) -> None:
    with StandIn(CONTENT) as hub:
        hub.says_size = len(CONTENT) + by
        with pytest.raises(DownloadError, match="does not get on"):
            fetch(hub, tmp_path, entry(size=None))
    nothing_offered(tmp_path)


def test_more_bytes_than_declared_are_refused(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(extra=b"zz")]
        is_whole(fetch(hub, tmp_path), tmp_path)
        assert len(hub.gets()) == 2


def test_a_mirror_that_declares_nothing_is_held_to_the_list(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.linked = False
        is_whole(fetch(hub, tmp_path), tmp_path)
        hub.content = CONTENT[:-1] + b"?"
        with pytest.raises(DownloadError, match="other content"):
            fetch(hub, tmp_path / "b")
    nothing_offered(tmp_path / "b")


def test_a_compressed_answer_is_refused(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(headers={"Content-Encoding": "gzip"})]
        with pytest.raises(DownloadError, match="compressed"):
            fetch(hub, tmp_path)


def test_a_token_is_asked_for_sent_to_the_hub_and_not_to_the_next_host(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.token, hub.cdn = "hf_secret", True
        with pytest.raises(NeedsToken, match="asks for an access token"):
            fetch(hub, tmp_path)
        with pytest.raises(NeedsToken, match="accept its terms"):
            fetch(hub, tmp_path, token=lambda: "hf_wrong")
        hub.seen.clear()
        is_whole(fetch(hub, tmp_path, token=lambda: "hf_secret"), tmp_path)
        sent = {one.path: one.headers.get("authorization") for one in hub.seen}
        assert sent.pop("/cdn/file") is None
        assert set(sent.values()) == {"Bearer hf_secret"}
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"hf_secret" not in path.read_bytes()


def test_a_signed_address_that_ran_out_is_asked_for_again(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.cdn = True
        # The first GET is the redirect; the second, at the other host, is refused.
        hub.faults = [Fault(times=1), Fault(status=403, times=1)]
        is_whole(fetch(hub, tmp_path), tmp_path)


def test_no_token_over_plain_http_to_another_machine() -> None:
    assert not Hub("http://mirror.example", token=lambda: "x")._may_know("http://mirror.example/a")
    assert Hub("https://mirror.example")._may_know("https://mirror.example/a")
    assert not Hub("https://mirror.example")._may_know("https://other.example/a")


def test_the_mirror_of_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn(CONTENT) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url + "/")
        got = get(entry(), tmp_path, Hub(proxies={}), free=lambda _: 10**12)
        is_whole(got, tmp_path)
    monkeypatch.setenv("HF_ENDPOINT", "not an address")
    with pytest.raises(DownloadError, match="HF_ENDPOINT"):
        Hub()


def test_the_proxy_of_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn(CONTENT) as hub:
        for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", hub.url)
        hub.linked = False
        got = get(entry(), tmp_path, Hub("http://hub.example"), free=lambda _: 10**12)
        is_whole(got, tmp_path)
        assert hub.seen[0].path.startswith("http://hub.example/owner/")


def test_the_bandwidth_limit_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    with StandIn(CONTENT) as hub:
        fetch(hub, tmp_path, rules=Rules(limit=50_000), clock=clock)
    assert clock.now == pytest.approx(len(CONTENT) / 50_000, rel=0.01)


def test_too_little_room_is_told_before_and_during(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        with pytest.raises(DownloadError, match=r"too little room .* Free "):
            fetch(hub, tmp_path, free=lambda _: 1000)
        assert hub.gets() == []


def test_a_full_disk_stops_cleanly_and_resumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from composer.library import download

    class Full:
        """A file on a disk with room for 90,000 bytes."""

        def __init__(self, file) -> None:
            self.file = file

        def __getattr__(self, name: str):
            return getattr(self.file, name)

        def write(self, data) -> int:
            room = 90_000 - self.file.tell()
            if room <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.file.write(bytes(data[:room]))

    opened = download._Job._open

    def small(job) -> None:
        opened(job)
        job.file = Full(job.file)

    with StandIn(CONTENT) as hub:
        monkeypatch.setattr(download._Job, "_open", small)
        with pytest.raises(DownloadError, match="The disk is full"):
            fetch(hub, tmp_path)
        nothing_offered(tmp_path)
        length = part(target(entry(), tmp_path)).stat().st_size
        monkeypatch.setattr(download._Job, "_open", opened)
        is_whole(fetch(hub, tmp_path), tmp_path)
        assert hub.gets()[-1].headers.get("range", "bytes=0-") == f"bytes={length}-"


def test_a_whole_file_that_is_no_model_is_removed(tmp_path: Path) -> None:
    junk = b"<html>sign in</html>" * 100
    with StandIn(junk) as hub, pytest.raises(ModelFileError, match=r"tiny\.gguf is not a GGUF model file"):
        fetch(hub, tmp_path, entry(junk))
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [".download.lock"]


def test_one_at_a_time(tmp_path: Path) -> None:
    from composer.library.files import lock

    held = lock(tmp_path / ".download.lock", "")
    with StandIn(CONTENT) as hub, held, pytest.raises(DownloadError, match="Another download is running"):
        fetch(hub, tmp_path)


def test_a_part_of_another_version_is_not_gone_on_with(tmp_path: Path) -> None:
    other = bytes(build({"general.description": (8, "z" * 200_000)}).data)
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(drop=70_000), Fault(status=500, times=8)]
        with pytest.raises(DownloadError):
            fetch(hub, tmp_path)
        hub.content = other
        is_whole(fetch(hub, tmp_path, entry(other)), tmp_path, other)
        assert "range" not in hub.gets()[-1].headers


def test_a_sidecar_of_nonsense_is_no_obstacle(tmp_path: Path) -> None:
    path = target(entry(), tmp_path)
    path.parent.mkdir(parents=True)
    part(path).write_bytes(b"?" * 99)
    for text in ("", "[]", "{", json.dumps({"file": 3})):
        path.unlink(missing_ok=True)
        part(path).with_name("tiny.gguf.part.json").write_text(text)
        with StandIn(CONTENT) as hub:
            is_whole(fetch(hub, tmp_path), tmp_path)


@pytest.mark.parametrize("location", ["", "ftp://x/y", "http://:1/", "http://a:99999/", "http://[/"])
def test_redirects_to_nowhere(tmp_path: Path, location: str) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(status=302, headers={"Location": location} if location else {})]
        with pytest.raises(DownloadError, match="cannot be used"):
            fetch(hub, tmp_path)


def test_redirects_without_end(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(status=302, headers={"Location": "/again"}, times=-1)]
        with pytest.raises(DownloadError, match="without end"):
            fetch(hub, tmp_path)


def test_a_missing_file(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        hub.faults = [Fault(method="HEAD", status=404)]
        with pytest.raises(DownloadError, match="no such file"):
            fetch(hub, tmp_path)


def test_a_hub_that_cannot_be_reached(tmp_path: Path) -> None:
    with StandIn(CONTENT) as hub:
        url = hub.url
    clock = Clock()
    with pytest.raises(DownloadError, match="cannot be reached"):
        get(entry(), tmp_path, Hub(url, proxies={}), clock=clock, wait=clock.wait)
    assert len(clock.waits) == 7


def parts() -> dict[str, bytes]:
    """A model in three parts, by file name."""
    made = {}
    for at, tensor in enumerate(TENSORS):
        keys = {"split.no": (U16, at), "split.count": (U16, 3), "split.tensors.count": (I32, 3)}
        made[f"m-{at + 1:05d}-of-00003.gguf"] = bytes(build(keys, [tensor]).data)
    return made


def test_a_split_model_comes_whole_and_its_first_part_last(tmp_path: Path) -> None:
    one = Entry("m", "M", "owner/m", "Q8/m-00001-of-00003.gguf")
    with StandIn(b"") as hub:
        hub.others = parts()
        hub.faults = [Fault(times=2), Fault(status=500, times=8)]
        with pytest.raises(DownloadError):
            fetch(hub, tmp_path, one)
        there = {path.name for path in tmp_path.rglob("*.gguf")}
        assert there == {"m-00002-of-00003.gguf", "m-00003-of-00003.gguf"}
        assert find([tmp_path], where=()) == ()
        got = fetch(hub, tmp_path, one)
    assert check(got.path).tensors == 3
    assert sum(path.suffix == ".gguf" for path in tmp_path.rglob("*")) == 3


def test_a_split_model_whose_parts_do_not_fit_is_not_offered(tmp_path: Path) -> None:
    with StandIn(b"") as hub:
        hub.others = parts()
        hub.others["m-00003-of-00003.gguf"] = hub.others["m-00002-of-00003.gguf"]
        with pytest.raises(ModelFileError, match="another part"):
            fetch(hub, tmp_path, Entry("m", "M", "owner/m", "m-00001-of-00003.gguf"))
    assert find([tmp_path], where=()) == ()
