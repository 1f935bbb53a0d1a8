"""The letters themselves: which code point stands for which letter in which style.

Everything here is derived from the Unicode Character Database and checked against it in the tests: the thirteen
alphabets are the block Mathematical Alphanumeric Symbols (Unicode Standard, chapter 22.2, "Mathematical
Alphabets") with the holes that Letterlike Symbols fills; the decorative ones are the `<circle>`, `<square>`,
`<wide>`, `<super>` and `<sub>` compatibility forms of the Basic Latin letters and digits, and by name the small
capitals and the negative circled and squared letters, which have no mapping in the database.
"""

from functools import cache
from types import MappingProxyType

LINES = MappingProxyType({"underline": "\u0332", "strikethrough": "\u0336"})
"""The styles that are a mark on each cluster: COMBINING LOW LINE, COMBINING LONG STROKE OVERLAY."""

# name: (A, digit zero or 0, first Greek letter or 0)
_MATH = {
    "serif_bold": (0x1D400, 0x1D7CE, 0x1D6A8),
    "serif_italic": (0x1D434, 0, 0x1D6E2),
    "serif_bold_italic": (0x1D468, 0, 0x1D71C),
    "script": (0x1D49C, 0, 0),
    "script_bold": (0x1D4D0, 0, 0),
    "fraktur": (0x1D504, 0, 0),
    "double_struck": (0x1D538, 0x1D7D8, 0),
    "fraktur_bold": (0x1D56C, 0, 0),
    "sans": (0x1D5A0, 0x1D7E2, 0),
    "sans_bold": (0x1D5D4, 0x1D7EC, 0x1D756),
    "sans_italic": (0x1D608, 0, 0),
    "sans_bold_italic": (0x1D63C, 0, 0x1D790),
    "monospace": (0x1D670, 0x1D7F6, 0),
}
# Letters encoded before the block was; their places in it are reserved for ever (chapter 22.2).
_HOLES = {
    "serif_italic": {"h": 0x210E},
    "script": dict(
        zip(
            "BEFHILMRego",
            (0x212C, 0x2130, 0x2131, 0x210B, 0x2110, 0x2112, 0x2133, 0x211B, 0x212F, 0x210A, 0x2134),
            strict=True,
        )
    ),
    "fraktur": {"C": 0x212D, "H": 0x210C, "I": 0x2111, "R": 0x211C, "Z": 0x2128},
    "double_struck": {"C": 0x2102, "H": 0x210D, "N": 0x2115, "P": 0x2119, "Q": 0x211A, "R": 0x211D, "Z": 0x2124},
}
# Outside the regular runs: digamma in bold, dotless i and j in italic (U+1D6A6, new in Unicode 18, is left out).
_EXTRA = {
    "serif_bold": {"Ϝ": 0x1D7CA, "ϝ": 0x1D7CB},
    "serif_italic": {"ı": 0x1D6A4, "ȷ": 0x1D6A5},
}
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LATIN = _UPPER + _UPPER.lower()
_DIGITS = "0123456789"
_GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"

_DECORATIVE = {
    "circled": (
        _LATIN + _DIGITS,
        "ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ⓪①②③④⑤⑥⑦⑧⑨",
    ),
    "circled_negative": (_UPPER + _DIGITS, "".join(map(chr, range(0x1F150, 0x1F16A))) + "⓿❶❷❸❹❺❻❼❽❾"),
    "squared": (_UPPER, "".join(map(chr, range(0x1F130, 0x1F14A)))),
    "squared_negative": (_UPPER, "".join(map(chr, range(0x1F170, 0x1F18A)))),
    "fullwidth": (_LATIN + _DIGITS, "".join(chr(ord(c) - 0x21 + 0xFF01) for c in _LATIN + _DIGITS)),
    "small_caps": ("abcdefghijklmnopqrstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ"),
    "superscript": (
        "ABCDEFGHIJKLMNOPQRSTUVWabcdefghijklmnopqrstuvwxyz" + _DIGITS,
        "ᴬᴮꟲᴰᴱꟳᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾꟴᴿ\ua7f1ᵀᵁⱽᵂᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ\U000107a5ʳˢᵗᵘᵛʷˣʸᶻ⁰¹²³⁴⁵⁶⁷⁸⁹",
    ),
    "subscript": ("aehijklmnoprstuvwxyz" + _DIGITS, "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥ\u209dₓ\u209e\u209f₀₁₂₃₄₅₆₇₈₉"),
}

