"""The window: places the pages, and connects what was asked to who can answer. No rules of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from composer.ui.controls import FocusRing
from composer.ui.empty_page import EmptyPage
from composer.ui.theme import Theme
from composer.ui.top_bar import TopBar

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent

    from composer.library.desk import LibraryDesk
    from composer.settings import Settings
    from composer.ui.choices import Choices
    from composer.ui.columns import Columns
    from composer.ui.commands import Command
    from composer.ui.desk import Desk
    from composer.ui.drafting import Drafting
    from composer.ui.drafts_list import DraftsModel
    from composer.ui.keeping import Keeping
    from composer.ui.keys import Keys
    from composer.ui.leaving import Leaving
    from composer.ui.notices import Notice, Toast
    from composer.ui.pages import Pages
    from composer.ui.palette import Palette
    from composer.ui.workbench import Workbench

LEAST = (880, 560)
FIRST = (1280, 800)


class Window(QWidget):
    """The one window. `keep` is called with new settings; it does not write on this thread.

    With the first picture every key works: what it needs is loaded when it is pressed. `pictured` tells, once, that
    the picture is there: what nobody has asked for is made then (`settling`, `preparing`), a piece at a time.
    """

    pictured = Signal()

    def __init__(self, theme: Theme, settings: Settings, keep: Callable[[Settings], None]) -> None:
        super().__init__()
        self.theme, self.settings = theme, settings
        self._keep = keep
        self._desk: Desk | None = None
        self._columns: Columns | None = None
        self._choices: Choices | None = None
        self._pages: Pages | None = None
        self._leaving: Leaving | None = None
        self._keys: Keys | None = None
        self._commands: Sequence[Command] = ()
        self._palette: Palette | None = None
        self._ring: FocusRing | None = None
        self._pictured = False
        self.make_library: Callable[[], LibraryDesk] | None = None
        self.setWindowTitle("Post Composer")
        self.setMinimumSize(*LEAST)
        self.resize(*FIRST)
        self.setAcceptDrops(True)
        # With their parents from the start: Qt goes through all that is within what gets another one.
        self.top = TopBar(theme, self)
        self.stack = QStackedWidget(self)
        self.empty = EmptyPage(theme, self.stack)
        self.stack.addWidget(self.empty)
        self.stack.currentChanged.connect(lambda _: self._page_changed())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.stack, 1)
        # Only the name: the menu is filled when there is one to open.
        of_model = settings.writer == "model" and settings.model
        self.top.writer.show_value(Path(settings.model).stem if of_model else self.tr("Built-in writer"))
        self._connect()
        self.empty.offer_model(settings.offer_models)

    def _connect(self) -> None:
        top, empty = self.top, self.empty
        top.drafts.connect(self.show_drafts)
        top.new.connect(self.new_draft)
        top.writer_chosen.connect(lambda choice: self.choices.choose_writer(choice))
        top.theme_chosen.connect(lambda choice: self.choices.choose_theme(choice))
        top.motion_chosen.connect(lambda reduce: self.choices.choose_motion(reduce))
        top.keys_wanted.connect(self.show_commands)
        top.author_wanted.connect(lambda: self.choices.show_author())
        top.models_wanted.connect(lambda: self.pages.show_models())
        top.prompts_wanted.connect(lambda: self.pages.show_prompts())
        top.back.connect(lambda: self.pages.leave())
        empty.opened.connect(self.open_files)
        empty.sampled.connect(self.open_sample)
        empty.dropped.connect(self.read_files)
        empty.pasted.connect(lambda text: self.desk.read_text(text))
        empty.draft_picked.connect(lambda draft: self.desk.open_draft(draft))
        empty.all_drafts.connect(lambda: self.show_drafts(True))
        empty.model_wanted.connect(lambda: self.pages.see_models())
        empty.model_later.connect(lambda: self.change_settings(offer_models=False))

    def change_settings(self, **values: object) -> None:
        """Remember a choice."""
        new = replace(self.settings, **values)  # type: ignore[arg-type]
        if new != self.settings:
            self.settings = new
            self._keep(new)

    # -- what is built when it is first needed

    @property
    def desk(self) -> Desk:
        """What lies on the desk. It takes questions before there is a session to answer them."""
        if self._desk is None:
            from composer.ui.desk import Desk

            desk = self._desk = Desk(self)
            self.choices.take()
            desk.reading.connect(lambda name: self.drafting.reading(name))
            desk.opened.connect(lambda event: self.drafting.opened(event))
            desk.failed.connect(self._failed_early)
            desk.listed.connect(self._listed)
        return self._desk

    @property
    def choices(self) -> Choices:
        """What the person chose once."""
        if self._choices is None:
            from composer.ui.choices import Choices

            self._choices = Choices(self)
        return self._choices

    @property
    def pages(self) -> Pages:
        """The pages that lie over the columns."""
        if self._pages is None:
            from composer.ui.pages import Pages

            self._pages = Pages(self)
        return self._pages

    @property
    def leaving(self) -> Leaving:
        """What there is to do before the window may go."""
        if self._leaving is None:
            from composer.ui.leaving import Leaving

            self._leaving = Leaving(self)
        return self._leaving

    @property
    def columns(self) -> Columns:
        """The three columns, and those who connect them with the desk."""
        if self._columns is None:
            from composer.ui.columns import Columns

            self.theme.settle()
            self._columns = Columns(self)
        return self._columns

    @property
    def built(self) -> bool:
        """Whether the three columns were needed before."""
        return self._columns is not None and self._columns.built

    @property
    def bench(self) -> Workbench:
        """The three columns."""
        return self.columns.bench

    @property
    def drafting(self) -> Drafting:
        """What connects the columns with the desk."""
        return self.columns.drafting

    @property
    def keeping(self) -> Keeping:
        """What is done with saved drafts."""
        return self.columns.keeping

    @property
    def drafts_model(self) -> DraftsModel:
        """The drafts that are listed in the columns."""
        return self.columns.drafts_model

    @property
    def toast(self) -> Toast:
        """The toast."""
        return self.columns.toast

    @property
    def commands(self) -> Sequence[Command]:
        """Every command; their keys work from the first one that is pressed."""
        if not self._commands:
            from composer.ui.command_table import table

            self._commands = table(self)
        return self._commands

    # -- from the first picture on

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
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        assert self.keys is not None
        self.pictured.emit()

    @property
    def keys(self) -> Keys:
        """The keys of the commands; made right after the first picture."""
        if self._keys is None:
            from composer.ui.keys import Keys

            self._keys = Keys(self)
        return self._keys

    def settling(self) -> Iterator[None]:
        """What every window needs sooner or later, when there is a session to ask."""
        self.theme.settle()
        yield
        if self._ring is not None:
            self._ring.let_clicks_through()
        yield
        self.top.build_menus(self.settings.theme, self.settings.reduce_motion)
        yield
        self.keys.install()
        self.choices.show_writer()
        self.desk.list_drafts("")

    def preparing(self) -> Iterator[None]:
        """Build the columns while nobody waits for them."""
        yield from self.columns.building()
        self.keys.rest()
        from PySide6.QtGui import QFontDatabase

        from composer.ui.fonts import lacking

        if words := lacking(QFontDatabase.families()):
            self.notice.say(words)

    def show_settings(self) -> None:
        """Open the menu of settings."""
        self.top.build_menus(self.settings.theme, self.settings.reduce_motion)
        self.top.settings.showMenu()

    # -- pages

    def show_bench(self) -> None:
        """Show the three columns."""
        self.stack.setCurrentWidget(self.bench)

    def show_empty(self) -> None:
        """Show the first page."""
        self.stack.setCurrentWidget(self.empty)
        self.top.show_draft("")
        self.top.hide_copy()
        self.empty.open_button.setFocus()

    def is_bench(self, page: QWidget | None) -> bool:
        """Whether a page is the three columns."""
        return self.built and page is self.bench

    @property
    def on_bench(self) -> bool:
        """Whether the three columns are shown."""
        return self.is_bench(self.stack.currentWidget())

    @property
    def on_empty(self) -> bool:
        """Whether the first page is shown."""
        return self.stack.currentWidget() is self.empty

    @property
    def page(self) -> str:
        """Which page lies over the columns: see `Pages.shown`."""
        return self._pages.shown if self._pages is not None else ""

    @property
    def notice(self) -> Notice:
        """The notice in view."""
        if self.page:
            return self.pages.notice
        return self.bench.paper.notice if self.on_bench else self.empty.notice

    def _page_changed(self) -> None:
        """The Models page may also be left by what ends elsewhere: a draft that was opened, a file that was read."""
        if not self.page:
            self.top.show_back("")

    def take_library(self, make: Callable[[], LibraryDesk]) -> None:
        """From now on there is a Models page. `make` makes its desk when the page is first wanted."""
        self.make_library = make
        self.top.has_models = True
        if self._desk is not None:
            self.choices.show_writer()

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
            self.desk.read([Path(name) for name in names], add=add)

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
        if not self.built:
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
        if self.built:
            self.drafts_model.show(rows)  # type: ignore[arg-type]
            self.bench.drafts.show_count(self.desk.total)
            self.bench.drafts.show_current(self.desk.draft_id)

    def new_draft(self) -> None:
        """Put this draft away, saved, and begin with an empty desk."""
        if not self.built:
            self.show_empty()
            return
        self.bench.paper.flush()
        self.keeping.close_revisions()
        self.desk.clear()
        self.drafting.clear()
        self.bench.show_drafts(False)
        self.top.drafts_button.setChecked(False)
        self.show_empty()
        self.bench.drafts.scopes.choose("all")
        self.desk.list_drafts("", "all")

    def show_commands(self) -> None:
        """Open the list of all commands."""
        if self._palette is None:
            from composer.ui.palette import Palette

            self.theme.settle()
            self._palette = Palette(self, self.commands)
        self._palette.open_at(self)

    # -- the end

    def close_library(self) -> None:
        """Stop what the pages began."""
        if self._pages is not None:
            self._pages.close()

    def put_down(self) -> None:
        """What is in the columns is handed to the desk and the settings."""
        if self.built:
            self.bench.paper.flush()
            self.change_settings(layout=self.bench.layout_numbers())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._desk is None:
            event.accept()
        else:
            self.leaving.decide(event)

    def quit_anyway(self) -> None:
        """Leave although the draft could not be saved."""
        self.leaving.under_way = True
        self.close()
