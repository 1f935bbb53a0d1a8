"""What the person chose once and the window keeps: the writer, the colours, the name on the card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from composer.post.model import Length, Tone
    from composer.ui.models import Models
    from composer.ui.small_boxes import AuthorBox
    from composer.ui.window import Window


class Choices:
    """Between the menus, the Models page, the desk and the settings."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.author: AuthorBox | None = None

    def take(self) -> None:
        """Put on the desk what the settings hold."""
        from composer.post.model import Brief

        chosen, desk = self._window.settings, self._window.desk
        desk.brief = Brief(
            chosen.shape,
            cast("Tone", chosen.tone),
            cast("Length", chosen.length),
            chosen.audience or None,
            chosen.language,
            chosen.network,
        )
        model = Path(chosen.model) if chosen.model else None
        desk.model = (chosen.server or None) if chosen.writer == "server" else model
        desk.writer = chosen.writer if desk.model is not None else "builtin"

    # -- the writer

    @property
    def model(self) -> Path | str | None:
        """The model, or the server's address, in use."""
        desk = self._window.desk
        return desk.model if desk.writer != "builtin" else None

    def show_writer(self) -> None:
        """Show the writer, and grey what it does not honour."""
        window, desk, chosen = self._window, self._window.desk, self._window.settings
        models: list[Path | str] = [Path(chosen.model)] if chosen.model else []
        models += [chosen.server] if chosen.server else []
        window.top.show_writer(desk.writer, desk.model, models)
        if window.built and (info := desk.writer_info) is not None:
            window.bench.paper.bar.show_writer(info.honours, info.why)

    def choose_writer(self, choice: object) -> None:
        """Use the built-in writer, a model, or ask for a model file."""
        window = self._window
        if choice == "models":
            self.show_writer()
            window.pages.show_models()
            return
        if choice == "choose":
            kinds = window.tr("Models (*.gguf);;All files (*)")
            chosen = window.ask_files(window.tr("Choose a model file"), kinds)
            self.show_writer()
            if not chosen:
                return
            choice = Path(chosen[0])
            if window.make_library is not None:
                # It is looked at first; one that is on no list is asked about.
                window.pages.show_models()
                window.pages.models.use_file(choice)
                return
        self._take_writer(choice)

    def _take_writer(self, choice: object) -> None:
        window, desk = self._window, self._window.desk
        if isinstance(choice, Path):
            desk.writer, desk.model = "model", choice
            window.change_settings(writer="model", model=str(choice))
        elif isinstance(choice, str) and choice != "builtin":
            desk.writer, desk.model = "server", choice
            window.change_settings(writer="server", server=choice)
        else:
            desk.writer = "builtin"
            window.change_settings(writer="builtin")
        if window.built:
            window.drafting.leave_stopped()
        self.show_writer()

    def choose_network(self, network: str) -> None:
        """Where the post goes: what it counts, where it folds, which page opens with it."""
        window = self._window
        window.desk.post_at(network)
        window.change_settings(network=network)
        window.drafting.show_brief()
        window.drafting.show_measure()

    # -- what the Models page says

    def follow(self, models: Models) -> None:
        """Do as the Models page says."""
        self._models = models
        models.used.connect(self._use_model)
        models.served.connect(self._use_server)
        models.forgotten.connect(self._server_forgotten)
        models.limited.connect(lambda rate: self._window.change_settings(limit=rate))
        models.moved.connect(self._models_moved)
        models.removed.connect(self._models_removed)

    def decide_on_model(self) -> None:
        """The model, or the server, in use needs the person's word: the Models page asks for it."""
        pages, model = self._window.pages, self._window.desk.model
        pages.show_models()
        if isinstance(model, Path):
            pages.models.use_file(model)
        elif model is not None:
            pages.models.use_server(model)

    def _use_server(self, address: str) -> None:
        self._take_writer(address)
        self._models.show_current(self.model)

    def _server_forgotten(self, address: str) -> None:
        """The server in use may be gone."""
        window, desk = self._window, self._window.desk
        if window.settings.server == address:
            if desk.writer == "server":
                desk.writer, desk.model = "builtin", None
            writer = "builtin" if window.settings.writer == "server" else window.settings.writer
            window.change_settings(writer=writer, server="")
            self.show_writer()
            self._models.show_current(self.model)

    def _use_model(self, path: Path) -> None:
        self._take_writer(path)
        self._models.show_current(self.model)
        words = self._window.tr("The next draft is written with {name}.").format(name=path.stem)
        self._models.page.notice.say(words, icon="check")

    def _models_moved(self, old: Path, new: Path) -> None:
        """The model in use may lie elsewhere now."""
        window = self._window
        model = Path(window.settings.model) if window.settings.model else None
        if model is not None and model.is_relative_to(old):
            model = new / model.relative_to(old)
            window.desk.model = model
            window.change_settings(model=str(model))
            self.show_writer()
            self._models.show_current(self.model)

    def _models_removed(self, paths: tuple[Path, ...]) -> None:
        """The model in use may be gone."""
        window, desk = self._window, self._window.desk
        if window.settings.model and Path(window.settings.model) in paths:
            desk.writer, desk.model = "builtin", None
            window.change_settings(writer="builtin", model="")
            self.show_writer()
            self._models.show_current(None)

    # -- how it looks

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system."""
        window = self._window
        window.theme.choose(choice)
        window.change_settings(theme=choice)
        window.top.show_choices(choice, window.settings.reduce_motion)

    def choose_motion(self, reduce: bool) -> None:
        """Fade, or do not."""
        window = self._window
        window.change_settings(reduce_motion=reduce)
        if window.built:
            window.bench.source.list.reduce_motion = reduce

    def show_author(self) -> None:
        """Who stands on the preview card."""
        window = self._window
        if self.author is None:
            from composer.ui.small_boxes import AuthorBox

            self.author = AuthorBox(window)
            self.author.changed.connect(self._author_changed)
        edge = 0
        if window.on_bench:
            card = window.bench.preview
            edge = card.mapTo(window, card.rect().topLeft()).x() if card.isVisible() else 0
        chosen = window.settings
        self.author.open_under(window.top.settings, edge or window.width(), chosen.name, chosen.about)

    def _author_changed(self, name: str, about: str) -> None:
        self._window.change_settings(name=name, about=about)
        if self._window.built:
            self._window.bench.preview.card.show_author(name, about)
