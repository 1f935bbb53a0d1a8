"""The use-cases: read, draft, stop, check, suggest, save, list, open. The window and the command line both call these.

Every method returns at once with the number of its job; what comes of it arrives as events (`composer.events`) at
every listener, on the session's own threads. With `inline=True` (the command line) the work is done before the
method returns, in the caller's thread. Only the session holds run state.

One class, in layers: `jobs` runs, `asking` speaks to the helper and the store, `models` to the engine and the servers,
`drafting` and `keeping` hold the use-cases, and the whole of it is here.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from composer import work
from composer.events import Event, Progress, Source, SourcesRead
from composer.evidence.model import Evidence
from composer.paths import Paths, use_own_resources
from composer.session.drafting import WriterInfo
from composer.session.jobs import Job
from composer.session.keeping import Keeping, redraft_reason, title_of
from composer.settings import Settings

if TYPE_CHECKING:
    from composer.library.keys import Keys

__all__ = ["Session", "WriterInfo", "redraft_reason", "title_of"]


class Session(Keeping):
    """One per window or command. `paths` say where things lie; `settings` are read for the engine's context; `keys`
    may be shared with the library, so that a key that is kept for this run is known to both."""

    def __init__(self, paths: Paths, settings: Settings, *, inline: bool = False, keys: "Keys | None" = None) -> None:
        super().__init__(paths, settings, inline=inline, keys=keys)
        use_own_resources(self.paths)
        self._closed = False

    def warm(self) -> None:
        """Start the helper process, so that the first job does not wait for it. Returns at once."""
        self._pools["work"].submit(self._helper.warm)

    def read(self, paths: Sequence[Path], beside: Sequence[Source] = ()) -> int:
        """Read files, to stand beside sources that were read. Ends with `SourcesRead` or `Failed`."""
        return self._start("work", partial(self._read, tuple(paths), tuple(beside)))

    def read_text(self, text: str, name: str = "Pasted text", beside: Sequence[Source] = ()) -> int:
        """Read a pasted text, to stand beside sources that were read. Ends with `SourcesRead` or `Failed`."""
        return self._start("work", partial(self._read, (work.Pasted(text, name),), tuple(beside)))

    def _read(self, inputs: tuple[Path | work.Pasted, ...], beside: tuple[Source, ...], job: Job) -> Event:
        result: tuple[tuple[Source, ...], Evidence] | None = None
        own = self._tags()
        for item in self._in_helper(job, work.read, inputs, own, beside):
            if isinstance(item, work.Step):
                self._emit(Progress(job.number, item.stage, item.done, item.total, item.unit))
            else:
                result = item
        assert result is not None, "the reading ended without a result"
        sources, evidence = result
        self._remember(evidence, work.key_of(sources, own))
        return SourcesRead(job.number, sources, evidence, own)

    def close(self) -> None:
        """Wait for what is being saved, stop everything else, end the processes. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        for job in list(self._jobs.values()):
            job.stop()
        if self._inline:
            self._close_store()
        else:
            # After the last save, and in the thread that opened it.
            self._pools["store"].submit(self._close_store)
        for name in ("store", "work", "engine"):
            self._pools[name].shutdown(wait=name == "store", cancel_futures=name != "store")
        self._helper.close()
        self._aside.close()
        if self._engine is not None:
            self._engine.close()
        for pool in self._pools.values():
            pool.shutdown(wait=True)
