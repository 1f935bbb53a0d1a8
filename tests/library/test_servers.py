"""Servers: where they are, what leaves the machine, and what a line to one makes of everything that can go wrong."""

import socket
import threading
from pathlib import Path

import pytest

from composer import paths
from composer.errors import ComposerError, ConsentError
from composer.library.commands import Library
from composer.library.keys import Keys
from composer.library.server_line import Patience, ServerError, ServerLine
from composer.library.servers import NeedsServerConsent, Server, leaves, place, server
from composer.library.trouble import LibraryError
from tests.library.server_standin import NAME, ServerStandIn

ASK = [{"role": "system", "content": "s"}, {"role": "user", "content": 'x\n"label": LABEL, at most 30 characters'}]
SCHEMA = {"type": "object", "properties": {"label": {"type": "string"}}, "required": ["label"]}
QUICK = Patience(connect=5, first=0.3, between=0.3, question=0.3)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(paths.find(tmp_path / "home").ensure(), keys=Keys(lambda: None), places=tuple)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("localhost:8080", "http://localhost:8080/v1"),
        (" http://localhost:11434/ ", "http://localhost:11434/v1"),
        ("127.0.0.1:1234/v1/chat/completions", "http://127.0.0.1:1234/v1"),
        ("0.0.0.0:8000", "http://127.0.0.1:8000/v1"),
        ("192.168.1.5:8000", "http://192.168.1.5:8000/v1"),
        ("nas.local:8080/v1/", "http://nas.local:8080/v1"),
        ("[::1]:8080", "http://[::1]:8080/v1"),
        ("llm.example.org", "https://llm.example.org/v1"),
        ("https://Llm.Example.org/api/openai/v1/models", "https://llm.example.org/api/openai/v1"),
    ],
)
def test_addresses_as_people_write_them(typed: str, url: str) -> None:
    assert server(typed).url == url


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "ftp://x", "http://", "http://a b", "localhost:99999", "http://x:0", "http://x/#part", "http://[::1",
     "file:///etc/passwd", "http://x/v1\nHost: y", "http://é.example\u202e", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(LibraryError, match="not the address"):
        server(typed)


def test_a_key_in_the_address_is_refused_and_not_repeated() -> None:
    for typed in ("https://me:s3cret@llm.example.org", "https://llm.example.org/v1?key=s3cret"):
        with pytest.raises(LibraryError, match="keyring") as caught:
            server(typed)
        assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("localhost", "machine"), ("x.localhost", "machine"), ("127.9.9.9", "machine"), ("[::1]", "machine"),
        ("[::ffff:127.0.0.1]", "machine"), ("10.1.2.3", "network"), ("172.16.0.1", "network"),
        ("172.32.0.1", "away"), ("192.168.7.7", "network"), ("[fd00::1]", "network"), ("[fe80::1]", "network"),
        ("printer.local", "network"), ("nas", "away"), ("8.8.8.8", "away"), ("llm.example.org", "away"),
        ("localhost.example.org", "away"), ("192.168.1.5.example.org", "away"), ("100.64.0.1", "away"),
    ],
)  # fmt: skip
def test_what_is_near_and_what_is_not(typed: str, where: str) -> None:
    assert place(server(typed)) == where


def test_what_leaves_is_said_and_agreed_to_once(library: Library) -> None:
    near, away = server("localhost:8080"), server("llm.example.org")
    assert leaves(near) == "The transcript stays on this machine."
    assert leaves(server("192.168.1.5")) == "The transcript stays on your network: it goes to 192.168.1.5."
    library.servers.may_send(near)
    with pytest.raises(NeedsServerConsent, match=r"^This sends the transcript.* to llm\.example\.org\."):
        library.servers.may_send(away)
    with pytest.raises(ConsentError, match="readable on the way"):
        library.servers.may_send(server("http://llm.example.org"))
    library.servers.agree(away)
    later = Library(library.paths)
    later.servers.may_send(away)
    # Consent is for this way to this server, and not for the same one in the open.
    for other in ("http://llm.example.org", "other.example.org", "llm.example.org:8443"):
        with pytest.raises(NeedsServerConsent):
            later.servers.may_send(server(other))
    later.servers.remove(away)
    with pytest.raises(NeedsServerConsent):
        Library(library.paths).servers.may_send(away)


