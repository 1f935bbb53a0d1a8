"""Make the screenshots of every state: `python -m scripts.shots [FOLDER [STATE|WIDTH ...]]`.

Offscreen, from a scripted session. Without arguments all of them go to `build/shots`, and those that the guide shows
to `docs/shots`.
"""

import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

from composer.settings import Settings
from composer.ui import dates, keepers
from composer.ui.app import Parts, application
from composer.ui.window import Window
from scripts.moves import MOVES, Held
from scripts.states import STANDSTILLS, State, read, wait
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession

__all__ = ["STATES", "read", "wait"]

STATES: tuple[State, ...] = (*STANDSTILLS, *MOVES)
SIZES = ((1280, 800), (900, 600), (1920, 1080))
GUIDE = (
    "empty-1280-light", "untimed-1280-light", "drafting-1280-light", "stopped-1280-light", "done-1280-light",
    "sentence-1280-light", "preview-900-light", "drafts-1280-light", "revisions-1280-light", "models-1280-light",
    "done-1280-dark",
)  # fmt: skip
ME = {"about": "I write about kitchens and the people in them"}


def over(window: Window, picture: QPixmap) -> None:
    """Draw what stands over the window where a person would see it: a dialog, a menu, a tip, the pointer."""
    dialog, menu = QApplication.activeModalWidget(), QApplication.activePopupWidget()
    painter = QPainter(picture)
    if dialog is not None:
        place = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
        painter.drawPixmap(place, dialog.grab())
        # The system draws a frame around it.
        painter.setPen(window.theme.tokens["control"])
        painter.drawRect(QRect(place, dialog.size()).adjusted(-1, -1, 0, 0))
    if menu is not None:
        painter.drawPixmap(window.property("menu_at") or window.mapFromGlobal(menu.pos()), menu.grab())
        menu.close()
    held = window.property("held")
    if isinstance(held, Held):
        for tip in QApplication.topLevelWidgets():
            if tip.inherits("QTipLabel") and tip.isVisible():
                painter.drawPixmap(held.at + QPoint(2, 21), tip.grab())
                tip.close()
        point_at(painter, window, held)
    painter.end()


def point_at(painter: QPainter, window: Window, held: Held) -> None:
    """Draw the pointer, and the words it carries."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if held.words:
        painter.setFont(window.theme.sized(1.15))
        box = painter.fontMetrics().boundingRect(held.words).translated(held.at + QPoint(18, 34)).adjusted(-6, -3, 6, 3)
        painter.setPen(window.theme.tokens["border"])
        painter.setBrush(window.theme.tokens["raised"])
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(window.theme.tokens["text"])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, held.words)
    shape = ((0, 0), (0, 16), (4, 12.5), (7, 19), (9.5, 18), (6.7, 11.5), (12, 11))
    painter.translate(QPointF(held.at))
    painter.setPen(window.theme.tokens["surface"])
    painter.setBrush(window.theme.tokens["text"])
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))


def shoot(app: QApplication, folder: Path, wanted: set[str], sizes: set[str]) -> int:
    """Make the pictures; those named in `wanted`, or all. How many were made."""
    count = 0
    for theme in ("light", "dark"):
        for width, height in SIZES:
            for state in STATES:
                name = state.__name__.replace("_", "-")
                if (wanted and name not in wanted) or (sizes and f"{width}" not in sizes):
                    continue
                if name == "preview" and width > 1000:
                    continue
                # As on a desktop that keeps the clipboard, and on the day of the scripted drafts.
                keepers.would_lose, dates.today = (lambda _: False), scripted.today
                session = ScriptedSession()
                parts = Parts(app, lambda session=session: session, Settings(theme=theme, **ME), lambda _: None)  # type: ignore[arg-type]
                parts.window.resize(width, height)
                parts.window.show()
                parts.start()
                wait(60)
                state(parts.window, session)
                wait(320)
                picture = parts.window.grab()
                over(parts.window, picture)
                picture.save(str(folder / f"{name}-{width}-{theme}.png"))
                count += 1
                parts.window.quit_anyway()
                parts.close()
                parts.window.deleteLater()
                app.processEvents()
    return count


def main() -> int:
    """Arguments: a folder, then names of states and widths."""
    arguments = sys.argv[1:]
    folder = Path(arguments[0] if arguments else "build/shots")
    folder.mkdir(parents=True, exist_ok=True)
    app = application(["shots"])
    rest = set(arguments[1:])
    sizes = {word for word in rest if word.isdigit()}
    count = shoot(app, folder, rest - sizes, sizes)
    if not arguments:
        guide = Path("docs/shots")
        guide.mkdir(parents=True, exist_ok=True)
        for name in GUIDE:
            shutil.copyfile(folder / f"{name}.png", guide / f"{name}.png")
    print(f"{count} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
