"""A draft that streams in, or a difference to look at, in the place of the person's text."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextCursor, QTextDocument

from composer.post.model import Laid
from composer.ui.offsets import units
from composer.ui.theme import Theme
from composer.ui.traced import TracedText

# The lengths of the grey bars that hold the place of what is still to be written, as parts of the measure.
BARS = (0.9, 0.55, 0, 0.36, 0.9, 0.45, 0.9, 0.53, 0, 0.2, 0.9, 0.25, 0, 0.85)


class StreamedText(TracedText):
    """While a draft streams in, another document is shown, read only: the person's text and its undo steps stay as
    they are until the draft is put in their place, in one step."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._bars = False
        self._placeholder = ""
        self._stream: QTextDocument | None = None

    @property
    def streaming(self) -> bool:
        """Whether a draft streams in."""
        return self._stream is not None

    def begin_stream(self) -> None:
        """Show an empty, read-only paper with grey bars."""
        self.end_stream()
        self._stream = self._document()
        self._stream.setUndoRedoEnabled(False)
        self.setDocument(self._stream)
        self.setReadOnly(True)
        self._bars = True
        self._placeholder = self.placeholderText() or self._placeholder
        self.setPlaceholderText("")
        self.viewport().update()

    def stream(self, laid: Laid) -> None:
        """Show what is written so far. Only what changed is laid out anew."""
        if self._stream is None:
            return
        old = self._stream.toRawText().replace("\u2029", "\n")
        same = 0
        for one, other in zip(old, laid.text, strict=False):
            if one != other:
                break
            same += 1
        cursor = QTextCursor(self._stream)
        cursor.beginEditBlock()
        cursor.setPosition(units(old, same))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(laid.text[same:])
        traced = dict(laid.lines)
        block = self._stream.findBlock(units(old, same))
        while block.isValid():
            self._mark(block, traced.get(block.blockNumber()))
            block = block.next()
        cursor.endEditBlock()
        self.viewport().update()

    def compare(self, start: int, end: int, parts: Sequence[tuple[str, str]]) -> None:
        """Show, in the place of a stretch of one line, what would become of it. The person's text is not touched."""
        text, traced, scrolled = self.text(), dict(self.lines()), self.verticalScrollBar().value()
        self.begin_stream()
        assert self._stream is not None
        self._bars = False
        cursor = QTextCursor(self._stream)
        cursor.insertText(text[:start], QTextCharFormat())
        for kind, words in parts:
            # The space between two words is neither added nor removed to the eye.
            bare = words.lstrip() if kind != "same" else words
            cursor.insertText(words[: len(words) - len(bare)], QTextCharFormat())
            cursor.insertText(bare, self._difference(kind))
        at = cursor.position()
        cursor.insertText(text[end:], QTextCharFormat())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(self._even())
        block = self._stream.begin()
        while block.isValid():
            if block.blockNumber() in traced:
                self._mark(block, traced[block.blockNumber()])
            block = block.next()
        self.verticalScrollBar().setValue(scrolled)
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _difference(self, kind: str) -> QTextCharFormat:
        made = QTextCharFormat()
        if kind != "same":
            made.setBackground(self._theme.tokens["added" if kind == "added" else "removed"])
            made.setFontUnderline(kind == "added")
            made.setFontStrikeOut(kind == "removed")
        return made

    def end_stream(self) -> None:
        """Show the person's text again."""
        if self._stream is not None:
            stream, self._stream = self._stream, None
            self.setDocument(self._main)
            self.setPlaceholderText(self._placeholder)
            stream.deleteLater()
        self._bars = False
        self.setReadOnly(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._bars or self._stream is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens["sunken"])
        full = self._stream.isEmpty()
        written = 0 if full else round(self._stream.size().height()) - self.verticalScrollBar().value()
        bars = (0.62, 0, 0.8, 0, *BARS) if full else BARS
        for number, part in enumerate(bars):
            top = written + number * self._line + (self._line - 10) // 2
            painter.drawRoundedRect(QRect(0, top, round(self.viewport().width() * part), 10), 5, 5)
