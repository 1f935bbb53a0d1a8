"""The two kinds of trouble.

An expected failure is a `ComposerError`: its text is written for the person at the screen. Anything else that is
raised is a bug; it is logged, the draft is kept, and nobody is shown a traceback.

    Exception
     └─ ComposerError          what happened, what is safe, what to do next
         ├─ SourceError        a file or text that cannot become a transcript
         ├─ WriterError        a draft that could not be finished
         ├─ EngineError        the model's process: it died, hung, or refused
         ├─ ModelFileError     a file that is no model, or none that can write text
         ├─ ConsentError       a file or a server that only the person can agree to
         ├─ StoreError         the drafts could not be read or written
         └─ UsageError         the command line was called with words it does not know
"""


class ComposerError(Exception):
    """An expected failure, told in at most three short sentences.

    `what` happened; what is `safe`; what to `do` next. Each is one sentence or empty. `str()` joins them with
    spaces, on one line, so it can be printed as it is.
    """

    def __init__(self, what: str, *, safe: str = "", do: str = "") -> None:
        self.what, self.safe, self.do = what, safe, do
        super().__init__(" ".join(part for part in (what, safe, do) if part))

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from the helper process; the default protocol would lose the keyword parts.
        return (_rebuild, (type(self), self.what, self.safe, self.do))


def _rebuild(kind: type[ComposerError], what: str, safe: str, do: str) -> ComposerError:
    return kind(what, safe=safe, do=do)


class SourceError(ComposerError):
    """A file or text that cannot become a transcript."""


class WriterError(ComposerError):
    """A draft that could not be finished."""


class EngineError(ComposerError):
    """The model's process died, hung, or refused."""


class ModelFileError(ComposerError):
    """A file that is no model, or none that can write text."""


class ConsentError(ComposerError):
    """A model file on no list, or a server elsewhere: only the person can say that it is used."""


class StoreError(ComposerError):
    """The drafts could not be read or written."""


class UsageError(ComposerError):
    """The command line was called with words it does not know. Exit code 2."""
