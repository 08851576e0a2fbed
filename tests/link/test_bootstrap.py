"""Starting servers: one of many, again and again, and out of the way of the ones that leave."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.stand_in.harness import COMMAND, Aimux, wait_for_end_of, wait_until

RACE = """
import os, signal, sys
from pathlib import Path
from aimux.link.bootstrap import connect_or_start

path = sys.argv[1]

def serve(listener):
    Path(f"{path}.{os.getpid()}.started").touch()
    signal.pause()

ready, go = os.pipe()
racers = []
for _ in range(30):
    racers.append(os.fork())
    if racers[-1] == 0:
        os.close(go)
        os.read(ready, 1)  # until the last one stands at the line
        connect_or_start(path, serve)
        os._exit(0)
os.close(go)
sys.exit(sum(os.waitpid(racer, 0)[1] for racer in racers))
"""


def has_started(aimux: Aimux, count: int) -> bool:
    return len(aimux.servers()) >= count


def test_thirty_that_leave_the_line_together_start_one_server(aimux: Aimux) -> None:
    aimux.socket.parent.mkdir(mode=0o700)
    race = [sys.executable, "-c", RACE, str(aimux.socket)]
    for round_number in range(1, 6):
        subprocess.run(race, env=aimux.environment, check=True, timeout=30)
        wait_until(partial(has_started, aimux, round_number), lambda: None)
        assert len(aimux.servers()) == round_number
        for server in aimux.servers():
            kill_and_wait(server)


def test_thirty_that_race_start_one_server(aimux: Aimux) -> None:
    for round_number in range(3):
        racers = [aimux.start("new", "-d") for _ in range(30)]
        outcomes = {(racer.communicate()[1], racer.returncode) for racer in racers}
        assert outcomes == {("", 0)}
        assert len(aimux.servers()) == round_number + 1
        for server in aimux.servers():
            kill_and_wait(server)


def kill_and_wait(server: int) -> None:
    try:
        os.kill(server, signal.SIGKILL)
    except ProcessLookupError:
        return
    wait_for_end_of(server)


def test_a_server_that_leaves_makes_way_for_the_next_at_once(aimux: Aimux) -> None:
    for _ in range(20):
        assert aimux.run("new", "-d").returncode == 0
        killer, starter = aimux.start("kill-server"), aimux.start("new", "-d")
        assert [one.communicate()[1] for one in (killer, starter)] == ["", ""]
        assert (killer.returncode, starter.returncode) == (0, 0)
        aimux.run("kill-server")


def test_the_daemon_has_nothing_of_its_starter(aimux: Aimux) -> None:
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    subprocess.run(
        [*COMMAND, "new", "-d"],
        env=aimux.environment, check=True, close_fds=False, timeout=30,
    )  # fmt: skip
    os.close(writer)
    assert os.read(reader, 1) == b""  # nobody holds the other end
    os.close(reader)
    (server,) = aimux.servers()
    process = Path(f"/proc/{server}")
    fields = (process / "stat").read_text().rpartition(") ")[2].split()
    parent, group, session, tty = (int(field) for field in fields[1:5])
    assert (parent, tty) == (1, 0)
    assert session == group
    assert (process / "cwd").readlink() == Path("/")
    links = sorted(str(link.readlink()) for link in (process / "fd").iterdir())
    assert links[:3] == ["/dev/null"] * 3
    assert [link.partition(":")[0] for link in links[3:]] == ["socket"]
    ignored = next(
        line for line in (process / "status").read_text().splitlines() if "SigIgn" in line
    )
    assert int(ignored.split()[1], 16) & 1 << (signal.SIGHUP - 1)


def test_the_socket_and_its_lock_are_private_whatever_the_umask(aimux: Aimux) -> None:
    previous = os.umask(0)
    try:
        aimux.run("new", "-d")
    finally:
        os.umask(previous)
    assert stat.S_IMODE(aimux.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(f"{aimux.socket}.lock").stat().st_mode) == 0o600


def test_a_link_in_place_of_the_lock_is_not_followed(aimux: Aimux) -> None:
    aimux.run("ls")
    Path(f"{aimux.socket}.lock").symlink_to(aimux.directory / "target")
    outcome = aimux.run("new", "-d")
    assert outcome.returncode == 1
    assert outcome.stderr == f"error creating {aimux.socket} (Too many levels of symbolic links)\n"
    assert not (aimux.directory / "target").exists()


def test_a_directory_in_the_way_is_said_as_tmux_says_it(aimux: Aimux) -> None:
    place = aimux.directory / "place"
    place.mkdir()
    assert aimux.run("-S", str(place), "ls").stderr == f"no server running on {place}\n"
    outcome = aimux.run("-S", str(place), "new", "-d")
    assert outcome.stderr == f"error connecting to {place} (Is a directory)\n"


def test_a_server_that_cannot_start_is_not_tried_for_ever(aimux: Aimux) -> None:
    outcome = aimux.run("new", "-d", STAND_IN_SERVER="broken")
    assert (outcome.returncode, outcome.stderr) == (1, "server exited unexpectedly\n")


def test_a_stale_socket_is_no_server_but_starting_one_replaces_it(aimux: Aimux) -> None:
    aimux.run("new", "-d")
    aimux.run("crash")
    assert aimux.run("ls").stderr == f"no server running on {aimux.socket}\n"
    assert aimux.run("new", "-d").returncode == 0
    assert aimux.run("ls").returncode == 0


def test_a_server_in_the_foreground_serves_and_is_alone(aimux: Aimux) -> None:
    server = aimux.start("-D")
    while aimux.run("ls").returncode:
        assert server.poll() is None
    outcome = aimux.run("-D")
    assert (outcome.returncode, outcome.stderr) == (
        1,
        f"server already running on {aimux.socket}\n",
    )
    assert aimux.servers() == [server.pid]
    aimux.run("kill-server")
    server.communicate()
    assert server.returncode == 0


@pytest.mark.parametrize("flag", ["-N", "-Nv"])
def test_no_server_is_started_with_n(aimux: Aimux, flag: str) -> None:
    outcome = aimux.run(flag, "new", "-d")
    reason = f"error connecting to {aimux.socket} (No such file or directory)\n"
    assert (outcome.returncode, outcome.stderr) == (1, reason)
