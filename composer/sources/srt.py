"""SubRip (.srt), also damaged and with WebVTT or ASS marks inside."""

from collections import Counter

from composer.sources import blocks, rolling, turns
from composer.sources.base import Draft, Format, Sample, count, has
from composer.sources.blocks import Tally
from composer.sources.clean import plain


def score(sample: Sample) -> float:
    """Lines with two times and an arrow, no WEBVTT at the top."""
    found = sum(1 for _ in blocks.TIMES.finditer(sample.head))
    if not found:
        return 0.3 if sample.ext == "srt" and "-->" in sample.head else 0.0
    share = found / max(1, len(sample.lines))
    return min(0.9, 0.5 + 2 * share) if share > 0.04 else 0.2


def parse(sample: Sample) -> Draft:
    """Every cue with its times; repeats of rolling captions folded."""
    return read(sample.text, "srt", vtt=False)


def read(text: str, name: str, vtt: bool) -> Draft:
    """A draft of the cues in `text`; `name` is the format's, `vtt` as in `blocks.find`."""
    tally = Tally()
    raws, opening = blocks.find(text, blocks.TIMES, vtt, tally)
    draft = Draft(name, list(blocks.cues(raws)))
    if not vtt and raws and opening.strip() and len(opening.split()) > 1:
        draft.notices.append("The file begins with text before its first cue; that text was left out.")
    tally.tell(draft)
    bodies = [raw.body for raw in raws]
    if not _names_above(draft, bodies):
        fold_rolling(draft, bodies)
    return draft


def _names_above(draft: Draft, bodies: list[str]) -> bool:
    """Cues whose first line is a speaker's name, as older meeting exports have it: the names become speakers."""
    split = [body.split("\n", 1) for body in bodies]
    if len(split) != len(draft.cues) or sum(len(lines) > 1 for lines in split) < 0.9 * len(split):
        return False
    firsts = Counter(lines[0].strip() for lines in split)
    known = sum(n for name, n in firsts.items() if n > 1 and turns.namelike(name) and name[-1:].isalnum())
    if known < 0.6 * len(split) or len(firsts) > max(2, 0.5 * len(split)) or len(firsts) < 2:
        return False
    for cue, lines in zip(draft.cues, split, strict=True):
        if len(lines) > 1 and turns.namelike(lines[0].strip()):
            cue.speaker, cue.text = plain(lines[0]), plain(lines[1])
    return True


def fold_rolling(draft: Draft, bodies: list[str]) -> None:
    """Fold the repeats of rolling captions, where the draft's cues are one for each of `bodies`."""
    if len(bodies) != len(draft.cues) or not _may_roll(draft):
        return
    shown = [blocks.untagged_lines(body) for body in bodies]
    if rolling.is_rolling(shown):
        draft.cues, folded = rolling.fold(draft.cues, shown)
        if folded:
            n = count(folded, "rolling caption")
            draft.notices.append(f"{n} {has(folded)} been folded, so that each phrase stands once.")


def _may_roll(draft: Draft) -> bool:
    """A cheap look at neighbours before their lines are compared."""
    words = [cue.text.split(None, 1)[0] if cue.text else "" for cue in draft.cues[:400]]
    texts = [cue.text for cue in draft.cues[:400]]
    hits = sum(1 for i in range(1, len(texts)) if words[i] and words[i] in texts[i - 1])
    return hits >= 2 and hits > 0.2 * len(texts)


FORMAT = Format("srt", score, parse)
