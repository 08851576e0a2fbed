"""Hooks of clients: only a terminal can show them."""

from __future__ import annotations

import pytest

from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until

LOG = "set-option -gaF @log '[#{hook} #{session_name}]'"
HOOKS = (
    *("client-attached", "client-detached", "client-session-changed", "client-resized"),
    *("client-focus-in", "client-focus-out", "client-active", "pane-focus-in", "pane-focus-out"),
)


@pytest.fixture
def logged(aimux: World) -> World:
    """A session `work`, and a log in the option @log of what clients do."""
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    aimux.do("set", "-s", "focus-events", "on")
    for hook in HOOKS:
        aimux.do("set-hook", "-g", hook, LOG)
    return aimux


def happened(aimux: World, *wanted: str) -> None:
    """Wait until all of it is in the log, and empty that."""
    log = ""

    def complete() -> bool:
        nonlocal log
        log = aimux.do("show", "-gqv", "@log")
        return all(f"[{one}]" in log for one in wanted)

    wait_until(complete, state=lambda: log)
    aimux.do("set", "-g", "@log", "")


def test_a_client_comes_changes_and_goes(logged: World) -> None:
    terminal = logged.attached()
    come = ("client-session-changed work", "client-attached work", "client-resized work")
    happened(logged, *come, "pane-focus-in work")
    terminal.resize(columns=90, rows=30)
    happened(logged, "client-resized work")
    logged.do("new", "-d", "-s", "other", "cat")
    terminal.type(PREFIX + b":switch-client -t other\r")
    happened(logged, "client-session-changed other", "pane-focus-out work", "pane-focus-in other")
    terminal.type(PREFIX + b"d")
    happened(logged, "client-detached other", "pane-focus-out other")


def test_the_focus_of_a_terminal_is_told(logged: World) -> None:
    terminal = logged.attached()
    happened(logged, "pane-focus-in work")
    terminal.type(b"\x1b[O")
    happened(logged, "client-focus-out work", "pane-focus-out work")
    terminal.type(b"\x1b[I")
    happened(logged, "client-focus-in work", "pane-focus-in work")


def test_another_client_of_a_window_becomes_the_active_one_with_a_key(logged: World) -> None:
    first = logged.attached()
    logged.attached()
    happened(logged, "client-attached work")
    first.type(b"x")
    happened(logged, "client-active work")


def test_a_hook_may_ask_for_what_is_shown(logged: World) -> None:
    logged.do("set-hook", "-g", "client-attached", "display-message -d 0 'come in'")
    terminal = logged.terminal("attach", "-t", "work")
    terminal.wait_for("come in")


def test_errors_of_hooks_are_shown_to_the_first_who_comes(logged: World) -> None:
    logged.do("set-hook", "-g", "session-renamed", "kill-session -t nothing")
    logged.do("rename-session", "-t", "work", "play")
    terminal = logged.terminal("attach", "-t", "play")
    terminal.wait_for("can't find session: nothing")


def test_a_bell_in_another_window_is_told_as_visual_bell_says(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("set", "-g", "visual-bell", "on")
    aimux.do("new-window", "-d", "-t", "work:", "printf '\\a'; cat")
    terminal.wait_for("Bell in window 1")


def test_a_client_that_may_only_look_is_told_so(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    terminal = aimux.terminal("attach", "-r", "-t", "work")
    aimux.wait_until_live(terminal)
    terminal.type(PREFIX + b"%")
    terminal.wait_for("Client is read-only")
    assert aimux.ask("#{window_panes}", "work") == "1"
    terminal.type(PREFIX + b"d")
    assert terminal.wait_for_end() == 0


def test_the_hook_of_the_last_sessions_end_still_runs(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "cat")
    ended = aimux.directory / "ended"
    tell = f"run-shell 'sleep 0.1; echo #{{hook_session_name}} > {ended}'"
    aimux.do("set-hook", "-g", "session-closed", tell)
    aimux.do("send-keys", "-t", "work", "C-d")
    wait_until(lambda: ended.exists() and ended.read_text() == "work\n")


def test_a_last_hook_that_does_not_end_keeps_no_server(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "cat")
    aimux.do("set-hook", "-g", "session-closed", "run-shell 'sleep 1000'")
    aimux.do("send-keys", "-t", "work", "C-d")
    wait_until(lambda: not aimux.servers())


def test_a_server_that_is_killed_waits_for_no_hook(aimux: World) -> None:
    aimux.attached()
    aimux.do("set-hook", "-g", "client-detached", "run-shell 'echo started; sleep 1000'")
    aimux.do("kill-server")
    wait_until(lambda: not aimux.servers())
