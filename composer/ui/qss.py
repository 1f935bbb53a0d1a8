"""The style sheet: one template, filled from the tokens."""

from collections.abc import Callable
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from composer.ui.theme import Tokens

# What the first page is drawn with. Qt holds each rule against each widget: the others wait for the first picture.
_FIRST = """
QFrame[role="top"] { background: $window; border: none; border-bottom: 1px solid $line; }
QFrame[role="paper"], QWidget[role="paper"] { background: $surface; border: none; }
QFrame[role="offer"] { background: $window; border: none; border-radius: 8px; }
QLabel { background: transparent; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="lead"] { font-size: ${editor}px; color: $text2; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="second"] { color: $text2; }
QLabel[role="small"] { font-size: ${small}px; color: $text2; }
QLabel[role="big"] { font-size: ${editor}px; }
QPushButton, QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 0 10px; background: transparent;
  color: $text; font-weight: 500; }
QPushButton[kind="filled"], QToolButton[kind="filled"] { background: $fill; border-color: $fill; color: $on_fill; }
QPushButton[kind="outlined"], QToolButton[kind="outlined"] { background: $surface; border-color: $border; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { color: $text2; padding: 0 8px; }
QToolButton[arrow="true"] { padding: 0 20px 0 8px; }
QPushButton[kind="link"] { color: $accent; padding: 0 4px; }
QToolButton[kind="icon"] { padding: 0; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; height: 0; }
"""
_REST = """
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }

QFrame[role="bar"] { background: $window; border: none; border-bottom: 1px solid $line; }
QFrame[role="foot"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="strip"] { background: $window; border: none; border-bottom: 1px solid $line; }
QFrame[role="ground"], QWidget[role="ground"] { background: $window; border: none; }
QFrame[role="draftbar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="notice"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="notice"][tone="bad"] { background: $bad_tint; }
QFrame[role="toast"] { background: $raised; border: 1px solid $border; border-radius: 8px; }
QFrame[role="popover"] { background: $raised; border: 1px solid $border; border-radius: 8px; }
QFrame[role="segment"] { background: $sunken; border: none; border-radius: 8px; }
QFrame[role="box"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="question"] { background: $window; border: 1px solid $line; border-radius: 8px; }
QFrame[role="rule"] { background: $line; border: none; }
QSplitter::handle { background: $line; }

QLabel[role="section"] { font-size: ${small}px; font-weight: 600; }
QLabel[role="warn"] { font-size: ${small}px; color: $warn; }
QLabel[role="ok"] { font-size: ${small}px; color: $ok; }
QLabel[role="bad"] { font-size: ${small}px; color: $bad; }

QPushButton[kind="filled"]:hover, QToolButton[kind="filled"]:hover {
  background: $fill_hover; border-color: $fill_hover; }
QPushButton[kind="filled"]:disabled, QToolButton[kind="filled"]:disabled { background: transparent;
  border-color: $line; color: $text3; }
QPushButton[kind="outlined"]:hover, QToolButton[kind="outlined"]:hover { background: $hover; }
QPushButton[kind="outlined"]:pressed, QToolButton[kind="outlined"]:pressed { background: $sunken; }
QPushButton[kind="outlined"]:disabled, QToolButton[kind="outlined"]:disabled { background: transparent;
  border-color: $line; color: $text3; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover; color: $text; }
QPushButton[kind="quiet"]:pressed, QToolButton[kind="quiet"]:pressed { background: $sunken; }
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled { color: $text3; }
QPushButton[kind="danger"] { background: $bad; border-color: $bad; color: $on_bad; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="smalllink"] { color: $accent; padding: 0 4px; font-size: ${small}px; }
QPushButton[kind="smalllink"]:hover { background: $hover; }
QToolButton[kind="icon"]:hover { background: $hover; }
QToolButton[kind="icon"]:pressed, QToolButton[kind="icon"]:checked { background: $sunken; }
QToolButton[kind="icon"]:disabled { color: $text3; }
QToolButton[kind="segment"] { border: none; border-radius: 6px; padding: 0 10px; color: $text2;
  font-size: ${small}px; font-weight: 500; }
QToolButton[kind="segment"]:hover { color: $text; }
QToolButton[kind="segment"]:checked { background: $raised; color: $text; }
QToolButton[kind="segment"]:disabled { color: $text3; }
QToolButton[kind="chip"] { border: 1px solid $control; border-radius: 13px; padding: 0 5px; font-size: ${small}px;
  color: $text2; }
QToolButton[kind="chip"]:hover { background: $hover; }
QToolButton[kind="chip"]:checked { background: $tint; border-color: $tint; color: $accent; }
QToolButton[kind="chip"]:disabled { color: $text3; border-color: $line; }
QToolButton[kind="chip"][warn="true"] { border-color: $warn_mark; color: $warn; }
QToolButton[kind="pill"] { background: $surface; border-color: $border; padding: 0; }
QToolButton[kind="pill"]:hover { background: $hover; }
QFrame[role="listener"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="popover"] QListWidget[role="emoji"]::item { padding: 0; }
QFrame[role="popover"] QListWidget { background: transparent; outline: none; }
QFrame[role="popover"] QListWidget::item { border: 2px solid transparent; border-radius: 6px; padding: 0 6px;
  color: $text; }
QFrame[role="popover"] QListWidget::item:focus { border-color: $accent; }
QFrame[role="popover"] QListWidget::item:hover { background: $hover; }
QFrame[role="popover"] QListWidget::item:selected { background: $tint; color: $text; }
QToolButton[side="left"] { border-top-right-radius: 0; border-bottom-right-radius: 0; padding: 0 12px; }
QToolButton[side="right"] { border-top-left-radius: 0; border-bottom-left-radius: 0; padding: 0; }

QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 20px 6px 10px; border-radius: 6px; color: $text; }
QMenu::item:selected { background: $tint; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::indicator { width: 16px; height: 16px; left: 4px; }
QMenu::icon { padding-left: 8px; }

QLineEdit { background: $surface; border: 1px solid $control; border-radius: 6px; padding: 0 8px; color: $text;
  selection-background-color: $glow; selection-color: $text; placeholder-text-color: $text3; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 7px; }
QTextEdit { background: $surface; color: $text; border: none; selection-background-color: $glow;
  selection-color: $text; placeholder-text-color: $text3; }
QTextEdit[role="read"] { border: 2px solid transparent; border-radius: 6px; }
QTextEdit[role="read"]:focus { border-color: $accent; }
QListWidget[role="rows"] { padding: 6px; }
QListWidget[role="rows"]::item { border: 2px solid transparent; border-radius: 6px; padding: 0 8px; color: $text; }
QListWidget[role="rows"]::item:hover { background: $hover; }
QListWidget[role="rows"]::item:selected { background: $tint; color: $text; }
QListWidget[role="rows"]::item:focus { border-color: $accent; }
QListView { background: $window; border: none; outline: none; }
QTreeWidget { background: $raised; border: none; outline: none; }
QTreeWidget::item { height: 26px; padding: 0 8px; color: $text; border: none; }
QTreeWidget::item:selected { background: $tint; color: $text; }
QScrollArea { background: $window; border: none; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px 2px 2px 2px; }
QScrollBar::handle:vertical { background: $border; border-radius: 3px; min-height: 44px; }
QScrollBar::handle:vertical:hover { background: $control; }
QScrollBar[idle="true"]::handle:vertical { background: transparent; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $border; border-radius: 3px; min-width: 44px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
  border: none; width: 0; height: 0; }
"""


def stylesheet(tokens: "Tokens", px: Callable[[float], int], *, first: bool = False) -> str:
    """The style sheet for one set of colours and one text size: all of it, or what the first page needs."""
    sizes = {"heading": px(1.7), "editor": px(1.15), "small": px(0.92)}
    return Template(_FIRST if first else _FIRST + _REST).substitute(vars(tokens), **sizes)
