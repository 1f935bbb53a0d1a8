"""The three columns and those who connect them with the desk: built when first needed, or before, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from composer.ui.drafting import Drafting
    from composer.ui.drafts_list import DraftsModel
    from composer.ui.drafts_panel import DraftsPanel
    from composer.ui.editor_panel import EditorPanel
    from composer.ui.keeping import Keeping
    from composer.ui.notices import Toast
    from composer.ui.preview_panel import PreviewPanel
    from composer.ui.source_panel import SourcePanel
    from composer.ui.window import Window
    from composer.ui.workbench import Workbench

# What the columns load, each after what it stands on, so that no step is long.
MODULES = (
    "post.model", "ui.listing", "ui.notices", "ui.drafts_list", "ui.drafts_panel", "ui.rows", "ui.source_delegate",
    "ui.source_list", "ui.source_panel", "ui.draft_bar", "ui.lines", "ui.offer", "ui.gutter", "ui.editor",
    "ui.find_bar", "ui.format_bar", "ui.editor_panel", "ui.card", "ui.checks", "ui.chips", "ui.preview_panel",
    "ui.workbench", "ui.marking", "ui.wishes", "ui.drafting", "ui.keeping",
    # What the first styled text is measured with.
    "text.clusters", "text.spans", "text.style", "text.networks",
)  # fmt: skip


class Columns:
    """`bench` is there as soon as it is asked for."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._source: SourcePanel | None = None
        self._drafts: DraftsPanel | None = None
        self._paper: EditorPanel | None = None
        self._preview: PreviewPanel | None = None
        self._bench: Workbench | None = None
        self._drafting: Drafting | None = None
        self._keeping: Keeping | None = None
        self._drafts_model: DraftsModel | None = None
        self._toast: Toast | None = None

    @property
    def built(self) -> bool:
        """Whether the columns are there."""
        return self._bench is not None

    def building(self) -> Iterator[None]:
        """Build the columns in steps, and have each draw itself once: its first picture is the slowest."""
        for name in MODULES:
            import_module(f"composer.{name}")
            yield
        for part in ("source", "drafts", "paper", "preview"):
            getattr(self, part)
            yield
        bench = self.bench
        yield
        # At the size it will be shown with: otherwise all of it is laid out twice.
        bench.resize(self._window.stack.size())
        yield
        for panel in (bench.source, bench.paper, bench.paper.bar.page, bench.preview, bench.drafts):
            yield from drawn(panel)

    # -- the parts

    @property
    def source(self) -> SourcePanel:
        """What was said."""
        if self._source is None:
            from composer.ui.source_panel import SourcePanel

            self._source = SourcePanel(self._window.theme)
        return self._source

    @property
    def drafts(self) -> DraftsPanel:
        """The saved drafts."""
        if self._drafts is None:
            from composer.ui.drafts_panel import DraftsPanel

            self._drafts = DraftsPanel(self._window.theme, self.drafts_model)
        return self._drafts

    @property
    def drafts_model(self) -> DraftsModel:
        """The drafts that are listed."""
        if self._drafts_model is None:
            from composer.ui.drafts_list import DraftsModel

            self._drafts_model = DraftsModel(self._window)
        return self._drafts_model

    @property
    def paper(self) -> EditorPanel:
        """What is written."""
        if self._paper is None:
            from composer.ui.editor_panel import EditorPanel

            self._paper = EditorPanel(self._window.theme)
        return self._paper

    @property
    def preview(self) -> PreviewPanel:
        """What others will see."""
        if self._preview is None:
            from composer.ui.preview_panel import PreviewPanel

            self._preview = PreviewPanel(self._window.theme)
        return self._preview

    @property
    def bench(self) -> Workbench:
        """All of them beside each other, connected with the desk."""
        if self._bench is None:
            from composer.ui.workbench import Workbench

            self._bench = Workbench(self.source, self.drafts, self.paper, self.preview)
            self._window.stack.addWidget(self._bench)
            self._connect(self._bench)
        return self._bench

    def _connect(self, bench: Workbench) -> None:
        from composer.ui.drafting import Drafting
        from composer.ui.keeping import Keeping

        window, desk = self._window, self._window.desk
        self._drafting = Drafting(window, bench)
        self._keeping = Keeping(window, bench)
        bench.take_layout(window.settings.layout)
        bench.drafts.picked.connect(desk.open_draft)
        bench.drafts.searched.connect(desk.list_drafts)
        bench.drafts.closed.connect(lambda: window.show_drafts(False))

    @property
    def drafting(self) -> Drafting:
        """What connects the columns with the desk."""
        assert self.bench is not None
        assert self._drafting is not None
        return self._drafting

    @property
    def keeping(self) -> Keeping:
        """What is done with saved drafts."""
        assert self.bench is not None
        assert self._keeping is not None
        return self._keeping

    @property
    def toast(self) -> Toast:
        """What lies over the foot of the preview for a moment."""
        if self._toast is None:
            from composer.ui.notices import Toast

            self._toast = Toast(self._window.theme, self._window)
        return self._toast


def drawn(panel: QWidget) -> Iterator[None]:
    """Have every part of a panel that is not in view yet polished and drawn, a few at a time."""
    for number, part in enumerate(panel.findChildren(QWidget)):
        part.ensurePolished()
        if number % 8 == 7:
            yield
    yield
    panel.grab()
    yield
