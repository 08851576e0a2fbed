"""Stands between hosts and their bus, and lets an accident happen at a certain word of theirs."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

CHUNK = 65_536


class Relay:
    """Passes on what hosts and a bus say to each other.

    Args:
        port: The bus's.
    """

    def __init__(self, port: int) -> None:
        self._bus = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._lock = threading.Lock()
        self._word = b""
        self._accident: Callable[[], None] = lambda: None
        self._ends: list[socket.socket] = []
        self.happened = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def await_word(self, word: bytes, accident: Callable[[], None]) -> None:
        """Once, what has this word in it is not passed on: connections end, and this happens."""
        with self._lock:
            self.happened.clear()
            self._word, self._accident = word, accident

    def close(self) -> None:
        """End everything."""
        self._listener.close()
        self._cut()

    def _cut(self) -> None:
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                host, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(host,), daemon=True).start()

    def _join(self, host: socket.socket) -> None:
        """Pass on what a host and the bus say, until one of them ends."""
        with host, contextlib.suppress(OSError), socket.create_connection(self._bus) as bus:
            self._ends += [host, bus]
            back = threading.Thread(target=self._pump, args=(bus, host), daemon=True)
            back.start()
            self._pump(host, bus)
            back.join()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (data := source.recv(CHUNK)) and not self._is_awaited(data):
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_awaited(self, data: bytes) -> bool:
        with self._lock:
            if not self._word or self._word not in data:
                return False
            self._word = b""
            self._cut()
            self._accident()
            self.happened.set()
            return True


@contextlib.contextmanager
def relayed(port: int) -> Iterator[Relay]:
    """A relay before the bus on a port of the loopback."""
    relay = Relay(port)
    try:
        yield relay
    finally:
        relay.close()
