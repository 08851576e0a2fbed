"""Finds the data files that come with aimux: themes and keymaps, in TOML.

An installed aimux has them inside the package; an editable one beside it, at the top of the
repository. A person's own stand in a directory of that name beside their configuration, and win.
"""

import re
import tomllib
from pathlib import Path
from typing import Literal

from aimux.errors import PathError

Kind = Literal["themes", "keymaps"]

_PACKAGE = Path(__file__).parent
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
MAXIMUM_BYTES = 1 << 20
MAXIMUM_NAMES = 1000


def data_directory(kind: Kind) -> Path:
    """The directory of one kind of data.

    Raises:
        PathError: It is in neither place: aimux is not installed properly.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        directory = parent / kind
        if directory.is_dir():
            return directory
    raise PathError(f"no {kind} found beside {_PACKAGE}")


def data_names(kind: Kind, own: str | None = None) -> list[str]:
    """The names that `load_data` takes, sorted. Raises PathError, see `data_directory`."""
    places = [data_directory(kind), *_own_places(kind, own)]
    names = {path.stem for place in places for path in place.glob("*.toml")}
    return sorted(name for name in names if _NAME.fullmatch(name))[:MAXIMUM_NAMES]


def load_data(kind: Kind, name: str, own: str | None = None) -> dict[str, object]:
    """One data file, parsed.

    Args:
        kind: What to load.
        name: The file's name without `.toml`; no path.
        own: The directory of a person's configuration.

    Raises:
        PathError: There is none of that name, or it cannot be read.
    """
    if not _NAME.fullmatch(name):
        raise PathError(f"not a name of {kind}: {name}")
    for place in _own_places(kind, own):
        path = place / f"{name}.toml"
        if path.is_file():
            return read_data(path)
    return read_data(data_directory(kind) / f"{name}.toml")


def _own_places(kind: Kind, own: str | None) -> list[Path]:
    return [] if own is None else [Path(own) / kind]


def read_data(path: Path) -> dict[str, object]:
    """Any TOML file of at most a mebibyte.

    Raises:
        PathError: It cannot be read: missing, too big, not UTF-8, or no TOML.
    """
    try:
        with path.open("rb") as file:
            text = file.read(MAXIMUM_BYTES + 1)
        if len(text) > MAXIMUM_BYTES:
            raise PathError(f"{path}: file is too big")
        return tomllib.loads(text.decode())
    except OSError as error:
        raise PathError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise PathError(f"{path}: {error}") from error
