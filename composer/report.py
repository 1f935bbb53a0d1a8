"""Where bugs are written down: a log file for the person to read or send, and nothing of it on the screen.

The log holds code positions and messages. It never holds transcript text, drafts or secrets.
"""

import logging
import logging.handlers
import sys
import traceback
from pathlib import Path

from composer import paths
from composer.errors import ComposerError


def start(place: paths.Paths) -> None:
    """Log to a file in the app's folder: three files of at most 512 kB. Does nothing where that cannot be."""
    try:
        place.logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            place.logs / "post-composer.log", maxBytes=512 * 1024, backupCount=2, encoding="utf-8"
        )
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


def keep(home: Path | None) -> str:
    """Write the exception being handled to the log. The log's path, or "not written" where there is no place."""
    try:
        place = paths.find(home).ensure()
        place.logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = place.logs / "post-composer.log"
        with log.open("a", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(*sys.exc_info())))
    except (OSError, ComposerError):
        return "not written"
    return str(log)
