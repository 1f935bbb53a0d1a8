"""yt2doc's Markdown: a title, the video's address, chapters, a table of contents with times."""

import re

from composer.sources import facts, prose
from composer.sources.base import Draft, Format, Sample, count, was
from composer.sources.clean import squeeze
from composer.sources.markdown import Block, blocks, inline

_SOUND = re.compile(r"(?<![*\w])\*([^*\n]{1,40})\*(?![*\w])")
_URL = re.compile(r"<?(https?://\S+?)>?\Z")


def score(sample: Sample) -> float:
    """A first-level heading, then a bare address; the tool's own command above it is the surest sign."""
    found = _opening(blocks(sample.head))
    if found is None:
        return 0.0
    return 0.98 if "yt2doc" in sample.head else 0.9


def _opening(found: list[Block]) -> tuple[int, str] | None:
    """Where the title stands, and the address under it; a block of shell code may stand above."""
    for index, block in enumerate(found[:-1]):
        if block.kind == "heading" and block.level == 1:
            follower = found[index + 1]
            url = _URL.match(follower.text) if follower.kind == "text" else None
            return (index, url[1]) if url else None
        if block.kind != "code":
            return None
    return None


def parse(sample: Sample) -> Draft:
    """Paragraphs as segments, chapters with the times the table of contents or the paragraphs give."""
    found = blocks(sample.head)
    place = _opening(found)
    if place is None:
        return prose.parse(sample)
    at, url = place
    title = inline(found[at].text)
    rest = sample.text
    opening = re.search(r"^[ ]{0,3}#[ \t]+\S[^\n]*\n\s*<?" + re.escape(url) + r">?[^\n]*$", rest, re.M)
    body = rest[opening.end() :] if opening else rest
    # The tool writes no emphasis: stars are the recogniser's way to name a sound.
    body = _SOUND.sub(r"[\1]", body) if "*" in body else body
    draft = prose.parse(Sample(body, "body.md"))
    draft.format = "yt2doc"
    draft.title = squeeze(title)
    draft.recognised = True
    draft.context["url"] = url
    for index, (start, name, first) in enumerate(draft.chapters):
        if start is None and first is not None and first < len(draft.cues):
            # A chapter begins with its first paragraph; some files give the time there.
            draft.chapters[index] = (draft.cues[first].start, name, first)
    text = "\n".join(cue.text for cue in draft.cues)
    names = " ".join(name for _, name, _ in draft.chapters)
    draft.context.update(facts.of_title(draft.title, f"{names}\n{text}"))
    if at:
        draft.notices.insert(0, f"{count(at, 'block')} of shell commands above the title {was(at)} left out.")
    return draft


FORMAT = Format("yt2doc", score, parse)
