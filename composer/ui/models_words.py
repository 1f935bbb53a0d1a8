"""What a row of the Models page says and offers, made from the library's values. No widgets here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from composer.ui.dates import when

if TYPE_CHECKING:
    from composer.engine.messages import Trial
    from composer.library.commands import Row
    from composer.library.fit import Fit
    from composer.library.machine import Machine
    from composer.library.meter import Progress
    from composer.library.notes import Use
    from composer.library.shelf import Named, OnDisk, Shelf

HALF_HOUR = 6000  # tokens that half an hour of talk takes to read: 150 words a minute, four tokens to three words
NAMED = 2  # drafts that a row names
COLOURS = {"green": "ok", "amber": "warn", "red": "bad", "grey": "control"}


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it asks for, its words, its kind; with an `icon` and no words it is an icon button."""

    key: str
    words: str
    kind: str = "outlined"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question in place: its kind (`consent`, `token`, `differs`, `remove`, `failed`), words and answers."""

    kind: str
    words: str
    acts: tuple[Act, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A row as it is shown. `bar` is how full the bar is, 0 to 1, None for no bar; `colour` a key of the tokens."""

    key: str
    title: str
    facts: str = ""
    strengths: str = ""
    colour: str = ""
    fit: str = ""
    state: str = ""
    bar: float | None = None
    bar_left: str = ""
    bar_right: str = ""
    acts: tuple[Act, ...] = ()
    ask: Ask | None = None


@dataclass(slots=True)
class Known:
    """What the page knows beside the shelf. `asked` is by key; `busy` has bytes done and in all, by path; `asking` are
    addresses of servers that are being asked; `current` is the file or the address of a server in use."""

    shelf: "Shelf | None" = None
    running: str | None = None
    waiting: tuple[str, ...] = ()
    progress: dict[str, "Progress"] = field(default_factory=dict)
    asked: dict[str, Ask] = field(default_factory=dict)
    busy: dict[Path, tuple[int, int]] = field(default_factory=dict)
    current: Path | str | None = None
    chosen: Path | None = None
    asking: set[str] = field(default_factory=set)


def size(count: float) -> str:
    """Bytes as `3.4 GB` or `12 MB`."""
    if count >= 1e8:
        return f"{QLocale().toString(count / 1e9, 'f', 1)} GB"
    return f"{QLocale().toString(max(count / 1e6, 0.1), 'f', 0 if count >= 1e6 else 1)} MB"


def rough(count: float) -> str:
    """Bytes as a number of GB, from ten on without a fraction: `9.8`, `41`."""
    return QLocale().toString(count / 1e9, "f", 1 if count < 9.95e9 else 0)


def speed(rate: float) -> str:
    """Bytes a second as `11.2 MB/s`."""
    return f"{QLocale().toString(rate / 1e6, 'f', 1)} MB/s"


