"""How long a message takes from `msg send` to a reader that waits, and how many go in a second.

    python bench/exchange.py [--panes N] [--messages N] [--fleet]

A server with N panes that have names. Latency: a reader waits (`inbox --wait`), another connection
sends, and what passes until the reader has the message is measured; once over the socket, as a
program of one's own does it, and once as processes. Rate: one connection sends one after another,
each stored and answered before the next; then many messages come from one `source-file`. With
--fleet the reader is on another host, and what passes between goes over NATS JetStream; of the
rates, the second is that at which messages are there.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

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
        self._process = 0

    def process(self, *words: str) -> subprocess.Popen[str]:
        """Start a command as a process."""
        line = (sys.executable, "-m", "aimux", "-f", os.devnull, *words)
        return subprocess.Popen(line, env=self.environment, stdout=subprocess.PIPE, text=True)

    def run(self, *words: str) -> str:
        """A command's output."""
        return self.process(*words).communicate()[0]

    def cpu_seconds(self) -> float:
        """What the server has used so far."""
        if not self._process:
            self._process = int(self.run("display-message", "-p", "#{pid}"))
        fields = Path(f"/proc/{self._process}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

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


class Course(NamedTuple):
    """From where to where messages go; `host` stands behind the names there."""

    sender: Bench
    reader: Bench
    host: str = ""


def by_socket(course: Course) -> list[float]:
    """Milliseconds from sending to having, over the socket."""
    times = []
    for number in range(SAMPLES):
        reader = course.reader.ask("inbox", "--wait", "60", "--json")
        time.sleep(0.01)  # the reader has asked once, and waits
        begun = time.perf_counter()
        sender = course.sender.ask("msg", "send", f"me{course.host}", f"message {number}")
        came = finish(reader)
        times.append((time.perf_counter() - begun) * 1000)
        finish(sender)
        finish(course.reader.ask("msg", "ack", str(json.loads(came)[0]["id"])))
    return times


def by_process(course: Course) -> list[float]:
    """The same by processes: the sender's start counts."""
    times = []
    for number in range(PROCESS_SAMPLES):
        reader = course.reader.ask("inbox", "--wait", "60", "--json")
        time.sleep(0.01)
        begun = time.perf_counter()
        sender = course.sender.process("msg", "send", f"me{course.host}", f"message {number}")
        came = finish(reader)
        times.append((time.perf_counter() - begun) * 1000)
        sender.communicate()
        finish(course.reader.ask("msg", "ack", str(json.loads(came)[0]["id"])))
    return times


def one_after_another(course: Course, count: int) -> float:
    """Messages in a second from a sender that waits for each."""
    begun = time.perf_counter()
    for number in range(count):
        words = ("msg", "send", f"pane-{number % 10}{course.host}", f"message {number}")
        finish(course.sender.ask(*words))
    return count / (time.perf_counter() - begun)


def at_once(course: Course, directory: Path, count: int) -> float:
    """Messages in a second out of one file, until the last one is there."""
    script = directory / "messages.conf"
    names = (f"pane-{number % 10}{course.host}" for number in range(count - 1))
    lines = [f"msg send {name} message {number}\n" for number, name in enumerate(names)]
    script.write_text("".join([*lines, f"msg send me{course.host} the last\n"]), encoding="utf-8")
    reader = course.reader.ask("inbox", "--wait", "60", "--json")
    begun = time.perf_counter()
    finish(course.sender.ask("source-file", str(script)))
    finish(reader)
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
    parser.add_argument("--fleet", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        directory = Path(name)
        reader = stack.enter_context(started(directory / "reader", given.panes))
        course = Course(reader, reader)
        if given.fleet:
            bus = stack.enter_context(nats(directory / "nats"))
            sender = stack.enter_context(started(directory / "sender", 0))
            join(bus, reader=reader, sender=sender)
            course = Course(sender, reader, "@reader")
        measure(course, directory, given.messages)


def measure(course: Course, directory: Path, count: int) -> None:
    """Print the table's rows."""
    print(told("send to waiting reader", by_socket(course)))
    print(told("the same by command line", by_process(course)))
    rate, cost = costing(course, count, lambda: one_after_another(course, count))
    print(f"{'one after another':28} {rate:6.0f} messages/s   {cost}")
    rate, cost = costing(course, count, lambda: at_once(course, directory, count))
    print(f"{'out of one file':28} {rate:6.0f} messages/s   {cost}")


def costing(course: Course, count: int, work: Callable[[], float]) -> tuple[float, str]:
    """What `work` gives, and what it cost each server: holds on a busy machine, too."""
    hosts = {"sender": course.sender, "reader": course.reader}
    if course.sender is course.reader:
        hosts = {"server": course.reader}
    before = [bench.cpu_seconds() for bench in hosts.values()]
    rate = work()
    used = [bench.cpu_seconds() - old for bench, old in zip(hosts.values(), before, strict=True)]
    parts = (
        f"{name} {spent / count * 1000:.2f} ms" for name, spent in zip(hosts, used, strict=True)
    )
    return rate, f"CPU for each: {', '.join(parts)}"


@contextlib.contextmanager
def started(directory: Path, panes: int) -> Iterator[Bench]:
    """A server with so many panes that have names."""
    directory.mkdir()
    bench = Bench(directory)
    bench.run("new-session", "-d", "-s", "bench", "-x", "80", "-y", "24", "cat")
    for number in range(panes):
        bench.run(
            *("new-window", "-d", "-t", f"bench:{number + 10}", "cat", ";"),
            *("set-option", "-p", "-t", f"bench:{number + 10}", "agent-name", f"pane-{number}"),
        )
    try:
        yield bench
    finally:
        bench.run("kill-server")


@contextlib.contextmanager
def nats(directory: Path) -> Iterator[str]:
    """A NATS server of its own; its URL."""
    beside = Path(sys.executable).parent
    program = shutil.which("nats-server", path=f"{beside}:{os.environ['PATH']}")
    if program is None:
        sys.exit("nats-server is not installed")
    words = ("-a", "127.0.0.1", "-p", "14333", "-js", "-sd", str(directory))
    process = subprocess.Popen((program, *words), stderr=subprocess.DEVNULL)
    try:
        yield "nats://127.0.0.1:14333"
    finally:
        process.terminate()
        process.wait()


def join(bus: str, **hosts: Bench) -> None:
    """Let servers be hosts of one fleet, by these names."""
    for name, bench in hosts.items():
        bench.run("set", "-s", "fleet-name", name, ";", "set", "-s", "bus-url", bus)
    for bench in hosts.values():
        while len(json.loads(bench.run("fleet", "status", "--json"))["hosts"]) < len(hosts) - 1:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
