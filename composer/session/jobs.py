"""How a use-case runs: a job in the background, its number at once, its events one after the other, one last event."""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from composer.errors import ComposerError, ConsentError
from composer.events import Event, Failed, Stopped
from composer.helper import HelperStopped
from composer.paths import Paths
from composer.post.model import Laid, Post

log = logging.getLogger(__name__)

# A growing post is shown at most this often, in seconds: the eye needs no more.
TENTH = 0.1


class Job:
    """A running job: its number, whether it was stopped, whether the person has just named the model's file, and the
    post as far as it got."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.agreed = False
        self.stopped = threading.Event()
        self.laid: Laid | None = None
        self.post: Post | None = None
        self._lock = threading.Lock()
        self._stoppers: list[Callable[[], None]] = []

    def on_stop(self, stopper: Callable[[], None]) -> None:
        """Call `stopper` when the job is stopped; at once where it was."""
        with self._lock:
            self._stoppers.append(stopper)
        if self.stopped.is_set():
            stopper()

    def stop(self) -> None:
        """Stop the job, from any thread."""
        self.stopped.set()
        with self._lock:
            stoppers = list(self._stoppers)
        for stopper in stoppers:
            stopper()


class Paced:
    """Lets something through at most every `gap` seconds."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._last = -gap

    def now(self) -> bool:
        """Whether it is time again."""
        moment = time.monotonic()
        if moment - self._last < self._gap:
            return False
        self._last = moment
        return True


class Jobs:
    """Runs jobs, and tells their events to every listener. `inline`: in the caller's thread, before a call returns."""

    def __init__(self, paths: Paths, *, inline: bool) -> None:
        self.paths = paths.ensure()
        self._inline = inline
        self._listeners: list[Callable[[Event], None]] = []
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        # One thread owns the store, as SQLite wants it. One starts the engine and lives as long as the session:
        # on Linux the engine dies with the thread that started it.
        self._pools = {
            "store": ThreadPoolExecutor(1, "store"),
            "engine": ThreadPoolExecutor(1, "engine"),
            "work": ThreadPoolExecutor(3, "work"),
        }

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Send every event to `listener` too. The returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def stop(self, job: int) -> None:
        """Stop a job, waiting or running. It ends with `Stopped`."""
        running = self._jobs.get(job)
        if running is None:
            return
        running.stop()

    def _start(self, pool: str, action: Callable[[Job], Event]) -> int:
        job = Job(next(self._numbers))
        self._jobs[job.number] = job
        if self._inline:
            self._do(job, action)
        else:
            self._pools[pool].submit(self._do, job, action)
        return job.number

    def _do(self, job: Job, action: Callable[[Job], Event]) -> None:
        """Run an action to its one last event. Nothing raised escapes as a traceback."""
        end: Event
        try:
            end = Stopped(job.number, None) if job.stopped.is_set() else action(job)
        except HelperStopped:
            end = Stopped(job.number, job.laid)
        except ComposerError as error:
            if job.stopped.is_set():
                end = Stopped(job.number, job.laid)
            else:
                kind = "consent" if isinstance(error, ConsentError) else ""
                end = Failed(job.number, error.what, error.safe, error.do, job.laid, kind)
        except Exception:
            log.exception("job %d failed", job.number)
            end = Failed(
                job.number,
                "Something went wrong inside the app.",
                "The transcript and the draft are safe.",
                f"The details are in {self.paths.logs / 'post-composer.log'}.",
                job.laid,
            )
        self._jobs.pop(job.number, None)
        self._emit(end)

    def _emit(self, event: Event) -> None:
        for listener in list(self._listeners):
            listener(event)
