"""A blocking connection to the server's socket."""

from __future__ import annotations

# The socket module makes enumerations of 700 constants at its import: 3 of the 23 ms that a whole
# `aimux ls` takes. Its base class has all that is needed here.
import _socket
import errno
import os
import sys

from aimux.link.framing import Splitter, encode

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping

    Fields = Mapping[str, object]

READ_SIZE = 65536
PEER_CREDENTIALS_BYTES = 12  # pid, uid and gid as C's int: unix(7), SO_PEERCRED
MAX_NAME_BYTES = 16  # of a process: proc_pid_comm(5)
NOBODY_LISTENS = (ConnectionRefusedError, FileNotFoundError)


class Connection:
    """One client's connection: JSON objects out and in.

    Args:
        path: The server's socket.
        fresh: This process has just started the server.
        patience_seconds: How long to wait for anything; then TimeoutError is raised. None is
            forever: what a command does may take its time.

    Raises:
        OSError: Nobody listens there (ConnectionRefusedError), it cannot be reached, or a tmux
            that is not aimux listens, which would wait forever for the rest of a request.
    """

    def __init__(
        self, path: str, *, fresh: bool = False, patience_seconds: float | None = None
    ) -> None:
        self.fresh = fresh
        self._splitter = Splitter()
        self._received: list[Fields] = []
        self._socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        self._socket.settimeout(patience_seconds)
        try:
            self._socket.connect(path)
            _refuse_tmux(self._socket)
        except OSError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        """The descriptor, for poll(2)."""
        return self._socket.fileno()

    def send(self, fields: Fields) -> None:
        """Send one object whole.

        Raises:
            OSError: The server has closed the connection.
            ProtocolError: It is larger than a request may be.
        """
        self._socket.sendall(encode(fields))

    def receive(self) -> Fields | None:
        """Wait for the next object; None once the server has closed the connection.

        Raises:
            OSError: The connection broke; ConnectionResetError if the server left without reading
                what was sent.
            ProtocolError: What came is no object.
        """
        while not self._received:
            if not self.fill():
                return None
        return self._received.pop(0)

    def has_received(self) -> bool:
        """Whether `receive` would not wait."""
        return bool(self._received)

    def fill(self) -> bool:
        """Read once, for `take`; False once the server has closed the connection."""
        data = self._socket.recv(READ_SIZE)
        self._received.extend(self._splitter.feed(data))
        return bool(data)

    def take(self) -> list[Fields]:
        """The objects read so far, which are forgotten here."""
        received, self._received = self._received, []
        return received

    def close(self) -> None:
        """Hang up; may be called twice."""
        self._socket.close()


def _refuse_tmux(peer: _socket.socket) -> None:
    """Raise OSError if the process that listens calls itself tmux's server, as tmux's does."""
    credentials = peer.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, PEER_CREDENTIALS_BYTES)
    pid = int.from_bytes(credentials[:4], sys.byteorder)
    try:
        descriptor = os.open(f"/proc/{pid}/comm", os.O_RDONLY)
    except OSError:
        return  # it has ended: the process that listens for aimux's server is its parent
    try:
        name = os.read(descriptor, MAX_NAME_BYTES)
    finally:
        os.close(descriptor)
    if name.strip() == b"tmux: server":
        raise OSError(errno.EPROTONOSUPPORT, "a tmux that is not aimux listens there")
