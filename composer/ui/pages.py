"""The pages that lie over the columns: models, variants, prompts; and the way back from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from composer.ui.models import Models
    from composer.ui.notices import Notice
    from composer.ui.prompts_page import PromptsPage
    from composer.ui.variants import Variants
    from composer.ui.window import Window


class Pages:
    """Each is built when it is first wanted."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._models: Models | None = None
        self._variants: Variants | None = None
        self._prompts: PromptsPage | None = None
        self._before: QWidget | None = None

    @property
    def shown(self) -> str:
        """`models`, `variants`, `prompts`, or "" where none of them is in view."""
        here = self._window.stack.currentWidget()
        pages = {
            "models": self._models and self._models.page,
            "variants": self._variants and self._variants.page,
            "prompts": self._prompts,
        }
        return next((name for name, page in pages.items() if page is not None and page is here), "")

    @property
    def notice(self) -> Notice:
        """The notice of the page in view."""
        shown = self.shown
        if shown == "models":
            return self.models.page.notice
        return self.variants.page.notice if shown == "variants" else self.prompts.notice

    @property
    def variants(self) -> Variants:
        """The page of variants and what it stands on."""
        if self._variants is None:
            from composer.ui.variants import Variants

            self._variants = Variants(self._window)
            self._window.stack.addWidget(self._variants.page)
        return self._variants

    @property
    def prompts(self) -> PromptsPage:
        """The page on which prompts are changed."""
        if self._prompts is None:
            from composer.ui.prompts_page import PromptsPage

            self._prompts = PromptsPage(self._window.theme)
            self._prompts.left.connect(self.leave)
            self._window.stack.addWidget(self._prompts)
        return self._prompts

    @property
    def models(self) -> Models:
        """The Models page and what it stands on."""
        if self._models is None:
            from composer.ui.models import Models

            window = self._window
            assert window.make_library is not None
            self._models = Models(window.make_library(), window.theme, window)
            window.stack.addWidget(self._models.page)
            window.choices.follow(self._models)
        return self._models

    def show(self, page: QWidget, back: str) -> None:
        """Show a page of its own, with the way back in the top bar."""
        self._window.top.show_back(back)
        self._window.stack.setCurrentWidget(page)

    def show_prompts(self) -> None:
        """Open the page of prompts."""
        if not self.shown:
            self._remember()
            self.show(self.prompts, self._back)
            self.prompts.open()

    def show_models(self) -> None:
        """Open the Models page."""
        if self._window.make_library is None or self.shown == "models":
            return
        page = self.models.page
        self._remember()
        self.show(page, self._back)
        self.models.open(self._window.choices.model)
        page.choose.setFocus()

    def see_models(self) -> None:
        """The first page offered a model and is answered: it does not ask again."""
        window = self._window
        if window.make_library is None:
            window.choices.choose_writer("choose")
            return
        window.change_settings(offer_models=False)
        window.empty.offer_model(False)
        self.show_models()

    @property
    def _back(self) -> str:
        return self._window.top.title.text() or self._window.tr("Back")

    def _remember(self) -> None:
        self._before = self._window.stack.currentWidget()

    def leave(self) -> None:
        """Back to where the person came from."""
        window, shown = self._window, self.shown
        if shown == "variants":
            self.variants.leave()
        elif shown and window.is_bench(self._before):
            window.show_bench()
            window.drafting.offer()
            window.bench.paper.editor.setFocus()
        elif shown:
            window.show_empty()

    def close(self) -> None:
        """Stop what the pages began."""
        if self._models is not None:
            self._models.close()
        if self._prompts is not None:
            self._prompts.close_files()
