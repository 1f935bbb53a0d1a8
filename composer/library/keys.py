"""The access token for a hub: in the system's keyring and nowhere else; without one, for this run only.

Only the keyrings of the operating systems are accepted. `keyrings.alt` writes plain files and is not; neither is the
file in which the hub's own tools keep their token. The keyring may open a dialog: never call this from the window's
own thread.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SERVICE = "post-composer"

# Module and class of each backend of the `keyring` package that is the system's own.
BACKENDS = (
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.libsecret", "Keyring"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a token went: `keyring` or `run`; `sentence` says so to the person."""

    where: str
    sentence: str


def system_keyring() -> Any | None:
    """The best keyring that this system has, or None.

    The classes are asked one by one, so neither a configuration file nor a plug-in can put another in their place.
    """
    best: tuple[float, Any] | None = None
    for module, name in BACKENDS:
        try:
            kind = getattr(importlib.import_module(module), name)
            priority = float(kind.priority)
            if priority > 0 and (best is None or priority > best[0]):
                best = (priority, kind())
        except Exception:  # a backend that is not for this system fails in its own way
            continue
    return best[1] if best else None


class Keys:
    """Tokens by host. Keep one for the whole run: what has no keyring lives in it and ends with it."""

    def __init__(self, find: Callable[[], Any | None] = system_keyring) -> None:
        self._find = find
        self._run: dict[str, str] = {}

    def __repr__(self) -> str:
        # Never the tokens: this may end up in a log.
        return f"Keys({len(self._run)} for this run)"

    def get(self, host: str) -> str | None:
        """The token for `host`, or None. A keyring that is locked or broken counts as empty."""
        if host in self._run:
            return self._run[host]
        backend = self._find()
        if backend is None:
            return None
        try:
            token = backend.get_password(SERVICE, host)
        except Exception:  # every backend has errors of its own; the person is asked for the token again
            return None
        return token if isinstance(token, str) and token else None

    def put(self, host: str, token: str) -> Kept:
        """Keep the token for `host`: in the keyring if it takes it, else for this run. Says which."""
        token = token.strip()
        why = "This system has no keyring that can be used"
        backend = self._find()
        if backend is not None:
            try:
                backend.set_password(SERVICE, host, token)
                if backend.get_password(SERVICE, host) == token:
                    self._run.pop(host, None)
                    return Kept("keyring", "The token is kept in the system's keyring.")
                why = "The keyring did not keep the token"
            except Exception:  # as in `get`
                why = "The keyring is locked or refused"
        self._run[host] = token
        return Kept("run", f"{why}, so the token is kept for this run only.")

    def keep_for_run(self, host: str, token: str) -> None:
        """Keep the token for `host` for this run, whatever keyring there is."""
        self._run[host] = token.strip()

    def for_run(self, host: str) -> bool:
        """Whether a token for `host` is kept for this run."""
        return host in self._run

    def forget(self, host: str) -> bool:
        """Remove the token for `host`. Returns whether there was one."""
        had = self._run.pop(host, None) is not None
        backend = self._find()
        if backend is not None:
            try:
                if backend.get_password(SERVICE, host) is not None:
                    backend.delete_password(SERVICE, host)
                    had = True
            except Exception:  # as in `get`
                return had
        return had
