"""A draft through a server, as the window and the command line ask for it: the session, a stand-in, and no consent."""

import io
import json
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from composer import paths
from composer.cli import main
from composer.engine.messages import Load, Trial
from composer.engine.tuning import Tuning
from composer.events import Drafted, Event, Failed, PartialDraft, Progress, Saved, SourcesRead, Stopped
from composer.library.commands import Library
from composer.library.keys import Keys
from composer.library.servers import server
from composer.post.model import Brief
from composer.session import Session
from composer.settings import Settings
from tests.library.server_standin import NAME, Asked, ServerStandIn

ENDS = (Drafted, Failed, Stopped, Saved, SourcesRead)
TALK = [
    f"On day {day} the bakery on pier {day % 7} sold {100 + 3 * day} loaves before nine. Nobody there asked why. "
    f"She wrote the number on the wall and compared it with day {day - 1}, and then she changed the order of work."
    for day in range(2, 140)
]
SAMPLE = str(paths.sample())


class Ear:
    """Listens to a session."""

    def __init__(self, session: Session) -> None:
        self.session, self.seen = session, []
        self.events: queue.Queue[Event] = queue.Queue()
        session.subscribe(self.events.put)
        self.evidence = self.until(session.read([paths.sample()])).evidence

    def until(self, job: int, kinds: tuple[type, ...] = ENDS):
        while True:
            event = self.events.get(timeout=60)
            self.seen.append(event)
            if event.job == job and isinstance(event, (*kinds, *ENDS)):
                return event

    def draft(self, url: str, model: str = "", **given: object) -> int:
        one = server(url, model)
        return self.session.draft(Brief(shape="list"), "server", evidence=self.evidence, model=one, **given)


def measured(place: paths.Paths, model: Path) -> None:
    """As if the model had been measured here: that takes ten seconds, and is tested where it belongs."""
    Tuning(place.ensure().tuning).keep(Load(str(model)), Trial(1, 1, 128, True, 100.0, 10.0))


def later(stand: ServerStandIn, mode: str) -> None:
    """After three good answers, it goes wrong."""
    whole = stand.answer

    def answer(asked: Asked) -> object:
        stand.mode = mode if len(stand.drafts) > 3 else "stream"
        return whole(asked)

    stand.answer = answer


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    session = Session(paths.find(tmp_path / "home"), Settings(), keys=Keys(lambda: None))
    yield Ear(session)
    session.close()


def test_nothing_is_sent_before_a_draft_and_then_a_post_comes(ear: Ear) -> None:
    with ServerStandIn() as stand:
        library = Library(ear.session.paths)
        one = library.servers.put(server(stand.url))
        ear.until(ear.session.save(None, "typed words"))
        assert stand.asked == []
        job = ear.draft(stand.url)
        drafted = ear.until(job)
        assert isinstance(drafted, Drafted), drafted
        assert drafted.writer == "server"
        assert len(drafted.post.points) >= 3
        assert all(point.trace.segments for point in drafted.post.points)
        stages = [event.stage for event in ear.seen if isinstance(event, Progress) and event.job == job]
        assert stages[0] == "asking"
        assert "reading" in stages
        assert any(isinstance(event, PartialDraft) and event.job == job for event in ear.seen)
        saved = ear.until(ear.session.save(None, drafted.laid.text, drafted=drafted, sources=()))
        assert isinstance(saved, Saved)
        use = Library(ear.session.paths).notes.use(one.url)
        assert (use.drafts, use.wrote) == (1, (saved.draft,))
        assert ear.session.titles()[saved.draft]


def test_stop_while_the_server_is_silent(ear: Ear) -> None:
    with ServerStandIn(mode="hang") as stand:
        job = ear.draft(stand.url)
        assert stand.reached.wait(30)
        ear.session.stop(job)
        assert isinstance(ear.until(job), Stopped)
        stand.mode = "stream"
        assert isinstance(ear.until(ear.draft(stand.url)), Drafted)


