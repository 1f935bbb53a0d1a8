"""How far a download is, how fast, and how long to wait to keep under a limit."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is. `stage` is `asking`, `checking` (hashing what is here), `getting` or `waiting`; `done`
    and `total` in bytes, 0 for not known; `speed` in bytes per second; `left` in seconds, None where not known; `why`
    says what is waited for."""

    stage: str
    done: int = 0
    total: int = 0
    speed: float = 0.0
    left: float | None = None
    why: str = ""


class Meter:
    """Speed over the last seconds, when to tell it, and how long to wait to keep under a limit."""

    def __init__(self, clock: Callable[[], float], limit: Callable[[], int]) -> None:
        self.clock, self._limit, self.limit, self.speed = clock, limit, limit(), 0.0
        self.told_at, self.told_done = clock(), 0
        self.began_at, self.began_done = self.told_at, 0

    def start(self, done: int) -> None:
        self.told_at = self.began_at = self.clock()
        self.told_done = self.began_done = done

    def due(self, done: int) -> bool:
        """True about five times a second; then `speed` is fresh, smoothed over about two seconds."""
        now = self.clock()
        passed = now - self.told_at
        if passed < 0.2:
            return False
        fresh = (done - self.told_done) / passed
        weight = min(passed / 2.0, 1.0) if self.speed else 1.0
        self.speed += (fresh - self.speed) * weight
        self.told_at, self.told_done = now, done
        return True

    def pause(self, done: int) -> float:
        """Seconds to wait so that the limit of this moment holds; a new one counts from here."""
        if (limit := self._limit()) != self.limit:
            self.limit, self.began_at, self.began_done = limit, self.clock(), done
        if not self.limit:
            return 0.0
        return (done - self.began_done) / self.limit - (self.clock() - self.began_at)
