"""The right column: how the feed shows it, how long it is, hashtags, checks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from composer.text.problems import Problem
from composer.ui.card import FeedCard
from composer.ui.checks import Checks
from composer.ui.chips import Chips
from composer.ui.controls import IconButton, Segment, frame, label, steady_scroll
from composer.ui.counter import Counter
from composer.ui.measure import Measure
from composer.ui.theme import Theme


class PreviewPanel(QFrame):
    """`tagged` carries a hashtag and whether it goes in."""

    tagged = Signal(str, bool)
    device_changed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "ground")
        self._tags: tuple[str, ...] = ()
        self._text = ""
        self._kept: set[tuple[str, str]] = set()
        self._build_bar()
        inside = QWidget()
        inside.setProperty("role", "ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 2, 24)
        column.setSpacing(0)
        self.card = FeedCard(theme)
        column.addWidget(self.card)
        column.setAlignment(self.card, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(16)
        rest = QVBoxLayout()
        rest.setContentsMargins(4, 0, 4, 0)
        rest.setSpacing(8)
        self.counter = Counter(theme)
        rest.addWidget(self.counter)
        rest.addSpacing(12)
        self._tag_count, self._check_count = label("", "small"), label("", "small")
        rest.addLayout(self._title(self.tr("Hashtags"), self._tag_count))
        self.chips = Chips(theme)
        self._no_tags = label("", "second", wrap=True)
        rest.addWidget(self.chips)
        rest.addWidget(self._no_tags)
        rest.addSpacing(12)
        rest.addLayout(self._title(self.tr("Checks"), self._check_count))
        self.checks = Checks(theme)
        rest.addWidget(self.checks)
        column.addLayout(rest)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        steady_scroll(self._area)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._area, 1)
        self.chips.toggled.connect(self.tagged)
        self.checks.kept.connect(self.keep)
        self._card_soon = QTimer(self)
        self._card_soon.setSingleShot(True)
        self._card_soon.setInterval(60)
        self._card_soon.timeout.connect(lambda: self.card.show_text(self._text))
        self._problems: tuple[Problem, ...] = ()
        self.show_waiting()

    def _build_bar(self) -> None:
        self.bar = frame("bar")
        self.bar.setFixedHeight(44)
        self.bar_row = QHBoxLayout(self.bar)
        self.bar_row.setContentsMargins(16, 0, 8, 0)
        self.bar_row.setSpacing(6)
        self.name = label(self.tr("LinkedIn"))
        self.device = Segment(self.tr("Preview"), ((self.tr("Phone"), "phone"), (self.tr("Desktop"), "desktop")))
        self.light = IconButton(self._theme, "contrast", self.tr("Light or dark card"))
        self.device.chosen.connect(self._device_chosen)
        self.light.clicked.connect(lambda: self.card.turn())
        self.bar_row.addWidget(self.name)
        self.bar_row.addStretch(1)
        self.bar_row.addWidget(self.device)
        self.bar_row.addWidget(self.light)

    def _title(self, words: str, count: QLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(words, "section"))
        row.addStretch(1)
        row.addWidget(count)
        return row

    def _device_chosen(self, device: str) -> None:
        self.card.show_device(device)
        self.device_changed.emit(device)

    def show_device(self, device: str) -> None:
        """Show the card as this device does."""
        self.device.choose(device)
        self.card.show_device(self.device.value)

    # -- what is shown

    def show_names(self, names: bool) -> None:
        """Show the network's name in the bar, or leave its place to a switch."""
        self.name.setVisible(names)

    def show_text(self, text: str, measure: Measure, used: Sequence[str], *, drafting: bool = False) -> None:
        """Show a text. The card follows a little later: it is the costly part."""
        self._text = text
        self._card_soon.start()
        self.counter.show_measure(measure)
        self.card.show_bars(drafting and not text.split("\n")[0].strip())
        if drafting:
            self.show_waiting(drafting=True)
            return
        if not text.strip():
            self.checks.say(self.tr("They run when there is a post."))
            self._check_count.setText("")
        self._show_tags(used)

    def flush(self) -> None:
        """Show the card now."""
        self._card_soon.stop()
        self.card.show_text(self._text)

    def show_waiting(self, *, drafting: bool = False) -> None:
        """Say when there will be something to show."""
        self.chips.hide()
        self._no_tags.show()
        self._no_tags.setText(self.tr("Ready when the draft is."))
        words = self.tr("They run when the draft is done.") if drafting else self.tr("They run when there is a post.")
        self.checks.say(words)
        self._tag_count.setText("")
        self._check_count.setText("")

    def show_tags(self, tags: Sequence[str], used: Sequence[str]) -> None:
        """Show suggestions, best first."""
        self._tags = tuple(tags)
        self._show_tags(used)

    def _show_tags(self, used: Sequence[str]) -> None:
        shown = list(dict.fromkeys([*self._tags, *used]))
        self.chips.show_tags(shown, used)
        self.chips.setVisible(bool(shown))
        self._no_tags.setVisible(not shown)
        self._no_tags.setText(self.tr("Ready when the draft is."))
        count = self.tr("{n} in the post").format(n=len(used)) if shown else ""
        self._tag_count.setText(count)

    def show_problems(self, problems: Sequence[Problem], text: str) -> None:
        """Show what a check found, less what the person chose to keep."""
        self._text_checked = text
        self._problems = tuple(problems)
        left = [p for p in problems if (p.kind, text[p.start : p.end]) not in self._kept]
        self.checks.show_problems(left)
        self._check_count.setText(self.tr("{n} to look at").format(n=len(left)) if left else "")

    def keep(self, problem: Problem) -> None:
        """Say no more about this problem."""
        self._kept.add((problem.kind, self._text_checked[problem.start : problem.end]))
        self.show_problems(self._problems, self._text_checked)
