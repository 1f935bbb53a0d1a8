"""The source column: bar, coverage, search, and the list of what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from composer.post.model import Trace
from composer.ui.controls import BAR, Elided, IconButton, button, claims_escape, frame, label
from composer.ui.coverage import CoverageBar
from composer.ui.rows import clock, has_minutes
from composer.ui.source_delegate import ACTIONS, INSET
from composer.ui.source_list import SourceModel, SourceView
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.events import Source
    from composer.evidence.model import Evidence


class Legend(QWidget):
    """The sentence below the coverage bar, with the two marks it explains."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self._words = [label("", "small"), label("", "small")]
        self._pairs = []
        for full, words in zip((True, False), self._words, strict=True):
            pair = QWidget()
            inside = QHBoxLayout(pair)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(6)
            inside.addWidget(_Mark(theme, full))
            inside.addWidget(words)
            self._pairs.append(pair)
            row.addWidget(pair)
        row.addStretch(1)

    def show_words(self, used: str, found: str) -> None:
        """Show one or both halves."""
        for pair, line, words in zip(self._pairs, self._words, (used, found), strict=True):
            line.setText(words)
            pair.setVisible(bool(words))

    def text(self) -> str:
        """All of it."""
        return " ".join(line.text() for line in self._words if line.text())


class _Mark(QWidget):
    def __init__(self, theme: Theme, full: bool) -> None:
        super().__init__()
        self._theme, self._full = theme, full
        self.setFixedSize(8, 8)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: object) -> None:
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens["accent" if self._full else "track"])
        if not self._full:
            painter.fillRect(0, 5, 8, 3, self._theme.tokens["accent"])


