"""The command line: verbs over the same session as the window. It reads words, calls the session, and prints."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from composer import paths
from composer.errors import ComposerError, UsageError

Window = Callable[[Path | None, Sequence[Path]], int]


def main(arguments: Sequence[str], window: Window | None = None) -> int:
    """Run one verb. 0, or 1 for an expected failure (one clear line on stderr), or 2 for usage.

    `window` opens the window: it is handed in, because the command line does not know it.
    """
    # A post is Unicode whatever the terminal's locale says; a letter it cannot show must not end the program.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        if window is not None and all(word == "window" for word in arguments[:1]) and _display():
            # The window by itself waits for no verbs: they load half of the app, and its start is looked at.
            files = [Path(word) for word in arguments[1:]]
            if not any(str(word).startswith("-") for word in files):
                return window(None, files)
        from composer.cli.parser import parse

        options = parse(arguments)
        options.open = lambda: _open(window, options.home, options.files, options.json)
        code = int(options.verb(options))
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"post-composer: {error}", file=sys.stderr)
        return 2
    except ComposerError as error:
        print(f"post-composer: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("post-composer: Stopped. Nothing was changed.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        from composer.report import keep

        place = keep(getattr(locals().get("options"), "home", None))
        print(
            f"post-composer: Something went wrong inside the app. Your files are as they were. Details: {place}",
            file=sys.stderr,
        )
        return 1


def _open(window: Window | None, home: Path | None, files: Sequence[Path], as_json: bool) -> int:
    """The window; where it cannot be shown, the same job in the terminal."""
    if window is not None and _display():
        return window(home, files)
    what = ", ".join(str(file) for file in files) or "the sample talk"
    print(f"There is no display here, so the post is written in the terminal, from {what}.\n", file=sys.stderr)
    place = ["--home", str(home)] if home else []
    return main([*place, *(["--json"] if as_json else []), "draft", *(str(file) for file in files or [paths.sample()])])


def _display() -> bool:
    """Whether a window can be shown. Qt would abort the process where it cannot."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or bool(shown)
