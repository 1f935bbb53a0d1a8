"""A post value to the text that is pasted, and an edited text back to a post value."""

import re
from collections.abc import Callable
from functools import cache

from composer.post.model import Laid, Post, PostPoint, Section, Trace
from composer.post.phrases import every, phrases
from composer.post.shapes import Shape, shape
from composer.text.style import style, unstyle

NOWHERE = Trace(0, ())
# Marks that close a sentence stand on the last word, as ❓ does in a headline; pictures stand after a space.
CLOSING_MARKS = frozenset("❓❔❗❕⁉‼")


def lay(post: Post, form: Shape | None = None) -> Laid:
    """Lay a post out in its shape, or in `form`. Blank lines stand between blocks; nothing is wrapped or cut.

    Raises ComposerError where the post's shape is not known.
    """
    form = form or shape(post.shape)
    bold = _lines(post, form, lambda text: style(text, "sans_bold"))
    plain = _lines(post, form, lambda text: text)
    traces = tuple((number, trace) for number, (_, trace) in enumerate(bold) if trace is not None)
    return Laid("\n".join(line for line, _ in bold), "\n".join(line for line, _ in plain), traces)


Line = tuple[str, Trace | None]


def _lines(post: Post, form: Shape, bold: Callable[[str], str]) -> list[Line]:
    words = phrases(post.language)
    fixed = {"conclusion": words["conclusion"], "note": words["note"]}
    colon = words["colon"]

    def fill(part: str, **fields: str) -> str:
        template = form.lines.get(part, "")
        if colon != ": ":
            # A language sets its own colon: full-width, or behind a space that does not break.
            template = re.sub(r":(\*\*)?( )?", lambda at: colon.rstrip(" ") + (at[1] or "") + _gap(colon, at), template)
        return _fill(template, bold, fixed | fields, words.get("before_mark", "")).strip()

    blocks: list[list[Line]] = []
    for part in form.order:
        if part == "headline" and post.headline:
            blocks.append([(fill(part, headline=post.headline, emoji=post.headline_emoji), None)])
        elif part == "announcing" and post.announcing:
            blocks.append([(fill(part, announcing=post.announcing, emoji=post.announcing_emoji), None)])
        elif part == "opening" and post.opening:
            gap = "" if post.language in ("zh", "ja") else " "
            blocks.append([(fill(part, opening=gap.join(post.opening)), post.opening_trace or NOWHERE)])
        elif part == "points":
            blocks.extend(_points(post, form, fill))
        elif part == "conclusion" and post.conclusion:
            title = fill("conclusion_title")
            block: list[Line] = [(title, None)] if title else []
            for text in post.conclusion:
                block.append((fill(part, text=text), post.conclusion_trace or NOWHERE))
            blocks.append(block)
        elif part == "hashtags" and post.hashtags:
            blocks.append([(fill(part, hashtags=" ".join(post.hashtags)), None)])
    lines: list[Line] = []
    for block in blocks:
        if lines:
            lines.append(("", None))
        lines.extend(block)
    return lines


def _gap(colon: str, at: re.Match[str]) -> str:
    """The space behind a colon, where the template has one and the language as well."""
    return " " if at[2] and colon.endswith(" ") else ""


def _points(post: Post, form: Shape, fill: Callable[..., str]) -> list[list[Line]]:
    number = 0
    blocks: list[list[Line]] = []
    for section in post.sections:
        block: list[Line] = []
        if section.title and form.sections:
            block.append((fill("section", title=section.title), None))
        for point in section.points:
            if form.group and number % form.group == 0 and block:
                blocks.append(block)
                block = []
            number += 1
            emoji = point.emoji if form.emoji else ""
            text = fill("point", n=str(number), emoji=emoji, label=point.label, text=point.text)
            block.append((text, point.trace))
        if block:
            blocks.append(block)
    return blocks


def _fill(template: str, bold: Callable[[str], str], fields: dict[str, str], gap: str) -> str:
    """Fill a line template. An empty field takes the space or the colon that belongs to it with it. `gap` is what a
    language sets before a closing mark."""
    if fields.get("emoji") and fields["emoji"][0] in CLOSING_MARKS:
        template = template.replace(" {emoji}", gap + "{emoji}")
    if not fields.get("emoji"):
        template = re.sub(r" ?\{emoji\}", "", template)
    if not fields.get("label"):
        template = re.sub(r"\*\*\{label\}\*\*\u00a0?[:：]? ?", "", template)
        template = re.sub(r" ?\{label\}\*\*\u00a0?[:：]? ?", "** ", template)
    parts = template.split("**")
    filled = [part.format_map(_Given(fields)) for part in parts]
    return "".join(bold(part) if at % 2 else part for at, part in enumerate(filled))


