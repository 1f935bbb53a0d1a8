"""Three doors: the window, a verb of the command line, the engine's process. Imports stay inside each door."""

import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    """Open the door that the arguments name. The exit code: 0, 1 (expected failure), 2 (usage)."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--engine"]:
        # By name and not by import: nobody imports the worker, which alone loads llama.cpp.
        import runpy

        sys.argv = sys.argv[:1] + arguments[1:]
        runpy.run_module("composer.engine.worker", run_name="__main__", alter_sys=True)
        return 0
    from composer import cli

    return cli.main(arguments, window)


def window(home: Path | None, files: Sequence[Path]) -> int:
    """The first door."""
    import gc

    # Until there is a first picture objects are only made: looking for those that went would cost a start 3 ms.
    gc.disable()
    from composer.ui import app

    return app.run([], home, files)


if __name__ == "__main__":
    sys.exit(main())
