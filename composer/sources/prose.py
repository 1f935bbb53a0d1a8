"""Documents made of paragraphs: plain text, Markdown, turns with names, pasted captions with times between lines."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from composer.sources.base import Cue, Draft, Format, Sample, count, was
from composer.sources.clean import squeeze
from composer.sources.front import by_program, front, is_key, title_of
from composer.sources.markdown import Block, blocks, front_matter, inline, is_table_rule
from composer.sources.times import CLOCK
from composer.sources.turns import Head, bare_names, head, namelike, speakers, stamped, unclick

_CONTENTS = re.compile(
    r"(?:table of )?contents|toc|inhalt(?:sverzeichnis)?|table des mati[eè]res|sommaire|índice|indice|目次|目录|目錄",
    re.I,
)
_CONTENTS_ITEM = re.compile(r"(?:[\[(]?\d{1,3}:\d{2}(?::\d{2})?[\])]?.*|\[.*\]\(#.*\).*)\Z")
_OTTER = re.compile(r"transcribed by https?://otter\.ai", re.I)
_URL = re.compile(r"<?(https?://[^\s<>]+)>?\Z")
_KEYS = {"author": "author", "date": "date", "pub_date": "date", "url": "url", "media": "url", "source": "url",
         "event": "event", "place": "place", "location": "place", "conference": "event"}  # fmt: skip
_TIME_LINE = re.compile(rf"[\[(]*{CLOCK}[\])]*\Z")
_CAPITALS = re.compile(r"[^\W\d_a-z.'-]{2,}(?:[ ][^\W\d_a-z]{2,}){0,2}")


# Characters of a paragraph that is still one place of a source.
LONGEST = 1500


@dataclass(slots=True)
class Line:
    """A line of the document with the head found in it."""

    block: Block
    head: Head | None


def score(sample: Sample) -> float:
    """Any text is at least this."""
    return 0.05 if sample.text.strip() else 0.0


def parse(sample: Sample) -> Draft:
    """Paragraphs as segments; heads of lines as speakers and times; headings as chapters; front matter as facts."""
    keys, text = front_matter(sample.text)
    found = blocks(text)
    marked = bool(keys) or sample.ext in ("md", "markdown", "mdx") or _is_markdown(found)
    found = found if marked else _plain(text)
    draft = Draft("markdown" if marked else "text", [], ordered=False)
    _facts(draft, keys)
    _front(draft, found)
    lines = _heads(_unwrapped(found, text))
    accepted = _speakers(lines)
    _title(draft, lines)
    _fill(draft, lines, accepted)
    _name_format(draft, sample.text, accepted)
    return draft


def _is_markdown(found: list[Block]) -> bool:
    """Headings, or bold at the head of lines."""
    headings = sum(b.kind == "heading" for b in found)
    bold = sum(b.text.startswith("**") or "](" in b.text for b in found)
    return headings >= 1 or bold >= 2


def _unwrapped(found: list[Block], text: str) -> list[Block]:
    """The blocks with the lines of a paragraph that was broken at a width joined.

    A paragraph that is a whole talk keeps its lines: a place in it should be a place.
    """
    raw = text.split("\n")
    if not _is_wrapped(raw, max((len(line.rstrip()) for line in raw), default=0)):
        return found
    out: list[Block] = []
    for paragraph in _paragraphs(found):
        if sum(len(block.text) + 1 for block in paragraph) <= LONGEST:
            paragraph[0].text = " ".join(block.text for block in paragraph)
            paragraph = paragraph[:1]
        out += paragraph
    return out


def _paragraphs(found: list[Block]) -> Iterator[list[Block]]:
    """Blocks with those that go on with them: lines of text right below, without a time or a name of their own."""
    held: list[Block] = []
    for block in found:
        goes_on = held and held[0].kind in ("text", "item") and block.kind == "text" and not block.gap
        if goes_on and not _alone(block.text) and not _alone(held[-1].text) and not _own_head(block.text):
            held.append(block)
            continue
        if held:
            yield held
        held = [block]
    if held:
        yield held


def _own_head(line: str) -> bool:
    """Whether a line begins a turn whatever stands above it: `**Ann:** ...`, `[00:01:02] Ann: ...`."""
    found = head(stamped(unclick(line)))
    return bool(found and (found.sure or found.start is not None))


def _plain(text: str) -> list[Block]:
    """Lines of a text without Markdown: no mark in them means anything."""
    out: list[Block] = []
    gap = True
    for line in text.split("\n"):
        if line.strip():
            out.append(Block("text", line.strip(), gap=gap))
        gap = not line.strip()
    return out


def _alone(line: str) -> bool:
    """Whether a line is one by itself, however full the lines are: a time, or a key with its value."""
    return bool(_TIME_LINE.match(line)) or is_key(line)


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Whether lines are broken at a fixed width: a full line, followed by one that goes on in mid-sentence."""
    if width > 120 or width < 40 or 4 * sum(bool(_TIME_LINE.match(line.strip())) for line in lines) > len(lines):
        return False
    follows = goes_on = 0
    for before, line in pairwise(lines):
        if before.strip() and line.strip():
            follows += 1
            full = len(before) > 0.7 * width and before.rstrip()[-1] not in ".?!:。？！：…”」』"
            goes_on += full or line.lstrip()[0].islower()
    return follows >= 2 and goes_on > 0.6 * follows


