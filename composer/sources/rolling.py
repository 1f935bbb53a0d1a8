"""Rolling captions: each cue repeats what the one before showed. Every phrase is kept once, at its first showing."""

from itertools import pairwise

from composer.sources.base import Cue

# Share of neighbours that must repeat before a file counts as rolling; film subtitles stay below 0.02.
_SHARE = 0.3
# Words that must agree when only part of a line scrolled.
_OVERLAP = 3


def is_rolling(cues: list[list[str]]) -> bool:
    """Whether cues, given as their lines, repeat the lines of the cue before them as a rule.

    A repeat is: the first line equals the last line shown, or the whole text goes on from the whole text before.
    The same single line again and again is a loop, which is not this.
    """
    pairs = repeats = 0
    same = False
    for before, now in pairwise(cues):
        if not before or not now:
            continue
        pairs += 1
        if before == now:
            # Shown twice is rolling; shown again and again is a loop.
            repeats += not same
            same = True
        else:
            repeats += _carried(before, now) > 0 or _grows(" ".join(before), " ".join(now))
            same = False
    return pairs >= 2 and repeats >= max(2, _SHARE * pairs)


def _carried(before: list[str], now: list[str]) -> int:
    """How many lines at the top of `now` were the last lines of `before`."""
    for n in range(min(len(before), len(now)), 0, -1):
        if before[-n:] == now[:n]:
            return n
    return 0


def _grows(before: str, now: str) -> bool:
    return len(now) > len(before) and now.startswith(before + " ")


def fold(cues: list[Cue], lines: list[list[str]]) -> tuple[list[Cue], int]:
    """The cues with every line that was already on screen taken out, and how many cues had one.

    `lines[i]` are the lines of `cues[i]`. A cue that shows nothing new lengthens the one before it, no further than
    its own end; times are the file's own. `raw` keeps what the cue said.
    """
    out: list[Cue] = []
    folded = 0
    screen: list[str] = []
    for cue, shown in zip(cues, lines, strict=True):
        if not shown:
            continue
        fresh = _fresh(screen, shown)
        if fresh == shown:
            out.append(cue)
        else:
            folded += 1
            if fresh:
                text = " ".join(fresh)
                out.append(Cue(cue.start, cue.end, text, cue.speaker, cue.role, cue.text))
            elif out and cue.end is not None and out[-1].end is not None:
                out[-1].end = max(out[-1].end, cue.end)
        screen = shown
    return out, folded


def _fresh(screen: list[str], shown: list[str]) -> list[str]:
    """The lines of `shown` that `screen` did not show yet."""
    carried = _carried(screen, shown)
    if carried:
        return shown[carried:]
    before, now = " ".join(screen).split(), " ".join(shown).split()
    if len(now) <= len(before) and before[-len(now) :] == now and len(now) >= _OVERLAP:
        return []
    if before and now[: len(before)] == before:
        rest = now[len(before) :]
        return [" ".join(rest)] if rest else []
    for n in range(min(len(before), len(now)), _OVERLAP - 1, -1):
        if before[-n:] == now[:n]:
            return [" ".join(now[n:])] if now[n:] else []
    return shown
