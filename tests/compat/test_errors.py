"""Command lines that are wrong, abbreviated or chained, and servers that are not there."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

COMMANDS = json.loads(
    (Path(__file__).parents[1] / "commands" / "tmux_3_3a_commands.json").read_text()
)
NAMES = [row["name"] for row in COMMANDS]
SCRIPTS = {
    "no server": "\n".join(
        [
            *("list-sessions", "-L none list-sessions", "-S missing/socket list-sessions"),
            *("has-session -t x", "-N new-session -d", "nonsense", "list", "kill-server"),
            *("send-keys x", "list-keys -T nothing", "-S / list-sessions", "-V extra"),
        ]
    ),
    "the program's own options": r"""
        -V
        -Z
        -L
        -c
        -S
        -f
    """,
    "commands that are unknown or abbreviated": r"""
        new-session -d -s work -x 80 -y 24 cat
        nonsense
        list
        list-w
        ls
        l
        k
        kill-s
        new
        new-w -d -P cat
        s
        se
        sho
        disp -p x
        display
        lsk -T prefix c
        has
        has -t work
        ';'
        list-panes ';'
        toggle
    """,
    "chains": r"""
        new-session -d -s work -x 80 -y 24 cat
        display-message -p a ; display-message -p b
        display-message -p a \; display-message -p b
        display-message -p 'a;' display-message -p b
        display-message -p 'a\;' ; display-message -p b
        display-message -p a; display-message -p b
        display-message -p a ; nonsense ; display-message -p b
        display-message -p a ; list-windows -t nothing ; display-message -p b
        ; display-message -p b
        display-message -p a ;
        display-message -p a ; ; display-message -p b
        display-message -p { a }
        display-message -p '{ a }'
    """,
    "flags that are unknown": "\n".join(
        ["new-session -d -s work -x 80 -y 24 cat"]
        + [f"{name} -9" for name in NAMES[::2]]
        + [f"{name} -?" for name in NAMES[::4]]
    ),
    "too few and too many arguments": "\n".join(
        ["new-session -d -s work -x 80 -y 24 cat"]
        + [
            f"{row['name']} {' '.join('x' * (row['maximum'] + 1))}"
            for row in COMMANDS
            if row["maximum"] is not None
        ]
        + [row["name"] for row in COMMANDS if row["minimum"]]
        + ["select-pane -!", "select-pane --", "select-pane -"]
    ),
    "the list of commands": r"""
        list-commands
        list-commands new-window
        list-commands neww
        list-commands nonsense
        list-commands new-w
        list-commands -F '#{command_list_name}|#{command_list_alias}|#{command_list_usage}'
        list-commands -F '#{command_list_name}' ls
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
