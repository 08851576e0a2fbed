"""A control client that does not read costs the server nothing, and loses nothing it need not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.control_process import ControlProcess
from tests.end_to_end.world import COMMAND, World
from tests.waiting import resident_bytes, wait_until

ALLOWED_GROWTH = 8 << 20
LINES = 500_000
FLOOD = f"seq {LINES}; echo flo''oded"  # 3.9 MB, more than any pipe and queue hold
PRINTED = re.compile(r"^%(?:extended-)?output %\d+ (?:\d+ : )?(.*)$")


@contextmanager
def control(aimux: World, *words: str) -> Iterator[ControlProcess]:
    """A control client; it is not read while no test waits for it."""
    process = ControlProcess((*COMMAND, "-C", *words), aimux.environment, aimux.directory)
    try:
        yield process
    finally:
        process.close()


def printed(one: ControlProcess) -> str:
    """What panes printed, with tmux's newlines."""
    found = (PRINTED.match(line) for line in one.lines)
    return "".join(line[1] for line in found if line).replace(r"\015\012", "\n")


def stands_still(aimux: World) -> bool:
    """Whether a pane that prints has shown the same for five looks."""
    return len({aimux.seen("work") for _ in range(5)}) == 1


@pytest.mark.timeout(180)
def test_the_only_client_hears_everything_however_late_it_reads(aimux: World) -> None:
    with control(aimux, "new-session", "-s", "work", "-x80", "-y24") as one:
        one.wait_for("^%session-changed")
        server = aimux.server()
        before = resident_bytes(server)
        aimux.do("send-keys", "-t", "work", FLOOD, "Enter")
        wait_until(lambda: int(aimux.ask("#{history_size}", "work")) > 1000)
        wait_until(lambda: stands_still(aimux))
        assert resident_bytes(server) - before <= ALLOWED_GROWTH
        one.wait_for("(012|^%output %0 )flooded")
        numbers = printed(one).partition("oded\n")[2].partition("flooded")[0].split()
        assert numbers == [str(number) for number in range(1, LINES + 1)]


@pytest.fixture
def flooded(aimux: World) -> Iterator[tuple[ControlProcess, ControlProcess]]:
    """A client that reads nothing of a flood, and one that hears no panes and so holds nobody."""
    with control(aimux, "new-session", "-s", "work", "-x80", "-y24") as one:
        one.wait_for("^%session-changed")
        with control(aimux, "attach", "-f", "no-output", "-t", "work") as other:
            other.wait_for("^%session-changed")
            yield one, other


def flood(aimux: World) -> int:
    """Let the flood run to its end; by how much the server grew."""
    server = aimux.server()
    aimux.do("send-keys", "-t", "work", "seq 20000; echo wa''rm", "Enter")
    aimux.wait_for("warm", "work")
    before = resident_bytes(server)
    aimux.do("send-keys", "-t", "work", FLOOD, "Enter")
    aimux.wait_for("flooded", "work")
    return resident_bytes(server) - before


@pytest.mark.timeout(180)
def test_a_client_too_far_behind_has_to_leave(
    aimux: World, flooded: tuple[ControlProcess, ControlProcess]
) -> None:
    one, other = flooded
    assert flood(aimux) <= ALLOWED_GROWTH
    wait_until(lambda: aimux.do("list-clients", "-F", "#{client_pid}") == f"{other.pid}\n")
    one.wait()
    assert one.lines[-1] == "%exit too far behind"


@pytest.mark.timeout(180)
def test_a_client_that_pauses_stays_and_may_go_on(
    aimux: World, flooded: tuple[ControlProcess, ControlProcess]
) -> None:
    one, _other = flooded
    one.step("refresh-client -f pause-after=300")
    assert flood(aimux) <= ALLOWED_GROWTH
    one.wait_for("^%pause %0$")
    one.step("refresh-client -A '%0:continue'")
    one.step("send-keys 'echo hea''rd' Enter")
    one.wait_for(r"^%extended-output %0 \d+ : .*heard")
