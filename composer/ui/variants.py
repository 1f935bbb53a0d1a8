"""Between the desk and the page of variants: drafts one after another, puts what is taken on the paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from composer.ui.draft_bar import progress_words
from composer.ui.variants_page import COUNT, VariantsPage

if TYPE_CHECKING:
    from composer.events import Drafted, Failed, Progress, Stopped
    from composer.post.model import Laid
    from composer.ui.notices import Way
    from composer.ui.window import Window


class Variants(QObject):
    """Holds the drafts until one is taken, another draft is made, or the sources change: the page may be left and
    opened again, and nothing is drafted twice."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self.page = VariantsPage(window.theme)
        self._asked: object = None
        self._first = 0
        self._drafted: list[Drafted] = []
        self._growing = ""
        self._said = ""
        self._alike = False
        page, desk = self.page, self._desk
        page.taken.connect(self.take)
        page.stopped.connect(desk.stop)
        page.more.connect(self._more)
        page.left.connect(self.leave)
        desk.varied.connect(self._varied)
        desk.growing.connect(self._grown)
        desk.progress.connect(self._progress)
        desk.stopped.connect(self._stopped)
        desk.failed.connect(self._failed)
        desk.opened.connect(lambda _: self._forget())
        desk.sources_read.connect(lambda _: self._forget())

    def show(self) -> None:
        """Open the page; draft where there is nothing to show yet, or the brief has changed."""
        # The last words typed are not lost either: they are the text that a variant takes the place of.
        self._window.bench.paper.flush()
        desk = self._desk
        if desk.evidence is None or desk.busy:
            return
        if self._asked != desk.wanted or not self._drafted:
            self._first = 0
            self._begin()
        self._window.pages.show(self.page, self._window.tr("Back to the post"))
        self._show()
        self.page.choose(0, focus=True)

    def leave(self) -> None:
        """Back to the paper, which is as it was."""
        if self._window.stack.currentWidget() is self.page:
            self._desk.stop()
            self._window.show_bench()
            self._window.drafting.offer()
            self._window.drafting._show_title()
            self._window.bench.paper.editor.setFocus()

    def take(self, number: int) -> None:
        """Put a variant in the place of the text, in one undo step; the others become revisions."""
        if not 0 <= number < len(self._drafted):
            return
        taken = self._drafted[number]
        left = [(n, other) for n, other in enumerate(self._drafted) if other is not taken]
        words = self.tr("Variant {n}, not taken")
        self.leave()
        self._desk.take_variant(taken, [(words.format(n=n + 1), other.laid.text) for n, other in left])

    # -- drafting them

    def _forget(self) -> None:
        self._asked, self._drafted = None, []

    def _more(self) -> None:
        self._first += COUNT
        self._begin()
        self._show()
        self.page.stop.setFocus()

    def _begin(self) -> None:
        self._drafted, self._growing, self._said, self._alike = [], "", "", False
        self._asked = self._desk.wanted
        self.page.notice.hide()
        self._desk.vary(self._first)

    def _varied(self, event: Drafted) -> None:
        if any(event.laid.text == other.laid.text for other in self._drafted):
            self._alike = True
        else:
            self._drafted.append(event)
        self._growing = self._said = ""
        if len(self._drafted) < COUNT and not self._alike:
            self._desk.vary(self._first + len(self._drafted))
        self._show()
        if self._alike:
            words = self.tr("The source gives no further variant: the next one would say the same.")
            self.page.notice.say(words, icon="page")

    def _grown(self, laid: Laid) -> None:
        self._growing = laid.text
        self._show()

    def _progress(self, kind: str, event: Progress) -> None:
        if kind == "variants":
            self._said = progress_words(event, "", self.tr)
            self._show()

    def _stopped(self, kind: str, _event: Stopped) -> None:
        if kind == "variants":
            self._end(self.tr("Stopped. What was finished is kept."), icon="stop")

    def _failed(self, kind: str, event: Failed) -> None:
        if kind == "variants":
            self._end(event.sentence, self._window.drafting.ways_from_draft(event), tone="bad")

    def _end(self, words: str, ways: Sequence[Way] = (), *, tone: str = "plain", icon: str = "warning") -> None:
        self._growing = ""
        if not self._drafted:
            self._asked = None
            self.leave()
            self._window.notice.say(words, ways, tone=tone, icon=icon)
            return
        self._show()
        self.page.notice.say(words, tone=tone, icon=icon)
        if self._window.focusWidget() is None or not self._window.focusWidget().isVisible():
            self.page.choose(0, focus=True)

    def _show(self) -> None:
        running = self._desk.busy == "variants"
        texts = [drafted.laid.text for drafted in self._drafted]
        if running:
            texts.append(self._growing)
        self.page.show_all(texts, len(self._drafted), self._said or self.tr("Starting"), running=running)