def test_a_near_server_that_passes_the_text_on_needs_consent(library: Library) -> None:
    one = server("localhost:11434", "big-model:671b-cloud")
    with pytest.raises(NeedsServerConsent, match=r"ollama\.com"):
        library.servers.may_send(one)


def test_servers_are_kept_without_their_keys(library: Library) -> None:
    one = library.servers.put(server("localhost:8080", "small", 4096))
    library.keep_key(one, "s3cret")
    later = Library(library.paths)
    assert later.servers.all() == (one,)
    assert later.servers.get("http://localhost:8080") == one
    assert "s3cret" not in "".join(p.read_text() for p in library.paths.data.rglob("*") if p.is_file())
    with pytest.raises(LibraryError, match="No server at"):
        later.servers.get("localhost:1")
    library.notes.keep("servers", "http://localhost:9/v1", "no table")
    library.notes.keep("servers", one.url, {"model": "m", "context": -5})
    assert Library(library.paths).servers.all() == (Server(one.url, "m"),)


# -- the line


def line(stand: ServerStandIn, model: str = NAME, **given: object) -> ServerLine:
    return ServerLine(server(stand.url, model), proxies={}, **given)  # type: ignore[arg-type]


def said(one: ServerLine, **given: object) -> str:
    pieces = one.answer(ASK, SCHEMA, most=50, **given)  # type: ignore[arg-type]
    return "".join(piece for piece in pieces if isinstance(piece, str))


def label(_asked: object) -> dict[str, str]:
    return {"label": "Tea first ☕"}


def test_an_answer_comes_in_pieces_and_is_asked_in_the_common_form() -> None:
    with ServerStandIn(answer=label, usage=42) as stand:
        one = line(stand)
        assert [model.id for model in one.models()] == [NAME]
        assert one.look().context == 32_768
        pieces = list(one.answer(ASK, SCHEMA, most=50, seed=7))
        assert len(pieces) > 2
        assert "".join(pieces) == '{"label": "Tea first ☕"}'
        assert one.read == 42
        asked = stand.drafts[0]
        assert asked.path == "/v1/chat/completions"
        assert asked.body["model"] == NAME
        assert asked.body["stream"] is True
        assert (asked.body["seed"], asked.body["max_tokens"]) == (7, 50)
        assert asked.body["response_format"]["json_schema"]["schema"] == SCHEMA
        assert "authorization" not in asked.headers


@pytest.mark.parametrize("mode", ["whole", "thinks", "progress"])
def test_servers_differ(mode: str) -> None:
    with ServerStandIn(answer=label, mode=mode) as stand:
        one = line(stand)
        pieces = list(one.answer(ASK, SCHEMA, most=50))
        assert "".join(p for p in pieces if isinstance(p, str)).endswith('{"label": "Tea first ☕"}')
        assert [p for p in pieces if isinstance(p, tuple)] == (
            [(100, 400), (200, 400), (400, 400)] if mode == "progress" else []
        )
        assert one.thinks is (mode == "thinks")


