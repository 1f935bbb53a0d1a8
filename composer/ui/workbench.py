"""The three columns, and what becomes of them in a narrow and in a wide window."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from composer.ui.controls import Segment, frame
from composer.ui.drafts_panel import DraftsPanel
from composer.ui.editor_panel import EditorPanel
from composer.ui.preview_panel import PreviewPanel
from composer.ui.source_panel import SourcePanel

NARROW, FOUR, WIDE = 1160, 1600, 1840
# The widths of the side columns for each kind of window: left, right. Zero: there is no such column.
BESIDE = 320
WIDTHS = {"narrow": (400, 0), "normal": (320, 400), "wide": (400, 580)}


def kind_of(width: int) -> str:
    """`narrow`, `normal` or `wide`."""
    return "narrow" if width < NARROW else "wide" if width >= WIDE else "normal"


class Workbench(QFrame):
    """Places the columns. `arranged` tells that another arrangement holds."""

    arranged = Signal(str)

    def __init__(self, source: SourcePanel, drafts: DraftsPanel, paper: EditorPanel, preview: PreviewPanel) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.source, self.drafts, self.paper, self.preview = source, drafts, paper, preview
        self.kind, self.drafts_open = "", False
        self._four = False
        self.widths, self.beside_width = dict(WIDTHS), BESIDE
        self.side = Segment(self.tr("Side"), ((self.tr("Source"), "source"), (self.tr("Preview"), "preview")))
        self.side.hide()
        self.side.chosen.connect(lambda _: self._show_side())
        # What stands in the place of the preview, and over the paper.
        self.beside: QWidget | None = None
        self.over: QWidget | None = None
        self._middle = QStackedWidget()
        self._middle.addWidget(self.paper)
        self._middle.setMinimumWidth(480)
        self._far, self._right = self._host(), self._host()
        self._left = QStackedWidget()
        self._left.setProperty("role", "ground")
        self._left.addWidget(self.source)
        self._splitter = QSplitter()
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for part in (self._far, self._left, self._middle, self._right):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(2, 1)
        self._left.setMinimumWidth(280)
        self._far.setFixedWidth(280)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self._splitter.splitterMoved.connect(self._remember)
        self.arrange(1280)

    def _host(self) -> QFrame:
        host = frame("ground")
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        return host

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self.width())

    def arrange(self, width: int) -> None:
        """Place the columns for a width."""
        kind, four = kind_of(width), width >= FOUR
        if (kind, four) == (self.kind, self._four):
            return
        self.kind, self._four = kind, four
        narrow = kind == "narrow"
        for panel in (self.preview, self.beside):
            if panel is not None and narrow:
                self._left.addWidget(panel)
            elif panel is not None:
                self._put(self._right, panel)
        if not narrow:
            self.preview.setVisible(self.beside is None)
        self._right.setVisible(not narrow)
        self.paper.compact = narrow
        self._left.setMaximumWidth(480)
        self._right.setMaximumWidth(600)
        self._show_side()
        self._spread(width)
        self.arranged.emit(kind)

    def _spread(self, width: int) -> None:
        """Give the columns their widths; what stands in the place of the preview has one of its own."""
        beside = self.beside is not None
        least = 280 if beside else 360 if self.kind == "normal" else 400
        self._right.setMinimumWidth(least)
        left, right = self.widths[self.kind]
        right = self.beside_width if beside and right else right
        far = 280 if self._four and self.drafts_open else 0
        self._splitter.setSizes([far, left, max(480, width - left - right - far), right])

    def _put(self, host: QWidget, panel: QWidget) -> None:
        if panel.parentWidget() is not host:
            layout = host.layout()
            assert layout is not None
            layout.addWidget(panel)
        panel.show()

    def show_drafts(self, open_: bool) -> None:
        """Open or close the drafts: in the place of the source, or beside it in a wide window."""
        self.drafts_open = open_
        self._show_side()
        if self._four:
            self._spread(self.width())

    def show_revisions(self, panel: QWidget | None) -> None:
        """Put a panel in the place of the preview, in a narrow window in that of the side column; None: put it away."""
        before, self.beside = self.beside, panel
        if before is not None and before is not panel:
            before.hide()
        if self.kind != "narrow":
            if panel is not None:
                self._put(self._right, panel)
            self.preview.setVisible(panel is None)
        elif panel is not None:
            self._left.addWidget(panel)
        self._spread(self.width())
        self._show_side()

    def show_over(self, page: QWidget | None) -> None:
        """Show a page over the paper; None: the paper."""
        self.over = page
        if page is not None and self._middle.indexOf(page) < 0:
            self._middle.addWidget(page)
        self._middle.setCurrentWidget(page or self.paper)

    def show_source(self) -> None:
        """Bring the source into view: in a narrow window it may lie behind the preview."""
        if self.kind == "narrow" and self.side.value != "source":
            self.side.choose("source")
            self._show_side()
        if self.drafts_open and not self._four:
            self.show_drafts(False)

    def _show_side(self) -> None:
        beside = self._four
        if beside:
            self._put(self._far, self.drafts)
        elif self.drafts.parentWidget() is not self._left:
            self._left.addWidget(self.drafts)
        self._far.setVisible(beside and self.drafts_open)
        narrow = self.kind == "narrow"
        shown: QWidget = self.source
        if self.drafts_open and not beside:
            shown = self.drafts
        elif narrow and self.side.value == "preview":
            shown = self.preview
        if narrow and self.beside is not None:
            shown = self.beside
        self._left.setCurrentWidget(shown)
        self._place_side_switch(shown if narrow else None)

    def _place_side_switch(self, shown: QWidget | None) -> None:
        """In a narrow window the switch stands where the column's name stood."""
        had = self.side.isAncestorOf(self.side.window().focusWidget()) if self.side.window().focusWidget() else False
        self.source.show_names(shown is None)
        self.preview.show_names(shown is None)
        if isinstance(shown, SourcePanel | PreviewPanel):
            shown.bar_row.insertWidget(0, self.side)
            shown.bar_row.setContentsMargins(12, 0, 8, 0)
            self.side.show()
            if had:
                self.side.part(self.side.value).setFocus()
        else:
            self.side.hide()
        if shown is None:
            for panel in (self.source, self.preview):
                panel.bar_row.setContentsMargins(panel.bar_inset, 0, 8, 0)

    def _remember(self) -> None:
        sizes = self._splitter.sizes()
        if self.beside is None:
            self.widths[self.kind] = (sizes[1], sizes[3])
        else:
            self.beside_width, self.widths[self.kind] = sizes[3], (sizes[1], self.widths[self.kind][1])

    @property
    def foot(self) -> QWidget:
        """Over what a toast lies: the preview, or the side column."""
        return self._left if self.kind == "narrow" else self._right

    def layout_numbers(self) -> tuple[int, ...]:
        """The widths, for the settings."""
        return tuple(number for kind in WIDTHS for number in self.widths[kind])

    def take_layout(self, numbers: tuple[int, ...]) -> None:
        """The widths of before."""
        if len(numbers) == 2 * len(WIDTHS) and all(0 <= n <= 4000 for n in numbers):
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            self.widths = dict(zip(WIDTHS, pairs, strict=True))
            self.kind = ""
            self.arrange(self.width())
