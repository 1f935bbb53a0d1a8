"""A transcript, or a text, as sentences with their speakers."""

import itertools
import re
from collections.abc import Iterator, Sequence

from composer.errors import SourceError
from composer.post.grounding.source.lines import sentences
from composer.post.grounding.source.stretches import stretches, unspaced, within_figure
from composer.sources.model import Transcript
from composer.sources.reader import read_text


def transcript_in(text: str) -> Transcript | None:
    """The transcript in a text, where reading it loses next to nothing."""
    try:
        found = read_text(text)
    except (SourceError, ValueError):
        return None
    kept = sum(len(segment.text) + len(segment.speaker or "") for segment in found.segments)
    kept += sum(len(segment.text) for other in found.translations for segment in other.segments)
    letters = len(re.sub(r"[\d:.,\s>-]+", " ", text))
    return found if kept >= 0.8 * letters else None


def rows_of(source: Transcript) -> list[tuple[str, str | None]]:
    """The sentences of a transcript with their speaker. Cues are joined first: a sentence runs over several."""
    rows: list[tuple[str, str | None]] = [(value, None) for _, value in source.context]
    rows += [(source.title, None)] if source.title else []
    rows += [(chapter.title, None) for chapter in source.chapters]
    text, speaker = "", None
    for segment in source.segments:
        for voice, part in _voices(segment.text, segment.speaker, segment.turns):
            if text and (voice != speaker or (re.search(r"[.!?。！？]$", text) and len(text) > 200)):
                rows += [(piece, speaker) for piece in cut(text)]
                text = ""
            speaker = voice
            text = f"{text} {part}".strip()
        if segment.raw and segment.raw != segment.text:
            rows.append((segment.raw, segment.speaker))
    rows += [(part, speaker) for part in cut(text)]
    rows += [(name, None) for name in source.speakers]
    for other in source.translations:
        rows += rows_of(other)
    return rows


def _voices(text: str, speaker: str | None, turns: Sequence[tuple[int, str]]) -> Iterator[tuple[str | None, str]]:
    last = 0
    for offset, name in turns:
        if text[last:offset].strip():
            yield speaker, text[last:offset].strip()
        speaker, last = name, offset
    yield speaker, text[last:].strip()


_LABEL = re.compile(
    r"^(?:[-*•]\s*)?(?:\[(?P<b>[^\]\d]{2,40})\]:?\s+|\**(?P<n>(?:u/|"
    r"@)?[\w.-]+(?: [A-Z][\w.-]+){0,2})\**\s*(?P<p>\([^)]{1,40}\))?\**:\**\s)"
)


# "Comment by Anna Berg, 19 August: ..."
_COMMENT = re.compile(
    r"^(?P<b>)(?:Comment|Posted|Reply|Kommentar) (?:by|von):? (?P<n>[\w.’'-]+(?: [\w.’'-]+){0,2})(?P<p>,[^:]{1,40})?:\s"
)


# What opens a line of a form, and is nobody: "Author: ...", "The Scaling Hypothesis: ...".
_NOBODY = re.compile(
    r"(?i)(?:the|a|an|our|die|der|das|le|la|les|el|los|o|os|as) |(?:.* )?(?:author|repl(?:y|ies)|date|message|subject|"
    r"comments?|upvotes|score|sentiment|summary|analysis|methods|challenges|innovations|points|themes|topics|overall|"
    r"before|after|now|then|today|results?|pros|cons|update|edit|thread|notes?|cost|price|location|duration|"
    r"vorher|nachher|avant|après|antes|después|depois|"
    r"autor|datum|betreff|asunto|fecha|objet|assunto|data)$"
)


def nobody(label: str) -> bool:
    """Whether a label is no voice: "Before: ...", "Results: ..."."""
    return _NOBODY.fullmatch(label) is not None


def labelled(rows: list[tuple[str, str | None]], heads: frozenset[str] = frozenset()) -> list[tuple[str, str | None]]:
    """Voices that a reader of files did not take for such: "[Anna Berg] ...", "u/lanternfox (89 points): ...".

    `heads` are rows that are titles, of the whole or of chapters: "Beyond Neurons: ..." is nobody who speaks.
    """
    kept: list[tuple[str, str | None]] = []
    for text, speaker in rows:
        if speaker and nobody(speaker):  # "Before: gas" goes on with who spoke before
            text, speaker = f"{speaker}: {text}", kept[-1][1] if kept else None
        kept.append((text, speaker))
    rows = kept
    labels = [
        (_LABEL.match(text) or _COMMENT.match(text)) if speaker is None and text not in heads else None
        for text, speaker in rows
    ]
    labels = [match if match and not _NOBODY.fullmatch(match["b"] or match["n"]) else None for match in labels]
    names = [(match["b"] or match["n"]) if match else "" for match in labels]
    throughout = sum(map(bool, names)) >= max(2, 0.5 * len(rows))
    voice: str | None = None
    found: list[tuple[str, str | None]] = []
    for (text, speaker), match, name in zip(rows, labels, names, strict=True):
        sure = (
            match
            and (throughout or names.count(name) > 1 or match["p"] or re.search(r"[_\d]", name))
            and not name.isdigit()
        )
        if match and sure:
            voice, text = name.removeprefix("u/").removeprefix("@"), text[match.end() :] or text
        found.append((text, speaker or voice))
    return _taken_up(_unspaced(found), heads)


