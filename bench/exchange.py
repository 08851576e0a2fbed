"""How long a message takes from `msg send` to a reader that waits, and how many go in a second.

    python bench/exchange.py [--panes N] [--messages N]

A server with N panes that have names. Latency: a reader waits (`inbox --wait`), another connection
sends, and what passes until the reader has the message is measured; once over the socket, as a
program of one's own does it, and once as processes. Rate: one connection sends one after another,
each stored and answered before the next; then many messages come from one `source-file`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from aimux.link.connection import Connection  # noqa: E402  # what is measured is above this file
from aimux.link.request import run_request  # noqa: E402

SAMPLES: Final = 300
PROCESS_SAMPLES: Final = 40


class Bench:
    """One server in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "XDG_STATE_HOME": str(directory),
            "AIMUX_TMPDIR": str(directory),
            "PYTHONPATH": str(HOME),
            "PWD": str(directory),
            "SHELL": "/bin/sh",
        }
        self._socket = directory / f"aimux-{os.getuid()}" / "default"

    def process(self, *words: str) -> subprocess.Popen[str]:
        """Start a command as a process."""
        line = (sys.executable, "-m", "aimux", "-f", os.devnull, *words)
        return subprocess.Popen(line, env=self.environment, stdout=subprocess.PIPE, text=True)

    def run(self, *words: str) -> str:
        """A command's output."""
        return self.process(*words).communicate()[0]

    def ask(self, *words: str) -> Connection:
        """Send a request over a connection of its own."""
        connection = Connection(str(self._socket))
        connection.send(run_request(words, self.environment, flags={}))
        return connection


def finish(connection: Connection) -> str:
    """All that a command says, to its end."""
    said = ""
    while (reply := connection.receive()) is not None and reply.get("type") != "exit":
        said += str(reply.get("text", ""))
    connection.close()
    return said


def by_socket(bench: Bench) -> list[float]:
    """Milliseconds from sending to having, over the socket."""
    times = []
    for number in range(SAMPLES):
        reader = bench.ask("inbox", "--wait", "60", "--json")
        time.sleep(0.01)  # the reader has asked once, and waits
        begun = time.perf_counter()
        sender = bench.ask("msg", "send", "me", f"message {number}")
        finish(reader)
        times.append((time.perf_counter() - begun) * 1000)
        finish(bench.ask("msg", "ack", finish(sender).strip()))
    return times


def by_process(bench: Bench) -> list[float]:
    """The same by processes: the sender's start counts."""
    times = []
    for number in range(PROCESS_SAMPLES):
        reader = bench.ask("inbox", "--wait", "60", "--json")
        time.sleep(0.01)
        begun = time.perf_counter()
        sender = bench.process("msg", "send", "me", f"message {number}")
        finish(reader)
        times.append((time.perf_counter() - begun) * 1000)
        finish(bench.ask("msg", "ack", sender.communicate()[0].strip()))
    return times


def one_after_another(bench: Bench, count: int) -> float:
    """Messages in a second from a sender that waits for each."""
    begun = time.perf_counter()
    for number in range(count):
        finish(bench.ask("msg", "send", f"pane-{number % 10}", f"message {number}"))
    return count / (time.perf_counter() - begun)


def at_once(bench: Bench, directory: Path, count: int) -> float:
    """Messages in a second out of one file."""
    script = directory / "messages.conf"
    lines = (f"msg send pane-{number % 10} message {number}\n" for number in range(count))
    script.write_text("".join(lines), encoding="utf-8")
    begun = time.perf_counter()
    finish(bench.ask("source-file", str(script)))
    return count / (time.perf_counter() - begun)


def told(name: str, times: Sequence[float]) -> str:
    """A line of the table."""
    ordered = sorted(times)
    half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"{name:28} median {half:6.1f} ms   p99 {most:6.1f} ms"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--panes", type=int, default=100)
    parser.add_argument("--messages", type=int, default=3000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        bench.run("new-session", "-d", "-s", "bench", "-x", "80", "-y", "24", "cat")
        for number in range(given.panes):
            bench.run(
                *("new-window", "-d", "-t", f"bench:{number + 10}", "cat", ";"),
                *("set-option", "-p", "-t", f"bench:{number + 10}", "agent-name", f"pane-{number}"),
            )
        try:
            print(told("send to waiting reader", by_socket(bench)))
            print(told("the same by command line", by_process(bench)))
            rate = one_after_another(bench, given.messages)
            print(f"{'one after another':28} {rate:6.0f} messages/s")
            rate = at_once(bench, Path(name), given.messages)
            print(f"{'out of one file':28} {rate:6.0f} messages/s")
        finally:
            bench.run("kill-server")


if __name__ == "__main__":
    main()
