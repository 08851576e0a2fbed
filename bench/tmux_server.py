"""What tmux's server spends on a pane that prints a file."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measures import cpu_seconds
from payloads import COLUMNS, LINES


class TmuxServer:
    """A tmux server without a client, so that nothing is drawn.

    Args:
        directory: For its socket and the files that it prints.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._tmux = f"tmux -S {directory / 'socket'} -f /dev/null"

    def run(self, *words: str) -> str:
        """Run a tmux command; its output."""
        done = subprocess.run(
            [*self._tmux.split(), *words],
            env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return done.stdout

    def start(self) -> None:
        """Start the server with a pane that does nothing."""
        size = ("-x", str(COLUMNS), "-y", str(LINES))
        self.run("new-session", "-d", "-s", "bench", *size, "sleep 100000")

    def seconds(self, data: bytes) -> float:
        """CPU seconds of the server while a new pane runs `cat` on the data."""
        file = self._directory / "payload"
        file.write_bytes(data)
        pid = int(self.run("display-message", "-p", "#{pid}"))
        go, done = (f"{self._tmux} wait-for {words}" for words in ("go", "-S done"))
        self.run("new-window", "-d", "-n", "cat", f"{go}; cat {file}; {done}; sleep 100000")
        before = cpu_seconds(pid)
        self.run("wait-for", "-S", "go")
        self.run("wait-for", "done")
        spent = cpu_seconds(pid) - before
        self.run("kill-window", "-t", "cat")
        return spent


@contextmanager
def tmux_server() -> Iterator[TmuxServer]:
    """A server that ends with the block."""
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        server = TmuxServer(Path(directory))
        server.start()
        try:
            yield server
        finally:
            server.run("kill-server")
