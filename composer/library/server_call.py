"""One request to a server, in a thread of its own: what comes is put into a queue, and a stop never waits."""

import contextlib
import http.client
import queue
import socket
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from composer import __version__
from composer.library.servers import Server, place_of

MOST_BYTES = 8 * 2**20  # of one answer; a post has some thousand
_LONGEST_LINE = 2**20


@dataclass(frozen=True, slots=True)
class Head:
    """The first line and the headers that matter. `kind` is the media type, without parameters."""

    status: int
    kind: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why no more comes: `away`, `certificate`, `outside` (a near name that leads elsewhere), `cut`, `large`."""

    kind: str
    words: str = ""


class Call(threading.Thread):
    """Sends when started. `news` yields a `Head`, the lines of the body, and None at the end; or a `Trouble`.

    `timeout` are the seconds for the connection; `silence` those after which a line that nobody waits for any more is
    given up.
    """

    def __init__(
        self,
        server: Server,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *,
        timeout: float,
        silence: float,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        # A daemon: a name server that is silent must not keep the app from ending.
        super().__init__(name="server", daemon=True)
        self.news: queue.SimpleQueue[bytes | Head | Trouble | None] = queue.SimpleQueue()
        self._server, self._method, self._url, self._body = server, method, url, body
        self._headers = {**headers, "User-Agent": f"post-composer/{__version__}"}
        if body is not None:
            self._headers["Content-Type"] = "application/json"
        self._timeout, self._silence, self._proxies = timeout, silence, proxies
        self._connection: http.client.HTTPConnection | None = None
        self._ended = threading.Event()

    def stop(self) -> None:
        """End it, from any thread: nothing more is sent or read."""
        self._ended.set()
        self.news.put(Trouble("cut"))
        sock = self._connection.sock if self._connection is not None else None
        if sock is not None:
            with contextlib.suppress(OSError):  # it may be gone already
                sock.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        """The request, from beginning to end. Nothing raised escapes."""
        try:
            self.news.put(self._exchange())
        except ssl.SSLCertVerificationError:
            self.news.put(Trouble("certificate"))
        except TimeoutError:
            self.news.put(Trouble("cut" if self._sent else "away", "it does not answer"))
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.news.put(Trouble("cut" if self._sent else "away", _why(error)))
        finally:
            if self._connection is not None:
                self._connection.close()

    _sent = False

    def _exchange(self) -> Trouble | None:
        parts = urlsplit(self._url)
        target = parts.path or "/"
        connection, proxy = self._open(parts.scheme, parts.hostname or "", parts.port)
        self._connection = connection
        connection.connect()
        if self._ended.is_set():
            return None
        if outside := self._outside():
            return Trouble("outside", outside)
        if proxy and parts.scheme == "http":
            target = self._url
        connection.request(self._method, target, self._body, self._headers)
        self._sent = True
        if connection.sock is not None:
            connection.sock.settimeout(self._silence)
        reply = connection.getresponse()
        kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        self.news.put(Head(reply.status, kind, reply.headers.get("Location", "")))
        read = 0
        while not self._ended.is_set():
            line = reply.readline(_LONGEST_LINE)
            read += len(line)
            if read > MOST_BYTES:
                return Trouble("large")
            if not line:
                return None
            self.news.put(line)
        return None

    def _open(self, scheme: str, host: str, port: int | None) -> tuple[http.client.HTTPConnection, bool]:
        """A connection that is not made yet, and whether a proxy is in between. Near servers are never asked for
        through one."""
        proxy = self._proxy(scheme, host) if place_of(self._server.host) == "away" else ""
        if proxy:
            via = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
            made: Any = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
            connection = made(via.hostname or "", via.port or 8080, timeout=self._timeout)
            if scheme == "https":
                connection.set_tunnel(host, port or 443)
            return connection, True
        if scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self._timeout), False
        return http.client.HTTPConnection(host, port, timeout=self._timeout), False

    def _proxy(self, scheme: str, host: str) -> str:
        if self._proxies is not None:
            return self._proxies.get(scheme, "")
        return "" if urllib.request.proxy_bypass(host) else urllib.request.getproxies().get(scheme, "")

    def _outside(self) -> str:
        """The number a name near here leads to, where that is elsewhere; nothing has been sent yet."""
        near = place_of(self._server.host)
        if near == "away" or self._connection is None or self._connection.sock is None:
            return ""
        number = str(self._connection.sock.getpeername()[0])
        there = place_of(number)
        return number if there == "away" or (near == "machine" and there != "machine") else ""


def _why(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "this name is not known"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return "the line is no web server's"
