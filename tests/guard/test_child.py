from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aimux.guard.child import REPORT_BYTES, ClientProcess, fork_client


def read_all(descriptor: int) -> bytes:
    data = b""
    while piece := os.read(descriptor, 4096):
        data += piece
    return data


def exits_with_the_length(ticket: int) -> int:
    return len(read_all(ticket))


def breaks(ticket: int) -> int:
    raise ValueError(f"broken by {read_all(ticket)!r}")


def talks(ticket: int) -> int:
    sys.stderr.write("word " * 50_000 + "last")
    return 2


def stops(ticket: int) -> int:
    os.kill(os.getpid(), signal.SIGSTOP)
    return 0


def wait(client: ClientProcess) -> bool:
    """Until it ended (False) or stopped (True)."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        client.report()
        if client.reap():
            return True
        if client.status is not None:
            return False
        select.select([], [], [], 0.01)
    raise AssertionError("it neither ended nor stopped")


def ended(start: Callable[[int], int], ticket: bytes = b"") -> tuple[int, str]:
    client = fork_client(start)
    client.hand_ticket(ticket)
    assert wait(client) is False
    assert client.status is not None
    return os.waitstatus_to_exitcode(client.status), client.report()


def test_the_child_gets_the_ticket_and_its_result_is_the_status() -> None:
    assert ended(exits_with_the_length, b"ticket") == (6, "")


def test_without_a_ticket_the_child_sees_the_end_of_the_pipe() -> None:
    client = fork_client(exits_with_the_length)
    client.kill()
    assert client.status == signal.SIGKILL
    assert ended(exits_with_the_length) == (0, "")


def test_an_error_is_reported_with_its_traceback() -> None:
    status, report = ended(breaks, b"x")
    assert status == 1
    assert report.startswith("Traceback")
    assert report.endswith("ValueError: broken by b'x'\n")


def test_a_child_that_says_much_is_never_held_up_and_its_last_words_are_kept() -> None:
    status, report = ended(talks)
    assert status == 2
    assert report.endswith("last")
    assert len(report) == REPORT_BYTES


def test_a_stop_is_told_once_and_a_stopped_child_can_be_killed() -> None:
    client = fork_client(stops)
    assert wait(client) is True
    assert client.reap() is False
    client.kill()
    client.kill()
    assert client.status == signal.SIGKILL


def test_a_child_that_died_before_its_ticket_is_no_error() -> None:
    client = fork_client(exits_with_the_length)
    client.signal(signal.SIGTERM)
    assert wait(client) is False
    client.hand_ticket(b"too late")
    client.signal(signal.SIGTERM)


@pytest.fixture(autouse=True)
def no_descriptor_is_left() -> Iterator[None]:
    descriptors = Path("/proc/self/fd")
    before = {file.name for file in descriptors.iterdir()}
    yield
    assert {file.name for file in descriptors.iterdir()} == before
