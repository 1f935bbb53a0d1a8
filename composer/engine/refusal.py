"""The two ways a request ends early while the engine lives on."""


class Refusal(Exception):
    """A request that cannot be done.

    `code` is a key of `composer.engine.reasons.SENTENCES`; `detail` is for the log, never for a person.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class Stopped(Exception):
    """The request was cancelled."""
