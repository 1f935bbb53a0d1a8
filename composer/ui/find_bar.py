"""Find and replace in the post. Searches see through styled letters: `bold` finds 𝗯𝗼𝗹𝗱."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from composer.ui.controls import BAR, IconButton, button, claims_escape, label
from composer.ui.editor import PostEditor
from composer.ui.theme import Theme


def matches(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` stands in `text`, whatever the case and the letters' style. Offsets are code points."""
    from composer.text.style import unstyle

    if not wanted:
        return []
    plain, places = [], []
    for at, char in enumerate(text):
        for letter in (char if char.isascii() else unstyle(char)).casefold():
            plain.append(letter)
            places.append(at)
    flat, needle = "".join(plain), unstyle(wanted).casefold()
    found, at = [], flat.find(needle)
    while at >= 0 and needle:
        found.append((places[at], places[at + len(needle) - 1] + 1))
        at = flat.find(needle, at + len(needle))
    return found


class FindBar(QFrame):
    """One row above the format bar. Enter goes on, Shift+Enter back, Esc closes."""

    closed = Signal()

    def __init__(self, theme: Theme, editor: PostEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setProperty("role", "foot")
        self.setFixedHeight(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(6)
        self.wanted = self._field(self.tr("Find"))
        self.instead = self._field(self.tr("Replace with"))
        self.count = label("", "small")
        self.count.setMinimumWidth(48)
        self.back = IconButton(theme, "up", self.tr("Previous match"))
        self.on = IconButton(theme, "down", self.tr("Next match"))
        self.one, self.all = button(self.tr("Replace")), button(self.tr("All"), "quiet")
        self.all.setAccessibleName(self.tr("Replace all"))
        close = IconButton(theme, "close", self.tr("Close"))
        for part in (self.wanted, self.count, self.back, self.on, self.instead, self.one, self.all, close):
            row.addWidget(part, 1 if part in (self.wanted, self.instead) else 0)
        self.wanted.textChanged.connect(lambda: self.go(0))
        self.back.clicked.connect(lambda: self.go(-1))
        self.on.clicked.connect(lambda: self.go(1))
        self.one.clicked.connect(self.replace_one)
        self.all.clicked.connect(self.replace_all)
        close.clicked.connect(self.close_bar)
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setFixedHeight(BAR)
        field.setMinimumWidth(60)
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.installEventFilter(self)
        return field

    def open_bar(self, *, replacing: bool = False) -> None:
        """Open, with the selection as what to look for."""
        start, end = self._editor.selection()
        picked = self._editor.text()[start:end]
        if picked and "\n" not in picked:
            self.wanted.setText(picked)
        self.show()
        field = self.instead if replacing and self.wanted.text() else self.wanted
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def close_bar(self) -> None:
        """Close, and go back to the paper."""
        self.hide()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def go(self, step: int) -> None:
        """Select the match at the caret (0), the next (1) or the one before (-1)."""
        found = matches(self._editor.text(), self.wanted.text())
        if not found:
            self.count.setText(self.tr("None") if self.wanted.text() else "")
            return
        start, end = self._editor.selection()
        if step < 0:
            number = max((n for n, match in enumerate(found) if match[0] < start), default=len(found) - 1)
        else:
            least = end if step and (start, end) in found else start
            number = next((n for n, match in enumerate(found) if match[0] >= least), 0)
        self._editor.select(*found[number])
        self.count.setText(self.tr("{n} of {all}").format(n=number + 1, all=len(found)))

    def replace_one(self) -> None:
        """Replace the selected match and go to the next."""
        here = self._editor.selection()
        if here in matches(self._editor.text(), self.wanted.text()) and not self._editor.isReadOnly():
            new = self.instead.text()
            self._editor.edit(*here, new)
            at = here[0] + len(new)
            self._editor.select(at, at)
        self.go(0)

    def replace_all(self) -> None:
        """Replace every match, in one undo step."""
        found = matches(self._editor.text(), self.wanted.text())
        if found and not self._editor.isReadOnly():
            cursor = self._editor.textCursor()
            cursor.beginEditBlock()
            for start, end in reversed(found):
                self._editor.edit(start, end, self.instead.text())
            cursor.endEditBlock()
            self.count.setText(self.tr("{n} replaced").format(n=len(found)))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.instead:
                    self.replace_one()
                else:
                    self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return False
