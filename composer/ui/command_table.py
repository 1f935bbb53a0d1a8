"""The commands of the window and their keys. None needs AltGr on a German keyboard."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from composer.ui import lines as rules
from composer.ui.commands import Command

if TYPE_CHECKING:
    from composer.ui.drafting import Drafting
    from composer.ui.editor_panel import EditorPanel
    from composer.ui.window import Window


def table(window: "Window") -> list[Command]:
    """All commands, in the order a person looks for them."""
    tr = window.tr

    def on_paper(act: Callable[["EditorPanel"], object]) -> Callable[[], None]:
        return lambda: _only(window, lambda: act(window.bench.paper))

    def on_draft(act: Callable[["Drafting"], object]) -> Callable[[], None]:
        return lambda: _only(window, lambda: act(window.drafting))

    return [
        Command(tr("Open a source…"), ("Ctrl+O",), window.open_files),
        Command(tr("Add a source…"), ("Ctrl+Shift+O",), lambda: window.open_files(add=bool(window.desk.sources))),
        Command(tr("Paste a transcript"), ("Ctrl+V",), lambda: window.empty.paste() if window.on_empty else None),
        Command(tr("Add what was copied as a source"), ("Ctrl+Shift+V",), lambda: _only(window, window.add_copied)),
        Command(tr("New draft"), ("Ctrl+N",), window.new_draft),
        Command(tr("Draft or redraft"), ("Ctrl+Return", "Ctrl+Enter"), on_draft(lambda d: d.draft())),
        Command(
            tr("Three variants side by side"),
            ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
            lambda: _only(window, lambda: window.pages.variants.show()),
        ),
        Command(tr("Stop"), ("Esc",), lambda: _escape(window)),
        Command(tr("Copy exactly"), ("Ctrl+Shift+C",), on_draft(lambda d: d.copy())),
        Command(tr("Copy plain"), ("Ctrl+Alt+C",), on_draft(lambda d: d.copy_plain())),
        Command(tr("Copy and open the network’s page"), (), on_draft(lambda d: d.copy_and_open())),
        Command(tr("Bold"), ("Ctrl+B",), on_paper(lambda p: p.restyle_text("bold"))),
        Command(tr("Italic"), ("Ctrl+I",), on_paper(lambda p: p.restyle_text("italic"))),
        Command(tr("Underline"), ("Ctrl+U",), on_paper(lambda p: p.restyle_text("underline"))),
        Command(tr("Mono"), ("Ctrl+M",), on_paper(lambda p: p.restyle_text("mono"))),
        Command(tr("Strike through"), ("Ctrl+Shift+X",), on_paper(lambda p: p.restyle_text("strike"))),
        Command(tr("Plain letters"), ("Ctrl+T",), on_paper(lambda p: p.restyle_text("plain"))),
        Command(tr("Bullets"), ("Ctrl+Shift+8",), on_paper(lambda p: p.editor.change_lines(rules.bulleted))),
        Command(tr("Numbers"), ("Ctrl+Shift+7",), on_paper(lambda p: p.editor.change_lines(rules.numbered))),
        Command(tr("Emoji"), ("Ctrl+E",), on_draft(lambda d: d.marks.show_emoji())),
        Command(tr("Add a hashtag"), (), lambda: _only(window, lambda: window.bench.preview.open_field())),
        Command(tr("Name on the card"), (), lambda: window.choices.show_author()),
        Command(tr("Move line up"), ("Alt+Up",), on_paper(lambda p: p.editor.move_line(-1))),
        Command(tr("Move line down"), ("Alt+Down",), on_paper(lambda p: p.editor.move_line(1))),
        Command(tr("Find"), ("Ctrl+F",), lambda: _only(window, lambda: _find(window))),
        Command(tr("Replace"), ("Ctrl+H",), on_paper(lambda p: p.finder.open_bar(replacing=True))),
        Command(tr("Show the line in the source"), ("Ctrl+J",), on_draft(lambda d: d.show_caret_place())),
        Command(tr("Next problem"), ("F8",), on_draft(lambda d: d.marks.next_problem(1))),
        Command(tr("Previous problem"), ("Shift+F8",), on_draft(lambda d: d.marks.next_problem(-1))),
        Command(
            tr("Fixes, or rewrites for a selection"),
            ("Alt+Return", "Alt+Enter"),
            on_draft(lambda d: d.marks.offer_fixes()),
        ),
        Command(tr("Rewrite the selection"), (), on_draft(lambda d: d.wishes.rewrite("rewrite"))),
        Command(tr("Say the selection shorter"), (), on_draft(lambda d: d.wishes.rewrite("shorter"))),
        Command(tr("Say the selection sharper"), (), on_draft(lambda d: d.wishes.rewrite("sharper"))),
        Command(tr("Say the selection plainer"), (), on_draft(lambda d: d.wishes.rewrite("plainer"))),
        Command(tr("Other openings"), (), on_draft(lambda d: d.wishes.show_openings())),
        Command(tr("Another sentence for this line"), (), on_draft(lambda d: d.wishes.another())),
        Command(tr("Drafts"), ("F9",), window.show_drafts),
        Command(tr("Search drafts"), ("Ctrl+Shift+F",), lambda: window.show_drafts(True)),
        Command(
            tr("Revisions of the draft"),
            ("Ctrl+Shift+H",),
            lambda: _only(window, lambda: window.keeping.show_revisions()),
        ),
        Command(tr("Next column"), ("F6",), lambda: _only(window, lambda: _column(window, 1))),
        Command(tr("Previous column"), ("Shift+F6",), lambda: _only(window, lambda: _column(window, -1))),
        Command(tr("Models"), ("Ctrl+Shift+L",), lambda: window.pages.show_models()),
        Command(tr("Prompts"), (), lambda: window.pages.show_prompts()),
        Command(tr("All commands"), ("Ctrl+K",), window.show_commands),
        Command(tr("Settings"), ("Ctrl+,",), window.show_settings),
        Command(tr("Quit"), ("Ctrl+Q",), lambda: _quit(window)),
    ]


def _quit(window: "Window") -> None:
    window.close()


def _only(window: "Window", act: Callable[[], object]) -> None:
    """Do it only where there is a paper to do it on."""
    if window.on_bench:
        act()


def _find(window: "Window") -> None:
    focus = window.focusWidget()
    if focus is not None and window.bench.source.isAncestorOf(focus):
        window.bench.source.open_search()
    else:
        window.bench.paper.finder.open_bar()


def _escape(window: "Window") -> None:
    """Stop what runs; else close what was opened last."""
    if window.desk.busy:
        window.desk.stop()
    elif window.on_bench and window.drafting.wishes.offering:
        window.drafting.wishes.refuse()
    elif window.on_bench and window.bench.paper.finder.isVisible():
        window.bench.paper.finder.close_bar()
    elif window.notice.isVisible():
        window.notice.hide()
    elif window.page:
        window.pages.leave()
    elif window.on_bench and window.bench.beside is not None:
        window.keeping.close_revisions()
    elif window.on_bench and window.bench.drafts_open:
        window.show_drafts(False)


def _column(window: "Window", step: int) -> None:
    """Put the focus into the next column that is in view."""
    bench = window.bench
    columns: list[tuple[QWidget, QWidget]] = [
        (bench.drafts, bench.drafts.search),
        (bench.source, bench.source.list),
        (bench.paper, bench.paper.editor),
        (bench.preview, bench.preview.card),
    ]
    if bench.over is not None:
        columns.insert(3, (window.keeping.compare, window.keeping.compare.text))
    if bench.beside is not None:
        columns.append((window.keeping.revisions, window.keeping.revisions.list))
    shown = [(panel, stop) for panel, stop in columns if stop.isVisible()]
    focus = window.focusWidget()
    at = next((n for n, (panel, _) in enumerate(shown) if focus is not None and panel.isAncestorOf(focus)), 0)
    shown[(at + step) % len(shown)][1].setFocus()
