"""The smaller wishes: a selection said anew, another opening, another sentence for one bullet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from composer.post.model import Trace
from composer.ui import lines as rules
from composer.ui.format_bar import WAYS
from composer.ui.offer import Openings

if TYPE_CHECKING:
    from composer.events import Hooked, Progress, Replaced, Rewritten
    from composer.ui.window import Window
    from composer.ui.workbench import Workbench


class Wishes(QObject):
    """Asks the desk, and shows what comes back on the paper. Nothing changes the text before it is accepted."""

    def __init__(self, window: Window, bench: Workbench) -> None:
        super().__init__(window)
        self._window, self._desk, self._paper = window, window.desk, bench.paper
        self._editor, self._pill = bench.paper.editor, bench.paper.editor.gutter.pill
        self._way, self._variant, self._span, self._old, self._new = "", 0, (0, 0), "", ""
        self._lines: tuple[str, ...] = ()
        self._openings: Openings | None = None
        self._point: tuple[int, str] | None = None
        self._tried: list[Trace] = []
        form, offer, desk = self._paper.format, self._paper.offer, self._desk
        form.way_wanted.connect(self.rewrite)
        form.another_wanted.connect(self.another)
        offer.accepted.connect(self.accept)
        offer.refused.connect(self.refuse)
        offer.again.connect(self._again)
        self._pill.clicked.connect(self.show_openings)
        self._editor.selected.connect(lambda _: self.show_place())
        self._editor.cursorPositionChanged.connect(self.show_place)
        self._editor.edited.connect(self._show_pill)
        desk.rewritten.connect(self._rewritten)
        desk.hooked.connect(self._hooked)
        desk.replaced.connect(self._replaced)
        desk.progress.connect(self._progress)
        desk.stopped.connect(self._stopped)
        desk.drafted.connect(lambda _: self.forget())

    # -- what can be asked

    def show_place(self) -> None:
        """Offer what the selection or the caret's line allows."""
        editor = self._editor
        if editor.isReadOnly():
            return
        cursor = editor.textCursor()
        block = cursor.block()
        point = editor.caret_trace() is not None and bool(rules.prefix_of(block.text()))
        form = self._paper.format
        form.show_place(selected=cursor.hasSelection(), point=point)
        if cursor.hasSelection():
            form.show_ways(self._why())

    def _why(self) -> str:
        """Why a selection cannot be said anew, or ""."""
        if self._desk.writer == "builtin" or self._desk.model is None:
            return self.tr("Rewriting needs a model: the built-in writer keeps the source's own words.")
        if self._desk.evidence is None:
            return self.tr("Open a source first")
        return ""

    @property
    def offering(self) -> bool:
        """Whether an offer stands."""
        return self._paper.offer.isVisible()

    # -- a selection said anew

    def rewrite(self, way: str) -> None:
        """Ask for the selection said anew: `rewrite`, `shorter`, `sharper` or `plainer`."""
        self._paper.flush()
        if self._editor.isReadOnly() or self._desk.busy or self._why():
            return
        text = self._editor.text()
        span = rules.core(text, *self._editor.selection())
        if span is None:
            self._paper.notice.say(self.tr("Select words of one line to have them said anew."), icon="page")
            return
        self._way, self._variant, self._span = way, 0, span
        self._old = text[span[0] : span[1]]
        self._ask()

    def _ask(self) -> None:
        from composer.text.style import unstyle

        self._paper.notice.hide()
        self._desk.rewrite(unstyle(self._old), self._way, self._variant)
        self._wait()

    def _wait(self) -> None:
        self._paper.bar.show_progress(None)
        self._paper.bar.page.stop.setFocus()
        self._window.drafting.offer()

    def _progress(self, kind: str, event: Progress) -> None:
        if kind in ("rewrite", "hooks"):
            self._paper.bar.show_progress(event)

    def _stopped(self, kind: str, _event: object) -> None:
        if kind in ("rewrite", "hooks"):
            self._paper.notice.say(self.tr("Stopped. Nothing was changed."), icon="stop")
            self._editor.setFocus()

    def _rewritten(self, event: Rewritten) -> None:
        from composer.text.style import style, unstyle

        self._paper.bar.end_progress()
        self._paper.flush()
        text, (start, end) = self._editor.text(), self._span
        if text[start:end] != self._old:
            start = text.find(self._old)
            end = start + len(self._old)
            if text.count(self._old) != 1:
                self._paper.notice.say(self.tr("The text was changed meanwhile, so there is no offer."), icon="page")
                self._window.drafting.offer()
                return
        bare = unstyle(self._old)
        bold = bare != self._old and style(bare, "sans_bold") == self._old
        self._span, self._new = (start, end), style(event.text, "sans_bold") if bold else event.text
        self._paper.show_offer(start, end, rules.difference(self._old, self._new))
        self._paper.offer.offer(rules.words_in(self._old) - rules.words_in(self._new))
        self._tell(event.notices)
        self._window.drafting.offer()

    def _tell(self, notices: tuple[str, ...]) -> None:
        if notices:
            self._paper.notice.say(" ".join(notices), icon="page")

    def accept(self) -> None:
        """Put the offer in the place of the old words, in one undo step."""
        self._end_offer()
        self._desk.keep_before(self.tr("Before “{way}”").format(way=self._way))
        self._editor.edit(*self._span, self._new, select=True)
        self._paper.flush()

    def refuse(self) -> None:
        """Leave the words as they are, selected."""
        self._end_offer()
        self._editor.select(*self._span)

    def _end_offer(self) -> None:
        self._paper.end_offer()
        self._editor.setFocus()
        self._window.drafting.offer()

    def _again(self) -> None:
        self.refuse()
        self._variant += 1
        self._ask()

    def offer_ways(self) -> bool:
        """The four ways as a menu at the caret. Whether there is a selection to have said anew."""
        if self._editor.isReadOnly() or not self._editor.textCursor().hasSelection():
            return False
        menu, why = QMenu(self._editor), self._why()
        menu.setAccessibleName(self.tr("Say it anew"))
        menu.setToolTipsVisible(True)
        for way in WAYS:
            action = menu.addAction(self._paper.format.ways[way].text(), partial(self.rewrite, way))
            action.setEnabled(not why)
            action.setToolTip(why)
        menu.popup(self._editor.viewport().mapToGlobal(self._editor.cursorRect().bottomLeft()))
        return True

    # -- openings

    def forget(self) -> None:
        """Another draft: its openings are not known yet."""
        self._lines, self._point, self._tried = (), None, []
        self._show_pill()
        if self._desk.writer == "builtin" and self._desk.evidence is not None:
            self._desk.hooks()

    def _first(self) -> str:
        return self._editor.text().split("\n", 1)[0]

    def _known(self) -> tuple[str, ...]:
        """The openings, the one on the paper among them."""
        first = self._first()
        return self._lines if not first.strip() or first in self._lines else (first, *self._lines)

    def _show_pill(self) -> None:
        first, known = self._first(), self._known() if self._lines else ()
        alone = self._desk.writer == "builtin" and len(known) < 2
        possible = bool(first.strip()) and self._desk.evidence is not None and not alone
        self._pill.show_count(known.index(first) + 1 if first in known else 0, len(known))
        self._editor.gutter.place_pill()
        self._pill.setVisible(possible and not self._editor.isReadOnly())

    def show_openings(self) -> None:
        """Show the openings; ask a model for them first."""
        self._paper.flush()
        if self._editor.isReadOnly() or self._desk.busy or self._desk.evidence is None or not self._first().strip():
            return
        if not self._lines:
            self._desk.hooks()
            if self._desk.busy:
                self._wait()
            return
        if self._openings is None:
            self._openings = Openings(self._window)
            self._openings.chosen.connect(self._open_with)
        known = self._known()
        self._openings.show_lines(known, known.index(self._first()), self._pill)

    def _hooked(self, event: Hooked) -> None:
        waited = self._paper.bar.busy
        self._lines = event.hooks
        if waited:
            self._paper.bar.end_progress()
            self._window.drafting.offer()
            self._show_pill()
            if event.hooks:
                self.show_openings()
            else:  # asking again would find the same
                self._paper.notice.say(self.tr("The model found no other opening. Yours is unchanged."), icon="page")
        self._tell(event.notices)
        self._show_pill()

    def _open_with(self, line: str) -> None:
        first = self._first()
        if line != first:
            self._lines = self._known()
            self._desk.keep_before(self.tr("Before another opening"))
            self._editor.edit(0, len(first), line)
            self._paper.flush()
        self._editor.setFocus()

    # -- another sentence for one bullet

    def another(self) -> None:
        """Another point of the same chapter, in the place of the caret's line."""
        editor = self._editor
        trace, block = editor.caret_trace(), editor.textCursor().block()
        if trace is None or editor.isReadOnly() or self._desk.evidence is None or not rules.prefix_of(block.text()):
            return
        if self._point != (block.blockNumber(), block.text()):
            self._tried = []
        self._point = (block.blockNumber(), block.text())
        used = [one for _, one in editor.lines()]
        self._desk.another(trace, list(dict.fromkeys([*used, *self._tried])))

    def _replaced(self, event: Replaced) -> None:
        if self._point is None or self._editor.isReadOnly():
            return
        number, old = self._point
        block = self._editor.document().findBlockByNumber(number)
        if not block.isValid() or block.text() != old:
            return
        if event.trace is None:
            words = self.tr("This chapter holds no other sentence that stands alone.")
            if self._tried:
                words = self.tr("These were all the sentences of this chapter. Undo goes back through them.")
            self._tried = []
            self._paper.notice.say(words, icon="page")
            return
        here = self._editor.trace_at(block)
        self._tried += [here] if here is not None else []
        line = rules.prefix_of(old) + event.line[len(rules.prefix_of(event.line)) :]
        self._point = (number, line)
        self._editor.replace_line(number, line, event.trace)
        self._paper.flush()
        self.show_place()
