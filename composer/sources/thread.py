"""A report on a discussion thread: the post, what was said about it, who commented, how it was received.

Markdown with numbered sections and `**Key:** value` lines. The parts keep their roles, so that a comment is never taken
for the author's own word, and vote counts never for a point.
"""

import re
from dataclasses import dataclass

from composer.sources import facts
from composer.sources.base import Cue, Draft, Format, Sample
from composer.sources.markdown import Block, blocks, front_matter, inline

_FIELD = re.compile(r"(?:\*\*|__)([^*\n]{1,80}?):?(?:\*\*|__):?[ \t]*(.*)\Z", re.S)
_PLAIN_FIELD = re.compile(r"([A-Z][A-Za-z/ -]{1,30}):[ \t]+(.*)\Z", re.S)
_VOTES = re.compile(r"up-?votes?|down-?votes?|score|votes|points|karma|likes", re.I)
_AUTHOR = re.compile(r"(?:post |original )?(?:author|user(?:name)?|posted by|op|poster|by)", re.I)
_CONTENT = re.compile(r"(?:content|text|comment|body|quote|excerpt|main point|summary|statement)s?", re.I)
_COMMENT_BY = re.compile(
    r"(?:notable |top |highlighted )?(?:comment|reply|response|post) (?:by|from) @?(?:u/)?(.+)\Z", re.I
)
_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.)]|[IVX]{1,5}\.)\s*")
_COUNTED = re.compile(r"\(?[-+]?[\d,.]+k?[ ]?(?:upvotes?|points?|votes?|likes?|karma)\b[^():]*\)?[:,]?\s*", re.I)
_USER = re.compile(r"(?:u/|@)[\w-]{2,40}|[A-Za-z]+[\w-]*[\d_][\w-]*")
_LINK = re.compile(r"\((https?://[^()\s]+)\)|<(https?://[^<>\s]+)>|(https?://[^\s()<>]+)")
_COMMUNITY = re.compile(r"\br/[A-Za-z0-9_]{2,30}\b")
_SECTIONS = (
    ("meta", re.compile(r"removed|deleted|links?\b|references?|details|metadata|statistics|permalink", re.I)),
    ("sentiment", re.compile(r"sentiment|engagement|reception|tone\b|reaction", re.I)),
    ("comment", re.compile(r"comments?\b|replies|discussion|responses", re.I)),
    ("post", re.compile(r"(?:full |original )?post(?: content| text| body)?\Z|body\Z|self-?text", re.I)),
    ("summary", re.compile(r"", re.I)),
)  # fmt: skip
_TALK = re.compile(r"talk|keynote|speech|lecture|presentation|interview|paper|article|video|podcast|book", re.I)


@dataclass(slots=True)
class _State:
    role: str = "summary"
    author: str | None = None
    in_comments: bool = False


def score(sample: Sample) -> float:
    """Fields for the author and for votes, and a heading that speaks of comments."""
    head = sample.head
    if "**" not in head and "##" not in head:
        return 0.0
    found = blocks(head)
    headings = [inline(b.text) for b in found if b.kind == "heading"]
    keys = [key for key, _ in filter(None, (_field(b.text) for b in found if b.kind != "heading"))]
    author = any(_AUTHOR.fullmatch(k) for k in keys)
    votes = any(_VOTES.search(k) for k in keys)
    comments = any(re.search(r"comments?\b|replies|thread", h, re.I) for h in headings) or any(
        re.search(r"comments?\b", k, re.I) for k in keys
    )
    if len(headings) < 2:
        return 0.0
    return (0.0, 0.0, 0.6, 0.95)[author + votes + comments]


def _field(text: str) -> tuple[str, str] | None:
    match = _FIELD.match(text) or _PLAIN_FIELD.match(text)
    return (match[1].strip().rstrip(":"), match[2].strip()) if match else None


def parse(sample: Sample) -> Draft:
    """Every line with its role; the author, place and address as facts."""
    _, text = front_matter(sample.text)
    draft = Draft("thread", [], kind="thread", recognised=False)
    state = _State()
    for block in blocks(text):
        if block.kind == "heading":
            _enter(draft, state, block)
        elif block.kind not in ("rule", "code"):
            _line(draft, state, block)
    _finish(draft, text)
    return draft


