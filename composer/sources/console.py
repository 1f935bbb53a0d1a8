"""Recogniser output as printed to the terminal: `[start --> end] text` on every line.

whisper.cpp, whisper, faster-whisper and WhisperX print this in several ways; loader logs and timings stand around it.
"""

import re

from composer.sources.base import Cue, Draft, Format, Sample, count, has, was
from composer.sources.clean import visible
from composer.sources.decode import mend
from composer.sources.times import seconds

_T = r"-?\d[\d:.,]*"
_LINE = re.compile(
    rf"^[ \t]*[\[(][ \t]*({_T})s?[ \t]*(?:-{{1,2}}>|–>|→|-|–|—|to)[ \t]*({_T})s?[ \t]*[\])](:?)([^\n]*)$", re.M
)
_LOG = re.compile(
    r"^(?:whisper_|system_info|main:|ggml|llama_|init:|output_|load_backend|log_mel|read_wav|error:|warning:|"
    r"Detected language|Detecting language|Device \d|\s*(?:CUDA|Metal|BLAS) |\[ ?\d+%\])"
)
_LANGUAGE = re.compile(r"(?:auto-detected language: |lang = |Detected language[: ]+'?\"?)([A-Za-z]{2,12})(?:'|\b)")
_TURN = re.compile(r"\[(?:SPEAKER_TURN|_SOT_SPEAKER_TURN|SPEAKER TURN)\]|<\|speakerturn\|>|\(speaker \?\)", re.I)
_SPEAKER = re.compile(r"(?:\[?\(?\s*(SPEAKER[ _]\d{1,3}|Speaker \d{1,3}|speaker \d{1,3})\s*\)?\]?:?)(?:\s+|$)")
_SPECIAL = re.compile(r"\[_[A-Z]+_(?:\d+)?\]|<\|[^|<>]{0,40}\|>")
_END = re.compile(r"\[ ?END OF TRANSCRIPT ?\]|\[_EOT_\]|<\|endoftext\|>", re.I)
_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "polish": "pl", "russian": "ru", "ukrainian": "uk", "turkish": "tr", "swedish": "sv",
    "danish": "da", "norwegian": "no", "finnish": "fi", "czech": "cs", "greek": "el", "hungarian": "hu",
    "romanian": "ro", "japanese": "ja", "korean": "ko", "chinese": "zh", "arabic": "ar", "hebrew": "he",
    "hindi": "hi", "catalan": "ca",
}  # fmt: skip
# Tokens are joined to lines of about this many letters; a sentence end cuts earlier, a silence always.
_LINE_LETTERS = 90
_SILENCE = 1.5


def score(sample: Sample) -> float:
    """Lines that begin with two times in brackets."""
    found = sum(1 for _ in _LINE.finditer(sample.head))
    if not found:
        return 0.0
    return min(0.97, 0.6 + found / max(1, len(sample.lines)))


def parse(sample: Sample) -> Draft:
    """Every line with its times. Single tokens are joined; what follows the end mark is kept as furniture."""
    text = sample.text
    matches = list(_LINE.finditer(text))
    whisper = bool(re.search(r"^whisper_\w+:|^main: processing|\[BLANK_AUDIO\]", text[:20_000], re.M))
    seconds_only = sum(":" not in m[1] for m in matches) > len(matches) // 2
    three = sum(m[4].startswith("   ") for m in matches)
    name = "whisper.cpp" if whisper or (three and not seconds_only) else "brackets"
    draft = Draft(name, [])
    pieces, strays, logs = _pieces(text, matches)
    _join_bytes(pieces)
    if _is_tokens(pieces):
        n = len(pieces)
        pieces = _join_tokens(pieces)
        draft.notices.append(f"{count(n, 'single token')} {has(n)} been joined to {count(len(pieces), 'line')}.")
    _to_cues(draft, pieces)
    if logs:
        draft.notices.append(f"{count(logs, 'line')} of the recogniser's log {was(logs)} left out.")
    if strays:
        draft.notices.append(f"{count(strays, 'line')} without times {was(strays)} joined to the line before.")
    _debris(draft)
    language = _LANGUAGE.search(text[:20_000])
    if language:
        word = language[1].lower()
        draft.language = word if len(word) in (2, 3) else _NAMES.get(word)
    return draft


