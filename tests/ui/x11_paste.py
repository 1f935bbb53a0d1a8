"""Another program: an empty sheet of paper. `python -m tests.ui.x11_paste FILE` writes into FILE what is pasted."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit


def main(file: Path) -> None:
    """Open the sheet, and keep the file as the sheet is."""
    app = QApplication(["sheet"])
    sheet = QPlainTextEdit()
    sheet.setWindowTitle("Another program")
    sheet.resize(400, 300)
    sheet.textChanged.connect(lambda: file.write_text(sheet.toPlainText(), "utf-8"))
    sheet.show()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
