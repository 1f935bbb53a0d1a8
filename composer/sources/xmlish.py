"""XML for the caption formats: parsed, and where it is damaged, mended as far as that is certain."""

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from composer.errors import SourceError
from composer.sources.decode import mend

_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]{0,80})((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(/?)>")
_AMP = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z]{2,12});)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Elements nested deeper than any caption; deeper ones are an attack on recursive readers.
_DEPTH = 100


def tree(text: str) -> tuple[Element | None, bool]:
    """The root element, or None, and whether the text had to be mended.

    Raises SourceError where the text defines entities: captions never do, and such files can grow without bound.
    """
    if "<!ENTITY" in text:
        raise SourceError("The file defines its own XML entities and was not opened.", safe="Nothing was changed.",
                          do="Export the captions in another format.")  # fmt: skip
    text = text.lstrip("\ufeff \t\n")
    for attempt, change in enumerate((None, _mended, _closed)):
        text = change(text) if change else text
        try:
            return ElementTree.fromstring(text), attempt > 0
        except (ElementTree.ParseError, ValueError, RecursionError):
            continue
    return None, True


def _mended(text: str) -> str:
    """Stray ampersands, HTML entities and control characters put right."""
    text = _CONTROL.sub("", mend(text)[0])
    return _AMP.sub(lambda m: html.escape(html.unescape(m[0])) if m[1] else "&amp;", text)


def _closed(text: str) -> str:
    """The text up to its last whole tag, with everything still open closed."""
    stack: list[str] = []
    end = 0
    for match in _TAG.finditer(text):
        closing, name, _, empty = match.groups()
        if closing:
            if name not in stack[-_DEPTH:]:
                continue
            while stack.pop() != name:
                pass
        elif not empty:
            if len(stack) >= _DEPTH:
                break
            stack.append(name)
        end = match.end()
    return text[:end] + "".join(f"</{name}>" for name in reversed(stack))


def local(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    found = element.get(name)
    if found is not None:
        return found
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def within(element: Element) -> str:
    """All text in an element; a line break for each `br`. No recursion, so depth does no harm."""
    out: list[str] = []
    stack: list[tuple[Element, Iterator[Element]]] = [(element, iter(element))]
    out.append(element.text or "")
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                out.append(node.tail or "")
            continue
        out.append("\n" if local(child) == "br" else child.text or "")
        stack.append((child, iter(child)))
    return "".join(out)
