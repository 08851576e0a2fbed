"""Writes what an import made; never over a file that stands there, unless that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from pathlib import Path

import tomli_w

from aimux.errors import PathError

MAXIMUM_BACKUPS = 999


class Existing(Enum):
    """What is done with a file that stands where one is to be written."""

    REFUSE = auto()
    BACK_UP = auto()
    OVERWRITE = auto()


def toml_text(document: Mapping[str, object], *, comment: str) -> str:
    """A document as TOML, with a comment above."""
    body = tomli_w.dumps(document, multiline_strings=True)
    lines = "".join(f"# {line}\n" for line in comment.splitlines())
    return f"{lines}\n{body}"


def write_files(texts: Mapping[Path, str], existing: Existing) -> list[Path]:
    """Write files, their directories too; returns the backups that were made.

    A file that holds the very text already is left as it is.

    Raises:
        PathError: One exists and `existing` is REFUSE: nothing has been written then. Or one cannot
            be written.
    """
    changed = {path: text for path, text in texts.items() if not _holds(path, text)}
    standing = [path for path in changed if path.exists()]
    if standing and existing is Existing.REFUSE:
        names = ", ".join(str(path) for path in standing)
        raise PathError(f"{names} exists: use --backup to keep a copy, or --force")
    try:
        backups = [_backed_up(path) for path in standing if existing is Existing.BACK_UP]
        for path, text in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, text)
    except OSError as error:
        raise PathError(f"couldn't write {error.filename} ({error.strerror})") from error
    return backups


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") == text
    except (OSError, ValueError):
        return False


def _backed_up(path: Path) -> Path:
    for number in range(1, MAXIMUM_BACKUPS + 1):
        backup = path.with_name(f"{path.name}.{number}.bak")
        if not backup.exists():
            path.rename(backup)
            return backup
    raise PathError(f"too many backups of {path}")


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)