class SourcePanel(QFrame):
    """What was said. `point` and `quote` carry a sentence and its place."""

    bar_inset = INSET

    add_source = Signal()
    point = Signal(str, object)
    quote = Signal(str, object)
    copied = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "ground")
        self.model = SourceModel(self)
        self.list = SourceView(theme, self.model)
        self.coverage = CoverageBar(theme)
        self.legend = Legend(theme)
        self._build_bar()
        self._search = QLineEdit()
        self._search.setFixedHeight(BAR)
        self._search.setPlaceholderText(self.tr("Find in the source"))
        self._search.setAccessibleName(self.tr("Find in the source"))
        self._search.returnPressed.connect(self._find_next)
        self._search.textEdited.connect(lambda: self._find(self.list.currentIndex().row()))
        self._search.installEventFilter(self)
        self._found = label("", "small")
        self._search_row = frame("strip")
        row = QHBoxLayout(self._search_row)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._search)
        row.addWidget(self._found)
        self._search_row.hide()
        self._strip = frame("strip")
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(INSET, 12, INSET, 12)
        strip.setSpacing(8)
        strip.addWidget(self.coverage)
        strip.addWidget(self.legend)
        self._empty = label("", "second", wrap=True)
        self._empty.setContentsMargins(INSET, 14, INSET, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self._search_row, self._strip, self._empty):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        self._build_actions()
        self.model.filled.connect(self._counted)
        self.coverage.jumped.connect(lambda source, segment: self.list.reveal(source, (segment,)))
        self.list.asked.connect(self._asked)
        self.show_sources((), None)

    def _build_bar(self) -> None:
        self.bar = frame("bar")
        self.bar.setFixedHeight(44)
        self.bar_row = QHBoxLayout(self.bar)
        self.bar_row.setContentsMargins(INSET, 0, 8, 0)
        self.bar_row.setSpacing(8)
        self.name, self.facts = Elided(), label("", "small")
        self.find_button = IconButton(self._theme, "search", self.tr("Find in the source"))
        self.add_button = IconButton(self._theme, "plus", self.tr("Add a source…"))
        self.find_button.clicked.connect(self.open_search)
        self.add_button.clicked.connect(self.add_source)
        for part in (self.name, self.facts):
            self.bar_row.addWidget(part)
        self.bar_row.addStretch(1)
        self.bar_row.addWidget(self.find_button)
        self.bar_row.addWidget(self.add_button)
        self.bar_row.setSpacing(8)

    def _build_actions(self) -> None:
        self._actions = QWidget(self.list.viewport())
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.point_button = button(self.tr("Add as point"), "outlined", 26)
        self.quote_button = button(self.tr("Quote"), "outlined", 26)
        self.copy_button = button(self.tr("Copy"), "quiet", 26)
        for part, act in ((self.point_button, "point"), (self.quote_button, "quote"), (self.copy_button, "copy")):
            part.clicked.connect(lambda _=False, act=act: self._asked(act))
            row.addWidget(part)
        row.addStretch(1)
        self._actions.hide()
        self.list.opened.connect(self._place_actions)
        self.list.verticalScrollBar().valueChanged.connect(self._place_actions)
        self.list.viewport().installEventFilter(self)

    def _place_actions(self) -> None:
        number = self.list.open_row
        rect = self.list.visualRect(self.model.index(number)) if number >= 0 else None
        if rect is None or not rect.isValid():
            self._actions.hide()
            return
        width = rect.width() - 2 * INSET
        self._actions.setGeometry(rect.left() + INSET, rect.bottom() - ACTIONS, width, 28)
        self._actions.show()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.list.viewport() and event.type() == QEvent.Type.Paint and self.list.open_row >= 0:
            self._place_actions()
        if not isinstance(event, QKeyEvent) or watched is not self._search:
            return False
        if claims_escape(event):
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.close_search()
            return True
        return False

    def _asked(self, act: str) -> None:
        text, trace = self.list.open_text, self.list.open_trace
        if not text or trace is None:
            return
        {"point": self.point, "quote": self.quote}.get(act, _Alone(self.copied)).emit(text, trace)
        self.list.open_sentence(-1, None)

    # -- what is shown

    def show_names(self, names: bool) -> None:
        """Show the source's name in the bar, or leave its place to a switch."""
        self.name.setVisible(names)

    def show_reading(self, name: str) -> None:
        """A file is being read."""
        self.show_sources((), None)
        self.name.setText(name)
        self._empty.setText(self.tr("Reading {name}").format(name=name))

    def show_sources(self, sources: tuple[Source, ...], evidence: Evidence | None) -> None:
        """Show these sources."""
        self.close_search()
        self.model.show(sources, evidence)
        self._strip.setVisible(bool(sources))
        self.list.setVisible(bool(sources))
        self._empty.setVisible(not sources)
        self._empty.setText(self.tr("No source. Open a file to draft from it."))
        self.name.setText(sources[0].title if len(sources) == 1 else self._several(len(sources)))
        self.name.setToolTip("\n".join(source.title for source in sources))
        self.facts.setText(self._facts(sources))
        self.find_button.setEnabled(bool(sources))

    def _several(self, count: int) -> str:
        return self.tr("{n} sources").format(n=count) if count else self.tr("Source")

    def _facts(self, sources: Sequence[Source]) -> str:
        parts = []
        durations = [s.transcript.duration for s in sources if s.transcript.duration]
        if durations:
            parts.append(clock(sum(durations)))
        elif sources:
            parts.append(self.tr("{n} paragraphs").format(n=sum(len(s.transcript.segments) for s in sources)))
        speakers = len({name for s in sources for name in s.transcript.speakers})
        if speakers > 1 and durations:
            parts.append(self.tr("{n} speakers").format(n=speakers))
        return " · ".join(parts)

    def use(self, traces: Sequence[Trace]) -> None:
        """Underline what the post draws on, and count it."""
        if self.model.use(traces):
            self._counted()

    def _counted(self) -> None:
        cells = self.model.cells()
        self.coverage.show_cells(cells)
        used, found = sum(c.used for c in cells), sum(c.found and not c.used for c in cells)
        timed = all(has_minutes(s.transcript) for s in self.model.sources)
        of = self.tr("{used} of {all} minutes in the post") if timed else self.tr("{used} of {all} parts in the post")
        more = self.tr("{n} more found") if used else self.tr("{n} found")
        self.legend.show_words(
            of.format(used=used, all=len(cells)) if used else "", more.format(n=found) if found else ""
        )
        self.legend.setVisible(bool(used or found))
        self.coverage.setAccessibleDescription(self.legend.text())

    def reveal(self, trace: Trace) -> None:
        """Go to a place."""
        evidence = self.model.evidence
        points = evidence.points if evidence else ()
        raws = [p.raw for p in points if p.source == trace.source and p.segments == trace.segments]
        self.list.reveal(trace.source, trace.segments, raws)

    # -- search

    def open_search(self) -> None:
        """Open the search field and put the caret there."""
        if self.model.sources:
            self._search_row.show()
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._search.selectAll()

    def close_search(self) -> None:
        """Close the search field."""
        if not self._search_row.isHidden():
            self._search_row.hide()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find_next(self) -> None:
        self._find(self.list.currentIndex().row() + 1)

    def _find(self, start: int) -> None:
        wanted = self._search.text().casefold()
        rows = self.model.rows
        if not wanted or not rows:
            self._found.setText("")
            return
        hits = [number for number, row in enumerate(rows) if row.kind == "text" and wanted in row.text.casefold()]
        if not hits:
            self._found.setText(self.tr("Not found"))
            return
        number = next((hit for hit in hits if hit >= max(0, start)), hits[0])
        self._found.setText(self.tr("{n} of {all}").format(n=hits.index(number) + 1, all=len(hits)))
        row = rows[number]
        at = row.text.casefold().find(wanted)
        self.list.reveal(row.source, (row.first,), (row.text[at : at + len(wanted)],))


class _Alone:
    """Sends the sentence without its place."""

    def __init__(self, signal: object) -> None:
        self._signal = signal

    def emit(self, text: str, _trace: Trace) -> None:
        self._signal.emit(text)  # type: ignore[attr-defined]
