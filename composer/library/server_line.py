"""The line to a model server: which models it has, how much they read at once, and one streamed answer at a time.

The form is that of OpenAI's chat completions, as llama.cpp's server, Ollama, LM Studio and vLLM speak it. Each request
runs in a thread of its own, so that a person's stop never waits for a name server or a silent line.
"""

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from composer.library.server_call import MOST_BYTES, Call, Head, Trouble
from composer.library.servers import Server, place
from composer.library.trouble import LibraryError

# An answer that no one field is asked of: what a model thinks before it answers.
THINKING = 4096
_SHORT = 200  # characters of a server's own words that are shown


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for the connection, for the first word, between two words, for a short question.

    The first word comes when the prompt is read: 53,000 tokens at 90 a second take ten minutes.
    """

    connect: float = 10.0
    first: float = 600.0
    between: float = 120.0
    question: float = 20.0


@dataclass(frozen=True, slots=True)
class Model:
    """A model of a server; `context` in tokens, 0 where the server does not tell."""

    id: str
    context: int = 0


class ServerError(LibraryError):
    """What came of a request is no answer. `kind`: `away`, `key`, `model`, `form`, `cut`, `slow`, `long`, `own` or
    `stopped`."""

    def __init__(self, kind: str, what: str, *, safe: str = "Your text is safe.", do: str = "") -> None:
        super().__init__(what, safe=safe, do=do)
        self.kind = kind

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (self.kind, self.what, self.safe, self.do))


def _rebuilt(kind: str, what: str, safe: str, do: str) -> ServerError:
    return ServerError(kind, what, safe=safe, do=do)


class ServerLine:
    """Speaks with one server. `key` yields its key, if it has one; it is sent over https, or where the text stays
    near. `cancel` may be called from any thread, at any time; after it nothing is asked any more.
    """

    def __init__(
        self,
        server: Server,
        *,
        key: Callable[[], str | None] = lambda: None,
        patience: Patience | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        self.server = server
        self.read = 0  # tokens of the last prompt, as the server counted them; 0 where it does not
        self.cut = False  # whether the last answer ended at the limit
        self.thinks = False  # whether the model thinks before it answers
        self._key, self._patience, self._proxies = key, patience or Patience(), proxies
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._call: Call | None = None
        self._plain = 0  # how many of the extras this server has refused

    # -- what it has

    def models(self) -> tuple[Model, ...]:
        """The models of the server. Raises ServerError."""
        data = self._question("/models")
        rows = data.get("data") if isinstance(data, dict) else None
        if rows is None and isinstance(data, dict):
            rows = data.get("models")
        if not isinstance(rows, list):
            raise self._no_server()
        found = [_model(row) for row in rows if isinstance(row, dict)]
        return tuple(model for model in found if model.id)

    def look(self) -> Model:
        """The model to ask, with its context as far as it can be known. Raises ServerError where it is not there."""
        found, wanted = self.models(), self.server.model
        chosen = next((model for model in found if model.id == wanted), None)
        if chosen is None and wanted:
            # Ollama's names may leave out their tag.
            chosen = next((model for model in found if model.id == f"{wanted}:latest"), None)
        if chosen is None and not wanted:
            chosen = next((model for model in found if not _embeds(model.id)), None)
        if chosen is None:
            have = ", ".join(model.id for model in found[:8]) or "none"
            what = f"{self.server.at} has no model {wanted!r}." if wanted else f"{self.server.at} has no model to ask."
            raise ServerError("model", what, do=f"It has: {have}.")
        if self.server.context:
            return Model(chosen.id, self.server.context)
        return chosen if chosen.context else Model(chosen.id, self._context(chosen.id))

    def use(self, model: str) -> None:
        """Ask this model from now on."""
        self.server = replace(self.server, model=model)

    def _context(self, model: str) -> int:
        """What the server's own form tells of the context; 0 where nothing is told."""
        if place(self.server) == "away":
            return 0
        root = self.server.url.removesuffix("/v1")
        # llama.cpp's server: what one conversation may have.
        if context := _dig(self._aside(root + "/props"), "default_generation_settings", "n_ctx"):
            return context
        # LM Studio: what is loaded, else what could be.
        for row in _rows(self._aside(root + "/api/v0/models"), "data"):
            if row.get("id") == model:
                return _count(row.get("loaded_context_length")) or _count(row.get("max_context_length"))
        # Ollama: what is loaded. What it will load with is not told; it cuts a longer prompt without a word.
        running = self._aside(root + "/api/ps")
        for row in _rows(running, "models"):
            if model in (row.get("name"), row.get("model")):
                return _count(row.get("context_length"))
        return OLLAMA if isinstance(running, dict) and "models" in running else 0

    def _aside(self, url: str) -> Any:
        """A question that need not be answered."""
        try:
            return self._question(url, aside=True)
        except ServerError as error:
            if error.kind == "stopped":
                raise
            return None

    def _question(self, path: str, *, aside: bool = False) -> Any:
        url = path if aside else self.server.url + path
        call = self._begin("GET", url, None)
        try:
            head = self._head(call, self._patience.question)
            body = b"".join(self._lines(call, self._patience.question, self._patience.question))
        finally:
            self._end(call)
        if head.status != 200:
            raise self._refused(head, body)
        return self._json(body)

    # -- an answer

    def answer(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        most: int,
        seed: int = 0,
        temperature: float = 0.7,
    ) -> Iterator[str | tuple[int, int]]:
        """Ask, and yield the answer's text as it comes; before it (tokens read, tokens to read) where the server tells.

        `schema` is that of the JSON object wanted; a server that cannot hold a model to it is asked without. `most` is
        the most tokens. Raises ServerError. Closing the iterator ends the request.
        """
        extras = _extras(schema, most + (THINKING if self.thinks else 0), seed, temperature)
        while True:
            body = {"model": self.server.model, "messages": list(messages), "stream": True}
            for extra in reversed(extras[self._plain :]):
                body |= extra
            call = self._begin("POST", self.server.url + "/chat/completions", body)
            try:
                head = self._head(call, self._patience.first)
                if head.status == 200:
                    yield from self._stream(call, head)
                    return
                refusal = self._refused(head, b"".join(self._lines(call, 20.0, 20.0)))
            finally:
                self._end(call)
            if refusal.kind != "form" or self._plain >= len(extras):
                raise refusal
            # One thing less that not every server knows.
            self._plain += 1

    def _stream(self, call: Call, head: Head) -> Iterator[str | tuple[int, int]]:
        self.read, self.cut = 0, False
        lines = self._lines(call, self._patience.first, self._patience.between)
        if head.kind == "application/json":
            # It does not stream; all at once will do.
            yield from self._choices(self._json(b"".join(lines)), "message")
            return
        if head.kind not in ("text/event-stream", "text/plain", ""):
            raise self._no_server()
        ended = False
        for line in lines:
            if not line.startswith(b"data:"):
                if line.startswith(b"error:"):
                    raise self._own(line[6:])
                continue
            data = line[5:].strip()
            if data == b"[DONE]":
                return
            event = self._json(data)
            if isinstance(event, dict) and event.get("error"):
                raise self._own(json.dumps(event["error"]).encode())
            if done := _progress(event):
                yield done
            yield from self._choices(event, "delta")
            ended = ended or any(choice.get("finish_reason") for choice in _rows(event, "choices"))
        if not ended:
            raise self._lost()

    def _choices(self, event: Any, part: str) -> Iterator[str]:
        if not isinstance(event, dict):
            raise self._no_server()
        if part == "message" and not _rows(event, "choices"):
            raise self._no_server()
        self.read = _dig(event, "usage", "prompt_tokens") or self.read
        for choice in _rows(event, "choices")[:1]:
            said = choice.get(part)
            if isinstance(said, dict):
                if said.get("reasoning_content") or said.get("reasoning"):
                    self.thinks = True
                text = said.get("content")
                if isinstance(text, str) and text:
                    yield text
            self.cut = self.cut or choice.get("finish_reason") == "length"

    def cancel(self) -> None:
        """End what is asked, now, and ask nothing any more."""
        self._stopped.set()
        with self._lock:
            if self._call is not None:
                self._call.stop()

    # -- one request

    def _begin(self, method: str, url: str, body: Mapping[str, Any] | None) -> Call:
        headers = {"Accept": "application/json, text/event-stream", "Accept-Encoding": "identity"}
        if key := self._key():
            if self.server.open and place(self.server) == "away":
                raise ServerError(
                    "key", f"The key for {self.server.at} would be readable on the way.",
                    safe="Nothing was sent.", do="Use its https address.",
                )  # fmt: skip
            headers["Authorization"] = f"Bearer {key}"
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        call = Call(
            self.server, method, url, headers, content, timeout=self._patience.connect,
            silence=max(self._patience.first, self._patience.between) + 60, proxies=self._proxies,
        )  # fmt: skip
        with self._lock:
            if self._stopped.is_set():
                raise _stopped()
            self._call = call
        call.start()
        return call

    def _end(self, call: Call) -> None:
        call.stop()
        with self._lock:
            self._call = None

    def _next(self, call: Call, seconds: float) -> bytes | Head | None:
        try:
            item = call.news.get(timeout=seconds)
        except queue.Empty:
            raise ServerError(
                "slow", f"{self.server.at} has said nothing for {_span(seconds)}.",
                do="See whether it is busy, or draft with the built-in writer.",
            ) from None  # fmt: skip
        if self._stopped.is_set():
            raise _stopped()
        if isinstance(item, Trouble):
            raise self._trouble(item)
        return item

    def _head(self, call: Call, seconds: float) -> Head:
        # Connecting has its own limit, kept by the call.
        head = self._next(call, seconds + self._patience.connect)
        if not isinstance(head, Head):
            raise self._lost()
        return head

    def _lines(self, call: Call, first: float, between: float) -> Iterator[bytes]:
        seconds, began = first, time.monotonic()
        while True:
            item = self._next(call, max(0.1, seconds - (time.monotonic() - began)))
            if not isinstance(item, bytes):
                return
            if item.strip():
                # What keeps the line open, and only that, is no word.
                seconds = between if not item.startswith(b":") else seconds
                began = began if item.startswith(b":") else time.monotonic()
                yield item

    # -- what went wrong

    def _json(self, data: bytes) -> Any:
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise (self._lost() if data.lstrip()[:1] in (b"{", b"[") else self._no_server()) from None

    def _trouble(self, trouble: Trouble) -> ServerError:
        server = self.server
        if trouble.kind == "outside":
            return ServerError(
                "away", f"{server.host} leads out of your network, to {trouble.words}.",
                safe="Nothing was sent.", do="Name the server by its number.",
            )  # fmt: skip
        if trouble.kind == "certificate":
            return ServerError(
                "away", f"The certificate of {server.at} cannot be trusted.", safe="Nothing was sent.",
                do="Check the address and the clock of this machine.",
            )  # fmt: skip
        if trouble.kind == "large":
            return ServerError("form", f"{server.at} sent more than {MOST_BYTES // 2**20} MB without an end.")
        if trouble.kind == "away":
            start = "Start it" if place(server) == "machine" else "See whether it runs"
            return ServerError(
                "away", f"{server.at} cannot be reached ({trouble.words}).",
                do=f"{start}, or draft with the built-in writer.",
            )  # fmt: skip
        return self._lost()

    def _lost(self) -> ServerError:
        return ServerError(
            "cut", f"The connection to {self.server.at} was lost.", safe="What was written is kept.", do="Draft again."
        )

    def _no_server(self) -> ServerError:
        return ServerError(
            "form", f"{self.server.at} does not answer like a model server.",
            do="The address often ends in /v1; see what the server says when it starts.",
        )  # fmt: skip

    def _own(self, body: bytes) -> ServerError:
        """The server's own error."""
        words = _words(body)
        if _too_long(words):
            return self._long()
        return ServerError("own", f"{self.server.at} reports: {words or 'an error'}", do="Draft again.")

    def _long(self) -> ServerError:
        return ServerError(
            "long", f"The model at {self.server.at} reads less at once than this draft needs.",
            do="Give it a larger context there, or choose another model.",
        )  # fmt: skip

    def _refused(self, head: Head, body: bytes) -> ServerError:
        at, words, status = self.server.at, _words(body), head.status
        if 300 <= status < 400:
            return ServerError("away", f"{at} sends on to another address.", do=f"Name that one: {head.location[:200]}")
        if status in (401, 403):
            asks = "refuses the key" if self._key() else "asks for a key"
            return ServerError(
                "key", f"{at} {asks}.", do="Give its key on the Models page, or on the terminal with --key."
            )
        if status == 413 or _too_long(words):
            return self._long()
        if status == 404 and "model" in words.lower():
            return ServerError("model", f"{at} has no model {self.server.model!r}.", do="Choose another of its models.")
        if status in (404, 405):
            return self._no_server()
        if status == 429:
            return ServerError("slow", f"{at} asks to wait: too many requests.", do="Draft again in a while.")
        if status in (400, 422, 501) or (status == 500 and any(name in words for name in _NAMES)):
            # Some call a field they do not know a problem of their own.
            return ServerError("form", f"{at} refuses the request ({status}). {words}".strip())
        if status >= 500:
            # 503 is llama.cpp's while it loads.
            loading = status == 503 and "load" in words.lower()
            what = (
                f"{at} is still loading its model." if loading else f"{at} has a problem of its own ({status}). {words}"
            )
            return ServerError("own", what.strip(), do="Draft again in a while.")
        return ServerError("own", f"{at} refuses the request ({status}). {words}".strip())


