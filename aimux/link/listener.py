"""The server's socket file: made, replaced and removed under the lock `SOCKET.lock`.

Whoever changes the file holds the lock, so that of many processes that start a server at once one
does, and a server that leaves can't take away the socket of its successor. The lock's file stays:
to remove it would let two processes hold locks of different files.
"""

# No pathlib here: it costs 10 ms of the start.
# ruff: noqa: PTH108

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator

BACKLOG = 128


@contextlib.contextmanager
def exclusive(path: str) -> Iterator[None]:
    """Hold the lock of the socket at `path`; waits for whoever holds it.

    Raises:
        OSError: The lock's file cannot be opened; ELOOP if somebody put a symbolic link there.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(f"{path}.lock", flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            # Unlocked by name: a process forked meanwhile still has the descriptor.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def bind_listener(path: str) -> socket.socket:
    """A listening socket at `path` in place of what is there; call it with the lock held.

    The file's mode is 0600. Raises OSError (IsADirectoryError where a directory is in the way).
    """
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    mask = os.umask(0o177)
    try:
        listener.bind(path)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(mask)
    return listener


def socket_identity(path: str) -> tuple[int, int, int] | None:
    """What tells the socket file at `path` from any other that was ever there; None if missing.

    A file's inode number may be used again, hence the time at which it was made.
    """
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns


def recreate(path: str) -> socket.socket:
    """A new listening socket at `path`, for a server whose file was deleted (SIGUSR1).

    Raises OSError as `exclusive` and `bind_listener` do.
    """
    with exclusive(path):
        return bind_listener(path)


def remove(listener: socket.socket, path: str, identity: tuple[int, int, int] | None) -> None:
    """Stop listening: the first thing a server does that wants to leave.

    The file goes before the listener, so whoever connects from here on finds no socket and starts
    a new server; those who wait in the backlog are reset and connect again. Another server's file,
    by `identity` (of `socket_identity` after binding), is left alone.
    """
    try:
        with exclusive(path):
            if identity is not None and socket_identity(path) == identity:
                os.unlink(path)
            listener.close()
    except OSError:  # the directory is gone or full: there is no file that could mislead anybody
        listener.close()
