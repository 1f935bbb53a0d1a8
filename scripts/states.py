"""Every state of the window that is a standstill: how a scripted session gets there."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from composer.events import Failed
from composer.library.desk import Asks, Getting, Queued, ServerAsks, Shown, Stayed
from composer.library.meter import Progress
from composer.library.servers import Server
from composer.library.shelf import Named
from composer.text.problems import Problem
from composer.ui.window import Window
from tests.ui import scripted
from tests.ui.scripted import ScriptedSession
from tests.ui.shelves import ScriptedDesk, shelf

State = Callable[[Window, ScriptedSession], None]

ME = {"about": "I write about kitchens and the people in them"}


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def problems() -> tuple[Problem, ...]:
    """One problem of the kind that is underlined."""
    at = scripted.laid().text.index("40 percent")
    why = "“40 percent” is not in the source. At 05:10 she says “a third”."
    talk = scripted.transcript().segments
    told = next(index for index, segment in enumerate(talk) if segment.start == 310.0)
    return (Problem(at, at + 10, "number", "warn", why, "a third", 0, (told,), 310.0),)


def empty(window: Window, session: ScriptedSession) -> None:
    """The first page."""


def recent(window: Window, session: ScriptedSession) -> None:
    """The first page, with drafts."""
    session.rows = [scripted.row(n) for n in range(4)]
    window.desk.list_drafts("")


def read(window: Window, _session: ScriptedSession) -> None:
    """A source is open."""
    window.open_sample()
    wait(120)


def reading(window: Window, session: ScriptedSession) -> None:
    """A file is being read."""
    session.auto = False
    window.open_sample()


def drafting(window: Window, session: ScriptedSession) -> None:
    """A draft streams in."""
    read(window, session)
    session.auto = False
    window.drafting.draft()
    job = session.job("draft")
    session.emit(scripted.progress(job, 312))
    session.emit(scripted.partial(job, 9))


def starting(window: Window, session: ScriptedSession) -> None:
    """A draft has begun, and has no words yet."""
    read(window, session)
    session.auto = False
    window.drafting.draft()
    session.emit(scripted.progress(session.job("draft"), 40))


def done(window: Window, session: ScriptedSession) -> None:
    """A post, with one thing to look at."""
    session.problems = problems()
    read(window, session)
    window.drafting.draft()
    wait(250)
    line = window.bench.paper.editor.lines()[2]
    window.drafting.show_place(line[1])


def untimed(window: Window, session: ScriptedSession) -> None:
    """A source without times."""
    session.timed = False
    read(window, session)
    window.drafting.draft()


def copied(window: Window, session: ScriptedSession) -> None:
    """The toast."""
    done(window, session)
    window.drafting.copy()


def stopped(window: Window, session: ScriptedSession) -> None:
    """Stopped, with what was written."""
    drafting(window, session)
    wait(80)
    window.desk.stop()


def failed(window: Window, session: ScriptedSession) -> None:
    """The model failed."""
    modelled(window, session)
    session.auto = False
    window.drafting.draft()
    event = Failed(session.job("draft"), "The model ran out of memory.", "Your text is safe.", "Use a smaller model.")
    session.emit(event)


def unreadable(window: Window, session: ScriptedSession) -> None:
    """A file that is no transcript."""
    session.fail["read"] = Failed(0, "This file is empty.", "Nothing was changed.", "Choose another file.")
    window.open_sample()


def drafts(window: Window, session: ScriptedSession) -> None:
    """The drafts are open."""
    session.rows = [scripted.row(n) for n in range(4)]
    done(window, session)
    window.show_drafts(True)
    window.bench.drafts.search.setText("keeper")
    wait(200)


def library(session: ScriptedSession) -> None:
    """Drafts of all kinds, and what one of them was before."""
    rows = [scripted.row(n) for n in range(4)]
    rows[0] = replace(rows[0], id="n0", pinned=True)
    rows[2] = replace(rows[2], posted="2026-11-12T18:00:00+00:00", network="linkedin")
    gone = [replace(scripted.row(n + 1), id=f"t{n}", trashed="2026-11-18T09:00:00+00:00") for n in range(2)]
    session.rows = [*rows, *(replace(row, revisions=7) for row in gone)]
    now = scripted.laid().text
    before = now.replace("Four minutes at the change of shift", "A short reading")
    first = before.replace("What held it together was one list.", "They had a wall and a pen.").replace(" 🔦:", ":")
    session.revisions = [
        (3, "2026-11-20T14:05:00+00:00", "Before the redraft by gemma-4-E2B", first),
        (2, "2026-11-20T13:40:00+00:00", "Typed", before),
        (1, "2026-11-19T18:11:00+00:00", "First draft by the built-in writer", first),
    ]


def kept(window: Window, session: ScriptedSession) -> None:
    """All drafts: pinned, posted, and the menu's button."""
    library(session)
    done(window, session)
    window.show_drafts(True)
    wait(80)
    window.bench.drafts.list.setFocus()
    window.bench.drafts.list.setCurrentIndex(window.drafts_model.index(1))


