"""The paper: a text edit that holds the exact text to be pasted, and knows which line was said where."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit

from composer.post.model import Laid, Trace
from composer.ui import lines as rules
from composer.ui.gutter import GUTTER, TOP, Gutter
from composer.ui.offsets import points, units
from composer.ui.theme import Theme

TRACE = QTextFormat.Property.UserProperty + 1
RIGHT, MEASURE = 28, 660
LINE = 23 / 13
# The lengths of the grey bars that hold the place of what is still to be written, as parts of the measure.
BARS = (0.9, 0.55, 0, 0.36, 0.9, 0.45, 0.9, 0.53, 0, 0.2, 0.9, 0.25, 0, 0.85)


class PostEditor(QTextEdit):
    """The editor. Offsets in its own methods are code points; lines are counted from 0.

    `edited` tells of every change of the person's text. While a draft streams in, another document is shown, read
    only: the person's text and its undo steps stay as they are until the draft is put in their place, in one step.
    """

    edited = Signal()
    time_clicked = Signal(object)
    point_clicked = Signal(object)
    files_dropped = Signal(list)
    selected = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line = round(theme.base * LINE)
        self._traces: list[Trace] = []
        self._quiet = False
        self._bars = False
        self._placeholder = ""
        self._stream: QTextDocument | None = None
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.setFont(theme.sized(1.15))
        self.setAccessibleName(self.tr("Post"))
        self._main = self._document()
        self.setDocument(self._main)
        self.gutter = Gutter(self, theme)
        self._main.contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(lambda: self.selected.emit(self.textCursor().hasSelection()))
        self.verticalScrollBar().valueChanged.connect(self.gutter.update)
        self.verticalScrollBar().valueChanged.connect(self.gutter.place_pill)

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

    # -- the text

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

    def load(self, text: str, lines: Sequence[tuple[int, Trace]] = ()) -> None:
        """Begin with this text. There is nothing to undo."""
        self.end_stream()
        self._quiet = True
        self._main.setUndoRedoEnabled(False)
        self._traces = []
        self._write(QTextCursor(self._main), text, lines)
        self._main.setUndoRedoEnabled(True)
        self._quiet = False
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        self._changed()

    def replace(self, text: str, lines: Sequence[tuple[int, Trace]] = ()) -> None:
        """Put this text in the place of all there is, in one step that can be undone. Caret after the headline."""
        self.end_stream()
        self._quiet = True
        cursor = QTextCursor(self._main)
        cursor.beginEditBlock()
        self._write(cursor, text, lines)
        cursor.endEditBlock()
        self._quiet = False
        cursor.setPosition(0)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(0)
        self._changed()

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

    def _changed(self) -> None:
        if not self._quiet:
            self.gutter.update()
            self.edited.emit()

    def _caret_moved(self) -> None:
        self.gutter.update()

    # -- a draft that streams in

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
        self.gutter.pill.hide()
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
        self.gutter.update()

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
        self.gutter.update()

    def _difference(self, kind: str) -> QTextCharFormat:
        made = QTextCharFormat()
        if kind != "same":
            made.setBackground(self._theme.tokens["added" if kind == "added" else "removed"])
            made.setFontUnderline(kind == "added")
            made.setFontStrikeOut(kind == "removed")
        return made

    def replace_line(self, number: int, line: str, trace: Trace | None) -> None:
        """Put another line in the place of one, with its place in the source, in one undo step."""
        block = self._main.findBlockByNumber(number)
        if self.isReadOnly() or not block.isValid():
            return
        cursor = QTextCursor(block)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(line)
        self._mark(cursor.block(), trace)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._changed()

    def end_stream(self) -> None:
        """Show the person's text again."""
        if self._stream is not None:
            stream, self._stream = self._stream, None
            self.setDocument(self._main)
            self.setPlaceholderText(self._placeholder)
            stream.deleteLater()
        self._bars = False
        self.setReadOnly(False)
        self.gutter.update()

    # -- writing

    def change_style(self, operation: str, name: str = "") -> None:
        """Change the letters of the selection, or of the word at the caret, as `text.style.edit_range` does."""
        from composer.text.style import edit_range

        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        if self.isReadOnly() or not cursor.hasSelection():
            return
        text = self.text()
        start, end = points(text, cursor.selectionStart()), points(text, cursor.selectionEnd())
        change = edit_range(text, start, end, operation, name)
        if operation == "style" and change.replacement == text[change.start : change.end]:
            change = edit_range(text, start, end, "unstyle")
        if change.replacement != text[change.start : change.end]:
            self.edit(change.start, change.end, change.replacement, select=True)

    def change_lines(self, change: Callable[[Sequence[str]], list[str]]) -> None:
        """Change the lines the selection touches by a rule that keeps their number."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        first = self._main.findBlock(cursor.selectionStart())
        last = self._main.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        if not cursor.hasSelection():
            last = first
        blocks = [first]
        while blocks[-1] != last:
            blocks.append(blocks[-1].next())
        new = change([block.text() for block in blocks])
        cursor.beginEditBlock()
        for block, line in zip(blocks, new, strict=True):
            old = block.text()
            if line != old:
                keep = len(rules.prefix_of(old))
                add = len(line) - (len(old) - keep)
                part = QTextCursor(block)
                part.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, keep)
                part.insertText(line[:add])
        cursor.endEditBlock()

    def move_line(self, step: int) -> None:
        """Move the caret's line up (-1) or down (1), its place in the source with it."""
        cursor = self.textCursor()
        block = cursor.block()
        other = block.previous() if step < 0 else block.next()
        if self.isReadOnly() or not other.isValid():
            return
        column = cursor.positionInBlock()
        upper, lower = (other, block) if step < 0 else (block, other)
        texts = upper.text(), lower.text()
        traces = self._own_trace(upper), self._own_trace(lower)
        cursor.beginEditBlock()
        cursor.setPosition(upper.position())
        cursor.setPosition(
            lower.position() + len(lower.text().encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor
        )
        first = cursor.selectionStart()
        cursor.insertText(texts[1] + "\n" + texts[0])
        upper = self._main.findBlock(first)
        self._mark(upper, traces[1])
        self._mark(upper.next(), traces[0])
        target = upper if step < 0 else upper.next()
        cursor.setPosition(target.position() + column)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _own_trace(self, block: QTextBlock) -> Trace | None:
        number = self._trace_number(block)
        return self._traces[number] if number >= 0 else None

    def trace_at(self, block: QTextBlock) -> Trace | None:
        """Where a line was said."""
        return self._own_trace(block)

    def add_line(self, line: str, trace: Trace | None) -> None:
        """Add a line below the caret's, with its place in the source."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        if cursor.block().text().strip():
            cursor.insertBlock()
        cursor.insertText(line)
        self._mark(cursor.block(), trace)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # Shift+Enter would put in a line separator, which is no line end when pasted: both are one here.
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if enter and (plain or shifted) and not self.isReadOnly():
            self._enter(continues=plain)
            return
        super().keyPressEvent(event)

    def _enter(self, *, continues: bool) -> None:
        cursor = self.textCursor()
        line = cursor.block().text()
        prefix = rules.prefix_of(line)
        inside = cursor.positionInBlock() >= units(prefix, len(prefix))
        cursor.beginEditBlock()
        if continues and prefix and inside and not cursor.hasSelection() and line.strip() == prefix.strip():
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            self._mark(cursor.block(), None)
        else:
            ends = cursor.atBlockEnd()
            cursor.insertBlock()
            if continues and inside and prefix:
                cursor.insertText(rules.next_prefix(line))
            if ends:
                self._mark(cursor.block(), None)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    # -- to and from other programs

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n"))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
            return
        text = source.text()
        if not text and source.hasHtml():
            from PySide6.QtGui import QTextDocumentFragment

            text = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
        self.textCursor().insertText(rules.cleaned(text))
        self.ensureCursorVisible()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()
            return
        super().dragEnterEvent(event)

    # -- looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)
        self.gutter.place()

    def _measure(self) -> None:
        spare = max(0, self.width() - GUTTER - RIGHT - self._theme.px(MEASURE / 13)) // 2
        margins = self.viewportMargins()
        if margins.left() != GUTTER + spare or margins.right() != RIGHT + spare:
            self.setViewportMargins(GUTTER + spare, TOP, RIGHT + spare, 0)

    def refresh(self) -> None:
        """Draw again in new colours."""
        self.gutter.update()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if event.button() == Qt.MouseButton.LeftButton and not cursor.hasSelection() and not self.streaming:
            trace = self._own_trace(cursor.block())
            if trace is not None:
                self.point_clicked.emit(trace)

    def caret_trace(self) -> Trace | None:
        """Where the caret's line was said."""
        return self._own_trace(self.textCursor().block()) if not self.streaming else None

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.gutter.update()
