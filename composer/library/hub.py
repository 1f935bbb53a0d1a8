"""Talk to the model hub or a mirror of it: what a file is, and its bytes from a place on.

The hub answers `/{repository}/resolve/{revision}/{file}` with a redirect that carries `X-Repo-Commit`,
`X-Linked-Size` and `X-Linked-Etag` (the sha256 of the file); a mirror is named by HF_ENDPOINT, as the hub's own tools
do, and proxies by the usual variables (`urllib.request.getproxies`). Nothing here decides what to do next.
"""

import email.utils
import http.client
import os
import re
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from composer import __version__
from composer.library.trouble import DownloadError, NeedsToken

DEFAULT_ENDPOINT = "https://huggingface.co"
REDIRECTS = 8
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Again(Exception):
    """The request may succeed later: `why` as a short sentence, `after` seconds if the server named a time."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.why, self.after = why, after


@dataclass(frozen=True, slots=True)
class Declared:
    """What the hub says a file is. Each is None where the hub does not say it."""

    commit: str | None
    size: int | None
    sha256: str | None


class Reply:
    """An answer with its body still to be read. `get` looks up a header, without regard to case."""

    def __init__(self, url: str, response: http.client.HTTPResponse) -> None:
        self.url, self.status, self._response = url, response.status, response

    def get(self, name: str) -> str:
        return self._response.headers.get(name, "").strip()

    def read(self, most: int) -> bytes:
        """What has arrived, at most `most` bytes; empty at the end. Raises Again where the line fails or is silent."""
        try:
            return self._response.read1(most)
        except TimeoutError as error:
            raise Again("nothing has arrived for a while") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Again("the connection was lost") from error

    def close(self) -> None:
        self._response.close()


class _AsIs(urllib.request.HTTPErrorProcessor):
    """Hand every answer over as it is: redirects and errors are read here, one by one."""

    def http_response(self, request: Any, response: Any) -> Any:  # noqa: ARG002
        return response

    def https_response(self, request: Any, response: Any) -> Any:  # noqa: ARG002
        return response


class Hub:
    """The hub at `endpoint` (default: HF_ENDPOINT, else the hub itself).

    `token` is asked for each request and sent only to the endpoint's own host, and only over https or to this machine.
    `timeout` is the seconds of silence after which the line counts as lost. `proxies` replaces the environment's.
    """

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        token: Callable[[], str | None] | None = None,
        timeout: float = 30.0,
        proxies: Mapping[str, str] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.endpoint = _endpoint(endpoint or os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT)
        self._token, self._timeout, self._now = token or (lambda: None), timeout, now
        proxy = urllib.request.ProxyHandler(dict(proxies) if proxies is not None else None)
        self._opener = urllib.request.build_opener(proxy, _AsIs)

    @property
    def host(self) -> str:
        """The endpoint's host, for messages and for keeping tokens apart."""
        return urlsplit(self.endpoint).hostname or self.endpoint

    def url(self, repository: str, file: str, revision: str) -> str:
        return f"{self.endpoint}/{quote(repository)}/resolve/{quote(revision, safe='')}/{quote(file)}"

    def declare(self, repository: str, file: str, revision: str = "main") -> Declared:
        """Ask what the file is. Raises Again, NeedsToken or DownloadError."""
        url = self.url(repository, file, revision)
        commit = size = sha256 = None
        for _ in range(REDIRECTS):
            reply = self._send("HEAD", url, {})
            reply.close()
            commit = commit or _match(_COMMIT, reply.get("X-Repo-Commit"))
            sha256 = sha256 or _match(_SHA256, _bare(reply.get("X-Linked-Etag")))
            size = size or _number(reply.get("X-Linked-Size"))
            if reply.status in (301, 302, 303, 307, 308):
                if sha256 and size:
                    break
                url = self._next(url, reply)
                continue
            self._refused(reply)
            size = size or _number(reply.get("Content-Length"))
            sha256 = sha256 or _match(_SHA256, _bare(reply.get("ETag")))
            break
        else:
            raise DownloadError(f"{self.host} sends from one address to the next without end.")
        return Declared(commit, size, sha256)

    def open(self, url: str, headers: Mapping[str, str]) -> Reply:
        """GET `url`, following redirects. The reply has status 200, 206 or 416. Raises as `declare` does."""
        for _ in range(REDIRECTS):
            reply = self._send("GET", url, headers)
            if reply.status in (301, 302, 303, 307, 308):
                reply.close()
                url = self._next(url, reply)
                continue
            if reply.status not in (200, 206, 416):
                reply.close()
                self._refused(reply)
            return reply
        raise DownloadError(f"{self.host} sends from one address to the next without end.")

    def _send(self, method: str, url: str, headers: Mapping[str, str]) -> Reply:
        request = urllib.request.Request(url, method=method, headers=dict(headers))
        request.add_header("User-Agent", f"post-composer/{__version__}")
        # A compressed body would have other lengths than the file.
        request.add_header("Accept-Encoding", "identity")
        token = self._token() if self._may_know(url) else None
        if token:
            request.add_unredirected_header("Authorization", f"Bearer {token}")
        try:
            return Reply(url, self._opener.open(request, timeout=self._timeout))
        except urllib.error.URLError as error:
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                raise DownloadError(
                    f"The certificate of {urlsplit(url).hostname} cannot be trusted.",
                    do="Check the clock and the proxy of this machine.",
                ) from error
            raise Again(f"{urlsplit(url).hostname} cannot be reached") from error
        except TimeoutError as error:
            raise Again(f"{urlsplit(url).hostname} does not answer") from error
        except (OSError, http.client.HTTPException) as error:
            raise Again("the connection was lost") from error

    def _may_know(self, url: str) -> bool:
        """Whether the token may be sent to `url`: the endpoint itself, over https or on this machine."""
        there, home = urlsplit(url), urlsplit(self.endpoint)
        same = (there.scheme, there.hostname, there.port) == (home.scheme, home.hostname, home.port)
        return same and (there.scheme == "https" or there.hostname in _LOOPBACK)

    def _next(self, url: str, reply: Reply) -> str:
        try:
            target = urljoin(url, reply.get("Location"))
            parts = urlsplit(target)
            usable = reply.get("Location") and parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise DownloadError(f"{self.host} sends to an address that cannot be used.")
        if urlsplit(url).scheme == "https" and parts.scheme != "https":
            raise DownloadError(f"{self.host} sends to an address without encryption.")
        return target

    def _refused(self, reply: Reply) -> None:
        """Raise what an answer other than 200, 206 or a redirect means; nothing for those."""
        status, host = reply.status, urlsplit(reply.url).hostname or self.host
        if 200 <= status < 300:
            return
        if status in (401, 403):
            if not self._may_know(reply.url):
                # A signed address that has run out: ask the hub for a new one.
                raise Again(f"{host} refuses an address that has run out")
            if self._token():
                raise NeedsToken(
                    f"{host} does not give this file to the owner of the token.",
                    do="Open the model's page in a browser, accept its terms, and try again.",
                )
            raise NeedsToken(
                f"{host} asks for an access token for this model.", do="Make one there, then give it here."
            )
        if status == 404:
            raise DownloadError(f"{host} has no such file.", do="The list may be out of date; update it.")
        if status == 429 or status >= 500:
            why = "asks to wait" if status == 429 else "has a problem of its own"
            raise Again(f"{host} {why}", _after(reply.get("Retry-After"), self._now()))
        raise DownloadError(f"{host} refuses the request (status {status}).")


