"""capture-pane as tmux has it."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

SCRIPTS = {
    "lines and history": r"""
        new-session -d -s work -x 20 -y 5 'seq 1 30; printf "0123456789012345678901234567890  \nlast  "; exec cat'
        until last: capture-pane -p
        capture-pane -p -S -
        capture-pane -p -S -3
        capture-pane -p -S -3 -E -2
        capture-pane -p -S 1 -E 2
        capture-pane -p -S 2 -E 1
        capture-pane -p -S 0 -E -
        capture-pane -p -S -1000 -E 1000
        capture-pane -p -S x -E y
        capture-pane -p -E 0
        capture-pane -p -J
        capture-pane -p -N
        capture-pane -p -J -S -
        capture-pane
        show-buffer
        capture-pane -b named -E 1
        show-buffer -b named
        list-buffers
        capture-pane -p -a
        capture-pane -p -a -q
        capture-pane -p -t nothing
        display-message -p '#{history_size} #{history_limit} #{history_bytes}'
        clear-history
        display-message -p '#{history_size}'
        capture-pane -p -S -
    """,
    "colours and attributes": r"""
        new-session -d -s work -x 40 -y 8 'printf "\033[1;31mred\033[0m plain \033[4mu\033[24m \033[38;5;200mpink\033[m \033[48;2;1;2;3mtrue\033[m\n\033[7mrev \\\\ \033[27m\ttab\n\033[3;9;53mx\033[m wide 日本 é\n\016qqq\017 end"; exec cat'
        until end: capture-pane -p
        capture-pane -p
        capture-pane -p -e
        capture-pane -p -C
        capture-pane -p -e -C
        capture-pane -p -e -J
        capture-pane -p -e -N -E 1
        capture-pane -e -b x -E 0
        show-buffer -b x
    """,
    "the alternate screen": r"""
        new-session -d -s work -x 20 -y 5 'printf "main\n\033[?1049halt"; exec cat'
        until alt: capture-pane -p
        capture-pane -p
        capture-pane -p -a
        capture-pane -p -q -a
        display-message -p '#{alternate_on} #{cursor_x} #{cursor_y} #{alternate_saved_x} #{alternate_saved_y}'
    """,
    "an unfinished sequence": r"""
        new-session -d -s work -x 80 -y 24 'stty -echo; printf "a\033[3"; exec cat'
        until 033[3: capture-pane -p -P -C
        capture-pane -p -P
        capture-pane -P ; show-buffer
        respawn-pane -k 'stty -echo; printf "a\033]2;tit"; exec cat'
        until 033]2;tit: capture-pane -p -P -C
        capture-pane -p -P -C
        respawn-pane -k 'echo done; exec cat'
        until done: capture-pane -p
        capture-pane -p -P
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
