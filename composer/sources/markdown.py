"""Markdown, read line by line as people and programs write transcripts in it.

CommonMark would join lines that follow each other to one paragraph; in transcripts each is an utterance. So lines stay
lines here, and only what carries structure is read: front matter, headings, lists, quotes, code, links, emphasis.
"""

import re
from dataclasses import dataclass

from composer.sources.clean import plain, visible

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\Z")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|(\d{1,4})[.)])[ \t]+(\S.*)\Z")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?(.*)\Z")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?\Z")

_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,1000})\]\(<?[^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?>?(?:[ \t]+\"[^\"]{0,300}\")?\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\]\[[^\[\]]{0,100}\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1", re.S)
_EMPHASIS = re.compile(r"(?<![\w*])([*])(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\1(?![\w*])")
_UNDER = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_])_(?![\w_])")
_STRIKE = re.compile(r"~~(?=\S)(.{1,500}?)(?<=\S)~~")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"[*_`~\[\]\\<&!]")
_YAML_ESCAPE = re.compile(r"\\(x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(?:r\\n)|[\\\"/ _tnrNLP])")


@dataclass(slots=True)
class Block:
    """A line of a document: `kind` is heading, text, item, quote, code or rule; `level` of headings and items.

    `text` still has its inline marks. `gap` says that a blank line stands before it.
    """

    kind: str
    text: str
    level: int = 0
    gap: bool = True
    number: str | None = None


def blocks(text: str) -> list[Block]:
    """The lines of a Markdown text that are not blank, each with what it is."""
    out: list[Block] = []
    gap = True
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not line.strip():
            gap = True
            continue
        fence = _FENCE.match(line) if line.lstrip()[:1] in "`~" else None
        if fence:
            body, index = _fenced(lines, index, fence[1])
            out.append(Block("code", body, gap=gap))
            gap = True
            continue
        block = _line(line)
        if block.kind == "text" and index < len(lines) and _underline(lines[index]) and gap:
            block = Block("heading", line.strip(), 1 if lines[index].lstrip().startswith("=") else 2)
            index += 1
        if block.number not in (None, "1") and not gap and out and out[-1].kind == "text":
            # A paragraph is only interrupted by a list that begins with 1: "… since\n1952. But". CommonMark 0.31, 5.3.
            block = Block("text", line.strip())
        block.gap = gap
        out.append(block)
        gap = block.kind == "heading"
    return out


def _fenced(lines: list[str], index: int, fence: str) -> tuple[str, int]:
    """The text up to the closing fence, and the line after it. Without one, the fence ends at the first blank line."""
    for end in range(index, len(lines)):
        if lines[end].strip().startswith(fence) and not lines[end].strip().strip(fence[0]):
            return "\n".join(lines[index:end]), end + 1
    end = index
    while end < len(lines) and lines[end].strip():
        end += 1
    return "\n".join(lines[index:end]), end


def _underline(line: str) -> bool:
    mark = line.strip()
    return len(mark) >= 3 and (not mark.strip("=") or not mark.strip("-")) and line[:1] in "=-"


def _line(line: str) -> Block:
    first = line.lstrip()[0]
    if first == "#":
        heading = _HEADING.match(line)
        if heading:
            return Block("heading", heading[2].strip(), len(heading[1]))
    if first in "*-_" and _RULE.match(line):
        return Block("rule", "")
    if first in "-*+•" or first.isdigit():
        item = _ITEM.match(line)
        if item:
            return Block("item", item[3], len(item[1].expandtabs(4)), number=item[2])
    if first == ">":
        quote = _QUOTE.match(line)
        if quote:
            return Block("quote", quote[1].lstrip("> "))
    return Block("text", line.strip())


def is_table_rule(text: str) -> bool:
    """Whether a line is the rule under a table's head."""
    return "-" in text and "|" in text and bool(_TABLE_RULE.match(text.strip()))