def trash(window: Window, session: ScriptedSession) -> None:
    """The trash, and the question before something is gone for good."""
    kept(window, session)
    window.bench.drafts.scopes.part("trash").click()
    wait(80)
    window.keeping._act("empty", None)


def trashed(window: Window, session: ScriptedSession) -> None:
    """A draft was moved to the trash."""
    kept(window, session)
    window.keeping._act("trash", window.drafts_model.rows[3])


def revisions(window: Window, session: ScriptedSession) -> None:
    """A revision beside the text of now."""
    library(session)
    done(window, session)
    window.show_drafts(True)
    window.keeping.show_revisions()
    wait(80)
    panel = window.keeping.revisions
    panel.list.setCurrentIndex(panel.model.index_of(3))


def find(window: Window, session: ScriptedSession) -> None:
    """Find and replace."""
    done(window, session)
    window.bench.paper.finder.wanted.setText("the")
    window.bench.paper.finder.open_bar(replacing=True)


def search(window: Window, session: ScriptedSession) -> None:
    """A word is looked for in the source."""
    done(window, session)
    window.bench.source.open_search()
    QTest.keyClicks(window.bench.source._search, "wall")


def sentence(window: Window, session: ScriptedSession) -> None:
    """A sentence of the source, with what can be done with it."""
    done(window, session)
    view = window.bench.source.list
    number = next(n for n, row in enumerate(view.source_model.rows) if row.kind == "text" and "battery" in row.text)
    view.open_sentence(number, view.source_model.index_of.sentences(view.source_model.rows[number])[-1])


def commands(window: Window, session: ScriptedSession) -> None:
    """All commands."""
    done(window, session)
    window.show_commands()


def preview(window: Window, session: ScriptedSession) -> None:
    """Narrow: the preview in the side column."""
    done(window, session)
    window.bench.side.part("preview").click()


def modelled(window: Window, session: ScriptedSession) -> None:
    """A post by a model."""
    window.desk.writer, window.desk.model = "model", Path("/models/small.gguf")
    window.change_settings(model="/models/small.gguf", writer="model")
    window.choices.show_writer()
    done(window, session)


def _select_a_sentence(window: Window) -> None:
    editor = window.bench.paper.editor
    at = editor.text().index("The order that")
    editor.select(at, editor.text().index("\n", at))
    editor.setFocus()


def selected(window: Window, session: ScriptedSession) -> None:
    """A selection, with what a model can do with it."""
    modelled(window, session)
    _select_a_sentence(window)


def offer(window: Window, session: ScriptedSession) -> None:
    """A shorter sentence, to accept or refuse."""
    selected(window, session)
    session.rewritten = "The order never written down is the one that burns."
    window.drafting.wishes.rewrite("shorter")


def openings(window: Window, session: ScriptedSession) -> None:
    """Three openings."""
    done(window, session)
    window.drafting.wishes.show_openings()


def bullet(window: Window, session: ScriptedSession) -> None:
    """Another sentence for one bullet."""
    read(window, session)
    window.drafting.draft()
    wait(250)
    editor = window.bench.paper.editor
    at = editor.text().index("Never the person")
    editor.select(at, at)
    editor.setFocus()
    window.drafting.wishes.another()


