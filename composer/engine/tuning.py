"""The settings that were measured for a machine and a model, kept in one small file."""

import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from composer.engine.messages import SLEEP, Load, Trial
from composer.paths import write_text


class Tuning:
    """A file of trials. A file that cannot be read is as good as none; one that cannot be written is not kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def known(self, ask: Load) -> bool:
        """Whether this model was measured on this machine."""
        return self._key(ask) in self._all()

    def measured(self, ask: Load) -> Trial | None:
        """What was measured for this model on this machine, or None."""
        kept = self._all().get(self._key(ask))
        try:
            return Trial(**kept) if isinstance(kept, dict) else None
        except TypeError:
            return None

    def apply(self, ask: Load) -> Load:
        """The request with the measured settings, where there are any and it names none itself."""
        trial = self.measured(ask)
        if ask.threads or trial is None:
            return ask
        try:
            threads, batch, step = int(trial.threads), int(trial.threads_batch), int(trial.step)
        except (TypeError, ValueError):
            return ask
        cores = os.cpu_count() or 1
        if not (0 < threads <= cores and 0 < batch <= cores and 32 <= step <= 512):
            return ask
        wait = SLEEP if trial.wait == SLEEP else ""
        return replace(ask, threads=threads, threads_batch=batch, step=step, flash=bool(trial.flash), wait=wait)

    def keep(self, ask: Load, best: Trial) -> None:
        """Remember what was measured."""
        every = self._all() | {self._key(ask): asdict(best)}
        with suppress(OSError):
            write_text(self._path, json.dumps(every, indent=1, sort_keys=True) + "\n")

    def _all(self) -> dict[str, object]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    @staticmethod
    def _key(ask: Load) -> str:
        """This machine, and the file by its name and size: a moved file is the same model."""
        size = 0
        with suppress(OSError):
            size = Path(ask.path).stat().st_size
        return f"{platform.machine()}/{_processor()}/{os.cpu_count()}/{Path(ask.path).name}/{size}"


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.system()
