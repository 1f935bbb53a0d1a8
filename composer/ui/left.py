"""How long it will still take, once that is steady."""

STEADY_AFTER, TRUST = 3.0, 0.25


class Left:
    """Fed with progress; says whole seconds, or None while it cannot know."""

    def __init__(self) -> None:
        self._stage = ""
        self._began = 0.0
        self._first = 0.0
        self._before: float | None = None

    def feed(self, stage: str, done: float, total: float, now: float) -> int | None:
        """`now` in seconds since the start. None for a stage without a known end, or while guesses still jump."""
        if stage != self._stage:
            self._stage, self._began, self._first, self._before = stage, now, done, None
        spent, gained = now - self._began, done - self._first
        if total <= 0 or gained <= 0 or spent < STEADY_AFTER:
            return None
        guess = (total - done) * spent / gained
        before, self._before = self._before, guess
        if before is None or abs(before - guess) > TRUST * max(before, guess):
            return None
        return max(1, round(guess / 5) * 5) if guess > 10 else max(1, round(guess))