def inline(text: str) -> str:
    """A line without its inline marks: links as their words, emphasis and escapes as their text, tags out."""
    if not _MARKS.search(text):
        return visible(text)
    if "](" in text or "][" in text:
        text = _IMAGE.sub(r"\1", text)
        text = _LINK.sub(r"\1", text)
        text = _REFERENCE.sub(r"\1", text)
    if "<http" in text or "<mailto" in text:
        text = _AUTOLINK.sub(r"\1", text)
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "**" in text or "__" in text:
        text = _STRONG.sub(r"\2", text)
        text = text.replace("**", "") if text.count("**") % 2 else text
    if "*" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "_" in text:
        text = _UNDER.sub(r"\1", text)
    if "~~" in text:
        text = _STRIKE.sub(r"\1", text)
    if "\\" in text:
        # A literal backslash is put aside, so that the caption escapes that `plain` knows are not seen in it.
        text = _ESCAPE.sub(lambda m: "\ue000" if m[1] == "\\" else m[1], text.rstrip("\\"))
        return _keep_backslashes(text)
    return plain(text) if "<" in text or "&" in text else visible(text)


def _keep_backslashes(text: str) -> str:
    out = plain(text.replace("\\", "\ue000"))
    return out.replace("\ue000", "\\")


def front_matter(text: str) -> tuple[dict[str, str | list[str]], str]:
    """The keys of a YAML (`---`) or TOML (`+++`) head and the rest; ({}, text) without one.

    Reads what transcripts use: `key: value`, quoted values over several lines, lists in one line or below.
    """
    stripped = text.lstrip("\ufeff \t\n")
    mark = stripped[:3]
    if mark not in ("---", "+++") or stripped[3:4] not in ("\n", " ", "\r"):
        return {}, text
    lines = stripped.split("\n")
    end = next((i for i, line in enumerate(lines[1:500], 1) if line.rstrip() in (mark, "...")), None)
    if end is None or not any(re.match(r"[\w-]+[ \t]*[:=]", line) for line in lines[1:end]):
        return {}, text
    return _keys(lines[1:end]), "\n".join(lines[end + 1 :])


def _keys(lines: list[str]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    key = ""
    for line in lines:
        match = re.match(r"([A-Za-z_][\w-]{0,60})[ \t]*[:=][ \t]*(.*)\Z", line)
        if match:
            key, value = match[1].lower(), match[2].strip()
            found[key] = _list(value) if value.startswith("[") and value.endswith("]") else value
        elif key and line.strip().startswith("- "):
            before = found[key]
            item = _unquote(line.strip()[2:].strip())
            found[key] = [*before, item] if isinstance(before, list) else [item]
        elif key and line.strip():
            before = found[key]
            if isinstance(before, str):
                # In double quotes a backslash at the end of a line says that the value goes on without a space.
                broken = before[:1] == '"' and before[-1:] == "\\"
                found[key] = before[:-1] + line.strip() if broken else f"{before} {line.strip()}".strip()
    return {k: _unquote(v) if isinstance(v, str) else v for k, v in found.items()}


def _list(value: str) -> list[str]:
    items = re.findall(r"\"[^\"]*\"|'[^']*'|[^,\[\]]+", value[1:-1])
    return [item for item in (_unquote(i.strip()) for i in items) if item]


def _unquote(value: str) -> str:
    value = value.lstrip("|>").strip() if value[:2] in ("| ", "> ", "|-", ">-") or value in "|>" else value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        value = inner.replace("''", "'") if value[0] == "'" else _YAML_ESCAPE.sub(_meant, inner)
    return visible(value.replace("\\n", " "))


def _meant(escape: re.Match[str]) -> str:
    """What an escape in a double-quoted value stands for; any blank is a space. Source: YAML 1.2.2, section 5.7."""
    if escape[2] or escape[3]:
        code = int(escape[2] or escape[3], 16)
        return chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
    return escape[1] if escape[1] in '"/\\' else " "
