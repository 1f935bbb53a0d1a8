"""The tree that a screen reader walks, in every state there is a picture of: each page, popover, menu and dialog."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
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
