"""What is measured, and how: each measure starts a fresh server of one program and ends it."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from responder import answer
from terminal import Terminal

Figure = float | None
COLUMNS, ROWS = 120, 40
RESPONDER = str(Path(__file__).parent / "responder.py")
SKIPPED = ("TMUX", "TMUX_PANE", "AIMUX", "AIMUX_PANE")


@dataclass(frozen=True)
class Subject:
    """A program under measurement; its sockets and files live in `home`."""

    name: str
    path: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """A clean environment, the same for both programs."""
        values = {name: value for name, value in os.environ.items() if name not in SKIPPED}
        values.update(
            TERM="xterm-256color",
            COLORTERM="truecolor",
            LC_ALL="C.UTF-8",
            SHELL="/bin/sh",
            PS1="$ ",
            HOME=str(self.home),
            TMUX_TMPDIR=str(self.home),
            XDG_STATE_HOME=str(self.home / "state"),
        )
        return values

    def argv(self, *words: str) -> list[str]:
        """A command line for the program."""
        return [self.path, "-L", "bench", "-f", "/dev/null", *words]

    def command(self, *words: str) -> str:
        """Run a command; its output."""
        done = subprocess.run(
            self.argv(*words),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.stdout

    @contextmanager
    def server(self, *command: str) -> Iterator[int]:
        """A server with one pane that runs a command; its process id."""
        size = ("-x", str(COLUMNS), "-y", str(ROWS))
        self.command("new-session", "-d", "-s", "b", *size, *command)
        try:
            yield int(self.command("display-message", "-p", "#{pid}"))
        finally:
            self.command("kill-server")

    def attach(self) -> Terminal:
        """A terminal that shows the session."""
        argv = self.argv("attach-session", "-t", "b")
        return Terminal(argv, self.environment, columns=COLUMNS, rows=ROWS)


@dataclass(frozen=True)
class Part:
    """One figure of a measure."""

    label: str
    unit: str
    target: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure: `run` gives a figure for each part."""

    name: str
    parts: tuple[Part, ...]
    run: Callable[[Subject], tuple[Figure, ...]] = field(repr=False)


def milliseconds(action: Callable[[], object], *, times: int) -> float:
    """The median time of an action."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, by the scheduler's own count."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def wakeups(pid: int) -> int:
    """How often a process gave up its core of itself: once for each time that it woke."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.MULTILINE)[0])


