"""The post as the feed shows it: real text layout at the feed's width, folded at the real line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from composer.ui import icons
from composer.ui.lines import TAG
from composer.ui.offsets import units
from composer.ui.theme import CARD_DARK, CARD_LIGHT, CardTokens, Theme

PAD, HEAD, LINE, FOOT = 16, 72, 20, 36
MORE = "…more"
ACTIONS = (("like", "Like"), ("comment", "Comment"), ("repost", "Repost"), ("send", "Send"))


@dataclass(frozen=True, slots=True)
class Folded:
    """A line of the card: a stretch of the text in UTF-16 units, and whether it ends with "…more"."""

    start: int
    end: int
    more: bool = False


def lay_out(
    text: str, font: QFont, width: int, formats: Sequence[QTextLayout.FormatRange] = ()
) -> tuple[QTextLayout, list[tuple[int, int]]]:
    """The text laid out in lines of `width` pixels, and each line's stretch in UTF-16 units."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    layout.setFormats([*formats])
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append((line.textStart(), line.textStart() + line.textLength()))
    layout.endLayout()
    return layout, lines


def fold_at(text: str, lines: list[tuple[int, int]], keep: int, *, blank_folds: bool) -> int | None:
    """How many lines stand before the fold; None where all of them do.

    `keep` lines are shown, one less where the last of them would be blank and `blank_folds`.
    """
    if len(lines) <= keep:
        return None
    flat = text.encode("utf-16-le", "surrogatepass")
    start, end = lines[keep - 1]
    blank = not flat[2 * start : 2 * end].decode("utf-16-le", "surrogatepass").strip()
    return keep - 1 if blank and blank_folds else keep


