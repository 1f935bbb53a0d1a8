"""What a check found: a sentence, a place, and one way out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from composer.post.model import Trace
from composer.text.problems import Problem
from composer.ui.controls import button, label
from composer.ui.notices import Sign
from composer.ui.rows import place
from composer.ui.theme import Theme

SHOWN_CHECKS = 3
# What a kind of problem is about. Kinds of facts that are not named here are numbers: a date, a sum, a percentage.
GROUPS = {
    **dict.fromkeys(("length", "long-line"), "length"),
    **dict.fromkeys(("name", "speaker"), "name"),
    "quote": "quote",
    **dict.fromkeys(("styled-link", "styled-mention"), "link"),
    **dict.fromkeys(("hashtag", "styled-tag"), "tag"),
    **dict.fromkeys(("styled-share", "styled-run", "enclosed", "lines"), "bold"),
    **dict.fromkeys(("repeat", "markup", "unfinished", "alike"), "text"),
}


def trace_of(problem: Problem) -> Trace:
    """Where in the sources to look for what a post has otherwise; no segments where that is not known."""
    return Trace(problem.source, problem.segments, problem.seconds)


class Checks(QWidget):
    """Quiet until needed: at most three sentences, each with one way out, then one grey line for what is fine."""

    jumped = Signal(object)
    fixed = Signal(object)
    kept = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._shown: tuple[Problem, ...] | None = None
        self._all = False

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these."""
        if tuple(problems) == self._shown:
            return
        self._shown = tuple(problems)
        self._fill()

    def _fill(self) -> None:
        problems = self._shown or ()
        self._clear()
        most = len(problems) if self._all else SHOWN_CHECKS
        for problem in problems[:most]:
            self._column.addWidget(self._row(problem))
        if len(problems) > most:
            more = button(self.tr("{n} more").format(n=len(problems) - most), "smalllink")
            more.clicked.connect(self._show_all)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if fine := self._fine(problems):
            self._column.addWidget(self._fine_row(fine))

    def say(self, words: str) -> None:
        """Show a sentence instead."""
        self._shown = None
        self._clear()
        self._column.addWidget(label(words, "second", wrap=True))

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _row(self, problem: Problem) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        sign = Sign(self._theme, "warning", "bad" if problem.severity == "error" else "warn")
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        words = label(problem.why, wrap=True)
        words.setAccessibleName(problem.why)
        column.addWidget(words)
        ways = QHBoxLayout()
        ways.setSpacing(6)
        if problem.fix is not None:
            fix = button(self._fix_words(problem), "outlined")
            fix.clicked.connect(lambda: self.fixed.emit(problem))
            ways.addWidget(fix)
        if problem.end > problem.start and problem.kind != "length":
            # Where nothing can be mended by a click, going there is the way out.
            show = button(self.tr("Show"), "outlined" if problem.fix is None else "quiet")
            show.setAccessibleDescription(problem.why)
            show.clicked.connect(lambda: self.jumped.emit(problem))
            ways.addWidget(show)
        if where := place(trace_of(problem)):
            there = button(self.tr("Source {place}").format(place=where), "quiet")
            there.setAccessibleDescription(problem.why)
            there.clicked.connect(lambda: self.opened.emit(problem))
            ways.addWidget(there)
        if problem.severity != "error":
            keep = button(self.tr("Keep"), "quiet")
            keep.setAccessibleDescription(problem.why)
            keep.clicked.connect(lambda: self.kept.emit(problem))
            ways.addWidget(keep)
        ways.addStretch(1)
        column.addLayout(ways)
        row.addLayout(column, 1)
        return made

    def _fix_words(self, problem: Problem) -> str:
        if not problem.fix:
            return self.tr("Remove")
        if problem.kind.startswith("styled"):
            return self.tr("Make plain")
        fix = problem.fix if len(problem.fix) <= 24 else ""
        return self.tr("Use “{words}”").format(words=fix) if fix and "\n" not in fix else self.tr("Change")

    def _fine(self, problems: Sequence[Problem]) -> str:
        """One sentence for all that nothing is wrong with; "" where there is nothing left to name."""
        names = {
            "length": self.tr("length"),
            "number": self.tr("numbers"),
            "name": self.tr("names"),
            "quote": self.tr("quotes"),
            "link": self.tr("links"),
            "tag": self.tr("tags"),
            "bold": self.tr("bold"),
        }
        wrong = {GROUPS.get(problem.kind, "number") for problem in problems}
        good = [words for group, words in names.items() if group not in wrong]
        if len(good) < 2:
            return ""
        words = self.tr("{these} and {last} are fine").format(these=", ".join(good[:-1]), last=good[-1])
        return words[0].upper() + words[1:]

    def _fine_row(self, words: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Sign(self._theme, "check", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words, "second", wrap=True), 1)
        return made
