"""The first page: one sentence, a place to drop a file, and the drafts of before."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from composer.ui import icons
from composer.ui.controls import CONTROL, button, frame, label
from composer.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent

    from composer.events import DraftRow
    from composer.ui.drafts_list import DraftsList
    from composer.ui.notices import Notice

WIDE, RECENT = 600, 3
# Above the heading, and the drop area's height; the same in a window that is too low for them.
TALL, LOW = (64, 208), (24, 168)


class Page(QLabel):
    """The picture of a page: nothing is uploaded, so no arrow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(24, 24)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap("page", self._theme.tokens.text2, 24, icons.scale_of(self)))


class DropArea(QFrame):
    """A dashed box. Drawn here: a style sheet's dashes are uneven."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._over = theme, False
        theme.changed.connect(self.update)

    def point_at(self, over: bool) -> None:
        """Something is held over it, or not."""
        self._over = over
        self.update()

    def paintEvent(self, _event: "QPaintEvent") -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        # By paths: `setPen` and `setBrush` would load all of `Qt` (see `controls.keep_out_of_clicks`).
        path, pen, ground = QPainterPath(), painter.pen(), self.palette().window()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        pen.setColor(tokens["accent" if self._over else "control"])
        if self._over:
            ground.setColor(tokens["tint"])
        else:
            pen.setDashPattern([3, 3])
        painter.fillPath(path, ground)
        painter.strokePath(path, pen)


class EmptyPage(QFrame):
    """`opened` asks for a file, `sampled` for the sample talk, `dropped` carries files, `pasted` a text."""

    opened = Signal()
    sampled = Signal()
    dropped = Signal(list)
    pasted = Signal(str)
    draft_picked = Signal(str)
    all_drafts = Signal()
    model_wanted = Signal()
    model_later = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "paper")
        self.setAcceptDrops(True)
        middle = QWidget(self)
        middle.setMaximumWidth(WIDE)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, TALL[0], 0, 24)
        self._column.setSpacing(0)
        heading = label(self.tr("Turn what somebody said into a post."), "heading")
        self._column.addWidget(heading)
        self._column.addSpacing(8)
        self._column.addWidget(label(self.tr("Nothing leaves this machine unless you say so."), "lead"))
        self._column.addSpacing(24)
        self._column.addWidget(self._drop_area())
        self._column.addSpacing(32)
        self._recent = QWidget()
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setContentsMargins(0, 0, 0, 0)
        self._recent_column.setSpacing(0)
        self._recent.hide()
        self._column.addWidget(self._recent)
        self._offer: QFrame | None = None
        self._column.addStretch(1)
        self._notice: Notice | None = None
        row = QHBoxLayout()
        row.setContentsMargins(32, 0, 32, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(row, 1)
        self._list: DraftsList | None = None
        self._newest: tuple[DraftRow, ...] = ()

    @property
    def notice(self) -> "Notice":
        """The notice at the foot; made when there is something to say."""
        if self._notice is None:
            from composer.ui.notices import Notice

            self._notice = Notice(self._theme)
            self._whole.addWidget(self._notice)
        return self._notice

    def _drop_area(self) -> QFrame:
        self.area = DropArea(self._theme)
        self.area.setFixedHeight(TALL[1])
        column = self._area_column = QVBoxLayout(self.area)
        column.setContentsMargins(24, 40, 24, 36)
        column.setSpacing(0)
        kinds = self.tr("VTT, SRT, JSON, Markdown or plain text, from any recorder")
        self.open_button = button(self.tr("Open a file…"), "filled", CONTROL)
        self.sample_button = button(self.tr("Try the sample talk"), "outlined", CONTROL)
        self.open_button.clicked.connect(self.opened)
        self.sample_button.clicked.connect(self.sampled)
        column.addLayout(_centred(Page(self._theme)))
        column.addSpacing(12)
        column.addLayout(_centred(label(self.tr("Drop a transcript here, or paste it"), "big")))
        column.addSpacing(4)
        column.addLayout(_centred(label(kinds, "small")))
        column.addSpacing(18)
        column.addLayout(_centred(self.open_button, self.sample_button))
        return self.area

    def offer_model(self, wanted: bool) -> None:
        """The line that offers a model, until "Later"."""
        if self._offer is not None:
            self._offer.setVisible(wanted)
            self._fit()
            return
        if not wanted:
            return
        self._offer = frame("offer")
        self._offer.setFixedHeight(40)
        row = QHBoxLayout(self._offer)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(4)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("chip", self._theme.tokens.text2, 16, icons.scale_of(self)))
        row.addWidget(sign)
        row.addSpacing(4)
        row.addWidget(label(self.tr("The built-in writer is ready.")))
        row.addWidget(label(self.tr("A local model writes more freely."), "second"))
        row.addStretch(1)
        choose, later = button(self.tr("See what fits"), "link"), button(self.tr("Later"), "quiet")
        choose.clicked.connect(self.model_wanted)
        later.clicked.connect(self._later)
        row.addWidget(choose)
        row.addWidget(later)
        self._theme.changed.connect(
            lambda: sign.setPixmap(icons.pixmap("chip", self._theme.tokens.text2, 16, icons.scale_of(self)))
        )
        self._column.insertWidget(self._column.count() - 1, self._offer)
        self._fit()

    def _later(self) -> None:
        self.offer_model(False)
        self.model_later.emit()

    def show_recent(self, rows: Sequence["DraftRow"]) -> None:
        """The newest drafts, if there are any."""
        from composer.ui.drafts_list import DraftsList, DraftsModel
        from composer.ui.notices import rule

        while (item := self._recent_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._recent.setVisible(bool(rows))
        if not rows:
            return
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 4)
        row.addWidget(label(self.tr("Recent drafts"), "section"))
        row.addStretch(1)
        words = self.tr("All {n} drafts").format(n=len(rows)) if len(rows) > RECENT else self.tr("Search drafts")
        more = button(words, "smalllink", 24)
        more.clicked.connect(self.all_drafts)
        row.addWidget(more)
        self._recent_column.addWidget(head)
        self._recent_column.addWidget(rule())
        model = DraftsModel(self._recent)
        listed = DraftsList(self._theme, model, inset=0, rules=True)
        listed.setProperty("role", "paper")
        listed.setStyleSheet("background: transparent")
        listed.setVerticalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listed.picked.connect(self.draft_picked)
        self._list, self._newest = listed, tuple(rows[:RECENT])
        self._recent_column.addWidget(listed)
        self._recent_column.addSpacing(24)
        for at in range(self._recent_column.count()):
            if (item := self._recent_column.itemAt(at)) and (part := item.widget()):
                part.show()  # a layout shows its parts later, and takes no account of them until then
        self._fit()

    def _fit(self) -> None:
        """In a low window the drop area is lower too, and fewer drafts are shown: nothing lies over anything."""
        if self._list is None or self._recent.isHidden():
            return
        from composer.ui.listing import HIGH

        notice = self._notice.height() if self._notice is not None and not self._notice.isHidden() else 0
        room = self.height() - notice
        whole = self._arrange(TALL, len(self._newest), HIGH)
        if whole > room:
            over = self._arrange(LOW, len(self._newest), HIGH) - room
            self._arrange(LOW, max(1, len(self._newest) - max(0, -(-over // HIGH))), HIGH)
        count = self._list.height() // HIGH
        if self._list.rows.rows != self._newest[:count]:
            self._list.rows.show(self._newest[:count])

    def _arrange(self, sizes: tuple[int, int], count: int, high: int) -> int:
        """Lay the page out with `count` drafts; how high it is."""
        assert self._list is not None
        top, area = sizes
        self._column.setContentsMargins(0, top, 0, 24)
        self.area.setFixedHeight(area)
        self._area_column.setContentsMargins(24, *((40, 24, 36) if sizes == TALL else (16, 24, 16)))
        self._list.setFixedHeight(high * count)
        self._recent_column.activate()
        self._column.invalidate()
        return self._column.sizeHint().height()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._fit()

    # -- dropping and pasting

    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()
            self.area.point_at(True)

    def dragLeaveEvent(self, _event: object) -> None:
        self.area.point_at(False)

    def dropEvent(self, event: "QDropEvent") -> None:
        self.area.point_at(False)
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.dropped.emit(files)
        elif event.mimeData().text().strip():
            self.pasted.emit(event.mimeData().text())
        event.acceptProposedAction()

    def paste(self) -> None:
        """Take what is on the clipboard: files, or text."""
        data = QApplication.clipboard().mimeData()
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data is not None else []
        if files:
            self.dropped.emit(files)
        elif data is not None and data.text().strip():
            self.pasted.emit(data.text())
        else:
            self.notice.say(self.tr("The clipboard holds no text. Copy the transcript first, then paste it here."))

    def sizeHint(self) -> QSize:
        return QSize(880, 512)


def _centred(*parts: QWidget) -> QHBoxLayout:
    """A row of widgets in the middle."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addStretch(1)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
