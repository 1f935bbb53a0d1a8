"""The window: places the pages, and connects what was asked to who can answer. No rules of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from composer.ui.controls import FocusRing, IconButton
from composer.ui.empty_page import EmptyPage
from composer.ui.theme import Theme
from composer.ui.top_bar import TopBar

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent

    from composer.library.desk import LibraryDesk
    from composer.post.model import Length, Tone
    from composer.settings import Settings
    from composer.ui.commands import Palette
    from composer.ui.desk import Desk
    from composer.ui.drafting import Drafting
    from composer.ui.models import Models
    from composer.ui.notices import Notice, Toast
    from composer.ui.prompts_page import PromptsPage
    from composer.ui.small_boxes import AuthorBox
    from composer.ui.variants import Variants
    from composer.ui.workbench import Workbench

LEAST = (880, 560)
FIRST = (1280, 800)
BUILD_MS = 200


class Window(QWidget):
    """The one window. `keep` is called with new settings; it does not write on this thread.

    `pictured` tells, once, that there is a first picture: what that did not need is loaded then, and `settle` called.
    """

    pictured = Signal()

    desk: Desk

    def __init__(self, theme: Theme, settings: Settings, keep: Callable[[Settings], None]) -> None:
        super().__init__()
        self.theme, self.settings = theme, settings
        self._keep = keep
        self._bench: Workbench | None = None
        self._drafting: Drafting | None = None
        self._leaving = False
        self._palette: Palette | None = None
        self._author: AuthorBox | None = None
        self._told_of_clipboard = False
        self.make_library: Callable[[], LibraryDesk] | None = None
        self._models: Models | None = None
        self._before: QWidget | None = None
        self._variants: Variants | None = None
        self._prompts: PromptsPage | None = None
        self.setWindowTitle("Post Composer")
        self.setMinimumSize(*LEAST)
        self.resize(*FIRST)
        self.setAcceptDrops(True)
        self.top = TopBar(theme)
        self.empty = EmptyPage(theme)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.currentChanged.connect(lambda _: self._page_changed())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.pages, 1)
        self._ring: FocusRing | None = None
        self._toast: Toast | None = None
        self._settled = self._pictured = False
        self._waiting: list[Callable[[], object]] = []
        self.show_writer()
        self._connect()
        self.top.hide_copy()
        self.empty.offer_model(settings.offer_models)

    def _take_settings(self) -> None:
        from composer.post.model import Brief

        chosen, desk = self.settings, self.desk
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

    def change_settings(self, **values: object) -> None:
        """Remember a choice."""
        new = replace(self.settings, **values)  # type: ignore[arg-type]
        if new != self.settings:
            self.settings = new
            self._keep(new)

    def _connect(self) -> None:
        top, empty = self.top, self.empty
        top.drafts.connect(lambda wanted: self.when_settled(lambda: self.show_drafts(wanted)))
        top.new.connect(lambda: self.when_settled(self.new_draft))
        top.writer_chosen.connect(self.choose_writer)
        top.theme_chosen.connect(self.choose_theme)
        top.motion_chosen.connect(self.choose_motion)
        top.keys_wanted.connect(lambda: self.when_settled(self.show_commands))
        top.author_wanted.connect(self.show_author)
        top.models_wanted.connect(self.show_models)
        top.prompts_wanted.connect(self.show_prompts)
        top.back.connect(self.leave_page)
        empty.opened.connect(self.open_files)
        empty.sampled.connect(self.open_sample)
        empty.dropped.connect(self.read_files)
        empty.pasted.connect(lambda text: self.when_settled(lambda: self.desk.read_text(text)))
        empty.draft_picked.connect(lambda draft: self.desk.open_draft(draft))
        empty.all_drafts.connect(lambda: self.show_drafts(True))
        empty.model_wanted.connect(self._see_models)
        empty.model_later.connect(lambda: self.change_settings(offer_models=False))

    # -- what is built when it is first needed

    @property
    def bench(self) -> Workbench:
        """The three columns."""
        if self._bench is None:
            from composer.ui.drafts_panel import DraftsModel
            from composer.ui.workbench import Workbench

            self.drafts_model = DraftsModel(self)
            self._bench = Workbench(self.theme, self.drafts_model)
            self.pages.addWidget(self._bench)
            from composer.ui.notices import Toast

            self._toast = Toast(self.theme, self)
            from composer.ui.drafting import Drafting

            self._drafting = Drafting(self, self._bench)
            from composer.ui.keeping import Keeping

            self.keeping = Keeping(self, self._bench)
            self._bench.take_layout(self.settings.layout)
            self._bench.drafts.picked.connect(self.desk.open_draft)
            self._bench.drafts.searched.connect(self.desk.list_drafts)
            self._bench.drafts.closed.connect(lambda: self.show_drafts(False))
        return self._bench

    @property
    def drafting(self) -> Drafting:
        """What connects the columns with the desk."""
        assert self.bench is not None
        assert self._drafting is not None
        return self._drafting

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._ring is None:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            self._ring = FocusRing(self, self.theme)
            app.focusChanged.connect(self._ring.follow)
            self.empty.open_button.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._pictured:
            self._pictured = True
            QTimer.singleShot(0, self, self.pictured.emit)

    def when_settled(self, act: Callable[[], object]) -> None:
        """Do it now, or as soon as there is a session to ask."""
        if self._settled:
            act()
        else:
            self._waiting.append(act)

    def settle(self, desk: Desk) -> None:
        """What nobody waits for: after the first picture, when there is a session to ask."""
        self.desk, self._settled = desk, True
        self._take_settings()
        desk.reading.connect(lambda name: self.drafting.reading(name))
        desk.opened.connect(lambda event: self.drafting.opened(event))
        desk.failed.connect(self._failed_early)
        desk.listed.connect(self._listed)
        self.theme.settle()
        self.show_writer()
        if self._ring is not None:
            self._ring.let_clicks_through()
        from composer.ui import commands
        from composer.ui.command_table import table

        self.top.build_menus(self.settings.theme, self.settings.reduce_motion)
        self.commands = table(self)
        commands.install(self, self.commands)
        self.desk.list_drafts("")
        QTimer.singleShot(BUILD_MS, self, self._build)
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _build(self) -> None:
        """Build and style the columns while nobody waits for them."""
        for part in self.bench.findChildren(QWidget):
            part.ensurePolished()
            if isinstance(part, IconButton):
                part.picture()
        from PySide6.QtGui import QFontDatabase

        from composer.ui.fonts import lacking

        words = lacking(QFontDatabase.families())
        if words:
            self.notice.say(words)

    # -- pages

    def show_bench(self) -> None:
        """Show the three columns."""
        self.pages.setCurrentWidget(self.bench)

    def show_empty(self) -> None:
        """Show the first page."""
        self.pages.setCurrentWidget(self.empty)
        self.top.show_draft("")
        self.top.hide_copy()
        self.empty.open_button.setFocus()

    @property
    def on_bench(self) -> bool:
        """Whether the three columns are shown."""
        return self._bench is not None and self.pages.currentWidget() is self._bench

    @property
    def on_empty(self) -> bool:
        """Whether the first page is shown."""
        return self.pages.currentWidget() is self.empty

    @property
    def notice(self) -> Notice:
        """The notice in view."""
        if self.on_models:
            return self.models.page.notice
        if self.on_variants:
            return self.variants.page.notice
        if self.on_prompts:
            return self.prompts.notice
        return self.bench.paper.notice if self.on_bench else self.empty.notice

    @property
    def toast(self) -> Toast:
        """The toast."""
        assert self.bench is not None
        assert self._toast is not None
        return self._toast

    # -- pages over the columns

    @property
    def variants(self) -> Variants:
        """The page of variants and what it stands on."""
        if self._variants is None:
            from composer.ui.variants import Variants

            self._variants = Variants(self)
            self.pages.addWidget(self._variants.page)
        return self._variants

    @property
    def on_variants(self) -> bool:
        """Whether the variants are shown."""
        return self._variants is not None and self.pages.currentWidget() is self._variants.page

    @property
    def prompts(self) -> PromptsPage:
        """The page on which prompts are changed."""
        if self._prompts is None:
            from composer.ui.prompts_page import PromptsPage

            self._prompts = PromptsPage(self.theme)
            self._prompts.left.connect(self.leave_page)
            self.pages.addWidget(self._prompts)
        return self._prompts

    @property
    def on_prompts(self) -> bool:
        """Whether the prompts are shown."""
        return self._prompts is not None and self.pages.currentWidget() is self._prompts

    def show_prompts(self) -> None:
        """Open the page of prompts."""
        if not self.on_prompts and not self.on_models and not self.on_variants:
            self._before = self.pages.currentWidget()
            self.show_page(self.prompts, self.top.title.text() or self.tr("Back"))
            self.prompts.open()

    def show_page(self, page: QWidget, back: str) -> None:
        """Show a page of its own, with the way back in the top bar."""
        self.top.show_back(back)
        self.pages.setCurrentWidget(page)

    def leave_page(self) -> None:
        """Back from a page of its own."""
        if self.on_variants:
            self.variants.leave()
        else:
            self.leave_models()

    # -- models

    def take_library(self, make: Callable[[], LibraryDesk]) -> None:
        """From now on there is a Models page. `make` makes its desk when the page is first wanted."""
        self.make_library = make
        self.top.has_models = True
        self.show_writer()

    @property
    def models(self) -> Models:
        """The Models page and what it stands on."""
        if self._models is None:
            from composer.ui.models import Models

            assert self.make_library is not None
            self._models = Models(self.make_library(), self.theme, self)
            self.pages.addWidget(self._models.page)
            self._models.used.connect(self._use_model)
            self._models.served.connect(self._use_server)
            self._models.forgotten.connect(self._server_forgotten)
            self._models.limited.connect(lambda rate: self.change_settings(limit=rate))
            self._models.moved.connect(self._models_moved)
            self._models.removed.connect(self._models_removed)
        return self._models

    @property
    def on_models(self) -> bool:
        """Whether the Models page is shown."""
        return self._models is not None and self.pages.currentWidget() is self._models.page

    def show_models(self) -> None:
        """Open the Models page."""
        if self.make_library is None or self.on_models:
            return
        page = self.models.page
        self._before = self.pages.currentWidget()
        self.top.show_back(self.top.title.text() or self.tr("Back"))
        self.pages.setCurrentWidget(page)
        self.models.open(self._current_model)
        page.choose.setFocus()

    def _see_models(self) -> None:
        """The first page offered a model and is answered: it does not ask again."""
        if self.make_library is None:
            self.choose_writer("choose")
            return
        self.change_settings(offer_models=False)
        self.empty.offer_model(False)
        self.show_models()

    def leave_models(self) -> None:
        """Back to where the person came from."""
        if not self.on_models and not self.on_prompts:
            return
        if self._before is self._bench and self._bench is not None:
            self.show_bench()
            self.drafting.offer()
            self._bench.paper.editor.setFocus()
        else:
            self.show_empty()

    def _page_changed(self) -> None:
        """The Models page may also be left by what ends elsewhere: a draft that was opened, a file that was read."""
        if not self.on_models and not self.on_variants and not self.on_prompts:
            self.top.show_back("")

    @property
    def _current_model(self) -> Path | str | None:
        return self.desk.model if self.desk.writer != "builtin" else None

    def decide_on_model(self) -> None:
        """The model, or the server, in use needs the person's word: the Models page asks for it."""
        self.show_models()
        model = self.desk.model
        if isinstance(model, Path):
            self.models.use_file(model)
        elif model is not None:
            self.models.use_server(model)

    def _use_server(self, address: str) -> None:
        self._take_writer(address)
        self.models.show_current(self._current_model)

    def _server_forgotten(self, address: str) -> None:
        """The server in use may be gone."""
        if self.settings.server == address:
            if self.desk.writer == "server":
                self.desk.writer, self.desk.model = "builtin", None
            writer = "builtin" if self.settings.writer == "server" else self.settings.writer
            self.change_settings(writer=writer, server="")
            self.show_writer()
            self.models.show_current(self._current_model)

    def _use_model(self, path: Path) -> None:
        self._take_writer(path)
        self.models.show_current(self._current_model)
        words = self.tr("The next draft is written with {name}.").format(name=path.stem)
        self.models.page.notice.say(words, icon="check")

    def _models_moved(self, old: Path, new: Path) -> None:
        """The model in use may lie elsewhere now."""
        model = Path(self.settings.model) if self.settings.model else None
        if model is not None and model.is_relative_to(old):
            model = new / model.relative_to(old)
            self.desk.model = model
            self.change_settings(model=str(model))
            self.show_writer()
            self.models.show_current(self._current_model)

    def _models_removed(self, paths: tuple[Path, ...]) -> None:
        """The model in use may be gone."""
        if self.settings.model and Path(self.settings.model) in paths:
            self.desk.writer, self.desk.model = "builtin", None
            self.change_settings(writer="builtin", model="")
            self.show_writer()
            self.models.show_current(None)

    # -- sources

    def open_files(self, *, add: bool = False) -> None:
        """Ask for files and read them."""
        kinds = self.tr("Transcripts (*.vtt *.srt *.json *.md *.txt *.docx *.pdf *.html *.csv *.tsv);;All files (*)")
        names = self.ask_files(self.tr("Open a transcript"), kinds)
        self.read_files(names, add=add)

    def ask_files(self, title: str, kinds: str) -> list[str]:
        """The system's own dialog for files."""
        from PySide6.QtWidgets import QFileDialog

        return QFileDialog.getOpenFileNames(self, title, "", kinds)[0]

    def read_files(self, names: Sequence[str | Path], *, add: bool = False) -> None:
        """Read files."""
        if names:
            self.when_settled(lambda: self.desk.read([Path(name) for name in names], add=add))

    def add_copied(self) -> None:
        """Read the text on the clipboard, beside the sources there are."""
        words = QApplication.clipboard().text()
        if words.strip() and not self.desk.busy:
            self.desk.read_text(words, add=bool(self.desk.sources))
        elif not words.strip():
            self.notice.say(self.tr("The clipboard holds no text. Copy the transcript first."), icon="page")

    def open_sample(self) -> None:
        """Read the sample talk."""
        from composer.paths import sample

        self.read_files([sample()])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.read_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _failed_early(self, _kind: str, event: object) -> None:
        """A failure before the columns were ever needed. Later ones are `Drafting`'s."""
        if self._drafting is None:
            self.notice.say(event.sentence, tone="bad")  # type: ignore[attr-defined]

    # -- drafts

    def show_drafts(self, wanted: bool | None = None) -> None:
        """Open or close the list of drafts."""
        open_ = not self.bench.drafts_open if wanted is None else bool(wanted)
        if open_:
            self.show_bench()
            self.desk.list_drafts()
        self.bench.show_drafts(open_)
        self.top.drafts_button.setChecked(open_)
        if open_:
            self.bench.drafts.search.setFocus()
        elif self.on_bench and self.desk.evidence is None and not self.desk.text.strip() and not self.desk.busy:
            self.show_empty()
        elif self.on_bench:
            self.bench.paper.editor.setFocus()
        self.drafting.offer()

    def _listed(self, rows: object) -> None:
        if self.desk.lists_all:
            self.empty.show_recent(rows)  # type: ignore[arg-type]
        if self._bench is not None:
            self.drafts_model.show(rows)  # type: ignore[arg-type]
            self._bench.drafts.show_count(self.desk.total)
            self._bench.drafts.show_current(self.desk.draft_id)

    def new_draft(self) -> None:
        """Put this draft away, saved, and begin with an empty desk."""
        self.bench.paper.flush()
        self.keeping.close_revisions()
        self.desk.clear()
        self.drafting.clear()
        self.bench.show_drafts(False)
        self.top.drafts_button.setChecked(False)
        self.show_empty()
        self.bench.drafts.scopes.choose("all")
        self.desk.list_drafts("", "all")

    # -- writer and settings

    def show_writer(self) -> None:
        """Show the writer, and grey what it does not honour."""
        if not self._settled:
            # Before the first picture only the name: nobody can open the menu yet.
            chosen = self.settings
            of_model = chosen.writer == "model" and chosen.model
            self.top.writer.show_value(Path(chosen.model).stem if of_model else self.tr("Built-in writer"))
            return
        desk = self.desk
        models: list[Path | str] = [Path(self.settings.model)] if self.settings.model else []
        models += [self.settings.server] if self.settings.server else []
        self.top.show_writer(desk.writer, desk.model, models)
        if self._bench is not None:
            info = desk.writer_info
            self._bench.paper.bar.show_writer(info.honours, info.why)

    def choose_writer(self, choice: object) -> None:
        """Use the built-in writer, a model, or ask for a model file."""
        if choice == "models":
            self.show_writer()
            self.show_models()
            return
        if choice == "choose":
            chosen = self.ask_files(self.tr("Choose a model file"), self.tr("Models (*.gguf);;All files (*)"))
            self.show_writer()
            if not chosen:
                return
            choice = Path(chosen[0])
            if self.make_library is not None:
                # It is looked at first; one that is on no list is asked about.
                self.show_models()
                self.models.use_file(choice)
                return
        self._take_writer(choice)

    def _take_writer(self, choice: object) -> None:
        desk = self.desk
        if isinstance(choice, Path):
            desk.writer, desk.model = "model", choice
            self.change_settings(writer="model", model=str(choice))
        elif isinstance(choice, str) and choice != "builtin":
            desk.writer, desk.model = "server", choice
            self.change_settings(writer="server", server=choice)
        else:
            desk.writer = "builtin"
            self.change_settings(writer="builtin")
        self.drafting.leave_stopped()
        self.show_writer()

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system."""
        self.theme.choose(choice)
        self.change_settings(theme=choice)
        self.top.show_choices(choice, self.settings.reduce_motion)

    def choose_motion(self, reduce: bool) -> None:
        """Fade, or do not."""
        self.change_settings(reduce_motion=reduce)
        self.bench.source.list.reduce_motion = reduce

    def show_author(self) -> None:
        """Who stands on the preview card."""
        from composer.ui.small_boxes import AuthorBox

        if self._author is None:
            self._author = AuthorBox(self)
            self._author.changed.connect(self._author_changed)
        card = self.bench.preview
        edge = card.mapTo(self, card.rect().topLeft()).x() if card.isVisible() else 0
        self._author.open_under(self.top.settings, edge or self.width(), self.settings.name, self.settings.about)

    def _author_changed(self, name: str, about: str) -> None:
        self.change_settings(name=name, about=about)
        self.bench.preview.card.show_author(name, about)

    def show_commands(self) -> None:
        """Open the list of all commands."""
        from composer.ui.commands import Palette

        if self._palette is None:
            self._palette = Palette(self, self.commands)
        self._palette.open_at(self)

    # -- the end

    def close_library(self) -> None:
        """Stop what the Models page began."""
        if self._models is not None:
            self._models.close()
        if self._prompts is not None:
            self._prompts.close_files()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._settled:
            event.accept()
            return
        if self._bench is not None:
            self._bench.paper.flush()
            self.change_settings(layout=self._bench.layout_numbers())
        self.desk.flush()
        if self._clipboard_would_go():
            self._told_of_clipboard = True
            words = self.tr("This desktop keeps no clipboard. What was copied is gone after quitting: paste it first.")
            self.notice.say(words, [(self.tr("Quit"), self._quit)], tone="warn")
            event.ignore()
            return
        if self.desk.settled or self._leaving:
            event.accept()
            return
        # The last words are on their way to the disk: leave when they are there, stay where that fails.
        self._leaving = True
        self.desk.saved.connect(self._leave)
        self.desk.failed.connect(self._stay)
        event.ignore()

    def _quit(self) -> None:
        self.close()

    def _clipboard_would_go(self) -> bool:
        """Whether quitting would lose what was copied here; told once."""
        app = QApplication.instance()
        # A desktop that logs out is not held up.
        if self._told_of_clipboard or self._leaving or (isinstance(app, QApplication) and app.isSavingSession()):
            return False
        from composer.ui import keepers

        return keepers.would_lose(QApplication.clipboard())

    def _leave(self) -> None:
        if self._leaving and self.desk.settled:
            self.close()

    def _stay(self, kind: str, _event: object) -> None:
        if kind == "save" and self._leaving:
            self._leaving = False
            self.desk.saved.disconnect(self._leave)
            self.desk.failed.disconnect(self._stay)

    def quit_anyway(self) -> None:
        """Leave although the draft could not be saved."""
        self._leaving = True
        self.close()
