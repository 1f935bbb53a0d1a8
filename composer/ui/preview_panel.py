"""The right column: how the feed shows it, how long it is, hashtags, checks."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from composer.text.problems import Problem
from composer.ui.card import FeedCard
from composer.ui.checks import Checks
from composer.ui.chips import Chips
from composer.ui.controls import IconButton, MenuButton, Segment, claims_escape, frame, label, steady_scroll
from composer.ui.counter import Counter
from composer.ui.focus import Follower
from composer.ui.listener import Listener
from composer.ui.measure import Measure
from composer.ui.theme import Theme

CARD_MS, HEARD_MS = 60, 300


class PreviewPanel(QFrame):
    """`tagged` carries a hashtag and whether it goes in, `network_changed` the key of a network."""

    # With the 8 of the button its word stands where the column's words stand.
    bar_inset = 8

    tagged = Signal(str, bool)
    reordered = Signal(list)
    blocked = Signal(str)
    device_changed = Signal(str)
    network_changed = Signal(str)

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
        self.listener = Listener()
        column.addWidget(self.listener)
        self.listener.hide()
        column.setAlignment(self.card, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(16)
        rest = QVBoxLayout()
        rest.setContentsMargins(4, 0, 4, 0)
        rest.setSpacing(8)
        self.counter = Counter(theme)
        rest.addWidget(self.counter)
        rest.addSpacing(12)
        self._tag_count, self._check_count = label("", "small"), label("", "small")
        self.add_tag = IconButton(theme, "plus", self.tr("Add a hashtag"), 24)
        title = self._title(self.tr("Hashtags"), self._tag_count)
        title.addWidget(self.add_tag)
        rest.addLayout(title)
        self.chips = Chips(theme)
        self.own: tuple[str, ...] = ()
        self.kept_out: frozenset[str] = frozenset()
        self._build_field()
        self._no_tags = label("", "second", wrap=True)
        rest.addWidget(self.chips)
        rest.addWidget(self._no_tags)
        rest.addWidget(self.tag_field)
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
        Follower(self._area)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._area, 1)
        self.chips.toggled.connect(self.tagged)
        self.chips.ordered.connect(self._ordered)
        self.chips.blocked.connect(self.blocked)
        self.checks.kept.connect(self.keep)
        self._card_soon = QTimer(self)
        self._card_soon.setSingleShot(True)
        self._card_soon.setInterval(CARD_MS)
        self._card_soon.timeout.connect(self._draw)
        self._problems: tuple[Problem, ...] = ()
        self.show_waiting()

    def _build_bar(self) -> None:
        self.bar = frame("bar")
        self.bar.setFixedHeight(44)
        self.bar_row = QHBoxLayout(self.bar)
        self.bar_row.setContentsMargins(self.bar_inset, 0, 8, 0)
        self.bar_row.setSpacing(6)
        self.network = MenuButton(self._theme, self.tr("Network"))
        self.network.chosen.connect(self._network_chosen)
        self.device = Segment(self.tr("Preview"), self._devices())
        self.device_menu = MenuButton(self._theme, self.tr("Preview"))
        self.device_menu.chosen.connect(self._menu_chosen)
        self.device_menu.hide()
        self.light = IconButton(self._theme, "contrast", self.tr("Light or dark card"))
        self.device.chosen.connect(self._device_chosen)
        self.light.clicked.connect(lambda: self.card.turn())
        self.bar_row.addWidget(self.network)
        self.bar_row.addStretch(1)
        self.bar_row.addWidget(self.device)
        self.bar_row.addWidget(self.device_menu)
        self.bar_row.addWidget(self.light)

    def _title(self, words: str, count: QLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(words, "section"))
        row.addStretch(1)
        row.addWidget(count)
        return row

    def _devices(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Phone"), "phone"),
            (self.tr("Desktop"), "desktop"),
            (self.tr("Listener"), "listener"),
        )

    def _device_chosen(self, device: str) -> None:
        self.show_device(device)
        self.device_changed.emit(device)

    def _menu_chosen(self, value: object) -> None:
        """The folded menu holds both: how it is looked at, and where."""
        if value in dict(self._devices()).values():
            self._device_chosen(str(value))
        else:
            self._network_chosen(value)

    def _network_chosen(self, network: object) -> None:
        self.show_network(str(network))
        self.network_changed.emit(str(network))

    def show_network(self, network: str) -> None:
        """Show the post as this network does: its name, its limit, its fold where it is known."""
        self.card.show_network(network)
        self._offer()

    def show_device(self, device: str) -> None:
        """Show the post as this device does, or as a listener hears it."""
        self.device.choose(device)
        device = self.device.value
        heard = device == "listener"
        if not heard:
            self.card.show_device(device)
        self.card.setVisible(not heard)
        self.listener.setVisible(heard)
        self.light.setEnabled(not heard)
        # Two texts to set in lines cost more than the card: they wait for a pause.
        self._card_soon.setInterval(HEARD_MS if heard else CARD_MS)
        self._offer()
        self.flush()

    def _offer(self) -> None:
        from composer.text.networks import NETWORKS

        shown, device = self.card.network, self.device.value
        networks: list[tuple[str, object]] = [(network.name, key) for key, network in NETWORKS.items()]
        self.network.offer(networks, shown)
        devices: list[tuple[str, object]] = [(words, value) for words, value in self._devices()]
        self.device_menu.offer([*devices, ("", None), *networks], device, shown)
        words = next(words for words, value in devices if value == device)
        self.device_menu.show_value(f"{NETWORKS[shown].name}, {words.lower()}")

    def _draw(self) -> None:
        """Show the text where it is looked at: what is hidden is drawn when it is chosen."""
        if self.device.value == "listener":
            self.listener.show_text(self._text)
        else:
            self.card.show_text(self._text)

    # -- a tag of one's own

    def _build_field(self) -> None:
        self.tag_field = QLineEdit()
        self.tag_field.setFixedHeight(28)
        self.tag_field.setPlaceholderText(self.tr("A hashtag, then Enter"))
        self.tag_field.setAccessibleName(self.tr("Add a hashtag"))
        self.tag_field.setMaxLength(100)
        self.tag_field.hide()
        self.tag_field.installEventFilter(self)
        self.tag_field.returnPressed.connect(self._add)
        self.add_tag.clicked.connect(self.open_field)

    def open_field(self) -> None:
        """Open the field for a tag of one's own."""
        self.tag_field.show()
        self.tag_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        tag = "#" + "".join(char for char in self.tag_field.text() if char.isalnum() or char == "_")
        if len(tag) > 1:
            self._tags = tuple(dict.fromkeys([*self._tags, tag]))
            self.tag_field.clear()
            self.tagged.emit(tag, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.tag_field:
            if claims_escape(event):
                return True
            escaped = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
            if escaped and event.type() == QEvent.Type.KeyPress:
                self.tag_field.clear()
                self.add_tag.setFocus(Qt.FocusReason.OtherFocusReason)
                self.tag_field.hide()
                return True
        return super().eventFilter(watched, event)

    def _ordered(self, order: list[str]) -> None:
        self._tags = tuple(order)
        self.reordered.emit(order)

    @property
    def order(self) -> tuple[str, ...]:
        """The tags as they stand."""
        return tuple(self.chips.chips)

    # -- what is shown

    def show_names(self, names: bool) -> None:
        """Show the network in the bar, or leave its place to a switch."""
        self.network.setVisible(names)
        self.device.setVisible(names)
        self.device_menu.setVisible(not names)

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
        self._draw()

    def show_waiting(self, *, drafting: bool = False) -> None:
        """Say when there will be something to show."""
        self.chips.hide()
        self._no_tags.show()
        self._no_tags.setText(self.tr("Ready when the draft is."))
        words = self.tr("They run when the draft is done.") if drafting else self.tr("They run when there is a post.")
        self.checks.say(words)
        self._tag_count.setText("")
        self._check_count.setText("")

    def show_checking(self) -> None:
        """The checks are under way."""
        self.checks.say(self.tr("Looking through the post"))

    def show_tags(self, tags: Sequence[str], used: Sequence[str]) -> None:
        """Show suggestions, best first."""
        self._tags = tuple(tags)
        self._show_tags(used)

    def _show_tags(self, used: Sequence[str]) -> None:
        wanted = [tag for tag in self._tags if tag not in self.kept_out]
        shown = list(dict.fromkeys([*wanted, *used]))
        # Tags of the post stand as in the post; the others keep their places.
        inside = iter(used)
        shown = [next(inside) if tag in used else tag for tag in shown]
        self.chips.show_tags(shown, used, self.own)
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