def models(window: Window, _session: ScriptedSession) -> None:
    """The Models page as it opens: an offer, and what other programs have."""
    window.take_library(ScriptedDesk)
    window.pages.show_models()
    with tempfile.TemporaryDirectory() as home:
        made = replace(shelf(Path(home)), folder=Path.home() / ".local/share/post-composer/models")
    scripted_desk(window).say(Shown(made))


def scripted_desk(window: Window) -> ScriptedDesk:
    """The desk behind the Models page."""
    assert isinstance(window.pages.models.desk, ScriptedDesk)
    return window.pages.models.desk


def models_getting(window: Window, session: ScriptedSession) -> None:
    """A download, and one that waits."""
    models(window, session)
    far = Getting("qwen3-4b", Progress("getting", 1_600_000_000, 2_500_000_000, 11_200_000.0, 80.0))
    scripted_desk(window).say(Queued("qwen3-4b", ("gemma-4-e4b",)), far)


def models_consent(window: Window, session: ScriptedSession) -> None:
    """A file that is on no list."""
    models(window, session)
    path = Path("/home/linn/Downloads/harbour-7b-Q4_K_M.gguf")
    window.pages.models.use_file(path)
    words = f"{path.name} is not on the list of models, and nobody here has checked it. It was not loaded. "
    scripted_desk(window).say(Asks(path, words + "Use it if you trust where it comes from."))


def models_token(window: Window, session: ScriptedSession) -> None:
    """A repository that asks who you are."""
    models(window, session)
    words = "The repository google/gemma-4-E4B-it-qat-q4_0-gguf asks for an access token."
    scripted_desk(window).say(Stayed("gemma-4-e4b", "token", words, "hub.example"))


def models_server(window: Window, _session: ScriptedSession) -> None:
    """Two servers: one on this machine, and one elsewhere, which has to be agreed to."""
    window.take_library(ScriptedDesk)
    window.pages.show_models()
    near, away = Server("http://localhost:8080/v1", "qwen3-8b"), Server("https://llm.example.org/v1")
    rows = (
        Named(near, "machine", "The transcript stays on this machine.", True, None),
        Named(away, "away", "The transcript is sent to llm.example.org.", False, None),
    )
    with tempfile.TemporaryDirectory() as home:
        made = replace(shelf(Path(home)), folder=Path.home() / ".local/share/post-composer/models", servers=rows)
    scripted_desk(window).say(Shown(made))
    wait(60)
    words = "This sends the transcript to llm.example.org."
    scripted_desk(window).say(ServerAsks(away.url, "consent", words))
    wait(60)
    row = window.pages.models.page.row(away.url)
    assert row is not None
    window.pages.models.page.area.ensureWidgetVisible(row, 0, 24)


def models_named(window: Window, session: ScriptedSession) -> None:
    """A server is named."""
    models(window, session)
    window.pages.models.page.serve.click()


def models_list(window: Window, session: ScriptedSession) -> None:
    """All of the list."""
    models(window, session)
    wait(60)
    window.pages.models.page.more.click()
    wait(60)
    bar = window.pages.models.page.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def listener(window: Window, session: ScriptedSession) -> None:
    """The post as a listener hears it."""
    done(window, session)
    if not window.bench.preview.isVisible():
        window.bench.side.part("preview").click()
    window.bench.preview.device_menu.chosen.emit("listener")


def tags(window: Window, session: ScriptedSession) -> None:
    """Hashtags: one's own, one that will not link, and the field for another."""
    done(window, session)
    if not window.bench.preview.isVisible():
        window.bench.side.part("preview").click()
    preview = window.bench.preview
    preview.own = ("#Teams", "#Kitchens")
    preview.tagged.emit("#2026", True)
    preview.open_field()


def several(window: Window, session: ScriptedSession) -> None:
    """Two sources in one post, the second without times."""
    read(window, session)
    window.read_files(["/talks/kitchen-wall.txt"], add=True)
    wait(120)
    window.drafting.draft()
    wait(200)
    view = window.bench.source.list
    view.scrollToBottom()