def short(title: str, most: int = 48) -> str:
    """A title on a row among others."""
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def span(seconds: float) -> str:
    """`40 s`, `1 min 20 s`, `2 h 5 min`; from a minute on in steps of ten seconds."""
    whole = round(seconds)
    if whole < 60:
        return f"{max(whole, 1)} s"
    if whole < 3600:
        minutes, rest = divmod(whole // 10 * 10, 60)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, rest = divmod(whole // 60, 60)
    return f"{hours} h {rest} min"


class Words:
    """Makes rows. `tr` translates."""

    def __init__(self, tr: Callable[[str], str]) -> None:
        self.tr = tr

    def fit(
        self,
        fit: "Fit | None",
        machine: "Machine",
        trial: "Trial | None" = None,
        judged: tuple[float, str] | None = None,
    ) -> tuple[str, str]:
        """The colour and the sentence of a fit, with the speed where it was measured here, or can be judged by another
        model that was."""
        tr = self.tr
        if fit is None:
            return "control", tr("Whether it fits is not known before its size is.")
        tight = fit.need.free > machine.free * 0.9
        lead = {"green": tr("Fits"), "amber": tr("Tight") if tight else tr("Slow"), "red": tr("Does not fit")}
        words = fit.sentence
        if fit.colour in lead:
            words = f"{lead[fit.colour]}: {words[0].lower()}{words[1:]}"
        if trial is not None and trial.read > 0:
            first = tr("About {time} to the first word for half an hour of talk, measured here.")
            words += " " + first.format(time=span(HALF_HOUR / trial.read))
        elif judged is not None:
            first = tr("About {time} to the first word for half an hour of talk, judged by {name} here.")
            words += " " + first.format(time=span(HALF_HOUR / judged[0]), name=judged[1])
        return COLOURS[fit.colour], words

    def use(self, use: "Use | None", titles: Mapping[str, str], *, current: bool) -> str:
        """What a model was used for: how many drafts, and which of them are still there."""
        tr, words = self.tr, []
        if current:
            words.append(tr("In use."))
        if use is not None and use.drafts:
            counted = tr("Wrote 1 draft") if use.drafts == 1 else tr("Wrote {n} drafts").format(n=use.drafts)
            told = f"{counted}, {tr('last')} {when(use.last)}" if when(use.last) else counted
            known = [titles[draft] for draft in use.wrote if draft in titles]
            if known:
                told += ": " + ", ".join(tr("“{title}”").format(title=short(title)) for title in known[:NAMED])
                if len(known) > NAMED:
                    told += " " + tr("and {n} more").format(n=len(known) - NAMED)
            words.append(told + ".")
        return " ".join(words)

    # rows

    def listed(self, row: "Row", known: Known, *, first: bool = False) -> View:
        """A model on the list. `first`: getting it is the next thing to do on the page."""
        shelf, entry = known.shelf, row.entry
        assert shelf is not None
        if entry.id == known.running or entry.id in known.waiting:
            return self._queued(row, known)
        judged = shelf.judged(entry.best_size) if entry.best_size else None
        colour, fit = self.fit(row.fit, shelf.machine, shelf.speeds.get(row.path), judged)
        if row.state == "here":
            busy = known.busy.get(row.path)
            current = row.path == known.current
            acts: tuple[Act, ...] = () if current or busy else (Act("use", self._use_words(row.fit)),)
            return View(
                entry.id, entry.name, self._facts(row), entry.strengths, colour, fit,
                self.use(row.use, shelf.titles, current=current), *self._hashing(busy),
                acts=(*acts, *((Act("remove", self.tr("Remove"), "quiet"),) if not busy else ())),
                ask=known.asked.get(entry.id),
            )  # fmt: skip
        if row.state == "part":
            return self._part(row, known, colour, fit)
        words = self.tr("Get {size}").format(size=size(entry.best_size)) if entry.best_size else self.tr("Get")
        acts = (Act("get", words, "filled" if first else "outlined", "get"),)
        if entry.own:
            acts = (*acts, Act("remove", self.tr("Take off the list"), "quiet"))
        return View(
            entry.id, entry.name, self._facts(row), entry.strengths, colour, fit, self._measured(row),
            acts=acts, ask=known.asked.get(entry.id),
        )  # fmt: skip

    def _facts(self, row: "Row", more: str = "") -> str:
        entry, tr = row.entry, self.tr
        parts = []
        if entry.best_size:
            parts.append(size(entry.best_size) if entry.size else tr("about {size}").format(size=size(entry.best_size)))
        if entry.licence:
            parts.append(entry.licence)
        if entry.context and not more:
            parts.append(tr("reads {n}K tokens").format(n=entry.context // 1024))
        if entry.own:
            parts.append(tr("your own entry"))
        if row.checked.startswith("not") and row.state == "away" and not more:
            parts.append(tr("not yet checked against the hub"))
        return " · ".join([*parts, more] if more else parts)

    def _measured(self, row: "Row") -> str:
        told = row.entry.measured
        if told is None:
            return ""
        value = QLocale().toString(told.value, "f", 1)
        return self.tr("{who} measured {value} {unit} ({when}).").format(
            who=told.who, value=value, unit=told.unit, when=told.when
        )

    def _use_words(self, fit: "Fit | None") -> str:
        return self.tr("Use") if fit is None or fit.colour == "green" else self.tr("Use anyway")

    def _hashing(self, busy: tuple[int, int] | None) -> tuple[float | None, str, str]:
        if busy is None:
            return None, "", ""
        done, total = busy
        words = self.tr("Checking the file once: {done} of {total}").format(done=size(done), total=size(total))
        return (done / total if total else 0.0), words if total else self.tr("Checking the file once"), ""

    def _queued(self, row: "Row", known: Known) -> View:
        """A model that is being downloaded, or waits for its turn."""
        tr, entry = self.tr, row.entry
        assert known.shelf is not None
        if entry.id != known.running:
            colour, fit = self.fit(row.fit, known.shelf.machine)
            before = self._name(known.running, known)
            facts = self._facts(row, tr("starts when {name} is done").format(name=before) if before else tr("waits"))
            acts: tuple[Act, ...] = (Act("first", tr("Start now")), Act("drop", tr("Leave the queue"), "icon", "close"))
            return View(entry.id, entry.name, facts, "", colour, fit, acts=acts)
        full, left, right = self._far(known.progress.get(entry.id), row)
        acts = (Act("pause", tr("Pause"), "icon", "pause"),)
        return View(
            entry.id, entry.name, self._facts(row, " "), bar=full, bar_left=left, bar_right=right, acts=acts
        )  # fmt: skip

    def _far(self, progress: "Progress | None", row: "Row") -> tuple[float, str, str]:
        """How far a download is: how full the bar, what is done, what is left."""
        tr = self.tr
        if progress is None or progress.stage == "asking":
            return 0.0, tr("Asking the hub"), ""
        total = progress.total or row.entry.best_size or 0
        full = min(1.0, progress.done / total) if total else 0.0
        far = tr("{done} of {total}").format(done=size(progress.done), total=size(total)) if total else ""
        if progress.stage == "checking":
            return full, tr("Checking what is here: {far}").format(far=far), ""
        if progress.stage == "waiting":
            words = tr("Waits {time}: {why}").format(time=span(progress.left or 0), why=progress.why)
            return full, far, words
        right = [speed(progress.speed)] if progress.speed else []
        if progress.left is not None:
            right.append(tr("{time} left").format(time=span(progress.left)))
        return full, far, " · ".join(right)

    def _part(self, row: "Row", known: Known, colour: str, fit: str) -> View:
        """A download that was stopped."""
        tr, total = self.tr, row.entry.best_size or 0
        far = tr("{done} of {total}, paused").format(done=size(row.done), total=size(total)) if total else ""
        acts = (Act("get", tr("Go on")), Act("remove", tr("Remove"), "quiet"))
        return View(
            row.entry.id, row.entry.name, self._facts(row, " "), "", colour, fit,
            bar=min(1.0, row.done / total) if total else 0.0, bar_left=far, acts=acts,
            ask=known.asked.get(row.entry.id),
        )  # fmt: skip

    def _name(self, id: str | None, known: Known) -> str:
        rows = known.shelf.listed if known.shelf else ()
        return next((row.entry.name for row in rows if row.entry.id == id), "")

    def found(self, row: "OnDisk", known: Known) -> View:
        """A file that is on this disk."""
        assert known.shelf is not None
        found, path, tr = row.found, row.found.path, self.tr
        program = tr("your folders") if found.program == "your folders" else found.program
        parts = tr("{n} parts").format(n=len(found.parts)) if len(found.parts) > 1 else ""
        facts = " · ".join(part for part in (size(found.size), program, parts) if part)
        ask, busy, current = known.asked.get(str(path)), known.busy.get(path), path == known.current
        if found.info is None:
            acts: tuple[Act, ...] = (Act("show", tr("Show file"), "quiet"),)
            return View(str(path), found.name, facts, "", "control", found.problem, acts=acts, ask=ask)
        shelf = known.shelf
        colour, fit = self.fit(row.fit, shelf.machine, shelf.speeds.get(path), shelf.judged(found.size))
        acts = () if current or busy else (Act("use", self._use_words(row.fit)),)
        if row.ours and not busy:
            acts = (*acts, Act("remove", tr("Remove"), "quiet"))
        state = self.use(row.use, known.shelf.titles, current=current)
        return View(str(path), found.name, facts, "", colour, fit, state, *self._hashing(busy), acts=acts, ask=ask)

    def chosen(self, path: Path, known: Known) -> View:
        """A file that the person chose, while it is looked at."""
        busy, ask = known.busy.get(path), known.asked.get(str(path))
        bar = self._hashing(busy if busy else (0, 0)) if ask is None else (None, "", "")
        return View(str(path), path.stem, str(path.parent), "", "", "", "", *bar, ask=ask)

    def served(self, row: "Named", known: Known) -> View:
        """A server that the person named."""
        assert known.shelf is not None
        tr, one = self.tr, row.server
        current, asking = known.current == one.url, one.url in known.asking
        parts = [one.at]
        if one.context:
            parts.append(tr("reads {n} tokens at once").format(n=QLocale().toString(one.context)))
        acts: tuple[Act, ...] = () if asking else (Act("remove", tr("Forget"), "quiet"),)
        if not current and not asking:
            acts = (Act("serve", tr("Use")), *acts)
        elif not asking:
            acts = (Act("serve", tr("Try it")), *acts)
        state = tr("Asking {server}").format(server=one.at) if asking else ""
        return View(
            one.url, one.model or tr("A model of {server}").format(server=one.at), " · ".join(parts), "",
            "ok" if row.place != "away" else "warn", row.leaves,
            state or self.use(row.use, known.shelf.titles, current=current), acts=acts, ask=known.asked.get(one.url),
        )  # fmt: skip

    # questions

    def sending(self, sentence: str) -> Ask:
        """Before text leaves the machine for the first time; the safe answer has the focus."""
        tr = self.tr
        hint = tr("Only when you draft or rewrite, never while you type. Asked once for each server.")
        return Ask(
            "consent", sentence, (Act("no", tr("Keep it here")), Act("allow", tr("Send it there"), "quiet")), hint
        )

    def key(self, sentence: str) -> Ask:
        """The server asks for a key."""
        tr = self.tr
        hint = tr("Kept in the system's keyring and nowhere else; without a keyring, for this run only.")
        acts = (Act("token", tr("Keep the key and go on")), Act("no", tr("Not now"), "quiet"))
        return Ask("token", sentence, acts, hint)

    def silent(self, sentence: str) -> Ask:
        """The server could not be used."""
        tr = self.tr
        return Ask("failed", sentence, (Act("serve", tr("Try again")), Act("no", tr("Dismiss"), "quiet")))

    def forget(self, name: str) -> Ask:
        """Before a server and its key are forgotten."""
        tr = self.tr
        words = tr("Forget {name}, and its key?").format(name=name)
        return Ask("remove", words, (Act("no", tr("Keep")), Act("sure", tr("Forget it"), "danger")))

    def consent(self, sentence: str) -> Ask:
        tr = self.tr
        return Ask("consent", sentence, (Act("no", tr("Leave it")), Act("agree", tr("Use this file"), "quiet")))

    def token(self, sentence: str, host: str) -> Ask:
        """The repository asks who you are."""
        tr = self.tr
        hint = tr("Kept in the system's keyring and nowhere else; without a keyring, for this run only.")
        acts = (Act("token", tr("Keep the token and go on")), Act("no", tr("Not now"), "quiet"))
        return Ask("token", sentence or tr("{host} asks for a token.").format(host=host), acts, hint)

    def differs(self, sentence: str) -> Ask:
        tr = self.tr
        return Ask(
            "differs", sentence, (Act("no", tr("Leave it")), Act("accept", tr("Take what the hub has"), "quiet"))
        )

    def remove(self, view: "View", here: Mapping[str, int]) -> Ask:
        """Before something is gone for good."""
        tr = self.tr
        gone = here.get(view.key, 0)
        words = tr("Remove {name}? {size} are deleted for good.").format(name=view.title, size=size(gone))
        if not gone:
            words = tr("Take {name} off your list?").format(name=view.title)
        sure = tr("Delete for good") if gone else tr("Take it off")
        return Ask("remove", words, (Act("no", tr("Keep")), Act("sure", sure, "danger")))

    def failed(self, sentence: str, *, again: bool) -> Ask:
        tr = self.tr
        acts = (
            (Act("get", tr("Try again")), Act("no", tr("Dismiss"), "quiet")) if again else (Act("no", tr("Dismiss")),)
        )
        return Ask("failed", sentence, acts)
