"""Panes whose program has ended: `remain-on-exit key`, as tmux has it since 3.7."""

from __future__ import annotations

from tests.end_to_end.world import World
from tests.waiting import wait_until


def dead(aimux: World) -> bool:
    return aimux.ask("#{pane_dead}", "work") == "1"


def test_a_key_closes_a_dead_pane(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("set-option", "-g", "remain-on-exit", "key")
    assert aimux.do("show-options", "-gv", "remain-on-exit") == "key\n"
    aimux.do("split-window", "-t", "work", "true")
    wait_until(lambda: dead(aimux))
    aimux.do("bind-key", "-n", "F5", "set-option -g @bound yes")
    terminal.type(b"\x1b[15~")
    wait_until(lambda: aimux.do("show-options", "-gqv", "@bound") == "yes\n")
    assert dead(aimux)  # what is bound does what it is bound to
    terminal.type(b"x")
    wait_until(lambda: aimux.ask("#{window_panes}", "work") == "1")
    assert not dead(aimux)


def test_keys_after_the_one_that_closed_the_last_pane_reach_nobody(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("set-option", "-g", "remain-on-exit", "key")
    aimux.do("new-session", "-d", "-s", "other", "cat")
    aimux.do("bind-key", "-n", "q", "set-option -g @bound yes")
    aimux.do("respawn-pane", "-k", "-t", "work", "true")
    wait_until(lambda: dead(aimux))
    terminal.type(b"xqx")
    wait_until(lambda: aimux.do("list-sessions", "-F", "#{session_name}") == "other\n")
    assert aimux.do("show-options", "-gqv", "@bound") == ""


def test_passthrough_may_be_allowed_to_all(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    for value in ("all", "on", "off"):
        aimux.do("set-option", "-p", "-t", "work", "allow-passthrough", value)
        shown = aimux.do("show-options", "-pv", "-t", "work", "allow-passthrough")
        assert shown == f"{value}\n"
    refused = aimux.run("set-option", "-p", "-t", "work", "allow-passthrough", "key")
    assert (refused.returncode, refused.stderr) == (1, "bad value: key\n")


def test_a_split_may_leave_its_pane_until_a_key_and_say_why(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    aimux.do("split-window", "-t", "work", "-m", "gone for good", "true")
    wait_until(lambda: dead(aimux))
    aimux.wait_for("gone for good", "work")
    aimux.do("split-window", "-t", "work", "-k", "-s", "bg=red", "cat")
    shown = aimux.do("show-options", "-p", "-t", "work").splitlines()
    expected = {"remain-on-exit key", "window-style bg=red", "window-active-style bg=red"}
    assert set(shown) == expected


def test_a_split_without_program_takes_none(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    aimux.do("split-window", "-t", "work", "-E")
    assert aimux.ask("#{window_panes} #{pane_pid}", "work") in ("2 0", "2 ")
    refused = aimux.run("split-window", "-t", "work", "-E", "cat")
    assert refused.stderr == "command cannot be given for empty pane\n"
    refused = aimux.run("split-window", "-t", "work", "-s", "nonsense", "cat")
    assert (refused.returncode, aimux.ask("#{window_panes}", "work")) == (1, "2")
