"""Whether this machine can show bold letters and emoji, and what to install where it cannot."""

import sys
from collections.abc import Collection

# Families that have the mathematical alphabets, and families that have emoji.
MATH = ("Noto Sans Math", "DejaVu Sans", "FreeSans", "FreeSerif", "STIX Two Math", "Latin Modern Math", "Symbola")
EMOJI = ("Noto Color Emoji", "Noto Emoji", "Twitter Color Emoji", "Twemoji", "JoyPixels", "OpenMoji", "Symbola")


def lacking(families: Collection[str], platform: str = sys.platform) -> str:
    """A sentence about what will show as boxes, or "". Windows and macOS bring both."""
    if not platform.startswith("linux"):
        return ""
    math, emoji = any(name in families for name in MATH), any(name in families for name in EMOJI)
    if math and emoji:
        return ""
    what = "Bold letters and emoji" if not math and not emoji else "Emoji" if math else "Bold letters"
    packages = [name for name, there in (("fonts-dejavu-core", math), ("fonts-noto-color-emoji", emoji)) if not there]
    return f"{what} show as boxes on this machine, and are copied as they should be. Install {' and '.join(packages)}."
