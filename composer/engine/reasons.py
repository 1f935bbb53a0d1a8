"""Why the engine ended or refused, in one sentence for a person."""

import errno
import signal
from pathlib import Path

from composer.engine.messages import Refused
from composer.engine.process import Death
from composer.errors import EngineError

SAFE = "Your text is safe."
_OTHER = "Choose another model, or draft with the built-in writer."
_AGAIN = "Draft again, or use the built-in writer."
_ROOM = "Free some space and draft again."
_SMALLER = "Choose a smaller model, or draft with the built-in writer."

# code of a refusal -> what happened, what to do next
SENTENCES: dict[str, tuple[str, str]] = {
    "not-loaded": (
        "The model file could not be loaded: it is damaged or of a kind this version does not know.",
        _OTHER,
    ),
    "not-text": ("This model cannot write text.", _OTHER),
    "no-context": ("There is not enough memory for this model.", _SMALLER),
    "memory": ("There is not enough memory for this model.", _SMALLER),
    "no-model": ("No model is loaded.", _OTHER),
    "context": ("The text is too long for this model.", "Choose a shorter length, or a model with a larger context."),
    "tokens": ("The model could not read the text.", _OTHER),
    "computation": ("The model could not finish its computation.", _AGAIN),
    "not-finite": ("The model computes no usable numbers: its file is damaged.", _OTHER),
    "unknown": ("The engine did not know what to do.", _AGAIN),
}
_NO_MEMORY = ("bad_alloc", "failed to allocate", "unable to allocate", "out of memory", "cannot allocate memory",
              "memoryerror", "failed to mmap", "failed to map")  # fmt: skip
# Windows' own numbers for the same ends
_WINDOWS = {0xC000001D: "SIGILL", 0xC0000005: "SIGSEGV", 0xC0000409: "SIGABRT", 0xC0000017: "SIGKILL"}


def of_refusal(event: Refused) -> EngineError:
    """The error for a request that was refused."""
    what, do = SENTENCES.get(event.code, SENTENCES["unknown"])
    return EngineError(what, safe=SAFE, do=do)


def of_death(death: Death, stage: str, starved: bool) -> EngineError:
    """The error for an engine that ended while it was `starting`, `loading`, `reading` or `writing`.

    `starved` says that the system ended processes for want of memory meanwhile.
    """
    name = _signal_name(death.code)
    if death.babbled:
        return EngineError("The engine answered with something that is not its language.", safe=SAFE, do=_AGAIN)
    if death.errno in (errno.ENOSPC, errno.EDQUOT):
        return EngineError("The disk is full, so the engine could not start.", safe=SAFE, do=_ROOM)
    if death.code is None:
        return EngineError("The engine could not be started.", safe=SAFE, do="Use the built-in writer.")
    if name == "SIGILL":
        return EngineError(
            "The engine was built for another processor than this one.",
            safe=SAFE,
            do="Install it again on this machine, or draft with the built-in writer.",
        )
    if (name == "SIGKILL" and starved) or lacks_memory(death.tail):
        return EngineError("The machine ran out of memory.", safe=SAFE, do=_SMALLER)
    if stage == "starting":
        return EngineError("The engine could not be started.", safe=SAFE, do="Use the built-in writer.")
    if stage == "loading" and name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE"):
        return EngineError("The model file made the engine fail: it is damaged or of a new kind.", safe=SAFE, do=_OTHER)
    doing = {"loading": "loading", "reading": "reading the source"}.get(stage, "writing")
    if name == "SIGKILL":
        return EngineError(f"The model was ended from outside while {doing}.", safe=SAFE, do=_AGAIN)
    return EngineError(f"The model failed while {doing}.", safe=SAFE, do=_AGAIN)


def lacks_memory(said: str) -> bool:
    """Whether last words or a log tell of memory that was not to be had."""
    low = said.lower()
    return any(words in low for words in _NO_MEMORY)


def _signal_name(code: int | None) -> str:
    if code is None:
        return ""
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return ""
    return _WINDOWS.get(code & 0xFFFFFFFF, "")


def oom_kills() -> int:
    """How many processes Linux has ended for want of memory; 0 where it does not tell."""
    total = 0
    for path, key in (("/proc/vmstat", "oom_kill"), ("/sys/fs/cgroup/memory.events", "oom_kill")):
        try:
            text = Path(path).read_text()
        except OSError:
            continue
        total += sum(int(value) for name, value in map(str.split, text.splitlines()) if name == key)
    return total
