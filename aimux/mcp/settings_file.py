"""A file of settings that belongs to another program: changed at one go, or left alone."""

from __future__ import annotations

import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from aimux.errors import LinkError

MAX_BYTES = 64 << 20
NEW_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Settings:
    """A file as it was when it was read.

    Attributes:
        path: Where it lies, behind all symbolic links.
        data: What it held; None if there was none.
        mode: Its permissions.
    """

    path: Path
    data: bytes | None
    mode: int = NEW_MODE

    @property
    def text(self) -> str:
        """What it said; nothing if there was none. Raises LinkError if it is no text."""
        try:
            return (self.data or b"").decode()
        except UnicodeDecodeError as error:
            raise LinkError(f"{self.path} is no text in UTF-8") from error


def read(path: Path) -> Settings:
    """The file at a path. Raises LinkError if it cannot be read or belongs to another user."""
    try:
        path = path.resolve()
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            raise LinkError(f"{path} is no file of yours")
        if status.st_size > MAX_BYTES:
            raise LinkError(f"{path} is larger than {MAX_BYTES} bytes")
        return Settings(path, path.read_bytes(), stat.S_IMODE(status.st_mode))
    except FileNotFoundError:
        return Settings(path, None)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise LinkError(f"cannot read {path} ({error})") from error


def replace(before: Settings, data: bytes | None) -> None:
    """Give a file other contents; None takes it away. A reader sees the old or the new, whole.

    Raises:
        LinkError: It is not what it was when it was read, or cannot be written.
    """
    try:
        if data is None:
            _require_unchanged(before)
            before.path.unlink()
            return
        before.path.parent.mkdir(parents=True, exist_ok=True)
        _write(before, data)
    except OSError as error:
        raise LinkError(f"cannot write {before.path} ({error.strerror})") from error


def _write(before: Settings, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".aimux-", dir=before.path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), before.mode)
            os.fsync(file.fileno())
        _require_unchanged(before)
        temporary.replace(before.path)
    finally:
        temporary.unlink(missing_ok=True)


def _require_unchanged(before: Settings) -> None:
    if read(before.path).data != before.data:
        raise LinkError(f"{before.path} was changed just now: nothing is written")
