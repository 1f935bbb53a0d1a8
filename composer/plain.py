"""Frozen dataclasses to plain JSON values and back: for the store, never for untrusted input."""

import types
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> Any:
    """`value` as dicts, lists, strings, numbers, booleans and None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: encode(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return value


def decode(kind: type[T], data: Any) -> T:
    """The `kind` that `encode` made `data` of. Fields that `data` lacks take their default, fields it has and
    `kind` lacks are dropped: so old and new versions read each other. Raises ValueError where that cannot be."""
    try:
        return cast(T, _decode(kind, data))
    except (TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not type(None)]
        return None if data is None else _decode(options[0], data)
    if origin is tuple:
        items = get_args(kind)
        if len(items) == 2 and items[1] is Ellipsis:
            return tuple(_decode(items[0], item) for item in data)
        return tuple(_decode(item, part) for item, part in zip(items, data, strict=True))
    if origin is Literal:
        if data not in get_args(kind):
            raise ValueError(f"{data!r} is not one of {get_args(kind)}")
        return data
    if is_dataclass(kind):
        if not isinstance(data, dict):
            raise TypeError(f"{data!r} is no {cast(type, kind).__name__}")
        hints = _hints(cast(type, kind))
        known = {e.name: _decode(hints[e.name], data[e.name]) for e in fields(kind) if e.name in data}
        return cast(Any, kind)(**known)
    if kind is Path:
        return Path(data)
    if kind is float and isinstance(data, int):
        return float(data)
    if not isinstance(data, kind):
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return data