def resident_megabytes(pid: int) -> float:
    """The resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)[0]) / 1024


# ---- the measures ----


def commands(subject: Subject) -> tuple[Figure, ...]:
    """One-shot commands beside a bare interpreter."""
    with subject.server("cat"):
        bare = milliseconds(
            lambda: subprocess.run([sys.executable, "-c", "pass"], check=False), times=15
        )
        listed = milliseconds(lambda: subject.command("list-sessions"), times=15)
        sent = milliseconds(lambda: subject.command("send-keys", "-t", "b", "x"), times=15)
    return listed, sent, listed / bare


def attach(subject: Subject) -> tuple[Figure, ...]:
    """From the start of `attach` to the first paint, and to the first key that is echoed."""
    with subject.server("printf 'ATTACH%s\\n' MARK; cat"):
        return attach_times(subject)


def attach_times(subject: Subject) -> tuple[Figure, Figure]:
    """The same to a server whose session shows ATTACHMARK above a cat(1)."""
    painted, live = [], []
    wait_for(lambda: "ATTACHMARK" in subject.command("capture-pane", "-p", "-t", "b"))
    for number in range(7):
        terminal = subject.attach()
        painted.append(terminal.wait_for(b"ATTACHMARK", seconds=30))
        # Typed before it is live, as a person does; it is answered once it is.
        terminal.write(b"Q%dZ" % number)
        live.append(terminal.wait_for(b"Q%dZ" % number, seconds=30))
        subject.command("detach-client", "-s", "b")
        terminal.close()
    return _median(painted), _median(live)


def _median(values: list[float | None]) -> Figure:
    seen = [value * 1000 for value in values if value is not None]
    return statistics.median(seen) if seen else None


def wait_for(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Poll until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("a measure did not get going")
        time.sleep(0.02)


def echo(subject: Subject, *, load: str = "") -> tuple[Figure, ...]:
    """From a key typed to its answer on the outer terminal, over 300 keys."""
    spent = []
    with subject.server(f"{sys.executable} -S {RESPONDER}"):
        if load:
            subject.command("split-window", "-d", "-t", "b", load)
        terminal = subject.attach()
        terminal.wait_for(answer(0), seconds=20)
        terminal.drain(1.5)
        for number in range(1, 301):
            start = time.perf_counter()
            terminal.write(b"x")
            if terminal.wait_for(answer(number), seconds=5) is not None:
                spent.append((time.perf_counter() - start) * 1000)
            terminal.drain(0.015 + number % 7 * 0.002)
        terminal.close()
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.99)]


def echo_busy(subject: Subject) -> tuple[Figure, ...]:
    """The same while another pane prints."""
    return echo(subject, load="while :; do seq 1 200; sleep 0.02; done")


def memory(subject: Subject) -> tuple[Figure, ...]:
    """The server with 1 pane, and with 100 panes that have printed 200 lines each."""
    with subject.server("seq 1 200; cat") as pid:
        wait_for(lambda: "200" in subject.command("capture-pane", "-p", "-t", "b"))
        one = resident_megabytes(pid)
        for _ in range(99):
            subject.command("new-window", "-d", "-t", "b:", "seq 1 200; cat")
        last = "b:{end}"
        wait_for(lambda: "200" in subject.command("capture-pane", "-p", "-t", last))
        return one, resident_megabytes(pid)


IDLE_SECONDS = 60


def idle(subject: Subject) -> tuple[Figure, ...]:
    """A server with 20 quiet panes and one client: its share of a core, and its wake-ups."""
    with subject.server("cat") as pid:
        for _ in range(19):
            subject.command("new-window", "-d", "-t", "b:", "cat")
        terminal = subject.attach()
        terminal.drain(4)
        spent, woken = cpu_seconds(pid), wakeups(pid)
        terminal.drain(IDLE_SECONDS)
        share = (cpu_seconds(pid) - spent) / IDLE_SECONDS * 100
        count = (wakeups(pid) - woken) / IDLE_SECONDS
        terminal.close()
    return share, count


def throughput(subject: Subject) -> tuple[Figure, ...]:
    """`seq 1 2000000` in an attached pane, until its last line is on the outer terminal."""
    go = subject.home / "go"
    go.unlink(missing_ok=True)
    shell = f"while [ ! -e {go} ]; do sleep 0.05; done; seq 1 2000000; printf 'END%s' MARK; cat"
    with subject.server(shell) as pid:
        terminal = subject.attach()
        terminal.drain(1.5)
        before = cpu_seconds(pid)
        go.touch()
        start = time.perf_counter()
        seen = terminal.wait_for(b"ENDMARK", seconds=120)
        seconds = None if seen is None else time.perf_counter() - start
        spent = cpu_seconds(pid) - before
        terminal.close()
    return seconds, spent


def stalled(subject: Subject) -> tuple[Figure, ...]:
    """How the server grows while a client does not read 60 s of `yes`."""
    with subject.server("yes") as pid:
        terminal = subject.attach()
        terminal.drain(3)
        before = resident_megabytes(pid)
        time.sleep(60)
        grown = resident_megabytes(pid) - before
        terminal.close()
    return (grown,)


MEASURES = (
    Measure(
        "commands",
        (
            Part("`list-sessions`", "ms", "≤ 35 ms"),
            Part("`send-keys`", "ms", "≤ 35 ms"),
            Part("`list-sessions` / bare Python", "×", "≤ 3.5 ×"),
        ),
        commands,
    ),
    Measure(
        "attach",
        (Part("attach to first paint", "ms", "≤ 60 ms"), Part("attach to live", "ms", "≤ 250 ms")),
        attach,
    ),
    Measure(
        "echo",
        (Part("key echo, median", "ms", "≤ 1.8 ms"), Part("key echo, p99", "ms", "≤ 5 ms")),
        echo,
    ),
    Measure(
        "echo-busy",
        (
            Part("key echo beside a busy pane, median", "ms", "≤ 2.5 ms"),
            Part("key echo beside a busy pane, p99", "ms", "≤ 8 ms"),
        ),
        echo_busy,
    ),
    Measure(
        "memory",
        (
            Part("server, 1 pane", "MB"),
            Part("server, 100 panes of 200 lines", "MB", "≤ 100 MB"),
        ),
        memory,
    ),
    Measure(
        "idle",
        (
            Part("idle server, 20 panes", "% of a core", "≤ 0.1 %"),
            Part("idle server's wake-ups", "a second", "`status-interval`"),
        ),
        idle,
    ),
    Measure(
        "throughput",
        (
            Part("`seq 1 2000000`, attached", "s", "≤ tmux"),
            Part("the same, server's CPU", "s"),
        ),
        throughput,
    ),
    Measure(
        "stalled",
        (Part("server's growth, 60 s of `yes` to a stalled client", "MB", "≤ 5 MB"),),
        stalled,
    ),
)
