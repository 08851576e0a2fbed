"""The processes below a pane, from /proc (proc(5))."""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aimux.pty.foreground import command_line

MAX_PROCESSES = 500
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
# Places in /proc/PID/stat after the name, which stands in brackets and may hold anything.
PARENT, START_TIME = 1, 19
MAX_STAT = 4096
"""Bytes of /proc/PID/stat that are read; it has a few hundred."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process as it was when it was looked at.

    Attributes:
        pid: Its number.
        parent: The number of the process that started it, 1 once that has ended.
        name: What the kernel calls it, at most 15 characters.
        argv: Its command line; empty for a zombie.
        start_time: Seconds from the boot to its start: with `pid`, tells it from any other.
    """

    pid: int
    parent: int
    name: str
    argv: tuple[str, ...]
    start_time: float


def descendants(pid: int) -> list[Process]:
    """The processes that `pid` and its children have started, nearest first, without itself.

    At most MAX_PROCESSES. One that ends meanwhile is left out. Empty if there is no such process.
    """
    children = _listed_children if _kernel_lists_children() else _scanned_children()
    return list(_walk(pid, children))


def process(pid: int) -> Process | None:
    """What /proc says of one process; None if it has ended."""
    try:
        stat = (PROC / str(pid) / "stat").read_text(errors="surrogateescape")
        argv = command_line(pid)
    except OSError:
        return None
    name, _, rest = stat.partition("(")[2].rpartition(") ")
    fields = rest.split()
    start_time = int(fields[START_TIME]) / TICKS_PER_SECOND
    return Process(pid, int(fields[PARENT]), name, argv, start_time)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A process's parent, and when it was started, in ticks: with the pid, which process it is."""

    parent: int
    started: int


def lineage_of(pid: int) -> Lineage | None:
    """Where a process comes from; None if it has ended. Cheaper than `process`."""
    try:
        descriptor = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fields = os.read(descriptor, MAX_STAT).rpartition(b") ")[2].split()
    except OSError:  # it has ended just now
        return None
    finally:
        os.close(descriptor)
    return Lineage(int(fields[PARENT]), int(fields[START_TIME]))


def parent_of(pid: int) -> int | None:
    """The parent of a process; None if it has ended."""
    found = lineage_of(pid)
    return None if found is None else found.parent


def descends_from(pid: int, ancestor: int) -> bool:
    """Whether a process was started by another one, over any number of living parents."""
    for _ in range(MAX_PROCESSES):
        if pid == ancestor:
            return True
        found = process(pid) if pid > 1 else None
        if found is None:
            return False
        pid = found.parent
    return False


def _walk(pid: int, children: Callable[[int], Iterable[int]]) -> Iterator[Process]:
    waiting = deque([pid])
    count = 0
    while waiting:
        for child in children(waiting.popleft()):
            found = process(child)
            if found is None:
                continue
            yield found
            waiting.append(child)
            count += 1
            if count == MAX_PROCESSES:
                return


def _kernel_lists_children() -> bool:
    """Whether the kernel was built with CONFIG_PROC_CHILDREN."""
    return Path(f"/proc/self/task/{os.getpid()}/children").exists()


def _listed_children(pid: int) -> list[int]:
    """The children of every thread of a process, as the kernel lists them."""
    found: list[int] = []
    try:
        for task in (PROC / str(pid) / "task").iterdir():
            found.extend(int(child) for child in (task / "children").read_text().split())
    except OSError:  # it or one of its threads has just ended
        return found
    return found


def _scanned_children() -> Callable[[int], list[int]]:
    """The same from one look at all processes."""
    by_parent: defaultdict[int, list[int]] = defaultdict(list)
    for directory in PROC.glob("[0-9]*"):
        found = process(int(directory.name))
        if found is not None:
            by_parent[found.parent].append(found.pid)
    return lambda pid: by_parent.get(pid, [])


def environment(pid: int) -> dict[str, str]:
    """The environment that a process was started with; empty if it has ended or is not ours."""
    try:
        data = (PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return {}
    pairs = (os.fsdecode(entry).partition("=") for entry in data.split(b"\0") if b"=" in entry)
    return {name: value for name, _, value in pairs}


def directory(pid: int) -> str:
    """The directory that a process is in; "" if it has ended or is not ours."""
    try:
        return str((PROC / str(pid) / "cwd").readlink())
    except OSError:
        return ""
