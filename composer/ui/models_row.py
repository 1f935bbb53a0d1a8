"""A row of the Models page, and the box of rows under a heading."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from composer.ui import icons
from composer.ui.controls import BAR, CONTROL, Elided, IconButton, button, frame, label
from composer.ui.models_words import Act, Ask, View
from composer.ui.notices import Sign, announce, rule
from composer.ui.theme import Theme, restyle


class Dot(QWidget):
    """A dot in one of the theme's colours; the sentence beside it says the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.colour = theme, ""
        self.setFixedSize(8, 16)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens[{"warn": "warn_mark"}.get(self.colour, self.colour)])
        painter.drawEllipse(QRectF(0, 4, 8, 8))


class Bar(QWidget):
    """How far something is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.full = theme, 0.0
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens["track"])
        painter.drawRoundedRect(QRectF(0, 0, self.width(), 4), 2, 2)
        painter.setBrush(self._theme.tokens["accent"])
        if self.full > 0:
            painter.drawRoundedRect(QRectF(0, 0, max(4.0, self.width() * self.full), 4), 2, 2)


class Acts(QWidget):
    """The buttons of a row. They stay the same widgets while the row offers the same, so the focus stays too."""

    acted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.buttons: dict[str, QAbstractButton] = {}
        self._shown: tuple[Act, ...] = ()
        theme.changed.connect(self._dress)

    def show_acts(self, acts: tuple[Act, ...], about: str) -> None:
        """Offer these. `about` is the model's name, for who hears the buttons and does not see the row."""
        if acts == self._shown:
            return
        same = [(act.key, act.kind == "icon") for act in acts] == [(a.key, a.kind == "icon") for a in self._shown]
        focused = any(made.hasFocus() for made in self.buttons.values())
        if not same:
            for made in self.buttons.values():
                self._row.removeWidget(made)
                made.hide()
                made.deleteLater()
            self.buttons = {act.key: self._make(act) for act in acts}
        for act in acts:
            made = self.buttons[act.key]
            if act.kind != "icon":
                made.setText((" " if act.icon else "") + act.words)
                restyle(made, kind=act.kind)
            made.setAccessibleName(f"{act.words}: {about}")
        self._shown = acts
        self._dress()
        self.setVisible(bool(acts))
        if focused and not same and acts:
            self.buttons[acts[0].key].setFocus()

    def _make(self, act: Act) -> QAbstractButton:
        made: QAbstractButton
        if act.kind == "icon":
            made = IconButton(self._theme, act.icon, act.words)
        else:
            made = button(act.words, act.kind, CONTROL if act.icon else BAR)
        made.clicked.connect(lambda _=False, key=act.key: self.acted.emit(key))
        self._row.addWidget(made)
        made.show()
        return made

    def _dress(self) -> None:
        tokens = self._theme.tokens
        for act in self._shown:
            if act.icon and act.kind != "icon":
                colour = tokens["on_fill" if act.kind == "filled" else "text"]
                icons.dress(self.buttons[act.key], act.icon, colour, tokens["text3"])


class Question(QFrame):
    """A question in place, with its answers; for a token with a field that shows no letters."""

    answered = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "question")
        grid = QVBoxLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        self._sign = Sign(theme, "warning", "warn")
        self._words = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._words, 1)
        grid.addLayout(top)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setFixedHeight(CONTROL)
        self.field.setPlaceholderText(self.tr("Access token"))
        self.field.setAccessibleName(self.tr("Access token"))
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.field.returnPressed.connect(lambda: self._answer("token"))
        self._hint = label("", "small", wrap=True)
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.field)
        inner.addWidget(self._hint)
        grid.addLayout(inner)
        self.acts = Acts(theme)
        self.acts.acted.connect(self._answer)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 0, 0)
        foot.addWidget(self.acts)
        foot.addStretch(1)
        grid.addLayout(foot)
        self._kind = ""
        self.hide()

    def show_ask(self, ask: Ask | None, about: str) -> None:
        """Ask, or ask no more."""
        if ask is None:
            self._kind = ""
            self.field.clear()
            self.hide()
            return
        new = ask.kind != self._kind or ask.words != self._words.text()
        self._kind = ask.kind
        self._words.setText(ask.words)
        self._sign.become("warning", "bad" if ask.kind in ("failed", "remove") else "warn")
        self.field.setVisible(ask.kind == "token")
        self._hint.setText(ask.hint)
        self._hint.setVisible(bool(ask.hint))
        self.acts.show_acts(ask.acts, about)
        self.show()
        if new:
            announce(self, ask.words)
            if ask.kind == "token":
                self.field.setFocus()
            elif ask.kind != "failed":
                self.acts.buttons[ask.acts[0].key].setFocus()

    @property
    def words(self) -> str:
        """What is asked, or ""."""
        return "" if self.isHidden() else self._words.text()

    def _answer(self, key: str) -> None:
        typed = self.field.text().strip() if key == "token" else ""
        if key == "token" and not typed:
            self.field.setFocus()
            return
        self.field.clear()
        self.answered.emit(key, typed)


