"""The draft bar: the brief in one quiet row, Draft at its end; progress and Stop in the same place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedLayout,
    QWidget,
    QWidgetAction,
)

from composer.post.model import LENGTHS, TONES, Brief
from composer.ui import icons
from composer.ui.controls import IconButton, MenuButton, Segment, button, label
from composer.ui.rows import clock
from composer.ui.theme import Theme, restyle

if TYPE_CHECKING:
    from composer.events import Progress

FOLD = 540
LANGUAGES = ("source", "en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "ja", "zh")
FIELDS = ("tone", "length", "audience", "language")


class Page(QWidget):
    """Progress, in the place of the brief: words, and a line of ink along the lower edge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.part: float | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        self.words, self.more = label("", "strong"), label("", "small")
        self.stop = button(" " + self.tr("Stop"), "outlined")
        self.stop.setAccessibleName(self.tr("Stop"))
        icons.dress(self.stop, "stop", theme.tokens["text"], theme.tokens["border"])
        theme.changed.connect(lambda: icons.dress(self.stop, "stop", theme.tokens["text"], theme.tokens["border"]))
        row.addWidget(self.words)
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.stop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.part is not None:
            painter = QPainter(self)
            width = round(self.width() * min(1.0, self.part))
            painter.fillRect(0, self.height() - 2, width, 2, self._theme.tokens["accent"])


class DraftBar(QFrame):
    """`changed` tells of a new brief; `drafted`, `varied` and `stopped` of the buttons."""

    changed = Signal(object)
    drafted = Signal()
    varied = Signal()
    stopped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "draftbar")
        self.setFixedHeight(44)
        self.brief = Brief()
        self.source_language = ""
        self._honours: frozenset[str] = frozenset()
        self._why = ""
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 1)
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        self.shape = Segment(self.tr("Shape"), ((self.tr("Take"), "take"), (self.tr("List"), "list")))
        self.shape.chosen.connect(lambda value: self._set(shape=value))
        row.addWidget(self.shape)
        row.addSpacing(6)
        names = (self.tr("Tone"), self.tr("Length"), self.tr("Audience"), self.tr("Language"))
        self.menus = {field: MenuButton(theme, name) for field, name in zip(FIELDS, names, strict=True)}
        for field, menu in self.menus.items():
            menu.chosen.connect(lambda value, field=field: self._chosen(field, value))
            row.addWidget(menu)
        self.folded = MenuButton(theme, self.tr("Brief"))
        self.folded.menu().aboutToShow.connect(self._fill_folded)
        row.addWidget(self.folded)
        row.addStretch(1)
        self.draft: QPushButton = button(self.tr("Draft"), "filled")
        self.draft.setToolTip(self.tr("Ctrl+Enter"))
        self.draft.clicked.connect(self.drafted)
        self.variants = IconButton(theme, "columns", self.tr("Three variants side by side"))
        self.variants.clicked.connect(self.varied)
        row.addWidget(self.variants)
        row.addWidget(self.draft)
        self._stack.addWidget(form)
        self.page = Page(theme)
        self.page.stop.clicked.connect(self.stopped)
        self._stack.addWidget(self.page)
        self._show()

    # -- the brief

    def show_brief(self, brief: Brief) -> None:
        """Show a brief without telling."""
        self.brief = brief
        self._show()

    def show_writer(self, honours: frozenset[str], why: str) -> None:
        """Grey what the writer does not honour, and say why."""
        self._honours, self._why = honours, why
        self._show()

    def show_language(self, language: str) -> None:
        """Say which language the source has."""
        self.source_language = language
        self._show()

    def _show(self) -> None:
        self.shape.choose(self.brief.shape)
        for field, menu in self.menus.items():
            menu.offer(self._entries(field), getattr(self.brief, field))
            if field == "audience":
                self._audience_field(menu.menu())
                menu.show_value(self.brief.audience or self.tr("Anyone"))
            works = field in self._honours
            menu.setEnabled(works)
            why = menu.name if works else self.reason(field)
            menu.setToolTip(why)
            menu.setAccessibleDescription("" if works else why)
        self.folded.show_value(self.summary())
        self._fold()

    def reason(self, field: str) -> str:
        """Why a field is grey."""
        names = {
            "tone": self.tr("A tone needs a model"),
            "length": self.tr("A length needs a model"),
            "audience": self.tr("An audience needs a model"),
            "language": self.tr("Another language needs a model"),
        }
        return self.tr("{need}: the built-in writer keeps the source's own words.").format(need=names[field])

    def summary(self) -> str:
        """Tone, length and language in one line, as in `Plain, medium, English`."""
        parts = [self.word("tone", self.brief.tone), self.word("length", self.brief.length).lower()]
        return ", ".join([*parts, self.word("language", self.brief.language)])

    def word(self, field: str, value: str) -> str:
        """A value as a word."""
        if field == "tone":
            tones = {"plain": self.tr("Plain"), "warm": self.tr("Warm"), "bold": self.tr("Bold"), "dry": self.tr("Dry")}
            return tones[value]
        if field == "length":
            return {"short": self.tr("Short"), "medium": self.tr("Medium"), "long": self.tr("Long")}[value]
        if value == "source":
            own = language_name(self.source_language)
            return own or self.tr("As the source")
        return language_name(value) or value

    def _entries(self, field: str) -> list[tuple[str, object]]:
        if field == "audience":
            own = [self.brief.audience] if self.brief.audience else []
            return [(self.tr("Anyone"), None), *((words, words) for words in own)]
        values = {"tone": TONES, "length": LENGTHS, "language": LANGUAGES}[field]
        entries: list[tuple[str, object]] = [(self.word(field, value), value) for value in values]
        if field == "language" and language_name(self.source_language):
            entries = [entry for entry in entries if entry[1] != self.source_language]
        return entries

    def _audience_field(self, menu: QMenu) -> None:
        line = QLineEdit()
        line.setPlaceholderText(self.tr("Who reads it, in your words"))
        line.setAccessibleName(self.tr("Audience"))
        line.setMinimumWidth(220)
        line.setFixedHeight(28)
        line.returnPressed.connect(lambda: self._chosen("audience", line.text().strip() or None))
        line.returnPressed.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(line)
        menu.addAction(action)

    def _chosen(self, field: str, value: object) -> None:
        self._set(**{field: value})

    def _set(self, **fields: object) -> None:
        new = replace(self.brief, **fields)  # type: ignore[arg-type]
        if new != self.brief:
            self.brief = new
            self._show()
            self.changed.emit(new)

    # -- folding

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        wide = sum(menu.sizeHint().width() + 4 for menu in self.menus.values())
        need = self.shape.sizeHint().width() + self.draft.sizeHint().width() + self.variants.width() + wide + 42
        narrow = self.width() < max(FOLD, need)
        self.folded.setVisible(narrow)
        for menu in self.menus.values():
            menu.setVisible(not narrow)

    def _fill_folded(self) -> None:
        menu = self.folded.menu()
        menu.clear()
        for field, own in self.menus.items():
            part = QMenu(own.name, menu)
            part.setToolTipsVisible(True)
            current = getattr(self.brief, field)
            for words, value in self._entries(field):
                action = part.addAction(words)
                action.setCheckable(True)
                action.setChecked(value == current)
                action.triggered.connect(lambda _=False, field=field, value=value: self._chosen(field, value))
            if field == "audience":
                self._audience_field(part)
            entry: QAction = menu.addMenu(part)
            entry.setEnabled(field in self._honours)
            entry.setToolTip(own.toolTip())

    # -- the buttons

    def offer_draft(self, *, possible: bool, again: bool, next_step: bool, why: str = "") -> None:
        """Show Draft or Redraft; filled where it is the next thing to do."""
        self.draft.setText(self.tr("Redraft") if again else self.tr("Draft"))
        self.draft.setEnabled(possible)
        self.draft.setToolTip(self.tr("Ctrl+Enter") if possible else why)
        self.variants.setEnabled(possible)
        name = self.tr("Three variants side by side")
        self.variants.setToolTip(f"{name} (Ctrl+Shift+Enter)" if possible else why)
        restyle(self.draft, kind="filled" if next_step else "outlined")
        self._fold()

    # -- progress

    def show_progress(self, progress: Progress | None, name: str = "") -> None:
        """Take the place of the brief while a job runs."""
        if self._stack.currentIndex() != 1:
            self.page.more.setText("")
        self.page.words.setText(progress_words(progress, name, self.tr))
        self.page.part = None
        if progress is not None and progress.total > 0:
            self.page.part = progress.done / progress.total
        self.page.update()
        self._stack.setCurrentIndex(1)

    def show_left(self, words: str) -> None:
        """Say how long it will take, once that is steady."""
        self.page.more.setText(words)

    def end_progress(self) -> None:
        """Show the brief again."""
        had = self.page.stop.hasFocus()
        self._stack.setCurrentIndex(0)
        if had:
            self.draft.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def busy(self) -> bool:
        """Whether progress is shown."""
        return self._stack.currentIndex() == 1