def test_stop_while_it_writes_keeps_what_is_written(ear: Ear) -> None:
    with ServerStandIn() as stand:
        later(stand, "stall")
        job = ear.draft(stand.url)
        assert stand.reached.wait(30)
        ear.session.stop(job)
        stopped = ear.until(job)
        assert isinstance(stopped, Stopped)
        assert stopped.laid is not None
        assert stopped.laid.text.strip()


def test_a_line_that_breaks_keeps_what_is_written(ear: Ear) -> None:
    with ServerStandIn() as stand:
        later(stand, "drop")
        failed = ear.until(ear.draft(stand.url))
        assert isinstance(failed, Failed)
        assert "was lost" in failed.what
        assert failed.laid is not None


def test_a_server_that_reads_less_than_it_tells_gets_smaller_parts(ear: Ear) -> None:
    """One refuses what is too long, one cuts it and does not say so: both draft, part by part."""
    long = ear.until(ear.session.read_text("\n\n".join(TALK), "Long talk")).evidence
    for refuses in (True, False):
        with ServerStandIn(models={"data": [{"id": NAME}]}, words="the request exceeds the context size") as stand:

            def before(asked: Asked, stand: ServerStandIn = stand, refuses: bool = refuses) -> None:
                stand.status = 400 if refuses and len(asked.text) > 12_000 else 200
                stand.usage = min(len(asked.text) // 4, 3000)

            stand.before = before
            job = ear.session.draft(Brief(shape="list"), "server", evidence=long, model=server(stand.url))
            drafted = ear.until(job)
            assert isinstance(drafted, Drafted), drafted
            assert any("parts" in notice for notice in drafted.notices), drafted.notices


def test_elsewhere_nothing_is_sent_without_consent(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composer.library.server_call.Call.start", lambda _: pytest.fail("something was sent"))
    for address in ("https://llm.example.org", "http://nas:8080"):
        failed = ear.until(ear.draft(address))
        assert isinstance(failed, Failed)
        assert failed.kind == "consent"
        assert failed.what.startswith("This sends the transcript")
        assert failed.safe == "Nothing was sent."
    for wish in (
        ear.session.rewrite(ear.evidence, Brief(), "words", "shorter", server("llm.example.org")),
        ear.session.hooks(ear.evidence, Brief(), server("llm.example.org")),
    ):
        failed = ear.until(wish)
        assert isinstance(failed, Failed)
        assert failed.kind == "consent"


def test_a_near_server_whose_only_model_is_elsewhere_needs_consent(ear: Ear) -> None:
    with ServerStandIn(models={"data": [{"id": "huge:1t-cloud"}]}) as stand:
        failed = ear.until(ear.draft(stand.url))
        assert isinstance(failed, Failed)
        assert failed.kind == "consent"
        assert "ollama.com" in failed.what
        assert stand.drafts == []


def test_a_file_on_no_list_needs_the_persons_word_once(ear: Ear, tiny_model: Path) -> None:
    def draft(**given: object):
        return ear.until(ear.session.draft(Brief(), "model", evidence=ear.evidence, model=tiny_model, **given))

    measured(ear.session.paths, tiny_model)
    failed = draft()
    assert isinstance(failed, Failed)
    assert failed.kind == "consent"
    assert "not on the list" in failed.what
    assert ear.session._engine is None  # the engine was not even started
    # Named just now is agreed to, for that once; the window asks and then it holds.
    assert isinstance(draft(agreed=True), Drafted)
    assert isinstance(draft(), Failed)
    Library(ear.session.paths).agree(tiny_model)
    assert isinstance(draft(), Drafted)


# -- the command line


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main([*words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_stranger_with_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(tmp_path / "h")]
    with ServerStandIn() as stand:
        root = stand.url.removesuffix("/v1")
        code, out, err = run(capsys, *home, "draft", SAMPLE, "--writer", "server")
        assert (code, out) == (2, "")
        assert "Which server?" in err
        code, out, _ = run(capsys, *home, "models", "add", "--server", root)
        assert code == 0
        assert out.startswith("The transcript stays on this machine.")
        code, out, err = run(capsys, *home, "draft", SAMPLE, "--writer", "server")
        assert code == 0, err
        assert len(out.splitlines()) > 5
        code, out, _ = run(capsys, *home, "models", "list")
        assert f"{NAME}" in out
        assert "Wrote 1 draft" in out
        title = json.loads(run(capsys, *home, "drafts", "list", "--json")[1])[0]["title"]
        assert title in out
        code, out, _ = run(capsys, *home, "models", "show", root)
        assert (code, title in out) == (0, True)
        code, out, _ = run(capsys, *home, "models", "check", stand.url)
        assert "32,768 tokens" in out
        row = next(r for r in json.loads(run(capsys, *home, "models", "list", "--json")[1]) if r["state"] == "server")
        assert (row["where"], row["drafts"], row["model"]) == ("machine", 1, NAME)
        assert run(capsys, *home, "models", "remove", root)[0] == 0
        code, _, err = run(capsys, *home, "draft", SAMPLE, "--writer", "server", "--server", root, "--model", "absent")
        assert code == 1
        assert f"It has: {NAME}" in err


def test_elsewhere_on_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.setattr("composer.library.server_call.Call.start", lambda _: pytest.fail("something was sent"))
    home = ["--home", str(tmp_path / "h")]
    code, _, err = run(capsys, *home, "models", "add", "--server", "llm.example.org")
    assert code == 1
    assert "This sends the transcript" in err
    assert "--yes" in err
    code, _, err = run(capsys, *home, "draft", SAMPLE, "--writer", "server", "--server", "llm.example.org")
    assert code == 1
    assert "post-composer models add --server https://llm.example.org/v1 --yes" in err


def test_consent_for_a_file_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tiny_model: Path
) -> None:
    home = ["--home", str(tmp_path / "h")]
    place = paths.find(tmp_path / "h").ensure()
    measured(place, tiny_model)
    place.settings.write_text(json.dumps({"model": str(tiny_model), "writer": "model"}))
    code, out, err = run(capsys, *home, "draft", SAMPLE, "--writer", "model")
    assert (code, out) == (1, "")
    assert f"post-composer models add {tiny_model} --yes" in err
    assert run(capsys, *home, "models", "add", str(tiny_model), "--yes")[0] == 0
    code, out, err = run(capsys, *home, "draft", SAMPLE, "--writer", "model")
    assert code == 0, err
    assert out.strip()


def test_a_key_is_asked_for_and_kept_nowhere_but_in_a_keyring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "h"
    monkeypatch.setattr("composer.library.keys.system_keyring", lambda: None)
    with ServerStandIn(key="s3cret-key") as stand:
        code, _, err = run(capsys, "--home", str(home), "models", "add", "--server", stand.url)
        assert code == 0
        assert "asks for a key" in err
        assert "on your list all the same" in err
        monkeypatch.setattr("sys.stdin", io.StringIO("s3cret-key\n"))
        code, out, err = run(capsys, "--home", str(home), "models", "add", "--server", stand.url, "--key")
        assert code == 0
        assert "for this run only" in err
        assert NAME in out + "".join(p.read_text() for p in home.rglob("library.json"))
        # Without a keyring it is given for a run.
        monkeypatch.setattr("sys.stdin", io.StringIO("s3cret-key\n"))
        words = ["--home", str(home), "draft", SAMPLE, "--writer", "server", "--server", stand.url, "--key"]
        code, post, told = run(capsys, *words)
        assert code == 0, told
        assert post.strip()
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        assert run(capsys, *words)[0] == 2
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"s3cret" not in kept
    assert "s3cret" not in out + err + post + told


def test_a_draft_that_hangs_holds_nothing_else(ear: Ear) -> None:
    with ServerStandIn(mode="hang") as stand:
        job = ear.draft(stand.url)
        assert stand.reached.wait(30)
        assert isinstance(ear.until(ear.session.save(None, "other words")), Saved)
        ear.session.stop(job)
        assert isinstance(ear.until(job), Stopped)
