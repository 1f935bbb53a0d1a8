"""The counter: how much of the network's limit a post uses, and what its bold letters cost."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from composer.ui.controls import label
from composer.ui.measure import Measure
from composer.ui.theme import Theme, restyle


class Counter(QWidget):
    """A line that fills up, the count, and what is left when that matters."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.measure = Measure(0, 3000, 0, 0)
        self._bar = _Meter(theme, self)
        self.words, self.left = label("", "small"), label("", "small")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._bar)
        row = QHBoxLayout()
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.left)
        column.addLayout(row)
        theme.changed.connect(self._show)
        self._show()

    def show_measure(self, measure: Measure) -> None:
        """Show a measure."""
        self.measure = measure
        self._show()

    def text(self) -> str:
        """The count as it is read out."""
        locale = QLocale()
        words = f"{locale.toString(self.measure.count)} / {locale.toString(self.measure.limit)}"
        if self.measure.bold:
            words += " · " + self.tr("bold costs +{n}").format(n=locale.toString(self.measure.bold))
        return words

    def _show(self) -> None:
        locale, measure = QLocale(), self.measure
        count, rest = locale.toString(measure.count), self.text().split(" ", 1)[1]
        ink = self._theme.tokens.bad if measure.left < 0 else self._theme.tokens.text
        # The only marked-up label: digits and our own words, nothing a person typed.
        self.words.setText(f'<span style="color:{ink}; font-weight:600">{count}</span> {rest}')
        self.words.setAccessibleName(self.text())
        if measure.left < 0:
            self.left.setText(self.tr("{n} over").format(n=locale.toString(-measure.left)))
            restyle(self.left, role="bad")
        else:
            near = self.tr("{n} left").format(n=locale.toString(measure.left))
            self.left.setText(near if measure.near else "")
            restyle(self.left, role="warn")
        self._bar.update()


class _Meter(QWidget):
    def __init__(self, theme: Theme, counter: Counter) -> None:
        super().__init__()
        self._theme, self._counter = theme, counter
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens, measure = self._theme.tokens, self._counter.measure
        painter.setBrush(tokens["track"])
        painter.drawRoundedRect(self.rect(), 2, 2)
        part = min(1.0, measure.count / max(1, measure.limit))
        whole = round(self.width() * part)
        painter.setBrush(tokens["bad" if measure.left < 0 else "meter"])
        painter.drawRoundedRect(0, 0, whole, 4, 2, 2)
        if measure.left >= 0 and measure.bold:
            bold = max(2, round(self.width() * measure.bold / measure.limit))
            painter.setBrush(tokens["meter_bold"])
            painter.drawRoundedRect(max(0, whole - bold), 0, min(bold, whole), 4, 2, 2)
