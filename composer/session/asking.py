"""What is asked of the helper processes and of the store: the work that must not hold up anybody."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from composer import work
from composer.drafts import Drafts
from composer.errors import ComposerError
from composer.evidence.model import Evidence
from composer.helper import Helper
from composer.paths import Paths
from composer.session.jobs import Job, Jobs

# How many evidences the session remembers the keys of: more than the helper keeps.
_REMEMBERED = 8


class Asking(Jobs):
    """Holds the helper processes, the store, and the keys under which the helper keeps what sources hold."""

    def __init__(self, paths: Paths, *, inline: bool) -> None:
        super().__init__(paths, inline=inline)
        self._keys: list[tuple[Evidence, str]] = []
        # A second process for what nobody waits for: other openings of a long talk take as long as several drafts.
        self._helper, self._aside = Helper(), Helper()
        self._store: Drafts | None = None

    def _in_helper(self, job: Job, function: Callable[..., Iterator[Any]], *arguments: Any) -> Iterator[Any]:
        if self._inline:
            return function(*arguments)
        helper = self._aside if function is work.openings else self._helper
        job.on_stop(partial(helper.stop, job.number))
        return helper.run(job.number, function, *arguments)

    def _with_kept(
        self, job: Job, function: Callable[..., Iterator[Any]], key: str, evidence: Evidence | None, *rest: Any
    ) -> Iterator[Any]:
        """Call `function` with a key first; with the evidence itself where the helper has lost it."""
        for attempt in (None, evidence):
            for item in self._in_helper(job, function, key, attempt, *rest):
                if item is None:
                    break
                yield item
            else:
                return

    def _remember(self, evidence: Evidence, key: str) -> None:
        with self._lock:
            self._keys = [(evidence, key), *self._keys][:_REMEMBERED]

    def _key(self, evidence: Evidence) -> str:
        """The key of this very evidence; a fresh one where it was not read in this session."""
        with self._lock:
            for known, key in self._keys:
                if known is evidence:
                    return key
        key = "|".join(work.identity(transcript) for transcript in evidence.sources)
        self._remember(evidence, key)
        return key

    def _drafts(self) -> Drafts:
        if self._store is None:
            self._store = Drafts(self.paths.drafts)
        return self._store

    def _in_store(self, question: Callable[[Drafts], Any]) -> Any:
        """Ask the store in its own thread. Never from that thread: it would wait for itself."""
        if self._inline:
            return question(self._drafts())
        return self._pools["store"].submit(lambda: question(self._drafts())).result()

    def _tags(self) -> tuple[str, ...]:
        """The person's own past tags, read in the store's thread. None where the drafts cannot be read."""
        try:
            tags: tuple[str, ...] = self._in_store(lambda store: store.hashtags())
            return tags
        except (ComposerError, RuntimeError):
            # Saving will say what is wrong; suggestions do without.
            return ()

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
