"""What runs in the foreground of a terminal, as tmux finds it (osdep-linux.c, names.c)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import string
import struct
from pathlib import Path

MAX_COMMAND_LINE = 65536  # bytes
TIOCGSID = 0x5429  # ioctl_tty(2): the session of a terminal
KEPT_AT_END = frozenset(string.ascii_letters + string.digits + string.punctuation)


def foreground_command(fd: int) -> str | None:
    """The name of the command in the foreground: `pane_current_command` of tmux.

    Args:
        fd: The master side of the terminal.

    Returns:
        The first word of its command line, without a directory or a login shell's dash. None if
        nothing runs there or it hides its command line; tmux then takes the command that the pane
        was made with.
    """
    with contextlib.suppress(OSError):
        argv = command_line(os.tcgetpgrp(fd))
        return command_name(argv[0]) or None if argv else None
    return None


def foreground_group(fd: int) -> int | None:
    """The process group in the foreground of a terminal's master side; None if there is none."""
    with contextlib.suppress(OSError):
        return os.tcgetpgrp(fd)
    return None


def foreground_path(fd: int) -> str | None:
    """The working directory in the foreground: `pane_current_path` of tmux.

    That of the process group's leader, else of the session's (the shell). None if neither can be
    read. A deleted directory's name ends in ` (deleted)`, as the kernel gives it.

    Args:
        fd: The master side of the terminal.
    """
    with contextlib.suppress(OSError):
        return _working_directory(os.tcgetpgrp(fd))
    with contextlib.suppress(OSError, ValueError):  # ValueError: closed, the descriptor is -1
        (session,) = struct.unpack("i", fcntl.ioctl(fd, TIOCGSID, bytes(4)))
        return _working_directory(session)
    return None


def command_line(pid: int) -> tuple[str, ...]:
    """The words of a process's command line, cut after MAX_COMMAND_LINE bytes.

    Empty for a kernel thread or a zombie. Raises OSError if there is no such process.
    """
    with Path(f"/proc/{pid}/cmdline").open("rb") as file:
        data = file.read(MAX_COMMAND_LINE)
    return (
        tuple(os.fsdecode(word) for word in data.removesuffix(b"\0").split(b"\0")) if data else ()
    )


def command_name(command: str) -> str:
    """The short name of a command line's text, as tmux makes it (names.c, parse_window_name)."""
    name = command.removeprefix('"').partition('"')[0]
    name = name.removeprefix("exec ").lstrip(" -").partition(" ")[0]
    while len(name) > 1 and name[-1] not in KEPT_AT_END:
        name = name[:-1]
    return name.rstrip("/").rpartition("/")[2] or name if name.startswith("/") else name


def _working_directory(pid: int) -> str:
    return os.fsdecode(Path(f"/proc/{pid}/cwd").readlink())
