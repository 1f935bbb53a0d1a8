"""The library's desk: what it does on its threads, and in what order it tells."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from composer import paths
from composer.library.commands import Library
from composer.library.desk import Got, LibraryDesk, News, Queued, Said, Shown, Stayed
from composer.library.hub import Hub
from composer.library.keys import Keys
from composer.library.machine import Machine
from tests.library.standin import Fault, StandIn
from tests.library.test_download import CONTENT, entry

MACHINE = Machine(16 * 10**9, 12 * 10**9, 4, "x86_64", frozenset({"avx2"}))
SECONDS = 20


class Ear:
    """Hears the news, in order."""

    def __init__(self, desk: LibraryDesk) -> None:
        self.desk = desk
        self.news: queue.SimpleQueue[News] = queue.SimpleQueue()
        desk.subscribe(self.news.put)

    def next(self, kind: type, fits: Callable[[News], bool] = lambda _: True) -> News:
        while True:
            one = self.news.get(timeout=SECONDS)
            if isinstance(one, kind) and fits(one):
                return one


@pytest.fixture
def hub() -> Iterator[StandIn]:
    with StandIn(CONTENT) as one:
        yield one


@pytest.fixture
def ear(tmp_path: Path, hub: StandIn) -> Iterator[Ear]:
    rows = [
        f'[[model]]\nid = "{name}"\nrepository = "owner/{name}"\nfile = "{name}.gguf"\nsha256 = "{entry().sha256}"\n'
        for name in ("one", "two", "three")
    ]
    listed = tmp_path / "list.toml"
    listed.write_text("\n".join(rows), encoding="utf-8")

    def make() -> Library:
        return Library(
            paths.find(tmp_path / "home").ensure(),
            hub=lambda token: Hub(hub.url, token=token, proxies={}, timeout=10),
            keys=Keys(lambda: None),
            machine=lambda: MACHINE,
            places=tuple,
            listed=listed,
            engine=lambda: None,
        )

    desk = LibraryDesk(make)
    yield Ear(desk)
    hub.release.set()
    desk.close()


def test_one_at_a_time_in_order_and_no_more_than_once(ear: Ear, hub: StandIn) -> None:
    for name in ("one", "two", "one", "three", "two"):
        ear.desk.get(name)
    done = [ear.next(Got) for _ in range(3)]
    assert [one.id for one in done] == ["one", "two", "three"]
    assert ear.next(Queued, lambda news: news.running is None) == Queued(None, ())
    assert len(hub.gets()) == 3


def test_one_that_fails_does_not_hold_up_the_next(ear: Ear, hub: StandIn) -> None:
    hub.faults = [Fault(method="HEAD", status=404)]
    ear.desk.get("one")
    ear.desk.get("two")
    ear.desk.get("nothing")
    stayed = ear.next(Stayed)
    assert (stayed.id, stayed.kind) == ("one", "failed")
    assert ear.next(Got).id == "two"
    assert "No model on the list is called 'nothing'" in ear.next(Stayed).sentence


def test_the_last_word_on_the_queue_is_the_truth(ear: Ear) -> None:
    # Asked for and taken back from several threads at once, the queue as it was told last is the queue as it is.
    def ask(name: str) -> None:
        for _ in range(20):
            ear.desk.get(name)
            ear.desk.pause(name)

    threads = [threading.Thread(target=ask, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ear.desk.remove("nothing")
    ear.desk.get("one")
    last = None
    while not (isinstance(last, Queued) and last.running is None and not last.waiting and _idle(ear.desk)):
        last = ear.next(Queued)
    assert (last.running, last.waiting) == (None, ())


def _idle(desk: LibraryDesk) -> bool:
    with desk._lock:
        return desk._running is None and not desk._wanted


def test_a_bug_is_logged_and_told_in_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Library:
        raise RuntimeError("a bug")

    desk = LibraryDesk(broken)
    ear = Ear(desk)
    desk.look()
    said = ear.next(Said)
    assert said.bad
    assert said.sentence.startswith("Something went wrong inside the app.")
    assert "a bug" in caplog.text
    desk.close()


def test_a_closed_desk_does_nothing_and_may_be_closed_again(ear: Ear) -> None:
    ear.desk.look(disk=False)
    assert isinstance(ear.next(Shown), Shown)
    ear.desk.close()
    ear.desk.get("one")
    ear.desk.look()
    ear.desk.close()
    assert ear.news.empty()
