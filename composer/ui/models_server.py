"""Fields for a server: its address, which of its models, and its key if it wants one."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from composer.ui.controls import CONTROL, button, claims_escape, label


class ServerForm(QFrame):
    """`wanted` carries address, model and key as they were typed; nothing is asked before."""

    wanted = Signal(str, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "question")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Use a server"), "strong"))
        about = self.tr("One that speaks the OpenAI form: llama.cpp's server, Ollama, LM Studio, vLLM.")
        column.addWidget(label(about, "small", wrap=True))
        self.address = self._field(self.tr("Address"), self.tr("http://localhost:8080"))
        self.model = self._field(self.tr("Model"), self.tr("the first it has"))
        self.key = self._field(self.tr("Key"), self.tr("only if it asks for one"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        hidden = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        self.key.setInputMethodHints(hidden | Qt.InputMethodHint.ImhNoPredictiveText)
        row = QHBoxLayout()
        row.setSpacing(8)
        for field, stretch in ((self.address, 3), (self.model, 2), (self.key, 2)):
            row.addWidget(self._named(field), stretch)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.go = button(self.tr("Use this server"), "outlined", CONTROL)
        self.cancel = button(self.tr("Cancel"), "quiet", CONTROL)
        self.go.clicked.connect(self._ask)
        self.cancel.clicked.connect(self._leave)
        foot.addWidget(self.go)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        column.addLayout(foot)
        self.hide()

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setFixedHeight(CONTROL)
        field.setPlaceholderText(hint)
        field.setAccessibleName(name)
        field.returnPressed.connect(self._ask)
        return field

    def _named(self, field: QLineEdit) -> QWidget:
        """A field with its name above it."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(field.accessibleName(), "small"))
        column.addWidget(field)
        return whole

    def open(self) -> None:
        """Show the fields, the first of them ready to be typed in."""
        self.show()
        self.address.setFocus()

    def _ask(self) -> None:
        if not self.address.text().strip():
            self.address.setFocus()
            return
        typed = self.address.text().strip(), self.model.text().strip(), self.key.text().strip()
        self._clear()
        self.wanted.emit(*typed)

    def _leave(self) -> None:
        self._clear()
        self.left.emit()

    def _clear(self) -> None:
        for field in (self.address, self.model, self.key):
            field.clear()
        self.hide()

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)
