"""What the app and the engine's process say to each other: one frozen dataclass, one JSON line.

A line is `{"v": 1, "n": 7, "type": "write", ...fields}`. `v` is the protocol's version; `n` counts the lines of one
side from 1, so that a lost or foreign line is noticed. Events carry `request`, the `n` of the line they answer.
The whole table stands in docs/protocol.md; the tests hold the two together.
"""

import json
import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

VERSION = 1
SLEEP = "sleep"  # how threads wait: asleep at once; "" is the library's own way, awake for a while


class ProtocolError(Exception):
    """A line that is not ours: no JSON, an unknown type, a wrong field, a wrong number. Never shown to a person."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Fixed text. `special` lets it hold a template's control tokens; the words of a person never may.

    `tokens` are given for text the model itself wrote before, so that it is not cut anew. `mark` says that the
    prompt up to here will be asked for again: prompt steps end here, and the memory is rolled back to here.
    """

    text: str
    special: bool = False
    tokens: tuple[int, ...] = ()
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A string the model fills, on one line.

    Limits in characters and tokens; shorter than `min_chars` it may not end. After `soft` characters it ends with the
    first sentence, after `sentences` sentences at once (0: neither). `forbid` are characters it may not hold.
    `choices`, where given, are all it may be. It ends before any of `stop`, which is never part of it. `begun` is a
    beginning that was written before: the model goes on after it, and all of it is the slot's text.
    """

    name: str
    max_chars: int = 200
    min_chars: int = 1
    max_tokens: int = 160
    soft: int = 0
    sentences: int = 0
    forbid: str = ""
    choices: tuple[str, ...] = ()
    stop: tuple[str, ...] = ("\n",)
    begun: str = ""


# ---------------------------------------------------------------------------------------------- the app asks


@dataclass(frozen=True, slots=True)
class Load:
    """Load a model file. `context` 0 lets the engine choose; `threads` 0 means the physical cores less one.

    `wait` is how threads wait for each other: "" the library's own way, `sleep` asleep. An engine whose `Ready` says
    that this is settled at its start takes no notice of it here.
    """

    path: str
    context: int = 0
    threads: int = 0
    threads_batch: int = 0
    step: int = 128
    flash: bool = True
    wait: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many tokens each text is."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Read the pieces before the first slot, then fill the slots in order, feeding the pieces between them."""

    steps: tuple[Piece | Slot, ...]
    seed: int = 0
    temperature: float = 0.7
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05


