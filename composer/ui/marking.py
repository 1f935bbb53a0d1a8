"""What is marked in a post: its hashtags, and the problems that a check found; and emoji put in at the caret."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from composer.text.problems import Problem
from composer.ui import lines as rules
from composer.ui.checks import trace_of
from composer.ui.rows import place
from composer.ui.small_boxes import EmojiBox

if TYPE_CHECKING:
    from composer.ui.drafting import Drafting
    from composer.ui.window import Window
    from composer.ui.workbench import Workbench


class Marking(QObject):
    """Between chips and checks and the paper. Holds what the last check found."""

    def __init__(self, drafting: "Drafting", window: "Window", bench: "Workbench") -> None:
        super().__init__(drafting)
        self._drafting, self._window, self._bench, self._desk = drafting, window, bench, window.desk
        self._paper, self._editor = bench.paper, bench.paper.editor
        self._emoji: EmojiBox | None = None
        self.problems: tuple[Problem, ...] = ()
        self._found_in = ""
        preview = bench.preview
        preview.kept_out = frozenset(tag for tag in window.settings.blocked if isinstance(tag, str))
        preview.tagged.connect(self._tagged)
        preview.reordered.connect(self._order_tags)
        preview.blocked.connect(self._block_tag)
        preview.checks.jumped.connect(lambda problem: self._jump(problem))
        preview.checks.fixed.connect(self._fix)
        preview.checks.opened.connect(lambda problem: drafting.show_place(trace_of(problem)))
        self._paper.format.emoji_wanted.connect(self.show_emoji)
        window.desk.checked.connect(self._checked)

    def forget(self) -> None:
        """Another post: nothing was found in it yet."""
        self.problems = ()
        self._paper.show_problems(())

    def follow(self, text: str) -> None:
        """The text was changed: what was found in another stands in no place of this one."""
        self._paper.show_problems(self.problems if text == self._desk._checked_text else ())

    def _tagged(self, tag: str, wanted: bool) -> None:
        text = self._editor.text()
        change = rules.with_tag(text, tag) if wanted else rules.without_tag(text, tag)
        if change is not None and not self._editor.isReadOnly():
            cursor = self._editor.textCursor()
            cursor.beginEditBlock()
            self._editor.edit(*change)
            order = rules.reordered(self._editor.text(), self._bench.preview.order) if wanted else None
            if order is not None:
                self._editor.edit(*order)
            cursor.endEditBlock()
            self._paper.flush()

    def _order_tags(self, order: list[str]) -> None:
        change = rules.reordered(self._editor.text(), order)
        if change is not None and not self._editor.isReadOnly():
            self._editor.edit(*change)
            self._paper.flush()

    def _block_tag(self, tag: str) -> None:
        """Take a tag out, and suggest it no more."""
        self._tagged(tag, False)
        self._keep_out((*self._window.settings.blocked, tag))
        words = self.tr("{tag} will not be suggested again").format(tag=tag)
        back = tuple(other for other in self._window.settings.blocked if other != tag)
        self._window.toast.say(words, self._bench.foot, (self.tr("Undo"), lambda: self._keep_out(back)))

    def _keep_out(self, tags: tuple[str, ...]) -> None:
        self._window.change_settings(blocked=tuple(dict.fromkeys(tags)))
        self._bench.preview.kept_out = frozenset(tags)
        self._drafting.show_measure()

    def show_emoji(self) -> None:
        """Emoji to choose from, at the caret."""
        if self._editor.isReadOnly():
            return
        if self._emoji is None:
            self._emoji = EmojiBox(self._window, self._window.theme)
            self._emoji.chosen.connect(self._insert)
        corner = self._editor.cursorRect().bottomLeft()
        self._emoji.open_over(self._editor.viewport(), corner + QPoint(0, 4))

    def _insert(self, words: str) -> None:
        self._editor.textCursor().insertText(words)
        self._editor.setFocus()

    def _checked(self, problems: object, text: str) -> None:
        self.problems, self._found_in = tuple(problems), text  # type: ignore[arg-type]
        self._paper.show_problems(self.problems)
        # While a draft is written, what was found in the text before it is no news.
        if self._desk.busy != "draft":
            self._bench.preview.show_problems(self.problems, text)

    def show_again(self) -> None:
        """The text is in view again, as it was: so is what was found in it."""
        if not self._desk.text.strip():
            return
        if self._found_in == self._desk.text:
            self._bench.preview.show_problems(self.problems, self._found_in)
        else:
            self._bench.preview.show_checking()

    def _jump(self, problem: Problem) -> None:
        self._editor.select(problem.start, problem.end)
        self._editor.setFocus()

    def _fix(self, problem: Problem) -> None:
        if problem.fix is not None and self._editor.text() == self._desk._checked_text:
            self._editor.edit(problem.start, problem.end, problem.fix)
            self._paper.flush()

    def next_problem(self, step: int) -> None:
        """Select the next problem, or the one before."""
        here = self._editor.selection()[0]
        placed = [p for p in self.problems if p.end > p.start]
        after = [p for p in placed if p.start > here] if step > 0 else [p for p in placed[::-1] if p.start < here]
        if placed:
            self._jump(after[0] if after else placed[0 if step > 0 else -1])

    def offer_fixes(self) -> None:
        """The ways out of the problem at the caret, as a menu at the caret."""
        at = self._editor.selection()[0]
        here = next((p for p in self.problems if p.start <= at <= p.end and p.end > p.start), None)
        if self._drafting.wishes.offer_ways() or here is None or self._editor.isReadOnly():
            return
        menu = QMenu(self._editor)
        menu.setAccessibleName(here.why)
        menu.addAction(here.why).setEnabled(False)
        if here.fix is not None:
            words = self.tr("Use “{words}”").format(words=here.fix) if here.fix else self.tr("Remove")
            menu.addAction(words, lambda: self._fix(here))
        if where := place(trace_of(here)):
            menu.addAction(
                self.tr("Source {place}").format(place=where), lambda: self._drafting.show_place(trace_of(here))
            )
        if here.severity != "error":
            menu.addAction(self.tr("Keep"), lambda: self._bench.preview.keep(here))
        menu.popup(self._editor.viewport().mapToGlobal(self._editor.cursorRect().bottomLeft()))
