"""The use-cases, as the window calls them: jobs in the background, events that end each of them exactly once."""

import os
import queue
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from composer import paths
from composer.engine.messages import Filled, Piece, Slot, Written
from composer.events import (
    Checked,
    Drafted,
    DraftOpened,
    DraftsListed,
    Event,
    Failed,
    PartialDraft,
    Progress,
    Saved,
    SourcesRead,
    Stopped,
    Suggested,
)
from composer.helper import HelperStopped
from composer.library.commands import Library
from composer.post.model import Brief, Partial, Post
from composer.session import Session, title_of
from composer.settings import Settings

ENDS = SourcesRead | Drafted | Checked | Suggested | Saved | DraftsListed | DraftOpened | Stopped | Failed


class Ear:
    """Collects events and waits for the end of a job."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: queue.Queue[Event] = queue.Queue()
        self.seen: list[Event] = []
        session.subscribe(self.events.put)

    def until(self, job: int, kind: type = ENDS) -> Event:  # type: ignore[assignment]
        """The next event of the job that is a `kind`; by default its end."""
        while True:
            event = self.events.get(timeout=60)
            self.seen.append(event)
            if event.job == job and isinstance(event, kind):
                return event


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    session = Session(paths.find(tmp_path), Settings(context=4096))
    yield Ear(session)
    session.close()


def read(ear: Ear) -> SourcesRead:
    done = ear.until(ear.session.read([paths.sample()]))
    assert isinstance(done, SourcesRead), done
    return done


def test_read_draft_check_save_and_find_again(ear: Ear, tmp_path: Path) -> None:
    session = ear.session
    found = read(ear)
    assert found.sources[0].path == paths.sample()
    drafted = ear.until(session.draft(Brief(), evidence=found.evidence))
    assert isinstance(drafted, Drafted), drafted
    assert drafted.laid.text.splitlines()[0].endswith("❓")
    assert drafted.hashtags[: len(drafted.post.hashtags)] == drafted.post.hashtags
    checked = ear.until(session.check(drafted.laid.text, drafted.brief, found.evidence))
    assert isinstance(checked, Checked)
    assert [problem for problem in checked.problems if problem.severity == "error"] == []
    suggested = ear.until(session.suggest(drafted.laid.text, found.evidence))
    assert isinstance(suggested, Suggested)
    assert 0 < len(suggested.hashtags) <= 8
    saved = ear.until(session.save(None, drafted.laid.text, drafted=drafted, sources=found.sources))
    assert isinstance(saved, Saved), saved
    changed = ear.until(session.save(saved.draft, "Mine\n\nnow."))
    assert isinstance(changed, Saved)
    session.close()

    again = Session(paths.find(tmp_path), Settings())
    other = Ear(again)
    listed = other.until(again.list_drafts())
    assert isinstance(listed, DraftsListed)
    assert [(row.id, row.title) for row in listed.rows] == [(saved.draft, "Mine")]
    opened = other.until(again.open_draft(saved.draft))
    assert isinstance(opened, DraftOpened), opened
    assert opened.text == "Mine\n\nnow."
    assert opened.laid == drafted.laid
    assert opened.sources == found.sources
    assert opened.evidence is not None
    assert opened.evidence.sources == found.evidence.sources
    again.close()


def test_the_same_post_in_the_terminal_and_in_the_window(ear: Ear, tmp_path: Path) -> None:
    found = read(ear)
    drafted = ear.until(ear.session.draft(Brief(shape="list"), evidence=found.evidence))
    inline = Session(paths.find(tmp_path / "other"), Settings(), inline=True)
    heard: list[Event] = []
    inline.subscribe(heard.append)
    inline.read([paths.sample()])
    here = heard[-1]
    assert isinstance(here, SourcesRead)
    inline.draft(Brief(shape="list"), evidence=here.evidence)
    last = heard[-1]
    inline.close()
    assert isinstance(drafted, Drafted)
    assert isinstance(last, Drafted)
    assert drafted.laid == last.laid


def test_every_job_ends_exactly_once(ear: Ear, tmp_path: Path) -> None:
    session = ear.session
    jobs = [
        session.read([tmp_path / "absent.txt"]),
        session.read_text(""),
        session.open_draft("absent"),
        session.list_drafts(),
        session.read([paths.sample()]),
    ]
    for job in jobs:
        if not any(event.job == job and isinstance(event, ENDS) for event in ear.seen):
            ear.until(job)
    session.close()
    while not ear.events.empty():
        ear.seen.append(ear.events.get())
    for job in jobs:
        assert len([e for e in ear.seen if e.job == job and isinstance(e, ENDS)]) == 1


def test_a_failure_says_what_is_safe(ear: Ear, tmp_path: Path) -> None:
    failed = ear.until(ear.session.read([tmp_path / "absent.txt"]))
    assert isinstance(failed, Failed)
    assert failed.sentence.count("\n") == 0
    no_model = ear.until(ear.session.draft(Brief(), "model", evidence=read(ear).evidence))
    assert isinstance(no_model, Failed)
    assert "No model" in no_model.what


def test_a_dead_helper_is_replaced(ear: Ear) -> None:
    found = read(ear)
    process = ear.session._helper._process
    assert process is not None
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    drafted = ear.until(ear.session.draft(Brief(), evidence=found.evidence))
    assert isinstance(drafted, Drafted), drafted


def test_a_bug_ends_as_one_sentence(
    ear: Ear, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ear.session, "_drafts", lambda: 1 / 0)
    failed = ear.until(ear.session.list_drafts())
    assert isinstance(failed, Failed)
    assert "inside the app" in failed.what
    assert "ZeroDivisionError" in caplog.text


def test_close_twice_and_with_jobs_under_way(tmp_path: Path) -> None:
    session = Session(paths.find(tmp_path), Settings())
    session.read([paths.sample()])
    session.close()
    session.close()


def trust(ear: Ear, model: Path) -> None:
    """Agree to a file that is on no list."""
    Library(ear.session.paths).agree(model)


def test_a_model_drafts_streams_and_stops(ear: Ear, tiny_model: Path) -> None:
    session = ear.session
    trust(ear, tiny_model)
    found = read(ear)
    job = session.draft(Brief(shape="list"), "model", evidence=found.evidence, model=tiny_model)
    drafted = ear.until(job)
    assert isinstance(drafted, Drafted), drafted
    assert drafted.writer == "model"
    kinds = {type(event) for event in ear.seen if event.job == job}
    assert {Progress, PartialDraft} <= kinds
    assert len(drafted.post.points) >= 3
    for point in drafted.post.points:
        assert point.trace.segments

    job = session.draft(Brief(), "model", evidence=found.evidence, model=tiny_model, variant=1)
    ear.until(job, PartialDraft)
    session.stop(job)
    stopped = ear.until(job)
    assert isinstance(stopped, Stopped), stopped
    assert stopped.laid is not None
    after = ear.until(session.draft(Brief(), "model", evidence=found.evidence, model=tiny_model))
    assert isinstance(after, Drafted), after


def test_a_stopped_draft_goes_on_and_asks_for_nothing_twice(
    ear: Ear, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from composer.engine.turn import Turn, Writing

    asked: list[tuple[str, ...]] = []
    filled: list[str] = []
    went_on: list[Written] = []
    stop_after = -1
    write = Turn.write

    def heard(self: Turn, steps: Sequence[Piece | Slot], **given: int) -> Iterator[Writing]:
        asked.append(tuple(step.name for step in steps if isinstance(step, Slot)))
        for event in write(self, steps, **given):
            if isinstance(event, Written):
                went_on.append(event)
            if isinstance(event, Filled):
                filled.append(event.slot)
                if len(filled) == stop_after:
                    self.cancel()
            yield event

    monkeypatch.setattr(Turn, "write", heard)
    session = ear.session
    trust(ear, tiny_model)
    found = read(ear)
    whole = ear.until(session.draft(Brief(), "model", evidence=found.evidence, model=tiny_model))
    assert isinstance(whole, Drafted), whole
    straight, filled[:], stop_after = [*filled], [], 8
    job = session.draft(Brief(), "model", evidence=found.evidence, model=tiny_model)
    stopped = ear.until(job)
    assert isinstance(stopped, Stopped), stopped
    assert stopped.laid is not None
    assert session._courses[job].asked[0].filled
    before, asked[:], went_on[:], stop_after = len(filled), [], [], -1
    job = session.draft(Brief(), "model", evidence=found.evidence, model=tiny_model, go_on=job)
    drafted = ear.until(job)
    assert isinstance(drafted, Drafted), drafted
    assert before == 8
    assert filled[:before] == straight[:before]
    assert asked[0][0] == straight[before]
    # What was read before the stop is still in the engine's memory; what was said since is read again, a line or two.
    assert went_on[0].read < 0.1 * went_on[0].reused


def test_a_killed_worker_loses_nothing(ear: Ear, tiny_model: Path) -> None:
    session = ear.session
    trust(ear, tiny_model)
    found = read(ear)
    job = session.draft(Brief(), "model", evidence=found.evidence, model=tiny_model)
    ear.until(job, PartialDraft)
    assert session._engine is not None
    assert session._engine.pid is not None
    os.kill(session._engine.pid, signal.SIGKILL)
    failed = ear.until(job)
    assert isinstance(failed, Failed), failed
    assert failed.laid is not None
    assert "Traceback" not in failed.sentence
    after = ear.until(session.draft(Brief(), "model", evidence=found.evidence, model=tiny_model))
    assert isinstance(after, Drafted), after


def test_what_is_kept_at_a_stop_is_the_newest_post(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(ear)
    posts = [Post("take", "en", headline, "", ()) for headline in ("First", "Second", "Third")]

    class Writer:
        def __init__(self, turn: object) -> None: ...

        def write(self, *_: object) -> Iterator[Partial]:
            yield from map(Partial, posts)
            raise HelperStopped

    class Every:
        """Lets the first and the third through."""

        def __init__(self, _gap: float) -> None:
            self.answers = iter((True, False, True))

        def now(self) -> bool:
            return next(self.answers)

    monkeypatch.setattr("composer.writers.model.ModelWriter", Writer)
    monkeypatch.setattr("composer.session.drafting.Paced", Every)
    turn = SimpleNamespace(model=None, notices=[])
    monkeypatch.setattr(ear.session, "_with_model", lambda job, model, wish: wish(turn))
    stopped = ear.until(ear.session.draft(Brief(), "model", evidence=found.evidence, model=Path("any.gguf")))
    assert isinstance(stopped, Stopped), stopped
    assert stopped.laid is not None
    assert "Third" in stopped.laid.plain


def test_a_title_is_the_first_line_in_plain_letters() -> None:
    assert title_of("\n\n𝗪𝗵𝘆 𝗡𝗼𝘄❓\n\nText") == "Why Now"
    assert title_of("") == "Untitled"
    assert len(title_of("x" * 300)) == 80
