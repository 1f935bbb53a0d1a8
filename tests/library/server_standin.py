"""A stand-in for a model server on this machine: it answers, and it fails in every way a server does."""

import contextlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NAME = "small-model"


@dataclass
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(message["content"] for message in self.body.get("messages", []))


def plain(asked: Asked) -> dict[str, str]:
    """An honest answer: a passage that may be chosen, and for every text the words of that passage."""
    passages = dict(re.findall(r"^\[(\d+)\] (.+)$", asked.text, re.MULTILINE))
    fields = re.findall(r'^"(\w+)": (.+)$', asked.body["messages"][-1]["content"], re.MULTILINE)
    out: dict[str, str] = {}
    chosen = next(iter(passages), "1")
    for name, about in fields:
        if found := re.search(r", one number of ([\d, -]+)", about):
            out[name] = chosen = found.group(1).split(",")[0].split("-")[0].strip()
        else:
            most = int(re.search(r"at most (\d+)", about).group(1))
            words = re.sub(r"^\w+: ", "", passages.get(chosen, "Nothing was said of it."))
            out[name] = words if most > 60 else " ".join(words.split()[:4]).strip(".,")
    return out


class ServerStandIn:
    """Serves on 127.0.0.1 until the block ends. `answer` makes the object for a request; the rest says what goes wrong.

    `refuse` maps a key of the body to a status: who sends it is refused. `status` answers every draft so. `mode` is
    `stream`, `whole` (all at once), `drop` (cut off after half), `hang` (a head and no more), `html`, `flood`, `error`
    (in the stream), `thinks`, `fence`, `redirect` or `progress`.
    """

    def __init__(self, **wrong: Any) -> None:
        self.asked: list[Asked] = []
        self.models: Any = {"object": "list", "data": [{"id": NAME, "object": "model", "max_model_len": 32_768}]}
        self.aside: dict[str, Any] = {}
        self.answer: Callable[[Asked], Any] = plain
        self.before: Callable[[Asked], object] = lambda _: None
        self.mode, self.status, self.words, self.key = "stream", 200, "", ""
        self.refuse: dict[str, int] = {}
        self.usage = 0
        self.tail = ""
        self.release = threading.Event()
        self.reached = threading.Event()
        for name, value in wrong.items():
            setattr(self, name, value)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked("GET", self.path, {k.lower(): v for k, v in self.headers.items()})
                outer.asked.append(asked)
                if not self._knows():
                    return
                data = outer.models if self.path == "/v1/models" else outer.aside.get(self.path)
                if outer.mode == "html":
                    self._send(200, b"<html>Welcome</html>", "text/html")
                else:
                    self._send(200 if data is not None else 404, json.dumps(data if data is not None else {}).encode())

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked = Asked("POST", self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                outer.asked.append(asked)
                if self._knows():
                    self._draft(asked)

            def _knows(self) -> bool:
                if outer.key and self.headers.get("Authorization") != f"Bearer {outer.key}":
                    self._send(401, b'{"error": {"message": "Invalid API key"}}')
                    return False
                return True

            def _draft(self, asked: Asked) -> None:
                outer.before(asked)
                bad = next((status for name, status in outer.refuse.items() if name in asked.body), 0)
                if bad or outer.status != 200:
                    words = outer.words or "unknown field"
                    self._send(bad or outer.status, json.dumps({"error": {"message": words}}).encode())
                    return
                if outer.mode == "redirect":
                    self.send_response(308)
                    self.send_header("Location", "http://127.0.0.1:9/v1/chat/completions")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                if outer.mode == "html":
                    self._send(200, b"<html>Sign in</html>", "text/html")
                    return
                made = outer.answer(asked)
                text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)
                if outer.mode == "whole":
                    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
                    self._send(200, json.dumps({"choices": [choice], "usage": {"prompt_tokens": outer.usage}}).encode())
                    return
                self._stream(text)

            def _stream(self, text: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream; charset=utf-8")
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                with contextlib.suppress(OSError):  # the other side may have gone
                    self._events(text)

            def _events(self, text: str) -> None:
                if outer.mode == "hang":
                    self._line(": a sign of life")
                    outer.reached.set()
                    outer.release.wait(30)
                    return
                if outer.mode == "progress":
                    for done in (100, 200, 400):
                        self._data({"choices": [], "prompt_progress": {"total": 400, "processed": done, "cache": 0}})
                if outer.mode == "thinks":
                    self._delta({"reasoning_content": "hm"})
                    text = f"<think>Is it {{this}}?</think>{text}"
                if outer.mode == "fence":
                    text = f"Sure, here it is:\n```json\n{text}\n```\nAnything else?"
                pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
                for at, piece in enumerate(pieces):
                    if at == len(pieces) // 2:
                        if outer.mode == "drop":
                            return
                        if outer.mode == "error":
                            self._data({"error": {"message": "the worker died", "code": 500}})
                            return
                        if outer.mode == "stall":
                            outer.reached.set()
                            outer.release.wait(30)
                            return
                    self._delta({"content": piece})
                while outer.mode == "flood":
                    self._delta({"content": " and on and on" * 50})
                self._data({"choices": [{"delta": {}, "finish_reason": "stop"}]})
                if outer.usage:
                    self._data({"choices": [], "usage": {"prompt_tokens": outer.usage}})
                self._line("data: [DONE]")

            def _delta(self, delta: dict[str, str]) -> None:
                self._data({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})

            def _data(self, event: Any) -> None:
                self._line("data: " + json.dumps(event, ensure_ascii=False))

            def _line(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n\r\n".encode())
                self.wfile.flush()

            def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing on the screen."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """Who was asked may have gone."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def drafts(self) -> list[Asked]:
        """What was asked of the model."""
        return [asked for asked in self.asked if asked.method == "POST"]

    def __enter__(self) -> "ServerStandIn":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()
