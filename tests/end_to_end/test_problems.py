"""From what a tool said to its place: keys jump to problems, Enter opens the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.world import PREFIX, World
from tests.programs import needs
from tests.terminal import Terminal
from tests.waiting import wait_until

MESSAGES = r"first.c:3:5: error: alpha\nsecond.c:7:1: error: beta\n"


@pytest.fixture
def terminal(aimux: World, tmp_path: Path) -> Terminal:
    """A terminal with a bash in which a compiler complained, and an editor that shows its words."""
    needs("bash")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "<%s>" "$@"; exec cat\n')
    editor.chmod(0o755)
    compiler = tmp_path / "gcc"
    compiler.write_text(f"#!/bin/sh\nprintf '{MESSAGES}'; seq 60; exit 1\n")
    compiler.chmod(0o755)
    aimux.environment |= {"SHELL": "/bin/bash", "EDITOR": str(editor)}
    terminal = aimux.attached()
    aimux.do("until", "-t", "work", "--text", r"[$#]$", "--timeout", "30")
    aimux.run("exec", "-t", "work", "--", "./gcc x.c")
    return terminal


def test_keys_go_round_the_problems_in_copy_mode(aimux: World, terminal: Terminal) -> None:
    for key, expected in ((b"e", "first"), (b"e", "second"), (b"e", "first"), (b"\x1be", "second")):
        terminal.type(PREFIX + key)
        wait_until(lambda wanted=expected: wanted in aimux.ask("#{copy_cursor_line}", "work"))
    assert aimux.ask("#{pane_mode}", "work") == "copy-mode"


def test_enter_opens_the_file_with_words_that_no_shell_sees(
    aimux: World, terminal: Terminal, tmp_path: Path
) -> None:
    terminal.type(PREFIX + b"\x1be")
    wait_until(lambda: "second" in aimux.ask("#{copy_cursor_line}", "work"))
    terminal.type(b"\r")
    wait_until(lambda: len(aimux.do("list-windows").splitlines()) == 2)
    aimux.wait_for("<+7>", "work")
    assert f"<+7><{tmp_path}/second.c>" in aimux.seen("work", "-J")


def test_enter_elsewhere_in_copy_mode_is_tmuxs(aimux: World, terminal: Terminal) -> None:
    terminal.type(PREFIX + b"[")
    wait_until(lambda: aimux.ask("#{pane_mode}", "work") == "copy-mode")
    refused = aimux.run("open-problem", "-t", "work")
    assert (refused.returncode, refused.stderr) == (1, "the cursor is on no problem\n")


def test_a_problem_is_found_after_the_lines_were_wrapped_anew(
    aimux: World, terminal: Terminal
) -> None:
    aimux.do("resize-window", "-t", "work", "-x", "12")
    aimux.do("next-problem", "-t", "work")
    assert "first.c:3:5:" in aimux.ask("#{copy_cursor_line}", "work")


def test_without_problems_it_says_so(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    refused = aimux.run("next-problem", "-t", "work")
    assert (refused.returncode, refused.stderr) == (1, "no problems\n")


# ---- typing what is suggested or chosen ----


def test_a_suggestion_is_typed_without_enter(aimux: World, terminal: Terminal) -> None:
    aimux.run("exec", "-t", "work", "--", "sl -d /")
    assert aimux.do("suggest", "-t", "work").startswith("ls -d /  # ")
    terminal.type(PREFIX + b"u")
    wait_until(lambda: aimux.seen("work").rstrip().endswith("ls -d /"))
    terminal.type(b"etc\r")
    wait_until(lambda: aimux.ask("#{last_command}", "work") == "ls -d /etc")


def test_a_command_of_the_history_is_typed_without_enter(aimux: World, terminal: Terminal) -> None:
    aimux.run("exec", "-t", "work", "--", "echo '#[bold]one'")
    aimux.run("exec", "-t", "work", "--", "echo two")
    terminal.type(PREFIX + b"y")
    wait_until(lambda: aimux.ask("#{pane_mode}", "work") == "history-mode")
    terminal.wait_for("echo '#[bold]one'")
    terminal.type(b"j\r")
    wait_until(lambda: aimux.seen("work").rstrip().endswith("echo '#[bold]one'"))
    assert aimux.ask("#{last_command}", "work") == "echo two"
