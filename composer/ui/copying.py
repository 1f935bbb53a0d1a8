"""What goes to the clipboard: the exact text, or the plain one; and the network's page with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from composer.ui.measure import measure
from composer.ui.notices import Way
from composer.ui.workbench import Workbench

if TYPE_CHECKING:
    from composer.ui.window import Window


class Copying(QObject):
    """Copies the post, and says how much was copied."""

    def __init__(self, window: "Window", bench: Workbench) -> None:
        super().__init__(window)
        self._window, self._bench, self._desk = window, bench, window.desk
        self._editor = bench.paper.editor

    def copy(self) -> None:
        """Put the exact text on the clipboard."""
        self.put(self._editor.text(), self.tr("Copied exactly: {n} characters"), network=True)

    def copy_plain(self) -> None:
        """Put the text without styled letters on the clipboard."""
        from composer.text.style import unstyle

        self.put(unstyle(self._editor.text()), self.tr("Copied plain: {n} characters"), network=True)

    def copy_and_open(self) -> None:
        """Copy, then open the network's page with the text in it where it fits."""
        from composer.text.networks import share_url

        self.copy()
        url = share_url(self._editor.text(), self._desk.brief.network)
        if url:
            QDesktopServices.openUrl(QUrl(url, QUrl.ParsingMode.StrictMode))

    def _way(self) -> Way | None:
        """To the network's page; None where no page takes a text: Mastodon has as many as it has servers."""
        from composer.text.networks import NETWORKS, share_url

        network = NETWORKS[self._desk.brief.network]
        if share_url("", network.key) is None:
            return None
        return self.tr("Open {network}").format(network=network.name), self.copy_and_open

    def put(self, text: str, words: str, *, network: bool = False) -> None:
        """Put a text on the clipboard, and say so in `words`. `network`: with the way to its page."""
        if not text.strip() or self._editor.streaming:
            return
        board = QApplication.clipboard()
        board.setText(text)
        toast, foot = self._window.toast, self._bench.foot
        if board.text() != text:
            toast.say(self.tr("The clipboard did not take the text. Select it and copy."), foot, tone="warn")
            return
        from PySide6.QtCore import QLocale

        count = measure(text, self._desk.brief.network).count
        way = self._way() if network else None
        toast.say(words.format(n=QLocale().toString(count)), foot, way)