def fetch(url: str, most: int = 1_000_000) -> bytes:
    """A small file from anywhere, without a token. Raises DownloadError."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise DownloadError("The address has no encryption.", safe="Nothing was fetched.", do="Use an https address.")
    hub = Hub(f"{parts.scheme}://{parts.netloc}")
    try:
        reply = hub.open(url, {})
        try:
            data = b""
            while chunk := reply.read(most + 1 - len(data)):
                data += chunk
        finally:
            reply.close()
    except (Again, NeedsToken) as error:
        why = error.why if isinstance(error, Again) else f"{hub.host} asks who you are"
        raise DownloadError(f"The file could not be fetched: {why}.", do="Try again later.") from error
    if reply.status != 200 or len(data) > most:
        raise DownloadError(f"{hub.host} sends no such file.")
    return data


def _endpoint(text: str) -> str:
    try:
        parts = urlsplit(text.strip())
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username or parts.query or parts.fragment:
        raise DownloadError("The address of the hub (HF_ENDPOINT) is not one of a web server.")
    return text.strip().rstrip("/")


def _match(pattern: re.Pattern[str], text: str) -> str | None:
    return text if pattern.fullmatch(text) else None


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").strip('"')


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 and int(text) > 0 else None


def _after(text: str, now: float) -> float | None:
    """Seconds to wait, from a Retry-After header: a number, or a date."""
    if text.isascii() and text.isdigit():
        return float(min(int(text), 86_400))
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None
