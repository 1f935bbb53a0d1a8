"""The icons: 16 px line drawings, tinted with the theme's colours when first needed."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap

from composer.paths import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QAbstractButton, QWidget

BOX = 16


@lru_cache(maxsize=1)
def _folder() -> Path:
    # Asked for once: looking for the resources is slower than reading an icon.
    return resource("icons")


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (_folder() / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int = BOX, scale: float = 1.0) -> QPixmap:
    """The icon as a picture `size` logical pixels wide, drawn for a screen of `scale`."""
    # QtSvg is loaded with the first icon, not with the window's modules.
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    picture = QPixmap(QSize(round(size * scale), round(size * scale)))
    picture.setDevicePixelRatio(scale)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, colour: QColor, disabled: QColor, size: int = BOX) -> "QIcon":
    """An icon in one colour, and in another where its button is off."""
    from PySide6.QtGui import QIcon

    made = QIcon()
    for scale in sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}):
        made.addPixmap(pixmap(name, colour.name(), size, scale), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, disabled.name(), size, scale), QIcon.Mode.Disabled)
    return made


def dress(button: "QAbstractButton", name: str, colour: QColor, disabled: QColor) -> None:
    """Give a button its icon."""
    button.setIcon(icon(name, colour, disabled))
    button.setIconSize(QSize(BOX, BOX))


def scale_of(widget: "QWidget") -> float:
    """How many device pixels a logical one has where the widget stands."""
    return widget.devicePixelRatioF()
