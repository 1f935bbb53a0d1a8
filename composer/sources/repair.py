"""Damage that any format can have: garbled letters, broken times, empty and doubled cues. Each repair is told."""

import re

from composer.sources.base import Cue, Draft, count, has, was

# UTF-8 read as Windows-1252. Two-byte forms only where the second is no quotation mark or dash, which can follow a
# capital letter in honest text.
_LETTERS = "\u0080-\u00bf\u20ac\u0192\u2020\u2021\u02c6\u2030\u0160\u0152\u017d\u2122\u0161\u0153\u017e\u0178"
_QUOTES = "\u201a\u201e\u2026\u2039\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u203a"
_GARBLED = re.compile(
    f"[\u00e0-\u00ef][{_LETTERS}{_QUOTES}]{{2}}|[\u00f0-\u00f4][{_LETTERS}{_QUOTES}]{{3}}|[\u00c2\u00c3][{_LETTERS}]"
)


def garbled(text: str) -> tuple[str, list[str]]:
    """The text with UTF-8 that was read as Windows-1252 put right (`â€™` is ’), and a notice if there was any."""
    if text.isascii() or not _GARBLED.search(text):
        return text, []
    fixed: list[str] = []

    def put_right(match: re.Match[str]) -> str:
        try:
            data = b"".join(c.encode("latin-1" if c < "\u0100" else "cp1252") for c in match[0])
            good = data.decode("utf-8")
        except UnicodeError:
            return match[0]
        if len(data) == 3 and good < "\u0900":
            # `à` and a no-break space before a quotation mark, as French has it.
            return match[0]
        fixed.append(good)
        return good

    text = _GARBLED.sub(put_right, text)
    if not fixed:
        return text, []
    return text, [f"{count(len(fixed), 'garbled character')} {was(len(fixed))} repaired."]


def times(draft: Draft) -> None:
    """Sort what is out of order, drop ends that lie before their starts, leave out empty and doubled cues."""
    cues = draft.cues
    _drop_empty(draft)
    cues = draft.cues
    early = 0
    open_ended = 0
    disorder = 0
    latest = -1.0
    timed = 0
    for cue in cues:
        start = cue.start
        if start is None:
            continue
        timed += 1
        if cue.end is None:
            open_ended += 1
        elif cue.end < start:
            cue.end = None
            early += 1
        if start < latest:
            disorder += 1
        else:
            latest = start
    if early:
        draft.notices.append(
            f"{count(early, 'cue')} ended before {'it' if early == 1 else 'they'} began; the end was left out."
        )
    if 0 < open_ended <= 0.5 * timed:
        draft.notices.append(f"{count(open_ended, 'cue')} {has(open_ended)} no end time.")
    if disorder and draft.ordered:
        _sort(draft, disorder)
    _drop_doubled(draft)


def _drop_empty(draft: Draft) -> None:
    keep = [bool(cue.text) for cue in draft.cues]
    n = keep.count(False)
    if n:
        drop(draft, keep)
        draft.notices.append(f"{count(n, 'empty cue')} {was(n)} left out.")


def _sort(draft: Draft, disorder: int) -> None:
    """Stable, by start; a cue without a time stays behind the one it followed."""
    keys: list[float] = []
    last = -1.0
    for cue in draft.cues:
        last = cue.start if cue.start is not None else last
        keys.append(last)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    place = {old: new for new, old in enumerate(order)}
    draft.cues = [draft.cues[i] for i in order]
    draft.chapters = [(s, t, place.get(i, i) if i is not None else None) for s, t, i in draft.chapters]
    draft.notices.append(f"{count(disorder, 'cue')} {was(disorder)} out of order and {has(disorder)} been sorted.")


def _drop_doubled(draft: Draft) -> None:
    """The same cue twice in a row, times and all."""
    before: Cue | None = None
    keep: list[bool] = []
    for cue in draft.cues:
        same = (
            before is not None
            and cue.start is not None
            and cue.start == before.start
            and cue.text == before.text
            and cue.end == before.end
            and cue.speaker == before.speaker
            and cue.end != cue.start
        )
        keep.append(not same)
        before = cue
    if not all(keep):
        n = keep.count(False)
        drop(draft, keep)
        draft.notices.append(f"{count(n, 'cue')} stood twice and {has(n)} been left out once.")


def drop(draft: Draft, keep: list[bool]) -> None:
    """Leave out the cues whose place in `keep` is False."""
    _reindex(draft, keep)
    draft.cues = [cue for cue, stay in zip(draft.cues, keep, strict=True) if stay]


def _reindex(draft: Draft, keep: list[bool]) -> None:
    """Chapters point at cues by index: follow them when cues go."""
    if not draft.chapters:
        return
    new = [0]
    for stay in keep:
        new.append(new[-1] + stay)
    draft.chapters = [(s, t, new[min(i, len(keep))] if i is not None else None) for s, t, i in draft.chapters]
