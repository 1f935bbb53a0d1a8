"""Times as transcripts write them."""

import re

# 1:02:03.450, 02:03,45, 02:03, 00:00:01:250 and 00;00;01;250, at the start of a string.
_CLOCK = re.compile(r"(?:(\d{1,4})[:;])?(\d{1,3})[:;](\d{1,2})(?:[.,:;](\d{1,9}))?\Z")
_PLAIN = re.compile(r"\d{1,7}(?:[.,]\d{1,9})?\Z")
_UNITS = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(h|ms|m|s|f|t)\Z")

# A clock in running text: hours are optional, minutes and seconds are not.
CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"


def seconds(token: str) -> float | None:
    """Seconds of a clock (`1:02:03.450`, `02:03,45`) or a plain number of seconds (`3.48`), or None."""
    if len(token) == 12 and token[2] == ":" == token[5] and token[8] in ",.":
        try:
            whole = int(token[:2]) * 3600 + int(token[3:5]) * 60 + int(token[6:8])
            return (whole * 1000 + int(token[9:])) / 1000
        except ValueError:
            pass
    match = _CLOCK.match(token)
    if match:
        hours, minutes, secs, fraction = match.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(secs)
        return round(whole + int(fraction) / 10 ** len(fraction), 6) if fraction else float(whole)
    return float(token.replace(",", ".")) if _PLAIN.match(token) else None


def offset(value: str, frame_rate: float = 30.0, tick_rate: float = 1.0) -> float | None:
    """Seconds of a TTML time: a clock, or a number with its unit (`12.5s`, `300ms`, `75f`, `1000t`), or None.

    Source: Timed Text Markup Language 2, section 12.3 (time value expressions).
    """
    value = value.strip()
    match = _UNITS.match(value)
    if match:
        number = float(match[1])
        scale = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "f": 1 / frame_rate, "t": 1 / tick_rate}
        return round(number * scale[match[2]], 6)
    frames = re.match(r"(\d{1,4}):(\d{1,2}):(\d{1,2}):(\d{1,3})\Z", value)
    if frames:
        hours, minutes, secs, frame = map(int, frames.groups())
        return round(hours * 3600 + minutes * 60 + secs + frame / frame_rate, 6)
    return seconds(value)


def number(value: object, scale: float = 1.0) -> float | None:
    """A JSON number, or a string holding one or a clock, as seconds; None for anything else or out of range."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        if not 0 <= value < 1e10:
            return None
        return float(value) if scale == 1.0 else round(value * scale, 6)
    if isinstance(value, str):
        text = value.strip()
        if len(text) < 11 and text.isascii() and text.isdigit():
            return float(text) if scale == 1.0 else round(int(text) * scale, 6)
        found = seconds(text.removesuffix("s"))
        if found is None:
            return None
        return round(found * scale, 6) if _PLAIN.match(text) else found
    return None
