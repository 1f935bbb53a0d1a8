"""Hashtags as chips: a click puts one in or takes it out, Alt and an arrow or a drag moves it, Delete blocks it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from composer.ui import icons
from composer.ui.theme import Theme, restyle

HIGH, GAP, SIGN = 26, 6, 12
SOON_MS = 20
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Chip(QToolButton):
    """One hashtag."""

    stepped = Signal(str, int)
    dragged = Signal(str, QPoint)
    dropped = Signal()
    deleted = Signal(str)

    def __init__(self, tag: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.tag = tag
        self._from: QPoint | None = None
        self._dragging = False
        self.setText(tag)
        self.setCheckable(True)
        self.setProperty("kind", "chip")
        self.setFixedHeight(HIGH)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(SIGN, SIGN))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tag)

    def event(self, event: QEvent) -> bool:
        # Alt and an arrow move lines on the paper; here they move the chip.
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self._step(event):
            event.accept()
            return True
        return super().event(event)

    def _step(self, event: QKeyEvent) -> int:
        alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        return STEPS.get(Qt.Key(event.key()), 0) if alt else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := self._step(event):
            self.stepped.emit(self.tag, step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit(self.tag)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if self._from is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (here - self._from).manhattanLength() >= QApplication.startDragDistance()
            if self._dragging or far:
                self._dragging = True
                self.setDown(False)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.dragged.emit(self.tag, self.mapToParent(here))
                return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragging, self._from = self._dragging, False, None
        if dragged:
            self.unsetCursor()
            self.setDown(False)
            self.dropped.emit()
            return
        super().mouseReleaseEvent(event)


class Chips(QWidget):
    """Hashtags in rows. `ordered` carries all of them in a new order; `blocked` one that is not wanted any more."""

    toggled = Signal(str, bool)
    ordered = Signal(list)
    blocked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._own: frozenset[str] = frozenset()
        self._there: dict[str, Chip] = {}
        self._wanted: tuple[Sequence[str], Sequence[str], Collection[str]] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._settle)
        theme.changed.connect(self._dress)

    @property
    def chips(self) -> dict[str, Chip]:
        """The chips by their tags, in order."""
        self._settle()
        return self._there

    def show_tags(self, tags: Sequence[str], used: Sequence[str], own: Collection[str] = ()) -> None:
        """Show tags; those in `used` are in the post, those in `own` were used in other drafts.

        In a moment, or as soon as somebody asks for a chip: a new text brings tags, and has enough to do itself.
        """
        self._wanted = (tags, used, own)
        self._soon.start()

    def _settle(self) -> None:
        if self._wanted is None:
            return
        (tags, used, own), self._wanted = self._wanted, None
        self._soon.stop()
        wanted, self._own = [*tags], frozenset(own)
        if list(self._there) != wanted:
            for tag in [tag for tag in self._there if tag not in wanted]:
                gone = self._there.pop(tag)
                gone.hide()
                gone.deleteLater()
            self._there = {tag: self._there.get(tag) or self._chip(tag) for tag in wanted}
            self._arrange()
        for tag, chip in self._there.items():
            inside = tag in used
            chip.setChecked(inside)
            linkless = not any(char.isalpha() for char in tag)
            restyle(chip, warn=linkless)
            tip = self.tr("Click to take it out") if inside else self.tr("Click to put it in")
            tip += self.tr("; Alt and an arrow moves it, Delete blocks it")
            chip.setToolTip(self.tr("LinkedIn links a tag only with a letter in it") if linkless else tip)
            parts = [self.tr("in the post") if inside else self.tr("not in the post")]
            if tag in self._own:
                parts.append(self.tr("used in other drafts"))
            chip.setAccessibleDescription(", ".join(parts))
        self._dress()

    def _dress(self) -> None:
        tokens, changed = self._theme.tokens, False
        for tag, chip in self._there.items():
            linkless = bool(chip.property("warn"))
            sign = "warning" if linkless else "pin" if tag in self._own else ""
            changed = changed or bool(sign) == chip.icon().isNull()
            if sign:
                colour = tokens["warn" if linkless else "accent" if chip.isChecked() else "text2"]
                icons.dress(chip, sign, colour, tokens["border"])
                chip.setIconSize(QSize(SIGN, SIGN))
            elif not chip.icon().isNull():
                chip.setIcon(type(chip.icon())())
        if changed:
            self._arrange()

    def _chip(self, tag: str) -> Chip:
        chip = Chip(tag, self)
        chip.clicked.connect(lambda on, tag=tag: self.toggled.emit(tag, on))
        chip.stepped.connect(self._step)
        chip.dragged.connect(self._drag)
        chip.dropped.connect(lambda: self.ordered.emit([*self.chips]))
        chip.deleted.connect(self._delete)
        chip.show()
        return chip

    # -- moving

    def _step(self, tag: str, step: int) -> None:
        order = [*self.chips]
        at = order.index(tag)
        to = at + step
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            self._take(order)
            self.ordered.emit(order)

    def _drag(self, tag: str, where: QPoint) -> None:
        """Let the chip stand where the pointer is; the others make room."""
        over = next((other for other, chip in self.chips.items() if chip.geometry().contains(where)), tag)
        if over != tag:
            order = [*self.chips]
            to = order.index(over)
            order.remove(tag)
            order.insert(to, tag)
            self._take(order)

    def _take(self, order: list[str]) -> None:
        self._there = {tag: self.chips[tag] for tag in order}
        before: QWidget | None = None
        for chip in self.chips.values():
            if before is not None:
                QWidget.setTabOrder(before, chip)
            before = chip
        self._arrange()

    def _delete(self, tag: str) -> None:
        order = [*self.chips]
        at = order.index(tag)
        after = order[at + 1] if at + 1 < len(order) else order[at - 1] if at else ""
        self.blocked.emit(tag)
        if after in self.chips:
            self.chips[after].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- rows

    def _arrange(self) -> None:
        """Set the chips in rows, as words are. By hand: a layout of our own would share its items with Qt, which
        deletes them."""
        high = self._place(max(200, self.width()))
        self.setMinimumHeight(high)
        self.setMaximumHeight(high)

    def _place(self, width: int) -> int:
        x, y = 0, 0
        for chip in self._there.values():
            wide = chip.sizeHint().width()
            if x and x + wide > width:
                x, y = 0, y + HIGH + GAP
            chip.setGeometry(x, y, min(wide, width), HIGH)
            x += wide + GAP
        return y + HIGH if self._there else 0

    def resizeEvent(self, _event: object) -> None:
        self._arrange()
