"""Models: the engine and the servers, and what has to be agreed to before either sees a word."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from composer.errors import ComposerError, WriterError
from composer.events import Progress
from composer.helper import HelperStopped
from composer.paths import Paths
from composer.session.asking import Asking
from composer.session.jobs import TENTH, Job, Paced
from composer.settings import Settings

if TYPE_CHECKING:
    from composer.engine.client import EngineClient
    from composer.library.commands import Library
    from composer.library.keys import Keys
    from composer.library.servers import Server
    from composer.writers.talk import Engine

Wish = TypeVar("Wish")


class Models(Asking):
    """Holds the engine. `settings` are read for its context; `keys` may be shared with the library, so that a key that
    is kept for this run is known to both."""

    def __init__(self, paths: Paths, settings: Settings, *, inline: bool, keys: "Keys | None") -> None:
        super().__init__(paths, inline=inline)
        self.settings = settings
        self._secrets = keys
        self._engine: EngineClient | None = None

    def use_key(self, server: "Server", key: str) -> None:
        """Use this key for a server until the session ends; it is written down nowhere."""
        if self._secrets is None:
            from composer.library.keys import Keys

            self._secrets = Keys()
        self._secrets.keep_for_run(server.secret, key)

    def _library(self) -> "Library":
        """The library's notes as they are now. Made anew each time: the window has one of its own."""
        from composer.library.commands import Library

        return Library(self.paths, keys=self._secrets)

    def _wished(
        self, job: Job, model: "Path | Server | str | None", wish: Callable[["Engine"], Wish]
    ) -> tuple[Wish, tuple[str, ...]]:
        """Grant a wish that writes at once and tells nothing on the way; what there is to tell comes with it."""

        def told(turn: "Engine") -> tuple[Wish, tuple[str, ...]]:
            self._emit(Progress(job.number, "writing", 0, 0, "steps"))
            granted = wish(turn)
            return granted, tuple(dict.fromkeys(turn.notices))

        return self._with_model(job, model, told)

    def _with_model(self, job: Job, model: "Path | Server | str | None", wish: Callable[["Engine"], Wish]) -> Wish:
        """Load the model, or find it on its server, and grant one wish. Raises `HelperStopped` where the person stopped
        it."""
        from composer.engine.client import Cancelled

        if model is None:
            raise WriterError(
                "No model is chosen.",
                safe="Your text is safe.",
                do="Choose a GGUF file, or use the built-in writer.",
            )
        if not isinstance(model, Path):
            return self._with_server(job, model, wish)
        self._may_load(job, model)
        turn = self._client().turn()
        job.on_stop(turn.cancel)
        try:
            turn.load(model, context=self.settings.context, progress=partial(self._loading, job))
            if not turn.tuned:
                self._emit(Progress(job.number, "measuring", 0, 0, "steps"))
                turn.calibrate()
            return wish(turn)
        except Cancelled:
            raise HelperStopped from None
        finally:
            turn.finish()

    def _may_load(self, job: Job, model: Path) -> None:
        """See that llama.cpp is never shown a file that is not what it says, nor one that nobody trusts."""
        from composer.library import gguf_header

        if job.agreed:
            gguf_header.check(model)
            return
        paced = Paced(TENTH)

        def tell(done: int, total: int) -> None:
            if job.stopped.is_set():
                raise HelperStopped
            if paced.now():
                self._emit(Progress(job.number, "checking", done, total, "bytes"))

        self._library().may_load(model, tell)

    def _with_server(self, job: Job, server: "Server | str", wish: Callable[["Engine"], Wish]) -> Wish:
        """Ask a server in the place of the engine. Nothing is sent where the person has not agreed to it."""
        from composer.writers.server import ServerEngine, smaller

        library = self._library()
        if isinstance(server, str):
            server = library.servers.get(server)
        library.servers.may_send(server)
        line = library.line(server)
        job.on_stop(line.cancel)
        self._emit(Progress(job.number, "asking", 0, 0, "steps"))
        found = line.look()
        line.use(found.id)
        # Which model it is decides where the text ends up.
        library.servers.may_send(line.server)
        context = found.context
        while True:
            try:
                return wish(ServerEngine(line, found.id, context))
            except ComposerError as error:
                # Not every server tells how much it reads at once, or tells the truth: then in smaller parts.
                context = smaller(context, error)
                if not context or job.stopped.is_set():
                    raise

    def _loading(self, job: Job, done: float) -> None:
        self._emit(Progress(job.number, "loading", round(done * 100), 100, "steps"))

    def _client(self) -> "EngineClient":
        from composer.engine.client import EngineClient

        with self._lock:
            if self._engine is None:
                self._engine = EngineClient(tuning=self.paths.tuning)
            return self._engine