# What `_extras` sends, as it may stand in a refusal.
_NAMES = ("response_format", "json_schema", "chat_template_kwargs", "return_progress", "stream_options", "max_tokens")
OLLAMA = 4096  # tokens; what Ollama loads with on machines with less than 24 GB of video memory


def _extras(schema: Mapping[str, Any], most: int, seed: int, temperature: float) -> list[dict[str, Any]]:
    """What makes answers better and not every server knows, the rarest first: each is left away with those before.
    What stands earlier goes before what stands later."""
    form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
    return [
        {"chat_template_kwargs": {"enable_thinking": False}, "return_progress": True},
        {"response_format": form},
        # The older way to say the same, which the Python server of llama.cpp knows.
        {"response_format": {"type": "json_object", "schema": schema}},
        {"stream_options": {"include_usage": True}, "seed": seed},
        {"max_tokens": most, "temperature": temperature},
    ]


def _model(row: Mapping[str, Any]) -> Model:
    name = row.get("id") or row.get("name")
    told = _count(row.get("max_model_len")) or _count(row.get("context_length")) or _count(row.get("context_window"))
    return Model(name if isinstance(name, str) else "", told)


def _embeds(name: str) -> bool:
    """Whether a model is by its name one that cannot write; servers do not tell."""
    return any(word in name.lower() for word in ("embed", "rerank", "whisper", "bge-"))