def nomodel(window: Window, session: ScriptedSession) -> None:
    """Without a model: a selection, and why it cannot be said anew."""
    done(window, session)
    _select_a_sentence(window)


def jump(window: Window, session: ScriptedSession) -> None:
    """A check was clicked: its words are selected."""
    done(window, session)
    window.bench.preview.checks.jumped.emit(problems()[0])


def rename(window: Window, session: ScriptedSession) -> None:
    """A draft is renamed in its row."""
    kept(window, session)
    window.bench.drafts.list.begin_naming(window.drafts_model.rows[1])


def duplicated(window: Window, session: ScriptedSession) -> None:
    """A draft was duplicated."""
    kept(window, session)
    window.keeping._act("duplicate", window.drafts_model.rows[1])


def menu(window: Window, session: ScriptedSession) -> None:
    """What can be done with a draft."""
    kept(window, session)
    row = window.drafts_model.rows[1]
    window.bench.drafts.open_menu(row, window.bench.drafts.mapToGlobal(QPoint(120, 180)))


def variants(window: Window, session: ScriptedSession) -> None:
    """Three variants."""
    session.variants = 3
    done(window, session)
    window.pages.variants.show()


def variants_running(window: Window, session: ScriptedSession) -> None:
    """The second of three variants is being written."""
    session.variants = 3
    read(window, session)
    session.auto = False
    window.pages.variants.show()
    session.emit(session.drafted(session.job("draft"), window.desk.brief))
    wait(60)
    session.emit(scripted.progress(session.job("draft"), 312))
    session.emit(scripted.partial(session.job("draft"), 9))


def prompts(window: Window, _session: ScriptedSession) -> None:
    """The prompts."""
    window.pages.show_prompts()
    wait(150)


def device(window: Window, session: ScriptedSession, name: str, *, turned: bool = False) -> None:
    """The preview as one device shows it."""
    done(window, session)
    if not window.bench.preview.isVisible():
        window.bench.side.part("preview").click()
    window.bench.preview.device_menu.chosen.emit(name)
    if turned:
        window.bench.preview.light.click()


def phone(window: Window, session: ScriptedSession) -> None:
    """As a phone shows it."""
    device(window, session, "phone")


def phone_turned(window: Window, session: ScriptedSession) -> None:
    """As a phone shows it, the card in the other colours."""
    device(window, session, "phone", turned=True)


def desktop(window: Window, session: ScriptedSession) -> None:
    """As a desktop shows it."""
    device(window, session, "desktop")


def desktop_turned(window: Window, session: ScriptedSession) -> None:
    """As a desktop shows it, unfolded, the card in the other colours."""
    device(window, session, "desktop", turned=True)
    window.bench.preview.card.setFocus()
    QTest.keyClick(window.bench.preview.card, Qt.Key.Key_Return)


def elsewhere(window: Window, session: ScriptedSession) -> None:
    """A post for another network: over its limit, and no fold."""
    device(window, session, "x")


def emoji(window: Window, session: ScriptedSession) -> None:
    """Emoji at the caret."""
    done(window, session)
    editor = window.bench.paper.editor
    editor.setFocus()
    window.drafting.marks.show_emoji()


def author(window: Window, session: ScriptedSession) -> None:
    """Who stands on the card."""
    done(window, session)
    window.choices.show_author()


def quitting(window: Window, session: ScriptedSession) -> None:
    """A desktop that keeps no clipboard."""
    from composer.ui import keepers

    copied(window, session)
    keepers.would_lose = lambda _: True
    window.close()


STANDSTILLS: tuple[State, ...] = (
    empty, recent, read, reading, starting, drafting, done, untimed, copied, stopped, failed, unreadable,
    drafts, kept, trash, trashed, revisions, find, search, sentence, commands, preview, selected, offer, openings,
    bullet, listener, tags, emoji, author, quitting, models, models_getting, models_consent, models_token,
    models_list, models_server,
    models_named, several, nomodel, jump, rename, duplicated, menu, variants, variants_running, phone, phone_turned,
    desktop, desktop_turned, elsewhere, prompts,
)  # fmt: skip
