"""Hashtags as chips."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from composer.ui.controls import Flow
from composer.ui.theme import Theme, restyle


class Chips(QWidget):
    """Hashtags to click in and out."""

    toggled = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._flow = Flow(self)
        self.chips: dict[str, QToolButton] = {}

    def show_tags(self, tags: Sequence[str], used: Sequence[str]) -> None:
        """Show tags; those in `used` are in the post."""
        wanted = [*tags]
        if list(self.chips) != wanted:
            focus = next((tag for tag, chip in self.chips.items() if chip.hasFocus()), "")
            while self._flow.count():
                item = self._flow.takeAt(0)
                if item is not None and (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self.chips = {tag: self._chip(tag) for tag in wanted}
            if focus in self.chips:
                self.chips[focus].setFocus(Qt.FocusReason.OtherFocusReason)
            self.updateGeometry()
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
        chip.setFixedHeight(26)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setAccessibleName(tag)
        chip.clicked.connect(lambda on, tag=tag: self.toggled.emit(tag, on))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(200, self._flow.heightForWidth(max(200, self.width())))

    def resizeEvent(self, _event: object) -> None:
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))
