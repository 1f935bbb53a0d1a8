"""The paper: a text edit that holds the exact text to be pasted, and knows which line was said where."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit

from composer.post.model import Laid, Trace
from composer.ui import lines as rules
from composer.ui.gutter import GUTTER, TOP, Gutter
from composer.ui.offsets import points, units
from composer.ui.streamed import StreamedText
from composer.ui.theme import Theme
from composer.ui.traced import LINE, TRACE

__all__ = ["LINE", "MEASURE", "RIGHT", "TRACE", "PostEditor"]

RIGHT, MEASURE = 28, 660


class PostEditor(StreamedText):
    """The editor. `edited` tells of every change of the person's text."""

    edited = Signal()
    time_clicked = Signal(object)
    point_clicked = Signal(object)
    files_dropped = Signal(list)
    selected = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._quiet = False
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(2)
        self.setAccessibleName(self.tr("Post"))
        self.gutter = Gutter(self, theme)
        self._main.contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.selectionChanged.connect(lambda: self.selected.emit(self.textCursor().hasSelection()))
        self.verticalScrollBar().valueChanged.connect(self.gutter.update)
        self.verticalScrollBar().valueChanged.connect(self.gutter.place_pill)

    # -- the text

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
        self._to_top()
        self._changed()

    def _changed(self) -> None:
        if not self._quiet:
            self.gutter.update()
            self.edited.emit()

    def _caret_moved(self) -> None:
        self.gutter.update()

    # -- a draft that streams in: the gutter goes with it

    def begin_stream(self) -> None:
        super().begin_stream()
        self.gutter.pill.hide()

    def stream(self, laid: Laid) -> None:
        super().stream(laid)
        self.gutter.update()

    def compare(self, start: int, end: int, parts: Sequence[tuple[str, str]]) -> None:
        super().compare(start, end, parts)
        self.gutter.update()

    def end_stream(self) -> None:
        super().end_stream()
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
        traces = self.trace_at(upper), self.trace_at(lower)
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

    def add_line(self, line: str, trace: Trace | None) -> None:
        """Add a line below the caret's, with its place in the source. The blank line between two parts stays one."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        before = cursor.block().previous()
        cursor.beginEditBlock()
        if not cursor.block().text().strip() and before.isValid() and before.text().strip():
            cursor.setPosition(before.position())
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
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
            return
        if event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
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

    # -- undoing

    def undo(self) -> None:
        self._keep_top(super().undo)

    def redo(self) -> None:
        self._keep_top(super().redo)

    def _keep_top(self, step: Callable[[], None]) -> None:
        """Take a step; where it puts another text in the place of all there was, the view begins at its first line."""
        changed: list[tuple[int, int]] = []
        whole = self._main.characterCount() - 1
        self._main.contentsChange.connect(note := lambda at, gone, _come: changed.append((at, gone)))
        step()
        self._main.contentsChange.disconnect(note)
        if any(at == 0 and gone >= whole > 1 for at, gone in changed):
            self._to_top()

    def _to_top(self) -> None:
        cursor = QTextCursor(self._main)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(0)

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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if event.button() == Qt.MouseButton.LeftButton and not cursor.hasSelection() and not self.streaming:
            trace = self.trace_at(cursor.block())
            if trace is not None:
                self.point_clicked.emit(trace)

    def caret_trace(self) -> Trace | None:
        """Where the caret's line was said."""
        return self.trace_at(self.textCursor().block()) if not self.streaming else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.gutter.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.gutter.update()
