"""The top bar: drafts, new, title and its state at the left; writer, settings and Copy at the right."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from composer.ui import icons
from composer.ui.controls import CONTROL, Elided, IconButton, MenuButton, button, keep_out_of_clicks, label
from composer.ui.theme import Theme, restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu, QWidget


class TopBar(QFrame):
    """Signals are what was asked for; `writer_chosen` carries `builtin`, `model`, `choose` for a model file, or
    `models` for the page."""

    drafts = Signal(bool)
    new = Signal()
    copied = Signal()
    copied_plain = Signal()
    copied_and_opened = Signal()
    writer_chosen = Signal(object)
    theme_chosen = Signal(str)
    motion_chosen = Signal(bool)
    keys_wanted = Signal()
    author_wanted = Signal()
    models_wanted = Signal()
    prompts_wanted = Signal()
    back = Signal()

    def __init__(self, theme: Theme, parent: "QWidget") -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "top")
        self.setFixedHeight(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        self.drafts_button = IconButton(theme, "sidebar", self.tr("Drafts (F9)"), CONTROL)
        self.drafts_button.setAccessibleName(self.tr("Drafts"))
        self.drafts_button.setCheckable(True)
        self.drafts_button.clicked.connect(self.drafts)
        self.new_button = IconButton(theme, "plus", self.tr("New draft (Ctrl+N)"), CONTROL)
        self.new_button.setAccessibleName(self.tr("New draft"))
        self.new_button.clicked.connect(self.new)
        self.back_button = button("", "quiet", CONTROL)
        self.back_button.clicked.connect(self.back)
        self.back_button.hide()
        self.title, self.state = Elided("strong"), label("", "small")
        self.writer = MenuButton(theme, self.tr("Writer"))
        self.writer.chosen.connect(self.writer_chosen)
        self.search = IconButton(theme, "search", self.tr("All commands (Ctrl+K)"), CONTROL)
        self.search.setAccessibleName(self.tr("All commands"))
        self.search.clicked.connect(self.keys_wanted)
        self.settings = IconButton(theme, "sliders", self.tr("Settings"), CONTROL)
        self.settings.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for part in (self.drafts_button, self.new_button):
            row.addWidget(part)
        row.addWidget(self.back_button)
        row.addSpacing(8)
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(self.writer)
        row.addSpacing(4)
        row.addWidget(self.search)
        row.addWidget(self.settings)
        row.addSpacing(8)
        self._row, self._before_copy = row, row.count() - 1
        self._copy_pair(row)
        theme.changed.connect(self._dress)
        self._filled = False
        self.has_models = False
        self.hide_copy()

    def build_menus(self, theme: str, reduce_motion: bool) -> None:
        """The menus nobody can open before the first picture."""
        if self.settings.menu() is not None:
            return
        from PySide6.QtWidgets import QMenu

        self.settings.setMenu(self._settings_menu())
        menu = QMenu(self.copy_more)
        menu.setAccessibleName(self.tr("More ways to copy"))
        menu.addAction(self.tr("Copy plain, without bold\tCtrl+Alt+C"), self.copied_plain.emit)
        menu.addAction(self.tr("Copy and open the network’s page"), self.copied_and_opened.emit)
        self.copy_more.setMenu(menu)
        self.show_choices(theme, reduce_motion)

    def _settings_menu(self) -> "QMenu":
        from PySide6.QtGui import QActionGroup
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Settings"))
        group = QActionGroup(menu)
        self.theme_actions: dict[str, QAction] = {}
        names = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))
        for choice, name in zip(("system", "light", "dark"), names, strict=True):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, choice=choice: self.theme_chosen.emit(choice))
            group.addAction(action)
            self.theme_actions[choice] = action
        menu.addSeparator()
        self.motion_action = menu.addAction(self.tr("Reduce motion"))
        self.motion_action.setCheckable(True)
        self.motion_action.toggled.connect(self.motion_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Models…"), self.models_wanted.emit)
        menu.addAction(self.tr("Prompts…"), self.prompts_wanted.emit)
        menu.addAction(self.tr("Name on the card…"), self.author_wanted.emit)
        menu.addAction(self.tr("Keyboard"), self.keys_wanted.emit)
        return menu

    def _copy_pair(self, row: QHBoxLayout) -> None:
        self.copy = button(" " + self.tr("Copy"), "outlined", CONTROL)
        self.copy.setToolTip(self.tr("Copy the exact text (Ctrl+Shift+C)"))
        self.copy.setAccessibleName(self.tr("Copy"))
        self.copy.clicked.connect(self.copied)
        self.copy_more = QToolButton()
        self.copy_more.setFixedSize(QSize(CONTROL, CONTROL))
        keep_out_of_clicks(self.copy_more)
        self.copy_more.setAccessibleName(self.tr("More ways to copy"))
        self.copy_more.setToolTip(self.tr("More ways to copy"))
        self.copy_more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.copy.setProperty("side", "left")
        self.copy_more.setProperty("side", "right")
        pair = QHBoxLayout()
        pair.setSpacing(1)
        pair.addWidget(self.copy)
        pair.addWidget(self.copy_more)
        row.addLayout(pair)

    def _dress(self) -> None:
        tokens = self._theme.tokens
        if not self.back_button.isHidden():
            icons.dress(self.back_button, "back", tokens["text"], tokens["text3"])
        if self.copy.isHidden():
            return
        colour = tokens["on_fill" if self._filled else "text"]
        icons.dress(self.copy, "copy", colour, tokens["text3"])
        icons.dress(self.copy_more, "down", colour, tokens["text3"])

    # -- what is shown

    def show_draft(self, title: str, state: str = "") -> None:
        """Show a title and its state: `Drafting`, `Saved 14:32`."""
        self.title.setText(title)
        self.title.setToolTip(title)
        self.state.setText(state)

    def show_state(self, state: str) -> None:
        """Show only a new state."""
        self.state.setText(state)

    def offer_copy(self, *, possible: bool, next_step: bool) -> None:
        """Show Copy; filled where it is the next thing to do."""
        self._filled = next_step and possible
        self._show_copy(True)
        for part in (self.copy, self.copy_more):
            part.setEnabled(possible)
            restyle(part, kind="filled" if self._filled else "outlined")
        self._dress()

    def hide_copy(self) -> None:
        """There is nothing to copy on the first page."""
        self._show_copy(False)

    def _show_copy(self, shown: bool) -> None:
        for part in (self.copy, self.copy_more):
            part.setVisible(shown)
        # Its distance goes with it: the last button ends where all bars end.
        if (gap := self._row.itemAt(self._before_copy)) and (spacer := gap.spacerItem()):
            spacer.changeSize(8 if shown else 0, 0)
            self._row.invalidate()

    def show_back(self, words: str) -> None:
        """On a page of its own: only the way back. With "", the bar is as it was."""
        inner = bool(words)
        self.back_button.setText(words)
        self.back_button.setAccessibleName(self.tr("Back to {page}").format(page=words))
        for part in (self.drafts_button, self.new_button, self.title, self.state, self.writer):
            part.setVisible(not inner)
        self.back_button.setVisible(inner)
        if inner:
            self.hide_copy()
        self._dress()

    def show_writer(self, writer: str, model: Path | str | None, models: Sequence[Path | str]) -> None:
        """Show the writer, and the models and servers (by address) that can be chosen."""
        entries: list[tuple[str, object]] = [(self.tr("Built-in writer"), "builtin")]
        entries += [(known.stem if isinstance(known, Path) else server_name(known), known) for known in models]
        entries.append((self.tr("Choose a model file…"), "choose"))
        if self.has_models:
            entries.append((self.tr("Models…"), "models"))
        current: object = model if writer != "builtin" and model is not None else "builtin"
        self.writer.offer(entries, current)

    def show_choices(self, theme: str, reduce_motion: bool) -> None:
        """Tick the settings."""
        self.theme_actions[theme].setChecked(True)
        self.motion_action.blockSignals(True)
        self.motion_action.setChecked(reduce_motion)
        self.motion_action.blockSignals(False)


def server_name(address: str) -> str:
    """Host and port of a server's address."""
    return address.split("://", 1)[-1].split("/", 1)[0]
