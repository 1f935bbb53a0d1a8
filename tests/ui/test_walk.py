"""The tree that a screen reader walks, in every state there is a picture of: each page, popover, menu and dialog."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from composer.settings import Settings
from composer.ui.window import Window
from scripts.shots import STATES, read, wait
from tests.ui.scripted import ScriptedSession
from tests.ui.test_access import cut_off

ROLE = QAccessible.Role
# What a person can do something with. Rows of a list read out their text.
CONTROLS = {
    ROLE.PushButton, ROLE.CheckBox, ROLE.RadioButton, ROLE.ButtonMenu, ROLE.ButtonDropDown, ROLE.EditableText,
    ROLE.List, ROLE.ListItem, ROLE.Tree, ROLE.TreeItem, ROLE.Table, ROLE.Cell, ROLE.MenuItem, ROLE.PopupMenu,
    ROLE.ComboBox, ROLE.Slider, ROLE.Dialog, ROLE.Link, ROLE.PageTab,
}  # fmt: skip


def walk(face: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """A face and all below it that are in view."""
    yield face
    for number in range(min(face.childCount(), 60)):
        child = face.child(number)
        if child is not None and child.isValid() and not child.state().invisible and depth < 30:
            yield from walk(child, depth + 1)


def bare(root: QWidget) -> list[str]:
    """Controls without a name or a role."""
    found = []
    for face in walk(QAccessible.queryAccessibleInterface(root)):
        widget = face.object()
        kind = type(widget).__name__ if widget is not None else "part"
        control = face.role() in CONTROLS or face.state().focusable
        if not control or face.role() == ROLE.Window or kind.startswith(("QScroll", "QComboBoxPrivate")):
            continue
        named = face.text(QAccessible.Text.Name) or face.text(QAccessible.Text.Value)
        if face.role() == ROLE.NoRole or (not named and not face.state().disabled):
            found.append(f"{kind} {face.role()} {face.rect()}")
    return found


def out_of_reach(root: QWidget) -> list[str]:
    """Buttons in view that Tab does not reach."""
    return [
        part.accessibleName() or part.text()
        for part in root.findChildren(QAbstractButton)
        if part.isVisible() and part.isEnabled() and not part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_control_has_a_name_and_a_role_and_is_reached(
    state: Callable[[Window, ScriptedSession], None],
    build: Callable[..., Window],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    from composer.ui import keepers

    monkeypatch.setattr(keepers, "would_lose", lambda _: False)
    session = ScriptedSession()
    window = build(session, Settings(theme="light"))
    state(window, session)
    wait(30)
    roots: list[QWidget] = [window]
    over = [QApplication.activeModalWidget(), QApplication.activePopupWidget()]
    roots += [root for root in over if root is not None]
    assert {type(root).__name__: bare(root) for root in roots if bare(root)} == {}
    assert [name for root in roots for name in out_of_reach(root)] == []
    qtbot.waitUntil(lambda: cut_off(window) == [])
    for root in roots[1:]:
        root.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_is_seen_at_every_stop(build: Callable[..., Window], qtbot: QtBot, theme: str) -> None:
    """At each place where Tab stops, the picture with the focus is another than the one without."""
    session = ScriptedSession()
    window = build(session, Settings(theme=theme))
    read(window, session)
    window.drafting.draft()
    qtbot.waitUntil(lambda: window.desk.draft_id is not None)
    wait(300)
    window.top.drafts_button.setFocus()
    seen: list[QWidget] = []
    unseen: list[str] = []
    for _ in range(120):
        focus = window.focusWidget()
        if focus is None or focus in seen:
            break
        seen.append(focus)
        around = QRect(focus.mapTo(window, focus.rect().topLeft()), focus.size()).adjusted(-6, -6, 6, 6)
        with_focus = window.grab(around).toImage()
        focus.clearFocus()
        if window.grab(around).toImage() == with_focus:
            unseen.append(f"{type(focus).__name__} {focus.accessibleName()}")
        focus.setFocus(Qt.FocusReason.TabFocusReason)
        assert window.focusNextPrevChild(True)
    assert len(seen) > 20
    assert unseen == []


# Pages, panels and bars of their own, and a popover: where Tab goes there.
ELSEWHERE = (
    "starting", "revisions", "offer", "several", "listener", "kept", "find", "models_named", "models_server",
    "variants", "prompts",
)  # fmt: skip


def left_out(window: QWidget, seen: list[QWidget]) -> list[str]:
    """What can be used and was not come to. In a row of which one is chosen, arrows lead to the others."""
    found = []
    parts = [
        p for kind in (QAbstractButton, QLineEdit, QAbstractItemView, QTextEdit) for p in window.findChildren(kind)
    ]
    for part in parts:
        group = part.group() if isinstance(part, QAbstractButton) else None
        beside = group is not None and any(other in seen for other in group.buttons())
        if part.isVisible() and part.isEnabled() and part.window() is window and part not in seen and not beside:
            found.append(f"{type(part).__name__} {part.accessibleName()}")
    return found


@pytest.mark.parametrize("name", ELSEWHERE)
def test_tab_comes_to_everything_and_is_seen_there(build: Callable[..., Window], name: str) -> None:
    session = ScriptedSession()
    window = build(session, Settings(theme="light"))
    next(state for state in STATES if state.__name__ == name)(window, session)
    wait(150)
    seen: list[QWidget] = []
    unseen: list[str] = []
    while (focus := window.focusWidget()) is not None and focus not in seen:
        seen.append(focus)
        around = QRect(focus.mapTo(window, focus.rect().topLeft()), focus.size()).adjusted(-6, -6, 6, 6)
        with_focus = window.grab(around).toImage()
        focus.clearFocus()
        # The caret of a text blinks.
        if window.grab(around).toImage() == with_focus and (not isinstance(focus, QTextEdit) or focus.isReadOnly()):
            unseen.append(f"{type(focus).__name__} {focus.accessibleName()}")
        focus.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert unseen == []
    assert left_out(window, seen) == []


WORDS = (
    "recent", "read", "drafting", "done", "stopped", "failed", "over", "revisions", "kept", "listener", "tags",
    "models_server", "variants_running", "prompts",
)  # fmt: skip


def luminance(colour: int) -> float:
    """Relative luminance of an RGB value, as WCAG 2.2 defines it."""
    parts = [((colour >> shift) & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(window: QWidget) -> list[str]:
    """Words in view with a contrast below 4.5 to 1, by the pixels: the ground is what there is most of, the letters
    what stands out most."""
    picture, found = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32), []
    pixels, wide = memoryview(picture.constBits()).cast("I"), picture.bytesPerLine() // 4
    for part in [p for kind in (QLabel, QAbstractButton, QLineEdit) for p in window.findChildren(kind)]:
        words = part.text() or (part.placeholderText() if isinstance(part, QLineEdit) else "")
        if not part.isVisible() or not part.isEnabled() or not any(char.isalnum() for char in words):
            continue
        box = part.visibleRegion().boundingRect().translated(part.mapTo(window, QPoint(0, 0))).adjusted(3, 3, -3, -3)
        seen: Counter[int] = Counter()
        for y in range(box.top(), box.bottom() + 1):
            seen.update(pixels[y * wide + box.left() : y * wide + box.right() + 1].tolist())
        if len(seen) > 1:
            ground, *others = (luminance(colour & 0xFFFFFF) for colour, _ in seen.most_common())
            best = max((max(ground, one) + 0.05) / (min(ground, one) + 0.05) for one in others)
            if best < 4.5:
                found.append(f"{words[:30]}: {best:.2f}")
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", WORDS)
def test_every_word_can_be_read(build: Callable[..., Window], name: str, theme: str) -> None:
    session = ScriptedSession()
    window = build(session, Settings(theme=theme))
    next(state for state in STATES if state.__name__ == name)(window, session)
    wait(150)
    assert faint(window) == []
