"""The commands of the window and their keys. None needs AltGr on a German keyboard."""

from typing import TYPE_CHECKING

from composer.ui import lines as rules
from composer.ui.commands import Command

if TYPE_CHECKING:
    from composer.ui.window import Window


def table(window: "Window") -> list[Command]:
    """All commands."""
    tr = window.tr

    def paper():  # type: ignore[no-untyped-def]
        return window.bench.paper

    def style(name: str):  # type: ignore[no-untyped-def]
        return lambda: window.on_bench and paper().style(name)

    def find() -> None:
        if not window.on_bench:
            return
        focus = window.focusWidget()
        if focus is not None and window.bench.source.isAncestorOf(focus):
            window.bench.source.open_search()
        else:
            paper().find.open_bar()

    def escape() -> None:
        if window.desk.busy:
            window.desk.stop()
        elif window.on_bench and paper().find.isVisible():
            paper().find.close_bar()
        elif window.notice.isVisible():
            window.notice.hide()
        elif window.on_bench and window.bench.drafts_open:
            window.show_drafts(False)

    def columns(step: int) -> None:
        if not window.on_bench:
            return
        bench = window.bench
        stops = [part for part in (bench.drafts.search, bench.source.list, paper().editor, bench.preview.card)
                 if part.isVisible()]  # fmt: skip
        focus = window.focusWidget()
        panels = {bench.drafts.search: bench.drafts, bench.source.list: bench.source, paper().editor: paper()}
        at = next(
            (n for n, part in enumerate(stops) if focus and panels.get(part, bench.preview).isAncestorOf(focus)), 0
        )
        stops[(at + step) % len(stops)].setFocus()

    def search_drafts() -> None:
        window.show_drafts(True)
        window.bench.drafts.search.selectAll()

    def drafts() -> None:
        window.show_drafts()

    def add_source() -> None:
        window.open_files(add=bool(window.desk.sources))

    drafting = lambda: window.drafting  # noqa: E731 - read at the moment of the key
    return [
        Command(tr("Open a source…"), ("Ctrl+O",), window.open_files),
        Command(tr("Add a source…"), ("Ctrl+Shift+O",), add_source),
        Command(tr("New draft"), ("Ctrl+N",), window.new_draft),
        Command(tr("Draft or redraft"), ("Ctrl+Return", "Ctrl+Enter"), lambda: window.on_bench and drafting().draft()),
        Command(tr("Stop"), ("Esc",), escape),
        Command(tr("Copy exactly"), ("Ctrl+Shift+C",), lambda: window.on_bench and drafting().copy()),
        Command(tr("Copy plain"), ("Ctrl+Alt+C",), lambda: window.on_bench and drafting().copy_plain()),
        Command(tr("Bold"), ("Ctrl+B",), style("bold")),
        Command(tr("Italic"), ("Ctrl+I",), style("italic")),
        Command(tr("Underline"), ("Ctrl+U",), style("underline")),
        Command(tr("Mono"), ("Ctrl+M",), style("mono")),
        Command(tr("Strike through"), ("Ctrl+Shift+X",), style("strike")),
        Command(tr("Plain letters"), ("Ctrl+T",), style("plain")),
        Command(
            tr("Bullets"), ("Ctrl+Shift+8",), lambda: window.on_bench and paper().editor.change_lines(rules.bulleted)
        ),
        Command(
            tr("Numbers"), ("Ctrl+Shift+7",), lambda: window.on_bench and paper().editor.change_lines(rules.numbered)
        ),
        Command(tr("Move line up"), ("Alt+Up",), lambda: window.on_bench and paper().editor.move_line(-1)),
        Command(tr("Move line down"), ("Alt+Down",), lambda: window.on_bench and paper().editor.move_line(1)),
        Command(tr("Find"), ("Ctrl+F",), find),
        Command(tr("Replace"), ("Ctrl+H",), lambda: window.on_bench and paper().find.open_bar(replacing=True)),
        Command(
            tr("Show the line in the source"), ("Ctrl+J",), lambda: window.on_bench and drafting().show_caret_place()
        ),
        Command(tr("Next problem"), ("F8",), lambda: window.on_bench and drafting().next_problem(1)),
        Command(tr("Previous problem"), ("Shift+F8",), lambda: window.on_bench and drafting().next_problem(-1)),
        Command(tr("Drafts"), ("F9",), drafts),
        Command(tr("Search drafts"), ("Ctrl+Shift+F",), search_drafts),
        Command(tr("Next column"), ("F6",), lambda: columns(1)),
        Command(tr("Previous column"), ("Shift+F6",), lambda: columns(-1)),
        Command(tr("All commands"), ("Ctrl+K",), window.show_commands),
        Command(tr("Settings"), ("Ctrl+,",), window.top.settings.showMenu),
        Command(tr("Paste a transcript"), ("Ctrl+V",), lambda: None if window.on_bench else window.empty.paste()),
    ]
