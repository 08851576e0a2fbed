"""Waiting for what happens in another process: by a condition, up to a deadline, never by hope."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

DEADLINE_SECONDS = 30.0
POLL_SECONDS = 0.02

Value = TypeVar("Value")


def wait_until(
    condition: Callable[[], Value],
    *,
    seconds: float = DEADLINE_SECONDS,
    step: Callable[[], object] | None = None,
    state: Callable[[], object] = lambda: "",
) -> Value:
    """The first true value of `condition`.

    Args:
        condition: Looked at again and again.
        seconds: How long it may take.
        step: Waits for whatever may change the condition; a short while by default, for what
            nobody announces, as files and /proc.
        state: What to say on failure.

    Raises:
        AssertionError: It did not become true in time.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} seconds in vain\n{state()}")
        if step is None:
            select.select([], [], [], POLL_SECONDS)
        else:
            step()
    return value


def has_ended(pid: int) -> bool:
    """Whether a process is gone; a zombie is."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_for_end_of(pid: int, *, seconds: float = DEADLINE_SECONDS) -> None:
    """Wait until a process, which need be no child of ours, has ended."""
    with contextlib.suppress(ProcessLookupError):
        descriptor = os.pidfd_open(pid)
        try:
            ready, _, _ = select.select([descriptor], [], [], seconds)
            assert ready, f"process {pid} still runs"
        finally:
            os.close(descriptor)


def children_of(pid: int) -> list[int]:
    """The processes that a process started and that have not been collected."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(word) for word in text.split()]


def resident_bytes(pid: int) -> int:
    """The memory that a process holds (VmRSS)."""
    pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