def progress_words(progress: Progress | None, name: str, tr: Callable[[str], str]) -> str:
    """Progress as a person says it: `Reading 12:40 of 24:10`, `Writing`."""
    if progress is None or progress.stage == "opening":
        return tr("Reading {name}").format(name=name) if name else tr("Starting")
    if progress.stage == "loading":
        return tr("Loading the model")
    if progress.stage == "asking":
        return tr("Waiting for the server")
    if progress.stage == "checking":
        return tr("Checking the model file once")
    if progress.stage == "measuring":
        return tr("Measuring this model once")
    if progress.stage == "writing":
        return tr("Writing")
    if progress.total <= 0:
        return tr("Reading")
    if progress.unit == "s":
        return tr("Reading {done} of {all}").format(done=clock(progress.done), all=clock(progress.total))
    locale = QLocale()
    done, whole = locale.toString(round(progress.done)), locale.toString(round(progress.total))
    unit = {"words": tr("words"), "tokens": tr("tokens")}.get(progress.unit, tr("steps"))
    return tr("Reading {done} of {all} {unit}").format(done=done, all=whole, unit=unit)


def language_name(tag: str) -> str:
    """A language's English name, or "" where it is not known."""
    if not tag or tag == "und":
        return ""
    language = QLocale.codeToLanguage(tag)
    return "" if language == QLocale.Language.AnyLanguage else QLocale.languageToString(language)
