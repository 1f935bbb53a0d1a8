"""The middle column: draft bar, paper, notice, find, format bar."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout

from composer.text.problems import Problem
from composer.ui import lines as rules
from composer.ui.draft_bar import DraftBar
from composer.ui.editor import PostEditor
from composer.ui.find_bar import FindBar
from composer.ui.format_bar import FormatBar
from composer.ui.measure import Measure
from composer.ui.notices import Notice
from composer.ui.offer import OfferBar
from composer.ui.offsets import units
from composer.ui.theme import Theme

# The style bar's words, as the rules of `text.style` call them.
OPERATIONS = {
    "bold": ("toggle", "bold"),
    "italic": ("toggle", "italic"),
    "underline": ("toggle", "underline"),
    "strike": ("toggle", "strikethrough"),
    "mono": ("style", "monospace"),
    "plain": ("unstyle", ""),
}
WAVY = ("number", "name", "quote", "claim", "unsupported", "grounding")


class EditorPanel(QFrame):
    """`written` carries the text, soon after it changed: at once is what the counter wants, not the checks."""

    written = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "paper")
        self.setMinimumWidth(480)
        self.bar = DraftBar(theme)
        self.editor = PostEditor(theme)
        self.editor.setPlaceholderText(self.tr("Draft from the source, or write here."))
        self.notice = Notice(theme)
        self.finder = FindBar(theme, self.editor)
        self.format = FormatBar(theme)
        self.offer = OfferBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.editor, 1)
        for part in (self.notice, self.finder, self.format, self.offer):
            column.addWidget(part)
        self.compact = False
        self._problems: tuple[Problem, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(30)
        self._soon.timeout.connect(lambda: self.written.emit(self.editor.text()))
        self.editor.edited.connect(self._edited)
        self.format.styled.connect(self.restyle_text)
        self.format.bulleted.connect(lambda: self.editor.change_lines(rules.bulleted))
        self.format.numbered.connect(lambda: self.editor.change_lines(rules.numbered))
        self.format.find_wanted.connect(self.finder.open_bar)
        theme.changed.connect(self._mark)

    def restyle_text(self, name: str) -> None:
        """Give the selection a style."""
        self.editor.change_style(*OPERATIONS[name])

    def _edited(self) -> None:
        self._soon.start()

    def flush(self) -> None:
        """Tell of a change now, where one is waiting."""
        if self._soon.isActive():
            self._soon.stop()
            self.written.emit(self.editor.text())

    def set_drafting(self, drafting: bool) -> None:
        """Grey what cannot be used while a draft streams in."""
        self.format.set_writable(not drafting)
        if drafting:
            self.notice.hide()
            self.finder.hide()
            self.editor.begin_stream()
        else:
            self.editor.end_stream()
            self._mark()

    def show_offer(self, start: int, end: int, parts: Sequence[tuple[str, str]]) -> None:
        """Show what would become of a stretch, and the bar to accept or refuse it."""
        self.notice.hide()
        self.finder.hide()
        self.editor.setExtraSelections([])
        self.editor.compare(start, end, parts)
        shown = self.editor.toPlainText()
        form = QTextCharFormat()
        form.setForeground(self._theme.tokens["accent"])
        self.editor.setExtraSelections([self._selection(shown, a, b, form) for a, b in _tags(shown)])
        self.format.hide()
        self.offer.show()

    def end_offer(self) -> None:
        """Show the person's text again."""
        self.offer.hide()
        self.format.show()
        self.editor.end_stream()
        self._mark()

    def show_measure(self, measure: Measure) -> None:
        """Show words, or the counter in a narrow window."""
        if not self.editor.streaming:
            self.format.show_words(measure.words, measure.count, measure.limit, counter=self.compact)

    # -- marks that are not in the document

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Underline the problems."""
        self._problems = tuple(problems)
        self._mark()

    def _mark(self) -> None:
        if self.editor.streaming:
            return
        tokens, text = self._theme.tokens, self.editor.text()
        selections = []
        for start, end in _tags(text):
            form = QTextCharFormat()
            form.setForeground(tokens["accent"])
            selections.append(self._selection(text, start, end, form))
        for problem in self._problems:
            if not 0 <= problem.start < problem.end <= len(text) or problem.kind == "length":
                continue
            form = QTextCharFormat()
            wave = problem.kind.startswith(WAVY) or problem.severity == "error"
            line = QTextCharFormat.UnderlineStyle
            form.setUnderlineStyle(line.WaveUnderline if wave else line.DotLine)
            form.setUnderlineColor(tokens["bad" if problem.severity == "error" else "warn_mark"])
            form.setProperty(QTextFormat.Property.TextToolTip, problem.why)
            selections.append(self._selection(text, problem.start, problem.end, form))
        self.editor.setExtraSelections(selections)

    def _selection(self, text: str, start: int, end: int, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.format = form
        cursor = QTextCursor(self.editor.document())
        cursor.setPosition(units(text, start))
        cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        return made


def _tags(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in rules.TAG.finditer(text)]