def test_what_a_server_does_not_know_is_left_away_and_not_tried_again() -> None:
    with ServerStandIn(answer=label) as stand:
        stand.refuse = {"chat_template_kwargs": 400, "response_format": 422}
        one = line(stand)
        assert "Tea" in said(one)
        forms = [asked.body.get("response_format", {}).get("type") for asked in stand.drafts]
        assert forms == ["json_schema", "json_schema", "json_object", None]
        assert all("seed" in asked.body for asked in stand.drafts)
        assert "Tea" in said(one)
        assert len(stand.drafts) == 5
    with ServerStandIn(answer=label) as stand:
        stand.refuse = {"max_tokens": 400}
        assert "Tea" in said(line(stand))
        assert set(stand.drafts[-1].body) == {"model", "messages", "stream"}


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        ({"mode": "html"}, "form", "does not answer like a model server"),
        ({"mode": "redirect"}, "away", "another address"),
        ({"mode": "drop"}, "cut", "connection .* lost"),
        ({"mode": "error"}, "own", "the worker died"),
        ({"status": 403}, "key", "asks for a key"),
        ({"status": 404, "words": "model 'x' not found"}, "model", "has no model"),
        ({"status": 400, "words": "strange"}, "form", "strange"),
        ({"status": 400, "words": "This model's maximum context length is 4096 tokens"}, "long", "reads less"),
        ({"status": 413}, "long", "reads less"),
        ({"status": 429}, "slow", "asks to wait"),
        ({"status": 500, "words": "out of memory"}, "own", "out of memory"),
        ({"status": 500, "words": "response_format: strange"}, "form", "strange"),
        ({"status": 418, "words": "no"}, "own", "refuses the request"),
        ({"status": 503, "words": "Loading model"}, "own", "still loading"),
    ],
)
def test_every_way_to_fail_has_a_sentence(wrong: dict[str, object], kind: str, words: str) -> None:
    with ServerStandIn(answer=label, **wrong) as stand, pytest.raises(ServerError, match=words) as caught:
        said(line(stand))
    assert caught.value.kind == kind
    assert "\n" not in str(caught.value)
    assert str(caught.value).count("Traceback") == 0


@pytest.mark.parametrize("mode", ["hang", "stall"])
def test_a_silent_server_is_given_up(mode: str) -> None:
    with ServerStandIn(answer=label, mode=mode) as stand, pytest.raises(ServerError, match="said nothing") as caught:
        said(line(stand, patience=QUICK))
    assert caught.value.kind == "slow"


def test_a_server_that_never_ends_is_cut_off() -> None:
    with ServerStandIn(answer=label, mode="flood") as stand, pytest.raises(ServerError, match="without an end"):
        said(line(stand))


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ServerError, match=r"cannot be reached \(nothing listens there\)") as caught:
        ServerLine(server(f"127.0.0.1:{port}")).models()
    assert caught.value.kind == "away"
    assert "Start it" in str(caught.value)