def _front(draft: Draft, found: list[Block]) -> None:
    """The lines above the talk: facts about it, and no speech."""
    head_lines = front(found)
    for index in head_lines.lines:
        found[index].kind = "meta"
    draft.title = draft.title or head_lines.title
    draft.language = draft.language or head_lines.language
    draft.context = {**head_lines.facts, **draft.context}
    draft.spoken = head_lines.spoken


def _facts(draft: Draft, keys: dict[str, str | list[str]]) -> None:
    title = keys.get("title")
    if isinstance(title, str) and title:
        draft.title = title
    for key, fact in _KEYS.items():
        value = keys.get(key)
        if isinstance(value, str) and value and fact not in draft.context:
            draft.context[fact] = squeeze(value)
    names = keys.get("speakers", keys.get("speaker"))
    names = [names] if isinstance(names, str) and names else names
    if isinstance(names, list) and len(names) == 1:
        draft.context["speaker"] = names[0]
    language = keys.get("language", keys.get("lang"))
    if isinstance(language, str) and re.match(r"[A-Za-z]{2,3}(?:[-_]|\Z)", language):
        draft.language = language[:3].rstrip("-_").lower()


def _heads(found: list[Block]) -> list[Line]:
    lines: list[Line] = []
    for block in found:
        if block.kind in ("text", "quote", "item"):
            text = stamped(unclick(block.text))
            block.text = text
            lines.append(Line(block, head(text)))
        elif block.kind == "heading":
            text = unclick(block.text)
            found_head = head(text)
            lines.append(Line(block, found_head if found_head and found_head.start is not None else None))
        else:
            lines.append(Line(block, None))
    _names_alone(lines)
    _names_in_two(lines)
    return lines


def _names_in_two(lines: list[Line]) -> None:
    """A name in capitals that a caption broke: `ANNA MARIA` above `LEE: Good morning.` is one name."""
    for above, below in pairwise(lines):
        found = above.head
        words = found.rest if found and found.name is None else above.block.text if found is None else ""
        name = below.head.name if below.head else None
        if words and name and below.head and _CAPITALS.fullmatch(words) and _CAPITALS.fullmatch(name):
            below.head = replace(below.head, name=f"{words} {name}", start=found.start if found else None)
            above.block.kind = "rule"


def _names_alone(lines: list[Line]) -> None:
    """Names on lines of their own, or alone behind a time, become heads of what follows them."""
    plain = [line for line in lines if line.block.kind == "text"]
    behind = Counter(line.head.rest for line in plain if line.head and line.head.name is None and line.head.rest)
    alone = bare_names([line.block.text for line in plain])
    timed = {rest for rest in behind if rest[-1].isalnum() and namelike(rest)}
    again = sum(behind[rest] for rest in timed if behind[rest] > 1)
    if sum(behind[rest] for rest in timed) < 0.9 * sum(behind.values()) or not again:
        timed = set()
    for line in plain:
        found = line.head
        if found is None and line.block.text in alone:
            line.head = Head(line.block.text, None, None, "", sure=True)
        elif found and found.name is None and found.rest in timed:
            line.head = Head(found.rest, found.start, found.end, "", sure=True)


def _speakers(lines: list[Line]) -> set[str]:
    labels: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    total = 0
    for line in lines:
        if line.block.kind not in ("text", "quote", "item"):
            continue
        total += 1
        if line.head and line.head.name and not line.head.marker:
            labels[line.head.name] += 1
            if line.head.sure:
                sure[line.head.name] += 1
    if not labels:
        return set()
    # One bold or timed line proves nothing; a form that comes back does.
    many = sum(sure.values())
    proven = Counter({n: c for n, c in sure.items() if (c > 1 or many >= 0.3 * total) and _label_ok(n)})
    if many < max(2, 0.02 * total):
        proven = Counter()
    text = "\n".join(line.block.text for line in lines)
    good = speakers(labels, total, text, proven)
    covered = sum(n for label, n in labels.items() if label in good)
    return good if covered >= max(2, 0.03 * total) else set()


def _label_ok(name: str) -> bool:
    return len(name.split()) <= 6 and len(name) <= 60


def _title(draft: Draft, lines: list[Line]) -> None:
    """The first heading is the title where it is the only one of its level and stands before any text."""
    headings = [line.block for line in lines if line.block.kind == "heading"]
    if not headings or not lines:
        return
    first = headings[0]
    if draft.title is not None:
        first.kind = "title" if title_of(_heading_text(first.text)) == draft.title else first.kind
        return
    at = next(i for i, line in enumerate(lines) if line.block is first)
    before = sum(len(line.block.text.split()) for line in lines[:at] if line.block.kind == "text")
    alone = sum(b.level == first.level for b in headings) == 1 and first.level == min(b.level for b in headings)
    if alone and before <= 20 and not _CONTENTS.fullmatch(inline(first.text).strip(" :#")):
        draft.title = title_of(_heading_text(first.text)) or None
        first.kind = "title"


