"""Where things lie: the person's own files, and the resources that come with the app."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from composer.errors import StoreError

APP = "post-composer"


@dataclass(frozen=True, slots=True)
class Paths:
    """Every folder and file the app keeps. With `--home DIR` all of them lie under DIR."""

    data: Path
    config: Path
    cache: Path

    @property
    def drafts(self) -> Path:
        """The database of drafts."""
        return self.data / "drafts.sqlite3"

    @property
    def models(self) -> Path:
        """The folder into which models are downloaded."""
        return self.data / "models"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.json"

    @property
    def logs(self) -> Path:
        """The folder of log files. They hold no transcript text and no secrets."""
        return self.data / "logs"

    @property
    def tuning(self) -> Path:
        """What calibration found, for each model on this machine."""
        return self.data / "tuning.json"

    @property
    def engine(self) -> Path:
        """An empty folder for the engine to run in: llama.cpp looks for code to load in the current one."""
        return self.cache / "engine"

    def ensure(self) -> "Paths":
        """Make the folders, for this user only. Raises StoreError where that cannot be."""
        for folder in (self.data, self.config, self.cache, self.engine):
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise StoreError(
                    f"The folder {folder} cannot be made ({error.strerror or error}).",
                    safe="Nothing was changed.",
                    do="Name another place with --home DIR.",
                ) from error
        return self


def find(home: Path | None = None) -> Paths:
    """The app's folders: under `home` if given, else where this system keeps such things."""
    if home is not None:
        home = home.expanduser().absolute()
        return Paths(home / "data", home / "config", home / "cache")
    if sys.platform == "linux":
        # As platformdirs answers here (a test holds it), without the 9 ms of a start that its import takes.
        own = {"XDG_DATA_HOME": ".local/share", "XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache"}
        given = {name: os.environ.get(name, "") for name in own}
        bases = (Path(given[name]) if given[name].strip() else Path.home() / usual for name, usual in own.items())
        return Paths(*(base / APP for base in bases))
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path)


def root() -> Path:
    """The folder that holds `resources/` and `models/`: the checkout, the installed package, or the bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return Path(bundle)
    package = Path(__file__).resolve().parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent


def resource(name: str) -> Path:
    """The file `resources/<name>`. A file of the same name in the person's own resources folder, named by
    POST_COMPOSER_RESOURCES, is taken first, so that prompts, shapes and topics can be edited."""
    own = os.environ.get("POST_COMPOSER_RESOURCES")
    if own and (Path(own) / name).is_file():
        return Path(own) / name
    return root() / "resources" / name


def use_own_resources(place: Paths) -> None:
    """Let `resource` find the person's own prompts, shapes and topics, here and in the processes started from here."""
    os.environ.setdefault("POST_COMPOSER_RESOURCES", str(place.config / "resources"))


def sample() -> Path:
    """The sample transcript that comes with the app."""
    return resource("samples/bakery-talk.vtt")


def write_text(path: Path, text: str) -> None:
    """Write `text` so that a crash leaves either the old file or the new one, never half of one."""
    # Imported here: the window's start has nothing to write.
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
