"""A text whose lines know where they were said, and which is never anything but its letters."""

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QTextEdit

from composer.post.model import Trace
from composer.ui.offsets import points, units
from composer.ui.theme import Theme

TRACE = QTextFormat.Property.UserProperty + 1
LINE = 23 / 13


class TracedText(QTextEdit):
    """The person's text. Offsets are code points; lines are counted from 0. A trace goes with its line: it is a
    property of the block, so that undo brings both back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line = round(theme.base * LINE)
        self._traces: list[Trace] = []
        self.setAcceptRichText(False)
        self.setFont(theme.sized(1.15))
        self._main = self._document()
        self.setDocument(self._main)

    def _document(self) -> QTextDocument:
        made = QTextDocument(self)
        made.setUndoRedoEnabled(False)
        made.setDefaultFont(self.font())
        made.setDocumentMargin(0)
        cursor = QTextCursor(made)
        cursor.mergeBlockFormat(self._even())
        made.setUndoRedoEnabled(True)
        return made

    def _even(self) -> QTextBlockFormat:
        block = QTextBlockFormat()
        block.setLineHeight(self._line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return block

    def text(self) -> str:
        """The person's text, exactly: no space or line end is changed."""
        return self._main.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def lines(self) -> tuple[tuple[int, Trace], ...]:
        """The lines that carry a trace, as in `Laid.lines`."""
        found, before = [], -1
        block = self._main.begin()
        while block.isValid():
            number = self._trace_number(block)
            if number >= 0 and number != before:
                found.append((block.blockNumber(), self._traces[number]))
            before = number
            block = block.next()
        return tuple(found)

    def _trace_number(self, block: QTextBlock) -> int:
        held = block.blockFormat().property(TRACE)
        return held if isinstance(held, int) and 0 <= held < len(self._traces) else -1

    def trace_of(self, block: QTextBlock) -> Trace | None:
        """The trace a line shows: a line that only continues the one above shows none."""
        number = self._trace_number(block)
        if number < 0 or not block.text().strip():
            return None
        before = block.previous()
        return None if before.isValid() and self._trace_number(before) == number else self._traces[number]

    def trace_at(self, block: QTextBlock) -> Trace | None:
        """Where a line was said."""
        number = self._trace_number(block)
        return self._traces[number] if number >= 0 else None

    def _write(self, cursor: QTextCursor, text: str, lines: Sequence[tuple[int, Trace]]) -> None:
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(self._even())
        document = cursor.document()
        for number, trace in lines:
            block = document.findBlockByNumber(number)
            if block.isValid():
                self._mark(block, trace)

    def _mark(self, block: QTextBlock, trace: Trace | None) -> None:
        form = self._even()
        if trace is not None:
            if trace not in self._traces:
                self._traces.append(trace)
            form.setProperty(TRACE, self._traces.index(trace))
        QTextCursor(block).setBlockFormat(form)

    def edit(self, start: int, end: int, new: str, *, select: bool = False) -> None:
        """Replace a stretch, in one undo step. The caret stays, or the new text is selected."""
        text = self.text()
        a, b = units(text, start), units(text, end)
        cursor = QTextCursor(self._main)
        cursor.setPosition(a)
        cursor.setPosition(b, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new)
        if select:
            cursor.setPosition(a)
            cursor.setPosition(a + units(new, len(new)), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def selection(self) -> tuple[int, int]:
        """The selection, or the caret twice."""
        text, cursor = self.text(), self.textCursor()
        return points(text, cursor.selectionStart()), points(text, cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Select a stretch and bring it into view."""
        text = self.text()
        cursor = QTextCursor(self._main)
        cursor.setPosition(units(text, start))
        cursor.setPosition(units(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
