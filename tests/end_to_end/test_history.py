"""History and audit of a real server: what is kept, what is not, and that tampering is found."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.programs import needs
from tests.waiting import wait_until


@pytest.fixture
def shell(aimux: World) -> World:
    """A server with a bash that waits at its prompt."""
    needs("bash")
    aimux.do("new-session", "-d", "-s", "work", SHELL="/bin/bash")
    aimux.do("until", "-t", "work", "--text", r"[$#]$", "--timeout", "30")
    return aimux


def database(world: World) -> Path:
    return world.directory / "state" / "aimux" / "aimux.db"


def lines(world: World, *words: str) -> list[str]:
    return [entry["text"] for entry in json.loads(world.do("history", "--json", *words))]


def test_commands_are_kept_with_where_and_how(shell: World) -> None:
    (shell.directory / ".git").mkdir()
    (shell.directory / ".git" / "HEAD").write_text("ref: refs/heads/topic\n")
    shell.run("exec", "-t", "work", "--", "echo said; (exit 3)")
    (entry,) = json.loads(shell.do("history", "--failed", "--cwd", ".", "--json"))
    expected = {"text": "echo said; (exit 3)", "session": "work", "exit_status": 3}
    assert expected.items() <= entry.items()
    assert (entry["path"], entry["branch"]) == (str(shell.directory), "topic")
    assert shell.do("history", "show", str(entry["id"])) == "said\n"
    assert stat.S_IMODE(database(shell).stat().st_mode) == 0o600


def test_what_is_not_to_be_kept_is_not(shell: World) -> None:
    shell.run("exec", "-t", "work", "--", " echo behind a space")
    shell.run("exec", "-t", "work", "--", "TOKEN=abcdefgh true")
    shell.do("set-option", "-s", "command-history", "off")
    shell.run("exec", "-t", "work", "--", "echo off")
    assert lines(shell) == ["TOKEN=[redacted] true"]
    shell.do("kill-server")
    wait_until(lambda: not shell.servers())
    assert b"abcdefgh" not in database(shell).read_bytes()


def test_a_space_counts_where_the_shell_keeps_no_such_lines_itself(aimux: World) -> None:
    needs("bash")
    (aimux.directory / ".bash_profile").write_text("HISTCONTROL=ignoreboth\n")
    aimux.do("new-session", "-d", "-s", "work", SHELL="/bin/bash")
    aimux.do("until", "-t", "work", "--text", r"[$#]$", "--timeout", "30")
    aimux.run("exec", "-t", "work", "--", " echo private")
    aimux.run("exec", "-t", "work", "--", "echo public")
    assert lines(aimux) == ["echo public"]


def test_the_history_outlives_the_server_and_can_be_deleted(shell: World) -> None:
    for word in ("one", "two", "three"):
        shell.run("exec", "-t", "work", "--", f"echo {word}")
    shell.do("kill-server")
    wait_until(lambda: not shell.servers())
    shell.do("new-session", "-d", "-s", "work", "cat")
    assert lines(shell) == ["echo one", "echo two", "echo three"]
    assert lines(shell, "--grep", "ECHO tw") == ["echo two"]
    assert lines(shell, "--since", "1h", "-n", "1") == ["echo three"]
    assert shell.do("history", "delete", "--grep", "two") == "1 deleted\n"
    assert lines(shell) == ["echo one", "echo three"]
    refused = shell.run("history", "delete")
    assert refused.returncode == 1
    assert refused.stderr.startswith("which? ")


def test_a_disk_that_takes_nothing_stops_no_work(aimux: World) -> None:
    (aimux.directory / "state").write_text("no directory")
    aimux.do("new-session", "-d", "-s", "work", "cat")
    done = aimux.run("exec", "--", "echo works")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "works")
    refused = aimux.run("history")
    assert refused.returncode == 1
    assert "couldn't create directory" in refused.stderr


def test_requests_are_audited_with_who_asked(shell: World) -> None:
    shell.do("rename-window", "-t", "work", "mine")
    shell.do("list-windows")
    inside = shell.command_line("rename-window", "theirs")
    shell.run("exec", "-t", "work", "--", inside)
    shell.do("send-keys", "-t", "work", "-l", "my password")
    entries = json.loads(shell.do("audit", "list", "--json"))
    asked = {entry["request"]: entry["principal"] for entry in entries}
    assert asked["rename-window -t work mine"] == "outside"
    assert asked["rename-window theirs"] == "pane %0"
    assert not [request for request in asked if "list-windows" in request or "password" in request]


REPORT = r"printf '\033]7501;state=%s:app=claude-code\007'"


def test_an_agent_s_commands_and_states_are_known(aimux: World) -> None:
    asks = aimux.command_line("exec", "--", "echo asked by an agent")
    working, waiting = REPORT % "working", REPORT % "blocked"
    aimux.do("new-session", "-d", "-s", "work", f"{working}; read x; {asks}; {waiting}; exec cat")
    aimux.do("until", "-t", "work", "--state", "working", "--timeout", "30")
    aimux.do("send-keys", "-t", "work", "Enter")
    aimux.do("until", "-t", "work", "--state", "waiting", "--timeout", "30")
    assert lines(aimux, "--agent", "claude-code") == ["echo asked by an agent"]
    assert lines(aimux, "--agent", "codex") == []
    (entry,) = (one for one in json.loads(aimux.do("audit", "list", "--json")) if one["agent"])
    assert entry["principal"] == "pane %0"
    assert entry["agent"] == "claude-code"


def test_tampering_with_the_audit_is_found(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    aimux.do("rename-window", "mine")
    assert "unchanged" in aimux.do("audit", "verify")
    with sqlite3.connect(database(aimux)) as connection:
        connection.execute("UPDATE audit SET request = 'nothing' WHERE id = 1")
    found = aimux.run("audit", "verify")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("entry 1: ")


def test_hooks_and_formats_know_what_ran(shell: World) -> None:
    shell.do("set-hook", "-g", "command-finished", "set-option -g @ran '#{hook_pane}'")
    shell.do(
        "set-hook", "-g", "command-finished", "run-shell -C 'set-option -gF @ran \"#{last_exit}\"'"
    )
    shell.run("exec", "-t", "work", "--", "(exit 7)")
    wait_until(lambda: shell.ask("#{@ran}", "work") == "7")
    assert shell.ask("#{last_command}|#{last_exit}", "work") == "(exit 7)|7"
    assert shell.ask("#{last_result}", "work").startswith("fail")
