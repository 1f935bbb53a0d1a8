"""What a listener hears of the post: with a screen reader that leaves styled letters out, and one that spells them."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from composer.ui.controls import frame, label


class Listener(QFrame):
    """In the place of the card. Words only: what is read aloud has no looks."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "listener")
        self._text: str | None = None
        self.share = label("", "small", wrap=True)
        self.skipped, self.spelled = self._heard(), self._heard()
        self._second = label(self.tr("One that spells styled letters"), "section", wrap=True)
        self._first = label(self.tr("One that leaves styled letters out"), "section", wrap=True)
        self._rule = frame("rule")
        self._rule.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        column.addWidget(self.share)
        column.addSpacing(6)
        column.addWidget(self._first)
        column.addWidget(self.skipped)
        column.addSpacing(8)
        column.addWidget(self._rule)
        column.addSpacing(8)
        column.addWidget(self._second)
        column.addWidget(self.spelled)
        self.setAccessibleName(self.tr("The post as a listener hears it"))

    def _heard(self) -> QLabel:
        made = label("", wrap=True)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return made

    def show_text(self, text: str) -> None:
        """Show what becomes of a text. 4 ms for 3,000 characters: short enough for the window's own thread."""
        from composer.text.access import hear

        if text == self._text:
            return
        self._text = text
        heard = hear(text)
        styled = heard.run_letters > 0
        part = QLocale().toString(round(heard.share * 100))
        if not text.strip():
            words = self.tr("There is nothing to hear yet.")
        elif styled:
            words = self.tr("{part} % of the letters are styled. Screen readers differ in what they make of them.")
        else:
            words = self.tr("No letter is styled: every screen reader reads the post as it stands.")
        self.share.setText(words.format(part=part))
        self.skipped.setText(heard.skipped)
        self.spelled.setText(heard.spelled)
        self.skipped.setAccessibleName(self._first.text())
        self.spelled.setAccessibleName(self._second.text())
        for part_of in (self._rule, self._second, self.spelled, self._first):
            part_of.setVisible(styled)
        self.setAccessibleDescription(heard.skipped)
