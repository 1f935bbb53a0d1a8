"""The prompts that a model is shown: read them, change them, take a change back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QTextEdit, QVBoxLayout

from composer.errors import ComposerError
from composer.ui.controls import button, frame, label
from composer.ui.notices import Notice
from composer.ui.theme import Theme, restyle

if TYPE_CHECKING:
    from composer.writers.own_prompts import Prompt

LIST, ROW = 420, 32


class PromptsPage(QFrame):
    """`left` is the way back. Files are read and written on a thread of their own: the window waits for no disk."""

    left = Signal()
    _answered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._files = ThreadPoolExecutor(1, "prompts")
        self._prompts: dict[str, Prompt] = {}
        # What was typed and not saved, by name: going to another prompt and back loses nothing.
        self._typed: dict[str, str] = {}
        self._name = ""
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Prompts"))
        self.list.setFixedWidth(LIST)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("role", "rows")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextEdit()
        self.text.setAcceptRichText(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("The prompt"))
        self.text.setFont(theme.sized(1.0))
        self.text.document().setDocumentMargin(16)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.notice = Notice(theme)
        bar = frame("bar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        self.about = label(self.tr("What a model is shown. A change counts from the next draft on."), "small")
        self.reset = button(self.tr("Take the change back"), "quiet")
        self.save = button(self.tr("Save"), "outlined")
        row.addWidget(label(self.tr("Prompts"), "strong"))
        row.addWidget(self.about)
        row.addStretch(1)
        row.addWidget(self.reset)
        row.addWidget(self.save)
        middle, rule = QHBoxLayout(), frame("rule")
        rule.setFixedWidth(1)
        middle.setSpacing(0)
        for part in (self.list, rule, self.text):
            middle.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(middle, 1)
        column.addWidget(self.notice)
        self._answered.connect(self._answer)
        self.list.currentItemChanged.connect(lambda now, _: self._go(now))
        self.text.textChanged.connect(self._changed)
        self.save.clicked.connect(self._save)
        self.reset.clicked.connect(self._reset)
        self._offer()

    def open(self) -> None:
        """Read the prompts; the list has the focus."""
        self.notice.hide()
        self.list.setFocus()
        self._ask(lambda prompts: prompts.every())

    def close_files(self) -> None:
        """Wait for what is being written."""
        self._files.shutdown(wait=True)

    # -- the files

    def _ask(self, what: Callable[..., object]) -> None:
        self._files.submit(self._do, what)

    def _do(self, what: Callable[..., object]) -> None:
        from composer.writers import own_prompts

        try:
            self._answered.emit(what(own_prompts))
        except ComposerError as error:
            self._answered.emit(error)

    def _answer(self, answer: object) -> None:
        if isinstance(answer, ComposerError):
            self.notice.say(str(answer), tone="bad")
            return
        changed = answer if isinstance(answer, tuple) else (answer,)
        for prompt in changed:
            self._prompts[prompt.name] = prompt
        if not isinstance(answer, tuple):
            name = changed[0].name
            self._typed.pop(name, None)
            kept = self.tr("Saved. The next draft is written with it.")
            self.notice.say(
                kept if changed[0].changed else self.tr("This is the prompt that came with the app."), icon="check"
            )
            if name == self._name:
                self._show(name)
        self._fill()

    # -- what is shown

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for name, prompt in self._prompts.items():
            words = self.tr("{about} · changed").format(about=prompt.about) if prompt.changed else prompt.about
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(name)
            self.list.addItem(item)
        names = list(self._prompts)
        self.list.setCurrentRow(names.index(self._name) if self._name in names else 0)
        self.list.blockSignals(False)
        if not self._name and names:
            self._show(names[0])
        self._offer()

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(str(item.data(Qt.ItemDataRole.UserRole)))

    def _show(self, name: str) -> None:
        self._name = name
        self.text.blockSignals(True)
        self.text.setPlainText(self._typed.get(name, self._prompts[name].text))
        self.text.blockSignals(False)
        self._offer()

    def _changed(self) -> None:
        if self._name:
            text = self.text.toPlainText()
            if text == self._prompts[self._name].text:
                self._typed.pop(self._name, None)
            else:
                self._typed[self._name] = text
            self._offer()

    def _offer(self) -> None:
        typed = self._name in self._typed
        self.save.setEnabled(typed)
        restyle(self.save, kind="filled" if typed else "outlined")
        self.reset.setEnabled(bool(self._name) and (typed or self._prompts[self._name].changed))

    def _save(self) -> None:
        name, text = self._name, self.text.toPlainText()
        self._ask(lambda prompts: prompts.save(name, text))

    def _reset(self) -> None:
        self._ask(lambda prompts, name=self._name: prompts.reset(name))
