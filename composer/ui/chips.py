"""Hashtags as chips."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from composer.ui.theme import Theme, restyle

HIGH, GAP = 26, 6


class Chips(QWidget):
    """Hashtags to click in and out."""

    toggled = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.chips: dict[str, QToolButton] = {}

    def show_tags(self, tags: Sequence[str], used: Sequence[str]) -> None:
        """Show tags; those in `used` are in the post."""
        wanted = [*tags]
        if list(self.chips) != wanted:
            focus = next((tag for tag, chip in self.chips.items() if chip.hasFocus()), "")
            for chip in self.chips.values():
                chip.hide()
                chip.deleteLater()
            self.chips = {tag: self._chip(tag) for tag in wanted}
            if focus in self.chips:
                self.chips[focus].setFocus(Qt.FocusReason.OtherFocusReason)
            self._arrange()
        for tag, chip in self.chips.items():
            inside = tag in used
            chip.setChecked(inside)
            linkless = not any(char.isalpha() for char in tag)
            restyle(chip, warn=linkless)
            tip = self.tr("Click to take it out") if inside else self.tr("Click to put it in")
            chip.setToolTip(self.tr("LinkedIn links a tag only with a letter in it") if linkless else tip)
            state = self.tr("in the post") if inside else self.tr("not in the post")
            chip.setAccessibleDescription(state)

    def _chip(self, tag: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(tag)
        chip.setCheckable(True)
        chip.setProperty("kind", "chip")
        chip.setFixedHeight(HIGH)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setAccessibleName(tag)
        chip.clicked.connect(lambda on, tag=tag: self.toggled.emit(tag, on))
        chip.show()
        return chip

    def _arrange(self) -> None:
        """Set the chips in rows, as words are. By hand: a layout of our own would share its items with Qt, which
        deletes them."""
        high = self._place(max(200, self.width()))
        self.setMinimumHeight(high)
        self.setMaximumHeight(high)

    def _place(self, width: int) -> int:
        x, y = 0, 0
        for chip in self.chips.values():
            wide = chip.sizeHint().width()
            if x and x + wide > width:
                x, y = 0, y + HIGH + GAP
            chip.setGeometry(x, y, min(wide, width), HIGH)
            x += wide + GAP
        return y + HIGH if self.chips else 0

    def resizeEvent(self, _event: object) -> None:
        self._arrange()