def _enter(draft: Draft, state: _State, block: Block) -> None:
    name = _NUMBER.sub("", inline(block.text)).strip(" :")
    state.role = next(role for role, pattern in _SECTIONS if pattern.search(name))
    if state.role == "comment" and re.search(r"\bsummary of the post|post summary", name, re.I):
        state.role = "summary"
    state.author = None
    if name:
        draft.cues.append(Cue(None, None, name, role="heading"))


def _line(draft: Draft, state: _State, block: Block) -> None:
    found = _field(block.text)
    if found is None:
        text = inline(block.text)
        if text:
            role = _role(state, block)
            draft.cues.append(Cue(None, None, text, state.author if role == "comment" else None, role))
        return
    key, value = inline(found[0]), found[1]
    text = inline(value)
    by = _COMMENT_BY.match(key)
    if by and text:
        draft.cues.append(Cue(None, None, text, by[1].strip(), "comment"))
    elif _AUTHOR.fullmatch(key):
        name = text.removeprefix("u/").removeprefix("@").strip() or None
        if state.role == "comment":
            state.author = name
        elif name and "author" not in draft.context:
            draft.context["author"] = name
        draft.cues.append(Cue(None, None, f"{key}: {text}".strip(), role="meta"))
    elif key.lower() in ("title", "post title", "thread title") and draft.title is None and text:
        draft.title = text
        draft.cues.append(Cue(None, None, f"{key}: {text}", role="meta"))
    elif state.role == "comment" and _CONTENT.fullmatch(key) and text:
        draft.cues.append(Cue(None, None, text, state.author, "comment"))
    elif state.role == "comment" and _is_commenter(key, text):
        votes = _COUNTED.match(text)
        said = text[votes.end() :] if votes else text
        draft.cues.append(Cue(None, None, said, key.removeprefix("u/").removeprefix("@"), "comment"))
    else:
        _other(draft, state, key, text, value)


def _is_commenter(key: str, text: str) -> bool:
    """Whether a bold word at the head of a comment is its author: votes follow it, or it can only be a user's name."""
    votes = _COUNTED.match(text)
    if votes:
        return len(text) > votes.end() and not _VOTES.search(key)
    return bool(_USER.fullmatch(key)) and len(text.split()) > 3


def _other(draft: Draft, state: _State, key: str, text: str, value: str) -> None:
    """A field that is neither title, author nor a comment's words."""
    role = state.role
    link = _LINK.search(value)
    if re.search(r"permalink|\burl\b|\blink to|^link", key, re.I) and link:
        draft.context.setdefault("url", next(g for g in link.groups() if g))
        role = "meta"
    elif re.search(r"subreddit|community|forum|channel", key, re.I) and text:
        draft.context.setdefault("place", text)
        role = "meta"
    elif re.fullmatch(r"(?:post )?date|posted(?: on)?|created", key, re.I) and text:
        draft.context.setdefault("date", text)
        role = "meta"
    elif _VOTES.search(key) or re.search(r"total|count|replies|number of", key, re.I) or not text:
        role = "meta"
    elif "sentiment" in key.lower() or "tone" in key.lower():
        role = "sentiment" if state.role != "comment" else "meta"
    elif role == "comment":
        role = "meta"
    elif _CONTENT.fullmatch(key) and role == "meta":
        role = "post"
    shown = f"{key}: {text}" if text else key
    draft.cues.append(Cue(None, None, shown, role=role))


def _role(state: _State, block: Block) -> str:
    if state.role == "comment" and not state.author:
        # Prose of the report about the comments is the report's, not a commenter's.
        return "meta" if block.kind == "item" and len(block.text.split()) < 6 else "summary"
    return "meta" if state.role == "comment" and block.level and "reply" in block.text.lower() else state.role


def _finish(draft: Draft, text: str) -> None:
    """Place and subject, where the report states them."""
    url = draft.context.get("url", "")
    place = _COMMUNITY.search(url) or _COMMUNITY.search(text)
    if place:
        draft.context.setdefault("place", place[0])
    prose = " ".join(c.text for c in draft.cues if c.role in ("summary", "post"))
    about = facts.subject(draft.title or "", prose)
    if about:
        draft.context["about"] = about


FORMAT = Format("thread", score, parse)
