"""What drawing on the outer terminal costs: bytes, CPU of the client, keys beside busy panes."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from measures import (
    Figure,
    Measure,
    Part,
    Subject,
    cpu_seconds,
    echo,
    resident_megabytes,
    wait_for,
)
from terminal import Terminal

ANIMATOR = str(Path(__file__).parent / "animator.py")
SECONDS = 8
STALL_SECONDS = 60


def animation(kind: str) -> str:
    """The command line of a program that draws 60 times a second."""
    return f"exec {sys.executable} -S {ANIMATOR} {kind}"


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        found += map(int, children.split())
    return found


def typed(subject: Subject) -> tuple[Figure, ...]:
    """What one typed key writes to the outer terminal, in a pane whose program echoes it."""
    written = []
    with subject.server("cat"):
        terminal = subject.attach()
        terminal.drain(3)
        for _ in range(40):
            before = terminal.received
            terminal.write(b"x")
            terminal.drain(0.15)
            written.append(terminal.received - before)
        terminal.close()
    return statistics.median(written), max(written)


def scrolling(subject: Subject) -> tuple[Figure, ...]:
    """What is written while a pane scrolls 60 lines a second: alone, and beside another."""
    with subject.server(animation("scroll")):
        subject.command("set-option", "-g", "sidebar", "off")  # tmux has none, and says so
        alone = _written(subject)
        subject.command("split-window", "-h", "-d", "-t", "b", "cat")
        return alone, _written(subject)


def _written(subject: Subject) -> float:
    """What a terminal that shows the session is written, in kB a second."""
    terminal = subject.attach()
    terminal.drain(4)
    before = terminal.received
    terminal.drain(SECONDS)
    subject.command("detach-client", "-s", "b")
    terminal.close()
    return (terminal.received - before) / SECONDS / 1000


def four_panes(subject: Subject) -> tuple[Figure, ...]:
    """CPU of the client, and of the server, with four panes that scroll 60 lines a second."""
    with subject.server(animation("scroll")) as pid:
        for direction in ("-h", "-v", "-v"):
            subject.command("split-window", direction, "-t", "b", animation("scroll"))
        subject.command("select-layout", "-t", "b", "tiled")
        terminal = subject.attach()
        terminal.drain(4)
        clients = family(terminal.pid)
        before, server = sum(map(cpu_seconds, clients)), cpu_seconds(pid)
        terminal.drain(SECONDS)
        spent, server = sum(map(cpu_seconds, clients)) - before, cpu_seconds(pid) - server
        terminal.close()
    return spent / SECONDS * 100, server / SECONDS * 100


def echo_animated(subject: Subject) -> tuple[Figure, ...]:
    """Key echo while another pane draws 60 times a second."""
    return echo(subject, load=animation("page"))


def echo_flood(subject: Subject) -> tuple[Figure, ...]:
    """Key echo while another pane prints as fast as it can."""
    return echo(subject, load="exec yes drwxr-xr-x 2 ada ada 4096 operations")


def stalled_link(subject: Subject) -> tuple[Figure, ...]:
    """A link that takes nothing for a minute of flood, then all: growth, and the newest screen."""
    go = subject.home / "stop"
    go.unlink(missing_ok=True)
    flood = f"while [ ! -e {go} ]; do seq 1 2000; done; clear; printf 'NEW%s' EST; cat"
    with subject.server(flood) as pid:
        terminal = subject.attach()
        terminal.drain(4)
        processes = [pid, *family(terminal.pid)]
        before = [resident_megabytes(one) for one in processes]
        time.sleep(STALL_SECONDS)
        grown = [resident_megabytes(one) - was for one, was in zip(processes, before, strict=True)]
        go.touch()
        wait_for(lambda: "NEWEST" in subject.command("capture-pane", "-p", "-t", "b"))
        caught_up = _until(terminal, b"NEWEST")
        terminal.close()
    return grown[0], sum(grown[1:]), caught_up


def _until(terminal: Terminal, text: bytes) -> float | None:
    start = time.perf_counter()
    if terminal.wait_for(text, seconds=60) is None:
        return None
    return (time.perf_counter() - start) * 1000


SCREEN_MEASURES = (
    Measure(
        "typed",
        (
            Part("written for a typed key, median", "bytes", "≤ 60 bytes"),
            Part("written for a typed key, most", "bytes"),
        ),
        typed,
    ),
    Measure(
        "scrolling",
        (
            Part("written while a full-width pane scrolls 60 lines/s", "kB/s", "≤ 100 kB/s"),
            Part("the same beside another pane", "kB/s", "≤ 100 kB/s"),
        ),
        scrolling,
    ),
    Measure(
        "four-panes",
        (
            Part("client, four panes scrolling 60 lines/s", "% of a core", "≤ 10 %"),
            Part("the same, server", "% of a core"),
        ),
        four_panes,
    ),
    Measure(
        "echo-animated",
        (
            Part("key echo beside 60 pages/s, median", "ms", "≤ 1.8 ms"),
            Part("key echo beside 60 pages/s, p99", "ms", "≤ 5 ms"),
        ),
        echo_animated,
    ),
    Measure(
        "echo-flood",
        (
            Part("key echo beside a flood, median", "ms"),
            Part("key echo beside a flood, p99", "ms", "≤ 10 ms"),
        ),
        echo_flood,
    ),
    Measure(
        "stalled-link",
        (
            Part("server's growth, link stalled 60 s", "MB", "≤ 1 MB"),
            Part("client's growth, link stalled 60 s", "MB", "≤ 1 MB"),
            Part("newest screen after the stall", "ms", "≤ 500 ms"),
        ),
        stalled_link,
    ),
)
