"""What is done with saved drafts: between the list of drafts, the revisions and the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from composer.ui import lines as rules
from composer.ui.controls import CONTROL, FocusRing, button, label
from composer.ui.dates import clock_time
from composer.ui.drafting import _places
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.drafts import Scope
    from composer.events import DraftChanged, DraftRow, RevisionCompared, RevisionRestored, RevisionsListed
    from composer.session import Session
    from composer.ui.revisions_panel import ComparePage, RevisionsPanel
    from composer.ui.window import Window
    from composer.ui.workbench import Workbench


PAUSE_MS = 1000


class Keeping(QObject):
    """Holds no state of the drafts: only which one was put into the trash last, for Undo."""

    def __init__(self, window: Window, bench: Workbench) -> None:
        super().__init__(window)
        self._window, self._bench, self._desk = window, bench, window.desk
        self._panel, self._editor = bench.drafts, bench.paper.editor
        self._gone: tuple[str, bool] | None = None
        self._then_revisions = ""
        self._revisions: RevisionsPanel | None = None
        self._compare: ComparePage | None = None
        self._asked = 0
        self.dialog: DeleteDialog | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._count_anew)
        panel, desk = self._panel, self._desk
        panel.scoped.connect(lambda scope: desk.list_drafts(panel.search.text().strip(), cast("Scope", scope)))
        panel.acted.connect(self._act)
        panel.named.connect(lambda draft, name: desk.change(lambda session: session.rename_draft(draft, name)))
        desk.changed.connect(self._changed)
        desk.revised.connect(self._revised)
        desk.compared.connect(self._compared)
        desk.restored.connect(self._restored)
        desk.opened.connect(lambda event: self._opened(event.id))
        desk.saved.connect(lambda _: self._refresh())
        # Where the text becomes another under a comparison, the comparison is over.
        for signal in (desk.drafted, desk.partial, desk.sources_read):
            signal.connect(lambda _: self.leave_compare())
        desk.reading.connect(lambda _: self.close_revisions())

    # -- the list

    def _act(self, what: str, row: DraftRow | None) -> None:
        if what == "undo":
            self.undo_trash()
        elif what == "empty":
            self._ask_to_delete(self._panel.list.rows.rows)
        elif row is not None:
            self._act_on(what, row)

    def _act_on(self, what: str, row: DraftRow) -> None:
        network = self._desk.brief.network
        asks: dict[str, Callable[[Session], int]] = {
            "pin": lambda session: session.pin_draft(row.id),
            "unpin": lambda session: session.pin_draft(row.id, False),
            "duplicate": lambda session: session.duplicate_draft(row.id),
            "posted": lambda session: session.mark_posted(row.id, network),
            "unposted": lambda session: session.mark_posted(row.id, network, False),
            "restore": lambda session: session.trash_draft(row.id, False),
        }
        if what in asks:
            self._desk.change(asks[what])
        elif what == "trash":
            self._trash(row)
        elif what == "delete":
            self._ask_to_delete([row])
        elif what == "revisions" and row.id == self._desk.draft_id:
            self.show_revisions()
        elif what == "revisions":
            self._then_revisions = row.id
            self._desk.open_draft(row.id)

    def _trash(self, row: DraftRow) -> None:
        open_ = row.id == self._desk.draft_id
        if open_:
            self._bench.paper.flush()
            self.close_revisions()
            self._desk.clear()
            self._window.drafting.clear()
            self._window.top.show_draft("")
            self._window.drafting.offer()
        self._gone = (row.id, open_)
        self._desk.change(lambda session: session.trash_draft(row.id))

    def undo_trash(self) -> None:
        """Take back the draft that went into the trash last; open it where it was open."""
        if self._gone is None:
            return
        (draft, was_open), self._gone = self._gone, None
        self._window.toast.hide()
        self._desk.change(lambda session: session.trash_draft(draft, False))
        if was_open and not self._editor.text().strip():
            # The list stays, and so does the focus: it was the list that was worked in.
            self._window.drafting.stay = self._bench.drafts_open
            self._desk.open_draft(draft)

    def _ask_to_delete(self, rows: Sequence[DraftRow]) -> None:
        if not rows:
            return
        ids = [row.id for row in rows]
        self.dialog = DeleteDialog(self._window, self._window.theme, len(ids), sum(row.revisions for row in rows))
        self.dialog.accepted.connect(lambda: self._desk.change(lambda session: session.delete_drafts(ids)))
        self.dialog.finished.connect(lambda _: self._panel.list.setFocus())
        self.dialog.open()

    def _changed(self, event: DraftChanged) -> None:
        self._desk.list_drafts()
        toast, foot = self._window.toast, self._bench.foot
        if event.what == "trashed":
            way = (self.tr("Undo"), self.undo_trash)
            toast.say(self.tr("Draft moved to the trash"), foot, way, tone="trash")
        elif event.what == "duplicated":
            way = (self.tr("Open"), lambda: self._desk.open_draft(event.other))
            toast.say(self.tr("The draft was duplicated"), foot, way)
        elif event.what == "restored":
            toast.say(self.tr("“{title}” is back among the drafts").format(title=_short(event.title)), foot)
        elif event.what == "deleted":
            toast.say(self.tr("Deleted for good"), foot, tone="trash")
        elif event.what == "renamed" and event.draft == self._desk.draft_id:
            self._window.drafting._show_title()

    # -- revisions

    @property
    def revisions(self) -> RevisionsPanel:
        """The list of revisions."""
        if self._revisions is None:
            from composer.ui.revisions_panel import RevisionsPanel

            self._revisions = RevisionsPanel(self._window.theme)
            self._revisions.closed.connect(self.close_revisions)
            self._revisions.chosen.connect(self._choose)
        return self._revisions

    @property
    def compare(self) -> ComparePage:
        """The page of differences."""
        if self._compare is None:
            from composer.ui.revisions_panel import ComparePage

            self._compare = ComparePage(self._window.theme)
            self._compare.left.connect(self._back_to_editing)
            self._compare.restored.connect(lambda: self._desk.restore(self._asked))
        return self._compare

    @property
    def comparing(self) -> bool:
        """Whether differences are shown."""
        return self._compare is not None and self._bench.over is self._compare

    def show_revisions(self) -> None:
        """Show the revisions of the open draft."""
        self._bench.paper.flush()
        if not self._window.on_bench or self._desk.busy:
            return
        if self._desk.draft_id is None:
            self._window.notice.say(self.tr("There are no revisions yet: this draft is not saved."), icon="page")
            return
        self.revisions.delegate.chosen = 0
        self._bench.show_revisions(self.revisions)
        self._desk.list_revisions()
        self.revisions.list.setFocus()

    def close_revisions(self) -> None:
        """Put the preview back in its place."""
        if self._revisions is not None and self._bench.beside is self._revisions:
            self.leave_compare()
            self._bench.show_revisions(None)
            self._editor.setFocus()

    def _opened(self, draft: str) -> None:
        self.close_revisions()
        if self._then_revisions == draft:
            self.show_revisions()
        self._then_revisions = ""

    def _refresh(self) -> None:
        """Count anew when the typing has paused: each revision is compared with the text."""
        if self._revisions is not None and self._bench.beside is self._revisions:
            self._pause.start()

    def _count_anew(self) -> None:
        if self._revisions is not None and self._bench.beside is self._revisions:
            self._desk.list_revisions()

    def _revised(self, event: RevisionsListed) -> None:
        if event.draft == self._desk.draft_id and self._revisions is not None:
            title = self._window.top.title.text()
            self._revisions.show_revisions(event, title, self._desk.saved_at)

    def _choose(self, number: int) -> None:
        if number:
            self._bench.paper.flush()
            self._desk.compare(number)
        else:
            self.leave_compare()

    def _compared(self, event: RevisionCompared) -> None:
        if self._revisions is None or self._bench.beside is not self._revisions:
            return
        if event.number != self._revisions.delegate.chosen:
            return
        self._asked, self._restored_from = event.number, event.at
        self.compare.show_pieces(event.pieces, event.at)
        self._bench.show_over(self.compare)
        # Restore is the next thing to do while comparing: there is one filled button.
        self._window.top.offer_copy(possible=bool(self._editor.text().strip()), next_step=False)

    def leave_compare(self) -> None:
        """Show the paper again."""
        if self.comparing:
            self._bench.show_over(None)
            self.revisions.choose_now()
            self._window.drafting.offer()

    def _back_to_editing(self) -> None:
        self.leave_compare()
        self._editor.setFocus()

    def _restored(self, event: RevisionRestored) -> None:
        lines = rules.carry(self._editor.text(), event.text, self._editor.lines())
        self.leave_compare()
        self._editor.replace(event.text, _places(lines))
        self._bench.paper.flush()
        self._desk.list_revisions()
        if self._bench.drafts_open:
            self._desk.list_drafts()
        words = self.tr("Restored the text of {time}").format(time=clock_time(self._restored_from))
        self._window.toast.say(words, self._bench.foot, (self.tr("Undo"), self._editor.undo))
        self._editor.setFocus()


class DeleteDialog(QDialog):
    """Asks before something is gone for good. The safe button has the focus."""

    def __init__(self, parent: QWidget, theme: Theme, drafts: int, revisions: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = drafts == 1
        title = self.tr("Delete this draft for good?") if one else self.tr("Delete {n} drafts for good?")
        self.setWindowTitle(title.format(n=drafts))
        if not revisions:
            words = self.tr("It cannot be brought back.") if one else self.tr("They cannot be brought back.")
        elif revisions == 1:
            words = self.tr("It and its revision cannot be brought back.") if one else self.tr(
                "They and their one revision cannot be brought back."
            )  # fmt: skip
        else:
            words = self.tr("It and its {n} revisions cannot be brought back.") if one else self.tr(
                "They and their {n} revisions cannot be brought back."
            )  # fmt: skip
        self.words = words.format(n=revisions)
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(self.words)
        self.keep = button(self.tr("Keep"), "outlined", CONTROL)
        self.delete = button(self.tr("Delete for good"), "danger", CONTROL)
        self.keep.clicked.connect(self.reject)
        self.delete.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(self.windowTitle(), "strong"))
        column.addWidget(label(self.words, "second"))
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.delete)
        column.addLayout(row)
        self.setMinimumWidth(440)
        self.keep.setDefault(True)
        self.keep.setFocus()
        ring = FocusRing(self, theme)
        ring.let_clicks_through()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(ring.follow)
        self.finished.connect(lambda _: app.focusChanged.disconnect(ring.follow))


def _short(title: str) -> str:
    return title if len(title) <= 24 else title[:23].rstrip() + "…"
