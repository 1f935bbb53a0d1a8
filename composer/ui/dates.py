"""When a draft was changed, as a person says it."""

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt


def today() -> QDate:
    """The day it is. Pictures and tests have one of their own."""
    return QDate.currentDate()


def when(stamp: str) -> str:
    """An ISO 8601 time as `14:32` (today), `Yesterday`, `12 Nov`, or `12 Nov 2025`; "" where it is none."""
    moment = QDateTime.fromString(stamp, Qt.DateFormat.ISODateWithMs).toLocalTime()
    if not moment.isValid():
        return ""
    day, now, locale = moment.date(), today(), QLocale()
    if day == now:
        return clock_time(stamp)
    if day.addDays(1) == now:
        return "Yesterday"
    form = "d MMM" if day.year() == now.year() else "d MMM yyyy"
    return locale.toString(day, form)


def clock_time(stamp: str) -> str:
    """An ISO 8601 time as `14:32`, in this machine's zone."""
    moment = QDateTime.fromString(stamp, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale().toString(moment.time(), "HH:mm") if moment.isValid() else ""