# A label where words stand unparted, with either colon: "贺长庚:二零一四年".
_HAN_LABEL = re.compile(
    r"^(?P<n>[\u3400-\u9fff々\u30a0-\u30ff]{2,8})(?:\s?[（(][^）)]{1,12}[）)])?[:：]\s*(?=[\u3040-\u9fff“「])"
)


def _unspaced(rows: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """The rows with the voices of Chinese and Japanese labels, where two of them speak at least twice."""
    turns = [_HAN_LABEL.match(text) if speaker is None else None for text, speaker in rows]
    names = [turn["n"] if turn else "" for turn in turns]
    if sum(names.count(name) > 1 for name in sorted(set(names) - {""})) < 2:
        return rows
    found: list[tuple[str, str | None]] = []
    voice = ""
    for (text, speaker), turn in zip(rows, turns, strict=True):
        if turn:
            voice, text = turn["n"], text[turn.end() :]
        found.append((text, speaker or voice or None))
    return found


# "Torvald Greaves: ...", "Tesorero, Vicente Ibarrola: ...": somebody who speaks up only once.
_TURN = re.compile(
    r"^(?P<n>[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ](?:,? (?:de |von |van )?[A-ZÀ-Þ][\w.’'-]*){1,3}(?:, [a-zà-ÿ ]{3,30})?)"
    r"(?: \([^)]{2,40}\))?:\s"
)


def _taken_up(rows: list[tuple[str, str | None]], heads: frozenset[str]) -> list[tuple[str, str | None]]:
    """The rows with those who speak up once among others, till somebody else does."""
    turns = [_TURN.match(text) if text not in heads else None for text, _ in rows]
    turns = [turn if turn and not _NOBODY.match(turn["n"]) else None for turn in turns]
    if sum(map(bool, turns)) + len({speaker for _, speaker in rows if speaker}) < 2:
        return rows
    found: list[tuple[str, str | None]] = []
    voice, before = "", None
    for (text, speaker), turn in zip(rows, turns, strict=True):
        if speaker != before:
            voice = ""
        before = speaker
        if turn:
            voice, text = turn["n"], text[turn.end() :] or text
        found.append((text, voice or speaker))
    return found


_FIGURE = re.compile(
    r"(?i)\d|\b(?:hundred|thousand|million|billion|percent|half|point|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|"
    r"quarters?|thirds?|vírgula|coma|virgule|komma|eine?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|elf|zwölf|deux|trois|"
    r"quatre|cinq|sept|huit|neuf|dix|onze|douze|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|dois|duas|três|"
    r"quatro|sete|oito|nove|dez|doze|vinte|trinta|veint\w*|treint\w*|trente|quarante|cinquante|soixante|cien\w*|cem|"
    r"twelve|\w+teen|\w+ty|\w*zehn|\w*zig|\w*hundert|\w*tausend|cent|mille|mil|vingt|\w+enta?e?)\b"
)


# Not after an initial or a title; after a day ("12. September") only where a number ends the sentence for certain.
_END = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b[DM]r\.)(?:(?<!\b\d\.)(?<!\b\d\d\.)\s+|(?<=\d\.)\s+(?=\w+[ ]?[(:]|I\b))"
    r"|(?<=[。！？])|\n+"
)


def _pieces(text: str) -> Iterator[str]:
    """Sentences, also after a number: "is 60. That is", where a small word follows."""
    for part in _END.split(text):
        ends = [a for a, _ in sentences(part)] if re.search(r"\d\.\s", part) else [0]
        for start, end in itertools.pairwise([*(ends or [0]), len(part)]):
            yield part[start:end]


# A sentence of so many characters without blanks has no full stops.
_UNSPACED = 160


def cut(text: str) -> list[str]:
    """Sentences; where the text has no full stops, stretches of thirty words."""
    parts: list[str] = []
    for part in _pieces(text):
        words = part.split()
        if len(part) > _UNSPACED and unspaced(part):
            parts += stretches(part)
        elif len(words) > 60:
            at = 0
            while at < len(words):
                end = min(at + 30, len(words))
                # No cut within a figure and its unit, as far as these can be told.
                while (
                    end < len(words)
                    and end - at < 45
                    and (_FIGURE.search(" ".join(words[end - 2 : end + 1])) or within_figure(words, end))
                ):
                    end += 1
                parts.append(" ".join(words[at:end]))
                at = end
        elif part.strip():
            parts.append(part.strip())
    return parts
