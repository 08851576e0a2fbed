"""Turns a fork of this process into a daemon that owns nothing but a listening socket."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable


def start_daemon(keep: int, work: Callable[[], None]) -> None:
    """Run `work` in a daemon; returns here once the daemon is on its own.

    The daemon leads its own session without a terminal, is a child of init, stands in `/`, has
    /dev/null for standard input, output and error (so that `$(aimux new -d)` ends), ignores SIGHUP,
    and has no other descriptor than `keep`. It ends with `work`, status 1 if that raised.

    Raises:
        OSError: No process can be made.
    """
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    status = 1
    try:
        os.setsid()
        if os.fork() == 0:
            _let_go_of_everything(keep)
            work()
        status = 0
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        raise
    finally:
        os._exit(status)  # the frames above belong to the process that goes on


def _let_go_of_everything(keep: int) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    highest = max(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208  # see paths
    os.closerange(3, keep)
    os.closerange(keep + 1, highest + 1)
