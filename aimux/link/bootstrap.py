"""Connects to the server, starting it if there is none, without races (tmux's client.c).

Many processes may do this at once: the lock lets one of them start the server, and it is released
only when the new socket listens, so the others connect to it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

from aimux.errors import LinkError
from aimux.link.connection import NOBODY_LISTENS, Connection
from aimux.link.daemon import start_daemon
from aimux.link.listener import bind_listener, exclusive

Serve = Callable[[socket.socket], None]


def connect_or_start(path: str, serve: Serve) -> Connection:
    """A connection to the server at `path`, which is started if nobody listens there.

    Args:
        path: The socket; its directory exists.
        serve: Runs the server until it ends, in a daemon (see `start_daemon`), with the listening
            socket. It must not return before the server has ended.

    Raises:
        LinkError: No server can be started; the text is complete.
    """
    try:
        with exclusive(path):
            # Whoever held the lock before may have started it.
            try:
                return Connection(path)
            except NOBODY_LISTENS:
                _start(path, serve)
        return Connection(path, fresh=True)
    except ConnectionRefusedError as error:
        raise LinkError("server exited unexpectedly") from error
    except (IsADirectoryError, PermissionError) as error:
        raise LinkError(f"error connecting to {path} ({error.strerror})") from error
    except OSError as error:
        raise LinkError(f"error creating {path} ({error.strerror})") from error


def _start(path: str, serve: Serve) -> None:
    with bind_listener(path) as listener:
        start_daemon(listener.fileno(), lambda: serve(listener))


def serve_in_foreground(path: str, serve: Serve) -> None:
    """Be the server (-D), in this process.

    Raises:
        LinkError: One runs already, or the socket cannot be made; the text is complete.
    """
    try:
        with exclusive(path):
            if _is_served(path):
                raise LinkError(f"server already running on {path}")
            listener = bind_listener(path)
    except OSError as error:
        raise LinkError(f"error creating {path} ({error.strerror})") from error
    with listener:
        serve(listener)


def _is_served(path: str) -> bool:
    try:
        Connection(path).close()
    except NOBODY_LISTENS:
        return False
    return True
