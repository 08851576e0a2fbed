"""A program on its own pseudoterminal, started by ptyprocess.

ptyprocess brings the fork and the report of a failed exec. The rest is done here, as panes need
more: an `argv[0]` of its own (`-bash` for a login shell), the pane's PATH and not the server's, a
fallback for a directory that is gone, default signals, and an end without waiting.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import signal
import struct
import sys
import termios
import traceback
from collections.abc import Mapping, Sequence

import ptyprocess

from aimux.errors import SpawnError

READ_SIZE = 4096
MAX_PENDING = 8 << 20  # bytes that a program has not read yet
TIOCGPTN = 0x80045430  # ioctl_tty(2): the N of /dev/pts/N
IUTF8 = 0o40000  # termios(3): erasing takes away a whole character
INPUT_FLAGS = 0
LEAKS = {
    "spawn": ("exec_err_pipe_read", "exec_err_pipe_write"),
    "fork": ("master_fd", "slave_fd"),
}
# As this process was started: a server may raise its own limit afterwards, but programs that use
# select(2) or close every descriptor they may have suffer from a high one.
OPEN_FILES = resource.getrlimit(resource.RLIMIT_NOFILE)


class _Spawned(ptyprocess.PtyProcess):  # type: ignore[misc]  # ptyprocess has no types
    """A PtyProcess whose end, after a failed exec, neither sleeps nor leaves a zombie."""

    closed: bool

    def close(self, force: bool = True) -> None:
        """Let go of the terminal and collect the child, which is about to exit by itself."""
        if not self.closed:
            self.closed = True
            self.fileobj.close()
            os.waitpid(self.pid, 0)


class PtyProcess:
    """A running program and the master side of its terminal; from `spawn`.

    Attributes:
        pid: The program, leader of its own session and process group.
        fd: The master side: non-blocking, closed on exec. -1 once closed.
        tty: The name of its terminal, e.g. `/dev/pts/3`.
        wait_status: What waitpid(2) said once `reap` collected it; None before.
    """

    def __init__(self, pid: int, fd: int) -> None:
        self.pid = pid
        self.fd = fd
        self.tty = _tty_name(fd)
        self.wait_status: int | None = None
        self._pending = bytearray()

    def read(self, size: int = READ_SIZE) -> bytes | None:
        """What the program wrote, at most `size` bytes; None if nothing, empty at its end."""
        try:
            return os.read(self.fd, size)
        except BlockingIOError:
            return None
        except OSError:  # EIO: nobody has the terminal open any more
            return b""

    def write(self, data: bytes) -> int:
        """Send `data`; what the program doesn't take now is kept for `flush`.

        Returns:
            How many bytes were accepted: fewer than all once MAX_PENDING bytes wait, and none
            after the end.
        """
        if self.fd < 0:
            return 0
        accepted = data[: MAX_PENDING - len(self._pending)]
        self._pending += accepted
        self.flush()
        return len(accepted)

    @property
    def pending(self) -> int:
        """How many bytes wait for the program; call `flush` when `fd` becomes writable."""
        return len(self._pending)

    def flush(self) -> None:
        """Send what waits, as far as the program takes it."""
        try:
            while self._pending:
                del self._pending[: os.write(self.fd, self._pending)]
        except BlockingIOError:
            return
        except OSError:  # the program is gone
            self._pending.clear()

    def resize(self, *, rows: int, columns: int) -> None:
        """Tell the terminal its size in cells; its foreground programs get SIGWINCH if it is new.

        Does nothing once the terminal is gone. Sizes are 1 to 65535.
        """
        with contextlib.suppress(termios.error, ValueError):  # ValueError: closed, fd is -1
            termios.tcsetwinsize(self.fd, (rows, columns))

    def reap(self) -> int | None:
        """Collect the program if it has ended, without waiting; its wait status or None."""
        if self.wait_status is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:  # collected by somebody else, who has the status
                pid, status = self.pid, 0
            if pid:
                self.wait_status = status
        return self.wait_status

    def close(self) -> None:
        """Hang up: SIGHUP to the program's group, and from the kernel to the foreground's.

        Never waits; `reap` collects the program later. May be called twice.
        """
        if self.fd < 0:
            return
        if self.wait_status is None:  # else the number may be another program's by now
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGHUP)
        os.close(self.fd)
        self.fd = -1
        self._pending.clear()


def spawn(  # noqa: PLR0913  # what a process has
    argv: Sequence[str],
    *,
    cwd: str,
    environment: Mapping[str, str],
    rows: int,
    columns: int,
    executable: str | None = None,
    may_be_missing: bool = False,
) -> PtyProcess:
    """Start a program on a new terminal of `rows` x `columns` cells.

    The program has nothing of this process but standard input, output and error, which are the
    terminal; its signals have their default actions, its limit of descriptors is the one this
    process was started with.

    Args:
        argv: The program and its arguments.
        cwd: Where it starts; if that is gone, in its $HOME, else in `/`. $PWD is set accordingly.
        environment: All of its environment; its PATH is where the program is looked for.
        rows: Height of the terminal, 1 to 65535.
        columns: Width of the terminal, 1 to 65535.
        executable: The program's file if `argv[0]` is only a name for it (`-bash`).
        may_be_missing: A program that cannot be executed is one that ends with status 1 at once.

    Raises:
        SpawnError: No process, terminal or descriptor is left, or there is no such program and
            it may not be missing.
    """
    if not argv:
        raise SpawnError("no command")

    def become_the_program() -> None:
        _reset_process()
        variables = {**environment, "PWD": _enter_directory(cwd, environment)}
        try:
            os.execvpe(executable or argv[0], list(argv), variables)  # noqa: S606  # its purpose
        except OSError as error:
            if may_be_missing:
                os._exit(1)
            # Of an error, ptyprocess brings the class and the text over to the parent.
            raise OSError(error.strerror) from error

    try:
        # ptyprocess insists on an existing program, which `become_the_program` does not come to.
        # It is given no directory: it would let an error there fly into a copy of this process.
        child = _Spawned.spawn(
            [sys.executable], preexec_fn=become_the_program, dimensions=(rows, columns)
        )
    except OSError as error:
        _close_leaked(error)
        traceback.clear_frames(error.__traceback__)  # ends and collects a child without a program
        raise SpawnError(f"{executable or argv[0]}: {_reason(error)}") from error
    fd = os.dup(child.fd)
    child.fileobj.close()
    child.closed = True  # its __del__ shall not end the program
    os.set_blocking(fd, False)
    return PtyProcess(child.pid, fd)


def _reset_process() -> None:
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        with contextlib.suppress(OSError):  # the C library keeps two for itself
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    resource.setrlimit(resource.RLIMIT_NOFILE, OPEN_FILES)
    attributes = termios.tcgetattr(0)
    attributes[INPUT_FLAGS] |= IUTF8
    termios.tcsetattr(0, termios.TCSANOW, attributes)


def _enter_directory(cwd: str, environment: Mapping[str, str]) -> str:
    """Go to the first of the directories that exists, as tmux's spawn.c does."""
    for directory in (cwd, environment.get("HOME", "")):
        with contextlib.suppress(OSError, ValueError):
            os.chdir(directory)
            return directory
    os.chdir("/")
    return "/"


def _close_leaked(error: OSError) -> None:
    """Close what `spawn` of ptyprocess and `fork` of pty leave open when no process can be made.

    A failed exec is another case: there everything is closed.
    """
    frames = {frame.f_code.co_name: frame for frame, _ in traceback.walk_tb(error.__traceback__)}
    if "fork" not in frames:
        return
    for function, names in LEAKS.items():
        variables = frames[function].f_locals if function in frames else {}
        for name in names:
            if isinstance(variables.get(name), int):
                os.close(variables[name])


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _tty_name(fd: int) -> str:
    (number,) = struct.unpack("i", fcntl.ioctl(fd, TIOCGPTN, bytes(4)))
    return f"/dev/pts/{number}"
