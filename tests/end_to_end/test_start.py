"""The server's beginning and end, and what a program in a pane finds around it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.end_to_end.world import COMMAND, World
from tests.waiting import DEADLINE_SECONDS, has_ended, wait_for_end_of, wait_until

RACERS = 30
SECRET = "correct-horse-battery-staple"  # noqa: S105  # what the log must not hold


def one_after_another(aimux: World, seconds: float, times: int) -> int:
    """Kill the server and start one, again and again; how often within the time."""
    end = time.monotonic() + seconds
    done = 0
    while done < times and time.monotonic() < end:
        aimux.do("new", "-d", "-s", "work", "sleep 1000")
        aimux.do("kill-server")
        done += 1
    return done


def test_of_30_processes_at_once_one_starts_the_server(aimux: World) -> None:
    racers = [
        subprocess.Popen(
            (
                *COMMAND,
                "start-server",
                ";",
                "new",
                "-d",
                "sleep 1000",
                ";",
                "display",
                "-p",
                "#{pid}",
            ),
            env=aimux.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(RACERS)
    ]
    told = [racer.communicate(timeout=60)[0] for racer in racers]
    assert set(told) == {f"{aimux.server()}\n"}
    assert len(aimux.do("list-sessions").splitlines()) == RACERS
    assert aimux.servers() == [aimux.server()]


def test_a_server_can_be_started_at_once_after_another_was_killed(aimux: World) -> None:
    assert one_after_another(aimux, seconds=10, times=6) > 0


@pytest.mark.slow
def test_a_server_can_be_started_100_times_after_another_was_killed(aimux: World) -> None:
    assert one_after_another(aimux, seconds=100, times=100) == 100


def test_a_script_can_capture_what_starts_the_server(aimux: World) -> None:
    line = f'echo "<$({aimux.command_line("new", "-d", "-P", "-s", "work")})>"'
    done = subprocess.run(
        ("sh", "-c", line),
        env=aimux.environment,
        capture_output=True,
        text=True,
        timeout=DEADLINE_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "<work:>\n", "")


def test_the_server_is_a_daemon(aimux: World) -> None:
    aimux.do("new", "-d")
    server = aimux.server()
    proc = Path(f"/proc/{server}")
    assert {os.readlink(proc / "fd" / str(number)) for number in range(3)} == {os.devnull}  # noqa: PTH115
    assert str((proc / "cwd").readlink()) == "/"
    assert os.getsid(server) not in (os.getsid(0), server)
    assert aimux.servers() == [server]


def test_a_socket_that_nobody_serves_is_replaced(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "first")
    server = aimux.server()
    os.kill(server, signal.SIGKILL)
    wait_for_end_of(server)
    assert aimux.socket.is_socket()
    done = aimux.run("ls")
    assert (done.returncode, done.stderr) == (1, f"no server running on {aimux.socket}\n")
    aimux.do("new", "-d", "-s", "second")
    assert aimux.do("ls", "-F", "#{session_name}") == "second\n"


def test_without_a_server_a_command_says_so(aimux: World) -> None:
    done = aimux.run("ls")
    words = f"error connecting to {aimux.socket} (No such file or directory)\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", words)


def test_an_open_socket_directory_is_refused(aimux: World) -> None:
    aimux.socket.parent.mkdir(mode=0o755)
    refused(aimux, f"directory {aimux.socket.parent} has unsafe permissions\n")


def test_a_link_for_a_socket_directory_is_refused(aimux: World) -> None:
    (aimux.directory / "elsewhere").mkdir(mode=0o700)
    aimux.socket.parent.symlink_to(aimux.directory / "elsewhere")
    refused(aimux, f"{aimux.socket.parent} is not a directory\n")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_a_socket_directory_of_somebody_else_is_refused(aimux: World) -> None:
    aimux.socket.parent.mkdir(mode=0o700)
    os.chown(aimux.socket.parent, 65534, 65534)
    refused(aimux, f"directory {aimux.socket.parent} has unsafe permissions\n")


def refused(aimux: World, words: str) -> None:
    done = aimux.run("new", "-d")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", words)
    assert list(aimux.processes()) == []


def test_the_socket_is_closed_to_others(aimux: World) -> None:
    aimux.do("new", "-d")
    assert stat.S_IMODE(aimux.socket.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(aimux.socket.stat().st_mode) & 0o077 == 0


def test_the_server_ends_with_its_last_session(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "one", "sleep 1000")
    aimux.do("new", "-d", "-s", "two", "sleep 1000")
    server = aimux.server()
    aimux.do("kill-session", "-t", "one")
    assert not has_ended(server)
    aimux.do("kill-session", "-t", "two")
    wait_for_end_of(server)
    assert not aimux.socket.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_and_its_programs(aimux: World, number: int) -> None:
    aimux.do("new", "-d", "sleep 1000")
    server, program = aimux.server(), int(aimux.ask("#{pane_pid}"))
    os.kill(server, number)
    for pid in (server, program):
        wait_for_end_of(pid)
    assert not aimux.socket.exists()


def test_a_hangup_does_not_end_the_server(aimux: World) -> None:
    aimux.do("new", "-d", "sleep 1000")
    os.kill(aimux.server(), signal.SIGHUP)
    assert aimux.do("has-session") == ""


def test_the_log_is_private_and_holds_nothing_typed_or_printed(aimux: World) -> None:
    aimux.do("-vv", "new", "-d", "-s", "work", "-x", "80", "-y", "24")
    terminal = aimux.attached()
    terminal.type(f"echo {SECRET} | rev\r".encode())
    terminal.wait_for(f"{SECRET[::-1]}")
    aimux.do("send-keys", "-t", "work", f"echo {SECRET}", "Enter")
    aimux.do("set-buffer", SECRET)
    aimux.do("paste-buffer", "-t", "work")
    aimux.wait_for(f"{SECRET}\n", "work")
    server = aimux.server()
    aimux.do("kill-server")
    wait_for_end_of(server)
    (log,) = (aimux.directory / "state" / "aimux").glob("*.log")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    written = log.read_text()
    assert "serving on" in written
    assert SECRET not in written
    assert SECRET[::-1] not in written


# ---- what a program in a pane finds ----


def test_a_program_gets_no_descriptors_of_the_server(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "first", "sleep 1000")  # so that the server holds a terminal
    aimux.do("new", "-d", "-s", "work", "sleep 1000")
    program = int(aimux.ask("#{pane_pid}", "work"))
    aimux.do("set", "-g", "remain-on-exit", "on")
    aimux.do("new-window", "-t", "work", "ls -l /proc/self/fd; echo end")
    lines = [line for line in aimux.wait_for("end", "work").splitlines() if " -> " in line]
    assert [line.split()[-3] for line in lines] == ["0", "1", "2", "3"]  # 3: what ls reads
    assert len({line.split()[-1] for line in lines[:3]}) == 1
    assert sorted(os.listdir(f"/proc/{program}/fd")) == ["0", "1", "2"]  # noqa: PTH208


def test_a_programs_environment_is_that_of_a_pane(aimux: World) -> None:
    settings = {"TMUX": "/tmp/tmux,1,0", "TMUX_PANE": "%7", "COLORTERM": "no", "MINE": "kept"}
    aimux.do("new", "-d", "-s", "work", "sleep 1000", **settings)
    program = int(aimux.ask("#{pane_pid}"))
    pairs = Path(f"/proc/{program}/environ").read_bytes().decode().rstrip("\0").split("\0")
    found = dict(pair.split("=", 1) for pair in pairs)
    session = aimux.ask("#{session_id}").removeprefix("$")
    assert found["AIMUX"] == f"{aimux.socket},{aimux.server()},{session}"
    assert found["AIMUX_PANE"] == aimux.ask("#{pane_id}")
    assert found["TERM"] == aimux.do("show", "-gv", "default-terminal").strip()
    assert found["COLORTERM"] == "truecolor"
    assert found["MINE"] == "kept"
    assert not {"TMUX", "TMUX_PANE"} & found.keys()


def test_a_pane_begins_where_the_command_was_given(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "200", "-y", "24")
    assert aimux.ask("#{pane_current_path}") == str(aimux.directory)
    (aimux.directory / "below").mkdir()
    aimux.do("send-keys", "-t", "work", "cd below && echo the''re", "Enter")
    aimux.wait_for("there", "work")
    aimux.do("split-window", "-c", "#{pane_current_path}", "-t", "work")
    wait_until(lambda: aimux.ask("#{pane_current_path}").endswith("/below"))


def test_without_words_a_client_runs_what_the_server_was_told(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    aimux.do("set", "-s", "default-client-command", "display-message -p said ; list-sessions")
    assert aimux.do().startswith("said\nwork: 1 windows")


def test_a_socket_that_was_deleted_is_made_anew_on_sigusr1(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "sleep 1000")
    path, server = Path(aimux.ask("#{socket_path}")), aimux.server()
    path.unlink()
    os.kill(server, signal.SIGUSR1)
    wait_until(path.is_socket)
    assert aimux.do("ls", "-F", "#{session_name} #{pid}") == f"work {server}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    aimux.run("kill-server")
    wait_until(lambda: not path.exists())
