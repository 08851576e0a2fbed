"""The `tmux` that is aimux: nothing that tmux lists, prints or refuses looks otherwise."""

# ruff: noqa: E501  # a line of a script is a command line

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.compat.conftest import fresh
from tests.compat.programs import SHIM, Program

SCRIPTS = {
    "without a server": r"""
        -V
        -V list-sessions
        -2uV
        -h
        --help
        --version
        -L
        -c true list-sessions
        list-sessions
        kill-server
        shim x
        import-tmux
        -L other list-sessions
    """,
    "lists": r"""
        new-session -d -s work -x 80 -y 24 cat
        list-commands
        list-commands toggle-sidebar
        list-commands -F '#{command_list_name}'
        list-keys
        list-keys -N
        list-keys -aN
        list-keys -T prefix b
        show-options
        show-options -s
        show-options -g
        show-options -gw
        show-options -A
        show-options -Ap
        show-options -gH
        show-hooks -g
        display-message -p '#{version}'
        display-message -p '#{socket_path}'
    """,
    "the environment of panes": r"""
        new-session -d -s work -x 80 -y 24 'echo $TMUX_PANE ${TMUX##*,} $TERM_PROGRAM $TERM_PROGRAM_VERSION $TERM; exec cat'
        until 3.3a: capture-pane -p
        capture-pane -p
        split-window -t work 'echo $TMUX_PANE; tmux display-message -p "#{pane_id} #{session_name}"; exec cat'
        until work: capture-pane -p -t %1
        capture-pane -p -t %1
        run-shell 'tmux display-message -p "#{session_name}" > out'
        run-shell 'echo "[${TMUX%%,*}]"'
        capture-pane -p
        send-keys -X cancel
        run-shell -t nothing: 'echo "[${TMUX%%,*}]"'
        run-shell 'tmux rename-window mine'
        list-windows -F '#{window_name}'
    """,
    "a configuration that calls tmux": r"""
        file called.conf: set -g @before "yes"\nrun-shell "tmux set -g @said called"\nrun-shell -b "tmux set -g @late called"\nif-shell "tmux show -g @said" "set -g @then yes" "set -g @then no"\n
        -f called.conf new-session -d -s work -x 80 -y 24 cat
        until @late: show-options -g
        show-options -gv @before
        show-options -gv @said
        show-options -gv @then
    """,
    "a configuration that makes sessions": r"""
        file made.conf: new-session -d -s zero cat\nnew-session -s foo -n foo0 cat\nnew-window -n foo1 cat\nnew-session -s bar -n bar0 cat ; new-window -n bar1 cat\nnew-window -n bar2 cat\n
        -f made.conf new-session -d -s work -x 80 -y 24 cat
        list-windows -a -F '#{session_name} #{window_name}'
    """,
    "a configuration that is wrong": r"""
        file wrong.conf: if-shell true "wibble wobble"\nset -g @kept yes\n
        -f wrong.conf new-session -d -s work -x 80 -y 24 cat
        until 1: display-message -p '#{pane_in_mode}'
        display-message -p '#{pane_mode}'
        new-window cat
        display-message -p '#{pane_in_mode}'
        show-options -gv @kept
    """,
    "a configuration that asks for the terminal": r"""
        file term.conf: set -s default-terminal screen\nif-shell '[ "$TERM" = xterm-256color ]' "set -g @starter yes" "set -g @starter no"\n
        -f term.conf new-session -d -s work -x 80 -y 24 cat
        show-options -gv @starter
        if-shell '[ "$TERM" = screen ]' "display-message -p own" "display-message -p other"
    """,
    "colours that a program gives its screen": r"""
        new-session -d -s work -x 80 -y 24 'printf "\033]11;grey0\007\033]10;16,78,139\007"; exec cat'
        until #104e8b: display-message -p '#{pane_fg} #{pane_bg}'
        display-message -p '#{pane_fg} #{pane_bg}'
        set-option -p window-style bg=red
        display-message -p '#{pane_fg} #{pane_bg}'
    """,
    "of two panes, and of windows that are started again": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window -d cat
        last-pane
        display-message -p '#{pane_index}'
        new-window cat
        last-pane
        respawn-window -k -t work:0 cat
        display-message -p '#{window_index} #{window_panes}'
    """,
    "a program that does not exist": r"""
        new-session -d -s work -x 80 -y 24 cat
        set-option -g remain-on-exit on
        new-window -d -n gone nowhere word
        until 1: display-message -p -t gone '#{pane_dead}'
        display-message -p -t gone '#{pane_dead_status} #{pane_start_command} #{window_panes}'
        respawn-window -t gone /nowhere/at/all word
        until dead 1: display-message -p -t gone 'dead #{pane_dead_status}'
        set-option -g remain-on-exit off
        split-window -P -F '#{pane_id}' nowhere word word
        until 1: display-message -p -t work:0 '#{window_panes}'
        new-session -d -s short nowhere word
        until |x|: display-message -p '|#{S:x}|'
        list-windows -a -F '#{session_name} #{window_index}'
    """,
    "a configuration whose session ends at once": r"""
        file ends.conf: new-session -d -s gone true\nset -g @kept yes\n
        -f ends.conf new-session -d -s work -x 80 -y 24 cat
        until work: list-sessions -F '#{session_name}'
        show-options -gv @kept
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_it_answers_as_tmux(same_by_name: Callable[[str], None], script: str) -> None:
    same_by_name(script)


@pytest.fixture
def shim() -> Iterator[Program]:
    with fresh(SHIM) as program:
        yield program


def test_it_is_found_by_its_path_and_through_a_link(shim: Program) -> None:
    shim("new-session", "-d", "-s", "work", "cat")
    link = shim.directory / "link"
    link.symlink_to(shim.directory / "bin" / "tmux")
    done = subprocess.run(
        [link, "-2u", "-S", shim.socket, "list-sessions", "-F", "#{session_name}"],
        cwd="/", env=shim.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "work\n")


def test_the_version_is_an_option_that_clients_can_set(shim: Program) -> None:
    shim("new-session", "-d", "-s", "work", "cat")
    assert shim("set-option", "-s", "tmux-version", "3.7c") == (0, "", "")
    assert shim("-V")[1] == "tmux 3.7c\n"
    assert shim("display-message", "-p", "#{version}")[1] == "3.7c\n"
    assert shim("set-option", "-s", "tmux-version", "new")[2] == "value is invalid: new\n"
    assert shim("-L", "other", "-V")[1] == "tmux 3.3a\n"


def test_a_pane_may_be_kept_from_finding_tmux(shim: Program) -> None:
    """Some agents draw less well where they find TMUX."""
    shim("new-session", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    assert shim("show-options", "-v", "tmux-env")[1] == "on\n"
    shim("set-option", "-p", "-t", "%0", "tmux-env", "off")
    shim("respawn-pane", "-k", "-t", "%0", 'echo "<$TMUX>" ready; exec cat')
    assert shim.until("<> ready", ["capture-pane", "-p"])[1] == "<> ready"


@pytest.mark.parametrize("run", ["aimux"], indirect=True)
def test_a_session_of_aimux_hides_tmux_unless_it_is_asked(run: Program) -> None:
    show = 'echo "<$TMUX_PANE>" ready; exec cat'
    run("new-session", "-d", "-s", "work", "-x", "80", "-y", "24", show)
    assert run.until("<> ready", ["capture-pane", "-p"])[1] == "<> ready"
    run("set-option", "-g", "tmux-env", "on")
    run("respawn-pane", "-k", "-t", "%0", show)
    assert run.until("<%0> ready", ["capture-pane", "-p"])[1] == "<%0> ready"


TEAM = """#!/bin/sh
echo "<$TMUX_PANE>" "$@" $CLAUDE_CODE_TMUX_TRUECOLOR
test -n "$TMUX" || exec cat
pane=$(tmux split-window -d -P -F '#{pane_id}' -- cat)
tmux select-pane -t "$pane" -T researcher
tmux -V
tmux display-message -p -t "$TMUX_PANE" '#{pane_id} of #{window_panes}'
exec cat
"""


@pytest.fixture
def agents(run: Program) -> str:
    """A directory for PATH with a program of an agent's name."""
    program = run.directory / "agents" / "claude"
    program.parent.mkdir()
    program.write_text(TEAM)
    program.chmod(0o755)
    return str(program.parent)


@pytest.mark.parametrize("run", ["aimux"], indirect=True)
def test_where_all_panes_find_tmux_those_of_agents_do_not(run: Program, agents: str) -> None:
    run("new-session", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    run("set-option", "-g", "tmux-env", "on")
    run("respawn-pane", "-k", "-t", "%0", f"cd / && exec {agents}/claude a-team")
    assert run.until("<> a-team", ["capture-pane", "-p"])[1] == "<> a-team"
    run("set-option", "-t", "work", "tmux-env", "on")
    run("respawn-pane", "-k", "-t", "%0", f"{agents}/claude", "for-one")
    assert run.until("<%0> for-one", ["capture-pane", "-p"])[1] == "<%0> for-one"


@pytest.mark.parametrize("run", ["aimux"], indirect=True)
def test_agent_teams_starts_claude_where_it_finds_tmux(run: Program, agents: str) -> None:
    aimux = shlex.join(run.command())
    run("new-session", "-d", "-s", "work", "-x", "80", "-y", "24", "cat")
    line = f'PATH="{agents}:$PATH" exec {aimux} agent teams --model "a b"'
    run("respawn-pane", "-k", "-t", "%0", line)
    show = ["capture-pane", "-p", "-t", "%0"]
    assert run.until("%0 of 2", show)[1] == "%0 of 2"
    assert run(*show)[1].split("\n")[:3] == ["<%0> --model a b 1", "tmux 3.3a", "%0 of 2"]
    assert run("display-message", "-p", "-t", "%1", "#{pane_title}")[1] == "researcher\n"
    refused = run("agent", "teams")
    assert refused == (1, "", "agent teams: not in a pane of aimux\n")
    assert run("agent", "dance")[0] == 1


def test_a_command_costs_little_more_than_python(shim: Program) -> None:
    """It imports nothing that starting Python has not imported, but for the socket and JSON."""
    shim("new-session", "-d", "-s", "work", "cat")
    program = shim.directory / "bin" / "tmux"
    text = program.read_text().replace(
        "import sys\n", "import atexit, os, sys\natexit.register(lambda: print(*sys.modules))\n", 1
    )
    program.write_text(text)
    modules = set(shim("list-sessions")[1].split())
    assert "aimux.link.one_shot" in modules
    assert not modules & {"site", "typing", "socket", "dataclasses", "pathlib", "argparse"}
    assert os.access(program, os.X_OK)


def test_a_later_tmux_lists_what_it_has(shim: Program) -> None:
    shim("new-session", "-d", "-s", "work", "cat")
    assert "menu-style" not in shim("show-options", "-gw")[1]
    assert shim("list-commands", "new-pane")[1] == ""
    shim("set-option", "-s", "tmux-version", "3.7c")
    assert "\nmenu-style default\n" in shim("show-options", "-gw")[1]
    assert shim("list-commands", "new-pane")[1].startswith("new-pane (newp) ")
    assert "sidebar" not in shim("show-options", "-g")[1]


def test_what_a_later_tmux_has_is_read_and_done(shim: Program) -> None:
    shim("new-session", "-d", "-s", "work", "cat")
    shim("new-session", "-d", "-s", "mate", "-t", "work")
    assert shim("clear-history", "-H") == (0, "", "")
    assert shim("list-windows", "-O", "name", "-F", "#{window_name}") == (0, "cat\n", "")
    assert shim("new-pane", "-P", "-F", "#{pane_floating_flag}", "cat") == (0, "1\n", "")
    assert shim("kill-pane") == (0, "", "")
    assert shim("set-option", "-g", "menu-style", "fg=red") == (0, "", "")
    assert shim("show-options", "-gv", "menu-style")[1] == "fg=red\n"
    assert shim("display-message", "-pl", "#{pane_id}")[1] == "#{pane_id}\n"
    assert shim("list-clients", "-f", "1") == (0, "", "")
    assert shim("run-shell", "-c", "/usr", "pwd > $HOME/where") == (0, "", "")
    assert (shim.directory / "where").read_text() == "/usr\n"
    assert shim("kill-session", "-g", "-t", "mate")[0] == 0
    assert shim("list-sessions")[0] == 1


def test_what_a_shell_command_prints_goes_to_who_asked_a_later_tmux(shim: Program) -> None:
    shim("new-session", "-d", "-s", "work", "cat")
    assert shim("run-shell", "echo shown") == (0, "", "")
    assert shim("display-message", "-p", "#{pane_mode}")[1] == "view-mode\n"
    shim("send-keys", "q")
    shim("set-option", "-s", "tmux-version", "3.7c")
    assert shim("run-shell", "echo said; exit 3") == (
        3,
        "said\n'echo said; exit 3' returned 3\n",
        "",
    )
    assert shim("display-message", "-p", "#{pane_mode}")[1] == "\n"
    shim("run-shell", "-t", "work:", "echo shown")
    assert shim("display-message", "-p", "#{pane_mode}")[1] == "view-mode\n"


def test_a_page_down_leaves_a_copy_mode_that_ends_at_the_bottom(shim: Program) -> None:
    shim("new-session", "-d", "-s", "work", "-x", "80", "-y", "10", "seq 60; exec cat")
    shim.until("60", ["capture-pane", "-p"])
    mode = ("display-message", "-p", "#{pane_in_mode} #{scroll_position}")
    shim("copy-mode", "-eu")
    shim("copy-mode", "-eu")
    assert shim(*mode)[1] == "1 16\n"
    assert shim("copy-mode", "-d") == (0, "", "")
    assert shim(*mode)[1] == "1 8\n"
    shim("copy-mode", "-d")
    assert shim(*mode)[1] == "0 \n"


def test_flags_that_change_nothing_here_are_taken(shim: Program) -> None:
    shim("new-session", "-d", "-s", "work", "-x", "80", "-y", "10", "echo words; exec cat")
    shim.until("words", ["capture-pane", "-p"])
    assert shim("capture-pane", "-pT") == shim("capture-pane", "-p")
    assert shim("capture-pane", "-pTN") == shim("capture-pane", "-pN")
    shim("set-buffer", "pasted\n")
    assert shim("paste-buffer", "-S") == (0, "", "")
    assert shim.until("pasted", ["capture-pane", "-p"])[1] == "pasted"
