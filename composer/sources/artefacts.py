"""What recognisers write when nobody speaks: loops, phantom lines, music marks. Folded, counted, kept in `raw`."""

import re
from collections import Counter
from itertools import pairwise
from operator import eq
from typing import Any

from composer.sources.base import Cue, Draft, count, has, was
from composer.sources.repair import drop

# A phrase of two words or more is a loop from this many rounds on; one word, or one short line, needs more, because
# people do say "no, no, no, no".
_ROUNDS = 5
_WORD_ROUNDS = 9
_LINE_ROUNDS = 4
_SHORT_LINE_ROUNDS = 8
_LONGEST_PHRASE = 14
# A line that comes back is a loop only if that lasts, in seconds: people stutter, recognisers go on for minutes.
_LASTS = 10.0
_LONGEST_VERSE = 4
# A silence before a phantom line, and the length of a cue nobody needs for four words, in seconds.
_SILENCE = 3.0
_DRAWN = 8.0

_MUSIC_WORD = (
    r"music(?:al)?|musik|musique|música|musica|muziek|muzyka|музыка|musiikkia|hudba|müzik|音楽|音乐|音樂|음악|موسيقى"
)
_ONLY_MUSIC = re.compile(
    rf"[\[(*♪♫♬\s]*(?:(?:[\w'-]+[ ]){{0,3}}(?:{_MUSIC_WORD})(?:[ ][\w'-]+){{0,3}})?[\])*♪♫♬\s.]*\Z", re.I
)
_INLINE_MUSIC = re.compile(rf"[\[(*](?:[\w'-]+[ ]){{0,3}}(?:{_MUSIC_WORD})(?:[ ][\w'-]+){{0,3}}[\])*]|[♪♫♬]+", re.I)
_SILENT = re.compile(
    r"[\[(*<|]*(?:BLANK[_ ]AUDIO|silence|no audio|inaudible silence|no speech|nospeech|pause|Stille)[\])*>|.]*\Z", re.I
)
_SOUND = re.compile(r"(?:\[[^\[\]]{1,60}\]|\([^()]{1,60}\)|\*[^*]{1,60}\*)[.\s]*\Z")
_STAGE = re.compile(
    r"laugh|applau|cheer|audience|crowd|chuckl|music|inaudible|crosstalk|silence|whistl|sigh|gasp|cough|throat|"
    r"(?:video|film|clip|audio|song|bell|phone) |gelächter|lachen|beifall|applaus|rires|risas|aplausos|risos|"
    r"笑|拍手|掌声",
    re.I,
)
_CREDIT = re.compile(
    r"amara\.org|subtitles by\b|subtitled by\b|captions? by\b|captioning by|transcription by castingwords|"
    r"untertitel(?:ung)? (?:der|des|im auftrag|von)\b|sous-titr(?:es|age)\b|subtítulos (?:realizados|por)\b|"
    r"legendas pela|sottotitoli (?:creati|e revisione)|ondertitel(?:d|ing)\b|napisy stworzone|"
    r"субтитры (?:сделал|создавал|делал)|редактор субтитров|字幕\s*by|字幕由|請不吝點贊|请不吝点赞",
    re.I,
)
_FAREWELL = re.compile(
    r"(?:thanks?(?: you)?(?: so much| very much)? for (?:watching|listening)(?: to this video)?|"
    r"(?:please )?(?:like and )?subscribe(?: to (?:my|our|the) channel)?|don't forget to subscribe|"
    r"see you (?:in the )?next (?:time|video)|i'?ll see you (?:guys )?in the next (?:one|video)|"
    r"vielen dank fürs zuschauen|merci d'avoir regardé(?: cette vidéo)?|gracias por ver(?: el video)?|"
    r"obrigado por assistir|grazie per (?:la visione|aver guardato)|bedankt voor het kijken|"
    r"спасибо за просмотр|продолжение следует|ご視聴ありがとうございました|시청해 ?주셔서 감사합니다|"
    r"感谢观看|謝謝觀看|谢谢观看|you|1)[.!…。\s]*\Z",
    re.I,
)


# Letters one of which stands in every credit and every mark; a text without them need not be looked at cue by cue.
_CREDIT_PARTS = (
    "amara", "subtitle", "caption", "castingwords", "untertitel", "sous-titr", "subtítulos", "legendas", "sottotitoli",
    "ondertitel", "napisy", "субтитр", "字幕", "点赞", "點贊",
)  # fmt: skip
_MARK_PARTS = ("[", "(", "*", "♪", "♫", "♬", "<", "|")