@dataclass(frozen=True, slots=True)
class Calibrate:
    """Try settings on the loaded model for at most `seconds`. With `tokens`, read so many with the settings in use,
    and try no other."""

    seconds: float = 10.0
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """Measure the loop beside the library's plain one, in turn, for about `seconds`."""

    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop what request `request` is doing; it still ends with its own last event."""

    request: int


# ------------------------------------------------------------------------------------------ the engine answers


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics processor; its memory in bytes, 0 where it is not told."""

    name: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The first line of an engine. `library` names the library it runs; `system` its instruction sets; `waits` when
    it is settled how threads wait: at the `start` of the process, at each `load`, or "" for never. `offload`: this
    build can use graphics processors; `gpus` are those it sees."""

    pid: int
    library: str
    system: str = ""
    waits: str = ""
    offload: bool = False
    gpus: tuple["Gpu", ...] = ()


@dataclass(frozen=True, slots=True)
class Alive:
    """Work goes on. Sent once a second while the engine computes, so a silent engine hangs."""

    request: int


@dataclass(frozen=True, slots=True)
class Loading:
    """How much of the file is loaded, 0 to 1."""

    request: int
    done: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is ready. `context` is what was made, `trained` what it was trained for, both in tokens; `size` is
    bytes. `family` is a key of `composer.engine.templates.FAMILIES`. `rewinds` says that a prefix can be kept."""

    request: int
    name: str
    architecture: str
    family: str
    context: int
    trained: int
    size: int
    parameters: int
    threads: int
    rewinds: bool
    step: int = 128


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer to `Count`, in order."""

    request: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Prompt tokens in memory, and to be; `reused` of them were there before."""

    request: int
    done: int
    total: int
    reused: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """More text of a slot; a line of it at most every 40 ms."""

    request: int
    slot: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot is closed. `text` is the whole of it. `why` is `stop`, `end`, `sentence`, `length`, `choice`,
    `repetition` or `forced` (no legal token was found)."""

    request: int
    slot: str
    text: str
    tokens: tuple[int, ...]
    why: str
    rejects: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """The last event of a `Write` that was not refused. `why` is `done` or `cancelled`. Seconds and tokens."""

    request: int
    why: str
    read: int = 0
    reused: int = 0
    written: int = 0
    read_seconds: float = 0.0
    write_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One measured setting, in tokens a second."""

    threads: int
    threads_batch: int
    step: int
    flash: bool
    read: float
    write: float
    wait: str = ""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The last event of `Calibrate`: all that was tried; `best` is the one now in use."""

    request: int
    best: Trial
    trials: tuple[Trial, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """One comparison, medians of `pairs` taken in turn. `what` is `read` or `write`; `settings` says whose the plain
    loop had: `same`, or its `own`. `ours` and `plain` are tokens a second; `ratio` is that of the pairs, above 1 where
    ours is faster."""

    what: str
    settings: str
    ours: float
    plain: float
    ratio: float
    pairs: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The last event of `Compare`."""

    request: int
    rows: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The last event of a request that failed while the engine lives on. `code` is a word of `client.SENTENCES`;
    `detail` is for the log, never for a person."""

    request: int
    code: str
    detail: str = ""


Request = Load | Count | Write | Calibrate | Compare | Cancel
Event = Ready | Alive | Loading | Loaded | Counted | Reading | Text | Filled | Written | Calibrated | Compared | Refused
REQUESTS: tuple[type[Any], ...] = typing.get_args(Request)
EVENTS: tuple[type[Any], ...] = typing.get_args(Event)
PARTS: tuple[type[Any], ...] = (Piece, Slot, Trial, Beside, Gpu)
FINAL = (Loaded, Counted, Written, Calibrated, Compared, Refused)

_BY_NAME: dict[str, type[Any]] = {kind.__name__.lower(): kind for kind in (*REQUESTS, *EVENTS)}
_HINTS = {kind: typing.get_type_hints(kind) for kind in (*_BY_NAME.values(), *PARTS)}
_DEFAULTS = {kind: {f.name: f.default for f in fields(kind)} for kind in _HINTS}


def encode(message: Request | Event, number: int) -> bytes:
    """One line, newline included. Fields that have their default value are left out."""
    body = {"v": VERSION, "n": number, "type": type(message).__name__.lower()} | _plain(message)
    return json.dumps(body, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def decode(line: bytes) -> tuple[int, Request | Event]:
    """The number and the message of a line. Raises `ProtocolError` for anything that is not exactly ours."""
    try:
        body = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"not JSON: {line[:80]!r}") from error
    if not isinstance(body, dict) or body.pop("v", None) != VERSION:
        raise ProtocolError(f"not a message of version {VERSION}: {line[:80]!r}")
    number, name = body.pop("n", None), body.pop("type", None)
    kind = _BY_NAME.get(name) if isinstance(name, str) else None
    if kind is None or type(number) is not int:
        raise ProtocolError(f"unknown message: {line[:80]!r}")
    return number, _build(kind, body)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        defaults = _DEFAULTS[type(value)]
        every = {name: getattr(value, name) for name in defaults}
        return {name: _plain(held) for name, held in every.items() if held != defaults[name]} | (
            {"slot": True} if isinstance(value, Slot) else {}
        )
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _build(kind: type[Any], body: dict[str, Any]) -> Any:
    hints = _HINTS[kind]
    if unknown := set(body) - set(hints):
        raise ProtocolError(f"{kind.__name__} has no {sorted(unknown)}")
    try:
        return kind(**{name: _typed(hints[name], value, name) for name, value in body.items()})
    except TypeError as error:
        raise ProtocolError(f"{kind.__name__} lacks a field") from error


def _typed(hint: Any, value: Any, name: str) -> Any:
    """`value` as `hint` wants it: tuples from lists, dataclasses from objects, floats from whole numbers."""
    origin = typing.get_origin(hint)
    if origin is tuple and isinstance(value, list):
        inner = typing.get_args(hint)[0]
        return tuple(_typed(inner, item, name) for item in value)
    if origin is types.UnionType and isinstance(value, dict):  # Piece | Slot is the only one
        return _build(Slot if value.pop("slot", False) is True else Piece, value)
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return _build(hint, value)
    if hint is float and type(value) in (int, float):
        return float(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise ProtocolError(f"{name} is not {hint}")