class Piece:
    """A printed line: times, text with its leading blanks, whether a new speaker begins after it."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: float | None, end: float | None, text: str) -> None:
        self.start, self.end, self.text = start, end, text


def _pieces(text: str, matches: list[re.Match[str]]) -> tuple[list[Piece], int, int]:
    """The printed lines, how many lines without times belong to one of them, and how many were log lines."""
    pieces: list[Piece] = []
    strays = 0
    logs = _log_lines(text[: matches[0].start()]) if matches else 0
    for index, match in enumerate(matches):
        piece = Piece(seconds(match[1].strip("-").rstrip(".,")), seconds(match[2].strip("-").rstrip(".,")), match[4])
        until = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        if until - match.end() > 1:
            between = text[match.end() + 1 : until]
            for line in between.split("\n"):
                if not line.strip():
                    continue
                if _LOG.match(line):
                    logs += 1
                else:
                    strays += bool(piece.text.strip())
                    piece.text = f"{piece.text} {line}" if piece.text.strip() else f" {line}"
        pieces.append(piece)
    return pieces, 0 if pieces and strays > len(pieces) // 2 else strays, logs


def _log_lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


def _join_bytes(pieces: list[Piece]) -> None:
    """Put characters together whose bytes were printed on two lines: the bytes move to the line that began them."""
    for index, piece in enumerate(pieces[:-1]):
        if piece.text and "\udc80" <= piece.text[-1] <= "\udcff":
            follower = pieces[index + 1]
            # The console prints blanks between the bracket and the token.
            rest = follower.text.lstrip(" ")
            n = 0
            while n < len(rest) and "\udc80" <= rest[n] <= "\udcbf":
                n += 1
            if n:
                joined = (piece.text + rest[:n]).encode("utf-8", "surrogateescape")
                piece.text = joined.decode("utf-8", "surrogateescape")
                follower.text = follower.text[: len(follower.text) - len(rest)] + rest[n:]


def _is_tokens(pieces: list[Piece]) -> bool:
    """Whether the lines are single tokens, as `-ml 1` prints them: short, and some of them parts of a word."""
    if len(pieces) < 8:
        return False
    words = [len(p.text.split()) for p in pieces]
    short = sum(w <= 1 for w in words)
    return short > 0.9 * len(pieces) and len({_indent(p.text) for p in pieces if p.text.strip()}) > 1


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _join_tokens(pieces: list[Piece]) -> list[Piece]:
    """Tokens as lines: a token without its own leading blank goes on with the word before it."""
    base = min(_indent(p.text) for p in pieces if p.text.strip())
    lines: list[Piece] = []
    for piece in pieces:
        token = piece.text[base:] if piece.text.strip() else ""
        last = lines[-1] if lines else None
        if not token:
            continue
        fresh = token[0] == " "
        if last is not None and (not fresh or not _cut(last, piece)):
            last.text += token
            last.end = piece.end if piece.end is not None else last.end
        else:
            lines.append(Piece(piece.start, piece.end, token))
    return lines


def _cut(line: Piece, token: Piece) -> bool:
    """Whether a new line begins before a token that begins a word."""
    text = line.text.rstrip()
    if line.end is not None and token.start is not None and token.start - line.end >= _SILENCE:
        return True
    if _TURN.search(text[-24:]) or text.endswith("]") or token.text.strip().startswith(("[", "<|")):
        return True
    return text.endswith((".", "?", "!", "。", "？", "！")) or len(text) >= _LINE_LETTERS


def _to_cues(draft: Draft, pieces: list[Piece]) -> None:
    broken = turns = 0
    speaker: str | None = None
    for piece in pieces:
        text = piece.text
        if not text.isascii():
            text, n = mend(text)
            broken += n
        own = _SPEAKER.match(text.lstrip())
        if own:
            speaker = own[1]
            text = text.lstrip()[own.end() :]
        else:
            speaker = None
        raw = None
        if "[" in text or "<" in text or "(" in text:
            clean = _SPECIAL.sub("", _TURN.sub("", text)) if not _END.search(text) else text
            turns += clean != text
            raw = visible(text) if clean != text else None
            text = clean
        draft.cues.append(Cue(piece.start, piece.end, visible(text), speaker, raw=raw))
    if broken:
        draft.notices.append(f"{count(broken, 'byte')} could not be read as text and {has(broken)} been marked \ufffd.")
    if turns:
        draft.notices.append(f"{count(turns, 'control mark')} of the recogniser {was(turns)} taken out.")


def _debris(draft: Draft) -> None:
    """From a mark that says the transcript ends, everything is the recogniser talking to itself."""
    for index, cue in enumerate(draft.cues):
        if _END.search(cue.text) and index >= len(draft.cues) // 2:
            rest = draft.cues[index:]
            raw = " ".join(c.source() for c in rest if c.source())
            ends = [c.end for c in rest if c.end is not None]
            draft.cues[index:] = [Cue(cue.start, max(ends, default=None), "…", None, "meta", raw)]
            n = len(rest)
            draft.notices.append(f"{count(n, 'line')} after the end of the transcript {was(n)} set aside.")
            return


FORMAT = Format("console", score, parse)