def _rows(data: Any, key: str) -> list[dict[str, Any]]:
    rows = data.get(key) if isinstance(data, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _dig(data: Any, *keys: str) -> int:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return _count(data)


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**8 else 0


def _progress(event: Any) -> tuple[int, int] | None:
    """llama.cpp's server tells how far it has read."""
    done, total = _dig(event, "prompt_progress", "processed"), _dig(event, "prompt_progress", "total")
    return (min(done, total), total) if total else None


def _words(body: bytes) -> str:
    """What a server says of an error, on one line."""
    text = body.decode("utf-8", "replace").strip()
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        data = "" if text.startswith("<") else text
    for _ in range(3):
        if isinstance(data, dict):
            data = data.get("error") or data.get("message") or data.get("detail") or ""
    line = " ".join(str(data).split()) if isinstance(data, str) else ""
    line = "".join(letter for letter in line if letter.isprintable())
    return f"{line[:_SHORT]}…" if len(line) > _SHORT else line


def _too_long(words: str) -> bool:
    low = words.lower()
    return "context" in low and any(word in low for word in ("exceed", "maximum", "length", "too long", "larger"))


def _stopped() -> ServerError:
    return ServerError("stopped", "Stopped.")


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


__all__ = ["Model", "Patience", "ServerError", "ServerLine"]