def fold(draft: Draft) -> None:
    """Fold all of it in the draft's cues and leave a notice for each kind."""
    if not draft.recognised or not draft.cues:
        _stage(draft)
        return
    blob = "\n".join([cue.text for cue in draft.cues])
    if any(part in blob for part in _MARK_PARTS):
        _marks(draft)
    low = blob.lower()
    _phantoms(draft, any(part in low for part in _CREDIT_PARTS))
    _loops_in_cues(draft)
    _loops_of_cues(draft)


def _stage(draft: Draft) -> None:
    """Laughter, applause and their kin on a line of their own are no speech, whoever made the transcript."""
    for cue in draft.cues:
        if cue.text[:1] in "[(*" and cue.role == "speech" and is_stage(cue.text):
            cue.role = "meta"


def is_stage(text: str) -> bool:
    """Whether a text is only the mark of what an audience or a stage does."""
    return bool(_SOUND.match(text) and _STAGE.search(text))


def _marks(draft: Draft) -> None:
    """Music and silence alone become a meta cue; a music mark inside a cue goes; other sounds alone are meta."""
    music = silent = 0
    for cue in draft.cues:
        text = cue.text
        first = text[0]
        if cue.role != "speech":
            continue
        noted = "♪" in text or "♫" in text or "♬" in text
        if not noted and first not in "[(*<|":
            continue
        if _ONLY_MUSIC.match(text):
            music += 1
            cue.fold("♪")
            cue.role = "meta"
        elif _SILENT.match(text):
            silent += 1
            cue.fold("…")
            cue.role = "meta"
        elif _SOUND.match(text):
            cue.role = "meta"
        elif noted or _INLINE_MUSIC.match(text):
            rest = " ".join(_INLINE_MUSIC.sub(" ", text).split())
            if rest:
                music += 1
                cue.fold(rest)
    if music:
        draft.notices.append(f"{count(music, 'music mark')} {has(music)} been folded.")
    if silent:
        draft.notices.append(f"{count(silent, 'mark')} of silence {has(silent)} been folded.")


def _phantoms(draft: Draft, credits: bool) -> None:
    """Lines recognisers are known to write at silence. Farewells count only where there was nothing to hear.

    `credits` says whether the text has letters of a credit at all.
    """
    cues = draft.cues
    found = 0
    for index, cue in enumerate(cues):
        text = cue.text
        if len(text) > 90 or (not credits and text[0] not in _FIRST) or cue.role != "speech":
            continue
        if (text[0] in _FIRST and _FAREWELL.match(text) and _at_silence(cues, index)) or (
            credits and len(text) > 8 and cue.start is not None and _CREDIT.search(text)
        ):
            found += 1
            cue.fold("…")
            cue.role = "meta"
    if found:
        n = count(found, "line")
        draft.notices.append(f"{n} that recognisers write at silence {has(found)} been folded.")


# First letters of the farewells.
_FIRST = frozenset("tTpPlLsSdDiIvVmMgGoObBсСпПご시感謝谢yY1")


def _at_silence(cues: list[Cue], index: int) -> bool:
    cue = cues[index]
    if cue.start is None:
        return False
    before = cues[index - 1] if index else None
    after = cues[index + 1] if index + 1 < len(cues) else None
    if cue.end is not None and cue.end - cue.start >= _DRAWN:
        return True
    if before is None or before.role == "meta" or (after is not None and after.role == "meta"):
        return True
    if before.end is not None and cue.start - before.end >= _SILENCE:
        return True
    return before.text == cue.text or (after is not None and after.text == cue.text)


def _loops_in_cues(draft: Draft) -> None:
    folded = 0
    for cue in draft.cues:
        text = cue.text
        size = len(text)
        if size < 20:
            continue
        blanks = text.count(" ")
        if blanks < _WORD_ROUNDS - 1:
            # Too few words to loop, unless the writing has no blanks.
            if size > 30 and blanks * 12 < size and len(set(text)) * 5 < size and cue.role != "meta":
                short = _fold_letters(text)
                if short != text:
                    cue.fold(short)
                    folded += 1
            continue
        words = text.split(" ")
        n = len(words)
        if cue.role == "meta" or (len(set(words)) > 0.6 * n if n < 40 else not _has_repeats(text)):
            continue
        short_words = _fold_words(words)
        if len(short_words) < n:
            cue.fold(" ".join(short_words))
            folded += 1
    if folded:
        draft.notices.append(f"{count(folded, 'loop')} of repeated words {has(folded)} been folded.")


def _has_repeats(text: str) -> bool:
    """Whether any pair of neighbouring words comes as often as it would in a loop."""
    low = text.lower().split(" ")
    # A loop repeats at least so many pairs; most paragraphs do not, and need no counting.
    if len(low) - len(set(pairwise(low))) < _WORD_ROUNDS - 2:
        return False
    return max(Counter(pairwise(low)).values()) >= _ROUNDS - 1


