"""Connects the three columns with the desk: what was asked goes down, what was answered comes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject

from composer.post.model import Brief, Laid, Trace
from composer.ui import lines as rules
from composer.ui.copying import Copying
from composer.ui.dates import clock_time
from composer.ui.left import Left
from composer.ui.marking import Marking
from composer.ui.measure import measure
from composer.ui.notices import Way
from composer.ui.rows import clock
from composer.ui.wishes import Wishes
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.events import Drafted, DraftOpened, Failed, Progress, SourcesRead, Stopped
    from composer.ui.window import Window


class Drafting(QObject):
    """Between desk and columns. Holds no state of a run: only which tags were suggested, for the chips."""

    def __init__(self, window: Window, bench: Workbench) -> None:
        super().__init__(window)
        self._window, self._bench, self._desk = window, bench, window.desk
        self._paper, self._editor = bench.paper, bench.paper.editor
        self._left = Left()
        self._clock = QElapsedTimer()
        self._reached = self._saved_words = ""
        # What was written when a draft was stopped, and what of it is in view while the draft goes on.
        self._stopped_text = self._stop_words = self._kept = ""
        # The line that names the post.
        self._first = ""
        # Whether the next draft that is opened leaves the list of drafts as it is.
        self.stay = False
        self.copying = Copying(window, bench)
        self.copy, self.copy_plain = self.copying.copy, self.copying.copy_plain
        self.copy_and_open = self.copying.copy_and_open
        bar, desk, settings = self._paper.bar, window.desk, window.settings
        self.show_brief()
        bench.preview.show_device(settings.preview)
        bench.preview.card.show_author(settings.name, settings.about)
        bench.source.list.reduce_motion = settings.reduce_motion
        bar.changed.connect(self._brief_changed)
        bar.drafted.connect(self.draft)
        bar.varied.connect(lambda: window.pages.variants.show())
        bar.stopped.connect(desk.stop)
        self._paper.written.connect(self._written)
        self._editor.time_clicked.connect(self.show_place)
        self._editor.point_clicked.connect(bench.source.reveal)
        self._editor.files_dropped.connect(window.read_files)
        bench.source.add_source.connect(lambda: window.open_files(add=bool(desk.sources)))
        bench.source.point.connect(lambda text, trace: self._editor.add_line(f"• {text}", trace))
        bench.source.quote.connect(lambda text, trace: self._editor.add_line(f"“{text}”", trace))
        bench.source.copied.connect(lambda text: self.copying.put(text, self.tr("Copied: {n} characters")))
        bench.preview.device_changed.connect(lambda device: window.change_settings(preview=device))
        bench.preview.network_changed.connect(window.choices.choose_network)
        bench.arranged.connect(lambda _: self.show_measure())
        self._connect_desk()
        window.top.copied.connect(self.copy)
        window.top.copied_plain.connect(self.copy_plain)
        window.top.copied_and_opened.connect(self.copy_and_open)
        self.wishes = Wishes(window, bench)
        self.marks = Marking(self, window, bench)
        window.choices.show_writer()

    def _connect_desk(self) -> None:
        desk = self._desk
        desk.sources_read.connect(self._sources_read)
        desk.progress.connect(self._progress)
        desk.partial.connect(self._partial)
        desk.drafted.connect(self._drafted)
        desk.stopped.connect(self._stopped)
        desk.failed.connect(self._failed)
        desk.suggested.connect(lambda tags: self._show_tags(tags))
        desk.saved.connect(self._saved)
        desk.saving.connect(lambda: self._window.top.show_state(self.tr("Saving")))

    # -- reading

    def reading(self, name: str) -> None:
        """A file is being read."""
        self._window.show_bench()
        if not self._desk.sources:
            self._bench.source.show_reading(name)
            self._window.top.show_draft(name)
        self._paper.notice.hide()
        self._paper.bar.show_progress(None, name)
        self._paper.bar.page.stop.setFocus()
        self.offer()

    def _sources_read(self, event: SourcesRead) -> None:
        self._paper.bar.end_progress()
        self._show_sources()
        if not self._desk.text:
            self._editor.load("")
            self._bench.preview.show_tags((), ())
        self._bench.preview.own = event.own
        self._show_title()
        self.offer()
        self._paper.bar.draft.setFocus()
        notices = [words for source in event.sources for words in source.transcript.notices]
        if notices:
            self._paper.notice.say(" ".join(dict.fromkeys(notices)), icon="page")

    def _show_sources(self) -> None:
        desk = self._desk
        self._bench.source.show_sources(desk.sources, desk.evidence)
        self._paper.bar.show_language(desk.evidence.language if desk.evidence else "")
        self._bench.source.use([trace for _, trace in self._editor.lines()])

    def show_brief(self) -> None:
        """Show what is asked for, and where it goes."""
        self._paper.bar.show_brief(self._desk.brief)
        self._bench.preview.show_network(self._desk.brief.network)

    def opened(self, event: DraftOpened) -> None:
        """A saved draft was opened."""
        self._saved_words = self.tr("Saved")
        self._window.show_bench()
        self._paper.bar.end_progress()
        self._paper.notice.hide()
        stay, self.stay = self.stay, False
        if self._bench.drafts_open and not self._bench._four and not stay:
            self._window.show_drafts(False)
        self.show_brief()
        lines = event.lines
        if lines is None:
            lines = rules.carry(event.laid.text, event.text, event.laid.lines)
        self._editor.load(event.text, _places(lines))
        self._paper.flush()
        self._show_sources()
        self._show_tags(event.hashtags)
        self._show_title()
        self.wishes.forget()
        self._bench.drafts.show_current(event.id)
        self._window.choices.show_writer()
        self.offer()
        if not stay:
            self._editor.setFocus()

    def clear(self) -> None:
        """Nothing on the desk."""
        self._paper.bar.end_progress()
        self._paper.set_drafting(False)
        self._paper.notice.hide()
        self._editor.load("")
        self._paper.flush()
        self.marks.forget()
        self._bench.preview.show_tags((), ())
        self._bench.preview.show_waiting()
        self._show_sources()

    # -- drafting

    def draft(self) -> None:
        """Draft."""
        self._begin(go_on=False)

    def go_on(self) -> None:
        """Draft on what was stopped: the same draft, whose words stay in view until there are more."""
        self._begin(go_on=True)

    def _begin(self, *, go_on: bool) -> None:
        self._paper.flush()
        kept = self._editor.text() if go_on and self._editor.text() == self._stopped_text else ""
        places = self._editor.lines()
        if not self._desk.draft(go_on=go_on):
            return
        self._left = Left()
        self._reached = ""
        self._kept = kept
        self._clock.start()
        self._paper.set_drafting(True)
        if kept:
            self._editor.stream(Laid(kept, kept, places))
        self._paper.bar.show_progress(None)
        self._paper.bar.page.words.setText(self.tr("Starting"))
        self._paper.bar.page.stop.setFocus()
        self._window.top.show_state(self.tr("Drafting"))
        self._bench.preview.show_text("", measure(""), (), drafting=True)
        self.offer()

    def _progress(self, kind: str, event: Progress) -> None:
        if kind not in ("draft", "read"):
            return
        bar = self._paper.bar
        bar.show_progress(event)
        if kind == "draft":
            timed = event.stage == "reading" and event.unit == "s"
            if timed:
                self._reached = clock(event.done)
            self._bench.source.list.fade_after(event.done if timed else None)
            seconds = self._left.feed(event.stage, event.done, event.total, self._clock.elapsed() / 1000)
            bar.show_left("" if seconds is None else self.tr("about {n} s left").format(n=seconds))

    def _partial(self, laid: Laid) -> None:
        if len(laid.text) < len(self._kept):
            return
        self._kept = ""
        self._editor.stream(laid)
        self._bench.preview.show_text(laid.text, measure(laid.text), (), drafting=True)
        self._bench.source.use(_traces(laid))

    def _end_draft(self) -> None:
        self._paper.bar.end_progress()
        self._bench.source.list.fade_after(None)
        self._paper.set_drafting(False)

    def _drafted(self, event: Drafted) -> None:
        self._end_draft()
        self._editor.replace(event.laid.text, _places(event.laid.lines))
        self._paper.flush()
        self._bench.preview.show_checking()
        self._show_tags(event.hashtags)
        self.offer()
        self._show_title()
        self._editor.setFocus()
        if event.notices:
            self._paper.notice.say(" ".join(event.notices[:2]), icon="page")

    def _stopped(self, kind: str, event: Stopped) -> None:
        self._paper.bar.end_progress()
        if kind == "draft":
            self._end_draft()
            at = self.tr("Stopped at {time}.").format(time=self._reached) if self._reached else self.tr("Stopped.")
            again: Way = (self.tr("Go on"), self.go_on, self._how_it_goes_on())
            if event.laid is not None and event.laid.text.strip():
                self._editor.replace(event.laid.text, _places(event.laid.lines))
                self._stopped_text = self._editor.text()
                self._paper.flush()
                self._bench.preview.show_checking()
                kept = self.tr("What was written is kept.")
                self._paper.notice.say(f"{at} {kept}", (again, (self.tr("Undo"), self._editor.undo)), icon="stop")
            else:
                self._restore()
                self._paper.notice.say(f"{at} {self.tr('Nothing was changed.')}", (again,), icon="stop")
            self._stop_words = self._paper.notice.words
            self._editor.setFocus()
        elif kind == "read":
            self._back_from_reading()
            self._window.notice.say(self.tr("Stopped. The file was not read."), icon="stop")
        self._show_title()
        self.offer()

    def leave_stopped(self) -> None:
        """What was stopped was another draft than the next: it is not gone on with."""
        if self._stop_words and self._paper.notice.words == self._stop_words:
            self._paper.notice.hide()
        self._stopped_text = self._stop_words = ""

    def _how_it_goes_on(self) -> str:
        """What going on means for the writer in use."""
        if self._desk.writer == "model":
            words = self.tr("The model goes on after its last word. It reads again only what has left its memory.")
        elif self._desk.writer == "server":
            words = self.tr(
                "Finished lines stay. The line that broke off is written again, and the server may read again."
            )
        else:
            words = self.tr("The built-in writer begins again. It is quick, and it writes the same post.")
        return words

    def _failed(self, kind: str, event: Failed) -> None:
        self._paper.bar.end_progress()
        ways: list[Way] = []
        if kind == "draft":
            self._end_draft()
            written = event.laid is not None and bool(event.laid.text.strip())
            # Half a draft never takes the place of a person's words; it is better than an empty paper.
            if event.laid is not None and written and not self._editor.text().strip():
                self._editor.replace(event.laid.text, _places(event.laid.lines))
            else:
                self._restore()
            ways = self.ways_from_draft(event)
        elif kind == "read":
            self._back_from_reading()
            ways = [(self.tr("Open another file…"), self._window.open_files)]
        elif kind == "save":
            ways = [(self.tr("Save again"), self._desk.retry_save)]
            if self._window.leaving.under_way:
                ways.append((self.tr("Quit without saving"), self._window.quit_anyway))
            self._window.top.show_state(self.tr("Not saved"))
        elif kind in ("check", "suggest", "variants"):
            return
        self._window.notice.say(event.sentence, ways, tone="bad")
        if kind != "save":
            self._show_title()
        self.offer()

    def ways_from_draft(self, event: Failed) -> list[Way]:
        """What can be done after a draft that failed."""
        if self._desk.writer == "builtin":
            return [(self.tr("Draft again"), self.draft)]
        if event.kind == "consent":
            return [
                (self.tr("Decide…"), self._window.choices.decide_on_model),
                (self.tr("Built-in writer"), self._draft_builtin),
            ]
        if self._desk.writer == "server":
            return [
                (self.tr("Built-in writer"), self._draft_builtin),
                (self.tr("Look at the server…"), self._window.choices.decide_on_model),
            ]
        return [
            (self.tr("Built-in writer"), self._draft_builtin),
            (self.tr("Choose a model file…"), lambda: self._window.choices.choose_writer("choose")),
        ]

    def _draft_builtin(self) -> None:
        self._window.choices.choose_writer("builtin")
        self.draft()

    def _restore(self) -> None:
        """Show again what belongs to the person's text: it was covered, never changed."""
        self._written(self._editor.text())
        self.marks.show_again()

    def _back_from_reading(self) -> None:
        self._show_sources()
        if not self._desk.sources and not self._editor.text().strip():
            self._window.show_empty()

    # -- the text

    def _written(self, text: str) -> None:
        if self._editor.streaming:
            return
        lines = self._editor.lines()
        self._desk.set_text(text, lines)
        self.show_measure()
        self._bench.source.use([trace for _, trace in lines])
        self.marks.follow(text)
        self.offer()
        first = text.lstrip().partition("\n")[0]
        if first != self._first:
            self._first = first
            self._show_title()

    def show_measure(self) -> None:
        """Count the text, and show it in the preview."""
        text = self._editor.text()
        if self._editor.streaming:
            return
        measured = measure(text, self._desk.brief.network)
        self._paper.show_measure(measured)
        self._bench.preview.show_text(text, measured, rules.tags_in(text))

    def _show_title(self) -> None:
        desk = self._desk
        title = ""
        if self._editor.text().strip():
            from composer.session import title_of

            title = desk.name or title_of(self._editor.text())
        state = self._saved_words if desk.draft_id is not None else ""
        self._window.top.show_draft(title or (desk.sources[0].title if desk.sources else ""), state)

    def _saved(self, event: object) -> None:
        stamp = clock_time(event.at)  # type: ignore[attr-defined]
        self._saved_words = self.tr("Saved {time}").format(time=stamp)
        self._show_title()
        if self._bench.drafts_open:
            self._desk.list_drafts()

    def _brief_changed(self, brief: Brief) -> None:
        self._desk.brief = brief
        self.leave_stopped()
        self._window.change_settings(
            shape=brief.shape,
            tone=brief.tone,
            length=brief.length,
            audience=brief.audience or "",
            language=brief.language,
        )

    def offer(self) -> None:
        """Which button is the next thing to do."""
        if not self._window.on_bench:
            return
        desk, text = self._desk, self._editor.text().strip()
        # While an offer stands, Accept is the next thing to do.
        busy = bool(desk.busy) or self.wishes.offering
        can = desk.evidence is not None and not busy
        why = "" if desk.evidence is not None else self.tr("Open a source first")
        self._paper.bar.offer_draft(possible=can, again=bool(text), next_step=can and not text, why=why)
        self._window.top.offer_copy(
            possible=bool(text) and not self._editor.streaming, next_step=bool(text) and not busy
        )

    # -- tags

    def _show_tags(self, tags: object) -> None:
        used = rules.tags_in(self._editor.text())
        self._bench.preview.show_tags(tuple(tags), used)  # type: ignore[arg-type]

    # -- places

    def show_place(self, trace: Trace) -> None:
        """Go to where a line was said."""
        if trace.segments:
            self._bench.show_source()
            self._window.top.drafts_button.setChecked(self._bench.drafts_open)
            self._bench.source.reveal(trace)

    def show_caret_place(self) -> None:
        """Go to where the caret's line was said."""
        trace = self._editor.caret_trace()
        if trace is not None:
            self.show_place(trace)


def _traces(laid: Laid) -> list[Trace]:
    return [trace for _, trace in _places(laid.lines)]


def _places(lines: tuple[tuple[int, Trace], ...]) -> tuple[tuple[int, Trace], ...]:
    """Only the lines that lead somewhere."""
    return tuple((line, trace) for line, trace in lines if trace.segments)
