"""A program floods, and nobody reads the terminal: the server does not grow, and answers."""

from __future__ import annotations

import statistics
import time

import pytest

from tests.end_to_end.world import World
from tests.terminal import Terminal
from tests.waiting import children_of, resident_bytes

ALLOWED_GROWTH = 5 << 20
WARM_UP = "yes | head -n 500000"  # fills the history; the allocator has reached its level
FLOODS = [
    pytest.param("yes | head -n 2000000", id="2 million lines"),
    pytest.param("timeout 10 yes", id="10 seconds", marks=pytest.mark.slow),
    pytest.param("timeout 60 yes", id="60 seconds", marks=pytest.mark.slow),
]


@pytest.fixture
def terminal(aimux: World) -> Terminal:
    """A terminal whose pane has a full history; it is not read while no test waits for it."""
    terminal = aimux.attached()
    terminal.type(f"{WARM_UP}; echo wa''rm\r".encode())
    terminal.wait_for("warm")
    return terminal


def run_on(aimux: World, flood: str) -> list[float]:
    """Let the flood run to its end, asking the server all the while; seconds of each answer."""
    aimux.do("send-keys", "-t", "work", f"{flood}; echo flo''oded", "Enter")
    seconds = []
    while True:
        started = time.monotonic()
        seen = aimux.seen("work")
        seconds.append(time.monotonic() - started)
        if "flooded" in seen:
            return seconds


@pytest.mark.timeout(180)
@pytest.mark.parametrize("flood", FLOODS)
def test_a_terminal_that_is_not_read_costs_no_memory(
    aimux: World, terminal: Terminal, flood: str
) -> None:
    processes = [aimux.server(), *children_of(terminal.pid)]
    before = [resident_bytes(pid) for pid in processes]
    answers = run_on(aimux, flood)
    after = [resident_bytes(pid) for pid in processes]
    growth = [now - then for now, then in zip(after, before, strict=True)]
    assert max(growth) <= ALLOWED_GROWTH, growth
    assert statistics.median(answers) < 1
    unread = len(terminal.output)
    terminal.wait_for("flooded")
    assert len(terminal.output) - unread < 1 << 20  # the newest picture, not all that was missed
    terminal.type(b"echo aw''ake\r")
    terminal.wait_for("awake")


def test_a_terminal_that_is_not_read_does_not_hold_another_up(
    aimux: World, terminal: Terminal
) -> None:
    other = aimux.attached()
    other.type(b"yes | head -n 200000; echo flo''oded\r")
    other.wait_for("flooded")
    other.type(b"echo li''ve\r")
    other.wait_for("live")
    terminal.wait_for("live")


def test_a_flooding_pane_does_not_hold_another_up(aimux: World, terminal: Terminal) -> None:
    aimux.do("split-window", "-h", "-t", "work")
    aimux.do("send-keys", "-t", "work:0.0", "yes", "Enter")
    terminal.wait_for(lambda: terminal.rows[5].startswith("y"))
    for number in range(5):
        terminal.type(f"echo be''side{number}\r".encode())
        terminal.wait_for(f"beside{number}")
    aimux.do("send-keys", "-t", "work:0.0", "C-c")
    aimux.do("send-keys", "-t", "work:0.0", "echo stop''ped", "Enter")
    terminal.wait_for("stopped")