def _fold_words(words: list[str]) -> list[str]:
    """The words with every phrase that loops kept once."""
    low = [w.lower().strip(".,!?;:…\"'“”’") for w in words]
    for size in range(1, min(_LONGEST_PHRASE, len(words) // _ROUNDS) + 1):
        rounds = _WORD_ROUNDS if size == 1 else _ROUNDS
        if sum(map(eq, low, low[size:])) < (rounds - 1) * size:
            continue
        cuts = _runs(low, size, rounds)
        for start, end in reversed(cuts):
            # The last round is the one that goes on: keep its punctuation.
            del words[start : end - size]
            del low[start : end - size]
    return words


def _runs(items: list[Any], size: int, rounds: int) -> list[tuple[int, int]]:
    """Stretches (start, end) in which `items` repeat with period `size` for at least `rounds` whole rounds."""
    found: list[tuple[int, int]] = []
    start = 0
    index = size
    total = len(items)
    while index <= total:
        if index < total and items[index] == items[index - size]:
            index += 1
            continue
        length = index - start
        if length >= rounds * size:
            found.append((start, start + length // size * size))
        start = max(index - size + 1, start + 1)
        index = start + size
    return found


_LETTER_LOOP = re.compile(r"(.{1,12}?)\1{9,}", re.S)


def _fold_letters(text: str) -> str:
    """Loops in writing without blanks (はははは...): a short string ten times and more is kept three times."""
    return _LETTER_LOOP.sub(lambda m: m[1] * 3 if len(m[1]) == 1 else m[1], text)


def _loops_of_cues(draft: Draft) -> None:
    """The same line, or the same few lines in turn, again and again: kept once, the others folded into it."""
    cues = draft.cues
    if len(cues) < _LINE_ROUNDS:
        return
    texts = [cue.text for cue in cues]
    needed = [(_LINE_ROUNDS - 2) * size for size in range(1, _LONGEST_VERSE + 1)]
    if all(sum(map(eq, texts, texts[n:])) < least for n, least in enumerate(needed, 1)):
        return
    keys: list[Any] = [_phrase(text) for text in texts]
    keep = [True] * len(cues)
    for size in range(1, _LONGEST_VERSE + 1):
        if sum(map(eq, keys, keys[size:])) < (_LINE_ROUNDS - 1) * size:
            continue
        for start, end in _runs(keys, size, _LINE_ROUNDS):
            if _is_loop(cues, keys, start, end, size):
                _fold_lines(cues, start, end, size, keys, keep)
                # Nothing folded takes part in a longer verse.
                keys[start:end] = [object() for _ in range(start, end)]
    folded = keep.count(False)
    if folded:
        drop(draft, keep)
        draft.notices.append(f"{count(folded, 'repeated line')} of a recogniser's loop {was(folded)} folded.")


def _phrase(text: str) -> str:
    """The line, or where it is one phrase again and again, that phrase."""
    words = text.split()
    n = len(words)
    if n >= 4 and len(set(words)) <= 0.6 * n:
        low = [w.lower().strip(".,!?;:…") for w in words]
        for size in range(1, n // 2 + 1):
            if low[size:] == low[:-size]:
                return " ".join(low[:size])
    return text.lower().strip(".,!?;:… ")


def _is_loop(cues: list[Cue], keys: list[Any], start: int, end: int, size: int) -> bool:
    first, last = cues[start], cues[end - 1]
    if any(cue.role == "meta" for cue in cues[start : start + size]):
        return False
    if first.start is not None and last.end is not None and last.end - first.start < _LASTS:
        return False
    words = sum(len(key.split()) or len(key) // 2 for key in keys[start : start + size])
    return words >= 3 * size or (end - start) // size >= _SHORT_LINE_ROUNDS


def _fold_lines(cues: list[Cue], start: int, end: int, size: int, keys: list[Any], keep: list[bool]) -> None:
    last = cues[start + size - 1]
    rest = cues[start + size : end]
    last.raw = " ".join([last.source(), *(c.source() for c in rest)])
    until = max((c.end for c in (last, *rest) if c.end is not None), default=None)
    last.end = until if until is None or last.start is None or until >= last.start else None
    for index in range(start, start + size):
        cue = cues[index]
        words = cue.text.split()
        phrase = len(keys[index].split())
        if 0 < phrase < len(words):
            cue.fold(" ".join(words[:phrase]))
    keep[start + size : end] = [False] * len(rest)
