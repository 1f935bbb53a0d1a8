"""The Models page: what fits this machine, what is being got, what is here, and what else is on the list."""

from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from composer.ui import icons
from composer.ui.controls import BAR, CONTROL, Elided, button, label, steady_scroll
from composer.ui.focus import Follower
from composer.ui.models_row import ModelRow, Section
from composer.ui.models_server import ServerForm
from composer.ui.notices import Notice
from composer.ui.theme import Theme

WIDE = 848


class ModelsPage(QFrame):
    """Shows rows and tells what was asked. `acted` carries a row's key, what was asked, and a token if typed."""

    acted = Signal(str, str, str)
    file_wanted = Signal()
    folder_wanted = Signal()
    folder_dropped = Signal(Path)
    move_wanted = Signal()
    address_added = Signal(str)
    server_wanted = Signal(str, str, str)
    limit_chosen = Signal(float)
    update_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "ground")
        self.chosen = Section(theme, self.tr("The file you chose"))
        self.suggested = Section(theme, self.tr("Suggested for this machine"))
        self.getting = Section(theme, self.tr("Downloading"))
        self.here = Section(theme, self.tr("On this machine"))
        self.servers = Section(theme, self.tr("Servers"))
        self.listed = Section(theme, self.tr("On the list"))
        self.sections = (self.chosen, self.suggested, self.getting, self.here, self.servers, self.listed)
        middle = QWidget()
        middle.setProperty("role", "ground")
        middle.setMaximumWidth(WIDE)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(24)
        column.addWidget(self._server_form())
        for section in self.sections:
            section.acted.connect(self.acted)
            column.addWidget(section)
        column.addWidget(self._own_entry())
        column.addWidget(self._foot())
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "ground")
        row = QHBoxLayout(inside)
        row.setContentsMargins(32, 0, 22, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        steady_scroll(self.area)
        Follower(self.area)
        self.notice = Notice(theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.notice)
        theme.changed.connect(self._dress)
        self._dress()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.in_use = label("", "second", wrap=True)
        words.addWidget(label(self.tr("Models"), "heading"))
        words.addWidget(self.in_use)
        row.addLayout(words, 1)
        self.choose = button(" " + self.tr("Choose a file…"), "outlined", CONTROL)
        self.choose.setAccessibleName(self.tr("Choose a file…"))
        self.choose.clicked.connect(self.file_wanted)
        row.addWidget(self.choose)
        self.serve = button(" " + self.tr("Use a server…"), "outlined", CONTROL)
        self.serve.setAccessibleName(self.tr("Use a server…"))
        row.addWidget(self.serve)
        return row

    def _server_form(self) -> QWidget:
        """The fields for a server, and the room below them."""
        self._served = QWidget()
        column = QVBoxLayout(self._served)
        column.setContentsMargins(0, 0, 0, 24)
        self.form = ServerForm()
        column.addWidget(self.form)
        self.serve.clicked.connect(self.open_form)
        self.form.wanted.connect(self.server_wanted)
        self.form.wanted.connect(lambda *_: self._close_form())
        self.form.left.connect(self._close_form)
        self._served.hide()
        return self._served

    def open_form(self) -> None:
        """Ask for a server's address."""
        self._served.show()
        self.form.open()
        self.area.ensureWidgetVisible(self.form)

    def _close_form(self) -> None:
        self._served.hide()
        self.serve.setFocus()

    def _own_entry(self) -> QWidget:
        """A line for an address on the hub."""
        self.own = QWidget()
        column = QVBoxLayout(self.own)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.address = QLineEdit()
        self.address.setFixedHeight(CONTROL)
        self.address.setPlaceholderText(self.tr("owner/repository/file.gguf, or the address of its page"))
        self.address.setAccessibleName(self.tr("Another model from the hub"))
        self.add = button(self.tr("Put on the list"), "outlined", CONTROL)
        self.address.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        row.addWidget(self.address, 1)
        row.addWidget(self.add)
        column.addWidget(label(self.tr("Another model from the hub"), "section"))
        column.addLayout(row)
        self.own.hide()
        return self.own

    def _add(self) -> None:
        words = self.address.text().strip()
        if words:
            self.address_added.emit(words)
            self.address.clear()

    def _foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.stored = Elided("small")
        self.move_button = button(self.tr("Move…"), "smalllink", BAR)
        self.more = button("", "smalllink", BAR)
        self.more.clicked.connect(lambda: self.show_list(self.own.isHidden()))
        self.move_button.clicked.connect(self.move_wanted)
        self.look_button = button(self.tr("Look in another folder…"), "smalllink", BAR)
        self.look_button.clicked.connect(self.folder_wanted)
        row.addWidget(self.stored)
        row.addWidget(self.move_button)
        row.addWidget(self.look_button)
        row.addStretch(1)
        row.addWidget(self.more)
        column.addLayout(row)
        column.addLayout(self._second_line())
        self._folders = QVBoxLayout()
        self._folders.setSpacing(0)
        column.addLayout(self._folders)
        return foot

    def _second_line(self) -> QHBoxLayout:
        """How much downloads may take, and how old the list is."""
        row = QHBoxLayout()
        row.setSpacing(4)
        self.limit = QLineEdit()
        self.limit.setFixedSize(72, BAR)
        self.limit.setPlaceholderText(self.tr("no limit"))
        self.limit.setAccessibleName(self.tr("Downloads take at most, in MB a second"))
        self.limit.editingFinished.connect(self._limited)
        self.dated = Elided("small")
        self.update_button = button(self.tr("Update the list…"), "smalllink", BAR)
        self.update_button.clicked.connect(self.update_wanted)
        row.addWidget(label(self.tr("Downloads take at most"), "small"))
        row.addWidget(self.limit)
        row.addWidget(label(self.tr("MB a second"), "small"))
        row.addStretch(1)
        row.addWidget(self.dated)
        row.addWidget(self.update_button)
        return row

    def show_limit(self, rate: float) -> None:
        """Show the limit, in MB a second; 0 for none."""
        self.limit.setText(QLocale().toString(rate, "f", 1 if rate % 1 else 0) if rate else "")
        self._shown_limit = rate

    _shown_limit = 0.0

    def _limited(self) -> None:
        words = self.limit.text().strip()
        rate, good = QLocale().toDouble(words) if words else (0.0, True)
        if not good:
            # Also as it is written elsewhere.
            rate, good = QLocale.c().toDouble(words.replace(",", "."))
        if not good or not 0 <= rate <= 100_000:
            self.show_limit(self._shown_limit)
            return
        if rate != self._shown_limit:
            self.limit_chosen.emit(rate)
        self.show_limit(rate)

    def _dress(self) -> None:
        tokens = self._theme.tokens
        icons.dress(self.serve, "server", tokens["text"], tokens["text3"])
        icons.dress(self.choose, "folder", tokens["text"], tokens["text3"])

    # -- what is shown

    def show_list(self, wanted: bool) -> None:
        """Open or close what else is on the list."""
        self.own.setVisible(wanted)
        self.listed.setVisible(wanted and bool(self.listed.rows))
        self.say_more()

    def say_more(self) -> None:
        """The words of the link to the rest of the list."""
        count = len(self.listed.rows)
        if not self.own.isHidden():
            words = self.tr("Show less")
        elif count == 1:
            words = self.tr("1 more on the list")
        else:
            words = self.tr("{n} more on the list").format(n=count) if count else self.tr("Another model from the hub")
        self.more.setText(words)

    def show_places(self, stored: str, folders: tuple[Path, ...]) -> None:
        """Where downloads lie, and where else models are looked for."""
        self.stored.setText(stored)
        self.stored.setToolTip(stored)
        while (item := self._folders.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for folder in folders:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4)
            words = Elided("small")
            words.setText(self.tr("Also looks in {folder}").format(folder=folder))
            words.setToolTip(str(folder))
            drop = button(self.tr("Look there no more"), "smalllink", BAR)
            drop.setAccessibleName(self.tr("Look no more in {folder}").format(folder=folder))
            drop.clicked.connect(lambda _=False, folder=folder: self.folder_dropped.emit(folder))
            row.addWidget(words)
            row.addWidget(drop)
            row.addStretch(1)
            self._folders.addWidget(line)

    def row(self, key: str) -> ModelRow | None:
        """The row of a key, wherever it stands."""
        return next((section.rows[key] for section in self.sections if key in section.rows), None)

    def sizeHint(self) -> QSize:
        return QSize(880, 512)
