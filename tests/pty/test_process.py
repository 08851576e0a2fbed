from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aimux.errors import SpawnError
from aimux.pty.process import MAX_PENDING, spawn
from tests.pty.conftest import Starter
from tests.stand_in.harness import wait_for_end_of


def test_a_program_has_its_terminal_and_its_size(start: Starter) -> None:
    program = start("sh", "-c", "tty; stty size", rows=7, columns=33)
    status, output = program.wait_for_end()
    assert (status, output) == (0, f"{program.process.tty}\r\n7 33\r\n".encode())


def test_a_program_has_no_other_descriptors(start: Starter, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        _, output = start("ls", "/proc/self/fd").wait_for_end()
    assert output.split() == [b"0", b"1", b"2", b"3"]  # 3 is the directory that ls reads


def test_the_master_side_does_not_wait_and_is_closed_on_exec(start: Starter) -> None:
    process = start("cat").process
    assert process.read() is None
    assert not os.get_inheritable(process.fd)


def test_signals_have_their_default_actions(start: Starter) -> None:
    previous = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    try:
        _, output = start("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status").wait_for_end()
    finally:
        signal.signal(signal.SIGHUP, previous)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
    assert {int(line.split()[1], 16) for line in output.splitlines()} == {0}


def test_a_program_leads_its_own_session(start: Starter) -> None:
    program = start("cat")
    assert os.getsid(program.process.pid) == program.process.pid
    assert os.tcgetpgrp(program.process.fd) == program.process.pid


def test_the_environment_is_the_given_one(start: Starter) -> None:
    _, output = start("env", cwd="/usr", environment={"A": "é"}).wait_for_end()
    assert sorted(output.decode().split()) == sorted(
        ["A=é", "PWD=/usr", "TERM=xterm", f"PATH={os.environ['PATH']}"]
    )


def test_the_program_is_looked_for_in_the_given_path(start: Starter, tmp_path: Path) -> None:
    script = tmp_path / "only-there"
    script.write_text("#!/bin/sh\necho found\n")
    script.chmod(0o755)
    program = start("only-there", environment={"PATH": str(tmp_path)})
    assert program.wait_for_end() == (0, b"found\r\n")


def test_a_login_shell_is_known_by_its_name(start: Starter) -> None:
    program = start("-sh", "-c", "echo $0", executable="/bin/sh")
    assert program.wait_for_end() == (0, b"-sh\r\n")


def test_a_directory_that_is_gone_gives_home_then_root(start: Starter, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    home = {"HOME": str(tmp_path)}
    program = start("sh", "-c", "pwd; echo $PWD", cwd=gone, environment=home)
    assert program.wait_for_end()[1].decode().split() == [str(tmp_path)] * 2
    program = start("pwd", cwd=gone, environment={"HOME": gone})
    assert program.wait_for_end()[1] == b"/\r\n"


def test_a_program_that_is_missing_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for name, reason in (
        ("no-such-program", "No such file or directory"),
        (str(tmp_path), "Permission denied"),
    ):
        with pytest.raises(SpawnError) as caught:
            spawn([name], cwd="/", environment={"PATH": "/bin"}, rows=24, columns=80)
        assert str(caught.value) == f"{name}: {reason}"
        assert len(list(Path("/proc/self/fd").iterdir())) == before
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
    with pytest.raises(SpawnError, match="no command"):
        spawn([], cwd="/", environment={}, rows=24, columns=80)


def test_a_program_that_may_be_missing_ends_with_1(start: Starter, tmp_path: Path) -> None:
    for name in ("no-such-program", str(tmp_path)):
        assert start(name, "word", may_be_missing=True).wait_for_end() == (1, b"")


LIMITS = """
import os, resource
from aimux.errors import SpawnError
from aimux.pty.process import spawn
used = len(os.listdir("/proc/self/fd")) - 1
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
for spare in (0, 1, 2, 3):
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + spare, hard))
    try:
        spawn(["true"], cwd="/", environment={"PATH": os.environ["PATH"]}, rows=24, columns=80)
    except SpawnError as error:
        reason = str(error)
    else:
        reason = "started"
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(spare, reason, len(os.listdir("/proc/self/fd")) - 1 - used)
"""


def test_a_lack_of_descriptors_is_said_and_none_is_lost() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", LIMITS], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    rows = [line.split(" ", 1) for line in outcome.stdout.splitlines()]
    assert [row[0] for row in rows] == ["0", "1", "2", "3"]
    for _, row in rows:
        assert row == "true: Too many open files 0" or row.startswith("true: out of pty devices 0")


def test_a_lack_of_processes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    for name in ("forkpty", "fork"):
        monkeypatch.setattr(os, name, refuse)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(SpawnError, match=r"^true: Resource temporarily unavailable$"):
        spawn(["true"], cwd="/", environment={}, rows=24, columns=80)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_programs_get_the_limit_that_this_process_was_started_with(start: Starter) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft - 1, hard))
    try:
        _, output = start("sh", "-c", "ulimit -n").wait_for_end()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert int(output) == soft


def test_a_resize_is_seen_by_the_program(start: Starter) -> None:
    program = start("bash", "-c", "trap 'stty size' WINCH; sleep 1000 & echo ready; wait; wait")
    program.wait_for(b"ready")
    program.process.resize(rows=50, columns=132)
    program.wait_for(b"50 132\r\n")
    program.process.close()
    program.process.resize(rows=1, columns=1)


def test_what_is_not_taken_waits_and_arrives_in_order(start: Starter) -> None:
    program = start("sh", "-c", "stty raw -echo; echo ready; read -r go; exec cat", columns=80)
    program.wait_for(b"ready")
    data = b"go\n" + b"".join(b"%06d " % number for number in range(20_000))
    assert program.process.write(data) == len(data)
    assert program.process.pending > 0
    while program.process.pending:
        _, writable, _ = select.select([], [program.process.fd], [], 0.05)
        if writable:
            program.process.flush()
        program.output += program.process.read(65536) or b""
    program.wait_for(b"019999 ")
    assert program.output.endswith(data[3:])


def test_what_waits_is_bounded(start: Starter) -> None:
    program = start("sh", "-c", "stty raw -echo; echo ready; exec sleep 1000")
    program.wait_for(b"ready")
    accepted = program.process.write(b"x" * (MAX_PENDING + 1_000_000))
    assert accepted == MAX_PENDING
    taken = MAX_PENDING - program.process.pending
    assert program.process.write(b"x" * MAX_PENDING) == taken


def test_writing_to_a_program_that_is_gone_is_no_error(start: Starter) -> None:
    program = start("true")
    program.wait_for_end()
    program.process.write(b"hello")
    assert program.process.pending == 0
    program.process.close()
    assert program.process.write(b"hello") == 0


def test_closing_hangs_up_on_the_program_and_its_children(start: Starter) -> None:
    program = start("sh", "-c", "sleep 1000 & echo child $!; wait")
    child = int(program.wait_for(b"\r\n").split()[1])
    assert program.process.reap() is None
    program.process.close()
    program.process.close()
    wait_for_end_of(child)
    wait_for_end_of(program.process.pid)
    status = program.process.reap()
    assert status is not None
    assert os.waitstatus_to_exitcode(status) == -signal.SIGHUP
    assert program.process.reap() == status


def test_a_program_is_not_ended_by_the_garbage_collector(start: Starter) -> None:
    import gc  # noqa: PLC0415

    program = start("cat")
    gc.collect()
    program.process.write(b"alive\n")
    program.wait_for(b"alive\r\nalive")
