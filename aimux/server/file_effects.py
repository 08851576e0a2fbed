"""Files that commands name, and files of our own: read and written without ever waiting for one."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import stat
import tempfile
from pathlib import Path
from typing import BinaryIO

from aimux.errors import CommandError, PathError
from aimux.paths import make_state_directory

MAX_FILE = 16 << 20


class FileEffects:
    """The effects that concern files; they need nothing of the server.

    A file that cannot be had raises a `CommandError` as tmux words it.
    """

    def read_file(self, path: str) -> str:
        """A text file's content."""
        try:
            with open_regular(path, os.O_RDONLY) as file:
                data = file.read(MAX_FILE + 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        if len(data) > MAX_FILE:
            raise CommandError(f"{path}: File too large")
        return data.decode("utf-8", "surrogateescape")

    def write_file(self, path: str, text: str, *, append: bool) -> None:
        """Write or extend a file."""
        end = os.O_APPEND if append else os.O_TRUNC
        try:
            with open_regular(path, os.O_WRONLY | os.O_CREAT | end) as file:
                file.write(text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def replace_file(self, path: str, text: str) -> None:
        """Write a new file and put it in the old one's place."""
        written = f"{path}.new"
        try:
            descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
            with contextlib.suppress(FileNotFoundError):
                os.replace(path, f"{path}~")  # noqa: PTH105  # a plain path
            os.replace(written, path)  # noqa: PTH105  # a plain path
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def state_file(self, name: str) -> str:
        """A path in the state directory."""
        try:
            return f"{make_state_directory(os.environ)}/{name}"
        except PathError as error:
            raise CommandError(str(error)) from error

    def new_file(self, data: bytes) -> str:
        """Write a file of our own."""
        try:
            descriptor, path = tempfile.mkstemp(prefix="aimux.")
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
        except OSError as error:
            raise CommandError(f"{tempfile.gettempdir()}: {error.strerror}") from error
        return path

    def take_file(self, path: str) -> bytes | None:
        """Read and remove such a file; an editor may have put another one in its place."""
        try:
            with open_regular(path, os.O_RDONLY) as file:
                data = file.read(MAX_FILE + 1)
        except OSError:
            return None
        finally:
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108  # a plain path
        return data if len(data) <= MAX_FILE else None

    def matching_files(self, pattern: str, *, path: str) -> list[str]:
        """The files that a pattern names, in order."""
        full = os.path.join(path, pattern)  # noqa: PTH118  # an absolute pattern wins
        return sorted(glob.glob(full))  # noqa: PTH207  # the pattern may be absolute


def open_regular(path: str, flags: int) -> BinaryIO:
    """Open a file without ever waiting for it.

    Raises:
        OSError: It cannot be opened, or is neither a regular file nor the null device.
    """
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
    status = os.fstat(descriptor)
    if not (stat.S_ISREG(status.st_mode) or status.st_rdev == Path(os.devnull).stat().st_rdev):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Not a regular file")
    return os.fdopen(descriptor, "wb" if flags & os.O_WRONLY else "rb")