class _Given(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def parse(text: str, form: Shape | None = None, *, laid: Laid | None = None, language: str = "und") -> Post:
    """Read an edited post back, as far as it can be told: every line ends up somewhere, none is lost.

    `form` is the shape the text was laid out in (default: the one its points look like). `laid` is the layout the
    text was edited from: a point whose line still stands, or was changed by less than half, keeps its trace.
    """
    form = form or _guess(text)
    traces = _known(laid)
    lines = [line.strip() for line in unstyle(text).splitlines()]
    tags: tuple[str, ...] = ()
    while lines and not lines[-1]:
        lines.pop()
    if lines and all(word.startswith("#") for word in lines[-1].split()):
        tags = tuple(lines.pop().split())
    point_at, section_at = _pattern(form, "point"), _pattern(form, "section")
    reader = _Reader(form, traces)
    plain = unstyle(text) == text  # a script without bold letters: what ends on a colon is a title
    for line, styled in zip(lines, text.splitlines(), strict=False):
        if line:
            titled = plain and line.endswith((":", "：")) and not line.startswith("•")
            reader.take(line, titled or styled.strip() != line, point_at, section_at)
    return reader.post(tags, language)


class _Reader:
    """What has been read of an edited post so far."""

    def __init__(self, form: Shape, traces: dict[str, Trace]) -> None:
        self.form, self.traces = form, traces
        self.head: list[str] = []
        self.opening: list[str] = []
        self.sections: list[tuple[str, list[PostPoint]]] = []
        self.conclusion: list[str] = []
        self.closing = False

    def take(self, line: str, bold: bool, point_at: re.Pattern[str], section_at: re.Pattern[str]) -> None:
        """Put one line where it belongs."""
        if len(self.head) < 2 and (not self.head or bold):
            self.head.append(line)
            return
        title = line.rstrip(":： \u00a0")
        if title in every("conclusion") and line != title:
            self.closing = True
            return
        note = next((word for word in every("note") if re.match(rf"{re.escape(word)}\s?[:：]\s?", line)), None)
        if note is not None:
            self.closing = True
            self.conclusion.append(re.sub(r"^[^:：]*[:：] ?", "", line))
            return
        found = point_at.fullmatch(line)
        if self.closing:
            self.conclusion.append(re.sub(r"^[•\-*] *", "", line))
        elif found:
            self.add(found.group("label") or "", found.group("text"), found.groupdict().get("emoji") or "", line)
        elif self.form.sections and bold and section_at.fullmatch(line):
            self.sections.append((title, []))
        elif line.startswith(("•", "- ", "* ")):
            self.add("", re.sub(r"^[•\-*] *", "", line), "", line)
        elif not self.sections:
            self.opening.append(line)
        else:
            self.add("", line, "", line)

    def add(self, label: str, text: str, emoji: str, line: str) -> None:
        """Keep a point under the last title."""
        if not self.sections:
            self.sections.append(("", []))
        self.sections[-1][1].append(PostPoint(label, text, _nearest(line, self.traces), emoji.strip()))

    def post(self, tags: tuple[str, ...], language: str) -> Post:
        """All of it as a value."""
        headline, mark = _closing_emoji(self.head[0] if self.head else "")
        announcing, sign = _closing_emoji((self.head[1] if len(self.head) > 1 else "").rstrip(":： \u00a0"))
        opening = tuple(part for line in self.opening for part in _split(line))
        first = self.opening[0] if self.opening else ""
        last = self.conclusion[0] if self.conclusion else ""
        return Post(
            shape=self.form.name,
            language=language,
            headline=headline,
            announcing=announcing,
            sections=tuple(Section(title, tuple(points)) for title, points in self.sections if points or title),
            opening=opening,
            conclusion=tuple(self.conclusion),
            hashtags=tags,
            headline_emoji=mark,
            announcing_emoji=sign,
            opening_trace=_nearest(first, self.traces) if first and self.traces else None,
            conclusion_trace=_nearest(last, self.traces) if last and self.traces else None,
        )


def _guess(text: str) -> Shape:
    plain = unstyle(text)
    numbered = len(re.findall(r"(?m)^\s*\d+/ ", plain))
    bullets = len(re.findall(r"(?m)^\s*• ", plain))
    return shape("list" if numbered > bullets else "take")


@cache
def _pieces() -> dict[str, str]:
    return {
        "n": r"\d+",
        "emoji": r"(?P<emoji>[^\w\s:]*)",
        "label": r"(?P<label>[^:：]{1,60}?)",
        "text": r"(?P<text>.+)",
        "title": r"(?P<title>.+)",
    }


def _pattern(form: Shape, part: str) -> re.Pattern[str]:
    """The template of a line as a pattern; spaces may be missing, an emoji or a label may have been deleted."""
    template = form.lines.get(part, "").replace("**", "")
    out = ""
    for piece in re.split(r"(\{\w+\})", template):
        if piece.startswith("{"):
            out += _pieces().get(piece[1:-1], ".*?")
        else:
            out += re.sub(r"(?:\\ )+", r"\\s*", re.escape(piece)).replace(":", r"\s?[:：]")
    return re.compile(out or r"(?!)")


def _closing_emoji(line: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.*?[\w\)\]”’\"'…!?.」』）])[ \u00a0\u202f]?([^\w\s.,;:!?…”’\"'\)\]」』）]+)", line)
    return (found.group(1), found.group(2)) if found else (line, "")


def _split(line: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…]) +(?=\S)|(?<=[。！？])", line) if part]


def _known(laid: Laid | None) -> dict[str, Trace]:
    if laid is None:
        return {}
    plain = laid.plain.split("\n")
    return {plain[number]: trace for number, trace in laid.lines if number < len(plain)}


def _nearest(line: str, traces: dict[str, Trace]) -> Trace:
    """The trace of the laid-out line that this line was edited from: more than half of the words are the same."""
    if line in traces:
        return traces[line]
    words = set(re.findall(r"\w+", line.lower()))
    best, found = 0.5, NOWHERE
    for old, trace in traces.items():
        before = set(re.findall(r"\w+", old.lower()))
        share = len(words & before) / max(1, len(words | before))
        if share > best:
            best, found = share, trace
    return found