class FeedCard(QWidget):
    """A picture of the card, at the network's own sizes. A click unfolds it."""

    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self._name, self._about = "", ""
        self._device, self.network = "phone", "linkedin"
        self._dark: bool | None = None
        self._unfolded = False
        self._bars = False
        self._layout: QTextLayout | None = None
        self._lines: list[tuple[int, int]] = []
        self._fold: int | None = None
        self._font = QFont(theme.font)
        self._font.setPixelSize(14)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Preview of the post"))
        theme.changed.connect(self._relay)
        self._relay()

    # -- what is shown

    def show_text(self, text: str) -> None:
        """Show this text."""
        if text != self._text:
            self._text = text
            self._relay()

    def show_device(self, device: str) -> None:
        """Show it as a `phone` or a `desktop` does."""
        self._device = device
        self._unfolded = False
        self._relay()

    def show_network(self, network: str) -> None:
        """Fold it where this network does, if that is known: see `text.networks`."""
        if network != self.network:
            self.network = network
            self._unfolded = False
            self._relay()

    def show_author(self, name: str, about: str) -> None:
        """Show who posts it."""
        self._name, self._about = name, about
        self.update()

    def show_bars(self, bars: bool) -> None:
        """Grey bars in place of words."""
        self._bars = bars
        self.update()

    def turn(self) -> None:
        """From light to dark, or back: the feed has its own light."""
        self._dark = not self.dark
        self._relay()

    @property
    def dark(self) -> bool:
        """Whether the card is dark."""
        return self._theme.dark if self._dark is None else self._dark

    @property
    def folded(self) -> bool:
        """Whether part of the post is hidden behind "…more"."""
        return self._fold is not None and not self._unfolded

    def visible_lines(self) -> list[str]:
        """The lines above the fold, as they break in the feed."""
        flat = self._text.encode("utf-16-le", "surrogatepass")
        shown = self._lines[: self._fold] if self.folded else self._lines
        return [flat[2 * a : 2 * b].decode("utf-16-le", "surrogatepass").rstrip() for a, b in shown]

    @property
    def text_width(self) -> int:
        """How wide the feed sets the text, in pixels: LinkedIn's measure, the only one that is known, for all."""
        from composer.text.networks import NETWORKS

        fold = NETWORKS["linkedin"].fold
        assert fold is not None
        return fold.phone_px if self._device == "phone" else fold.desktop_px

    # -- layout

    def _relay(self) -> None:
        self._unfolded = self._unfolded and bool(self._text)
        if self._text:
            link = QTextCharFormat()
            link.setForeground(QColor(self.colours.link))
            spans = []
            for match in TAG.finditer(self._text):
                span = QTextLayout.FormatRange()
                span.start = units(self._text, match.start())
                span.length = len(match.group())
                span.format = link
                spans.append(span)
            self._layout, self._lines = lay_out(self._text, self._font, self.text_width, spans)
            self._fold = self._fold_of(self._text)
        else:
            self._layout, self._lines, self._fold = None, [], None
        self.updateGeometry()
        self.setMaximumWidth(self.text_width + 2 * PAD)
        self.setFixedHeight(self._high())
        self.setAccessibleDescription("\n".join(self.visible_lines()))
        self.update()
        self.resized.emit()

    def _fold_of(self, text: str) -> int | None:
        from composer.text.networks import NETWORKS

        fold = NETWORKS[self.network].fold
        if fold is None:
            return None
        blank = fold.blank_last_line_folds_on_desktop and self._device == "desktop"
        return fold_at(text, self._lines, fold.lines, blank_folds=blank)

    def _shown(self) -> int:
        if not self._lines:
            return 3
        return self._fold if self.folded and self._fold is not None else len(self._lines)

    @property
    def scale(self) -> float:
        """Below 1 where the column is narrower than the feed."""
        return min(1.0, self.width() / (self.text_width + 2 * PAD)) if self.width() > 0 else 1.0

    def _high(self) -> int:
        return round((HEAD + self._shown() * LINE + 12 + FOOT * self._actions) * self.scale) + 1

    @property
    def _actions(self) -> bool:
        """Whether the four actions below the text are drawn: they are LinkedIn's words."""
        return self.network == "linkedin"

    def sizeHint(self) -> QSize:
        return QSize(self.text_width + 2 * PAD, self._high())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        if self._high() != self.height():
            self.setFixedHeight(self._high())

    @property
    def colours(self) -> CardTokens:
        """The card's colours."""
        return CARD_DARK if self.dark else CARD_LIGHT

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.colours
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.scale(self.scale, self.scale)
        width = round(self.width() / self.scale)
        self._head(painter, colours, width)
        if self._bars or self._layout is None:
            self._grey(painter, colours)
        else:
            self._body(painter, colours)
        if self._actions:
            self._foot(painter, colours, width)

    def _head(self, painter: QPainter, colours: CardTokens, width: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.avatar))
        painter.drawEllipse(PAD, 12, 48, 48)
        name = self._name or self.tr("Your name")
        font = QFont(self._font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours.on_avatar))
        initials = "".join(part[0] for part in name.split()[:2]).upper()
        painter.drawText(QRect(PAD, 12, 48, 48), Qt.AlignmentFlag.AlignCenter, initials)
        painter.setPen(QColor(colours.text))
        room = width - PAD - 72
        painter.drawText(QRect(72, 12, room, 18), Qt.AlignmentFlag.AlignVCenter, self._cut(painter, name, room))
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.text2))
        about = self._about or self.tr("The line under your name")
        painter.drawText(QRect(72, 30, room, 16), Qt.AlignmentFlag.AlignVCenter, self._cut(painter, about, room))
        used = painter.drawText(QRect(72, 46, room, 16), Qt.AlignmentFlag.AlignVCenter, self.tr("now") + " · ")
        scale = icons.scale_of(self)
        painter.drawPixmap(used.right() + 2, 49, icons.pixmap("globe", colours.text2, 12, scale))

    def _cut(self, painter: QPainter, words: str, room: int) -> str:
        return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def _grey(self, painter: QPainter, colours: CardTokens) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        for number, part in ((0, 0.78), (2, 0.85)):
            top = HEAD + number * LINE + 5
            painter.drawRoundedRect(QRectF(PAD, top, self.text_width * part, 10), 5, 5)

    def _body(self, painter: QPainter, colours: CardTokens) -> None:
        assert self._layout is not None
        painter.setFont(self._font)
        painter.setPen(QColor(colours.text))
        shown = self._shown()
        more = painter.fontMetrics().horizontalAdvance(MORE) + 8
        for number in range(shown):
            line = self._layout.lineAt(number)
            # Letters of another font would make their lines taller: the feed keeps its raster.
            rise = round((LINE - line.height()) / 2)
            at = QPointF(PAD - line.x(), HEAD + number * LINE + rise - line.y())
            last = self.folded and number == shown - 1
            painter.save()
            if last:
                painter.setClipRect(QRectF(PAD, HEAD + number * LINE - 2, self.text_width - more, LINE + 4))
            line.draw(painter, at)
            painter.restore()
            if last:
                painter.save()
                painter.setPen(QColor(colours.text2))
                place = QRectF(PAD, HEAD + number * LINE, self.text_width, LINE)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, MORE)
                painter.restore()

    def _foot(self, painter: QPainter, colours: CardTokens, width: int) -> None:
        top = HEAD + self._shown() * LINE + 11
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(8, top + 0.5), QPointF(width - 8, top + 0.5))
        font = QFont(self._font)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(colours.text2))
        part = (width - 16) / len(ACTIONS)
        scale = icons.scale_of(self)
        names = (self.tr("Like"), self.tr("Comment"), self.tr("Repost"), self.tr("Send"))
        for number, ((icon, _), name) in enumerate(zip(ACTIONS, names, strict=True)):
            wide = painter.fontMetrics().horizontalAdvance(name) + 20
            left = round(8 + number * part + (part - wide) / 2)
            painter.drawPixmap(left, top + 12, icons.pixmap(icon, colours.text2, 14, scale))
            place = QRect(left + 20, top + 1, wide, FOOT)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)

    # -- unfolding

    def unfold(self) -> None:
        """Show all of it, or fold it again."""
        if self._fold is not None:
            self._unfolded = not self._unfolded
            self._relay()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.unfold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.unfold()
        else:
            super().keyPressEvent(event)
