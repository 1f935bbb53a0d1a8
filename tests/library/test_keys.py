"""Where the hub's token goes, and where it does not."""

import sys

import pytest

from composer.library import keys
from composer.library.keys import Keys

TOKEN = "hf_" + "s3cret" * 5


class Ring:
    """A keyring that works, or fails in the way it is told to."""

    def __init__(self, *, fail: bool = False, forgetful: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.fail, self.forgetful = fail, forgetful

    def get_password(self, service: str, name: str) -> str | None:
        if self.fail:
            raise RuntimeError("locked")
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        if self.fail:
            raise RuntimeError("locked")
        if not self.forgetful:
            self.kept[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


def test_a_keyring_keeps_it_over_runs() -> None:
    ring = Ring()
    assert Keys(lambda: ring).put("hub.example", f" {TOKEN}\n").where == "keyring"
    later = Keys(lambda: ring)
    assert later.get("hub.example") == TOKEN
    assert later.get("other.example") is None
    assert later.forget("hub.example")
    assert not later.forget("hub.example")
    assert ring.kept == {}


@pytest.mark.parametrize("ring", [None, Ring(fail=True), Ring(forgetful=True)], ids=["none", "locked", "forgetful"])
def test_without_a_keyring_it_is_kept_for_this_run_and_says_so(ring: Ring | None) -> None:
    here = Keys(lambda: ring)
    kept = here.put("hub.example", TOKEN)
    assert kept.where == "run"
    assert "for this run only" in kept.sentence
    assert here.get("hub.example") == TOKEN
    assert Keys(lambda: ring).get("hub.example") is None
    assert TOKEN not in repr(here) + kept.sentence
    assert here.forget("hub.example")
    assert here.get("hub.example") is None


def test_only_keyrings_of_the_operating_systems_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    class Alt:
        priority = 99

    class Bad:
        @property
        def priority(self) -> float:
            raise RuntimeError("not here")

    modules = {name: type(sys)(name) for name, _ in keys.BACKENDS}
    for (name, attribute), kind in zip(keys.BACKENDS, [Bad, Bad, Bad, Bad, Bad], strict=True):
        setattr(modules[name], attribute, kind())
        monkeypatch.setitem(sys.modules, name, modules[name])
    alt = type(sys)("keyrings.alt.file")
    alt.PlaintextKeyring = Alt
    monkeypatch.setitem(sys.modules, "keyrings.alt.file", alt)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    assert keys.system_keyring() is None

    class Good:
        priority = 5

    modules["keyring.backends.SecretService"].Keyring = Good
    assert isinstance(keys.system_keyring(), Good)


def test_the_keyring_package_is_not_imported_with_the_room() -> None:
    import subprocess

    code = "import sys, composer.library.commands; print([m for m in sys.modules if m.split('.')[0] in " \
           "('keyring', 'numpy', 'llama_cpp', 'PySide6', 'sqlite3')])"  # fmt: skip
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