class ModelRow(QWidget):
    """Name and facts, strengths, a dot and a sentence of fit, a bar; buttons at the right; a question below."""

    acted = Signal(str, str, str)

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self.key = key
        self.title, self.facts = Elided("strong"), label("", "small", wrap=True)
        self.strengths, self.state = label("", "second", wrap=True), label("", "small", wrap=True)
        self.dot, self.fit = Dot(theme), label("", "small", wrap=True)
        self.bar, self.bar_left, self.bar_right = Bar(theme), label("", "small"), label("", "small")
        self.acts, self.question = Acts(theme), Question(theme)
        self.acts.acted.connect(lambda act: self.acted.emit(self.key, act, ""))
        self.question.answered.connect(lambda act, typed: self.acted.emit(self.key, act, typed))
        left = QVBoxLayout()
        left.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.facts, 1)
        left.addLayout(head)
        left.addWidget(self.strengths)
        self._fit_row = QWidget()
        fit = QHBoxLayout(self._fit_row)
        fit.setContentsMargins(0, 0, 0, 0)
        fit.setSpacing(6)
        fit.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignTop)
        fit.addWidget(self.fit, 1)
        left.addWidget(self._fit_row)
        self._bar_row = QWidget()
        bar = QVBoxLayout(self._bar_row)
        bar.setContentsMargins(0, 6, 0, 0)
        bar.setSpacing(6)
        bar.addWidget(self.bar)
        ends = QHBoxLayout()
        ends.addWidget(self.bar_left)
        ends.addStretch(1)
        ends.addWidget(self.bar_right)
        bar.addLayout(ends)
        left.addWidget(self._bar_row)
        left.addWidget(self.state)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addLayout(left, 1)
        top.addWidget(self.acts, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 12, 12)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(self.question)

    def show_view(self, view: View) -> None:
        """Show a view of the same key."""
        _say(self.title, view.title)
        self.title.setToolTip(view.title)
        _say(self.facts, view.facts.rstrip(" ·"))
        _say(self.strengths, view.strengths)
        _say(self.state, view.state)
        _say(self.fit, view.fit)
        self._fit_row.setVisible(bool(view.fit))
        self.dot.colour = view.colour or "control"
        self.dot.update()
        restyle(self.fit, role=view.colour if view.colour in ("ok", "warn", "bad") else "small")
        self._bar_row.setVisible(view.bar is not None)
        if view.bar is not None:
            self.bar.full = view.bar
            self.bar.update()
            self.bar.setAccessibleName(" ".join(part for part in (view.title, view.bar_left, view.bar_right) if part))
            self.bar_left.setText(view.bar_left)
            self.bar_right.setText(view.bar_right)
        self.acts.show_acts(view.acts, view.title)
        self.question.show_ask(view.ask, view.title)


def _say(part: QLabel, words: str) -> None:
    part.setText(words)
    part.setVisible(bool(words))


class Section(QWidget):
    """A heading, a remark at its right, and the box of rows. Hidden while it has none."""

    acted = Signal(str, str, str)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.title = title
        self.rows: dict[str, ModelRow] = {}
        self.remark = label("", "small")
        head = QHBoxLayout()
        head.addWidget(label(title, "section"))
        head.addStretch(1)
        head.addWidget(self.remark)
        self._box = frame("box")
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 24)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._box)
        self.hide()

    def show_views(self, views: Sequence[View], remark: str = "") -> None:
        """Show these rows, in this order. Those that stay are the same widgets."""
        keys = [view.key for view in views]
        if keys != list(self.rows):
            self._arrange(keys)
        for view in views:
            self.rows[view.key].show_view(view)
        self.remark.setText(remark)
        self.setVisible(bool(views))

    def _arrange(self, keys: Sequence[str]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, ModelRow) and widget.key in keys:
                continue
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        kept, self.rows = self.rows, {}
        for number, key in enumerate(keys):
            if number:
                self._column.addWidget(rule())
            row = kept.get(key) or self._make(key)
            self.rows[key] = row
            self._column.addWidget(row)

    def _make(self, key: str) -> ModelRow:
        made = ModelRow(self._theme, key)
        made.acted.connect(self.acted)
        return made
