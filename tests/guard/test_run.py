"""The guard on a real terminal, with a client that is killed in many ways."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from aimux.errors import LinkError
from aimux.guard.run import run_shell
from aimux.guard.terminal import ENTER, PUSH_TITLE, UNDO, UNDO_AFTER_GOOD_END
from tests.stand_in.harness import COMMAND, Aimux, Terminal, has_ended, wait_for_end_of

CLIENT = re.compile(rb"client (\d+) has secret")


@pytest.fixture
def attached(aimux: Aimux) -> Terminal:
    terminal = aimux.terminal("new")
    terminal.wait_for(b"has secret")
    return terminal


def client_of(terminal: Terminal) -> int:
    found = CLIENT.search(terminal.output)
    assert found
    return int(found[1])


def test_the_servers_picture_comes_before_the_client(attached: Terminal) -> None:
    assert attached.output.startswith(f"{ENTER}\x1b[1;1Hpainted by the server".encode())


def test_the_client_finds_the_terminal_raw(aimux: Aimux) -> None:
    aimux.terminal("new", STAND_IN_CLIENT="raw").wait_for(b"it is raw")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_killed_client_leaves_the_terminal_as_it_was(aimux: Aimux, number: int) -> None:
    terminal = aimux.terminal("new")
    before = terminal.mode()
    terminal.wait_for(b"has secret")
    assert terminal.mode() != before
    os.kill(client_of(terminal), number)
    status, output = terminal.wait_for_end()
    assert (status, terminal.mode()) == (1, before)
    assert output.endswith(UNDO.encode() + f"[client killed by signal {number}]\r\n".encode())


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGTERM, "[terminated]"),
        (signal.SIGHUP, "[lost tty]"),
        (signal.SIGINT, "[interrupted]"),
        (signal.SIGQUIT, "[quit]"),
    ],
)
def test_a_signal_to_the_guard_ends_both_and_restores(
    attached: Terminal, number: int, words: str
) -> None:
    client = client_of(attached)
    os.kill(attached.pid, number)
    status, output = attached.wait_for_end()
    assert status == 1
    assert output.endswith(UNDO.encode() + f"{words}\r\n".encode())
    assert has_ended(client)


def test_nothing_is_drawn_after_the_terminal_was_restored(aimux: Aimux) -> None:
    terminal = aimux.terminal("new", STAND_IN_CLIENT="noisy")
    terminal.wait_for(b"noise")
    os.kill(terminal.pid, signal.SIGTERM)
    _, output = terminal.wait_for_end()
    assert output.endswith(UNDO.encode() + b"[terminated]\r\n")


def test_detaching_prints_the_servers_words_after_the_screen_is_restored(aimux: Aimux) -> None:
    terminal = aimux.terminal("new", STAND_IN_CLIENT="link")
    before = terminal.mode()
    terminal.wait_for(b"has secret")
    assert aimux.run("detach").returncode == 0
    status, output = terminal.wait_for_end()
    assert (status, terminal.mode()) == (0, before)
    assert output.endswith(UNDO_AFTER_GOOD_END.encode() + b"[detached (from session 0)]\r\n")


def test_a_client_that_ignores_the_end_is_killed(aimux: Aimux, attached: Terminal) -> None:
    aimux.run("detach")
    status, output = attached.wait_for_end()
    assert (status, has_ended(client_of(attached))) == (0, True)
    assert output.endswith(UNDO.encode() + b"[detached (from session 0)]\r\n")


def test_a_server_that_dies_is_said_after_the_screen_is_restored(aimux: Aimux) -> None:
    terminal = aimux.terminal("new", STAND_IN_CLIENT="link")
    before = terminal.mode()
    terminal.wait_for(b"has secret")
    aimux.run("crash")
    status, output = terminal.wait_for_end()
    assert (status, terminal.mode()) == (1, before)
    assert output.endswith(b"[server exited unexpectedly]\r\n")


def test_a_traceback_of_the_client_is_shown_after_the_screen_is_restored(aimux: Aimux) -> None:
    terminal = aimux.terminal("new", STAND_IN_CLIENT="fail")
    status, output = terminal.wait_for_end()
    assert status == 1
    after = output.partition(UNDO.encode())[2]
    assert after.startswith(b"Traceback")
    assert after.endswith(b"RuntimeError: the client broke\r\n[client exited with status 1]\r\n")


def test_a_hangup_ends_both_and_the_server_stays(aimux: Aimux, attached: Terminal) -> None:
    client, guard = client_of(attached), attached.pid
    attached.hang_up()
    _, status = os.waitpid(guard, 0)
    attached.pid = -1
    wait_for_end_of(client)
    assert os.waitstatus_to_exitcode(status) == 1
    assert aimux.run("echo", "still here").stdout == "still here\n"


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_gives_it_back(aimux: Aimux) -> None:
    shell = aimux.terminal_of("bash", "--norc", "--noediting", PS1="ready> ")
    shell.wait_for(b"ready> ")
    shell.type(b"stty -a | grep -o '.icanon'; " + " ".join((*COMMAND, "new\n")).encode())
    shell.wait_for(b"has secret")
    shell.output = b""
    shell.type(b"z")
    output = shell.wait_for(b"Stopped")
    assert UNDO_AFTER_GOOD_END.encode() in output
    shell.type(b"stty -a | grep -o '.icanon'\n")
    shell.wait_for(b" icanon")
    shell.output = b""
    shell.type(b"fg\n")
    shell.wait_for(b"continued")
    shell.wait_for(PUSH_TITLE.encode())


def test_a_stopped_job_can_be_killed(aimux: Aimux) -> None:
    shell = aimux.terminal_of("bash", "--norc", "--noediting", PS1="ready> ")
    shell.wait_for(b"ready> ")
    shell.type(" ".join((*COMMAND, "new\n")).encode())
    shell.wait_for(b"has secret")
    client = client_of(shell)
    guard = int(Path(f"/proc/{client}/stat").read_text().rpartition(") ")[2].split()[1])
    shell.type(b"z")
    shell.wait_for(b"Stopped")
    shell.type(b"kill %1\n")
    wait_for_end_of(guard)
    assert has_ended(client)
    shell.wait_for(b"[terminated]")


def test_a_refused_attach_leaves_the_terminal_alone(aimux: Aimux) -> None:
    terminal = aimux.terminal("attach")
    status, output = terminal.wait_for_end()
    assert (status, output) == (0, b"")


def test_the_server_may_ask_to_hang_up_on_the_parent(aimux: Aimux) -> None:
    script = f"trap 'echo hung up; exit 7' HUP; {' '.join(COMMAND)} new; echo went on"
    shell = aimux.terminal_of("bash", "-c", script, STAND_IN_CLIENT="link")
    shell.wait_for(b"has secret")
    aimux.run("detach", "hangup_parent")
    status, output = shell.wait_for_end()
    assert status == 7
    assert output.endswith(b"[detached (from session 0)]\r\nhung up\r\n")


def test_the_server_may_ask_for_a_command_in_place_of_the_client(aimux: Aimux) -> None:
    terminal = aimux.terminal("new", STAND_IN_CLIENT="link")
    terminal.wait_for(b"has secret")
    aimux.run("detach", "exec", "echo instead in $SHELL; exit 5")
    status, output = terminal.wait_for_end()
    assert status == 5
    assert output.endswith(b"[detached (from session 0)]\r\ninstead in /bin/sh\r\n")


def test_a_shell_that_is_missing_is_said() -> None:
    with pytest.raises(LinkError, match=r"^/no/such/shell: No such file or directory$"):
        run_shell("/no/such/shell", "true")