def _heading_text(text: str) -> str:
    text = re.sub(r"<a\b[^<>]{0,300}>\s*(?:</a>)?", "", text).strip(" #")
    return inline(text[1:-1] if text[:1] == "<" and text[-1:] == ">" and " " in text else text)


def _fill(draft: Draft, lines: list[Line], accepted: set[str]) -> None:
    """The cues, chapters and notices of a document."""
    speaker: str | None = None
    pending: Head | None = None
    contents = code = 0
    in_contents = False
    turns = sum(1 for ln in lines if ln.head and ln.head.name in accepted)
    texts = sum(1 for ln in lines if ln.block.kind == "text")
    timed = sum(1 for ln in lines if ln.head and ln.head.start is not None)
    # In captions a name holds until the next one; in a document it does where most paragraphs have theirs.
    captions = bool(accepted) and timed > max(3, 0.2 * texts)
    carry = captions or turns >= 0.25 * max(1, texts)
    stamped_through = captions or _is_stamped(lines)
    chapter_times = _contents_times(lines)
    for line in lines:
        block = line.block
        if block.kind == "heading":
            name = _heading_text(block.text)
            in_contents = bool(_CONTENTS.fullmatch(name.strip(" :")))
            if in_contents:
                contents += 1
                continue
            start = line.head.start if line.head else chapter_times.get(name.casefold())
            if line.head and line.head.start is not None:
                name = (line.head.name or line.head.rest or name).strip(" -–—:")
            if name:
                draft.chapters.append((start, name, len(draft.cues)))
            speaker = None
            continue
        if in_contents and _CONTENTS_ITEM.match(block.text):
            contents += 1
            continue
        in_contents = False
        if block.kind == "code":
            code += 1
            if block.text.strip():
                draft.cues.append(Cue(None, None, squeeze(block.text), role="meta"))
            continue
        if block.kind in ("rule", "title") or is_table_rule(block.text):
            continue
        if block.kind == "meta" or by_program(block.text):
            draft.cues.append(Cue(None, None, squeeze(inline(block.text)), role="meta"))
            continue
        found = line.head
        if found and found.marker:
            if found.name:
                draft.cues.append(Cue(found.start, found.end, inline(found.name), role="meta"))
            else:
                pending = found
                speaker = speaker if stamped_through else None
            continue
        if found and (found.name in accepted or found.name is None):
            speaker = inline(found.name) if found.name else (found.name or (speaker if carry else None))
            text = inline(found.rest)
            start, end = found.start, found.end
            if found.name is None and pending and pending.name:
                speaker = inline(pending.name)
            if not text:
                pending = Head(found.name, start, end, "")
                continue
            if start is None and pending:
                start, end = pending.start, pending.end
        else:
            text = inline(block.text)
            start = pending.start if pending else None
            end = pending.end if pending else None
            if block.kind == "heading":
                continue
        pending = None
        if text:
            draft.cues.append(_cue(text, start, end, speaker if carry or found or not block.gap else None))
    if code:
        draft.notices.append(f"{count(code, 'code block')} {was(code)} set aside.")
    if contents:
        draft.notices.append("The table of contents was left out.")


def _cue(text: str, start: float | None, end: float | None, speaker: str | None) -> Cue:
    if _OTTER.fullmatch(text) or _URL.match(text):
        return Cue(start, end, text, None, "meta")
    return Cue(start, end, text, speaker)


def _is_stamped(lines: list[Line]) -> bool:
    """Whether lines that hold only a time stand all through the text, as in captions copied from a web page."""
    texts = sum(ln.block.kind == "text" for ln in lines)
    return sum(bool(ln.head and ln.head.marker and not ln.head.name) for ln in lines) > 0.2 * texts


def _contents_times(lines: list[Line]) -> dict[str, float]:
    """The times a table of contents gives, by chapter title."""
    times: dict[str, float] = {}
    inside = False
    for line in lines:
        if line.block.kind == "heading":
            inside = bool(_CONTENTS.fullmatch(_heading_text(line.block.text).strip(" :")))
        elif inside and line.head and line.head.start is not None:
            title = line.head.rest or line.head.name or ""
            times.setdefault(_heading_text(title).casefold(), line.head.start)
    return times


def _name_format(draft: Draft, text: str, accepted: set[str]) -> None:
    if _OTTER.search(text[-400:]):
        draft.format = "otter"
    elif accepted and draft.format == "text":
        draft.format = "turns"
    timed = sum(cue.start is not None for cue in draft.cues)
    draft.recognised = timed > 0.3 * max(1, len(draft.cues))


FORMAT = Format("text", score, parse)
