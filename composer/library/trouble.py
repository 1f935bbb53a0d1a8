"""What can go wrong with the library, beside a bad model file (`ModelFileError`).

ComposerError
 └─ LibraryError        the list, the library's own notes, a command with the wrong name
     └─ DownloadError   a download that cannot go on; what is on the disk stays for the next try
         ├─ Paused      stopped on purpose
         ├─ NeedsToken  the repository asks who you are
         └─ Differs     the hub has another file than the list names
"""

from composer.errors import ComposerError


class LibraryError(ComposerError):
    """The list of models or the library's own notes cannot be used."""


class DownloadError(LibraryError):
    """A download that cannot go on. The part on the disk is kept unless the text says otherwise."""


class Paused(DownloadError):
    """A download that was stopped on purpose."""


class NeedsToken(DownloadError):
    """The repository asks for an access token, or refuses the one it got."""


class Differs(DownloadError):
    """The hub declares another file than the list names."""
