"""Colours, sizes and fonts of the window, and the one style sheet made from them.

Contrast of every pair that carries text is at least 4.5 to 1, of every mark at least 3 to 1; the tests recompute it.
"""

from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from composer.ui.qss import stylesheet

# Letters of the mathematical alphabets and emoji are in few fonts; these have them.
EXTRA_FAMILIES = ("Noto Sans Math", "DejaVu Sans", "Noto Color Emoji")
SMALLEST = 13


class Tokens:
    """One set of colours, `#RRGGBB`. A plain class: a dataclass of this many fields costs a start 2 ms."""

    window: str
    surface: str
    raised: str
    sunken: str
    hover: str
    track: str
    line: str
    border: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    tint: str
    glow: str
    fill: str
    fill_hover: str
    on_fill: str
    ok: str
    ok_tint: str
    warn: str
    warn_mark: str
    warn_tint: str
    bad: str
    on_bad: str
    bad_tint: str
    added: str
    removed: str
    meter: str
    meter_bold: str

    def __init__(self, **colours: str) -> None:
        assert colours.keys() == Tokens.__annotations__.keys()
        self.__dict__.update(colours)

    def __getitem__(self, name: str) -> QColor:
        """The colour as Qt wants it."""
        return QColor(self.__dict__[name])


class CardTokens(NamedTuple):
    """Colours of the feed card, which has its own switch between light and dark."""

    card: str
    text: str
    text2: str
    line: str
    link: str
    avatar: str
    on_avatar: str


LIGHT = Tokens(
    window="#F7F6F3", surface="#FFFFFF", raised="#FFFFFF", sunken="#ECEAE5", hover="#EFEDE8", track="#E4E1DB",
    line="#E2DFD9", border="#CFCBC4", control="#8A857E", text="#1F1E1B", text2="#57534D", text3="#67635D",
    accent="#3548C7", tint="#E8EBFB", glow="#D6DCF8", fill="#3548C7", fill_hover="#2A3AA8", on_fill="#FFFFFF",
    ok="#1F6B3E", ok_tint="#E3F1E7", warn="#8A5300", warn_mark="#B87400", warn_tint="#FAEFDA",
    bad="#B3261E", on_bad="#FFFFFF", bad_tint="#FBE8E6", added="#DCF0E2", removed="#FBE1DE",
    meter="#B0ABA3", meter_bold="#57534D",
)  # fmt: skip
DARK = Tokens(
    window="#18191B", surface="#1F2023", raised="#34353A", sunken="#2A2B2F", hover="#2A2B2F", track="#34353A",
    line="#33343A", border="#45464D", control="#7E7F87", text="#ECEAE6", text2="#B4B1AB", text3="#A09D97",
    accent="#A3AEFF", tint="#2A2E4A", glow="#363C66", fill="#5160DA", fill_hover="#5A69E0", on_fill="#FFFFFF",
    ok="#7FCB99", ok_tint="#1F3327", warn="#E6B155", warn_mark="#D39A33", warn_tint="#3A2F1B",
    bad="#FF928A", on_bad="#1F1E1B", bad_tint="#41211F", added="#1F3A2A", removed="#46242A",
    meter="#6A6B73", meter_bold="#D6D3CD",
)  # fmt: skip
CARD_LIGHT = CardTokens("#FFFFFF", "#1E1E1E", "#666666", "#E0DFDC", "#3548C7", "#DDE6DF", "#2C4A36")
CARD_DARK = CardTokens("#1D2226", "#E9EAEB", "#A6A9AC", "#33383D", "#A3AEFF", "#2F4636", "#DCEBDF")


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class Theme(QObject):
    """The colours in use and the fonts; tells when the colours change.

    `choice` is `system`, `light` or `dark`. With `system` the theme follows the desktop while the app runs.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self.base = max(SMALLEST, QFontInfo(font).pixelSize())
        font.setPixelSize(self.base)
        font.setFamilies([*dict.fromkeys([QFontInfo(font).family(), *font.families(), *EXTRA_FAMILIES])])
        self.font = font
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPixelSize(self.px(0.85))
        self.mono = mono
        self.choice = choice
        # Another window of this process may have gone before.
        self._own_palette = self._whole_sheet = bool(app.styleSheet())
        self.tokens = LIGHT
        app.setFont(font)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.choose(choice)

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.tokens is DARK

    def px(self, ratio: float) -> int:
        """A size in pixels, as a ratio of the system's text size."""
        return round(self.base * ratio)

    def sized(self, ratio: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The system's font at a ratio of its size."""
        font = QFont(self.font)
        font.setPixelSize(self.px(ratio))
        font.setWeight(weight)
        return font

    def choose(self, choice: str) -> None:
        """Use `light`, `dark`, or what the `system` says."""
        self.choice = choice
        dark = self._desktop_is_dark() if choice == "system" else choice == "dark"
        self.tokens = DARK if dark else LIGHT
        self._app.setPalette(palette(self.tokens))
        self._own_palette = True
        sheet = stylesheet(self.tokens, self.px, first=not self._whole_sheet)
        if self._app.styleSheet() != sheet:
            self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _desktop_is_dark(self) -> bool:
        if self._own_palette:
            return QGuiApplication.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
        # Before the first picture: the desktop's palette says the same, and sooner (see `controls.keep_out_of_clicks`).
        return self._app.palette().window().color().lightness() < 128

    def settle(self) -> None:
        """Follow the desktop where its palette said something else than its colour scheme. After the first picture."""
        if self._whole_sheet:
            return
        self._whole_sheet = True
        known = QGuiApplication.styleHints().colorScheme() != QtCore.Qt.ColorScheme.Unknown
        if self.choice == "system" and known and self._desktop_is_dark() != self.dark:
            self.choose("system")
        else:
            self._app.setStyleSheet(stylesheet(self.tokens, self.px))

    def _system_changed(self) -> None:
        if self.choice == "system":
            self.choose("system")


def palette(tokens: Tokens) -> QPalette:
    """The palette that Qt's own parts are drawn with."""
    roles = QPalette.ColorRole
    plan = {
        roles.Window: "window", roles.Base: "surface", roles.AlternateBase: "window", roles.Button: "surface",
        roles.WindowText: "text", roles.Text: "text", roles.ButtonText: "text", roles.BrightText: "on_fill",
        roles.PlaceholderText: "text3", roles.ToolTipBase: "raised", roles.ToolTipText: "text",
        roles.Highlight: "glow", roles.HighlightedText: "text", roles.Link: "accent", roles.LinkVisited: "accent",
        roles.Mid: "line", roles.Light: "surface", roles.Midlight: "hover", roles.Dark: "border",
        roles.Shadow: "border", roles.Accent: "accent",
    }  # fmt: skip
    made = QPalette()
    for role, name in plan.items():
        made.setColor(role, tokens[name])
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, tokens["text3"])
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties the style sheet looks at, and have them take effect."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()
