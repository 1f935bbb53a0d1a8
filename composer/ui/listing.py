"""What the lists of sources, drafts and revisions share: how a row is chosen, pointed at and focused, and how a list
behaves."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from composer.ui.theme import Theme

ROW = Qt.ItemDataRole.UserRole
# A row of two lines.
HIGH = 56
AnyIndex = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draws what every row has: a ground where it is chosen or pointed at, and the ring of the focus."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, chosen: bool) -> None:
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self._theme.tokens["tint" if chosen else "hover"])

    def _ring(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.tokens["accent"], 2))
            painter.drawRoundedRect(option.rect.adjusted(3, 3, -4, -4), 6, 6)


def prepare(view: QListView, theme: Theme) -> None:
    """A list without selection and editing, scrolled by pixels, that knows the row under the pointer."""
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    theme.changed.connect(view.viewport().update)


def elided(painter: QPainter, words: str, box: QRect) -> str:
    """`words` on one line, cut off with an ellipsis where they are wider than `box`."""
    return painter.fontMetrics().elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, box.width())
