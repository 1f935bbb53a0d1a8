"""Saved web pages: headings, paragraphs and bold names, without the page's furniture."""

import re
from html.parser import HTMLParser

from composer.sources import prose
from composer.sources.base import Draft, Format, Sample
from composer.sources.clean import squeeze

_SIGN = re.compile(r"<!doctype html|<html\b|<body\b|<(?:p|div|span|br|h[1-6]|article|table)\b[^<>]{0,200}>", re.I)
_SKIP = {
    "script",
    "style",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "svg",
    "noscript",
    "template",
    "select",
    "iframe",
}
_BREAKS = {"p", "div", "br", "li", "ul", "ol", "tr", "section", "article", "blockquote", "dd", "dt", "dl", "table",
           "hr", "figure", "figcaption", "main", "header", "body", "pre"}  # fmt: skip
_CELLS = {"td", "th"}
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


def score(sample: Sample) -> float:
    """A document type or root; or tags all over the text."""
    head = sample.head.lstrip()
    if sample.opening != "<" and sample.ext not in ("html", "htm", "xhtml"):
        return 0.0
    if re.match(r"<!doctype html|<html\b|(?:<\?xml[^>]*>\s*)<!doctype html", head, re.I):
        return 0.95
    return 0.7 if len(_SIGN.findall(head)) >= 3 else 0.0


class _Page(HTMLParser):
    """Collects the page as light Markdown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.title: list[str] = []
        self.skipping = 0
        self.in_title = False
        self.language: str | None = None
        self.marks = {"main": [-1, -1], "article": [-1, -1]}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang")
        if tag == "title":
            self.in_title = True
        elif tag in _SKIP:
            self.skipping += 1
        elif tag in _BREAKS:
            self.out.append("\n\n" if tag == "p" else "\n")
        elif tag in _CELLS:
            self.out.append("  ")
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self.out.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag in ("b", "strong"):
            self.out.append("\ue001")
        if tag in self.marks and self.marks[tag][0] < 0:
            self.marks[tag][0] = len(self.out)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        elif tag in _SKIP:
            self.skipping = max(0, self.skipping - 1)
        elif tag in ("b", "strong"):
            self.out.append("\ue002")
        elif tag in _BREAKS or (len(tag) == 2 and tag[0] == "h"):
            self.out.append("\n\n" if tag in ("p", "h1", "h2", "h3") else "\n")
        if tag in self.marks:
            self.marks[tag][1] = len(self.out)

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title.append(data)
        elif not self.skipping:
            self.out.append(_MARKUP.sub(r"\\\1", re.sub(r"\s+", " ", data)))

    def body(self) -> str:
        """The text of the page's main part, where that is most of it."""
        whole = "".join(self.out)
        for start, end in self.marks.values():
            if 0 <= start < end:
                part = "".join(self.out[start:end])
                if len(part) > 0.5 * len(whole):
                    whole = part
                    break
        # Bold counts only around words that stand on one line.
        whole = re.sub("\ue001([ ]*)([^\ue001\ue002\n]{1,120}?)([ ]*)\ue002", r"\1**\2**\3", whole)
        lines = (line.strip() for line in whole.replace("\ue001", "").replace("\ue002", "").split("\n"))
        return "\n".join(line for line in lines if line not in ("#", "##", "###", "####"))


def parse(sample: Sample) -> Draft:
    """The page as a document; its title tag is the title where no heading is."""
    page = _Page()
    page.feed(sample.text)
    page.close()
    draft = prose.parse(Sample(page.body(), "page.md"))
    draft.format = "html"
    draft.title = draft.title or squeeze("".join(page.title)) or None
    language = (page.language or "").split("-")[0].lower()
    # Pages often keep the language of their template; only a text too short to judge needs it.
    if len(language) in (2, 3) and sum(len(c.text) for c in draft.cues) < 200:
        draft.language = language
    return draft


FORMAT = Format("html", score, parse)