MATH_STYLES = tuple(_MATH)
DECORATIVE_STYLES = tuple(_DECORATIVE)
STYLES = (*MATH_STYLES, *LINES, *DECORATIVE_STYLES)
"""Every name that `composer.text.style.style` knows, in the order a menu may show them."""


def _math_forms(name: str) -> dict[int, int]:
    letter, digit, greek = _MATH[name]
    forms = {ord(c): letter + i for i, c in enumerate(_LATIN)}
    forms |= {ord(c): code for c, code in _HOLES.get(name, {}).items()}
    if digit:
        forms |= {ord(c): digit + i for i, c in enumerate(_DIGITS)}
    if greek:
        forms |= {ord(c): greek + i for i, c in enumerate(_GREEK)}
    return forms | {ord(c): code for c, code in _EXTRA.get(name, {}).items()}


@cache
def forms(name: str) -> MappingProxyType[int, int]:
    """Plain code point to styled code point, for an alphabet or a decorative style (KeyError for other names)."""
    if name in _MATH:
        return MappingProxyType(_math_forms(name))
    plain, styled = _DECORATIVE[name]
    return MappingProxyType({ord(a): ord(b) for a, b in zip(plain, styled, strict=True)})


ALPHABET_OF = MappingProxyType({code: name for name in _MATH for code in _math_forms(name).values()})
"""Styled code point to the name of its alphabet: 1,020 code points."""

PLAIN = MappingProxyType({code: plain for name in _MATH for plain, code in _math_forms(name).items()})
"""Styled code point to plain code point: the exact inverse of the thirteen alphabets (not NFKC)."""

# What an attribute does to an alphabet; "" is plain text, which takes the sans family.
_WITH = {
    "bold": {
        "": "sans_bold",
        "sans": "sans_bold",
        "sans_italic": "sans_bold_italic",
        "serif_italic": "serif_bold_italic",
        "script": "script_bold",
        "fraktur": "fraktur_bold",
    },
    "italic": {
        "": "sans_italic",
        "sans": "sans_italic",
        "sans_bold": "sans_bold_italic",
        "serif_bold": "serif_bold_italic",
    },
}
_WITHOUT = {
    "bold": {
        "sans_bold": "",
        "serif_bold": "",
        "sans_bold_italic": "sans_italic",
        "serif_bold_italic": "serif_italic",
        "script_bold": "script",
        "fraktur_bold": "fraktur",
    },
    "italic": {
        "sans_italic": "",
        "serif_italic": "",
        "sans_bold_italic": "sans_bold",
        "serif_bold_italic": "serif_bold",
    },
}


def _steps(changes: dict[str, str]) -> dict[int, int]:
    """Code point to code point for a table of alphabet changes; a letter with no form in the target is left out."""
    table: dict[int, int] = {}
    for source, target in changes.items():
        letters = {code: plain for plain, code in _math_forms(source).items()} if source else {}
        if not source:
            letters = {plain: plain for plain in _math_forms(target)}
        goal = _math_forms(target) if target else {plain: plain for plain in letters.values()}
        table |= {code: goal[plain] for code, plain in letters.items() if plain in goal}
    return table


@cache
def letter_table(operation: str, name: str) -> MappingProxyType[int, int]:
    """The code points that an operation changes, and into what.

    `operation` is `set` (name: an alphabet or decorative style; letters of the thirteen alphabets are taken back to
    plain first, so a styled letter with no form in the new style becomes plain), `add` or `remove` (name: `bold` or
    `italic`), or `clear` (name: "").
    """
    if operation == "set":
        goal = forms(name)
        return MappingProxyType({code: goal.get(plain, plain) for code, plain in PLAIN.items()} | dict(goal))
    if operation == "clear":
        return PLAIN
    return MappingProxyType(_steps((_WITH if operation == "add" else _WITHOUT)[name]))
