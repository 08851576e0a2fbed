"""A real NATS server for tests, which can be killed and started again where it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.programs import without
from tests.waiting import wait_until

_fleets = count(1)


class NatsServer:
    """One server on the loopback, with a store of its own."""

    def __init__(self, directory: Path, *words: str) -> None:
        self._words = words
        beside = Path(sys.executable).parent
        self._program = shutil.which("nats-server", path=f"{beside}:{os.environ['PATH']}") or ""
        if not self._program:
            without("not installed: nats-server")
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    @property
    def place(self) -> str:
        """Its URL, without a fleet."""
        return f"nats://127.0.0.1:{self.port}"

    def new_fleet(self) -> str:
        """The URL of a fleet that nobody was in."""
        return f"{self.place}/fleet{next(_fleets)}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        words = ("-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self._directory))
        self._process = subprocess.Popen(
            (self._program, *words, *self._words),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._listens)

    def _listens(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port)) as one,
        ):
            return one.recv(4) == b"INFO"
        return False

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It is there, and says nothing: as behind a cable that was cut."""
        if self._process is None:
            raise AssertionError("it does not run")
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextlib.contextmanager
def running(directory: Path, *words: str) -> Iterator[NatsServer]:
    """A server that runs until the end, with more words on its command line."""
    server = NatsServer(directory, *words)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    """One server for all tests that do not kill it; each takes a fleet of its own."""
    with running(tmp_path_factory.mktemp("nats")) as server:
        yield server
