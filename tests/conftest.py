"""What holds for every test: no network, no writing outside temporary folders, no display needed."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.tiny_model"]

# No test fails because the machine was busy.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

_connect = socket.socket.connect


def _guarded(self: socket.socket, address: object) -> None:
    """Connect to this machine only."""
    local = self.family == getattr(socket, "AF_UNIX", None)
    if not local and isinstance(address, tuple) and str(address[0]) not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"a test tried to reach {address}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _guarded)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test, so that a forgotten --home writes nowhere real."""
    home = tmp_path_factory.mktemp("home")
    unix = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    for name in (*unix, "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("POST_COMPOSER_RESOURCES", raising=False)
    return home