@pytest.mark.parametrize(
    "answer", [b"", b"SSH-2.0-x\r\n", b"\x16\x03\x01", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 999\r\n\r\n"]
)
def test_what_speaks_no_http(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            there, _ = listening.accept()
            with there:
                there.recv(4096)
                there.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(ServerError):
            ServerLine(server(f"127.0.0.1:{listening.getsockname()[1]}"), patience=QUICK).models()
        thread.join(10)


@pytest.mark.parametrize("mode", ["hang", "stall"])
def test_a_stop_does_not_wait(mode: str) -> None:
    with ServerStandIn(answer=label, mode=mode) as stand:
        one = line(stand)
        threading.Thread(target=lambda: (stand.reached.wait(10), one.cancel()), daemon=True).start()
        with pytest.raises(ServerError) as caught:
            said(one)
        assert caught.value.kind == "stopped"
        with pytest.raises(ServerError):  # and nothing is asked any more
            one.models()
        assert len(stand.asked) == 1


def test_a_key_goes_to_its_server_and_nowhere_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    with ServerStandIn(answer=label, key="s3cret") as stand:
        with pytest.raises(ServerError, match="asks for a key"):
            line(stand).models()
        with pytest.raises(ServerError, match="refuses the key") as caught:
            line(stand, key=lambda: "wrong-k3y").models()
        assert "k3y" not in str(caught.value)
        assert line(stand, key=lambda: "s3cret").models()
    # In the open, to a server elsewhere, it is not sent: nobody is even asked for.
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was sent"))
    with pytest.raises(ServerError, match="readable on the way"):
        ServerLine(server("http://llm.example.org"), key=lambda: "s3cret", proxies={}).models()


def test_a_name_of_this_network_that_leads_out_of_it_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with ServerStandIn(answer=label) as stand:
        port = int(stand.url.split(":")[2].split("/")[0])
        real = socket.create_connection
        monkeypatch.setattr(socket, "create_connection", lambda address, *rest: real(("127.0.0.1", port), *rest))

        class Elsewhere(socket.socket):
            """Says that the other side is elsewhere."""

        monkeypatch.setattr(socket.socket, "getpeername", lambda _self: ("203.0.113.9", port), raising=False)
        with pytest.raises(ServerError, match=r"leads out of your network, to 203\.0\.113\.9\. Nothing was sent"):
            ServerLine(server(f"nas.local:{port}")).models()
        assert stand.asked == []


def test_the_model_that_is_asked(library: Library) -> None:
    with ServerStandIn() as stand:
        stand.models = {"data": [{"id": "nomic-embed-text"}, {"id": "qwen3:latest"}, {"id": 7}, "x"]}
        assert line(stand, "").look().id == "qwen3:latest"
        assert line(stand, "qwen3").look().id == "qwen3:latest"
        with pytest.raises(ServerError, match=r"no model 'absent'\. .*It has: nomic-embed-text, qwen3:latest"):
            line(stand, "absent").look()
        assert library.try_server(server(stand.url)).model == "qwen3:latest"
        for models in ({"data": []}, {"data": None}, [], {"error": "x"}):
            stand.models = models
            with pytest.raises(ServerError):
                line(stand, "").look()


@pytest.mark.parametrize(
    ("aside", "context"),
    [
        ({}, 0),
        ({"/props": {"default_generation_settings": {"n_ctx": 16_384}}}, 16_384),
        ({"/api/v0/models": {"data": [{"id": NAME, "loaded_context_length": 8192, "max_context_length": 9}]}}, 8192),
        ({"/api/ps": {"models": [{"name": NAME, "context_length": 32_000}]}}, 32_000),
        ({"/api/ps": {"models": []}}, 4096),
        ({"/props": {"default_generation_settings": {"n_ctx": "many"}}, "/api/ps": []}, 0),
    ],
)
def test_how_much_a_server_reads_is_asked_in_its_own_form(aside: dict[str, object], context: int) -> None:
    with ServerStandIn(models={"data": [{"id": NAME}]}, aside=aside) as stand:
        assert line(stand).look().context == context
        assert ServerLine(server(stand.url, NAME, 2048), proxies={}).look().context == 2048


def test_errors_cross_processes() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(ServerError("cut", "a", do="b")))
    assert (error.kind, str(error), isinstance(error, ComposerError)) == ("cut", "a Your text is safe. b", True)


def test_the_keyring_is_asked_once_and_only_for_a_server_with_a_key(tmp_path: Path) -> None:
    asked: list[str] = []

    class Ring:
        def get_password(self, _service: str, name: str) -> str:
            asked.append(name)
            return "s3cret"

        def set_password(self, *_: str) -> None:
            """Kept."""

        def delete_password(self, *_: str) -> None:
            asked.append("deleted")

    library = Library(paths.find(tmp_path).ensure(), keys=Keys(lambda: Ring()), places=tuple)
    with ServerStandIn(answer=label) as stand:
        one = library.servers.put(server(stand.url))
        said(library.line(one))
        assert asked == []
        library.keep_key(one, "s3cret")
        asked.clear()
        keyed = library.line(one)
        said(keyed)
        said(keyed)
        assert asked == [one.secret]
        assert stand.drafts[-1].headers["authorization"] == "Bearer s3cret"
    library.forget_server(one)
    assert asked[-1] == "deleted"
    assert library.servers.all() == ()
