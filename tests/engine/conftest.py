"""Engines for tests: the real worker on a small model, and the scripted one."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from composer.engine.client import EngineClient

WORKER = [sys.executable, "-m", "composer.engine.worker"]
FAKE = [sys.executable, "-m", "composer.engine.fake"]


@pytest.fixture
def real() -> Iterator[Callable[..., EngineClient]]:
    """Makes clients of the real worker, and closes them."""
    clients: list[EngineClient] = []

    def make(**options: Any) -> EngineClient:
        clients.append(EngineClient(WORKER, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Callable[..., EngineClient]]:
    """Makes clients of the scripted engine, and closes them. The model file they load is `tmp_path / "model.gguf"`."""
    (tmp_path / "model.gguf").write_bytes(b"GGUF")
    clients: list[EngineClient] = []

    def make(script: dict[str, Any] | None = None, **options: Any) -> EngineClient:
        clients.append(EngineClient([*FAKE, json.dumps(script or {})], **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()
