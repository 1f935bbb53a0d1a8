"""The saved drafts in the place of the source: search, four scopes, and what can be done with a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from composer.ui.controls import IconButton, Segment, claims_escape, frame, label
from composer.ui.drafts_list import DraftsList, DraftsModel
from composer.ui.listing import HIGH
from composer.ui.search_field import SearchField
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from composer.events import DraftRow

__all__ = ["HIGH", "DraftsList", "DraftsModel", "DraftsPanel"]


class DraftsPanel(QFrame):
    """`searched` carries what to look for, `scoped` where (`all`, `pinned`, `posted`, `trash`), `picked` the draft to
    open. `acted` carries what to do (`pin`, `unpin`, `rename`, `duplicate`, `revisions`, `posted`, `unposted`, `trash`,
    `restore`, `delete`, `empty`, `undo`) and the row; `named` a draft and its new name."""

    searched = Signal(str)
    scoped = Signal(str)
    picked = Signal(str)
    closed = Signal()
    acted = Signal(str, object)
    named = Signal(str, str)

    def __init__(self, theme: Theme, model: DraftsModel) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._menu: QMenu | None = None
        self.search = SearchField(theme, self.tr("Search drafts"), self.tr("Clear the search"))
        self.search.installEventFilter(self)
        scopes = [(self.tr("All"), "all"), (self.tr("Pinned"), "pinned")]
        scopes += [(self.tr("Posted"), "posted"), (self.tr("Trash"), "trash")]
        self.scopes = Segment(self.tr("Drafts"), scopes)
        self.scopes.chosen.connect(self._scope_chosen)
        self.list = DraftsList(theme, model, menus=True)
        self.list.installEventFilter(self)
        self._empty = label("", "second", wrap=True)
        self._empty.setContentsMargins(16, 8, 16, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top(theme))
        box = QVBoxLayout()
        box.setContentsMargins(16, 12, 16, 12)
        box.addWidget(self.search)
        column.addLayout(box)
        # In a column of 280 the four words need the room up to the edge.
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 4, 8)
        row.addWidget(self.scopes)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(120)
        self._soon.timeout.connect(lambda: self.searched.emit(self.search.text().strip()))
        self.search.textChanged.connect(lambda: self._soon.start())
        self.list.picked.connect(self._picked)
        self.list.menu_wanted.connect(self.open_menu)
        self.list.key_wanted.connect(self._key)
        self.list.naming.named.connect(self.named)
        model.modelReset.connect(self._shown)

    def _top(self, theme: Theme) -> QFrame:
        self.bar = frame("bar")
        self.bar.setFixedHeight(44)
        self.bar_row = QHBoxLayout(self.bar)
        self.bar_row.setContentsMargins(16, 0, 8, 0)
        self._count = label("", "small")
        self.more = IconButton(theme, "more", self.tr("More for the open draft"))
        self.more.clicked.connect(self._more)
        close = IconButton(theme, "close", self.tr("Close drafts"))
        close.clicked.connect(self.closed)
        self.bar_row.addWidget(label(self.tr("Drafts"), "strong"))
        self.bar_row.addWidget(self._count)
        self.bar_row.addStretch(1)
        self.bar_row.addWidget(self.more)
        self.bar_row.addWidget(close)
        return self.bar

    # -- what is shown

    def show_count(self, total: int) -> None:
        """Show how many of all drafts of the scope are in view."""
        shown = len(self.list.rows.rows)
        words = self.tr("{n} of {all}").format(n=shown, all=total) if shown < total else str(shown)
        self._count.setText(words if total else "")

    def _shown(self) -> None:
        rows, query, scope = self.list.rows.rows, self.search.text().strip(), self.scopes.value
        self.list.delegate.query = query
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        nothing = {
            "all": self.tr("No drafts yet. They are saved here as you write."),
            "pinned": self.tr("Nothing is pinned. Pin a draft from its menu."),
            "posted": self.tr("Nothing is marked as posted. You say so from a draft's menu."),
            "trash": self.tr("The trash is empty."),
        }
        none = self.tr("No draft holds “{words}”.").format(words=query)
        self._empty.setText(none if query else nothing[scope])
        self._name_more()

    def _name_more(self) -> None:
        trash = self.scopes.value == "trash"
        name = self.tr("More for the trash") if trash else self.tr("More for the open draft")
        self.more.setAccessibleName(name)
        self.more.setToolTip(name)
        self.more.setEnabled(bool(self.list.rows.rows) if trash else self._chosen() is not None)

    def show_current(self, draft: str | None) -> None:
        """Mark the draft that is open."""
        self.list.delegate.chosen = draft
        self.list.viewport().update()
        self._name_more()

    def _chosen(self) -> DraftRow | None:
        return next((row for row in self.list.rows.rows if row.id == self.list.delegate.chosen), None)

    # -- what is asked

    def _scope_chosen(self, scope: str) -> None:
        self._soon.stop()
        self.scoped.emit(scope)

    def _picked(self, draft: str) -> None:
        """Open a draft. One in the trash is not opened by a click: its menu asks what to do with it."""
        row = next((row for row in self.list.rows.rows if row.id == draft), None)
        if row is None or not row.trashed:
            self.picked.emit(draft)
        else:
            index = self.list.rows.index(self.list.rows.rows.index(row))
            self.open_menu(row, self.list.viewport().mapToGlobal(self.list.visualRect(index).bottomLeft()))

    def _key(self, what: str, row: DraftRow | None) -> None:
        if row is not None and row.trashed:
            what = {"trash": "delete"}.get(what, "")
        if what == "rename" and row is not None:
            self.list.begin_naming(row)
        elif what:
            self.acted.emit(what, row)

    def _more(self) -> None:
        place = self.more.mapToGlobal(QPoint(0, self.more.height()))
        row = self._chosen()
        if self.scopes.value == "trash":
            self._popup([(self.tr("Delete all for good…"), "empty")], None, place)
        elif row is not None:
            self.open_menu(row, place)

    def open_menu(self, row: DraftRow, place: QPoint) -> None:
        """Open the menu of a draft at a place of the screen."""
        if row.trashed:
            entries = [(self.tr("Restore"), "restore"), ("", ""), (self.tr("Delete for good…\tDel"), "delete")]
        else:
            entries = [
                (self.tr("Unpin"), "unpin") if row.pinned else (self.tr("Pin"), "pin"),
                (self.tr("Rename\tF2"), "rename"),
                (self.tr("Duplicate"), "duplicate"),
                (self.tr("Mark as not posted"), "unposted") if row.posted else (self.tr("Mark as posted"), "posted"),
                (self.tr("Revisions"), "revisions"),
                ("", ""),
                (self.tr("Move to trash\tDel"), "trash"),
            ]
        self._popup(entries, row, place)

    def _popup(self, entries: list[tuple[str, str]], row: DraftRow | None, place: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = QMenu(self)
        menu.setAccessibleName(row.title if row is not None else self.tr("Trash"))
        for words, what in entries:
            if not words:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.setData(what)
            action.triggered.connect(lambda _=False, what=what: self._chose(what, row))
        menu.popup(place)

    def _chose(self, what: str, row: DraftRow | None) -> None:
        if what == "rename" and row is not None:
            self.list.begin_naming(row)
        else:
            self.acted.emit(what, row)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                if self.search.text() and watched is self.search:
                    self.search.clear()
                else:
                    self.closed.emit()
                return True
            if event.key() == Qt.Key.Key_Down and watched is self.search and self.list.rows.rows:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.setCurrentIndex(self.list.rows.index(0))
                return True
        return False
