"""A stand-in for the model hub on this machine, which can misbehave in every way a test asks for."""

import hashlib
import http.server
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

COMMIT = "c" * 40


@dataclass
class Fault:
    """How one answer goes wrong. The first that fits is used up; `times` below 0 means for ever.

    `status` answers with it; `drop` closes after so many bytes; `stall` holds the line after so many bytes until the
    test ends; `shift` moves a range's first byte; `ignore_range` answers 200 with all; `extra` sends more bytes than
    declared; `swap` replaces the content before answering; `headers` are added.
    """

    method: str = "GET"
    times: int = 1
    status: int = 0
    drop: int = -1
    stall: int = -1
    shift: int = 0
    ignore_range: bool = False
    extra: bytes = b""
    swap: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    range_only: bool = False
    body: bytes = b""


@dataclass
class Seen:
    method: str
    path: str
    headers: dict[str, str]


class StandIn:
    """A hub with one file, and `others` by the end of their path.

    `says_size`, `says_sha256` are what it declares; `token` is what it asks for."""

    def __init__(self, content: bytes, *, etag: str | None = None) -> None:
        self.content = content
        self.others: dict[str, bytes] = {}
        self.etag = etag
        self.says_size: int | None = None
        self.says_sha256: str | None = None
        self.linked = True
        self.cdn = False
        self.token: str | None = None
        self.faults: list[Fault] = []
        self.seen: list[Seen] = []
        self.on_bytes: Callable[[int], None] = lambda _: None
        self.release = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> "StandIn":
        self.thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def of(self, path: str) -> bytes:
        """The content at a path."""
        return next((data for end, data in self.others.items() if path.endswith(end)), self.content)

    def fault(self, method: str, ranged: bool) -> Fault:
        for fault in self.faults:
            if fault.method == method and fault.times and (ranged or not fault.range_only):
                fault.times -= 1
                return fault
        return Fault()

    def gets(self) -> list[Seen]:
        return [one for one in self.seen if one.method == "GET" and not one.path.startswith("/cdn-hop")]

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        hub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                pass

            def do_HEAD(self) -> None:
                self.answer("HEAD")

            def do_GET(self) -> None:
                self.answer("GET")

            def answer(self, method: str) -> None:
                hub.seen.append(Seen(method, self.path, {k.lower(): v for k, v in self.headers.items()}))
                fault = hub.fault(method, "Range" in self.headers)
                if fault.swap is not None:
                    hub.content = fault.swap
                if fault.status:
                    self.plain(fault.status, fault.headers, fault.body)
                elif (
                    hub.token
                    and "/cdn/" not in self.path
                    and self.headers.get("Authorization") != f"Bearer {hub.token}"
                ):
                    self.plain(401, {"X-Error-Code": "GatedRepo"})
                elif method == "HEAD":
                    self.declare()
                elif hub.cdn and "/cdn/" not in self.path:
                    # Another name for this machine, so that it counts as another host.
                    port = hub.server.server_address[1]
                    self.plain(302, {"Location": f"http://localhost:{port}/cdn/file"})
                else:
                    self.body(fault)

            def plain(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def declare(self) -> None:
                data = hub.of(self.path)
                size = hub.says_size if hub.says_size is not None else len(data)
                headers = {"X-Repo-Commit": COMMIT}
                if hub.linked:
                    headers["X-Linked-Size"] = str(size)
                    headers["X-Linked-Etag"] = f'"{hub.says_sha256 or hashlib.sha256(data).hexdigest()}"'
                    headers["Location"] = "/cdn/file"
                    self.plain(302, headers)
                    return
                self.send_response(200)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(size))
                self.end_headers()

            def body(self, fault: Fault) -> None:
                data = hub.of(self.path)
                etag = f'"{hub.etag or hashlib.sha256(data).hexdigest()[:16]}"'
                first, asked = 0, self.headers.get("Range")
                condition = self.headers.get("If-Range")
                partial = asked is not None and not fault.ignore_range and condition in (None, etag)
                if partial:
                    first = int(asked.removeprefix("bytes=").split("-")[0]) + fault.shift
                    if first >= len(data):
                        self.plain(416, {"Content-Range": f"bytes */{len(data)}"})
                        return
                rest = data[first:]
                self.send_response(206 if partial else 200)
                if partial:
                    self.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
                self.send_header("ETag", etag)
                for key, value in fault.headers.items():
                    self.send_header(key, value)
                if not fault.extra:
                    self.send_header("Content-Length", str(len(rest)))
                else:
                    self.send_header("Connection", "close")
                self.end_headers()
                self.stream(rest + fault.extra, fault)

            def stream(self, rest: bytes, fault: Fault) -> None:
                end = min((n for n in (fault.drop, fault.stall) if n >= 0), default=len(rest))
                try:
                    for at in range(0, end, 4096):
                        self.wfile.write(rest[at : min(at + 4096, end)])
                        hub.on_bytes(at)
                    self.wfile.flush()
                    if 0 <= fault.stall <= len(rest):
                        hub.release.wait(30)
                except OSError:
                    pass
                if end < len(rest) or fault.extra:
                    self.close_connection = True

        return Handler
