"""Every format variable that tmux knows at a place has the same value here, at many places."""

# ruff: noqa: E501  # a line of a script is a command line

from __future__ import annotations

import re

import pytest

from tests.compat.conftest import TMUX_RUNS, fresh
from tests.compat.programs import Program

# What no two runs have in common: processes, terminals and times.
VOLATILE = re.compile(
    r"^(?:(?:pane_|client_)?pid|\w*(?:tty|_created|_activity|_time|last_attached))$"
)
DIFFERENT = {
    # What tmux's grid takes: of a line that was written piece by piece, or before its pane got
    # another width, only tmux knows how many cells it has allocated.
    "history_all_bytes",
    "history_bytes",
    # tmux reads the line from the picture, with the position that is drawn over its end.
    "copy_cursor_line",
    "version",
}
TEXT = "".join(f"line {number} alpha beta-gamma/delta  x_{number} \tend\n" for number in range(60))
SCRIPTS = {
    "places": r"""
        new-session -d -s work -x 80 -y 24 -n first cat
        split-window -h cat
        new-window -n second cat
        link-window -s :0 -t :5
        new-session -d -s twin -t work
        new-session -d -s other -n theirs cat
        link-window -d -s work:1 -t other:4
        select-pane -m -t work:0.0
        select-pane -T mytitle -t work:0.0
        set-buffer 'some text'
        look -t work:0.0
        look -t work:5.0
        look -t twin:
        look -t other:4
        look
        resize-pane -Z -t work:5
        set-option -w -t work:5 synchronize-panes on
        look -t work:5
        select-pane -M
        select-pane -m -t other:4
        look -t work:1
        look -t other:4
    """,
    "a program that has ended": r"""
        new-session -d -s work -x 80 -y 24 -n first cat
        set-option -w remain-on-exit on
        respawn-pane -k 'exit 3'
        until Pane is dead: capture-pane -p
        look
        set-option -w remain-on-exit-format '#[fg=red]gone #{pane_dead_status}'
        respawn-pane -k 'kill -9 $$'
        until gone: capture-pane -p
        look
        respawn-pane 'printf MARK; exec cat'
        until MARK: capture-pane -p
        look
        send-keys -R
        look
    """,
    "copy mode": r"""
        new-session -d -s work -x 80 -y 24 -n first 'cat text; exec cat'
        until line 59: capture-pane -p
        look
        copy-mode
        look
        send-keys -X -N 5 cursor-up
        look
        send-keys -X next-word ; send-keys -X next-word ; send-keys -X begin-selection
        look
        send-keys -X -N 3 cursor-down ; send-keys -X next-word-end
        look
        send-keys -X rectangle-toggle ; send-keys -X other-end
        look
        send-keys -X clear-selection ; send-keys -X search-backward alpha
        look
        send-keys -X search-again
        look
        send-keys -X search-backward nothing_there
        look
        send-keys -X history-top ; send-keys -X end-of-line
        look
        send-keys -X start-of-line ; send-keys -X select-word
        look
        send-keys -X cancel
        look
        clock-mode
        look
        send-keys q ; choose-tree
        look
    """,
    "what a program asked for": r"""
        file modes: \033[?1h\033=\033[?1000h\033[?1006h\033[4h\033[?7l\033[5;10r\033[?6h\033[?25l\033]2;a title\007\033]7;file:///tmp\007\033[3g\033[31;44mMARK
        new-session -d -s work -x 80 -y 24 -n first 'cat modes; exec cat'
        until MARK: capture-pane -p
        look
        file modes: \033[?1049h\033[?1003h\033[?1005h\033[2;4HY Y\b\bMARK
        respawn-pane -k 'cat modes; exec cat'
        until MARK: capture-pane -p
        look
    """,
}


def looks(name: str, script: str) -> list[tuple[str, dict[str, str]]]:
    """Each `look` of a script, with all variables of its place."""
    with fresh(name) as program:
        (program.directory / "text").write_text(TEXT)
        steps = filter(None, map(str.strip, script.splitlines()))
        return [found for line in steps if (found := step(program, line)) is not None]


def step(program: Program, line: str) -> tuple[str, dict[str, str]] | None:
    """Run a line; what it saw, if it looks."""
    word, _, rest = line.partition(" ")
    if word != "look":
        program.script(line)
        return None
    _, output, _ = program("display-message", "-a", "-p", *rest.split())
    pairs = (one.partition("=") for one in output.splitlines())
    return line, {name: value for name, equals, value in pairs if equals and is_compared(name)}


def is_compared(name: str) -> bool:
    """Whether both programs are to give the same."""
    return name not in DIFFERENT and not VOLATILE.match(name)


def differences(
    ours: list[tuple[str, dict[str, str]]], theirs: list[tuple[str, dict[str, str]]]
) -> list[tuple[int, str, str, str | None, str]]:
    """What tmux has otherwise; what only aimux has is none of it."""
    return [
        (number, line, name, here.get(name), value)
        for number, ((line, there), (_, here)) in enumerate(zip(theirs, ours, strict=True))
        for name, value in there.items()
        if here.get(name) != value
    ]


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_all_variables_of_a_place_have_tmuxs_values(script: str) -> None:
    ours = looks("aimux", script)
    assert len(ours[0][1]) > 100
    found = differences(ours, looks("tmux", script))
    for _ in range(TMUX_RUNS - 1):
        if not found:
            break
        found = differences(ours, looks("tmux", script))
    assert found == []
